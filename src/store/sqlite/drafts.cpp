#include "store/sqlite/drafts.h"

#include "store/sqlite/engine.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "draft";
// The key's version: every saving draws a new key in the place of the last.
constexpr std::uint32_t kVersion = 1;
// A draft stands under no label.
constexpr LabelId kNoLabel{};

constexpr Statement kStanding{"standing_of_draft",
                              "SELECT record, revision, editor, begun_at FROM draft WHERE person_id = ?1 AND id = ?2"};
constexpr Statement kCount{"count_of_drafts", "SELECT count(*) FROM draft WHERE person_id = ?1"};
constexpr Statement kSent{"draft_was_sent", "SELECT 1 FROM idempotency WHERE person_id = ?1 AND key = ?2"};
constexpr Statement kAdd{"add_draft",
                         "INSERT INTO draft (person_id, id, record, revision, editor, begun_at, saved_at, body) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
constexpr Statement kReplace{"replace_draft",
                             "UPDATE draft SET revision = ?3, editor = ?4, saved_at = ?5, body = ?6 "
                             "WHERE person_id = ?1 AND id = ?2"};
constexpr Statement kRemove{"remove_draft", "DELETE FROM draft WHERE person_id = ?1 AND id = ?2"};
constexpr Statement kFinish{"finish_draft", "DELETE FROM draft WHERE person_id = ?1 AND id = ?2 AND revision <= ?3"};
constexpr Statement kOne{"draft_of_id",
                         "SELECT id, record, revision, editor, begun_at, saved_at, body FROM draft "
                         "WHERE person_id = ?1 AND id = ?2"};
constexpr Statement kOfPerson{"drafts_of_person",
                              "SELECT id, record, revision, editor, begun_at, saved_at, body FROM draft "
                              "WHERE person_id = ?1 ORDER BY saved_at DESC, id LIMIT ?2"};

struct Standing {
  Uuid record{};
  std::uint32_t revision = 0;
  std::string editor;
  Instant begun_at;
};

Result<std::optional<Standing>> standing_of(Database& database, const PersonId& person, const DraftId& id) {
  TRY(auto row, database.query(kStanding, person, id));
  TRY(const bool present, row.next());
  if (!present) return std::optional<Standing>();
  return std::optional(
      Standing{row.fixed<16>(0), static_cast<std::uint32_t>(row.integer(1)), row.text(2), row.instant(3)});
}

bool is_behind(const Standing& standing, const DraftSaving& saving) {
  const bool own = !saving.editor.empty() && saving.editor == standing.editor;
  return saving.based_on != standing.revision && !own;
}

Status check_new(Database& database, const PersonId& person, const DraftSaving& saving) {
  TRY(const auto sent, database.number(kSent, person, saving.id.text()));
  if (sent) return conflict("draft.sent", "A report was sent from this draft already. Add to that report.");
  if (saving.based_on != 0) return not_found();
  TRY(const auto count, database.number(kCount, person));
  if (count.value_or(0) >= static_cast<std::int64_t>(kDraftsOfOnePerson))
    return conflict("draft.too_many", "You have 20 drafts. Send or delete one first.");
  return {};
}

Result<Draft> read_draft(Database& database, const Query& row) {
  Draft draft;
  draft.id = row.id<DraftId>(0);
  draft.revision = static_cast<std::uint32_t>(row.integer(2));
  draft.editor = row.text(3);
  draft.begun_at = row.instant(4);
  draft.saved_at = row.instant(5);
  TRY(const std::string body, open_body(database, kKind, row.fixed<16>(1), kVersion, kNoLabel, row.blob(6)));
  TRY(const auto document, parse_json(body));
  TRY(draft.fields, parse_typed_fields(document->root()));
  return draft;
}

Result<Draft> save(Change& change, const PersonId& person, const DraftSaving& saving) {
  Database& database = change.database();
  TRY(auto standing, standing_of(database, person, saving.id));
  if (!standing) {
    TRY_OK(check_new(database, person, saving));
  } else if (is_behind(*standing, saving)) {
    return conflict("draft.moved_on", "This draft was saved elsewhere since it was opened here. Compare the two.");
  }
  const bool is_new = !standing;
  if (is_new) standing = Standing{random_uuid(change.random()), 0, {}, saving.at};
  const Draft draft{saving.id, standing->revision + 1, saving.editor, standing->begun_at, saving.at, saving.fields};
  TRY(const Bytes body,
      change.seal_body(kKind, standing->record, kVersion, kNoLabel, typed_fields_text(saving.fields)));
  if (is_new) {
    TRY_OK(database.run(kAdd, person, draft.id, standing->record, draft.revision, draft.editor, draft.begun_at,
                        draft.saved_at, body));
  } else {
    TRY_OK(database.run(kReplace, person, draft.id, draft.revision, draft.editor, draft.saved_at, body));
  }
  return draft;
}

}  // namespace

Status finish_draft(Database& database, const FinishedDraft& finished) {
  return database.run(kFinish, finished.person, finished.draft, finished.revision);
}

Result<Draft> Engine::save_draft(const PersonId& person, const DraftSaving& saving) {
  return writer_->run_for<Draft>([&](Change& change) { return save(change, person, saving); });
}

Result<Draft> Engine::draft(const PersonId& person, const DraftId& id) {
  TRY(auto reading, readers_->begin());
  TRY(auto row, reading.database().query(kOne, person, id));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  return read_draft(reading.database(), row);
}

Result<std::vector<Draft>> Engine::drafts(const PersonId& person) {
  TRY(auto reading, readers_->begin());
  TRY(auto row, reading.database().query(kOfPerson, person, kDraftsOfOnePerson));
  std::vector<Draft> drafts;
  for (;;) {
    TRY(const bool present, row.next());
    if (!present) return drafts;
    TRY(Draft draft, read_draft(reading.database(), row));
    drafts.push_back(std::move(draft));
  }
}

Status Engine::remove_draft(const PersonId& person, const DraftId& id) {
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(change.database().run(kRemove, person, id));
    return change.database().changes() == 0 ? Status(not_found()) : Status();
  });
}

}  // namespace hinomi::store::sqlite
