// The rule of reading a second time: sets and loops, as slow as it likes, written from the texts (TLP 2.0, the handling
// layers of DOMAIN-JAPAN §3, DESIGN §2, the words above may_read) and never from the code of src/policy. Whatever it
// and the program disagree about is a defect of one of them. People and organisations are small numbers here; the test
// translates (directory_of.h).
#pragma once

#include <set>
#include <string>
#include <vector>

namespace hinomi::reference {

enum class Colour { Clear, Green, Amber, AmberStrict, Red };
// 周知等用, 提供用, 総合整理分析情報.
enum class Class { None, Public, Provided, Full };
enum class Kind { Secretariat, Operator, Technical, Ministry, Nco, SafetyBureau, Partner, Supplier, Auditor };

struct Member {
  int number = 0;
  Kind kind = Kind::Supplier;
  bool is_member = true;  // no member: a maker, a participant of a council; only addressed
};

struct Human {
  int number = 0;
  int org = 0;
  bool active = true;
  bool cleared = false;
  Colour ceiling = Colour::Red;
  std::set<std::string> compartments;
};

struct Circle {
  int number = 0;
  Colour ceiling = Colour::Amber;
  bool is_audience = false;  // may hold people of organisations that are no members
  std::set<int> orgs;
  std::set<int> people;
};

struct World {
  std::vector<Member> orgs;
  std::vector<Human> people;
  std::vector<Circle> circles;
  bool keeps_clearances = false;  // without a register nobody is cleared
};

// One condition of an audience: whoever is in any of the three lists meets it.
struct Condition {
  std::set<int> people;
  std::set<int> orgs;
  std::set<int> circles;
  auto operator<=>(const Condition&) const = default;
};

struct Marking {
  Colour colour = Colour::Red;
  Class gov_class = Class::None;
  bool everyone = false;              // then `conditions` say nothing
  std::vector<Condition> conditions;  // all must be met; none at all is met by nobody
  std::set<std::string> compartments;
  bool embargoed = false;
  bool needs_clearance = false;
  auto operator<=>(const Marking&) const = default;
};

// Why a person reads or does not: the first reason that applies. The answer is what counts; the reasons show which
// parts of the rule a run has visited.
enum class Verdict {
  UnknownPerson,
  Inactive,
  NoRegister,
  NotCleared,
  CompartmentMissing,
  ClassTooHigh,
  Embargoed,
  AboveOwnCeiling,
  EveryoneButTooStrict,
  NoCondition,
  NotNamed,
  MembersGroupOnly,
  GroupCeilingTooLow,
  NotInAudience,
  AsEveryone,
  ByName,
  ByOrganisation,
  ByGroup,
};
inline constexpr int kVerdicts = static_cast<int>(Verdict::ByGroup) + 1;
const char* words_of(Verdict verdict);

Verdict verdict_on(const World& world, int person, const Marking& marking);
bool reads(const World& world, int person, const Marking& marking);
std::vector<int> readers(const World& world, const Marking& marking);

// What a thing made of both must be marked as: the stricter of each part, and every condition of both.
Marking both_of(const Marking& a, const Marking& b);

// One line for a failing comparison.
std::string words_of(const World& world, int person, const Marking& marking);

}  // namespace hinomi::reference
