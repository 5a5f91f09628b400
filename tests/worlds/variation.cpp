#include "worlds/variation.h"

#include <algorithm>
#include <array>

namespace hinomi::tests::worlds {
namespace {

// What is done in one world only can be built on in that world only.
Fate settled(const Plan& plan, const Edits& edits, std::size_t deed, Fate wished) {
  bool in_a = is_done(wished, Side::A);
  bool in_b = is_done(wished, Side::B);
  for (const std::size_t need : plan.deeds[deed].needs) {
    in_a = in_a && is_done(edits[need], Side::A);
    in_b = in_b && is_done(edits[need], Side::B);
  }
  if (in_a && in_b) return wished;
  if (in_a) return Fate::OnlyInA;
  return in_b ? Fate::OnlyInB : Fate::Nowhere;
}

// `in_focus`: mostly there in one world only, which is how most of what a situation is made for would show.
Fate any_fate(Random& random, bool may_go, bool in_focus) {
  if (!may_go) return chance(random, in_focus ? 90 : 60) ? Fate::OtherInB : Fate::Same;
  if (in_focus && chance(random, 80)) return chance(random, 50) ? Fate::OnlyInA : Fate::OnlyInB;
  constexpr std::array kFates{Fate::OnlyInA, Fate::OnlyInB, Fate::OtherInB, Fate::OtherInB, Fate::Same};
  return kFates.at(random.below(kFates.size()));
}

std::string_view text_of(Fate fate) {
  switch (fate) {
    case Fate::Same: return "the same";
    case Fate::OnlyInA: return "only in A";
    case Fate::OnlyInB: return "only in B";
    case Fate::OtherInB: return "otherwise in B";
    case Fate::Nowhere: return "in neither";
  }
  return "";
}

}  // namespace

bool is_done(Fate fate, Side side) {
  if (fate == Fate::Nowhere) return false;
  return side == Side::A ? fate != Fate::OnlyInB : fate != Fate::OnlyInA;
}

Wording wording_in(Fate fate, Side side) {
  return fate == Fate::OtherInB && side == Side::B ? Wording::Other : Wording::Plain;
}

Edits settled(const Plan& plan, const std::vector<Fate>& wished) {
  Edits edits;
  for (std::size_t i = 0; i < plan.deeds.size(); ++i) edits.push_back(settled(plan, edits, i, wished[i]));
  return edits;
}

// A deed may be left out when nobody sees it nor any deed that builds on it.
std::vector<bool> removable(const Plan& plan) {
  std::vector<bool> may(plan.deeds.size());
  for (std::size_t i = plan.deeds.size(); i-- > 0;) {
    may[i] = !shows_ids(plan, i);
    for (std::size_t later = i + 1; may[i] && later < plan.deeds.size(); ++later) {
      if (std::ranges::find(plan.deeds[later].needs, i) != plan.deeds[later].needs.end()) may[i] = may[later];
    }
  }
  return may;
}

Edits choose_edits(const Plan& plan, Random& random) {
  const std::vector<bool> may_go = removable(plan);
  std::vector<Fate> wished;
  for (std::size_t i = 0; i < plan.deeds.size(); ++i)
    wished.push_back(shows_ids(plan, i) ? Fate::Same : any_fate(random, may_go[i], plan.focus.contains(i)));
  return settled(plan, wished);
}

std::vector<std::size_t> differing(const Edits& edits) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (edits[i] != Fate::Same && edits[i] != Fate::Nowhere) found.push_back(i);
  }
  return found;
}

Edits only(const Plan& plan, const Edits& edits, const std::vector<std::size_t>& kept) {
  std::vector<Fate> wished;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const bool keep = edits[i] == Fate::Same || std::ranges::find(kept, i) != kept.end();
    // What nobody misses goes altogether, so that the smallest pair of worlds is also a small pair.
    wished.push_back(keep ? edits[i] : edits[i] == Fate::OtherInB ? Fate::Same : Fate::Nowhere);
  }
  return settled(plan, wished);
}

std::string text_of(const Plan& plan, const Edits& edits) {
  std::string text;
  for (const std::size_t deed : differing(edits))
    text += "  " + std::to_string(deed) + " " + std::string(text_of(edits[deed])) + ": " + plan.deeds[deed].name +
            (deed < plan.early ? "" : " (while the session is open)") + "\n";
  return text;
}

}  // namespace hinomi::tests::worlds
