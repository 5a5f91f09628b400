// What every engine promises of drafts.
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Drafts : public StoreContract {
 protected:
  DraftSaving saving(std::uint32_t based_on, const std::string& summary, const std::string& editor = "") {
    return {id_, based_on, editor, at("2026-11-22T02:05:00Z"), {{"summary", summary}}};
  }
  Result<Draft> save(std::uint32_t based_on, const std::string& summary, const std::string& editor = "") {
    return store().save_draft(me_, saving(based_on, summary, editor));
  }
  std::string summary_of(const PersonId& person) { return must(store().draft(person, id_)).fields.at("summary"); }
  Alongside filing() {
    Alongside with = now();
    with.idempotency = IdempotencyKey{me_, id_.text(), sha256("fields")};
    with.finished = FinishedDraft{me_, id_, 1};
    return with;
  }

  const PersonId me_ = sector_.acme_reporter;
  const PersonId colleague_ = sector_.acme_approver;
  const DraftId id_ = DraftId::random(random_);
};
INSTANTIATE_TEST_SUITE_P(Engines, Drafts, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Drafts, WhatWasTypedIsThereAfterReopening) {
  ASSERT_THAT(save(0, "送電が止まった"), Succeeds());
  const Draft second = must(save(1, "送電が止まった。02:05"));
  EXPECT_EQ(second.revision, 2U);
  reopen();
  EXPECT_EQ(must(store().draft(me_, id_)), second);
  EXPECT_THAT(must(store().drafts(me_)), ElementsAre(second));
}

TEST_P(Drafts, ItIsItsPersonsAloneEvenUnderTheSameId) {
  ASSERT_THAT(save(0, "mine"), Succeeds());
  EXPECT_THAT(store().draft(colleague_, id_), FailsWith("not_found"));
  EXPECT_THAT(must(store().drafts(colleague_)), IsEmpty());
  EXPECT_THAT(store().remove_draft(colleague_, id_), FailsWith("not_found"));
  ASSERT_THAT(store().save_draft(colleague_, saving(0, "theirs")), Succeeds());
  EXPECT_EQ(summary_of(me_), "mine");
  EXPECT_EQ(summary_of(colleague_), "theirs");
  ASSERT_THAT(store().remove_draft(colleague_, id_), Succeeds());
  EXPECT_EQ(summary_of(me_), "mine");
}

TEST_P(Drafts, TheLaterOfTwoEditorsIsToldAndNothingIsLost) {
  ASSERT_THAT(save(0, "first", "a"), Succeeds());
  ASSERT_THAT(save(1, "second", "b"), Succeeds());
  EXPECT_THAT(save(1, "third", "a"), FailsWith("draft.moved_on"));
  EXPECT_EQ(summary_of(me_), "second");
  EXPECT_THAT(save(2, "third", "a"), Succeeds());
}

TEST_P(Drafts, AnEditorsOwnLostAnswerDoesNotStandInItsWay) {
  ASSERT_THAT(save(0, "first", "a"), Succeeds());
  EXPECT_EQ(must(save(0, "second", "a")).revision, 2U);
  EXPECT_THAT(save(0, "third", ""), FailsWith("draft.moved_on"));
}

TEST_P(Drafts, TheReportThatIsFiledFromItTakesItsPlace) {
  ASSERT_THAT(save(0, "typed"), Succeeds());
  ASSERT_THAT(store().save_draft(colleague_, saving(0, "theirs")), Succeeds());
  ASSERT_THAT(file(a_report(random_).from(sector_.acme), filing()), Succeeds());
  EXPECT_THAT(store().draft(me_, id_), FailsWith("not_found"));
  EXPECT_EQ(summary_of(colleague_), "theirs");
  EXPECT_THAT(file(a_report(random_).from(sector_.acme), filing()), FailsWith("idempotency.repeated"));
  EXPECT_THAT(save(0, "again"), FailsWith("draft.sent"));
  EXPECT_THAT(save(1, "again"), FailsWith("draft.sent"));
}

TEST_P(Drafts, WhatWasTypedAfterWhatIsFiledStays) {
  ASSERT_THAT(save(0, "typed", "a"), Succeeds());
  ASSERT_THAT(save(1, "typed on another device", "b"), Succeeds());
  ASSERT_THAT(file(a_report(random_).from(sector_.acme), filing()), Succeeds());
  EXPECT_EQ(summary_of(me_), "typed on another device");
}

TEST_P(Drafts, ARefusedReportLeavesItsDraft) {
  ASSERT_THAT(file(a_report(random_).from(sector_.acme), filing()), Succeeds());
  const DraftId other = DraftId::random(random_);
  ASSERT_THAT(store().save_draft(me_, {other, 0, "", now().at, {{"summary", "typed"}}}), Succeeds());
  Alongside again = filing();
  again.finished = FinishedDraft{me_, other, 1};
  ASSERT_THAT(file(a_report(random_).from(sector_.acme), again), FailsWith("idempotency.repeated"));
  EXPECT_THAT(store().draft(me_, other), Succeeds());
}

TEST_P(Drafts, OneThatWasRemovedIsNotMadeAgainByALateSaving) {
  ASSERT_THAT(save(0, "typed"), Succeeds());
  ASSERT_THAT(store().remove_draft(me_, id_), Succeeds());
  EXPECT_THAT(save(1, "late"), FailsWith("not_found"));
  EXPECT_THAT(store().remove_draft(me_, id_), FailsWith("not_found"));
}

TEST_P(Drafts, OnePersonKeepsTwenty) {
  for (std::size_t i = 0; i < kDraftsOfOnePerson; ++i)
    ASSERT_THAT(store().save_draft(me_, {DraftId::random(random_), 0, "", now().at, {}}), Succeeds());
  EXPECT_THAT(save(0, "one more"), FailsWith("draft.too_many"));
  EXPECT_THAT(must(store().drafts(me_)), SizeIs(kDraftsOfOnePerson));
  EXPECT_THAT(store().save_draft(colleague_, saving(0, "theirs")), Succeeds());
}

TEST_P(Drafts, ItIsForgottenByItsLastSaving) {
  ASSERT_THAT(save(0, "early"), Succeeds());
  EXPECT_EQ(must(store().forget(Kept::Drafts, at("2026-11-22T02:05:00Z"), 10)), 0U);
  EXPECT_EQ(must(store().forget(Kept::Drafts, at("2026-11-22T02:05:01Z"), 10)), 1U);
  EXPECT_THAT(must(store().drafts(me_)), IsEmpty());
}

}  // namespace
}  // namespace hinomi::store
