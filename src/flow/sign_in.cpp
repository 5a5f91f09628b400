#include "flow/sign_in.h"

#include <mutex>

#include "base/text.h"

namespace hinomi::flow {
namespace {

constexpr unsigned kAttemptsPerAccount = 10;
constexpr unsigned kAttemptsPerSource = 100;
constexpr std::chrono::minutes kWindow{15};
constexpr std::size_t kLongestPassword = 1024;

Error refused() { return forbidden("signin.refused", "The name, the password or the one-time code is not right."); }

// Argon2id takes 64 MiB a call: one at a time, the others wait in line.
std::mutex& hashing_turn() {
  static std::mutex turn;
  return turn;
}

// Matches nothing; verified against when the account does not exist, so that both answers take the same time.
const std::string& nobodys_hash(HashCost cost) {
  static const std::string interactive = hash_password(SecretText("nobody"), HashCost::Interactive);
  static const std::string test = hash_password(SecretText("nobody"), HashCost::Test);
  return cost == HashCost::Test ? test : interactive;
}

bool password_is_right(const Platform& platform, const Result<store::Credential>& credential,
                       const SecretText& password) {
  const std::lock_guard turn(hashing_turn());
  const std::string& hash = credential.ok() ? credential->password_hash : nobodys_hash(platform.hash_cost);
  return password_matches(hash, password) && credential.ok();
}

Result<bool> one_time_code_is_right(const Platform& platform, const store::Credential& credential,
                                    std::string_view code) {
  if (!credential.totp_secret) return true;
  const auto step = totp_step(*credential.totp_secret, nfkc(trimmed(code)), platform.clock.now());
  if (!step) return false;
  return platform.store.consume_totp_step(credential.person, *step);
}

Status check_limits(const Platform& platform, const std::string& account_key, const std::string& source_key) {
  const Instant now = platform.clock.now();
  TRY(const unsigned of_account, platform.store.attempts(account_key, now, kWindow));
  TRY(const unsigned of_source, platform.store.attempts(source_key, now, kWindow));
  if (of_account >= kAttemptsPerAccount || of_source >= kAttemptsPerSource) {
    return unavailable("signin.too_many", "There were too many attempts. Wait 15 minutes, or call the secretariat.");
  }
  return {};
}

Result<SecretText> open_session(const Platform& platform, const PersonId& person, store::Session session) {
  Bytes secret(32);
  platform.random.fill(secret);
  const std::string prefix = session.kind == store::SessionKind::ApiToken ? "hnm_" : "";
  SecretText text(prefix + to_base64url(secret));
  session.person = person;
  session.secret_hash = sha256(text.expose());
  session.created_at = platform.clock.now();
  session.last_used_at = session.created_at;
  session.expires_at =
      session.created_at + (session.kind == store::SessionKind::ApiToken ? kTokenLifetime : kBrowserSession);
  TRY_OK(platform.store.put_session(session));
  return text;
}

}  // namespace

Result<SignedIn> sign_in(const Platform& platform, const SignInAttempt& attempt) {
  const std::string login = folded(trimmed(attempt.login));
  const std::string account_key = "account:" + login;
  const std::string source_key = "source:" + attempt.source;
  if (attempt.password.expose().empty() || attempt.password.expose().size() > kLongestPassword) return refused();
  TRY_OK(check_limits(platform, account_key, source_key));
  const auto credential = platform.store.credential(login);
  bool right = password_is_right(platform, credential, attempt.password);
  if (right) {
    TRY(right, one_time_code_is_right(platform, *credential, attempt.totp));
  }
  if (!right) {
    TRY([[maybe_unused]] const unsigned by_account,
        platform.store.count_attempt(account_key, platform.clock.now(), kWindow));
    TRY([[maybe_unused]] const unsigned by_source,
        platform.store.count_attempt(source_key, platform.clock.now(), kWindow));
    platform.log.warn("sign_in_refused", {{"source", attempt.source}});
    return refused();
  }
  TRY_OK(platform.store.forget_attempts(account_key));
  auto caller = caller_for(platform, credential->person);
  if (!caller.ok()) return refused();
  TRY(SecretText secret, open_session(platform, credential->person, {}));
  caller->session = sha256(secret.expose());
  platform.log.info("signed_in", {{"person", credential->person.text()}});
  return SignedIn{std::move(secret), std::move(*caller)};
}

Result<Caller> caller_of_secret(const Platform& platform, const SecretText& secret, store::SessionKind kind) {
  const Error needed = forbidden("signin.needed", "Sign in first: the session or token is missing, ended or unknown.");
  const Sha256 hash = sha256(secret.expose());
  const auto session = platform.store.session(hash, platform.clock.now());
  if (!session.ok()) return session.error().kind == ErrorKind::NotFound ? needed : session.error();
  if (session->kind != kind) return needed;
  auto caller = caller_for(platform, session->person);
  if (!caller.ok()) return needed;
  caller->session = hash;
  return caller;
}

Status sign_out(const Platform& platform, const Caller& caller) { return platform.store.end_session(caller.session); }

Result<SecretText> issue_token(const Platform& platform, const PersonId& person, std::string name) {
  store::Session session;
  session.kind = store::SessionKind::ApiToken;
  session.name = std::move(name);
  return open_session(platform, person, std::move(session));
}

}  // namespace hinomi::flow
