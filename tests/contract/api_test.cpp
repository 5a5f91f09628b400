// What members, strangers and hostile clients see through the api, over the real store and the demo sector.
#include <algorithm>

#include "api/cursor.h"
#include "api/session_cookie.h"
#include "contract/house.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

using Road = House;
using Hiding = House;
using Writing = House;

constexpr std::string_view kNobody = "5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c";

// --- the main job

TEST_F(Road, AReportBecomesAReleaseThatAnotherMemberHuntsWith) {
  const Answer report = file_report();
  ASSERT_EQ(report.status, 201) << report.body;
  const std::string release = published_release(report.text("id"));
  ASSERT_FALSE(release.empty());
  EXPECT_EQ(call("member_b_soc", Method::Get, "/api/v1/releases/" + release).status, 200);
  EXPECT_THAT(call("member_b_soc", Method::Get, "/api/v1/indicators").body, HasSubstr("evil.example"));
  EXPECT_THAT(call("member_b_soc", Method::Get, "/taxii2/api/collections/releases/objects/").body,
              HasSubstr("evil.example"));
  EXPECT_THAT(call("vendor_psirt", Method::Get, "/api/v1/indicators").body, Not(HasSubstr("evil.example")));
  EXPECT_EQ(call("vendor_psirt", Method::Get, "/taxii2/api/collections/releases/objects/").body, "{}");
}

TEST_F(Road, TheReportersWordsAreRefusedUntilEnoughMembersFit) {
  const Answer report = file_report();
  const Answer review = call("analyst1", Method::Post, "/api/v1/reports/" + report.text("id") + "/reviews", "{}");
  EXPECT_EQ(review.text("refusal_code"), "anonymity.identifier_remains");
  EXPECT_EQ(approve("analyst1", review).status, 409);
  EXPECT_TRUE(prepared_review(report.text("id")).text("refusal").empty());
}

TEST_F(Road, OnePersonCannotReleaseAlone) {
  const Answer report = file_report();
  const Answer review = prepared_review(report.text("id"));
  EXPECT_EQ(approve("analyst1", review).status, 200);
  const Answer again = approve("analyst1", review);
  EXPECT_EQ(again.status, 403);
  EXPECT_EQ(again.text("code"), "permit.second_person");
  EXPECT_EQ(approve("member_a_lead", review).status, 403);
}

TEST_F(Road, AnEditVoidsTheApprovals) {
  const Answer report = file_report();
  const Answer review = prepared_review(report.text("id"));
  approve("analyst1", review);
  const Answer edited = call(
      "analyst2", Method::Put, "/api/v1/reviews/" + review.text("id"),
      R"({"revision":2,"edition":{"kind":"technical_only","title":"攻撃技術情報","indicators":["evil.example"]},"tlp":"TLP:AMBER"})");
  ASSERT_EQ(edited.status, 200) << edited.body;
  EXPECT_EQ(edited.json->root().integer_at("approvals"), 0);
  EXPECT_EQ(approve("analyst2", review).status, 409);  // the old revision
}

TEST_F(Road, AWithdrawalTakesTheIndicatorsBack) {
  const std::string release = published_release(file_report().text("id"));
  const Answer review = call("analyst1", Method::Post, "/api/v1/releases/" + release + "/reviews",
                             R"({"purpose":"withdrawal","reason":"誤検知でした"})");
  ASSERT_EQ(review.status, 201) << review.body;
  approve("analyst1", review);
  ASSERT_EQ(approve("analyst2", review).status, 200);
  EXPECT_EQ(call("member_b_soc", Method::Get, "/api/v1/releases/" + release).text("state"), "withdrawn");
  EXPECT_THAT(call("member_b_soc", Method::Get, "/api/v1/indicators").body, Not(HasSubstr("evil.example")));
}

TEST_F(Road, ACorrectionLeftOpenDoesNotBringAWithdrawnReleaseBack) {
  const std::string release = published_release(file_report().text("id"));
  const auto review_for = [&](const std::string& purpose) {
    return call("analyst1", Method::Post, "/api/v1/releases/" + release + "/reviews",
                R"({"purpose":")" + purpose + R"(","reason":"誤検知でした"})");
  };
  const Answer correction = review_for("correction");
  const Answer withdrawal = review_for("withdrawal");
  ASSERT_EQ(approve("analyst1", correction).status, 200);
  approve("analyst1", withdrawal);
  ASSERT_EQ(approve("analyst2", withdrawal).status, 200);
  const Answer late = approve("analyst2", correction);
  EXPECT_EQ(late.status, 409) << late.body;
  EXPECT_EQ(late.text("code"), "release.withdrawn");
  EXPECT_EQ(call("member_b_soc", Method::Get, "/api/v1/releases/" + release).text("state"), "withdrawn");
}

TEST_F(Road, NoticesArriveForThoseWhoMayReadAndNobodyElse) {
  const std::string release = published_release(file_report().text("id"));
  ASSERT_TRUE(flow::deliver_outbox(installation_->platform()).ok());
  EXPECT_THAT(call("member_b_soc", Method::Get, "/api/v1/notices").body, HasSubstr(release));
  EXPECT_EQ(call("vendor_psirt", Method::Get, "/api/v1/notices").body, "[]");
}

TEST_F(Road, ASightingOfOneMemberIsNotShownToOthers) {
  const std::string release = published_release(file_report().text("id"));
  const Answer indicators = call("member_b_soc", Method::Get, "/api/v1/indicators");
  const std::string id(*indicators.json->root().find("items")->at(0).string_at("id"));
  const std::string body =
      R"({"release":")" + release + R"(","indicator":")" + id + R"(","count":"2-9","day":"2026-11-22"})";
  EXPECT_EQ(call("member_b_soc", Method::Post, "/api/v1/sightings", body).status, 201);
  EXPECT_EQ(call("member_c_soc", Method::Get, "/api/v1/releases/" + release).json->root().find("sightings")->size(),
            0U);
  EXPECT_EQ(call("analyst1", Method::Get, "/api/v1/releases/" + release).json->root().find("sightings")->size(), 1U);
}

TEST_F(Road, AgreementDoesNotCoverOtherReaders) {
  const Answer review = prepared_review(file_report().text("id"));
  EXPECT_EQ(review.text("consent"), "given");
  const Answer wider = call(
      "analyst1", Method::Put, "/api/v1/reviews/" + review.text("id"),
      R"({"revision":2,"edition":{"kind":"story","title":"t","body":"b"},"tlp":"TLP:GREEN","audience":"community"})");
  ASSERT_EQ(wider.status, 200) << wider.body;
  EXPECT_EQ(wider.text("consent"), "missing");
  EXPECT_EQ(approve("analyst1", wider).text("code"), "review.consent_missing");
}

TEST_F(Road, WhatTheReporterChangedIsNotReleasedFromTheOldVersion) {
  const Answer report = file_report();
  const Answer review = prepared_review(report.text("id"));
  ASSERT_EQ(call("member_a_soc", Method::Post, "/api/v1/reports/" + report.text("id") + "/versions",
                 R"({"based_on":1,"kind":"incident","scope":"secretariat_only","summary":"見せないでください"})")
                .status,
            201);
  EXPECT_EQ(approve("analyst1", review).text("code"), "report.moved_on");
}

TEST_F(Road, TechniquesAndCvesAreIdsAndNothingElse) {
  const Answer review = prepared_review(file_report().text("id"));
  const Answer named = call(
      "analyst1", Method::Put, "/api/v1/reviews/" + review.text("id"),
      R"({"revision":2,"edition":{"kind":"story","title":"t","body":"b","techniques":["みなと電力ネットワーク"]},"tlp":"TLP:AMBER"})");
  EXPECT_EQ(named.status, 400) << named.body;
  EXPECT_EQ(named.text("where"), "/edition/techniques/0");
}

TEST_F(Road, AWithdrawalCannotBeGivenOtherReaders) {
  const std::string release = published_release(file_report().text("id"));
  const Answer review = call("analyst1", Method::Post, "/api/v1/releases/" + release + "/reviews",
                             R"({"purpose":"withdrawal","reason":"誤検知でした"})");
  const Answer widened = call("analyst1", Method::Put, "/api/v1/reviews/" + review.text("id"),
                              R"({"revision":1,"edition":{"kind":"story"},"tlp":"TLP:CLEAR","audience":"community"})");
  EXPECT_EQ(widened.text("code"), "review.withdrawal_fixed");
}

// --- what may not be seen does not exist

std::string without_request_id(Answer answer) {
  const auto id = answer.headers.find("X-Request-Id");
  std::string all = std::to_string(answer.status);
  for (const Header& header : answer.headers) {
    if (header.name != "X-Request-Id") all += "\n" + header.name + ": " + header.value;
  }
  all += "\n\n" + answer.body;
  if (id) {
    for (auto at = all.find(*id); at != std::string::npos; at = all.find(*id)) all.erase(at, id->size());
  }
  return all;
}

std::string replaced(std::string_view pattern, std::string_view id) {
  std::string target(pattern);
  const auto open = target.find("{id}");
  return open == std::string::npos ? target : target.replace(open, 4, id);
}

// Every route with an id, every method: a hidden thing answers byte for byte like one that never was.
TEST_F(Hiding, HiddenAndAbsentAnswerTheSameOnEveryRoute) {
  const Answer report = file_report();
  const std::string review = prepared_review(report.text("id")).text("id");
  const std::string release = published_release(report.text("id"));
  int compared = 0;
  for (const api::Route& route : api_->routes()) {
    if (route.pattern.find("{id}") == std::string_view::npos || route.format == api::Format::Taxii) continue;
    for (const std::string& hidden : {report.text("id"), review, release}) {
      const std::string body = route.method == Method::Get || route.format == api::Format::Page ? "" : "{}";
      std::string seen = without_request_id(call("vendor_psirt", route.method, replaced(route.pattern, hidden), body));
      std::string never =
          without_request_id(call("vendor_psirt", route.method, replaced(route.pattern, kNobody), body));
      for (std::string* text : {&seen, &never}) {
        for (const std::string_view id : {std::string_view(hidden), kNobody}) {
          for (auto at = text->find(id); at != std::string::npos; at = text->find(id))
            text->replace(at, id.size(), "ID");
        }
      }
      EXPECT_EQ(seen, never) << method_text(route.method) << " " << route.pattern;
      ++compared;
    }
  }
  EXPECT_GT(compared, 30);
}

// A word that stands in the report alone appears in nothing that others can fetch.
TEST_F(Hiding, NoListShowsAWordOfAnotherMembersReport) {
  const std::string taint = "qvwxkzjpltrm";
  const Answer report = file_report(taint);
  for (const std::string_view who : {"member_b_soc", "vendor_psirt", "partner_isac", "ministry", "auditor", "sme"}) {
    for (const api::Route& route : api_->routes()) {
      if (route.method != Method::Get || route.pattern.find('{') != std::string_view::npos ||
          route.format == api::Format::Stream)
        continue;
      const Answer answer = call(who, Method::Get, route.pattern);
      EXPECT_THAT(answer.body, Not(HasSubstr(taint))) << who << " " << route.pattern;
      EXPECT_THAT(answer.body, Not(HasSubstr(report.text("number")))) << who << " " << route.pattern;
      EXPECT_THAT(answer.body, Not(HasSubstr(report.text("id")))) << who << " " << route.pattern;
    }
  }
}

// What others do leaves no trace in lists, cursors or counts of somebody who may not see it.
TEST_F(Hiding, ListsAreTheSameWhateverHappensOutOfSight) {
  std::map<std::string, std::string> before;
  for (const std::string_view target :
       {"/api/v1/reports", "/api/v1/reviews", "/api/v1/releases", "/api/v1/indicators", "/api/v1/cases", "/api/v1/home",
        "/api/v1/notices", "/taxii2/api/collections/", "/taxii2/api/collections/releases/objects/",
        "/taxii2/api/collections/releases/manifest/"}) {
    before[std::string(target)] = without_request_id(call("vendor_psirt", Method::Get, target));
  }
  published_release(file_report().text("id"));
  ASSERT_TRUE(flow::deliver_outbox(installation_->platform()).ok());
  for (const auto& [target, answer] : before)
    EXPECT_EQ(without_request_id(call("vendor_psirt", Method::Get, target)), answer) << target;
}

// The numbers behind positions and notices count what everybody does: they leave sealed, and always as long.
TEST_F(Hiding, NeitherNoticesNorCursorsTellHowMuchHappensOutOfSight) {
  const std::string release = published_release(file_report().text("id"));
  ASSERT_TRUE(flow::deliver_outbox(installation_->platform()).ok());
  const Answer notices = call("member_b_soc", Method::Get, "/api/v1/notices");
  const std::string id(notices.json->root().at(0).string_at("id").value_or(""));
  ASSERT_GT(id.size(), 20U) << notices.body;
  EXPECT_EQ(call("member_c_soc", Method::Delete, "/api/v1/notices/" + id).status, 404);
  EXPECT_EQ(call("member_b_soc", Method::Delete, "/api/v1/notices/1").status, 404);
  EXPECT_EQ(call("member_b_soc", Method::Delete, "/api/v1/notices/" + id).status, 204);
  EXPECT_EQ(call("member_b_soc", Method::Get, "/api/v1/notices").body, "[]");
  const auto& key = installation_->cookie_key();
  EXPECT_EQ(api::make_cursor(key, {PersonId(), "reports"}, 9).size(),
            api::make_cursor(key, {PersonId(), "reports"}, 1'000'000'000'000).size());
  EXPECT_EQ(*api::read_cursor(key, {PersonId(), "reports"}, api::make_cursor(key, {PersonId(), "reports"}, 77)), 77);
}

TEST_F(Hiding, StrangersAreAskedToSignInOnEveryClosedRoute) {
  for (const api::Route& route : api_->routes()) {
    if (route.access == api::Access::Public) continue;
    const Answer answer =
        send(request(route.method, replaced(route.pattern, kNobody), route.method == Method::Get ? "" : "{}"));
    const bool page = route.format == api::Format::Page && route.method == Method::Get;
    EXPECT_EQ(answer.status, page ? 303 : 401) << method_text(route.method) << " " << route.pattern;
  }
}

// --- writing

TEST_F(Writing, ARepeatedReportIsFiledOnce) {
  const std::string body =
      R"({"kind":"incident","summary":"一度だけ","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})";
  HttpRequest asked = request(Method::Post, "/api/v1/reports", body);
  asked.headers.add("Authorization", "Bearer " + account("member_a_soc").api_token);
  asked.headers.add("Idempotency-Key", "press-1");
  const Answer first = send(asked);
  const Answer second = send(asked);
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(second.status, 201) << second.body;
  EXPECT_EQ(first.text("id"), second.text("id"));
  asked.body = R"({"kind":"incident","summary":"別の内容","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})";
  EXPECT_EQ(send(asked).text("code"), "idempotency.key_reused");
  EXPECT_EQ(call("member_a_soc", Method::Get, "/api/v1/reports").json->root().find("items")->size(), 1U);
}

TEST_F(Writing, AWriteWithTheCookieNeedsItsProof) {
  const app::DemoAccount& soc = account("member_a_soc");
  const Answer signed_in = send(request(Method::Post, "/api/v1/session",
                                        R"({"login":")" + soc.login + R"(","password":")" + soc.password + R"("})"));
  ASSERT_EQ(signed_in.status, 200) << signed_in.body;
  const std::string_view cookie = *signed_in.headers.find("Set-Cookie");
  HttpRequest write =
      request(Method::Post, "/api/v1/reports",
              R"({"kind":"incident","summary":"x","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})");
  write.headers.add("Cookie", std::string(cookie.substr(0, cookie.find(';'))));
  EXPECT_EQ(send(write).status, 403);
  HttpRequest foreign = write;
  foreign.headers.add("X-CSRF-Token", signed_in.text("csrf"));
  foreign.headers.add("Origin", "https://evil.example");
  EXPECT_EQ(send(foreign).status, 403);
  write.headers.add("X-CSRF-Token", signed_in.text("csrf"));
  EXPECT_EQ(send(write).status, 201);
}

TEST_F(Writing, WrongPasswordsAreCountedAndThenRefused) {
  const std::string wrong = R"({"login":"member_a_soc","password":"wrong"})";
  for (int i = 0; i < 10; ++i) EXPECT_EQ(send(request(Method::Post, "/api/v1/session", wrong)).status, 401);
  EXPECT_EQ(send(request(Method::Post, "/api/v1/session", wrong)).status, 429);
  EXPECT_EQ(send(request(Method::Post, "/api/v1/session",
                         R"({"login":"member_a_soc","password":")" + account("member_a_soc").password + R"("})"))
                .status,
            429);
  clock_.advance(std::chrono::minutes(16));
  EXPECT_EQ(send(request(Method::Post, "/api/v1/session",
                         R"({"login":"member_a_soc","password":")" + account("member_a_soc").password + R"("})"))
                .status,
            200);
}

struct BadBody {
  const char* what;
  std::string body;
};

// Each is refused with a problem that names a reason, and nothing is stored.
TEST_F(Writing, BadReportsAreExplainedAndLoseNothing) {
  const std::vector<BadBody> bodies{
      {"cut off", R"({"kind":"incident",)"},
      {"not an object", "[1,2]"},
      {"a key twice", R"({"kind":"incident","kind":"near_miss"})"},
      {"too deep", "{\"facts\":" + std::string(40, '[') + std::string(40, ']') + "}"},
      {"not UTF-8", "{\"kind\":\"incident\",\"summary\":\"\xff\xfe\"}"},
      {"an unknown field", R"({"kind":"incident","summary":"x","colour":"red"})"},
      {"an unknown fact", R"({"kind":"incident","summary":"x","facts":{"outage.colour":1}})"},
      {"a fact of another kind", R"({"kind":"incident","summary":"x","facts":{"outage.lost_kw":"many"}})"},
      {"a negative quantity", R"({"kind":"incident","summary":"x","facts":{"outage.lost_kw":-1}})"},
      {"an impossible time", R"({"kind":"incident","summary":"x","facts":{"t.detected":"2026-02-30T00:00:00Z"}})"},
      {"a time in the future", R"({"kind":"incident","summary":"x","facts":{"t.detected":"2027-01-01T00:00:00Z"}})"},
      {"nothing that happened", R"({"kind":"incident","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})"},
      {"no time of notice", R"({"kind":"incident","summary":"x"})"}};
  for (const BadBody& bad : bodies) {
    const Answer answer = call("member_a_soc", Method::Post, "/api/v1/reports", bad.body);
    EXPECT_EQ(answer.status, 400) << bad.what << ": " << answer.body;
    EXPECT_EQ(answer.headers.find("Content-Type"), "application/problem+json") << bad.what;
    EXPECT_FALSE(answer.text("code").empty()) << bad.what;
    EXPECT_FALSE(answer.text("action").empty()) << bad.what;
  }
  EXPECT_EQ(call("member_a_soc", Method::Get, "/api/v1/reports").json->root().find("items")->size(), 0U);
}

TEST_F(Writing, ALaterVersionLeavesTheFirstAsItWas) {
  const Answer first = file_report();
  const Answer second = call(
      "member_a_soc", Method::Post, "/api/v1/reports/" + first.text("id") + "/versions",
      R"({"based_on":1,"kind":"incident","scope":"members_anonymously","summary":"訂正","facts":{"outage.minutes":75}})");
  ASSERT_EQ(second.status, 201) << second.body;
  const JsonView versions = *second.json->root().find("versions");
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions.at(0).find("content")->raw(), first.json->root().find("content")->raw());
  EXPECT_EQ(call("member_a_soc", Method::Post, "/api/v1/reports/" + first.text("id") + "/versions",
                 R"({"based_on":1,"kind":"incident","summary":"遅い"})")
                .status,
            409);
}

}  // namespace
}  // namespace hinomi::tests
