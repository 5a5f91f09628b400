// Facts through the API: how well they are known, who said them when, and a near miss that becomes an incident.
#include "contract/house.h"

namespace hinomi::tests {
namespace {

class Facts : public House {
 protected:
  Answer file(const std::string& body) { return call("member_a_soc", Method::Post, "/api/v1/reports", body); }
  Answer add(const Answer& report, const std::string& body) {
    return call("member_a_soc", Method::Post, "/api/v1/reports/" + report.text("id") + "/versions", body);
  }
  static JsonView fact(const Answer& report, std::string_view name) {
    return *report.json->root().find("content")->find("facts")->find(name);
  }
  static JsonView statement(const Answer& report, std::string_view name) {
    return *report.json->root().find("statements")->find(name);
  }
};

TEST_F(Facts, AreKeptAsWellAsTheyAreKnown) {
  const Answer report = file(R"({"kind":"incident","summary":"停電","facts":{
      "t.detected":"2026-11-22T02:05:00+09:00","t.occurred":"2026-11-21",
      "outage.lost_kw":{"state":"given","value":95000,"estimated":true,"evidence":"給電指令所の速報値"}}})");
  ASSERT_EQ(report.status, 201) << report.body;
  EXPECT_EQ(fact(report, "t.occurred").string_at("precision"), "day");
  EXPECT_EQ(fact(report, "t.occurred").string_at("value"), "2026-11-20T15:00:00.000000Z");
  EXPECT_EQ(fact(report, "outage.lost_kw").find("estimated")->boolean(), true);
  EXPECT_EQ(fact(report, "outage.lost_kw").string_at("evidence"), "給電指令所の速報値");
}

TEST_F(Facts, SayWhoHasSaidThemSinceWhen) {
  const Answer first = file(R"({"kind":"incident","summary":"停電",
      "facts":{"t.detected":"2026-11-22T02:05:00+09:00","outage.lost_kw":7200,"outage.minutes":60}})");
  ASSERT_EQ(first.status, 201) << first.body;
  clock_.advance(std::chrono::minutes(5));
  const Answer second =
      add(first, R"({"based_on":1,"kind":"incident","summary":"停電","facts":{"outage.minutes":65}})");
  ASSERT_EQ(second.status, 201) << second.body;
  EXPECT_EQ(statement(second, "outage.lost_kw").integer_at("version"), 1);
  EXPECT_EQ(statement(second, "outage.minutes").integer_at("version"), 2);
  EXPECT_EQ(statement(second, "outage.minutes").string_at("at"), second.text("filed_at"));
  EXPECT_FALSE(statement(second, "outage.minutes").find("by")->string_at("name")->empty());
}

TEST_F(Facts, ANearMissBecomesAnIncidentUnderItsNumberAndWithItsTimes) {
  const Answer near = file(R"({"kind":"near_miss","scope":"members_anonymously","summary":"不審メール",
      "facts":{"t.detected":"2026-11-22T02:05:00+09:00","t.known":"2026-11-22T02:05:00+09:00"}})");
  ASSERT_EQ(near.status, 201) << near.body;
  const Answer incident = add(near, R"({"based_on":1,"kind":"incident","scope":"members_anonymously",
      "summary":"開封した端末で不審な通信","facts":{"outage.lost_kw":120000,"outage.minutes":12}})");
  ASSERT_EQ(incident.status, 201) << incident.body;
  EXPECT_EQ(incident.text("number"), near.text("number"));
  EXPECT_EQ(incident.text("kind"), "incident");
  EXPECT_EQ(fact(incident, "t.known").raw(), fact(near, "t.known").raw());
  const Answer duties = call("member_a_soc", Method::Get, "/api/v1/reports/" + near.text("id") + "/duties");
  EXPECT_THAT(duties.body, testing::HasSubstr("JP-EBA-R3-09"));
}

}  // namespace
}  // namespace hinomi::tests
