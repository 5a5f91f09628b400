// Who gets what of a report and 相手の目で見る: what is shown before is what each recipient then has, byte for byte.
#include "contract/house.h"

namespace hinomi::tests {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;

constexpr std::string_view kFacts =
    R"("facts":{"t.recognised":"2026-11-22T02:05:00+09:00","t.known":"2026-11-22T02:05:00+09:00",)"
    R"("place":"第一変電所","outage.lost_kw":120000,"outage.minutes":25},)"
    R"("technical":{"text":"遠隔保守の口から入られた","indicators":["203.0.113.7"]})";

std::string report_saying(std::string_view more) {
  return R"({"kind":"incident","summary":"変電所の監視画面が操作され、送電が止まった","contact":"当直 03-0000-0000",)" +
         std::string(more) + std::string(kFacts) + "}";
}

class Recipients : public House {
 protected:
  Answer checked(std::string_view more = "") {
    return call("member_a_soc", Method::Post, "/api/v1/reports/check", report_saying(more));
  }
  Answer looked(const std::string& recipient, std::string_view more = "") {
    return call("member_a_soc", Method::Post, "/api/v1/reports/check/" + recipient, report_saying(more));
  }
  Answer filed(std::string_view more = "") {
    const Answer answer = call("member_a_soc", Method::Post, "/api/v1/reports", report_saying(more));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer;
  }
  Answer form(std::string_view who, std::string_view target, std::string typed) {
    HttpRequest asked = request(Method::Post, target);
    asked.headers.add("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    asked.body = std::move(typed);
    return send(std::move(asked));
  }
  static std::string of(const Answer& report, const std::string& rest = "") {
    return "/api/v1/reports/" + report.text("id") + "/recipients" + rest;
  }
  static std::string when(const Answer& answer, std::string_view code) {
    const JsonView recipients = *answer.json->root().find("recipients");
    for (const JsonView recipient : recipients) {
      if (recipient.string_at("code") == code) return std::string(*recipient.string_at("when"));
    }
    return "not there";
  }
  static std::vector<std::string> seen_by(const Answer& answer, std::string_view source) {
    std::vector<std::string> codes;
    const JsonView names = *answer.json->root().find("seen_by")->find(source);
    for (const JsonView code : names) codes.emplace_back(*code.string());
    return codes;
  }
  static std::string filled(const Answer& view, std::size_t form) {
    return std::string(view.json->root().find("forms")->at(form).find("filled")->raw());
  }
};

TEST_F(Recipients, EachFactSaysBeforeSendingWhoWillSeeIt) {
  const Answer check = checked();
  ASSERT_EQ(check.status, 200) << check.body;
  EXPECT_EQ(when(check, "readers"), "on_filing");
  EXPECT_EQ(when(check, "meti"), "when_handed_in");
  EXPECT_EQ(when(check, "members"), "if_you_agree");
  EXPECT_THAT(seen_by(check, "outage.lost_kw"), IsSupersetOf({"readers", "meti"}));
  EXPECT_THAT(seen_by(check, "outage.lost_kw"), Not(Contains("members")));
  EXPECT_THAT(seen_by(check, "report.summary"), Not(Contains("members")));
}

TEST_F(Recipients, MembersSeeTheStoryOnlyWhereItIsSharedAndTheTechnicalPartWhereThatWasAgreed) {
  const Answer shared = checked(R"("scope":"members_anonymously",)");
  EXPECT_EQ(when(shared, "members"), "after_review");
  EXPECT_THAT(seen_by(shared, "report.summary"), Contains("members"));
  EXPECT_THAT(seen_by(shared, "outage.lost_kw"), Not(Contains("members")));
  const Answer agreed = checked(R"("technical_preconsent":true,)");
  EXPECT_THAT(seen_by(agreed, "technical.indicators"), Contains("members"));
  EXPECT_THAT(seen_by(agreed, "technical.text"), Not(Contains("members")));
  const Answer eyes = looked("members", R"("technical_preconsent":true,)");
  EXPECT_THAT(std::string(eyes.json->root().find("agreed")->raw()), HasSubstr("203.0.113.7"));
  EXPECT_THAT(eyes.body, Not(HasSubstr("遠隔保守")));
  EXPECT_FALSE(looked("members").json->root().find("agreed").has_value());
}

TEST_F(Recipients, AnAuthorityIsShownTheBytesThatAreThenHandedIn) {
  const Answer before = looked("meti");
  ASSERT_EQ(before.status, 200) << before.body;
  const Answer report = filed();
  const Answer after = call("member_a_soc", Method::Get, of(report, "/meti"));
  // The number is all that a report gains by being filed; until then it stands there as not filled in.
  const std::string number = report.text("number");
  const auto put = [](std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
    return text;
  };
  const std::string unsaid = R"("source":"report.number","label":"報告番号","state":"unsaid","text":"未記入")";
  const std::string said = R"("source":"report.number","label":"報告番号","state":"given","text":")" + number + "\"";
  EXPECT_EQ(put(put(filled(before, 0), unsaid, said), R"("report_number":"")", R"("report_number":")" + number + "\""),
            filled(after, 0));
  const JsonView form = after.json->root().find("forms")->at(0);
  const std::string digest(*form.string_at("digest"));
  const Answer handed =
      call("member_a_soc", Method::Post, "/api/v1/reports/" + report.text("id") + "/submissions",
           R"({"form":")" + std::string(*form.string_at("form")) + R"(","duty":")" +
               std::string(*form.string_at("duty")) + R"(","stage":")" + std::string(*form.string_at("stage")) +
               R"(","report_version":1,"digest":")" + digest + R"(","addressee":"meti","channel":"mail"})");
  ASSERT_EQ(handed.status, 201) << handed.body;
  const Answer frozen =
      call("member_a_soc", Method::Get, "/api/v1/reports/" + report.text("id") + "/submissions/" + handed.text("id"));
  EXPECT_EQ(std::string(frozen.json->root().find("filled")->raw()), filled(after, 0));
}

TEST_F(Recipients, ReadersOfTheReportHaveExactlyTheContentThatWasShown) {
  const Answer before = looked("readers");
  ASSERT_EQ(before.status, 200) << before.body;
  const Answer report = filed();
  const Answer theirs = call("analyst1", Method::Get, "/api/v1/reports/" + report.text("id"));
  ASSERT_EQ(theirs.status, 200) << theirs.body;
  EXPECT_EQ(std::string(theirs.json->root().find("content")->raw()),
            std::string(before.json->root().find("content")->raw()));
}

TEST_F(Recipients, MembersAreShownWithTheTextThatIsUnderReview) {
  const Answer report = filed(R"("scope":"members_anonymously",)");
  const Answer review = call("analyst1", Method::Post, "/api/v1/reports/" + report.text("id") + "/reviews",
                             R"({"audience":"members","kind":"story"})");
  ASSERT_EQ(review.status, 201) << review.body;
  const Answer preview = call("analyst1", Method::Get, "/api/v1/reviews/" + review.text("id") + "/preview");
  const Answer eyes = call("analyst1", Method::Get, of(report, "/members"));
  ASSERT_EQ(eyes.status, 200) << eyes.body;
  EXPECT_EQ(std::string(eyes.json->root().find("editions")->at(0).find("edition")->raw()), preview.body);
}

TEST_F(Recipients, WhoMayNotReadTheReportLearnsNothingOfItsRecipients) {
  const Answer report = filed();
  for (const std::string& path : {of(report), of(report, "/readers"), of(report, "/meti"), of(report, "/members")})
    EXPECT_EQ(call("member_b_soc", Method::Get, path).status, 404) << path;
  EXPECT_EQ(call("member_a_soc", Method::Get, of(report, "/nobody")).status, 404);
  EXPECT_EQ(looked("nobody").status, 404);
}

// The table says what the record of reads and the submissions say, and nothing else.
TEST_F(Recipients, DeliveriesEqualWhatWasRecorded) {
  const Answer report = filed();
  const std::string base = "/api/v1/reports/" + report.text("id");
  const auto table = [&] { return call("member_a_soc", Method::Get, base + "/deliveries"); };
  const Answer before = table();
  EXPECT_EQ(before.json->root().find("items")->at(0).find("deliveries")->at(0).string_at("state"), "arrived");
  clock_.advance(std::chrono::minutes(3));
  ASSERT_EQ(call("analyst1", Method::Get, base).status, 200);
  const Answer read = table();
  const JsonView row = read.json->root().find("items")->at(0);
  const JsonView cell = row.find("deliveries")->at(0);
  EXPECT_EQ(cell.string_at("state"), "shown");
  const Answer marks = call("member_a_soc", Method::Get, base + "/readers");
  const JsonView readers = *marks.json->root().find("items");
  std::string first;
  for (const JsonView reader : readers) {
    if (reader.find("org")->string_at("name") == row.string_at("name"))
      first = std::string(*reader.string_at("first_at"));
  }
  EXPECT_EQ(cell.string_at("at"), first);
  const Answer theirs = call("analyst1", Method::Get, base + "/deliveries");
  EXPECT_EQ(theirs.json->root().find("items")->at(0).find("deliveries")->at(0).string_at("state"), "arrived");
  EXPECT_EQ(call("member_b_soc", Method::Get, base + "/deliveries").status, 404);
}

TEST_F(Recipients, AReceiptForOneFormSaysNothingOfAnother) {
  const Answer report = filed();
  const std::string base = "/api/v1/reports/" + report.text("id");
  const auto hand_in = [&](const std::string& form, const std::string& stage) {
    const std::string path = base + "/forms/" + form + "?duty=JP-EBA-R3-09&stage=" + stage;
    const Answer shown = call("member_a_soc", Method::Get, path);
    return call("member_a_soc", Method::Post, base + "/submissions",
                R"({"form":")" + form + R"(","duty":"JP-EBA-R3-09","stage":")" + stage +
                    R"(","report_version":1,"digest":")" + shown.text("digest") +
                    R"(","addressee":"meti","channel":"mail"})");
  };
  const Answer prompt = hand_in("jp-eba-prompt", "prompt");
  ASSERT_EQ(prompt.status, 201) << prompt.body;
  ASSERT_EQ(hand_in("jp-eba-detailed", "detailed").status, 201);
  ASSERT_EQ(call("member_a_soc", Method::Post, base + "/submissions/" + prompt.text("id") + "/receipts",
                 R"({"channel":"phone","who":"山田"})")
                .status,
            201);
  const Answer table = call("member_a_soc", Method::Get, base + "/deliveries");
  std::map<std::string, std::string> states;
  const JsonView items = *table.json->root().find("items");
  for (const JsonView row : items) {
    if (row.string_at("kind") == "party")
      states[std::string(*row.string_at("what"))] = *row.find("deliveries")->at(0).string_at("state");
  }
  EXPECT_THAT(states, testing::ElementsAre(testing::Pair(HasSubstr("詳報"), "handed_in"),
                                           testing::Pair(HasSubstr("速報"), "confirmed")));
  EXPECT_EQ(when(call("member_a_soc", Method::Get, of(report)), "meti"), "handed_in");
}

TEST_F(Recipients, WhatIsWithdrawnIsNoTextForMembersAnyMore) {
  const Answer report = file_report();
  const std::string base = "/api/v1/reports/" + report.text("id");
  const auto member_state = [&] {
    const Answer table = call("member_a_soc", Method::Get, base + "/deliveries");
    const JsonView items = *table.json->root().find("items");
    std::string state = "none";
    for (const JsonView row : items) {
      if (row.string_at("kind") == "members") state = *row.find("deliveries")->at(0).string_at("state");
    }
    return state;
  };
  EXPECT_EQ(member_state(), "none");
  const Answer review = prepared_review(report.text("id"));
  EXPECT_EQ(member_state(), "under_review");
  approve("analyst1", review);
  const std::string release = approve("analyst2", review).text("release_id");
  EXPECT_EQ(member_state(), "released");
  const Answer withdrawal = call("analyst1", Method::Post, "/api/v1/releases/" + release + "/reviews",
                                 R"({"purpose":"withdrawal","reason":"誤り"})");
  ASSERT_EQ(withdrawal.status, 201) << withdrawal.body;
  approve("analyst1", withdrawal);
  approve("analyst2", withdrawal);
  EXPECT_EQ(member_state(), "withdrawn");
  const Answer eyes = call("analyst1", Method::Get, of(report, "/members"));
  EXPECT_EQ(eyes.json->root().find("editions")->size(), 0U);
}

TEST_F(Recipients, WhatTheSecretariatTypesAgreesToNothing) {
  const Answer me = call("member_a_soc", Method::Get, "/api/v1/me");
  const std::string org(me.json->root().find("org")->string_at("id").value_or(""));
  const Answer typed = call("analyst1", Method::Post, "/api/v1/reports/check/members?for_org=" + org,
                            report_saying(R"("scope":"members_anonymously","technical_preconsent":true,)"));
  ASSERT_EQ(typed.status, 200) << typed.body;
  EXPECT_EQ(typed.text("when"), "if_you_agree");
  EXPECT_FALSE(typed.json->root().find("agreed").has_value());
}

TEST_F(Recipients, ThePageShowsWhatEachWillSeeBeforeAnythingIsSent) {
  const std::string typed =
      "kind=incident&noticed=2026-11-22+02%3A05&summary=HMI&impact=yes&cyber=suspected&lost_kw=120000&minutes=25"
      "&scope=secretariat_only";
  const Answer check = form("member_a_soc", "/report/check", typed);
  ASSERT_EQ(check.status, 200);
  EXPECT_THAT(check.body, HasSubstr("見る相手: "));
  EXPECT_THAT(check.body, HasSubstr("formaction=\"/report/edit\""));
  const Answer eyes = form("member_a_soc", "/report/look", typed + "&recipient=meti");
  ASSERT_EQ(eyes.status, 200);
  EXPECT_THAT(eyes.body, HasSubstr("の目で見ています"));
  EXPECT_THAT(eyes.body, HasSubstr("120,000 kW"));
  EXPECT_EQ(form("member_a_soc", "/report/look", typed + "&recipient=nobody").status, 404);
}

}  // namespace
}  // namespace hinomi::tests
