// The small language of rule packs: three-valued conditions over named facts (docs/guides/rule-packs.md).
// An Expression is an immutable value: nodes in post-order, so evaluation is one loop without recursion.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/truth.h"
#include "rules/vocabulary.h"

namespace hinomi::rules {

// 1-based; columns count bytes of the line.
struct TextPosition {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  bool operator==(const TextPosition&) const = default;
};
std::string position_text(TextPosition position);  // "line 3, column 14"

enum class Comparison { Less, AtMost, Equal, NotEqual, AtLeast, More };

// One question about one name.
struct Condition {
  enum class Kind { Flag, Number, Member, NotMember, Given, Stated, Anyone };
  Kind kind = Kind::Flag;
  std::string name;
  Comparison comparison = Comparison::Equal;  // Number
  double number = 0;                          // Number
  std::string unit{};                         // Number: the fact's own
  std::set<std::string> words{};              // Member, NotMember
  // One spelling per condition: "outage.lost_kw >= 7000 kW".
  [[nodiscard]] std::string text() const;
  bool operator==(const Condition&) const = default;
};

struct ExpressionNode {
  enum class Kind { And, Or, Not, Condition, Fired };
  Kind kind = Kind::Condition;
  std::vector<std::uint32_t> children;  // And, Or, Not: indexes of earlier nodes
  Condition condition;
  std::vector<std::string> patterns;  // Fired: duty ids, each with at most one trailing *
  TextPosition position;
  std::string question{};     // of a leaf: its one spelling
  std::uint32_t same_as = 0;  // of a leaf: index of the first that asks the same question
};

class Expression {
 public:
  static constexpr std::size_t kMaxBytes = 4096;
  static constexpr std::size_t kMaxNodes = 256;
  static constexpr unsigned kMaxDepth = 32;

  // Errors: rules.syntax, rules.name_unknown, rules.kind_mismatch, rules.unit_mismatch, rules.choice_unknown,
  // rules.too_deep, rules.too_large; `where` is the place, counted from `origin`, where the text begins in its file.
  static Result<Expression> parse(std::string_view text, const Vocabulary& vocabulary, TextPosition origin = {});

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<ExpressionNode>& nodes() const { return nodes_; }  // never empty; the root is last
  // The truth of every node, given that of each Condition and Fired.
  using LeafTruth = std::function<Truth(const ExpressionNode& leaf)>;
  [[nodiscard]] std::vector<Truth> evaluate(const LeafTruth& leaf_truth) const;
  // `truths` as they become when every leaf that asks what `leaf` asks is answered otherwise.
  [[nodiscard]] std::vector<Truth> turned(std::vector<Truth> truths, std::uint32_t leaf, Truth answer) const;
  // The leaves that decided the root: those whose truth, together, leaves it no other value; in order of writing.
  [[nodiscard]] std::vector<std::uint32_t> deciding_leaves(const std::vector<Truth>& truths) const;

 private:
  Expression() = default;
  std::string text_;
  std::vector<ExpressionNode> nodes_;
};

// True when `id` is the pattern, or starts with what stands before its trailing *.
bool matches_duty(std::string_view pattern, std::string_view id);

}  // namespace hinomi::rules
