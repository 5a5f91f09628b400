#include "flow/deliveries.h"

#include <algorithm>
#include <tuple>

#include "policy/permit.h"

namespace hinomi::flow {
namespace {

using policy::action::SeeReaders;
using OrgRows = std::map<OrgId, DeliveryRow>;

// Versions of a report have few labels, and asking who reads one asks everybody.
class ReadersByLabel {
 public:
  explicit ReadersByLabel(const Directory& directory) : directory_(directory) {}
  const std::vector<OrgId>& orgs(const Label& label) {
    const auto known = std::ranges::find(asked_, label, &std::pair<Label, std::vector<OrgId>>::first);
    if (known != asked_.end()) return known->second;
    return asked_.emplace_back(label, policy::readers_of(directory_, label).orgs).second;
  }

 private:
  const Directory& directory_;
  std::vector<std::pair<Label, std::vector<OrgId>>> asked_;
};

DeliveryRow& row_of(OrgRows& rows, const OrgId& org) {
  return rows.try_emplace(org, DeliveryRow{RecipientKind::Readers, org, {}, {}, {}}).first->second;
}

void add_arrivals(const Directory& directory, const std::vector<ReportVersion>& versions, OrgRows& rows) {
  ReadersByLabel readers(directory);
  for (const ReportVersion& version : versions) {
    for (const OrgId& org : readers.orgs(version.victim_label)) {
      if (org != version.org)
        row_of(rows, org).deliveries[version.version] = {DeliveryState::Arrived, version.filed_at, {}};
    }
  }
}

Status add_showings(const Platform& platform, const Caller& caller, const ReportVersion& newest, OrgRows& rows) {
  const auto permit =
      policy::permit<SeeReaders>(caller.principal, {policy::ReadKind::Report, newest.report.uuid(), newest.org});
  if (!permit.ok()) return {};
  TRY(const auto marks, platform.store.reads_of(caller.reach, *permit));
  for (const store::ReadMark& mark : marks) {
    const bool is_version = mark.note.kind == policy::ReadKind::Report && mark.note.version > 0;
    if (!is_version || mark.org == newest.org) continue;
    Delivery& delivery = row_of(rows, mark.org).deliveries[mark.note.version];
    const bool is_first = delivery.state != DeliveryState::Shown || mark.first_at < *delivery.at;
    if (is_first) delivery = {DeliveryState::Shown, mark.first_at, {}};
  }
  return {};
}

std::string title_of(const Submission& submission) {
  const auto form = forms::parse_filled_form(submission.filled);
  return form.ok() ? form->title + " " + form->stage_title : submission.form + " " + submission.stage;
}

Delivery delivery_of(const Submission& submission) {
  if (submission.receipts.empty()) return {DeliveryState::HandedIn, submission.sent_at, {}};
  const SubmissionReceipt& first = submission.receipts.front();
  return {DeliveryState::Confirmed, first.confirmed_at, first.who};
}

// Each form on each occasion is a row of its own: a receipt for one says nothing of another.
Status add_submissions(const Platform& platform, const Caller& caller, const ReportVersion& newest,
                       std::vector<DeliveryRow>& rows) {
  TRY(const auto submissions, platform.store.submissions_of(caller.reach, newest.report));
  using Occasion = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Occasion, DeliveryRow> by_occasion;
  for (const Submission& submission : submissions) {
    DeliveryRow& row = by_occasion[{submission.addressee, submission.duty, submission.stage, submission.form}];
    row.kind = RecipientKind::Party;
    row.party = submission.addressee;
    row.what = title_of(submission);
    row.deliveries[submission.report_version] = delivery_of(submission);  // sent again: the later one counts
  }
  for (auto& [occasion, row] : by_occasion) rows.push_back(std::move(row));
  return {};
}

// A release as its members have it now. One that the caller may not read says no more than that it went out.
Delivery delivery_of_release(const Platform& platform, const Caller& caller, const store::Review& review) {
  Delivery delivery{DeliveryState::Released, std::nullopt, {}};
  if (review.consent == store::ConsentState::Refused) delivery.state = DeliveryState::Held;
  if (!review.release) return delivery;
  const auto versions = platform.store.release_versions(caller.reach, *review.release);
  if (!versions.ok() || versions->empty()) return delivery;
  const Release& newest = versions->back();
  if (newest.state == ReleaseState::Withdrawn) return {DeliveryState::Withdrawn, newest.published_at, {}};
  if (delivery.state == DeliveryState::Released) delivery.at = versions->front().published_at;
  return delivery;
}

Status add_texts(const Platform& platform, const Caller& caller, const ReportVersion& newest,
                 std::vector<DeliveryRow>& rows) {
  TRY(const auto reviews, platform.store.reviews_of(caller.reach, newest.report));
  for (const store::Review& review : reviews) {
    const bool is_first = review.purpose == store::ReviewPurpose::Release;
    if (!is_first || review.state == store::ReviewState::Abandoned) continue;
    DeliveryRow& row = rows.emplace_back(DeliveryRow{RecipientKind::Members, OrgId(), {}, review.edition.title, {}});
    row.deliveries[review.report_version] = review.state == store::ReviewState::Open
                                                ? Delivery{DeliveryState::UnderReview, review.edited_at, {}}
                                                : delivery_of_release(platform, caller, review);
  }
  return {};
}

}  // namespace

std::string_view delivery_state_text(DeliveryState state) {
  switch (state) {
    case DeliveryState::Arrived: return "arrived";
    case DeliveryState::Shown: return "shown";
    case DeliveryState::HandedIn: return "handed_in";
    case DeliveryState::Confirmed: return "confirmed";
    case DeliveryState::UnderReview: return "under_review";
    case DeliveryState::Released: return "released";
    case DeliveryState::Held: return "held";
    case DeliveryState::Withdrawn: return "withdrawn";
  }
  return "";
}

Result<std::vector<DeliveryRow>> deliveries_of(const Platform& platform, const Caller& caller,
                                               const ReportVersion& newest) {
  TRY(const auto versions, platform.store.report_versions(caller.reach, newest.report));
  OrgRows by_org;
  add_arrivals(*caller.directory, versions, by_org);
  TRY_OK(add_showings(platform, caller, newest, by_org));
  std::vector<DeliveryRow> rows;
  for (auto& [org, row] : by_org) rows.push_back(std::move(row));
  TRY_OK(add_submissions(platform, caller, newest, rows));
  TRY_OK(add_texts(platform, caller, newest, rows));
  return rows;
}

}  // namespace hinomi::flow
