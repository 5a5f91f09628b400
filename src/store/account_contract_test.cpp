#include <atomic>
#include <thread>

#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Tokens = AccountStore::Tokens;

constexpr AttemptLimits kLimits{{10, minutes(15)}, {100, hours(1)}, {50, minutes(15)}};
const Instant kStart = at("2026-11-22T00:00:00Z");

class Account : public StoreContract {
 protected:
  Attempt on(std::string_view account, std::string source) { return {sha256(account), std::move(source), "password"}; }
  int admitted(const Attempt& attempt, int tries, Instant when = kStart) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += must(store().admit_attempt(attempt, kLimits, when)) ? 1 : 0;
    return count;
  }
  policy::Permit<action::ManageAccount> own(const PersonId& person) {
    return permit<action::ManageAccount>(person, {person});
  }
  policy::Permit<action::ChangeFactors> factors(const PersonId& person) {
    return permit<action::ChangeFactors>(person, {person});
  }
  policy::Permit<action::EndSessions> ending(const PersonId& person) {
    return permit<action::EndSessions>(person, {person});
  }
  Session a_session(const PersonId& person, SessionKind kind) {
    Session session;
    session.id = SessionId::random(random_);
    session.secret_hash = sha256(session.id.text());
    session.kind = kind;
    session.person = person;
    session.scopes = {policy::Scope::Read, policy::Scope::Sighting};
    session.created_at = session.last_used_at = kStart;
    session.expires_at = kStart + hours(8);
    EXPECT_THAT(store().put_session(session), Succeeds());
    return session;
  }
  bool stands(const Session& session) { return store().session(session.secret_hash, kStart).ok(); }
  void give_credential(const PersonId& person) {
    ASSERT_THAT(store().put_credential(policy::MachineRoom::local_operator(), {person, "$hash", std::nullopt, 0}),
                Succeeds());
  }
  Passkey a_passkey(const PersonId& person, Bytes credential) {
    return {PasskeyId::random(random_), person, "key", std::move(credential), Bytes{1}, 5, kStart, std::nullopt};
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Account, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Account, AThousandParallelTriesPassNoLimit) {
  const Attempt attempt = on("acme.reporter", "192.0.2.1");
  std::atomic<int> passed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 20; ++i) threads.emplace_back([&] { passed += admitted(attempt, 50); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(passed, 10);
}

TEST_P(Account, OneSourceWaitsAndTheOthersDoNot) {
  EXPECT_EQ(admitted(on("acme.reporter", "192.0.2.1"), 20), 10);
  EXPECT_EQ(admitted(on("acme.reporter", "192.0.2.2"), 1), 1);
  EXPECT_EQ(admitted(on("beta.reporter", "192.0.2.1"), 1), 1);
  EXPECT_EQ(admitted(on("acme.reporter", "192.0.2.1"), 1, kStart + minutes(14)), 0);
  EXPECT_EQ(admitted(on("acme.reporter", "192.0.2.1"), 1, kStart + minutes(15)), 1);
}

TEST_P(Account, TriesThatWereHeldBackDoNotLengthenTheWait) {
  const Attempt attempt = on("acme.reporter", "192.0.2.1");
  admitted(attempt, 10);
  for (int minute = 1; minute < 15; ++minute) EXPECT_EQ(admitted(attempt, 5, kStart + minutes(minute)), 0);
  EXPECT_EQ(admitted(attempt, 5, kStart + minutes(15)), 5);
}

TEST_P(Account, StrangersUseUpTheAccountForStrangersOnly) {
  ASSERT_THAT(store().settle_attempt(on("acme.reporter", "192.0.2.200"), kStart), Succeeds());
  int reached = 0;
  for (int host = 1; host <= 100; ++host)
    reached += admitted(on("acme.reporter", "198.51.100." + std::to_string(host)), 10);
  EXPECT_EQ(reached, 100) << "of a thousand guesses from a hundred sources";
  EXPECT_EQ(admitted(on("acme.reporter", "203.0.113.9"), 1), 0);
  EXPECT_EQ(admitted(on("acme.reporter", "192.0.2.200"), 1), 1) << "where the person signed in before";
}

TEST_P(Account, OneSourceTriesFewAccounts) {
  int reached = 0;
  for (int account = 0; account < 100; ++account)
    reached += admitted(on("person" + std::to_string(account), "192.0.2.1"), 1);
  EXPECT_EQ(reached, 50);
}

TEST_P(Account, SuccessForgivesTheSameThreeAlone) {
  admitted(on("acme.reporter", "192.0.2.1"), 9);
  admitted(on("acme.reporter", "192.0.2.2"), 10);
  ASSERT_THAT(store().settle_attempt(on("acme.reporter", "192.0.2.1"), kStart), Succeeds());
  EXPECT_EQ(admitted(on("acme.reporter", "192.0.2.1"), 20), 10);
  EXPECT_EQ(admitted(on("acme.reporter", "192.0.2.2"), 1), 0);
}

TEST_P(Account, ARetractedTryIsNotCounted) {
  const Attempt attempt = on("acme.reporter", "192.0.2.1");
  admitted(attempt, 10);
  ASSERT_THAT(store().retract_attempt(attempt), Succeeds());
  EXPECT_EQ(admitted(attempt, 5), 1);
}

TEST_P(Account, AttemptsSurviveARestart) {
  admitted(on("acme.reporter", "192.0.2.1"), 10);
  reopen();
  EXPECT_EQ(admitted(on("acme.reporter", "192.0.2.1"), 1), 0);
}

TEST_P(Account, SessionsAreListedWithTheirScopesAndEndOneByOne) {
  const Session first = a_session(sector_.acme_reporter, SessionKind::Browser);
  const Session second = a_session(sector_.acme_reporter, SessionKind::ApiToken);
  const Session others = a_session(sector_.beta_reporter, SessionKind::Browser);
  const auto listed = must(store().sessions_of(sector_.acme_reporter, kStart));
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_THAT(listed[0].scopes, ElementsAre(policy::Scope::Read, policy::Scope::Sighting));
  EXPECT_THAT(store().end_own_session(ending(sector_.acme_reporter), others.id), FailsWith("not_found"));
  EXPECT_THAT(store().end_own_session(ending(sector_.acme_reporter), first.id), Succeeds());
  EXPECT_THAT(store().end_own_session(ending(sector_.acme_reporter), first.id), FailsWith("not_found"));
  EXPECT_FALSE(stands(first));
  EXPECT_TRUE(stands(second));
  EXPECT_TRUE(stands(others));
}

TEST_P(Account, ANewPasswordEndsEverySessionButTheOneThatChangedIt) {
  give_credential(sector_.acme_reporter);
  const Session here = a_session(sector_.acme_reporter, SessionKind::Browser);
  const Session elsewhere = a_session(sector_.acme_reporter, SessionKind::Browser);
  const Session token = a_session(sector_.acme_reporter, SessionKind::ApiToken);
  ASSERT_THAT(store().change_password(own(sector_.acme_reporter), "$new", here.secret_hash, Tokens::Keep), Succeeds());
  EXPECT_TRUE(stands(here));
  EXPECT_FALSE(stands(elsewhere));
  EXPECT_TRUE(stands(token));
  ASSERT_THAT(store().change_password(own(sector_.acme_reporter), "$newer", here.secret_hash, Tokens::End), Succeeds());
  EXPECT_FALSE(stands(token));
  EXPECT_EQ(must(store().credential_of(sector_.acme_reporter)).password_hash, "$newer");
  give_credential(sector_.acme_reporter);
  EXPECT_FALSE(stands(here)) << "a credential put by an operator ends all of them";
}

TEST_P(Account, WhatEndedIsToldBeforeTheWriteReturns) {
  const Session session = a_session(sector_.acme_reporter, SessionKind::Browser);
  std::vector<Sha256> told;
  store().on_access_changed([&](std::span<const Sha256> ended) { told.assign(ended.begin(), ended.end()); });
  ASSERT_THAT(store().end_all_sessions(sector_.beta_reporter), Succeeds());
  EXPECT_THAT(told, IsEmpty());
  ASSERT_THAT(store().end_all_sessions(sector_.acme_reporter), Succeeds());
  EXPECT_THAT(told, ElementsAre(session.secret_hash));
  store().on_access_changed({});
}

TEST_P(Account, ATouchNeverGoesBackAndDoesNotWakeTheDead) {
  const Session session = a_session(sector_.acme_reporter, SessionKind::Browser);
  ASSERT_THAT(store().touch_session(session.secret_hash, kStart + minutes(5)), Succeeds());
  ASSERT_THAT(store().touch_session(session.secret_hash, kStart + minutes(1)), Succeeds());
  EXPECT_EQ(must(store().session(session.secret_hash, kStart)).last_used_at, kStart + minutes(5));
  ASSERT_THAT(store().end_session(session.secret_hash), Succeeds());
  ASSERT_THAT(store().touch_session(session.secret_hash, kStart + minutes(9)), Succeeds());
  EXPECT_FALSE(stands(session));
}

TEST_P(Account, AOneTimeCodeIsConfirmedOnceAndBringsItsRecoveryCodes) {
  const PersonId person = sector_.acme_reporter;
  give_credential(person);
  const std::vector<Sha256> codes{sha256("a"), sha256("b")};
  EXPECT_THAT(store().confirm_totp(factors(person), 1, codes), FailsWith("totp.moved_on"));
  ASSERT_THAT(store().begin_totp(own(person), Secret(Bytes{1, 2}), kStart + minutes(10)), Succeeds());
  EXPECT_THAT(store().pending_totp(person, kStart + minutes(10)), FailsWith("not_found"));
  EXPECT_EQ(must(store().pending_totp(person, kStart)).expose(), (Bytes{1, 2}));
  ASSERT_THAT(store().confirm_totp(factors(person), 41, codes), Succeeds());
  EXPECT_EQ(must(store().credential_of(person)).totp_secret->expose(), (Bytes{1, 2}));
  EXPECT_FALSE(must(store().consume_totp_step(person, 41)));
  EXPECT_TRUE(must(store().consume_recovery_code(person, sha256("a"))));
  EXPECT_FALSE(must(store().consume_recovery_code(person, sha256("a"))));
  EXPECT_FALSE(must(store().consume_recovery_code(sector_.beta_reporter, sha256("b"))));
  EXPECT_EQ(must(store().recovery_codes_left(person)), 1U);
  ASSERT_THAT(store().remove_totp(factors(person)), Succeeds());
  EXPECT_FALSE(must(store().credential_of(person)).totp_secret);
  EXPECT_EQ(must(store().recovery_codes_left(person)), 0U);
}

TEST_P(Account, AChallengeIsTakenOnce) {
  EXPECT_TRUE(must(store().consume_challenge(sha256("c"), kStart, kStart + minutes(5))));
  EXPECT_FALSE(must(store().consume_challenge(sha256("c"), kStart, kStart + minutes(5))));
}

TEST_P(Account, ACredentialIdBelongsToOnePasskeyOfAll) {
  const PersonId person = sector_.acme_reporter;
  const Bytes handle = must(store().passkey_handle(own(person)));
  EXPECT_EQ(must(store().passkey_handle(own(person))), handle);
  EXPECT_EQ(must(store().person_of_handle(handle)), person);
  const Passkey first = a_passkey(person, {1, 2, 3});
  ASSERT_THAT(store().add_passkey(factors(person), first, 2), Succeeds());
  EXPECT_THAT(store().add_passkey(factors(sector_.beta_reporter), a_passkey(sector_.beta_reporter, {1, 2, 3}), 2),
              FailsWith("passkey.known"));
  ASSERT_THAT(store().add_passkey(factors(person), a_passkey(person, {4}), 2), Succeeds());
  EXPECT_THAT(store().add_passkey(factors(person), a_passkey(person, {5}), 2), FailsWith("passkey.too_many"));
  EXPECT_THAT(store().remove_passkey(factors(sector_.beta_reporter), first.id), FailsWith("not_found"));
  EXPECT_THAT(store().remove_passkey(factors(person), first.id), Succeeds());
  EXPECT_THAT(must(store().passkeys_of(person)), SizeIs(1));
}

TEST_P(Account, ThePasskeyCounterIsSwappedByOneOfManyAlone) {
  const PersonId person = sector_.acme_reporter;
  ASSERT_THAT(store().add_passkey(factors(person), a_passkey(person, {1}), 5), Succeeds());
  const Passkey read = must(store().passkey(Bytes{1}));
  EXPECT_TRUE(must(store().advance_passkey(read, 6, kStart)));
  EXPECT_FALSE(must(store().advance_passkey(read, 7, kStart)));
  EXPECT_EQ(must(store().passkey(Bytes{1})).counter, 6U);
}

}  // namespace
}  // namespace hinomi::store
