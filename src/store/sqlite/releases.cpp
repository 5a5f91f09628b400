#include <algorithm>

#include "store/sqlite/embargoes.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/objects.h"
#include "store/sqlite/release_rows.h"
#include "store/sqlite/reviews.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "release";

constexpr Statement kCurrent{"release_current_version", "SELECT version, number FROM release WHERE id = ?1"};
constexpr Statement kNumberTaken{"release_number_taken", "SELECT 1 FROM release WHERE number = ?1 OR id = ?2"};
constexpr Statement kAddRelease{"add_release", "INSERT INTO release (id, number, version) VALUES (?1, ?2, 1)"};
constexpr Statement kRaiseVersion{"raise_release_version", "UPDATE release SET version = ?2 WHERE id = ?1"};
constexpr Statement kSupersede{
    "supersede_release_version",
    "UPDATE release_version SET superseded = 1 WHERE label_id = ?1 AND release_id = ?2 AND superseded = 0"};
constexpr Statement kIsWithdrawn{
    "release_is_withdrawn",
    "SELECT 1 FROM release_version WHERE label_id = ?1 AND release_id = ?2 AND state = 'withdrawn' LIMIT 1"};
constexpr Statement kIsHeld{"release_is_held", "SELECT 1 FROM consent_hold WHERE release_id = ?1 LIMIT 1"};
constexpr Statement kEndHold{"end_hold", "DELETE FROM consent_hold WHERE release_id = ?1"};
constexpr Statement kAddReleaseObject{
    "add_release_object",
    "INSERT INTO release_object (label_id, release_id, object_sequence) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"};
constexpr Statement kDropIndicators{"drop_indicators", "DELETE FROM indicator WHERE label_id = ?1 AND release_id = ?2"};
constexpr Statement kAddIndicator{
    "add_indicator",
    "INSERT INTO indicator (sequence, label_id, release_id, release_number, stix_id, type, value, tlp) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};

using Publication = ReleaseStore::Publication;

Status add_version(Change& change, const Release& release, LabelId label) {
  TRY_OK(change.database().run(kSupersede, label, release.id));
  TRY_OK(note_standing(change, kKind, release.id.uuid(), label));
  return add_release_row(change, {release, label});
}

Status add_release_objects(Change& change, const Publication& publication, LabelId label, Instant at) {
  if (publication.objects.empty()) return {};
  TRY(const auto appended, append_objects(change, {publication.collection, publication.objects, label}, at));
  bool any_new = false;
  for (const Appended& object : appended) {
    if (object.outcome == AddOutcome::Conflict) {
      return conflict("release.object_exists", "The collection holds another object with the same id and version.");
    }
    any_new = any_new || object.outcome == AddOutcome::Added;
    TRY_OK(change.database().run(kAddReleaseObject, label, publication.release.id, object.sequence));
  }
  if (!any_new) return {};
  return change.append_event(label, EventKind::ObjectsAdded, publication.collection.text(), at);
}

Status replace_indicators(Change& change, const Publication& publication, LabelId label) {
  Database& database = change.database();
  const Release& release = publication.release;
  TRY(const auto labels, standing_of(database, kKind, release.id.uuid()));
  for (const LabelId each : labels) TRY_OK(database.run(kDropIndicators, each, release.id));
  if (release.state == ReleaseState::Withdrawn) return {};
  for (const auto& [stix_id, indicator] : publication.indicators) {
    TRY_OK(database.run(kAddIndicator, change.next_sequence(), label, release.id, release.number.text(), stix_id,
                        indicator_type_text(indicator.type), indicator.value, tlp_text(release.label.tlp)));
  }
  return {};
}

Status write_version(Change& change, const Publication& publication, LabelId label, Instant at) {
  const Release& release = publication.release;
  TRY_OK(add_version(change, release, label));
  TRY_OK(add_release_objects(change, publication, label, at));
  TRY_OK(replace_indicators(change, publication, label));
  return change.append_event(label, event_kind_of(release.state), release.id.text(), at);
}

// A withdrawal is the last word, and while consent is taken back nothing but a withdrawal is published. It stands where
// the release stands: one prepared before the release was held does not reach those who lost it.
Status check_amendable(Database& database, const Release& release, LabelId label) {
  TRY(const auto labels, standing_of(database, kKind, release.id.uuid()));
  if (std::ranges::find(labels, label) == labels.end())
    return conflict("release.moved_on", "The readers of the release have changed. Look at it again.");
  for (const LabelId standing : labels) {
    TRY(const auto withdrawn, database.number(kIsWithdrawn, standing, release.id));
    if (withdrawn) return conflict("release.withdrawn", "This release is withdrawn already.");
  }
  TRY(const auto held, database.number(kIsHeld, release.id));
  if (held && release.state != ReleaseState::Withdrawn) {
    return conflict("release.held",
                    "The organisation that reported has taken its consent back. Only a withdrawal goes out.");
  }
  return {};
}

}  // namespace

Status Engine::publish(const Permit<action::PublishRelease>& permit, const Publication& publication,
                       const Alongside& with) {
  const Release& release = publication.release;
  const auto& subject = permit.subject();
  if (release.version != 1) return internal("A release begins with version 1.");
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label, change.intern(release.label));
    TRY_OK(change.record(with, label, release.id.text()));
    TRY_OK(close_review(change, {subject.review, subject.revision, subject.approved_by, release.id}, with.at));
    TRY(const auto taken, change.database().number(kNumberTaken, release.number.text(), release.id));
    if (taken) return conflict("number.taken", "This number belongs to another release. Draw a new one.");
    TRY_OK(change.database().run(kAddRelease, release.id, release.number.text()));
    return write_version(change, publication, label, with.at);
  });
}

Status Engine::amend_release(const Permit<action::AmendRelease>& permit, const Publication& publication,
                             const Alongside& with) {
  const Release& release = publication.release;
  const auto& subject = permit.subject();
  if (subject.release != release.id) return internal("The permit is for another release.");
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY(const LabelId label, change.intern(release.label));
    TRY_OK(change.record(with, label, release.id.text()));
    TRY(const ReviewStanding review, review_standing(database, subject.review));
    if (review.target != release.id) return internal("The permit's review is about another release.");
    TRY_OK(close_review(change, {subject.review, subject.revision, subject.approved_by, release.id}, with.at));
    TRY_OK(check_amendable(database, release, label));
    TRY(auto current, database.query(kCurrent, release.id));
    TRY(const bool known, current.next());
    if (!known) return not_found();
    if (current.integer(0) + 1 != release.version || current.text(1) != release.number.text()) {
      return conflict("release.moved_on", "The release has a newer version. Look at it again.");
    }
    TRY_OK(database.run(kRaiseVersion, release.id, release.version));
    if (release.state == ReleaseState::Withdrawn) {
      TRY_OK(database.run(kEndHold, release.id));
      TRY_OK(note_embargo(change, release.id, std::nullopt));  // what is withdrawn never comes out by the clock
    }
    return write_version(change, publication, label, with.at);
  });
}

}  // namespace hinomi::store::sqlite
