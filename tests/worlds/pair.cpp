#include "worlds/pair.h"

#include <algorithm>

#include "flow/deliver.h"
#include "flow/ledger_log.h"

namespace hinomi::tests::worlds {
namespace {

constexpr std::chrono::seconds kBetweenDeeds{61};
constexpr std::chrono::seconds kBetweenRequests{1};

}  // namespace

void work_off(World& world) {
  // A round takes a hundred jobs and may find that none of their recipients may read any more.
  for (int idle = 0; idle < 2;) idle = must(flow::deliver_outbox(world.platform()), "delivering") > 0 ? 0 : idle + 1;
  must(world.platform().ledger.seal(world.platform()), "sealing");
}

Pair::Pair(const Plan& plan, const Edits& edits)
    : plan_(plan),
      edits_(edits),
      a_(std::make_unique<World>(plan.cast, plan.seed)),
      b_(std::make_unique<World>(plan.cast, plan.seed)),
      now_(*parse_rfc3339("2026-11-22T00:00:00Z")) {}

void Pair::set(Instant now, std::uint64_t chance) {
  for (World* world : {a_.get(), b_.get()}) {
    world->clock().set(now);
    world->random().begin(chance);
  }
}

void Pair::next_moment(std::uint64_t name) {
  now_ += kBetweenRequests;
  set(now_, mixed({plan_.seed, 6, name}));
}

std::string Pair::perform_in(World& world, Side side, std::size_t deed) {
  std::set<std::size_t>& undone = side == Side::A ? undone_in_a_ : undone_in_b_;
  const auto& needs = plan_.deeds[deed].needs;
  const bool lacks = std::ranges::any_of(needs, [&](std::size_t need) { return undone.contains(need); });
  if (!lacks && is_done(edits_[deed], side)) {
    const Status done = plan_.deeds[deed].act({world, deed, wording_in(edits_[deed], side)});
    if (done.ok()) return "done";
    undone.insert(deed);
    return done.error().code + ": " + done.error().detail;
  }
  undone.insert(deed);
  return "not done";
}

std::optional<Finding> Pair::perform(std::size_t from, std::size_t to) {
  for (std::size_t deed = from; deed < to; ++deed) {
    now_ += kBetweenDeeds;
    set(now_, mixed({plan_.seed, 4, deed}));
    const std::string in_a = perform_in(*a_, Side::A, deed);
    const std::string in_b = perform_in(*b_, Side::B, deed);
    if (in_a == in_b || !is_visible(plan_, plan_.deeds[deed])) continue;
    return Finding{"deed " + std::to_string(deed) + " " + plan_.deeds[deed].name,
                   "the others",
                   "comes out differently",
                   "",
                   in_a,
                   in_b};
  }
  now_ += kBetweenDeeds;
  set(now_, mixed({plan_.seed, 7, to}));
  work_off(*a_);
  work_off(*b_);
  return std::nullopt;
}

}  // namespace hinomi::tests::worlds
