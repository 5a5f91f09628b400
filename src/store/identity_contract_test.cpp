#include <atomic>
#include <thread>

#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class Identity : public StoreContract {
 protected:
  void put_credential(const PersonId& person, std::int64_t last_step) {
    Credential credential{person, "$argon2id$hash", Secret<Bytes>(Bytes{1, 2, 3}), last_step};
    ASSERT_THAT(store().put_credential(policy::MachineRoom::local_operator(), credential), Succeeds());
  }
  Session a_session(const PersonId& person) {
    Session session;
    session.id = SessionId::random(random_);
    session.secret_hash = sha256(uuid_text(random_uuid(random_)));
    session.person = person;
    session.name = "browser";
    session.created_at = at("2026-11-22T00:00:00Z");
    session.expires_at = at("2026-11-22T08:00:00Z");
    session.last_used_at = session.created_at;
    return session;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Identity, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Identity, TheDirectoryComesBackWithEveryAttribute) {
  Directory changes;
  Organisation org = sector_.directory.orgs.at(sector_.acme);
  org.aliases = {"ACM", "アクメ電力"};
  org.attributes.licenses = {License::Gtd, License::GenMajor};
  org.attributes.ci_operator = true;
  org.attributes.area = "tohoku";
  org.attributes.prefectures = {"aomori", "iwate"};
  org.attributes.frequency_hz = 50;
  org.attributes.voltages_kv = {66, 275};
  org.attributes.plants = {"thermal"};
  org.attributes.products = {"Example RTU 5"};
  changes.orgs.emplace(org.id, org);
  Person person = sector_.directory.persons.at(sector_.acme_reporter);
  person.compartments = {"exercise"};
  person.ceiling = Tlp::Amber;
  person.mail = "m@example.net";
  changes.persons.emplace(person.id, person);
  const std::uint64_t before = store().directory()->epoch;
  const auto epoch = store().put_directory(policy::MachineRoom::local_operator(), changes);
  EXPECT_EQ(*epoch, before + 1);
  reopen();
  const auto directory = store().directory();
  EXPECT_EQ(directory->epoch, *epoch);
  const Organisation& read = directory->orgs.at(org.id);
  EXPECT_EQ(read.aliases, org.aliases);
  EXPECT_EQ(read.attributes.licenses, org.attributes.licenses);
  EXPECT_TRUE(read.attributes.ci_operator);
  EXPECT_FALSE(read.attributes.special);
  EXPECT_EQ(read.attributes.area, "tohoku");
  EXPECT_EQ(read.attributes.prefectures, org.attributes.prefectures);
  EXPECT_EQ(read.attributes.frequency_hz, 50);
  EXPECT_EQ(read.attributes.voltages_kv, org.attributes.voltages_kv);
  EXPECT_EQ(read.attributes.plants, org.attributes.plants);
  EXPECT_EQ(read.attributes.products, org.attributes.products);
  EXPECT_EQ(directory->persons.at(person.id).compartments, person.compartments);
  EXPECT_EQ(directory->persons.at(person.id).ceiling, Tlp::Amber);
  EXPECT_TRUE(directory->persons.at(person.id).mail == "m@example.net");
  EXPECT_EQ(directory->groups.at(sector_.members).orgs, sector_.directory.groups.at(sector_.members).orgs);
}

TEST_P(Identity, ALoginBelongsToOnePerson) {
  Directory changes;
  Person person = sector_.directory.persons.at(sector_.beta_reporter);
  person.login = sector_.directory.persons.at(sector_.acme_reporter).login;
  changes.persons.emplace(person.id, person);
  EXPECT_THAT(store().put_directory(policy::MachineRoom::local_operator(), changes), FailsWith("person.login_taken"));
  EXPECT_EQ(store().directory()->persons.at(person.id).login, "beta.reporter");
}

TEST_P(Identity, ACredentialIsFoundByItsLogin) {
  put_credential(sector_.acme_reporter, 7);
  const auto credential = store().credential("acme.reporter");
  ASSERT_THAT(credential, Succeeds());
  EXPECT_EQ(credential->person, sector_.acme_reporter);
  EXPECT_EQ(credential->password_hash, "$argon2id$hash");
  EXPECT_EQ(credential->totp_secret->expose(), (Bytes{1, 2, 3}));
  EXPECT_EQ(credential->last_totp_step, 7);
  EXPECT_THAT(store().credential("nobody"), FailsWith("not_found"));
}

TEST_P(Identity, OfAHundredThreadsExactlyOneConsumesAStep) {
  put_credential(sector_.acme_reporter, 0);
  std::atomic<int> winners{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 100; ++i) {
    threads.emplace_back([&] { winners += must(store().consume_totp_step(sector_.acme_reporter, 42)) ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(winners, 1);
  EXPECT_FALSE(must(store().consume_totp_step(sector_.acme_reporter, 41)));
  EXPECT_TRUE(must(store().consume_totp_step(sector_.acme_reporter, 43)));
  EXPECT_FALSE(must(store().consume_totp_step(sector_.beta_reporter, 43))) << "nobody has a credential here";
}

TEST_P(Identity, ASessionLastsUntilItExpires) {
  Session session = a_session(sector_.acme_reporter);
  session.kind = SessionKind::ApiToken;
  ASSERT_THAT(store().put_session(session), Succeeds());
  const auto read = store().session(session.secret_hash, session.expires_at - std::chrono::microseconds(1));
  ASSERT_THAT(read, Succeeds());
  EXPECT_EQ(read->person, session.person);
  EXPECT_EQ(read->kind, SessionKind::ApiToken);
  EXPECT_THAT(store().session(session.secret_hash, session.expires_at), FailsWith("not_found"));
}

TEST_P(Identity, AnEndedSessionIsNotBroughtBackByALateTouch) {
  Session session = a_session(sector_.acme_reporter);
  ASSERT_THAT(store().put_session(session), Succeeds());
  ASSERT_THAT(store().end_session(session.secret_hash), Succeeds());
  session.last_used_at += std::chrono::minutes(1);
  EXPECT_THAT(store().put_session(session), FailsWith("session.ended"));
  EXPECT_THAT(store().session(session.secret_hash, session.created_at), FailsWith("not_found"));
}

TEST_P(Identity, EndingAllSessionsEndsThoseOfOnePerson) {
  const Session first = a_session(sector_.acme_reporter);
  const Session second = a_session(sector_.acme_reporter);
  const Session other = a_session(sector_.beta_reporter);
  for (const Session* session : {&first, &second, &other}) ASSERT_THAT(store().put_session(*session), Succeeds());
  ASSERT_THAT(store().end_all_sessions(sector_.acme_reporter), Succeeds());
  EXPECT_THAT(store().session(first.secret_hash, first.created_at), FailsWith("not_found"));
  EXPECT_THAT(store().session(second.secret_hash, second.created_at), FailsWith("not_found"));
  EXPECT_THAT(store().session(other.secret_hash, other.created_at), Succeeds());
}

}  // namespace
}  // namespace hinomi::store
