#include "worlds/deeds.h"

#include <algorithm>
#include <numeric>

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

// A plan has more of some kinds than of others, so that each comes in numbers in some world: what one thing tells of
// another shows only where there are several of both.
PlanMaker::PlanMaker(Plan& plan, Random& random) : plan_(plan), cast_(plan.cast), random_(random) {
  for (const Kind& kind : kinds()) weights_.push_back(kind.weight * (1U << random_.below(3)));
}

void PlanMaker::keep_to_few_labels() {
  constexpr std::size_t kOfEach = 5;
  std::vector<Label> seen, hidden;
  for (std::size_t i = 0; i < kOfEach; ++i) {
    seen.push_back(label_in_sight());
    hidden.push_back(label_out_of_sight());
  }
  in_sight_ = std::move(seen);
  out_of_sight_ = std::move(hidden);
  for (std::size_t kind = 0; kind < weights_.size(); ++kind) {
    const auto make = kinds()[kind].make;
    constexpr std::array kNeverAdded{
        &PlanMaker::change_directory, &PlanMaker::open_collection,   &PlanMaker::propose_change, &PlanMaker::lend_role,
        &PlanMaker::invite,           &PlanMaker::confirm_clearance, &PlanMaker::relabel_release};
    if (std::ranges::find(kNeverAdded, make) != kNeverAdded.end()) weights_[kind] = 0;
  }
}

Label PlanMaker::any_label() {
  if (in_sight_.empty()) return random_label(random_, cast_, plan_.viewer);
  return chance(random_, 50) ? label_in_sight() : label_out_of_sight();
}
Label PlanMaker::label_in_sight() {
  return in_sight_.empty() ? visible_label(random_, cast_, plan_.viewer) : pick(random_, in_sight_);
}
Label PlanMaker::label_out_of_sight() {
  return out_of_sight_.empty() ? hidden_label(random_, cast_, plan_.viewer) : pick(random_, out_of_sight_);
}

bool PlanMaker::is_seen(const Label& label) const { return may_know(cast_.directory, plan_.viewer, label); }

Label PlanMaker::other_label(const Label& label) {
  return is_seen(label) || chance(random_, 50) ? label : label_out_of_sight();
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

PersonId PlanMaker::some_reporter() {
  const auto all = reporters();
  std::vector<PersonId> colleagues;
  for (const PersonId& id : all) {
    if (cast_.person(id).org == cast_.person(plan_.viewer).org) colleagues.push_back(id);
  }
  return pick(random_, colleagues.empty() || !chance(random_, 25) ? all : colleagues);
}

const PlanMaker::FiledReport& PlanMaker::some_report() {
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < reports_.size(); ++i) {
    if (reports_[i].org == cast_.person(plan_.viewer).org) own.push_back(i);
  }
  return own.empty() || !chance(random_, 45) ? pick(random_, reports_) : reports_[pick(random_, own)];
}

std::span<const PlanMaker::Kind> PlanMaker::kinds() {
  static constexpr std::array kKinds{
      Kind{18, &PlanMaker::file_report},   Kind{11, &PlanMaker::amend_report},     Kind{12, &PlanMaker::review_report},
      Kind{15, &PlanMaker::publish},       Kind{14, &PlanMaker::amend_release},    Kind{6, &PlanMaker::acknowledge},
      Kind{9, &PlanMaker::sight},          Kind{4, &PlanMaker::open_collection},   Kind{14, &PlanMaker::add_objects},
      Kind{3, &PlanMaker::delete_objects}, Kind{9, &PlanMaker::collect_items},     Kind{4, &PlanMaker::add_to_case},
      Kind{4, &PlanMaker::import_file},    Kind{3, &PlanMaker::sign_in},           Kind{6, &PlanMaker::read_around},
      Kind{4, &PlanMaker::write_with_key}, Kind{5, &PlanMaker::change_directory},  Kind{4, &PlanMaker::propose_change},
      Kind{3, &PlanMaker::lend_role},      Kind{2, &PlanMaker::confirm_clearance}, Kind{2, &PlanMaker::invite},
      Kind{4, &PlanMaker::relabel_release}};
  return kKinds;
}

void PlanMaker::add_any() {
  std::uint32_t drawn = random_.below(std::accumulate(weights_.begin(), weights_.end(), 0U));
  std::size_t kind = 0;
  while (drawn >= weights_[kind]) drawn -= weights_[kind++];
  (this->*kinds()[kind].make)();
}

}  // namespace hinomi::tests::worlds
