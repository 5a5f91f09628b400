#include "flow/step_up.h"

#include "flow/attempts.h"
#include "flow/challenge.h"
#include "flow/sign_in.h"

namespace hinomi::flow {
namespace {

std::string binding_of(const Caller& caller, std::string_view purpose) {
  return "step-up " + to_hex(caller.session) + " " + std::string(purpose);
}

Error needed(const StepUpMeans& means) {
  std::string detail = "Show that it is you: send \"step_up\" with ";
  detail += means.totp ? "a one-time code" : means.passkey ? "your passkey" : "your password";
  return forbidden("step_up.needed", detail + " for this very act.");
}

// Whether something was shown that this person may show.
bool is_shown(const StepUpAnswer& answer, const StepUpMeans& means) {
  return (means.totp && !answer.totp.empty()) || (means.passkey && answer.passkey) ||
         (means.password && !answer.password.expose().empty());
}

class Verifier : policy::PresenceDesk {
 public:
  Verifier(const Platform& platform, const Caller& caller) : platform_(platform), caller_(caller) {}

  Result<policy::Presence> verify(const StepUpAnswer& answer, const StepUpMeans& means, const std::string& purpose) {
    const store::Attempt counted = attempt_on(caller_.person().login, answer.source, SignInMethod::StepUp);
    TRY_OK(admit(platform_, counted));
    TRY(const bool right, is_right(counted, answer, means, purpose));
    if (!right) return forbidden("step_up.refused", "What was shown is not right, or was used before.");
    TRY_OK(settle(platform_, counted));
    return attest(caller_.principal.person, purpose);
  }

 private:
  Result<bool> is_right(const store::Attempt& counted, const StepUpAnswer& answer, const StepUpMeans& means,
                        const std::string& purpose) {
    if (means.passkey && answer.passkey) return passkey_is_right(*answer.passkey, purpose);
    TRY(const store::Credential credential, platform_.store.credential_of(caller_.principal.person));
    if (means.totp) return second_factor_is_right(platform_, credential, answer.totp);
    return check_password(platform_, counted, credential.password_hash, answer.password);
  }

  Result<bool> passkey_is_right(const PasskeyAnswer& answer, const std::string& purpose) {
    const auto passkey = check_passkey(platform_, answer, binding_of(caller_, purpose));
    if (passkey.ok()) return passkey->person == caller_.principal.person;
    if (passkey.error().code == "signin.refused") return false;
    return passkey.error();
  }

  const Platform& platform_;
  const Caller& caller_;
};

}  // namespace

Result<StepUpMeans> step_up_means(const Platform& platform, const Caller& caller) {
  const auto credential = platform.store.credential_of(caller.principal.person);
  if (!credential.ok() && credential.error().kind != ErrorKind::NotFound) return credential.error();
  TRY(const auto passkeys, platform.store.passkeys_of(caller.principal.person));
  StepUpMeans means;
  means.totp = credential.ok() && credential->totp_secret.has_value();
  means.passkey = !passkeys.empty();
  means.password = credential.ok() && !means.totp && !means.passkey;
  return means;
}

Bytes step_up_challenge(const Platform& platform, const Caller& caller, std::string_view purpose) {
  return make_challenge(platform, binding_of(caller, purpose));
}

Result<policy::Presence> prove_presence(const Platform& platform, const Caller& caller, const StepUpAnswer& answer,
                                        const std::string& purpose) {
  TRY(const StepUpMeans means, step_up_means(platform, caller));
  if (!is_shown(answer, means)) return needed(means);
  return Verifier(platform, caller).verify(answer, means, purpose);
}

}  // namespace hinomi::flow
