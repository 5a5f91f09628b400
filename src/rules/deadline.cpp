#include "rules/deadline.h"

#include "rules/calendar.h"

namespace hinomi::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;

Day last_day(Day first, int number, FirstDay counting) {
  return first + days(counting == FirstDay::Included ? number - 1 : number);
}

std::optional<Instant> rolled_end(Day last, Roll roll) {
  if (roll == Roll::None) return tokyo_end_of_day(last);
  if (!Calendar::covers(last)) return std::nullopt;
  const Day open = Calendar::next_working_day(last);
  if (!Calendar::covers(open)) return std::nullopt;
  return tokyo_end_of_day(open);
}

std::optional<Instant> house_target(const HouseTarget& house, Instant start) {
  if (house.hours > 0) return start + hours(house.hours);
  if (house.days > 0) return tokyo_end_of_day(last_day(tokyo_day(start), house.days, FirstDay::Included));
  return std::nullopt;
}

}  // namespace

std::string_view deadline_kind_text(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::Hours: return "hours";
    case DeadlineKind::Days: return "days";
    case DeadlineKind::Promptly: return "promptly";
  }
  return "promptly";
}

Result<DeadlineKind> parse_deadline_kind(std::string_view text) {
  for (const auto kind : {DeadlineKind::Hours, DeadlineKind::Days, DeadlineKind::Promptly}) {
    if (text == deadline_kind_text(kind)) return kind;
  }
  return invalid("rules.deadline_unknown", "A deadline is one of hours, days or promptly.");
}

Deadlines deadlines_from(const DeadlineRule& rule, Instant start) {
  Deadlines result;
  result.house = house_target(rule.house, start);
  if (rule.kind == DeadlineKind::Hours) {
    result.raw = start + hours(rule.number);
    result.rolled = result.raw;
  }
  if (rule.kind == DeadlineKind::Days) {
    const Day last = last_day(tokyo_day(start), rule.number, rule.first_day);
    result.raw = tokyo_end_of_day(last);
    result.rolled = rolled_end(last, rule.roll);
  }
  return result;
}

}  // namespace hinomi::rules
