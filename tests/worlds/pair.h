// The two worlds of a visit, filled step by step, with one hand for clock and chance in both. Internal to visit_both.
#pragma once

#include <memory>
#include <optional>

#include "worlds/session.h"

namespace hinomi::tests::worlds {

// Lets the courier and the ledger do what waits for them.
void work_off(World& world);

class Pair {
 public:
  Pair(const Plan& plan, const Edits& edits);

  // Does the deeds from `from` to before `to`, then lets the courier and the ledger work. What the viewer may learn of
  // must come out alike in both; the finding tells where it did not.
  std::optional<Finding> perform(std::size_t from, std::size_t to);

  [[nodiscard]] World& a() { return *a_; }
  [[nodiscard]] World& b() { return *b_; }
  // The same next moment and the same chance in both worlds.
  void next_moment(std::uint64_t name);

 private:
  std::string perform_in(World& world, Side side, std::size_t deed);
  void set(Instant now, std::uint64_t chance);

  const Plan& plan_;
  const Edits& edits_;
  std::unique_ptr<World> a_;
  std::unique_ptr<World> b_;
  Instant now_;
  std::set<std::size_t> undone_in_a_, undone_in_b_;  // deeds that were not done, or failed
};

}  // namespace hinomi::tests::worlds
