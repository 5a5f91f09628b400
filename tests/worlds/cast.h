// Who is in a world: organisations of all kinds, their people, groups that overlap, compartments; and labels over them.
// Values, the same in both worlds of a pair.
#pragma once

#include <string>
#include <vector>

#include "model/label.h"
#include "model/organisation.h"
#include "worlds/draw.h"

namespace hinomi::tests::worlds {

// How much there is in a world.
struct Size {
  std::uint32_t orgs_least = 4, orgs_most = 8;
  std::uint32_t people_most = 4;  // of each organisation
  std::uint32_t deeds_least = 25, deeds_most = 50;
  std::uint32_t more_deeds = 0;  // after those, under few labels
};

struct Cast {
  Directory directory;
  OrgId secretariat;
  std::vector<OrgId> orgs;
  std::vector<PersonId> people;    // who act; active
  std::vector<PersonId> silent;    // who are in the directory and never act
  std::vector<PersonId> analysts;  // at least two
  std::vector<GroupId> groups;
  std::vector<std::string> compartments;

  [[nodiscard]] const Person& person(const PersonId& id) const { return directory.persons.at(id); }
  [[nodiscard]] const Organisation& org_of(const PersonId& id) const { return directory.orgs.at(person(id).org); }
  [[nodiscard]] bool is_analyst(const PersonId& id) const;
  // Active people who satisfy `wanted`, in the order of `people`.
  template <class Wanted>
  [[nodiscard]] std::vector<PersonId> people_who(Wanted wanted) const {
    std::vector<PersonId> found;
    for (const PersonId& id : people) {
      if (wanted(person(id))) found.push_back(id);
    }
    return found;
  }
};

Cast make_cast(Random& random, const Size& size);

// What the program makes labels of by itself (DESIGN §2), said once more.
Label label_of_report(const Cast& cast, const OrgId& reporter, bool with_authorities);
Label label_of_org(const Cast& cast, const OrgId& org);  // with the secretariat
Label label_for_people(std::set<PersonId> people, Tlp tlp);
Label label_for_everyone(Tlp tlp);
// The members' group and the secretariat.
Label label_for_members(const Cast& cast, Tlp tlp);

// Any label at all: every part of it takes every value now and then. About half of them let `focus` in, so that there
// is something to see, and some keep them out by one part alone.
Label random_label(Random& random, const Cast& cast, const PersonId& focus);
// A label that `focus` may read.
Label visible_label(Random& random, const Cast& cast, const PersonId& focus);
// Labels that would let `focus` in but for a single part, one for every part of the rule that can be made to.
std::vector<Label> nearly_visible_labels(Random& random, const Cast& cast, const PersonId& focus);
// A label that `focus` may not read; mostly one that lets them in but for a single part of the rule.
Label hidden_label(Random& random, const Cast& cast, const PersonId& focus);

}  // namespace hinomi::tests::worlds
