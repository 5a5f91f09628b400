#include "flow/openid.h"

namespace hinomi::flow {

using policy::permit;
using policy::action::ManageAccount;

Result<SignedIn> sign_in_with_provider(const Platform& platform, const formats::ProviderIdentity& identity) {
  const Error unknown = forbidden("openid.unknown", "This account at the provider is bound to nobody here.");
  const auto binding = platform.store.provider_binding(identity.issuer, identity.subject);
  if (!binding.ok()) return binding.error().kind == ErrorKind::NotFound ? unknown : binding.error();
  auto signed_in = open_browser_session(platform, binding->person);
  if (!signed_in.ok()) return signed_in.error().kind == ErrorKind::NotFound ? unknown : signed_in.error();
  platform.log.info("signed_in", {{"person", binding->person.text()}, {"method", "openid"}});
  return signed_in;
}

Status bind_provider(const Platform& platform, const Caller& caller, const formats::ProviderIdentity& identity) {
  TRY(const auto permitted, permit<ManageAccount>(caller.principal, {caller.principal.person}));
  return platform.store.bind_provider(permitted, {ProviderBindingId::random(platform.random), caller.principal.person,
                                                  identity.issuer, identity.subject, platform.clock.now()});
}

Result<std::vector<store::ProviderBinding>> own_provider_bindings(const Platform& platform, const Caller& caller) {
  TRY(const auto permitted, permit<ManageAccount>(caller.principal, {caller.principal.person}));
  return platform.store.provider_bindings_of(permitted.subject().person);
}

Status unbind_provider(const Platform& platform, const Caller& caller, const ProviderBindingId& binding) {
  TRY(const auto permitted, permit<ManageAccount>(caller.principal, {caller.principal.person}));
  return platform.store.unbind_provider(permitted, binding);
}

}  // namespace hinomi::flow
