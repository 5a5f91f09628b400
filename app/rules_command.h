// `hinomi rules`: asking and checking rule packs on this machine, without a server (docs/guides/rule-packs.md).
#pragma once

#include <string>
#include <vector>

#include "app/context.h"

namespace hinomi::app {

// The examples that the packs themselves promise. A file replaces the built-in pack of its id, or is added. Failed when
// a promise is not kept; a pack that is wrong is refused with file, line and reason.
ExitCode run_rules_test(const Context& context, const std::vector<std::string>& files);

// What the second pack file says that the first does not, row by row.
ExitCode run_rules_diff(const Context& context, const std::string& before, const std::string& after);

// Facts as a JSON file ("-" is standard input):
// {"kind":"incident","facts":{…},"licenses":"gtd,retail","ci_operator":true,
// "keizai":false,"special":false,"hoan_cert":false,"listed":false,"personal_data":false,"abroad":"eu_nis2",
// "submitted":{"EU-NIS2-23":{"notification":"2026-11-19T08:00:00Z"}}}. Without licenses: gtd; without ci_operator:
// true.
ExitCode run_rules_explain(const Context& context, const std::string& file);

}  // namespace hinomi::app
