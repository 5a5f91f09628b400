// Forms handed in to authorities, through the api: what was sent is frozen, receipts are added, what the report says
// differently now is shown, and nobody learns of it who may not read the report.
#include "base/crypto.h"
#include "contract/house.h"
#include "forms/filled.h"

namespace hinomi::tests {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kReporter = "member_a_soc";

class Submissions : public House {
 protected:
  Submissions() : report_(outage().text("id")) {}

  Answer outage() {
    return call(
        kReporter, Method::Post, "/api/v1/reports",
        R"({"kind":"incident","summary":"変電所の監視画面が操作され、送電が止まった","contact":"当直 03-0000-0000",)"
        R"("facts":{"t.recognised":"2026-11-22T02:05:00+09:00","t.known":"2026-11-22T02:05:00+09:00",)"
        R"("place":"第一変電所","outage.lost_kw":120000,"outage.minutes":25}})");
  }
  Answer amended(int based_on, const std::string& facts) {
    return call(kReporter, Method::Post, path("/versions"),
                R"({"kind":"incident","summary":"変電所の監視画面が操作され、送電が止まった","based_on":)" +
                    std::to_string(based_on) + R"(,"facts":{)" + facts + "}}");
  }
  [[nodiscard]] std::string path(const std::string& tail) const { return "/api/v1/reports/" + report_ + tail; }
  [[nodiscard]] std::string page(const std::string& tail) const { return "/reports/" + report_ + tail; }

  // What somebody says who has read the form and sent it.
  std::string act(const std::string& more = "", const std::string& query = "") {
    const Answer form = call(kReporter, Method::Get, path("/forms/jp-eba-prompt") + query);
    return R"({"form":"jp-eba-prompt","duty":"JP-EBA-R3-09","stage":"prompt","report_version":)" +
           std::string(form.json->root().find("report_version")->raw()) + R"(,"digest":")" + form.text("digest") +
           R"(","channel":"fax","sent_at":"2026-11-22T02:08:00+09:00")" + more + "}";
  }
  Answer submit(const std::string& body, std::string_view who = kReporter, const std::string& key = "") {
    HttpRequest asked = request(Method::Post, path("/submissions"), body);
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    if (!key.empty()) asked.headers.add("Idempotency-Key", key);
    return send(std::move(asked));
  }
  Answer list(std::string_view who = kReporter) { return call(who, Method::Get, path("/submissions")); }
  static std::size_t count(const Answer& answer) { return answer.json->root().find("items")->size(); }
  static std::vector<std::string> stale_fields(const Answer& answer, std::size_t index = 0) {
    std::vector<std::string> fields;
    const JsonView stale = *answer.json->root().find("items")->at(index).find("stale");
    for (const JsonView difference : stale) fields.emplace_back(*difference.string_at("field"));
    return fields;
  }
  // "stage form" of every offer that shows 提出済み.
  std::vector<std::string> handed_in() {
    const Answer forms = call(kReporter, Method::Get, path("/forms"));
    std::vector<std::string> found;
    const JsonView items = *forms.json->root().find("items");
    for (const JsonView item : items) {
      if (item.boolean_at("handed_in") == true)
        found.push_back(std::string(*item.string_at("duty")) + " " + std::string(*item.string_at("stage")));
    }
    return found;
  }

  std::string report_;
};

TEST_F(Submissions, WhatWasSentIsFrozen) {
  const Answer recorded = submit(act());
  ASSERT_EQ(recorded.status, 201) << recorded.body;
  EXPECT_EQ(recorded.json->root().find("addressee")->string_at("code"), "meti");
  EXPECT_EQ(recorded.text("sent_at"), "2026-11-21T17:08:00.000000Z");
  EXPECT_EQ(recorded.json->root().find("recorded_by")->string_at("name"), "佐藤 ひかる");
  ASSERT_EQ(amended(1, R"("place":"第二変電所")").status, 201);
  const Answer shown = call(kReporter, Method::Get, path("/submissions/" + recorded.text("id")));
  ASSERT_EQ(shown.status, 200);
  const std::string_view filled = shown.json->root().find("filled")->raw();
  EXPECT_THAT(std::string(filled), HasSubstr("第一変電所"));
  EXPECT_EQ(shown.text("digest"), to_hex(sha256(filled)));
}

TEST_F(Submissions, ChangingOneFactMarksTheFormStaleAndDraftsASupplement) {
  const Answer recorded = submit(act());
  EXPECT_THAT(stale_fields(list()), IsEmpty());
  ASSERT_EQ(amended(1, R"("place":"第二変電所")").status, 201);
  const Answer after = list();
  EXPECT_THAT(stale_fields(after), ElementsAre("accident.place"));
  const JsonView difference = after.json->root().find("items")->at(0).find("stale")->at(0);
  EXPECT_EQ(difference.string_at("before"), "第一変電所");
  EXPECT_EQ(difference.string_at("after"), "第二変電所");
  const Answer supplement = call(kReporter, Method::Get, path("/submissions/" + recorded.text("id") + "/supplement"));
  ASSERT_EQ(supplement.status, 200);
  EXPECT_THAT(supplement.body, HasSubstr(R"("before":"第一変電所")"));
  EXPECT_EQ(supplement.json->root().integer_at("report_version"), 2);
}

TEST_F(Submissions, ANewVersionThatNoFormShowsMakesNothingStale) {
  submit(act());
  ASSERT_EQ(amended(1, R"("share.members_consent":true)").status, 201);
  EXPECT_THAT(stale_fields(list()), IsEmpty());
}

TEST_F(Submissions, ASupplementThatWasHandedInSilencesTheEarlierOne) {
  submit(act());
  ASSERT_EQ(amended(1, R"("place":"第二変電所")").status, 201);
  ASSERT_EQ(submit(act()).status, 201);
  const Answer both = list();
  EXPECT_EQ(both.json->root().find("items")->at(0).boolean_at("superseded"), true);
  EXPECT_EQ(both.json->root().find("items")->at(1).boolean_at("superseded"), false);
  EXPECT_THAT(stale_fields(both, 1), IsEmpty());
}

TEST_F(Submissions, OneDutyNeverDischargesAnother) {
  EXPECT_THAT(handed_in(), IsEmpty());
  submit(act());
  EXPECT_THAT(handed_in(), ElementsAre("JP-EBA-R3-09 prompt"));
}

TEST_F(Submissions, TheClockOfAStageStopsAndNoOther) {
  const auto clocks = [this] {
    const Answer home = call(kReporter, Method::Get, "/api/v1/home");
    std::vector<std::string> stages;
    const JsonView rows = *home.json->root().find("clocks");
    for (const JsonView clock : rows) {
      if (clock.string_at("duty") == "JP-EBA-R3-09") stages.emplace_back(*clock.string_at("stage"));
    }
    return stages;
  };
  EXPECT_THAT(clocks(), ElementsAre("速報", "詳報"));
  submit(act());
  EXPECT_THAT(clocks(), ElementsAre("詳報"));
}

TEST_F(Submissions, AStaleFormIsTheTurnOfItsOwnerAlone) {
  const std::string id = submit(act()).text("id");
  const auto home = [this](std::string_view who) { return call(who, Method::Get, "/api/v1/home").body; };
  EXPECT_THAT(home(kReporter), HasSubstr(R"("stale_forms":[])"));
  ASSERT_EQ(amended(1, R"("place":"第二変電所")").status, 201);
  EXPECT_THAT(home(kReporter), HasSubstr(R"("submission":")" + id));
  EXPECT_THAT(home("analyst1"), HasSubstr(R"("stale_forms":[])"));
  EXPECT_THAT(home("member_b_soc"), HasSubstr(R"("stale_forms":[])"));
}

TEST_F(Submissions, AFormOfAnOldVersionIsRecordedAsThatVersion) {
  const std::string of_first = act();
  ASSERT_EQ(amended(1, R"("place":"第二変電所")").status, 201);
  const Answer recorded = submit(of_first);
  ASSERT_EQ(recorded.status, 201) << recorded.body;
  EXPECT_EQ(recorded.json->root().integer_at("report_version"), 1);
  EXPECT_THAT(stale_fields(list()), ElementsAre("accident.place"));
}

TEST_F(Submissions, WordsThatNobodyHasSeenAreNotRecorded) {
  std::string other = act();
  other.replace(other.find(R"("digest":")") + 10, 4, "0000");
  EXPECT_EQ(submit(other).text("code"), "submission.form_changed");
  std::string of_absent_version = act();
  of_absent_version.replace(of_absent_version.find(R"("report_version":1)") + 17, 1, "7");
  EXPECT_EQ(submit(of_absent_version).status, 404);
  EXPECT_EQ(count(list()), 0U);
}

TEST_F(Submissions, APostThatIsRepeatedRecordsOnce) {
  const std::string body = act();
  const Answer first = submit(body, kReporter, "once");
  const Answer again = submit(body, kReporter, "once");
  EXPECT_EQ(first.text("id"), again.text("id"));
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(count(list()), 1U);
  EXPECT_EQ(submit(act(R"(,"addressee":"meti")"), kReporter, "once").text("code"), "idempotency.key_reused");
}

TEST_F(Submissions, AReceiptIsAddedAndNothingIsEdited) {
  const std::string id = submit(act()).text("id");
  const std::string receipts = path("/submissions/" + id + "/receipts");
  const Answer confirmed =
      call(kReporter, Method::Post, receipts,
           R"({"channel":"phone","who":"電力安全課 山田","confirmed_at":"2026-11-22T02:09:00+09:00"})");
  ASSERT_EQ(confirmed.status, 201) << confirmed.body;
  call("member_a_lead", Method::Post, receipts, R"({"channel":"mail","who":"電力安全課 川口"})");
  const Answer shown = list();
  const JsonView rows = *shown.json->root().find("items")->at(0).find("receipts");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).string_at("who"), "電力安全課 山田");
  EXPECT_EQ(rows.at(1).string_at("channel"), "mail");
}

TEST_F(Submissions, WhatDoesNotFitIsRefusedByName) {
  const std::string id = submit(act()).text("id");
  const auto receipt = [&](const std::string& body) {
    return call(kReporter, Method::Post, path("/submissions/" + id + "/receipts"), body).text("code");
  };
  for (const std::string who : {"", "  ", "a\\nb", "\\u001b[2J"})
    EXPECT_EQ(receipt(R"({"channel":"phone","who":")" + who + R"("})"), "submission.receipt_who") << who;
  EXPECT_EQ(receipt(R"({"channel":"phone","who":")" + std::string(201, 'x') + R"("})"), "submission.receipt_who");
  EXPECT_EQ(receipt(R"({"channel":"pigeon","who":"x"})"), "submission.channel");
  EXPECT_EQ(receipt(R"({"channel":"phone","who":"x","confirmed_at":"2026-11-22T01:00:00+09:00"})"),
            "submission.receipt_at");
  EXPECT_EQ(submit(act(R"(,"addressee":"nco")")).text("code"), "submission.addressee");
  std::string tomorrow = act();
  tomorrow.replace(tomorrow.find("2026-11-22T02:08"), 16, "2026-11-23T02:08");
  EXPECT_EQ(submit(tomorrow).text("code"), "submission.sent_at");
  EXPECT_EQ(submit(act(R"(,"receipts":[])")).text("code"), "json.unknown_field");
}

TEST_F(Submissions, OthersLearnNothingAndRecordNothing) {
  const std::string body = act();
  const std::string id = submit(body).text("id");
  const std::string absent = "/api/v1/reports/5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c";
  for (const std::string& tail : {std::string(), "/" + id, "/" + id + "/supplement"}) {
    const Answer hidden = call("member_b_soc", Method::Get, path("/submissions" + tail));
    EXPECT_EQ(hidden.status, 404) << tail;
    EXPECT_EQ(hidden.body, call("member_b_soc", Method::Get, absent + "/submissions" + tail).body) << tail;
    EXPECT_EQ(call("member_b_soc", Method::Get, page("/submissions" + tail)).status, 404) << tail;
  }
  EXPECT_EQ(submit(body, "member_b_soc").status, 404);
  EXPECT_EQ(
      call("member_b_soc", Method::Post, path("/submissions/" + id + "/receipts"), R"({"channel":"phone","who":"x"})")
          .status,
      404);
  EXPECT_EQ(count(list()), 1U);
}

TEST_F(Submissions, ASubmissionOfAnotherReportIsNotFoundUnderThisOne) {
  const std::string id = submit(act()).text("id");
  const std::string other = "/api/v1/reports/" + outage().text("id") + "/submissions/" + id;
  EXPECT_EQ(call(kReporter, Method::Get, other).status, 404);
  EXPECT_EQ(call(kReporter, Method::Post, other + "/receipts", R"({"channel":"phone","who":"x"})").status, 404);
}

TEST_F(Submissions, ARepeatedKeyOfAReportNeverGivesASubmission) {
  HttpRequest filed = request(Method::Post, "/api/v1/reports",
                              R"({"kind":"near_miss","summary":"x","facts":{)"
                              R"("t.recognised":"2026-11-22T02:05:00+09:00"}})");
  filed.headers.add("Authorization", "Bearer " + account(kReporter).api_token);
  filed.headers.add("Idempotency-Key", "shared");
  ASSERT_EQ(send(std::move(filed)).status, 201);
  EXPECT_EQ(submit(act(), kReporter, "shared").text("code"), "idempotency.key_reused");
}

TEST_F(Submissions, AReportThatNoLongerConcernsTheDutySaysSo) {
  submit(act());
  ASSERT_EQ(amended(1, R"("outage.lost_kw":100,"outage.minutes":1)").status, 201);
  const Answer shown = list();
  const JsonView row = shown.json->root().find("items")->at(0);
  EXPECT_EQ(row.string_at("verdict"), "does_not");
  EXPECT_THAT(stale_fields(shown), Contains("outage.power"));
  EXPECT_THAT(call(kReporter, Method::Get, page("/submissions")).body, HasSubstr("該当しない見込み"));
}

TEST_F(Submissions, ThePagesRecordConfirmAndSupplementWithoutScript) {
  const auto post = [&](const std::string& target, std::string body) {
    HttpRequest asked = request(Method::Post, target, std::move(body));
    asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Authorization", "Bearer " + account(kReporter).api_token);
    return send(std::move(asked));
  };
  const Answer form = call(kReporter, Method::Get, path("/forms/jp-eba-prompt"));
  EXPECT_THAT(call(kReporter, Method::Get, page("/forms/jp-eba-prompt")).body, HasSubstr(form.text("digest")));
  const std::string fields =
      "key=k1&form=jp-eba-prompt&duty=JP-EBA-R3-09&stage=prompt&version=1&digest=" + form.text("digest") +
      "&addressee=meti&channel=phone&at=02%3A08";
  ASSERT_EQ(post(page("/submissions"), fields).status, 303);
  EXPECT_EQ(post(page("/submissions"), fields).status, 303);
  ASSERT_EQ(count(list()), 1U);
  const Answer recorded = list();
  const std::string id(*recorded.json->root().find("items")->at(0).string_at("id"));
  ASSERT_EQ(
      post(page("/submissions/" + id + "/receipts"), "key=k2&who=%E5%B1%B1%E7%94%B0&channel=phone&at=02%3A09").status,
      303);
  ASSERT_EQ(amended(1, R"("place":"第二変電所")").status, 201);
  const Answer shown = call(kReporter, Method::Get, page("/submissions"));
  EXPECT_THAT(shown.body, HasSubstr("山田 が電話で受領を確認"));
  EXPECT_THAT(shown.body, HasSubstr("第二変電所"));
  EXPECT_THAT(call(kReporter, Method::Get, page("/submissions/" + id)).body, Not(HasSubstr("第二変電所")));
  EXPECT_THAT(call(kReporter, Method::Get, page("/submissions/" + id + "/supplement")).body, HasSubstr("訂正"));
  EXPECT_THAT(call(kReporter, Method::Get, page("")).body, HasSubstr("いまの報告と内容が違います"));
}

TEST_F(Submissions, AnalystsSeeThemAndReadingIsOnTheRecord) {
  const std::string id = submit(act()).text("id");
  ASSERT_EQ(call("analyst1", Method::Get, path("/submissions/" + id)).status, 200);
  EXPECT_THAT(call("member_a_lead", Method::Get, path("/readers")).body, HasSubstr("鈴木 あかり"));
}

}  // namespace
}  // namespace hinomi::tests
