#include "rules/reachability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "rules/evaluation.h"

namespace hinomi::rules {
namespace {

std::string row(std::string_view id, std::string_view holder, std::string_view trigger,
                std::string_view when = "anyone") {
  return "[[duty]]\nid = \"" + std::string(id) + R"("
title = { ja = "題", en = "Title" }
basis = { ja = "根拠", en = "Basis" }
nature = "statutory"
holder = ')" +
         std::string(holder) + "'\ntrigger = '" + std::string(trigger) + R"('
clock_start = "t.known"
recipients = ["meti"]
route = "named_direct"
form = { ja = "様式", en = "Form" }
confidence = "open"
verified_on = ""
provenance = "invented"
[[duty.stage]]
name = "prompt"
title = { ja = "速報", en = "Prompt" }
deadline = "promptly"
when = ')" +
         std::string(when) + "'\n";
}

constexpr std::string_view kHead = R"([pack]
id = "probe"
version = "1"
title = { ja = "試験", en = "Probe" }
provenance = "invented"
[[party]]
code = "meti"
ja = "経済産業省"
en = "METI"
)";

Result<std::shared_ptr<const Rulebook>> book_of(const std::string& rows) {
  const std::vector<PackSource> sources{{"probe.toml", std::string(kHead) + rows}};
  return load_rulebook(sources);
}

TEST(Reachability, ARowThatNothingCanBringAboutIsRefusedWithItsLine) {
  const std::vector<std::pair<std::string_view, std::string_view>> contradictions{
      {"op.ci", "hum.killed and not hum.killed"},
      {"op.ci", "outage.lost_kw >= 10 kW and outage.lost_kw < 10 kW"},
      {"op.ci", "outage.lost_kw < 0 kW"},
      {"op.ci", "outage.lost_kw == 5 kW and outage.lost_kw != 5 kW"},
      {"op.ci", "inc.cyber == yes and inc.cyber == no"},
      {"op.ci", "inc.cyber in {yes, suspected} and inc.cyber not in {yes, suspected, no}"},
      {"op.ci", "inc.cyber not in {yes, suspected, no, unknown} and given(inc.cyber)"},
      {"op.ci", "given(outage.lost_kw) and not stated(outage.lost_kw)"},
      {"op.ci", "hum.killed and not stated(hum.killed)"},
      {"op.license in {gtd}", "op.license not in {gtd, tx}"},
      {"op.ci and not op.ci", "hum.killed"},
      {"op.ci", "report.kind == incident and report.kind == near_miss"},
      {"op.ci", "(hum.killed or fire.exists) and not hum.killed and not fire.exists"},
  };
  for (const auto& [holder, trigger] : contradictions) {
    const auto book = book_of(row("JP-A", holder, trigger));
    ASSERT_FALSE(book.ok()) << trigger;
    EXPECT_EQ(book.error().code, "rules.unreachable") << trigger;
    EXPECT_THAT(book.error().where, testing::StartsWith("probe.toml: line 16")) << trigger;
  }
}

TEST(Reachability, AStageThatNeverComesAboutIsRefused) {
  const auto book = book_of(row("JP-A", "op.ci", "pii.malicious", "not pii.malicious"));
  ASSERT_FALSE(book.ok());
  EXPECT_EQ(book.error().code, "rules.unreachable");
  EXPECT_THAT(book.error().detail, testing::HasSubstr("the stage prompt of JP-A"));
}

TEST(Reachability, ContradictionsAreFoundThroughOtherRows) {
  const auto base = row("JP-B", "op.license in {gtd}", "hum.killed");
  const auto other_holder = book_of(base + row("JP-A", "op.ci", "fired(\"JP-B\") and not hum.killed"));
  ASSERT_FALSE(other_holder.ok());
  EXPECT_THAT(other_holder.error().detail, testing::HasSubstr("JP-A"));
  EXPECT_FALSE(book_of(base + row("JP-A", "op.license in {gtd}", "hum.killed and not fired(\"JP-B\")")).ok());
  EXPECT_TRUE(book_of(base + row("JP-A", "op.ci", "hum.killed and not fired(\"JP-B\")")).ok());
}

TEST(Reachability, WhatSomeFactsBringAboutIsAccepted) {
  for (const std::string_view trigger :
       {"hum.killed or not hum.killed", "outage.lost_kw == 5 kW",
        "outage.lost_kw < 10 kW and outage.lost_kw >= 10 kW or op.ci", "not stated(hum.killed) and fire.exists",
        "not given(hum.killed) and stated(hum.killed)", "op.license in {gtd} and op.license in {tx}",
        "inc.cyber != yes and inc.cyber != no and inc.cyber != suspected",
        "not hum.killed and not given(hum.killed)"}) {
    const auto book = book_of(row("JP-A", "op.ci", trigger));
    EXPECT_TRUE(book.ok()) << trigger << ": " << (book.ok() ? "" : book.error().detail);
  }
}

// ---- Against every statement that can be made about four small facts.

class Texts {
 public:
  explicit Texts(unsigned seed) : random_(seed) {}
  std::string expression(int depth) {
    if (depth == 0 || pick(4) == 0) return leaf();
    const auto left = expression(depth - 1);
    const std::string joint = pick(2) == 0 ? " and " : " or ";
    const auto both = "(" + left + joint + expression(depth - 1) + ")";
    return pick(4) == 0 ? "not " + both : both;
  }

 private:
  std::string leaf() {
    static constexpr std::array<std::string_view, 14> kLeaves{"hum.killed",
                                                              "given(hum.killed)",
                                                              "stated(hum.killed)",
                                                              "outage.lost_kw < 10 kW",
                                                              "outage.lost_kw == 20 kW",
                                                              "outage.lost_kw >= 10 kW",
                                                              "outage.lost_kw > 20 kW",
                                                              "inc.cyber == yes",
                                                              "inc.cyber in {yes, no}",
                                                              "inc.cyber != suspected",
                                                              "given(inc.cyber)",
                                                              "op.license in {gtd}",
                                                              "op.license in {gtd, tx}",
                                                              "op.license not in {tx}"};
    const std::string text(kLeaves.at(pick(kLeaves.size())));
    return pick(3) == 0 ? "not " + text : text;
  }
  std::size_t pick(std::size_t count) { return random_() % count; }
  std::mt19937 random_;
};

Reading said(ValueState state) { return {state, std::nullopt}; }
Reading given(FactValue value) { return {ValueState::Given, std::move(value)}; }

bool some_statement_makes_true(const Expression& expression) {
  const std::vector<Reading> killed{
      {}, said(ValueState::Investigating), said(ValueState::NotApplicable), given(true), given(false)};
  const std::vector<Reading> lost{
      {}, said(ValueState::NotApplicable), given(5.0), given(10.0), given(15.0), given(20.0), given(25.0)};
  const std::vector<Reading> cyber{{},
                                   said(ValueState::NotApplicable),
                                   said(ValueState::Unknown),
                                   given(std::string("yes")),
                                   given(std::string("suspected")),
                                   given(std::string("no")),
                                   given(std::string("unknown"))};
  std::vector<Reading> licences;
  for (const auto& words : std::vector<std::set<std::string>>{{}, {"gtd"}, {"tx"}, {"gtd", "tx"}, {"retail"}}) {
    licences.push_back(given(words));
  }
  for (const auto& a : killed) {
    for (const auto& b : lost) {
      for (const auto& c : cyber) {
        for (const auto& d : licences) {
          const std::map<std::string_view, const Reading*> facts{
              {"hum.killed", &a}, {"outage.lost_kw", &b}, {"inc.cyber", &c}, {"op.license", &d}};
          const auto truths = expression.evaluate(
              [&](const ExpressionNode& leaf) { return judge(leaf.condition, *facts.at(leaf.condition.name)); });
          if (truths.back() == Truth::True) return true;
        }
      }
    }
  }
  return false;
}

TEST(Reachability, AgreesWithTryingEveryStatement) {
  const auto book = book_of(row("JP-A", "op.ci", "hum.killed"));
  ASSERT_TRUE(book.ok());
  int refuted = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    const auto text = Texts(seed).expression(4);
    const auto parsed = Expression::parse(text, Vocabulary::standard());
    ASSERT_TRUE(parsed.ok()) << text;
    const Expression* const conditions[] = {&*parsed};
    const bool possible = can_all_hold(**book, conditions);
    EXPECT_EQ(possible, some_statement_makes_true(*parsed)) << text;
    refuted += possible ? 0 : 1;
  }
  EXPECT_GT(refuted, 5) << "too few contradictions to say anything";
}

}  // namespace
}  // namespace hinomi::rules
