#include "model/report.h"

#include <gmock/gmock.h>

namespace hinomi {
namespace {

using ::testing::ElementsAre;

const Instant kNow = *parse_rfc3339("2026-11-23T03:00:00Z");

Result<ReportDraft> request(std::string_view json) {
  TRY(const auto document, parse_json(json));
  return parse_report_request(document->root());
}

ReportDraft a_draft() {
  ReportDraft draft;
  draft.summary = "保守用の端末で不審な通信を検知した。";
  EXPECT_TRUE(draft.facts.set("t.detected", {ValueState::Given, kNow}).ok());
  return draft;
}

TEST(ReportRequest, ReadsEveryField) {
  const auto draft =
      request(R"({"kind":"near_miss","scope":"members_anonymously","title":"t","summary":"s","contact":"c",)"
              R"("facts":{"t.detected":"2026-11-22T02:05:00Z","outage.lost_kw":{"state":"unknown"}},)"
              R"("technical":{"text":"x","indicators":["hxxp://evil[.]example/","192.0.2.1","192[.]0[.]2[.]1",)"
              R"({"type":"file-name","value":"A.EXE"}],"techniques":["t0883","T1566.001"],"cves":["cve-2023-12345"]},)"
              R"("technical_preconsent":true})");
  ASSERT_TRUE(draft.ok()) << draft.error().detail << draft.error().where;
  EXPECT_EQ(draft->kind, ReportKind::NearMiss);
  EXPECT_EQ(draft->scope, ShareScope::MembersAnonymously);
  EXPECT_EQ(draft->title + draft->summary + draft->contact, "tsc");
  EXPECT_TRUE(draft->facts.time("t.detected").has_value());
  EXPECT_THAT(draft->technical.indicators,
              ElementsAre(Indicator{IndicatorType::Url, "http://evil.example/"},
                          Indicator{IndicatorType::Ipv4, "192.0.2.1"}, Indicator{IndicatorType::FileName, "a.exe"}));
  EXPECT_THAT(draft->technical.techniques, ElementsAre("T0883", "T1566.001"));
  EXPECT_THAT(draft->technical.cves, ElementsAre("CVE-2023-12345"));
  EXPECT_TRUE(draft->technical_preconsent);
}

TEST(ReportRequest, SaysNothingAboutSharingMeansTheSecretariatOnly) {
  const auto draft = request(R"({"kind":"incident","summary":"s"})");
  ASSERT_TRUE(draft.ok());
  EXPECT_EQ(draft->scope, ShareScope::SecretariatOnly);
  EXPECT_FALSE(draft->technical_preconsent);
}

TEST(ReportRequest, ErrorsPointAtTheirPlace) {
  const std::vector<std::tuple<std::string_view, std::string_view, std::string_view>> cases{
      {R"([])", "json.not_an_object", ""},
      {R"({"summary":"s"})", "json.missing_field", "/kind"},
      {R"({"kind":"rumour"})", "report.kind_unknown", "/kind"},
      {R"({"kind":"incident","scope":"all"})", "report.scope_unknown", "/scope"},
      {R"({"kind":"incident","sumary":"s"})", "json.unknown_field", "/sumary"},
      {R"({"kind":"incident","summary":7})", "json.wrong_type", "/summary"},
      {R"({"kind":"incident","technical_preconsent":"yes"})", "json.wrong_type", "/technical_preconsent"},
      {R"({"kind":"incident","facts":[]})", "json.not_an_object", "/facts"},
      {R"({"kind":"incident","facts":{"x":1}})", "fact.name_unknown", "/facts/x"},
      {R"({"kind":"incident","facts":{"outage.lost_kw":"x"}})", "fact.value_invalid", "/facts/outage.lost_kw"},
      {R"({"kind":"incident","technical":{"note":"x"}})", "json.unknown_field", "/technical/note"},
      {R"({"kind":"incident","technical":{"indicators":["192.0.2.1","what"]}})", "indicator.unrecognised",
       "/technical/indicators/1"},
      {R"({"kind":"incident","technical":{"indicators":[{"type":"ipv4","value":"x"}]}})", "indicator.malformed",
       "/technical/indicators/0/value"},
      {R"({"kind":"incident","technical":{"indicators":[{"type":"ip","value":"x"}]}})", "indicator.type_unknown",
       "/technical/indicators/0/type"},
      {R"({"kind":"incident","technical":{"indicators":[7]}})", "json.not_an_object", "/technical/indicators/0"},
      {R"({"kind":"incident","technical":{"techniques":["T88"]}})", "technical.technique_malformed",
       "/technical/techniques/0"},
      {R"({"kind":"incident","technical":{"cves":["CVE-23-1"]}})", "technical.cve_malformed", "/technical/cves/0"}};
  for (const auto& [json, code, where] : cases) {
    const auto draft = request(json);
    ASSERT_FALSE(draft.ok()) << json;
    EXPECT_EQ(draft.error().code, code) << json;
    EXPECT_EQ(draft.error().where, where) << json;
  }
}

TEST(ReportContent, ReadsBackToTheSameDraft) {
  ReportDraft draft = a_draft();
  draft.kind = ReportKind::NearMiss;
  draft.scope = ShareScope::SecretariatAndAuthority;
  draft.title = "題 \"quoted\" \n";
  draft.contact = "03-0000-0000";
  draft.technical.text = "<script>";
  draft.technical.indicators = {{IndicatorType::Ipv4, "192.0.2.1"}, {IndicatorType::FileName, "a.com"}};
  draft.technical.techniques = {"T0883"};
  draft.technical.cves = {"CVE-2023-12345"};
  draft.technical_preconsent = true;
  const std::string text = report_content_text(draft);
  const auto read = parse_report_content(text);
  ASSERT_TRUE(read.ok()) << read.error().detail << read.error().where;
  EXPECT_EQ(*read, draft);
  EXPECT_EQ(report_content_text(*read), text);
}

TEST(ReportContent, OfAnEmptyDraftIsTheSameForever) {
  EXPECT_EQ(report_content_text({}),
            R"({"contact":"","facts":{},"kind":"incident","scope":"secretariat_only","summary":"",)"
            R"("technical":{"cves":[],"indicators":[],"techniques":[],"text":""},)"
            R"("technical_preconsent":false,"title":""})");
}

TEST(ValidReport, NeedsToSayWhatHappenedAndWhenItWasNoticed) {
  EXPECT_TRUE(ValidReport::create(a_draft(), kNow).ok());
  ReportDraft no_summary = a_draft();
  no_summary.summary = " \n";
  EXPECT_EQ(ValidReport::create(no_summary, kNow).error().code, "report.summary_missing");
  ReportDraft no_time = a_draft();
  no_time.facts = {};
  EXPECT_TRUE(no_time.facts.set("t.detected", {ValueState::Unknown, std::nullopt}).ok());
  EXPECT_EQ(ValidReport::create(no_time, kNow).error().code, "report.noticed_missing");
  EXPECT_TRUE(no_time.facts.set("t.recognised", {ValueState::Given, kNow}).ok());
  EXPECT_TRUE(ValidReport::create(no_time, kNow).ok());
}

TEST(ValidReport, RefusesATimeMoreThanADayAhead) {
  ReportDraft draft = a_draft();
  ASSERT_TRUE(draft.facts.set("t.recovered", {ValueState::Given, kNow + std::chrono::hours(24)}).ok());
  EXPECT_TRUE(ValidReport::create(draft, kNow).ok());
  ASSERT_TRUE(draft.facts.set("t.recovered", {ValueState::Given, kNow + std::chrono::hours(25)}).ok());
  const auto report = ValidReport::create(draft, kNow);
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, "report.time_in_future");
  EXPECT_EQ(report.error().where, "/facts/t.recovered");
}

TEST(ValidReport, MakesATitleFromTheSummary) {
  const auto report = ValidReport::create(a_draft(), kNow);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->content().title, a_draft().summary);
  ReportDraft lengthy = a_draft();
  lengthy.summary.clear();
  for (int i = 0; i < 70; ++i) lengthy.summary += "火";
  lengthy.summary = "\n " + lengthy.summary + "\nsecond line";
  const auto shortened = ValidReport::create(lengthy, kNow);
  ASSERT_TRUE(shortened.ok());
  EXPECT_EQ(shortened->content().title.size(), 61 * 3U);
  EXPECT_THAT(shortened->content().title, ::testing::EndsWith("火…"));
}

TEST(ValidReport, RefusesWhatIsTooLongOrNotText) {
  ReportDraft draft = a_draft();
  draft.summary = std::string(20'001, 'a');
  EXPECT_EQ(ValidReport::create(draft, kNow).error().kind, ErrorKind::TooLarge);
  draft = a_draft();
  draft.contact = "\xff";
  EXPECT_EQ(ValidReport::create(draft, kNow).error().where, "/contact");
  draft = a_draft();
  draft.technical.techniques = {"T0883", "attack"};
  EXPECT_EQ(ValidReport::create(draft, kNow).error().where, "/technical/techniques/1");
  draft = a_draft();
  draft.technical.indicators.resize(5'001);
  EXPECT_EQ(ValidReport::create(draft, kNow).error().where, "/technical/indicators");
}

}  // namespace
}  // namespace hinomi
