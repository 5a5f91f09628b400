#include "model/fact.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/json_fields.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<ValueState, 4> kValueStates{"fact.state_unknown",
                                            {"given", "investigating", "unknown", "not_applicable"}};
constexpr double kMaxNumber = 1e12;
constexpr std::size_t kMaxCharacters = 20'000;
constexpr std::size_t kMaxEvidence = 2'000;
constexpr std::chrono::year kFirstYear{1900};
constexpr std::chrono::year kLastYear{9999};  // RFC 3339 has four digits

using Index = std::map<std::string_view, const FactDefinition*>;

Index index_of(std::span<const FactDefinition> definitions) {
  Index index;
  for (const auto& definition : definitions) index.emplace(definition.name, &definition);
  return index;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Error bad_value(const FactDefinition& definition, std::string_view wanted) {
  return invalid("fact.value_invalid", fmt::format("{} takes {}.", definition.name, wanted));
}

Status check_number(const FactDefinition& definition, double number) {
  if (std::isfinite(number) && number >= 0 && number <= kMaxNumber) return {};
  return invalid("fact.number_out_of_range", fmt::format("{} lies between 0 and 10^12.", definition.name));
}

Status check_text(const FactDefinition& definition, const std::string& text) {
  if (trimmed(text).empty()) {
    return invalid(
        "fact.text_empty",
        fmt::format("Leave {} out, or say that it is unknown; an empty text says neither.", definition.name));
  }
  if (code_points(text) > kMaxCharacters) {
    return too_large("fact.text_too_long", fmt::format("{} may have 20,000 characters.", definition.name));
  }
  if (!is_utf8(text)) return invalid("fact.text_not_utf8", fmt::format("{} must be UTF-8 text.", definition.name));
  return {};
}

Status check_choice(const FactDefinition& definition, std::string_view word) {
  const auto& words = definition.choices;
  if (std::find(words.begin(), words.end(), word) != words.end()) return {};
  return invalid("fact.choice_unknown", fmt::format("{} is one of: {}.", definition.name, fmt::join(words, ", ")));
}

Status check_choices(const FactDefinition& definition, const std::set<std::string>& words) {
  if (words.empty()) {
    return invalid("fact.choices_empty",
                   fmt::format("Choose at least one for {}, or say that it is unknown.", definition.name));
  }
  for (const auto& word : words) TRY_OK(check_choice(definition, word));
  return {};
}

Status check_time(const FactDefinition& definition, Instant instant) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(instant)};
  if (day.year() >= kFirstYear && day.year() <= kLastYear) return {};
  return invalid("fact.time_out_of_range", fmt::format("{} lies between the years 1900 and 9999.", definition.name));
}

Status check_text_or_choice(const FactDefinition& definition, const std::string& text) {
  return definition.kind == FactKind::Choice ? check_choice(definition, text) : check_text(definition, text);
}

bool is_of_kind(FactKind kind, const FactValue& value) {
  switch (kind) {
    case FactKind::Flag: return std::holds_alternative<bool>(value);
    case FactKind::Number: return std::holds_alternative<double>(value);
    case FactKind::Text:
    case FactKind::Choice: return std::holds_alternative<std::string>(value);
    case FactKind::Choices: return std::holds_alternative<std::set<std::string>>(value);
    case FactKind::Time: return std::holds_alternative<Instant>(value);
  }
  return false;
}

std::string_view wanted_text(FactKind kind) {
  switch (kind) {
    case FactKind::Flag: return "true or false";
    case FactKind::Number: return "a number";
    case FactKind::Text: return "a text";
    case FactKind::Choice: return "one of its words";
    case FactKind::Choices: return "a list of its words";
    case FactKind::Time: return "an RFC 3339 time, a day (2026-11-22) or a month (2026-11)";
  }
  return "a value";
}

Status check_value(const FactDefinition& definition, const FactValue& value) {
  if (!is_of_kind(definition.kind, value)) return bad_value(definition, wanted_text(definition.kind));
  switch (definition.kind) {
    case FactKind::Flag: return {};
    case FactKind::Number: return check_number(definition, std::get<double>(value));
    case FactKind::Text:
    case FactKind::Choice: return check_text_or_choice(definition, std::get<std::string>(value));
    case FactKind::Choices: return check_choices(definition, std::get<std::set<std::string>>(value));
    case FactKind::Time: return check_time(definition, std::get<Instant>(value));
  }
  return bad_value(definition, wanted_text(definition.kind));
}

// What stands beside the value.
Status check_standing(const FactDefinition& definition, const Fact& fact) {
  if (fact.estimated && !fact.value) {
    return invalid("fact.estimate_without_value", "Only a given value can be an estimate.", "/estimated");
  }
  if (fact.precision != TimePrecision::Minute && (definition.kind != FactKind::Time || !fact.value)) {
    return invalid("fact.precision_without_time", "Only a given time has a precision.", "/precision");
  }
  if (code_points(fact.evidence) > kMaxEvidence) {
    return too_large("fact.evidence_too_long", "Evidence may have 2,000 characters.", "/evidence");
  }
  if (!is_utf8(fact.evidence)) return invalid("fact.text_not_utf8", "Evidence must be UTF-8 text.", "/evidence");
  return {};
}

std::optional<std::set<std::string>> read_words(JsonView json) {
  if (!json.is_array()) return std::nullopt;
  std::set<std::string> words;
  for (const JsonView element : json) {
    const auto word = element.string();
    if (!word) return std::nullopt;
    words.emplace(*word);
  }
  return words;
}

// The JSON value as the kind asks, or nothing when it is of another type.
std::optional<FactValue> read_untimed_value(FactKind kind, JsonView json) {
  if (kind == FactKind::Flag) {
    if (const auto flag = json.boolean()) return *flag;
  } else if (kind == FactKind::Number) {
    if (const auto number = json.number()) return *number;
  } else if (kind == FactKind::Choices) {
    if (auto words = read_words(json)) return std::move(*words);
  } else if (const auto text = json.string()) {
    return std::string(*text);
  }
  return std::nullopt;
}

Result<FactValue> read_value(const FactDefinition& definition, JsonView json) {
  auto value = read_untimed_value(definition.kind, json);
  if (!value || definition.kind == FactKind::Time) return bad_value(definition, wanted_text(definition.kind));
  return std::move(*value);
}

// A given fact with nothing beside its value but what a partial time says of itself.
Result<Fact> read_given(const FactDefinition& definition, JsonView json) {
  if (definition.kind == FactKind::Time && json.string()) {
    const auto time = parse_partial_time(*json.string());
    if (!time.ok()) return bad_value(definition, wanted_text(definition.kind));
    return Fact{.state = ValueState::Given, .value = time->earliest, .precision = time->precision};
  }
  TRY(auto value, read_value(definition, json));
  return Fact{ValueState::Given, std::move(value)};
}

Status read_standing(const JsonFields& fields, Fact& fact) {
  TRY(fact.estimated, fields.flag_or_false("estimated"));
  TRY(fact.evidence, fields.text_or_empty("evidence"));
  if (!fields.find("precision")) return {};
  TRY(const auto word, fields.text("precision"));
  const auto precision = parse_time_precision(word);
  if (!precision.ok()) return precision.error().inside(fields.pointer_to("precision"));
  fact.precision = std::max(fact.precision, *precision);  // a day is never known to the minute
  return {};
}

Result<Fact> read_stated(const FactDefinition& definition, JsonView json, const std::string& pointer) {
  TRY(const auto fields, JsonFields::open(json, pointer, {"state", "value", "estimated", "precision", "evidence"}));
  TRY(const auto word, fields.text("state"));
  const auto state = parse_value_state(word);
  if (!state.ok()) return state.error().inside(fields.pointer_to("state"));
  const auto given = fields.find("value");
  if (given.has_value() != (*state == ValueState::Given)) {
    return invalid("fact.state_mismatch", "A value stands exactly where the state is \"given\".", pointer);
  }
  Fact fact{*state, std::nullopt};
  if (given) {
    auto read = read_given(definition, *given);
    if (!read.ok()) return read.error().inside(fields.pointer_to("value"));
    fact = std::move(*read);
  }
  TRY_OK(read_standing(fields, fact));
  return fact;
}

Result<Fact> read_fact(JsonView json, const std::string& pointer) {
  const auto* definition = find_fact_definition(json.key());
  if (definition == nullptr) {
    return invalid("fact.name_unknown", "There is no fact of this name; see the fact catalogue.", pointer);
  }
  if (json.is_object()) return read_stated(*definition, json, pointer);
  auto fact = read_given(*definition, json);
  if (!fact.ok()) return fact.error().inside(pointer);
  return fact;
}

void write_value(JsonWriter& writer, const FactValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) writer.boolean(*flag);
  if (const auto* number = std::get_if<double>(&value)) writer.number(*number);
  if (const auto* text = std::get_if<std::string>(&value)) writer.string(*text);
  if (const auto* instant = std::get_if<Instant>(&value)) writer.string(to_rfc3339(*instant));
  if (const auto* words = std::get_if<std::set<std::string>>(&value)) {
    writer.begin_array();
    for (const auto& word : *words) writer.string(word);
    writer.end_array();
  }
}

template <class Value>
std::optional<Value> given(const Fact* fact) {
  if (fact == nullptr || !fact->value) return std::nullopt;
  const auto* value = std::get_if<Value>(&*fact->value);
  return value == nullptr ? std::nullopt : std::optional<Value>(*value);
}

}  // namespace

std::string_view value_state_text(ValueState state) { return kValueStates.text(state); }
Result<ValueState> parse_value_state(std::string_view text) { return kValueStates.parse(text); }

const FactDefinition* find_fact_definition(std::string_view name) {
  static const Index kIndex = index_of(fact_definitions());
  const auto found = kIndex.find(name);
  return found == kIndex.end() ? nullptr : found->second;
}

Status FactSheet::set(std::string_view name, Fact fact) {
  const auto* definition = find_fact_definition(name);
  if (definition == nullptr) {
    return invalid("fact.name_unknown", "There is no fact of this name; see the fact catalogue.", std::string(name));
  }
  if (fact.value.has_value() != (fact.state == ValueState::Given)) {
    return invalid("fact.state_mismatch", "A value stands exactly where the state is \"given\".", std::string(name));
  }
  if (fact.value) {
    if (const auto checked = check_value(*definition, *fact.value); !checked.ok()) {
      return checked.error().inside(name);
    }
  }
  TRY_OK(check_standing(*definition, fact));
  if (const auto* instant = fact.value ? std::get_if<Instant>(&*fact.value) : nullptr)
    fact.value = earliest_of(*instant, fact.precision);
  // Minus zero would compare equal and yet be written differently.
  if (fact.value == FactValue(0.0)) fact.value = 0.0;
  facts_.insert_or_assign(std::string(name), std::move(fact));
  return {};
}

const Fact* FactSheet::find(std::string_view name) const {
  const auto found = facts_.find(name);
  return found == facts_.end() ? nullptr : &found->second;
}

std::optional<bool> FactSheet::flag(std::string_view name) const { return given<bool>(find(name)); }
std::optional<double> FactSheet::number(std::string_view name) const { return given<double>(find(name)); }
std::optional<std::string> FactSheet::text(std::string_view name) const { return given<std::string>(find(name)); }
std::optional<Instant> FactSheet::time(std::string_view name) const { return given<Instant>(find(name)); }

FactSheet FactSheet::updated_with(const FactSheet& later) const {
  FactSheet updated = *this;
  for (const auto& [name, fact] : later.facts_) updated.facts_.insert_or_assign(name, fact);
  return updated;
}

Result<FactSheet> parse_facts(JsonView object) {
  if (!object.is_object()) return invalid("json.not_an_object", "Facts are a JSON object.");
  FactSheet sheet;
  for (const JsonView member : object) {
    const std::string pointer = json_pointer("", member.key());
    TRY(auto fact, read_fact(member, pointer));
    if (auto status = sheet.set(member.key(), std::move(fact)); !status.ok()) {
      Error error = status.error();
      error.where = pointer + (error.where.starts_with('/') ? error.where : "");
      return error;
    }
  }
  return sheet;
}

void write_facts(JsonWriter& writer, const FactSheet& facts) {
  writer.begin_object();
  for (const auto& [name, fact] : facts.all()) {
    writer.key(name).begin_object().member("state", value_state_text(fact.state));
    if (fact.value) {
      writer.key("value");
      write_value(writer, *fact.value);
    }
    if (fact.estimated) writer.member("estimated", true);
    if (fact.precision != TimePrecision::Minute) writer.member("precision", time_precision_text(fact.precision));
    if (!fact.evidence.empty()) writer.member("evidence", fact.evidence);
    writer.end_object();
  }
  writer.end_object();
}

}  // namespace hinomi
