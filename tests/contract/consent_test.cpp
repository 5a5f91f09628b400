// Consent taken back after publication: what is held, who hears of it, and how it ends.
#include <algorithm>

#include "contract/house.h"
#include "flow/ledger_log.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

class TakingConsentBack : public House {
 protected:
  TakingConsentBack() {
    release_ = published_release(file_report().text("id"));
    const Answer reviews = call("analyst1", Method::Get, "/api/v1/reviews");
    const JsonView items = *reviews.json->root().find("items");
    for (const JsonView review : items) review_ = *review.string_at("id");
  }
  Answer answer(std::string_view who, std::string_view consent, int revision) {
    return call(who, Method::Post, "/api/v1/reviews/" + review_ + "/consent",
                R"({"consent":")" + std::string(consent) + R"(","revision":)" + std::to_string(revision) + "," +
                    step_up(who) + "}");
  }
  int revision() {
    const Answer review = call("analyst1", Method::Get, "/api/v1/reviews/" + review_);
    return static_cast<int>(*review.json->root().integer_at("revision"));
  }
  Answer take_back() { return answer("member_a_lead", "taken_back", revision()); }
  int status_for(std::string_view who) { return call(who, Method::Get, "/api/v1/releases/" + release_).status; }
  // The withdrawal that waits for a decision; empty when none does.
  std::string urgent() {
    const Answer home = call("analyst1", Method::Get, "/api/v1/home");
    const JsonView reviews = *home.json->root().find("reviews");
    for (const JsonView review : reviews)
      return review.boolean_at("urgent").value_or(false) ? std::string(*review.string_at("id")) : "";
    return "";
  }

  std::string release_, review_;
};

TEST_F(TakingConsentBack, HoldsTheReleaseForWhoeverHasNotBeenGivenIt) {
  ASSERT_EQ(status_for("member_b_soc"), 200);
  const Answer taken = take_back();
  ASSERT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(taken.text("consent"), "taken_back");
  EXPECT_EQ(status_for("member_b_soc"), 200) << "was given it before";
  EXPECT_EQ(status_for("member_c_soc"), 404) << "is new to it";
  EXPECT_EQ(status_for("analyst1"), 200);
  for (const std::string_view list :
       {"/api/v1/releases", "/api/v1/indicators", "/api/v1/home", "/taxii2/api/collections/releases/objects/"}) {
    const Answer shown = call("member_c_soc", Method::Get, list);
    EXPECT_THAT(shown.body, Not(HasSubstr("evil.example"))) << list;
    EXPECT_THAT(shown.body, Not(HasSubstr(release_))) << list;
  }
}

// It takes back what it wrote: it goes on reading it, and hears how the withdrawal ends.
TEST_F(TakingConsentBack, LeavesTheReporterWhatItTakesBack) {
  ASSERT_EQ(take_back().status, 200);
  EXPECT_EQ(status_for("member_a_soc"), 200);
  EXPECT_EQ(status_for("member_a_lead"), 200);
}

// Who left the members reads no release, yet still answers for its own report.
TEST_F(TakingConsentBack, IsForAReporterThatIsNotAmongTheReaders) {
  Directory directory = *installation_->store().directory();
  const auto reporter = std::ranges::find_if(
      directory.persons, [&](const auto& entry) { return entry.second.login == account("member_a_lead").login; });
  for (auto& [id, group] : directory.groups) group.orgs.erase(reporter->second.org);
  must(installation_->store().put_directory(policy::MachineRoom::local_operator(), directory));
  ASSERT_EQ(status_for("member_a_lead"), 404);
  const Answer taken = take_back();
  EXPECT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(taken.text("consent"), "taken_back");
  EXPECT_EQ(status_for("member_a_lead"), 404);
  EXPECT_EQ(status_for("member_c_soc"), 404);
}

TEST_F(TakingConsentBack, TellsTheSecretariatAndPutsTheWithdrawalFirst) {
  ASSERT_EQ(take_back().status, 200);
  const std::string withdrawal = urgent();
  ASSERT_FALSE(withdrawal.empty());
  must(flow::deliver_outbox(installation_->platform()));
  for (const std::string_view who : {"analyst1", "analyst2"}) {
    const Answer notices = call(who, Method::Get, "/api/v1/notices");
    EXPECT_THAT(notices.body, HasSubstr("review.consent_taken_back")) << who;
    EXPECT_THAT(notices.body, HasSubstr(withdrawal)) << who;
  }
}

TEST_F(TakingConsentBack, ASecondTimeChangesNothing) {
  ASSERT_EQ(take_back().status, 200);
  const std::string withdrawal = urgent();
  must(flow::deliver_outbox(installation_->platform()));
  const auto entries = must(installation_->platform().store.unsealed_entries()).size();
  const auto sequence = installation_->platform().store.last_sequence();
  const Answer again = take_back();
  EXPECT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(urgent(), withdrawal);
  EXPECT_EQ(must(installation_->platform().store.unsealed_entries()).size(), entries);
  EXPECT_EQ(installation_->platform().store.last_sequence(), sequence);
  EXPECT_EQ(must(flow::deliver_outbox(installation_->platform())), 0U);
}

TEST_F(TakingConsentBack, ReachesThoseWhoHaveItWithTheWithdrawalAndNobodyElse) {
  ASSERT_EQ(status_for("member_b_soc"), 200);
  ASSERT_EQ(take_back().status, 200);
  const Answer withdrawal = call("analyst1", Method::Get, "/api/v1/reviews/" + urgent());
  ASSERT_EQ(approve("analyst1", withdrawal).status, 200);
  const Answer done = approve("analyst2", withdrawal);
  ASSERT_EQ(done.text("state"), "published") << done.body;
  const Answer shown = call("member_b_soc", Method::Get, "/api/v1/releases/" + release_);
  EXPECT_EQ(shown.text("state"), "withdrawn") << shown.body;
  EXPECT_EQ(status_for("member_c_soc"), 404);
  EXPECT_EQ(answer("member_a_lead", "given", revision()).text("code"), "release.not_held");
}

// Those who were given it hold it beside whatever is said next, so the desk measures with it also while it is held.
TEST_F(TakingConsentBack, LeavesWhatWasSaidInTheMeasureOfWhatIsSaidNext) {
  const std::string reviews = "/api/v1/reports/" + file_report("again").text("id") + "/reviews";
  const Answer next = call("analyst1", Method::Post, reviews, R"({"kind":"technical_only"})");
  const auto measure = [&] {
    const Answer shown = call("analyst1", Method::Get, "/api/v1/reviews/" + next.text("id"));
    return shown.json ? std::string(shown.json->root().find("measure")->raw()) : shown.body;
  };
  const std::string alone = measure();
  EXPECT_THAT(alone, HasSubstr(R"("telling":[])"));
  review_ = call("analyst1", Method::Post, reviews, "{}").text("id");
  const Answer telling = call("analyst1", Method::Put, "/api/v1/reviews/" + review_,
                              R"({"revision":1,"tlp":"TLP:AMBER","audience":"members","edition":{"kind":"story",)"
                              R"("title":"t","body":"一般送配電事業者で検知した。"}})");
  ASSERT_EQ(approve("analyst1", telling).status, 200);
  ASSERT_EQ(approve("analyst2", telling).text("state"), "published");
  const std::string beside_it = measure();
  ASSERT_NE(beside_it, alone);
  ASSERT_EQ(take_back().status, 200);
  EXPECT_EQ(measure(), beside_it);
}

// Who was given a release is known to its publisher, never to peers.
TEST_F(TakingConsentBack, TellsPeersNothingOfWhoElseHasIt) {
  const Answer before = call("member_b_soc", Method::Get, "/api/v1/releases/" + release_);
  ASSERT_EQ(take_back().status, 200);
  const Answer after = call("member_b_soc", Method::Get, "/api/v1/releases/" + release_);
  EXPECT_EQ(before.json->root().find("readers")->raw(), after.json->root().find("readers")->raw());
  EXPECT_EQ(before.text("signed_text"), after.text("signed_text"));
}

TEST_F(TakingConsentBack, EndsWhenItIsGivenAgainAndNobodyMissesIt) {
  const std::string list = "/api/v1/indicators?limit=1000";
  ASSERT_EQ(take_back().status, 200);
  const Answer empty = call("member_c_soc", Method::Get, list);
  EXPECT_THAT(empty.body, Not(HasSubstr("evil.example")));
  const std::string withdrawal = urgent();
  const Answer given = answer("member_a_lead", "given", revision());
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_EQ(given.text("consent"), "given");
  EXPECT_EQ(status_for("member_c_soc"), 200);
  EXPECT_THAT(call("member_c_soc", Method::Get, list).body, HasSubstr("evil.example"));
  EXPECT_EQ(call("analyst1", Method::Get, "/api/v1/reviews/" + withdrawal).text("state"), "abandoned");
  EXPECT_EQ(urgent(), "");
}

TEST_F(TakingConsentBack, StopsACorrectionUnderWay) {
  const Answer correction = call("analyst1", Method::Post, "/api/v1/releases/" + release_ + "/reviews",
                                 R"({"purpose":"correction","reason":"a better text"})");
  ASSERT_EQ(correction.status, 201) << correction.body;
  ASSERT_EQ(take_back().status, 200);
  EXPECT_EQ(approve("analyst1", correction).text("code"), "review.consent_missing");
}

// A release and its correction are two texts, each agreed to by itself.
TEST_F(TakingConsentBack, HoldsUntilEveryTextOfTheReleaseIsAgreedToAgain) {
  const Answer correction = call("analyst1", Method::Post, "/api/v1/releases/" + release_ + "/reviews",
                                 R"({"purpose":"correction","reason":"a better text"})");
  ASSERT_EQ(approve("analyst1", correction).status, 200);
  ASSERT_EQ(approve("analyst2", correction).text("state"), "published");
  const std::string first = review_;
  const std::string second = correction.text("id");
  ASSERT_EQ(take_back().status, 200);
  review_ = second;
  EXPECT_EQ(answer("member_a_lead", "given", revision()).text("code"), "release.not_held") << "it was not taken back";
  EXPECT_EQ(status_for("member_c_soc"), 404);
  EXPECT_EQ(take_back().text("consent"), "taken_back");
  review_ = first;
  ASSERT_EQ(answer("member_a_lead", "given", revision()).status, 200);
  EXPECT_EQ(status_for("member_c_soc"), 404) << "the other text is still refused";
  review_ = second;
  ASSERT_EQ(answer("member_a_lead", "given", revision()).status, 200);
  EXPECT_EQ(status_for("member_c_soc"), 200);
}

TEST_F(TakingConsentBack, IsForTheReportersApproversAndTheTextThatIsThere) {
  EXPECT_EQ(answer("member_a_lead", "taken_back", revision() + 1).status, 409);
  EXPECT_EQ(answer("member_a_soc", "taken_back", revision()).status, 403);
  EXPECT_EQ(answer("analyst1", "taken_back", revision()).status, 403);
  EXPECT_EQ(answer("member_b_soc", "taken_back", revision()).status, 404);
  const Answer unproven = call("member_a_lead", Method::Post, "/api/v1/reviews/" + review_ + "/consent",
                               R"({"consent":"taken_back","revision":)" + std::to_string(revision()) + "}");
  EXPECT_EQ(unproven.text("code"), "step_up.needed");
  EXPECT_EQ(status_for("member_c_soc"), 200) << "nothing was held";
}

}  // namespace
}  // namespace hinomi::tests
