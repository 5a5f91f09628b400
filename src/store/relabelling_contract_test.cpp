// Other readers for a release in the store: everything of it moves in one transaction, what is lost is told, and an
// embargo ends by the clock.
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class Relabellings : public StoreContract {
 protected:
  Relabellings() : collection_(a_collection("releases")), release_(published(collection_, members_)) {}

  Relabelling a_proposal(const Label& to) {
    Relabelling relabelling;
    relabelling.id = RelabellingId::random(random_);
    relabelling.release = release_.id;
    relabelling.from = must(store().release(reach(sector_.analyst), release_.id)).label;
    relabelling.to = to;
    relabelling.reason = "because";
    relabelling.proposed_by = sector_.analyst;
    relabelling.proposed_at = now_;
    return relabelling;
  }
  action::LabelMove move_of(const Relabelling& relabelling) {
    return {relabelling.release, relabelling.from, relabelling.to, members_, relabelling.reason};
  }
  Status propose(const Relabelling& relabelling) {
    return store().propose_relabelling(permit<action::ProposeRelabelling>(sector_.analyst, move_of(relabelling)),
                                       relabelling, desk_, now());
  }
  Result<Sequence> carry_out(const Relabelling& relabelling) {
    const action::AgreeToRelabelling::Subject subject{relabelling.id, relabelling.proposed_by, move_of(relabelling)};
    return store().carry_out_relabelling(permit<action::AgreeToRelabelling>(sector_.second_analyst, subject), now());
  }
  Relabelling relabelled(const Label& to) {
    const Relabelling relabelling = a_proposal(to);
    must(propose(relabelling));
    must(carry_out(relabelling));
    return relabelling;
  }
  static void must(const Status& status) { EXPECT_THAT(status, Succeeds()); }
  template <class T>
  static T must(Result<T> result) {
    return testing::must(std::move(result));
  }
  std::size_t objects_for(const PersonId& person) {
    return must(store().objects(reach(person), collection_.id, {}, {}, 10)).objects.size();
  }

  Label members_ = shared_with({sector_.secretariat, sector_.acme, sector_.beta, sector_.gamma}, Tlp::Amber);
  Label fewer_ = shared_with({sector_.secretariat, sector_.acme}, Tlp::Amber);
  Label desk_ = shared_with({sector_.secretariat});
  Collection collection_;
  Release release_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Relabellings, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Relabellings, MoveEverythingOfTheRelease) {
  ASSERT_EQ(objects_for(sector_.beta_reporter), 1U);
  const Reach before = reach(sector_.beta_reporter);
  relabelled(fewer_);
  reopen();
  for (const Reach& lost : {before, reach(sector_.beta_reporter)}) {
    EXPECT_THAT(store().release(lost, release_.id), FailsWith("not_found"));
    EXPECT_THAT(must(store().indicators(lost, {}, 10)), IsEmpty());
  }
  EXPECT_EQ(objects_for(sector_.beta_reporter), 0U);
  EXPECT_EQ(objects_for(sector_.acme_reporter), 1U);
  EXPECT_EQ(must(store().release(reach(sector_.acme_reporter), release_.id)).label, fewer_);
  EXPECT_THAT(must(store().indicators(reach(sector_.acme_reporter), {}, 10)), SizeIs(1));
}

TEST_P(Relabellings, TellWhatWasLost) {
  const auto before = store().narrowings()->size();
  const Relabelling relabelling = a_proposal(fewer_);
  must(propose(relabelling));
  EXPECT_EQ(store().narrowings()->size(), before) << "a proposal takes nothing away";
  const Sequence at = must(carry_out(relabelling));
  ASSERT_EQ(store().narrowings()->size(), before + 1);
  EXPECT_EQ(store().narrowings()->back().at, at);
  EXPECT_TRUE(reach(sector_.beta_reporter).covers(store().narrowings()->back().from));
}

TEST_P(Relabellings, BringWhatIsGainedBehindNoCursor) {
  relabelled(fewer_);
  const Reach lost = reach(sector_.beta_reporter);
  const auto passed = must(store().events_after(lost, {}, 1000));
  const Position cursor = passed.empty() ? Position(store().last_sequence()) : passed.back().position;
  relabelled(members_);
  EXPECT_THAT(must(store().events_after(reach(sector_.beta_reporter), cursor, 1000)),
              ::testing::Contains(::testing::Field(&Event::subject, release_.id.text())));
  EXPECT_EQ(objects_for(sector_.beta_reporter), 1U);
}

// Who agrees says which proposal; what it says, whose it is and what was consented to stand in the store.
TEST_P(Relabellings, AreCarriedOutAsTheyAreKept) {
  const Relabelling kept = a_proposal(fewer_);
  must(propose(kept));
  Relabelling elsewhere = kept;
  elsewhere.to = shared_with({sector_.secretariat, sector_.beta}, Tlp::Amber);
  Relabelling anothers = kept;
  anothers.proposed_by = sector_.acme_reporter;
  Relabelling otherwise = kept;
  otherwise.reason = "for another reason";
  for (const Relabelling& wrong : {elsewhere, anothers, otherwise})
    EXPECT_THAT(carry_out(wrong), FailsWith("internal"));
  action::AgreeToRelabelling::Subject wider{kept.id, kept.proposed_by, move_of(kept)};
  wider.move.consented = shared_with({sector_.secretariat, sector_.acme, sector_.beta}, Tlp::Amber);
  EXPECT_THAT(store().carry_out_relabelling(permit<action::AgreeToRelabelling>(sector_.second_analyst, wider), now()),
              FailsWith("internal"));
  EXPECT_EQ(must(store().release(reach(sector_.analyst), release_.id)).label, members_);
  must(carry_out(kept));
}

TEST_P(Relabellings, AreDecidedOnceAndOnlyAsTheyWereWeighed) {
  const Relabelling first = a_proposal(fewer_);
  const Relabelling second = a_proposal(shared_with({sector_.secretariat, sector_.beta}, Tlp::Amber));
  must(propose(first));
  must(propose(second));
  must(carry_out(first));
  EXPECT_THAT(carry_out(first), FailsWith("relabelling.closed"));
  EXPECT_THAT(carry_out(second), FailsWith("relabelling.moved_on"));
  EXPECT_THAT(propose(second), FailsWith("relabelling.moved_on"));
  EXPECT_THAT(store().reject_relabelling(
                  permit<action::RejectRelabelling>(sector_.analyst, {second.id, ReleaseId::random(random_)}), now()),
              FailsWith("not_found"));
  must(store().reject_relabelling(permit<action::RejectRelabelling>(sector_.analyst, {second.id, release_.id}), now()));
  const auto kept = must(store().relabellings_of(reach(sector_.second_analyst), release_.id));
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_EQ(kept[0].state, RelabellingState::Rejected);
  EXPECT_EQ(kept[1].state, RelabellingState::CarriedOut);
  EXPECT_EQ(kept[1].decided_by, sector_.second_analyst);
  EXPECT_EQ(kept[1].from, members_);
  EXPECT_EQ(kept[1].to, fewer_);
  EXPECT_EQ(kept[1].reason, "because");
  EXPECT_THAT(must(store().relabellings_of(reach(sector_.acme_reporter), release_.id)), IsEmpty());
}

TEST_P(Relabellings, AnEmbargoEndsByTheClock) {
  Label embargoed = members_;
  embargoed.embargo_until = now_ + std::chrono::hours(24);
  relabelled(embargoed);
  EXPECT_EQ(objects_for(sector_.beta_reporter), 0U);
  const auto due = [&](Instant at) { return must(store().carry_out_due(policy::MachineRoom::scheduler(at))); };
  EXPECT_FALSE(due(*embargoed.embargo_until - std::chrono::microseconds(1)));
  EXPECT_EQ(objects_for(sector_.beta_reporter), 0U);
  reopen();
  EXPECT_TRUE(due(*embargoed.embargo_until));
  EXPECT_EQ(objects_for(sector_.beta_reporter), 1U);
  EXPECT_EQ(must(store().release(reach(sector_.beta_reporter), release_.id)).label, members_);
  EXPECT_FALSE(due(*embargoed.embargo_until + std::chrono::hours(1)));
}

}  // namespace
}  // namespace hinomi::store
