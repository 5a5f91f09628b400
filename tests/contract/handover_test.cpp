// 引き継ぎ: the memo writes itself, and what is taken over is what was read.
#include "contract/house.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

class HandoverOfHouse : public House {
 protected:
  Answer memo(std::string_view who) { return call(who, Method::Get, "/api/v1/handover"); }
  Answer take(std::string_view who, const Answer& memo) {
    return call(who, Method::Post, "/api/v1/handover", R"({"digest":")" + memo.text("digest") + R"("})");
  }
  // An outage whose duties have clocks.
  Answer outage() {
    return call("member_a_soc", Method::Post, "/api/v1/reports",
                R"({"kind":"incident","summary":"送電が止まった","facts":{"t.recognised":"2026-11-22T02:05:00+09:00",)"
                R"("t.known":"2026-11-22T02:05:00+09:00","outage.lost_kw":120000,"outage.minutes":25}})");
  }
  static std::size_t rows(const Answer& memo, std::string_view name) { return memo.json->root().find(name)->size(); }
};

TEST_F(HandoverOfHouse, TheMemoNamesRunningClocksNearestFirstAndWhatHasComeIn) {
  const Answer report = outage();
  ASSERT_EQ(report.status, 201) << report.body;
  const Answer written = memo("member_a_soc");
  ASSERT_EQ(written.status, 200) << written.body;
  ASSERT_GT(rows(written, "clocks"), 1U);
  const JsonView clocks = *written.json->root().find("clocks");
  std::string earlier;
  for (const JsonView clock : clocks) {
    const std::string due(clock.string_at("raw").value_or("9999"));
    EXPECT_LE(earlier, due);
    earlier = due;
  }
  ASSERT_EQ(rows(written, "changed"), 1U);
  EXPECT_EQ(written.json->root().find("changed")->at(0).string_at("number"), report.text("number"));
  EXPECT_FALSE(written.json->root().find("watch").has_value());
}

TEST_F(HandoverOfHouse, WhoTakesOverKeepsTheWatchAndTheNextMemoBeginsThere) {
  file_report();
  clock_.advance(std::chrono::minutes(1));
  const Answer taken = take("member_a_soc", memo("member_a_soc"));
  ASSERT_EQ(taken.status, 201) << taken.body;
  EXPECT_EQ(rows(taken, "changed"), 0U);
  EXPECT_EQ(taken.json->root().find("watch")->string_at("since"), "2026-11-21T17:11:00.000000Z");
  const Answer home = call("member_a_lead", Method::Get, "/api/v1/home");
  EXPECT_EQ(home.json->root().find("watch")->string_at("since"), "2026-11-21T17:11:00.000000Z");
}

TEST_F(HandoverOfHouse, TheNextShiftTakesItFromTheLast) {
  file_report();
  ASSERT_EQ(take("member_a_soc", memo("member_a_soc")).status, 201);
  const Answer second = take("member_a_lead", memo("member_a_lead"));
  ASSERT_EQ(second.status, 201) << second.body;
  EXPECT_EQ(memo("member_a_soc").json->root().find("watch")->find("person")->string_at("name"), "伊藤 のぞみ");
}

TEST_F(HandoverOfHouse, AFormHandedInStaysInTheMemoUntilItsReceiptIsConfirmed) {
  const Answer report = file_report();
  const std::string base = "/api/v1/reports/" + report.text("id");
  const Answer form = call("member_a_soc", Method::Get, base + "/forms/jp-ci-notice");
  const JsonView filled = *form.json->root().find("filled");
  const Answer handed =
      call("member_a_soc", Method::Post, base + "/submissions",
           R"({"form":"jp-ci-notice","duty":")" + std::string(*filled.string_at("duty")) + R"(","stage":")" +
               std::string(*filled.string_at("stage")) + R"(","report_version":1,"digest":")" + form.text("digest") +
               R"(","addressee":"meti","channel":"mail"})");
  ASSERT_EQ(handed.status, 201) << handed.body;
  EXPECT_EQ(rows(memo("member_a_soc"), "unconfirmed_forms"), 1U);
  ASSERT_EQ(call("member_a_soc", Method::Post, base + "/submissions/" + handed.text("id") + "/receipts",
                 R"({"channel":"phone","who":"山田"})")
                .status,
            201);
  EXPECT_EQ(rows(memo("member_a_soc"), "unconfirmed_forms"), 0U);
}

TEST_F(HandoverOfHouse, AMemoThatHasMovedOnIsReadAgainFirst) {
  const Answer read = memo("member_a_soc");
  file_report();
  const Answer refused = take("member_a_soc", read);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.text("code"), "handover.moved_on");
  EXPECT_FALSE(memo("member_a_soc").json->root().find("watch").has_value());
  EXPECT_EQ(take("member_a_soc", memo("member_a_soc")).status, 201);
}

TEST_F(HandoverOfHouse, TimeAloneDoesNotMoveTheMemoOn) {
  file_report();
  const Answer read = memo("member_a_soc");
  clock_.advance(std::chrono::minutes(20));
  EXPECT_EQ(take("member_a_soc", read).status, 201);
}

TEST_F(HandoverOfHouse, OthersSeeNothingOfIt) {
  file_report();
  ASSERT_EQ(take("member_a_soc", memo("member_a_soc")).status, 201);
  const Answer other = memo("member_b_soc");
  EXPECT_FALSE(other.json->root().find("watch").has_value());
  EXPECT_EQ(rows(other, "clocks"), 0U);
  EXPECT_EQ(rows(other, "changed"), 0U);
  EXPECT_FALSE(call("member_b_soc", Method::Get, "/api/v1/home").json->root().find("watch").has_value());
  const Answer auditor = call("auditor", Method::Post, "/api/v1/handover", R"({"digest":"x"})");
  EXPECT_EQ(auditor.text("code"), "permit.watch");
}

TEST_F(HandoverOfHouse, TheWatchIsTakenByTheFormOfThePage) {
  file_report();
  const Answer page = call("member_a_soc", Method::Get, "/handover");
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("自分が引き継ぐ"));
  EXPECT_THAT(page.body, HasSubstr("当番はまだ決まっていません"));
  HttpRequest asked = request(Method::Post, "/handover");
  asked.headers.add("Content-Type", "application/x-www-form-urlencoded");
  asked.headers.add("Authorization", "Bearer " + account("member_a_soc").api_token);
  asked.body = "key=k1&digest=" + memo("member_a_soc").text("digest");
  EXPECT_EQ(send(asked).status, 303);
  EXPECT_THAT(call("member_a_soc", Method::Get, "/handover").body, Not(HasSubstr("まだ決まっていません")));
}

}  // namespace
}  // namespace hinomi::tests
