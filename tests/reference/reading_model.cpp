#include "reference/reading_model.h"

#include <algorithm>

namespace hinomi::reference {
namespace {

const Human* human_of(const World& world, int person) {
  for (const Human& human : world.people) {
    if (human.number == person) return &human;
  }
  return nullptr;
}

// A person of an organisation that the directory does not hold has no kind, so no right that a kind gives.
const Member* member_of(const World& world, int org) {
  for (const Member& member : world.orgs) {
    if (member.number == org) return &member;
  }
  return nullptr;
}

// The ministry and the NCO are the Act's authorities; a regional safety bureau receives accident reports and no more.
bool is_authority(Kind kind) { return kind == Kind::Ministry || kind == Kind::Nco; }

// Act No. 42: the full analysis is the government's own; what is provided goes to the secretariat and the
// infrastructure operators besides; what is for publication is bound by the audience alone.
bool class_admits(Class gov_class, Kind kind) {
  switch (gov_class) {
    case Class::None: return true;
    case Class::Public: return true;
    case Class::Provided: return is_authority(kind) || kind == Kind::Secretariat || kind == Kind::Operator;
    case Class::Full: return is_authority(kind);
  }
  return false;
}

bool has_all(const std::set<std::string>& wanted, const std::set<std::string>& owned) {
  for (const std::string& compartment : wanted) {
    bool found = false;
    for (const std::string& own : owned) {
      if (own == compartment) found = true;
    }
    if (!found) return false;
  }
  return true;
}

bool is_in_circle(const Circle& circle, const Human& human) {
  for (const int person : circle.people) {
    if (person == human.number) return true;
  }
  for (const int org : circle.orgs) {
    if (org == human.org) return true;
  }
  return false;
}

enum class Way { None, OnlyForMembers, OnlyAboveGroupCeiling, Group, Organisation, Name };

// How one condition takes a person in. A circle that the directory does not hold has nobody in it; one that is no
// audience has nobody in it whose organisation is no member.
Way way_into(const World& world, const Condition& condition, const Human& human, Colour colour) {
  for (const int person : condition.people) {
    if (person == human.number) return Way::Name;
  }
  for (const int org : condition.orgs) {
    if (org == human.org) return Way::Organisation;
  }
  Way best = Way::None;
  for (const int number : condition.circles) {
    for (const Circle& circle : world.circles) {
      if (circle.number != number || !is_in_circle(circle, human)) continue;
      Way way = colour <= circle.ceiling ? Way::Group : Way::OnlyAboveGroupCeiling;
      if (!circle.is_audience && !member_of(world, human.org)->is_member) way = Way::OnlyForMembers;
      best = std::max(best, way);
    }
  }
  return best;
}

// RED is for the named recipients and for nobody whom they stand beside.
Verdict verdict_on_red(const Marking& marking, const Human& human) {
  for (const Condition& condition : marking.conditions) {
    bool named = false;
    for (const int person : condition.people) {
      if (person == human.number) named = true;
    }
    if (!named) return Verdict::NotNamed;
  }
  return Verdict::ByName;
}

Verdict verdict_on_audience(const World& world, const Marking& marking, const Human& human) {
  if (marking.everyone) return marking.colour <= Colour::Green ? Verdict::AsEveryone : Verdict::EveryoneButTooStrict;
  if (marking.conditions.empty()) return Verdict::NoCondition;
  if (marking.colour == Colour::Red) return verdict_on_red(marking, human);
  Way weakest = Way::Name;
  for (const Condition& condition : marking.conditions)
    weakest = std::min(weakest, way_into(world, condition, human, marking.colour));
  switch (weakest) {
    case Way::None: return Verdict::NotInAudience;
    case Way::OnlyForMembers: return Verdict::MembersGroupOnly;
    case Way::OnlyAboveGroupCeiling: return Verdict::GroupCeilingTooLow;
    case Way::Group: return Verdict::ByGroup;
    case Way::Organisation: return Verdict::ByOrganisation;
    case Way::Name: return Verdict::ByName;
  }
  return Verdict::NotInAudience;
}

template <class T>
void add_all(std::set<T>& into, const std::set<T>& from) {
  for (const T& one : from) into.insert(one);
}

std::string list(const std::set<int>& numbers, char letter) {
  std::string text;
  for (const int number : numbers) text += " " + std::string(1, letter) + std::to_string(number);
  return text;
}

std::string list(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += " " + word;
  return text;
}

}  // namespace

Verdict verdict_on(const World& world, int person, const Marking& marking) {
  const Human* human = human_of(world, person);
  if (human == nullptr) return Verdict::UnknownPerson;
  if (!human->active) return Verdict::Inactive;
  const Member* member = member_of(world, human->org);
  if (member == nullptr) return Verdict::UnknownPerson;
  if (marking.needs_clearance && !world.keeps_clearances) return Verdict::NoRegister;
  if (marking.needs_clearance && !human->cleared) return Verdict::NotCleared;
  if (!has_all(marking.compartments, human->compartments)) return Verdict::CompartmentMissing;
  if (!class_admits(marking.gov_class, member->kind)) return Verdict::ClassTooHigh;
  if (marking.embargoed && member->kind != Kind::Secretariat) return Verdict::Embargoed;
  if (marking.colour > human->ceiling) return Verdict::AboveOwnCeiling;
  return verdict_on_audience(world, marking, *human);
}

bool reads(const World& world, int person, const Marking& marking) {
  switch (verdict_on(world, person, marking)) {
    case Verdict::AsEveryone:
    case Verdict::ByName:
    case Verdict::ByOrganisation:
    case Verdict::ByGroup: return true;
    default: return false;
  }
}

std::vector<int> readers(const World& world, const Marking& marking) {
  std::vector<int> all;
  for (const Human& human : world.people) {
    if (reads(world, human.number, marking)) all.push_back(human.number);
  }
  return all;
}

Marking both_of(const Marking& a, const Marking& b) {
  Marking both;
  both.colour = std::max(a.colour, b.colour);
  both.gov_class = std::max(a.gov_class, b.gov_class);
  both.everyone = a.everyone && b.everyone;
  for (const Marking* one : {&a, &b}) {
    add_all(both.compartments, one->compartments);
    // A part that nobody reads makes a whole that nobody reads.
    const bool is_nobodys = one->everyone ? one->colour > Colour::Green : one->conditions.empty();
    if (is_nobodys) both.conditions.push_back(Condition{});
    if (one->everyone) continue;
    for (const Condition& condition : one->conditions) both.conditions.push_back(condition);
  }
  both.embargoed = a.embargoed || b.embargoed;
  both.needs_clearance = a.needs_clearance || b.needs_clearance;
  return both;
}

const char* words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::UnknownPerson: return "unknown person";
    case Verdict::Inactive: return "inactive";
    case Verdict::NoRegister: return "no clearance register";
    case Verdict::NotCleared: return "not cleared";
    case Verdict::CompartmentMissing: return "compartment missing";
    case Verdict::ClassTooHigh: return "class too high";
    case Verdict::Embargoed: return "embargoed";
    case Verdict::AboveOwnCeiling: return "above own ceiling";
    case Verdict::EveryoneButTooStrict: return "everyone, but too strict";
    case Verdict::NoCondition: return "no condition";
    case Verdict::NotNamed: return "RED and not named";
    case Verdict::MembersGroupOnly: return "no member, and the group is no audience";
    case Verdict::GroupCeilingTooLow: return "group ceiling too low";
    case Verdict::NotInAudience: return "not in audience";
    case Verdict::AsEveryone: return "reads as everyone";
    case Verdict::ByName: return "reads by name";
    case Verdict::ByOrganisation: return "reads by organisation";
    case Verdict::ByGroup: return "reads by group";
  }
  return "";
}

std::string words_of(const World& world, int person, const Marking& marking) {
  std::string text = "colour " + std::to_string(static_cast<int>(marking.colour)) + ", class " +
                     std::to_string(static_cast<int>(marking.gov_class)) + (marking.everyone ? ", everyone" : "") +
                     (marking.embargoed ? ", embargo" : "") + (marking.needs_clearance ? ", clearance" : "") +
                     ", compartments" + list(marking.compartments);
  for (const Condition& condition : marking.conditions) {
    text += " {" + list(condition.people, 'p') + list(condition.orgs, 'o') + list(condition.circles, 'c') + " }";
  }
  if (const Human* human = human_of(world, person)) {
    const Member* member = member_of(world, human->org);
    text += "; p" + std::to_string(person) + " of o" + std::to_string(human->org) + " kind " +
            std::to_string(member == nullptr ? -1 : static_cast<int>(member->kind)) + " ceiling " +
            std::to_string(static_cast<int>(human->ceiling)) + (human->cleared ? " cleared" : "") + ", compartments" +
            list(human->compartments);
    for (const Circle& circle : world.circles) {
      if (is_in_circle(circle, *human))
        text += " in c" + std::to_string(circle.number) + " to " + std::to_string(static_cast<int>(circle.ceiling));
    }
  }
  return text + ": " + words_of(verdict_on(world, person, marking));
}

}  // namespace hinomi::reference
