// The first report as a form: what was typed, what it means as a report, and the form drawn again with everything kept.
// Pure but for texts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/pages/frame.h"
#include "model/report.h"

namespace hinomi::api {

// The fields as typed, by name; only those of the form are taken.
struct TypedReport {
  std::map<std::string, std::string, std::less<>> fields;
  [[nodiscard]] std::string value(std::string_view name) const;
};
TypedReport read_typed_report(std::string_view body);
bool is_near_miss(const TypedReport& typed);
// What a near miss starts from: noticed now, shared anonymously (DOMAIN-JAPAN §1.3). All of it can be changed.
void begin_near_miss(TypedReport& typed, Instant now);

struct FieldProblem {
  std::string field;
  std::string code;  // catalogue: "page.problem." + code
};

struct UnderstoodReport {
  ReportDraft draft;
  std::vector<FieldProblem> problems;
};
// 「まだわからない」 and empty answers are answers; only the summary and the time of notice must be there.
UnderstoodReport understand_report(const TypedReport& typed, Instant now);

// The form of screen 1, with problems named at their fields and everything typed still there. A near miss is asked
// three things only.
void draw_report_form(Html& html, const Api& api, const Visit& visit, const TypedReport& typed,
                      const std::vector<FieldProblem>& problems);
// Everything typed as hidden fields, for screen 2.
void carry_typed(Html& html, const TypedReport& typed);

}  // namespace hinomi::api
