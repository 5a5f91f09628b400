// Reports without a name, through the pages of whoever sends one and the surfaces of the secretariat: what is kept,
// what is not, and what nobody can tell.
#include <fstream>
#include <regex>
#include <sstream>

#include "app/backup_archive.h"
#include "contract/house.h"
#include "flow/attempts.h"
#include "flow/retention.h"
#include "model/receipt_code.h"
#include "support/database_watch.h"

namespace hinomi::tests {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Unnamed : public House {
 protected:
  static constexpr std::string_view kAll = "/api/v1/unnamed";
  static HttpRequest form(const std::string& target, const std::string& body) {
    HttpRequest asked = request(Method::Post, target, body);
    asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Accept-Language", "en");
    asked.headers.add("Origin", "http://localhost:8080");
    asked.headers.add("User-Agent", "BrowserOfTheReporter/7.3");
    asked.remote_address = "198.51.100.77";
    return asked;
  }
  Answer post(const std::string& target, const std::string& body) { return send(form(target, body)); }
  Answer tell(const std::string& more = "") {
    return post("/easy/report", "step=send&key=form-" + std::to_string(++forms_) +
                                    "&happening=mail&details=an+odd+mail+zzqqtaint&noticed=today&place=office" + more);
  }
  static std::string code_in(const Answer& answer) {
    std::smatch found;
    const std::regex groups("<p class=\"receipt-code\"[^>]*>([\\s\\S]*?)</p>");
    if (!std::regex_search(answer.body, found, groups)) return "";
    return std::regex_replace(found[1].str(), std::regex("<[^>]*>"), "");
  }
  Answer come_back(const std::string& code) { return post("/r", "code=" + url_encoded(code)); }
  Answer say(const std::string& code, const std::string& text) {
    return post("/r", "step=more&key=say-" + std::to_string(++forms_) + "&text=" + url_encoded(text) +
                          "&code=" + url_encoded(code));
  }
  std::string newest() {
    const Answer all = call("analyst1", Method::Get, kAll);
    return std::string(all.json->root().find("items")->at(0).string_at("id").value_or(""));
  }
  static std::string path(const std::string& id, const std::string& more = "") {
    return std::string(kAll) + "/" + id + more;
  }
  Answer write(std::string_view who, const std::string& id, const std::string& act, const std::string& body = "{}") {
    return call(who, Method::Post, path(id, act), body);
  }
  std::size_t listed() { return call("analyst1", Method::Get, kAll).json->root().find("items")->size(); }
  // Everything of an answer that two requests may not differ in.
  static std::string without_request_id(const Answer& answer) {
    std::string all = std::to_string(answer.status) + "\n" + answer.body;
    const std::string id(answer.headers.find("X-Request-Id").value_or(""));
    for (auto at = all.find(id); at != std::string::npos; at = all.find(id)) all.erase(at, id.size());
    return all;
  }
  void shut() { installation_->set_unnamed_door({.accepts = false, .telephone = "03-0000-0000"}); }
  int forms_ = 0;
};

TEST_F(Unnamed, IsToldInFourPagesThatCarryTheAnswersAndKeepNothing) {
  testing_support::DatabaseWatch watch(directory_);
  EXPECT_EQ(send(request(Method::Get, "/easy")).status, 200);
  EXPECT_EQ(send(request(Method::Get, "/easy/report")).status, 200);
  std::string answers = "&happening=screen&details=it+is+red";
  EXPECT_THAT(post("/easy/report", "step=2" + answers).body, HasSubstr("name=\"details\" value=\"it is red\""));
  answers += "&noticed=today";
  EXPECT_THAT(post("/easy/report", "step=3" + answers).body, HasSubstr("name=\"noticed\" value=\"today\""));
  answers += "&place=hall+2";
  EXPECT_THAT(post("/easy/report", "step=4" + answers).body, HasSubstr("name=\"place\" value=\"hall 2\""));
  answers += "&goes_on=yes";
  EXPECT_THAT(post("/easy/report", "step=5" + answers).body,
              AllOf(HasSubstr("it is red"), HasSubstr("hall 2"), HasSubstr("Yes, it goes on")));
  EXPECT_THAT(watch.changed(), IsEmpty());
  EXPECT_EQ(post("/easy/report", "step=send&key=k" + answers).status, 200);
  EXPECT_EQ(listed(), 1U);
}

TEST_F(Unnamed, EveryQuestionMayStayUnknownButNotAllOfThem) {
  const std::string unknown = "&happening=unknown&noticed=unknown&goes_on=unknown";
  EXPECT_EQ(post("/easy/report", "step=5" + unknown).status, 200);
  const Answer empty = post("/easy/report", "step=send&key=k" + unknown);
  EXPECT_EQ(empty.status, 400);
  EXPECT_THAT(empty.body, HasSubstr("Nothing has been said yet."));
  EXPECT_EQ(post("/easy/report", "step=send&key=k" + unknown + "&details=x").status, 200);
  EXPECT_EQ(post("/easy/report", "step=send&key=l&noticed=today").status, 200) << "one answer is enough";
  EXPECT_EQ(post("/easy/report", "step=2&happening=fire").status, 400);
}

TEST_F(Unnamed, GivesACodeThatOpensTheTalkForBothSides) {
  const Answer sent = tell();
  ASSERT_EQ(sent.status, 200) << sent.body;
  const std::string code = code_in(sent);
  ASSERT_TRUE(ReceiptCode::parse(code).ok());
  EXPECT_EQ(sent.headers.find("Cache-Control"), "no-store");
  EXPECT_THAT(come_back(code).body, AllOf(HasSubstr("an odd mail zzqqtaint"), HasSubstr("Waiting for an answer")));
  const std::string id = newest();
  ASSERT_EQ(write("analyst1", id, "/answers", R"({"text":"Please do not open it."})").status, 201);
  const Answer answered = come_back(lower_ascii(code));
  EXPECT_THAT(answered.body, AllOf(HasSubstr("Please do not open it."), HasSubstr("There is an answer")));
  EXPECT_THAT(answered.body, Not(HasSubstr(account("analyst1").name))) << "who of the desk wrote is not told";
  EXPECT_THAT(say(code, "I have opened it already").body, HasSubstr("I have opened it already"));
  const Answer desk = call("analyst2", Method::Get, path(id));
  EXPECT_EQ(desk.text("state"), "waits");
  EXPECT_EQ(desk.json->root().find("talk")->size(), 2U);
}

TEST_F(Unnamed, ShowsTheCodeOnceAlsoWhenTheSamePageIsSentTwice) {
  const std::string body = "step=send&key=the-same&details=once";
  ASSERT_EQ(post("/easy/report", body).status, 200);
  const Answer again = post("/easy/report", body);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(code_in(again), "");
  EXPECT_EQ(listed(), 1U);
  EXPECT_EQ(post("/easy/report", "step=send&details=no+key").status, 400);
}

TEST_F(Unnamed, WrongAndAbsentCodesAnswerAlikeAndTypingErrorsAreToldApart) {
  const std::string code = code_in(tell());
  ASSERT_EQ(write("analyst1", newest(), "/close").status, 200);
  clock_.advance(std::chrono::days(400));
  flow::Retention retention;
  flow::Forgetting forgetting(installation_->platform(), retention);
  ASSERT_TRUE(forgetting.forget_if_due().ok());
  SeededRandom random(99);
  const Answer absent = come_back(code);
  EXPECT_EQ(absent.status, 404);
  for (int i = 0; i < 3; ++i) {
    const Answer wrong = come_back(ReceiptCode::make(random).grouped().expose());
    EXPECT_EQ(without_request_id(wrong), without_request_id(absent));
  }
  const Answer wrong_more = say(ReceiptCode::make(random).grouped().expose(), "x");
  EXPECT_EQ(without_request_id(wrong_more), without_request_id(say(code, "y")));
  std::string mistyped = code;
  std::swap(mistyped[0], mistyped[5]);
  if (mistyped == code) mistyped[0] = mistyped[0] == 'A' ? 'B' : 'A';
  EXPECT_THAT(come_back(mistyped).body, AllOf(HasSubstr("The code was mistyped."), Not(HasSubstr(mistyped))));
  EXPECT_THAT(come_back("short").body, HasSubstr("The code has the wrong length."));
}

TEST_F(Unnamed, GuessingIsBoundedBySourceAndARightCodeIsNotCounted) {
  const std::string code = code_in(tell());
  for (int i = 0; i < 40; ++i) ASSERT_EQ(come_back(code).status, 200) << i;
  SeededRandom random(7);
  const auto guess = [&] { return come_back(ReceiptCode::make(random).grouped().expose()); };
  for (std::int64_t i = 0; i < flow::kReceiptLimits.of_three.count; ++i) ASSERT_EQ(guess().status, 404) << i;
  EXPECT_EQ(guess().status, 503);
  EXPECT_EQ(come_back(code).status, 503) << "also the right one, or guessing would be told by it";
  HttpRequest elsewhere = form("/r", "code=" + url_encoded(code));
  elsewhere.remote_address = "192.0.2.1";
  EXPECT_EQ(send(std::move(elsewhere)).status, 200) << "nobody is locked out by others";
  clock_.advance(std::chrono::hours(2));
  EXPECT_EQ(come_back(code).status, 200);
}

// Every file of the data directory, as bytes.
std::string all_bytes(const std::string& directory) {
  std::ostringstream all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    all << in.rdbuf();
  }
  return all.str();
}

TEST_F(Unnamed, NothingKeptTiesItToAnAddressABrowserOrACode) {
  const std::string code = code_in(tell("&name=Yamamoto+zzqqname&contact=090-1234"));
  ASSERT_EQ(come_back(code).status, 200);
  ASSERT_EQ(say(code, "more zzqqmore").status, 200);
  const std::string kept = all_bytes(directory_);
  std::string bare = code;
  std::erase_if(bare, [](char c) { return c == '-' || c == ' '; });
  const auto bits = ReceiptCode::parse(code)->bits().expose();
  for (const std::string& never : {std::string("198.51.100.77"), std::string("BrowserOfTheReporter"), code, bare,
                                   bare.substr(0, 16), std::string(bits.begin(), bits.end()), to_hex(sha256(bare)),
                                   std::string("zzqqname"), std::string("zzqqtaint"), std::string("zzqqmore")}) {
    EXPECT_EQ(kept.find(never), std::string::npos) << never;
  }
}

TEST_F(Unnamed, ASignedInPersonWhoStaysUnnamedChangesNothingButWhatAStrangerChanges) {
  ASSERT_EQ(tell().status, 200);  // its label is new once
  testing_support::DatabaseWatch watch(directory_);
  ASSERT_EQ(tell().status, 200);
  const auto by_stranger = watch.changed();
  HttpRequest signed_in = form("/easy/report", "step=send&key=k&details=told&as=unnamed");
  signed_in.headers.add("Authorization", "Bearer " + account("sme").api_token);
  const Answer sent = send(std::move(signed_in));
  ASSERT_EQ(sent.status, 200);
  EXPECT_NE(code_in(sent), "");
  // That the session was used is kept as for every request of theirs (account_test.cpp), to the minute or coarser.
  const auto by_person = watch.changed({"session"});
  EXPECT_EQ(by_person, by_stranger);
  const Answer report = call("analyst1", Method::Get, path(newest()));
  EXPECT_THAT(report.body, AllOf(Not(HasSubstr(account("sme").name)), Not(HasSubstr(account("sme").org)),
                                 Not(HasSubstr(account("sme").login))));
}

TEST_F(Unnamed, TimesAreKeptToTheHour) {
  clock_.advance(std::chrono::minutes(37) + std::chrono::seconds(21));
  const std::string code = code_in(tell());
  ASSERT_EQ(say(code, "more").status, 200);
  ASSERT_TRUE(flow::deliver_outbox(installation_->platform()).ok());
  const Answer report = call("analyst1", Method::Get, path(newest()));
  EXPECT_THAT(report.text("received_at"), HasSubstr(":00:00.000000Z"));
  EXPECT_THAT(std::string(report.json->root().find("talk")->at(0).string_at("at").value_or("")),
              HasSubstr(":00:00.000000Z"));
  const Answer notices = call("analyst1", Method::Get, "/api/v1/notices");
  EXPECT_THAT(notices.body,
              AllOf(HasSubstr("unnamed.received"), HasSubstr(":00:00.000000Z"), Not(HasSubstr(":47:21"))));
}

TEST_F(Unnamed, ASupplierMaySendTheSameAnswersAsItsOrganisation) {
  HttpRequest sent =
      form("/easy/report", "step=send&key=k&happening=stopped&details=it+stopped&noticed=yesterday&as=org");
  sent.headers.add("Authorization", "Bearer " + account("sme").api_token);
  const Answer filed = send(std::move(sent));
  ASSERT_EQ(filed.status, 200) << "their ceiling is below what reports stand under, so they get the number";
  std::smatch number;
  ASSERT_TRUE(std::regex_search(filed.body, number, std::regex("NR-[0-9]{4}-[0-9A-Z]+")));
  const Answer report = call("analyst1", Method::Get, "/api/v1/reports/" + number.str());
  EXPECT_THAT(report.body, AllOf(HasSubstr("it stopped"), HasSubstr(account("sme").org)));
  HttpRequest member = form("/easy/report", "step=send&key=k&details=it+is+red&as=org");
  member.headers.add("Authorization", "Bearer " + account("member_a_soc").api_token);
  const Answer done = send(std::move(member));
  EXPECT_EQ(done.status, 303);
  EXPECT_THAT(std::string(done.headers.find("Location").value_or("")), HasSubstr("/report/done/"));
  EXPECT_EQ(listed(), 0U);
  // Whoever meant to give the organisation's name and cannot is told, and decides anew.
  const Answer stranger = post("/easy/report", "step=send&key=l&details=x&as=org");
  EXPECT_EQ(stranger.status, 400);
  EXPECT_THAT(stranger.body, HasSubstr("It was not sent."));
  EXPECT_EQ(listed(), 0U);
}

TEST_F(Unnamed, IsReadByTheAnalystsAloneAndEveryReadIsRecorded) {
  ASSERT_EQ(tell().status, 200);
  const std::string id = newest();
  const std::string absent = path("5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c");
  for (const std::string_view who : {"operator", "member_a_soc", "ministry", "nco", "auditor", "sme", "partner_isac"}) {
    EXPECT_EQ(call(who, Method::Get, kAll).text("code"), "permit.analyst") << who;
    EXPECT_EQ(without_request_id(call(who, Method::Get, path(id))), without_request_id(call(who, Method::Get, absent)));
    for (const char* act : {"/answers", "/close", "/report", "/identity"})
      EXPECT_EQ(write(who, id, act).status, 404) << who << act;
  }
  testing_support::DatabaseWatch watch(directory_);
  ASSERT_EQ(call("analyst2", Method::Get, path(id)).status, 200);
  EXPECT_THAT(watch.changed(), testing::Contains("read_batch"));
}

TEST_F(Unnamed, MakesAReportOfTheSecretariatThatIsMarkedAndKeepsTheOriginal) {
  const std::string code = code_in(tell());
  const std::string id = newest();
  const Answer filed = write("analyst1", id, "/report");
  ASSERT_EQ(filed.status, 201) << filed.body;
  const Answer report = call("analyst1", Method::Get, "/api/v1/reports/" + filed.text("report"));
  EXPECT_THAT(report.body, AllOf(HasSubstr("src.unnamed"), HasSubstr("an odd mail zzqqtaint")));
  EXPECT_EQ(call("member_a_soc", Method::Get, "/api/v1/reports/" + filed.text("report")).status, 404);
  EXPECT_EQ(write("analyst2", id, "/report").text("code"), "unnamed.filed");
  EXPECT_EQ(call("analyst1", Method::Get, path(id)).text("report"), filed.text("report"));
  EXPECT_THAT(come_back(code).body, HasSubstr("has begun to act on it"));
  // From here on the usual way: a review, and two people.
  EXPECT_EQ(call("analyst1", Method::Post, "/api/v1/reports/" + filed.text("report") + "/reviews", "{}").status, 201);
}

TEST_F(Unnamed, WhoItIsOpensToTwoPeopleAndTheReporterSeesThat) {
  const std::string code = code_in(tell("&name=Yamamoto&contact=090-1234-5678"));
  const std::string id = newest();
  EXPECT_THAT(come_back(code).body, HasSubstr("Nobody has opened them."));
  EXPECT_EQ(write("analyst1", id, "/identity", R"({"reason":"danger"})").text("code"), "step_up.needed");
  const Answer proposed = write("analyst1", id, "/identity", R"({"reason":"danger",)" + step_up("analyst1") + "}");
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  const std::string opening(proposed.json->root().find("openings")->at(0).string_at("id").value_or(""));
  EXPECT_THAT(proposed.body, Not(HasSubstr("Yamamoto")));
  EXPECT_EQ(write("analyst1", id, "/identity/" + opening + "/agreement", "{" + step_up("analyst1") + "}").text("code"),
            "permit.other_person");
  EXPECT_EQ(write("analyst2", id, "/identity/" + opening + "/agreement").text("code"), "step_up.needed");
  EXPECT_THAT(come_back(code).body, HasSubstr("Nobody has opened them."));
  const Answer opened = write("analyst2", id, "/identity/" + opening + "/agreement", "{" + step_up("analyst2") + "}");
  ASSERT_EQ(opened.status, 200) << opened.body;
  for (const char* who : {"analyst1", "analyst2"})
    EXPECT_THAT(call(who, Method::Get, path(id)).body, AllOf(HasSubstr("Yamamoto"), HasSubstr("090-1234-5678")));
  EXPECT_THAT(come_back(code).body, HasSubstr("Two people of the secretariat opened them on 2026-11-22"));
  testing_support::DatabaseWatch watch(directory_);
  EXPECT_THAT(watch.tables_with("unnamed.identity_proposed"), testing::Contains("ledger_entry"));
  EXPECT_THAT(watch.tables_with("unnamed.identity_opened"), testing::Contains("ledger_entry"));
}

TEST_F(Unnamed, WhetherANameWasLeftIsToldToThoseWhoMayProposeOnly) {
  ASSERT_EQ(tell().status, 200);
  const std::string without = newest();
  EXPECT_FALSE(*call("analyst1", Method::Get, path(without)).json->root().boolean_at("identity_left"));
  EXPECT_EQ(write("analyst1", without, "/identity", R"({"reason":"x",)" + step_up("analyst1") + "}").text("code"),
            "unnamed.no_identity");
  EXPECT_THAT(call("analyst1", Method::Get, kAll).body, Not(HasSubstr("identity")));
  // A token that cannot propose.
  const Answer token =
      call("analyst1", Method::Post, "/api/v1/account/tokens",
           R"({"name":"reader","scopes":["read"],"expires_at":"2026-12-20T00:00:00Z",)" + step_up("analyst1") + "}");
  ASSERT_EQ(token.status, 201) << token.body.substr(0, 700);
  HttpRequest asked = request(Method::Get, path(without));
  asked.headers.add("Authorization", "Bearer " + token.text("token"));
  const Answer seen = send(std::move(asked));
  EXPECT_EQ(seen.status, 200);
  EXPECT_THAT(seen.body, Not(HasSubstr("identity_left")));
}

TEST_F(Unnamed, IsOffUntilTheInstallationTakesThem) {
  shut();
  EXPECT_THAT(send(request(Method::Get, "/easy")).body, HasSubstr("受け付けていません"));
  EXPECT_THAT(send(request(Method::Get, "/easy/report")).body, HasSubstr("03-0000-0000"));
  const Answer refused = tell();
  EXPECT_EQ(refused.status, 503);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("Reports without a name are not taken here."), HasSubstr("03-0000-0000")));
  EXPECT_EQ(listed(), 0U);
}

TEST_F(Unnamed, AFloodMeetsAClearMessageWithTheTelephoneNumber) {
  installation_->set_unnamed_door({.accepts = true, .telephone = "03-0000-0000", .most_unanswered = 2});
  const std::string code = code_in(tell());
  ASSERT_EQ(tell().status, 200);
  const Answer refused = tell();
  EXPECT_EQ(refused.status, 503);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("Too many reports are waiting for an answer."), HasSubstr("03-0000-0000"),
                                  HasSubstr("an odd mail zzqqtaint")));
  EXPECT_EQ(say(code, "still here").status, 200);
}

// Without it no code opens anything any more.
TEST_F(Unnamed, TheKeyOfCodesGoesIntoEveryBackupAsEveryKey) {
  std::size_t keys = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory_ + "/keys")) {
    EXPECT_THAT(app::archive_names(), testing::Contains("keys/" + entry.path().filename().string()));
    ++keys;
  }
  EXPECT_EQ(keys, 3U);
}

TEST_F(Unnamed, EveryFieldIsBounded) {
  const auto status = [&](const std::string& more) { return tell(more).status; };
  EXPECT_EQ(status("&wish=" + std::string(1501, 'x')), 400);
  EXPECT_EQ(status("&name=" + std::string(301, 'x')), 400);
  EXPECT_EQ(status("&contact=a%0Ab"), 400);
  EXPECT_EQ(post("/easy/report", "step=send&key=k&details=" + std::string(6001, 'x')).status, 400);
  EXPECT_EQ(post("/easy/report", "step=send&details=x&key=" + std::string(201, 'k')).status, 400);
  const std::string code = code_in(tell());
  EXPECT_EQ(say(code, std::string(6001, 'x')).status, 400);
  EXPECT_EQ(say(code, " ").status, 400);
  EXPECT_EQ(listed(), 1U);
}

// Sentences of かんたん画面 are short (UX E18), in both languages, and every word that is marked is explained.
TEST(EasyTexts, AreShortSentences) {
  for (const Language language : {Language::Japanese, Language::English}) {
    std::ifstream in(std::string(HINOMI_SOURCE_DIR "/texts/unnamed.") + std::string(language_tag(language)) + ".json");
    std::ostringstream text;
    text << in.rdbuf();
    const auto texts = parse_json(text.str());
    ASSERT_TRUE(texts.ok());
    std::size_t sentences = 0;
    for (const JsonView one : (*texts)->root()) {
      const std::string_view key = one.key();
      if (!key.starts_with("page.easy.") && !key.starts_with("page.code.") && !key.starts_with("error.unnamed.") &&
          !key.starts_with("error.receipt."))
        continue;
      std::string sentence;
      const std::string whole(one.string().value_or(""));
      for (std::size_t i = 0; i < whole.size(); ++i) {
        sentence.push_back(whole[i]);
        const bool ends = sentence.ends_with("。") || sentence.ends_with(". ") || sentence.ends_with("? ");
        if (!ends && i + 1 < whole.size()) continue;
        EXPECT_LE(grapheme_count(trimmed(sentence)), 60U) << key << ": " << sentence;
        sentence.clear();
        ++sentences;
      }
    }
    EXPECT_GT(sentences, 150U);
  }
}

}  // namespace
}  // namespace hinomi::tests
