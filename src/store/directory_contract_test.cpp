// Changes of the directory in the store: nothing but what was weighed is written, once.
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class DirectoryChanges : public StoreContract {
 protected:
  DirectoryChange of_approver(const std::function<void(Person&)>& edit) {
    DirectoryChange change;
    change.id = DirectoryChangeId::random(random_);
    const auto directory = store().directory();
    change.base_epoch = directory->epoch;
    Person person = directory->persons.at(sector_.acme_approver);
    change.before.persons.emplace(person.id, person);
    edit(person);
    change.after.persons.emplace(person.id, person);
    change.proposed_by = sector_.analyst;
    change.proposed_at = now_;
    change.expires_at = now_ + std::chrono::hours(24);
    change.agreed = {{sector_.analyst, now_}};
    return change;
  }
  DirectoryChange a_promotion() {
    return of_approver([](Person& person) { person.roles.insert(Role::Reporter); });
  }
  template <class Action>
  Permit<Action> weighed(const PersonId& person, const DirectoryChange& change) {
    return permit<Action>(person, {store().directory(), change});
  }
  Status propose(const DirectoryChange& change) {
    return store().propose_change(weighed<action::ProposeDirectoryChange>(sector_.analyst, change), now());
  }
  Result<DirectoryChange> agree(const DirectoryChange& change) {
    return store().agree_to_change(weighed<action::AgreeToDirectoryChange>(sector_.second_analyst, change), now().at);
  }
  [[nodiscard]] std::set<Role> roles() { return store().directory()->persons.at(sector_.acme_approver).roles; }
};
INSTANTIATE_TEST_SUITE_P(Engines, DirectoryChanges, ::testing::ValuesIn(engines()), engine_name);

TEST_P(DirectoryChanges, AreKeptWordForWordUntilTheyAreCarriedOut) {
  const DirectoryChange change = a_promotion();
  ASSERT_THAT(propose(change), Succeeds());
  reopen();
  const DirectoryChange kept = must(store().directory_change(change.id));
  EXPECT_EQ(kept.after.persons, change.after.persons);
  EXPECT_EQ(kept.before.persons, change.before.persons);
  EXPECT_EQ(kept.agreed, change.agreed);
  EXPECT_EQ(kept.state, ChangeState::Proposed);
  EXPECT_FALSE(roles().contains(Role::Reporter));
  const DirectoryChange agreed = must(agree(kept));
  ASSERT_THAT(agreed.agreed, SizeIs(2));
  const std::uint64_t before = store().directory()->epoch;
  const auto permit = weighed<action::CarryOutDirectoryChange>(sector_.second_analyst, agreed);
  EXPECT_EQ(must(store().carry_out_change(permit, now())), before + 1);
  EXPECT_TRUE(roles().contains(Role::Reporter));
  EXPECT_EQ(must(store().directory_change(change.id)).state, ChangeState::Confirmed);
  EXPECT_THAT(store().carry_out_change(permit, now()), FailsWith("directory.moved_on"));
}

TEST_P(DirectoryChanges, AreCarriedOutAsTheyAreKept) {
  const DirectoryChange change = a_promotion();
  ASSERT_THAT(propose(change), Succeeds());
  DirectoryChange other = must(agree(must(store().directory_change(change.id))));
  other.after.persons.begin()->second.roles.insert(Role::Viewer);
  const auto permit = weighed<action::CarryOutDirectoryChange>(sector_.second_analyst, other);
  EXPECT_THAT(store().carry_out_change(permit, now()), FailsWith("internal"));
  EXPECT_FALSE(roles().contains(Role::Viewer));
}

TEST_P(DirectoryChanges, AreRefusedWhenTheDirectoryMovedOnAfterTheWeighing) {
  const DirectoryChange change = a_promotion();
  const auto permit = weighed<action::ProposeDirectoryChange>(sector_.analyst, change);
  Directory other;
  other.persons.emplace(sector_.gamma_reporter, sector_.directory.persons.at(sector_.gamma_reporter));
  must(store().put_directory(policy::MachineRoom::local_operator(), other));
  EXPECT_THAT(store().propose_change(permit, now()), FailsWith("directory.moved_on"));
  EXPECT_THAT(store().directory_change(change.id), FailsWith("not_found"));
}

TEST_P(DirectoryChanges, ThatTakeAwayEndTheSessionsOfWhoIsGone) {
  Session session;
  session.secret_hash = sha256("cookie");
  session.person = sector_.acme_approver;
  session.created_at = now_;
  session.expires_at = now_ + std::chrono::hours(8);
  ASSERT_THAT(store().put_session(session), Succeeds());
  DirectoryChange leaving = of_approver([](Person& person) { person.active = false; });
  leaving.agreed.clear();
  ASSERT_THAT(store().carry_out_change(weighed<action::CarryOutDirectoryChange>(sector_.analyst, leaving), now()),
              Succeeds());
  EXPECT_THAT(store().session(session.secret_hash, now_), FailsWith("not_found"));
  EXPECT_EQ(must(store().directory_change(leaving.id)).state, ChangeState::Confirmed);
}

TEST_P(DirectoryChanges, AreListedNewestFirstAndExpire) {
  const DirectoryChange first = a_promotion();
  ASSERT_THAT(propose(first), Succeeds());
  DirectoryChange second = a_promotion();
  second.expires_at = now_ + std::chrono::hours(48);
  ASSERT_THAT(propose(second), Succeeds());
  EXPECT_THAT(must(store().carry_out_due(policy::MachineRoom::scheduler(now_))), false);
  must(store().carry_out_due(policy::MachineRoom::scheduler(now_ + std::chrono::hours(30))));
  const auto listed = must(store().directory_changes({.before = {}, .limit = 1}));
  ASSERT_THAT(listed.rows, SizeIs(1));
  EXPECT_EQ(listed.rows[0].id, second.id);
  EXPECT_EQ(listed.rows[0].state, ChangeState::Proposed);
  const auto rest = must(store().directory_changes({.before = listed.next, .limit = 5}));
  ASSERT_THAT(rest.rows, SizeIs(1));
  EXPECT_EQ(rest.rows[0].state, ChangeState::Expired);
}

TEST_P(DirectoryChanges, LendARoleForItsTimeOnly) {
  Directory changes;
  Delegation lent;
  lent.id = testing::id_number<DelegationId>(77);
  lent.from = sector_.acme_approver;
  lent.to = sector_.acme_reporter;
  lent.role = Role::Approver;
  lent.from_at = now_ + std::chrono::hours(1);
  lent.until = now_ + std::chrono::hours(2);
  changes.delegations.emplace(lent.id, lent);
  must(store().put_directory(policy::MachineRoom::local_operator(), changes));
  const auto has_it = [&] { return principal(sector_.acme_reporter).has(Role::Approver); };
  const auto due_after = [&](std::chrono::minutes minutes) {
    return must(store().carry_out_due(policy::MachineRoom::scheduler(now_ + minutes)));
  };
  EXPECT_FALSE(due_after(std::chrono::minutes(59)));
  EXPECT_FALSE(has_it());
  const std::uint64_t epoch = store().directory()->epoch;
  EXPECT_TRUE(due_after(std::chrono::minutes(60)));
  EXPECT_TRUE(has_it());
  EXPECT_EQ(store().directory()->epoch, epoch + 1);
  EXPECT_FALSE(due_after(std::chrono::minutes(61))) << "nothing new, no epoch";
  EXPECT_TRUE(due_after(std::chrono::minutes(120)));
  EXPECT_FALSE(has_it());
}

TEST_P(DirectoryChanges, CountOnlyWhatTheReaderMayRead) {
  const Collection collection = a_collection("indicators");
  const Label for_beta = shared_with({sector_.beta});
  const Label for_both = shared_with({sector_.beta, sector_.acme});
  ASSERT_THAT(file(a_report(random_).from(sector_.beta).read_by(for_beta)), Succeeds());
  ASSERT_THAT(file(a_report(random_).from(sector_.beta).read_by(for_both)), Succeeds());
  ASSERT_THAT(add(collection, {stix("tool--1", "2026-01-01T00:00:00Z")}, for_both), Succeeds());
  std::vector<LabelId> all;
  for (const LabelEntry& entry : *store().labels()) all.push_back(entry.id);
  EXPECT_EQ(must(store().label_counts(reach(sector_.acme_reporter), all)),
            (LabelCounts{.labels = 1, .reports = 1, .releases = 0, .cases = 0, .objects = 1}));
  EXPECT_EQ(must(store().label_counts(reach(sector_.beta_reporter), all)).reports, 2U);
}

TEST_P(DirectoryChanges, AnInvitationWorksOnceAndInTime) {
  const auto permit = must(
      policy::permit<action::EndQuarantine>(principal(sector_.analyst), {store().directory(), sector_.acme_approver}));
  const auto invite = [&](const std::string& code) {
    return store().put_invitation(permit, {sector_.acme_approver, sha256(code), now_ + std::chrono::hours(1)});
  };
  ASSERT_THAT(invite("first"), Succeeds());
  ASSERT_THAT(invite("second"), Succeeds());
  EXPECT_THAT(store().use_invitation(sha256("first"), "hash", now_), FailsWith("not_found")) << "replaced";
  EXPECT_THAT(store().use_invitation(sha256("second"), "hash", now_ + std::chrono::hours(1)), FailsWith("not_found"));
  EXPECT_EQ(must(store().use_invitation(sha256("second"), "hash", now_)), sector_.acme_approver);
  EXPECT_THAT(store().use_invitation(sha256("second"), "other", now_), FailsWith("not_found"));
  EXPECT_EQ(must(store().credential("acme.approver")).password_hash, "hash");
  EXPECT_THAT(invite("third"), FailsWith("invitation.not_new")) << "no way to replace a password";
}

}  // namespace
}  // namespace hinomi::store
