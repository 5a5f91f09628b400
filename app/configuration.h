// The configuration file of `hinomi serve`: TOML, every key known, every message with its line. Values only; secrets
// are read from files of their own that it names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/openid/provider.h"
#include "app/context.h"
#include "base/files.h"
#include "flow/entrance.h"
#include "flow/retention.h"
#include "net/address_policy.h"

namespace hinomi::app {

struct OpenIdConfiguration {
  api::ProviderSettings provider;
  std::vector<Endpoint> addresses;  // where the provider may be reached although it is not public
  std::string authorities;          // PEM of the roots it is trusted by; empty: the system's
};

struct Configuration {
  bool client_certificates = false;  // machines may sign in with one; browsers would ask their users about it
  std::optional<OpenIdConfiguration> openid;
  flow::Retention retention;
  flow::UnnamedDoor unnamed;  // [unnamed]: accept, telephone, most_unanswered
};

// Invalid with file and line; Unavailable when a file cannot be read. An empty path is the empty configuration.
Result<Configuration> read_configuration(Files& files, const std::string& path);

}  // namespace hinomi::app
