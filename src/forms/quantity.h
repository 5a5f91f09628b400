// Numbers as people write them: 95,000 kW, 12万kW, 120 MW, 1時間30分. Internal to the module. Pure.
#pragma once

#include <string>

#include "base/result.h"
#include "forms/form_book.h"
#include "model/fact.h"

namespace hinomi::forms {

// In the unit of the fact. "1時間30分" is a sum; anything else is one number and at most one unit. `text` is folded
// (base/text.h). Invalid "forms.answer_number", "forms.answer_unit".
Result<double> read_quantity(const FormBook& book, const FactDefinition& definition, std::string text);

}  // namespace hinomi::forms
