#include <algorithm>

#include "base/json.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/unnamed_rows.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kOfForm{"unnamed_of_form", "SELECT 1 FROM unnamed_standing WHERE form = ?1"};
constexpr Statement kWaiting{"waiting_unnamed",
                             "SELECT count(*) FROM (SELECT 1 FROM unnamed_standing WHERE waits = 1 LIMIT ?1)"};
constexpr Statement kAdd{"add_unnamed",
                         "INSERT INTO unnamed_report (label_id, id, received_at, body) VALUES (?1, ?2, ?3, ?4) "
                         "RETURNING sequence"};
constexpr Statement kAddStanding{"add_unnamed_standing",
                                 "INSERT INTO unnamed_standing (id, sequence, code, form, waits) "
                                 "VALUES (?1, ?2, ?3, ?4, 1)"};
constexpr Statement kAddIdentity{"add_unnamed_identity",
                                 "INSERT INTO unnamed_identity (unnamed_id, body) VALUES (?1, ?2)"};
constexpr Statement kOfCode{"unnamed_of_code", "SELECT sequence FROM unnamed_standing WHERE code = ?1"};
constexpr Statement kTalkOfForm{"unnamed_talk_of_form",
                                "SELECT 1 FROM unnamed_talk WHERE unnamed_id = ?1 AND form = ?2"};
constexpr Statement kOfId{"unnamed_of_id", "SELECT sequence FROM unnamed_report WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kPageOf{"page_of_unnamed",
                            "SELECT sequence FROM unnamed_report WHERE label_id = ?1 AND sequence < ?2 "
                            "ORDER BY sequence DESC LIMIT ?3"};
constexpr Statement kClose{"close_unnamed", "UPDATE unnamed_standing SET closed_at = ?2, waits = 0 WHERE id = ?1"};
constexpr Statement kAddOpening{"add_unnamed_opening",
                                "INSERT INTO unnamed_opening (unnamed_id, number, id, proposed_by, proposed_at, state, "
                                "body) VALUES (?1, ?2, ?3, ?4, ?5, 'proposed', ?6)"};
constexpr Statement kDecide{"decide_unnamed_opening",
                            "UPDATE unnamed_opening SET state = ?3, decided_by = ?4, decided_at = ?5 "
                            "WHERE unnamed_id = ?1 AND id = ?2"};
constexpr Statement kIdentity{"unnamed_identity", "SELECT body FROM unnamed_identity WHERE unnamed_id = ?1"};

std::string body_text(const ArrivingUnnamed& arriving) {
  JsonWriter out;
  out.begin_object().key("story").raw(unnamed_story_text(arriving.report.story));
  return out.member("identity_left", !arriving.identity.is_empty()).end_object().take();
}

Status check_door(Database& database, const ArrivingUnnamed& arriving) {
  TRY(const auto before, database.number(kOfForm, arriving.form));
  if (before) return conflict("unnamed.sent_before", "This was received already; its code was shown then.");
  TRY(const auto waiting, database.number(kWaiting, arriving.most_unanswered));
  if (static_cast<std::size_t>(waiting.value_or(0)) < arriving.most_unanswered) return {};
  return unavailable("unnamed.too_many", "Too many reports wait for an answer. Call the secretariat.");
}

Result<std::optional<Sequence>> readable_one(Database& database, const Reach& reach, const UnnamedId& id) {
  std::optional<Sequence> sequence;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequence = row.integer(0);
    return {};
  };
  TRY_OK(for_each_readable(database, reach, kOfId, note, id));
  return sequence;
}

struct Decision {
  const IdentityOpeningId& opening;
  const UnnamedId& unnamed;
  IdentityOpeningState state;
  const PersonId& by;
};
Status decide(Change& change, const Decision& decision, const Alongside& with) {
  TRY(const auto standing, standing_of_unnamed(change.database(), decision.unnamed));
  TRY(const auto openings, load_openings(change.database(), decision.unnamed, standing.label));
  const auto found = std::ranges::find(openings, decision.opening, &IdentityOpening::id);
  if (found == openings.end()) return not_found();
  if (found->state != IdentityOpeningState::Proposed)
    return conflict("unnamed.opening_closed", "This request was decided before. Make a new one.");
  TRY_OK(change.record(with, standing.label, decision.opening.text()));
  return change.database().run(kDecide, decision.unnamed, decision.opening, identity_opening_state_text(decision.state),
                               decision.by, with.at);
}

bool is_open_to(const std::vector<IdentityOpening>& openings, const PersonId& person) {
  return std::ranges::any_of(openings, [&](const IdentityOpening& opening) {
    return opening.state == IdentityOpeningState::Opened &&
           (opening.proposed_by == person || opening.decided_by == person);
  });
}

}  // namespace

Status Engine::receive_unnamed(const Permit<action::KeepUnnamedDoor>&, const ArrivingUnnamed& arriving,
                               const Alongside& with) {
  const UnnamedReport& report = arriving.report;
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY_OK(check_door(database, arriving));
    TRY(const LabelId label, change.intern(report.label));
    TRY_OK(change.record(with, label, report.id.text()));
    TRY(const Bytes body, change.seal_body(kUnnamedKind, report.id.uuid(), 1, label, body_text(arriving)));
    TRY(const auto sequence, database.number(kAdd, label, report.id, report.received_at, body));
    TRY_OK(database.run(kAddStanding, report.id, sequence, arriving.code, arriving.form));
    TRY(const Bytes identity,
        change.seal_body(kUnnamedIdentityKind, report.id.uuid(), 1, label, unnamed_identity_text(arriving.identity)));
    return database.run(kAddIdentity, report.id, identity);
  });
}

Result<UnnamedReport> Engine::unnamed_of_code(const Permit<action::KeepUnnamedDoor>&, const Sha256& code) {
  TRY(auto reading, readers_->begin());
  TRY(const auto sequence, reading.database().number(kOfCode, code));
  if (!sequence) return not_found();
  return load_whole_unnamed(reading.database(), *sequence);
}

Status Engine::add_unnamed_talk(const Permit<action::KeepUnnamedDoor>&, const Sha256& code, const ArrivingTalk& talk,
                                const Alongside& with) {
  return writer_->run([&](Change& change) -> Status {
    TRY(const UnnamedStanding standing, standing_of_code(change.database(), code));
    TRY(const auto before, change.database().number(kTalkOfForm, standing.id, talk.form));
    if (before) return {};
    TRY_OK(change.record(with, standing.label, standing.id.text()));
    return add_talk(change, standing, {{TalkSide::Reporter, std::nullopt, with.at, talk.text}, talk.form});
  });
}

Result<UnnamedReport> Engine::unnamed(const Reach& reach, const Permit<action::ReadUnnamed>&, const UnnamedId& id) {
  TRY(auto reading, readers_->begin());
  TRY(const auto sequence, readable_one(reading.database(), reach, id));
  if (!sequence) return not_found();
  return give(reach, load_whole_unnamed(reading.database(), *sequence));
}

Result<Listed<UnnamedReport>> Engine::unnamed_reports(const Reach& reach, const Permit<action::ReadUnnamed>&,
                                                      const Page& page) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto load = [&](Sequence sequence, LabelId) -> Result<std::optional<UnnamedReport>> {
    TRY(UnnamedReport report, load_unnamed(database, sequence));
    return given<UnnamedReport>(reach, std::move(report));
  };
  return list_newest<UnnamedReport>(database, reach, page, kPageOf, load);
}

Status Engine::answer_unnamed(const Permit<action::AnswerUnnamed>& permit, std::string_view text,
                              const Alongside& with) {
  const UnnamedId& id = permit.subject().unnamed;
  return writer_->run([&](Change& change) -> Status {
    TRY(const UnnamedStanding standing, standing_of_unnamed(change.database(), id));
    TRY_OK(change.record(with, standing.label, id.text()));
    return add_talk(change, standing, {{TalkSide::Desk, permit.actor(), with.at, std::string(text)}, std::nullopt});
  });
}

Status Engine::close_unnamed(const Permit<action::AnswerUnnamed>& permit, const Alongside& with) {
  const UnnamedId& id = permit.subject().unnamed;
  return writer_->run([&](Change& change) -> Status {
    TRY(const UnnamedStanding standing, standing_of_unnamed(change.database(), id));
    TRY_OK(change.record(with, standing.label, id.text()));
    if (standing.closed) return conflict("unnamed.closed", "This report is closed already.");
    return change.database().run(kClose, id, with.at);
  });
}

Status Engine::propose_identity(const Permit<action::ProposeIdentity>& permit, const IdentityOpening& opening,
                                const Alongside& with) {
  const UnnamedId& id = permit.subject().unnamed;
  return writer_->run([&](Change& change) -> Status {
    TRY(const UnnamedStanding standing, standing_of_unnamed(change.database(), id));
    TRY_OK(change.record(with, standing.label, opening.id.text()));
    TRY(const auto openings, load_openings(change.database(), id, standing.label));
    if (openings.size() >= kMostIdentityOpenings)
      return too_large("unnamed.too_many_openings", "There were 20 requests about this report; no more are kept.");
    TRY(const Bytes body, change.seal_body(kUnnamedOpeningKind, opening.id.uuid(), 1, standing.label, opening.reason));
    return change.database().run(kAddOpening, id, openings.size() + 1, opening.id, opening.proposed_by,
                                 opening.proposed_at, body);
  });
}

Status Engine::open_identity(const Permit<action::AgreeToIdentity>& permit, const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) {
    return decide(change, {subject.opening, subject.unnamed, IdentityOpeningState::Opened, permit.actor()}, with);
  });
}

Status Engine::reject_identity(const Permit<action::RejectIdentity>& permit, const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) {
    return decide(change, {subject.opening, subject.unnamed, IdentityOpeningState::Rejected, permit.actor()}, with);
  });
}

Result<UnnamedIdentity> Engine::unnamed_identity(const Reach& reach, const Permit<action::ReadUnnamed>& permit,
                                                 const UnnamedId& id) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  TRY(const auto sequence, readable_one(database, reach, id));
  if (!sequence) return not_found();
  TRY(const UnnamedStanding standing, standing_of_unnamed(database, id));
  TRY(const auto openings, load_openings(database, id, standing.label));
  if (!is_open_to(openings, permit.actor())) return not_found();
  TRY(auto row, database.query(kIdentity, id));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  TRY(const std::string text, open_body(database, kUnnamedIdentityKind, id.uuid(), 1, standing.label, row.blob(0)));
  reach.trail().note({policy::ReadKind::Unnamed, id.uuid(), 1, {}});
  return parse_unnamed_identity(text);
}

}  // namespace hinomi::store::sqlite
