#include "app/serve.h"

#include <charconv>
#include <ostream>

#include "api/api.h"
#include "api/openid/provider.h"
#include "app/configuration.h"
#include "app/importer.h"
#include "app/stop_signal.h"
#include "app/workers.h"
#include "base/text.h"
#include "exchange/child_printer.h"
#include "flow/collect.h"
#include "flow/founding.h"
#include "net/http_server.h"
#include "policy/permit.h"

namespace hinomi::app {
namespace {

struct Address {
  std::string host;
  unsigned short port = 0;
};

Result<Address> parse_address(const std::string& text) {
  const Error malformed = invalid("serve.listen", "--listen is ADDRESS:PORT, for example 127.0.0.1:8080.", "--listen");
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return malformed;
  Address address{text.substr(0, colon), 0};
  const std::string digits = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc() || end != digits.data() + digits.size()) return malformed;
  return address;
}

bool is_loopback(const std::string& host) { return host == "127.0.0.1" || host == "::1" || host.starts_with("127."); }

Result<ServerOptions> server_options(const ServeOptions& options, const Configuration& configuration) {
  TRY(const Address address, parse_address(options.listen));
  ServerOptions server;
  server.address = address.host;
  server.port = address.port;
  server.worker_threads = kWorkerThreads;
  if (!options.certificate.empty()) {
    using ClientCertificates = TlsFiles::ClientCertificates;
    server.tls = TlsFiles{options.certificate, options.key,
                          configuration.client_certificates ? ClientCertificates::Ask : ClientCertificates::Ignore};
  }
  if (!server.tls && !is_loopback(address.host)) {
    return invalid("serve.tls", "Plain HTTP is for loopback only; give --certificate and --key to listen elsewhere.",
                   "--listen");
  }
  return server;
}

// The origin is scheme, host and port, nothing behind; passkeys belong to the host (WebAuthn §5.1.2).
Result<flow::RelyingParty> relying_party(const ServeOptions& options, unsigned short port) {
  const std::string scheme = options.certificate.empty() ? "http://" : "https://";
  const std::string url =
      options.public_url.empty() ? scheme + "localhost:" + std::to_string(port) : lower_ascii(options.public_url);
  const Error malformed =
      invalid("serve.public_url", "--public-url is https://HOST or https://HOST:PORT.", "--public-url");
  const bool is_secure = url.starts_with("https://");
  if (!is_secure && !url.starts_with("http://localhost")) return malformed;
  const std::string authority = url.substr(url.find("//") + 2);
  const std::string host = authority.substr(0, authority.find(':'));
  if (host.empty() || authority.find_first_of("/?#@") != std::string::npos) return malformed;
  return flow::RelyingParty{host, url};
}

// Nothing where the installation has no provider.
Result<std::unique_ptr<api::OpenIdProvider>> openid_provider(const Context& context,
                                                             const std::optional<OpenIdConfiguration>& configured) {
  if (!configured) return std::unique_ptr<api::OpenIdProvider>();
  ClientOptions client;
  client.addresses.also_allowed = configured->addresses;
  client.authority_file = configured->authorities;
  TRY(auto http, HttpClient::create(std::move(client)));
  return api::OpenIdProvider::create(configured->provider, std::move(http), context.machine.clock);
}

// Those that every installation has.
Status make_collections(const flow::Platform& platform) {
  TRY_OK(flow::make_releases_collection(platform));
  return flow::make_collected_collection(platform.store, policy::MachineRoom::local_operator());
}

}  // namespace

ExitCode run_serve(const Context& context, const ServeOptions& options) {
  StopSignal stop;
  const auto configuration = read_configuration(context.machine.files, options.config);
  if (!configuration.ok()) return fail(context, configuration.error()), ExitCode::WrongUse;
  auto server_setup = server_options(options, *configuration);
  if (!server_setup.ok()) return fail(context, server_setup.error()), ExitCode::WrongUse;
  const auto openid = openid_provider(context, configuration->openid);
  if (!openid.ok()) return fail(context, openid.error());
  auto installation = Installation::open(context.machine, options.data, options.cost);
  if (!installation.ok()) return fail(context, installation.error());
  const flow::Platform& platform = (*installation)->platform();
  const Status collections = make_collections(platform);
  if (!collections.ok()) return fail(context, collections.error());
  const api::Assets assets = embedded_assets();
  SandboxedImporter importer(platform);
  exchange::ChildPrinter printer;
  api::Api api({platform, context.catalogue, assets, importer, printer, std::string(embedded_api_description()),
                (*installation)->cookie_key(), openid->get()});
  const SteadyClock deadlines;
  auto server = HttpServer::create(*server_setup,
                                   {[&](const HttpRequest& request) { return api.begin(request); },
                                    [&](const RequestHead& head) { return api.body_limit(head); },
                                    [&](const Refusal& refusal) { return api.refuse(refusal); }},
                                   context.machine.log, deadlines);
  if (!server.ok()) return fail(context, server.error());
  const auto party = relying_party(options, (*server)->port());
  if (!party.ok()) return fail(context, party.error()), ExitCode::WrongUse;
  (*installation)->set_relying_party(*party);
  (*installation)->set_unnamed_door(configuration->unnamed);
  Workers workers(platform, configuration->retention);
  (*server)->start();
  context.machine.log.info("listening", {{"address", options.listen}, {"port", std::to_string((*server)->port())}});
  if (!options.ready_file.empty()) {
    const Status written = context.machine.files.replace(options.ready_file, std::to_string((*server)->port()));
    if (!written.ok()) return fail(context, written.error());
  }
  const int signal = stop.wait();
  context.machine.log.info("stopping", {{"signal", std::to_string(signal)}});
  api.close_streams();
  (*server)->stop();
  workers.stop();
  return ExitCode::Done;
}

}  // namespace hinomi::app
