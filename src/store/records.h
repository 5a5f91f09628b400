// What the store keeps besides the model's own values. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/secret.h"
#include "base/time.h"
#include "model/draft.h"
#include "model/fact.h"
#include "model/organisation.h"
#include "model/release.h"
#include "model/report.h"
#include "model/source.h"
#include "policy/reading.h"
#include "policy/scope.h"

namespace hinomi::store {

using policy::LabelEntry;
using policy::LabelId;

// One order over everything that becomes visible; pollers, cursors and streams follow it.
using Sequence = std::int64_t;

// A place in one reader's order. A row stands at its own sequence; one that its reader gained later stands at the gain
// (`at`), and `row` tells the rows of one gain apart.
struct Position {
  Position() = default;
  Position(Sequence sequence) : at(sequence), row(sequence) {}  // NOLINT(google-explicit-constructor)
  Position(Sequence gained_at, Sequence sequence) : at(gained_at), row(sequence) {}
  Sequence at = 0;
  Sequence row = 0;
  auto operator<=>(const Position&) const = default;
};

enum class EventKind {
  ReportFiled,
  ReviewChanged,
  ReleasePublished,
  ReleaseCorrected,
  ReleaseWithdrawn,
  ObjectsAdded,
  CaseChanged,
  SightingReceived,
  SubmissionRecorded,  // or a receipt for it; the subject is the report
  PointerChanged       // made, or ended
};
std::string_view event_kind_text(EventKind kind);

// One gain (or loss) of visibility. The label is that of the subject: who may not read it never hears of the event.
struct Event {
  Sequence sequence = 0;
  LabelId label;
  EventKind kind = EventKind::ReportFiled;
  std::string subject;  // id text
  Instant at;
  Position position;  // in the order of whoever asked
};

// A commitment for the Merkle log; the tree holds only its hash (ledger/leaf.h).
struct LedgerEntry {
  std::string kind;     // "release.published"
  std::string subject;  // id text
  std::uint32_t version = 0;
  Sha256 content_hash{};
  Instant at;
  Bytes salt;  // 32 random bytes (ledger/leaf.h)
};

// Something to be sent after the transaction. Policy is asked again for the recipient at send time.
struct OutboxEntry {
  std::string channel;  // "notice" (the recipient's list in the portal); mail and webhooks are channels of their own
  PersonId recipient;
  std::string kind;     // "release.published", "review.consent_asked" …
  std::string subject;  // id text
};
struct OutboxJob {
  std::int64_t id = 0;
  OutboxEntry entry;
  Instant since;
  unsigned tries = 0;
};

// One line of "your turn" and "what is new": a reference, never a rendered text.
struct Notice {
  std::int64_t id = 0;
  PersonId person;
  std::string kind;
  std::string subject;  // id text
  Instant at;
};

// The write a client may repeat: same person and key and body → the first answer; other body → Conflict.
struct IdempotencyKey {
  PersonId person;
  std::string key;
  Sha256 body_hash{};
};

// What was typed has become what is written, and goes; what somebody saved after that revision stays.
struct FinishedDraft {
  PersonId person;
  DraftId draft;
  std::uint32_t revision = 0;
};

// Goes into the same transaction as the thing written.
struct Alongside {
  Instant at;
  std::optional<IdempotencyKey> idempotency;
  std::vector<LedgerEntry> ledger;
  std::vector<OutboxEntry> outbox;
  std::optional<FinishedDraft> finished{};
};

// What an idempotent write answered the first time.
struct EarlierWrite {
  Sha256 body_hash{};
  std::string subject;  // id text of what was written
};

// --- signing in

struct Credential {
  PersonId person;
  std::string password_hash;
  std::optional<Secret<Bytes>> totp_secret;
  std::int64_t last_totp_step = 0;
};

enum class SessionKind { Browser, ApiToken, Certificate };
struct Session {
  SessionId id;          // names it in its owner's list; opens nothing
  Sha256 secret_hash{};  // only the hash of the cookie or token is kept; of a client certificate its fingerprint
  SessionKind kind = SessionKind::Browser;
  PersonId person;
  std::string name;  // of a token
  policy::Scopes scopes = policy::all_scopes();
  Instant created_at;
  Instant expires_at;
  Instant last_used_at;
};

// --- review: from a report to a text that may be released

enum class ReviewState { Open, Published, Abandoned };
// A first release, a correction of one, or its withdrawal: the same road, two different people each time.
enum class ReviewPurpose { Release, Correction, Withdrawal };
enum class ConsentState { Missing, Given, Refused };
struct Approval {
  PersonId person;
  Instant at;
};
// Something published was taken away from readers of this label; `at` is the sequence of the change.
struct Narrowing {
  LabelId from;
  Sequence at = 0;
};
struct Review {
  ReviewId id;
  ReportId report;
  std::uint32_t report_version = 1;
  HumanNumber report_number;
  OrgId reporter_org;
  ReviewPurpose purpose = ReviewPurpose::Release;
  std::optional<ReleaseId> target;  // of a correction or withdrawal
  std::string reason;               // of a correction or withdrawal
  ReviewState state = ReviewState::Open;
  std::uint32_t revision = 1;  // every edit raises it and voids the approvals
  Edition edition;
  std::string decisions;  // JSON of the reviewer's choices, opaque here
  Label release_label;    // what the release will carry
  ConsentState consent = ConsentState::Missing;
  std::vector<Approval> approvals;  // of this revision
  std::optional<ReleaseId> release;
  PersonId edited_by;
  Instant edited_at;
};

// --- threat objects

struct Collection {
  CollectionId id;
  std::string alias;
  std::string title;
  std::string description;
  Label readers;  // who sees and reads it
  Label writers;
};

struct StoredObject {
  Sequence sequence = 0;
  Instant added;  // rises in order of visibility; objects gained together share the time of the gain
  StixObject object;
  Position position;  // in the order of whoever asked
};

enum class AddOutcome { Added, Duplicate, Conflict };  // Conflict: same id and version, other content

// TAXII 2.1 §3.4. Empty sets mean "not filtered".
enum class VersionKeyword { First, Last, All };
struct ObjectFilter {
  std::optional<Instant> added_after;
  std::vector<std::string> ids;
  std::vector<std::string> types;
  std::vector<std::string> spec_versions;        // empty: the newest of each object
  std::vector<VersionKeyword> version_keywords;  // empty together with exact_versions: Last
  std::vector<Instant> exact_versions;
};
struct ObjectPage {
  std::vector<StoredObject> objects;
  bool more = false;
};

// --- indicators a reader is entitled to

struct EntitledIndicator {
  Sequence sequence = 0;
  std::string id;  // its STIX id
  Indicator indicator;
  HumanNumber release;
  Tlp tlp = Tlp::Red;
  Position position;  // in the order of whoever asked
};

// --- collected material

struct StoredItem {
  SourceItemId id;
  CaseId case_id;
  SourceItem item;
  Instant collected_at;
};
struct CaseSummary {
  CaseId id;
  HumanNumber number;
  std::string title;
  int score = 0;
  std::vector<std::string> reasons;
  std::size_t sources = 0;
  Instant changed_at;
};
struct NewItem {
  SourceItem item;
  CaseId case_id;
  Label label;
};
// Without a number: a case that is there already. It gets the keys in addition, and this score and these reasons; they
// must follow from items that every reader of the case may read.
struct NewCase {
  CaseId id;
  HumanNumber number;
  std::string title;
  int score = 0;
  std::vector<std::string> reasons;
  std::vector<std::string> keys;  // correlation keys
  Label label;
};
struct SourceHealth {
  std::string source;
  Instant last_run;
  std::optional<Instant> last_success;
  std::uint64_t items = 0;
  std::uint64_t problems = 0;
  std::string last_problem;
};

// --- sightings

struct Sighting {
  SightingId id;
  ReleaseId release;
  std::string indicator;  // STIX id
  OrgId org;
  PersonId by;
  std::string count_bucket;  // "1", "2-9", "10-99", "100+"
  Day day;                   // Asia/Tokyo
  bool named = false;        // may the secretariat pass the name on
};
struct SightingCount {
  std::string indicator;
  std::size_t orgs = 0;
  std::size_t reports = 0;
};

// --- paging: newest first by sequence; `before` empty for the first page

struct Page {
  std::optional<Sequence> before;
  std::size_t limit = 50;
};
template <class T>
struct Listed {
  std::vector<T> rows;
  std::optional<Sequence> next;  // `before` of the following page, when there is one
};

struct Receipt {
  ReleaseId release;
  std::uint32_t version = 1;
  PersonId person;
  OrgId org;
  Instant at;
};

}  // namespace hinomi::store
