#include "support/store_contract.h"

namespace hinomi::store {
namespace {

class Handovers : public StoreContract {
 protected:
  Handover by(const PersonId& person) { return {sector_.acme, person, now_, sha256("memo")}; }
  Status take(const Handover& handover, const std::optional<Handover>& before) {
    return store().take_over(permit<action::TakeOver>(handover.taken_by, {handover.org}), handover, before,
                             shared_with({handover.org}), now());
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Handovers, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Handovers, TheNewestKeepsTheWatchAlsoAfterReopening) {
  EXPECT_EQ(*store().watch_of(sector_.acme), std::nullopt);
  const Handover first = by(sector_.acme_reporter);
  ASSERT_THAT(take(first, std::nullopt), Succeeds());
  const Handover second = by(sector_.acme_approver);
  ASSERT_THAT(take(second, first), Succeeds());
  EXPECT_EQ(*store().watch_of(sector_.acme), second);
  reopen();
  EXPECT_EQ(*store().watch_of(sector_.acme), second);
}

TEST_P(Handovers, TwoPeopleNeverTakeTheSameWatch) {
  const Handover first = by(sector_.acme_reporter);
  ASSERT_THAT(take(first, std::nullopt), Succeeds());
  EXPECT_THAT(take(by(sector_.acme_approver), std::nullopt), FailsWith("handover.taken"));
  EXPECT_EQ(*store().watch_of(sector_.acme), first);
}

TEST_P(Handovers, OfAnotherOrganisationIsNotThisOne) {
  ASSERT_THAT(take(by(sector_.acme_reporter), std::nullopt), Succeeds());
  EXPECT_EQ(*store().watch_of(sector_.secretariat), std::nullopt);
}

}  // namespace
}  // namespace hinomi::store
