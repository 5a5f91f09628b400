#include "worlds/plan.h"

#include <algorithm>

#include "worlds/deeds.h"
#include "worlds/knows.h"
#include "worlds/taint.h"

namespace hinomi::tests::worlds {

std::string Scene::taint(std::uint64_t number) const {
  Draw draw(mixed({world.seed(), 5, deed, static_cast<std::uint64_t>(wording), number}));
  std::string word = taint_word(draw);
  auto& known = world.taints[deed];
  if (std::ranges::find(known, word) == known.end()) known.push_back(word);
  return word;
}

namespace {

// Organisations take turns, so that the few of a rare kind come as often as the many of a common one.
PersonId viewer_of(const Cast& cast, std::uint32_t number) {
  const auto orgs = static_cast<std::uint32_t>(cast.orgs.size());
  const OrgId& org = cast.orgs[number % orgs];
  const auto people = cast.people_who([&](const Person& person) { return person.org == org; });
  return people[number / orgs % people.size()];
}

}  // namespace

Plan make_plan(std::uint64_t seed, std::uint32_t viewer, const Size& size) {
  Draw random(mixed({seed, 3}));
  Plan plan;
  plan.seed = mixed({seed, viewer});
  plan.cast = make_cast(random, size);
  plan.viewer = viewer_of(plan.cast, viewer);
  PlanMaker maker(plan, random);
  const std::uint32_t deeds = between(random, size.deeds_least, size.deeds_most);
  while (plan.deeds.size() < deeds / 2) maker.add_any();
  maker.make_situation(seed);
  while (plan.deeds.size() < deeds) maker.add_any();
  maker.finish_situation();
  maker.post_pointers();
  maker.keep_drafts();
  plan.early = std::max(plan.early, plan.deeds.size() * between(random, 55, 85) / 100);
  if (size.more_deeds > 0) maker.keep_to_few_labels();
  const std::size_t before = plan.deeds.size();
  while (plan.deeds.size() < before + size.more_deeds) maker.add_any();
  plan.more = plan.deeds.size() - before;
  return plan;
}

bool is_visible(const Plan& plan, const Deed& deed) {
  if (deed.known_to.contains(plan.viewer)) return true;
  return std::ranges::any_of(deed.shown_to, [&](const std::vector<Label>& labels) {
    return may_know_all(plan.cast.directory, plan.viewer, labels);
  });
}

bool shows_ids(const Plan& plan, std::size_t deed) {
  if (is_visible(plan, plan.deeds[deed])) return true;
  const auto later = plan.also_shown.find(deed);
  return later != plan.also_shown.end() && std::ranges::any_of(later->second, [&](const Label& label) {
           return may_know(plan.cast.directory, plan.viewer, label);
         });
}

}  // namespace hinomi::tests::worlds
