// The storage interface: use cases, not tables. Reading labelled things takes a Reach, writing takes the Permit of its
// action; the store never decides who may do what. Every write is one durable transaction with its events, ledger
// entries, outbox rows and idempotency record; when a call returns Ok the write survives a power cut.
// All functions may be called from any thread and block until done. Hidden and absent are both NotFound.
// Errors: Conflict (state moved on, key reused), Unavailable (disk full, locked: nothing was written), Internal.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "policy/permit.h"
#include "policy/reading.h"
#include "store/account_store.h"
#include "store/consent_store.h"
#include "store/directory_store.h"
#include "store/draft_store.h"
#include "store/handover_store.h"
#include "store/openid_store.h"
#include "store/pointer_store.h"
#include "store/read_store.h"
#include "store/records.h"
#include "store/relabelling_store.h"
#include "store/retention_store.h"
#include "store/submission_store.h"

namespace hinomi::store {

using policy::Reach;

// People, organisations and how they sign in. Nothing here is labelled content.
class IdentityStore {
 public:
  virtual ~IdentityStore() = default;
  // The published snapshot; cheap, no query.
  [[nodiscard]] virtual std::shared_ptr<const Directory> directory() const = 0;
  // Adds or replaces what is given and raises the policy epoch. Returns the new epoch. Clearances and the switch of
  // their register are not among what is given. What people gain by it counts as added just after the newest object.
  virtual Result<std::uint64_t> put_directory(const Permit<action::Administer>& permit, const Directory& changes) = 0;

  // Ends every session and token of the person in the same transaction.
  virtual Status put_credential(const Permit<action::Administer>& permit, const Credential& credential) = 0;
  // By canonical login (folded). NotFound when there is none.
  virtual Result<Credential> credential(std::string_view login) = 0;
  // Compare-and-swap: true exactly once per person and step, and only for a step later than every one before.
  virtual Result<bool> consume_totp_step(const PersonId& person, std::int64_t step) = 0;

  virtual Status put_session(const Session& session) = 0;
  // NotFound when unknown, ended or expired at `now`.
  virtual Result<Session> session(const Sha256& secret_hash, Instant now) = 0;
  virtual Status end_session(const Sha256& secret_hash) = 0;
  virtual Status end_all_sessions(const PersonId& person) = 0;  // browsers and tokens
};

// Distinct labels, and the order in which things became visible.
class LabelStore {
 public:
  virtual ~LabelStore() = default;
  // All distinct labels, ascending by id: a snapshot, cheap, no query. Input of policy::reach_of.
  [[nodiscard]] virtual std::shared_ptr<const std::vector<LabelEntry>> labels() const = 0;
  // Events after `after` that the reach covers, in the order in which they became visible to this person.
  virtual Result<std::vector<Event>> events_after(const Reach& reach, Position after, std::size_t limit) = 0;
  // The sequence of the last committed event, whoever may read it; for starting a stream, never shown.
  [[nodiscard]] virtual Sequence last_sequence() const = 0;
  // Called after each commit that appended events, on the writer's thread: must only wake somebody. Set once, before
  // use.
  virtual void on_events(std::function<void()> wake) = 0;
  // What a write with this key answered before; nothing when it is new.
  virtual Result<std::optional<EarlierWrite>> earlier_write(const PersonId& person, std::string_view key) = 0;
};

class ReportStore {
 public:
  virtual ~ReportStore() = default;
  // Version 1. Conflict when the number is taken (draw another).
  virtual Status file_report(const Permit<action::FileReport>& permit, const ReportVersion& report,
                             const Alongside& with) = 0;
  // The next version; Conflict unless report.version is the current one plus one.
  virtual Status amend_report(const Permit<action::AmendReport>& permit, const ReportVersion& report,
                              const Alongside& with) = 0;
  // The newest version.
  virtual Result<ReportVersion> report(const Reach& reach, const ReportId& id) = 0;
  virtual Result<ReportVersion> report_by_number(const Reach& reach, std::string_view number) = 0;
  virtual Result<std::vector<ReportVersion>> report_versions(const Reach& reach,
                                                             const ReportId& id) = 0;  // oldest first
  virtual Result<ReportVersion> report_version(const Reach& reach, const ReportId& id, std::uint32_t version) = 0;
  // Newest version of each, newest first.
  virtual Result<Listed<ReportVersion>> reports(const Reach& reach, const Page& page) = 0;
};

class ReleaseStore {
 public:
  virtual ~ReleaseStore() = default;
  // A review is read by whoever reads its report's victim block; label is that label.
  virtual Status open_review(const Permit<action::EditReview>& permit, const Review& review, const Label& label,
                             const Alongside& with) = 0;
  // Replaces edition, decisions and release label; review.revision must be the stored one plus one. Voids approvals.
  virtual Status edit_review(const Permit<action::EditReview>& permit, const Review& review, const Alongside& with) = 0;
  virtual Status set_consent(const Permit<action::ConsentToRelease>& permit, ConsentState consent,
                             const Alongside& with) = 0;
  // Adds the actor's approval of the permit's revision; Conflict when the revision moved on.
  virtual Status approve_review(const Permit<action::ApproveRelease>& permit, const Alongside& with) = 0;
  virtual Result<Review> review(const Reach& reach, const ReviewId& id) = 0;
  virtual Result<Listed<Review>> reviews(const Reach& reach, const Page& page) = 0;
  // Reviews (any state) of one report, newest first.
  virtual Result<std::vector<Review>> reviews_of(const Reach& reach, const ReportId& report) = 0;

  // Version 1 of a release with its threat objects (appended to `collection` under the release's label) and indicators;
  // the review becomes Published. Conflict when the review's revision or state moved on, or the number is taken.
  struct Publication {
    Release release;
    CollectionId collection;
    std::vector<StixObject> objects;
    std::vector<std::pair<std::string, Indicator>> indicators;  // STIX id, value
  };
  virtual Status publish(const Permit<action::PublishRelease>& permit, const Publication& publication,
                         const Alongside& with) = 0;
  // A correction (replaces the indicators) or withdrawal (removes them); release.version is the current one plus one;
  // the permit's review becomes Published under the same checks as in publish(). Conflict "release.withdrawn" for one
  // that is withdrawn already, and "release.held" for a correction while the originator's consent is taken back.
  virtual Status amend_release(const Permit<action::AmendRelease>& permit, const Publication& publication,
                               const Alongside& with) = 0;
  virtual Result<Release> release(const Reach& reach, const ReleaseId& id) = 0;  // newest version
  virtual Result<Release> release_by_number(const Reach& reach, std::string_view number) = 0;
  virtual Result<std::vector<Release>> release_versions(const Reach& reach, const ReleaseId& id) = 0;
  virtual Result<Listed<Release>> releases(const Reach& reach, const Page& page) = 0;
  // Every threat object published for this release so far, all versions, oldest first. Input of a correction.
  virtual Result<std::vector<StixObject>> release_objects(const Reach& reach, const ReleaseId& id) = 0;
  // Current indicators in the reader's reach, ascending by position, after `after`.
  virtual Result<std::vector<EntitledIndicator>> indicators(const Reach& reach, Position after, std::size_t limit) = 0;
  // Once per person and version; a repeat changes nothing.
  virtual Status acknowledge(const Permit<action::Acknowledge>& permit, std::uint32_t version,
                             const Alongside& with) = 0;
  virtual Result<std::vector<Receipt>> receipts(const Reach& reach, const ReleaseId& id) = 0;
  // Whether the reach's own person has confirmed this version; costs the same however many others have.
  virtual Result<bool> has_acknowledged(const Reach& reach, const ReleaseId& id, std::uint32_t version) = 0;
};

// Threat objects in collections, byte for byte as received.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  virtual Status put_collection(const Permit<action::Administer>& permit, const Collection& collection) = 0;
  // All collections in stable order; the caller shows only those that policy lets the reader read or write. The
  // published snapshot; cheap, no query.
  [[nodiscard]] virtual std::shared_ptr<const std::vector<Collection>> collections() const = 0;
  // One outcome per object, in order. `label` is that of the objects. An identical repeat adds nothing.
  virtual Result<std::vector<AddOutcome>> add_objects(const Permit<action::WriteCollection>& permit,
                                                      std::span<const StixObject> objects, const Label& label,
                                                      const Alongside& with) = 0;
  // Oldest added first, after `after`. Version selection per TAXII 2.1 §3.4.1 over the readable objects only.
  virtual Result<ObjectPage> objects(const Reach& reach, const CollectionId& collection, const ObjectFilter& filter,
                                     Position after, std::size_t limit) = 0;
  // Removes the matching versions; NotFound when nothing readable matched.
  virtual Status delete_objects(const Permit<action::WriteCollection>& permit, const Reach& reach,
                                const ObjectFilter& filter, const Alongside& with) = 0;
  // TAXII status resources: a JSON text by id, kept for its owner.
  virtual Status put_status(const PersonId& owner, const StatusId& id, std::string_view json, Instant at) = 0;
  virtual Result<std::string> status(const PersonId& owner, const StatusId& id) = 0;
};

class SourceStore {
 public:
  virtual ~SourceStore() = default;
  // An item whose (source, external id, version) is known is skipped; the number added is returned. A case is made or
  // renewed with the first of its items that is added, and not at all when every one of them is skipped.
  virtual Result<std::size_t> add_items(const Permit<action::ImportSources>& permit, std::span<const NewCase> cases,
                                        std::span<const NewItem> items, const Alongside& with) = 0;
  // Correlation key → case, for every key of cases in reach.
  virtual Result<std::vector<std::pair<std::string, CaseId>>> case_keys(const Reach& reach,
                                                                        std::span<const std::string> keys) = 0;
  virtual Result<Listed<CaseSummary>> cases(const Reach& reach, const Page& page) = 0;
  virtual Result<CaseSummary> case_summary(const Reach& reach, const CaseId& id) = 0;
  virtual Result<std::vector<StoredItem>> items_of(const Reach& reach, const CaseId& id) = 0;
  virtual Result<std::size_t> item_count(const Reach& reach) = 0;
  virtual Status note_source_run(const Permit<action::ImportSources>& permit, const SourceHealth& run) = 0;
  virtual Result<std::vector<SourceHealth>> source_health() = 0;
};

class SightingStore {
 public:
  virtual ~SightingStore() = default;
  // Under `label` (the sender and the secretariat).
  virtual Status add_sighting(const Permit<action::SendSighting>& permit, const Sighting& sighting, const Label& label,
                              const Alongside& with) = 0;
  // Counted over the sightings in reach only.
  virtual Result<std::vector<SightingCount>> sighting_counts(const Reach& reach, const ReleaseId& release) = 0;
  // Counted over all organisations for the one release the reader may read; flow shows it only at k or more.
  virtual Result<std::vector<SightingCount>> community_sighting_counts(const Reach& reach,
                                                                       const ReleaseId& release) = 0;
};

// The Merkle log's leaves and checkpoints.
class LedgerStore {
 public:
  virtual ~LedgerStore() = default;
  // Leaf hashes in tree order from `from`; entries not yet sealed into the tree are not among them.
  virtual Result<std::vector<Sha256>> sealed_leaves(std::uint64_t from) = 0;
  // Takes the entries recorded since the last batch, in order; empty when there are none.
  virtual Result<std::vector<LedgerEntry>> unsealed_entries() = 0;
  // Appends leaves (padded by the caller) with their checkpoint; `entries` is how many unsealed entries they consume,
  // the first ones; leaf i belongs to entry i. Conflict when the tree moved on from `old_size`.
  struct Batch {
    std::uint64_t old_size = 0;
    std::size_t entries = 0;
    std::vector<Sha256> leaves;
    std::string checkpoint;
  };
  virtual Status seal(const Batch& batch) = 0;
  virtual Result<std::string> latest_checkpoint() = 0;  // NotFound before the first
  // Where an entry stands in the tree: leaf index and what opens its commitment; NotFound when not sealed yet.
  struct SealedEntry {
    std::uint64_t index = 0;
    LedgerEntry entry;
  };
  virtual Result<SealedEntry> sealed_entry(const Reach& reach, std::string_view kind, std::string_view subject,
                                           std::uint32_t version) = 0;
};

// What waits to be sent, and what has arrived in people's lists.
class DeliveryStore {
 public:
  virtual ~DeliveryStore() = default;
  // Up to `limit` jobs nobody else holds at `now`; each is held for `lease` and offered again after that.
  virtual Result<std::vector<OutboxJob>> claim_outbox(Instant now, std::chrono::seconds lease, std::size_t limit) = 0;
  // Removes the job and, where given, adds the notice, in one transaction. A job finished twice adds nothing.
  virtual Status finish_outbox(std::int64_t job, const std::optional<Notice>& notice) = 0;
  // The person's own open notices, newest first.
  virtual Result<std::vector<Notice>> notices(const PersonId& person, std::size_t limit) = 0;
  virtual Status clear_notice(const PersonId& person, std::int64_t notice) = 0;  // NotFound: not this person's
};

class Store : public IdentityStore,
              public DirectoryStore,
              public AccountStore,
              public OpenIdStore,
              public LabelStore,
              public ReportStore,
              public ReleaseStore,
              public ObjectStore,
              public SourceStore,
              public SightingStore,
              public LedgerStore,
              public DeliveryStore,
              public HandoverStore,
              public DraftStore,
              public ReadStore,
              public SubmissionStore,
              public ConsentStore,
              public PointerStore,
              public RelabellingStore,
              public RetentionStore {
 public:
  // A consistent copy of everything into `path` (a new file) while writing goes on.
  virtual Status backup_to(const std::string& path) = 0;
  // Deep check of the files: "ok" or the first problem.
  virtual Result<std::string> check_integrity() = 0;
  // The pinned settings as the engine reads them back ("journal_mode=wal", …); for doctor and start-up.
  virtual Result<std::vector<std::string>> settings() = 0;
};

}  // namespace hinomi::store
