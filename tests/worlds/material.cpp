#include "worlds/material.h"

#include <algorithm>

#include "worlds/knows.h"

namespace hinomi::tests::worlds {
namespace {

using routes::Known;
using routes::Standing;

class Gatherer {
 public:
  Gatherer(const Plan& plan, const Breadth& breadth) : plan_(plan), breadth_(breadth) {}

  routes::Material gather(const World& a, const World& b) {
    for (std::size_t deed = 0; deed < plan_.deeds.size(); ++deed) {
      const Things* things = things_of(deed, a, b);
      if (things == nullptr) continue;
      const bool visible = shows_ids(plan_, deed);
      in_focus_ = plan_.focus.contains(deed);
      take(*things, visible ? Standing::Readable : Standing::Hidden);
      take_words(deed, *things, visible, a, b);
    }
    in_focus_ = false;
    take_cast();
    thin_out();
    return std::move(material_);
  }

 private:
  static const Things* things_of(std::size_t deed, const World& a, const World& b) {
    for (const World* world : {&a, &b}) {
      const auto found = world->things.find(deed);
      if (found != world->things.end()) return &found->second;
    }
    return nullptr;
  }

  void add(const std::string& kind, Known known) {
    (in_focus_ ? focus_ : material_.known)[kind].push_back(std::move(known));
  }

  void take(const Things& things, Standing standing) {
    const Person& viewer = plan_.cast.person(plan_.viewer);
    if (things.report) {
      const ReportVersion& report = things.newest_report ? *things.newest_report : *things.report;
      const bool own = standing == Standing::Readable && report.org == viewer.org;
      const std::map<std::string, std::string, std::less<>> parts{{"version", std::to_string(report.version)},
                                                                  {"number", report.number.text()}};
      add("report", {report.report.text(), own ? Standing::Own : standing, parts});
      add("report", {report.number.text(), own ? Standing::Own : standing, parts});
    }
    if (things.review) add("review", {things.review->text(), standing, {{"revision", "1"}}});
    if (things.submission) add("submission", {things.submission->text(), standing, {}});
    if (things.pointer) add("pointer", {things.pointer->text(), standing, {}});
    if (things.draft) add("draft", {things.draft->text(), standing, {{"revision", "1"}}});
    if (things.release) take_release(*things.release, standing);
    if (things.case_id) add("case", {things.case_id->text(), standing, {}});
    if (things.collection) take_collection(*things.collection);
    for (const StixObject& object : things.objects)
      add("object", {object.id, standing, {{"version", object.version}, {"collection", things.place}}});
    if (things.relabelling) {
      const Relabelling& proposal = *things.relabelling;
      add("relabelling", {proposal.id.text(), standing, {{"release", proposal.release.text()}}});
    }
    if (!things.directory_change.empty()) add("directory_change", {things.directory_change, standing, {}});
    if (!things.clearance.empty()) add("clearance", {things.clearance, standing, {}});
    if (!things.status.empty()) add("status", {things.status, Standing::Hidden, {}});
    for (const std::string& id : things.ids) add("org", {id, standing, {}});
  }

  void take_release(const Release& release, Standing standing) {
    const std::map<std::string, std::string, std::less<>> parts{{"version", std::to_string(release.version)},
                                                                {"number", release.number.text()},
                                                                {"indicator", routes::absent_id("indicator")}};
    add("release", {release.id.text(), standing, parts});
    add("release", {release.number.text(), standing, parts});
  }

  void take_collection(const store::Collection& collection) {
    const bool reads = may_know(plan_.cast.directory, plan_.viewer, collection.readers);
    const bool writes = may_know(plan_.cast.directory, plan_.viewer, collection.writers);
    const Standing standing = reads && writes ? Standing::Own : reads || writes ? Standing::Readable : Standing::Hidden;
    add("collection", {collection.id.text(), standing, {}});
    add("collection", {collection.alias, standing, {}});
  }

  void take_words(std::size_t deed, const Things& things, bool visible, const World& a, const World& b) {
    const Standing standing = visible ? Standing::Readable : Standing::Hidden;
    for (const World* world : {&a, &b}) {
      const auto words = world->taints.find(deed);
      if (words == world->taints.end()) continue;
      for (const std::string& word : words->second) add("word", {word, standing, {}});
      add("word", {words->second.front().substr(0, 4), standing, {}});
    }
    for (const std::string& value : things.values) add("value", {value, standing, {}});
    for (const std::string& cve : things.cves) add("cve", {cve, standing, {}});
    if (!things.idempotency_key.empty()) add("idempotency", {things.idempotency_key, standing, {}});
    if (!things.login.empty()) add("login", {things.login, standing, {{"password", "guess"}}});
  }

  void take_cast() {
    const Cast& cast = plan_.cast;
    const Person& viewer = cast.person(plan_.viewer);
    for (const OrgId& org : cast.orgs)
      add("org", {org.text(), org == viewer.org ? Standing::Own : Standing::Readable, {}});
    for (const PersonId& id : cast.people)
      add("person", {id.text(), id == viewer.id ? Standing::Own : Standing::Readable, {}});
    for (const GroupId& id : cast.groups) add("group", {id.text(), Standing::Readable, {}});
    for (const auto& [name, asset] : Backdrop::get().assets.files) add("asset", {name, Standing::Readable, {}});
    add("collection", {"releases", Standing::Readable, {}});
    add("collection", {"collected", Standing::Readable, {}});
    add("login", {viewer.login, Standing::Own, {{"password", "guess"}}});
    add("idempotency", {"viewer-press-1", Standing::Own, {}});
    for (const char* number : {"1", "2", "3"}) add("notice", {number, Standing::Hidden, {}});
  }

  // All of what is in focus, first; enough of each standing of the others. The same in both worlds.
  void thin_out() {
    Draw random(mixed({plan_.seed, 11, breadth_.round}));
    for (const auto& [kind, things] : focus_) material_.known.try_emplace(kind);
    for (auto& [kind, things] : material_.known) {
      std::vector<Known> kept = std::move(focus_[kind]);
      for (const Standing standing : {Standing::Own, Standing::Readable, Standing::Hidden}) {
        std::vector<Known> these;
        std::ranges::copy_if(things, std::back_inserter(these),
                             [&](const Known& known) { return known.standing == standing; });
        for (std::size_t i = 0; i < breadth_.of_each && !these.empty(); ++i) {
          const auto taken = these.begin() + random.below(static_cast<std::uint32_t>(these.size()));
          kept.push_back(std::move(*taken));
          these.erase(taken);
        }
      }
      things = std::move(kept);
    }
  }

  const Plan& plan_;
  Breadth breadth_;
  bool in_focus_ = false;  // what is being taken
  std::map<std::string, std::vector<Known>, std::less<>> focus_;
  routes::Material material_;
};

void add_cast(const Plan& plan, TaintScanner& scanner) {
  const Cast& cast = plan.cast;
  const Person& viewer = cast.person(plan.viewer);
  if (viewer.org == cast.secretariat) return;
  for (const std::string& name : cast.compartments) {
    if (!viewer.compartments.contains(name)) scanner.add(name, "a compartment of others");
  }
  for (const auto& [id, group] : cast.directory.groups) {
    if (!group.orgs.contains(viewer.org) && !group.persons.contains(viewer.id) && group.name.starts_with("Group "))
      scanner.add(group.name, "a group of others");
  }
  for (const auto& [id, person] : cast.directory.persons) {
    if (person.org != viewer.org) scanner.add(person.login, "somebody else's login");
  }
}

}  // namespace

routes::Material material_of(const Plan& plan, const World& a, const World& b, const Breadth& breadth) {
  return Gatherer(plan, breadth).gather(a, b);
}

TaintScanner scanner_of(const Plan& plan, const World& a, const World& b) {
  TaintScanner scanner;
  for (const World* world : {&a, &b}) {
    for (const auto& [deed, words] : world->taints) {
      if (is_visible(plan, plan.deeds[deed])) continue;
      for (const std::string& word : words)
        scanner.add(word, "deed " + std::to_string(deed) + ", " + plan.deeds[deed].name);
    }
    for (const auto& [deed, things] : world->things) {
      if (shows_ids(plan, deed)) continue;
      const std::string what = "deed " + std::to_string(deed) + ", " + plan.deeds[deed].name;
      for (const std::string& number : things.numbers) scanner.add(number, what);
      if (things.report) scanner.add(things.report->report.text(), what);
      if (things.review) scanner.add(things.review->text(), what);
      if (things.release) scanner.add(things.release->id.text(), what);
      if (things.case_id) scanner.add(things.case_id->text(), what);
      if (things.pointer) scanner.add(things.pointer->text(), what);
      if (things.relabelling) scanner.add(things.relabelling->id.text(), what);
      if (things.draft) scanner.add(things.draft->text(), what);
    }
  }
  add_cast(plan, scanner);
  return scanner;
}

}  // namespace hinomi::tests::worlds
