// What happens in a world, as a list of deeds in order. Each deed says who may learn of it; the tester takes those that
// the viewer may not learn of and does them otherwise, or not at all, in the other world.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "worlds/world.h"

namespace hinomi::tests::worlds {

// The two ways in which a deed can be done. Both leave things of the same kind with the same ids.
enum class Wording { Plain, Other };

struct Scene {
  World& world;
  std::size_t deed;
  Wording wording;

  [[nodiscard]] Things& made() const { return world.things[deed]; }
  [[nodiscard]] const Things& of(std::size_t other) const { return world.things.at(other); }
  // The n-th taint word of this deed in this wording.
  [[nodiscard]] std::string taint(std::uint64_t number) const;
  [[nodiscard]] bool is_other() const { return wording == Wording::Other; }
};

struct Deed {
  std::string name;                // "report by P3 under …", for messages
  std::vector<std::size_t> needs;  // deeds that must have been done
  // Whoever may read every label of one of these lists may learn of it, in either wording.
  std::vector<std::vector<Label>> shown_to;
  std::set<PersonId> known_to;  // and these people
  std::function<Status(const Scene&)> act;
};

struct Plan {
  std::uint64_t seed = 0;
  Cast cast;
  PersonId viewer;
  std::vector<Deed> deeds;
  // Labels under which the ids of a deed's things show, besides its own: of later versions.
  std::map<std::size_t, std::vector<Label>> also_shown;
  std::set<std::size_t> focus;         // deeds of the situation that was made on purpose: asked about before all others
  std::vector<std::string> asks_more;  // beginnings of the routes at which that situation would show
  std::size_t early = 0;               // so many are done before the viewer comes; the rest while the session is open
  std::size_t more = 0;                // the last so many are Size::more_deeds
};

// The same seed and viewer number give the same plan.
Plan make_plan(std::uint64_t seed, std::uint32_t viewer, const Size& size);

// True when by the naive rule the viewer may learn of the deed itself.
bool is_visible(const Plan& plan, const Deed& deed);
// True when the viewer may learn the ids of its things, from the deed or from later ones about the same things.
bool shows_ids(const Plan& plan, std::size_t deed);

}  // namespace hinomi::tests::worlds
