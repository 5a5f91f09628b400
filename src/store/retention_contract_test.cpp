// What every engine promises of things that are kept for a time only.
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

class KeptForATime : public StoreContract {
 protected:
  void keep_key(const std::string& key, Instant at) {
    Alongside with;
    with.at = at;
    with.idempotency = IdempotencyKey{sector_.acme_reporter, key, sha256("body")};
    EXPECT_THAT(file(a_report(random_).from(sector_.acme), with), Succeeds());
  }
  bool has_key(std::string_view key) { return must(store().earlier_write(sector_.acme_reporter, key)).has_value(); }
  StatusId keep_status(Instant at) {
    const StatusId id = StatusId::random(random_);
    EXPECT_THAT(store().put_status(sector_.acme_reporter, id, "{}", at), Succeeds());
    return id;
  }
  void keep_notice(const std::string& subject, Instant at) {
    Alongside with;
    with.at = at;
    with.outbox.push_back({"notice", sector_.acme_reporter, "report.filed", subject});
    EXPECT_THAT(file(a_report(random_).from(sector_.acme), with), Succeeds());
    for (const OutboxJob& job : must(store().claim_outbox(at, std::chrono::seconds(30), 10))) {
      const Notice notice{0, job.entry.recipient, job.entry.kind, job.entry.subject, at};
      EXPECT_THAT(store().finish_outbox(job.id, notice), Succeeds());
    }
  }
  std::size_t forget(Kept what, Instant before, std::size_t most = 100) {
    return must(store().forget(what, before, most));
  }

  const Instant early_ = at("2026-11-22T00:30:00Z");
  const Instant late_ = at("2026-11-22T02:30:00Z");
};
INSTANTIATE_TEST_SUITE_P(Engines, KeptForATime, ::testing::ValuesIn(engines()), engine_name);

TEST_P(KeptForATime, AKeyIsForgottenWhenItIsOlder) {
  keep_key("early", early_);
  keep_key("late", late_);
  EXPECT_EQ(forget(Kept::RepeatKeys, early_), 0U);
  EXPECT_EQ(forget(Kept::RepeatKeys, late_), 1U);
  EXPECT_FALSE(has_key("early"));
  EXPECT_TRUE(has_key("late"));
  keep_key("early", late_);
  EXPECT_TRUE(has_key("early")) << "it is a new one";
}

TEST_P(KeptForATime, AStatusIsForgottenWhenItIsOlder) {
  const StatusId early = keep_status(early_);
  const StatusId late = keep_status(late_);
  EXPECT_EQ(forget(Kept::Statuses, late_), 1U);
  EXPECT_THAT(store().status(sector_.acme_reporter, early), FailsWith("not_found"));
  EXPECT_THAT(store().status(sector_.acme_reporter, late), Succeeds());
}

TEST_P(KeptForATime, ANoticeIsForgottenWhenItIsOlder) {
  keep_notice("early", early_);
  keep_notice("late", late_);
  ASSERT_THAT(must(store().notices(sector_.acme_reporter, 10)), ::testing::SizeIs(2));
  EXPECT_EQ(forget(Kept::Notices, late_), 1U);
  const auto left = must(store().notices(sector_.acme_reporter, 10));
  ASSERT_THAT(left, ::testing::SizeIs(1));
  EXPECT_EQ(left.front().subject, "late");
}

TEST_P(KeptForATime, NoMoreThanAskedForIsForgottenAtOnceAndTheOldestFirst) {
  for (int i = 0; i < 5; ++i) keep_key("key" + std::to_string(i), early_ + std::chrono::minutes(i));
  EXPECT_EQ(forget(Kept::RepeatKeys, late_, 2), 2U);
  EXPECT_FALSE(has_key("key1"));
  EXPECT_TRUE(has_key("key2"));
  EXPECT_EQ(forget(Kept::RepeatKeys, late_, 100), 3U);
}

}  // namespace
}  // namespace hinomi::store
