#include "model/fact.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "base/text.h"

namespace hinomi {
namespace {

Result<FactSheet> facts_from(std::string_view json) {
  TRY(const auto document, parse_json(json));
  return parse_facts(document->root());
}

std::string text_of(const FactSheet& facts) {
  JsonWriter writer;
  write_facts(writer, facts);
  return writer.take();
}

Fact given(FactValue value) { return {ValueState::Given, std::move(value)}; }

TEST(FactVocabulary, HasEveryNameOnceAndChoicesWhereTheyBelong) {
  std::set<std::string_view> names;
  for (const auto& definition : fact_definitions()) {
    EXPECT_TRUE(names.insert(definition.name).second) << definition.name;
    EXPECT_FALSE(definition.name.starts_with("op.")) << "what an organisation is stands in the registry";
    const bool chooses = definition.kind == FactKind::Choice || definition.kind == FactKind::Choices;
    EXPECT_EQ(chooses, !definition.choices.empty()) << definition.name;
    EXPECT_EQ(find_fact_definition(definition.name), &definition);
  }
  EXPECT_EQ(find_fact_definition("outage"), nullptr);
}

// DOMAIN-JAPAN §1.7, §2.2–2.5: what rules and forms ask.
constexpr std::string_view kWanted =
    "inc.cyber outage.lost_kw outage.minutes outage.ongoing outage.auto_reclosed outage.customers "
    "outage.caused_at_other_operator outage.from_private_3kv eq.kind eq.kv eq.kw eq.damaged_major "
    "hum.killed hum.hospitalised fire.exists fire.half_burnt prop.damage gen.kw gen.lost_days ess.kw "
    "ess.lost_days dam.abnormal_release social_impact tiec.affected ev.violation ev.precursor pii.leak "
    "pii.sensitive pii.financial pii.malicious pii.count pii.mynumber svc.level_breached atk.kind t.known "
    "t.recognised t.pii_known t.determined t.materiality ci.operator_agrees ci.serious_impact_judged "
    "t.detected t.occurred t.recovered impact.exists how_detected event.types cause.types system.kinds "
    "place response.text spread.possible public.status outage.area impact.text spread.text damage.text "
    "cause.text equipment.text prevention.text lessons.text engineer.text public.url public.text "
    "other.text tiec.system pii.items pii.secondary_harm pii.response evidence.text t.published "
    "t.contained t.ransom_paid t.tiec_event t.nis2_aware t.nccs_reportable t.cra_aware t.cra_fix "
    "t.us_believed tiec.introduced tiec.changed keizai.equipment_introduced keizai.maintenance_outsourced "
    "pii.improper_use listed.material fiea.ordinance_event nra.reportable contract.notice_clause "
    "occto.supply_demand_abnormal nis2.significant us.nerc_reportable us.nerc_attempt us.circia_covered "
    "cra.exploited_vulnerability cra.severe_incident ransom.demanded ransom.paid share.nco_consent "
    "share.members_consent contract.notice_hours ddos.gbps ddos.pps ddos.minutes pii.mynumber_count "
    "ddos.kind pii.notified nccs.class doe.class entry.routes ransom.kinds reported_to ddos.source "
    "ddos.mitigation ransom.note ransom.extension entry.text";

TEST(FactVocabulary, HoldsTheFactsOfTheRulebook) {
  for (const auto name : split(kWanted, ' ')) {
    EXPECT_NE(find_fact_definition(name), nullptr) << name;
  }
  EXPECT_EQ(find_fact_definition("outage.lost_kw")->unit, "kW");
  EXPECT_EQ(find_fact_definition("outage.minutes")->unit, "min");
  EXPECT_EQ(find_fact_definition("contract.notice_hours")->unit, "h");
  EXPECT_EQ(find_fact_definition("ddos.gbps")->unit, "Gbit/s");
}

TEST(FactVocabulary, WhatTellsHowTheAttackerWorkedIsTechnical) {
  for (const auto* name :
       {"atk.kind", "entry.routes", "entry.text", "ddos.kind", "ddos.gbps", "ddos.pps", "ddos.minutes", "ddos.source",
        "ddos.mitigation", "ransom.kinds", "ransom.demanded", "ransom.note", "ransom.extension"}) {
    EXPECT_TRUE(find_fact_definition(name)->technical) << name;
  }
  for (const auto* name : {"ransom.paid", "damage.text", "inc.cyber"}) {
    EXPECT_FALSE(find_fact_definition(name)->technical) << name;
  }
}

TEST(FactSheet, TellsNotKnownYetFromNothingSaid) {
  FactSheet facts;
  ASSERT_TRUE(facts.set("pii.leak", {ValueState::Investigating, std::nullopt}).ok());
  ASSERT_NE(facts.find("pii.leak"), nullptr);
  EXPECT_EQ(facts.find("pii.leak")->state, ValueState::Investigating);
  EXPECT_EQ(facts.flag("pii.leak"), std::nullopt);
  EXPECT_EQ(facts.find("pii.count"), nullptr);
}

TEST(FactSheet, AChoiceOfUnknownIsAGivenValue) {
  const auto facts = facts_from(R"({"inc.cyber":"unknown"})");
  ASSERT_TRUE(facts.ok()) << facts.error().detail;
  EXPECT_EQ(facts->find("inc.cyber")->state, ValueState::Given);
  EXPECT_EQ(facts->text("inc.cyber"), "unknown");
}

TEST(FactSheet, RefusesWhatTheVocabularyDoesNotAllow) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::tuple<std::string, Fact, std::string>> cases{
      {"outage.lost_mw", given(1.0), "fact.name_unknown"},
      {"outage.lost_kw", given(-1.0), "fact.number_out_of_range"},
      {"outage.lost_kw", given(1.1e12), "fact.number_out_of_range"},
      {"outage.lost_kw", given(nan), "fact.number_out_of_range"},
      {"outage.lost_kw", given(true), "fact.value_invalid"},
      {"hum.killed", given(1.0), "fact.value_invalid"},
      {"inc.cyber", given(std::string("maybe")), "fact.choice_unknown"},
      {"event.types", given(std::set<std::string>{"leak", "theft"}), "fact.choice_unknown"},
      {"event.types", given(std::set<std::string>{}), "fact.choices_empty"},
      {"place", given(std::string(" ")), "fact.text_empty"},
      {"place", given(std::string("\xff")), "fact.text_not_utf8"},
      {"place", given(std::string(20'001, 'a')), "fact.text_too_long"},
      {"t.known", given(Instant{} - std::chrono::years(100)), "fact.time_out_of_range"},
      {"t.known", {ValueState::Given, std::nullopt}, "fact.state_mismatch"},
      {"t.known", {ValueState::Unknown, Instant{}}, "fact.state_mismatch"}};
  for (const auto& [name, fact, code] : cases) {
    FactSheet facts;
    const auto status = facts.set(name, fact);
    ASSERT_FALSE(status.ok()) << name << " " << code;
    EXPECT_EQ(status.error().code, code) << name;
    EXPECT_TRUE(facts.all().empty());
  }
}

TEST(FactSheet, CountsCharactersNotBytes) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "火";
  FactSheet facts;
  EXPECT_TRUE(facts.set("response.text", given(text)).ok());
  EXPECT_EQ(facts.set("response.text", given(text + "火")).error().kind, ErrorKind::TooLarge);
}

TEST(FactSheet, ALaterSheetLiesOnTop) {
  const auto first = facts_from(R"({"outage.lost_kw":7200,"place":"変電所","pii.leak":{"state":"investigating"}})");
  const auto second = facts_from(R"({"outage.lost_kw":{"state":"not_applicable"},"pii.leak":false})");
  ASSERT_TRUE(first.ok() && second.ok());
  const FactSheet updated = first->updated_with(*second);
  EXPECT_EQ(updated.find("outage.lost_kw")->state, ValueState::NotApplicable);
  EXPECT_EQ(updated.flag("pii.leak"), false);
  EXPECT_EQ(updated.text("place"), "変電所");
  EXPECT_EQ(first->number("outage.lost_kw"), 7200);
}

TEST(Facts, ReadBackToTheSameSheet) {
  const auto facts = facts_from(
      R"({"t.known":"2026-11-22T11:05:00+09:00","outage.lost_kw":7200.5,"outage.customers":1000000000000,)"
      R"("event.types":["malware","leak"],"hum.killed":false,"place":"A \"line\"","pii.leak":{"state":"unknown"}})");
  ASSERT_TRUE(facts.ok()) << facts.error().detail;
  const std::string text = text_of(*facts);
  EXPECT_EQ(text, R"({"event.types":{"state":"given","value":["leak","malware"]},)"
                  R"("hum.killed":{"state":"given","value":false},)"
                  R"("outage.customers":{"state":"given","value":1000000000000},)"
                  R"("outage.lost_kw":{"state":"given","value":7200.5},"pii.leak":{"state":"unknown"},)"
                  R"("place":{"state":"given","value":"A \"line\""},)"
                  R"("t.known":{"state":"given","value":"2026-11-22T02:05:00.000000Z"}})");
  const auto again = facts_from(text);
  ASSERT_TRUE(again.ok()) << again.error().detail;
  EXPECT_EQ(*again, *facts);
}

TEST(Facts, SayHowWellTheyAreKnownAndWhatTheyRestOn) {
  const auto document = parse_json(R"({
    "outage.lost_kw": {"state": "given", "value": 95000, "estimated": true, "evidence": "給電指令所の速報値"},
    "t.occurred": "2026-11-22",
    "t.known": {"state": "given", "value": "2026-11-22T02:40:00+09:00", "precision": "hour"},
    "place": {"state": "investigating", "evidence": "現地へ連絡中"}})");
  ASSERT_TRUE(document.ok());
  const auto facts = parse_facts((*document)->root());
  ASSERT_TRUE(facts.ok()) << facts.error().detail;
  EXPECT_TRUE(facts->find("outage.lost_kw")->estimated);
  EXPECT_EQ(facts->find("outage.lost_kw")->evidence, "給電指令所の速報値");
  EXPECT_EQ(facts->find("t.occurred")->precision, TimePrecision::Day);
  EXPECT_EQ(to_rfc3339(*facts->time("t.known")), "2026-11-21T17:00:00.000000Z");  // the earliest that is meant
  JsonWriter writer;
  write_facts(writer, *facts);
  const auto again = parse_json(writer.text());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*parse_facts((*again)->root()), *facts);
}

TEST(Facts, AnEstimateNeedsAValueAndAPrecisionATime) {
  const auto refused = [](std::string_view json) {
    const auto document = parse_json(json);
    const auto facts = parse_facts((*document)->root());
    return facts.ok() ? std::string() : facts.error().code + " " + facts.error().where;
  };
  EXPECT_EQ(refused(R"({"place":{"state":"unknown","estimated":true}})"),
            "fact.estimate_without_value /place/estimated");
  EXPECT_EQ(refused(R"({"place":{"state":"given","value":"変電所","precision":"day"}})"),
            "fact.precision_without_time /place/precision");
  EXPECT_EQ(refused(R"({"place":{"state":"unknown","evidence":")" + std::string(2001, 'x') + R"("}})"),
            "fact.evidence_too_long /place/evidence");
}

TEST(Facts, MinusZeroIsZero) {
  const auto facts = facts_from(R"({"eq.kv":-0.0})");
  ASSERT_TRUE(facts.ok());
  EXPECT_EQ(text_of(*facts), R"({"eq.kv":{"state":"given","value":0}})");
}

TEST(Facts, ErrorsPointAtTheirPlace) {
  const std::vector<std::tuple<std::string_view, std::string_view, std::string_view>> cases{
      {R"({"nonsense":1})", "fact.name_unknown", "/nonsense"},
      {R"({"a/b~c":1})", "fact.name_unknown", "/a~1b~0c"},
      {R"({"outage.lost_kw":"many"})", "fact.value_invalid", "/outage.lost_kw"},
      {R"({"outage.lost_kw":-1})", "fact.number_out_of_range", "/outage.lost_kw"},
      {R"({"outage.lost_kw":null})", "fact.value_invalid", "/outage.lost_kw"},
      {R"({"outage.lost_kw":{"state":"given"}})", "fact.state_mismatch", "/outage.lost_kw"},
      {R"({"outage.lost_kw":{"state":"unknown","value":1}})", "fact.state_mismatch", "/outage.lost_kw"},
      {R"({"outage.lost_kw":{"value":1}})", "json.missing_field", "/outage.lost_kw/state"},
      {R"({"outage.lost_kw":{"state":"maybe"}})", "fact.state_unknown", "/outage.lost_kw/state"},
      {R"({"outage.lost_kw":{"state":"given","value":"x"}})", "fact.value_invalid", "/outage.lost_kw/value"},
      {R"({"outage.lost_kw":{"state":"given","value":1,"by":"me"}})", "json.unknown_field", "/outage.lost_kw/by"},
      {R"({"event.types":["leak",1]})", "fact.value_invalid", "/event.types"},
      {R"({"t.known":20261122})", "fact.value_invalid", "/t.known"}};
  for (const auto& [json, code, where] : cases) {
    const auto facts = facts_from(json);
    ASSERT_FALSE(facts.ok()) << json;
    EXPECT_EQ(facts.error().code, code) << json;
    EXPECT_EQ(facts.error().where, where) << json;
  }
  EXPECT_FALSE(facts_from(R"({"t.known":"2026-02-30T00:00:00Z"})").ok());
  EXPECT_FALSE(facts_from("[]").ok());
}

}  // namespace
}  // namespace hinomi
