#include "forms/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "forms/quantity.h"
#include "model/technical_ids.h"
#include "model/typed_time.h"

namespace hinomi::forms {
namespace {

constexpr std::array kLanguages{Language::Japanese, Language::English};

// As it is compared: without case, width and white space at the ends.
std::string plain(std::string_view text) { return std::string(trimmed(folded(trimmed(text)))); }

bool is_word(const FormBook& book, std::string_view key, const std::string& text) {
  return std::ranges::any_of(kLanguages, [&](Language language) { return plain(book.text(language, key)) == text; });
}

template <std::size_t Count>
bool is_one_of(const std::array<std::string_view, Count>& words, const std::string& text) {
  return std::ranges::find(words, text) != words.end();
}

std::optional<ValueState> state_in(const FormBook& book, const std::string& text) {
  for (const ValueState state : {ValueState::Investigating, ValueState::Unknown, ValueState::NotApplicable}) {
    const std::string_view code = value_state_text(state);
    if (text == code || is_word(book, fmt::format("state.{}", code), text)) return state;
  }
  return std::nullopt;
}

bool says_nothing(const FormBook& book, const std::string& text) {
  return text.empty() || is_word(book, "state.unsaid", text) || is_word(book, "state.derived", text);
}

// --- estimates

bool drop_end(std::string& text, std::string_view ending) {
  if (ending.empty() || !text.ends_with(ending) || text.size() == ending.size()) return false;
  text = trimmed(std::string_view(text).substr(0, text.size() - ending.size()));
  return true;
}

bool drop_beginning(std::string& text, std::string_view beginning) {
  if (!text.starts_with(beginning) || text.size() == beginning.size()) return false;
  text = trimmed(std::string_view(text).substr(beginning.size()));
  return true;
}

// The mark that forms print, off any answer.
bool take_printed_mark(const FormBook& book, std::string& text) {
  return std::ranges::any_of(
      kLanguages, [&](Language language) { return drop_end(text, trimmed(book.text(language, "estimated"))); });
}

// What people write around a number or a time that they are not sure of. `text` is folded.
bool take_estimate(std::string& text) {
  constexpr std::array<std::string_view, 7> kBefore{"~", "〜", "約", "およそ", "about", "approx.", "ca."};
  constexpr std::array<std::string_view, 7> kBehind{"(推定)", "推定",       "程度",    "くらい",
                                                    "ぐらい", "(estimate)", "estimate"};
  bool found = false;
  for (const std::string_view word : kBefore) found = drop_beginning(text, word) || found;
  for (const std::string_view word : kBehind) found = drop_end(text, word) || found;
  return found;
}

// --- choices

struct Candidate {
  std::string text;  // folded
  std::string_view word;
};
std::vector<Candidate> candidates_of(const FormBook& book, const FactDefinition& definition) {
  std::vector<Candidate> candidates;
  for (const std::string_view word : definition.choices) {
    candidates.push_back({plain(word), word});
    for (const Language language : kLanguages)
      candidates.push_back({plain(book.choice_text(language, definition.name, word)), word});
  }
  // The longest first: 「その他（原因不明を含む）」 before 「その他」.
  std::ranges::sort(candidates, std::ranges::greater(), [](const Candidate& one) { return one.text.size(); });
  return candidates;
}

// How many bytes of a separator the text begins with; 0 for none.
std::size_t separator_at(std::string_view text) {
  constexpr std::array<std::string_view, 8> kSeparators{"、", ",", ";", "\n", "\r", "・", "/", "。"};
  for (const std::string_view separator : kSeparators) {
    if (text.starts_with(separator)) return separator.size();
  }
  return text.starts_with(' ') ? 1 : 0;
}

std::optional<std::string_view> take_choice(const std::vector<Candidate>& candidates, std::string_view& text) {
  for (const Candidate& candidate : candidates) {
    if (candidate.text.empty() || !text.starts_with(candidate.text)) continue;
    const std::string_view rest = text.substr(candidate.text.size());
    if (!rest.empty() && separator_at(rest) == 0) continue;
    text = rest;
    return candidate.word;
  }
  return std::nullopt;
}

Error no_choice(const FactDefinition& definition) {
  return invalid("forms.answer_choice",
                 fmt::format("{} is one of: {}.", definition.name, fmt::join(definition.choices, ", ")));
}

Result<FactValue> choice_in(const FormBook& book, const FactDefinition& definition, const std::string& text) {
  for (const Candidate& candidate : candidates_of(book, definition)) {
    if (candidate.text == text) return FactValue(std::string(candidate.word));
  }
  return no_choice(definition);
}

Result<FactValue> choices_in(const FormBook& book, const FactDefinition& definition, const std::string& text) {
  const auto candidates = candidates_of(book, definition);
  std::set<std::string> words;
  for (std::string_view rest = text; !rest.empty();) {
    if (const std::size_t separator = separator_at(rest); separator > 0) {
      rest.remove_prefix(separator);
      continue;
    }
    const auto word = take_choice(candidates, rest);
    if (!word) return no_choice(definition);
    words.emplace(*word);
  }
  if (words.empty()) return no_choice(definition);
  return FactValue(std::move(words));
}

// --- facts

Result<FactValue> flag_in(const FormBook& book, const std::string& text) {
  constexpr std::array<std::string_view, 6> kYes{"yes", "true", "あり", "有", "○", "該当"};
  constexpr std::array<std::string_view, 6> kNo{"no", "false", "なし", "無", "×", "非該当"};
  if (is_word(book, "yes", text) || is_one_of(kYes, text)) return FactValue(true);
  if (is_word(book, "no", text) || is_one_of(kNo, text)) return FactValue(false);
  return invalid("forms.answer_flag", "Answer yes or no, or that it is being investigated, unknown or not applicable.");
}

Result<Fact> time_in(std::string text, Instant now) {
  Fact fact{ValueState::Given, std::nullopt};
  fact.estimated = take_estimate(text);
  const auto time = understand_partial_time(text, now);
  // Nobody knows when the sheet was filled in, so what would mean another day tomorrow (いま, 02:05) says none.
  const auto tomorrow = understand_partial_time(text, now + std::chrono::days(1));
  if (!time.ok() || !tomorrow.ok() || !(*time == *tomorrow))
    return invalid("forms.answer_time", "Write the time with its day, like 2026-11-22 02:05 or 11/22 02:05.");
  fact.value = time->earliest;
  fact.precision = time->precision;
  return fact;
}

Result<Fact> given_in(const FormBook& book, const FactDefinition& definition, std::string text, Instant now) {
  Fact fact{ValueState::Given, std::nullopt};
  switch (definition.kind) {
    case FactKind::Time: return time_in(std::move(text), now);
    case FactKind::Text: fact.value = std::move(text); return fact;
    case FactKind::Flag: {
      TRY(fact.value, flag_in(book, plain(text)));
      return fact;
    }
    case FactKind::Choice: {
      TRY(fact.value, choice_in(book, definition, plain(text)));
      return fact;
    }
    case FactKind::Choices: {
      TRY(fact.value, choices_in(book, definition, plain(text)));
      return fact;
    }
    case FactKind::Number: break;
  }
  std::string folded_text = plain(text);
  fact.estimated = take_estimate(folded_text);
  TRY(fact.value, read_quantity(book, definition, std::move(folded_text)));
  return fact;
}

std::vector<std::string_view> pieces_of(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (const auto piece = trimmed(text.substr(0, end)); !piece.empty()) pieces.push_back(piece);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

// The type that was written counts: "svchost.xyz" may be a file name as well as a domain.
Result<Indicator> typed_indicator(IndicatorType type, std::string_view value) {
  if (auto recognised = read_indicator(value); recognised.ok() && recognised->type == type) return recognised;
  return make_indicator(type, value);
}

// "ipv4 203.0.113[.]7", or the value alone.
Status put_indicators(std::string_view text, ReportDraft& draft) {
  std::vector<Indicator> indicators;
  for (const std::string_view line : pieces_of(text, "\r\n")) {
    const std::size_t space = line.find(' ');
    const auto type = space == std::string_view::npos ? Result<IndicatorType>(not_found())
                                                      : parse_indicator_type(line.substr(0, space));
    auto indicator = type.ok() ? typed_indicator(*type, trimmed(line.substr(space))) : read_indicator(line);
    if (!indicator.ok()) return indicator.error().inside(line);
    indicators.push_back(std::move(*indicator));
  }
  draft.technical.indicators = std::move(indicators);
  return {};
}

Status put_ids(TechnicalId kind, std::string_view text, std::vector<std::string>& ids) {
  std::vector<std::string> read;
  const std::string normal = nfkc(text);
  for (const std::string_view piece : pieces_of(normal, "\r\n,; ")) {
    auto id = read_technical_id(kind, piece);
    if (!id.ok()) return id.error().inside(piece);
    read.push_back(std::move(*id));
  }
  ids = std::move(read);
  return {};
}

Status put_kind(const FormBook& book, const std::string& text, ReportDraft& draft) {
  for (const ReportKind kind : {ReportKind::Incident, ReportKind::NearMiss}) {
    if (text != report_kind_text(kind) && !is_word(book, fmt::format("kind.{}", report_kind_text(kind)), text))
      continue;
    draft.kind = kind;
    return {};
  }
  return invalid("forms.answer_kind", "A report is about an incident or about a precursor or near miss.");
}

}  // namespace

Result<std::optional<Fact>> read_answer(const FormBook& book, const FactDefinition& definition, std::string_view text,
                                        Instant now) {
  std::string answer(trimmed(text));
  const std::string compared = plain(answer);
  if (says_nothing(book, compared)) return std::optional<Fact>();
  // 「不明」 is a word of some choices, and of those it is the word.
  const bool is_choice = definition.kind == FactKind::Choice && choice_in(book, definition, compared).ok();
  if (const auto state = state_in(book, compared); state && !is_choice)
    return std::optional<Fact>(Fact{*state, std::nullopt});
  const bool is_marked = take_printed_mark(book, answer);
  TRY(Fact fact, given_in(book, definition, std::move(answer), now));
  fact.estimated = fact.estimated || is_marked;
  FactSheet checked;
  TRY_OK(checked.set(definition.name, fact));
  return std::optional<Fact>(*checked.find(definition.name));
}

bool is_said_by_reports(StoryPart part) {
  switch (part) {
    case StoryPart::ReportKind:
    case StoryPart::ReportTitle:
    case StoryPart::ReportSummary:
    case StoryPart::Contact:
    case StoryPart::TechnicalText:
    case StoryPart::TechnicalIndicators:
    case StoryPart::TechnicalTechniques:
    case StoryPart::TechnicalCves: return true;
    case StoryPart::ReportNumber:
    case StoryPart::ReportVersion:
    case StoryPart::OrgName:
    case StoryPart::OrgLicenses:
    case StoryPart::DutyTitle:
    case StoryPart::DutyBasis:
    case StoryPart::StageTitle:
    case StoryPart::ClockStart:
    case StoryPart::ClockDue: return false;
  }
  return false;
}

Status put_part(const FormBook& book, StoryPart part, std::string_view text, ReportDraft& draft) {
  const std::string answer(trimmed(text));
  if (!is_said_by_reports(part))
    return invalid("forms.answer_fixed", "This is not said by the report, so a form does not change it.");
  const std::string compared = plain(answer);
  if (says_nothing(book, compared))
    return invalid("forms.answer_empty", "What a report has said stays said. Write what holds now.");
  switch (part) {
    case StoryPart::ReportKind: return put_kind(book, compared, draft);
    case StoryPart::ReportTitle: draft.title = answer; break;
    case StoryPart::ReportSummary: draft.summary = answer; break;
    case StoryPart::Contact: draft.contact = answer; break;
    case StoryPart::TechnicalText: draft.technical.text = answer; break;
    case StoryPart::TechnicalIndicators: return put_indicators(answer, draft);
    case StoryPart::TechnicalTechniques: return put_ids(TechnicalId::Technique, answer, draft.technical.techniques);
    case StoryPart::TechnicalCves: return put_ids(TechnicalId::Cve, answer, draft.technical.cves);
    default: break;
  }
  return {};
}

}  // namespace hinomi::forms
