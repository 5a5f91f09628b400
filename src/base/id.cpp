#include "base/id.h"

#include "base/bytes.h"
#include "base/crypto.h"

namespace hinomi {
namespace {

Uuid with_version(Uuid uuid, std::uint8_t version) {
  uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0F) | (version << 4));
  uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3F) | 0x80);
  return uuid;
}

bool is_dash_position(std::size_t index) { return index == 8 || index == 13 || index == 18 || index == 23; }

}  // namespace

Uuid random_uuid(Random& random) {
  Uuid uuid{};
  random.fill(uuid);
  return with_version(uuid, 4);
}

Uuid uuid_v5(const Uuid& name_space, std::string_view name) {
  std::string input(name_space.begin(), name_space.end());
  input += name;
  const auto digest = sha1(input);
  Uuid uuid{};
  std::copy_n(digest.begin(), uuid.size(), uuid.begin());
  return with_version(uuid, 5);
}

std::string uuid_text(const Uuid& uuid) {
  const std::string digits = to_hex(uuid);
  return digits.substr(0, 8) + '-' + digits.substr(8, 4) + '-' + digits.substr(12, 4) + '-' + digits.substr(16, 4) +
         '-' + digits.substr(20);
}

Result<Uuid> parse_uuid(std::string_view text) {
  const Error bad = invalid("id.malformed", "An id has 32 hexadecimal digits in the form 8-4-4-4-12.");
  if (text.size() != 36) return bad;
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_position(i) != (text[i] == '-')) return bad;
    if (text[i] != '-') digits += text[i];
  }
  const auto bytes = from_hex(digits);
  if (!bytes.ok()) return bad;
  Uuid uuid{};
  std::copy_n(bytes->begin(), uuid.size(), uuid.begin());
  return uuid;
}

}  // namespace hinomi
