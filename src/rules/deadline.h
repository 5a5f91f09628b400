// Deadlines of statute: hours, civil days, months and business days in the rule's zone, and "promptly", which has no
// number and is never given one. Pure; the start instant comes in, instants go out. DOMAIN-JAPAN §2.1.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "rules/work_calendar.h"
#include "rules/zone.h"

namespace hinomi::rules {

// FixedDay ends with a day named in the rule, whatever the start. HoursOfFact has as many hours as a fact says. None:
// no term is known, which is not the same as Promptly: there the law does press, without a number.
enum class DeadlineKind { Hours, Days, Promptly, Months, BusinessDays, FixedDay, HoursOfFact, None };
// "hours", "days", "promptly", "months", "business_days", "fixed_day", "hours_of_fact", "none"
std::string_view deadline_kind_text(DeadlineKind kind);
Result<DeadlineKind> parse_deadline_kind(std::string_view text);

// Which word of urgency the text has: 速やかに, 直ちに, 遅滞なく. None of them has a number.
enum class Promptness { Promptly, Immediately, WithoutDelay };

// 「起算して」 counts the first day; 民法140条 does not.
enum class FirstDay { Included, Excluded };
// NextWorkingDay: a period of days that ends on a closed day ends on the next open one (行政機関の休日に関する法律2条).
// EndOfNextBusinessDay: a period of hours ends with the next business day after the start, where that is later.
enum class Roll { None, NextWorkingDay, EndOfNextBusinessDay };
// "none", "next_working_day", "end_of_next_business_day": in the order of the enumerators.
inline constexpr std::array<std::string_view, 3> kRollTexts{"none", "next_working_day", "end_of_next_business_day"};
constexpr std::string_view roll_text(Roll roll) { return kRollTexts[static_cast<std::size_t>(roll)]; }

// An organisation's own aim, never law, and always labelled so.
struct HouseTarget {
  int hours = 0;  // from the start instant; 0 where none
  int days = 0;   // end of that civil day, the day of the start counted as the first; 0 where none
  bool operator==(const HouseTarget&) const = default;
};

struct DeadlineRule {
  DeadlineKind kind = DeadlineKind::Promptly;
  int number = 0;  // 1…8760 hours, 1…3660 days or business days, 1…120 months; 0 for the other kinds
  FirstDay first_day = FirstDay::Included;
  Roll roll = Roll::None;
  HouseTarget house{};
  Promptness promptness = Promptness::Promptly;            // of Promptly
  WorkCalendar calendar = WorkCalendar::JpAdministrative;  // of BusinessDays and of a roll
  Zone zone{};                                             // the civil days are those of this zone
  std::optional<Day> fixed_day{};                          // FixedDay
  std::string hours_fact{};                                // HoursOfFact: a number counted in h
  bool operator==(const DeadlineRule&) const = default;
};

struct Deadlines {
  std::optional<Instant> raw;     // by counting alone: alert on this one; nothing where the kind has no number
  std::optional<Instant> rolled;  // after the holiday roll; nothing without raw and where the calendar ends
  std::optional<Instant> house;   // the house target, where the rule has one
  bool operator==(const Deadlines&) const = default;
};

// Hours run from the instant. Periods of days, months and business days end with the last microsecond of their last day
// in the rule's zone. A month excluding its first day ends with the same day of a later month (Regulation 1182/71
// art. 3(2)(c)), one including it with the day before that (民法143条2項), or with the month where it has no such day.
// `hours` is the value of hours_fact; without it an HoursOfFact has no end.
Deadlines deadlines_from(const DeadlineRule& rule, Instant start, std::optional<double> hours = std::nullopt);

}  // namespace hinomi::rules
