#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "anonymity/anonymity.h"
#include "anonymity/edition_fields.h"
#include "anonymity/least_loss.h"

namespace hinomi::anonymity {
namespace {

std::string_view in_language(Language language, std::string_view japanese, std::string_view english) {
  return language == Language::Japanese ? japanese : english;
}

// Spans that say the same thing are decided together.
struct Group {
  Choice choice;
  std::vector<std::pair<std::size_t, std::size_t>> spans;  // field, span
};

class Proposer {
 public:
  Proposer(const Anonymiser& anonymiser, const Circumstances& circumstances)
      : anonymiser_(anonymiser), circumstances_(circumstances), context_(anonymiser.context_of(circumstances)) {}

  Status read(std::string field, std::string_view source) {
    TRY(Findings findings, anonymiser_.find(source, context_));
    context_.pseudonyms = Pseudonyms::from(findings.pseudonyms);
    Decisions decisions;
    for (const Span& span : findings.spans)
      decisions[span.id] = circumstances_.cleared.contains(span.text) ? 0 : span.proposed;
    proposal_.fields.push_back({std::move(field), std::string(source), std::move(findings), std::move(decisions)});
    return {};
  }

  // Generalises what was read, as little as is enough.
  Status settle() {
    TRY(const Population population, population_of(anonymiser_, circumstances_));
    TRY(const std::set<Statement> fixed, earlier_statements(anonymiser_, circumstances_));
    const std::vector<Group> groups = grouped();
    std::vector<Choice> choices;
    for (const Group& group : groups) choices.push_back(group.choice);
    const Search search = least_loss(choices, fixed, population, circumstances_.policy);
    std::set<Statement> said = fixed;
    for (std::size_t i = 0; i < groups.size(); ++i) decide(groups[i], search.chosen[i], said);
    proposal_.story = population.count(said, circumstances_.policy);
    proposal_.loss = search.loss;
    proposal_.exact = search.exact;
    proposal_.lower_bound = search.lower_bound;
    proposal_.pseudonyms = context_.pseudonyms.all();
    return {};
  }

  // The field as decided; empty when it was not read.
  [[nodiscard]] Result<std::string> text_of(std::string_view field) const {
    const auto found = std::ranges::find(proposal_.fields, field, &FieldProposal::field);
    if (found == proposal_.fields.end()) return std::string();
    return anonymised_text(found->source, found->findings.spans, found->decisions);
  }

  // Measures the final text; a story that is not enough after all gives way to the technical-only edition.
  Result<Proposal> finish(Edition story, const Edition& technical) {
    proposal_.edition = std::move(story);
    TRY(proposal_.measure, anonymiser_.measure(proposal_.edition, circumstances_));
    if (proposal_.measure.is_releasable()) return std::move(proposal_);
    proposal_.edition = technical;
    TRY(proposal_.measure, anonymiser_.measure(technical, circumstances_));
    if (!proposal_.measure.is_releasable()) {
      proposal_.edition.body.clear();
      TRY(proposal_.measure, anonymiser_.measure(proposal_.edition, circumstances_));
    }
    return std::move(proposal_);
  }

 private:
  [[nodiscard]] std::vector<Group> grouped() const {
    std::map<std::tuple<SpanClass, Statement, std::size_t>, Group> groups;
    for (std::size_t field = 0; field < proposal_.fields.size(); ++field) {
      const FieldProposal& read = proposal_.fields[field];
      for (const Span& span : read.findings.spans) {
        const auto& statement = span.steps.front().statement;
        if (!statement || span.side != Side::Victim || circumstances_.cleared.contains(span.text)) continue;
        Group& group = groups[{span.span_class, *statement, span.steps.size()}];
        if (group.spans.empty()) group.choice = choice_of(span);
        group.spans.emplace_back(field, span.id);
      }
    }
    std::vector<Group> out;
    for (auto& [key, group] : groups) out.push_back(std::move(group));
    return out;
  }

  // What never may stay has no option to stay.
  static Choice choice_of(const Span& span) {
    Choice choice;
    for (std::size_t step = span.proposed; step < span.steps.size(); ++step) {
      choice.options.push_back({step, span.steps[step].loss, span.steps[step].statement});
    }
    return choice;
  }

  void decide(const Group& group, std::size_t option, std::set<Statement>& said) {
    const Choice::Option& chosen = group.choice.options[option];
    for (const auto& [field, id] : group.spans) {
      FieldProposal& proposal = proposal_.fields[field];
      proposal.decisions[id] = chosen.step;
    }
    if (chosen.statement) said.insert(*chosen.statement);
    const auto& [field, id] = group.spans.front();
    const Span& span = proposal_.fields[field].findings.spans[id];
    if (chosen.step == 0) return;
    const Step& step = span.steps[chosen.step];
    proposal_.generalisations.push_back({span.text, step.replacement, step.key, step.loss});
  }

  const Anonymiser& anonymiser_;
  const Circumstances& circumstances_;
  FindContext context_;
  Proposal proposal_;
};

// The text with every word about the victim at its vaguest; what is the attacker's stays.
Result<std::string> vaguest_text(const Anonymiser& anonymiser, std::string_view text,
                                 const Circumstances& circumstances) {
  TRY(const Findings findings, anonymiser.find(text, anonymiser.context_of(circumstances)));
  Decisions decisions;
  for (const Span& span : findings.spans) {
    const bool stays = span.side == Side::Attacker || circumstances.cleared.contains(span.text);
    decisions[span.id] = stays ? 0 : span.steps.size() - 1;
  }
  return anonymised_text(text, findings.spans, decisions);
}

// Indicators that may go out: the attacker's, and not only this reporter's unless it waived that.
std::vector<Indicator> free_indicators(const std::vector<Indicator>& all, const Circumstances& circumstances) {
  std::vector<Indicator> out;
  for (const Indicator& indicator : all) {
    if (circumstances.indicator_waiver || circumstances.seen_by_others.contains(indicator)) out.push_back(indicator);
  }
  return out;
}

Edition technical_edition(const TechnicalBlock& block, const Circumstances& circumstances) {
  Edition edition;
  edition.kind = EditionKind::TechnicalOnly;
  edition.title = in_language(circumstances.language, "攻撃技術情報", "Attack-technical information");
  edition.indicators = free_indicators(block.indicators, circumstances);
  edition.techniques = block.techniques;
  edition.cves = block.cves;
  return edition;
}

std::string joined_paragraphs(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "\n\n" + second;
}

// The values that stay behind are still worth showing to the desk.
void add_held(Proposal& proposal, const std::vector<Indicator>& all, const Circumstances& circumstances) {
  const auto free = free_indicators(all, circumstances);
  for (const Indicator& indicator : all) {
    if (std::ranges::find(free, indicator) == free.end()) proposal.measure.held.push_back(indicator);
  }
}

Circumstances of_report(const ReportDraft& report, const Circumstances& circumstances) {
  Circumstances out = circumstances;
  out.attacker.insert(out.attacker.end(), report.technical.indicators.begin(), report.technical.indicators.end());
  out.indicator_waiver = out.indicator_waiver || report.technical_preconsent;
  return out;
}

std::string numbers_of(const Measure& measure) {
  return fmt::format("{} of {} members fit, {} once {} readers pool what they know; {} are needed.",
                     measure.count.fitting, measure.count.population, measure.count.smallest,
                     measure.count.fitting - measure.audiences.back().members, measure.count.required);
}

std::string advice_of(const Proposal& proposal) {
  if (proposal.is_technical_only())
    return " No wording of the story reaches this: release the technical information only.";
  std::string advice = " Say less:";
  for (const Generalisation& change : proposal.generalisations)
    advice += fmt::format(" \"{}\" → \"{}\";", change.from, change.to);
  advice.back() = '.';
  return advice;
}

}  // namespace

Result<Proposal> Anonymiser::propose(const ReportDraft& report, const Circumstances& given) const {
  const Circumstances circumstances = of_report(report, given);
  Proposer proposer(*this, circumstances);
  TRY_OK(proposer.read("title", report.title));
  TRY_OK(proposer.read("summary", report.summary));
  TRY_OK(proposer.read("technical", report.technical.text));
  TRY_OK(proposer.settle());
  Edition technical = technical_edition(report.technical, circumstances);
  TRY(technical.body, vaguest_text(*this, report.technical.text, circumstances));
  Edition story = technical_edition(report.technical, circumstances);
  story.kind = EditionKind::Story;
  TRY(story.title, proposer.text_of("title"));
  if (story.title.empty())
    story.title = in_language(circumstances.language, "会員からの報告（匿名）", "A member's report (anonymous)");
  TRY(const std::string summary, proposer.text_of("summary"));
  TRY(const std::string technical_text, proposer.text_of("technical"));
  story.body = joined_paragraphs(summary, technical_text);
  TRY(Proposal proposal, proposer.finish(std::move(story), technical));
  add_held(proposal, report.technical.indicators, circumstances);
  return proposal;
}

Result<Proposal> Anonymiser::improve(const Edition& edition, const Circumstances& given) const {
  Circumstances circumstances = given;
  circumstances.attacker.insert(circumstances.attacker.end(), edition.indicators.begin(), edition.indicators.end());
  Proposer proposer(*this, circumstances);
  Edition story = edition;
  Edition technical = technical_edition({{}, edition.indicators, edition.techniques, edition.cves}, circumstances);
  for (const EditionField& field : edition_fields()) TRY_OK(proposer.read(field.name, edition.*field.text));
  TRY_OK(proposer.settle());
  for (const EditionField& field : edition_fields()) {
    TRY(story.*field.text, proposer.text_of(field.name));
    if (edition.kind != EditionKind::TechnicalOnly) continue;
    TRY(technical.*field.text, vaguest_text(*this, edition.*field.text, circumstances));
  }
  story.indicators = technical.indicators;
  TRY(Proposal proposal, proposer.finish(std::move(story), technical));
  add_held(proposal, edition.indicators, circumstances);
  return proposal;
}

Result<Measure> Anonymiser::check_release(const Edition& edition, const Circumstances& circumstances) const {
  TRY(Measure measured, measure(edition, circumstances));
  if (!measured.identifiers.empty()) {
    const FoundInField& first = measured.identifiers.front();
    return Error{
        ErrorKind::Conflict, "anonymity.identifier_remains",
        fmt::format("{} identifiers are left, the first is \"{}\". Replace them, or clear those that are harmless.",
                    measured.identifiers.size(), first.span.text),
        first.field};
  }
  if (!measured.is_releasable()) {
    TRY(const Proposal better, improve(edition, circumstances));
    return conflict("anonymity.below_k", numbers_of(measured) + advice_of(better));
  }
  if (!measured.held.empty()) {
    return conflict(
        "anonymity.indicator_held",
        fmt::format("{} values were seen by this reporter only. Ask it for the waiver, wait for a second sighting, "
                    "or leave them out.",
                    measured.held.size()));
  }
  return measured;
}

}  // namespace hinomi::anonymity
