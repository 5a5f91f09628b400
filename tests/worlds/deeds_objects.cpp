// Collections and their objects; collected items and the cases they are merged into.
#include <algorithm>

#include "flow/collect.h"
#include "policy/permit.h"
#include "worlds/deeds.h"
#include "worlds/knows.h"

namespace hinomi::tests::worlds {
namespace {

namespace action = policy::action;

StixObject indicator_object(const Scene& scene, const std::string& id, int version) {
  const std::string value = scene.taint(40) + ".example";
  StixObject object;
  object.id = id;
  object.type = "indicator";
  object.spec_version = "2.1";
  object.version = to_rfc3339(*parse_rfc3339("2026-11-01T00:00:00Z") + std::chrono::hours(24 * version));
  object.raw = R"({"type":"indicator","spec_version":"2.1","id":")" + id +
               R"(","created":"2026-10-01T00:00:00.000Z","modified":")" + object.version + R"(","name":")" +
               scene.taint(41) + R"(","pattern":"[domain-name:value = ')" + value +
               R"(']","pattern_type":"stix","valid_from":"2026-11-01T00:00:00Z"})";
  scene.made().values.push_back(value);
  return object;
}

SourceItem item_of(const Scene& scene, std::uint64_t number, Tlp tlp) {
  Random& random = scene.world.random();
  SourceItem item;
  item.format = SourceFormat::Csaf;
  item.source = "feed " + std::to_string(random.below(4));
  item.external_id = "ADV-" + scene.taint(50 + number);
  item.version = "1";
  item.title = "Advisory " + scene.taint(60 + number);
  item.summary = "About " + scene.taint(70 + number);
  item.url = "https://advisories.example/" + scene.taint(80 + number);
  item.published = scene.world.clock().now() - std::chrono::hours(random.below(100));
  item.tlp = tlp;
  // Few numbers, so that items of different labels speak of the same thing.
  item.cves = {"CVE-2025-100" + std::to_string(random.below(5))};
  item.products = {"Gate " + std::to_string(random.below(3))};
  item.check = "look for " + scene.taint(90 + number);
  item.raw = "{}";
  scene.made().cves.push_back(item.cves.front());
  return item;
}

}  // namespace

void PlanMaker::open_collection() {
  const Label readers = chance(random_, 60) ? label_in_sight() : any_label();
  new_collection(readers, chance(random_, 60) ? readers : any_label());
}

PlanMaker::ObjectPlace PlanMaker::new_collection(const Label& readers, const Label& writers) {
  store::Collection collection;
  collection.id = CollectionId::random(random_);
  collection.readers = readers;
  collection.writers = writers;
  Deed deed;
  deed.name = "collection read under " + text_of(collection.readers);
  deed.shown_to = {{collection.readers}, {collection.writers}};
  deed.act = [collection](const Scene& scene) -> Status {
    store::Collection made = collection;
    made.alias = scene.taint(42);
    made.title = "Collection " + scene.taint(43);
    made.description = "For " + scene.taint(44);
    scene.made().collection = made;
    return scene.world.store().put_collection(policy::MachineRoom::local_operator(), made);
  };
  places_.push_back({add(std::move(deed)), collection.id, collection.readers, collection.writers});
  return places_.back();
}

// Never freer than the collection, as whoever adds to it marks them.
Label PlanMaker::in_collection(const ObjectPlace& place, const Label& label) const {
  const bool keeps_to_few = !in_sight_.empty() && place.deed;
  return keeps_to_few ? place.readers : stricter(place.readers, label);
}

// Often further versions of objects that are there already under another label.
void PlanMaker::add_objects() {
  const Label secretariat = label_of_org(cast_, cast_.secretariat);
  ObjectPlace place{std::nullopt, flow::collected_collection(), label_for_everyone(Tlp::Clear), secretariat};
  std::optional<StoredObjects> same_as;
  if (!objects_.empty() && chance(random_, 45)) {
    same_as = pick(random_, objects_);
    place = same_as->place;
  } else if (!places_.empty() && chance(random_, 70)) {
    place = pick(random_, places_);
    // Where the viewer writes too, what they write meets what they do not see.
    const auto shared = std::ranges::find_if(
        places_, [&](const ObjectPlace& other) { return is_seen(other.readers) && is_seen(other.writers); });
    if (shared != places_.end() && chance(random_, 50)) place = *shared;
  }
  const auto writers = readers_of(place.writers);
  if (writers.empty()) return;
  PersonId writer = pick(random_, writers);
  if (writer == plan_.viewer) writer = pick(random_, writers);
  const std::uint32_t whose = random_.below(100);
  const Label label = in_collection(place, whose < (same_as ? 50U : 35U) ? label_out_of_sight()
                                           : whose < 70                  ? label_in_sight()
                                                                         : any_label());
  const Label changed = in_collection(place, other_label(label));
  // Mostly later than what is there, sometimes the very same version with other content, sometimes any.
  const std::uint32_t when = random_.below(100);
  const int version = same_as && when < 50   ? same_as->version + 1
                      : same_as && when < 70 ? same_as->version
                                             : static_cast<int>(random_.below(12));
  put_objects({place, writer, label, changed, version, between(random_, 1, 3), same_as});
}

std::size_t PlanMaker::put_objects(const Batch& batch) {
  Deed deed;
  deed.name = std::to_string(batch.count) + " objects under " + text_of(batch.label);
  if (batch.place.deed) deed.needs.push_back(*batch.place.deed);
  if (batch.same_as) deed.needs.push_back(batch.same_as->deed);
  deed.shown_to = {{batch.place.readers, batch.label}, {batch.place.readers, batch.changed}};
  deed.known_to = {batch.writer};
  deed.act = [batch](const Scene& scene) -> Status {
    const ObjectPlace& place = batch.place;
    const auto& same_as = batch.same_as;
    World& world = scene.world;
    TRY(const auto permit,
        policy::permit<action::WriteCollection>(world.as(batch.writer).principal, {place.id, place.writers}));
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      const bool again = same_as && i < scene.of(same_as->deed).objects.size();
      const std::string id =
          again ? scene.of(same_as->deed).objects[i].id : "indicator--" + uuid_text(random_uuid(world.random()));
      scene.made().objects.push_back(indicator_object(scene, id, batch.version));
    }
    scene.made().place = place.id.text();
    store::Alongside with;
    with.at = world.clock().now();
    const auto added =
        world.store().add_objects(permit, scene.made().objects, scene.is_other() ? batch.changed : batch.label, with);
    if (!added.ok()) return added.error();
    const StatusId status = StatusId::random(world.random());
    scene.made().status = status.text();
    return world.store().put_status(batch.writer, status, R"({"id":"x","note":")" + scene.taint(48) + R"("})", with.at);
  };
  objects_.push_back({add(std::move(deed)), batch.place, batch.label, batch.version});
  return objects_.back().deed;
}

void PlanMaker::delete_objects() {
  if (objects_.empty()) return;
  const StoredObjects stored = pick(random_, objects_);
  std::vector<PersonId> able;
  for (const PersonId& id : readers_of(stored.place.writers)) {
    if (may_know(cast_.directory, id, stored.label)) able.push_back(id);
  }
  if (able.empty()) return;
  const PersonId writer = pick(random_, able);
  Deed deed;
  deed.name = "deletion of objects of " + std::to_string(stored.deed);
  deed.needs = {stored.deed};
  if (stored.place.deed) deed.needs.push_back(*stored.place.deed);
  deed.known_to = {writer};
  // It takes away every version that the writer reads, of whatever deed.
  for (const StoredObjects& other : objects_) {
    if (other.place.id == stored.place.id) deed.shown_to.push_back({other.place.readers, other.label});
  }
  deed.act = [=](const Scene& scene) -> Status {
    World& world = scene.world;
    const flow::Caller caller = world.as(writer);
    TRY(const auto permit,
        policy::permit<action::WriteCollection>(caller.principal, {stored.place.id, stored.place.writers}));
    store::ObjectFilter filter;
    filter.ids = {scene.of(stored.deed).objects.front().id};
    filter.version_keywords = {store::VersionKeyword::All};
    store::Alongside with;
    with.at = world.clock().now();
    const Status deleted = world.store().delete_objects(permit, caller.reach, filter, with);
    return !deleted.ok() && deleted.error().kind == ErrorKind::NotFound ? Status() : deleted;
  };
  add(std::move(deed));
}

void PlanMaker::collect_items() { new_case(any_label()); }

PlanMaker::OpenCase PlanMaker::new_case(const Label& label) {
  const Label changed = other_label(label);
  const std::uint32_t count = between(random_, 1, 3);
  const int score = static_cast<int>(random_.below(90));
  Deed deed;
  deed.name = "case with " + std::to_string(count) + " items under " + text_of(label);
  deed.shown_to = {{label}, {changed}};
  deed.act = [=](const Scene& scene) -> Status {
    World& world = scene.world;
    const Label& under = scene.is_other() ? changed : label;
    store::NewCase fresh;
    fresh.id = CaseId::random(world.random());
    fresh.number = HumanNumber::make(NumberKind::Case, 2026, world.random());
    fresh.title = "Case " + scene.taint(45);
    fresh.score = score + (scene.is_other() ? 5 : 0);
    fresh.reasons = {"reason " + scene.taint(46)};
    fresh.keys = {"cve:CVE-2025-100" + std::to_string(world.random().below(5))};
    fresh.label = under;
    std::vector<store::NewItem> items;
    for (std::uint32_t i = 0; i < count; ++i) items.push_back({item_of(scene, i, under.tlp), fresh.id, under});
    scene.made().case_id = fresh.id;
    scene.made().keys = fresh.keys;
    scene.made().numbers.push_back(fresh.number.text());
    store::Alongside with;
    with.at = world.clock().now();
    const auto added = world.store().add_items(policy::MachineRoom::collector(), std::span(&fresh, 1), items, with);
    return added.ok() ? Status() : Status(added.error());
  };
  cases_.push_back({add(std::move(deed)), label});
  return cases_.back();
}

// One more item in a case that others may read.
void PlanMaker::add_to_case() {
  if (cases_.empty()) return;
  const OpenCase open = pick(random_, cases_);
  add_to_case(open, any_label());
}

std::size_t PlanMaker::add_to_case(const OpenCase& open, const Label& label) {
  const Label changed = other_label(label);
  Deed deed;
  deed.name = "item in case " + std::to_string(open.deed) + " under " + text_of(label);
  deed.needs = {open.deed};
  deed.shown_to = {{label}, {changed}};
  deed.act = [=](const Scene& scene) -> Status {
    const Label& under = scene.is_other() ? changed : label;
    const store::NewItem item{item_of(scene, 0, under.tlp), *scene.of(open.deed).case_id, under};
    store::Alongside with;
    with.at = scene.world.clock().now();
    const auto added = scene.world.store().add_items(policy::MachineRoom::collector(), {}, std::span(&item, 1), with);
    return added.ok() ? Status() : Status(added.error());
  };
  return add(std::move(deed));
}

// By the road that uploads take: into cases of what others have brought in, for the secretariat or for one person.
void PlanMaker::import_file() {
  const PersonId analyst = pick(random_, cast_.analysts);
  const bool red = chance(random_, 60);
  Deed deed;
  deed.name = std::string(red ? "RED" : "AMBER") + " upload by " + text_of(cast_.person(analyst));
  deed.shown_to = {{red ? label_for_people({analyst}, Tlp::Red) : label_of_org(cast_, cast_.secretariat)}};
  for (const PersonId& id : cast_.people) {
    // How a source does is for those who run the sources.
    if (cast_.person(id).org == cast_.secretariat) deed.known_to.insert(id);
  }
  deed.known_to.insert(analyst);
  deed.act = [=](const Scene& scene) -> Status {
    World& world = scene.world;
    ReadOutcome read;
    for (std::uint32_t i = 0; i < between(world.random(), 1, 3); ++i)
      read.items.push_back(item_of(scene, i, red ? Tlp::Red : Tlp::Amber));
    const auto collected =
        flow::collect(world.platform(), world.as(analyst), {.source = "upload " + scene.taint(47)}, std::move(read));
    if (!collected.ok()) return collected.error();
    const flow::SourceRun run{"upload " + scene.taint(47), 3, 1, "line 3: " + scene.taint(49), true};
    return flow::note_run(world.platform(), world.as(analyst), run);
  };
  add(std::move(deed));
}

}  // namespace hinomi::tests::worlds
