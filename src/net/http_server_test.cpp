#include "net/http_server.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "support/http_server_fixture.h"

namespace hinomi {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using testing_support::echo;
using testing_support::HttpServerTest;
using testing_support::kGet;
using testing_support::RawClient;
using testing_support::text;

TEST_F(HttpServerTest, AnswersWithLengthAndBody) {
  serve_echo();
  const std::string response = answer_to("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxyz");
  EXPECT_THAT(response, StartsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n\r\n"));
  EXPECT_THAT(response, EndsWith("POST /a xyz"));
}

TEST_F(HttpServerTest, HeadGetsTheLengthButNoBody) {
  serve_echo();
  RawClient client = connect();
  client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
  client.send(kGet);
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("Content-Length: 8"));
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(HttpServerTest, OneConnectionCarriesManyRequests) {
  serve_echo();
  RawClient client = connect();
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(client.send(kGet));
    ASSERT_THAT(client.read_response(), EndsWith("GET /x "));
  }
  EXPECT_EQ(server_->connection_count(), 1U);
}

TEST_F(HttpServerTest, PipelinedRequestsAreAnsweredInOrder) {
  serve_echo();
  RawClient client = connect();
  std::string requests;
  for (int i = 0; i < 40; ++i) {
    requests += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
  }
  client.send(requests);
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT(client.read_response(), EndsWith("POST /" + std::to_string(i) + " body"));
  }
}

TEST_F(HttpServerTest, ASmuggledRequestIsNeverAnswered) {
  serve_echo();
  RawClient client = connect();
  client.send(
      "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      "GET /marker HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string all = client.read_to_end();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(all, Not(HasSubstr("marker")));
}

TEST_F(HttpServerTest, ConnectionCloseIsHonoured) {
  serve_echo();
  RawClient client = connect();
  client.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_to_end(), HasSubstr("Connection: close\r\n"));
}

TEST_F(HttpServerTest, Http10IsClosedUnlessItAsksToStay) {
  serve_echo();
  RawClient closing = connect();
  closing.send("GET /x HTTP/1.0\r\n\r\n");
  EXPECT_THAT(closing.read_to_end(), EndsWith("GET /x "));
  RawClient staying = connect();
  staying.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(staying.read_response(), HasSubstr("Connection: keep-alive\r\n"));
  staying.send("GET /x HTTP/1.0\r\n\r\n");
  EXPECT_THAT(staying.read_to_end(), EndsWith("GET /x "));
}

TEST_F(HttpServerTest, AClientThatHasFinishedSendingStillGetsItsAnswer) {
  serve_echo();
  RawClient client = connect();
  client.send(kGet);
  client.end_output();
  EXPECT_THAT(client.read_to_end(), EndsWith("GET /x "));
}

TEST_F(HttpServerTest, RefusalsAreRenderedByTheApplication) {
  std::string path_seen;
  ServerCallbacks callbacks{echo, [](const RequestHead& head) { return head.path == "/big" ? 1000 : 2; },
                            [&](const Refusal& refusal) {
                              if (refusal.head != nullptr) path_seen = refusal.head->path;
                              HttpResponse response = text("refused " + refusal.code);
                              response.status = refusal.status;
                              return response;
                            }};
  serve(std::move(callbacks));
  EXPECT_THAT(answer_to("GET / HTTP/1.1\r\n\r\n"), EndsWith("refused http.host_missing"));
  const std::string response = answer_to("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_THAT(response, StartsWith("HTTP/1.1 413 Content Too Large"));
  EXPECT_THAT(response, HasSubstr("Connection: close"));
  EXPECT_EQ(path_seen, "/small");
  EXPECT_THAT(answer_to("POST /big HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"), EndsWith("POST /big abc"));
}

TEST_F(HttpServerTest, ADefaultRefusalIsAProblemDocument) {
  serve_echo();
  const std::string response = answer_to("GET /%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(response, HasSubstr("Content-Type: application/problem+json"));
  EXPECT_THAT(response, HasSubstr(R"("code":"http.path")"));
}

TEST_F(HttpServerTest, ARefusedUploadStillReadsItsAnswer) {
  serve_echo();
  RawClient client = connect();
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\n");
  const std::string chunk(100'000, 'x');
  for (int i = 0; i < 5; ++i) client.send(chunk);
  client.end_output();
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 413 "));
}

TEST_F(HttpServerTest, ChunkedBodiesAreCountedAsTheyCome) {
  serve({echo, [](const RequestHead&) { return 10; }, {}});
  EXPECT_THAT(answer_to("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
}

TEST_F(HttpServerTest, ContinueIsSentOnlyWhenTheBodyIsWelcome) {
  serve({echo, [](const RequestHead&) { return 10; }, {}});
  RawClient welcome = connect();
  welcome.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(welcome.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  welcome.send("abc");
  EXPECT_THAT(welcome.read_response(), EndsWith("POST /a abc"));
  RawClient refused = connect();
  refused.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(refused.read_response(), StartsWith("HTTP/1.1 413 "));
}

TEST_F(HttpServerTest, BodiesOfAllRequestsTogetherAreBounded) {
  ServerOptions options;
  options.max_body_bytes_in_flight = 1000;
  serve({echo, {}, {}}, options);
  RawClient holder = connect();
  holder.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 901\r\n\r\n" + std::string(900, 'x'));
  std::string second;
  // Until the server has seen the first body, the second one fits.
  do {
    second = answer_to("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 200\r\n\r\n" + std::string(200, 'y'));
  } while (second.starts_with("HTTP/1.1 200"));
  EXPECT_THAT(second, StartsWith("HTTP/1.1 503 "));
  holder.send("x");
  EXPECT_THAT(holder.read_response(), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer_to("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 200\r\n\r\n" + std::string(200, 'y')),
              StartsWith("HTTP/1.1 200 "));
}

TEST_F(HttpServerTest, AThrowingHandlerIsAnInternalErrorAndNothingMore) {
  serve({[](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret detail"); }, {}, {}});
  const std::string response = answer_to(kGet);
  EXPECT_THAT(response, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(response, Not(HasSubstr("secret detail")));
}

TEST_F(HttpServerTest, AFieldThatWouldSplitTheResponseIsNotSent) {
  serve({[](const HttpRequest&) {
           HttpResponse response = text("body");
           response.headers.add("X", "a\r\nSet-Cookie: b");
           return response;
         },
         {},
         {}});
  const std::string response = answer_to(kGet);
  EXPECT_THAT(response, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(response, Not(HasSubstr("Set-Cookie")));
}

TEST_F(HttpServerTest, NoContentHasNeitherLengthNorBody) {
  serve({[](const HttpRequest&) {
           HttpResponse response = text("never sent");
           response.status = 204;
           return response;
         },
         {},
         {}});
  RawClient client = connect();
  client.send(kGet);
  client.send(kGet);
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 204 No Content\r\nContent-Type: text/plain\r\n\r\n");
  EXPECT_THAT(client.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 204 "));
}

TEST_F(HttpServerTest, LargeSharedBodiesArriveWhole) {
  const auto body = std::make_shared<const std::string>(std::string(8'000'000, 'z') + "end");
  serve({[&](const HttpRequest&) {
           HttpResponse response;
           response.shared_body = body;
           return response;
         },
         {},
         {}});
  EXPECT_THAT(answer_to(kGet), EndsWith("zzzend"));
}

// If each byte bought time, the drip would go on until the head is too large.
TEST_F(HttpServerTest, ADrippingHeadIsCutAtItsDeadline) {
  ServerOptions options;
  options.max_head_bytes = 4'000'000;
  serve_echo(options);
  RawClient client = connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
  drip_until_answered(client);
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 408 "));
}

// If each byte bought time, the body would arrive whole.
TEST_F(HttpServerTest, ADrippingBodyIsCutAtItsDeadline) {
  serve({echo, [](const RequestHead&) { return 4'000'000; }, {}});
  RawClient client = connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000\r\n\r\n");
  drip_until_answered(client);
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpServerTest, AnIdleConnectionIsClosedSilently) {
  serve_echo();
  RawClient client = connect();
  client.send(kGet);
  EXPECT_THAT(client.read_response(), EndsWith("GET /x "));
  while (!client.has_input()) advance_a_little();
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(HttpServerTest, AClientThatDoesNotReadIsCutAtTheWriteDeadline) {
  const auto body = std::make_shared<const std::string>(32'000'000, 'z');
  serve({[&](const HttpRequest&) {
           HttpResponse response;
           response.shared_body = body;
           return response;
         },
         {},
         {}});
  RawClient client = connect();
  client.send(kGet);
  EXPECT_THAT(client.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 OK"));
  while (server_->connection_count() > 0) advance_a_little();
  EXPECT_LT(client.read_to_end().size(), body->size());
}

TEST_F(HttpServerTest, SlowClientsDoNotKeepOthersWaiting) {
  serve_echo();
  std::vector<RawClient> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(connect());
    slow.back().send("GET / HTTP/1.1\r\nHost: a\r\nX-Drip: ");
  }
  until_connections(200);
  for (int i = 0; i < 20; ++i) EXPECT_THAT(answer_to(kGet), EndsWith("GET /x "));
  clock_.advance(std::chrono::seconds(11));
  for (RawClient& client : slow) EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpServerTest, AcceptingPausesAtTheConnectionLimitAndResumes) {
  ServerOptions options;
  options.max_connections = 2;
  serve_echo(options);
  auto first = std::make_unique<RawClient>(server_->port());
  auto second = std::make_unique<RawClient>(server_->port());
  until_connections(2);
  RawClient third = connect();
  third.send(kGet);
  second->send(kGet);
  EXPECT_THAT(second->read_response(), EndsWith("GET /x "));
  EXPECT_EQ(server_->connection_count(), 2U);
  first.reset();
  EXPECT_THAT(third.read_response(), EndsWith("GET /x "));
}

// Leaves the process as many descriptors as it has open now, until the end of the scope.
class NoMoreDescriptors {
 public:
  NoMoreDescriptors() {
    const int lowest_free = ::dup(STDERR_FILENO);
    ::close(lowest_free);
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit exhausted{static_cast<rlim_t>(lowest_free), before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &exhausted);
  }
  ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreDescriptors(const NoMoreDescriptors&) = delete;
  NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST_F(HttpServerTest, CreationWithoutDescriptorsIsReported) {
  const NoMoreDescriptors exhausted;
  const auto created = HttpServer::create({}, {echo, {}, {}}, log_, clock_);
  ASSERT_FALSE(created.ok());
  EXPECT_EQ(created.error().code, "net.cannot_listen");
}

TEST_F(HttpServerTest, AcceptingPausesWithoutDescriptorsAndRecovers) {
  class PauseLog final : public Log {
   public:
    void wait() { paused_.get_future().wait(); }

   private:
    void write(std::string_view, std::string_view event, Fields) override {
      if (event == "http_accept_paused") paused_.set_value();  // a second complaint would throw
    }
    std::promise<void> paused_;
  };
  PauseLog log;
  server_ = std::move(HttpServer::create({}, {echo, {}, {}}, log, clock_)).value();
  RawClient client = connect();
  client.send(kGet);
  {
    const NoMoreDescriptors exhausted;
    server_->start();
    log.wait();
    EXPECT_EQ(server_->connection_count(), 0U);
  }
  EXPECT_THAT(client.read_response(), EndsWith("GET /x "));
  server_.reset();
}

TEST_F(HttpServerTest, SixtyFourClientsAreServedAtOnce) {
  ServerOptions options;
  options.loop_threads = 2;
  serve_echo(options);
  std::atomic<int> right{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 64; ++i) {
    clients.emplace_back([&, i] {
      RawClient client = connect();
      for (int round = 0; round < 20; ++round) {
        const std::string body = std::to_string(i) + "-" + std::to_string(round);
        client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                    body);
        if (client.read_response().ends_with("POST /x " + body)) ++right;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right, 64 * 20);
}

TEST_F(HttpServerTest, StoppingLetsARunningRequestFinishAndClosesTheRest) {
  std::promise<void> entered;
  std::promise<void> release;
  serve({[&](const HttpRequest&) {
           entered.set_value();
           release.get_future().wait();
           return text("done");
         },
         {},
         {}});
  RawClient idle = connect();
  RawClient busy = connect();
  busy.send(kGet);
  entered.get_future().wait();
  std::thread stopping([this] { server_->stop(); });
  EXPECT_TRUE(idle.is_at_end());
  release.set_value();
  const std::string response = busy.read_to_end();
  EXPECT_THAT(response, EndsWith("done"));
  EXPECT_THAT(response, HasSubstr("Connection: close"));
  stopping.join();
  EXPECT_FALSE(connect().connected());
  EXPECT_EQ(server_->connection_count(), 0U);
}

TEST_F(HttpServerTest, StoppingCutsOffAnUnfinishedRequestAtTheDrainDeadline) {
  serve_echo();
  RawClient unfinished = connect();
  unfinished.send("GET / HTTP/1.1\r\n");
  until_connections(1);
  std::thread stopping([this] { server_->stop(); });
  while (server_->connection_count() > 0) {
    clock_.advance(std::chrono::seconds(1));
    std::this_thread::yield();
  }
  stopping.join();
  EXPECT_THAT(unfinished.read_to_end(), Not(HasSubstr("200 OK")));
}

TEST_F(HttpServerTest, RunReturnsWhenAnotherThreadStops) {
  auto created = HttpServer::create({}, {echo, {}, {}}, log_, clock_);
  ASSERT_TRUE(created.ok());
  server_ = std::move(*created);
  std::thread running([this] { server_->run(); });
  EXPECT_THAT(answer_to(kGet), EndsWith("GET /x "));
  server_->stop();
  running.join();
}

TEST_F(HttpServerTest, ATakenPortIsReportedWithTheReason) {
  serve_echo();
  ServerOptions options;
  options.port = server_->port();
  const auto second = HttpServer::create(options, {echo, {}, {}}, log_, clock_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, "net.cannot_listen");
}

}  // namespace
}  // namespace hinomi
