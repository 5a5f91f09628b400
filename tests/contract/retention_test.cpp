// The server's rounds of forgetting: each thing at its time, by the platform's clock.
#include "flow/retention.h"
#include "contract/house.h"
#include "flow/publish.h"
#include "flow/read_record.h"

namespace hinomi::tests {
namespace {

using std::chrono::days;
using std::chrono::hours;

class ForgettingRounds : public House {
 protected:
  store::Store& store() { return installation_->platform().store; }
  Answer file_with_key() {
    HttpRequest asked =
        request(Method::Post, "/api/v1/reports",
                R"({"kind":"incident","summary":"s","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})");
    asked.headers.add("Authorization", "Bearer " + account("member_a_soc").api_token);
    asked.headers.add("Idempotency-Key", "01934c6e-0000-7000-8000-000000000001");
    return send(std::move(asked));
  }
  void forget() { ASSERT_TRUE(rounds_.forget_if_due().ok()); }
  PersonId person(std::string_view who) {
    for (const auto& [id, person] : store().directory()->persons) {
      if (person.login == account(who).login) return id;
    }
    return {};
  }

  flow::Forgetting rounds_{installation_->platform(), {}};
};

TEST_F(ForgettingRounds, ARepeatedWriteIsANewOneAfterItsTime) {
  const Answer first = file_with_key();
  ASSERT_EQ(first.status, 201) << first.body;
  clock_.advance(days(7));
  forget();
  EXPECT_EQ(file_with_key().text("id"), first.text("id"));
  clock_.advance(hours(1));
  forget();
  EXPECT_NE(file_with_key().text("id"), first.text("id"));
}

TEST_F(ForgettingRounds, ARoundIsDueOnceAnHour) {
  forget();
  const Answer first = file_with_key();
  clock_.advance(days(8));
  forget();
  const Answer second = file_with_key();
  ASSERT_NE(second.text("id"), first.text("id"));
  clock_.advance(std::chrono::minutes(59));
  const StatusId status = StatusId::random(random_);
  ASSERT_TRUE(store().put_status(person("member_a_soc"), status, "{}", clock_.now() - days(40)).ok());
  forget();
  EXPECT_TRUE(store().status(person("member_a_soc"), status).ok()) << "the last round was less than an hour ago";
  clock_.advance(std::chrono::minutes(1));
  forget();
  EXPECT_FALSE(store().status(person("member_a_soc"), status).ok());
}

TEST_F(ForgettingRounds, NoticesAndReadsGoAtTheirTimesAndNotBefore) {
  const std::string release = published_release(file_report().text("id"));
  must(flow::deliver_outbox(installation_->platform()));
  ASSERT_EQ(call("member_b_soc", Method::Get, "/api/v1/releases/" + release).status, 200);
  const auto readers = [&] {
    const auto caller = must(flow::caller_for(installation_->platform(), person("analyst1")));
    return must(flow::readers_of_release(installation_->platform(), caller,
                                         must(flow::find_release(installation_->platform(), caller, release))))
        .size();
  };
  const std::size_t seen = readers();
  ASSERT_GT(seen, 0U);
  ASSERT_FALSE(must(store().notices(person("member_b_soc"), 10)).empty());
  clock_.advance(days(366));
  forget();
  EXPECT_TRUE(must(store().notices(person("member_b_soc"), 10)).empty());
  EXPECT_EQ(readers(), seen);
  clock_.advance(days(5 * 365));
  forget();
  EXPECT_EQ(readers(), 0U);
}

TEST_F(ForgettingRounds, WhatOneRoundDoesNotReachIsDueAtOnce) {
  constexpr std::int64_t kOfOneRound = 10'000;
  std::vector<policy::ReadNote> many;
  for (std::int64_t i = 1; i <= kOfOneRound + 2; ++i) many.push_back({policy::ReadKind::Objects, {}, 0, {1, i, i}});
  ASSERT_TRUE(store().record_reads({person("analyst1"), {}, clock_.now() - days(6 * 365), many}).ok());
  const auto forget_one = [&] { return must(store().forget(store::Kept::Reads, clock_.now() - days(5 * 365), 1)); };
  forget();
  EXPECT_EQ(forget_one(), 1U) << "more than one round takes";
  forget();
  EXPECT_EQ(forget_one(), 0U) << "the second did not wait an hour";
}

}  // namespace
}  // namespace hinomi::tests
