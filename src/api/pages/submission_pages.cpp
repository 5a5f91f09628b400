// What was handed in to authorities: the record, the receipts, what has become stale, the supplement. Works without
// JavaScript.
#include <algorithm>

#include "api/pages/form_pages.h"
#include "api/pages/pages.h"
#include "api/present_forms.h"
#include "api/present_submissions.h"
#include "api/session_cookie.h"
#include "base/bytes.h"
#include "flow/file_report.h"
#include "model/typed_time.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

std::string submissions_path(const ReportId& report) { return report_path(report) + "/submissions"; }

std::string submission_path(const Submission& submission) {
  return submissions_path(submission.report) + "/" + submission.id.text();
}

std::string local_time(const Visit& visit, Instant at) { return tokyo_text(at, visit.language == Language::English); }

std::string channel_words(const Api& api, const Visit& visit, SubmissionChannel channel) {
  return api.text(visit, "page.channel." + std::string(submission_channel_text(channel)));
}

std::string person_name(const Visit& visit, const PersonId& id) {
  const auto found = visit.who().directory->persons.find(id);
  if (found == visit.who().directory->persons.end()) return "";
  return visit.language == Language::English ? found->second.name_en : found->second.name;
}

bool may_record(const Visit& visit, const ReportVersion& report) {
  return policy::permit<action::RecordSubmission>(visit.who().principal, {report.report, report.org}).ok();
}

// --- the fields of the two forms

void hidden(Html& html, Literal name, std::string value) {
  html.lone("input", {{"type", "hidden"}, {"name", std::string(name.text())}, {"value", std::move(value)}});
}

void draw_channel_field(Html& html, const Api& api, const Visit& visit, std::string_view id) {
  const std::string name(id);
  html.open("div", {{"class", "field"}});
  html.element("label", {{"class", "label"}, {"for", name}}, api.text(visit, "page.submit.channel"));
  html.open("select", {{"class", "select input-medium"}, {"id", name}, {"name", "channel"}});
  for (const std::string_view word : submission_channels())
    html.element("option", {{"value", std::string(word)}}, api.text(visit, "page.channel." + std::string(word)));
  html.close("select").close("div");
}

void draw_time_field(Html& html, const Api& api, const Visit& visit, const std::string& id, std::string_view label) {
  const std::string now = tokyo_text(api.platform().clock.now()).substr(0, std::string_view("2026-11-22 02:05").size());
  html.open("div", {{"class", "field"}});
  html.element("label", {{"class", "label"}, {"for", id}}, api.text(visit, label));
  html.lone("input", {{"class", "input input-medium"},
                      {"id", id},
                      {"name", "at"},
                      {"value", now},
                      {"required", ""},
                      {"autocomplete", "off"}});
  html.close("div");
}

void draw_addressee_field(Html& html, const Api& api, const Visit& visit, const forms::Offer& offer) {
  html.open("div", {{"class", "field"}});
  html.element("label", {{"class", "label"}, {"for", "addressee"}}, api.text(visit, "page.form.to"));
  html.open("select", {{"class", "select input-medium"}, {"id", "addressee"}, {"name", "addressee"}});
  for (const std::string& code : offer.addressees)
    html.element("option", {{"value", code}}, api.platform().rulebook->party(code).in(visit.language));
  html.close("select").close("div");
}

// --- the list

void draw_difference_row(Html& html, const Api& api, const Visit& visit, const forms::FieldDifference& difference) {
  const auto words = [&](const std::string& said) {
    return said.empty() ? api.text(visit, "page.submission.no_field") : said;
  };
  html.open("div").element("dt", difference.label).open("dd").open("p", {{"class", "prose"}});
  html.element("del", {{"class", "change"}}, words(difference.before)).close("p").open("p", {{"class", "prose"}});
  html.element("ins", {{"class", "change"}}, words(difference.after)).close("p").close("dd").close("div");
}

void draw_stale(Html& html, const Api& api, const Visit& visit, const flow::SubmissionStanding& standing) {
  if (!standing.newest) {
    html.element("p", {{"class", "notice notice-warn"}}, api.text(visit, "page.submission.form_gone"));
    return;
  }
  if (standing.superseded) html.element("p", {{"class", "soft"}}, api.text(visit, "page.submission.superseded"));
  if (!standing.needs_supplement()) return;
  html.open("div", {{"class", "notice notice-warn"}});
  html.element(
      "p", {{"class", "notice-title"}},
      api.text(visit, "page.submission.stale",
               {{"n", std::to_string(standing.stale.size())}, {"version", std::to_string(standing.newest_version)}}));
  html.open("dl", {{"class", "summary-list"}, {"lang", std::string(language_tag(standing.sent.language))}});
  for (const forms::FieldDifference& difference : standing.stale) draw_difference_row(html, api, visit, difference);
  html.close("dl").open("p");
  html.element("a", {{"class", "button"}, {"href", submission_path(standing.submission) + "/supplement"}},
               api.text(visit, "page.submission.supplement"))
      .close("p")
      .close("div");
}

void draw_receipts(Html& html, const Api& api, const Visit& visit, const Submission& submission) {
  if (submission.receipts.empty()) {
    html.element("p", {{"class", "soft"}}, api.text(visit, "page.submission.unconfirmed"));
    return;
  }
  html.open("ul");
  for (const SubmissionReceipt& receipt : submission.receipts) {
    html.element("li", api.text(visit, "page.submission.confirmed",
                                {{"time", local_time(visit, receipt.confirmed_at)},
                                 {"who", receipt.who},
                                 {"channel", channel_words(api, visit, receipt.channel)},
                                 {"by", person_name(visit, receipt.recorded_by)}}));
  }
  html.close("ul");
}

void draw_receipt_form(Html& html, const Api& api, const Visit& visit, const Submission& submission) {
  const std::string id = submission.id.text();
  html.open("details", {{"class", "disclosure"}}).element("summary", api.text(visit, "page.submission.confirm"));
  open_form(html, api, visit, submission_path(submission) + "/receipts");
  draw_key(html, api);
  html.open("div", {{"class", "field"}});
  html.element("label", {{"class", "label"}, {"for", "who-" + id}}, api.text(visit, "page.submission.who"));
  html.lone("input", {{"class", "input input-medium"},
                      {"id", "who-" + id},
                      {"name", "who"},
                      {"required", ""},
                      {"maxlength", "60"},
                      {"autocomplete", "off"}});
  html.close("div");
  draw_channel_field(html, api, visit, "channel-" + id);
  draw_time_field(html, api, visit, "at-" + id, "page.submission.confirmed_at");
  html.open("div", {{"class", "form-actions"}})
      .element("button", {{"class", "button"}}, api.text(visit, "page.submission.confirm.do"))
      .close("div")
      .close("form")
      .close("details");
}

void draw_submission(Html& html, const Api& api, const Visit& visit, const flow::SubmissionStanding& standing,
                     bool may) {
  const Submission& submission = standing.submission;
  html.open("section", {{"class", "card"}, {"id", "submission-" + submission.id.text()}});
  html.open("div", {{"class", "card-head"}}).open("h2");
  html.element("a",
               {{"href", submission_path(submission)}, {"lang", std::string(language_tag(standing.sent.language))}},
               standing.sent.title)
      .close("h2");
  html.element("span", {{"class", submission.receipts.empty() ? "badge badge-info" : "badge badge-good"}},
               api.text(visit, submission.receipts.empty() ? "page.submission.sent" : "page.submission.received"))
      .close("div");
  html.open("p", {{"class", "meta"}}).element("span", standing.sent.duty_title + " " + standing.sent.stage_title);
  html.element("span", api.text(visit, "page.form.version.n", {{"n", std::to_string(submission.report_version)}}))
      .close("p");
  html.element("p", api.text(visit, "page.submission.how",
                             {{"time", local_time(visit, submission.sent_at)},
                              {"to", api.platform().rulebook->party(submission.addressee).in(visit.language)},
                              {"channel", channel_words(api, visit, submission.channel)},
                              {"by", person_name(visit, submission.recorded_by)}}));
  if (standing.verdict == rules::Verdict::DoesNot)
    html.element("p", {{"class", "notice"}}, api.text(visit, "page.submission.no_longer"));
  draw_stale(html, api, visit, standing);
  draw_receipts(html, api, visit, submission);
  if (may) draw_receipt_form(html, api, visit, submission);
  html.close("section");
}

Frame submission_frame(const std::string& title, std::string marking) {
  return {.title = title, .width = Width::Narrow, .script = Script::No, .marking = std::move(marking)};
}

// One form of a submission as a page, with what leads back.
HttpResponse sent_page(const Api& api, const Visit& visit, const flow::SubmissionStanding& standing,
                       const forms::FilledForm& form, std::string_view note) {
  Html html;
  html.element("p", {{"class", "notice"}},
               api.text(visit, note,
                        {{"time", local_time(visit, standing.submission.sent_at)},
                         {"digest", to_hex(standing.submission.digest)}}));
  draw_filled_form(html, api, visit, form);
  html.open("p", {{"class", "actions no-print"}});
  html.element("a", {{"class", "button"}, {"href", submissions_path(standing.submission.report)}},
               api.text(visit, "page.submissions.title"));
  draw_pdf_link(html, api, visit);
  html.close("p");
  return page(api, visit, submission_frame(form.title + " " + form.report_number, form_marking(api, visit, form)),
              html);
}

Result<Instant> typed_time(const Api& api, const Visit& visit) {
  return understand_time(form_value(visit.request.body, "at").value_or(""), api.platform().clock.now());
}

Result<SubmissionChannel> typed_channel(const Visit& visit) {
  return parse_submission_channel(form_value(visit.request.body, "channel").value_or(""));
}

Result<flow::SubmissionAct> typed_submission(const Api& api, const Visit& visit) {
  const auto typed = [&](std::string_view name) { return form_value(visit.request.body, name).value_or(""); };
  flow::SubmissionAct act;
  act.wish = {typed("form"), typed("duty"), typed("stage")};
  const auto digest = from_hex(typed("digest"));
  if (digest.ok() && digest->size() == act.seen.size()) std::ranges::copy(*digest, act.seen.begin());
  act.addressee = typed("addressee");
  TRY(act.channel, typed_channel(visit));
  TRY(act.sent_at, typed_time(api, visit));
  return act;
}

}  // namespace

void draw_submit_form(Html& html, const Api& api, const Visit& visit, const ReportVersion& report,
                      const flow::ReportForm& form) {
  if (!may_record(visit, report)) return;
  html.open("section", {{"class", "card no-print"}}).element("h2", api.text(visit, "page.submit.title"));
  html.element("p", {{"class", "hint"}}, api.text(visit, "page.submit.lead"));
  open_form(html, api, visit, submissions_path(report.report));
  draw_key(html, api);
  hidden(html, "form", form.offer.form->id);
  hidden(html, "duty", form.offer.occasion.duty);
  hidden(html, "stage", form.offer.occasion.stage);
  hidden(html, "version", std::to_string(report.version));
  hidden(html, "digest", to_hex(forms::filled_form_digest(form.filled)));
  draw_addressee_field(html, api, visit, form.offer);
  draw_channel_field(html, api, visit, "channel");
  draw_time_field(html, api, visit, "at", "page.submit.at");
  html.open("div", {{"class", "form-actions"}})
      .element("button", {{"class", "button button-primary"}}, api.text(visit, "page.submit.do"))
      .close("div")
      .close("form")
      .close("section");
}

Result<HttpResponse> page_report_submissions(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto submissions, flow::submissions_of_report(api.platform(), visit.who(), newest));
  Html html;
  html.open("p", {{"class", "page-number"}})
      .element("a", {{"href", report_path(newest.report)}}, newest.number.text())
      .close("p");
  const std::string title = api.text(visit, "page.submissions.title");
  html.element("h1", title).element("p", {{"class", "lead"}}, api.text(visit, "page.submissions.lead"));
  if (submissions.empty()) html.element("p", {{"class", "empty"}}, api.text(visit, "page.submissions.none"));
  const bool may = may_record(visit, newest);
  for (const flow::SubmissionStanding& standing : submissions) draw_submission(html, api, visit, standing, may);
  html.open("p", {{"class", "actions no-print"}});
  html.element("a", {{"class", "button"}, {"href", report_path(newest.report) + "/forms"}},
               api.text(visit, "page.forms.back"))
      .close("p");
  return page(api, visit, submission_frame(title + " " + newest.number.text(), {}), html);
}

Result<HttpResponse> page_report_submit(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const flow::SubmissionAct act, typed_submission(api, visit));
  TRY(const std::uint32_t version, version_number(form_value(visit.request.body, "version").value_or("")));
  TRY(const ReportVersion report, api.platform().store.report_version(visit.who().reach, newest.report, version));
  TRY_OK(flow::record_submission(api.platform(), visit.who(), report, act, typed_key(visit)));
  return see_other(submissions_path(newest.report));
}

Result<HttpResponse> page_report_submission(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, visit.value("submission")));
  return sent_page(api, visit, standing, standing.sent, "page.submission.frozen");
}

Result<HttpResponse> page_report_supplement(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, visit.value("submission")));
  TRY(const forms::FilledForm supplement, supplement_to(standing));
  return sent_page(api, visit, standing, supplement, "page.submission.supplement.note");
}

Result<HttpResponse> page_report_receipt(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, visit.value("submission")));
  flow::ReceiptAct act;
  act.submission = standing.submission.id;
  act.who = form_value(visit.request.body, "who").value_or("");
  TRY(act.channel, typed_channel(visit));
  TRY(act.confirmed_at, typed_time(api, visit));
  TRY_OK(flow::confirm_receipt(api.platform(), visit.who(), newest.report, act, typed_key(visit)));
  return see_other(submissions_path(newest.report));
}

}  // namespace hinomi::api
