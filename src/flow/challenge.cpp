#include "flow/challenge.h"

namespace hinomi::flow {
namespace {

constexpr std::size_t kNonce = 16;
constexpr std::size_t kStamp = 8;
constexpr std::size_t kSize = kNonce + kStamp + sizeof(Sha256);

Sha256 seal_of(const Platform& platform, ByteView nonce_and_stamp, std::string_view binding) {
  Bytes message(nonce_and_stamp.begin(), nonce_and_stamp.end());
  message.insert(message.end(), binding.begin(), binding.end());
  return hmac_sha256(platform.entrance.challenge_key.expose(), message);
}

}  // namespace

Bytes make_challenge(const Platform& platform, std::string_view binding) {
  Bytes challenge(kNonce);
  platform.random.fill(challenge);
  const auto stamp = static_cast<std::uint64_t>(platform.clock.now().time_since_epoch().count());
  for (std::size_t i = 0; i < kStamp; ++i) challenge.push_back(static_cast<std::uint8_t>(stamp >> (56 - 8 * i)));
  const Sha256 seal = seal_of(platform, challenge, binding);
  challenge.insert(challenge.end(), seal.begin(), seal.end());
  return challenge;
}

Status take_challenge(const Platform& platform, ByteView challenge, std::string_view binding) {
  const Error refused = forbidden("passkey.challenge", "This took too long or was sent twice. Begin again.");
  if (challenge.size() != kSize) return refused;
  const ByteView signed_part = challenge.first(kNonce + kStamp);
  if (!equal_in_constant_time(seal_of(platform, signed_part, binding), challenge.subspan(kNonce + kStamp)))
    return refused;
  std::uint64_t stamp = 0;
  for (const std::uint8_t byte : signed_part.subspan(kNonce)) stamp = stamp << 8U | byte;
  const Instant made_at{std::chrono::microseconds(static_cast<std::int64_t>(stamp))};
  const Instant now = platform.clock.now();
  if (now < made_at || now - made_at >= kChallengeLifetime) return refused;
  TRY(const bool first, platform.store.consume_challenge(sha256(challenge), now, made_at + kChallengeLifetime));
  if (!first) return refused;
  return {};
}

}  // namespace hinomi::flow
