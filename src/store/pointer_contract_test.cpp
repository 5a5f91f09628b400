// Pointers in the store: under their label, word for word, ended once, and nothing else of them changes.
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class PointersKept : public StoreContract {
 protected:
  Pointer a_pointer() {
    Pointer pointer;
    pointer.id = PointerId::random(random_);
    pointer.org = sector_.acme;
    pointer.made_by = sector_.acme_reporter;
    pointer.made_at = now_;
    pointer.label = shared_with({sector_.acme, sector_.secretariat});
    pointer.holder = "経済産業省 ◯◯課";
    pointer.level = SecrecyLevel::Secret;
    pointer.reference = "第12号";
    pointer.contact = "03-0000-0000";
    pointer.dated = tokyo_day(now_);
    pointer.expires = pointer.dated + std::chrono::days(30);
    return pointer;
  }
  Status add_pointer(const Pointer& pointer) {
    const auto allowed = permit<action::MakePointer>(pointer.made_by, {pointer.org, pointer.label});
    return store().add_pointer(allowed, reach(pointer.made_by), pointer, now());
  }
  Status end_pointer(const Pointer& pointer) {
    return store().end_pointer(permit<action::EndPointer>(pointer.made_by, {pointer.id, pointer.org}), now());
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, PointersKept, ::testing::ValuesIn(engines()), engine_name);

TEST_P(PointersKept, WordForWordForThoseWhoMayRead) {
  const Pointer pointer = a_pointer();
  ASSERT_THAT(add_pointer(pointer), Succeeds());
  reopen();
  const Reach own = reach(sector_.acme_approver);
  EXPECT_EQ(must(store().pointer(own, pointer.id)), pointer);
  EXPECT_THAT(must(store().pointers(own, {})).rows, SizeIs(1));
  EXPECT_THAT(own.trail().take(),
              ::testing::ElementsAre(policy::ReadNote{policy::ReadKind::Pointer, pointer.id.uuid(), 0, {}}));
  const Reach other = reach(sector_.beta_reporter);
  EXPECT_THAT(store().pointer(other, pointer.id), FailsWith("not_found"));
  EXPECT_THAT(must(store().pointers(other, {})).rows, IsEmpty());
  EXPECT_THAT(other.trail().take(), IsEmpty());
}

TEST_P(PointersKept, EndOnce) {
  const Pointer pointer = a_pointer();
  ASSERT_THAT(add_pointer(pointer), Succeeds());
  ASSERT_THAT(end_pointer(pointer), Succeeds());
  EXPECT_EQ(must(store().pointer(reach(sector_.analyst), pointer.id)).ended_at, now_);
  EXPECT_THAT(end_pointer(pointer), FailsWith("pointer.ended"));
  EXPECT_THAT(end_pointer(a_pointer()), FailsWith("not_found"));
}

TEST_P(PointersKept, AreWrittenOnlyAsWeighed) {
  const Pointer pointer = a_pointer();
  const auto allowed = permit<action::MakePointer>(pointer.made_by, {pointer.org, pointer.label});
  Pointer wider = pointer;
  wider.label = shared_with({sector_.acme, sector_.secretariat, sector_.beta});
  EXPECT_THAT(store().add_pointer(allowed, reach(wider.made_by), wider, now()), FailsWith("internal"));
  Pointer anothers = pointer;
  anothers.org = sector_.beta;
  EXPECT_THAT(store().add_pointer(allowed, reach(anothers.made_by), anothers, now()), FailsWith("internal"));
  EXPECT_THAT(must(store().pointers(reach(sector_.analyst), {})).rows, IsEmpty());
}

TEST_P(PointersKept, AreAThousandOpenOnesOfAnOrganisationAtMost) {
  const Pointer first = a_pointer();
  ASSERT_THAT(add_pointer(first), Succeeds());
  for (std::size_t i = 1; i < kMostOpenPointers; ++i) ASSERT_THAT(add_pointer(a_pointer()), Succeeds());
  EXPECT_THAT(add_pointer(a_pointer()), FailsWith("pointer.too_many"));
  Pointer anothers = a_pointer();
  anothers.org = sector_.beta;
  anothers.made_by = sector_.beta_reporter;
  anothers.label = shared_with({sector_.beta, sector_.secretariat});
  EXPECT_THAT(add_pointer(anothers), Succeeds());
  ASSERT_THAT(end_pointer(first), Succeeds());
  EXPECT_THAT(add_pointer(a_pointer()), Succeeds());
  EXPECT_THAT(add_pointer(a_pointer()), FailsWith("pointer.too_many"));
}

TEST_P(PointersKept, PageNewestFirst) {
  std::vector<PointerId> ids;
  for (int i = 0; i < 3; ++i) {
    const Pointer pointer = a_pointer();
    ASSERT_THAT(add_pointer(pointer), Succeeds());
    ids.push_back(pointer.id);
  }
  const Reach own = reach(sector_.acme_reporter);
  const auto first = must(store().pointers(own, {.before = {}, .limit = 2}));
  ASSERT_THAT(first.rows, SizeIs(2));
  EXPECT_EQ(first.rows[0].id, ids[2]);
  const auto second = must(store().pointers(own, {.before = first.next, .limit = 2}));
  ASSERT_THAT(second.rows, SizeIs(1));
  EXPECT_EQ(second.rows[0].id, ids[0]);
  EXPECT_FALSE(second.next);
}

}  // namespace
}  // namespace hinomi::store
