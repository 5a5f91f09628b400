// net/http_server: requests per second over loopback from a few blocking keep-alive clients, small and 20 kB answers,
// in the clear. Client and server share the machine, so compare ratios within one run only.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "net/http_server.h"
#include "net/request_parser.h"
#include "support/raw_client.h"

namespace {

constexpr std::string_view kRequest =
    "GET /taxii2/api/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/objects/?limit=100 HTTP/1.1\r\n"
    "Host: isac.example\r\nUser-Agent: bench\r\nAccept: application/taxii+json;version=2.1\r\n"
    "Authorization: Bearer 0123456789012345678901234567890123456789\r\nAccept-Encoding: gzip\r\n\r\n";

void parse_request(benchmark::State& state) {
  hinomi::RequestParser parser({});
  for ([[maybe_unused]] const auto step : state) {
    parser.read_head(kRequest);
    parser.read_body({});
    benchmark::DoNotOptimize(parser.take());
  }
}
BENCHMARK(parse_request);

class RunningServer {
 public:
  explicit RunningServer(std::size_t body_bytes) : body_(std::make_shared<const std::string>(body_bytes, 'x')) {
    hinomi::ServerCallbacks callbacks;
    callbacks.handle = [this](const hinomi::HttpRequest&) {
      hinomi::HttpResponse response;
      response.headers = {{"Content-Type", "application/json"}};
      response.shared_body = body_;
      return response;
    };
    server_ = std::move(hinomi::HttpServer::create({}, std::move(callbacks), log_, clock_)).value();
    server_->start();
  }
  [[nodiscard]] unsigned short port() const { return server_->port(); }

 private:
  std::shared_ptr<const std::string> body_;
  hinomi::NoLog log_;
  hinomi::SteadyClock clock_;
  std::unique_ptr<hinomi::HttpServer> server_;
};

void ask(unsigned short port, int requests) {
  hinomi::testing_support::RawClient client(port);
  for (int i = 0; i < requests; ++i) {
    client.send(kRequest);
    benchmark::DoNotOptimize(client.read_response());
  }
}

// Arguments: bytes of the answer, clients.
void answer(benchmark::State& state) {
  constexpr int kRequests = 500;
  const RunningServer server(static_cast<std::size_t>(state.range(0)));
  for ([[maybe_unused]] const auto step : state) {
    std::vector<std::thread> clients;
    for (std::int64_t i = 0; i < state.range(1); ++i) clients.emplace_back(ask, server.port(), kRequests);
    for (std::thread& client : clients) client.join();
  }
  state.SetItemsProcessed(state.iterations() * state.range(1) * kRequests);
}
BENCHMARK(answer)->Args({900, 1})->Args({900, 16})->Args({900, 64})->Args({20'000, 16})->UseRealTime();

}  // namespace
