#include "store/sqlite/unnamed_rows.h"

#include "base/json.h"
#include "store/sqlite/labels.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kReport{"unnamed_report",
                            "SELECT label_id, id, received_at, body FROM unnamed_report WHERE sequence = ?1"};
constexpr Statement kStanding{"unnamed_standing",
                              "SELECT closed_at, waits, report_id FROM unnamed_standing WHERE id = ?1"};
constexpr Statement kTalk{"unnamed_talk",
                          "SELECT number, side, by_id, at, body FROM unnamed_talk WHERE unnamed_id = ?1 "
                          "ORDER BY number"};
constexpr Statement kOpenings{"unnamed_openings",
                              "SELECT id, proposed_by, proposed_at, state, decided_by, decided_at, body "
                              "FROM unnamed_opening WHERE unnamed_id = ?1 ORDER BY number"};
constexpr Statement kOfId{"standing_of_unnamed",
                          "SELECT id, sequence, closed_at, report_id FROM unnamed_standing WHERE id = ?1"};
constexpr Statement kOfCode{"standing_of_unnamed_code",
                            "SELECT id, sequence, closed_at, report_id FROM unnamed_standing WHERE code = ?1"};
constexpr Statement kLabel{"label_of_unnamed", "SELECT label_id FROM unnamed_report WHERE sequence = ?1"};
constexpr Statement kSides{"unnamed_talk_sides",
                           "SELECT side FROM unnamed_talk WHERE unnamed_id = ?1 ORDER BY number DESC"};
constexpr Statement kAddTalk{"add_unnamed_talk",
                             "INSERT INTO unnamed_talk (unnamed_id, number, side, by_id, at, form, body) "
                             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
constexpr Statement kWaits{"unnamed_waits", "UPDATE unnamed_standing SET waits = ?2 WHERE id = ?1"};
constexpr Statement kLink{"link_unnamed", "UPDATE unnamed_standing SET report_id = ?2 WHERE id = ?1"};
constexpr Statement kClosed{
    "closed_unnamed", "SELECT id, sequence FROM unnamed_standing WHERE closed_at < ?1 ORDER BY closed_at LIMIT ?2"};
constexpr Statement kOpeningIds{"unnamed_opening_ids", "SELECT id FROM unnamed_opening WHERE unnamed_id = ?1"};
constexpr Statement kForgetKeys{"forget_unnamed_keys", "DELETE FROM record_key WHERE kind = ?1 AND subject = ?2"};
constexpr Statement kForgetTalk{"forget_unnamed_talk", "DELETE FROM unnamed_talk WHERE unnamed_id = ?1"};
constexpr Statement kForgetIdentity{"forget_unnamed_identity", "DELETE FROM unnamed_identity WHERE unnamed_id = ?1"};
constexpr Statement kForgetOpenings{"forget_unnamed_openings", "DELETE FROM unnamed_opening WHERE unnamed_id = ?1"};
constexpr Statement kForgetStanding{"forget_unnamed_standing", "DELETE FROM unnamed_standing WHERE id = ?1"};
constexpr Statement kForget{"forget_unnamed", "DELETE FROM unnamed_report WHERE sequence = ?1"};

Status read_body(std::string_view text, UnnamedReport& report) {
  TRY(const auto document, parse_json(text));
  const auto story = document->root().find("story");
  if (!story) return internal("An unnamed report has no story.");
  TRY(report.story, parse_unnamed_story(story->raw()));
  report.identity_left = document->root().boolean_at("identity_left").value_or(false);
  return {};
}

Result<std::vector<TalkEntry>> load_talk(Database& database, const UnnamedId& id, LabelId label) {
  std::vector<TalkEntry> talk;
  TRY(auto rows, database.query(kTalk, id));
  for (;;) {
    TRY(const bool row, rows.next());
    if (!row) return talk;
    TalkEntry entry;
    TRY(entry.side, parse_talk_side(rows.text(1)));
    if (!rows.is_null(2)) entry.by = rows.id<PersonId>(2);
    entry.at = rows.instant(3);
    TRY(entry.text, open_body(database, kUnnamedTalkKind, id.uuid(), static_cast<std::uint32_t>(rows.integer(0)), label,
                              rows.blob(4)));
    talk.push_back(std::move(entry));
  }
}

Result<UnnamedStanding> read_standing(Database& database, Query row) {
  TRY(const bool present, row.next());
  if (!present) return not_found();
  UnnamedStanding standing{row.id<UnnamedId>(0), row.integer(1), LabelId{}, !row.is_null(2), !row.is_null(3)};
  TRY(const auto label, database.number(kLabel, standing.sequence));
  if (!label) return internal("An unnamed report has a standing and no row.");
  standing.label = LabelId{*label};
  return standing;
}

// How long the talk is, and how much of it the reporter said last.
struct TalkLength {
  std::size_t all = 0;
  std::size_t unanswered = 0;
};
Result<TalkLength> length_of_talk(Database& database, const UnnamedId& id) {
  TalkLength length;
  bool answered = false;
  TRY(auto rows, database.query(kSides, id));
  for (;;) {
    TRY(const bool row, rows.next());
    if (!row) return length;
    ++length.all;
    answered = answered || rows.text(0) == talk_side_text(TalkSide::Desk);
    if (!answered) ++length.unanswered;
  }
}

Status forget_one(Database& database, const UnnamedId& id, Sequence sequence) {
  {
    TRY(auto openings, database.query(kOpeningIds, id));
    for (;;) {
      TRY(const bool row, openings.next());
      if (!row) break;
      TRY_OK(database.run(kForgetKeys, kUnnamedOpeningKind, openings.id<IdentityOpeningId>(0)));
    }
  }
  for (const std::string_view kind : {kUnnamedKind, kUnnamedTalkKind, kUnnamedIdentityKind})
    TRY_OK(database.run(kForgetKeys, kind, id));
  TRY_OK(database.run(kForgetTalk, id));
  TRY_OK(database.run(kForgetIdentity, id));
  TRY_OK(database.run(kForgetOpenings, id));
  TRY_OK(database.run(kForgetStanding, id));
  return database.run(kForget, sequence);
}

}  // namespace

Result<UnnamedReport> load_unnamed(Database& database, Sequence sequence) {
  UnnamedReport report;
  {
    TRY(auto row, database.query(kReport, sequence));
    TRY(const bool present, row.next());
    if (!present) return not_found();
    const LabelId label = row.label(0);
    report.id = row.id<UnnamedId>(1);
    report.received_at = row.instant(2);
    TRY(const std::string body, open_body(database, kUnnamedKind, report.id.uuid(), 1, label, row.blob(3)));
    TRY_OK(read_body(body, report));
    TRY(report.label, load_label(database, label));
  }
  TRY(auto standing, database.query(kStanding, report.id));
  TRY(const bool stands, standing.next());
  if (!stands) return not_found();
  if (!standing.is_null(0)) report.closed_at = standing.instant(0);
  report.waits = standing.flag(1);
  if (!standing.is_null(2)) report.report = standing.id<ReportId>(2);
  return report;
}

Result<UnnamedReport> load_whole_unnamed(Database& database, Sequence sequence) {
  TRY(UnnamedReport report, load_unnamed(database, sequence));
  TRY(const UnnamedStanding standing, standing_of_unnamed(database, report.id));
  TRY(report.talk, load_talk(database, report.id, standing.label));
  TRY(report.openings, load_openings(database, report.id, standing.label));
  return report;
}

Result<std::vector<IdentityOpening>> load_openings(Database& database, const UnnamedId& id, LabelId label) {
  std::vector<IdentityOpening> openings;
  TRY(auto rows, database.query(kOpenings, id));
  for (;;) {
    TRY(const bool row, rows.next());
    if (!row) return openings;
    IdentityOpening opening;
    opening.id = rows.id<IdentityOpeningId>(0);
    opening.proposed_by = rows.id<PersonId>(1);
    opening.proposed_at = rows.instant(2);
    TRY(opening.state, parse_identity_opening_state(rows.text(3)));
    if (!rows.is_null(4)) opening.decided_by = rows.id<PersonId>(4);
    if (!rows.is_null(5)) opening.decided_at = rows.instant(5);
    TRY(opening.reason, open_body(database, kUnnamedOpeningKind, opening.id.uuid(), 1, label, rows.blob(6)));
    openings.push_back(std::move(opening));
  }
}

Result<UnnamedStanding> standing_of_unnamed(Database& database, const UnnamedId& id) {
  TRY(Query row, database.query(kOfId, id));
  return read_standing(database, std::move(row));
}

Result<UnnamedStanding> standing_of_code(Database& database, const Sha256& code) {
  TRY(Query row, database.query(kOfCode, code));
  return read_standing(database, std::move(row));
}

Status add_talk(Change& change, const UnnamedStanding& standing, const NewTalk& talk) {
  Database& database = change.database();
  if (standing.closed) return conflict("unnamed.closed", "This report is closed. Send a new one, or call.");
  TRY(const TalkLength length, length_of_talk(database, standing.id));
  const bool of_reporter = talk.entry.side == TalkSide::Reporter;
  if (length.all >= kMostTalk || (of_reporter && length.unanswered >= kMostUnansweredTalk))
    return too_large("unnamed.talk_full", "There is no room for more here. Wait for an answer, or call.");
  const std::size_t number = length.all + 1;
  TRY(const Bytes body, change.seal_body(kUnnamedTalkKind, standing.id.uuid(), static_cast<std::uint32_t>(number),
                                         standing.label, talk.entry.text));
  TRY_OK(database.run(kAddTalk, standing.id, number, talk_side_text(talk.entry.side), talk.entry.by, talk.entry.at,
                      talk.form, body));
  return database.run(kWaits, standing.id, of_reporter);
}

Status link_unnamed(Change& change, const UnnamedId& id, const ReportId& report) {
  TRY(const UnnamedStanding standing, standing_of_unnamed(change.database(), id));
  if (standing.filed) return conflict("unnamed.filed", "A report was made of this one already.");
  return change.database().run(kLink, id, report);
}

Result<std::size_t> forget_unnamed(Database& database, Instant before, std::size_t most) {
  std::vector<std::pair<UnnamedId, Sequence>> closed;
  {
    TRY(auto rows, database.query(kClosed, before, most));
    for (;;) {
      TRY(const bool row, rows.next());
      if (!row) break;
      closed.emplace_back(rows.id<UnnamedId>(0), rows.integer(1));
    }
  }
  for (const auto& [id, sequence] : closed) TRY_OK(forget_one(database, id, sequence));
  return closed.size();
}

}  // namespace hinomi::store::sqlite
