#include "flow/sign_in.h"

#include "base/text.h"
#include "flow/attempts.h"

namespace hinomi::flow {
namespace {

constexpr std::size_t kLongestPassword = 1024;
constexpr std::size_t kLongestLogin = 256;

Error refused() { return forbidden("signin.refused", "The name, the password or the one-time code is not right."); }

}  // namespace

Result<bool> check_password(const Platform& platform, const store::Attempt& admitted,
                            const std::optional<std::string>& hash, const SecretText& password) {
  auto right = platform.entrance.passwords.matches(hash, password);
  if (!right.ok()) TRY_OK(platform.store.retract_attempt(admitted));
  return right;
}

Result<SignedIn> sign_in(const Platform& platform, const SignInAttempt& attempt) {
  if (attempt.password.expose().empty() || attempt.password.expose().size() > kLongestPassword) return refused();
  if (attempt.login.size() > kLongestLogin) return refused();
  const std::string login = canonical_login(attempt.login);
  const store::Attempt counted = attempt_on(login, attempt.source, SignInMethod::Password);
  TRY_OK(admit(platform, counted));
  const auto credential = platform.store.credential(login);
  if (!credential.ok() && credential.error().kind != ErrorKind::NotFound) return credential.error();
  const auto hash = credential.ok() ? std::optional(credential->password_hash) : std::nullopt;
  TRY(bool right, check_password(platform, counted, hash, attempt.password));
  if (right) {
    TRY(right, second_factor_is_right(platform, *credential, attempt.totp));
  }
  auto signed_in = right ? open_browser_session(platform, credential->person) : Result<SignedIn>(refused());
  if (!signed_in.ok()) {
    platform.log.warn("sign_in_refused", {{"source", attempt.source}});
    return signed_in.error().kind == ErrorKind::NotFound ? refused() : signed_in.error();
  }
  TRY_OK(settle(platform, counted));
  platform.log.info("signed_in", {{"person", credential->person.text()}, {"method", counted.method}});
  return signed_in;
}

Result<bool> second_factor_is_right(const Platform& platform, const store::Credential& credential,
                                    std::string_view code) {
  if (!credential.totp_secret) return true;
  TRY(const bool is_code, consume_totp(platform, credential, code));
  if (is_code) return true;
  return platform.store.consume_recovery_code(credential.person, recovery_hash(credential.person, code));
}

Result<bool> consume_totp(const Platform& platform, const store::Credential& credential, std::string_view code) {
  if (!credential.totp_secret) return false;
  const auto step = totp_step(*credential.totp_secret, trimmed(nfkc(code)), platform.clock.now());
  if (!step) return false;
  return platform.store.consume_totp_step(credential.person, *step);
}

Sha256 recovery_hash(const PersonId& person, std::string_view code) {
  std::string spelled;
  for (const char character : folded(code)) {
    if (character != '-' && character != ' ') spelled += character;
  }
  return sha256("recovery " + person.text() + " " + spelled);
}

}  // namespace hinomi::flow
