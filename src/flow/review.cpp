#include "flow/review.h"

#include <algorithm>

#include "base/text.h"
#include "flow/anonymity_check.h"
#include "flow/file_report.h"
#include "flow/publish.h"
#include "policy/permit.h"
#include "policy/readers.h"

namespace hinomi::flow {

bool is_own_word(const Directory& directory, const ReportVersion& report) {
  const auto author = directory.persons.find(report.author);
  return author != directory.persons.end() && author->second.org == report.org;
}

namespace {

namespace action = policy::action;

std::vector<PersonId> approvers(const store::Review& review) {
  std::vector<PersonId> people;
  for (const store::Approval& approval : review.approvals) people.push_back(approval.person);
  return people;
}

Result<store::Review> earlier_review(const Platform& platform, const Caller& caller, const std::string& id) {
  TRY(const ReviewId review, ReviewId::parse(id));
  return platform.store.review(caller.reach, review);
}

Tlp usual_tlp(policy::ReleaseAudience audience) {
  return audience == policy::ReleaseAudience::Community ? Tlp::Green : Tlp::Amber;
}

// Indicators, techniques and CVEs under a fixed title: nothing that could tell a story.
bool tells_no_story(const Edition& edition, const ReportDraft& report) {
  return edition.kind == EditionKind::TechnicalOnly && edition.title == technical_only(report).title &&
         edition.body.empty() && edition.implication.empty() && edition.check.empty() && edition.mitigation.empty();
}

// "To members, without my name", said on the report: it covers members and nobody further.
bool agreed_on_report(const Directory& directory, const ReportVersion& report, const Label& label) {
  return report.content.scope == ShareScope::MembersAnonymously && is_own_word(directory, report) &&
         policy::audience_of(directory, label) == policy::ReleaseAudience::Members;
}

// Agreed on the report or to this review since, or the urgent lane of the technical part (DESIGN §11).
bool has_consent(const Directory& directory, const store::Review& review, const ReportVersion& report) {
  if (review.consent == store::ConsentState::Refused) return false;
  if (review.consent == store::ConsentState::Given) return true;
  return report.content.technical_preconsent && is_own_word(directory, report) &&
         tells_no_story(review.edition, report.content);
}

// What was said on the report counts until the reporter takes anything of it back; from then on each text is asked for.
Result<bool> is_taken_back_of(const Platform& platform, const Caller& caller, const ReportId& report) {
  TRY(const auto reviews, platform.store.reviews_of(caller.reach, report));
  return std::ranges::any_of(reviews, [](const store::Review& review) {
    return review.state == store::ReviewState::Published && review.consent == store::ConsentState::Refused;
  });
}

Result<store::ConsentState> consent_at_start(const Platform& platform, const Caller& caller,
                                             const ReportVersion& report, const Label& label) {
  TRY(const bool taken_back, is_taken_back_of(platform, caller, report.report));
  if (taken_back) return store::ConsentState::Refused;
  return agreed_on_report(*caller.directory, report, label) ? store::ConsentState::Given : store::ConsentState::Missing;
}

Status check_open(const store::Review& review) {
  if (review.state == store::ReviewState::Open) return {};
  return conflict("review.closed", "This review is finished; start a correction of the release instead.");
}

// What a withdrawal says is read by all who read the release; it must never be held back by a count, only by a name.
Status check_reason(const Platform& platform, const Caller& caller, store::Review review, const ReportVersion& report) {
  review.edition = Edition{};
  review.edition.body = review.reason;
  TRY(const anonymity::Measure measure, measure_edition(platform, caller, review, report));
  if (measure.identifiers.empty()) return {};
  return conflict("anonymity.identifier_remains",
                  "The reason names or points to the reporter. Start again with another wording.");
}

// Why the edition cannot go out now; nothing when it can.
Status releasable(const Platform& platform, const Caller& caller, const store::Review& review,
                  const ReportVersion& report) {
  if (review.purpose == store::ReviewPurpose::Withdrawal) return check_reason(platform, caller, review, report);
  TRY(const ReportVersion newest, platform.store.report(caller.reach, review.report));
  if (newest.version != report.version) {
    return conflict("report.moved_on", "The reporter has sent a newer version since. Start a review of that one.");
  }
  if (!has_consent(*caller.directory, review, report)) {
    return forbidden("review.consent_missing",
                     "The organisation that reported has not agreed to share this with these readers.");
  }
  store::Review whole = review;
  if (!review.reason.empty()) whole.edition.body += "\n\n" + review.reason;  // readers see both side by side
  return check_anonymity(platform, caller, whole, report);
}

// A correction or withdrawal reaches exactly those who hold the release: nobody keeps a false text, nobody gains one.
Status check_amendment(const store::Review& review, const Label& label) {
  if (review.purpose == store::ReviewPurpose::Withdrawal) {
    return conflict("review.withdrawal_fixed",
                    "A withdrawal has no text to edit. Approve it, or start again with another reason.");
  }
  if (review.purpose == store::ReviewPurpose::Correction && label != review.release_label) {
    return conflict("review.readers_fixed",
                    "A correction keeps its readers. Withdraw the release and make a new one to change them.");
  }
  return {};
}

// The approvers of the reporting organisation: they see the exact text first, and agree or not.
void ask_consent(const Directory& directory, const store::Review& review, store::Alongside& with) {
  if (review.consent == store::ConsentState::Given) return;
  for (const auto& [id, person] : directory.persons) {
    if (person.org == review.reporter_org && person.roles.contains(Role::Approver)) {
      with.outbox.push_back({"notice", id, "review.consent_asked", review.id.text()});
    }
  }
}

// The other analysts: somebody has to be the second.
void ask_approval(const Directory& directory, const store::Review& review, const PersonId& but,
                  store::Alongside& with) {
  for (const auto& [id, person] : directory.persons) {
    const bool secretariat = directory.orgs.at(person.org).kind == OrgKind::Secretariat;
    if (id != but && secretariat && person.roles.contains(Role::Analyst)) {
      with.outbox.push_back({"notice", id, "review.approval_asked", review.id.text()});
    }
  }
}

store::Review new_review(const Platform& platform, const Caller& caller, const ReportVersion& report, Instant now) {
  store::Review review;
  review.id = ReviewId::random(platform.random);
  review.report = report.report;
  review.report_version = report.version;
  review.report_number = report.number;
  review.reporter_org = report.org;
  review.decisions = decisions_text({});
  review.edited_by = caller.principal.person;
  review.edited_at = now;
  return review;
}

Result<store::Review> open(const Platform& platform, const Caller& caller, store::Review review, const Label& label,
                           const std::optional<RepeatKey>& repeat) {
  TRY(const auto permit, policy::permit<action::EditReview>(caller.principal, {review.id}));
  store::Alongside with = alongside(platform, caller, repeat);
  ask_consent(*caller.directory, review, with);
  TRY_OK(platform.store.open_review(permit, review, label, with));
  platform.log.info("review_opened", {{"review", review.id.text()}});
  return review;
}

// The review whose publication made this release: its report is what a correction is checked against.
Result<store::Review> origin_of(const Platform& platform, const Caller& caller, const ReleaseId& release) {
  store::Page page{.before = {}, .limit = 200};
  for (;;) {
    TRY(const auto reviews, platform.store.reviews(caller.reach, page));
    for (const store::Review& review : reviews.rows) {
      if (review.release == release && review.purpose == store::ReviewPurpose::Release) return review;
    }
    if (!reviews.next) return not_found();
    page.before = reviews.next;
  }
}

}  // namespace

Result<bool> sharing_stands(const Platform& platform, const Caller& caller, const ReportVersion& report) {
  if (!is_own_word(*caller.directory, report)) return false;
  TRY(const bool taken_back, is_taken_back_of(platform, caller, report.report));
  return !taken_back;
}

Result<store::Review> start_review(const Platform& platform, const Caller& caller, const ReportId& report_id,
                                   const ReviewStart& start, const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return earlier_review(platform, caller, *earlier);
  TRY_OK(policy::permit<action::EditReview>(caller.principal, {}));
  TRY(const ReportVersion report, platform.store.report(caller.reach, report_id));
  store::Review review = new_review(platform, caller, report, platform.clock.now());
  TRY(review.release_label, policy::release_label(*caller.directory, start.audience, usual_tlp(start.audience)));
  TRY(review.consent, consent_at_start(platform, caller, report, review.release_label));
  review.edition =
      start.kind == EditionKind::TechnicalOnly ? technical_only(report.content) : verbatim_story(report.content);
  return open(platform, caller, std::move(review), report.victim_label, repeat);
}

Result<store::Review> start_amendment(const Platform& platform, const Caller& caller, const AmendmentStart& start,
                                      const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return earlier_review(platform, caller, *earlier);
  TRY_OK(policy::permit<action::EditReview>(caller.principal, {}));
  if (trimmed(start.reason).empty())
    return invalid("review.reason", "Say why; the readers of the release will see it.", "/reason");
  if (start.reason.size() > 2000) return too_large("review.reason", "The reason has at most 2,000 bytes.", "/reason");
  TRY(const Release release, platform.store.release(caller.reach, start.release));
  if (release.state == ReleaseState::Withdrawn)
    return conflict("release.withdrawn", "This release is withdrawn already.");
  TRY_OK(check_not_waiting(release, start.purpose));
  TRY(const store::Review origin, origin_of(platform, caller, release.id));
  TRY(const ReportVersion report, platform.store.report(caller.reach, origin.report));
  store::Review review = new_review(platform, caller, report, platform.clock.now());
  review.purpose = start.purpose;
  review.target = release.id;
  review.reason = start.reason;
  // Measured for all whom it was published for, also while it is held for fewer.
  review.release_label = published_label(release);
  // Agreement to a text is not agreement to its correction.
  TRY(review.consent, consent_at_start(platform, caller, report, review.release_label));
  review.edition = release.edition;
  return open(platform, caller, std::move(review), report.victim_label, repeat);
}

Result<store::Review> edit_review(const Platform& platform, const Caller& caller, const ReviewId& id,
                                  const ReviewEdit& edit, const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return platform.store.review(caller.reach, id);
  TRY(store::Review review, platform.store.review(caller.reach, id));
  TRY(const auto permit, policy::permit<action::EditReview>(caller.principal, {id}));
  TRY_OK(check_open(review));
  if (review.revision != edit.based_on)
    return conflict("review.moved_on", "Somebody edited this review after you opened it.");
  TRY(const Label label, policy::release_label(*caller.directory, edit.audience, edit.tlp));
  TRY_OK(check_amendment(review, label));
  TRY(const ReportVersion report, report_under_review(platform, caller, review));
  review.release_label = label;
  // Agreement is to a text and its readers: another text needs it again, unless the report itself covers these readers.
  if (review.consent == store::ConsentState::Given) {
    TRY(review.consent, consent_at_start(platform, caller, report, label));
  }
  review.revision += 1;
  review.edition = edit.edition;
  review.decisions = decisions_text(edit.decisions);
  review.approvals.clear();
  review.edited_by = caller.principal.person;
  store::Alongside with = alongside(platform, caller, repeat);
  review.edited_at = with.at;
  if (review.consent == store::ConsentState::Missing) ask_consent(*caller.directory, review, with);
  TRY_OK(platform.store.edit_review(permit, review, with));
  return review;
}

Result<store::Review> approve_review(const Platform& platform, const Caller& caller, const ReviewId& id,
                                     const ApprovalAct& act, const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return platform.store.review(caller.reach, id);
  TRY(store::Review review, platform.store.review(caller.reach, id));
  TRY_OK(check_open(review));
  if (review.revision != act.revision)
    return conflict("review.moved_on", "The text has changed since you opened it. Read it again.");
  const action::ApproveRelease::Subject subject{id, act.revision, approvers(review)};
  const Status allowed = policy::allows<action::ApproveRelease>(caller.principal, subject);
  // Both have approved, but publishing failed after the second approval (a full disk): either may try again.
  const bool complete = approvers(review).size() >= 2;
  if (!allowed.ok() && !complete) return allowed.error();
  TRY(const ReportVersion report, report_under_review(platform, caller, review));
  TRY_OK(releasable(platform, caller, review, report));
  TRY(const auto proof, prove_presence_for<action::ApproveRelease>(platform, caller, act.step_up, subject));
  if (!complete) {
    TRY(const auto permit, policy::permit<action::ApproveRelease>(caller.principal, subject, proof));
    store::Alongside with = alongside(platform, caller, repeat);
    const bool second = !review.approvals.empty();
    if (second) with.idempotency.reset();  // the publication carries the client's key
    if (!second) ask_approval(*caller.directory, review, caller.principal.person, with);
    TRY_OK(platform.store.approve_review(permit, with));
    TRY(review, platform.store.review(caller.reach, id));
  }
  if (approvers(review).size() < 2) return review;
  TRY([[maybe_unused]] const Release release, publish_review(platform, caller, review, {proof, repeat}));
  return platform.store.review(caller.reach, id);
}

namespace {

// A correction or withdrawal goes to whoever reads the release now. Who was given a held one is its publisher's to
// know.
Label label_of_readers(const Platform& platform, const Caller& caller, const store::Review& review) {
  const bool publisher = policy::permit<action::EditReview>(caller.principal, {review.id}).ok();
  if (!publisher || !review.target || review.state != store::ReviewState::Open) return review.release_label;
  const auto release = platform.store.release(caller.reach, *review.target);
  return release.ok() ? release->label : review.release_label;
}

}  // namespace

Result<ReviewDesk> open_desk(const Platform& platform, const Caller& caller, const ReviewId& id) {
  TRY(store::Review review, platform.store.review(caller.reach, id));
  TRY(ReportVersion report, report_under_review(platform, caller, review));
  TRY(anonymity::Proposal proposal, propose_for(platform, caller, review, report));
  TRY(anonymity::Measure measure, measure_edition(platform, caller, review, report));
  std::optional<Error> refusal;
  if (review.state == store::ReviewState::Open) {
    if (const Status status = releasable(platform, caller, review, report); !status.ok()) refusal = status.error();
  }
  Label will_read = label_of_readers(platform, caller, review);
  return ReviewDesk{std::move(review),  std::move(report),  std::move(proposal),
                    std::move(measure), std::move(refusal), std::move(will_read)};
}

}  // namespace hinomi::flow
