#include "forms/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/shipped_forms.h"

namespace hinomi::forms {
namespace {

using testing::ElementsAre;

const Instant kNow = parse_rfc3339("2026-11-22T02:14:00+09:00").value();

Result<std::optional<Fact>> read(std::string_view fact, std::string_view text) {
  return read_answer(*shipped_form_book(), *find_fact_definition(fact), text, kNow);
}

Fact given(FactValue value) { return {ValueState::Given, std::move(value)}; }
Fact about(FactValue value) { return {.state = ValueState::Given, .value = std::move(value), .estimated = true}; }
Fact time(std::string_view instant, TimePrecision precision) {
  return {.state = ValueState::Given, .value = *parse_rfc3339(instant), .precision = precision};
}
FactValue word(const char* text) { return std::string(text); }

struct AnswerCase {
  const char* fact;
  const char* text;
  Fact means;
};

TEST(Answer, IsReadAsThePersonMeantIt) {
  using Words = std::set<std::string>;
  const std::vector<AnswerCase> cases{
      {"outage.lost_kw", "7200", given(7200.0)},
      {"outage.lost_kw", "7,200 kW", given(7200.0)},
      {"outage.lost_kw", "７，２００ｋＷ", given(7200.0)},
      {"outage.lost_kw", "~95,000", about(95000.0)},
      {"outage.lost_kw", "約 12万kW", about(120000.0)},
      {"outage.lost_kw", "120 MW（推定）", about(120000.0)},
      {"outage.lost_kw", "12.5", given(12.5)},
      {"outage.lost_kw", "９万５千ｋＷ", given(95000.0)},
      {"outage.lost_kw", "1億2000万3", given(120000003.0)},
      {"outage.minutes", "1時間30分", given(90.0)},
      {"outage.minutes", "25 min", given(25.0)},
      {"outage.customers", "1.5万戸", given(15000.0)},
      {"outage.ongoing", "はい", given(true)},
      {"outage.ongoing", "No", given(false)},
      {"outage.ongoing", "　調査中　", {ValueState::Investigating, std::nullopt}},
      {"outage.ongoing", "not applicable", {ValueState::NotApplicable, std::nullopt}},
      {"outage.lost_kw", "不明", {ValueState::Unknown, std::nullopt}},
      {"place", "不明", {ValueState::Unknown, std::nullopt}},
      {"impact.exists", "不明", given(word("unknown"))},
      {"place", " 第二変電所\n(東側) ", given(word("第二変電所\n(東側)"))},
      {"place", "第二変電所（推定）", about(word("第二変電所"))},
      {"impact.exists", "yes", given(word("yes"))},
      {"atk.kind", "DDoS", given(word("ddos"))},
      {"event.types", "情報の漏えい、システム等への侵入", given(Words{"leak", "intrusion"})},
      {"event.types", "leak, intrusion", given(Words{"leak", "intrusion"})},
      {"cause.types", "その他（原因不明を含む）\n内部不正", given(Words{"other", "insider"})},
      {"reported_to", "JPCERT/CC / 警察", given(Words{"jpcert", "police"})},
      {"t.occurred", "2026-11-22 02:05", time("2026-11-21T17:05:00Z", TimePrecision::Minute)},
      {"t.occurred", "2026-11-22 02時台", time("2026-11-21T17:00:00Z", TimePrecision::Hour)},
      {"t.occurred", "令和8年11月21日", time("2026-11-20T15:00:00Z", TimePrecision::Day)},
      {"t.occurred", "２０２６－１１", time("2026-10-31T15:00:00Z", TimePrecision::Month)},
  };
  for (const AnswerCase& one : cases) {
    const auto fact = read(one.fact, one.text);
    ASSERT_TRUE(fact.ok()) << one.fact << " " << one.text << " " << fact.error().code;
    EXPECT_EQ(**fact, one.means) << one.fact << " " << one.text;
  }
}

// A threshold must not be missed by what binary fractions lose.
TEST(Answer, ANumberIsExactlyWhatWasWrittenWhateverItsUnit) {
  for (int hundredths = 1; hundredths <= 2'000; ++hundredths) {
    const std::string written =
        std::to_string(hundredths / 100) + "." + std::to_string(hundredths / 10 % 10) + std::to_string(hundredths % 10);
    EXPECT_EQ(**read("outage.lost_kw", written + "万"), given(hundredths * 100.0)) << written;
    EXPECT_EQ(**read("outage.lost_kw", written + " MW"), given(hundredths * 10.0)) << written;
  }
  EXPECT_EQ(**read("outage.minutes", "4.1時間"), given(246.0));
  EXPECT_FALSE(read("outage.lost_kw", "9.5万5千").ok());
}

TEST(Answer, AnEstimatedTimeIsOneWhereverItIsSaid) {
  for (const char* text : {"~2026-11-21", "2026-11-21 (土)（推定）", "約2026/11/21", "2026-11-21 (Sat) (estimate)"}) {
    const auto fact = read("t.occurred", text);
    ASSERT_TRUE(fact.ok()) << text;
    EXPECT_TRUE((*fact)->estimated) << text;
    EXPECT_EQ((*fact)->precision, TimePrecision::Day) << text;
  }
}

TEST(Answer, SayingNothingIsNoFact) {
  for (const char* text : {"", "  ", "未記入", "Not filled in", "該当 (他の記載から導かれた値)"}) {
    const auto fact = read("outage.ongoing", text);
    ASSERT_TRUE(fact.ok()) << text;
    EXPECT_FALSE(fact->has_value()) << text;
  }
}

TEST(Answer, WhatIsNotUnderstoodSaysWhy) {
  const std::vector<std::tuple<const char*, const char*, const char*>> cases{
      {"outage.lost_kw", "たくさん", "forms.answer_number"},
      {"outage.lost_kw", "7,20", "forms.answer_number"},
      {"outage.lost_kw", "5千9万", "forms.answer_number"},
      {"outage.lost_kw", "9万50000", "forms.answer_number"},
      {"outage.lost_kw", "1,00,000", "forms.answer_number"},
      {"outage.lost_kw", "100-200", "forms.answer_number"},
      {"outage.lost_kw", "1e999", "forms.answer_number"},
      {"outage.lost_kw", "100 馬力", "forms.answer_unit"},
      {"outage.lost_kw", "100 kW 200 kW", "forms.answer_number"},
      {"outage.lost_kw", "-5", "fact.number_out_of_range"},
      {"outage.minutes", "1時間30", "forms.answer_unit"},
      {"outage.ongoing", "たぶん", "forms.answer_flag"},
      {"impact.exists", "maybe", "forms.answer_choice"},
      {"event.types", "情報の漏えい、爆発", "forms.answer_choice"},
      {"event.types", "情報の漏えいなど", "forms.answer_choice"},
      {"t.occurred", "昨夜", "forms.answer_time"},
      {"t.occurred", "いま", "forms.answer_time"},
      {"t.occurred", "02:05", "forms.answer_time"},
      {"t.occurred", "11/24", "forms.answer_time"},
      {"t.occurred", "2026-02-30", "forms.answer_time"},
  };
  for (const auto& [fact, text, code] : cases) {
    const auto read_back = read(fact, text);
    ASSERT_FALSE(read_back.ok()) << fact << " " << text;
    EXPECT_EQ(read_back.error().code, code) << fact << " " << text;
  }
}

Status put(StoryPart part, std::string_view text, ReportDraft& draft) {
  return put_part(*shipped_form_book(), part, text, draft);
}

TEST(PartAnswer, IsPutIntoTheReport) {
  ReportDraft draft;
  ASSERT_TRUE(put(StoryPart::ReportSummary, " 送電が止まった ", draft).ok());
  ASSERT_TRUE(put(StoryPart::ReportKind, "予兆・ヒヤリハット", draft).ok());
  ASSERT_TRUE(put(StoryPart::TechnicalIndicators, "ipv4 203.0.113[.]7\nhxxps://evil[.]example/a", draft).ok());
  ASSERT_TRUE(put(StoryPart::TechnicalTechniques, "T0883, ｔ1566.001", draft).ok());
  ASSERT_TRUE(put(StoryPart::TechnicalCves, "cve-2023-12345", draft).ok());
  EXPECT_EQ(draft.summary, "送電が止まった");
  EXPECT_EQ(draft.kind, ReportKind::NearMiss);
  EXPECT_THAT(draft.technical.indicators, ElementsAre(Indicator{IndicatorType::Ipv4, "203.0.113.7"},
                                                      Indicator{IndicatorType::Url, "https://evil.example/a"}));
  EXPECT_THAT(draft.technical.techniques, ElementsAre("T0883", "T1566.001"));
  EXPECT_THAT(draft.technical.cves, ElementsAre("CVE-2023-12345"));
}

TEST(PartAnswer, TheTypeThatWasWrittenCounts) {
  ReportDraft draft;
  ASSERT_TRUE(put_part(*shipped_form_book(), StoryPart::TechnicalIndicators,
                       "file-name payload.xyz\ndomain evil[.]example", draft)
                  .ok());
  ASSERT_EQ(draft.technical.indicators.size(), 2U);
  EXPECT_EQ(draft.technical.indicators[0].type, IndicatorType::FileName);
  EXPECT_EQ(draft.technical.indicators[1].type, IndicatorType::Domain);
}

TEST(PartAnswer, WhatAReportDoesNotSayItselfStays) {
  ReportDraft draft;
  for (const StoryPart part : {StoryPart::ReportNumber, StoryPart::OrgName, StoryPart::DutyTitle, StoryPart::ClockDue})
    EXPECT_EQ(put(part, "x", draft).error().code, "forms.answer_fixed");
  EXPECT_EQ(put(StoryPart::Contact, "", draft).error().code, "forms.answer_empty");
  EXPECT_EQ(put(StoryPart::ReportKind, "事件", draft).error().code, "forms.answer_kind");
  EXPECT_FALSE(put(StoryPart::TechnicalIndicators, "203.0.113.7\n0.0.0.0/0", draft).ok());
  EXPECT_TRUE(draft.technical.indicators.empty());
  EXPECT_EQ(draft, ReportDraft{});
}

}  // namespace
}  // namespace hinomi::forms
