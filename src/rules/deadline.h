// Deadlines of statute: hours, civil days in Asia/Tokyo, and "promptly", which has no number and is never given one.
// Pure; the start instant comes in, instants go out. DOMAIN-JAPAN §2.1.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace hinomi::rules {

enum class DeadlineKind { Hours, Days, Promptly };
std::string_view deadline_kind_text(DeadlineKind kind);  // "hours", "days", "promptly"
Result<DeadlineKind> parse_deadline_kind(std::string_view text);

// 「起算して」 counts the first day; 民法140条 does not.
enum class FirstDay { Included, Excluded };
// 行政機関の休日に関する法律2条: a period of days that ends on a closed day ends on the next working day.
enum class Roll { None, NextWorkingDay };

// An organisation's own aim, never law, and always labelled so.
struct HouseTarget {
  int hours = 0;  // from the start instant; 0 where none
  int days = 0;   // end of that civil day, the day of the start counted as the first; 0 where none
  bool operator==(const HouseTarget&) const = default;
};

struct DeadlineRule {
  DeadlineKind kind = DeadlineKind::Promptly;
  int number = 0;  // 1…8760 hours or 1…3660 days; 0 for Promptly
  FirstDay first_day = FirstDay::Included;
  Roll roll = Roll::None;
  HouseTarget house;
  bool operator==(const DeadlineRule&) const = default;
};

struct Deadlines {
  std::optional<Instant> raw;     // by counting alone: alert on this one; nothing for Promptly
  std::optional<Instant> rolled;  // after the holiday roll; nothing for Promptly and where the calendar ends
  std::optional<Instant> house;   // the house target, where the rule has one
  bool operator==(const Deadlines&) const = default;
};

// Hours run from the instant and never roll. Day periods end with the last microsecond of their last day in Tokyo.
Deadlines deadlines_from(const DeadlineRule& rule, Instant start);

}  // namespace hinomi::rules
