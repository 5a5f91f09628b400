// 下書き: nobody loses what they have typed, nobody else learns of it, and one draft becomes one report.
#include "contract/house.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kId = "7f9c24e8-3b12-4fef-91e0-2c5b6b6f0a11";
constexpr std::string_view kOther = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";

class DraftsOfHouse : public House {
 protected:
  static std::string path(std::string_view id = kId) { return "/api/v1/drafts/" + std::string(id); }
  Answer save(std::string_view who, int revision, std::string_view summary, std::string_view editor = "") {
    return call(who, Method::Put, path(),
                R"({"revision":)" + std::to_string(revision) + R"(,"editor":")" + std::string(editor) +
                    R"(","fields":{"noticed":"2026-11-22 02:05","summary":")" + std::string(summary) + R"("}})");
  }
  Answer file(std::string_view who, int revision) {
    return call(who, Method::Post, path() + "/filing", R"({"revision":)" + std::to_string(revision) + "}");
  }
  Answer typed(std::string_view target, std::string body, std::string_view who = "member_a_soc") {
    HttpRequest asked = request(Method::Post, target);
    asked.headers.add("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    asked.body = std::move(body);
    return send(std::move(asked));
  }
  static std::string form(std::string_view id, int revision, std::string_view summary) {
    return "draft=" + std::string(id) + "&revision=" + std::to_string(revision) +
           "&noticed=2026-11-22+02%3A05&impact=unknown&cyber=suspected&scope=secretariat_only&summary=" +
           url_encoded(summary);
  }
  std::size_t reports() {
    return call("member_a_soc", Method::Get, "/api/v1/reports").json->root().find("items")->size();
  }
  std::size_t drafts(std::string_view who = "member_a_soc") {
    return call(who, Method::Get, "/api/v1/drafts").json->root().find("items")->size();
  }
};

TEST_F(DraftsOfHouse, WhatWasSavedIsReadAgainAndListedWithItsTitle) {
  const Answer saved = save("member_a_soc", 0, "変電所 HMI 不審ログオン\\n切離し準備中");
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_EQ(saved.json->root().integer_at("revision"), 1);
  EXPECT_EQ(saved.text("title"), "変電所 HMI 不審ログオン");
  EXPECT_EQ(saved.text("saved_at"), "2026-11-21T17:10:00.000000Z");
  EXPECT_EQ(call("member_a_soc", Method::Get, path()).body, saved.body);
  EXPECT_EQ(drafts(), 1U);
  EXPECT_THAT(call("member_a_soc", Method::Get, "/").body, HasSubstr("変電所 HMI 不審ログオン"));
}

TEST_F(DraftsOfHouse, NobodyElseLearnsOfIt) {
  save("member_a_soc", 0, "mine");
  for (const std::string_view who : {"member_a_lead", "member_b_soc", "analyst1", "operator", "auditor"}) {
    EXPECT_EQ(call(who, Method::Get, path()).body, call(who, Method::Get, path(kOther)).body) << who;
    EXPECT_EQ(call(who, Method::Get, path()).status, 404) << who;
    EXPECT_EQ(drafts(who), 0U) << who;
    EXPECT_THAT(call(who, Method::Get, "/report?draft=" + std::string(kId)).body, Not(HasSubstr("mine"))) << who;
  }
  EXPECT_EQ(call("member_a_lead", Method::Delete, path()).status, 404);
  EXPECT_EQ(save("member_a_lead", 0, "theirs").status, 200) << "the same id is free for everybody else";
  EXPECT_THAT(call("member_a_soc", Method::Get, path()).body, HasSubstr("mine"));
}

TEST_F(DraftsOfHouse, WhoMayNotReportKeepsNone) { EXPECT_EQ(save("auditor", 0, "x").text("code"), "permit.reporter"); }

TEST_F(DraftsOfHouse, WhatThePlatformMustNotHoldIsNotKeptEither) {
  EXPECT_EQ(save("member_a_soc", 0, "特定秘密（取扱注意）").text("code"), "clearance.refused");
  EXPECT_EQ(drafts(), 0U);
}

TEST_F(DraftsOfHouse, OneDraftBecomesOneReportHoweverOftenItIsSent) {
  save("member_a_soc", 0, "送電が止まった");
  const Answer filed = file("member_a_soc", 1);
  ASSERT_EQ(filed.status, 201) << filed.body;
  EXPECT_EQ(drafts(), 0U);
  const Answer again = file("member_a_soc", 1);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.text("number"), filed.text("number"));
  EXPECT_EQ(reports(), 1U);
  EXPECT_EQ(save("member_a_soc", 1, "later").text("code"), "draft.sent");
}

TEST_F(DraftsOfHouse, WhatIsSentIsWhatWasRead) {
  save("member_a_soc", 0, "first", "a");
  save("member_a_soc", 1, "second", "b");
  EXPECT_EQ(file("member_a_soc", 1).text("code"), "draft.moved_on");
  EXPECT_EQ(reports(), 0U);
}

TEST_F(DraftsOfHouse, AnAnswerThatIsMissingIsNamed) {
  ASSERT_EQ(
      call("member_a_soc", Method::Put, path(), R"({"revision":0,"fields":{"noticed":"2026-11-22 02:05"}})").status,
      200);
  const Answer refused = file("member_a_soc", 1);
  EXPECT_EQ(refused.text("code"), "draft.incomplete");
  EXPECT_THAT(refused.body, HasSubstr("/fields/summary"));
  EXPECT_EQ(drafts(), 1U);
}

TEST_F(DraftsOfHouse, ThePageKeepsWhatIsTypedWithoutScript) {
  const Answer saved = typed("/report/drafts", form(kId, 0, "HMI に当直以外のログオン"));
  ASSERT_EQ(saved.status, 303) << saved.body;
  EXPECT_EQ(saved.headers.find("Location"), "/report?draft=" + std::string(kId));
  const Answer page = call("member_a_soc", Method::Get, "/report?draft=" + std::string(kId));
  EXPECT_THAT(page.body, HasSubstr("HMI に当直以外のログオン</textarea>"));
  EXPECT_THAT(page.body, HasSubstr("name=\"revision\" value=\"1\""));
  EXPECT_THAT(call("member_a_soc", Method::Get, "/report").body, HasSubstr("/report?draft=" + std::string(kId)));
  EXPECT_EQ(typed("/report/drafts/" + std::string(kId) + "/delete", "back=%2F").headers.find("Location"), "/");
  EXPECT_EQ(drafts(), 0U);
}

TEST_F(DraftsOfHouse, TheLaterOfTwoWindowsSeesBothTexts) {
  typed("/report/drafts", form(kId, 0, "first"));
  typed("/report/drafts", form(kId, 1, "from the one window"));
  for (const std::string_view target : {"/report/drafts", "/report/check"}) {
    const Answer refused = typed(target, form(kId, 1, "from the other window"));
    EXPECT_EQ(refused.status, 409) << target;
    EXPECT_THAT(refused.body, HasSubstr("from the one window")) << target;
    EXPECT_THAT(refused.body, HasSubstr("from the other window</textarea>")) << target;
    EXPECT_THAT(refused.body, HasSubstr("別の画面で保存された内容")) << target;
    EXPECT_THAT(refused.body, HasSubstr("name=\"revision\" value=\"2\"")) << "going on builds on the stored one";
  }
  EXPECT_THAT(call("member_a_soc", Method::Get, path()).body, HasSubstr("from the one window"));
}

TEST_F(DraftsOfHouse, PressingSendTwiceOrOnTwoDevicesFilesOne) {
  typed("/report/check", form(kId, 0, "送電が止まった"));
  const Answer sent = typed("/report", form(kId, 1, "送電が止まった"));
  ASSERT_EQ(sent.status, 303) << sent.body;
  EXPECT_EQ(typed("/report", form(kId, 1, "送電が止まった")).headers.find("Location"), sent.headers.find("Location"));
  EXPECT_EQ(typed("/report", form(kId, 1, "送電が止まった") + "&csrf=of+another+session").headers.find("Location"),
            sent.headers.find("Location"));
  const Answer other = typed("/report", form(kId, 1, "送電が止まった。別の端末から"));
  EXPECT_EQ(other.status, 409);
  EXPECT_THAT(other.body, HasSubstr("もう送られています"));
  EXPECT_THAT(other.body, HasSubstr("別の端末から</textarea>"));
  EXPECT_THAT(other.body, Not(HasSubstr(kId))) << "what is kept is a new draft";
  EXPECT_EQ(reports(), 1U);
  EXPECT_EQ(drafts(), 0U);
  const Answer back = call("member_a_soc", Method::Get, "/report?draft=" + std::string(kId));
  EXPECT_EQ(back.headers.find("Location"), sent.headers.find("Location"));
}

TEST_F(DraftsOfHouse, ASavingThatSaysNothingNewLeavesTheRevision) {
  save("member_a_soc", 0, "said", "a");
  EXPECT_EQ(save("member_a_soc", 1, "said", "a").json->root().integer_at("revision"), 1);
  EXPECT_EQ(save("member_a_soc", 0, "said", "b").status, 200) << "two windows that say the same do not disagree";
}

TEST_F(DraftsOfHouse, ANewerTextFromElsewhereIsNotSentOver) {
  typed("/report/check", form(kId, 0, "old"));
  typed("/report/drafts", form(kId, 1, "newer, from another device"));
  const Answer refused = typed("/report", form(kId, 1, "old"));
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("newer, from another device"));
  EXPECT_EQ(reports(), 0U);
}

TEST_F(DraftsOfHouse, ADraftThatIsGoneLeavesTheTextInANewOne) {
  typed("/report/drafts", form(kId, 0, "typed"));
  call("member_a_soc", Method::Delete, path());
  const Answer refused = typed("/report/drafts", form(kId, 1, "typed on"));
  EXPECT_EQ(refused.status, 404);
  EXPECT_THAT(refused.body, HasSubstr("typed on</textarea>"));
  EXPECT_THAT(refused.body, Not(HasSubstr(kId)));
}

TEST_F(DraftsOfHouse, TooManyDraftsKeepNobodyFromReporting) {
  for (std::size_t i = 0; i < kDraftsOfOnePerson; ++i)
    typed("/report/drafts", form(uuid_text(random_uuid(random_)), 0, "draft " + std::to_string(i)));
  const Answer refused = typed("/report/drafts", form(kId, 0, "one more"));
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("one more</textarea>"));
  EXPECT_EQ(typed("/report/check", form(kId, 0, "one more")).status, 200);
  EXPECT_EQ(typed("/report", form(kId, 0, "one more")).status, 303);
  EXPECT_EQ(reports(), 1U);
}

TEST_F(DraftsOfHouse, ChangingTheLanguageKeepsThePageAndTheText) {
  const Answer changed = typed("/report/drafts", form(kId, 0, "HMI に当直以外のログオン") + "&language=en");
  EXPECT_EQ(changed.headers.find("Location"), "/report?draft=" + std::string(kId));
  EXPECT_THAT(std::string(changed.headers.find("Set-Cookie").value_or("")), HasSubstr("hinomi_lang=en"));
  const Answer checked = typed("/report/drafts?step=check", form(kId, 1, "HMI に当直以外のログオン") + "&language=ja");
  EXPECT_EQ(checked.headers.find("Location"), "/report/check?draft=" + std::string(kId));
  EXPECT_THAT(call("member_a_soc", Method::Get, "/report/check?draft=" + std::string(kId)).body,
              HasSubstr("HMI に当直以外のログオン"));
}

TEST_F(DraftsOfHouse, TheOtherKindOfReportKeepsWhatWasTyped) {
  const Answer near = typed("/report/edit", form(kId, 0, "typed") + "&place=%E5%8D%97&switch=near_miss");
  EXPECT_THAT(near.body, HasSubstr("typed</textarea>"));
  EXPECT_THAT(near.body, HasSubstr("name=\"kind\" value=\"near_miss\""));
  EXPECT_THAT(near.body, HasSubstr("name=\"place\" value=\"南\""));
  EXPECT_THAT(near.body, HasSubstr("value=\"members_anonymously\" checked"));
  const Answer back = typed("/report/edit", form(kId, 0, "typed") + "&kind=near_miss&switch=incident");
  EXPECT_THAT(back.body, HasSubstr("value=\"secretariat_only\" checked"));
}

TEST_F(DraftsOfHouse, SigningOutClearsTheDevice) {
  const Answer out = typed("/logout", "");
  EXPECT_EQ(out.headers.find("Clear-Site-Data"), "\"storage\"");
}

TEST_F(DraftsOfHouse, TheKeyOfTheDevicesCopyIsThePersonsOwn) {
  const auto key_of = [&](std::string_view who) {
    const std::string body = call(who, Method::Get, "/report").body;
    const auto at = body.find("data-key=\"");
    return at == std::string::npos ? "" : body.substr(at, 54);
  };
  EXPECT_EQ(key_of("member_a_soc"), key_of("member_a_soc"));
  EXPECT_NE(key_of("member_a_soc"), key_of("member_a_lead"));
  EXPECT_THAT(key_of("member_a_soc"), HasSubstr("data-key=\""));
}

}  // namespace
}  // namespace hinomi::tests
