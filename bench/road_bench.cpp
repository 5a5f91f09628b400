// The main job through the real server on loopback: report-to-shield, and a TAXII page of 100 objects beside the same
// bytes served from memory by the same HTTP server.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/api.h"
#include "app/demo_sector.h"
#include "app/installation.h"
#include "base/json.h"
#include "exchange/child_printer.h"
#include "flow/session.h"
#include "hunt/plan.h"
#include "net/http_client.h"
#include "net/http_server.h"

namespace {

using namespace hinomi;
using Moment = std::chrono::steady_clock::time_point;

template <class T>
T must(Result<T> result) {
  if (!result.ok()) {
    fprintf(stderr, "%s %s %s\n", result.error().code.c_str(), result.error().detail.c_str(),
            result.error().where.c_str());
    std::abort();
  }
  return std::move(*result);
}

class NoImports final : public api::Importer {
 public:
  Result<Outcome> import_file(const flow::Caller&, std::string_view, std::string_view, std::string_view) override {
    return unavailable("import.closed", "The benchmark imports nothing.");
  }
  Result<std::vector<Table>> read_workbook(std::string_view) override {
    return unavailable("import.closed", "The benchmark imports nothing.");
  }
  Result<ReceivedFile> read_received(std::string_view) override { return not_found(); }
};

// The server of one demo sector, and a client with one connection.
class Server {
 public:
  Server() {
    initialise_crypto();
    std::string pattern = (std::filesystem::temp_directory_path() / "hinomi-bench-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    installation_ = must(app::Installation::open({clock_, random_, log_, files_}, directory_, HashCost::Test));
    for (const app::DemoAccount& account : must(app::make_demo_sector(*installation_, random_)).accounts) {
      tokens_[account.key] = account.api_token;
      passwords_[account.key] = account.password;
      if (!account.totp_secret.empty()) give_password_alone(account);
    }
    catalogue_ = std::make_unique<Catalogue>(must(app::embedded_catalogue()));
    api_ = std::make_unique<api::Api>(api::ApiParts{installation_->platform(), *catalogue_, assets_, importer_,
                                                    printer_, std::string(app::embedded_api_description()),
                                                    installation_->cookie_key()});
    server_ = start([this](const HttpRequest& request) { return api_->handle(request); });
    memory_server_ = start([this](const HttpRequest&) {
      HttpResponse response;
      response.headers.add("Content-Type", "application/taxii+json;version=2.1");
      response.shared_body = page_;
      return response;
    });
    AddressPolicy addresses;
    for (const auto port : {server_->port(), memory_server_->port()})
      addresses.also_allowed.push_back({must(IpAddress::parse("127.0.0.1")), port});
    ClientOptions options;
    options.addresses = addresses;
    client_ = must(HttpClient::create(std::move(options)));
  }
  ~Server() {
    api_->close_streams();
    server_->stop();
    memory_server_->stop();
    std::filesystem::remove_all(directory_);
  }

  [[nodiscard]] const std::string& password(const std::string& who) const { return passwords_.at(who); }

  std::string call(const std::string& who, Method method, const std::string& path, std::string body = {}) {
    ClientRequest request;
    request.method = method;
    request.url = "http://127.0.0.1:" + std::to_string(server_->port()) + path;
    request.body = std::move(body);
    request.headers.add("Authorization", "Bearer " + tokens_.at(who));
    request.headers.add("Content-Type",
                        path.starts_with("/taxii2") ? "application/taxii+json;version=2.1" : "application/json");
    ClientResponse response = must(client_->send(request));
    if (response.status >= 400) {
      fprintf(stderr, "%s: %d %s\n", path.c_str(), response.status, response.body.c_str());
      std::abort();
    }
    return std::move(response.body);
  }
  std::string from_memory() {
    ClientRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(memory_server_->port()) + "/";
    return must(client_->send(request)).body;
  }
  void keep_page(std::string page) { page_ = std::make_shared<const std::string>(std::move(page)); }

 private:
  std::unique_ptr<HttpServer> start(std::function<HttpResponse(const HttpRequest&)> handle) {
    ServerOptions options;
    options.worker_threads = 2;
    auto server = must(HttpServer::create(
        options, {std::move(handle), [this](const RequestHead& head) { return api_->body_limit(head); }, {}}, log_,
        deadlines_));
    server->start();
    return server;
  }

  SystemClock clock_;
  SteadyClock deadlines_;
  SeededRandom random_{7};
  NoLog log_;
  SystemFiles files_;
  std::string directory_;
  // Codes rise with the clock, approvals here do not wait for it: who has codes proves presence with the password.
  void give_password_alone(const app::DemoAccount& account) {
    store::Store& store = installation_->store();
    store::Credential credential = must(store.credential(account.login));
    credential.totp_secret.reset();
    if (!store.put_credential(policy::MachineRoom::local_operator(), credential).ok()) std::abort();
    tokens_[account.key] =
        must(flow::make_token(installation_->platform(), credential.person, {.name = "bench"})).secret.expose();
  }

  std::map<std::string, std::string> tokens_;
  std::map<std::string, std::string> passwords_;
  api::Assets assets_;
  NoImports importer_;
  exchange::ChildPrinter printer_;
  std::unique_ptr<app::Installation> installation_;
  std::unique_ptr<Catalogue> catalogue_;
  std::unique_ptr<api::Api> api_;
  std::shared_ptr<const std::string> page_ = std::make_shared<const std::string>();
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<HttpServer> memory_server_;
  std::unique_ptr<HttpClient> client_;
};

Server& server() {
  static Server instance;
  return instance;
}

std::string member(const std::string& json, std::string_view name) {
  const auto document = must(parse_json(json));
  return std::string(document->root().string_at(name).value_or(""));
}

std::string revision_of(const std::string& review) {
  return std::string(must(parse_json(review))->root().find("revision")->raw());
}

std::string edit_body(const std::string& review) {
  const auto document = must(parse_json(review));
  const JsonView proposal = *document->root().find("proposal");
  const JsonView edition = *proposal.find("edition");
  JsonWriter body;
  body.begin_object().key("revision").integer(1).key("edition").begin_object();
  for (const JsonView part : edition) {
    if (part.key() != "indicators") body.key(part.key()).raw(part.raw());
  }
  body.key("indicators").begin_array();
  const JsonView indicators = *edition.find("indicators");
  for (const JsonView indicator : indicators) body.string(indicator.string_at("value").value_or(""));
  return body.end_array().end_object().member("tlp", "TLP:AMBER").member("audience", "members").end_object().take();
}

// The member's plan from what the server entitles it to.
std::size_t armed_indicators(Server& house) {
  const auto document = must(parse_json(house.call("member_b_soc", Method::Get, "/api/v1/indicators?limit=10000")));
  std::vector<PlanIndicator> indicators;
  const JsonView items = *document->root().find("items");
  for (const JsonView row : items) {
    const Indicator indicator = must(read_indicator(row.string_at("value").value_or("")));
    indicators.push_back({indicator, std::string(row.string_at("id").value_or("")),
                          std::string(row.string_at("release").value_or("")), ""});
  }
  return must(compile_plan(indicators, {})).bytes.size();
}

// submit → proposal taken → two approvals → seen in the other member's TAXII poll → compiled into its plan.
double shield_once(Server& house, int number) {
  const std::string value = "c2-" + std::to_string(number) + ".evil-" + std::to_string(number) + ".example";
  const Moment start = std::chrono::steady_clock::now();
  const std::string report = house.call(
      "member_a_soc", Method::Post, "/api/v1/reports",
      R"({"kind":"incident","scope":"members_anonymously","technical_preconsent":true,"summary":"みなと電力ネットワークの東北エリアで不審なログオン","facts":{"t.recognised":"2026-11-22T02:05:00+09:00","inc.cyber":"suspected"},"technical":{"indicators":[")" +
          value + R"("],"techniques":["T0883"]}})");
  const std::string review =
      house.call("analyst1", Method::Post, "/api/v1/reports/" + member(report, "id") + "/reviews", "{}");
  const std::string path = "/api/v1/reviews/" + member(review, "id");
  const std::string edited = house.call("analyst1", Method::Put, path, edit_body(review));
  for (const std::string who : {"analyst1", "analyst2"}) {
    house.call(
        who, Method::Post, path + "/approvals",
        R"({"revision":)" + revision_of(edited) + R"(,"step_up":{"password":")" + house.password(who) + R"("}})");
  }
  std::string poll =
      house.call("member_b_soc", Method::Get, "/taxii2/api/collections/releases/objects/?match[type]=indicator");
  if (poll.find(value) == std::string::npos) std::abort();
  benchmark::DoNotOptimize(armed_indicators(house));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void ReportToShield(benchmark::State& state) {
  std::vector<double> seconds;
  static int number = 0;
  for (auto _ : state) {
    seconds.push_back(shield_once(server(), ++number));
    state.SetIterationTime(seconds.back());
  }
  std::sort(seconds.begin(), seconds.end());
  const double p50 = seconds[seconds.size() / 2];
  const double p99 = seconds[seconds.size() * 99 / 100];
  state.counters["p50_ms"] = p50 * 1000;
  state.counters["p99_ms"] = p99 * 1000;
  state.counters["p50_of_limit_200ms"] = p50 / 0.2;
  state.counters["p99_of_limit_1s"] = p99 / 1.0;
}
BENCHMARK(ReportToShield)->UseManualTime()->Iterations(100)->Unit(benchmark::kMillisecond);

constexpr const char* kPage = "/taxii2/api/collections/partner-rw/objects/?limit=100";
double memory_rate = 0;

void fill_collection(Server& house) {
  static bool filled = false;
  if (filled) return;
  filled = true;
  SeededRandom random(9);
  std::string objects;
  for (int i = 0; i < 500; ++i) {
    const std::string id = uuid_text(random_uuid(random));
    objects +=
        (i == 0 ? "" : ",") +
        (R"({"type":"indicator","spec_version":"2.1","id":"indicator--)" + id +
         R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"n","pattern":"[ipv4-addr:value = '198.51.100.1']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"})");
  }
  house.call("partner_isac", Method::Post, "/taxii2/api/collections/partner-rw/objects/",
             R"({"objects":[)" + objects + "]}");
}

double rate_of(benchmark::State& state, const std::function<void()>& request) {
  const Moment start = std::chrono::steady_clock::now();
  for (auto _ : state) request();
  const double rate = static_cast<double>(state.iterations()) /
                      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  state.counters["requests_per_second"] = rate;
  return rate;
}

void SameBytesFromMemory(benchmark::State& state) {
  fill_collection(server());
  server().keep_page(server().call("partner_isac", Method::Get, kPage));
  memory_rate = rate_of(state, [] { benchmark::DoNotOptimize(server().from_memory()); });
}
BENCHMARK(SameBytesFromMemory)->Iterations(3000)->UseRealTime();

void TaxiiPageOf100(benchmark::State& state) {
  fill_collection(server());
  const double rate =
      rate_of(state, [] { benchmark::DoNotOptimize(server().call("partner_isac", Method::Get, kPage)); });
  state.counters["of_memory"] = rate / memory_rate;
}
BENCHMARK(TaxiiPageOf100)->Iterations(3000)->UseRealTime();

}  // namespace
