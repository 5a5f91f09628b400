// A form's workbook, filled in elsewhere and read back, through the api and through the pages.
#include "base/bytes.h"
#include "contract/account_house.h"
#include "formats/workbook.h"

namespace hinomi::tests {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Answers = std::map<std::string, std::string>;

class FormReading : public AccountHouse {
 protected:
  // Counts the files that were opened, which is what somebody without the right must not get done.
  class Counting final : public api::Importer {
   public:
    Result<Outcome> import_file(const flow::Caller&, std::string_view, std::string_view, std::string_view) override {
      return not_found();
    }
    Result<std::vector<Table>> read_workbook(std::string_view) override { return not_found(); }
    Result<ReceivedFile> read_received(std::string_view bytes) override {
      ++opened;
      return read_received_file(bytes);
    }
    int opened = 0;
  };

  FormReading() {
    api_ = std::make_unique<api::Api>(api::ApiParts{installation_->platform(), *catalogue_, assets_, counting_,
                                                    printer_, std::string(app::embedded_api_description()),
                                                    installation_->cookie_key()});
    report_ = call("member_a_soc", Method::Post, "/api/v1/reports",
                   R"({"kind":"incident","summary":"送電が止まった","contact":"当直 03-0000-0000",)"
                   R"("facts":{"t.known":"2026-11-22T02:05:00+09:00","place":"第一変電所",)"
                   R"("outage.lost_kw":120000,"outage.minutes":25}})");
  }

  [[nodiscard]] std::string path() const { return "/api/v1/reports/" + report_.text("id"); }
  // Its answers overwritten by key, as somebody in a spreadsheet would.
  static std::string edited(const std::string& bytes, const Answers& answers) {
    const Workbook read = must(read_workbook(bytes));
    WorksheetDraft draft{.name = "Hinomi"};
    for (const WorkbookRow& row : read.sheets.front().rows) {
      const std::string key = row.cells.size() > 5 ? cell_text(row.cells[5].value) : "";
      for (std::size_t column = 0; column < row.cells.size(); ++column) {
        const bool is_printed = column == 6 && key == "hinomi.report";
        const auto answer = answers.find(is_printed ? "number printed" : key);
        const bool is_answer = (column == 2 || is_printed) && answer != answers.end();
        draft.cells.push_back(
            {row.number, column + 1, is_answer ? CellValue(answer->second) : row.cells[column].value});
      }
    }
    return must(write_workbook({.sheets = {draft}}));
  }
  std::string workbook(const Answers& answers = {}) {
    return edited(call("member_a_soc", Method::Get, path() + "/forms/jp-eba-prompt/workbook").body, answers);
  }
  Answer read(std::string_view who, std::string bytes, const std::string& query = "") {
    HttpRequest asked = request(Method::Post, "/api/v1/forms/read" + query, std::move(bytes));
    asked.headers.set("Content-Type", std::string(kWorkbookMediaType));
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    return send(std::move(asked));
  }
  Answer confirm(std::string_view who, const Answer& reading, const std::string& more = "", std::string_view key = "") {
    HttpRequest asked = request(Method::Post, "/api/v1/forms/read/confirmation",
                                R"({"sheet":)" + std::string(reading.json->root().find("sheet")->raw()) +
                                    R"(,"digest":")" + reading.text("digest") + "\"" + more + "}");
    if (!key.empty()) asked.headers.add("Idempotency-Key", std::string(key));
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    return send(std::move(asked));
  }
  Answer newest() { return call("member_a_soc", Method::Get, path()); }
  static std::string fact(const Answer& report, std::string_view name) {
    const auto found = report.json->root().find("content")->find("facts")->find(name);
    return found ? std::string(found->find("value").value_or(*found).raw()) : "";
  }
  static std::vector<std::string> rows(const Answer& reading, std::string_view outcome) {
    std::vector<std::string> found;
    const JsonView all = *reading.json->root().find("rows");
    for (const JsonView row : all) {
      if (row.string_at("outcome") == outcome) found.emplace_back(*row.string_at("source"));
    }
    return found;
  }
  static std::vector<std::string> moved_on(const Answer& reading) {
    std::vector<std::string> found;
    const JsonView all = *reading.json->root().find("rows");
    for (const JsonView row : all) {
      if (row.boolean_at("moved_on") == true) found.emplace_back(*row.string_at("source"));
    }
    return found;
  }
  Answer amended(const std::string& facts) {
    const auto version = *newest().json->root().integer_at("version");
    return call("member_a_lead", Method::Post, path() + "/versions",
                R"({"based_on":)" + std::to_string(version) +
                    R"(,"kind":"incident","summary":"送電が止まった","facts":{)" + facts + "}}");
  }

  Counting counting_;
  Answer report_;
};

TEST_F(FormReading, AnUntouchedWorkbookChangesNothing) {
  const Answer reading = read("member_a_soc", workbook());
  ASSERT_EQ(reading.status, 200) << reading.body;
  EXPECT_EQ(reading.text("number"), report_.text("number"));
  EXPECT_THAT(rows(reading, "changed"), IsEmpty());
  EXPECT_THAT(rows(reading, "not_understood"), IsEmpty());
  EXPECT_THAT(rows(reading, "refused"), IsEmpty());
  EXPECT_EQ(confirm("member_a_soc", reading).text("code"), "forms.take_nothing");
  EXPECT_EQ(newest().json->root().integer_at("version"), 1);
}

TEST_F(FormReading, WhatWasChangedIsShownAndFiledAsTheNextVersion) {
  const Answer reading = read("member_a_soc", workbook({{"outage.lost_kw", "かなり"},
                                                        {"t.occurred", "11/22 02時台"},
                                                        {"report.summary", "送電が止まり、復旧した"}}));
  ASSERT_EQ(reading.status, 200) << reading.body;
  EXPECT_THAT(rows(reading, "not_understood"), ElementsAre("outage.lost_kw"));
  const Answer again = read("member_a_soc", workbook({{"outage.lost_kw", "約９万５千ｋＷ"},
                                                      {"t.occurred", "11/22 02時台"},
                                                      {"report.summary", "送電が止まり、復旧した"}}));
  EXPECT_THAT(rows(again, "changed"), ElementsAre("t.occurred", "report.summary", "outage.lost_kw"));
  EXPECT_EQ(newest().json->root().integer_at("version"), 1);
  const Answer filed = confirm("member_a_soc", again);
  ASSERT_EQ(filed.status, 201) << filed.body;
  EXPECT_EQ(filed.json->root().integer_at("version"), 2);
  const Answer now = newest();
  EXPECT_EQ(fact(now, "outage.lost_kw"), "95000");
  EXPECT_EQ(fact(now, "place"), "\"第一変電所\"");
  EXPECT_EQ(fact(now, "t.occurred"), "\"2026-11-21T17:00:00.000000Z\"");
  EXPECT_EQ(now.json->root().find("content")->string_at("summary"), "送電が止まり、復旧した");
  EXPECT_EQ(now.json->root().find("content")->string_at("contact"), "当直 03-0000-0000");
}

TEST_F(FormReading, AnOldSheetUndoesNothing) {
  const std::string old = workbook({{"outage.minutes", "40"}});
  ASSERT_EQ(amended(R"("place":"第二変電所")").status, 201);
  const Answer reading = read("member_a_soc", old);
  EXPECT_EQ(reading.json->root().integer_at("printed_version"), 1);
  EXPECT_EQ(reading.json->root().integer_at("newest_version"), 2);
  EXPECT_THAT(rows(reading, "changed"), ElementsAre("outage.minutes"));
  EXPECT_THAT(moved_on(reading), testing::IsSupersetOf({"place"}));
  ASSERT_EQ(confirm("member_a_soc", reading).status, 201);
  EXPECT_EQ(fact(newest(), "place"), "\"第二変電所\"");
  EXPECT_EQ(fact(newest(), "outage.minutes"), "40");
}

TEST_F(FormReading, WhatOthersChangedMeanwhileIsTakenOnlyWhenSomebodySaysSo) {
  const std::string old = workbook({{"outage.minutes", "40"}, {"place", "第三変電所"}});
  ASSERT_EQ(amended(R"("place":"第二変電所")").status, 201);
  const Answer reading = read("member_a_soc", old);
  EXPECT_EQ(reading.json->root().find("safe")->raw(), R"(["outage.minutes"])");
  ASSERT_EQ(confirm("member_a_soc", reading).status, 201);
  EXPECT_EQ(fact(newest(), "place"), "\"第二変電所\"");
  const Answer once_more = read("member_a_soc", old);
  EXPECT_THAT(rows(once_more, "changed"), ElementsAre("place"));
  EXPECT_EQ(confirm("member_a_soc", once_more, R"(,"take":["outage.minutes"])").text("code"), "forms.take_unknown");
  ASSERT_EQ(confirm("member_a_soc", once_more, R"(,"take":["place"])").status, 201);
  EXPECT_EQ(fact(newest(), "place"), "\"第三変電所\"");
}

TEST_F(FormReading, NothingIsFiledButWhatWasLookedAt) {
  const Answer reading = read("member_a_soc", workbook({{"outage.minutes", "40"}}));
  ASSERT_EQ(amended(R"("outage.minutes":55)").status, 201);
  const Answer refused = confirm("member_a_soc", reading);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.text("code"), "forms.proposal_changed");
  EXPECT_EQ(newest().json->root().integer_at("version"), 2);
  EXPECT_EQ(call("member_a_soc", Method::Post, "/api/v1/forms/read/confirmation", "{}").status, 400);
  EXPECT_EQ(
      call("member_a_soc", Method::Post, "/api/v1/forms/read/confirmation", R"({"sheet":{},"digest":"x","owner":"y"})")
          .text("code"),
      "json.unknown_field");
}

TEST_F(FormReading, ARepeatedConfirmationFilesOnce) {
  const Answer reading = read("member_a_soc", workbook({{"outage.minutes", "40"}}));
  const Answer first = confirm("member_a_soc", reading, "", "press-1");
  const Answer second = confirm("member_a_soc", reading, "", "press-1");
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(newest().json->root().integer_at("version"), 2);
}

TEST_F(FormReading, WithoutItsNumberItIsANewReport) {
  const std::string bytes =
      workbook({{"hinomi.report", ""}, {"report.summary", "別の変電所でも止まった"}, {"place", "第九変電所"}});
  const Answer reading = read("member_b_soc", bytes);
  ASSERT_EQ(reading.status, 200) << reading.body;
  EXPECT_EQ(reading.json->root().boolean_at("is_new"), true);
  EXPECT_THAT(rows(reading, "changed"), testing::IsSupersetOf({"report.summary", "place", "outage.lost_kw"}));
  const Answer filed = confirm("member_b_soc", reading);
  ASSERT_EQ(filed.status, 201) << filed.body;
  EXPECT_NE(filed.text("number"), report_.text("number"));
  const Answer made = call("member_b_soc", Method::Get, "/api/v1/reports/" + filed.text("report"));
  EXPECT_EQ(fact(made, "place"), "\"第九変電所\"");
  EXPECT_EQ(call("member_a_soc", Method::Get, "/api/v1/reports/" + filed.text("report")).status, 404);
}

TEST_F(FormReading, ABlankFormIsFilledInAsANewReport) {
  const Answer file = call("member_a_soc", Method::Get, path() + "/forms/jp-eba-prompt/workbook?blank=true");
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.headers.find("Content-Disposition"), "attachment; filename=\"jp-eba-prompt.xlsx\"");
  const Answer empty = read("member_a_soc", file.body);
  EXPECT_EQ(empty.json->root().boolean_at("is_new"), true);
  EXPECT_THAT(rows(empty, "changed"), IsEmpty());
  const Answer reading =
      read("member_a_soc",
           edited(file.body,
                  {{"report.summary", "構内で停電"}, {"t.known", "11/22 02:05"}, {"outage.customers", "1.5万戸"}}));
  EXPECT_THAT(rows(reading, "changed"), ElementsAre("t.known", "report.summary", "outage.customers"));
  const Answer filed = confirm("member_a_soc", reading);
  ASSERT_EQ(filed.status, 201) << filed.body;
  EXPECT_EQ(filed.json->root().integer_at("version"), 1);
}

TEST_F(FormReading, ANewReportThatCouldNotBeFiledSaysWhyBefore) {
  const Answer reading = read("member_a_soc", workbook({{"hinomi.report", ""}, {"t.known", ""}}));
  ASSERT_EQ(reading.status, 200) << reading.body;
  ASSERT_TRUE(reading.json->root().find("problem").has_value()) << reading.body;
  EXPECT_FALSE(reading.json->root().find("problem")->string_at("do")->empty());
  EXPECT_EQ(confirm("member_a_soc", reading).status, 400);
}

TEST_F(FormReading, WhoMayNotReadTheReportLearnsNothingAndWhoMayNotFileFilesNothing) {
  const std::string bytes = workbook({{"outage.minutes", "40"}});
  const Answer hidden = read("member_b_soc", bytes);
  EXPECT_EQ(hidden.status, 404);
  const std::string absent = workbook({{"hinomi.report", "NR-2026-AAAA"}, {"number printed", "NR-2026-AAAA"}});
  EXPECT_EQ(hidden.body, read("member_b_soc", absent).body);
  const int opened = counting_.opened;
  for (const char* who : {"ministry", "auditor", "operator"}) EXPECT_EQ(read(who, bytes).status, 403) << who;
  EXPECT_EQ(counting_.opened, opened);
  const Answer reading = read("member_a_soc", bytes);
  for (const char* who : {"member_b_soc", "member_c_soc"}) EXPECT_EQ(confirm(who, reading).status, 404) << who;
  for (const char* who : {"ministry", "auditor", "operator"}) EXPECT_EQ(confirm(who, reading).status, 403) << who;
  const std::string reader = token_with("member_a_soc", R"(["read"])");
  HttpRequest asked = request(Method::Post, "/api/v1/forms/read", bytes);
  asked.headers.set("Content-Type", std::string(kWorkbookMediaType));
  asked.headers.add("Authorization", "Bearer " + reader);
  EXPECT_EQ(send(std::move(asked)).status, 403);
  EXPECT_EQ(newest().json->root().integer_at("version"), 1);
}

TEST_F(FormReading, AnalystsTypeForAMemberAsWithAnyReport) {
  const Answer reading = read("analyst1", workbook({{"outage.minutes", "40"}}));
  ASSERT_EQ(confirm("analyst1", reading).status, 201);
  EXPECT_EQ(fact(newest(), "outage.minutes"), "40");
}

// As a mail program of this country would send it.
std::string mailed(const std::string& workbook) {
  const std::string base64 =
      to_base64(ByteView(reinterpret_cast<const std::uint8_t*>(workbook.data()), workbook.size()));
  std::string lines;
  for (std::size_t i = 0; i < base64.size(); i += 76) lines += base64.substr(i, 76) + "\r\n";
  return "From: =?ISO-2022-JP?B?GyRCOjRGIxsoQg==?= <member_b_soc@member.example>\r\n"
         "Date: Sun, 22 Nov 2026 02:05:00 +0900\r\nSubject: form\r\nMIME-Version: 1.0\r\n"
         "Content-Type: multipart/mixed; boundary=letter\r\n\r\n--letter\r\nContent-Type: text/plain\r\n\r\nhi\r\n"
         "--letter\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
         "Content-Disposition: attachment; filename*=UTF-8''%E9%80%9F%E5%A0%B1.xlsx\r\n\r\n" +
         lines + "--letter--\r\n";
}

TEST_F(FormReading, AMailIsReadAsItsWorkbookAndItsSenderDecidesNothing) {
  const Answer reading = read("member_a_soc", mailed(workbook({{"outage.minutes", "40"}})));
  ASSERT_EQ(reading.status, 200) << reading.body;
  EXPECT_THAT(rows(reading, "changed"), ElementsAre("outage.minutes"));
  EXPECT_EQ(reading.json->root().find("mail")->string_at("from"), "佐藤 <member_b_soc@member.example>");
  EXPECT_EQ(read("member_b_soc", mailed(workbook())).status, 404);
  ASSERT_EQ(confirm("member_a_soc", reading).status, 201);
  const Answer now = newest();
  EXPECT_EQ(fact(now, "outage.minutes"), "40");
  EXPECT_THAT(now.body, Not(HasSubstr("member.example")));
}

TEST_F(FormReading, AMailWithoutAFormIsExplained) {
  EXPECT_EQ(read("member_a_soc", "From: a@b.example\r\nDate: x\r\n\r\nhello").text("code"), "mail.no_workbook");
  EXPECT_EQ(read("member_a_soc", mailed(workbook()).substr(0, 2000)).text("code"), "mail.damaged");
  EXPECT_EQ(read("member_a_soc", mailed("PK no workbook")).text("code"), "workbook.format");
}

TEST_F(FormReading, WhatIsNoFormOfOursIsExplained) {
  const auto sheet = [](const std::string& text) {
    return must(write_workbook({.sheets = {{.name = "a", .cells = {{1, 1, text}}}}}));
  };
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"workbook.format", "no workbook"},
      {"workbook.format", ""},
      {"workbook.damaged", workbook().substr(0, 900)},
      {"forms.sheet_none", sheet("牛乳")},
      {"forms.sheet_layout", sheet("hinomi.sheet")},
      {"forms.sheet_number", workbook({{"hinomi.report", "NR-2026-AAAA"}})}};
  for (const auto& [code, bytes] : wrong) {
    const Answer refused = read("member_a_soc", bytes);
    EXPECT_EQ(refused.status, 400) << code << refused.body;
    EXPECT_EQ(refused.text("code"), code);
    EXPECT_THAT(refused.text("title"), Not(IsEmpty()));
  }
}

// --- the pages

class FormReadingPage : public FormReading {
 protected:
  static std::string part(const std::string& name, const std::string& content) {
    return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
  }
  Answer upload(const Browser& browser, const std::string& body) {
    HttpRequest asked = request(Method::Post, "/forms/read/file", body + "--edge--\r\n");
    asked.headers.set("Content-Type", "multipart/form-data; boundary=edge");
    asked.headers.add("Cookie", browser.cookie);
    return send(std::move(asked));
  }
  Answer sent(const Browser& browser, const std::string& body) {
    HttpRequest asked = request(Method::Post, "/forms/read", "csrf=" + browser.csrf + "&" + body);
    asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Cookie", browser.cookie);
    return send(std::move(asked));
  }
  // The value of a hidden field, as a browser would send it again.
  static std::string hidden(const std::string& page, const std::string& name) {
    const std::string before = "name=\"" + name + "\" value=\"";
    const auto begin = page.rfind(before);
    if (begin == std::string::npos) return "";
    std::string value =
        page.substr(begin + before.size(), page.find('"', begin + before.size()) - begin - before.size());
    for (const auto& [escape, plain] : std::vector<std::pair<std::string, std::string>>{
             {"&quot;", "\""}, {"&#34;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&#39;", "'"}, {"&amp;", "&"}}) {
      for (auto at = value.find(escape); at != std::string::npos; at = value.find(escape, at + plain.size()))
        value.replace(at, escape.size(), plain);
    }
    return url_encoded(value);
  }
  static std::string carried(const std::string& page) {
    return "key=" + hidden(page, "key") + "&digest=" + hidden(page, "digest") + "&sheet=" + hidden(page, "sheet");
  }
};

TEST_F(FormReadingPage, ShowsWhatWouldChangeAndFilesIt) {
  const Browser reporter = browser("member_a_soc");
  EXPECT_THAT(with(reporter, Method::Get, "/forms/read").body, HasSubstr("multipart/form-data"));
  const Answer shown = upload(reporter, part("csrf", reporter.csrf) +
                                            part("file", workbook({{"outage.minutes", "40"}, {"place", "<b>変電所"}})));
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_THAT(shown.body, AllOf(HasSubstr("25 分"), HasSubstr("40 分"), HasSubstr("&lt;b&gt;変電所"),
                                Not(HasSubstr("<b>変電所")), Not(HasSubstr("page.reading."))));
  const Answer filed =
      sent(reporter, "step=confirm&offered=place&offered=outage.minutes&take=outage.minutes&" + carried(shown.body));
  ASSERT_EQ(filed.status, 303) << filed.body;
  EXPECT_EQ(filed.headers.find("Location"), "/reports/" + report_.text("id"));
  EXPECT_EQ(fact(newest(), "outage.minutes"), "40");
  EXPECT_EQ(fact(newest(), "place"), "\"第一変電所\"");
}

TEST_F(FormReadingPage, WhomItIsReadForIsKeptFromPageToPage) {
  const Browser analyst = browser("analyst1");
  const Answer me = call("member_b_soc", Method::Get, "/api/v1/me");
  const std::string member(me.json->root().find("org")->string_at("id").value_or(""));
  const std::string asked = with(analyst, Method::Get, "/forms/read?for_org=" + member).body;
  EXPECT_THAT(asked, HasSubstr("action=\"/forms/read/file?for_org=" + member + "\""));
  EXPECT_THAT(with(analyst, Method::Get, "/forms/read").body, Not(HasSubstr("for_org")));
}

TEST_F(FormReadingPage, WhatWasNotUnderstoodIsTypedAgainAndLookedAtBeforeItIsFiled) {
  const Browser reporter = browser("member_a_soc");
  const Answer shown =
      upload(reporter, part("csrf", reporter.csrf) + part("file", workbook({{"outage.minutes", "たくさん"}})));
  const auto at = shown.body.find("name=\"answer.");
  ASSERT_NE(at, std::string::npos) << shown.body;
  const std::string field = shown.body.substr(at + 6, shown.body.find('"', at + 6) - at - 6);
  const Answer unseen = sent(reporter, "step=confirm&" + field + "=40&take=outage.minutes&" + carried(shown.body));
  EXPECT_EQ(unseen.status, 409);
  EXPECT_EQ(newest().json->root().integer_at("version"), 1);
  EXPECT_THAT(unseen.body, HasSubstr("40 分"));
  const Answer seen = sent(reporter, "step=check&" + field + "=40&" + carried(shown.body));
  ASSERT_EQ(seen.status, 200);
  ASSERT_EQ(sent(reporter, "step=confirm&take=outage.minutes&" + carried(seen.body)).status, 303);
  EXPECT_EQ(fact(newest(), "outage.minutes"), "40");
}

TEST_F(FormReadingPage, AMailShowsWhatItSaysOfItselfUntilItIsFiled) {
  const Browser reporter = browser("member_a_soc");
  const Answer shown =
      upload(reporter, part("csrf", reporter.csrf) + part("file", mailed(workbook({{"outage.minutes", "40"}}))));
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_THAT(shown.body, HasSubstr("佐藤 &lt;member_b_soc@member.example&gt;"));
  EXPECT_THAT(sent(reporter, "step=check&" + carried(shown.body)).body, HasSubstr("member_b_soc@member.example"));
  EXPECT_EQ(sent(reporter, "step=confirm&take=outage.minutes&" + carried(shown.body)).status, 303);
}

TEST_F(FormReadingPage, AFileThatCannotBeReadIsExplainedOnThePage) {
  const Browser reporter = browser("member_a_soc");
  for (const std::string& bytes : {std::string("no workbook"), std::string()}) {
    const Answer shown = upload(reporter, part("csrf", reporter.csrf) + part("file", bytes));
    EXPECT_EQ(shown.status, 400);
    EXPECT_THAT(shown.body, AllOf(HasSubstr("error-summary"), HasSubstr("name=\"file\""), Not(HasSubstr("error."))));
  }
}

TEST_F(FormReadingPage, NeedsTheProofOfItsSessionAndTheRightToReport) {
  const Browser reporter = browser("member_a_soc");
  const Browser other = browser("member_b_soc");
  const std::string bytes = workbook({{"outage.minutes", "40"}});
  const int opened = counting_.opened;
  EXPECT_EQ(upload(reporter, part("file", bytes)).status, 403);
  EXPECT_EQ(upload(reporter, part("csrf", other.csrf) + part("file", bytes)).status, 403);
  EXPECT_EQ(counting_.opened, opened);
  const Browser ministry = browser("ministry");
  EXPECT_EQ(with(ministry, Method::Get, "/forms/read").status, 403);
  EXPECT_EQ(upload(ministry, part("csrf", ministry.csrf) + part("file", bytes)).status, 403);
  EXPECT_EQ(counting_.opened, opened);
  const Answer shown = upload(reporter, part("csrf", reporter.csrf) + part("file", bytes));
  EXPECT_EQ(sent(other, "step=confirm&take=outage.minutes&" + carried(shown.body)).status, 404);
  EXPECT_EQ(newest().json->root().integer_at("version"), 1);
}

}  // namespace
}  // namespace hinomi::tests
