// The forms of a report through the api: which are asked for, filled from which version, and for whom they exist.
#include "base/crypto.h"
#include "contract/house.h"
#include "forms/filled.h"

namespace hinomi::tests {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Forms : public House {
 protected:
  // An outage that must be told to the minister at once; `more` adds facts.
  Answer outage(const std::string& more = "") {
    return call(
        "member_a_soc", Method::Post, "/api/v1/reports",
        R"({"kind":"incident","summary":"変電所の監視画面が操作され、送電が止まった","contact":"当直 03-0000-0000",)"
        R"("facts":{"t.recognised":"2026-11-22T02:05:00+09:00","t.known":"2026-11-22T02:05:00+09:00",)"
        R"("place":"第一変電所","t.occurred":{"state":"investigating"},"outage.lost_kw":120000,"outage.minutes":25)" +
            more + "}}");
  }
  Answer amended(const Answer& report, const std::string& body) {
    return call("member_a_soc", Method::Post, "/api/v1/reports/" + report.text("id") + "/versions", body);
  }
  static std::string forms_of(const Answer& report) { return "/api/v1/reports/" + report.text("id") + "/forms"; }

  static std::string field(const Answer& answer, std::string_view id) {
    const auto form = forms::parse_filled_form(answer.json->root().find("filled")->raw());
    for (const forms::FilledSection& section : form->sections) {
      for (const forms::FilledField& field : section.fields) {
        if (field.id == id) return forms::field_text(field);
      }
    }
    return "no such field";
  }
  static std::optional<JsonView> first_for(const Answer& answer, std::string_view duty) {
    const JsonView items = *answer.json->root().find("items");
    for (const JsonView item : items) {
      if (item.string_at("duty") == duty) return item;
    }
    return std::nullopt;
  }
  static std::vector<std::string> offered(const Answer& answer, std::string_view duty) {
    std::vector<std::string> forms;
    const JsonView items = *answer.json->root().find("items");
    for (const JsonView item : items) {
      if (item.string_at("duty") == duty)
        forms.push_back(std::string(*item.string_at("stage")) + " " + std::string(*item.string_at("form")));
    }
    return forms;
  }
};

TEST_F(Forms, AReportIsOfferedTheFormsOfItsDutiesWithTheReason) {
  const Answer list = call("member_a_soc", Method::Get, forms_of(outage()));
  ASSERT_EQ(list.status, 200) << list.body;
  ASSERT_NE(list.json, nullptr) << list.body;
  EXPECT_THAT(offered(list, "JP-EBA-R3-09"), ElementsAre("prompt jp-eba-prompt", "detailed jp-eba-detailed"));
  const auto prompt = first_for(list, "JP-EBA-R3-09");
  ASSERT_TRUE(prompt.has_value());
  const JsonView first = *prompt;
  EXPECT_EQ(first.string_at("verdict"), "fires");
  EXPECT_FALSE(first.string_at("why")->empty());
  EXPECT_EQ(first.string_at("due"), "2026-11-22T17:05:00.000000Z");
  EXPECT_EQ(first.find("addressees")->at(0).string_at("code"), "meti");
  EXPECT_EQ(first.boolean_at("layout_verified"), false);
}

TEST_F(Forms, ANearMissAsksForTheVoluntaryNoticeAlone) {
  const Answer filed = call(
      "member_a_soc", Method::Post, "/api/v1/reports",
      R"({"kind":"near_miss","summary":"添付を開く前に気づいた","facts":{"t.recognised":"2026-11-22T02:05:00+09:00"}})");
  ASSERT_EQ(filed.status, 201) << filed.body;
  const Answer list = call("member_a_soc", Method::Get, forms_of(filed));
  EXPECT_THAT(offered(list, "JP-CI-4"), Contains("notice jp-ci-notice"));
  const JsonView items = *list.json->root().find("items");
  for (const JsonView item : items)
    EXPECT_EQ(item.string_at("verdict") == "fires", item.string_at("duty") == "JP-CI-4");
  EXPECT_EQ(call("member_a_soc", Method::Get, forms_of(filed) + "/jp-eba-detailed").text("code"), "forms.not_offered");
}

TEST_F(Forms, AFilledFormSaysWhatWasSaidAndWhatWasNot) {
  const Answer report = outage();
  const Answer form = call("member_a_soc", Method::Get, forms_of(report) + "/jp-eba-prompt");
  ASSERT_EQ(form.status, 200) << form.body;
  EXPECT_EQ(form.text("number"), report.text("number"));
  EXPECT_EQ(field(form, "accident.place"), "第一変電所");
  EXPECT_EQ(field(form, "accident.occurred"), "調査中");
  EXPECT_EQ(field(form, "state.response"), "未記入");
  const JsonView missing = *form.json->root().find("missing");
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing.at(0).string_at("field"), "accident.equipment");
}

TEST_F(Forms, TheDigestIsOfExactlyTheBytesOfTheForm) {
  const Answer form = call("member_a_soc", Method::Get, forms_of(outage()) + "/jp-eba-prompt");
  EXPECT_EQ(form.text("digest"), to_hex(sha256(form.json->root().find("filled")->raw())));
  const auto parsed = forms::parse_filled_form(form.json->root().find("filled")->raw());
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(forms::filled_form_text(*parsed), form.json->root().find("filled")->raw());
}

TEST_F(Forms, AnOldVersionStaysWhatItWas) {
  const Answer first = outage();
  const Answer second = amended(
      first,
      R"({"based_on":1,"kind":"incident","summary":"送電が止まった","facts":{"place":"第二変電所","cause.text":"誤操作"}})");
  ASSERT_EQ(second.status, 201) << second.body;
  const std::string form = forms_of(first) + "/jp-eba-prompt";
  EXPECT_THAT(call("member_a_soc", Method::Get, form + "?version=1").body, HasSubstr("第一変電所"));
  const Answer newest = call("member_a_soc", Method::Get, form);
  EXPECT_THAT(newest.body, HasSubstr("第二変電所"));
  EXPECT_EQ(newest.json->root().integer_at("report_version"), 2);
  EXPECT_EQ(call("member_a_soc", Method::Get, form + "?version=3").status, 404);
  EXPECT_EQ(call("member_a_soc", Method::Get, form + "?version=0").status, 400);
}

TEST_F(Forms, AFormThatNobodyAsksForIsNotFilled) {
  const Answer report = outage();
  const auto get = [&](const std::string& form) { return call("member_a_soc", Method::Get, forms_of(report) + form); };
  EXPECT_EQ(get("/jp-no-such-form").status, 404);
  EXPECT_EQ(get("/jp-eba-prompt?duty=JP-APPI-26").text("code"), "forms.not_offered");
  EXPECT_EQ(get("/jp-eba-prompt?duty=JP-EBA-R3-09&stage=detailed").text("code"), "forms.not_offered");
  EXPECT_EQ(get("/jp-eba-prompt?duty=JP-EBA-R3-09&stage=prompt").status, 200);
}

TEST_F(Forms, WhoMayNotReadTheReportLearnsNothingOfItsForms) {
  const Answer report = outage();
  const std::string absent = "/api/v1/reports/5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c/forms";
  for (const std::string tail : {"", "?version=1", "/jp-eba-prompt", "/jp-eba-prompt?version=1", "/jp-no-such-form"}) {
    const Answer hidden = call("member_b_soc", Method::Get, forms_of(report) + tail);
    EXPECT_EQ(hidden.status, 404) << tail;
    EXPECT_EQ(hidden.body, call("member_b_soc", Method::Get, absent + tail).body) << tail;
  }
  const std::string page = "/reports/" + report.text("id") + "/forms";
  EXPECT_EQ(call("member_b_soc", Method::Get, page).status, 404);
  EXPECT_EQ(call("member_b_soc", Method::Get, page + "/jp-eba-prompt").status, 404);
}

TEST_F(Forms, ReadingAFormIsReadingItsVersion) {
  const Answer report = outage();
  ASSERT_EQ(call("analyst1", Method::Get, forms_of(report) + "/jp-eba-prompt?version=1").status, 200);
  const Answer seen = call("member_a_lead", Method::Get, "/api/v1/reports/" + report.text("id") + "/readers");
  EXPECT_THAT(seen.body, HasSubstr("鈴木 あかり"));
}

TEST_F(Forms, ThePageShowsWhatIsMissingFirstAndCarriesTheMarking) {
  const Answer report = outage();
  const std::string base = "/reports/" + report.text("id") + "/forms";
  const Answer list = call("member_a_soc", Method::Get, base);
  EXPECT_THAT(list.body, HasSubstr("電気事故"));
  EXPECT_THAT(list.body, HasSubstr(base + "/jp-eba-prompt?duty=JP-EBA-R3-09&amp;stage=prompt"));
  const Answer page = call("member_a_soc", Method::Get, base + "/jp-eba-prompt");
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("print-marking"));
  EXPECT_THAT(page.body, HasSubstr("未検証の様式"));
  EXPECT_THAT(page.body, HasSubstr("第一変電所"));
  EXPECT_LT(page.body.find("まだ未記入です"), page.body.find("第一変電所"));
}

TEST_F(Forms, WhatAReporterTypesIsNoMarkup) {
  const Answer report = outage(R"(,"equipment.text":"<script>alert(1)</script>")");
  const Answer page = call("member_a_soc", Method::Get, "/reports/" + report.text("id") + "/forms/jp-eba-prompt");
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("&lt;script&gt;alert"));
  EXPECT_THAT(page.body, Not(HasSubstr("<script>alert")));
}

TEST_F(Forms, AFormIsAlsoAWorkbookOfItsVersion) {
  const Answer report = outage(R"x(,"equipment.text":"=HYPERLINK(\"http://evil.example\")")x");
  const std::string path = forms_of(report) + "/jp-eba-prompt/workbook";
  const Answer file = call("member_a_soc", Method::Get, path);
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.headers.find("Content-Type"), kWorkbookMediaType);
  EXPECT_EQ(file.headers.find("Content-Disposition"),
            "attachment; filename=\"" + report.text("number") + "-v1-jp-eba-prompt.xlsx\"");
  EXPECT_EQ(file.headers.find("X-Content-Type-Options"), "nosniff");
  const auto tables = read_tables(file.body);
  ASSERT_TRUE(tables.ok());
  EXPECT_THAT(tables->front().rows.front().fields, Contains(report.text("number")));
  const auto says = [&](const std::string& text) {
    return std::ranges::any_of(tables->front().rows, [&](const TableRow& row) {
      return std::ranges::find(row.fields, text) != row.fields.end();
    });
  };
  EXPECT_TRUE(says("第一変電所"));
  EXPECT_TRUE(says(R"x(=HYPERLINK("http://evil.example"))x"));
  ASSERT_EQ(
      amended(report, R"({"based_on":1,"kind":"incident","summary":"送電が止まった","facts":{"place":"第二変電所"}})")
          .status,
      201);
  EXPECT_EQ(call("member_a_soc", Method::Get, path + "?version=1").body, file.body);
  EXPECT_NE(call("member_a_soc", Method::Get, path).body, file.body);
  EXPECT_EQ(call("member_a_soc", Method::Get, path + "?version=9").status, 404);
  EXPECT_EQ(call("member_a_soc", Method::Get, path + "?duty=JP-APPI-26").text("code"), "forms.not_offered");
}

TEST_F(Forms, TheWorkbookIsForWhoMayReadTheReportAndItsReadingIsRecorded) {
  const Answer report = outage();
  const std::string path = forms_of(report) + "/jp-eba-prompt/workbook";
  const std::string absent = "/api/v1/reports/5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c/forms/jp-eba-prompt/workbook";
  const Answer hidden = call("member_b_soc", Method::Get, path);
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(hidden.body, call("member_b_soc", Method::Get, absent).body);
  ASSERT_EQ(call("analyst1", Method::Get, path).status, 200);
  EXPECT_THAT(call("member_a_lead", Method::Get, "/api/v1/reports/" + report.text("id") + "/readers").body,
              HasSubstr("鈴木 あかり"));
}

TEST_F(Forms, ThePageLinksToTheWorkbookOfWhatItShows) {
  const std::string page = "/reports/" + outage().text("id") + "/forms/jp-eba-prompt";
  EXPECT_THAT(call("member_a_soc", Method::Get, page + "?version=1&stage=prompt").body,
              HasSubstr("/api/v1" + page + "/workbook?version=1&amp;stage=prompt"));
  EXPECT_THAT(call("member_a_soc", Method::Get, page).body, HasSubstr("/api/v1" + page + "/workbook\""));
}

}  // namespace
}  // namespace hinomi::tests
