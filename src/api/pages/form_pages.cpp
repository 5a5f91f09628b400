#include "api/pages/form_pages.h"

#include <algorithm>

#include "api/pages/pages.h"
#include "api/present_forms.h"
#include "base/text.h"

namespace hinomi::api {
namespace {

std::string joined(const Api& api, Language language, const std::vector<std::string>& words) {
  const std::string between = api.catalogue().text(language, "page.list");
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

std::string addressee_names(const Api& api, const Visit& visit, const forms::Offer& offer) {
  std::vector<std::string> names;
  for (const std::string& code : offer.addressees)
    names.push_back(api.platform().rulebook->party(code).in(visit.language));
  return joined(api, visit.language, names);
}

// --- the list

// Borrowed: what a list of forms is drawn from.
struct Listing {
  const ReportVersion& report;
  const flow::FormsOfReport& asked;
  const std::vector<flow::SubmissionStanding>& submissions;
};

// 提出済み only by what was handed in for this very stage of this very duty.
void draw_handed_in(Html& html, const Api& api, const Visit& visit, const Listing& listing, const forms::Offer& offer) {
  const auto parties = flow::handed_in_to(listing.submissions, offer.occasion);
  if (parties.empty()) return;
  const bool all = flow::is_handed_in(listing.submissions, offer);
  html.element("span", {{"class", all ? "badge badge-good" : "badge badge-info"}},
               api.text(visit, all ? "page.forms.handed_in" : "page.forms.handed_in.partly"));
}

void draw_offer_row(Html& html, const Api& api, const Visit& visit, const Listing& listing,
                    const flow::ReportForm& form) {
  const forms::Offer& offer = form.offer;
  const std::size_t missing = forms::missing_fields(form.filled).size();
  html.open("li").open("div", {{"class", "row-head"}});
  html.element("a", {{"class", "row-link"}, {"href", form_path(listing.report.report, offer)}},
               offer.form->title.in(visit.language));
  draw_handed_in(html, api, visit, listing, offer);
  if (missing > 0) {
    html.element("span", {{"class", "badge badge-warn"}},
                 api.text(visit, "page.forms.missing.count", {{"n", std::to_string(missing)}}));
  }
  if (offer.accepted) html.element("span", {{"class", "badge"}}, api.text(visit, "page.forms.accepted"));
  html.close("div")
      .open("p", {{"class", "meta"}})
      .element("span", {{"lang", std::string(language_tag(form.filled.language))}}, form.filled.stage_title);
  html.element("span", api.text(visit, "page.forms.to", {{"to", addressee_names(api, visit, offer)}}));
  if (offer.due)
    html.element("span", api.text(visit, "page.clock.until",
                                  {{"time", tokyo_text(*offer.due, visit.language == Language::English)}}));
  if (!form.filled.layout_verified) html.element("span", api.text(visit, "page.forms.unverified"));
  html.close("p").close("li");
}

void draw_duty(Html& html, const Api& api, const Visit& visit, const Listing& listing,
               const rules::DutyAssessment& duty) {
  html.open("section", {{"class", "card"}}).open("div", {{"class", "card-head"}});
  html.element("h2", duty.duty->title.in(visit.language));
  html.element("span", {{"class", duty.verdict == rules::Verdict::Fires ? "badge badge-warn" : "badge badge-info"}},
               api.text(visit, "page.verdict." + std::string(rules::verdict_text(duty.verdict))))
      .close("div");
  html.open("ul", {{"class", "rows"}});
  for (const forms::Offer& offer : listing.asked.offers) {
    if (offer.occasion.duty != duty.id) continue;
    auto filled = flow::fill_offer(api.platform(), visit.who(), listing.report, listing.asked, offer);
    draw_offer_row(html, api, visit, listing, {offer, std::move(filled)});
  }
  html.close("ul").open("details", {{"class", "disclosure"}}).element("summary", api.text(visit, "page.why"));
  html.element("p", duty.summary.in(visit.language))
      .element("p", {{"class", "hint"}}, duty.duty->basis.in(visit.language))
      .close("details")
      .close("section");
}

// The duties of one verdict that have forms.
std::vector<const rules::DutyAssessment*> duties_of(const Listing& listing, rules::Verdict verdict) {
  std::vector<const rules::DutyAssessment*> duties;
  for (const rules::DutyAssessment& duty : listing.asked.assessment.duties) {
    const auto of_duty = [&](const forms::Offer& offer) { return offer.occasion.duty == duty.id; };
    if (duty.verdict == verdict && std::ranges::any_of(listing.asked.offers, of_duty)) duties.push_back(&duty);
  }
  return duties;
}

// Those that fire, then those that are still open, folded while there are others.
void draw_duties(Html& html, const Api& api, const Visit& visit, const Listing& listing) {
  const auto firing = duties_of(listing, rules::Verdict::Fires);
  const auto open = duties_of(listing, rules::Verdict::MayFire);
  for (const rules::DutyAssessment* duty : firing) draw_duty(html, api, visit, listing, *duty);
  if (open.empty()) return;
  html.open("details", {{"class", "disclosure"}, {"open", "", firing.empty()}});
  html.element("summary", api.text(visit, "page.forms.open", {{"n", std::to_string(open.size())}}));
  html.open("div", {{"class", "stack stack-loose"}});
  for (const rules::DutyAssessment* duty : open) draw_duty(html, api, visit, listing, *duty);
  html.close("div").close("details");
}

// --- one form

void draw_missing(Html& html, const Api& api, const Visit& visit, const forms::FilledForm& form) {
  const auto missing = forms::missing_fields(form);
  if (missing.empty()) return;
  html.open("div", {{"class", "notice notice-warn"}});
  html.element("p", {{"class", "notice-title"}},
               api.text(visit, "page.forms.missing", {{"n", std::to_string(missing.size())}}));
  html.open("ul", {{"lang", std::string(language_tag(form.language))}});
  for (const forms::FilledField* field : missing)
    html.open("li").element("a", {{"href", "#field-" + field->id}}, field->label).close("li");
  html.close("ul").close("div");
}

void draw_form_head(Html& html, const Api& api, const Visit& visit, const forms::FilledForm& form) {
  const auto name = [&](std::string_view key) { return api.text(visit, "page.form." + std::string(key)); };
  const auto row = [&](std::string_view key, const std::string& value) {
    html.open("div").element("dt", name(key));
    html.element("dd", {{"lang", std::string(language_tag(form.language))}}, value).close("div");
  };
  html.open("dl", {{"class", "summary-list"}});
  row("to", joined(api, form.language, form.addressees));
  row("from", form.organisation);
  row("duty", form.duty_title);
  row("stage", form.stage_title);
  row("number", form.report_number);
  row("version",
      api.catalogue().text(form.language, "page.form.version.n", {{"n", std::to_string(form.report_version)}}));
  row("layout", form.form + " " + form.form_version);
  html.close("dl");
}

void draw_field(Html& html, const Api& api, const Visit& visit, const forms::FilledField& field) {
  html.open("div", {{"id", "field-" + field.id}}).open("dt").text(field.label);
  if (field.required) html.element("span", {{"class", "required"}}, api.text(visit, "page.form.required"));
  html.close("dt");
  if (!field.before) {
    html.element("dd", {{"class", forms::is_unsaid(field) ? "unanswered" : "prose"}}, forms::field_text(field));
    html.close("div");
    return;
  }
  html.open("dd").element("span", {{"class", "badge badge-warn"}}, api.text(visit, "page.form.corrected"));
  html.open("p", {{"class", "prose"}});
  html.element("del", {{"class", "change"}},
               field.before->empty() ? api.text(visit, "page.form.absent") : *field.before)
      .close("p");
  html.open("p", {{"class", "prose"}}).element("ins", {{"class", "change"}}, forms::field_text(field)).close("p");
  html.close("dd").close("div");
}

// What this page shows, as a file.
std::string file_path(const Visit& visit, std::string_view kind) {
  const std::string& target = visit.request.target;
  const std::size_t path_end = std::min(target.find('?'), target.size());
  return "/api/v1" + target.substr(0, path_end) + "/" + std::string(kind) + target.substr(path_end);
}

void draw_file_links(Html& html, const Api& api, const Visit& visit) {
  draw_pdf_link(html, api, visit);
  html.element("a", {{"class", "button button-quiet"}, {"href", file_path(visit, "workbook")}},
               api.text(visit, "page.form.workbook"));
}

Frame form_frame(const Api& api, const Visit& visit, const forms::FilledForm& form) {
  return {.title = form.title + " " + form.report_number,
          .width = Width::Narrow,
          .script = Script::No,
          .marking = form_marking(api, visit, form)};
}

}  // namespace

std::string report_path(const ReportId& report) { return "/reports/" + report.text(); }

std::string form_path(const ReportId& report, const forms::Offer& offer) {
  return report_path(report) + "/forms/" + url_encoded(offer.form->id) + "?duty=" + url_encoded(offer.occasion.duty) +
         "&stage=" + url_encoded(offer.occasion.stage);
}

std::string form_marking(const Api& api, const Visit& visit, const forms::FilledForm& form) {
  return form.marking + "  " + form.report_number + "  " +
         api.text(visit, "page.form.version.n", {{"n", std::to_string(form.report_version)}});
}

void draw_filled_form(Html& html, const Api& api, const Visit& visit, const forms::FilledForm& form) {
  const std::string language(language_tag(form.language));
  html.element("p", {{"class", "page-number"}}, form.report_number);
  html.element("h1", {{"lang", language}}, form.title);
  html.open("p", {{"class", "row"}}).element("strong", form.marking);
  if (!form.layout_verified)
    html.element("span", {{"class", "badge badge-warn"}}, api.text(visit, "page.forms.unverified"));
  html.close("p");
  if (!form.layout_verified) html.element("p", {{"class", "hint"}}, api.text(visit, "page.form.unverified.why"));
  draw_missing(html, api, visit, form);
  draw_form_head(html, api, visit, form);
  html.open("div", {{"lang", language}, {"class", "stack stack-loose"}});
  for (const forms::FilledSection& section : form.sections) {
    html.open("section").element("h2", section.title).open("dl", {{"class", "summary-list"}});
    for (const forms::FilledField& field : section.fields) draw_field(html, api, visit, field);
    html.close("dl").close("section");
  }
  html.close("div");
}

void draw_pdf_link(Html& html, const Api& api, const Visit& visit) {
  html.element("a", {{"class", "button button-quiet"}, {"href", file_path(visit, "pdf")}},
               api.text(visit, "page.form.pdf"));
}

void draw_submissions_note(Html& html, const Api& api, const Visit& visit, const ReportId& report,
                           const std::vector<flow::SubmissionStanding>& submissions) {
  if (submissions.empty()) return;
  const auto stale = std::ranges::count_if(submissions, &flow::SubmissionStanding::needs_supplement);
  html.open("p", {{"class", stale > 0 ? "notice notice-warn" : "notice"}});
  html.text(stale > 0 ? api.text(visit, "page.submissions.stale", {{"n", std::to_string(stale)}})
                      : api.text(visit, "page.submissions.count", {{"n", std::to_string(submissions.size())}}));
  html.text(" ")
      .element("a", {{"href", report_path(report) + "/submissions"}}, api.text(visit, "page.submissions.title"))
      .close("p");
}

Result<HttpResponse> page_report_forms(Api& api, const Visit& visit) {
  TRY(const ReportVersion report,
      flow::find_report_version(api.platform(), visit.who(), visit.value("id"), std::nullopt));
  TRY(const flow::FormsOfReport asked, flow::forms_of_report(api.platform(), visit.who(), report));
  TRY(const auto submissions, flow::submissions_of_report(api.platform(), visit.who(), report));
  Html html;
  html.open("p", {{"class", "page-number"}})
      .element("a", {{"href", report_path(report.report)}}, report.number.text())
      .close("p");
  const std::string title = api.text(visit, "page.forms.title");
  html.element("h1", title).element("p", {{"class", "lead"}}, api.text(visit, "page.forms.lead"));
  draw_submissions_note(html, api, visit, report.report, submissions);
  if (asked.offers.empty()) html.element("p", {{"class", "empty"}}, api.text(visit, "page.forms.none"));
  draw_duties(html, api, visit, {report, asked, submissions});
  html.open("p", {{"class", "actions"}})
      .element("a", {{"class", "button button-quiet"}, {"href", "/forms/read"}}, api.text(visit, "page.reading.link"))
      .close("p");
  return page(
      api, visit,
      {.title = title + " " + report.number.text(), .width = Width::Narrow, .script = Script::No, .marking = {}}, html);
}

Result<HttpResponse> page_report_form(Api& api, const Visit& visit) {
  TRY(const auto version, version_asked(visit));
  TRY(const ReportVersion report, flow::find_report_version(api.platform(), visit.who(), visit.value("id"), version));
  TRY(const flow::ReportForm form, flow::fill_form(api.platform(), visit.who(), report, form_wish(visit)));
  Html html;
  if (version) {
    html.open("p", {{"class", "notice no-print"}})
        .text(api.text(visit, "page.form.old", {{"n", std::to_string(report.version)}}) + " ");
    html.element("a", {{"href", form_path(report.report, form.offer)}}, api.text(visit, "page.form.newest")).close("p");
  }
  draw_filled_form(html, api, visit, form.filled);
  draw_submit_form(html, api, visit, report, form);
  html.open("p", {{"class", "actions no-print"}});
  html.element("a", {{"class", "button"}, {"href", report_path(report.report) + "/forms"}},
               api.text(visit, "page.forms.back"));
  draw_file_links(html, api, visit);
  html.element("a", {{"class", "button button-quiet"}, {"href", "/api/v1" + visit.request.target}}, "JSON").close("p");
  return page(api, visit, form_frame(api, visit, form.filled), html);
}

}  // namespace hinomi::api
