#include "api/pages/recipient_pages.h"

#include <algorithm>
#include <charconv>

#include "api/pages/form_pages.h"
#include "api/pages/pages.h"
#include "api/pages/report_form.h"
#include "api/present.h"
#include "api/present_recipients.h"
#include "api/session_cookie.h"
#include "base/text.h"

namespace hinomi::api {
namespace {

// What is looked at: a recipient of a report, and which of its forms where there are several.
struct Look {
  const flow::ReportRecipients& recipients;
  const flow::Recipient& recipient;
  bool is_filed = false;
  std::size_t form = 0;
};

std::string what_text(const Api& api, const Visit& visit, const flow::Recipient& recipient) {
  return api.text(visit, "page.recipient.what." + std::string(flow::recipient_kind_text(recipient.kind)),
                  {{"n", std::to_string(recipient.offers.size())}});
}

void draw_way(Html& html, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
              const flow::Recipient& recipient, LookBy look) {
  const std::string words = api.text(visit, "page.recipient.look");
  const std::string label = recipient_name(api, visit, recipients, recipient) + ": " + words;
  if (look == LookBy::Link) {
    const std::string path = report_path(recipients.report.report) + "/recipients/" + url_encoded(recipient.code);
    html.element("a", {{"class", "row-end"}, {"href", path}, {"aria-label", label}}, words);
    return;
  }
  html.element("button",
               {{"class", "button button-small row-end"},
                {"name", "recipient"},
                {"value", recipient.code},
                {"aria-label", label}},
               words);
}

void draw_recipient(Html& html, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                    const flow::Recipient& recipient, LookBy look) {
  html.open("li").open("div", {{"class", "row-head"}});
  html.element("strong", recipient_name(api, visit, recipients, recipient));
  draw_way(html, api, visit, recipients, recipient, look);
  html.close("div").open("p", {{"class", "meta"}});
  html.element("span", what_text(api, visit, recipient));
  html.element("span", api.text(visit, "page.recipient.when." + std::string(flow::when_text(recipient.when))));
  if (recipient.kind == flow::RecipientKind::Readers) {
    html.element("span", api.text(visit, "page.recipient.people",
                                  {{"people", std::to_string(recipients.readers.people.size())}}));
  }
  html.close("p").close("li");
}

// A heading that says whose eyes these are, and that nothing has gone out by looking.
void draw_looking(Html& html, const Api& api, const Visit& visit, const Look& look) {
  html.open("div", {{"class", "notice no-print"}});
  html.element("p", {{"class", "notice-title"}},
               api.text(visit, "page.recipient.looking",
                        {{"name", recipient_name(api, visit, look.recipients, look.recipient)}}));
  html.element("p", api.text(visit, look.is_filed ? "page.recipient.looking.filed" : "page.recipient.looking.draft"));
  html.close("div");
}

void draw_agreed(Html& html, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients) {
  if (!recipients.agreed) return;
  html.element("p", {{"class", "notice"}}, api.text(visit, "page.recipient.members.agreed"));
  html.element("h2", recipients.agreed->title);
  draw_edition(html, api, visit, *recipients.agreed);
}

Status draw_members(Html& html, const Api& api, const Visit& visit, const Look& look) {
  TRY(const auto texts, flow::texts_for_members(api.platform(), visit.who(), look.recipients.report.report));
  html.element("h1", api.text(visit, "page.recipient.members"));
  html.element("p", {{"class", "lead"}},
               api.text(visit, texts.empty() ? "page.recipient.members.none" : "page.recipient.members.lead"));
  for (const flow::MemberText& text : texts) {
    html.open("section", {{"class", "card"}}).open("div", {{"class", "card-head"}});
    html.element("h2", text.edition.title)
        .element("span", {{"class", "badge"}},
                 api.text(visit, "page.review.state." + std::string(review_state_text(text.state))))
        .close("div");
    draw_edition(html, api, visit, text.edition);
    html.close("section");
  }
  draw_agreed(html, api, visit, look.recipients);
  return {};
}

forms::FilledForm filled(const Api& api, const Visit& visit, const Look& look, const forms::Offer& offer) {
  return flow::fill_offer(api.platform(), visit.who(), look.recipients.report, look.recipients.asked, offer);
}

// Each form by a link to its page; of a report that is not filed yet, by a button that shows it here.
void draw_forms(Html& html, const Api& api, const Visit& visit, const Look& look) {
  const std::vector<forms::Offer>& offers = look.recipient.offers;
  html.open("ul", {{"class", "rows"}});
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const forms::FilledForm form = filled(api, visit, look, offers[i]);
    html.open("li").open("div", {{"class", "row-head"}});
    if (look.is_filed) {
      html.element("a", {{"class", "row-link"}, {"href", form_path(look.recipients.report.report, offers[i])}},
                   form.title);
    } else {
      html.element("button",
                   {{"class", "button button-small"},
                    {"name", "show"},
                    {"value", std::to_string(i)},
                    {"aria-current", "true", i == look.form}},
                   form.title);
    }
    html.close("div").element("p", {{"class", "meta"}}, form.duty_title + " " + form.stage_title).close("li");
  }
  html.close("ul");
}

void draw_party(Html& html, const Api& api, const Visit& visit, const Look& look) {
  if (look.is_filed) html.element("h1", recipient_name(api, visit, look.recipients, look.recipient));
  if (look.is_filed || look.recipient.offers.size() > 1) draw_forms(html, api, visit, look);
  if (!look.is_filed) draw_filled_form(html, api, visit, filled(api, visit, look, look.recipient.offers.at(look.form)));
}

Status draw_view(Html& html, const Api& api, const Visit& visit, const Look& look) {
  switch (look.recipient.kind) {
    case flow::RecipientKind::Readers: draw_report(html, api, visit, look.recipients.report); break;
    case flow::RecipientKind::Party: draw_party(html, api, visit, look); break;
    case flow::RecipientKind::Members: return draw_members(html, api, visit, look);
  }
  return {};
}

Frame frame_of(const Api& api, const Visit& visit, const Look& look) {
  const ReportVersion& report = look.recipients.report;
  const std::string name = recipient_name(api, visit, look.recipients, look.recipient);
  return {.title = api.text(visit, "page.recipient.looking", {{"name", name}}),
          .width = Width::Narrow,
          .script = Script::No,
          .marking = std::string(tlp_text(report.victim_label.tlp)) + "  " + report.number.text()};
}

// The first where none of them is named.
std::size_t form_chosen(const Visit& visit, const flow::Recipient& recipient) {
  const std::string text = form_value(visit.request.body, "show").value_or("");
  std::size_t chosen = 0;
  std::from_chars(text.data(), text.data() + text.size(), chosen);
  return chosen < recipient.offers.size() ? chosen : 0;
}

void draw_delivery_cell(Html& html, const Api& api, const Visit& visit, const flow::DeliveryRow& row,
                        std::uint32_t version) {
  const auto found = row.deliveries.find(version);
  if (found == row.deliveries.end()) {
    html.element("td", {{"class", "soft"}}, api.text(visit, "page.delivery.none"));
    return;
  }
  const flow::Delivery& delivery = found->second;
  html.open("td").element("strong",
                          api.text(visit, "page.delivery." + std::string(flow::delivery_state_text(delivery.state))));
  if (delivery.at) html.text(" " + tokyo_text(*delivery.at, visit.language == Language::English));
  if (!delivery.who.empty()) html.text(" " + delivery.who);
  html.close("td");
}

// Recipients by versions, the newest first: how far each has come.
Status draw_deliveries(Html& html, const Api& api, const Visit& visit, const ReportVersion& newest) {
  TRY(const auto rows, flow::deliveries_of(api.platform(), visit.who(), newest));
  const std::string title = api.text(visit, "page.delivery.title");
  html.element("h2", title)
      .open("div", {{"class", "table-scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", title}})
      .open("table", {{"class", "table"}})
      .open("thead")
      .open("tr")
      .element("th", {{"scope", "col"}}, api.text(visit, "page.delivery.to"));
  for (std::uint32_t version = newest.version; version >= 1; --version)
    html.element("th", {{"scope", "col"}}, api.text(visit, "page.form.version.n", {{"n", std::to_string(version)}}));
  html.close("tr").close("thead").open("tbody");
  for (const flow::DeliveryRow& row : rows) {
    html.open("tr").open("th", {{"scope", "row"}}).text(delivery_name(api, visit, row));
    if (!row.what.empty()) html.element("p", {{"class", "hint"}}, row.what);
    html.close("th");
    for (std::uint32_t version = newest.version; version >= 1; --version)
      draw_delivery_cell(html, api, visit, row, version);
    html.close("tr");
  }
  html.close("tbody").close("table").close("div");
  html.element("p", {{"class", "hint"}}, api.text(visit, "page.delivery.hint"));
  return {};
}

void draw_number(Html& html, const ReportVersion& report) {
  html.open("p", {{"class", "page-number"}})
      .element("a", {{"href", report_path(report.report)}}, report.number.text())
      .close("p");
}

}  // namespace

void draw_recipients(Html& html, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                     LookBy look) {
  const auto is_open = [](const flow::Recipient& recipient) { return recipient.when == flow::When::WhenDutyApplies; };
  html.open("ul", {{"class", "rows"}});
  for (const flow::Recipient& recipient : recipients.all)
    if (!is_open(recipient)) draw_recipient(html, api, visit, recipients, recipient, look);
  html.close("ul");
  const auto open = std::ranges::count_if(recipients.all, is_open);
  if (open == 0) return;
  html.open("details", {{"class", "disclosure"}})
      .element("summary", api.text(visit, "page.recipients.open", {{"n", std::to_string(open)}}))
      .open("ul", {{"class", "rows"}});
  for (const flow::Recipient& recipient : recipients.all)
    if (is_open(recipient)) draw_recipient(html, api, visit, recipients, recipient, look);
  html.close("ul").close("details");
}

void draw_seen_by(Html& html, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                  std::string_view source) {
  const std::string names = seen_by_names(api, visit, recipients, source);
  if (names.empty()) return;
  html.element("p", {{"class", "hint"}}, api.text(visit, "page.seen_by", {{"names", names}}));
}

Result<HttpResponse> page_report_look(Api& api, const Visit& visit) {
  const TypedReport typed = read_typed_report(visit.request.body);
  UnderstoodReport understood = understand_report(typed, api.platform().clock.now());
  if (!understood.problems.empty()) return page_report_check(api, visit);
  TRY(const flow::RoutedReport routed,
      flow::check_report(api.platform(), visit.who(), std::move(understood.draft), visit.who().principal.org));
  const auto recipients = flow::recipients_of_draft(api.platform(), visit.who(), routed);
  const std::string code = form_value(visit.request.body, "recipient").value_or("");
  TRY(const flow::Recipient recipient, flow::find_recipient(recipients, code));
  const Look look{recipients, recipient, false, form_chosen(visit, recipient)};
  Html html;
  open_form(html, api, visit, "/report/look");
  carry_typed(html, typed);
  html.lone("input", {{"type", "hidden"}, {"name", "recipient"}, {"value", code}});
  draw_looking(html, api, visit, look);
  html.open("p", {{"class", "no-print"}})
      .element("button", {{"class", "button"}, {"formaction", "/report/check"}}, api.text(visit, "page.recipient.back"))
      .close("p");
  TRY_OK(draw_view(html, api, visit, look));
  html.close("form");
  return page(api, visit, frame_of(api, visit, look), html);
}

Result<HttpResponse> page_report_recipients(Api& api, const Visit& visit) {
  TRY(const auto recipients, flow::recipients_of_report(api.platform(), visit.who(), visit.value("id")));
  Html html;
  draw_number(html, recipients.report);
  const std::string title = api.text(visit, "page.recipients.title");
  html.element("h1", title).element("p", {{"class", "lead"}}, api.text(visit, "page.recipients.lead"));
  draw_recipients(html, api, visit, recipients, LookBy::Link);
  TRY_OK(draw_deliveries(html, api, visit, recipients.report));
  return page(api, visit,
              {.title = title + " " + recipients.report.number.text(),
               .width = Width::Narrow,
               .script = Script::No,
               .marking = {}},
              html);
}

Result<HttpResponse> page_report_recipient(Api& api, const Visit& visit) {
  TRY(const auto recipients, flow::recipients_of_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const flow::Recipient recipient, flow::find_recipient(recipients, visit.value("recipient")));
  const Look look{recipients, recipient, true, 0};
  Html html;
  draw_looking(html, api, visit, look);
  TRY_OK(draw_view(html, api, visit, look));
  html.open("p", {{"class", "actions no-print"}})
      .element("a", {{"class", "button"}, {"href", report_path(recipients.report.report) + "/recipients"}},
               api.text(visit, "page.recipient.all"))
      .close("p");
  return page(api, visit, frame_of(api, visit, look), html);
}

}  // namespace hinomi::api
