#include "flow/account.h"

#include <algorithm>

#include "base/text.h"
#include "flow/attempts.h"
#include "flow/sign_in.h"

namespace hinomi::flow {
namespace {

using policy::permit;
using policy::action::EndSessions;
using policy::action::ManageAccount;

constexpr std::size_t kShortestPassword = 12;   // user-perceived characters
constexpr std::size_t kLongestPassword = 1024;  // bytes
constexpr std::size_t kLongestName = 100;

Result<std::vector<store::Session>> own(const Platform& platform, const Caller& caller, store::SessionKind kind) {
  TRY(const auto permitted, permit<ManageAccount>(caller.principal, {caller.principal.person}));
  const Instant now = platform.clock.now();
  TRY(auto sessions, platform.store.sessions_of(permitted.subject().person, now));
  std::erase_if(sessions, [&](const store::Session& session) {
    const bool idle = session.kind == store::SessionKind::Browser && now - session.last_used_at >= kBrowserIdle;
    return session.kind != kind || idle;
  });
  return sessions;
}

// Whoever stole a cookie shall not lock its owner out with it.
Result<policy::Permit<EndSessions>> may_end_sessions(const Platform& platform, const Caller& caller,
                                                     const StepUpAnswer& step_up) {
  const EndSessions::Subject own{caller.principal.person};
  TRY_OK(policy::allows<EndSessions>(caller.principal, own));
  TRY(const auto proof, prove_presence_for<EndSessions>(platform, caller, step_up, own));
  return permit<EndSessions>(caller.principal, own, proof);
}

// A credential for a machine has a name and at most the scopes of the session that makes it.
Status check_wish(const Caller& caller, const TokenWish& wish) {
  TRY_OK(check_own_name(wish.name));
  TRY_OK(policy::check_scopes(wish.scopes));
  for (const policy::Scope scope : wish.scopes) TRY_OK(policy::check_scope(caller.principal, scope));
  return {};
}

Status check_lifetime(std::chrono::microseconds lifetime, std::chrono::hours longest) {
  if (lifetime > std::chrono::microseconds{0} && lifetime <= longest) return {};
  return invalid("token.lifetime",
                 "Tokens end within 90 days, certificates within two years; choose an end in that time.",
                 "/expires_at");
}

}  // namespace

Status check_own_name(const std::string& name) {
  const bool printable = std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!name.empty() && is_utf8(name) && printable && grapheme_count(name) <= kLongestName) return {};
  return invalid("token.name", "Give it a name of 1 to 100 characters by which you will know it again.", "/name");
}

Result<std::vector<store::Session>> own_sessions(const Platform& platform, const Caller& caller) {
  return own(platform, caller, store::SessionKind::Browser);
}

Result<std::vector<store::Session>> own_tokens(const Platform& platform, const Caller& caller) {
  return own(platform, caller, store::SessionKind::ApiToken);
}

Status end_session(const Platform& platform, const Caller& caller, const SessionId& session,
                   const StepUpAnswer& step_up) {
  TRY_OK(policy::allows<EndSessions>(caller.principal, {caller.principal.person}));
  TRY(const auto own, platform.store.sessions_of(caller.principal.person, platform.clock.now()));
  if (std::ranges::find(own, session, &store::Session::id) == own.end()) return not_found();
  TRY(const auto permitted, may_end_sessions(platform, caller, step_up));
  return platform.store.end_own_session(permitted, session);
}

Status end_everywhere(const Platform& platform, const Caller& caller, const StepUpAnswer& step_up) {
  TRY(const auto permitted, may_end_sessions(platform, caller, step_up));
  TRY_OK(platform.store.end_own_sessions(permitted, Sha256{}, store::AccountStore::Tokens::End));
  platform.log.info("sessions_ended", {{"person", caller.principal.person.text()}});
  return {};
}

Status check_new_password(const SecretText& password, std::string_view login) {
  const std::string& text = password.expose();
  if (text.size() > kLongestPassword) return invalid("password.too_long", "A password has at most 1024 bytes.", "/new");
  if (!is_utf8(text) || grapheme_count(text) < kShortestPassword)
    return invalid("password.too_short", "A password has at least 12 characters.", "/new");
  if (folded(text).find(folded(login)) != std::string::npos)
    return invalid("password.is_login", "A password does not contain the login name.", "/new");
  return {};
}

Status change_password(const Platform& platform, const Caller& caller, const PasswordChange& change) {
  TRY(const auto permitted, permit<ManageAccount>(caller.principal, {caller.principal.person}));
  const Error refused = forbidden("signin.refused", "The present password is not right.");
  const std::string& login = caller.person().login;
  if (change.current.expose().empty() || change.current.expose().size() > kLongestPassword) return refused;
  TRY_OK(check_new_password(change.next, login));
  const store::Attempt counted = attempt_on(login, change.step_up.source, SignInMethod::Password);
  TRY_OK(admit(platform, counted));
  TRY(const store::Credential credential, platform.store.credential_of(caller.principal.person));
  TRY(const bool right, check_password(platform, counted, credential.password_hash, change.current));
  if (!right) return refused;
  TRY(const StepUpMeans means, step_up_means(platform, caller));
  if (!means.password) {
    TRY([[maybe_unused]] const auto proof,
        prove_presence_for<policy::action::ChangeFactors>(platform, caller, change.step_up, {caller.principal.person}));
  }
  TRY_OK(settle(platform, counted));
  TRY(const std::string hash, platform.entrance.passwords.hash(change.next));
  TRY_OK(platform.store.change_password(permitted, hash, caller.session, change.tokens));
  platform.log.info("password_changed", {{"person", caller.principal.person.text()}});
  return {};
}

Result<IssuedToken> issue_token(const Platform& platform, const Caller& caller, TokenWish wish,
                                const policy::Presence& proof) {
  TRY(const auto permitted, permit<policy::action::IssueToken>(caller.principal, {caller.principal.person}, proof));
  TRY_OK(check_wish(caller, wish));
  TRY_OK(check_lifetime(wish.lifetime, kTokenLifetime));
  TRY(IssuedToken issued, make_token(platform, permitted.subject().person, std::move(wish)));
  platform.log.info("token_issued", {{"person", issued.session.person.text()}, {"token", issued.session.id.text()}});
  return issued;
}

Result<std::vector<store::Session>> own_certificates(const Platform& platform, const Caller& caller) {
  return own(platform, caller, store::SessionKind::Certificate);
}

Result<store::Session> register_certificate(const Platform& platform, const Caller& caller, ShownCertificate shown,
                                            const policy::Presence& proof) {
  TRY(const auto permitted, permit<policy::action::IssueToken>(caller.principal, {caller.principal.person}, proof));
  TokenWish& wish = shown.wish;
  TRY_OK(check_wish(caller, wish));
  TRY_OK(check_lifetime(wish.lifetime, kCertificateLifetime));
  const Instant now = platform.clock.now();
  store::Session session;
  session.id = SessionId::random(platform.random);
  session.secret_hash = shown.fingerprint;
  session.kind = store::SessionKind::Certificate;
  session.person = permitted.subject().person;
  session.name = std::move(wish.name);
  session.scopes = std::move(wish.scopes);
  session.created_at = session.last_used_at = now;
  session.expires_at = now + wish.lifetime;
  TRY_OK(platform.store.put_session(session));
  platform.log.info("certificate_registered", {{"person", session.person.text()}, {"certificate", session.id.text()}});
  return session;
}

}  // namespace hinomi::flow
