#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "store/sqlite/engine.h"
#include "store/sqlite/reading.h"

namespace hinomi::store::sqlite {
namespace {

using policy::ReadKind;
using policy::ReadNote;

constexpr Statement kMarksOfSubject{"read_marks_of_subject",
                                    "SELECT kind, subject, version, object_label_id, first_object, last_object, "
                                    "person_id, org_id, first_at FROM read_mark "
                                    "WHERE kind = ?1 AND subject = ?2"};
constexpr Statement kMarksOfObjects{"read_marks_of_release_objects",
                                    "SELECT DISTINCT m.kind, m.subject, m.version, m.object_label_id, m.first_object, "
                                    "m.last_object, m.person_id, m.org_id, m.first_at "
                                    "FROM release_object o JOIN object b ON b.sequence = o.object_sequence "
                                    "JOIN read_mark m ON m.kind = 'objects' AND m.subject = b.collection_id "
                                    "AND b.label_id = m.object_label_id AND o.object_sequence BETWEEN m.first_object "
                                    "AND m.last_object WHERE o.label_id = ?1 AND o.release_id = ?2"};

constexpr Statement kReleaseObjects{"places_of_release_objects",
                                    "SELECT o.object_sequence, b.label_id, b.collection_id FROM release_object o "
                                    "JOIN object b ON b.sequence = o.object_sequence "
                                    "WHERE o.label_id = ?1 AND o.release_id = ?2"};

Result<ReadMark> read_mark_row(const Query& row) {
  ReadMark mark;
  TRY(mark.note.kind, policy::parse_read_kind(row.text(0)));
  mark.note.subject = row.fixed<std::tuple_size_v<Uuid>>(1);
  mark.note.version = static_cast<std::uint32_t>(row.integer(2));
  mark.note.objects = {row.integer(3), row.integer(4), row.integer(5)};
  mark.person = row.id<PersonId>(6);
  mark.org = row.id<OrgId>(7);
  mark.first_at = row.instant(8);
  return mark;
}

// A mark may be found in its place and on its way there; of two in one hour the earlier counts.
std::vector<ReadMark> each_once(std::vector<ReadMark> marks) {
  std::ranges::sort(marks, {}, [](const ReadMark& mark) { return std::tuple(mark.first_at, mark.person, mark.note); });
  std::set<std::tuple<std::int64_t, PersonId, ReadNote>> seen;
  std::erase_if(marks, [&](const ReadMark& mark) {
    return !seen.insert({hour_of(mark.first_at), mark.person, mark.note}).second;
  });
  return marks;
}

// Marks on their way of threat objects that belong to the release.
class UnplacedObjectReads {
 public:
  UnplacedObjectReads(const UnplacedReads& unplaced, std::vector<ReadMark>& marks)
      : unplaced_(unplaced), marks_(marks) {}

  Status add(Sequence sequence, std::int64_t label, const Uuid& collection) {
    auto [place, is_new] = by_collection_.try_emplace(collection);
    if (is_new) place->second = unplaced_.of(ReadKind::Objects, collection);
    for (const ReadMark& mark : place->second) {
      const policy::ObjectSpan& span = mark.note.objects;
      if (span.label == label && span.first <= sequence && sequence <= span.last) marks_.push_back(mark);
    }
    return {};
  }

 private:
  const UnplacedReads& unplaced_;
  std::vector<ReadMark>& marks_;
  std::map<Uuid, std::vector<ReadMark>> by_collection_;
};

}  // namespace

Result<std::shared_ptr<Recording>> Engine::hand_in_reads(const ReadRecord& record) {
  return read_journal_.hand_in(*writer_, record);
}

Result<std::vector<ReadMark>> Engine::reads_of(const Reach& reach, const Permit<action::SeeReaders>& permit) {
  const auto& subject = permit.subject();
  // Those on their way first: what is put in its place meanwhile is then found there.
  std::vector<ReadMark> marks = read_journal_.unplaced().of(subject.kind, subject.id);
  TRY(auto objects, unplaced_object_reads(reach, subject));
  std::ranges::move(objects, std::back_inserter(marks));
  TRY(auto placed, placed_reads(reach, subject));
  std::ranges::move(placed, std::back_inserter(marks));
  return each_once(std::move(marks));
}

Result<std::vector<ReadMark>> Engine::unplaced_object_reads(const Reach& reach,
                                                            const action::SeeReaders::Subject& subject) {
  std::vector<ReadMark> marks;
  if (subject.kind != ReadKind::Release) return marks;
  TRY(auto reading, readers_->begin());
  UnplacedObjectReads reads(read_journal_.unplaced(), marks);
  const auto add = [&](const Query& row, LabelId) -> Status {
    return reads.add(row.integer(0), row.integer(1), row.fixed<std::tuple_size_v<Uuid>>(2));
  };
  TRY_OK(for_each_readable(reading.database(), reach, kReleaseObjects, add, subject.id));
  return marks;
}

Result<std::vector<ReadMark>> Engine::placed_reads(const Reach& reach, const action::SeeReaders::Subject& subject) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  std::vector<ReadMark> marks;
  const auto add = [&](const Query& row, LabelId) -> Status {
    TRY(marks.emplace_back(), read_mark_row(row));
    return {};
  };
  TRY(auto query, database.query(kMarksOfSubject, policy::read_kind_text(subject.kind), subject.id));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) break;
    TRY_OK(add(query, {}));
  }
  if (subject.kind == ReadKind::Release) TRY_OK(for_each_readable(database, reach, kMarksOfObjects, add, subject.id));
  return marks;
}

}  // namespace hinomi::store::sqlite
