// What a browser carries while it is away at the provider: a sealed cookie with the random parts of the trip, good for
// ten minutes. It is SameSite=Lax, because the way back is a navigation from another site.
#pragma once

#include <optional>
#include <string>

#include "api/api.h"
#include "api/openid/provider.h"

namespace hinomi::api {

struct Journey {
  ProviderTrip trip;
  std::optional<Sha256> binds_for;  // the session whose person wants the account bound; otherwise a sign-in
};

Journey begin_journey(const Api& api, std::optional<Sha256> binds_for);
// Set-Cookie values.
std::string journey_cookie(const Api& api, const HttpRequest& request, const Journey& journey);
std::string ended_journey_cookie(const HttpRequest& request);
// Forbidden "openid.refused" when the cookie is missing, old, not ours, or of another trip than `state` says.
Result<Journey> read_journey(const Api& api, const HttpRequest& request, std::string_view state);

}  // namespace hinomi::api
