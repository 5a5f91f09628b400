#include "flow/one_time_codes.h"

#include "base/text.h"
#include "flow/attempts.h"
#include "flow/sign_in.h"

namespace hinomi::flow {
namespace {

using policy::permit;
using policy::action::ChangeFactors;
using policy::action::ManageAccount;

constexpr std::size_t kSecretBytes = 20;  // RFC 4226 §4 R6: 160 bits

std::string uri_of(const Caller& caller, const Platform& platform, const Secret<Bytes>& secret) {
  const std::string label = "Hinomi " + platform.entrance.relying_party.id + ":" + caller.person().login;
  return "otpauth://totp/" + url_encoded(label) + "?secret=" + to_base32(secret.expose()) +
         "&issuer=" + url_encoded("Hinomi " + platform.entrance.relying_party.id);
}

// Four groups of four, 77 bits: enough to be kept as a plain hash.
std::string recovery_code(const Platform& platform) {
  Random& random = platform.random;
  return random.speakable(4) + "-" + random.speakable(4) + "-" + random.speakable(4) + "-" + random.speakable(4);
}

}  // namespace

Result<TotpEnrolment> begin_totp(const Platform& platform, const Caller& caller) {
  TRY(const auto permitted, permit<ManageAccount>(caller.principal, {caller.principal.person}));
  const Instant now = platform.clock.now();
  auto waiting = platform.store.pending_totp(caller.principal.person, now);
  if (!waiting.ok() && waiting.error().kind != ErrorKind::NotFound) return waiting.error();
  if (!waiting.ok()) {
    Bytes fresh(kSecretBytes);
    platform.random.fill(fresh);
    waiting = Secret(std::move(fresh));
    TRY_OK(platform.store.begin_totp(permitted, *waiting, now + kTotpEnrolment));
  }
  std::string uri = uri_of(caller, platform, *waiting);
  return TotpEnrolment{std::move(*waiting), std::move(uri)};
}

Result<std::vector<std::string>> confirm_totp(const Platform& platform, const Caller& caller, const CodeTry& shown,
                                              const policy::Presence& proof) {
  TRY(const auto permitted, permit<ChangeFactors>(caller.principal, {caller.principal.person}, proof));
  const store::Attempt counted = attempt_on(caller.person().login, shown.source, SignInMethod::Totp);
  TRY_OK(admit(platform, counted));
  const Instant now = platform.clock.now();
  const auto secret = platform.store.pending_totp(caller.principal.person, now);
  if (!secret.ok() && secret.error().kind == ErrorKind::NotFound)
    return conflict("totp.moved_on", "Nothing waits to be confirmed any more. Begin again.");
  if (!secret.ok()) return secret.error();
  const auto step = totp_step(*secret, trimmed(nfkc(shown.code)), now);
  if (!step) return forbidden("totp.wrong", "The code does not belong to this secret, or is too old.");
  std::vector<std::string> codes;
  std::vector<Sha256> hashes;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(recovery_code(platform));
    hashes.push_back(recovery_hash(caller.principal.person, codes.back()));
  }
  TRY_OK(platform.store.confirm_totp(permitted, *step, hashes));
  TRY_OK(settle(platform, counted));
  platform.log.info("totp_enrolled", {{"person", caller.principal.person.text()}});
  return codes;
}

Status remove_totp(const Platform& platform, const Caller& caller, const policy::Presence& proof) {
  TRY(const auto permitted, permit<ChangeFactors>(caller.principal, {caller.principal.person}, proof));
  TRY_OK(platform.store.remove_totp(permitted));
  platform.log.info("totp_removed", {{"person", caller.principal.person.text()}});
  return {};
}

}  // namespace hinomi::flow
