#include "flow/passkeys.h"

#include "base/text.h"
#include "flow/account.h"
#include "flow/attempts.h"
#include "flow/challenge.h"

namespace hinomi::flow {
namespace {

using policy::permit;
using policy::action::ChangeFactors;
using policy::action::ManageAccount;

Error refused() { return forbidden("signin.refused", "The passkey was not accepted."); }

std::string registration_binding(const Caller& caller) { return "register " + to_hex(caller.session); }
std::string sign_in_binding(std::string_view holder) { return "sign-in " + to_hex(sha256(holder)); }

PasskeyExpectation expectation(const Platform& platform, Bytes challenge) {
  const RelyingParty& party = platform.entrance.relying_party;
  return {std::move(challenge), party.origin, party.id};
}

// A key that nobody has: the generator of P-256. An unknown credential is verified against it, so that it takes as
// long.
Bytes nobodys_key() {
  return *from_hex(
      "a5010203262001215820"
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296225820"
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
}

// Counters that stay at zero are of authenticators that keep none; all others only grow (§7.2 step 21).
bool has_moved_on(std::uint32_t before, std::uint32_t now) { return (before == 0 && now == 0) || now > before; }

Status check_handle(const Platform& platform, const PasskeyAnswer& answer, const store::Passkey& passkey) {
  const auto owner = platform.store.person_of_handle(answer.handle);
  if (!owner.ok() || *owner != passkey.person) return refused();
  return {};
}

}  // namespace

Result<PasskeyInvitation> invite_passkey(const Platform& platform, const Caller& caller) {
  TRY(const auto permitted, permit<ManageAccount>(caller.principal, {caller.principal.person}));
  TRY(Bytes handle, platform.store.passkey_handle(permitted));
  TRY(const auto passkeys, platform.store.passkeys_of(caller.principal.person));
  PasskeyInvitation invitation{make_challenge(platform, registration_binding(caller)), std::move(handle), {}};
  for (const store::Passkey& passkey : passkeys) invitation.known.push_back(passkey.credential);
  return invitation;
}

Result<store::Passkey> add_passkey(const Platform& platform, const Caller& caller, const PasskeyAddition& addition,
                                   const policy::Presence& proof) {
  TRY(const auto permitted, permit<ChangeFactors>(caller.principal, {caller.principal.person}, proof));
  TRY_OK(check_own_name(addition.name));
  const auto challenge = challenge_of(addition.answer.client_data);
  if (!challenge.ok()) return invalid("passkey.refused", "The answer of the browser is not understood.");
  TRY_OK(take_challenge(platform, *challenge, registration_binding(caller)));
  const auto made = verify_registration(addition.answer, expectation(platform, *challenge));
  if (!made.ok()) return invalid("passkey.refused", made.error().detail);
  store::Passkey passkey{PasskeyId::random(platform.random),
                         permitted.subject().person,
                         addition.name,
                         made->credential,
                         made->public_key,
                         made->counter,
                         platform.clock.now(),
                         std::nullopt};
  TRY_OK(platform.store.add_passkey(permitted, passkey, kPasskeysPerPerson));
  platform.log.info("passkey_added", {{"person", passkey.person.text()}, {"passkey", passkey.id.text()}});
  return passkey;
}

Status remove_passkey(const Platform& platform, const Caller& caller, const PasskeyId& passkey,
                      const policy::Presence& proof) {
  TRY(const auto permitted, permit<ChangeFactors>(caller.principal, {caller.principal.person}, proof));
  TRY_OK(platform.store.remove_passkey(permitted, passkey));
  platform.log.info("passkey_removed", {{"person", caller.principal.person.text()}, {"passkey", passkey.text()}});
  return {};
}

Result<std::vector<store::Passkey>> own_passkeys(const Platform& platform, const Caller& caller) {
  TRY(const auto permitted, permit<ManageAccount>(caller.principal, {caller.principal.person}));
  return platform.store.passkeys_of(permitted.subject().person);
}

Result<store::Passkey> check_passkey(const Platform& platform, const PasskeyAnswer& answer, std::string_view binding) {
  const auto challenge = challenge_of(answer.answer.client_data);
  if (!challenge.ok()) return refused();
  if (const Status taken = take_challenge(platform, *challenge, binding); !taken.ok())
    return taken.error().kind == ErrorKind::Forbidden ? refused() : taken.error();
  const auto passkey = platform.store.passkey(answer.credential);
  if (!passkey.ok() && passkey.error().kind != ErrorKind::NotFound) return passkey.error();
  const Bytes key = passkey.ok() ? passkey->public_key : nobodys_key();
  const auto counter = verify_assertion(answer.answer, expectation(platform, *challenge), key);
  if (!counter.ok() || !passkey.ok()) {
    if (!counter.ok()) platform.log.warn("passkey_refused", {{"check", counter.error().code}});
    return refused();
  }
  if (!has_moved_on(passkey->counter, *counter)) {
    // Two authenticators answer with the same key: one of them is a copy.
    platform.log.warn("passkey_counter_went_back", {{"passkey", passkey->id.text()}});
    return refused();
  }
  TRY(const bool advanced, platform.store.advance_passkey(*passkey, *counter, platform.clock.now()));
  if (!advanced) return refused();
  return passkey;
}

Bytes sign_in_challenge(const Platform& platform, std::string_view holder) {
  return make_challenge(platform, sign_in_binding(holder));
}

Result<SignedIn> sign_in_with_passkey(const Platform& platform, const PasskeySignIn& attempt) {
  const std::string account = "passkey " + to_hex(attempt.answer.credential);
  const store::Attempt counted = attempt_on(account, attempt.source, SignInMethod::Passkey);
  TRY_OK(admit(platform, counted));
  TRY(const store::Passkey passkey, check_passkey(platform, attempt.answer, sign_in_binding(attempt.holder)));
  TRY_OK(check_handle(platform, attempt.answer, passkey));
  auto signed_in = open_browser_session(platform, passkey.person);
  if (!signed_in.ok()) return signed_in.error().kind == ErrorKind::NotFound ? refused() : signed_in.error();
  TRY_OK(settle(platform, counted));
  platform.log.info("signed_in", {{"person", passkey.person.text()}, {"method", counted.method}});
  return signed_in;
}

}  // namespace hinomi::flow
