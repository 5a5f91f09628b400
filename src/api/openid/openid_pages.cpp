// Signing in through the OpenID provider, and which accounts there are bound to one's own.
#include "api/openid/journey.h"
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/present.h"
#include "api/rest.h"
#include "api/session_cookie.h"
#include "flow/openid.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kLongestCode = 4096;

// A redirect from another site would arrive at our page without the session's cookie (SameSite=Strict). A page of ours
// that goes on by itself arrives with it.
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

}  // namespace

Result<HttpResponse> page_openid(Api& api, const Visit& visit) {
  OpenIdProvider* provider = api.parts().openid;
  if (provider == nullptr) return not_found();
  const bool binds = visit.request.parameter("bind").has_value();
  if (binds && (!visit.caller || !uses_cookie(visit.request)))
    return forbidden("signin.needed", "Sign in first: the session or token is missing, ended or unknown.");
  const Journey journey = begin_journey(api, binds ? std::optional(visit.who().session) : std::nullopt);
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
