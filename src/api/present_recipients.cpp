#include "api/present_recipients.h"

#include <algorithm>

#include "api/present.h"
#include "api/present_forms.h"

namespace hinomi::api {
namespace {

std::string joined(const Api& api, const Visit& visit, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : api.text(visit, "page.list")).append(name);
  return text;
}

// Those that read the report itself, but for the organisation that it is of.
std::string reader_names(const Api& api, const Visit& visit, const flow::ReportRecipients& recipients) {
  const Directory& directory = *visit.who().directory;
  std::vector<std::string> names;
  for (const OrgId& id : recipients.readers.orgs) {
    const Organisation& org = directory.orgs.at(id);
    if (id != recipients.report.org) names.push_back(visit.language == Language::English ? org.name_en : org.name);
  }
  return names.empty() ? api.text(visit, "page.recipient.nobody_else") : joined(api, visit, names);
}

// The stage of a duty as its authority calls it.
std::string stage_title(const Visit& visit, const rules::Assessment& assessment, const forms::Occasion& occasion) {
  const rules::DutyAssessment* duty = assessment.find(occasion.duty);
  if (duty == nullptr) return occasion.stage;
  const auto clock = std::ranges::find(duty->clocks, occasion.stage, &rules::StageClock::name);
  return clock == duty->clocks.end() ? occasion.stage : clock->title.in(visit.language);
}

forms::FilledForm filled(const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                         const forms::Offer& offer) {
  return flow::fill_offer(api.platform(), visit.who(), recipients.report, recipients.asked, offer);
}

void write_offer(JsonWriter& out, const Visit& visit, const flow::ReportRecipients& recipients,
                 const forms::Offer& offer) {
  out.member("form", offer.form->id)
      .member("title", offer.form->title.in(visit.language))
      .member("duty", offer.occasion.duty)
      .member("stage", offer.occasion.stage)
      .member("stage_title", stage_title(visit, recipients.asked.assessment, offer.occasion))
      .member("verdict", rules::verdict_text(offer.verdict));
}

void write_recipient(JsonWriter& out, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                     const flow::Recipient& recipient) {
  out.begin_object()
      .member("code", recipient.code)
      .member("kind", flow::recipient_kind_text(recipient.kind))
      .member("name", recipient_name(api, visit, recipients, recipient))
      .member("when", flow::when_text(recipient.when));
  if (recipient.kind == flow::RecipientKind::Readers) {
    out.key("readers");
    write_readers(out, *visit.who().directory, recipients.report.victim_label, visit.language);
  }
  out.key("forms").begin_array();
  for (const forms::Offer& offer : recipient.offers) {
    out.begin_object();
    write_offer(out, visit, recipients, offer);
    out.end_object();
  }
  out.end_array().end_object();
}

void write_forms(JsonWriter& out, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                 const flow::Recipient& recipient) {
  out.key("forms").begin_array();
  for (const forms::Offer& offer : recipient.offers) {
    out.begin_object();
    write_offer(out, visit, recipients, offer);
    write_filled_members(out, filled(api, visit, recipients, offer));
    out.end_object();
  }
  out.end_array();
}

Status write_texts(JsonWriter& out, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients) {
  TRY(const auto texts, flow::texts_for_members(api.platform(), visit.who(), recipients.report.report));
  out.key("editions").begin_array();
  for (const flow::MemberText& text : texts) {
    out.begin_object().member("review", text.review.text()).member("state", review_state_text(text.state));
    out.key("edition");
    write_edition(out, text.edition);
    out.end_object();
  }
  out.end_array();
  if (recipients.agreed) {
    out.key("agreed");
    write_edition(out, *recipients.agreed);
  }
  return {};
}

}  // namespace

std::string recipient_name(const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                           const flow::Recipient& recipient) {
  switch (recipient.kind) {
    case flow::RecipientKind::Readers: return reader_names(api, visit, recipients);
    case flow::RecipientKind::Party: return api.platform().rulebook->party(recipient.code).in(visit.language);
    case flow::RecipientKind::Members: return api.text(visit, "page.recipient.members");
  }
  return "";
}

std::string delivery_name(const Api& api, const Visit& visit, const flow::DeliveryRow& row) {
  if (row.kind == flow::RecipientKind::Party) return api.platform().rulebook->party(row.party).in(visit.language);
  if (row.kind == flow::RecipientKind::Members) return api.text(visit, "page.recipient.members");
  const auto org = visit.who().directory->orgs.find(row.org);
  if (org == visit.who().directory->orgs.end()) return "";
  return visit.language == Language::English ? org->second.name_en : org->second.name;
}

std::string seen_by_names(const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                          std::string_view source) {
  const auto codes = recipients.seen_by.find(std::string(source));
  if (codes == recipients.seen_by.end()) return "";
  std::vector<std::string> names;
  std::size_t open = 0;
  for (const flow::Recipient& recipient : recipients.all) {
    if (!codes->second.contains(recipient.code)) continue;
    if (recipient.when == flow::When::WhenDutyApplies) {
      ++open;
    } else {
      names.push_back(recipient_name(api, visit, recipients, recipient));
    }
  }
  if (open > 0) names.push_back(api.text(visit, "page.seen_by.open", {{"n", std::to_string(open)}}));
  return joined(api, visit, names);
}

void write_recipients_members(JsonWriter& out, const Api& api, const Visit& visit,
                              const flow::ReportRecipients& recipients) {
  out.key("recipients").begin_array();
  for (const flow::Recipient& recipient : recipients.all) write_recipient(out, api, visit, recipients, recipient);
  out.end_array().key("seen_by").begin_object();
  for (const auto& [source, codes] : recipients.seen_by) {
    out.key(source).begin_array();
    for (const std::string& code : codes) out.string(code);
    out.end_array();
  }
  out.end_object();
}

Result<std::string> recipient_view(const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                                   const flow::Recipient& recipient) {
  JsonWriter out;
  out.begin_object()
      .member("code", recipient.code)
      .member("kind", flow::recipient_kind_text(recipient.kind))
      .member("name", recipient_name(api, visit, recipients, recipient))
      .member("when", flow::when_text(recipient.when))
      .member("report_version", static_cast<std::int64_t>(recipients.report.version));
  switch (recipient.kind) {
    case flow::RecipientKind::Readers:
      out.key("content");
      write_report_content(out, recipients.report.content);
      break;
    case flow::RecipientKind::Party: write_forms(out, api, visit, recipients, recipient); break;
    case flow::RecipientKind::Members: TRY_OK(write_texts(out, api, visit, recipients)); break;
  }
  return out.end_object().take();
}

}  // namespace hinomi::api
