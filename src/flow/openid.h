// Signing in with an account at the organisation's OpenID provider. The provider says who somebody is there; whether
// that is a person here was decided by that person, signed in by other means, when binding it.
#pragma once

#include <vector>

#include "flow/session.h"
#include "formats/id_token.h"

namespace hinomi::flow {

// Forbidden "openid.unknown" when the identity is bound to no active person.
Result<SignedIn> sign_in_with_provider(const Platform& platform, const formats::ProviderIdentity& identity);

// The caller's from now on. Errors of store::OpenIdStore::bind_provider.
Status bind_provider(const Platform& platform, const Caller& caller, const formats::ProviderIdentity& identity);
Result<std::vector<store::ProviderBinding>> own_provider_bindings(const Platform& platform, const Caller& caller);
// NotFound for one that is not the caller's. Sessions opened with it stay; they are ended on the account page.
Status unbind_provider(const Platform& platform, const Caller& caller, const ProviderBindingId& binding);

}  // namespace hinomi::flow
