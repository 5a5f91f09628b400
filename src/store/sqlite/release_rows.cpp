#include "store/sqlite/release_rows.h"

#include "base/json.h"
#include "store/sqlite/labels.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "release";

constexpr Statement kVersion{
    "release_version",
    "SELECT label_id, release_id, number, version, state, published_at, key_id, signature, body "
    "FROM release_version WHERE sequence = ?1"};
constexpr Statement kLeafOfRelease{
    "leaf_of_release",
    "SELECT leaf_index FROM ledger_entry "
    "WHERE label_id = ?1 AND subject = ?2 AND version = ?3 AND kind >= 'release.' AND kind < 'release/'"};
constexpr Statement kAddVersion{
    "add_release_version",
    "INSERT INTO release_version (sequence, label_id, release_id, version, number, superseded, state, published_at, "
    "key_id, signature, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"};

std::string release_body(const Release& release) {
  JsonWriter writer;
  writer.begin_object();
  writer.key("edition").raw(edition_text(release.edition));
  writer.member("reason", release.reason);
  if (release.signed_label) writer.key("signed_label").raw(canonical_text(*release.signed_label));
  writer.end_object();
  return writer.take();
}

Status read_release_body(std::string_view body, Release& release) {
  TRY(const auto document, parse_json(body));
  const auto edition = document->root().find("edition");
  if (!edition) return internal("A stored release has no edition.");
  TRY(release.edition, parse_edition(edition->raw()));
  release.reason = document->root().string_at("reason").value_or("");
  if (const auto label = document->root().find("signed_label")) {
    TRY(release.signed_label, parse_label(label->raw()));
  }
  return {};
}

}  // namespace

Result<Release> load_release_version(Database& database, Sequence sequence) {
  TRY(auto row, database.query(kVersion, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  Release release;
  const LabelId label = row.label(0);
  release.id = row.id<ReleaseId>(1);
  TRY(release.number, HumanNumber::parse(row.text(2)));
  release.version = static_cast<std::uint32_t>(row.integer(3));
  TRY(release.state, parse_release_state(row.text(4)));
  release.published_at = row.instant(5);
  release.key_id = row.text(6);
  release.signature = row.fixed<64>(7);
  TRY(release.label, load_label(database, label));
  TRY(const auto leaf, database.number(kLeafOfRelease, label, release.id.text(), release.version));
  release.ledger_index = static_cast<std::uint64_t>(leaf.value_or(0));
  TRY(const std::string body, open_body(database, kKind, release.id.uuid(), release.version, label, row.blob(8)));
  TRY_OK(read_release_body(body, release));
  return release;
}

EventKind event_kind_of(ReleaseState state) {
  switch (state) {
    case ReleaseState::Published: return EventKind::ReleasePublished;
    case ReleaseState::Corrected: return EventKind::ReleaseCorrected;
    case ReleaseState::Withdrawn: return EventKind::ReleaseWithdrawn;
  }
  return EventKind::ReleasePublished;
}

Status add_release_row(Change& change, const ReleaseRow& row) {
  const Release& release = row.release;
  TRY(const Bytes sealed,
      change.seal_body(kKind, release.id.uuid(), release.version, row.label, release_body(release)));
  change.stands(row.label, {Mark::Release, release.id.uuid()});
  change.stands(row.label, {Mark::ReleaseNumber, release.number.text()});
  return change.database().run(kAddVersion, change.next_sequence(), row.label, release.id, release.version,
                               release.number.text(), row.superseded, release_state_text(release.state),
                               release.published_at, release.key_id, release.signature, sealed);
}

}  // namespace hinomi::store::sqlite
