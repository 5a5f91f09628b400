#include "anonymity/finder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "anonymity/network.h"
#include "anonymity/overlaps.h"
#include "base/text.h"

namespace hinomi::anonymity {
namespace {

constexpr std::size_t kMaxTextBytes = std::size_t{8} << 20;
constexpr std::size_t kMaxExtraTerms = 20'000;
constexpr double kCertain = 0.7;  // below it a person looks

bool is_word_byte(std::string_view text, std::size_t at) { return is_ascii_word(static_cast<unsigned char>(text[at])); }

// A Latin name must stand alone; "tepco" is not found in "interceptcop".
bool cuts_a_latin_word(std::string_view text, Range range) {
  if (range.begin > 0 && is_word_byte(text, range.begin) && is_word_byte(text, range.begin - 1)) return true;
  return range.end < text.size() && is_word_byte(text, range.end - 1) && is_word_byte(text, range.end);
}

// A katakana name that goes on in katakana may be another word, and may be a compound of the name: found, but doubted.
bool cuts_a_katakana_word(std::string_view text, Range range) {
  const bool before = range.begin > 0 && is_katakana(decode_utf8(text, range.begin).value) &&
                      is_katakana(decode_before(text, range.begin).value);
  const bool after = range.end < text.size() && is_katakana(decode_before(text, range.end).value) &&
                     is_katakana(decode_utf8(text, range.end).value);
  return before || after;
}

bool ends_a_name(SpanClass span_class) {
  switch (span_class) {
    case SpanClass::Company:
    case SpanClass::Affiliate:
    case SpanClass::Body:
    case SpanClass::License:
    case SpanClass::Voltage:
    case SpanClass::Frequency:
    case SpanClass::Power:
    case SpanClass::Households:
    case SpanClass::Date:
    case SpanClass::TimeOfDay: return true;
    default: return false;
  }
}

bool is_network(SpanClass span_class) {
  return span_class == SpanClass::Email || span_class == SpanClass::Url || span_class == SpanClass::Host ||
         span_class == SpanClass::Ip || span_class == SpanClass::Account;
}

bool is_place(EntryKind kind) {
  return kind == EntryKind::Area || kind == EntryKind::Prefecture || kind == EntryKind::City;
}

// The match with the long vowel mark that squeezing took off its end.
Range normal_range(std::string_view folded, const SqueezedText& squeezed, const TermMatch& match) {
  constexpr std::string_view kVowelMark = "ー";
  Range range{squeezed.positions[match.begin], squeezed.positions[match.end - 1] + std::size_t{1}};
  if (folded.substr(range.end).starts_with(kVowelMark)) range.end += kVowelMark.size();
  return range;
}

std::string reason_of(const Span& span) {
  if (span.side == Side::Attacker) return "anonymity.reason.attacker_side";
  if (is_network(span.span_class) && span.side == Side::Doubt) return "anonymity.reason.side_unclear";
  return "anonymity.reason." + std::string(span_class_text(span.span_class));
}

}  // namespace

struct Finder::Hits {
  std::vector<Candidate> candidates;
  NameClues clues;
  std::map<std::size_t, WordHit> suffix_by_end;
  std::uint64_t steps = 0;
};

Finder::Finder(Gazetteer gazetteer)
    : gazetteer_(std::make_unique<const Gazetteer>(std::move(gazetteer))), automaton_({}) {
  std::map<std::string, std::size_t> group_of;
  std::vector<TermAutomaton::Term> terms;
  for (const Entry& entry : gazetteer_->entries()) {
    for (const std::string& surface : entry.surfaces) {
      if (entry.kind == EntryKind::Generic) {
        generic_.insert(lower_ascii(NormalText(surface).text()));
        continue;
      }
      const std::string form = lookup_form(surface);
      const auto [group, fresh] = group_of.emplace(form, groups_.size());
      if (fresh) {
        groups_.emplace_back();
        terms.push_back({form, static_cast<std::uint32_t>(group->second)});
      }
      auto& members = groups_[group->second];
      if (std::ranges::find(members, &entry) == members.end()) members.push_back(&entry);
    }
  }
  automaton_ = TermAutomaton(terms);
}

// Of the entries that share a form, the first that makes a span speaks; 福島 is the prefecture before the family name.
void Finder::sort_word(const Entry& entry, const Candidate& base, Hits& hits) const {
  switch (entry.kind) {
    case EntryKind::Suffix: {
      WordHit& kept = hits.suffix_by_end[base.range.end];
      if (kept.entry == nullptr || kept.range.size() < base.range.size()) kept = {base.range, &entry};
      return;
    }
    case EntryKind::Title: hits.clues.titles.push_back({base.range, &entry}); return;
    case EntryKind::Surname: hits.clues.surnames.push_back({base.range, &entry}); return;
    default: break;
  }
  Candidate candidate = base;
  candidate.span_class = *span_class_of(entry.kind);
  candidate.rule = "gazetteer." + std::string(span_class_text(candidate.span_class));
  candidate.entry = &entry;
  candidate.entity = entry.name;
  if (entry.value("common") == "yes") candidate.confidence = std::min(candidate.confidence, 0.6);
  if (is_place(entry.kind)) {
    hits.clues.place_begins.insert(base.range.begin);
    hits.clues.place_ends.insert(base.range.end);
  }
  hits.candidates.push_back(std::move(candidate));
}

void Finder::add_gazetteer_hits(const NormalText& normal, const SqueezedText& squeezed, Hits& hits) const {
  auto outcome = automaton_.matches(squeezed.text);
  hits.steps += outcome.steps;
  for (const TermMatch& match : outcome.matches) {
    Candidate base;
    base.range = normal_range(normal.folded(), squeezed, match);
    if (cuts_a_latin_word(normal.text(), base.range)) continue;
    base.confidence = cuts_a_katakana_word(normal.text(), base.range) ? 0.5 : 0.95;
    bool spoken = false;
    for (const Entry* entry : groups_[match.value]) {
      const bool makes_span = span_class_of(entry->kind).has_value();
      if (makes_span && spoken) continue;
      spoken = spoken || makes_span;
      sort_word(*entry, base, hits);
    }
  }
}

void Finder::add_extra_hits(const NormalText& normal, const SqueezedText& squeezed, const FindContext& context,
                            Hits& hits) {
  std::vector<TermAutomaton::Term> terms;
  for (std::size_t i = 0; i < context.terms.size(); ++i) {
    std::string form = lookup_form(context.terms[i].text);
    if (form.size() > 1) terms.push_back({std::move(form), static_cast<std::uint32_t>(i)});
  }
  if (terms.empty()) return;
  const auto outcome = TermAutomaton(terms).matches(squeezed.text);
  hits.steps += outcome.steps;
  for (const TermMatch& match : outcome.matches) {
    const ExtraTerm& term = context.terms[match.value];
    const Range range = normal_range(normal.folded(), squeezed, match);
    if (cuts_a_latin_word(normal.text(), range)) continue;
    Candidate candidate{range, term.span_class, "directory." + std::string(span_class_text(term.span_class)),
                        0.97,  nullptr,         term.entity};
    hits.candidates.push_back(std::move(candidate));
  }
}

// 青葉電力 is listed; 青葉電力株式会社, (株)青葉電力 and Aoba Power Co., Ltd. are written.
void Finder::join_company_forms(std::string_view text, Hits& hits) {
  static constexpr std::array<std::string_view, 6> kBefore{"株式会社", "合同会社", "有限会社",
                                                           "(株)",     "(有)",     "株式会社 "};
  static constexpr std::array<std::string_view, 9> kAfter{"株式会社",  "合同会社",   "有限会社", "(株)", "(有)",
                                                          " 株式会社", " Co., Ltd.", ", Inc.",   " Inc."};
  for (Candidate& company : hits.candidates) {
    if (company.span_class != SpanClass::Company && company.span_class != SpanClass::Affiliate) continue;
    if (company.entity.empty()) continue;
    Range& range = company.range;
    const auto before = std::ranges::find_if(
        kBefore, [&](std::string_view form) { return text.substr(0, range.begin).ends_with(form); });
    const auto after =
        std::ranges::find_if(kAfter, [&](std::string_view form) { return text.substr(range.end).starts_with(form); });
    if (before != kBefore.end()) range.begin -= before->size();
    if (after != kAfter.end()) range.end += after->size();
  }
}

void Finder::add_names(const NormalText& normal, Hits& hits) const {
  join_company_forms(normal.text(), hits);
  for (const Candidate& candidate : hits.candidates) {
    if (ends_a_name(candidate.span_class)) hits.clues.stops.insert(candidate.range.end);
  }
  for (const auto& [end, suffix] : hits.suffix_by_end) hits.clues.suffixes.push_back(suffix);
  for (Candidate& candidate : NameFinder(normal, hits.clues, generic_).find())
    hits.candidates.push_back(std::move(candidate));
}

Result<Findings> Finder::find(std::string_view text, const FindContext& context) const {
  if (text.size() > kMaxTextBytes)
    return too_large("anonymity.text_too_large", "A text to anonymise is at most 8 MiB.");
  if (context.terms.size() > kMaxExtraTerms)
    return too_large("anonymity.text_too_large", "At most 20,000 extra terms.");
  const NormalText normal(text);
  const SqueezedText squeezed_text = squeezed(normal.folded());
  Hits hits;
  auto shapes = patterns_.find(normal);
  hits.candidates = std::move(shapes.candidates);
  hits.steps = shapes.steps + text.size();
  add_gazetteer_hits(normal, squeezed_text, hits);
  add_extra_hits(normal, squeezed_text, context, hits);
  add_names(normal, hits);
  return spans_of(text, normal, std::move(hits), context);
}

Findings Finder::spans_of(std::string_view text, const NormalText& normal, Hits hits,
                          const FindContext& context) const {
  std::vector<PlacedCandidate> placed;
  placed.reserve(hits.candidates.size());
  for (Candidate& candidate : hits.candidates) {
    const Range original = normal.original(candidate.range);
    placed.push_back({std::move(candidate), original, false});
  }
  Findings findings;
  findings.steps = hits.steps + placed.size();
  Pseudonyms pseudonyms = context.pseudonyms;
  LatticeContext lattice{*gazetteer_, context.language, pseudonyms};
  const SideJudge judge(context.attacker, context.own_terms);
  for (PlacedCandidate& place : without_overlaps(std::move(placed))) {
    Candidate& candidate = place.candidate;
    if (place.rest) candidate = {{}, SpanClass::UnknownName, candidate.rule + ".rest", 0.5, nullptr, {}};
    Span span;
    span.id = findings.spans.size();
    span.begin = place.original.begin;
    span.end = place.original.end;
    span.text = text.substr(span.begin, span.end - span.begin);
    span.span_class = candidate.span_class;
    span.rule = candidate.rule;
    span.confidence = candidate.confidence;
    span.entity = candidate.entity;
    const std::string normal_text(trimmed(NormalText(span.text).text()));
    if (is_network(span.span_class)) span.side = judge.judge(span.span_class, normal_text);
    if (span.span_class == SpanClass::Body || span.span_class == SpanClass::Press) span.side = Side::Doubt;
    span.steps = steps_for(candidate, normal_text, lattice);
    if (span.side == Side::Attacker) span.steps.front().statement.reset();
    span.steps.front().replacement = span.text;
    span.flagged = span.confidence < kCertain || span.span_class == SpanClass::Ambiguous || span.side == Side::Doubt;
    span.proposed = proposed_step(span.span_class, span.side, span.steps);
    span.reason_key = reason_of(span);
    findings.spans.push_back(std::move(span));
  }
  findings.pseudonyms = pseudonyms.all();
  return findings;
}

}  // namespace hinomi::anonymity
