#include "rules/reachability.h"

#include <algorithm>
#include <limits>
#include <variant>

namespace hinomi::rules {
namespace {

constexpr int kMaxSteps = 2000;  // also bounds the depth of the recursion

using Words = std::set<std::string>;

// What a number can still be.
class Span {
 public:
  void narrow(Comparison comparison, double number) {
    switch (comparison) {
      case Comparison::Less: return below(number, true);
      case Comparison::AtMost: return below(number, false);
      case Comparison::AtLeast: return above(number, false);
      case Comparison::More: return above(number, true);
      case Comparison::NotEqual: excluded_.insert(number); return;
      case Comparison::Equal: below(number, false); return above(number, false);
    }
  }
  // Single numbers left out do not empty a span that has many.
  [[nodiscard]] bool is_empty() const {
    if (low_ < high_) return false;
    return low_ > high_ || low_open_ || high_open_ || excluded_.contains(low_);
  }

 private:
  void below(double number, bool open) {
    if (number < high_ || (number == high_ && open)) {
      high_ = number;
      high_open_ = open;
    }
  }
  void above(double number, bool open) {
    if (number > low_ || (number == low_ && open)) {
      low_ = number;
      low_open_ = open;
    }
  }
  double low_ = 0;  // no fact is negative
  double high_ = std::numeric_limits<double>::infinity();
  bool low_open_ = false;
  bool high_open_ = false;
  std::set<double> excluded_;
};

Comparison opposite(Comparison comparison) {
  switch (comparison) {
    case Comparison::Less: return Comparison::AtLeast;
    case Comparison::AtMost: return Comparison::More;
    case Comparison::Equal: return Comparison::NotEqual;
    case Comparison::NotEqual: return Comparison::Equal;
    case Comparison::AtLeast: return Comparison::Less;
    case Comparison::More: return Comparison::AtMost;
  }
  return comparison;
}

bool has_other_than(const Words& words, const Words& forbidden) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return !forbidden.contains(word); });
}

// What can still have been said of one fact, so that every condition asked so far has the truth it must have.
class Sayings {
 public:
  explicit Sayings(const FactDefinition* definition, bool is_own_word)
      : is_set_(definition != nullptr && definition->kind == FactKind::Choices),
        not_applicable_(!is_own_word),
        open_(!is_own_word),
        absent_(!is_own_word) {
    if (definition == nullptr || definition->kind != FactKind::Choice) return;
    for (const auto word : definition->choices) {
      if (word != "unknown") words_.emplace(word);  // that word decides nothing
    }
  }

  // False when nothing can have been said any more.
  bool narrow(const Condition& condition, bool wanted) {
    switch (condition.kind) {
      case Condition::Kind::Anyone: return wanted;
      case Condition::Kind::Given: narrow_given(wanted); break;
      case Condition::Kind::Stated: narrow_stated(wanted); break;
      default: narrow_value(condition, wanted);
    }
    return value_ || not_applicable_ || open_ || absent_;
  }

 private:
  void narrow_given(bool wanted) {
    if (wanted) not_applicable_ = open_ = absent_ = false;
    if (!wanted) value_ = false;
  }
  void narrow_stated(bool wanted) {
    if (wanted) absent_ = false;
    if (!wanted) value_ = not_applicable_ = open_ = false;
  }
  // A condition with a definite truth: what nobody knows leaves it open, and 該当なし answers all but "is not" with no.
  void narrow_value(const Condition& condition, bool wanted) {
    open_ = absent_ = false;
    if (wanted != (condition.kind == Condition::Kind::NotMember)) not_applicable_ = false;
    if (condition.kind == Condition::Kind::Flag) {
      if (flag_ && *flag_ != wanted) value_ = false;
      flag_ = wanted;
    } else if (condition.kind == Condition::Kind::Number) {
      span_.narrow(wanted ? condition.comparison : opposite(condition.comparison), condition.number);
      if (span_.is_empty()) value_ = false;
    } else {
      narrow_words(condition.words, wanted == (condition.kind == Condition::Kind::Member));
    }
  }
  void narrow_words(const Words& words, bool is_member) {
    if (is_member) {
      required_.push_back(words);
    } else {
      forbidden_.insert(words.begin(), words.end());
    }
    if (!has_words()) value_ = false;
  }
  [[nodiscard]] bool has_words() const {
    if (!is_set_) return has_one_word();
    return std::all_of(required_.begin(), required_.end(),
                       [this](const Words& words) { return has_other_than(words, forbidden_); });
  }
  // One word must be in every list; without lists, any of the fact's own that is not forbidden.
  [[nodiscard]] bool has_one_word() const {
    if (required_.empty()) return words_.empty() || has_other_than(words_, forbidden_);
    return std::any_of(required_.front().begin(), required_.front().end(), [this](const std::string& word) {
      const auto holds = [&word](const Words& words) { return words.contains(word); };
      return word != "unknown" && !forbidden_.contains(word) && std::all_of(required_.begin(), required_.end(), holds);
    });
  }

  bool is_set_ = false;
  bool value_ = true;
  bool not_applicable_ = true;
  bool open_ = true;
  bool absent_ = true;
  std::optional<bool> flag_;
  Span span_;
  Words words_;
  Words forbidden_;
  std::vector<Words> required_;
};

// Something that must come out true, or false.
struct Goal {
  struct Node {
    const Expression* expression;
    std::uint32_t index;
  };
  std::variant<Node, const Duty*> what;
  bool wanted = true;
};

Goal whole(const Expression& expression, bool wanted) {
  return {Goal::Node{&expression, static_cast<std::uint32_t>(expression.nodes().size() - 1)}, wanted};
}

// What is still to be shown, and what has been assumed for it. Copied at every choice.
struct Attempt {
  std::vector<Goal> goals;
  std::map<std::string, Sayings, std::less<>> facts;
  std::map<std::string, bool, std::less<>> derived;
};

class Search {
 public:
  explicit Search(const Rulebook& book) : book_(book), vocabulary_(Vocabulary::standard()) {}

  // NOLINTNEXTLINE(misc-no-recursion): kMaxSteps bounds it.
  bool succeeds(Attempt attempt) {
    while (!attempt.goals.empty()) {
      if (++steps_ > kMaxSteps) return true;
      const Goal goal = attempt.goals.back();
      attempt.goals.pop_back();
      std::vector<std::vector<Goal>> ways;
      if (!reduce(goal, attempt, ways)) return false;
      if (ways.empty()) continue;
      for (std::size_t i = 0; i + 1 < ways.size(); ++i) {
        if (succeeds(with(attempt, ways[i]))) return true;
      }
      attempt = with(std::move(attempt), ways.back());
    }
    return true;
  }

 private:
  static Attempt with(Attempt attempt, const std::vector<Goal>& goals) {
    attempt.goals.insert(attempt.goals.end(), goals.begin(), goals.end());
    return attempt;
  }

  // False when the goal cannot be met. Either it is met, or `ways` has the ways to meet it.
  bool reduce(const Goal& goal, Attempt& attempt, std::vector<std::vector<Goal>>& ways) const {
    if (const auto* duty = std::get_if<const Duty*>(&goal.what)) {
      return add_ways({whole((*duty)->holder, goal.wanted), whole((*duty)->trigger, goal.wanted)}, goal.wanted, ways);
    }
    const auto place = std::get<Goal::Node>(goal.what);
    const ExpressionNode& node = place.expression->nodes()[place.index];
    switch (node.kind) {
      case ExpressionNode::Kind::Condition: return assume(node.condition, goal.wanted, attempt, ways);
      case ExpressionNode::Kind::Fired: return add_fired(node, goal.wanted, ways);
      case ExpressionNode::Kind::Not:
        ways.push_back({{Goal::Node{place.expression, node.children.front()}, !goal.wanted}});
        return true;
      case ExpressionNode::Kind::And:
      case ExpressionNode::Kind::Or: break;
    }
    std::vector<Goal> parts;
    for (const auto child : node.children) parts.push_back({Goal::Node{place.expression, child}, goal.wanted});
    return add_ways(std::move(parts), goal.wanted == (node.kind == ExpressionNode::Kind::And), ways);
  }

  // All of the parts, or any of them.
  static bool add_ways(std::vector<Goal> parts, bool all, std::vector<std::vector<Goal>>& ways) {
    if (all) {
      ways.push_back(std::move(parts));
      return true;
    }
    for (const Goal& part : parts) ways.push_back({part});
    return !ways.empty();
  }

  // No duty fired: only of a row that is always in force is it sure that its conditions failed.
  bool add_fired(const ExpressionNode& node, bool wanted, std::vector<std::vector<Goal>>& ways) const {
    std::vector<Goal> parts;
    for (const auto index : book_.fired_lines(node.patterns)) {
      const DutyLine& line = book_.lines()[index];
      for (const Duty& duty : line.versions) {
        if (duty.nature == Nature::Proposed) continue;
        const bool is_always = line.versions.size() == 1 && !duty.effective_from && !duty.effective_until;
        if (wanted || is_always) parts.push_back({&duty, wanted});
      }
    }
    return add_ways(std::move(parts), !wanted, ways);
  }

  bool assume(const Condition& condition, bool wanted, Attempt& attempt, std::vector<std::vector<Goal>>& ways) const {
    if (const Derivation* derivation = book_.find_derivation(condition.name)) {
      if (condition.kind != Condition::Kind::Flag) return true;
      // True by being stated or by following; false only when it does not follow.
      if (!wanted) ways.push_back({whole(derivation->when, false)});
      return attempt.derived.emplace(condition.name, wanted).first->second == wanted;
    }
    const bool is_own = condition.name.starts_with("op.") || condition.name == "report.kind";
    auto found = attempt.facts.find(condition.name);
    if (found == attempt.facts.end()) {
      found = attempt.facts.emplace(condition.name, Sayings(vocabulary_.find(condition.name), is_own)).first;
    }
    return found->second.narrow(condition, wanted);
  }

  const Rulebook& book_;
  Vocabulary vocabulary_;
  int steps_ = 0;
};

}  // namespace

bool can_all_hold(const Rulebook& book, std::span<const Expression* const> conditions) {
  Attempt attempt;
  for (const Expression* condition : conditions) attempt.goals.push_back(whole(*condition, true));
  return Search(book).succeeds(std::move(attempt));
}

}  // namespace hinomi::rules
