// Other readers for a release, and embargoes: shown first, two people, never beyond consent, at once everywhere, lifted
// by the clock.
#include "contract/house.h"
#include "flow/directory.h"
#include "policy/labelling.h"
#include "policy/readers.h"

namespace hinomi::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Relabelling : public House {
 protected:
  Relabelling() { release_ = published_release(file_report().text("id")); }

  [[nodiscard]] std::string path() const { return "/api/v1/releases/" + release_ + "/relabellings"; }
  static std::string wish(std::string_view tlp, std::string_view audience, std::string_view until = "") {
    return R"({"tlp":")" + std::string(tlp) + R"(","audience":")" + std::string(audience) + R"(","embargo_until":")" +
           std::string(until) + R"(","reason":"because")";
  }
  static std::string embargo() { return wish("TLP:AMBER", "members", "2026-11-23T09:00:00+09:00"); }
  static std::string strict() { return wish("TLP:AMBER+STRICT", "members"); }
  Answer look(std::string_view who, const std::string& wish) {
    return call(who, Method::Post, path(), wish + R"(,"dry_run":true})");
  }
  Answer propose(std::string_view who, const std::string& wish) {
    return call(who, Method::Post, path(), wish + "," + step_up(who) + "}");
  }
  Answer agree(std::string_view who, const Answer& proposal) {
    return call(who, Method::Post, path() + "/" + proposal.text("id") + "/agreement", "{" + step_up(who) + "}");
  }
  // Both people, one after the other.
  Answer relabelled(const std::string& wish) { return agree("analyst2", propose("analyst1", wish)); }
  int status_for(std::string_view who) { return call(who, Method::Get, "/api/v1/releases/" + release_).status; }
  void tick(std::chrono::seconds by) {
    clock_.advance(by);
    must(flow::carry_out_due(installation_->platform()));
  }
  static void must(const Status& status) {
    if (!status.ok()) throw std::runtime_error(status.error().code + " " + status.error().detail);
  }
  static std::int64_t people(const Answer& answer, std::string_view part) {
    return *answer.json->root().find("effect")->find(part)->integer_at("people");
  }
  // Everywhere that a reader could meet it.
  void expect_nowhere(std::string_view who) {
    EXPECT_EQ(status_for(who), 404);
    for (const std::string_view list :
         {"/api/v1/releases", "/api/v1/indicators", "/api/v1/home", "/api/v1/bundle", "/releases",
          "/taxii2/api/collections/releases/objects/", "/taxii2/api/collections/releases/manifest/"}) {
      const Answer shown = call(who, Method::Get, list);
      EXPECT_THAT(shown.body, Not(HasSubstr("evil.example"))) << list;
      EXPECT_THAT(shown.body, Not(HasSubstr(release_))) << list;
    }
  }

  std::string release_;
};

TEST_F(Relabelling, WhoGainsAndWhoLosesIsShownBeforeItIsProposedAndBeforeItIsAgreedTo) {
  ASSERT_EQ(status_for("member_b_soc"), 200);
  const Directory& directory = *installation_->store().directory();
  const Label now = House::must(policy::release_label(directory, policy::ReleaseAudience::Members, Tlp::Amber));
  Label then = now;
  then.embargo_until = *parse_rfc3339("2026-11-23T09:00:00+09:00");
  const auto before = policy::readers_of(directory, now).people.size();
  const auto after = policy::readers_of(directory, then).people.size();
  ASSERT_GT(before, after);
  const Answer looked = look("analyst1", embargo());
  ASSERT_EQ(looked.status, 200) << looked.body;
  const Answer proposed = propose("analyst1", embargo());
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  const Answer seen = call("analyst2", Method::Get, path() + "/" + proposed.text("id"));
  for (const Answer* shown : {&looked, &seen}) {
    EXPECT_EQ(people(*shown, "gain"), 0);
    EXPECT_EQ(people(*shown, "lose"), static_cast<std::int64_t>(before - after));
    EXPECT_EQ(people(*shown, "remain"), static_cast<std::int64_t>(after));
  }
  const std::string given(seen.json->root().find("effect")->find("given")->raw());
  EXPECT_THAT(given, HasSubstr("はるか送配電")) << "member B has read it: said honestly";
  EXPECT_THAT(given, Not(HasSubstr("あおば発電"))) << "member C has not";
  EXPECT_EQ(status_for("member_b_soc"), 200) << "nothing has happened yet";
}

TEST_F(Relabelling, TakesTwoDifferentPeopleOfTheDeskWhoAreThere) {
  EXPECT_EQ(call("analyst1", Method::Post, path(), embargo() + "}").text("code"), "step_up.needed");
  EXPECT_EQ(call("analyst1", Method::Post, path(), embargo() + R"(,"step_up":{"password":"wrong"}})").text("code"),
            "step_up.refused");
  for (const std::string_view other : {"member_a_lead", "member_b_soc", "operator"}) {
    EXPECT_EQ(look(other, embargo()).text("code"), "permit.analyst") << other;
    EXPECT_EQ(call(other, Method::Get, path()).status, 403) << other;
  }
  EXPECT_EQ(call("vendor_psirt", Method::Get, path()).status, 404);
  const Answer proposed = propose("analyst1", embargo());
  const std::string one = path() + "/" + proposed.text("id");
  EXPECT_EQ(agree("analyst1", proposed).text("code"), "permit.other_person");
  EXPECT_EQ(call("member_a_lead", Method::Post, one + "/agreement", "{}").status, 404);
  EXPECT_EQ(call("analyst2", Method::Post, one + "/agreement", "{}").text("code"), "step_up.needed");
  EXPECT_EQ(status_for("member_c_soc"), 200);
  const Answer agreed = agree("analyst2", proposed);
  EXPECT_EQ(agreed.text("state"), "carried_out") << agreed.body;
  EXPECT_EQ(agree("analyst2", proposed).text("code"), "relabelling.closed");
  EXPECT_EQ(call("analyst1", Method::Post, one + "/rejection", "{}").text("code"), "relabelling.closed");
}

TEST_F(Relabelling, OfAnotherReleaseIsNotThere) {
  const Answer proposed = propose("analyst1", embargo());
  const std::string first = release_;
  release_ = published_release(file_report("yyqqxxwwvv").text("id"));
  EXPECT_EQ(call("analyst2", Method::Get, path() + "/" + proposed.text("id")).status, 404);
  EXPECT_EQ(agree("analyst2", proposed).status, 404);
  release_ = first;
  EXPECT_EQ(agree("analyst2", proposed).status, 200);
}

TEST_F(Relabelling, NeverGoesBeyondWhatTheOriginatorAgreedTo) {
  for (const std::string& wider :
       {wish("TLP:AMBER", "members_and_technical"), wish("TLP:GREEN", "community"), wish("TLP:CLEAR", "community"),
        wish("TLP:AMBER", "members_and_technical", "2026-11-23T09:00:00+09:00")}) {
    EXPECT_EQ(look("analyst1", wider).text("code"), "relabelling.beyond_consent") << wider;
    EXPECT_EQ(propose("analyst1", wider).text("code"), "relabelling.beyond_consent") << wider;
  }
  ASSERT_EQ(relabelled(strict()).status, 200);
  const Answer back = relabelled(wish("TLP:AMBER", "members"));
  EXPECT_EQ(back.text("state"), "carried_out") << "as wide as agreed, and no wider: " << back.body;
  EXPECT_EQ(look("analyst1", wish("TLP:AMBER", "members_and_technical")).text("code"), "relabelling.beyond_consent");
}

TEST_F(Relabelling, RefusesWhatMakesNoSense) {
  EXPECT_EQ(look("analyst1", wish("TLP:AMBER", "members")).text("code"), "relabelling.no_change");
  EXPECT_EQ(look("analyst1", wish("TLP:RED", "members")).text("code"), "label.red_release");
  EXPECT_EQ(look("analyst1", wish("TLP:AMBER", "members", "2026-11-21T09:00:00+09:00")).text("code"),
            "relabelling.embargo");
  EXPECT_EQ(look("analyst1", wish("TLP:AMBER", "members", "2028-01-01T09:00:00+09:00")).text("code"),
            "relabelling.embargo");
  EXPECT_EQ(call("analyst1", Method::Post, path(),
                 R"({"tlp":"TLP:AMBER+STRICT","audience":"members","reason":" ","dry_run":true})")
                .text("code"),
            "relabelling.reason");
  EXPECT_EQ(call("analyst1", Method::Post, path(), R"({"tlp":"TLP:AMBER","audience":"x","reason":"r"})").status, 400);
}

TEST_F(Relabelling, ANarrowingIsAtOnceEffectiveEverywhereAndOnTheRecord) {
  ASSERT_THAT(call("member_c_soc", Method::Get, "/api/v1/indicators").body, HasSubstr("evil.example"));
  ASSERT_EQ(relabelled(embargo()).status, 200);
  expect_nowhere("member_c_soc");
  EXPECT_EQ(status_for("member_a_lead"), 404) << "nor the reporter, until then";
  EXPECT_EQ(status_for("analyst1"), 200);
  std::set<std::string> kinds;
  for (const auto& entry : House::must(installation_->store().unsealed_entries())) kinds.insert(entry.kind);
  EXPECT_TRUE(kinds.contains("relabelling.proposed"));
  EXPECT_TRUE(kinds.contains("relabelling.carried_out"));
}

TEST_F(Relabelling, AnEmbargoLiftsAtItsInstantByTheClockAlone) {
  ASSERT_EQ(relabelled(embargo()).status, 200);
  const std::string list = "/taxii2/api/collections/releases/objects/?added_after=2026-11-22T18:00:00Z";
  tick(std::chrono::hours(30) + std::chrono::minutes(44));
  expect_nowhere("member_c_soc");
  tick(std::chrono::hours(1));
  EXPECT_EQ(status_for("member_c_soc"), 200);
  EXPECT_THAT(call("member_c_soc", Method::Get, list).body, HasSubstr("evil.example")) << "added when it was lifted";
  House::must(flow::deliver_outbox(installation_->platform()));
  EXPECT_THAT(call("member_c_soc", Method::Get, "/api/v1/notices").body, HasSubstr(release_));
  const Answer label = call("analyst1", Method::Get, path());
  EXPECT_FALSE(label.json->root().find("label")->find("embargo_until"));
  const auto sequence = installation_->store().last_sequence();
  tick(std::chrono::hours(1));
  EXPECT_EQ(installation_->store().last_sequence(), sequence) << "once";
}

TEST_F(Relabelling, WhatIsWithdrawnWhileItWaitsNeverComesOut) {
  ASSERT_EQ(relabelled(embargo()).status, 200);
  const Answer withdrawal = call("analyst1", Method::Post, "/api/v1/releases/" + release_ + "/reviews",
                                 R"({"purpose":"withdrawal","reason":"mistaken"})");
  ASSERT_EQ(withdrawal.status, 201) << withdrawal.body;
  approve("analyst1", withdrawal);
  ASSERT_EQ(approve("analyst2", withdrawal).text("state"), "published");
  tick(std::chrono::hours(48));
  expect_nowhere("member_c_soc");
  House::must(flow::deliver_outbox(installation_->platform()));
  EXPECT_THAT(call("member_c_soc", Method::Get, "/api/v1/notices").body, Not(HasSubstr(release_)));
}

TEST_F(Relabelling, WhatWaitsIsNotCorrected) {
  ASSERT_EQ(relabelled(embargo()).status, 200);
  const Answer refused = call("analyst1", Method::Post, "/api/v1/releases/" + release_ + "/reviews",
                              R"({"purpose":"correction","reason":"better"})");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.text("code"), "release.embargoed");
}

TEST_F(Relabelling, AnEmbargoIsLiftedEarlyByTwoPeople) {
  ASSERT_EQ(relabelled(embargo()).status, 200);
  const Answer looked = look("analyst2", wish("TLP:AMBER", "members"));
  EXPECT_GT(people(looked, "gain"), 0);
  ASSERT_EQ(relabelled(wish("TLP:AMBER", "members")).status, 200);
  EXPECT_EQ(status_for("member_c_soc"), 200);
  const auto sequence = installation_->store().last_sequence();
  tick(std::chrono::hours(48));
  EXPECT_EQ(installation_->store().last_sequence(), sequence) << "its instant means nothing any more";
}

TEST_F(Relabelling, AProposalIsVoidOnceTheReadersHaveChanged) {
  const Answer first = propose("analyst1", embargo());
  ASSERT_EQ(relabelled(strict()).status, 200);
  EXPECT_EQ(agree("analyst2", first).text("code"), "relabelling.moved_on");
  EXPECT_EQ(status_for("member_c_soc"), 200);
  EXPECT_EQ(call("analyst2", Method::Post, path() + "/" + first.text("id") + "/rejection", "{}").text("state"),
            "rejected");
}

TEST_F(Relabelling, AnEmbargoThatHasPassedCannotBeAgreedTo) {
  const Answer proposed = propose("analyst1", embargo());
  clock_.advance(std::chrono::hours(48));
  EXPECT_EQ(agree("analyst2", proposed).text("code"), "relabelling.embargo");
}

TEST_F(Relabelling, WaitsWhileConsentIsTakenBack) {
  ASSERT_EQ(relabelled(embargo()).status, 200);
  const Answer reviews = call("analyst1", Method::Get, "/api/v1/reviews");
  const std::string review(*reviews.json->root().find("items")->at(0).string_at("id"));
  const std::string revision(reviews.json->root().find("items")->at(0).find("revision")->raw());
  const auto consent = [&](const std::string& word) {
    return call("member_a_lead", Method::Post, "/api/v1/reviews/" + review + "/consent",
                R"({"consent":")" + word + R"(","revision":)" + revision + "," + step_up("member_a_lead") + "}");
  };
  ASSERT_EQ(consent("taken_back").status, 200);
  EXPECT_EQ(propose("analyst1", strict()).text("code"), "release.held");
  tick(std::chrono::hours(48));
  EXPECT_EQ(status_for("member_c_soc"), 404) << "held beyond its instant";
  ASSERT_EQ(consent("given").status, 200);
  tick(std::chrono::seconds(1));
  EXPECT_EQ(status_for("member_c_soc"), 200) << "and lifted when it is not held any more";
}

TEST_F(Relabelling, ThePageDoesItAllWithoutScripts) {
  const auto page = [&](std::string_view who, Method method, const std::string& target, const std::string& form = "") {
    HttpRequest asked = request(method, target, form);
    if (method == Method::Post) asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    asked.headers.add("Accept-Language", "en");
    return send(std::move(asked));
  };
  const std::string base = "/releases/" + release_ + "/label";
  EXPECT_THAT(page("analyst1", Method::Get, "/releases/" + release_).body, HasSubstr(base));
  EXPECT_THAT(page("member_b_soc", Method::Get, "/releases/" + release_).body, Not(HasSubstr(base)));
  EXPECT_EQ(page("member_b_soc", Method::Get, base).status, 403);
  const std::string typed = "tlp=TLP%3AAMBER&audience=members&until=2026-11-23+09%3A00&reason=because";
  const Answer checked = page("analyst1", Method::Post, base, "step=check&" + typed);
  ASSERT_EQ(checked.status, 200) << checked.body;
  EXPECT_THAT(checked.body,
              AllOf(HasSubstr("Lose it ("), HasSubstr("Haruka Transmission"), HasSubstr("step_up_password"),
                    HasSubstr("has reached"), Not(HasSubstr("page.relabel."))));
  const Answer absent = page("analyst1", Method::Post, base, "step=propose&key=press-0&" + typed);
  EXPECT_EQ(absent.status, 403);
  EXPECT_THAT(absent.body, HasSubstr("value=\"because\"")) << "nothing typed is lost";
  EXPECT_THAT(page("analyst1", Method::Post, base, "step=check&tlp=GREEN&audience=community&until=&reason=x").body,
              HasSubstr("It cannot be made this wide."));
  ASSERT_EQ(page("analyst1", Method::Post, base,
                 "step=propose&key=press-1&" + typed + "&step_up_password=" + account("analyst1").password)
                .status,
            303);
  EXPECT_THAT(page("analyst1", Method::Get, base).body, Not(HasSubstr("/agree\""))) << "not to one's own";
  const Answer seen = page("analyst2", Method::Get, base);
  const auto begin = seen.body.find(base + "/");
  ASSERT_NE(begin, std::string::npos) << seen.body;
  const std::string agreeing = seen.body.substr(begin, seen.body.find('"', begin) - begin);
  EXPECT_EQ(page("analyst2", Method::Post, agreeing, "").status, 403);
  EXPECT_EQ(page("analyst2", Method::Post, agreeing, "step_up_password=" + account("analyst2").password).status, 303);
  expect_nowhere("member_c_soc");
}

}  // namespace
}  // namespace hinomi::tests
