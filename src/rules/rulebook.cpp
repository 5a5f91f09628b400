#include "rules/rulebook.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rules/reachability.h"

namespace hinomi::rules {
namespace {

std::string place(const std::string& file, TextPosition position) {
  return fmt::format("{}: {}", file, position_text(position));
}

Error duplicate(std::string_view what, std::string_view name, std::string where) {
  return invalid("rules.duplicate", fmt::format("There are two {} named {}.", what, name), std::move(where));
}

bool is_before(const Duty& a, const Duty& b) {
  return a.effective_from.value_or(Day::min()) < b.effective_from.value_or(Day::min());
}

Status check_versions(const DutyLine& line) {
  for (std::size_t i = 1; i < line.versions.size(); ++i) {
    const Duty& later = line.versions[i];
    const auto& until = line.versions[i - 1].effective_until;
    if (!until || !later.effective_from || *until >= *later.effective_from) {
      return invalid("rules.versions_overlap", fmt::format("Two versions of {} are in force on the same day.", line.id),
                     place(later.file, later.position));
    }
  }
  return {};
}

}  // namespace

// Builds one rulebook. Steps 0…L-1 of the dependency graph are the duty lines, the rest the derivations.
class Linker {
 public:
  explicit Linker(std::vector<Pack> packs) { book_.packs_ = std::move(packs); }

  Result<std::shared_ptr<const Rulebook>> link() {
    TRY_OK(gather());
    TRY_OK(check_parties());
    TRY_OK(connect());
    TRY_OK(arrange());
    TRY_OK(check_reachable());
    return std::shared_ptr<const Rulebook>(new Rulebook(std::move(book_)));
  }

 private:
  struct Edge {
    std::size_t needs;
    std::string where;
  };

  Status gather() {
    std::map<std::string, DutyLine> lines;
    std::set<std::string> packs;
    for (Pack& pack : book_.packs_) {
      if (!packs.insert(pack.id).second) return duplicate("packs", pack.id, pack.id);
      for (const Duty& duty : pack.duties) {
        auto& line = lines[duty.id];
        line.id = duty.id;
        line.versions.push_back(duty);
      }
      TRY_OK(gather_facts(pack));
    }
    if (lines.size() > Rulebook::kMaxLines) {
      return invalid("rules.too_large", fmt::format("A rulebook has at most {} duties.", Rulebook::kMaxLines));
    }
    for (auto& [id, line] : lines) {
      std::sort(line.versions.begin(), line.versions.end(), is_before);
      TRY_OK(check_versions(line));
      book_.lines_.push_back(std::move(line));
    }
    return {};
  }

  Status gather_facts(const Pack& pack) {
    for (const Derivation& derivation : pack.derivations) {
      if (book_.find_derivation(derivation.fact) != nullptr) {
        return duplicate("derivations", derivation.fact, place(derivation.file, derivation.position));
      }
      book_.derivations_.push_back(derivation);
    }
    for (const Growth& growth : pack.growths) {
      if (book_.find_growth(growth.fact) != nullptr) return duplicate("growing facts", growth.fact, pack.id);
      book_.growths_.push_back(growth);
    }
    return {};
  }

  Status check_parties() const {
    for (const DutyLine& line : book_.lines_) {
      for (const Duty& duty : line.versions) TRY_OK(check_parties(duty));
    }
    return {};
  }
  [[nodiscard]] Status check_parties(const Duty& duty) const {
    for (const auto* codes : {&duty.recipients, &duty.copies}) {
      for (const auto& code : *codes) {
        const bool known = std::any_of(book_.packs_.begin(), book_.packs_.end(),
                                       [&code](const Pack& pack) { return pack.parties.contains(code); });
        if (!known) {
          return invalid("rules.party_unknown", fmt::format("No pack names the recipient {} of {}.", code, duty.id),
                         place(duty.file, duty.position));
        }
      }
    }
    return {};
  }

  Status connect() {
    edges_.resize(book_.lines_.size() + book_.derivations_.size());
    for (std::size_t i = 0; i < book_.lines_.size(); ++i) {
      for (const Duty& duty : book_.lines_[i].versions) {
        TRY_OK(connect(i, duty.trigger, duty.file));
        for (const Stage& stage : duty.stages) {
          if (stage.when) note_thresholds(*stage.when);
        }
      }
    }
    for (std::size_t i = 0; i < book_.derivations_.size(); ++i) {
      const Derivation& derivation = book_.derivations_[i];
      TRY_OK(connect(book_.lines_.size() + i, derivation.when, derivation.file));
    }
    std::size_t thresholds = 0;
    for (const auto& [fact, numbers] : book_.thresholds_) thresholds += numbers.size();
    if (thresholds > Rulebook::kMaxThresholds) {
      return invalid("rules.too_large", fmt::format("Growing facts are compared with at most {} different numbers.",
                                                    Rulebook::kMaxThresholds));
    }
    return {};
  }

  void note_thresholds(const Expression& expression) {
    for (const auto& node : expression.nodes()) {
      if (node.condition.kind != Condition::Kind::Number) continue;
      if (book_.find_growth(node.condition.name) != nullptr) {
        book_.thresholds_[node.condition.name].insert(node.condition.number);
      }
    }
  }

  Status connect(std::size_t step, const Expression& expression, const std::string& file) {
    note_thresholds(expression);
    for (const auto& node : expression.nodes()) {
      const auto where = place(file, node.position);
      if (node.kind == ExpressionNode::Kind::Fired) {
        TRY_OK(connect_fired(step, node, where));
      } else if (node.kind == ExpressionNode::Kind::Condition) {
        const auto* derivation = book_.find_derivation(node.condition.name);
        if (derivation == nullptr) continue;
        const auto index = static_cast<std::size_t>(derivation - book_.derivations_.data());
        edges_[step].push_back({book_.lines_.size() + index, where});
      }
    }
    return {};
  }

  Status connect_fired(std::size_t step, const ExpressionNode& node, const std::string& where) {
    auto& lines = book_.fired_lines_[node.patterns];
    for (const auto& pattern : node.patterns) {
      const auto found = matching(pattern);
      if (found.empty()) return invalid("rules.duty_unknown", fmt::format("No duty has the id {}.", pattern), where);
      lines.insert(lines.end(), found.begin(), found.end());
    }
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    references_ += lines.size();
    if (references_ > Rulebook::kMaxReferences) {
      return invalid("rules.too_large",
                     fmt::format("Rules refer to each other at most {} times.", Rulebook::kMaxReferences), where);
    }
    for (const auto line : lines) edges_[step].push_back({line, where});
    return {};
  }
  [[nodiscard]] std::vector<std::size_t> matching(const std::string& pattern) const {
    std::vector<std::size_t> matches;
    for (std::size_t i = 0; i < book_.lines_.size(); ++i) {
      if (matches_duty(pattern, book_.lines_[i].id)) matches.push_back(i);
    }
    return matches;
  }

  // Kahn's algorithm, lowest number first, so that equal packs always give the equal order.
  Status arrange() {
    std::vector<std::vector<std::size_t>> dependents(edges_.size());
    std::vector<std::size_t> open(edges_.size(), 0);
    std::set<std::size_t> ready;
    for (std::size_t step = 0; step < edges_.size(); ++step) {
      for (const Edge& edge : edges_[step]) dependents[edge.needs].push_back(step);
      open[step] = edges_[step].size();
      if (open[step] == 0) ready.insert(step);
    }
    while (!ready.empty()) {
      const auto step = *ready.begin();
      ready.erase(ready.begin());
      book_.steps_.push_back(step_at(step));
      for (const auto dependent : dependents[step]) {
        if (--open[dependent] == 0) ready.insert(dependent);
      }
    }
    return book_.steps_.size() == edges_.size() ? Status{} : cycle(open);
  }

  [[nodiscard]] Status check_reachable() const {
    for (const Derivation& derivation : book_.derivations_) {
      const Expression* const conditions[] = {&derivation.when};
      if (!can_all_hold(book_, conditions)) return unreachable(derivation.fact, derivation.when, derivation.file);
    }
    for (const DutyLine& line : book_.lines_) {
      for (const Duty& duty : line.versions) TRY_OK(check_reachable(duty));
    }
    return {};
  }
  [[nodiscard]] Status check_reachable(const Duty& duty) const {
    const Expression* const fires[] = {&duty.holder, &duty.trigger};
    if (!can_all_hold(book_, fires)) return unreachable(duty.id, duty.trigger, duty.file);
    for (const Stage& stage : duty.stages) {
      if (!stage.when) continue;
      const Expression* const comes_about[] = {&duty.holder, &duty.trigger, &*stage.when};
      if (!can_all_hold(book_, comes_about)) {
        return unreachable(fmt::format("the stage {} of {}", stage.name, duty.id), *stage.when, duty.file);
      }
    }
    return {};
  }
  static Error unreachable(std::string_view what, const Expression& condition, const std::string& file) {
    return invalid("rules.unreachable",
                   fmt::format("No facts can bring about {}: its conditions contradict each other. Correct the "
                               "condition, or remove the row.",
                               what),
                   place(file, condition.nodes().back().position));
  }

  [[nodiscard]] RuleStep step_at(std::size_t step) const {
    const auto lines = book_.lines_.size();
    return step < lines ? RuleStep{RuleStep::Kind::Duty, step} : RuleStep{RuleStep::Kind::Derivation, step - lines};
  }
  [[nodiscard]] std::string name_of(std::size_t step) const {
    const RuleStep found = step_at(step);
    return found.kind == RuleStep::Kind::Duty ? book_.lines_[found.index].id : book_.derivations_[found.index].fact;
  }

  // Every step left over needs another one left over: following those must come round.
  [[nodiscard]] Error cycle(const std::vector<std::size_t>& open) const {
    const auto next = [this, &open](std::size_t step) -> const Edge& {
      return *std::find_if(edges_[step].begin(), edges_[step].end(),
                           [&open](const Edge& edge) { return open[edge.needs] > 0; });
    };
    auto step = static_cast<std::size_t>(
        std::find_if(open.begin(), open.end(), [](std::size_t count) { return count > 0; }) - open.begin());
    std::vector<bool> seen(open.size(), false);
    for (; !seen[step]; step = next(step).needs) seen[step] = true;
    std::string path = name_of(step);
    for (auto other = next(step).needs; other != step; other = next(other).needs) path += " → " + name_of(other);
    return invalid("rules.cycle",
                   fmt::format("These rules depend on each other in a circle: {} → {}.", path, name_of(step)),
                   next(step).where);
  }

  Rulebook book_;
  std::vector<std::vector<Edge>> edges_;
  std::size_t references_ = 0;
};

Result<std::shared_ptr<const Rulebook>> Rulebook::link(std::vector<Pack> packs) {
  return Linker(std::move(packs)).link();
}

const DutyLine* Rulebook::find_line(std::string_view id) const {
  const auto found = std::lower_bound(lines_.begin(), lines_.end(), id,
                                      [](const DutyLine& line, std::string_view wanted) { return line.id < wanted; });
  return found != lines_.end() && found->id == id ? &*found : nullptr;
}

const Derivation* Rulebook::find_derivation(std::string_view fact) const {
  const auto found = std::find_if(derivations_.begin(), derivations_.end(),
                                  [fact](const Derivation& derivation) { return derivation.fact == fact; });
  return found == derivations_.end() ? nullptr : &*found;
}

const Growth* Rulebook::find_growth(std::string_view fact) const {
  const auto found =
      std::find_if(growths_.begin(), growths_.end(), [fact](const Growth& growth) { return growth.fact == fact; });
  return found == growths_.end() ? nullptr : &*found;
}

const std::vector<std::size_t>& Rulebook::fired_lines(const std::vector<std::string>& patterns) const {
  static const std::vector<std::size_t> kNone;
  const auto found = fired_lines_.find(patterns);
  return found == fired_lines_.end() ? kNone : found->second;
}

BilingualText Rulebook::party(std::string_view code) const {
  for (const Pack& pack : packs_) {
    if (const auto found = pack.parties.find(code); found != pack.parties.end()) return found->second;
  }
  return {std::string(code), std::string(code)};
}

BilingualText Rulebook::term(std::string_view name) const {
  for (const Pack& pack : packs_) {
    if (const auto found = pack.terms.find(name); found != pack.terms.end()) return found->second;
  }
  const std::string bare(name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1));
  return {bare, bare};
}

Result<std::shared_ptr<const Rulebook>> load_rulebook(std::span<const PackSource> sources) {
  const Vocabulary vocabulary = Vocabulary::standard();
  std::vector<Pack> packs;
  for (const PackSource& source : sources) {
    TRY(auto pack, read_pack(source, vocabulary));
    packs.push_back(std::move(pack));
  }
  return Rulebook::link(std::move(packs));
}

}  // namespace hinomi::rules
