// Runs seeds, and makes what it finds small: drops one edit after the other while the difference stays.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "worlds/session.h"

namespace hinomi::tests::worlds {

struct Trial {
  std::uint64_t seed = 1;
  std::uint32_t viewer = 0;
  std::optional<std::vector<std::size_t>> edits{};  // only these deeds differ; all that were drawn when empty
  Size size{};
  Effort effort{};
};

struct Outcome {
  std::optional<Finding> finding;
  Plan plan;
  Edits edits;
  std::size_t requests = 0;
};

Outcome run(const Trial& trial, const Door& door = plain_door);
// The same finding with as few edits as a greedy search finds. `outcome` has a finding.
Outcome shrunk(const Trial& trial, Outcome outcome, const Door& door = plain_door);

// Seed, edits, request, the lines in which the answers differ, and the command that shows exactly this again.
std::string text_of(const Trial& trial, const Outcome& outcome);

}  // namespace hinomi::tests::worlds
