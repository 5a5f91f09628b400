// A running server on a free port for tests, whose deadlines stand still until the test moves the clock.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "net/http_server.h"
#include "support/raw_client.h"

namespace hinomi::testing_support {

inline constexpr std::string_view kGet = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

inline HttpResponse text(std::string body) {
  HttpResponse response;
  response.headers = {{"Content-Type", "text/plain"}};
  response.body = std::move(body);
  return response;
}

inline HttpResponse echo(const HttpRequest& request) {
  return text(request.method_text + " " + request.path + " " + request.body);
}

class HttpServerTest : public testing::Test {
 protected:
  void serve(ServerCallbacks callbacks, ServerOptions options = {}) {
    auto created = HttpServer::create(std::move(options), std::move(callbacks), log_, clock_);
    ASSERT_TRUE(created.ok()) << created.error().detail;
    server_ = std::move(*created);
    server_->start();
  }
  void serve_echo(ServerOptions options = {}) { serve({echo, {}, {}}, std::move(options)); }
  RawClient connect() { return RawClient(server_->port()); }
  std::string answer_to(std::string_view bytes) {
    RawClient client = connect();
    client.send(bytes);
    return client.read_response();
  }
  // The server looks at the clock on its own tick: deadlines are met by moving on until it has.
  void advance_a_little() {
    clock_.advance(std::chrono::milliseconds(20));
    std::this_thread::yield();
  }
  void drip_until_answered(RawClient& client) {
    while (!client.has_input() && client.send("y")) advance_a_little();
  }
  // Its threads end before what the callbacks of a test refer to.
  void TearDown() override { server_.reset(); }
  // Waits for another thread of the server, not for time.
  void until_connections(std::size_t count) {
    while (server_->connection_count() != count) std::this_thread::yield();
  }

  NoLog log_;
  ManualClock clock_{Instant{}};
  std::unique_ptr<HttpServer> server_;
};

}  // namespace hinomi::testing_support
