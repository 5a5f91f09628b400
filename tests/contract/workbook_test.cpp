// Lists as workbooks, through the api and through the pages.
#include "formats/workbook.h"
#include "contract/account_house.h"

namespace hinomi::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using Lines = std::vector<std::vector<std::string>>;

class Workbooks : public AccountHouse {
 protected:
  // Counts the files that were opened, which is what somebody without the right must not get done.
  class Counting final : public api::Importer {
   public:
    Result<Outcome> import_file(const flow::Caller&, std::string_view, std::string_view, std::string_view) override {
      return not_found();
    }
    Result<std::vector<Table>> read_workbook(std::string_view bytes) override {
      ++opened;
      return read_tables(bytes);
    }
    Result<ReceivedFile> read_received(std::string_view) override { return not_found(); }
    int opened = 0;
  };

  Workbooks() {
    api_ = std::make_unique<api::Api>(api::ApiParts{installation_->platform(), *catalogue_, assets_, counting_,
                                                    printer_, std::string(app::embedded_api_description()),
                                                    installation_->cookie_key()});
  }

  static WorksheetDraft sheet(const std::string& name, const Lines& lines) {
    WorksheetDraft draft{.name = name};
    for (std::size_t row = 0; row < lines.size(); ++row)
      for (std::size_t column = 0; column < lines[row].size(); ++column)
        draft.cells.push_back({row + 1, column + 1, lines[row][column]});
    return draft;
  }
  static std::string workbook(std::vector<WorksheetDraft> sheets) {
    return must(write_workbook({.sheets = std::move(sheets)}));
  }
  // A new member with a person and a desk, each on a sheet of its own.
  static std::string new_member() {
    return workbook(
        {sheet("担当者", {{"ログイン名", "会員名", "氏名", "役割"}, {"ken.mori", "みさき送配電", "森 健", "reporter"}}),
         sheet("会員", {{"会員名", "英字名", "種別"}, {"みさき送配電", "Misaki T&D", "operator"}}),
         sheet("空のシート", {})});
  }

  Answer propose(std::string_view who, const std::string& query, std::string bytes) {
    HttpRequest asked = request(Method::Post, "/api/v1/directory/changes" + query, std::move(bytes));
    asked.headers.set("Content-Type", std::string(kWorkbookMediaType));
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    asked.headers.add("Accept-Language", "en");
    if (query.find("dry_run") == std::string::npos) asked.headers.set("Hinomi-Step-Up", step_up(who).substr(10));
    return send(std::move(asked));
  }

  Browser at_the_browser(std::string_view who) {
    const app::DemoAccount& shown = account(who);
    std::string code;
    if (!shown.totp_secret.empty())
      code = totp_code(Secret<Bytes>(must(from_base32(shown.totp_secret))),
                       clock_.now().time_since_epoch() / std::chrono::seconds(30));
    const Answer answer = sign_in(shown.login, shown.password, "127.0.0.1", code);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const std::string_view cookie = answer.headers.find("Set-Cookie").value_or("");
    return {std::string(cookie.substr(0, cookie.find(';'))), answer.text("csrf")};
  }
  static std::string part(const std::string& name, const std::string& content) {
    return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
  }
  Answer upload(const Browser& browser, const std::string& body) {
    HttpRequest asked = request(Method::Post, "/directory/import/workbook", body + "--edge--\r\n");
    asked.headers.set("Content-Type", "multipart/form-data; boundary=edge");
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
    return value;
  }
  bool has_org(std::string_view name) {
    for (const auto& [id, org] : installation_->store().directory()->orgs)
      if (org.name == name) return true;
    return false;
  }

  Counting counting_;
};

TEST_F(Workbooks, ADryRunShowsTheDifferencesAndWritesNothing) {
  const auto before = installation_->store().directory()->epoch;
  const Answer shown = propose("analyst1", "?dry_run=true", new_member());
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_THAT(shown.body, AllOf(HasSubstr("Misaki T&D"), HasSubstr("ken.mori")));
  EXPECT_THAT(*shown.json->root().find("problems"), SizeIs(0));
  EXPECT_THAT(*shown.json->root().find("differences"), SizeIs(2));
  EXPECT_EQ(installation_->store().directory()->epoch, before);
  EXPECT_EQ(call("analyst1", Method::Get, "/api/v1/directory/changes").json->root().find("items")->size(), 0U);
}

TEST_F(Workbooks, AWorkbookSaysTheSameAsTheListsWouldOneByOne) {
  const Answer proposed = propose("analyst1", "?note=x", new_member());
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  EXPECT_EQ(proposed.text("note"), "x");
  const Answer agreed =
      call("analyst2", Method::Post, "/api/v1/directory/changes/" + proposed.text("id") + "/agreements",
           "{" + step_up("analyst2") + "}");
  ASSERT_EQ(agreed.status, 200) << agreed.body;
  EXPECT_EQ(agreed.text("state"), "confirmed");
  EXPECT_TRUE(has_org("みさき送配電"));
}

TEST_F(Workbooks, AProblemNamesItsSheetAndRow) {
  const Answer shown =
      propose("analyst1", "?dry_run=true",
              workbook({sheet("人", {{"login", "roles"}, {}, {"nobody.here", "wizard"}}),
                        sheet("会員", {{"organisation", "kind"}, {"x", "y"}, {"a", "b", "too far"}})}));
  ASSERT_EQ(shown.status, 200) << shown.body;
  const JsonView problems = *shown.json->root().find("problems");
  ASSERT_EQ(problems.size(), 3U) << shown.body;
  std::set<std::string> places;
  for (const JsonView problem : problems)
    places.insert(std::string(*problem.string_at("list")) + " " + std::to_string(*problem.integer_at("row")));
  EXPECT_EQ(places, (std::set<std::string>{"人 3", "会員 2", "会員 3"}));
}

TEST_F(Workbooks, WhatCannotBeReadIsExplained) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"workbook.format", "login,roles\n"},
      {"workbook.damaged", new_member().substr(0, 700)},
      {"workbook.empty", workbook({sheet("a", {})})},
      {"directory.heading", workbook({sheet("買い物", {{"牛乳", "卵"}})})}};
  for (const auto& [code, bytes] : wrong) {
    const Answer refused = propose("analyst1", "?dry_run=true", bytes);
    EXPECT_EQ(refused.status, 400) << refused.body;
    EXPECT_EQ(refused.text("code"), code);
    EXPECT_THAT(refused.text("title"), Not(IsEmpty()));
  }
}

TEST_F(Workbooks, NoFileIsOpenedForWhoMayNotPropose) {
  EXPECT_EQ(propose("member_a_soc", "?dry_run=true", new_member()).status, 403);
  const Browser member = at_the_browser("member_a_soc");
  EXPECT_EQ(upload(member, part("csrf", member.csrf) + part("workbook", new_member())).status, 403);
  EXPECT_EQ(counting_.opened, 0);
}

TEST_F(Workbooks, ThePageChecksAnUploadAndProposesWhatItShowed) {
  const Browser analyst = at_the_browser("analyst1");
  const Answer form = with(analyst, Method::Get, "/directory/import");
  EXPECT_THAT(form.body, AllOf(HasSubstr("multipart/form-data"), HasSubstr("/api/v1/directory/template")));
  const Answer shown =
      upload(analyst, part("csrf", analyst.csrf) + part("note", "新会員 & co") + part("workbook", new_member()));
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_THAT(shown.body, AllOf(HasSubstr("ken.mori"), HasSubstr("みさき送配電"), Not(HasSubstr("page.directory."))));
  EXPECT_THAT(shown.body, HasSubstr("step_up_password"));
  const auto propose_page = [&](const std::string& proof) {
    HttpRequest asked = request(Method::Post, "/directory/import",
                                "csrf=" + analyst.csrf + "&step=propose&note=" + url_encoded("新会員 & co") +
                                    "&rows=" + url_encoded(hidden(shown.body, "rows")) + proof);
    asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Cookie", analyst.cookie);
    return send(std::move(asked));
  };
  const Answer absent = propose_page("");
  EXPECT_EQ(absent.status, 403);
  EXPECT_THAT(absent.body, AllOf(HasSubstr("step_up_password"), HasSubstr("ken.mori"))) << "nothing typed is lost";
  const Answer proposed = propose_page("&step_up_password=" + account("analyst1").password);
  ASSERT_EQ(proposed.status, 303) << proposed.body;
  const std::string page = with(analyst, Method::Get, *proposed.headers.find("Location")).body;
  EXPECT_THAT(page, AllOf(HasSubstr("新会員 &amp; co"), HasSubstr("ken.mori"), HasSubstr("Misaki T&amp;D")));
}

TEST_F(Workbooks, ThePageExplainsAFileThatItCannotRead) {
  const Browser analyst = at_the_browser("analyst1");
  WorksheetDraft formula = sheet("人", {{"login"}});
  for (const std::string& bytes : {std::string("no workbook"), std::string()}) {
    const Answer shown = upload(analyst, part("csrf", analyst.csrf) + part("workbook", bytes));
    EXPECT_EQ(shown.status, 400);
    EXPECT_THAT(shown.body,
                AllOf(HasSubstr("error-summary"), HasSubstr("multipart/form-data"), Not(HasSubstr("error."))));
  }
  const Answer heading =
      upload(analyst, part("csrf", analyst.csrf) + part("workbook", workbook({sheet("買い物", {{"牛乳"}})})));
  EXPECT_THAT(heading.body, HasSubstr("買い物: row 1"));
}

TEST_F(Workbooks, AnUploadNeedsTheProofOfItsSession) {
  const Browser analyst = at_the_browser("analyst1");
  const Browser other = at_the_browser("analyst2");
  const std::string file = part("workbook", new_member());
  EXPECT_EQ(upload(analyst, file).status, 403);
  EXPECT_EQ(upload(analyst, part("csrf", other.csrf) + file).status, 403);
  EXPECT_EQ(upload(analyst, part("csrf", "") + file).status, 403);
  EXPECT_EQ(upload(analyst, part("x\"; name=\"csrf", analyst.csrf) + file).status, 403);
  EXPECT_EQ(counting_.opened, 0);
  EXPECT_EQ(upload(analyst, file + part("csrf", analyst.csrf)).status, 200);
}

TEST_F(Workbooks, TheTemplateIsReadAgainInBothLanguages) {
  for (const char* language : {"ja", "en"}) {
    HttpRequest asked = request(Method::Get, "/api/v1/directory/template");
    asked.headers.add("Authorization", "Bearer " + account("analyst1").api_token);
    asked.headers.add("Accept-Language", language);
    const Answer empty = send(std::move(asked));
    ASSERT_EQ(empty.status, 200);
    EXPECT_EQ(empty.headers.find("Content-Type"), kWorkbookMediaType);
    EXPECT_THAT(must(read_tables(empty.body)), SizeIs(6));
    const Answer unchanged = propose("analyst1", "?dry_run=true", empty.body);
    ASSERT_EQ(unchanged.status, 200) << unchanged.body;
    EXPECT_EQ(unchanged.json->root().find("problems")->size(), 0U);
    EXPECT_EQ(unchanged.json->root().find("differences")->size(), 0U);
  }
}

}  // namespace
}  // namespace hinomi::tests
