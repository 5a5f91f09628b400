#include "anonymity/least_loss.h"

#include <algorithm>
#include <limits>

namespace hinomi::anonymity {
namespace {

class Searcher {
 public:
  Searcher(const std::vector<Choice>& choices, const std::set<Statement>& fixed, const Population& population,
           const AnonymityPolicy& policy)
      : choices_(choices), fixed_(fixed), population_(population), policy_(policy) {}

  Search run() {
    Search vaguest = priced(vaguest_choice());
    vaguest.reached = counted(vaguest.chosen).enough();
    if (!vaguest.reached) return vaguest;
    return combinations() <= policy_.search_limit ? exhaustive() : greedy();
  }

 private:
  using Chosen = std::vector<std::size_t>;

  [[nodiscard]] Chosen vaguest_choice() const {
    Chosen chosen;
    for (const Choice& choice : choices_) chosen.push_back(choice.options.size() - 1);
    return chosen;
  }

  [[nodiscard]] Count counted(const Chosen& chosen) const {
    std::set<Statement> statements = fixed_;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (const auto& statement = choices_[i].options[chosen[i]].statement) statements.insert(*statement);
    }
    return population_.count(statements, policy_);
  }

  [[nodiscard]] int loss_of(const Chosen& chosen) const {
    int loss = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) loss += choices_[i].options[chosen[i]].loss;
    return loss;
  }

  [[nodiscard]] Search priced(Chosen chosen) const {
    const int loss = loss_of(chosen);
    return {false, std::move(chosen), loss, true, loss};
  }

  [[nodiscard]] std::size_t combinations() const {
    std::size_t product = 1;
    for (const Choice& choice : choices_) {
      product *= choice.options.size();
      if (product > policy_.search_limit) break;
    }
    return product;
  }

  // The next combination, like an odometer; false after the last.
  [[nodiscard]] bool advance(Chosen& chosen) const {
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (++chosen[i] < choices_[i].options.size()) return true;
      chosen[i] = 0;
    }
    return false;
  }

  [[nodiscard]] Search exhaustive() const {
    Chosen chosen(choices_.size(), 0);
    Chosen best;
    int best_loss = std::numeric_limits<int>::max();
    bool found = false;
    do {
      const int loss = loss_of(chosen);
      if (loss >= best_loss || !counted(chosen).enough()) continue;
      best = chosen;
      best_loss = loss;
      found = true;
    } while (advance(chosen));
    Search search = priced(std::move(best));
    search.reached = found;
    return search;
  }

  // Takes the step that wins most members per point until enough fit, then takes back every step that was not needed.
  [[nodiscard]] Search greedy() const {
    Chosen chosen(choices_.size(), 0);
    const int least = loss_of(chosen);
    while (!counted(chosen).enough()) ++chosen[best_step(chosen)];
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      while (chosen[i] > 0) {
        --chosen[i];
        if (counted(chosen).enough()) continue;
        ++chosen[i];
        break;
      }
    }
    Search search = priced(std::move(chosen));
    search.reached = true;
    search.exact = search.loss == least;
    search.lower_bound = least;
    return search;
  }

  // There always is one: the vaguest choice is known to be enough.
  [[nodiscard]] std::size_t best_step(const Chosen& chosen) const {
    const auto now = static_cast<double>(counted(chosen).smallest);
    std::size_t best = chosen.size();
    double best_gain = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const auto& options = choices_[i].options;
      if (chosen[i] + 1 == options.size()) continue;
      Chosen next = chosen;
      ++next[i];
      const Count after = counted(next);
      const int price = std::max(1, options[next[i]].loss - options[chosen[i]].loss);
      const double gain = ((after.enough() ? 1000.0 : static_cast<double>(after.smallest) - now) + 0.01) / price;
      if (gain <= best_gain) continue;
      best = i;
      best_gain = gain;
    }
    return best;
  }

  const std::vector<Choice>& choices_;
  const std::set<Statement>& fixed_;
  const Population& population_;
  const AnonymityPolicy& policy_;
};

}  // namespace

Search least_loss(const std::vector<Choice>& choices, const std::set<Statement>& fixed, const Population& population,
                  const AnonymityPolicy& policy) {
  return Searcher(choices, fixed, population, policy).run();
}

}  // namespace hinomi::anonymity
