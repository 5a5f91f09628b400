// Pointers to what the platform must not hold: read by whom their label names, and by nobody else even guessed.
#include <algorithm>

#include "flow/repeat.h"
#include "model/pointer.h"
#include "policy/permit.h"
#include "worlds/deeds.h"
#include "worlds/knows.h"

namespace hinomi::tests::worlds {
namespace {

namespace action = policy::action;

Pointer pointer_of(const Scene& scene, const PersonId& maker, const Label& label) {
  Pointer pointer;
  pointer.id = PointerId::random(scene.world.random());
  pointer.org = scene.world.cast().person(maker).org;
  pointer.made_by = maker;
  pointer.made_at = scene.world.clock().now();
  pointer.label = label;
  pointer.holder = "Bureau " + scene.taint(71);
  pointer.system = scene.is_other() ? SecrecySystem::Foreign : SecrecySystem::ImportantEconomicSecurity;
  pointer.level = scene.is_other() ? SecrecyLevel::Secret : SecrecyLevel::Unstated;
  pointer.reference = "No. " + scene.taint(72);
  pointer.contact = "ask for " + scene.taint(73);
  pointer.dated = tokyo_day(pointer.made_at);
  return pointer;
}

Status post_directly(const Scene& scene, const Pointer& pointer) {
  World& world = scene.world;
  const flow::Caller caller = world.as(pointer.made_by);
  TRY(const auto permit, policy::permit<action::MakePointer>(caller.principal, {pointer.org, pointer.label}));
  store::Alongside with;
  with.at = world.clock().now();
  with.ledger.push_back(
      flow::ledger_entry(world.platform(), "pointer.made", pointer.id.text(), 1, pointer_text(pointer)));
  TRY_OK(world.store().add_pointer(permit, caller.reach, pointer, with));
  scene.made().pointer = pointer.id;
  return {};
}

Status end_directly(const Scene& scene, std::size_t posted, const PersonId& maker) {
  World& world = scene.world;
  const OrgId org = world.cast().person(maker).org;
  const auto& principal = world.as(maker).principal;
  TRY(const auto permit, policy::permit<action::EndPointer>(principal, {*scene.of(posted).pointer, org}));
  store::Alongside with;
  with.at = world.clock().now();
  return world.store().end_pointer(permit, with);
}

}  // namespace

std::optional<std::size_t> PlanMaker::post_pointer(const Label& label) {
  std::vector<PersonId> makers = readers_of(label);
  std::erase_if(makers, [&](const PersonId& id) {
    const auto& roles = cast_.person(id).roles;
    return !roles.contains(Role::Reporter) && !roles.contains(Role::Approver) && !cast_.is_analyst(id);
  });
  if (makers.empty()) return std::nullopt;
  const PersonId maker = pick(random_, makers);
  Deed deed;
  deed.name = "pointer by " + text_of(cast_.person(maker)) + " under " + text_of(label);
  deed.shown_to = {{label}};
  deed.known_to = {maker};
  deed.act = [=](const Scene& scene) { return post_directly(scene, pointer_of(scene, maker, label)); };
  const std::size_t posted = add(std::move(deed));
  if (!chance(random_, 40)) return posted;
  Deed ending;
  ending.name = "end of pointer " + std::to_string(posted);
  ending.needs = {posted};
  ending.shown_to = {{label}};
  ending.known_to = {maker};
  ending.act = [=](const Scene& scene) { return end_directly(scene, posted, maker); };
  add(std::move(ending));
  return posted;
}

// One that the viewer may read, and some that they may not.
void PlanMaker::post_pointers() {
  post_pointer(label_shared_with_others());
  constexpr int kHidden = 3;
  for (int i = 0; i < kHidden; ++i) post_pointer(label_out_of_sight());
}

}  // namespace hinomi::tests::worlds
