// The clearance register through the api, and the refusal of what needs one.
#include "contract/house.h"
#include "policy/permit.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

class Clearances : public House {
 protected:
  void turn_register(bool on) {
    ASSERT_TRUE(installation_->store().keep_clearance_register(policy::MachineRoom::local_operator(), on).ok());
  }
  [[nodiscard]] Person now(std::string_view login) const {
    for (const auto& [id, person] : installation_->store().directory()->persons) {
      if (person.login == login) return person;
    }
    return {};
  }
  void make_security_officer(std::string_view login) {
    Person person = now(login);
    person.roles.insert(Role::SecurityOfficer);
    Directory changes;
    changes.persons.emplace(person.id, person);
    must(installation_->store().put_directory(policy::MachineRoom::local_operator(), changes));
  }
  static std::string body(const PersonId& person, const std::string& valid_until = "2030-03-31") {
    return R"({"person":")" + person.text() + R"(","scope":"grid","contract":"METI-2026-01","valid_until":")" +
           valid_until + R"(","consented_on":"2026-11-01"})";
  }
  Answer confirm(std::string_view who, const std::string& text) {
    return call(who, Method::Post, "/api/v1/clearances", text);
  }
};

TEST_F(Clearances, TheRegisterIsOffAndThenNothingIsThere) {
  make_security_officer("member_a_lead");
  EXPECT_EQ(call("member_a_lead", Method::Get, "/api/v1/clearances").status, 404);
  EXPECT_EQ(confirm("member_a_lead", body(now("member_a_soc").id)).status, 404);
}

TEST_F(Clearances, TheOwnSecurityOfficerAloneKeepsThem) {
  make_security_officer("member_a_lead");
  turn_register(true);
  for (const char* who : {"operator", "analyst1", "member_a_soc", "ministry", "auditor"})
    EXPECT_EQ(call(who, Method::Get, "/api/v1/clearances").status, 403) << who;
  const Answer made = confirm("member_a_lead", body(now("member_a_soc").id));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_TRUE(now("member_a_soc").cleared);
  EXPECT_THAT(call("member_a_lead", Method::Get, "/api/v1/clearances").body, HasSubstr(made.text("id")));
  EXPECT_EQ(confirm("member_a_lead", body(now("member_b_soc").id)).status, 404) << "not one of the own people";
  turn_register(false);
  EXPECT_FALSE(policy::principal_of(*installation_->store().directory(), now("member_a_soc").id)->cleared);
}

TEST_F(Clearances, NobodyConfirmsTheirOwn) {
  make_security_officer("member_a_lead");
  turn_register(true);
  const Answer refused = confirm("member_a_lead", body(now("member_a_lead").id));
  EXPECT_EQ(refused.status, 403) << refused.body;
  EXPECT_EQ(refused.text("code"), "clearance.own");
  EXPECT_FALSE(now("member_a_lead").cleared);
}

TEST_F(Clearances, NothingElseCanBeSaid) {
  make_security_officer("member_a_lead");
  turn_register(true);
  const std::string person = now("member_a_soc").id.text();
  for (const char* extra : {R"("reason":"x")", R"("nationality":"x")", R"("state":"refused")", R"("note":"x")"}) {
    const Answer refused = confirm("member_a_lead", R"({"person":")" + person + R"(",)" + extra + "}");
    EXPECT_EQ(refused.status, 400) << extra;
    EXPECT_EQ(refused.text("code"), "json.unknown_field") << extra;
  }
  EXPECT_EQ(confirm("member_a_lead", body(now("member_a_soc").id, "2037-01-01")).text("code"), "clearance.valid_until");
  EXPECT_EQ(confirm("member_a_lead", body(now("member_a_soc").id, "2026-11-20")).text("code"), "clearance.valid_until");
}

TEST_F(Clearances, EachReadingIsLoggedAndWhatExpiredIsGone) {
  make_security_officer("member_a_lead");
  turn_register(true);
  ASSERT_EQ(confirm("member_a_lead", body(now("member_a_soc").id, "2026-11-23")).status, 201);
  const Answer read = call("member_a_lead", Method::Get, "/api/v1/clearances");
  EXPECT_EQ(read.json->root().find("accesses")->size(), 2U) << read.body;
  clock_.advance(std::chrono::hours(24));
  must(installation_->store().carry_out_due(policy::MachineRoom::scheduler(clock_.now())));
  EXPECT_TRUE(now("member_a_soc").cleared) << "the last day counts";
  clock_.advance(std::chrono::hours(24));
  must(installation_->store().carry_out_due(policy::MachineRoom::scheduler(clock_.now())));
  EXPECT_FALSE(now("member_a_soc").cleared);
  EXPECT_EQ(call("member_a_lead", Method::Get, "/api/v1/clearances").json->root().find("items")->size(), 0U);
}

TEST_F(Clearances, AnEndedOneLeavesNoWordBehind) {
  make_security_officer("member_a_lead");
  turn_register(true);
  const Answer made = confirm("member_a_lead", body(now("member_a_soc").id));
  const std::string path = "/api/v1/clearances/" + made.text("id");
  EXPECT_EQ(call("member_a_lead", Method::Delete, path).status, 204);
  EXPECT_EQ(call("member_a_lead", Method::Delete, path).status, 404);
  EXPECT_FALSE(now("member_a_soc").cleared);
  EXPECT_THAT(call("member_a_lead", Method::Get, "/api/v1/clearances").body, Not(HasSubstr("METI-2026-01")));
}

TEST_F(Clearances, MarkedContentIsRefusedInAReport) {
  const std::string marked = R"({"kind":"incident","summary":"【重要経済安保情報】設備の詳細"})";
  const Answer filed = call("member_a_soc", Method::Post, "/api/v1/reports", marked);
  EXPECT_EQ(filed.status, 400);
  EXPECT_EQ(filed.text("code"), "clearance.refused");
  EXPECT_THAT(filed.body, Not(HasSubstr("設備の詳細")));
  EXPECT_EQ(call("member_a_soc", Method::Post, "/api/v1/reports/check", marked).text("code"), "clearance.refused");
  const Answer ordinary = file_report();
  const Answer amended = call("member_a_soc", Method::Post, "/api/v1/reports/" + ordinary.text("id") + "/versions",
                              R"({"based_on":1,"kind":"incident","summary":"重要経済安保情報 別紙"})");
  EXPECT_EQ(amended.text("code"), "clearance.refused");
  EXPECT_EQ(
      call(
          "member_a_soc", Method::Post, "/api/v1/reports",
          R"({"kind":"near_miss","summary":"重要経済安保情報保護活用法をかたるメール","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})")
          .status,
      201);
}

TEST_F(Clearances, MarkedThreatObjectsAreRefusedOneByOne) {
  const auto object = [](const char* id, const char* text) {
    return std::string(R"({"type":"tool","spec_version":"2.1","id":"tool--)") + id +
           R"(","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","name":")" + text + R"("})";
  };
  HttpRequest posted = request(
      Method::Post, "/taxii2/api/collections/" + sector_.probe_collections.at("rw") + "/objects/",
      R"({"objects":[)" + object("5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f01", "ordinary") + "," +
          object("5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f02", R"(\u91cd\u8981\u7d4c\u6e08\u5b89\u4fdd\u60c5\u5831)") + "]}");
  posted.headers.set("Content-Type", "application/taxii+json;version=2.1");
  posted.headers.add("Accept", "application/taxii+json;version=2.1");
  posted.headers.add("Authorization", "Bearer " + account("partner_isac").api_token);
  const Answer status = send(std::move(posted));
  ASSERT_EQ(status.status, 202) << status.body;
  EXPECT_EQ(status.json->root().integer_at("success_count"), 1) << status.body;
  EXPECT_EQ(status.json->root().integer_at("failure_count"), 1);
  EXPECT_THAT(status.body, HasSubstr("clearance.refused"));
}

}  // namespace
}  // namespace hinomi::tests
