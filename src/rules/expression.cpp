#include "rules/expression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

#include "rules/token.h"

namespace hinomi::rules {
namespace {

using Node = ExpressionNode;

constexpr std::string_view kComparisonTexts[] = {"<", "<=", "==", "!=", ">=", ">"};

std::optional<Comparison> comparison_of(std::string_view symbol) {
  for (std::size_t i = 0; i < std::size(kComparisonTexts); ++i) {
    if (symbol == kComparisonTexts[i]) return static_cast<Comparison>(i);
  }
  return std::nullopt;
}

// The same question with the number on the other side: 7000 <= x is x >= 7000.
Comparison mirrored(Comparison comparison) {
  switch (comparison) {
    case Comparison::Less: return Comparison::More;
    case Comparison::AtMost: return Comparison::AtLeast;
    case Comparison::AtLeast: return Comparison::AtMost;
    case Comparison::More: return Comparison::Less;
    default: return comparison;
  }
}

bool is_pattern(std::string_view text) {
  if (text.ends_with('*')) text.remove_suffix(1);
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// Recursive descent, one token of look-ahead; or < and < not < primary.
class Parser {
 public:
  Parser(Tokenizer tokens, const Vocabulary& vocabulary) : tokens_(tokens), vocabulary_(vocabulary) {}

  Result<std::vector<Node>> parse() {
    TRY_OK(advance());
    TRY_OK(disjunction());
    if (token_.kind != Token::Kind::End) return wanted("and, or, or the end");
    return std::move(nodes_);
  }

 private:
  Status advance() {
    TRY(token_, tokens_.next());
    return {};
  }
  [[nodiscard]] bool at(std::string_view text) const {
    return (token_.kind == Token::Kind::Name || token_.kind == Token::Kind::Symbol) && token_.text == text;
  }
  [[nodiscard]] Error wanted(std::string_view what) const {
    const auto found = token_.kind == Token::Kind::End ? "the end" : fmt::format("'{}'", token_.text);
    return syntax_error(fmt::format("Found {} where {} should stand.", found, what), token_.position);
  }
  [[nodiscard]] Error refuse(std::string_view code, std::string detail) const {
    return invalid(std::string(code), std::move(detail), position_text(token_.position));
  }
  Status expect(std::string_view text) {
    if (!at(text)) return wanted(fmt::format("'{}'", text));
    return advance();
  }
  Status add(Node node) {
    if (nodes_.size() >= Expression::kMaxNodes) {
      return refuse("rules.too_large", fmt::format("An expression has at most {} parts.", Expression::kMaxNodes));
    }
    nodes_.push_back(std::move(node));
    return {};
  }
  [[nodiscard]] std::uint32_t last() const { return static_cast<std::uint32_t>(nodes_.size() - 1); }

  // first (word next)*: one node over all of them, or the only one itself.
  Status series(Node::Kind kind, std::string_view word, Status (Parser::*part)()) {
    Node node{kind, {}, {}, {}, token_.position};
    TRY_OK((this->*part)());
    node.children.push_back(last());
    while (at(word)) {
      TRY_OK(advance());
      TRY_OK((this->*part)());
      node.children.push_back(last());
    }
    return node.children.size() == 1 ? Status{} : add(std::move(node));
  }
  Status disjunction() { return series(Node::Kind::Or, "or", &Parser::conjunction); }
  Status conjunction() { return series(Node::Kind::And, "and", &Parser::negation); }

  Status negation() {
    if (++depth_ > Expression::kMaxDepth) {
      return refuse("rules.too_deep", fmt::format("Brackets and not nest at most {} deep.", Expression::kMaxDepth));
    }
    const auto status = at("not") ? denied() : primary();
    --depth_;
    return status;
  }
  Status denied() {
    const auto position = token_.position;
    TRY_OK(advance());
    TRY_OK(negation());
    return add({Node::Kind::Not, {last()}, {}, {}, position});
  }

  Status primary() {
    if (at("(")) {
      TRY_OK(advance());
      TRY_OK(disjunction());
      return expect(")");
    }
    if (token_.kind == Token::Kind::Number) return mirrored_range();
    if (token_.kind != Token::Kind::Name) return wanted("a name, a number or '('");
    if (at("anyone")) return anyone();
    if (at("fired")) return fired();
    if (at("given")) return asked(Condition::Kind::Given);
    if (at("stated")) return asked(Condition::Kind::Stated);
    return named();
  }

  Status anyone() {
    const auto position = token_.position;
    TRY_OK(advance());
    return add(leaf({Condition::Kind::Anyone, ""}, position));
  }

  Status fired() {
    Node node{Node::Kind::Fired, {}, {}, {}, token_.position};
    TRY_OK(advance());
    TRY_OK(expect("("));
    while (true) {
      if (token_.kind != Token::Kind::Text) return wanted("a duty id in double quotes");
      if (!is_pattern(token_.text))
        return refuse("rules.syntax", "A duty id is A-Z, 0-9 and -, with at most one * at its end.");
      node.patterns.emplace_back(token_.text);
      TRY_OK(advance());
      if (!at(",")) break;
      TRY_OK(advance());
    }
    TRY_OK(expect(")"));
    return add(std::move(node));
  }

  Status asked(Condition::Kind kind) {
    Node node{Node::Kind::Condition, {}, {}, {}, token_.position};
    TRY_OK(advance());
    TRY_OK(expect("("));
    TRY(const FactDefinition* definition, name());
    node.condition.kind = kind;
    node.condition.name = definition->name;
    TRY_OK(expect(")"));
    return add(std::move(node));
  }

  Result<const FactDefinition*> name() {
    if (token_.kind != Token::Kind::Name) return wanted("the name of a fact");
    const auto* definition = vocabulary_.find(token_.text);
    if (definition == nullptr) {
      return refuse("rules.name_unknown", fmt::format("There is no fact named {}.", token_.text));
    }
    TRY_OK(advance());
    return definition;
  }

  Status named() {
    const auto position = token_.position;
    TRY(const FactDefinition* definition, name());
    switch (definition->kind) {
      case FactKind::Flag: return add(leaf({Condition::Kind::Flag, std::string(definition->name)}, position));
      case FactKind::Number: return add_number(*definition);
      case FactKind::Choice:
      case FactKind::Choices: return membership(*definition, position);
      default: break;
    }
    return refuse("rules.kind_mismatch", fmt::format("{0} can only be asked with given({0}).", definition->name));
  }

  static Node leaf(Condition condition, TextPosition position) {
    return {Node::Kind::Condition, {}, std::move(condition), {}, position};
  }

  Result<Comparison> comparison() {
    const auto found = token_.kind == Token::Kind::Symbol ? comparison_of(token_.text) : std::nullopt;
    if (!found) return wanted("one of < <= == != >= >");
    TRY_OK(advance());
    return *found;
  }

  struct Quantity {
    double number = 0;
    std::string unit;
    TextPosition unit_position;
  };
  Result<Quantity> quantity() {
    if (token_.kind != Token::Kind::Number) return wanted("a number");
    Quantity found{token_.number, "", token_.position};
    TRY_OK(advance());
    if (token_.kind == Token::Kind::Name && !is_word(token_.text)) {
      found.unit = token_.text;
      found.unit_position = token_.position;
      TRY_OK(advance());
    }
    return found;
  }
  static bool is_word(std::string_view text) { return text == "and" || text == "or" || text == "not" || text == "in"; }

  Status add_comparison(const FactDefinition& definition, Comparison comparison, const Quantity& quantity) {
    if (quantity.unit != definition.unit) {
      return invalid("rules.unit_mismatch",
                     definition.unit.empty() ? fmt::format("{} has no unit.", definition.name)
                                             : fmt::format("{} is counted in {}: write the unit after the number.",
                                                           definition.name, definition.unit),
                     position_text(quantity.unit_position));
    }
    Condition condition{
        Condition::Kind::Number, std::string(definition.name), comparison, quantity.number, quantity.unit, {}};
    return add(leaf(std::move(condition), quantity.unit_position));
  }

  Status add_number(const FactDefinition& definition) {
    TRY(const Comparison asked, comparison());
    TRY(const Quantity limit, quantity());
    return add_comparison(definition, asked, limit);
  }

  // 7000 kW <= outage.lost_kw [< 70000 kW]
  Status mirrored_range() {
    const auto position = token_.position;
    TRY(const Quantity low, quantity());
    TRY(const Comparison first, comparison());
    const auto name_position = token_.position;
    TRY(const FactDefinition* definition, name());
    if (definition->kind != FactKind::Number) {
      return invalid("rules.kind_mismatch", fmt::format("{} is not a number.", definition->name),
                     position_text(name_position));
    }
    TRY_OK(add_comparison(*definition, mirrored(first), low));
    if (token_.kind != Token::Kind::Symbol || !comparison_of(token_.text)) return {};
    const auto lower = last();
    TRY_OK(add_number(*definition));
    return add({Node::Kind::And, {lower, last()}, {}, {}, position});
  }

  Status membership(const FactDefinition& definition, TextPosition position) {
    Condition condition{Condition::Kind::Member, std::string(definition.name)};
    if (at("not")) {
      condition.kind = Condition::Kind::NotMember;
      TRY_OK(advance());
      if (!at("in")) return wanted("in");
    }
    if (at("in")) {
      TRY_OK(advance());
      TRY(condition.words, word_set(definition));
    } else {
      if (!at("==") && !at("!=")) return wanted("in, not in, == or !=");
      if (at("!=")) condition.kind = Condition::Kind::NotMember;
      TRY_OK(advance());
      TRY(auto word, choice(definition));
      condition.words.insert(std::move(word));
    }
    return add(leaf(std::move(condition), position));
  }

  Result<std::string> choice(const FactDefinition& definition) {
    if (token_.kind != Token::Kind::Name) return wanted("a word of the fact's choices");
    const auto& choices = definition.choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), token_.text) == choices.end()) {
      return refuse("rules.choice_unknown",
                    fmt::format("{} is one of: {}.", definition.name, fmt::join(choices, ", ")));
    }
    std::string word(token_.text);
    TRY_OK(advance());
    return word;
  }
  Result<std::set<std::string>> word_set(const FactDefinition& definition) {
    TRY_OK(expect("{"));
    std::set<std::string> words;
    while (true) {
      TRY(auto word, choice(definition));
      words.insert(std::move(word));
      if (!at(",")) break;
      TRY_OK(advance());
    }
    TRY_OK(expect("}"));
    return words;
  }

  Tokenizer tokens_;
  const Vocabulary& vocabulary_;
  Token token_;
  std::vector<Node> nodes_;
  unsigned depth_ = 0;
};

Truth combined(const Node& node, const std::vector<Truth>& truths) {
  Truth result = truths[node.children.front()];
  if (node.kind == Node::Kind::Not) return negated(result);
  for (const auto child : node.children) {
    result = node.kind == Node::Kind::And ? both(result, truths[child]) : either(result, truths[child]);
  }
  return result;
}

// A conjunction is true because of all its parts and false because of its false ones; what is true in an unknown one
// is worth saying too, for it is what already holds. A disjunction is true because of its true parts.
bool decides(const Node& parent, Truth of_parent, Truth of_child) {
  if (parent.kind == Node::Kind::Not) return true;
  if (of_parent != Truth::Unknown) return of_child == of_parent;
  return of_child == Truth::Unknown || (parent.kind == Node::Kind::And && of_child == Truth::True);
}

std::string question_of(const Node& leaf) {
  return leaf.kind == Node::Kind::Fired ? fmt::format("fired(\"{}\")", fmt::join(leaf.patterns, "\", \""))
                                        : leaf.condition.text();
}

// Asked once when a pack is read, so that nothing is spelt while reports are judged.
void name_questions(std::vector<Node>& nodes) {
  std::map<std::string, std::uint32_t> first;
  for (std::uint32_t index = 0; index < nodes.size(); ++index) {
    if (!nodes[index].children.empty()) continue;
    nodes[index].question = question_of(nodes[index]);
    nodes[index].same_as = first.emplace(nodes[index].question, index).first->second;
  }
}

}  // namespace

std::string position_text(TextPosition position) {
  return fmt::format("line {}, column {}", position.line, position.column);
}

std::string Condition::text() const {
  switch (kind) {
    case Kind::Flag: return name;
    case Kind::Given: return fmt::format("given({})", name);
    case Kind::Stated: return fmt::format("stated({})", name);
    case Kind::Anyone: return "anyone";
    case Kind::Number:
      return fmt::format("{} {} {}{}{}", name, kComparisonTexts[static_cast<std::size_t>(comparison)], number,
                         unit.empty() ? "" : " ", unit);
    case Kind::Member: return fmt::format("{} in {{{}}}", name, fmt::join(words, ", "));
    case Kind::NotMember: return fmt::format("{} not in {{{}}}", name, fmt::join(words, ", "));
  }
  return name;
}

Result<Expression> Expression::parse(std::string_view text, const Vocabulary& vocabulary, TextPosition origin) {
  if (text.size() > kMaxBytes) {
    return invalid("rules.too_large", fmt::format("An expression has at most {} bytes.", kMaxBytes),
                   position_text(origin));
  }
  Expression expression;
  expression.text_ = text;
  TRY(expression.nodes_, Parser(Tokenizer(text, origin), vocabulary).parse());
  name_questions(expression.nodes_);
  return expression;
}

std::vector<Truth> Expression::evaluate(const LeafTruth& leaf_truth) const {
  std::vector<Truth> truths;
  truths.reserve(nodes_.size());
  for (const Node& node : nodes_) truths.push_back(node.children.empty() ? leaf_truth(node) : combined(node, truths));
  return truths;
}

std::vector<Truth> Expression::turned(std::vector<Truth> truths, std::uint32_t leaf, Truth answer) const {
  for (std::size_t index = 0; index < nodes_.size(); ++index) {
    const Node& node = nodes_[index];
    if (!node.children.empty()) {
      truths[index] = combined(node, truths);
    } else if (node.same_as == nodes_[leaf].same_as) {
      truths[index] = answer;
    }
  }
  return truths;
}

std::vector<std::uint32_t> Expression::deciding_leaves(const std::vector<Truth>& truths) const {
  std::vector<bool> matters(nodes_.size(), false);
  matters.back() = true;
  std::vector<std::uint32_t> leaves;
  // Parents stand after their children, so one pass from the root down reaches everything that matters.
  for (auto index = static_cast<std::uint32_t>(nodes_.size()); index-- > 0;) {
    if (!matters[index]) continue;
    if (nodes_[index].children.empty()) leaves.push_back(index);
    for (const auto child : nodes_[index].children) {
      if (decides(nodes_[index], truths[index], truths[child])) matters[child] = true;
    }
  }
  std::reverse(leaves.begin(), leaves.end());
  return leaves;
}

bool matches_duty(std::string_view pattern, std::string_view id) {
  if (!pattern.ends_with('*')) return pattern == id;
  pattern.remove_suffix(1);
  return id.starts_with(pattern);
}

}  // namespace hinomi::rules
