#include "flow/recipients.h"

#include <algorithm>
#include <array>

#include "flow/anonymity_check.h"
#include "flow/review.h"
#include "model/fact.h"

namespace hinomi::flow {
namespace {

constexpr std::string_view kReaders = "readers";
constexpr std::string_view kMembers = "members";

// What a release begins with (verbatim_story); facts are in none.
constexpr std::array<std::string_view, 6> kStoryOfMembers{"report.title",         "report.summary",
                                                          "technical.text",       "technical.indicators",
                                                          "technical.techniques", "technical.cves"};
// What people write besides facts, by its name in form packs: the same, and whom to call.
constexpr std::string_view kContact = "contact";
constexpr std::array<std::string_view, 3> kTechnicalOfMembers{"technical.indicators", "technical.techniques",
                                                              "technical.cves"};

// What is known besides the report itself.
struct Standing {
  bool is_filed = false;
  bool is_agreed = false;              // what the report says about sharing counts (flow/review.h)
  std::set<std::string> handed_in_to;  // codes of parties
};

When when_of(const Standing& standing, const std::string& party, rules::Verdict verdict) {
  if (standing.handed_in_to.contains(party)) return When::HandedIn;
  return verdict == rules::Verdict::Fires ? When::WhenHandedIn : When::WhenDutyApplies;
}

void add_parties(const Standing& standing, rules::Verdict verdict, ReportRecipients& recipients) {
  std::vector<Recipient>& all = recipients.all;
  for (const forms::Offer& offer : recipients.asked.offers) {
    if (offer.verdict != verdict) continue;
    for (const std::string& code : offer.addressees) {
      auto known = std::ranges::find(all, code, &Recipient::code);
      if (known == all.end())
        known = all.insert(all.end(), {RecipientKind::Party, code, when_of(standing, code, verdict), {}});
      known->offers.push_back(offer);
    }
  }
}

std::vector<std::string_view> parts_for_members(const ReportRecipients& recipients, const Standing& standing) {
  const bool is_shared = recipients.report.content.scope == ShareScope::MembersAnonymously && standing.is_agreed;
  if (is_shared) return {kStoryOfMembers.begin(), kStoryOfMembers.end()};
  if (recipients.agreed) return {kTechnicalOfMembers.begin(), kTechnicalOfMembers.end()};
  return {};
}

std::map<std::string, std::set<std::string>> seen_by(const ReportRecipients& recipients,
                                                     const std::vector<std::string_view>& for_members) {
  std::map<std::string, std::set<std::string>> seen;
  for (const FactDefinition& definition : fact_definitions()) seen[std::string(definition.name)].emplace(kReaders);
  for (const std::string_view part : kStoryOfMembers) seen[std::string(part)].emplace(kReaders);
  seen[std::string(kContact)].emplace(kReaders);
  for (const auto& [source, parties] : forms::parties_by_source(recipients.asked.offers)) {
    if (const auto known = seen.find(source); known != seen.end()) known->second.insert(parties.begin(), parties.end());
  }
  for (const std::string_view part : for_members) seen[std::string(part)].emplace(kMembers);
  return seen;
}

ReportRecipients recipients_of(const Directory& directory, const ReportVersion& report, FormsOfReport asked,
                               const Standing& standing) {
  ReportRecipients recipients{report, std::move(asked), policy::readers_of(directory, report.victim_label),
                              {},     std::nullopt,     {}};
  if (report.content.technical_preconsent && standing.is_agreed) recipients.agreed = technical_only(report.content);
  const When now = standing.is_filed ? When::Arrived : When::OnFiling;
  recipients.all.push_back({RecipientKind::Readers, std::string(kReaders), now, {}});
  add_parties(standing, rules::Verdict::Fires, recipients);
  add_parties(standing, rules::Verdict::MayFire, recipients);
  const auto for_members = parts_for_members(recipients, standing);
  const When then = for_members.empty() ? When::IfYouAgree : When::AfterReview;
  recipients.all.push_back({RecipientKind::Members, std::string(kMembers), then, {}});
  recipients.seen_by = seen_by(recipients, for_members);
  return recipients;
}

}  // namespace

std::string_view recipient_kind_text(RecipientKind kind) {
  switch (kind) {
    case RecipientKind::Readers: return kReaders;
    case RecipientKind::Party: return "party";
    case RecipientKind::Members: return kMembers;
  }
  return "";
}

std::string_view when_text(When when) {
  switch (when) {
    case When::OnFiling: return "on_filing";
    case When::Arrived: return "arrived";
    case When::WhenHandedIn: return "when_handed_in";
    case When::HandedIn: return "handed_in";
    case When::WhenDutyApplies: return "when_duty_applies";
    case When::AfterReview: return "after_review";
    case When::IfYouAgree: return "if_you_agree";
  }
  return "";
}

Result<ReportRecipients> recipients_of_report(const Platform& platform, const Caller& caller,
                                              std::string_view id_or_number) {
  TRY(const ReportVersion report, find_report(platform, caller, id_or_number));
  TRY(FormsOfReport asked, forms_of_report(platform, caller, report));
  Standing standing{.is_filed = true, .is_agreed = false, .handed_in_to = {}};
  TRY(standing.is_agreed, sharing_stands(platform, caller, report));
  TRY(const auto submissions, platform.store.submissions_of(caller.reach, report.report));
  for (const Submission& submission : submissions) standing.handed_in_to.insert(submission.addressee);
  return recipients_of(*caller.directory, report, std::move(asked), standing);
}

ReportRecipients recipients_of_draft(const Platform& platform, const Caller& caller, const RoutedReport& routed) {
  const ReportVersion report = unfiled_version(platform, caller, routed);
  const Standing standing{.is_filed = false, .is_agreed = is_own_word(*caller.directory, report), .handed_in_to = {}};
  return recipients_of(*caller.directory, report, forms_asked(platform, report, routed.assessment()), standing);
}

Result<Recipient> find_recipient(const ReportRecipients& recipients, std::string_view code) {
  const auto found = std::ranges::find(recipients.all, code, &Recipient::code);
  if (found == recipients.all.end()) return not_found();
  return *found;
}

Result<std::vector<MemberText>> texts_for_members(const Platform& platform, const Caller& caller,
                                                  const ReportId& report) {
  TRY(const auto reviews, platform.store.reviews_of(caller.reach, report));
  std::vector<MemberText> texts;
  for (const store::Review& review : reviews) {
    const bool is_open = review.state == store::ReviewState::Open;
    if (is_open && review.purpose != store::ReviewPurpose::Withdrawal)
      texts.push_back({review.id, review.state, review.edition});
    if (review.state != store::ReviewState::Published || review.purpose != store::ReviewPurpose::Release) continue;
    if (!review.release) continue;
    const auto release = platform.store.release(caller.reach, *review.release);
    if (release.ok() && release->state != ReleaseState::Withdrawn)
      texts.push_back({review.id, review.state, release->edition});
  }
  return texts;
}

}  // namespace hinomi::flow
