#include "forms/proposal.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "forms/answer.h"
#include "forms/form_sheet_keys.h"
#include "model/words.h"

namespace hinomi::forms {
namespace {

constexpr Words<RowOutcome, 4> kOutcomes{"forms.outcome_unknown",
                                         {"unchanged", "changed", "not_understood", "refused"}};

// What the form says about one source.
struct Shown {
  std::string label;
  std::string text;
  bool technical = false;
};
using ShownBySource = std::map<std::string, Shown, std::less<>>;

ShownBySource shown_in(const FilledForm& form) {
  ShownBySource shown;
  for (const FilledSection& section : form.sections) {
    for (const FilledField& field : section.fields) {
      for (const FilledEntry& entry : field.entries) {
        const bool alone = field.entries.size() == 1 || entry.label == field.label;
        shown.emplace(entry.source, Shown{alone ? field.label : field.label + " – " + entry.label,
                                          std::string(trimmed(entry.text)), field.technical});
      }
    }
  }
  return shown;
}

bool says_the_same(const Fact& a, const Fact& b) {
  return a.state == b.state && a.value == b.value && a.estimated == b.estimated && a.precision == b.precision;
}

// What an answer about one fact would make of it; nothing where that is what it is already.
Result<std::optional<Fact>> changed_fact(const FormBook& book, const FactDefinition& definition, const Fact* before,
                                         const ReadingMaterial& material, std::string_view answer) {
  TRY(auto read, read_answer(book, definition, answer, material.now));
  if (!read && before != nullptr)
    return invalid("forms.answer_empty", "What a report has said stays said. Write what holds now.");
  if (!read || (before != nullptr && says_the_same(*before, *read))) return std::optional<Fact>();
  // What the old value rested on says nothing about another one.
  if (before != nullptr && before->value == read->value && before->precision == read->precision)
    read->evidence = before->evidence;
  return std::move(read);
}

ReportDraft without_facts(const ReportDraft& draft) {
  ReportDraft rest;
  rest.kind = draft.kind;
  rest.title = draft.title;
  rest.summary = draft.summary;
  rest.contact = draft.contact;
  rest.technical = draft.technical;
  return rest;
}

RowOutcome outcome_of(const Error& error) {
  constexpr std::array<std::string_view, 3> kRefused{"forms.answer_fixed", "forms.answer_empty", "forms.answer_long"};
  return std::ranges::find(kRefused, error.code) == kRefused.end() ? RowOutcome::NotUnderstood : RowOutcome::Refused;
}

void set_error(ProposedRow& row, const Error& error) {
  row.outcome = outcome_of(error);
  row.reason = error.code;
  row.detail = error.detail;
}

class Proposing {
 public:
  Proposing(const FormBook& book, const ReadingMaterial& material, ShownBySource shown)
      : book_(book), material_(material), shown_(std::move(shown)) {}

  [[nodiscard]] ProposedRow proposed(const ReturnedRow& returned) const {
    ProposedRow row;
    row.cell = returned.cell;
    row.source = returned.source;
    row.label = returned.source;
    row.answer = returned.answer;
    row.printed = returned.printed;
    if (returned.source.starts_with(key::kLong)) {
      set_error(row, invalid("forms.answer_long", "A text that no cell can hold is not changed from a workbook."));
      return row;
    }
    const auto shown = shown_.find(returned.source);
    if (shown == shown_.end()) {
      set_error(row, invalid("forms.source_elsewhere", "This form shows nothing of this name."));
      return row;
    }
    row.label = shown->second.label;
    row.now = shown->second.text;
    row.technical = shown->second.technical;
    row.moved_on = !material_.is_new && row.printed != row.now;
    if (!is_left_alone(row)) judge(row);
    return row;
  }

 private:
  [[nodiscard]] bool is_left_alone(const ProposedRow& row) const {
    if (!material_.is_new) return row.answer == row.printed || row.answer == row.now;
    const auto part = story_part(row.source);
    return row.answer.empty() || (part && !is_said_by_reports(*part));
  }

  void judge(ProposedRow& row) const {
    const auto changes = changes_something(row);
    if (changes.ok()) {
      row.outcome = *changes ? RowOutcome::Changed : RowOutcome::Unchanged;
      return;
    }
    // A new report has said nothing yet, so saying nothing is no refusal.
    if (material_.is_new && changes.error().code == "forms.answer_empty") return;
    set_error(row, changes.error());
  }

  // Every source that the form shows is a fact or a part of the story.
  [[nodiscard]] Result<bool> changes_something(const ProposedRow& row) const {
    const ReportDraft& content = material_.newest.report.content;
    if (const FactDefinition* definition = find_fact_definition(row.source)) {
      TRY(const auto fact, changed_fact(book_, *definition, content.facts.find(row.source), material_, row.answer));
      return fact.has_value();
    }
    const ReportDraft before = without_facts(content);
    ReportDraft after = before;
    TRY_OK(put_part(book_, *story_part(row.source), row.answer, after));
    return !(after == before);
  }

  const FormBook& book_;
  const ReadingMaterial& material_;
  ShownBySource shown_;
};

// One source in two rows that want different things: neither is guessed to be the one that is meant.
void settle_twins(std::vector<ProposedRow>& rows) {
  std::map<std::string, std::vector<ProposedRow*>, std::less<>> changes;
  for (ProposedRow& row : rows) {
    if (row.outcome == RowOutcome::Changed) changes[row.source].push_back(&row);
  }
  for (auto& [source, twins] : changes) {
    const bool agree =
        std::ranges::all_of(twins, [&](const ProposedRow* row) { return row->answer == twins[0]->answer; });
    for (std::size_t i = 0; i < twins.size(); ++i) {
      if (!agree) set_error(*twins[i], invalid("forms.answer_twice", "Two cells answer this differently."));
      if (agree && i > 0) twins[i]->outcome = RowOutcome::Unchanged;
    }
  }
}

}  // namespace

std::string_view row_outcome_text(RowOutcome outcome) { return kOutcomes.text(outcome); }

std::vector<ProposedRow> propose(const FormBook& book, const FormDefinition& definition, const ReturnedSheet& sheet,
                                 const ReadingMaterial& material) {
  const Occasion occasion{sheet.duty, sheet.stage};
  const Proposing proposing(book, material, shown_in(fill(book, definition, material.newest, occasion)));
  std::vector<ProposedRow> rows;
  std::set<std::string> all;
  for (const ReturnedRow& row : sheet.rows) {
    rows.push_back(proposing.proposed(row));
    all.insert(row.source);
  }
  settle_twins(rows);
  ReportVersion next = material.newest.report;
  next.content = draft_with(book, rows, all, material);
  const ShownBySource after =
      shown_in(fill(book, definition, {next, material.newest.organisation, material.newest.assessment}, occasion));
  for (ProposedRow& row : rows) {
    if (row.outcome == RowOutcome::Changed) row.after = after.at(row.source).text;
  }
  return rows;
}

std::set<std::string> safe_to_take(const std::vector<ProposedRow>& rows) {
  std::set<std::string> sources;
  for (const ProposedRow& row : rows) {
    if (row.outcome == RowOutcome::Changed && !row.moved_on) sources.insert(row.source);
  }
  return sources;
}

ReportDraft draft_with(const FormBook& book, const std::vector<ProposedRow>& rows, const std::set<std::string>& taken,
                       const ReadingMaterial& material) {
  ReportDraft draft = material.newest.report.content;
  for (const ProposedRow& row : rows) {
    if (row.outcome != RowOutcome::Changed || !taken.contains(row.source)) continue;
    const FactDefinition* definition = find_fact_definition(row.source);
    if (definition == nullptr) {
      // It was read before, and no other row is about this source, so it is read again.
      static_cast<void>(put_part(book, *story_part(row.source), row.answer, draft));
      continue;
    }
    const auto fact = changed_fact(book, *definition, draft.facts.find(row.source), material, row.answer);
    if (fact.ok() && *fact) static_cast<void>(draft.facts.set(row.source, **fact));
  }
  return draft;
}

}  // namespace hinomi::forms
