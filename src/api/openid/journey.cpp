#include "api/openid/journey.h"

#include <algorithm>

#include "api/session_cookie.h"
#include "base/json.h"

namespace hinomi::api {
namespace {

constexpr std::chrono::minutes kLongest{10};
constexpr std::string_view kContext = "hinomi.openid.v1";

std::string cookie_name(const HttpRequest& request) { return request.tls ? "__Host-hinomi_openid" : "hinomi_openid"; }

RecordKey journey_key(const Api& api) {
  return RecordKey(hmac_sha256(api.parts().cookie_key.expose(), as_bytes(kContext)));
}

std::string cookie(const HttpRequest& request, const std::string& value, std::chrono::seconds lives) {
  return cookie_name(request) + "=" + value +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(lives.count()) + (request.tls ? "; Secure" : "");
}

std::string drawn(const Api& api) {
  Bytes bytes(32);
  api.platform().random.fill(bytes);
  return to_base64url(bytes);
}

Result<Journey> read_plain(std::string_view plain, Instant now) {
  TRY(const auto document, parse_json(plain));
  const JsonView root = document->root();
  const auto text = [&](std::string_view name) { return std::string(root.string_at(name).value_or("")); };
  if (root.integer_at("until").value_or(0) < now.time_since_epoch().count()) return not_found();
  Journey journey{{text("state"), text("nonce"), text("verifier")}, std::nullopt};
  if (!root.find("binds_for")) return journey;
  TRY(const Bytes hash, from_hex(text("binds_for")));
  if (hash.size() != Sha256().size()) return not_found();
  std::ranges::copy(hash, journey.binds_for.emplace().begin());
  return journey;
}

}  // namespace

Journey begin_journey(const Api& api, std::optional<Sha256> binds_for) {
  return {{drawn(api), drawn(api), drawn(api)}, binds_for};
}

std::string journey_cookie(const Api& api, const HttpRequest& request, const Journey& journey) {
  const Instant until = api.platform().clock.now() + kLongest;
  JsonWriter out;
  out.begin_object().member("state", journey.trip.state).member("nonce", journey.trip.nonce);
  out.member("verifier", journey.trip.verifier).member("until", until.time_since_epoch().count());
  if (journey.binds_for) out.member("binds_for", to_hex(*journey.binds_for));
  const Bytes sealed = seal(journey_key(api), kContext, as_bytes(out.end_object().text()), api.platform().random);
  return cookie(request, to_base64url(sealed), kLongest);
}

std::string ended_journey_cookie(const HttpRequest& request) { return cookie(request, "", std::chrono::seconds{0}); }

Result<Journey> read_journey(const Api& api, const HttpRequest& request, std::string_view state) {
  const Error refused = forbidden("openid.refused", "This return does not belong to a sign-in begun in this browser.");
  const auto value = cookie_value(request, cookie_name(request));
  if (!value || value->size() > 1000) return refused;
  const auto sealed = from_base64url(*value);
  if (!sealed.ok()) return refused;
  const auto plain = open_sealed(journey_key(api), kContext, *sealed);
  if (!plain.ok()) return refused;
  const auto journey = read_plain(as_text(*plain), api.platform().clock.now());
  if (!journey.ok() || !equal_in_constant_time(as_bytes(journey->trip.state), as_bytes(state))) return refused;
  return journey;
}

}  // namespace hinomi::api
