// What people are typing and have not sent: known to who types it, and to nobody else in any way.
#include "worlds/deeds.h"

namespace hinomi::tests::worlds {
namespace {

Status keep(const Scene& scene, const PersonId& author) {
  World& world = scene.world;
  store::DraftSaving saving;
  saving.id = DraftId::random(world.random());
  saving.at = world.clock().now();
  saving.fields = {{"noticed", "02:05"}, {"summary", "Begun: " + scene.taint(81)}, {"place", scene.taint(82)}};
  if (scene.is_other()) saving.fields.emplace("kind", "near_miss");
  TRY(const Draft saved, world.store().save_draft(author, saving));
  scene.made().draft = saved.id;
  return {};
}

}  // namespace

void PlanMaker::keep_draft(const PersonId& author) {
  Deed deed;
  deed.name = "draft of " + text_of(cast_.person(author));
  deed.known_to = {author};
  deed.act = [=](const Scene& scene) { return keep(scene, author); };
  add(std::move(deed));
}

// Two of the viewer's own, of which one may be sent and one deleted, and others' that the viewer may not know of.
void PlanMaker::keep_drafts() {
  keep_draft(plan_.viewer);
  keep_draft(plan_.viewer);
  std::vector<PersonId> others = cast_.people;
  std::erase(others, plan_.viewer);
  constexpr int kHidden = 3;
  for (int i = 0; i < kHidden; ++i) keep_draft(pick(random_, others));
}

}  // namespace hinomi::tests::worlds
