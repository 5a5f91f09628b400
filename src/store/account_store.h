// How people sign in, as the store keeps it: attempts, sessions, factors. Nothing here is labelled content. Secrets are
// kept as hashes wherever a hash is enough. Same promises as store.h: durable when Ok, any thread.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "policy/permit.h"
#include "store/records.h"

namespace hinomi::store {

using policy::Permit;
namespace action = policy::action;

// One try to prove who one is. The account is a hash of what was typed, so that a password typed into the wrong field
// is kept nowhere.
struct Attempt {
  Sha256 account{};
  std::string source;  // network the request came from
  std::string method;  // "password", "totp", "passkey", "token", "step_up"
};
struct AttemptLimit {
  std::int64_t count = 0;
  std::chrono::seconds window{};
};
// of_account binds only sources that never signed this account in: a stranger cannot lock a person out.
struct AttemptLimits {
  AttemptLimit of_three;    // account + source + method
  AttemptLimit of_account;  // over all sources
  AttemptLimit of_source;   // over all accounts, per method
};

// A public key of a person's authenticator (WebAuthn Level 2).
struct Passkey {
  PasskeyId id;
  PersonId person;
  std::string name;
  Bytes credential;  // the credential id that the authenticator chose
  Bytes public_key;  // COSE_Key
  std::uint32_t counter = 0;
  Instant created_at;
  std::optional<Instant> last_used_at;
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  // Looks at the limits and counts the try in one transaction, before anything is verified: any number of parallel
  // tries cannot pass. False, and no count, when a limit is reached.
  virtual Result<bool> admit_attempt(const Attempt& attempt, const AttemptLimits& limits, Instant at) = 0;
  // Nothing was verified after all: the newest of the same three counts no more.
  virtual Status retract_attempt(const Attempt& attempt) = 0;
  // It was right: it and the failures of the same three count no more, and its source is known from now on.
  virtual Status settle_attempt(const Attempt& attempt, Instant at) = 0;

  // Sessions and tokens that stand at `now`, newest first.
  virtual Result<std::vector<Session>> sessions_of(const PersonId& person, Instant now) = 0;
  // One of the permit's person. NotFound when it is another's, unknown or has ended.
  virtual Status end_own_session(const Permit<action::EndSessions>& permit, const SessionId& session) = 0;
  // All of the permit's person but `kept`, which may be of nobody. Tokens too unless `tokens` says otherwise.
  enum class Tokens { End, Keep };
  virtual Status end_own_sessions(const Permit<action::EndSessions>& permit, const Sha256& kept, Tokens tokens) = 0;
  // Notes that the session was used; changes nothing when it has ended or was used later.
  virtual Status touch_session(const Sha256& secret_hash, Instant at) = 0;
  // Called after each commit that ended sessions or changed the directory, on the writer's thread and before the
  // caller of that write goes on. Must not write. Set once, before use; an empty function takes it back.
  virtual void on_access_changed(std::function<void(std::span<const Sha256> ended_sessions)> callback) = 0;

  // Of a person by id; see IdentityStore::credential.
  virtual Result<Credential> credential_of(const PersonId& person) = 0;
  // Ends every session but `kept`, and the tokens unless they are kept, in the same transaction.
  virtual Status change_password(const Permit<action::ManageAccount>& permit, std::string_view password_hash,
                                 const Sha256& kept, Tokens tokens) = 0;

  // --- one-time codes
  // A secret that waits to be confirmed; replaces an earlier one.
  virtual Status begin_totp(const Permit<action::ManageAccount>& permit, const Secret<Bytes>& secret,
                            Instant expires_at) = 0;
  // NotFound when there is none at `now`.
  virtual Result<Secret<Bytes>> pending_totp(const PersonId& person, Instant now) = 0;
  // The waiting secret becomes the person's, `step` is consumed, and `recovery_hashes` replace all earlier ones.
  // Conflict "totp.moved_on" when nothing waits any more.
  virtual Status confirm_totp(const Permit<action::ChangeFactors>& permit, std::int64_t step,
                              std::span<const Sha256> recovery_hashes) = 0;
  virtual Status remove_totp(const Permit<action::ChangeFactors>& permit) = 0;
  // True exactly once for each code.
  virtual Result<bool> consume_recovery_code(const PersonId& person, const Sha256& hash) = 0;
  virtual Result<std::size_t> recovery_codes_left(const PersonId& person) = 0;

  // --- passkeys
  // True for the first taker of this challenge and nobody after; kept until it would have expired.
  virtual Result<bool> consume_challenge(const Sha256& challenge, Instant now, Instant expires_at) = 0;
  // A random name for the person that authenticators keep; the same at every call. NotFound in `person_of_handle` for
  // a handle nobody has.
  virtual Result<Bytes> passkey_handle(const Permit<action::ManageAccount>& permit) = 0;
  virtual Result<PersonId> person_of_handle(ByteView handle) = 0;
  // Conflict "passkey.known" when any account has this credential; TooLarge "passkey.too_many" above `limit`.
  virtual Status add_passkey(const Permit<action::ChangeFactors>& permit, const Passkey& passkey,
                             std::size_t limit) = 0;
  virtual Result<std::vector<Passkey>> passkeys_of(const PersonId& person) = 0;  // oldest first
  virtual Result<Passkey> passkey(ByteView credential) = 0;
  virtual Status remove_passkey(const Permit<action::ChangeFactors>& permit, const PasskeyId& passkey) = 0;
  // Compare-and-swap of the signature counter: false when it is no longer `from`.
  virtual Result<bool> advance_passkey(const Passkey& from, std::uint32_t counter, Instant at) = 0;
};

}  // namespace hinomi::store
