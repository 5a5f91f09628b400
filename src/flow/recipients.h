// Who gets what of a report, before anything is sent and after: those that its label names read the report itself, an
// authority the forms that are handed in to it, members a release after its review. Nothing is stored, nothing is sent.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "flow/file_report.h"
#include "flow/report_forms.h"
#include "policy/readers.h"
#include "store/records.h"

namespace hinomi::flow {

// Readers: whom the label of the report lets read it as it is, the secretariat first of all.
enum class RecipientKind { Readers, Party, Members };
std::string_view recipient_kind_text(RecipientKind kind);  // "readers", "party", "members"

// When a recipient gets its part. Members: after review where the report itself agrees to it, otherwise only if the
// organisation that reported agrees when it is asked.
enum class When { OnFiling, Arrived, WhenHandedIn, HandedIn, WhenDutyApplies, AfterReview, IfYouAgree };
std::string_view when_text(When when);  // "on_filing", "arrived", "when_handed_in" …

struct Recipient {
  RecipientKind kind = RecipientKind::Party;
  std::string code;  // "readers", "members", or the code of a party in the rule packs
  When when = When::WhenDutyApplies;
  std::vector<forms::Offer> offers;  // what a party is handed in, for duties that fire first
};

// A version of a report, filed or not, with what it asks for and all that get something of it.
struct ReportRecipients {
  ReportVersion report;  // without number while it is not filed
  FormsOfReport asked;
  policy::Readers readers;        // of the report itself
  std::vector<Recipient> all;     // readers, parties of duties that fire, parties of those that may, members
  std::optional<Edition> agreed;  // the technical part, where it may go out without asking again (DESIGN §11)
  // Each fact of the vocabulary and each part of the story ("report.summary", "technical.indicators" …): the codes of
  // those that will see it. Members never see a fact as such, only what their release says.
  std::map<std::string, std::set<std::string>> seen_by;
};

// Of the newest version, by the report's id or number; hidden and absent alike.
Result<ReportRecipients> recipients_of_report(const Platform& platform, const Caller& caller,
                                              std::string_view id_or_number);
// Of a report that is not filed yet.
ReportRecipients recipients_of_draft(const Platform& platform, const Caller& caller, const RoutedReport& routed);

// NotFound when the report has no such recipient.
Result<Recipient> find_recipient(const ReportRecipients& recipients, std::string_view code);

// A text for members, as they get it: under review, or released as the release reads now.
struct MemberText {
  ReviewId review;
  store::ReviewState state = store::ReviewState::Open;
  Edition edition;
};
// Those of the reviews in the caller's reach; none of what is withdrawn.
Result<std::vector<MemberText>> texts_for_members(const Platform& platform, const Caller& caller,
                                                  const ReportId& report);

}  // namespace hinomi::flow
