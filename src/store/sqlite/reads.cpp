#include <algorithm>

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

}  // namespace

Status Engine::record_reads(const ReadRecord& record) { return read_journal_.record(*writer_, record); }

Result<std::vector<ReadMark>> Engine::reads_of(const Reach& reach, const Permit<action::SeeReaders>& permit) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto& subject = permit.subject();
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
  std::ranges::sort(marks, {}, [](const ReadMark& mark) { return std::pair(mark.first_at, mark.person); });
  return marks;
}

}  // namespace hinomi::store::sqlite
