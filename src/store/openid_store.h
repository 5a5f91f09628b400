// Which person an identity at an OpenID provider is. Bound by the pair of issuer and subject alone; a mail address or a
// name that a provider tells never names a person (MISP CVE-2026-9084 shows why). Same promises as store.h.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "policy/permit.h"

namespace hinomi::store {

struct ProviderBinding {
  ProviderBindingId id;
  PersonId person;
  std::string issuer;
  std::string subject;
  Instant bound_at;
};

class OpenIdStore {
 public:
  virtual ~OpenIdStore() = default;
  // For the permit's person. Conflict "openid.bound" when the identity is somebody's already, Conflict
  // "openid.too_many" above eight of one person.
  virtual Status bind_provider(const policy::Permit<policy::action::ManageAccount>& permit,
                               const ProviderBinding& binding) = 0;
  // NotFound when the identity is nobody's.
  virtual Result<ProviderBinding> provider_binding(std::string_view issuer, std::string_view subject) = 0;
  virtual Result<std::vector<ProviderBinding>> provider_bindings_of(const PersonId& person) = 0;  // oldest first
  // NotFound when it is not the permit's person's.
  virtual Status unbind_provider(const policy::Permit<policy::action::ManageAccount>& permit,
                                 const ProviderBindingId& binding) = 0;
};

}  // namespace hinomi::store
