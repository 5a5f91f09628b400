#include "flow/collect_cases.h"

#include <algorithm>
#include <span>

#include "flow/repeat.h"
#include "triage/keys.h"
#include "triage/merge.h"
#include "triage/score.h"

namespace hinomi::flow {
namespace {

// One transaction takes this many items, so that other writers wait milliseconds, not seconds.
constexpr std::size_t kItemsAtOnce = 200;
// Numbers are short, so draws collide; each refusal names one number and settles it.
constexpr int kNumberDraws = 200;

// The caller's reach over cases under these labels only. Fresh each time: the import itself brings new labels.
policy::Reach reach_over(const CaseImport& import, std::span<const Label> labels) {
  const auto known = import.platform.store.labels();
  std::vector<store::LabelEntry> chosen;
  std::ranges::copy_if(*known, std::back_inserter(chosen), [&](const store::LabelEntry& entry) {
    return std::ranges::find(labels, entry.label) != labels.end();
  });
  return policy::reach_of(import.caller.principal, chosen);
}

Result<std::vector<KnownKey>> known_keys(const CaseImport& import, const LabelledItems& labelled) {
  std::set<std::string> keys;
  for (const SourceItem& item : labelled.items) {
    for (std::string& key : correlation_keys(item)) keys.insert(std::move(key));
  }
  const std::vector<std::string> wanted(keys.begin(), keys.end());
  return import.platform.store.case_keys(reach_over(import, labelled.case_labels), wanted);
}

class CaseFiler {
 public:
  CaseFiler(const CaseImport& import, const LabelledItems& labelled)
      : import_(import), labelled_(labelled), own_(reach_over(import, std::span(&labelled.label, 1))) {}

  Status file(const CaseGroup& group) {
    const CaseId id = group.known ? group.known->case_id : CaseId::random(import_.platform.random);
    TRY_OK(group.known ? renew(id, group) : open(id, group));
    for (const std::size_t index : group.items) items_.push_back({labelled_.items[index], id, labelled_.label});
    ++filed_.cases;
    return items_.size() >= kItemsAtOnce ? write() : Status();
  }

  Result<FiledItems> finish() {
    TRY_OK(write());
    return filed_;
  }

 private:
  Status open(const CaseId& id, const CaseGroup& group) {
    const CaseScore score = score_case(members(group), import_.exploited);
    cases_.push_back({id, draw_number(), group.title, score.points, score.reasons(), group.keys, labelled_.label});
    return {};
  }

  // A case that more people read than read these items keeps its keys and score: both would tell of the items.
  Status renew(const CaseId& id, const CaseGroup& group) {
    const auto summary = import_.platform.store.case_summary(own_, id);
    if (!summary.ok()) return summary.error().kind == ErrorKind::NotFound ? Status() : Status(summary.error());
    TRY(const auto earlier, import_.platform.store.items_of(own_, id));
    auto scored = members(group);
    for (const store::StoredItem& stored : earlier) scored.push_back(&stored.item);
    const CaseScore score = score_case(scored, import_.exploited);
    cases_.push_back({id, {}, {}, score.points, score.reasons(), group.keys, labelled_.label});
    return {};
  }

  [[nodiscard]] std::vector<const SourceItem*> members(const CaseGroup& group) const {
    std::vector<const SourceItem*> found;
    for (const std::size_t index : group.items) found.push_back(&labelled_.items[index]);
    return found;
  }

  HumanNumber draw_number() {
    const std::chrono::year_month_day today(tokyo_day(import_.platform.clock.now()));
    return HumanNumber::make(NumberKind::Case, static_cast<int>(today.year()), import_.platform.random);
  }

  Status write() {
    for (int draw = 0; draw < kNumberDraws; ++draw) {
      const auto added = import_.platform.store.add_items(import_.permit, cases_, items_,
                                                          alongside(import_.platform, import_.caller, {}));
      if (added.ok()) {
        filed_.added += *added;
        cases_.clear();
        items_.clear();
        return {};
      }
      if (added.error().code != "number.taken") return added.error();
      redraw(added.error().where);
    }
    return unavailable("collect.numbers", "No free case number was found. Try again.");
  }

  void redraw(std::string_view taken) {
    for (store::NewCase& fresh : cases_) {
      if (fresh.number.text() == taken) fresh.number = draw_number();
    }
  }

  const CaseImport& import_;
  const LabelledItems& labelled_;
  policy::Reach own_;  // over cases under the very label of the items
  std::vector<store::NewCase> cases_;
  std::vector<store::NewItem> items_;
  FiledItems filed_;
};

}  // namespace

Result<FiledItems> file_into_cases(const CaseImport& import, const LabelledItems& labelled) {
  if (labelled.items.empty()) return FiledItems{};
  TRY(const auto known, known_keys(import, labelled));
  CaseFiler filer(import, labelled);
  for (const CaseGroup& group : merge_into_cases(labelled.items, known)) TRY_OK(filer.file(group));
  return filer.finish();
}

}  // namespace hinomi::flow
