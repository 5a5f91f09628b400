#include "forms/proposal.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "forms/answer.h"
#include "forms/form_sheet.h"
#include "support/shipped_forms.h"

namespace hinomi::forms {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Instant kNow = parse_rfc3339("2026-11-22T02:14:00+09:00").value();

const FormBook& book() {
  static const auto kBook = shipped_form_book();
  return *kBook;
}

// --- a report that says random things

bool one_in(Random& chance, std::uint32_t count) { return chance.below(count) == 0; }
template <class List>
const auto& any_of(Random& chance, const List& list) {
  return list[chance.below(static_cast<std::uint32_t>(list.size()))];
}

// Texts that look like something else, or that no text of people's own can be mistaken for.
enum class Texts { Tricky, Plain };

std::string any_text(Random& chance, Texts texts) {
  if (texts == Texts::Plain) return "本文 " + std::to_string(chance.below(1000));
  static const std::vector<std::string> kTexts{"第一変電所",
                                               "=1+1",
                                               "@cmd",
                                               "調査中",
                                               "不明",
                                               "two\nlines",
                                               "a\tb\rc",
                                               "<b>&amp;\"quoted\"",
                                               "0312345",
                                               "~7",
                                               "7,200 kW",
                                               "推定",
                                               "🗼 tower",
                                               "_x0041_",
                                               "2026-11-22",
                                               "はい",
                                               "該当なし",
                                               " 端に空白 ",
                                               "（推定）",
                                               "，；、",
                                               "-",
                                               "\x01 control",
                                               "第一変電所（推定）",
                                               "未記入",
                                               "Not filled in",
                                               "ｱﾝﾀﾞｰ",
                                               "\xE3\x80\x80",
                                               "'quote"};
  return any_of(chance, kTexts);
}

FactValue any_value(const FactDefinition& definition, Random& chance, Texts texts) {
  static const std::vector<double> kNumbers{0, 1, 7200, 120000, 12.5, 0.25, 999999999, 1e12};
  switch (definition.kind) {
    case FactKind::Flag: return one_in(chance, 2);
    case FactKind::Number: return any_of(chance, kNumbers);
    case FactKind::Text: return any_text(chance, texts);
    case FactKind::Choice: return std::string(any_of(chance, definition.choices));
    case FactKind::Choices: {
      std::set<std::string> words{std::string(any_of(chance, definition.choices))};
      for (const std::string_view word : definition.choices) {
        if (one_in(chance, 4)) words.emplace(word);
      }
      return words;
    }
    case FactKind::Time: return kNow - std::chrono::minutes(chance.below(1'000'000));
  }
  return false;
}

Fact any_fact(const FactDefinition& definition, Random& chance, Texts texts) {
  constexpr std::array kStates{ValueState::Investigating, ValueState::Unknown, ValueState::NotApplicable};
  if (one_in(chance, 4)) return {any_of(chance, kStates), std::nullopt};
  Fact fact{ValueState::Given, any_value(definition, chance, texts)};
  fact.estimated = one_in(chance, 4);
  if (definition.kind == FactKind::Time) fact.precision = static_cast<TimePrecision>(chance.below(4));
  if (one_in(chance, 3)) fact.evidence = "監視装置の記録";
  return fact;
}

// A report, its organisation, and what is needed to see it through a form.
struct Filed {
  ReportVersion report;
  Organisation org;
  rules::Assessment assessment;

  explicit Filed(FactSheet facts) {
    org.name = "あおば送配電";
    report.number = *HumanNumber::parse("NR-2026-K7Q4");
    report.version = 3;
    report.content.summary = "送電が止まった。";
    report.content.facts = std::move(facts);
    assess();
  }
  void assess() {
    assessment = rules::assess(book().rulebook(), org.attributes, report.content.kind, report.content.facts, kNow);
  }
  [[nodiscard]] ReadingMaterial material() const { return {{report, org, assessment}, false, kNow}; }
};

Filed any_report(Random& chance, Texts texts) {
  FactSheet facts;
  for (const FactDefinition& definition : fact_definitions()) {
    if (!one_in(chance, 3)) static_cast<void>(facts.set(definition.name, any_fact(definition, chance, texts)));
  }
  Filed filed(std::move(facts));
  filed.report.content.title = any_text(chance, texts);
  filed.report.content.contact = any_text(chance, texts);
  filed.report.content.technical.text = any_text(chance, texts);
  filed.report.content.technical.indicators = {{IndicatorType::Ipv4, "203.0.113.7"},
                                               {IndicatorType::Url, "https://evil.example/a b"}};
  filed.report.content.technical.cves = {"CVE-2023-12345"};
  return filed;
}

Occasion occasion_of(const FormDefinition& form) {
  const std::string& duty = form.services.front().duty;
  return {duty.ends_with('*') ? duty + "x" : duty, form.services.front().stages.front()};
}

// Through the file and back.
ReturnedSheet returned(const Filed& filed, const FormDefinition& form) {
  const auto bytes = write_form_sheet(book(), fill(book(), form, filed.material().newest, occasion_of(form)));
  EXPECT_TRUE(bytes.ok()) << bytes.error().detail;
  const auto tables = read_tables(*bytes);
  EXPECT_TRUE(tables.ok()) << tables.error().detail;
  const auto sheet = read_returned_sheet(*tables);
  EXPECT_TRUE(sheet.ok()) << sheet.error().detail;
  return *sheet;
}

std::vector<ProposedRow> proposed(const Filed& filed, const FormDefinition& form, const ReturnedSheet& sheet) {
  return propose(book(), form, sheet, filed.material());
}

std::map<std::string, std::string> changes(const std::vector<ProposedRow>& rows) {
  std::map<std::string, std::string> found;
  for (const ProposedRow& row : rows) {
    if (row.outcome == RowOutcome::Changed) found.emplace(row.source, row.after);
  }
  return found;
}

std::set<std::string> of_outcome(const std::vector<ProposedRow>& rows, RowOutcome outcome) {
  std::set<std::string> found;
  for (const ProposedRow& row : rows) {
    if (row.outcome == outcome) found.insert(row.source + " " + row.reason);
  }
  return found;
}

ReturnedRow& row_of(ReturnedSheet& sheet, std::string_view source) {
  return *std::ranges::find(sheet.rows, source, &ReturnedRow::source);
}

// --- the properties

constexpr unsigned kReports = 30;

TEST(Proposal, AnUntouchedWorkbookProposesNothingWhateverTheReportSays) {
  for (unsigned seed = 1; seed <= kReports; ++seed) {
    SeededRandom chance(seed);
    const Filed filed = any_report(chance, Texts::Tricky);
    for (const FormDefinition& form : book().forms()) {
      const auto rows = proposed(filed, form, returned(filed, form));
      EXPECT_FALSE(rows.empty()) << form.id;
      for (const ProposedRow& row : rows) {
        EXPECT_EQ(row.outcome, RowOutcome::Unchanged) << form.id << " " << row.source << " " << seed;
        EXPECT_FALSE(row.moved_on) << form.id << " " << row.source << " now " << row.now << " was " << row.printed;
      }
    }
  }
}

// 「不明」 is a state, and of some choices one of the words: which of them is meant, the hidden column alone tells.
bool is_ambiguous(const FactDefinition& definition, const Fact& fact) {
  return definition.kind == FactKind::Choice && fact.state != ValueState::Given;
}

bool says_the_same(const Fact& a, const Fact& b) {
  return a.state == b.state && a.value == b.value && a.estimated == b.estimated && a.precision == b.precision;
}

// What is printed of a fact is read as that fact: all that the hidden column does is to tell which cells were touched.
// The answers that the second report would have printed are written into the sheet of the first.
TEST(Proposal, ExactlyTheCellsThatWereChangedAreProposedAsWhatWasWritten) {
  for (unsigned seed = 1; seed <= kReports; ++seed) {
    SeededRandom chance(seed);
    const Filed filed = any_report(chance, Texts::Tricky);
    const Filed other = any_report(chance, Texts::Plain);
    for (const FormDefinition& form : book().forms()) {
      ReturnedSheet sheet = returned(filed, form);
      const ReturnedSheet answers = returned(other, form);
      std::set<std::string> expected;
      for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        const std::string& source = sheet.rows[i].source;
        const FactDefinition* definition = find_fact_definition(source);
        const Fact* before = filed.report.content.facts.find(source);
        const Fact* after = other.report.content.facts.find(source);
        if (definition == nullptr || after == nullptr || one_in(chance, 2)) continue;
        if (is_ambiguous(*definition, *after) || (before != nullptr && is_ambiguous(*definition, *before))) continue;
        // A text may be the very word of a state, such as 「該当なし」: then nobody has touched the cell.
        if (definition->kind == FactKind::Text && sheet.rows[i].answer == answers.rows[i].answer) continue;
        for (ReturnedRow& row : sheet.rows) {
          if (row.source == source) row.answer = answers.rows[i].answer;
        }
        if (before == nullptr || !says_the_same(*before, *after)) expected.insert(source);
      }
      const auto rows = proposed(filed, form, sheet);
      std::set<std::string> changed;
      for (const auto& [source, text] : changes(rows)) changed.insert(source);
      EXPECT_EQ(changed, expected) << form.id << " " << seed;
      EXPECT_THAT(of_outcome(rows, RowOutcome::NotUnderstood), IsEmpty()) << form.id << " " << seed;
      const ReportDraft draft = draft_with(book(), rows, changed, filed.material());
      for (const FactDefinition& definition : fact_definitions()) {
        const std::string name(definition.name);
        const Fact* now = draft.facts.find(name);
        if (!expected.contains(name)) {
          EXPECT_EQ(now == nullptr, filed.report.content.facts.find(name) == nullptr) << name;
          if (now != nullptr) EXPECT_EQ(*now, *filed.report.content.facts.find(name)) << name;
        } else {
          EXPECT_TRUE(says_the_same(*now, *other.report.content.facts.find(name))) << form.id << " " << name;
        }
      }
      ReportDraft rest = draft;
      rest.facts = filed.report.content.facts;
      EXPECT_EQ(rest, filed.report.content);
    }
  }
}

// --- one case each

const FormDefinition& prompt() { return *book().find("jp-eba-prompt"); }
const FormDefinition& notice() { return *book().find("jp-ci-notice"); }

Filed outage() {
  FactSheet facts;
  EXPECT_TRUE(facts.set("outage.lost_kw", {ValueState::Given, 7200.0}).ok());
  EXPECT_TRUE(facts.set("place", {ValueState::Given, std::string("第一変電所")}).ok());
  EXPECT_TRUE(facts.set("t.occurred", {ValueState::Investigating, std::nullopt}).ok());
  return Filed(std::move(facts));
}

TEST(Proposal, AStaleSheetUndoesNothingAndSaysWhatChangedMeanwhile) {
  Filed filed = outage();
  const ReturnedSheet sheet = returned(filed, prompt());
  ASSERT_TRUE(filed.report.content.facts.set("outage.lost_kw", {ValueState::Given, 95000.0}).ok());
  filed.report.version = 4;
  const auto rows = proposed(filed, prompt(), sheet);
  EXPECT_THAT(changes(rows), IsEmpty());
  for (const ProposedRow& row : rows) {
    if (row.source == "report.version") continue;
    EXPECT_EQ(row.moved_on, row.source == "outage.lost_kw") << row.source;
  }
}

TEST(Proposal, AnAnswerToWhatChangedMeanwhileIsShownAndNotTakenByItself) {
  Filed filed = outage();
  ReturnedSheet sheet = returned(filed, prompt());
  ASSERT_TRUE(filed.report.content.facts.set("outage.lost_kw", {ValueState::Given, 95000.0}).ok());
  row_of(sheet, "outage.lost_kw").answer = "8,000 kW";
  row_of(sheet, "place").answer = "第二変電所";
  const auto rows = proposed(filed, prompt(), sheet);
  EXPECT_THAT(changes(rows), SizeIs(2));
  EXPECT_THAT(safe_to_take(rows), ElementsAre("place"));
  const auto moved = std::ranges::find(rows, "outage.lost_kw", &ProposedRow::source);
  EXPECT_EQ(moved->printed, "7,200 kW");
  EXPECT_EQ(moved->now, "95,000 kW");
  EXPECT_EQ(moved->after, "8,000 kW");
  const ReportDraft safe = draft_with(book(), rows, safe_to_take(rows), filed.material());
  EXPECT_EQ(safe.facts.number("outage.lost_kw"), 95000.0);
  EXPECT_EQ(safe.facts.text("place"), "第二変電所");
}

TEST(Proposal, WhatIsNotUnderstoodIsShownWithItsCellAndReason) {
  const Filed filed = outage();
  ReturnedSheet sheet = returned(filed, prompt());
  row_of(sheet, "outage.lost_kw").answer = "たくさん";
  const auto rows = proposed(filed, prompt(), sheet);
  const auto row = std::ranges::find(rows, "outage.lost_kw", &ProposedRow::source);
  EXPECT_EQ(row->outcome, RowOutcome::NotUnderstood);
  EXPECT_EQ(row->reason, "forms.answer_number");
  EXPECT_EQ(row->answer, "たくさん");
  EXPECT_THAT(row->cell, testing::MatchesRegex("C[0-9]+"));
  EXPECT_THAT(row->label, HasSubstr("供給支障電力"));
}

TEST(Proposal, WhatAFormDoesNotSayAndWhatWasSaidCannotBeTakenBack) {
  const Filed filed = outage();
  ReturnedSheet sheet = returned(filed, prompt());
  row_of(sheet, "place").answer = "";
  row_of(sheet, "org.name").answer = "別の会社";
  row_of(sheet, "report.number").answer = "NR-2026-XXXX";
  row_of(sheet, "outage.minutes").answer = "";
  EXPECT_THAT(
      of_outcome(proposed(filed, prompt(), sheet), RowOutcome::Refused),
      ElementsAre("org.name forms.answer_fixed", "place forms.answer_empty", "report.number forms.answer_fixed"));
}

TEST(Proposal, ASheetChangesNothingThatItsFormDoesNotShow) {
  const Filed filed = outage();
  ReturnedSheet sheet = returned(filed, prompt());
  sheet.rows.push_back({"C99", "listed.material", "はい", ""});
  sheet.rows.push_back({"C100", "no.such.fact", "はい", ""});
  EXPECT_THAT(of_outcome(proposed(filed, prompt(), sheet), RowOutcome::NotUnderstood),
              ElementsAre("listed.material forms.source_elsewhere", "no.such.fact forms.source_elsewhere"));
}

TEST(Proposal, TwoAnswersToOneQuestionAreNotGuessedBetween) {
  const Filed filed = outage();
  ReturnedSheet sheet = returned(filed, prompt());
  row_of(sheet, "place").answer = "第二変電所";
  sheet.rows.push_back({"C99", "place", "第三変電所", "第一変電所"});
  const auto rows = proposed(filed, prompt(), sheet);
  EXPECT_THAT(changes(rows), IsEmpty());
  EXPECT_THAT(of_outcome(rows, RowOutcome::NotUnderstood), ElementsAre("place forms.answer_twice"));
  sheet.rows.back().answer = "第二変電所";
  EXPECT_THAT(changes(proposed(filed, prompt(), sheet)), SizeIs(1));
}

TEST(Proposal, WhatAValueRestedOnStaysWithThatValue) {
  Filed filed = outage();
  ASSERT_TRUE(filed.report.content.facts
                  .set("outage.lost_kw", {.state = ValueState::Given, .value = 7200.0, .evidence = "記録計"})
                  .ok());
  ReturnedSheet sheet = returned(filed, prompt());
  const auto drafted = [&](const std::string& answer) {
    row_of(sheet, "outage.lost_kw").answer = answer;
    const auto rows = proposed(filed, prompt(), sheet);
    return *draft_with(book(), rows, safe_to_take(rows), filed.material()).facts.find("outage.lost_kw");
  };
  EXPECT_EQ(drafted("~7200").evidence, "記録計");
  EXPECT_EQ(drafted("7300").evidence, "");
}

TEST(Proposal, WithoutItsNumberASheetIsANewReport) {
  ReturnedSheet sheet = returned(outage(), notice());
  sheet.report_number = "";
  row_of(sheet, "report.summary").answer = "別の場所で送電が止まった";
  const Filed nothing{FactSheet()};
  ReportVersion empty = nothing.report;
  empty.content = {};
  const ReadingMaterial fresh{{empty, nothing.org, nothing.assessment}, true, kNow};
  const auto rows = propose(book(), notice(), sheet, fresh);
  EXPECT_THAT(of_outcome(rows, RowOutcome::Refused), IsEmpty());
  EXPECT_THAT(of_outcome(rows, RowOutcome::NotUnderstood), IsEmpty());
  const ReportDraft draft = draft_with(book(), rows, safe_to_take(rows), fresh);
  EXPECT_EQ(draft.summary, "別の場所で送電が止まった");
  EXPECT_EQ(draft.facts.number("outage.lost_kw"), 7200.0);
  EXPECT_EQ(draft.facts.text("place"), "第一変電所");
  EXPECT_EQ(draft.facts.find("outage.minutes"), nullptr);
}

}  // namespace
}  // namespace hinomi::forms
