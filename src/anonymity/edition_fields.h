// What measuring and proposing share inside this module.
#pragma once

#include <set>
#include <span>
#include <string>

#include "anonymity/anonymity.h"

namespace hinomi::anonymity {

struct EditionField {
  const char* name;
  std::string Edition::* text;
};
// Every text of an edition that readers see.
std::span<const EditionField> edition_fields();

// NotFound (anonymity.reporter_unknown) when the reporter is not in the registry.
Result<Population> population_of(const Anonymiser& anonymiser, const Circumstances& circumstances);
// What the earlier editions of the case have said already.
Result<std::set<Statement>> earlier_statements(const Anonymiser& anonymiser, const Circumstances& circumstances);

}  // namespace hinomi::anonymity
