#include "policy/reach_book.h"

#include <gmock/gmock.h>

#include "base/random.h"

namespace hinomi::policy {
namespace {

using testing::ElementsAre;

class ReachBooks : public testing::Test {
 protected:
  ReachBooks() {
    principal_.person = PersonId::random(random_);
    principal_.org = OrgId::random(random_);
    principal_.org_kind = OrgKind::Operator;
    principal_.ceiling = Tlp::Amber;
  }

  void add(Tlp tlp) {
    Label label;
    label.tlp = tlp;
    AudienceSet set;
    set.orgs = {principal_.org};
    label.audience = Audience::only(std::move(set));
    labels_.push_back({LabelId{static_cast<std::int64_t>(labels_.size()) + 1}, label});
  }

  void expect_what_policy_says() {
    const Reach told = book_.reach_of(principal_, labels_);
    const Reach computed = reach_of(principal_, labels_);
    EXPECT_EQ(told.labels(), computed.labels());
    EXPECT_EQ(told.newest_known_label(), computed.newest_known_label());
    EXPECT_EQ(told.epoch(), computed.epoch());
    EXPECT_EQ(told.person(), computed.person());
  }

  SeededRandom random_{1};
  Principal principal_;
  std::vector<LabelEntry> labels_;
  ReachBook book_;
};

TEST_F(ReachBooks, SayWhatPolicySaysWhileLabelsAreAdded) {
  expect_what_policy_says();
  for (const Tlp tlp : {Tlp::Amber, Tlp::AmberStrict, Tlp::Green, Tlp::Red, Tlp::Clear}) {
    add(tlp);
    expect_what_policy_says();
    expect_what_policy_says();
  }
}

TEST_F(ReachBooks, ForgetWhatWasReadableUnderOtherRights) {
  add(Tlp::Amber);
  add(Tlp::Green);
  expect_what_policy_says();
  principal_.ceiling = Tlp::Green;
  expect_what_policy_says();
  EXPECT_THAT(book_.reach_of(principal_, labels_).labels(), ElementsAre(LabelId{2}));
  principal_.scopes.clear();
  expect_what_policy_says();
  EXPECT_THAT(book_.reach_of(principal_, labels_).labels(), ElementsAre());
}

TEST_F(ReachBooks, KeepNothingOfAnotherPerson) {
  add(Tlp::Amber);
  expect_what_policy_says();
  principal_.person = PersonId::random(random_);
  principal_.org = OrgId::random(random_);
  expect_what_policy_says();
  EXPECT_THAT(book_.reach_of(principal_, labels_).labels(), ElementsAre());
}

TEST_F(ReachBooks, TakeTheEpochOfWhoAsks) {
  add(Tlp::Amber);
  expect_what_policy_says();
  principal_.epoch = 7;
  expect_what_policy_says();
}

// Nothing in the program shortens or changes the list; a reach must not stand on it all the same.
TEST_F(ReachBooks, BeginAnewOverAnotherList) {
  add(Tlp::Amber);
  add(Tlp::Amber);
  expect_what_policy_says();
  labels_.pop_back();
  expect_what_policy_says();
}

}  // namespace
}  // namespace hinomi::policy
