// Reports without a name: known to the desk's analysts, and to nobody else even guessed.
#include "flow/unnamed.h"
#include "flow/unnamed_desk.h"
#include "policy/labelling.h"
#include "worlds/deeds.h"
#include "worlds/draw.h"

namespace hinomi::tests::worlds {
namespace {

Status tell(const Scene& scene) {
  const World& world = scene.world;
  flow::UnnamedSending sending;
  sending.story.happening = scene.is_other() ? Happening::Screen : Happening::Mail;
  sending.story.details = "odd " + scene.taint(81);
  sending.story.place = scene.taint(82);
  sending.identity = {scene.taint(83), scene.taint(84)};
  sending.form_key = scene.taint(85);
  TRY(const ReceiptCode code, flow::send_unnamed(world.platform(), sending));
  const flow::ReceiptTry typed{code.grouped(), "192.0.2.85"};
  TRY(const UnnamedReport found, flow::find_behind_code(world.platform(), typed));
  scene.made().unnamed = found.id;
  TRY([[maybe_unused]] const UnnamedReport more,
      flow::say_more(world.platform(), typed, {scene.taint(86), scene.taint(87)}));
  return {};
}

}  // namespace

void PlanMaker::tell_unnamed() {
  const Label desk = policy::secretariat_label(cast_.directory);
  for (int i = 0; i < 2; ++i) {
    Deed deed;
    deed.name = "report without a name";
    deed.shown_to = {{desk}};
    deed.act = [](const Scene& scene) { return tell(scene); };
    add(std::move(deed));
  }
}

}  // namespace hinomi::tests::worlds
