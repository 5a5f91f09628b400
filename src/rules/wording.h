// The sentences of an assessment, in Japanese and English. Internal to the module.
#pragma once

#include "rules/assessment.h"

namespace hinomi::rules {

// 「供給支障電力が100,000 kW以上」
BilingualText condition_text(const Rulebook& book, const ExpressionNode& leaf);
// The condition with what is known of it: 「供給支障電力が100,000 kW以上: 満たす(120,000 kW)」
BilingualText reason_text(const Rulebook& book, const ExpressionNode& leaf, const Reason& reason);
// 「該当の可能性があります。…」
BilingualText summary_text(const Rulebook& book, const DutyAssessment& duty);
BilingualText verdict_label(Verdict verdict);
// 120,000 or 12.5
std::string number_text(double number);
// 法令, 行動計画, 任意 …
BilingualText nature_label(Nature nature);
// 24時間以内 / 30日以内（初日算入） / 速やかに（数値の定めなし）
BilingualText deadline_label(const DeadlineRule& rule);
// 未検証, or the day and person of the check.
BilingualText standing_label(const Duty& duty);

}  // namespace hinomi::rules
