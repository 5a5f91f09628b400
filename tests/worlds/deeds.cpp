#include "worlds/deeds.h"

#include "worlds/knows.h"

namespace hinomi::tests::worlds {

std::string text_of(const Person& person) { return person.id.text().substr(0, 8); }

std::string text_of(const Label& label) {
  std::string text(tlp_text(label.tlp));
  if (label.audience.is_everyone()) text += " everyone";
  for (const AudienceSet& set : label.audience.sets()) {
    text += " {" + std::to_string(set.persons.size()) + "p " + std::to_string(set.orgs.size()) + "o " +
            std::to_string(set.groups.size()) + "g}";
  }
  if (label.gov_class != GovClass::None) text += " " + std::string(gov_class_text(label.gov_class));
  if (!label.compartments.empty()) text += " compartment";
  if (label.embargo_until) text += " embargo";
  if (label.needs_clearance) text += " clearance";
  return text;
}

std::size_t PlanMaker::add(Deed deed) {
  plan_.deeds.push_back(std::move(deed));
  return plan_.deeds.size() - 1;
}

Label PlanMaker::other_label(const Label& label) {
  if (may_know(cast_.directory, plan_.viewer, label) || chance(random_, 50)) return label;
  return hidden_label(random_, cast_, plan_.viewer);
}

std::vector<PersonId> PlanMaker::reporters() const {
  return cast_.people_who([&](const Person& person) {
    return (person.roles.contains(Role::Reporter) || person.roles.contains(Role::Approver)) &&
           person.org != cast_.secretariat;
  });
}

std::vector<PersonId> PlanMaker::readers_of(const Label& label) const {
  return cast_.people_who([&](const Person& person) { return may_know(cast_.directory, person.id, label); });
}

void PlanMaker::add_any() {
  struct Kind {
    std::uint32_t weight;
    void (PlanMaker::*make)();
  };
  static constexpr std::array kKinds{
      Kind{18, &PlanMaker::file_report},   Kind{11, &PlanMaker::amend_report},   Kind{9, &PlanMaker::review_report},
      Kind{15, &PlanMaker::publish},       Kind{9, &PlanMaker::amend_release},   Kind{4, &PlanMaker::acknowledge},
      Kind{9, &PlanMaker::sight},          Kind{4, &PlanMaker::open_collection}, Kind{14, &PlanMaker::add_objects},
      Kind{3, &PlanMaker::delete_objects}, Kind{9, &PlanMaker::collect_items},   Kind{4, &PlanMaker::add_to_case},
      Kind{4, &PlanMaker::import_file},    Kind{3, &PlanMaker::sign_in},         Kind{3, &PlanMaker::read_around},
      Kind{4, &PlanMaker::write_with_key}, Kind{5, &PlanMaker::change_directory}};
  std::uint32_t total = 0;
  for (const Kind& kind : kKinds) total += kind.weight;
  std::uint32_t drawn = random_.below(total);
  for (const Kind& kind : kKinds) {
    if (drawn < kind.weight) return (this->*kind.make)();
    drawn -= kind.weight;
  }
}

}  // namespace hinomi::tests::worlds
