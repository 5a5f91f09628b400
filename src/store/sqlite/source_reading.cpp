#include <set>

#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/words.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kCaseOfKey{"case_of_key", "SELECT case_id FROM case_key WHERE label_id = ?1 AND key = ?2"};
constexpr Statement kPageOfCases{
    "page_of_cases",
    "SELECT sequence FROM case_file WHERE label_id = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3"};
constexpr Statement kCaseOfId{"case_of_id", "SELECT sequence FROM case_file WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kCase{"case",
                          "SELECT id, number, title, score, reasons, changed_at FROM case_file WHERE sequence = ?1"};
constexpr Statement kSourcesOfCase{"sources_of_case",
                                   "SELECT DISTINCT source FROM source_item WHERE label_id = ?1 AND case_id = ?2"};
constexpr Statement kItemsOfCase{"items_of_case",
                                 "SELECT sequence FROM source_item WHERE label_id = ?1 AND case_id = ?2"};
constexpr Statement kItem{
    "source_item",
    "SELECT id, case_id, format, source, external_id, version, title, summary, url, published, tlp, cves, products, "
    "check_text, mitigation, raw, collected_at FROM source_item WHERE sequence = ?1"};
constexpr Statement kCountItems{"count_items", "SELECT count(*) FROM source_item WHERE label_id = ?1"};
constexpr Statement kRuns{
    "source_runs",
    "SELECT source, last_run, last_success, items, problems, last_problem FROM source_run ORDER BY source"};

// `where`: under which labels a case may have items.
Result<CaseSummary> load_case(Database& database, Sequence sequence,
                              const std::function<std::vector<LabelId>(const CaseId&)>& where) {
  TRY(auto row, database.query(kCase, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  CaseSummary summary;
  summary.id = row.id<CaseId>(0);
  TRY(summary.number, HumanNumber::parse(row.text(1)));
  summary.title = row.text(2);
  summary.score = static_cast<int>(row.integer(3));
  TRY(summary.reasons, read_texts(row.text(4)));
  summary.changed_at = row.instant(5);
  std::set<std::string> sources;
  for (const LabelId label : where(summary.id)) {
    TRY(auto source, database.query(kSourcesOfCase, label, summary.id));
    for (;;) {
      TRY(const bool another, source.next());
      if (!another) break;
      sources.insert(source.text(0));
    }
  }
  summary.sources = sources.size();
  return summary;
}

Result<StoredItem> load_item(Database& database, Sequence sequence) {
  TRY(auto row, database.query(kItem, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  StoredItem stored;
  stored.id = row.id<SourceItemId>(0);
  stored.case_id = row.id<CaseId>(1);
  SourceItem& item = stored.item;
  TRY(item.format, parse_source_format(row.text(2)));
  item.source = row.text(3);
  item.external_id = row.text(4);
  item.version = row.text(5);
  item.title = row.text(6);
  item.summary = row.text(7);
  item.url = row.text(8);
  if (!row.is_null(9)) item.published = row.instant(9);
  TRY(item.tlp, parse_tlp(row.text(10)));
  TRY(item.cves, read_texts(row.text(11)));
  TRY(item.products, read_texts(row.text(12)));
  item.check = row.text(13);
  item.mitigation = row.text(14);
  item.raw = row.text(15);
  stored.collected_at = row.instant(16);
  return stored;
}

}  // namespace

Result<std::vector<std::pair<std::string, CaseId>>> Engine::case_keys(const Reach& reach,
                                                                      std::span<const std::string> keys) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto labels = where(reach, Fingerprint(Mark::AnyCaseKey));
  std::vector<std::pair<std::string, CaseId>> found;
  for (const std::string& key : keys) {
    for (const LabelId label : labels) {
      TRY(auto query, database.query(kCaseOfKey, label, key));
      for (;;) {
        TRY(const bool row, query.next());
        if (!row) break;
        found.emplace_back(key, query.id<CaseId>(0));
      }
    }
  }
  return found;
}

Result<Listed<CaseSummary>> Engine::cases(const Reach& reach, const Page& page) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto items_of = [&](const CaseId& id) { return where(reach, {Mark::ItemOfCase, id.uuid()}); };
  const auto load = [&](Sequence sequence, LabelId) -> Result<std::optional<CaseSummary>> {
    TRY(auto summary, load_case(database, sequence, items_of));
    return given<CaseSummary>(reach, std::move(summary));
  };
  return list_newest<CaseSummary>(database, reach, page, kPageOfCases, load);
}

Result<CaseSummary> Engine::case_summary(const Reach& reach, const CaseId& id) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  std::optional<Sequence> sequence;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequence = row.integer(0);
    return {};
  };
  const auto labels = where(reach, {Mark::Case, id.uuid()});
  TRY_OK(for_each_readable(database, labels, kCaseOfId, note, id));
  if (!sequence) return not_found();
  const auto items_of = [&](const CaseId& of) { return where(reach, {Mark::ItemOfCase, of.uuid()}); };
  return give(reach, load_case(database, *sequence, items_of));
}

Result<std::vector<StoredItem>> Engine::items_of(const Reach& reach, const CaseId& id) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  std::vector<Sequence> sequences;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequences.push_back(row.integer(0));
    return {};
  };
  const auto labels = where(reach, {Mark::ItemOfCase, id.uuid()});
  TRY_OK(for_each_readable(database, labels, kItemsOfCase, note, id));
  std::ranges::sort(sequences);
  std::vector<StoredItem> items;
  for (const Sequence sequence : sequences) {
    TRY(auto item, give(reach, load_item(database, sequence)));
    items.push_back(std::move(item));
  }
  return items;
}

Result<std::size_t> Engine::item_count(const Reach& reach) {
  TRY(auto reading, readers_->begin());
  std::size_t count = 0;
  const auto add = [&](const Query& row, LabelId) -> Status {
    count += static_cast<std::size_t>(row.integer(0));
    return {};
  };
  TRY_OK(for_each_readable(reading.database(), where(reach, Fingerprint(Mark::AnyItem)), kCountItems, add));
  return count;
}

Result<std::vector<SourceHealth>> Engine::source_health() {
  TRY(auto reading, readers_->begin());
  std::vector<SourceHealth> runs;
  TRY(auto query, reading.database().query(kRuns));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return runs;
    SourceHealth run{query.text(0), query.instant(1), {}, 0, 0, query.text(5)};
    if (!query.is_null(2)) run.last_success = query.instant(2);
    run.items = static_cast<std::uint64_t>(query.integer(3));
    run.problems = static_cast<std::uint64_t>(query.integer(4));
    runs.push_back(std::move(run));
  }
}

}  // namespace hinomi::store::sqlite
