#include "rules/deadline.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hinomi::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::months;
using std::chrono::year_month_day;

constexpr std::array kKinds{DeadlineKind::Hours,       DeadlineKind::Days,         DeadlineKind::Promptly,
                            DeadlineKind::Months,      DeadlineKind::BusinessDays, DeadlineKind::FixedDay,
                            DeadlineKind::HoursOfFact, DeadlineKind::None};
constexpr std::array<std::string_view, kKinds.size()> kTexts{"hours",         "days",      "promptly",      "months",
                                                             "business_days", "fixed_day", "hours_of_fact", "none"};

// Ten years: beyond, a contract's number is a slip of the pen and no instant is better than a wrong one.
constexpr double kMaxGivenHours = 87'600;
constexpr double kMicrosecondsPerHour = 3.6e9;

Day last_day(Day first, int number, FirstDay counting) {
  return first + days(counting == FirstDay::Included ? number - 1 : number);
}

Day last_day_of_months(Day first, int number, FirstDay counting) {
  const year_month_day same = year_month_day(first) + months(number);
  if (!same.ok()) return same.year() / same.month() / std::chrono::last;
  return Day(same) - days(counting == FirstDay::Included ? 1 : 0);
}

Day last_business_day(const DeadlineRule& rule, Day first) {
  Day day = next_open_day(rule.calendar, rule.first_day == FirstDay::Included ? first : first + days(1));
  for (int counted = 1; counted < rule.number; ++counted) day = next_open_day(rule.calendar, day + days(1));
  return day;
}

std::optional<Instant> rolled_end(const DeadlineRule& rule, Day last) {
  if (rule.roll == Roll::None) return rule.zone.end_of(last);
  if (!covers(rule.calendar, last)) return std::nullopt;
  const Day open = next_open_day(rule.calendar, last);
  if (!covers(rule.calendar, open)) return std::nullopt;
  return rule.zone.end_of(open);
}

Deadlines until_day(const DeadlineRule& rule, Day last) { return {rule.zone.end_of(last), rolled_end(rule, last), {}}; }

Deadlines until_business_day(const DeadlineRule& rule, Day last) {
  Deadlines result{rule.zone.end_of(last), std::nullopt, std::nullopt};
  if (covers(rule.calendar, last)) result.rolled = result.raw;
  return result;
}

Deadlines until_hour(const DeadlineRule& rule, Instant start, microseconds period) {
  const Instant end = start + period;
  if (rule.roll != Roll::EndOfNextBusinessDay) return {end, end, std::nullopt};
  const Day next = next_open_day(rule.calendar, rule.zone.day_of(start) + days(1));
  if (!covers(rule.calendar, next)) return {end, std::nullopt, std::nullopt};
  return {end, std::max(end, rule.zone.end_of(next)), std::nullopt};
}

Deadlines until_given_hour(const DeadlineRule& rule, Instant start, std::optional<double> given) {
  if (!given || !(*given >= 0) || *given > kMaxGivenHours) return {};
  return until_hour(rule, start, microseconds(static_cast<std::int64_t>(std::floor(*given * kMicrosecondsPerHour))));
}

std::optional<Instant> house_target(const DeadlineRule& rule, Instant start) {
  if (rule.house.hours > 0) return start + hours(rule.house.hours);
  if (rule.house.days == 0) return std::nullopt;
  return rule.zone.end_of(last_day(rule.zone.day_of(start), rule.house.days, FirstDay::Included));
}

Deadlines counted(const DeadlineRule& rule, Instant start, std::optional<double> given) {
  const Day first = rule.zone.day_of(start);
  switch (rule.kind) {
    case DeadlineKind::Hours: return until_hour(rule, start, hours(rule.number));
    case DeadlineKind::HoursOfFact: return until_given_hour(rule, start, given);
    case DeadlineKind::Days: return until_day(rule, last_day(first, rule.number, rule.first_day));
    case DeadlineKind::Months: return until_day(rule, last_day_of_months(first, rule.number, rule.first_day));
    case DeadlineKind::BusinessDays: return until_business_day(rule, last_business_day(rule, first));
    case DeadlineKind::FixedDay: return rule.fixed_day ? until_day(rule, *rule.fixed_day) : Deadlines{};
    case DeadlineKind::Promptly:
    case DeadlineKind::None: return {};
  }
  return {};
}

}  // namespace

std::string_view deadline_kind_text(DeadlineKind kind) { return kTexts[static_cast<std::size_t>(kind)]; }

Result<DeadlineKind> parse_deadline_kind(std::string_view text) {
  for (const auto kind : kKinds) {
    if (text == deadline_kind_text(kind)) return kind;
  }
  return invalid(
      "rules.deadline_unknown",
      "A deadline is one of hours, days, months, business_days, fixed_day, hours_of_fact, promptly or none.");
}

Deadlines deadlines_from(const DeadlineRule& rule, Instant start, std::optional<double> hours) {
  Deadlines result = counted(rule, start, hours);
  result.house = house_target(rule, start);
  return result;
}

}  // namespace hinomi::rules
