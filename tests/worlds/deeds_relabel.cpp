// Other readers for a release, and embargoes: proposed on the desk, agreed to, ended by the clock. Of a proposal only
// the desk learns; of what is carried out those who could read the release before or can after.
#include <algorithm>

#include "flow/directory.h"
#include "flow/repeat.h"
#include "policy/labelling.h"
#include "worlds/deeds.h"
#include "worlds/in_person.h"
#include "worlds/knows.h"

namespace hinomi::tests::worlds {
namespace {

namespace action = policy::action;

// Over before the next deed. Whoever ends one ends all that are over, so one that stays is not.
constexpr std::chrono::seconds kShortEmbargo{50};
constexpr std::chrono::hours kLongEmbargo{24 * 40};

Label moved(const Label& label, const PlanMaker::Narrowing& narrowing, Instant now) {
  using Embargo = PlanMaker::Narrowing::Embargo;
  Label to = stricter(label, narrowing.by);
  if (narrowing.embargo == Embargo::Ends) to.embargo_until = now + kShortEmbargo;
  if (narrowing.embargo == Embargo::Stays) to.embargo_until = now + kLongEmbargo;
  return to;
}

store::Alongside alongside_of(const Scene& scene, const Relabelling& relabelling, std::string_view kind) {
  store::Alongside with;
  with.at = scene.world.clock().now();
  with.ledger.push_back(flow::ledger_entry(scene.world.platform(), std::string(kind), relabelling.id.text(), 1,
                                           canonical_text(relabelling.to) + relabelling.reason));
  return with;
}

action::LabelMove move_of(const Release& release, const Relabelling& relabelling) {
  return {release.id, relabelling.from, relabelling.to, published_label(release), relabelling.reason};
}

Status propose_directly(const Scene& scene, const Release& release, const PlanMaker::Narrowing& narrowing) {
  World& world = scene.world;
  const flow::Caller caller = world.as(narrowing.first);
  Relabelling relabelling;
  relabelling.id = RelabellingId::random(world.random());
  relabelling.release = release.id;
  relabelling.from = release.label;
  relabelling.to = moved(release.label, narrowing, world.clock().now());
  relabelling.reason = "for " + scene.taint(80);
  relabelling.proposed_by = narrowing.first;
  relabelling.proposed_at = world.clock().now();
  TRY(const auto permit, permit_in_person<action::ProposeRelabelling>(caller.principal, move_of(release, relabelling)));
  store::Alongside with = alongside_of(scene, relabelling, "relabelling.proposed");
  for (const PersonId& analyst : world.cast().analysts) {
    if (analyst != narrowing.first)
      with.outbox.push_back({"notice", analyst, "release.relabelling_proposed", release.id.text()});
  }
  const Label desk = stricter(policy::secretariat_label(*caller.directory), release.label);
  TRY_OK(world.store().propose_relabelling(permit, relabelling, desk, with));
  scene.made().relabelling = relabelling;
  return {};
}

Status carry_out_directly(const Scene& scene, const Relabelling& relabelling, const PersonId& second) {
  World& world = scene.world;
  const flow::Caller caller = world.as(second);
  TRY(const Release release, world.store().release(caller.reach, relabelling.release));
  const action::AgreeToRelabelling::Subject subject{relabelling.id, relabelling.proposed_by,
                                                    move_of(release, relabelling)};
  TRY(const auto permit, permit_in_person<action::AgreeToRelabelling>(caller.principal, subject));
  const auto with = alongside_of(scene, relabelling, "relabelling.carried_out");
  const auto at = world.store().carry_out_relabelling(permit, with);
  return at.ok() ? Status() : Status(at.error());
}

}  // namespace

// Those of one organisation and the desk.
Label PlanMaker::label_of_desk_and(const OrgId& org, Tlp tlp) const {
  AudienceSet kept;
  kept.orgs = {cast_.secretariat, org};
  Label label;
  label.tlp = tlp;
  label.audience = Audience::only(std::move(kept));
  return label;
}

// By two people of the desk who read the release before and after, in both wordings. One that is under an embargo from
// the first stays there: at its end people would read it who know nothing of it so far.
std::optional<PlanMaker::Narrowing> PlanMaker::narrowing_of(const OpenReview& review, Narrowing narrowing) {
  if (review.release_label.embargo_until || review.other_release_label.embargo_until) return std::nullopt;
  std::vector<PersonId> able = cast_.analysts;
  std::erase_if(able, [&](const PersonId& id) {
    const auto reads = [&](const Label& label) {
      return may_know(cast_.directory, id, label) && may_know(cast_.directory, id, moved(label, narrowing, Instant()));
    };
    return !reads(review.release_label) || !reads(review.other_release_label);
  });
  if (able.size() < 2) return std::nullopt;
  const std::size_t first = random_.below(static_cast<std::uint32_t>(able.size()));
  narrowing.first = able[first];
  narrowing.second = able[(first + 1) % able.size()];
  return narrowing;
}

std::size_t PlanMaker::propose_relabelling(const OutRelease& out, const Narrowing& narrowing) {
  Deed deed;
  deed.name = "other readers proposed for release " + std::to_string(out.deed);
  deed.needs = {out.deed};
  // Whoever of the desk reads the release.
  for (const PersonId& id : cast_.analysts) {
    const auto reads = [&](const Label& label) { return may_know(cast_.directory, id, label); };
    if (reads(out.review.release_label) || reads(out.review.other_release_label)) deed.known_to.insert(id);
  }
  deed.act = [narrowing, release = out.deed](const Scene& scene) -> Status {
    const flow::Caller caller = scene.world.as(narrowing.first);
    TRY(const Release now, scene.world.store().release(caller.reach, scene.of(release).release->id));
    return propose_directly(scene, now, narrowing);
  };
  return add(std::move(deed));
}

std::size_t PlanMaker::carry_out(OutRelease& out, std::size_t proposal, const Narrowing& narrowing) {
  OpenReview& review = out.review;
  Deed deed;
  deed.name = std::string(narrowing.embargo == Narrowing::Embargo::None ? "fewer readers for" : "embargo on") +
              " release " + std::to_string(out.deed);
  deed.needs = {out.deed, proposal};
  deed.shown_to = {{review.release_label}, {review.other_release_label}};
  deed.known_to = plan_.deeds[proposal].known_to;
  deed.act = [proposal, second = narrowing.second](const Scene& scene) {
    return carry_out_directly(scene, *scene.of(proposal).relabelling, second);
  };
  review.release_label = moved(review.release_label, narrowing, Instant());
  review.other_release_label = moved(review.other_release_label, narrowing, Instant());
  return add(std::move(deed));
}

// By the clock. What happened meanwhile, and was said to those alone who read it then, is for all its readers now.
std::size_t PlanMaker::end_embargo(OutRelease& out, const std::vector<std::size_t>& meanwhile) {
  OpenReview& review = out.review;
  review.release_label.embargo_until.reset();
  review.other_release_label.embargo_until.reset();
  Deed deed;
  deed.name = "end of the embargo on release " + std::to_string(out.deed);
  deed.needs = {out.deed};
  deed.shown_to = {{review.release_label}, {review.other_release_label}};
  deed.act = [](const Scene& scene) { return flow::carry_out_due(scene.world.platform()); };
  for (const std::size_t before : meanwhile) {
    deed.needs.push_back(before);
    for (const Label& label : {review.release_label, review.other_release_label})
      plan_.deeds[before].shown_to.push_back({label});
  }
  return add(std::move(deed));
}

void PlanMaker::relabel_release() {
  std::vector<std::size_t> standing;
  for (std::size_t i = 0; i < releases_.size(); ++i) {
    if (!releases_[i].is_withdrawn) standing.push_back(i);
  }
  if (standing.empty()) return;
  constexpr std::array kEmbargoes{Narrowing::Embargo::None, Narrowing::Embargo::Ends, Narrowing::Embargo::Stays};
  const auto embargo = kEmbargoes.at(random_.below(kEmbargoes.size()));
  const Label fewer = label_of_desk_and(pick(random_, cast_.orgs), chance(random_, 50) ? Tlp::Amber : Tlp::AmberStrict);
  OutRelease& out = releases_[pick(random_, standing)];
  // What the viewer reads is moved before their stream opens: there the events of a release are taken away and told
  // anew, and how many of them a stream had shown by then is chance.
  const bool seen = is_seen(out.review.release_label) || is_seen(out.review.other_release_label);
  relabel(out, {fewer, embargo, {}, {}}, !seen && chance(random_, 60));
}

// The deeds, when two people of the desk are able to.
std::vector<std::size_t> PlanMaker::relabel(OutRelease& out, Narrowing wish, bool to_the_end) {
  if (wish.embargo != Narrowing::Embargo::None) wish.by = label_for_everyone(Tlp::Clear);
  const auto narrowing = narrowing_of(out.review, std::move(wish));
  if (!narrowing) return {};
  std::vector<std::size_t> deeds{propose_relabelling(out, *narrowing)};
  if (!to_the_end) return deeds;
  deeds.push_back(carry_out(out, deeds.front(), *narrowing));
  if (narrowing->embargo != Narrowing::Embargo::Ends) return deeds;
  std::vector<std::size_t> meanwhile{deeds.back()};
  if (chance(random_, 40)) {
    amend(out, Amendment::Withdrawal, true);
    deeds.push_back(plan_.deeds.size() - 1);
    meanwhile.push_back(deeds.back());
  }
  deeds.push_back(end_embargo(out, meanwhile));
  return deeds;
}

// The viewer reads a release that gets fewer readers, and goes on without them; another changes hands that the viewer
// never read.
void PlanMaker::change_readers() {
  const auto authors = strangers_among(reporters());
  if (authors.empty()) return;
  const PersonId author = pick(random_, authors);
  new_report(filing_of_stranger(author, author));
  const FiledReport behind = reports_.back();
  const auto focus_on = [&](const std::vector<std::size_t>& deeds) { plan_.focus.insert(deeds.begin(), deeds.end()); };
  const auto released = [&](const Label& label) -> OutRelease& {
    plan_.focus.insert(publish(behind, label, label).deed);
    return releases_.back();
  };
  const Label others = label_of_desk_and(cast_.person(author).org, Tlp::Green);  // of the desk everybody reads it
  OutRelease& narrowed = released(label_shared_with_others());
  focus_on(relabel(narrowed, {others, Narrowing::Embargo::None, {}, {}}, false));
  focus_on(relabel(narrowed, {others, Narrowing::Embargo::None, {}, {}}, true));
  plan_.early = plan_.deeds.size();
  amend(narrowed, Amendment::Correction, true);
  plan_.focus.insert(plan_.deeds.size() - 1);
  plan_.asks_more = {"/api/v1/releases", "/api/v1/indicators"};
  if (is_seen(others)) return;
  focus_on(relabel(released(others), {others, Narrowing::Embargo::Ends, {}, {}}, true));
  focus_on(relabel(released(others), {others, Narrowing::Embargo::Stays, {}, {}}, true));
  finish_ = [this, others, deed = released(others).deed] {
    const auto out = std::ranges::find(releases_, deed, &OutRelease::deed);
    for (const std::size_t late : relabel(*out, {others, Narrowing::Embargo::Ends, {}, {}}, true))
      plan_.focus.insert(late);
  };
}

}  // namespace hinomi::tests::worlds
