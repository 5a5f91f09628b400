#include <map>
#include <set>

#include "store/sqlite/engine.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "case";

constexpr Statement kNumberTaken{"case_number_taken", "SELECT 1 FROM case_number WHERE number = ?1 OR case_id = ?2"};
constexpr Statement kAddNumber{"add_case_number", "INSERT INTO case_number (case_id, number) VALUES (?1, ?2)"};
constexpr Statement kAddCase{
    "add_case",
    "INSERT INTO case_file (sequence, label_id, id, number, title, score, reasons, changed_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
constexpr Statement kRescoreCase{"rescore_case",
                                 "UPDATE case_file SET score = ?3, reasons = ?4 WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kAddKey{"add_case_key",
                            "INSERT INTO case_key (label_id, key, case_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"};
constexpr Statement kAddKnown{
    "add_known_item",
    "INSERT INTO known_item (source, external_id, version) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"};
constexpr Statement kAddItem{
    "add_source_item",
    "INSERT INTO source_item (sequence, label_id, id, case_id, source, external_id, version, format, title, summary, "
    "url, published, tlp, cves, products, check_text, mitigation, collected_at, raw) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"};
constexpr Statement kMoveCase{"move_case",
                              "UPDATE case_file SET sequence = ?3, changed_at = ?4 WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kPutRun{
    "put_source_run",
    "INSERT INTO source_run (source, last_run, last_success, items, problems, last_problem) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (source) DO UPDATE SET last_run = excluded.last_run, "
    "last_success = coalesce(excluded.last_success, last_success), items = excluded.items, "
    "problems = excluded.problems, last_problem = excluded.last_problem"};

// Imports are the machine's own reading order: many cases and items in one transaction, each case moved once.
class Import {
 public:
  Import(Change& change, Random& random, Instant at) : change_(change), random_(random), at_(at) {}

  // A case whose items come with it waits for the first of them that is new; none is left behind empty.
  Status begin(std::span<const NewCase> cases, std::span<const NewItem> items) {
    std::set<CaseId> awaited;
    for (const NewItem& item : items) awaited.insert(item.case_id);
    for (const NewCase& fresh : cases) {
      if (awaited.contains(fresh.id)) {
        waiting_.emplace(fresh.id, &fresh);
      } else {
        TRY_OK(put_case(fresh));
      }
    }
    return {};
  }

  // False when it was collected before.
  Result<bool> add_item(const NewItem& fresh) {
    Database& database = change_.database();
    const SourceItem& item = fresh.item;
    TRY_OK(database.run(kAddKnown, item.source, item.external_id, item.version));
    if (database.changes() == 0) return false;
    TRY_OK(put_waiting(fresh.case_id));
    TRY(const LabelId case_label, label_of_case(fresh.case_id));
    TRY(const LabelId label, change_.intern(fresh.label));
    TRY_OK(database.run(kAddItem, change_.next_sequence(), label, SourceItemId::random(random_), fresh.case_id,
                        item.source, item.external_id, item.version, source_format_text(item.format), item.title,
                        item.summary, item.url, item.published, tlp_text(item.tlp), written_texts(item.cves),
                        written_texts(item.products), item.check, item.mitigation, at_, as_bytes(item.raw)));
    change_.stands(label, {Mark::ItemOfCase, fresh.case_id.uuid()});
    change_.stands(label, Fingerprint(Mark::AnyItem));
    TRY_OK(note_change(fresh, case_label));
    return true;
  }

  Status finish() {
    for (const auto& [label, id] : moved_) {
      TRY_OK(change_.database().run(kMoveCase, label, id, change_.next_sequence(), at_));
    }
    for (const auto& [label, id] : events_) {
      TRY_OK(change_.append_event(label, EventKind::CaseChanged, id.text(), at_));
    }
    return {};
  }

 private:
  Status put_waiting(const CaseId& id) {
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return {};
    const NewCase& fresh = *found->second;
    waiting_.erase(found);
    return put_case(fresh);
  }

  Status put_case(const NewCase& fresh) { return fresh.number == HumanNumber() ? renew_case(fresh) : add_case(fresh); }

  Status add_case(const NewCase& fresh) {
    Database& database = change_.database();
    TRY(const auto taken, database.number(kNumberTaken, fresh.number.text(), fresh.id));
    if (taken) {
      const Error error = conflict("number.taken", "This number or id belongs to another case. Draw a new one.");
      return error.inside(fresh.number.text());
    }
    TRY(const LabelId label, change_.intern(fresh.label));
    TRY_OK(database.run(kAddNumber, fresh.id, fresh.number.text()));
    TRY_OK(note_standing(change_, kKind, fresh.id.uuid(), label));
    TRY_OK(database.run(kAddCase, change_.next_sequence(), label, fresh.id, fresh.number.text(), fresh.title,
                        fresh.score, written_texts(fresh.reasons), at_));
    change_.stands(label, {Mark::Case, fresh.id.uuid()});
    TRY_OK(add_keys(label, fresh));
    events_.emplace(label, fresh.id);
    return {};
  }

  // What is known of a case grows with its items; its number, title and label stay.
  Status renew_case(const NewCase& known) {
    TRY(const LabelId label, label_of_case(known.id));
    TRY_OK(change_.database().run(kRescoreCase, label, known.id, known.score, written_texts(known.reasons)));
    return add_keys(label, known);
  }

  Status add_keys(LabelId label, const NewCase& of) {
    for (const std::string& key : of.keys) TRY_OK(change_.database().run(kAddKey, label, key, of.id));
    if (!of.keys.empty()) change_.stands(label, Fingerprint(Mark::AnyCaseKey));
    return {};
  }

  Result<LabelId> label_of_case(const CaseId& id) {
    TRY(const auto labels, standing_of(change_.database(), kKind, id.uuid()));
    if (labels.empty()) return conflict("case.unknown", "An item names a case that is not there.");
    return labels.front();
  }

  // The news is for readers of case and item both; where those are not all readers of the case, the case itself must
  // not move in anybody's list, or its place would tell of an item they may not read.
  Status note_change(const NewItem& fresh, LabelId case_label) {
    TRY(const Label of_case, load_label(change_.database(), case_label));
    TRY(const LabelId both, change_.intern(stricter(of_case, fresh.label)));
    events_.emplace(both, fresh.case_id);
    if (both == case_label) moved_.emplace(case_label, fresh.case_id);
    return {};
  }

  Change& change_;
  Random& random_;
  Instant at_;
  std::map<CaseId, const NewCase*> waiting_;
  std::set<std::pair<LabelId, CaseId>> events_;
  std::set<std::pair<LabelId, CaseId>> moved_;
};

}  // namespace

Result<std::size_t> Engine::add_items(const Permit<action::ImportSources>&, std::span<const NewCase> cases,
                                      std::span<const NewItem> items, const Alongside& with) {
  return writer_->run_for<std::size_t>([&](Change& change) -> Result<std::size_t> {
    if (cases.empty() && items.empty()) return std::size_t{0};
    TRY(const LabelId label, change.intern(cases.empty() ? items.front().label : cases.front().label));
    TRY_OK(change.record(with, label, cases.empty() ? items.front().case_id.text() : cases.front().id.text()));
    Import import(change, change.random(), with.at);
    TRY_OK(import.begin(cases, items));
    std::size_t added = 0;
    for (const NewItem& fresh : items) {
      TRY(const bool is_new, import.add_item(fresh));
      added += is_new ? 1 : 0;
    }
    TRY_OK(import.finish());
    return added;
  });
}

Status Engine::note_source_run(const Permit<action::ImportSources>&, const SourceHealth& run) {
  return writer_->run([&](Change& change) {
    return change.database().run(kPutRun, run.source, run.last_run, run.last_success, run.items, run.problems,
                                 run.last_problem);
  });
}

}  // namespace hinomi::store::sqlite
