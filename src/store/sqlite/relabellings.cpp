#include <algorithm>

#include "base/json.h"
#include "store/sqlite/embargoes.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/relabelling.h"
#include "store/sqlite/release_rows.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "relabelling";
constexpr std::int64_t kMost = 200;

constexpr Statement kAdd{"add_relabelling",
                         "INSERT INTO relabelling (sequence, label_id, id, release_id, proposed_by, proposed_at, "
                         "state, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'proposed', ?7)"};
constexpr Statement kStanding{"standing_of_relabelling",
                              "SELECT release_id, state FROM relabelling WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kDecide{"decide_relabelling",
                            "UPDATE relabelling SET state = ?3, decided_by = ?4, decided_at = ?5 "
                            "WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kOfRelease{"relabellings_of_release",
                               "SELECT sequence FROM relabelling WHERE label_id = ?1 AND release_id = ?2 "
                               "ORDER BY sequence DESC LIMIT 200"};
constexpr Statement kCount{"count_relabellings",
                           "SELECT count(*) FROM relabelling WHERE label_id = ?1 AND release_id = ?2"};
constexpr Statement kSequenceOf{"sequence_of_relabelling",
                                "SELECT sequence FROM relabelling WHERE label_id = ?1 AND id = ?2"};
constexpr Statement kNewestUnder{"newest_version_under",
                                 "SELECT sequence FROM release_version WHERE label_id = ?1 AND release_id = ?2 "
                                 "AND superseded = 0"};
constexpr Statement kRelabelling{"relabelling",
                                 "SELECT label_id, id, release_id, proposed_by, proposed_at, state, decided_by, "
                                 "decided_at, body FROM relabelling WHERE sequence = ?1"};
constexpr Statement kIsHeld{"is_release_held", "SELECT 1 FROM consent_hold WHERE release_id = ?1 LIMIT 1"};
constexpr Statement kIsWithdrawn{"is_release_withdrawn",
                                 "SELECT 1 FROM release_version WHERE label_id = ?1 AND release_id = ?2 "
                                 "AND state = 'withdrawn' LIMIT 1"};

std::string body_text(const Relabelling& relabelling) {
  JsonWriter out;
  out.begin_object().member("from", canonical_text(relabelling.from)).member("to", canonical_text(relabelling.to));
  return out.member("reason", relabelling.reason).end_object().take();
}

Status read_body(std::string_view text, Relabelling& relabelling) {
  TRY(const auto document, parse_json(text));
  const JsonView body = document->root();
  TRY(relabelling.from, parse_label(body.string_at("from").value_or("")));
  TRY(relabelling.to, parse_label(body.string_at("to").value_or("")));
  relabelling.reason = body.string_at("reason").value_or("");
  return {};
}

Result<Relabelling> load(Database& database, Sequence sequence) {
  TRY(auto row, database.query(kRelabelling, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  Relabelling relabelling;
  relabelling.id = row.id<RelabellingId>(1);
  relabelling.release = row.id<ReleaseId>(2);
  relabelling.proposed_by = row.id<PersonId>(3);
  relabelling.proposed_at = row.instant(4);
  TRY(relabelling.state, parse_relabelling_state(row.text(5)));
  if (!row.is_null(6)) relabelling.decided_by = row.id<PersonId>(6);
  if (!row.is_null(7)) relabelling.decided_at = row.instant(7);
  TRY(const std::string body, open_body(database, kKind, relabelling.id.uuid(), 1, row.label(0), row.blob(8)));
  TRY_OK(read_body(body, relabelling));
  return relabelling;
}

// The label under which every version of the release stands: `from`, and nothing else decides about it now.
Result<LabelId> movable_from(Database& database, const action::LabelMove& move) {
  TRY(const auto held, database.number(kIsHeld, move.release));
  if (held)
    return conflict("release.held", "Its originator has taken its consent back. Decide on the withdrawal first.");
  TRY(const auto labels, labels_of_release(database, move.release));
  for (const LabelId label : labels) {
    TRY(const Label standing, load_label(database, label));
    if (standing != move.from || labels.size() > 1)
      return conflict("relabelling.moved_on", "The release has other readers since. Look again and propose anew.");
    TRY(const auto withdrawn, database.number(kIsWithdrawn, label, move.release));
    if (withdrawn) return conflict("release.withdrawn", "This release is withdrawn already.");
  }
  if (labels.empty()) return not_found();
  return labels.front();
}

// The label of a proposal that is open.
Result<LabelId> open_proposal(Database& database, const RelabellingId& id, const ReleaseId& release) {
  TRY(const auto labels, standing_of(database, kKind, id.uuid()));
  if (labels.empty()) return not_found();
  TRY(auto row, database.query(kStanding, labels.front(), id));
  TRY(const bool present, row.next());
  if (!present || row.id<ReleaseId>(0) != release) return not_found();
  if (row.text(1) != relabelling_state_text(RelabellingState::Proposed))
    return conflict("relabelling.closed", "This proposal was decided before. Propose a new one.");
  return labels.front();
}

bool is_of(const action::LabelMove& move, const Relabelling& kept) {
  return move.release == kept.release && move.from == kept.from && move.to == kept.to && move.reason == kept.reason;
}

// What policy weighed is the proposal as it is kept, by whom it is kept, and the consent that the newest text carries.
Status check_as_kept(Database& database, const action::AgreeToRelabelling::Subject& subject, LabelId proposal,
                     LabelId from) {
  TRY(const auto sequence, database.number(kSequenceOf, proposal, subject.relabelling));
  TRY(const auto version, database.number(kNewestUnder, from, subject.move.release));
  if (!sequence || !version) return not_found();
  TRY(const Relabelling kept, load(database, *sequence));
  TRY(const Release newest, load_release_version(database, *version));
  const bool same = is_of(subject.move, kept) && subject.proposed_by == kept.proposed_by &&
                    subject.move.consented == published_label(newest);
  return same ? Status() : Status(internal("The permit is for another proposal."));
}

struct Decision {
  const RelabellingId& relabelling;
  RelabellingState state;
  const PersonId& by;
};
Status decide(Change& change, LabelId label, const Decision& decision, const Alongside& with) {
  TRY_OK(change.record(with, label, decision.relabelling.text()));
  return change.database().run(kDecide, label, decision.relabelling, relabelling_state_text(decision.state),
                               decision.by, with.at);
}

}  // namespace

Status Engine::propose_relabelling(const Permit<action::ProposeRelabelling>& permit, const Relabelling& relabelling,
                                   const Label& label, const Alongside& with) {
  const action::LabelMove& move = permit.subject();
  if (!is_of(move, relabelling)) return internal("The permit is for another proposal.");
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(movable_from(change.database(), move));
    TRY(const LabelId label_id, change.intern(label));
    TRY(const auto count, change.database().number(kCount, label_id, move.release));
    if (count.value_or(0) >= kMost)
      return too_large("relabelling.too_many", "This release has 200 proposals already; no more are kept.");
    TRY_OK(change.record(with, label_id, relabelling.id.text()));
    TRY_OK(add_standing(change.database(), kKind, relabelling.id.uuid(), label_id));
    TRY(const Bytes body, change.seal_body(kKind, relabelling.id.uuid(), 1, label_id, body_text(relabelling)));
    return change.database().run(kAdd, change.next_sequence(), label_id, relabelling.id, relabelling.release,
                                 relabelling.proposed_by, relabelling.proposed_at, body);
  });
}

Result<Sequence> Engine::carry_out_relabelling(const Permit<action::AgreeToRelabelling>& permit,
                                               const Alongside& with) {
  const auto& subject = permit.subject();
  const action::LabelMove& move = subject.move;
  return writer_->run_for<Sequence>([&](Change& change) -> Result<Sequence> {
    Database& database = change.database();
    TRY(const LabelId label, open_proposal(database, subject.relabelling, move.release));
    TRY(const LabelId from, movable_from(database, move));
    TRY_OK(check_as_kept(database, subject, label, from));
    TRY_OK(decide(change, label, {subject.relabelling, RelabellingState::CarriedOut, permit.actor()}, with));
    TRY(const LabelId to, change.intern(move.to));
    TRY(const Sequence at, move_release(change, {move.release, from, to}, with.at));
    change.narrowed(from, at);
    TRY_OK(note_embargo(change, move.release, move.to.embargo_until));
    return at;
  });
}

Status Engine::reject_relabelling(const Permit<action::RejectRelabelling>& permit, const Alongside& with) {
  const auto& subject = permit.subject();
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label, open_proposal(change.database(), subject.relabelling, subject.release));
    return decide(change, label, {subject.relabelling, RelabellingState::Rejected, permit.actor()}, with);
  });
}

Result<std::vector<Relabelling>> Engine::relabellings_of(const Reach& reach, const ReleaseId& release) {
  TRY(auto reading, readers_->begin());
  std::vector<Sequence> sequences;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequences.push_back(row.integer(0));
    return {};
  };
  TRY_OK(for_each_readable(reading.database(), reach, kOfRelease, note, release));
  std::ranges::sort(sequences, std::greater<>());
  if (sequences.size() > kMost) sequences.resize(kMost);
  std::vector<Relabelling> found;
  for (const Sequence sequence : sequences) {
    TRY(auto relabelling, load(reading.database(), sequence));
    found.push_back(std::move(relabelling));
  }
  return found;
}

}  // namespace hinomi::store::sqlite
