// What somebody wrote in a form's answer, read as what the fact takes: value states, numbers with units, times as well
// as they are known, choices by word or code, in Japanese and English whatever the form's language. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "forms/form_book.h"
#include "model/report.h"

namespace hinomi::forms {

// Nothing where the answer says that nobody has said anything (an empty cell, 未記入, what follows from other facts).
// ~ or 約 in front, or 推定 behind, is an estimate. "12万 kW" and "120 MW" are 120,000 kW. Invalid "forms.answer_flag",
// "forms.answer_number", "forms.answer_unit", "forms.answer_time", "forms.answer_choice", and what FactSheet::set
// refuses. `now` gives the year of a day without one.
Result<std::optional<Fact>> read_answer(const FormBook& book, const FactDefinition& definition, std::string_view text,
                                        Instant now);

// Puts an answer about a part of the story into `draft`. Invalid "forms.answer_fixed" for a part that a report does not
// say (its number, its organisation, duties, clocks), "forms.answer_empty" where the text is gone, "forms.answer_kind",
// and what read_indicator and read_technical_id refuse, with the line.
Status put_part(const FormBook& book, StoryPart part, std::string_view text, ReportDraft& draft);

// Whether a report says this part, so that an answer about it means something.
bool is_said_by_reports(StoryPart part);

}  // namespace hinomi::forms
