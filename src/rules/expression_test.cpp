#include "rules/expression.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/evaluation.h"

namespace hinomi::rules {
namespace {

const Vocabulary& words() {
  static const Vocabulary kWords = Vocabulary::standard();
  return kWords;
}

Expression parsed(std::string_view text) { return Expression::parse(text, words()).value(); }

// The truth of an expression over three flags, each with a truth of its own.
Truth truth_with(std::string_view text, Truth killed, Truth hospitalised) {
  const auto leaves = [&](const ExpressionNode& leaf) {
    return leaf.condition.name == "hum.killed" ? killed : hospitalised;
  };
  return parsed(text).evaluate(leaves).back();
}

constexpr Truth F = Truth::False;
constexpr Truth U = Truth::Unknown;
constexpr Truth T = Truth::True;

struct KleeneRow {
  Truth a, b, conjunction, disjunction;
};

// Kleene, Introduction to Metamathematics (1952), §64.
TEST(Expression, ConnectivesFollowKleenesStrongTables) {
  const std::vector<KleeneRow> table{{T, T, T, T}, {T, U, U, T}, {T, F, F, T}, {U, T, U, T}, {U, U, U, U},
                                     {U, F, F, U}, {F, T, F, T}, {F, U, F, U}, {F, F, F, F}};
  for (const auto& [a, b, conjunction, disjunction] : table) {
    EXPECT_EQ(truth_with("hum.killed and hum.hospitalised", a, b), conjunction);
    EXPECT_EQ(truth_with("hum.killed or hum.hospitalised", a, b), disjunction);
  }
  EXPECT_EQ(truth_with("not hum.killed", T, U), F);
  EXPECT_EQ(truth_with("not hum.killed", U, U), U);
  EXPECT_EQ(truth_with("not hum.killed", F, U), T);
}

TEST(Expression, AndBindsTighterThanOrAndNotTighterThanAnd) {
  EXPECT_EQ(truth_with("hum.killed or hum.hospitalised and hum.hospitalised", T, F), T);
  EXPECT_EQ(truth_with("(hum.killed or hum.hospitalised) and hum.hospitalised", T, F), F);
  EXPECT_EQ(truth_with("not hum.killed and hum.hospitalised", F, F), F);
  EXPECT_EQ(truth_with("not (hum.killed and hum.hospitalised)", F, F), T);
}

rc::Gen<Truth> any_truth() { return rc::gen::element(F, U, T); }

RC_GTEST_PROP(Expression, DeMorganHolds, ()) {
  const Truth a = *any_truth();
  const Truth b = *any_truth();
  RC_ASSERT(truth_with("not (hum.killed and hum.hospitalised)", a, b) ==
            truth_with("not hum.killed or not hum.hospitalised", a, b));
  RC_ASSERT(truth_with("not (hum.killed or hum.hospitalised)", a, b) ==
            truth_with("not hum.killed and not hum.hospitalised", a, b));
}

// What is decided while something is unknown stays decided whatever it turns out to be.
RC_GTEST_PROP(Expression, ADecisionSurvivesEveryLaterAnswer, ()) {
  const std::string text = *rc::gen::element<std::string>(
      "hum.killed and not hum.hospitalised", "hum.killed or (hum.hospitalised and not hum.killed)",
      "not (hum.killed or not hum.hospitalised)", "(hum.killed or hum.hospitalised) and not hum.killed");
  const Truth a = *any_truth();
  const Truth now = truth_with(text, a, U);
  if (now == U) return;
  RC_ASSERT(truth_with(text, a, T) == now);
  RC_ASSERT(truth_with(text, a, F) == now);
}

TEST(Expression, ARangeIsTwoComparisonsWithTheUnitOfTheFact) {
  const Expression range = parsed("7_000 kW <= outage.lost_kw < 70000 kW");
  ASSERT_EQ(range.nodes().size(), 3U);
  EXPECT_EQ(range.nodes()[0].condition.text(), "outage.lost_kw >= 7000 kW");
  EXPECT_EQ(range.nodes()[1].condition.text(), "outage.lost_kw < 70000 kW");
}

TEST(Expression, TheConditionTextReadsBackAsTheSameCondition) {
  for (const auto* text : {"outage.lost_kw >= 0.5 kW", "pii.count != 1000 persons", "inc.cyber in {suspected, yes}",
                           "inc.cyber not in {no}", "given(t.known)", "stated(hum.killed)", "op.ci", "anyone"}) {
    const Condition condition = parsed(text).nodes().back().condition;
    EXPECT_EQ(condition.text(), text);
    EXPECT_EQ(parsed(condition.text()).nodes().back().condition, condition);
  }
}

struct Refused {
  std::string text;
  std::string code;
  std::string where;
};

TEST(Expression, WhatIsWrongIsNamedWithItsPlace) {
  const std::vector<Refused> table{
      {"", "rules.syntax", "line 1, column 1"},
      {"hum.killed and", "rules.syntax", "line 1, column 15"},
      {"hum.killed hum.hospitalised", "rules.syntax", "line 1, column 12"},
      {"hum.killed\n  and hum.kiled", "rules.name_unknown", "line 2, column 7"},
      {"(hum.killed", "rules.syntax", "line 1, column 12"},
      {"hum.killed && hum.hospitalised", "rules.syntax", "line 1, column 12"},
      {"outage.lost_kw", "rules.syntax", "line 1, column 15"},
      {"outage.lost_kw >= 7 MW", "rules.unit_mismatch", "line 1, column 21"},
      {"outage.lost_kw >= 7000", "rules.unit_mismatch", "line 1, column 19"},
      {"outage.lost_kw >= 7__0_ kW", "rules.syntax", "line 1, column 19"},
      {"outage.lost_kw in {yes}", "rules.syntax", "line 1, column 16"},
      {"7 kW < hum.killed", "rules.kind_mismatch", "line 1, column 8"},
      {"inc.cyber in {maybe}", "rules.choice_unknown", "line 1, column 15"},
      {"inc.cyber in {}", "rules.syntax", "line 1, column 15"},
      {"inc.cyber >= yes", "rules.syntax", "line 1, column 11"},
      {"t.known", "rules.kind_mismatch", "line 1, column 8"},
      {"fired(\"jp\")", "rules.syntax", "line 1, column 7"},
      {"fired(\"JP-*-1\")", "rules.syntax", "line 1, column 7"},
      {"fired(\"JP", "rules.syntax", "line 1, column 7"},
      {"op.password", "rules.name_unknown", "line 1, column 1"},
      {"hum.killed ; drop", "rules.syntax", "line 1, column 12"},
  };
  for (const auto& [text, code, where] : table) {
    const auto result = Expression::parse(text, words());
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_EQ(result.error().code, code) << text;
    EXPECT_EQ(result.error().where, where) << text;
  }
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(Expression, DeepAndHugeExpressionsAreRefused) {
  const auto nested = [](std::size_t depth) { return repeated("(", depth) + "hum.killed" + repeated(")", depth); };
  EXPECT_TRUE(Expression::parse(nested(31), words()).ok());
  EXPECT_EQ(Expression::parse(nested(32), words()).error().code, "rules.too_deep");
  EXPECT_EQ(Expression::parse(repeated("not ", 900) + "hum.killed", words()).error().code, "rules.too_deep");
  EXPECT_EQ(Expression::parse(repeated("(", 4000), words()).error().code, "rules.too_deep");
  EXPECT_EQ(Expression::parse("op.ci" + repeated(" or op.ci", 300), words()).error().code, "rules.too_large");
  EXPECT_EQ(Expression::parse(std::string(5000, ' '), words()).error().code, "rules.too_large");
}

Reading given(FactValue value) { return {ValueState::Given, std::move(value)}; }
Condition condition_of(std::string_view text) { return parsed(text).nodes().back().condition; }

TEST(Condition, AbsentInvestigatingAndUnknownAreAllUnknown) {
  for (const auto* text : {"hum.killed", "outage.lost_kw < 7 kW", "inc.cyber in {yes}", "inc.cyber != yes"}) {
    EXPECT_EQ(judge(condition_of(text), {}), U) << text;
    EXPECT_EQ(judge(condition_of(text), {ValueState::Investigating, {}}), U) << text;
    EXPECT_EQ(judge(condition_of(text), {ValueState::Unknown, {}}), U) << text;
  }
  EXPECT_EQ(judge(condition_of("inc.cyber in {yes}"), given(std::string("unknown"))), U);
  EXPECT_EQ(judge(condition_of("inc.cyber != no"), given(std::string("unknown"))), U);
}

TEST(Condition, NotApplicableIsFalseForFlagsAndNothingForNumbersAndChoices) {
  const Reading none{ValueState::NotApplicable, {}};
  EXPECT_EQ(judge(condition_of("hum.killed"), none), F);
  EXPECT_EQ(judge(condition_of("outage.lost_kw < 7 kW"), none), F);
  EXPECT_EQ(judge(condition_of("outage.lost_kw >= 7 kW"), none), F);
  EXPECT_EQ(judge(condition_of("inc.cyber == no"), none), F);
  EXPECT_EQ(judge(condition_of("inc.cyber != no"), none), T);
}

TEST(Condition, GivenAsksForAValueAndStatedForAnyWord) {
  EXPECT_EQ(judge(condition_of("given(hum.killed)"), {}), F);
  EXPECT_EQ(judge(condition_of("stated(hum.killed)"), {}), F);
  EXPECT_EQ(judge(condition_of("given(hum.killed)"), {ValueState::Investigating, {}}), F);
  EXPECT_EQ(judge(condition_of("stated(hum.killed)"), {ValueState::Investigating, {}}), T);
  EXPECT_EQ(judge(condition_of("given(hum.killed)"), given(false)), T);
}

TEST(Condition, ANumberThatMayStillGrowDecidesOnlyWhatCannotChange) {
  Reading twelve = given(12.0);
  twelve.at_least = true;
  const auto asked = [&](const char* text) { return judge(condition_of(text), twelve); };
  EXPECT_EQ(asked("outage.minutes >= 10 min"), T);
  EXPECT_EQ(asked("outage.minutes >= 60 min"), U);
  EXPECT_EQ(asked("outage.minutes < 10 min"), F);
  EXPECT_EQ(asked("outage.minutes < 60 min"), U);
  EXPECT_EQ(asked("outage.minutes == 11 min"), F);
  EXPECT_EQ(asked("outage.minutes == 12 min"), U);
  EXPECT_EQ(asked("outage.minutes != 11 min"), T);
  EXPECT_EQ(asked("outage.minutes > 12 min"), U);
  EXPECT_EQ(asked("outage.minutes <= 11 min"), F);
}

TEST(Condition, MembershipOfASetIsAnOverlap) {
  const Reading both_licences = given(std::set<std::string>{"gtd", "retail"});
  EXPECT_EQ(judge(condition_of("op.license in {gtd, tx}"), both_licences), T);
  EXPECT_EQ(judge(condition_of("op.license in {agg}"), both_licences), F);
  EXPECT_EQ(judge(condition_of("op.license not in {agg}"), both_licences), T);
  EXPECT_EQ(judge(condition_of("op.license in {gtd}"), given(std::set<std::string>{})), F);
}

TEST(Expression, DecidingLeavesAreThoseThatLeaveNoOtherValue) {
  const Expression rule = parsed("hum.killed and (fire.exists or prop.damage)");
  const auto leaves = [](const ExpressionNode& leaf) {
    return leaf.condition.name == "prop.damage" ? U : leaf.condition.name == "hum.killed" ? F : T;
  };
  const auto truths = rule.evaluate(leaves);
  const auto deciding = rule.deciding_leaves(truths);
  ASSERT_EQ(deciding.size(), 1U);
  EXPECT_EQ(rule.nodes()[deciding.front()].condition.name, "hum.killed");
}

}  // namespace
}  // namespace hinomi::rules
