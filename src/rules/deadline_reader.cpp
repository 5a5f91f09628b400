#include "rules/deadline_reader.h"

#include <array>

namespace hinomi::rules {
namespace {

constexpr std::int64_t kMaxHours = 8760;
constexpr std::int64_t kMaxDays = 3660;
constexpr std::int64_t kMaxMonths = 120;

constexpr std::string_view kKindNames =
    "hours, days, months, business_days, fixed_day, hours_of_fact, promptly or none";
constexpr std::array<std::string_view, 2> kFirstDays{"included", "excluded"};
constexpr std::array<std::string_view, 3> kPromptness{"promptly", "immediately", "without_delay"};

bool has_number(DeadlineKind kind) {
  return kind == DeadlineKind::Hours || kind == DeadlineKind::Days || kind == DeadlineKind::Months ||
         kind == DeadlineKind::BusinessDays;
}

std::int64_t most(DeadlineKind kind) {
  return kind == DeadlineKind::Hours ? kMaxHours : kind == DeadlineKind::Months ? kMaxMonths : kMaxDays;
}

Status read_number(TomlReader& row, DeadlineRule& rule) {
  TRY(const auto number, row.integer("number", 1, most(rule.kind)));
  if (number.has_value() != has_number(rule.kind)) {
    return row.error("rules.deadline_number",
                     "hours, days, months and business_days have a number; promptly and the rest never have one.");
  }
  rule.number = static_cast<int>(number.value_or(0));
  return {};
}

Status read_calendar(TomlReader& row, DeadlineRule& rule) {
  TRY(const auto name, row.text_or_empty("calendar"));
  if (name.empty()) return {};
  const auto calendar = parse_work_calendar(name);
  if (!calendar.ok()) return row.wrong_type("calendar", "jp-administrative or us-federal");
  rule.calendar = *calendar;
  return {};
}

Status read_zone(TomlReader& row, DeadlineRule& rule) {
  TRY(const auto name, row.text_or_empty("zone"));
  if (name.empty()) return {};
  const auto zone = Zone::parse(name);
  if (!zone.ok()) return row.wrong_type("zone", "Asia/Tokyo, UTC, or a fixed offset like +01:00");
  rule.zone = *zone;
  return {};
}

// Only what a period can have: days roll to the next open one, hours to the end of the next business day.
Status read_roll(TomlReader& row, DeadlineRule& rule) {
  TRY(rule.roll, row.word<Roll>("roll", kRollTexts));
  const bool is_hours = rule.kind == DeadlineKind::Hours;
  if (rule.roll == (is_hours ? Roll::NextWorkingDay : Roll::EndOfNextBusinessDay)) {
    return row.wrong_type("roll", is_hours ? "none or end_of_next_business_day" : "none or next_working_day");
  }
  return {};
}

// What the civil days of a period need said about them.
Status read_days(TomlReader& row, DeadlineRule& rule) {
  TRY_OK(read_zone(row, rule));
  TRY_OK(read_calendar(row, rule));
  TRY(rule.first_day, row.word<FirstDay>("first_day", kFirstDays));
  return rule.kind == DeadlineKind::BusinessDays ? Status() : read_roll(row, rule);
}

Status read_hours(TomlReader& row, DeadlineRule& rule) {
  if (row.value("roll") == nullptr) return {};
  TRY_OK(read_zone(row, rule));
  TRY_OK(read_calendar(row, rule));
  return read_roll(row, rule);
}

Status read_kind(TomlReader& row, DeadlineRule& rule) {
  switch (rule.kind) {
    case DeadlineKind::Hours: return read_hours(row, rule);
    case DeadlineKind::Days:
    case DeadlineKind::Months:
    case DeadlineKind::BusinessDays: return read_days(row, rule);
    case DeadlineKind::HoursOfFact: {
      TRY(rule.hours_fact, row.text("hours_fact"));
      return {};
    }
    case DeadlineKind::FixedDay: {
      TRY(rule.fixed_day, row.day("day"));
      if (!rule.fixed_day) return row.missing("day");
      TRY_OK(read_zone(row, rule));
      return read_roll(row, rule);
    }
    case DeadlineKind::Promptly: {
      if (row.value("promptness") == nullptr) return {};
      TRY(rule.promptness, row.word<Promptness>("promptness", kPromptness));
      return {};
    }
    case DeadlineKind::None: return {};
  }
  return {};
}

Status read_house_target(TomlReader& row, DeadlineRule& rule) {
  TRY(const auto hours, row.integer("house_target_hours", 1, kMaxHours));
  TRY(const auto days, row.integer("house_target_days", 1, kMaxDays));
  if (hours && days) return row.error("rules.house_target", "A stage has one house target: hours or days.");
  rule.house = {static_cast<int>(hours.value_or(0)), static_cast<int>(days.value_or(0))};
  return {};
}

}  // namespace

Result<DeadlineRule> read_deadline(TomlReader& row) {
  DeadlineRule rule;
  TRY(const auto kind, row.text("deadline"));
  const auto parsed = parse_deadline_kind(kind);
  if (!parsed.ok()) return row.wrong_type("deadline", kKindNames);
  rule.kind = *parsed;
  TRY_OK(read_number(row, rule));
  TRY_OK(read_kind(row, rule));
  TRY_OK(read_house_target(row, rule));
  return rule;
}

}  // namespace hinomi::rules
