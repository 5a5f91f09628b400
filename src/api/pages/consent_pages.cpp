// On the page of a report: what its organisation agreed to, and how it changes its mind after publication.
#include <algorithm>
#include <charconv>

#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "flow/consent.h"
#include "flow/file_report.h"

namespace hinomi::api {
namespace {

std::string_view act_of(const flow::ConsentAbilities& abilities) {
  return abilities.take_back ? "taken_back" : "given";
}

Status draw_published(Html& html, const Api& api, const Visit& visit, const store::Review& review) {
  const flow::ConsentAbilities abilities = flow::consent_abilities(visit.who().principal, review);
  if (!abilities.take_back && !abilities.give_again) return {};
  html.open("section", {{"class", "card no-print"}}).element("h2", api.text(visit, "page.consent.title"));
  html.element("p", api.text(visit, abilities.take_back ? "page.consent.given" : "page.consent.taken_back"));
  if (abilities.take_back) html.element("p", {{"class", "hint"}}, api.text(visit, "page.consent.take_back.hint"));
  open_form(html, api, visit, "/reports/" + review.report.text() + "/consent");
  html.lone("input", {{"type", "hidden"}, {"name", "review"}, {"value", review.id.text()}});
  html.lone("input", {{"type", "hidden"}, {"name", "revision"}, {"value", std::to_string(review.revision)}});
  html.lone("input", {{"type", "hidden"}, {"name", "consent"}, {"value", std::string(act_of(abilities))}});
  TRY_OK(draw_step_up(html, api, visit,
                      policy::action::ConsentToRelease::purpose({review.id, review.reporter_org, review.revision})));
  html.element("button", {{"class", abilities.take_back ? "button button-danger" : "button"}},
               api.text(visit, abilities.take_back ? "page.consent.take_back" : "page.consent.give_again"));
  html.close("form").close("section");
  return {};
}

bool is_withdrawn(const std::vector<store::Review>& reviews, const store::Review& published) {
  return std::ranges::any_of(reviews, [&](const store::Review& review) {
    return review.purpose == store::ReviewPurpose::Withdrawal && review.state == store::ReviewState::Published &&
           review.release == published.release;
  });
}

Result<flow::ConsentAct> act_of_form(const Visit& visit) {
  const std::string& body = visit.request.body;
  flow::ConsentAct act;
  TRY(act.answer, flow::parse_consent_answer(form_value(body, "consent").value_or("")));
  const std::string revision = form_value(body, "revision").value_or("");
  const auto [end, error] = std::from_chars(revision.data(), revision.data() + revision.size(), act.revision);
  if (error != std::errc() || end != revision.data() + revision.size())
    return invalid("review.revision", "Say which revision you mean.", "revision");
  act.step_up = step_up_of_form(visit);
  return act;
}

}  // namespace

Status draw_consents(Html& html, const Api& api, const Visit& visit, const ReportVersion& report) {
  TRY(const auto reviews, api.platform().store.reviews_of(visit.who().reach, report.report));
  for (const store::Review& review : reviews) {
    if (!is_withdrawn(reviews, review)) TRY_OK(draw_published(html, api, visit, review));
  }
  return {};
}

Result<HttpResponse> page_report_consent(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  const auto id = ReviewId::parse(form_value(visit.request.body, "review").value_or(""));
  if (!id.ok()) return not_found();
  TRY(const store::Review review, api.platform().store.review(visit.who().reach, *id));
  if (review.report != report.report) return not_found();
  TRY(const flow::ConsentAct act, act_of_form(visit));
  TRY([[maybe_unused]] const store::Review answered,
      flow::answer_consent(api.platform(), visit.who(), *id, act, std::nullopt));
  return see_other("/reports/" + report.report.text());
}

}  // namespace hinomi::api
