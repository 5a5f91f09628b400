// Signing in through the OpenID provider, and which accounts there are bound to one's own.
#include "api/openid/journey.h"
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/present.h"
#include "api/rest.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "flow/openid.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kLongestCode = 4096;

// A page of ours that goes on by itself: unlike a redirect from another site it arrives with the session's cookie
// whatever its SameSite attribute says.
HttpResponse arrived_page(const Api& api, const Visit& visit, std::string_view to, std::string_view said) {
  Html html;
  html.element("h1", api.text(visit, said)).open("p");
  html.element("a", {{"class", "button button-primary"}, {"href", std::string(to)}}, api.text(visit, "page.openid.on"))
      .close("p");
  HttpResponse response = page(
      api, visit, {.title = api.text(visit, said), .width = Width::Narrow, .script = Script::No, .marking = {}}, html);
  response.headers.set("Refresh", "0; url=" + std::string(to));
  response.headers.add("Set-Cookie", ended_journey_cookie(visit.request));
  return response;
}

Result<HttpResponse> bind_account(const Api& api, const Visit& visit, const Sha256& session,
                                  const formats::ProviderIdentity& identity) {
  TRY(const store::Session live, flow::live_session(api.platform(), session));
  TRY(const flow::Caller caller, flow::caller_for(api.platform(), live.person, live.scopes));
  TRY_OK(flow::bind_provider(api.platform(), caller, identity));
  return arrived_page(api, visit, "/account", "page.openid.bound");
}

struct Departure {
  std::string url;
  std::string cookie;
};

// Binding changes how the account is signed in to, so it needs the same proof as any other factor.
Result<Departure> departure_to_bind(const Api& api, const Visit& visit, const flow::StepUpAnswer& shown) {
  OpenIdProvider* provider = api.parts().openid;
  if (provider == nullptr) return not_found();
  if (!uses_cookie(visit.request)) return invalid("openid.browser", "Binding begins in a browser that is signed in.");
  TRY([[maybe_unused]] const auto proof, flow::prove_presence_for<policy::action::ChangeFactors>(
                                             api.platform(), visit.who(), shown, {visit.who().principal.person}));
  const Journey journey = begin_journey(api, visit.who().session);
  TRY(std::string url, provider->authorisation_url(journey.trip));
  return Departure{std::move(url), journey_cookie(api, visit.request, journey)};
}

}  // namespace

Result<HttpResponse> page_openid(Api& api, const Visit& visit) {
  OpenIdProvider* provider = api.parts().openid;
  if (provider == nullptr) return not_found();
  const Journey journey = begin_journey(api, std::nullopt);
  TRY(const std::string url, provider->authorisation_url(journey.trip));
  HttpResponse response = see_other(url);
  response.headers.add("Set-Cookie", journey_cookie(api, visit.request, journey));
  return response;
}

Result<HttpResponse> page_openid_done(Api& api, const Visit& visit) {
  OpenIdProvider* provider = api.parts().openid;
  if (provider == nullptr) return not_found();
  TRY(const Journey journey, read_journey(api, visit.request, visit.request.parameter("state").value_or("")));
  const std::string code(visit.request.parameter("code").value_or(""));
  if (code.empty() || code.size() > kLongestCode)
    return forbidden("openid.refused", "The provider did not confirm who you are.");
  TRY(const formats::ProviderIdentity identity, provider->finish(journey.trip, code));
  if (journey.binds_for) return bind_account(api, visit, *journey.binds_for, identity);
  TRY(const flow::SignedIn signed_in, flow::sign_in_with_provider(api.platform(), identity));
  HttpResponse response = arrived_page(api, visit, "/", "page.openid.welcome");
  response.headers.add("Set-Cookie", session_cookie(visit.request, signed_in.secret));
  return response;
}

// The content-security policy lets a form lead nowhere else, so the way to the provider is a link.
Result<HttpResponse> page_account_identity(Api& api, const Visit& visit) {
  TRY(const Departure departure, departure_to_bind(api, visit, step_up_of_form(visit)));
  const std::string title = api.text(visit, "page.openid.bind");
  Html html;
  html.element("h1", title).element("p", api.text(visit, "page.openid.bind.lead")).open("p");
  html.element("a", {{"class", "button button-primary"}, {"href", departure.url}}, api.text(visit, "page.openid.on"));
  html.close("p");
  HttpResponse response =
      page(api, visit, {.title = title, .width = Width::Narrow, .script = Script::No, .marking = {}}, html);
  response.headers.add("Set-Cookie", departure.cookie);
  return response;
}

Result<HttpResponse> page_account_identity_remove(Api& api, const Visit& visit) {
  const auto id = ProviderBindingId::parse(form_value(visit.request.body, "id").value_or(""));
  if (!id.ok()) return not_found();
  TRY_OK(flow::unbind_provider(api.platform(), visit.who(), *id));
  return see_other("/account");
}

Status draw_provider_accounts(Html& html, const Api& api, const Visit& visit) {
  if (api.parts().openid == nullptr) return {};
  TRY(const auto bindings, flow::own_provider_bindings(api.platform(), visit.who()));
  html.open("section", {{"class", "card"}}).element("h2", api.parts().openid->name());
  html.element("p", {{"class", "soft"}}, api.text(visit, "page.openid.accounts"));
  for (const store::ProviderBinding& binding : bindings) {
    open_form(html, api, visit, "/account/identities/remove");
    html.lone("input", {{"type", "hidden"}, {"name", "id"}, {"value", binding.id.text()}});
    html.open("p").text(binding.subject + " ");
    html.element("button", {{"class", "button button-small"}}, api.text(visit, "page.openid.remove")).close("p");
    html.close("form");
  }
  open_form(html, api, visit, "/account/identities");
  TRY_OK(draw_step_up(html, api, visit, policy::action::ChangeFactors::purpose({visit.who().principal.person})));
  html.element("button", {{"class", "button"}}, api.text(visit, "page.openid.bind")).close("form").close("section");
  return {};
}

Result<HttpResponse> post_account_identity(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"step_up"}));
  TRY(const flow::StepUpAnswer shown, step_up_answer(visit, document->root()));
  TRY(const Departure departure, departure_to_bind(api, visit, shown));
  JsonWriter out;
  out.begin_object().member("url", departure.url).end_object();
  HttpResponse response = json_response(out.take());
  response.headers.add("Set-Cookie", departure.cookie);
  return response;
}

Result<HttpResponse> get_account_identities(Api& api, const Visit& visit) {
  TRY(const auto bindings, flow::own_provider_bindings(api.platform(), visit.who()));
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const store::ProviderBinding& binding : bindings) {
    out.begin_object().member("id", binding.id.text()).member("issuer", binding.issuer);
    out.member("subject", binding.subject).member("bound_at", to_rfc3339(binding.bound_at)).end_object();
  }
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> delete_account_identity(Api& api, const Visit& visit) {
  const auto id = ProviderBindingId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  TRY_OK(flow::unbind_provider(api.platform(), visit.who(), *id));
  HttpResponse response;
  response.status = 204;
  return response;
}

}  // namespace hinomi::api
