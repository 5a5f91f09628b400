// The table of shapes: one row, one rule. Expressions are RE2 over normalised text (NormalText::text()): ASCII digits
// and signs, '-' for every dash, '~' for every wave. Every row is linear; none may have an optional unbounded tail.
#pragma once

#include <span>

#include "anonymity/span.h"

namespace hinomi::anonymity {

// What a match must be besides its shape.
enum class PatternCheck { None, Phone, Ipv4, Ipv6, Host, MachineName, MonthAndDay, Account, MixedCode };

struct PatternRule {
  const char* name;  // stable rule id
  SpanClass span_class;
  const char* expression;  // the first group, where there is one, is the span
  double confidence;       // below 0.7 a person must look
  PatternCheck check = PatternCheck::None;
  const char* not_before = "";  // words, separated by '|', that must not follow
};
std::span<const PatternRule> pattern_rules();

}  // namespace hinomi::anonymity
