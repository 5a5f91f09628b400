#include "flow/session.h"

#include "base/text.h"
#include "flow/attempts.h"

namespace hinomi::flow {
namespace {

constexpr std::string_view kTokenPrefix = "hnm_";
constexpr std::size_t kTokenBody = 43;  // 32 bytes in base64url
constexpr std::size_t kTokenChecksum = 6;

std::string checksum_of(std::string_view token) {
  return lower_ascii(to_base32(sha256(token))).substr(0, kTokenChecksum);
}

Error sign_in_needed() {
  return forbidden("signin.needed", "Sign in first: the session or token is missing, ended or unknown.");
}

std::string random_secret(const Platform& platform) {
  Bytes secret(32);
  platform.random.fill(secret);
  return to_base64url(secret);
}

Result<store::Session> keep_session(const Platform& platform, const SecretText& secret, store::Session session) {
  session.id = SessionId::random(platform.random);
  session.secret_hash = sha256(secret.expose());
  TRY_OK(platform.store.put_session(session));
  return session;
}

// A failed note must not fail the reading that it is about.
void note_use(const Platform& platform, const store::Session& session) {
  const Instant now = platform.clock.now();
  if (now - session.last_used_at < kUseNotedEvery) return;
  const Status noted = platform.store.touch_session(session.secret_hash, now);
  if (!noted.ok()) platform.log.warn("session_use_not_noted", {{"code", noted.error().code}});
}

Result<Caller> caller_of(const Platform& platform, const SecretText& secret, store::SessionKind kind) {
  const auto session = live_session(platform, sha256(secret.expose()));
  if (!session.ok()) return session.error().kind == ErrorKind::NotFound ? sign_in_needed() : session.error();
  if (session->kind != kind) return sign_in_needed();
  auto caller = caller_for(platform, session->person, session->scopes);
  if (!caller.ok()) return sign_in_needed();
  caller->session = session->secret_hash;
  note_use(platform, *session);
  return caller;
}

}  // namespace

Result<SignedIn> open_browser_session(const Platform& platform, const PersonId& person) {
  TRY(Caller caller, caller_for(platform, person));
  SecretText secret(random_secret(platform));
  store::Session session;
  session.person = person;
  session.created_at = session.last_used_at = platform.clock.now();
  session.expires_at = session.created_at + kBrowserSession;
  TRY(session, keep_session(platform, secret, session));
  caller.session = session.secret_hash;
  return SignedIn{std::move(secret), std::move(caller)};
}

Result<store::Session> live_session(const Platform& platform, const Sha256& secret_hash) {
  const Instant now = platform.clock.now();
  TRY(store::Session session, platform.store.session(secret_hash, now));
  if (session.kind == store::SessionKind::Browser && now - session.last_used_at >= kBrowserIdle) return not_found();
  return session;
}

Result<Caller> caller_of_cookie(const Platform& platform, const SecretText& cookie) {
  return caller_of(platform, cookie, store::SessionKind::Browser);
}

Result<Caller> caller_of_token(const Platform& platform, const SecretText& token, std::string_view source) {
  if (!is_token(token.expose())) {
    return forbidden("signin.token_mistyped", "This is no token of Hinomi: a character is wrong, missing or added.");
  }
  auto caller = caller_of(platform, token, store::SessionKind::ApiToken);
  // Only a wrong one is counted: a colleague's mistake must not stop the tokens of a whole network.
  if (!caller.ok() && caller.error().code == "signin.needed")
    TRY_OK(admit(platform, attempt_on(token.expose(), source, SignInMethod::Token)));
  return caller;
}

Result<std::optional<Caller>> caller_of_certificate(const Platform& platform, const Sha256& fingerprint) {
  const auto session = live_session(platform, fingerprint);
  if (!session.ok() && session.error().kind != ErrorKind::NotFound) return session.error();
  if (!session.ok() || session->kind != store::SessionKind::Certificate) return std::optional<Caller>();
  auto caller = caller_for(platform, session->person, session->scopes);
  if (!caller.ok()) return std::optional<Caller>();
  caller->session = fingerprint;
  note_use(platform, *session);
  return std::optional(std::move(*caller));
}

Status sign_out(const Platform& platform, const Caller& caller) { return platform.store.end_session(caller.session); }

Result<IssuedToken> make_token(const Platform& platform, const PersonId& person, TokenWish wish) {
  SecretText secret(token_text(random_secret(platform)));
  store::Session session;
  session.kind = store::SessionKind::ApiToken;
  session.person = person;
  session.name = std::move(wish.name);
  session.scopes = std::move(wish.scopes);
  session.created_at = session.last_used_at = platform.clock.now();
  session.expires_at = session.created_at + wish.lifetime;
  TRY(session, keep_session(platform, secret, std::move(session)));
  return IssuedToken{std::move(secret), std::move(session)};
}

std::string token_text(std::string_view secret) {
  const std::string text = std::string(kTokenPrefix) + std::string(secret);
  return text + checksum_of(text);
}

bool is_token(std::string_view text) {
  if (text.size() != kTokenPrefix.size() + kTokenBody + kTokenChecksum || !text.starts_with(kTokenPrefix)) return false;
  const std::size_t body = text.size() - kTokenChecksum;
  return checksum_of(text.substr(0, body)) == text.substr(body);
}

}  // namespace hinomi::flow
