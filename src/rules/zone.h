// The civil days that a rule counts in: Asia/Tokyo, UTC or a fixed offset. There is no daylight saving here; what that
// means for rules of other countries stands in docs/guides/rule-packs.md. Plain value; safe on any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace hinomi::rules {

class Zone {
 public:
  Zone() = default;  // Asia/Tokyo
  // "Asia/Tokyo", "UTC", or "+01:00" up to "+14:00" and "-14:00". Invalid rules.zone_unknown for anything else.
  static Result<Zone> parse(std::string_view text);

  [[nodiscard]] std::string text() const;         // as parse() takes it
  [[nodiscard]] std::string offset_text() const;  // what is added to UTC: "+09:00"
  [[nodiscard]] bool is_tokyo() const { return offset_ == kTokyo; }
  // The civil day on which the instant falls, its first instant, and its last microsecond.
  [[nodiscard]] Day day_of(Instant instant) const;
  [[nodiscard]] Instant midnight(Day day) const;
  [[nodiscard]] Instant end_of(Day day) const;
  bool operator==(const Zone&) const = default;

 private:
  static constexpr std::chrono::minutes kTokyo{9 * 60};
  explicit Zone(std::chrono::minutes offset) : offset_(offset) {}
  std::chrono::minutes offset_ = kTokyo;  // to be added to UTC
};

}  // namespace hinomi::rules
