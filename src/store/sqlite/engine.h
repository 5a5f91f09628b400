// The SQLite engine: the storage interface over one Writer and a pool of Readers. Each use case is one function in the
// file of its area (reports.cpp, objects.cpp …). Safe on any thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "store/sqlite/owner_lock.h"
#include "store/sqlite/read_journal.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/snapshots.h"
#include "store/sqlite/writer.h"
#include "store/sqlite_store.h"
#include "store/store.h"

namespace hinomi::store::sqlite {

class Engine final : public Store {
 public:
  static Result<std::unique_ptr<Store>> open(const std::string& directory, const SqliteOptions& options);

  // IdentityStore
  [[nodiscard]] std::shared_ptr<const Directory> directory() const override;
  Result<std::uint64_t> put_directory(const Permit<action::Administer>& permit, const Directory& changes) override;
  Status put_credential(const Permit<action::Administer>& permit, const Credential& credential) override;
  Result<Credential> credential(std::string_view login) override;
  Result<bool> consume_totp_step(const PersonId& person, std::int64_t step) override;
  Status put_session(const Session& session) override;
  Result<Session> session(const Sha256& secret_hash, Instant now) override;
  Status end_session(const Sha256& secret_hash) override;
  Status end_all_sessions(const PersonId& person) override;

  // DirectoryStore
  Status found(const Permit<action::Administer>& permit, const Foundation& foundation, const Alongside& with) override;
  Status propose_change(const Permit<action::ProposeDirectoryChange>& permit, const Alongside& with) override;
  Result<DirectoryChange> agree_to_change(const Permit<action::AgreeToDirectoryChange>& permit, Instant at) override;
  Result<std::uint64_t> carry_out_change(const Permit<action::CarryOutDirectoryChange>& permit,
                                         const Alongside& with) override;
  Status reject_change(const Permit<action::RejectDirectoryChange>& permit, Instant at) override;
  Result<DirectoryChange> directory_change(const DirectoryChangeId& id) override;
  Result<Listed<DirectoryChange>> directory_changes(const Page& page) override;
  Result<Listed<DirectoryChange>> directory_changes_by(const PersonId& proposer, const Page& page) override;
  Result<LabelCounts> label_counts(const Reach& reach, std::span<const LabelId> labels) override;
  Result<bool> carry_out_due(const Permit<action::CarryOutDue>& permit) override;
  Status put_invitation(const Permit<action::EndQuarantine>& permit, const Invitation& invitation) override;
  Status tell(std::span<const OutboxEntry> entries, Instant at) override;
  Result<PersonId> use_invitation(const Sha256& code_hash, const std::string& password_hash, Instant now) override;
  Status end_quarantine(const Permit<action::EndQuarantine>& permit, std::string_view channel, Instant at) override;
  Status keep_clearance_register(const Permit<action::Administer>& permit, bool on) override;
  Status put_clearance(const Permit<action::KeepClearances>& permit, const Clearance& clearance, Instant at) override;
  Status end_clearance(const Permit<action::KeepClearances>& permit, const ClearanceId& id, Instant at) override;
  Result<std::vector<Clearance>> clearances(const Permit<action::KeepClearances>& permit, Instant at) override;
  Result<std::vector<ClearanceAccess>> clearance_accesses(const Permit<action::KeepClearances>& permit) override;

  // AccountStore
  Result<bool> admit_attempt(const Attempt& attempt, const AttemptLimits& limits, Instant at) override;
  Status retract_attempt(const Attempt& attempt) override;
  Status settle_attempt(const Attempt& attempt, Instant at) override;
  Result<std::vector<Session>> sessions_of(const PersonId& person, Instant now) override;
  Status end_own_session(const Permit<action::EndSessions>& permit, const SessionId& session) override;
  Status end_own_sessions(const Permit<action::EndSessions>& permit, const Sha256& kept, Tokens tokens) override;
  Status touch_session(const Sha256& secret_hash, Instant at) override;
  void on_access_changed(std::function<void(std::span<const Sha256> ended_sessions)> callback) override;
  Result<Credential> credential_of(const PersonId& person) override;
  Status change_password(const Permit<action::ManageAccount>& permit, std::string_view password_hash,
                         const Sha256& kept, Tokens tokens) override;
  Status begin_totp(const Permit<action::ManageAccount>& permit, const Secret<Bytes>& secret,
                    Instant expires_at) override;
  Result<Secret<Bytes>> pending_totp(const PersonId& person, Instant now) override;
  Status confirm_totp(const Permit<action::ChangeFactors>& permit, std::int64_t step,
                      std::span<const Sha256> recovery_hashes) override;
  Status remove_totp(const Permit<action::ChangeFactors>& permit) override;
  Result<bool> consume_recovery_code(const PersonId& person, const Sha256& hash) override;
  Result<std::size_t> recovery_codes_left(const PersonId& person) override;
  Result<bool> consume_challenge(const Sha256& challenge, Instant now, Instant expires_at) override;
  Result<Bytes> passkey_handle(const Permit<action::ManageAccount>& permit) override;
  Result<PersonId> person_of_handle(ByteView handle) override;
  Status add_passkey(const Permit<action::ChangeFactors>& permit, const Passkey& passkey, std::size_t limit) override;
  Result<std::vector<Passkey>> passkeys_of(const PersonId& person) override;
  Result<Passkey> passkey(ByteView credential) override;
  Status remove_passkey(const Permit<action::ChangeFactors>& permit, const PasskeyId& passkey) override;
  Result<bool> advance_passkey(const Passkey& from, std::uint32_t counter, Instant at) override;

  // LabelStore
  [[nodiscard]] std::shared_ptr<const std::vector<LabelEntry>> labels() const override;
  Result<std::vector<Event>> events_after(const Reach& reach, Position after, std::size_t limit) override;
  [[nodiscard]] Sequence last_sequence() const override;
  void on_events(std::function<void()> wake) override;
  Result<std::optional<EarlierWrite>> earlier_write(const PersonId& person, std::string_view key) override;

  // ReportStore
  Status file_report(const Permit<action::FileReport>& permit, const ReportVersion& report,
                     const Alongside& with) override;
  Status amend_report(const Permit<action::AmendReport>& permit, const ReportVersion& report,
                      const Alongside& with) override;
  Result<ReportVersion> report(const Reach& reach, const ReportId& id) override;
  Result<ReportVersion> report_by_number(const Reach& reach, std::string_view number) override;
  Result<std::vector<ReportVersion>> report_versions(const Reach& reach, const ReportId& id) override;
  Result<ReportVersion> report_version(const Reach& reach, const ReportId& id, std::uint32_t version) override;
  Result<Listed<ReportVersion>> reports(const Reach& reach, const Page& page) override;

  // ReleaseStore
  Status open_review(const Permit<action::EditReview>& permit, const Review& review, const Label& label,
                     const Alongside& with) override;
  Status edit_review(const Permit<action::EditReview>& permit, const Review& review, const Alongside& with) override;
  Status set_consent(const Permit<action::ConsentToRelease>& permit, ConsentState consent,
                     const Alongside& with) override;
  Status approve_review(const Permit<action::ApproveRelease>& permit, const Alongside& with) override;
  Result<Review> review(const Reach& reach, const ReviewId& id) override;
  Result<Listed<Review>> reviews(const Reach& reach, const Page& page) override;
  Result<std::vector<Review>> reviews_of(const Reach& reach, const ReportId& report) override;
  Status publish(const Permit<action::PublishRelease>& permit, const Publication& publication,
                 const Alongside& with) override;
  Status amend_release(const Permit<action::AmendRelease>& permit, const Publication& publication,
                       const Alongside& with) override;
  Result<Release> release(const Reach& reach, const ReleaseId& id) override;
  Result<Release> release_by_number(const Reach& reach, std::string_view number) override;
  Result<std::vector<Release>> release_versions(const Reach& reach, const ReleaseId& id) override;
  Result<Listed<Release>> releases(const Reach& reach, const Page& page) override;
  Result<std::vector<StixObject>> release_objects(const Reach& reach, const ReleaseId& id) override;
  Result<std::vector<EntitledIndicator>> indicators(const Reach& reach, Position after, std::size_t limit) override;
  Status acknowledge(const Permit<action::Acknowledge>& permit, std::uint32_t version, const Alongside& with) override;
  Result<std::vector<Receipt>> receipts(const Reach& reach, const ReleaseId& id) override;
  Result<bool> has_acknowledged(const Reach& reach, const ReleaseId& id, std::uint32_t version) override;

  // ObjectStore
  Status put_collection(const Permit<action::Administer>& permit, const Collection& collection) override;
  [[nodiscard]] std::shared_ptr<const std::vector<Collection>> collections() const override;
  Result<std::vector<AddOutcome>> add_objects(const Permit<action::WriteCollection>& permit,
                                              std::span<const StixObject> objects, const Label& label,
                                              const Alongside& with) override;
  Result<ObjectPage> objects(const Reach& reach, const CollectionId& collection, const ObjectFilter& filter,
                             Position after, std::size_t limit) override;
  Status delete_objects(const Permit<action::WriteCollection>& permit, const Reach& reach, const ObjectFilter& filter,
                        const Alongside& with) override;
  Status put_status(const PersonId& owner, const StatusId& id, std::string_view json, Instant at) override;
  Result<std::string> status(const PersonId& owner, const StatusId& id) override;

  // SourceStore
  Result<std::size_t> add_items(const Permit<action::ImportSources>& permit, std::span<const NewCase> cases,
                                std::span<const NewItem> items, const Alongside& with) override;
  Result<std::vector<std::pair<std::string, CaseId>>> case_keys(const Reach& reach,
                                                                std::span<const std::string> keys) override;
  Result<Listed<CaseSummary>> cases(const Reach& reach, const Page& page) override;
  Result<CaseSummary> case_summary(const Reach& reach, const CaseId& id) override;
  Result<std::vector<StoredItem>> items_of(const Reach& reach, const CaseId& id) override;
  Result<std::size_t> item_count(const Reach& reach) override;
  Status note_source_run(const Permit<action::ImportSources>& permit, const SourceHealth& run) override;
  Result<std::vector<SourceHealth>> source_health() override;

  // SightingStore
  Status add_sighting(const Permit<action::SendSighting>& permit, const Sighting& sighting, const Label& label,
                      const Alongside& with) override;
  Result<std::vector<SightingCount>> sighting_counts(const Reach& reach, const ReleaseId& release) override;
  Result<std::vector<SightingCount>> community_sighting_counts(const Reach& reach, const ReleaseId& release) override;

  // LedgerStore
  Result<std::vector<Sha256>> sealed_leaves(std::uint64_t from) override;
  Result<std::vector<LedgerEntry>> unsealed_entries() override;
  Status seal(const Batch& batch) override;
  Result<std::string> latest_checkpoint() override;
  Result<SealedEntry> sealed_entry(const Reach& reach, std::string_view kind, std::string_view subject,
                                   std::uint32_t version) override;

  // DeliveryStore
  Result<std::vector<OutboxJob>> claim_outbox(Instant now, std::chrono::seconds lease, std::size_t limit) override;
  Status finish_outbox(std::int64_t job, const std::optional<Notice>& notice) override;
  Result<std::vector<Notice>> notices(const PersonId& person, std::size_t limit) override;
  Status clear_notice(const PersonId& person, std::int64_t notice) override;

  // OpenIdStore
  Status bind_provider(const Permit<action::ManageAccount>& permit, const ProviderBinding& binding) override;
  Result<ProviderBinding> provider_binding(std::string_view issuer, std::string_view subject) override;
  Result<std::vector<ProviderBinding>> provider_bindings_of(const PersonId& person) override;
  Status unbind_provider(const Permit<action::ManageAccount>& permit, const ProviderBindingId& binding) override;

  // ReadStore
  Status record_reads(const ReadRecord& record) override;
  Result<std::vector<ReadMark>> reads_of(const Reach& reach, const Permit<action::SeeReaders>& permit) override;

  // DraftStore
  Result<Draft> save_draft(const PersonId& person, const DraftSaving& saving) override;
  Result<Draft> draft(const PersonId& person, const DraftId& id) override;
  Result<std::vector<Draft>> drafts(const PersonId& person) override;
  Status remove_draft(const PersonId& person, const DraftId& id) override;

  // HandoverStore
  Status take_over(const Permit<action::TakeOver>& permit, const Handover& handover,
                   const std::optional<Handover>& before, const Label& label, const Alongside& with) override;
  Result<std::optional<Handover>> watch_of(const OrgId& org) override;

  // RetentionStore
  Result<std::size_t> forget(Kept what, Instant before, std::size_t most) override;

  // SubmissionStore
  Status record_submission(const Permit<action::RecordSubmission>& permit, const Submission& submission,
                           const Alongside& with) override;
  Status confirm_receipt(const Permit<action::ConfirmReceipt>& permit, const SubmissionReceipt& receipt,
                         const Alongside& with) override;
  Result<std::vector<Submission>> submissions_of(const Reach& reach, const ReportId& report) override;
  Result<Submission> submission(const Reach& reach, const SubmissionId& id) override;

  // ConsentStore
  Result<ConsentTakenBack> take_consent_back(const Permit<action::ConsentToRelease>& permit, const TakeBack& what,
                                             const Alongside& with) override;
  Status give_consent_again(const Permit<action::ConsentToRelease>& permit, const Alongside& with) override;
  Result<std::vector<Review>> urgent_reviews(const Reach& reach) override;
  [[nodiscard]] std::shared_ptr<const std::vector<Narrowing>> narrowings() const override;

  // PointerStore
  Status add_pointer(const Permit<action::MakePointer>& permit, const Reach& maker, const Pointer& pointer,
                     const Alongside& with) override;
  Status end_pointer(const Permit<action::EndPointer>& permit, const Alongside& with) override;
  Result<std::vector<StandingPointer>> standing_pointers(const Permit<action::SeeUnreadPointers>& permit) override;
  Status end_unread_pointer(const Permit<action::EndUnreadPointer>& permit, const Alongside& with) override;
  Result<Pointer> pointer(const Reach& reach, const PointerId& id) override;
  Result<Listed<Pointer>> pointers(const Reach& reach, const Page& page) override;

  // RelabellingStore
  Status propose_relabelling(const Permit<action::ProposeRelabelling>& permit, const Relabelling& relabelling,
                             const Label& label, const Alongside& with) override;
  Result<Sequence> carry_out_relabelling(const Permit<action::AgreeToRelabelling>& permit,
                                         const Alongside& with) override;
  Status reject_relabelling(const Permit<action::RejectRelabelling>& permit, const Alongside& with) override;
  Result<std::vector<Relabelling>> relabellings_of(const Reach& reach, const ReleaseId& release) override;

  // Store
  Status backup_to(const std::string& path) override;
  Result<std::string> check_integrity() override;
  Result<std::vector<std::string>> settings() override;

 private:
  Engine(OwnerLock lock, const SqliteOptions& options)
      : lock_(std::move(lock)),
        vfs_(options.vfs),
        read_patience_(options.read_patience),
        read_journal_(options.read_patience) {}
  Status start(const std::string& path, const SqliteOptions& options);
  Result<bool> lift_due_embargoes(Instant now);
  // The labels of the reach to ask about what bears this, within a read transaction that has begun.
  [[nodiscard]] std::vector<LabelId> where(const Reach& reach, Fingerprint fingerprint) const {
    return snapshots_.whereabouts.among(reach.labels(), fingerprint);
  }

  // Destroyed in reverse: readers close before the writer empties the log, the directory is let go last.
  OwnerLock lock_;
  std::string vfs_;
  const std::chrono::milliseconds read_patience_;
  NoLog no_log_;
  Snapshots snapshots_;
  ReadJournal read_journal_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Readers> readers_;
};

}  // namespace hinomi::store::sqlite
