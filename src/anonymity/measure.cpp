#include <fmt/format.h>

#include <algorithm>

#include "anonymity/anonymity.h"
#include "anonymity/edition_fields.h"
#include "anonymity/network.h"

namespace hinomi::anonymity {
namespace {

constexpr double kCertain = 0.7;

bool is_cleared(const Circumstances& circumstances, const Span& span) {
  return circumstances.cleared.contains(span.text);
}

struct Said {
  std::set<Statement> statements;
  std::vector<FoundInField> identifiers;
  std::vector<FoundInField> questions;
};

void add_span(Said& said, std::string_view field, const Span& span) {
  const auto& statement = span.steps.front().statement;
  const bool identifies = statement && statement->attribute == Attribute::Identifier;
  const bool certain = span.side == Side::Victim && span.confidence >= kCertain;
  if (span.flagged) said.questions.push_back({std::string(field), span});
  if (identifies && certain) said.identifiers.push_back({std::string(field), span});
  if (statement && !identifies) said.statements.insert(*statement);
}

// An address of the victim may have slipped into the list of attack infrastructure.
void add_indicators(Said& said, const Edition& edition, const FindContext& context) {
  const SideJudge judge({}, context.own_terms);
  for (const Indicator& indicator : edition.indicators) {
    const bool address = indicator.type == IndicatorType::Ipv4 || indicator.type == IndicatorType::Ipv6 ||
                         indicator.type == IndicatorType::Ipv4Cidr;
    const bool named = address || indicator.type == IndicatorType::Domain || indicator.type == IndicatorType::Url ||
                       indicator.type == IndicatorType::Email;
    if (!named) continue;
    Span span;
    span.text = indicator.value;
    span.end = indicator.value.size();
    span.span_class = address ? SpanClass::Ip : SpanClass::Host;
    span.rule = "indicator.side";
    span.reason_key = "anonymity.reason.victim_indicator";
    span.steps.push_back({"keep", indicator.value, 0, Statement{Attribute::Identifier, indicator.value}});
    if (judge.judge(span.span_class, indicator.value) == Side::Victim)
      said.identifiers.push_back({"indicators", std::move(span)});
  }
}

Result<Said> said_in(const Anonymiser& anonymiser, const Edition& edition, const Circumstances& circumstances) {
  FindContext context = anonymiser.context_of(circumstances);
  context.attacker.insert(context.attacker.end(), edition.indicators.begin(), edition.indicators.end());
  Said said;
  for (const EditionField& field : edition_fields()) {
    TRY(const Findings findings, anonymiser.find(edition.*field.text, context));
    for (const Span& span : findings.spans) {
      if (!is_cleared(circumstances, span) && span.side != Side::Attacker) add_span(said, field.name, span);
    }
  }
  add_indicators(said, edition, context);
  return said;
}

std::vector<Telling> most_telling(const Population& population, const std::set<Statement>& joint,
                                  const AnonymityPolicy& policy) {
  const std::size_t all = population.count(joint, policy).fitting;
  std::vector<Telling> telling;
  for (const Statement& statement : joint) {
    std::set<Statement> without = joint;
    without.erase(statement);
    const std::size_t drop = population.count(without, policy).fitting - all;
    const std::size_t alone = population.size() - population.count({statement}, policy).fitting;
    // Two statements that say the same hide each other's drop; what one excludes alone decides then.
    if (std::max(drop, alone) > 0) telling.push_back({statement, std::max(drop, alone)});
  }
  std::ranges::sort(telling, [](const Telling& a, const Telling& b) {
    return a.drop != b.drop ? a.drop > b.drop : a.statement < b.statement;
  });
  if (telling.size() > 3) telling.resize(3);
  return telling;
}

}  // namespace

std::span<const EditionField> edition_fields() {
  static constexpr EditionField kFields[] = {{"title", &Edition::title},
                                             {"body", &Edition::body},
                                             {"implication", &Edition::implication},
                                             {"check", &Edition::check},
                                             {"mitigation", &Edition::mitigation}};
  return kFields;
}

bool Measure::is_releasable() const {
  if (!identifiers.empty()) return false;
  const bool silent =
      std::ranges::none_of(statements, [](const Statement& s) { return s.attribute != Attribute::Date; });
  return kind == EditionKind::TechnicalOnly ? silent : count.enough();
}

Result<Population> population_of(const Anonymiser& anonymiser, const Circumstances& circumstances) {
  const auto reporter = std::ranges::find(circumstances.registry, circumstances.reporter, &Organisation::id);
  if (reporter == circumstances.registry.end()) {
    return Error{ErrorKind::NotFound, "anonymity.reporter_unknown",
                 "The reporting organisation is not in the registry.", "reporter"};
  }
  return Population(anonymiser.gazetteer(), circumstances.registry, *reporter, circumstances.readers);
}

Result<std::set<Statement>> earlier_statements(const Anonymiser& anonymiser, const Circumstances& circumstances) {
  std::set<Statement> statements;
  for (const Edition& edition : circumstances.earlier) {
    TRY(const Said said, said_in(anonymiser, edition, circumstances));
    statements.insert(said.statements.begin(), said.statements.end());
    for (const FoundInField& found : said.identifiers) statements.insert({Attribute::Identifier, found.span.text});
  }
  return statements;
}

Result<Measure> Anonymiser::measure(const Edition& edition, const Circumstances& circumstances) const {
  TRY(const Population population, population_of(*this, circumstances));
  TRY(std::set<Statement> joint, earlier_statements(*this, circumstances));
  TRY(Said said, said_in(*this, edition, circumstances));
  Measure measure;
  measure.kind = edition.kind;
  measure.statements.assign(said.statements.begin(), said.statements.end());
  joint.merge(said.statements);
  for (const FoundInField& found : said.identifiers) joint.insert({Attribute::Identifier, found.span.text});
  measure.count = population.count(joint, circumstances.policy);
  measure.audiences = population.audiences(joint, circumstances.policy);
  measure.telling = most_telling(population, joint, circumstances.policy);
  measure.identifiers = std::move(said.identifiers);
  measure.questions = std::move(said.questions);
  for (const Indicator& indicator : edition.indicators) {
    if (!circumstances.indicator_waiver && !circumstances.seen_by_others.contains(indicator))
      measure.held.push_back(indicator);
  }
  return measure;
}

FindContext Anonymiser::context_of(const Circumstances& circumstances) const {
  FindContext context;
  context.attacker = circumstances.attacker;
  context.language = circumstances.language;
  context.pseudonyms = Pseudonyms::from(circumstances.pseudonyms);
  context.own_terms = circumstances.own_domains;
  for (const Organisation& organisation : circumstances.registry) {
    const bool reports = organisation.kind != OrgKind::Secretariat;
    std::vector<std::string> names{organisation.name, organisation.name_en};
    names.insert(names.end(), organisation.aliases.begin(), organisation.aliases.end());
    for (const std::string& name : names) {
      if (!name.empty() && reports) context.terms.push_back({name, SpanClass::Company, organisation.name});
      if (!name.empty() && organisation.id == circumstances.reporter) context.own_terms.push_back(name);
    }
    for (const std::string& product : organisation.attributes.products) {
      context.terms.push_back({product, SpanClass::Product, lookup_form(product)});
    }
  }
  return context;
}

Result<Findings> Anonymiser::find(std::string_view text, const FindContext& context) const {
  return finder_.find(text, context);
}

Result<std::unique_ptr<Anonymiser>> Anonymiser::create(std::span<const std::string_view> packs) {
  TRY(Gazetteer gazetteer, Gazetteer::create(packs));
  return std::unique_ptr<Anonymiser>(new Anonymiser(std::move(gazetteer)));
}

}  // namespace hinomi::anonymity
