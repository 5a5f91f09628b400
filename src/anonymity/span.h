// What recognition says about a text: spans, the steps that make each of them vaguer, and what each step still says
// about the victim. Plain values; every offset counts bytes of the text exactly as it was given.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi::anonymity {

enum class SpanClass {
  Company,
  Affiliate,
  Body,
  Ambiguous,
  Area,
  Prefecture,
  City,
  Facility,
  Interconnection,
  License,
  Voltage,
  Frequency,
  Plant,
  Product,
  Power,
  Households,
  Count,
  Date,
  TimeOfDay,
  Event,
  Person,
  Phone,
  Address,
  Email,
  Url,
  Host,
  Ip,
  Account,
  Asset,
  Press,
  UnknownName,
};
std::string_view span_class_text(SpanClass span_class);  // "company", "ambiguous" …

// Whose a network identifier is. Words about the victim are always Victim.
enum class Side { Victim, Attacker, Doubt };
std::string_view side_text(Side side);

// What a text lets a reader conclude about the victim.
enum class Attribute {
  License,     // value: licences joined by '+', any of them
  Area,        // power areas joined by '+'
  Prefecture,  // gazetteer key: "miyagi"
  Frequency,   // "50" or "60"
  Voltage,     // kV, or the band "backbone", "extra_high", "high", "low"
  Plant,       // "nuclear" …, or "generation" for any
  Product,     // lookup form of the product line
  Date,        // a day or finer; harmless alone, public outage lists join it with a quantity
  Quantity,    // an exact outage quantity; the other half of that join
  Identifier,  // points at one organisation, or at something the registry cannot count
};
std::string_view attribute_text(Attribute attribute);

struct Statement {
  Attribute attribute = Attribute::Identifier;
  std::string value;
  auto operator<=>(const Statement&) const = default;
};

// One way to print a span. Step 0 keeps it; each later step says less.
struct Step {
  std::string key;                     // "keep", "prefecture", "area", "third", "pseudonym", "remove" …
  std::string replacement;             // what is printed
  int loss = 0;                        // what the reader loses, in points; 0 for keep
  std::optional<Statement> statement;  // what still is said
};

struct Span {
  std::size_t id = 0;  // position in Findings::spans
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;  // exactly the bytes begin … end
  SpanClass span_class = SpanClass::UnknownName;
  std::string rule;         // "gazetteer.company", "pattern.phone" …
  double confidence = 1.0;  // 0 … 1
  Side side = Side::Victim;
  bool flagged = false;      // a person must look: ambiguous, unknown or in doubt
  std::string reason_key;    // catalogue key of the reason
  std::string entity;        // canonical name or value: what several spans have in common
  std::vector<Step> steps;   // at least "keep"
  std::size_t proposed = 0;  // index into steps
};

struct Findings {
  std::vector<Span> spans;                        // by offset, never overlapping
  std::map<std::string, std::string> pseudonyms;  // entity → letter, the ones given in and the new ones; seal it
  std::uint64_t steps = 0;  // moves of the recogniser: grows with the size of the text, never with its square
};

// Span id → step index; a span that is not named takes its proposed step.
using Decisions = std::map<std::size_t, std::size_t>;

// The text with every span printed as decided. Invalid (anonymity.span_mismatch) when a span is not a slice of the
// text, spans overlap or are out of order, or a decision names a span or step that is not there.
Result<std::string> anonymised_text(std::string_view text, const std::vector<Span>& spans,
                                    const Decisions& decisions = {});

}  // namespace hinomi::anonymity
