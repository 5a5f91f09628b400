// Forms as PDF files through the api, set by the confined typesetter and read by poppler.
#include "base/crypto.h"
#include "contract/house.h"
#include "exchange/child_printer.h"
#include "support/child_roles.h"
#include "support/pdf_tools.h"

namespace hinomi::tests {
namespace {

using hinomi::testing::ChildRole;
using hinomi::testing::PdfFile;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kReporter = "member_a_soc";

const ChildRole kPrint("print", [] { return exchange::run_print_child(); });
const ChildRole kBreaks("print-breaks", [] {
  std::abort();
  return 0;
});

class FormPrints : public House {
 protected:
  FormPrints() : printing_(api_with(children_)) { report_ = outage().text("id"); }
  ~FormPrints() override { printing_->close_streams(); }

  std::unique_ptr<api::Api> api_with(print::Printer& printer) {
    return std::make_unique<api::Api>(api::ApiParts{installation_->platform(), *catalogue_, assets_, importer_, printer,
                                                    std::string(app::embedded_api_description()),
                                                    installation_->cookie_key()});
  }
  Answer outage(const std::string& more = "") {
    return call(
        kReporter, Method::Post, "/api/v1/reports",
        R"({"kind":"incident","summary":"変電所の監視画面が操作され、送電が止まった","contact":"当直 03-0000-0000",)"
        R"("facts":{"t.recognised":"2026-11-22T02:05:00+09:00","t.known":"2026-11-22T02:05:00+09:00",)"
        R"("place":"第一変電所","outage.lost_kw":120000,"outage.minutes":25)" +
            more + "}}");
  }
  Answer moved_to(const std::string& place) {
    return call(kReporter, Method::Post, path("/versions"),
                R"({"kind":"incident","summary":"変電所の監視画面が操作され、送電が止まった","based_on":1,)"
                R"("facts":{"place":")" +
                    place + R"(","outage.lost_kw":120000,"outage.minutes":25}})");
  }
  [[nodiscard]] std::string path(const std::string& tail) const { return "/api/v1/reports/" + report_ + tail; }

  HttpResponse file(const std::string& tail, std::string_view who = kReporter) {
    return file_from(*printing_, tail, who);
  }
  HttpResponse file_from(api::Api& api, const std::string& tail, std::string_view who = kReporter) {
    HttpRequest asked = request(Method::Get, path(tail));
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    return api.handle(asked);
  }
  std::string submitted() {
    const Answer form = call(kReporter, Method::Get, path("/forms/jp-eba-prompt"));
    const Answer recorded =
        call(kReporter, Method::Post, path("/submissions"),
             R"({"form":"jp-eba-prompt","duty":"JP-EBA-R3-09","stage":"prompt","report_version":1,"digest":")" +
                 form.text("digest") + R"(","channel":"fax","sent_at":"2026-11-22T02:08:00+09:00"})");
    EXPECT_EQ(recorded.status, 201) << recorded.body;
    return recorded.text("id");
  }

  exchange::ChildPrinter children_;
  std::unique_ptr<api::Api> printing_;
  std::string report_;
};

constexpr const char* kForm = "/forms/jp-eba-prompt/pdf";

TEST_F(FormPrints, AFormIsAPdfFileThatSaysWhatTheFormSays) {
  const HttpResponse response = file(kForm);
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(response.headers.find("Content-Type"), "application/pdf");
  EXPECT_EQ(response.headers.find("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(response.headers.find("Cache-Control"), "no-store");
  const std::string number = call(kReporter, Method::Get, path("")).text("number");
  EXPECT_EQ(response.headers.find("Content-Disposition"),
            "attachment; filename=\"" + number + "-v1-jp-eba-prompt.pdf\"");
  const PdfFile pdf(response.body);
  const std::string text = pdf.joined_text();
  for (const char* said : {"第一変電所", "120,000kW", "当直03-0000-0000", "電気事故速報", "未検証の様式", "経済産業省"})
    EXPECT_THAT(text, HasSubstr(said));
  for (int page = 1; page <= pdf.pages(); ++page) {
    for (const std::string& said : {std::string("TLP:AMBER+STRICT"), number, std::string("第1報"),
                                    std::to_string(page) + " / " + std::to_string(pdf.pages())})
      EXPECT_THAT(pdf.text(page), HasSubstr(said)) << page;
  }
  for (const PdfFile::Font& font : pdf.fonts()) EXPECT_TRUE(font.embedded) << font.name;
}

TEST_F(FormPrints, AVersionIsAlwaysTheSameFile) {
  const std::string first = file(kForm).body;
  ASSERT_EQ(moved_to("第二変電所").status, 201);
  EXPECT_EQ(file(kForm + std::string("?version=1")).body, first);
  const HttpResponse newest = file(kForm);
  EXPECT_THAT(PdfFile(newest.body).joined_text(), HasSubstr("第二変電所"));
  EXPECT_THAT(PdfFile(newest.body).text(), HasSubstr("第2報"));
  EXPECT_EQ(file(kForm + std::string("?version=9")).status, 404);
  EXPECT_EQ(file(kForm + std::string("?duty=JP-APPI-26")).status, 400);
  EXPECT_EQ(file("/forms/no-such-form/pdf").status, 404);
}

TEST_F(FormPrints, OnlyWhoMayReadTheReportGetsTheFileAndTheReadingIsRecorded) {
  const HttpResponse hidden = file(kForm, "member_b_soc");
  EXPECT_EQ(hidden.status, 404);
  const std::string report = std::exchange(report_, "5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c");
  EXPECT_EQ(hidden.body, file(kForm, "member_b_soc").body);
  report_ = report;
  ASSERT_EQ(file(kForm, "analyst1").status, 200);
  EXPECT_THAT(call("member_a_lead", Method::Get, path("/readers")).body, HasSubstr("鈴木 あかり"));
}

TEST_F(FormPrints, WhatWasHandedInIsPrintedAsItWasSentAndItsCorrectionShowsBoth) {
  const std::string submission = "/submissions/" + submitted();
  const HttpResponse sent = file(submission + "/pdf");
  ASSERT_EQ(sent.status, 200) << sent.body;
  EXPECT_THAT(PdfFile(sent.body).joined_text(), HasSubstr("に提出した文面です"));
  EXPECT_THAT(PdfFile(sent.body).joined_text(), HasSubstr("第一変電所"));
  ASSERT_EQ(moved_to("第二変電所").status, 201);
  EXPECT_EQ(file(submission + "/pdf").body, sent.body);
  const HttpResponse correction = file(submission + "/supplement/pdf");
  ASSERT_EQ(correction.status, 200) << correction.body;
  const std::string text = PdfFile(correction.body).joined_text();
  for (const char* said : {"訂正前:第一変電所", "訂正後:第二変電所", "訂正の案です"})
    EXPECT_THAT(text, HasSubstr(said));
  EXPECT_EQ(file(submission + "/pdf", "member_b_soc").status, 404);
  EXPECT_EQ(file(submission + "/supplement/pdf", "member_b_soc").status, 404);
}

TEST_F(FormPrints, WhatAReporterTypesCannotHideOrPassForTheMarking) {
  report_ = outage(R"(,"equipment.text":"invoice\u202Efdp.exe\nTLP:CLEAR \ud83d\udd25")").text("id");
  const HttpResponse response = file(kForm);
  ASSERT_EQ(response.status, 200) << response.body;
  const std::string text = PdfFile(response.body).text();
  EXPECT_THAT(text, HasSubstr("invoice[U+202E]fdp.exe"));
  EXPECT_THAT(text, HasSubstr("[U+1F525]"));
  EXPECT_THAT(PdfFile(response.body).text(1), HasSubstr("TLP:AMBER+STRICT"));
}

TEST_F(FormPrints, ATypesetterThatBreaksIsAnErrorWithAWayOutAndTheServerGoesOn) {
  exchange::ChildPrinter broken({}, "print-breaks");
  const auto api = api_with(broken);
  for (int turn = 0; turn < 3; ++turn) {
    const HttpResponse response = file_from(*api, kForm);
    EXPECT_EQ(response.status, 503);
    EXPECT_THAT(response.body, HasSubstr("print.failed"));
    EXPECT_THAT(response.body, HasSubstr("画面を印刷"));
  }
  exchange::ChildPrinter full({.at_once = 0, .patience = std::chrono::milliseconds(0)});
  EXPECT_THAT(file_from(*api_with(full), kForm).body, HasSubstr("print.busy"));
  EXPECT_EQ(file_from(*api, "/forms/jp-eba-prompt").status, 200);
  api->close_streams();
}

TEST_F(FormPrints, ThePagesLinkToTheFileOfWhatTheyShow) {
  const auto page = [&](const std::string& tail) {
    return call(kReporter, Method::Get, "/reports/" + report_ + tail).body;
  };
  EXPECT_THAT(page("/forms/jp-eba-prompt?version=1&stage=prompt"),
              HasSubstr(path("/forms/jp-eba-prompt/pdf?version=1&amp;stage=prompt")));
  const std::string submission = "/submissions/" + submitted();
  EXPECT_THAT(page(submission), HasSubstr(path(submission + "/pdf\"")));
  EXPECT_THAT(page(submission + "/supplement"), HasSubstr(path(submission + "/supplement/pdf\"")));
}

}  // namespace
}  // namespace hinomi::tests
