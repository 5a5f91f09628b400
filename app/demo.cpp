#include "app/demo.h"

#include <charconv>
#include <filesystem>
#include <ostream>
#include <span>

#include "app/child_process.h"
#include "app/demo_sector.h"
#include "app/demo_story.h"
#include "app/embedded.h"
#include "app/stop_signal.h"
#include "base/json.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSeed = 20261205;
constexpr std::uint64_t kMaxCredentialBytes = 1 << 20;
constexpr std::chrono::seconds kStartPatience{60};
constexpr std::string_view kFeeds = "demo/feeds/";
// An invented number: nobody answers it.
constexpr std::string_view kConfiguration = "[unnamed]\naccept = true\ntelephone = \"03-0000-0000\"\n";

struct DemoPlaces {
  explicit DemoPlaces(const std::string& data)
      : data(data),
        marker(data + "/demo-sector"),
        credentials(data + "/demo-credentials.json"),
        folder(data + "/demo"),
        configuration(folder + "/serve.toml") {}
  std::string data;
  std::string marker;  // says that this directory is a demo's, and may be thrown away
  std::string credentials;
  std::string folder;
  std::string configuration;  // of its server
};

Status throw_away(const Context& context, const DemoPlaces& places) {
  if (!context.machine.files.exists(places.data)) return {};
  std::error_code error;
  if (fs::is_empty(places.data, error)) return {};
  if (!context.machine.files.exists(places.marker)) {
    return invalid("demo.not_a_demo", "--fresh empties only a directory that an earlier demo filled.", places.data);
  }
  fs::remove_all(places.data, error);
  if (error) return internal("The earlier demo cannot be removed: " + error.message());
  return {};
}

Status write_feeds(const Context& context, const DemoPlaces& places) {
  for (const EmbeddedFile& file : std::span(embedded_packs, embedded_packs_count)) {
    const std::string_view name = file.name;
    if (!name.starts_with(kFeeds) || name.ends_with(".md")) continue;
    const std::string path = places.folder + "/feeds/" + std::string(name.substr(kFeeds.size()));
    TRY_OK(context.machine.files.make_directories(path.substr(0, path.rfind('/'))));
    TRY_OK(context.machine.files.replace(path, file.bytes()));
  }
  return {};
}

// Everything random follows from the seed, so that tests and screenshots meet the same sector.
Status seed(const Context& context, const DemoPlaces& places) {
  SeededRandom seeded(kSeed);
  const Machine machine{context.machine.clock, seeded, context.machine.log, context.machine.files};
  TRY_OK(context.machine.files.make_directories(places.folder));
  TRY_OK(context.machine.files.replace(places.marker, "hinomi demo\n"));
  TRY(const auto installation, Installation::open(machine, places.data, HashCost::Interactive));
  TRY(const DemoSector sector, make_demo_sector(*installation, seeded));
  TRY_OK(write_feeds(context, places));
  TRY_OK(context.machine.files.replace(places.configuration, kConfiguration));
  TRY_OK(context.machine.files.replace(places.folder + "/issuer.pub",
                                       to_hex(installation->signing_key().public_key()) + "\n"));
  return context.machine.files.replace(places.credentials, demo_credentials_json(sector, ""));
}

Result<DemoSector> sector_of(const Context& context, const DemoPlaces& places, const DemoOptions& options) {
  if (options.fresh) TRY_OK(throw_away(context, places));
  if (!context.machine.files.exists(places.credentials)) {
    if (context.machine.files.exists(places.marker))
      TRY_OK(throw_away(context, places));  // an earlier seeding broke off
    TRY_OK(seed(context, places));
  }
  TRY(const std::string text, context.machine.files.read(places.credentials, kMaxCredentialBytes));
  return read_demo_credentials(text);
}

// The end of the log, where the server has said why it stopped.
std::string last_words(const Context& context, const std::string& log) {
  const auto text = context.machine.files.read(log, std::uint64_t{64} << 20);
  if (!text.ok()) return "";
  const std::string_view all = trimmed(*text);
  const std::string_view line = all.substr(all.rfind('\n') + 1);
  const auto said = parse_json(line);
  return std::string(said.ok() ? (*said)->root().string_at("detail").value_or(line) : line);
}

class DemoServer {
 public:
  static Result<DemoServer> start(const Context& context, const DemoPlaces& places, const DemoOptions& options,
                                  StopSignal& stop) {
    TRY(const std::string program, own_program());
    const std::string ready = places.folder + "/port";
    std::error_code ignored;
    fs::remove(ready, ignored);
    const std::string log = places.folder + "/server.log";
    TRY(RunningProgram running, RunningProgram::start({program, "serve", "--data", places.data, "--listen",
                                                       "127.0.0.1:" + std::to_string(options.port), "--config",
                                                       places.configuration, "--ready-file", ready, "--json"},
                                                      log));
    const auto last = std::chrono::steady_clock::now() + kStartPatience;
    while (!context.machine.files.exists(ready)) {
      if (!running.is_running())
        return unavailable("demo.server", "The server did not start: " + last_words(context, log));
      if (std::chrono::steady_clock::now() > last)
        return unavailable("demo.server", "The server was not ready within a minute; see " + log);
      if (stop.has_come(std::chrono::milliseconds(20))) return unavailable("demo.interrupted", "The demo was stopped.");
    }
    TRY(const std::string port, context.machine.files.read(ready, 16));
    return DemoServer(std::move(running), "http://localhost:" + port);
  }

  [[nodiscard]] const std::string& url() const { return url_; }
  bool is_running() { return running_.is_running(); }
  int stop() { return running_.stop(); }

 private:
  DemoServer(RunningProgram running, std::string url) : running_(std::move(running)), url_(std::move(url)) {}
  RunningProgram running_;
  std::string url_;
};

void welcome(const Context& context, const std::string& url) {
  if (!context.json) context.out << "\n" << context.text("cli.demo.welcome", {{"url", url}}) << "\n\n" << std::flush;
}

void show_accounts(const Context& context, const DemoSector& sector, const DemoPlaces& places, const std::string& url) {
  if (context.json) return;
  context.out << "\n" << context.text("cli.demo.accounts", {{"url", url}, {"file", places.credentials}}) << "\n";
  for (const DemoAccount& account : sector.accounts) {
    if (account.key != "member_a_soc" && account.key != "member_b_soc" && account.key != "analyst1") continue;
    context.out << "    " << account.login << "  " << account.password << "  " << account.org << " " << account.name
                << "\n";
  }
  context.out << context.text("cli.demo.stays") << "\n" << std::flush;
}

Status play(const Context& context, const DemoOptions& options, StopSignal& stop) {
  const DemoPlaces places(options.data);
  TRY(const DemoSector sector, sector_of(context, places, options));
  if (options.seed_only) return {};
  TRY(DemoServer server, DemoServer::start(context, places, options, stop));
  TRY_OK(context.machine.files.replace(places.credentials, demo_credentials_json(sector, server.url())));
  welcome(context, server.url());
  TRY(const std::string program, own_program());
  const StorySetting setting{program, options.through.empty() ? server.url() : options.through, places.folder,
                             places.folder + "/feeds", options.shared};
  TRY_OK(play_story(context, sector, setting, [&] { return stop.has_come(); }));
  if (!options.once) {
    show_accounts(context, sector, places, server.url());
    while (!stop.has_come(std::chrono::milliseconds(500))) {
      if (!server.is_running())
        return unavailable("demo.server", "The server has ended by itself; see " + places.folder + "/server.log");
    }
  }
  if (const int code = server.stop(); code != 0)
    return internal("The server ended with exit code " + std::to_string(code) + ".");
  return {};
}

}  // namespace

ExitCode run_demo(const Context& context, const DemoOptions& options) {
  StopSignal stop;
  const Status played = play(context, options, stop);
  if (played.ok()) return ExitCode::Done;
  if (played.error().code == "demo.interrupted") return ExitCode::Interrupted;
  return fail(context, played.error());
}

}  // namespace hinomi::app
