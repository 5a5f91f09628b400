// Health, the portal's files and the event stream.
#include <array>

#include "api/present.h"
#include "api/session_cookie.h"
#include "api/stream.h"

namespace hinomi::api {
namespace {

Result<HttpResponse> get_live(Api&, const Visit&) { return json_response(R"({"status":"live"})"); }

// Ready: the store answers.
Result<HttpResponse> get_ready(Api& api, const Visit&) {
  TRY([[maybe_unused]] const auto settings, api.platform().store.settings());
  return json_response(R"({"status":"ready"})");
}

Result<HttpResponse> get_asset(Api& api, const Visit& visit) {
  const auto& files = api.parts().assets.files;
  const auto found = files.find(visit.value("rest"));
  if (found == files.end()) return not_found();
  HttpResponse response;
  response.headers.add("Content-Type", std::string(found->second.content_type));
  response.headers.add("Cache-Control", "public, max-age=31536000, immutable");  // names carry a hash
  response.shared_body = found->second.bytes;
  return response;
}

Result<HttpResponse> get_stream(Api& api, const Visit& visit) {
  HttpResponse response;
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "no-store");
  response.stream = api.streams().subscribe(visit.who(), std::nullopt);
  return response;
}

constexpr std::array kRoutes{
    Route{Method::Get, "/health/live", Access::Public, Format::Json, 0, get_live},
    Route{Method::Get, "/health/ready", Access::Public, Format::Json, 0, get_ready},
    Route{Method::Get, "/assets/{rest}", Access::Public, Format::Asset, 0, get_asset},
    Route{Method::Get, "/api/v1/stream", Access::SignedIn, Format::Stream, 0, get_stream},
};

}  // namespace

std::span<const Route> system_routes() { return kRoutes; }

}  // namespace hinomi::api
