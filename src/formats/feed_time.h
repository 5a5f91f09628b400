// The ways feeds write an instant. Internal to the module.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace hinomi {

// RFC 3339; the same without seconds ("2026-10-08T11:00+09:00"); a day alone (its start in UTC); RFC 822 as RSS 2.0
// has it ("Thu, 08 Oct 2026 11:00:00 +0900", "… GMT"). Without a zone UTC is meant. Nothing for anything else.
std::optional<Instant> parse_feed_time(std::string_view text);

}  // namespace hinomi
