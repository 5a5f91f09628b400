// 引き継ぎ as a page: the memo on screen and on paper, and the button that takes the watch over.
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/present.h"
#include "api/session_cookie.h"
#include "base/text.h"
#include "flow/handover.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

bool is_english(const Visit& visit) { return visit.language == Language::English; }

std::string person_name(const Visit& visit, const PersonId& id) {
  const auto person = visit.who().directory->persons.find(id);
  if (person == visit.who().directory->persons.end()) return "";
  return is_english(visit) ? person->second.name_en : person->second.name;
}

void draw_watch(Html& html, const Api& api, const Visit& visit, const flow::HandoverMemo& memo) {
  if (!memo.watch) {
    html.element("p", {{"class", "lead"}}, api.text(visit, "page.handover.nobody"));
    return;
  }
  html.element("p", {{"class", "lead"}},
               api.text(visit, "page.handover.watch",
                        {{"person", person_name(visit, memo.watch->taken_by)},
                         {"time", tokyo_text(memo.watch->taken_at, is_english(visit))}}));
}

// A heading with its rows, or the words that there are none.
template <class Row, class Draw>
void draw_part(Html& html, const Api& api, const Visit& visit, std::string_view name, const std::vector<Row>& rows,
               Draw draw) {
  const std::string key = "page.handover." + std::string(name);
  html.element("h2", api.text(visit, key, {{"n", std::to_string(rows.size())}}));
  if (rows.empty()) {
    html.element("p", {{"class", "empty"}}, api.text(visit, "page.handover.none"));
    return;
  }
  html.open("ul", {{"class", "rows"}});
  for (const Row& row : rows) {
    html.open("li");
    draw(row);
    html.close("li");
  }
  html.close("ul");
}

void draw_row(Html& html, const std::string& path, const std::string& title, const std::string& meta) {
  html.open("div", {{"class", "row-head"}})
      .element("a", {{"class", "row-link"}, {"href", path}}, title)
      .close("div")
      .element("p", {{"class", "meta"}}, meta);
}

std::string clock_text(const Api& api, const Visit& visit, const flow::RunningClock& row) {
  const rules::StageClock& clock = row.clock;
  std::string text = row.number.text() + " " + clock.title.in(visit.language) + " ";
  if (!clock.due.raw) return text + rules::term_text(clock).in(visit.language);
  text += api.text(visit, "page.clock.until", {{"time", tokyo_text(*clock.due.raw, is_english(visit))}});
  const std::string_view state = flow::urgency(clock, api.platform().clock.now());
  return text + " " + api.text(visit, "page.handover.urgency." + std::string(state));
}

void draw_forms(Html& html, const Api& api, const Visit& visit, std::string_view name,
                const std::vector<flow::PendingForm>& forms) {
  draw_part(html, api, visit, name, forms, [&](const flow::PendingForm& form) {
    const Submission& submission = form.standing.submission;
    draw_row(html, "/reports/" + submission.report.text() + "/submissions#submission-" + submission.id.text(),
             form.standing.sent.title,
             form.number.text() + " " + api.platform().rulebook->party(submission.addressee).in(visit.language) + " " +
                 tokyo_text(submission.sent_at, is_english(visit)));
  });
}

void draw_memo(Html& html, const Api& api, const Visit& visit, const flow::HandoverMemo& memo) {
  draw_part(html, api, visit, "clocks", memo.clocks, [&](const flow::RunningClock& clock) {
    draw_row(html, "/reports/" + clock.report.text(), clock.title.in(visit.language), clock_text(api, visit, clock));
  });
  draw_part(html, api, visit, "changed", memo.changed, [&](const ReportVersion& report) {
    draw_row(html, "/reports/" + report.report.text(), report_title(report.content),
             report.number.text() + " " +
                 api.text(visit, "page.version",
                          {{"n", std::to_string(report.version)},
                           {"time", tokyo_text(report.filed_at, is_english(visit))}}));
  });
  draw_forms(html, api, visit, "stale", memo.stale);
  draw_forms(html, api, visit, "unconfirmed", memo.unconfirmed);
  if (!policy::permit<policy::action::EditReview>(visit.who().principal, {}).ok()) return;
  draw_part(html, api, visit, "reviews", memo.reviews, [&](const store::Review& review) {
    draw_row(html, "/share/" + review.id.text() + "/review", review.edition.title, review.report_number.text());
  });
}

void draw_button(Html& html, const Api& api, const Visit& visit, const flow::HandoverMemo& memo) {
  const auto may = policy::permit<policy::action::TakeOver>(visit.who().principal, {memo.org});
  if (!may.ok()) return;
  open_form(html, api, visit, "/handover");
  html.lone("input", {{"type", "hidden"}, {"name", "digest"}, {"value", memo.digest}});
  html.lone("input", {{"type", "hidden"}, {"name", "key"}, {"value", uuid_text(random_uuid(api.platform().random))}});
  html.open("div", {{"class", "form-actions no-print"}})
      .element("button", {{"class", "button button-primary"}}, api.text(visit, "page.handover.take"))
      .close("div");
  html.close("form");
}

HttpResponse handover_page(const Api& api, const Visit& visit, const flow::HandoverMemo& memo, const Error* problem) {
  Html html;
  const std::string title = api.text(visit, "page.handover.title");
  html.element("h1", title);
  if (problem != nullptr) draw_problem(html, api, visit, *problem);
  draw_watch(html, api, visit, memo);
  draw_button(html, api, visit, memo);
  html.element(
      "p", {{"class", "soft"}},
      api.text(visit, "page.handover.at", {{"time", tokyo_text(api.platform().clock.now(), is_english(visit))}}));
  if (memo.is_partial) html.element("p", {{"class", "notice notice-warn"}}, api.text(visit, "page.handover.partial"));
  draw_memo(html, api, visit, memo);
  return page(api, visit, {.title = title, .width = Width::Narrow, .script = Script::No, .marking = {}}, html,
              problem == nullptr ? 200 : 409);
}

}  // namespace

Result<HttpResponse> page_handover(Api& api, const Visit& visit) {
  TRY(const flow::HandoverMemo memo, flow::handover_memo(api.platform(), visit.who()));
  return handover_page(api, visit, memo, nullptr);
}

Result<HttpResponse> page_handover_take(Api& api, const Visit& visit) {
  const std::string digest = form_value(visit.request.body, "digest").value_or("");
  const flow::RepeatKey repeat{form_value(visit.request.body, "key").value_or(""),
                               sha256("POST /handover\n" + visit.request.body)};
  const auto taken = flow::take_over(api.platform(), visit.who(), digest, repeat);
  if (taken.ok()) return see_other("/handover");
  if (taken.error().kind != ErrorKind::Conflict) return taken.error();
  TRY(const flow::HandoverMemo memo, flow::handover_memo(api.platform(), visit.who()));
  return handover_page(api, visit, memo, &taken.error());
}

}  // namespace hinomi::api
