#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "pointer";

constexpr Statement kAddPointer{"add_pointer",
                                "INSERT INTO pointer (sequence, label_id, id, org_id, made_by, made_at, body) "
                                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
constexpr Statement kStandingOfPointer{"standing_of_pointer",
                                       "SELECT org_id, ended_at FROM pointer WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kEndPointer{"end_pointer", "UPDATE pointer SET ended_at = ?3 WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kPointerOfId{"pointer_of_id", "SELECT sequence FROM pointer WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kPageOfPointers{"page_of_pointers",
                                    "SELECT sequence FROM pointer WHERE label_id = ?1 AND sequence < ?2 "
                                    "ORDER BY sequence DESC LIMIT ?3"};
constexpr Statement kCountOpen{"count_open_pointers",
                               "SELECT count(*) FROM pointer WHERE label_id = ?1 AND org_id = ?2 AND ended_at IS NULL"};
constexpr Statement kOpenOfOrg{"open_pointers_of_org",
                               "SELECT label_id, id, made_at FROM pointer WHERE org_id = ?1 AND ended_at IS NULL "
                               "ORDER BY sequence"};
constexpr Statement kPointer{
    "pointer", "SELECT label_id, id, org_id, made_by, made_at, ended_at, body FROM pointer WHERE sequence = ?1"};

Result<Pointer> load_pointer(Database& database, Sequence sequence) {
  TRY(auto row, database.query(kPointer, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  Pointer pointer;
  const LabelId label = row.label(0);
  pointer.id = row.id<PointerId>(1);
  pointer.org = row.id<OrgId>(2);
  pointer.made_by = row.id<PersonId>(3);
  pointer.made_at = row.instant(4);
  if (!row.is_null(5)) pointer.ended_at = row.instant(5);
  TRY(const std::string body, open_body(database, kKind, pointer.id.uuid(), 1, label, row.blob(6)));
  TRY_OK(read_pointer_text(body, pointer));
  TRY(pointer.label, load_label(database, label));
  return pointer;
}

Status check_room(Database& database, const Reach& maker, const OrgId& org) {
  std::size_t open = 0;
  const auto count = [&](const Query& row, LabelId) -> Status {
    open += static_cast<std::size_t>(row.integer(0));
    return {};
  };
  TRY_OK(for_each_readable(database, maker, kCountOpen, count, org));
  if (open < kMostOpenPointers) return {};
  return too_large("pointer.too_many", "Your organisation has 1,000 open entries. End those that are over.");
}

// The label under which an open pointer of this organisation stands.
Result<LabelId> open_pointer(Database& database, const PointerId& id, const OrgId& owner) {
  TRY(const auto labels, standing_of(database, kKind, id.uuid()));
  if (labels.empty()) return not_found();
  const LabelId label = labels.front();  // a pointer stands under one
  TRY(auto standing, database.query(kStandingOfPointer, label, id));
  TRY(const bool present, standing.next());
  if (!present) return not_found();
  if (standing.id<OrgId>(0) != owner) return internal("The permit is for another organisation's pointer.");
  if (!standing.is_null(1)) return conflict("pointer.ended", "This pointer has ended already.");
  return label;
}

Status end_under(Change& change, LabelId label, const PointerId& id, const Alongside& with) {
  TRY_OK(change.record(with, label, id.text()));
  TRY_OK(change.database().run(kEndPointer, label, id, with.at));
  return change.append_event(label, EventKind::PointerChanged, id.text(), with.at);
}

}  // namespace

Status Engine::add_pointer(const Permit<action::MakePointer>& permit, const Reach& maker, const Pointer& pointer,
                           const Alongside& with) {
  if (permit.subject().org != pointer.org || permit.subject().label != pointer.label)
    return internal("The permit is for another pointer.");
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(check_room(change.database(), maker, pointer.org));
    TRY(const LabelId label, change.intern(pointer.label));
    TRY_OK(change.record(with, label, pointer.id.text()));
    TRY_OK(add_standing(change.database(), kKind, pointer.id.uuid(), label));
    TRY(const Bytes body, change.seal_body(kKind, pointer.id.uuid(), 1, label, pointer_text(pointer)));
    TRY_OK(change.database().run(kAddPointer, change.next_sequence(), label, pointer.id, pointer.org, pointer.made_by,
                                 pointer.made_at, body));
    return change.append_event(label, EventKind::PointerChanged, pointer.id.text(), with.at);
  });
}

Status Engine::end_pointer(const Permit<action::EndPointer>& permit, const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label, open_pointer(change.database(), subject.pointer, subject.owner));
    return end_under(change, label, subject.pointer, with);
  });
}

Result<std::vector<StandingPointer>> Engine::standing_pointers(const Permit<action::SeeUnreadPointers>& permit) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  std::vector<StandingPointer> standing;
  TRY(auto query, database.query(kOpenOfOrg, permit.subject().org));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return standing;
    TRY(const Label label, load_label(database, query.label(0)));
    standing.push_back({query.id<PointerId>(1), query.instant(2), label});
  }
}

Status Engine::end_unread_pointer(const Permit<action::EndUnreadPointer>& permit, const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label, open_pointer(change.database(), subject.pointer, subject.owner));
    TRY(const Label standing, load_label(change.database(), label));
    if (standing != subject.label) return not_found();
    return end_under(change, label, subject.pointer, with);
  });
}

Result<Pointer> Engine::pointer(const Reach& reach, const PointerId& id) {
  TRY(auto reading, readers_->begin());
  std::optional<Sequence> sequence;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequence = row.integer(0);
    return {};
  };
  TRY_OK(for_each_readable(reading.database(), reach, kPointerOfId, note, id));
  if (!sequence) return not_found();
  return give(reach, load_pointer(reading.database(), *sequence));
}

Result<Listed<Pointer>> Engine::pointers(const Reach& reach, const Page& page) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto load = [&](Sequence sequence, LabelId) -> Result<std::optional<Pointer>> {
    auto pointer = load_pointer(database, sequence);
    if (!pointer.ok() && pointer.error().kind == ErrorKind::NotFound) return std::optional<Pointer>();
    if (!pointer.ok()) return pointer.error();
    return given<Pointer>(reach, std::move(pointer).value());
  };
  return list_newest<Pointer>(database, reach, page, kPageOfPointers, load);
}

}  // namespace hinomi::store::sqlite
