#include "flow/attempts.h"

#include <algorithm>

#include "base/text.h"
#include "model/network_address.h"

namespace hinomi::flow {
namespace {

std::string_view method_text(SignInMethod method) {
  switch (method) {
    case SignInMethod::Password: return "password";
    case SignInMethod::Totp: return "totp";
    case SignInMethod::Passkey: return "passkey";
    case SignInMethod::Token: return "token";
    case SignInMethod::StepUp: return "step_up";
  }
  return "password";
}

}  // namespace

std::string network_of(std::string_view source) {
  auto address = parse_ipv6(source);
  if (!address) return std::string(source);
  const bool is_mapped_ipv4 = (*address)[10] == 0xFF && (*address)[11] == 0xFF;
  if (!is_mapped_ipv4) std::fill(address->begin() + 8, address->end(), std::uint8_t{0});
  return ipv6_text(*address);
}

std::string canonical_login(std::string_view typed) { return std::string(trimmed(folded(typed))); }

store::Attempt attempt_on(std::string_view canonical_account, std::string_view source, SignInMethod method) {
  return {sha256(canonical_account), network_of(source), std::string(method_text(method))};
}

store::Attempt guess_at_receipt(const Platform& platform, std::string_view source) {
  const std::string network = "receipt codes from " + network_of(source);
  const Sha256 hash = hmac_sha256(platform.entrance.receipt_key.expose(), as_bytes(network));
  return {hash, to_hex(hash), "receipt"};
}

Status admit(const Platform& platform, const store::Attempt& attempt) {
  TRY(const bool admitted, platform.store.admit_attempt(attempt, kAttemptLimits, platform.clock.now()));
  if (admitted) return {};
  platform.log.warn("sign_in_held_back", {{"source", attempt.source}, {"method", attempt.method}});
  return unavailable("signin.too_many", "There were too many attempts. Wait 15 minutes, or call the secretariat.");
}

Status forget_try(const Platform& platform, const store::Attempt& attempt) {
  return platform.store.retract_attempt(attempt);
}

Status settle(const Platform& platform, const store::Attempt& attempt) {
  return platform.store.settle_attempt(attempt, platform.clock.now());
}

}  // namespace hinomi::flow
