// Facts: typed answers with a value state. "Not known yet" is an answer (DOMAIN-JAPAN §1.7, §2.2).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"
#include "model/partial_time.h"

namespace hinomi {

// 値あり / 調査中 / 不明 / 該当なし
enum class ValueState { Given, Investigating, Unknown, NotApplicable };
std::string_view value_state_text(ValueState state);  // "given", "investigating", "unknown", "not_applicable"
Result<ValueState> parse_value_state(std::string_view text);

enum class FactKind { Flag, Number, Text, Choice, Choices, Time };

// Choice values are the catalogue's own words ("suspected"); Choices a set of them.
using FactValue = std::variant<bool, double, std::string, std::set<std::string>, Instant>;

struct Fact {
  ValueState state = ValueState::Unknown;
  std::optional<FactValue> value;                   // present exactly when state is Given
  bool estimated = false;                           // 推定: the value is the reporter's best guess
  TimePrecision precision = TimePrecision::Minute;  // of a Time, which then is the earliest instant that is meant
  std::string evidence{};                           // what it rests on; "" when nothing was said
  bool operator==(const Fact&) const = default;
};

// The vocabulary: every fact that may be stated, once. Forms, rules, CLI and API all read this table.
struct FactDefinition {
  std::string_view name;  // "outage.lost_kw"
  FactKind kind = FactKind::Flag;
  std::string_view unit;                  // "kW", "min", "" …
  std::vector<std::string_view> choices;  // for Choice and Choices
  bool technical = false;                 // belongs to 攻撃技術情報 rather than 被害内容・対応情報
};
std::span<const FactDefinition> fact_definitions();
const FactDefinition* find_fact_definition(std::string_view name);  // nullptr when there is none

// All facts of one report version, by name. Names are always in the vocabulary, values of its kind.
class FactSheet {
 public:
  // Invalid when the name is unknown, the value is of another kind, negative or over 10^12, an empty text or choice,
  // a word outside the choices, a time outside the years 1900–9999, an estimate without a value, a precision without a
  // time; TooLarge for a text over 20,000 characters or evidence over 2,000. A time is moved to the earliest instant of
  // its precision.
  Status set(std::string_view name, Fact fact);
  // The fact, or nothing when nobody has said anything about it.
  [[nodiscard]] const Fact* find(std::string_view name) const;
  // The given value, or nothing. text() also gives the word of a Choice.
  [[nodiscard]] std::optional<bool> flag(std::string_view name) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  [[nodiscard]] std::optional<Instant> time(std::string_view name) const;
  [[nodiscard]] const std::map<std::string, Fact, std::less<>>& all() const { return facts_; }
  // This sheet with every fact of `later` put on top.
  [[nodiscard]] FactSheet updated_with(const FactSheet& later) const;
  bool operator==(const FactSheet&) const = default;

 private:
  std::map<std::string, Fact, std::less<>> facts_;
};

// {"outage.lost_kw":{"state":"given","value":7200}, "pii.leak":{"state":"investigating"}}
// A bare value is short for given: {"outage.lost_kw":7200}. Beside the value may stand "estimated", "precision" and
// "evidence"; a time may be written as a day or a month, which then is its precision. Errors carry the JSON pointer.
Result<FactSheet> parse_facts(JsonView object);
void write_facts(JsonWriter& writer, const FactSheet& facts);  // an object, names sorted

}  // namespace hinomi
