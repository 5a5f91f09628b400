// Typed 128-bit identifiers, random version 4 (RFC 9562 §5.4): nothing can be learnt from one.
// Ids of different things do not convert into each other. Plain values.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"

namespace hinomi {

using Uuid = std::array<std::uint8_t, 16>;

// A fresh version 4 UUID drawn from `random`.
Uuid random_uuid(Random& random);
// Lower-case canonical text, 36 characters.
std::string uuid_text(const Uuid& uuid);
// Accepts exactly the canonical 36-character form in either case; anything else is Invalid.
Result<Uuid> parse_uuid(std::string_view text);
// Name-based version 5 (RFC 9562 §5.5).
Uuid uuid_v5(const Uuid& name_space, std::string_view name);

template <class Tag>
class Id {
 public:
  Id() = default;  // the nil id; is_nil() tells
  explicit Id(const Uuid& uuid) : uuid_(uuid) {}
  static Id random(Random& random) { return Id(random_uuid(random)); }
  static Result<Id> parse(std::string_view text) {
    TRY(const Uuid uuid, parse_uuid(text));
    return Id(uuid);
  }

  [[nodiscard]] const Uuid& uuid() const { return uuid_; }
  [[nodiscard]] std::string text() const { return uuid_text(uuid_); }
  [[nodiscard]] bool is_nil() const { return uuid_ == Uuid{}; }
  auto operator<=>(const Id&) const = default;

 private:
  Uuid uuid_{};
};

}  // namespace hinomi

template <class Tag>
struct std::hash<hinomi::Id<Tag>> {
  std::size_t operator()(const hinomi::Id<Tag>& id) const noexcept {
    std::size_t value = 0;
    for (const auto byte : id.uuid()) value = value * 131 + byte;
    return value;
  }
};
