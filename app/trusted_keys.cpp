#include "app/trusted_keys.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kMaxKeyFileBytes = 65536;

Result<PublicKey> read_key(std::string_view word) {
  const auto bytes = word.size() == 64 ? from_hex(word) : from_base64(word);
  PublicKey key{};
  if (!bytes.ok() || bytes->size() != key.size()) {
    return invalid("hunt.trust", "A public key has 32 bytes, in hexadecimal digits or base64.");
  }
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

}  // namespace

Result<std::vector<PublicKey>> read_trusted_keys(const Files& files, const std::string& path) {
  TRY(const std::string text, files.read(path, kMaxKeyFileBytes));
  std::vector<PublicKey> keys;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const std::string_view word = trimmed(line);
    if (word.empty() || word.starts_with('#')) continue;
    const auto key = read_key(word);
    if (!key.ok()) return key.error().inside(path + ":" + std::to_string(number));
    keys.push_back(*key);
  }
  if (keys.empty()) return invalid("hunt.trust", "The file holds no public key.", path);
  return keys;
}

}  // namespace hinomi::app
