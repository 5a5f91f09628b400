#include "reference/random_worlds.h"

#include <array>

namespace hinomi::reference {
namespace {

constexpr std::array kCompartments{"grid-exercise", "nuclear", "広域"};

Colour some_colour(Draw& draw) { return static_cast<Colour>(draw.between(0, 4)); }

// High ceilings are usual; low ones must occur.
Colour a_ceiling(Draw& draw) { return draw.one_in(3) ? some_colour(draw) : Colour::Red; }

int highest_org(const World& world) { return static_cast<int>(world.orgs.size()) + 1; }
int highest_person(const World& world) { return static_cast<int>(world.people.size()) + 1; }
int highest_circle(const World& world) { return static_cast<int>(world.circles.size()); }

Condition random_condition(Draw& draw, const World& world) {
  Condition condition;
  if (draw.one_in(25)) return condition;
  if (!draw.one_in(3)) condition.people = draw.some(5, highest_person(world));
  if (!draw.one_in(3)) condition.orgs = draw.some(4, highest_org(world));
  if (!draw.one_in(3)) condition.circles = draw.some(3, highest_circle(world));
  return condition;
}

}  // namespace

std::set<int> Draw::some(int most, int highest) {
  std::set<int> numbers;
  for (int left = between(1, most); left > 0; --left) numbers.insert(between(0, highest));
  return numbers;
}

std::set<std::string> Draw::compartments(int one_in_chances) {
  std::set<std::string> words;
  for (const char* word : kCompartments) {
    if (one_in(one_in_chances)) words.insert(word);
  }
  return words;
}

World random_world(Draw& draw) {
  World world;
  const int orgs = draw.between(1, 7);
  for (int number = 0; number < orgs; ++number)
    world.orgs.push_back(
        {number, draw.one_in(3) ? Kind::Secretariat : static_cast<Kind>(draw.between(0, 8)), !draw.one_in(4)});
  world.keeps_clearances = !draw.one_in(4);
  const int people = draw.between(1, 12);
  for (int number = 0; number < people; ++number) {
    Human human;
    human.number = number;
    human.org = draw.one_in(40) ? highest_org(world) : draw.between(0, orgs - 1);
    human.active = !draw.one_in(20);
    human.cleared = draw.one_in(2);
    human.ceiling = a_ceiling(draw);
    human.compartments = draw.compartments(2);
    world.people.push_back(std::move(human));
  }
  const int circles = draw.between(0, 4);
  for (int number = 0; number < circles; ++number) {
    Circle circle{number, draw.one_in(2) ? Colour::AmberStrict : some_colour(draw), draw.one_in(3), {}, {}};
    if (!draw.one_in(4)) circle.orgs = draw.some(4, highest_org(world));
    if (!draw.one_in(4)) circle.people = draw.some(5, highest_person(world));
    world.circles.push_back(std::move(circle));
  }
  return world;
}

Marking random_marking(Draw& draw, const World& world) {
  Marking marking;
  marking.colour = some_colour(draw);
  marking.gov_class = draw.one_in(4) ? static_cast<Class>(draw.between(0, 3)) : Class::None;
  marking.everyone = draw.one_in(4);
  if (!marking.everyone && !draw.one_in(40)) {
    for (int left = draw.one_in(3) ? draw.between(1, 3) : 1; left > 0; --left)
      marking.conditions.push_back(random_condition(draw, world));
  }
  if (draw.one_in(4)) marking.compartments = draw.compartments(3);
  marking.embargoed = draw.one_in(8);
  marking.needs_clearance = draw.one_in(8);
  return marking;
}

Marking narrowed(Draw& draw, const World& world, Marking marking) {
  switch (draw.between(0, 7)) {
    case 0: marking.colour = std::max(marking.colour, some_colour(draw)); break;
    case 1: marking.gov_class = std::max(marking.gov_class, static_cast<Class>(draw.between(0, 3))); break;
    case 2: marking.compartments.merge(draw.compartments(2)); break;
    case 3: marking.embargoed = true; break;
    case 4: marking.needs_clearance = true; break;
    case 5:
      // Everyone's AMBER is nobody's already; an audience in its place would be another label, not a narrower one.
      if (marking.everyone && marking.colour > Colour::Green) break;
      if (marking.everyone) marking.conditions.clear();
      if (marking.everyone || !marking.conditions.empty()) marking.conditions.push_back(random_condition(draw, world));
      marking.everyone = false;
      break;
    case 6:
      if (!marking.conditions.empty()) marking.conditions.front().orgs.clear();
      break;
    default:
      if (!marking.conditions.empty()) marking.conditions.back().people.clear();
  }
  return marking;
}

}  // namespace hinomi::reference
