#include "store/sqlite/whereabouts.h"

#include <array>
#include <mutex>

namespace hinomi::store::sqlite {
namespace {

// FNV-1a. Who finds two words with one fingerprint wins a query that finds nothing.
constexpr std::uint64_t kBasis = 0xcbf29ce484222325;
constexpr std::uint64_t kPrime = 0x100000001b3;

std::uint64_t mixed(std::uint64_t hash, std::string_view bytes) {
  for (const char byte : bytes) hash = (hash ^ static_cast<std::uint8_t>(byte)) * kPrime;
  return hash;
}
std::uint64_t begun(Mark mark) { return (kBasis ^ static_cast<std::uint64_t>(mark)) * kPrime; }
std::string_view bytes_of(const Uuid& id) { return as_text(ByteView(id)); }

constexpr Statement kReports{"marks_of_reports", "SELECT label_id, report_id, number FROM report_version"};
constexpr Statement kReleases{"marks_of_releases", "SELECT label_id, release_id, number FROM release_version"};
constexpr Statement kReviews{"marks_of_reviews", "SELECT label_id, id, report_id FROM review"};
constexpr Statement kCases{"marks_of_cases", "SELECT label_id, id FROM case_file"};
constexpr Statement kCaseKeys{"marks_of_case_keys", "SELECT DISTINCT label_id, x'' FROM case_key"};
constexpr Statement kItems{"marks_of_items", "SELECT label_id, case_id, x'' FROM source_item"};
constexpr Statement kSubmissions{"marks_of_submissions", "SELECT label_id, id, report_id FROM submission"};
constexpr Statement kObjects{"marks_of_objects", "SELECT label_id, collection_id, stix_id FROM object"};
constexpr std::size_t kAtOnce = 4096;

// Columns: the label, then what is marked, in the order of `marks`.
struct Source {
  const Statement& statement;
  std::vector<Mark> marks;
};
const std::array<Source, 7>& sources() {
  static const std::array<Source, 7> all{Source{kReports, {Mark::Report, Mark::ReportNumber}},
                                         Source{kReleases, {Mark::Release, Mark::ReleaseNumber}},
                                         Source{kReviews, {Mark::Review, Mark::ReviewOfReport}},
                                         Source{kCases, {Mark::Case}},
                                         Source{kCaseKeys, {Mark::AnyCaseKey}},
                                         Source{kItems, {Mark::ItemOfCase, Mark::AnyItem}},
                                         Source{kSubmissions, {Mark::Submission, Mark::SubmissionOfReport}}};
  return all;
}

// Adds in portions what one statement finds.
template <class Take>
Status load(Database& database, const Statement& statement, Whereabouts& whereabouts, const Take& take) {
  std::vector<Whereabouts::Standing> found;
  TRY(auto query, database.query(statement));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row || found.size() >= kAtOnce) {
      whereabouts.add(found);
      found.clear();
    }
    if (!row) return {};
    take(query, found);
  }
}

}  // namespace

Fingerprint::Fingerprint(Mark mark, const Uuid& id) : value(mixed(begun(mark), bytes_of(id))) {}
Fingerprint::Fingerprint(Mark mark, std::string_view word) : value(mixed(begun(mark), word)) {}
Fingerprint::Fingerprint(const Uuid& collection, std::string_view stix_id)
    : value(mixed(mixed(begun(Mark::Object), bytes_of(collection)), stix_id)) {}

void Whereabouts::add(std::span<const Standing> standings) {
  const std::unique_lock lock(mutex_);
  for (const auto& [label, fingerprint] : standings) {
    const auto place = static_cast<std::size_t>(label.value);
    if (place >= by_label_.size()) by_label_.resize(place + 1);
    by_label_[place].insert(fingerprint.value);
  }
}

std::vector<LabelId> Whereabouts::among(std::span<const LabelId> labels, Fingerprint fingerprint) const {
  std::vector<LabelId> found;
  const std::shared_lock lock(mutex_);
  for (const LabelId label : labels) {
    const auto place = static_cast<std::size_t>(label.value);
    if (place < by_label_.size() && by_label_[place].contains(fingerprint.value)) found.push_back(label);
  }
  return found;
}

Status load_whereabouts(Database& database, Whereabouts& whereabouts) {
  for (const Source& source : sources()) {
    TRY_OK(load(database, source.statement, whereabouts, [&](const Query& row, auto& found) {
      for (std::size_t i = 0; i < source.marks.size(); ++i) {
        const std::string text = row.text(static_cast<int>(i) + 1);
        found.emplace_back(row.label(0), Fingerprint(source.marks[i], std::string_view(text)));
      }
    }));
  }
  return load(database, kObjects, whereabouts, [](const Query& row, auto& found) {
    found.emplace_back(row.label(0), Fingerprint(row.id<CollectionId>(1).uuid(), row.text(2)));
  });
}

}  // namespace hinomi::store::sqlite
