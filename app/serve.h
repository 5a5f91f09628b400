// `hinomi serve`: the server over one data directory until SIGTERM or SIGINT.
#pragma once

#include <functional>
#include <string>

#include "app/context.h"

namespace hinomi::app {

inline constexpr unsigned kWorkerThreads = 76;  // sign-in may hold eight of them (flow/password_hasher.h)

struct ServeOptions {
  std::string data;
  std::string listen = "127.0.0.1:8080";  // ADDR:PORT; port 0 takes any free port
  std::string certificate;                // PEM; needed off loopback
  std::string key;
  std::string public_url;  // https://isac.example, as browsers see it: passkeys belong to it; empty: localhost
  HashCost cost = HashCost::Interactive;
  std::string config;      // TOML (app/configuration.h); empty for none
  std::string ready_file;  // written with the port once the server listens (for tests and the demo)
};

ExitCode run_serve(const Context& context, const ServeOptions& options);

}  // namespace hinomi::app
