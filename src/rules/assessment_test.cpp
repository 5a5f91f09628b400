#include "rules/assessment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/shipped_packs.h"

namespace hinomi::rules {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Instant kNoticed = parse_rfc3339("2026-12-05T22:30:00+09:00").value();

const Rulebook& book() {
  static const auto kBook = shipped_rulebook();
  return *kBook;
}

// A network operator that is critical infrastructure, and what it says.
struct Said {
  OrgAttributes by;
  ReportKind kind = ReportKind::Incident;
  FactSheet facts;

  Said() {
    by.licenses = {License::Gtd};
    by.ci_operator = true;
  }
  Said& with(std::string_view name, FactValue value) {
    EXPECT_TRUE(facts.set(name, {ValueState::Given, std::move(value)}).ok()) << name;
    return *this;
  }
  Said& with(std::string_view name, const char* word) { return with(name, FactValue(std::string(word))); }
  Said& with(std::string_view name, ValueState state) {
    EXPECT_TRUE(facts.set(name, {state, std::nullopt}).ok()) << name;
    return *this;
  }
  [[nodiscard]] Assessment at(Instant now) const { return assess(book(), by, kind, facts, now); }
};

Said outage(double lost_kw) {
  Said said;
  said.with("outage.lost_kw", FactValue(lost_kw))
      .with("outage.ongoing", FactValue(true))
      .with("t.known", FactValue(kNoticed));
  return said;
}

Verdict verdict(const Assessment& assessment, std::string_view id) { return assessment.find(id)->verdict; }

TEST(Assessment, AnOutageThatGoesOnBecomesReportableAtMinuteTenExactly) {
  const Said said = outage(120'000);
  const Assessment early = said.at(kNoticed + minutes(5));
  EXPECT_EQ(verdict(early, "JP-EBA-R3-09"), Verdict::MayFire);
  EXPECT_EQ(early.reevaluate_at, kNoticed + minutes(10));
  EXPECT_EQ(verdict(said.at(kNoticed + minutes(10) - microseconds(1)), "JP-EBA-R3-09"), Verdict::MayFire);
  const Assessment then = said.at(kNoticed + minutes(10));
  EXPECT_EQ(verdict(then, "JP-EBA-R3-09"), Verdict::Fires);
  EXPECT_FALSE(then.reevaluate_at.has_value());
}

TEST(Assessment, TheNextChangeIsTheOneOfTheBandThatTheOutageIsIn) {
  EXPECT_EQ(outage(7'200).at(kNoticed + minutes(15)).reevaluate_at, kNoticed + minutes(60));
  EXPECT_EQ(outage(75'000).at(kNoticed).reevaluate_at, kNoticed + minutes(10));
  EXPECT_FALSE(outage(6'999).at(kNoticed).reevaluate_at.has_value());
}

TEST(Assessment, TheLongerOfStatedAndElapsedTimeCounts) {
  Said said = outage(7'200);
  said.with("outage.minutes", FactValue(65.0));
  EXPECT_EQ(verdict(said.at(kNoticed + minutes(1)), "JP-EBA-R3-08"), Verdict::Fires);
  said.with("outage.minutes", FactValue(20.0));
  EXPECT_EQ(verdict(said.at(kNoticed + minutes(61)), "JP-EBA-R3-08"), Verdict::Fires);
}

TEST(Assessment, TimeRunsFromTheOccurrenceWhereItIsKnown) {
  Said said = outage(120'000);
  said.with("t.occurred", FactValue(kNoticed - minutes(4)));
  EXPECT_EQ(said.at(kNoticed).reevaluate_at, kNoticed + minutes(6));
}

TEST(Assessment, AnEndedOutageDoesNotGrow) {
  Said said = outage(7'200);
  said.with("outage.ongoing", FactValue(false)).with("outage.minutes", FactValue(59.0));
  const Assessment later = said.at(kNoticed + minutes(500));
  EXPECT_EQ(verdict(later, "JP-EBA-R3-08"), Verdict::DoesNot);
  EXPECT_FALSE(later.reevaluate_at.has_value());
}

TEST(Assessment, WhereNobodyKnowsWhetherItGoesOnTheStatedTimeIsTheLeast) {
  Said said = outage(7'200);
  said.with("outage.ongoing", ValueState::Investigating).with("outage.minutes", FactValue(20.0));
  const Assessment found = said.at(kNoticed + minutes(500));
  EXPECT_EQ(verdict(found, "JP-EBA-R3-08"), Verdict::MayFire);
  EXPECT_FALSE(found.reevaluate_at.has_value());
}

TEST(Assessment, AccidentRowsFireWithTheCauseUnknown) {
  for (const auto* cause : {"unknown", "no", "suspected", "yes"}) {
    Said said = outage(120'000);
    said.with("inc.cyber", cause);
    EXPECT_EQ(verdict(said.at(kNoticed + minutes(30)), "JP-EBA-R3-09"), Verdict::Fires) << cause;
  }
  EXPECT_EQ(verdict(outage(120'000).at(kNoticed + minutes(30)), "JP-EBA-R3-09"), Verdict::Fires);
}

TEST(Assessment, NoticeOneFollowsTheLegalRowsUnlessTheCauseIsCertainlyNotCyber) {
  const auto notice_one = [](const char* cause) {
    return verdict(outage(120'000).with("inc.cyber", cause).at(kNoticed + minutes(30)), "JP-CI-1");
  };
  EXPECT_EQ(notice_one("suspected"), Verdict::Fires);
  EXPECT_EQ(notice_one("unknown"), Verdict::MayFire);
  EXPECT_EQ(notice_one("no"), Verdict::DoesNot);
}

TEST(Assessment, ANearMissIsCategoryFourAndNotThree) {
  Said said;
  said.kind = ReportKind::NearMiss;
  said.with("ci.operator_agrees", FactValue(true));
  const Assessment found = said.at(kNoticed);
  EXPECT_EQ(verdict(found, "JP-CI-4"), Verdict::Fires);
  EXPECT_EQ(verdict(found, "JP-CI-3"), Verdict::DoesNot);
  ASSERT_NE(found.notice_category(), nullptr);
  EXPECT_EQ(found.notice_category()->duty->category, 4);
  EXPECT_EQ(found.notice_category()->duty->route, Route::SecretariatAnonymised);
}

// §2.3: ③ is what is none of ①, ② and ④.
RC_GTEST_PROP(Assessment, CategoryThreeNeverFiresBesideAnother, ()) {
  Said said;
  said.kind = *rc::gen::element(ReportKind::Incident, ReportKind::NearMiss);
  said.by.special = *rc::gen::arbitrary<bool>();
  for (const auto* name : {"ci.operator_agrees", "ci.serious_impact_judged", "social_impact", "outage.ongoing",
                           "svc.level_breached", "tiec.affected", "ev.violation", "ev.precursor"}) {
    const int drawn = *rc::gen::inRange(0, 4);
    if (drawn < 2) said.with(name, FactValue(drawn == 1));
    if (drawn == 2) said.with(name, ValueState::Investigating);
  }
  said.with("inc.cyber", *rc::gen::element("yes", "suspected", "no", "unknown"));
  said.with("impact.exists", *rc::gen::element("yes", "no", "unknown"));
  const Assessment found = said.at(kNoticed);
  if (verdict(found, "JP-CI-3") != Verdict::Fires) return;
  for (const auto* other : {"JP-CI-1", "JP-CI-2", "JP-CI-4"}) RC_ASSERT(verdict(found, other) == Verdict::DoesNot);
}

std::vector<Verdict> verdicts(const Assessment& assessment) {
  std::vector<Verdict> found;
  for (const auto& duty : assessment.duties) found.push_back(duty.verdict);
  return found;
}

// Nothing changes before the promised instant, and something does at it.
RC_GTEST_PROP(Assessment, ReevaluationIsNeitherEarlyNorLate, ()) {
  Said said = outage(*rc::gen::element(6'000.0, 7'000.0, 69'999.0, 70'000.0, 99'999.0, 100'000.0));
  if (*rc::gen::arbitrary<bool>()) said.with("outage.minutes", FactValue(double(*rc::gen::inRange(0, 70))));
  if (*rc::gen::arbitrary<bool>()) said.with("outage.auto_reclosed", FactValue(*rc::gen::arbitrary<bool>()));
  const Instant now = kNoticed + std::chrono::seconds(*rc::gen::inRange(-600, 4000));
  const Assessment present = said.at(now);
  const Instant horizon = present.reevaluate_at.value_or(kNoticed + std::chrono::hours(5));
  const auto span = (horizon - now).count();
  RC_ASSERT(span > 0);
  const Instant between = now + microseconds(*rc::gen::inRange<std::int64_t>(0, span));
  RC_ASSERT(verdicts(said.at(between)) == verdicts(present));
  RC_ASSERT(verdicts(said.at(horizon - microseconds(1))) == verdicts(present));
  if (present.reevaluate_at) RC_ASSERT(verdicts(said.at(*present.reevaluate_at)) != verdicts(present));
}

TEST(Assessment, SaysWhyWhatIsMissingAndWhatWouldChangeIt) {
  const Assessment found = outage(120'000).at(kNoticed + minutes(5));
  const DutyAssessment& duty = *found.find("JP-EBA-R3-09");
  EXPECT_THAT(duty.missing, ElementsAre("outage.minutes"));
  const auto lost = std::find_if(duty.reasons.begin(), duty.reasons.end(), [](const Reason& reason) {
    return reason.condition == "outage.lost_kw >= 100000 kW";
  });
  ASSERT_NE(lost, duty.reasons.end());
  EXPECT_EQ(lost->truth, Truth::True);
  EXPECT_EQ(lost->text.ja, "供給支障電力が100,000 kW以上: 満たす（120,000 kW）");
  EXPECT_EQ(lost->text.en, "Interrupted power is at least 100,000 kW: met (120,000 kW)");
  const auto change = std::find_if(duty.changes.begin(), duty.changes.end(), [](const Change& each) {
    return each.condition == "outage.minutes >= 10 min" && each.becomes;
  });
  ASSERT_NE(change, duty.changes.end());
  EXPECT_EQ(change->verdict, Verdict::Fires);
  EXPECT_EQ(change->at, kNoticed + minutes(10));
}

TEST(Assessment, MissingFactsOfADependencyAreNamedAsItsOwn) {
  Said said;
  said.with("inc.cyber", "yes").with("outage.lost_kw", ValueState::Investigating);
  const Assessment found = said.at(kNoticed);
  EXPECT_THAT(found.find("JP-CI-1")->missing, Contains("outage.lost_kw"));
}

TEST(Assessment, ADerivedFactIsShownWithWhatWasSaidAndNotWrittenBack) {
  Said said = outage(120'000);
  said.with("svc.level_breached", FactValue(false));
  const Assessment found = said.at(kNoticed + minutes(30));
  ASSERT_EQ(found.derived.size(), 1U);
  EXPECT_EQ(found.derived[0].name, "svc.level_breached");
  EXPECT_EQ(found.derived[0].truth, Truth::True);
  EXPECT_EQ(found.derived[0].stated, false);
  EXPECT_EQ(said.facts.flag("svc.level_breached"), false);
}

TEST(Assessment, TheVersionIsThatOfTheDayTheClockStarts) {
  Said said;
  said.kind = ReportKind::NearMiss;
  const auto from = [&said](std::string_view start) {
    said.with("t.recognised", FactValue(parse_rfc3339(start).value()));
    const Assessment found = said.at(kNoticed);
    return found.find("JP-CI-4")->duty;
  };
  EXPECT_EQ(from("2026-09-30T23:59:59+09:00")->effective_until, parse_day("2026-09-30").value());
  EXPECT_EQ(from("2026-10-01T00:00:00+09:00")->effective_from, parse_day("2026-10-01").value());
  EXPECT_EQ(from("2020-01-01T00:00:00+09:00"), nullptr);
}

TEST(Assessment, WithoutAStartEventANewVersionIsATimeToLookAgain) {
  Said said;
  said.kind = ReportKind::NearMiss;
  const Assessment found = said.at(parse_rfc3339("2022-06-16T12:00:00+09:00").value());
  EXPECT_EQ(verdict(found, "JP-CI-4"), Verdict::DoesNot);
  EXPECT_EQ(found.reevaluate_at, parse_rfc3339("2022-06-17T00:00:00+09:00").value());
}

TEST(Assessment, AClockThatHasNotStartedNamesTheFactItWaitsFor) {
  Said said;
  said.with("outage.lost_kw", FactValue(120'000.0)).with("outage.minutes", FactValue(30.0));
  const Assessment found = said.at(kNoticed);
  const StageClock& clock = found.find("JP-EBA-R3-09")->clocks.at(0);
  EXPECT_FALSE(clock.start.has_value());
  EXPECT_EQ(clock.start_fact, "t.known");
  EXPECT_EQ(clock.due, Deadlines{});
}

TEST(Assessment, AStageThatHangsOnAnOpenFactIsShownAsOpen) {
  Said said;
  said.with("pii.leak", FactValue(true))
      .with("pii.sensitive", FactValue(true))
      .with("t.pii_known", FactValue(kNoticed));
  const Assessment found = said.at(kNoticed);
  const DutyAssessment& duty = *found.find("JP-APPI-26");
  ASSERT_EQ(duty.clocks.size(), 3U);
  EXPECT_EQ(duty.clocks[0].applies, Truth::True);
  EXPECT_EQ(duty.clocks[1].applies, Truth::Unknown);
  EXPECT_EQ(duty.clocks[2].applies, Truth::Unknown);
  EXPECT_THAT(duty.clocks[1].missing, ElementsAre("pii.malicious"));
}

TEST(Assessment, WhoHoldsNoDutyIsToldWhyAndGetsNoClock) {
  Said said = outage(120'000);
  said.by.licenses = {License::Retail};
  const Assessment assessment = said.at(kNoticed + minutes(30));
  const DutyAssessment& duty = *assessment.find("JP-EBA-R3-09");
  EXPECT_EQ(duty.verdict, Verdict::DoesNot);
  EXPECT_THAT(duty.clocks, IsEmpty());
  ASSERT_EQ(duty.reasons.size(), 1U);
  EXPECT_EQ(duty.reasons[0].name, "op.license");
}

TEST(Assessment, NoTextIsAVerdictOfLaw) {
  const Assessment found = outage(120'000).at(kNoticed + minutes(30));
  for (const DutyAssessment& duty : found.duties) {
    const bool careful = duty.summary.ja.find("要確認") != std::string::npos ||
                         duty.summary.ja.find("法的な判断ではありません") != std::string::npos;
    EXPECT_TRUE(careful) << duty.summary.ja;
    EXPECT_THAT(duty.summary.ja, Not(HasSubstr("義務があります")));
    EXPECT_THAT(duty.summary.en, Not(HasSubstr("must report")));
  }
}

TEST(Assessment, TheJsonHasTheShapeOfTheApiInEitherLanguage) {
  const Assessment found = outage(120'000).at(kNoticed + minutes(30));
  JsonWriter writer;
  write_assessment(writer, found, Language::English);
  const auto document = parse_json(writer.text());
  ASSERT_TRUE(document.ok()) << document.error().detail;
  const JsonView root = (*document)->root();
  EXPECT_EQ(root.string_at("assessed_at"), to_rfc3339(found.now));
  EXPECT_FALSE(root.find("reevaluate_at").has_value());
  const JsonView duties = *root.find("duties");
  ASSERT_EQ(duties.size(), found.duties.size());
  for (const JsonView duty : duties) {
    for (const auto* key : {"id", "title", "basis", "verdict", "form", "confidence", "route", "summary"}) {
      EXPECT_TRUE(duty.string_at(key).has_value()) << key;
    }
    EXPECT_EQ(duty.boolean_at("verified"), false);
  }
}

TEST(Assessment, WithoutALanguageEveryTextIsAPair) {
  JsonWriter writer;
  write_assessment(writer, outage(120'000).at(kNoticed), std::nullopt);
  const auto document = parse_json(writer.text());
  ASSERT_TRUE(document.ok());
  const JsonView duty = (*document)->root().find("duties")->at(0);
  EXPECT_TRUE(duty.find("title")->string_at("ja").has_value());
  EXPECT_TRUE(duty.find("title")->string_at("en").has_value());
}

TEST(Assessment, TheTerminalTextSaysWhatMattersFirst) {
  Said said = outage(120'000);
  said.with("inc.cyber", "suspected");
  const Assessment found = said.at(kNoticed + minutes(30));
  const std::string japanese = explain_text(found, Language::Japanese);
  EXPECT_THAT(japanese,
              HasSubstr("JP-CI-1 情報連絡① 法令等で報告が義務付けられた事案 — 該当の可能性 [行動計画, 未検証]"));
  EXPECT_THAT(japanese, HasSubstr("速報: 24時間以内 → 期限 2026-12-06 22:30 (日)"));
  EXPECT_THAT(japanese, HasSubstr("(閉庁日の繰延べ後 2027-01-04 23:59 (月))"));
  EXPECT_THAT(explain_text(found, Language::English), HasSubstr("Prompt report: within 24 hours"));
  EXPECT_LT(japanese.find("JP-EBA-R3-09"), japanese.find("JP-EBA-R3-08"));
}

}  // namespace
}  // namespace hinomi::rules
