// Enrolling one-time codes (RFC 6238) and the recovery codes that come with them.
#pragma once

#include <string>
#include <vector>

#include "flow/caller.h"

namespace hinomi::flow {

inline constexpr std::chrono::minutes kTotpEnrolment{10};
inline constexpr std::size_t kRecoveryCodes = 10;

struct TotpEnrolment {
  Secret<Bytes> secret;
  std::string uri;  // otpauth://totp/…, for an app that takes it as a link or QR code
};
// A secret that waits to be confirmed; the one that waits already when there is one.
Result<TotpEnrolment> begin_totp(const Platform& platform, const Caller& caller);

struct CodeTry {
  std::string code;
  std::string source;  // network address
};
// The recovery codes, shown this once. Forbidden "totp.wrong", counted; Conflict "totp.moved_on" when nothing waits.
Result<std::vector<std::string>> confirm_totp(const Platform& platform, const Caller& caller, const CodeTry& shown,
                                              const policy::Presence& proof);
Status remove_totp(const Platform& platform, const Caller& caller, const policy::Presence& proof);

}  // namespace hinomi::flow
