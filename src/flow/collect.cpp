#include "flow/collect.h"

#include <algorithm>
#include <map>
#include <span>

#include "flow/collect_cases.h"
#include "flow/repeat.h"
#include "model/classified.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

constexpr std::size_t kObjectsAtOnce = 500;

// RED names persons (TLP 2.0), and the person who brought it in is the only one known to be named.
Label label_of(const Caller& caller, Tlp tlp) {
  if (tlp <= Tlp::Green) return policy::public_label(tlp);
  if (tlp < Tlp::Red) return policy::secretariat_label(*caller.directory);
  Label label;
  label.tlp = Tlp::Red;
  AudienceSet set;
  set.persons.insert(caller.principal.person);
  label.audience = Audience::only(std::move(set));
  return label;
}

// The freer labels come first: their cases are there when stricter items ask for them.
constexpr Tlp kRounds[] = {Tlp::Clear, Tlp::Green, Tlp::AmberStrict, Tlp::Red};
Tlp round_of(Tlp tlp) { return tlp == Tlp::Amber ? Tlp::AmberStrict : tlp; }

Tlp tlp_of(const MarkedStixObject& marked, const Channel& channel) {
  if (!marked.marking.is_marked) return stricter(channel.unmarked, channel.tlp);
  return stricter(marked.marking.tlp.value_or(Tlp::AmberStrict), channel.tlp);
}

class Collection {
 public:
  Collection(const Platform& platform, const Caller& caller, const Channel& channel,
             const policy::Permit<action::ImportSources>& permit)
      : platform_(platform), caller_(caller), channel_(channel), permit_(permit) {}

  Result<Collected> take(ReadOutcome outcome) {
    refuse_classified_content(outcome);
    collected_.items = outcome.items.size();
    collected_.objects = outcome.objects.size();
    collected_.problems = std::move(outcome.problems);
    TRY_OK(take_items(std::move(outcome.items)));
    if (!outcome.objects.empty()) TRY_OK(take_objects(std::move(outcome.objects)));
    return std::move(collected_);
  }

 private:
  // What needs a clearance is not kept, and its own words are not repeated in the problem.
  static void refuse_classified_content(ReadOutcome& outcome) {
    const auto note = [&](const std::string& subject) {
      outcome.problems.push_back({"", "", "clearance.refused",
                                  "It bears a marking of content that needs a clearance, and was not kept.", subject});
    };
    std::erase_if(outcome.items, [&](const SourceItem& item) {
      bool refused = false;
      for (const std::string* text : {&item.title, &item.summary, &item.check, &item.mitigation, &item.raw})
        refused = refused || bears_classified_marking(std::string_view(*text));
      if (refused) note(item.external_id);
      return refused;
    });
    std::erase_if(outcome.objects, [&](const MarkedStixObject& marked) {
      const auto document = parse_json(marked.object.raw);
      const bool refused = document.ok() && bears_classified_marking((*document)->root());
      if (refused) note(marked.object.id);
      return refused;
    });
  }

  Status take_items(std::vector<SourceItem> items) {
    CaseImport import{platform_, caller_, permit_, {}};
    std::map<Tlp, std::vector<SourceItem>> rounds;
    for (SourceItem& item : items) {
      if (item.format == SourceFormat::Kev) import.exploited.insert(item.cves.begin(), item.cves.end());
      item.source = channel_.source;
      rounds[round_of(stricter(item.tlp, channel_.tlp))].push_back(std::move(item));
    }
    std::vector<Label> readable_by_all;
    for (const Tlp tlp : kRounds) {
      const Label label = label_of(caller_, tlp);
      readable_by_all.push_back(label);
      TRY_OK(file({label, readable_by_all, std::move(rounds[tlp])}, import));
    }
    return {};
  }

  Status file(const LabelledItems& labelled, const CaseImport& import) {
    TRY(const FiledItems filed, file_into_cases(import, labelled));
    collected_.added += filed.added;
    collected_.duplicates += labelled.items.size() - filed.added;
    collected_.cases += filed.cases;
    return {};
  }

  Status take_objects(std::vector<MarkedStixObject> objects) {
    TRY(const auto permit, permit_to_write());
    std::map<Tlp, std::vector<StixObject>> rounds;
    for (MarkedStixObject& marked : objects) {
      rounds[round_of(tlp_of(marked, channel_))].push_back(std::move(marked.object));
    }
    for (const auto& [tlp, of_label] : rounds) {
      const std::span<const StixObject> all(of_label);
      for (std::size_t from = 0; from < all.size(); from += kObjectsAtOnce) {
        TRY_OK(write_objects(permit, all.subspan(from, std::min(kObjectsAtOnce, all.size() - from)),
                             label_of(caller_, tlp)));
      }
    }
    return {};
  }

  Result<policy::Permit<action::WriteCollection>> permit_to_write() const {
    const auto collections = platform_.store.collections();
    const auto found = std::ranges::find(*collections, collected_collection(), &store::Collection::id);
    if (found == collections->end()) {
      return unavailable("collect.no_collection",
                         "The collection of collected threat objects is missing; start the server once.");
    }
    return policy::permit<action::WriteCollection>(caller_.principal, {found->id, found->writers});
  }

  Status write_objects(const policy::Permit<action::WriteCollection>& permit, std::span<const StixObject> objects,
                       const Label& label) {
    TRY(const auto outcomes, platform_.store.add_objects(permit, objects, label, alongside(platform_, caller_, {})));
    for (std::size_t i = 0; i < outcomes.size(); ++i) count(objects[i], outcomes[i]);
    return {};
  }

  void count(const StixObject& object, store::AddOutcome outcome) {
    if (outcome == store::AddOutcome::Added) ++collected_.added;
    if (outcome == store::AddOutcome::Duplicate) ++collected_.duplicates;
    if (outcome != store::AddOutcome::Conflict) return;
    collected_.problems.push_back({channel_.source, "", "collect.object_conflict",
                                   "The same id and version is here with other content; the first one stays.",
                                   object.id});
  }

  const Platform& platform_;
  const Caller& caller_;
  const Channel& channel_;
  const policy::Permit<action::ImportSources>& permit_;
  Collected collected_;
};

}  // namespace

Result<Collected> collect(const Platform& platform, const Caller& caller, const Channel& channel, ReadOutcome outcome) {
  TRY(const auto permit, policy::permit<action::ImportSources>(caller.principal, {}));
  return Collection(platform, caller, channel, permit).take(std::move(outcome));
}

Status note_run(const Platform& platform, const Caller& caller, const SourceRun& run) {
  TRY(const auto permit, policy::permit<action::ImportSources>(caller.principal, {}));
  store::SourceHealth health;
  health.source = run.source;
  health.last_run = platform.clock.now();
  if (run.success) health.last_success = health.last_run;
  health.items = run.entries;
  health.problems = run.problems;
  health.last_problem = run.last_problem;
  return platform.store.note_source_run(permit, health);
}

SourceRun run_of(const Channel& channel, const Collected& collected) {
  SourceRun run{channel.source, collected.items + collected.objects, collected.problems.size(), {}, true};
  if (collected.problems.empty()) return run;
  const ReadProblem& last = collected.problems.back();
  run.last_problem = last.file + (last.where.empty() ? "" : " " + last.where) + ": " + last.reason;
  run.success = run.entries > 0;
  return run;
}

CollectionId collected_collection() {
  const Uuid name_space = uuid_v5(Uuid{}, "hinomi");
  return CollectionId(uuid_v5(name_space, "collection:collected"));
}

Status make_collected_collection(store::Store& store, const policy::Permit<action::Administer>& permit) {
  store::Collection collection;
  collection.id = collected_collection();
  collection.alias = "collected";
  collection.title = "収集した脅威情報";
  collection.description = "Threat objects collected from public and partner sources, each under its own label.";
  collection.readers = policy::public_label(Tlp::Green);
  collection.writers = policy::secretariat_label(*store.directory());
  return store.put_collection(permit, collection);
}

}  // namespace hinomi::flow
