#include "net/event_source.h"

#include <gmock/gmock.h>

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
using testing_support::HttpServerTest;
using testing_support::kGet;
using testing_support::RawClient;
using testing_support::text;

class EventStreamTest : public HttpServerTest {
 protected:
  void serve_stream(ServerOptions options = {}) {
    source_->on_gone([this] { gone_.set_value(); });
    serve({[this](const HttpRequest&) {
             HttpResponse response;
             response.stream = source_;
             return response;
           },
           {},
           {}},
          std::move(options));
  }
  RawClient subscribe() {
    RawClient client = connect();
    client.send(kGet);
    head_ = client.read_until("\r\n\r\n");
    return client;
  }

  std::shared_ptr<EventSource> source_ = EventSource::create({8, 10'000});
  std::promise<void> gone_;
  std::string head_;
};

TEST_F(EventStreamTest, EventsArriveInOrderFromAnyThread) {
  serve_stream();
  EXPECT_TRUE(source_->send(ServerEvent{"1", "", "before the response"}).ok());
  RawClient client = subscribe();
  EXPECT_THAT(head_, HasSubstr("Content-Type: text/event-stream\r\n"));
  EXPECT_THAT(head_, Not(HasSubstr("Content-Length")));
  EXPECT_EQ(client.read_until("\n\n"), "id: 1\ndata: before the response\n\n");
  std::thread([this] { EXPECT_TRUE(source_->send(ServerEvent{"2", "report", "a\nb\r\nc"}).ok()); }).join();
  EXPECT_EQ(client.read_until("\n\n"), "id: 2\nevent: report\ndata: a\ndata: b\ndata: c\n\n");
}

TEST_F(EventStreamTest, ASilentStreamCarriesHeartbeats) {
  serve_stream();
  RawClient client = subscribe();
  for (int i = 0; i < 3; ++i) {
    while (!client.has_input()) advance_a_little();
    EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
  }
}

TEST_F(EventStreamTest, ClosingEndsTheStreamAndDropsWhatWasQueued) {
  serve_stream();
  RawClient client = subscribe();
  source_->close();
  EXPECT_TRUE(client.is_at_end());
  gone_.get_future().wait();
  EXPECT_EQ(source_->send(ServerEvent{"", "", "late"}).error().code, "event.gone");
}

TEST_F(EventStreamTest, TheApplicationLearnsThatTheSubscriberLeft) {
  serve_stream();
  {
    const RawClient client = subscribe();
  }
  gone_.get_future().wait();
  EXPECT_FALSE(source_->is_open());
}

TEST_F(EventStreamTest, ASubscriberThatLagsTooFarIsClosed) {
  source_ = EventSource::create({8, 100'000'000});
  serve_stream();
  RawClient client = subscribe();
  const std::string data(2'000'000, 'x');
  Status sent;
  while (sent.ok()) sent = source_->send(ServerEvent{"", "", data});
  EXPECT_EQ(sent.error().code, "event.overflow");
  gone_.get_future().wait();
}

TEST_F(EventStreamTest, AStreamHoldsNoWorker) {
  ServerOptions options;
  options.worker_threads = 1;
  std::vector<std::shared_ptr<EventSource>> sources;
  serve({[&](const HttpRequest& request) {
           HttpResponse response = text("plain");
           if (request.path == "/stream") response.stream = sources.emplace_back(EventSource::create());
           return response;
         },
         {},
         {}},
        options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(connect());
    clients.back().send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(clients.back().read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 OK"));
  }
  EXPECT_THAT(answer_to(kGet), EndsWith("plain"));
  const EncodedEvent event = std::move(encode_event({"", "", "to all"})).value();
  for (const auto& source : sources) EXPECT_TRUE(source->send(event).ok());
  for (RawClient& client : clients) EXPECT_EQ(client.read_until("\n\n"), "data: to all\n\n");
}

TEST_F(EventStreamTest, StoppingTheServerEndsStreams) {
  serve_stream();
  RawClient client = subscribe();
  server_->stop();
  EXPECT_TRUE(client.is_at_end());
  gone_.get_future().wait();
}

TEST_F(EventStreamTest, HeadOfAStreamEndsAtOnce) {
  serve_stream();
  RawClient client = connect();
  client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(client.read_to_end(), HasSubstr("text/event-stream"));
  gone_.get_future().wait();
}

TEST(EventSource, AnEventCannotSpeakAsAnotherField) {
  for (const ServerEvent& event : {ServerEvent{"1\ndata: x", "", ""}, ServerEvent{"", "a\rb", ""},
                                   ServerEvent{std::string(1, '\0'), "", ""}, ServerEvent{"", "", "\xff"}}) {
    EXPECT_EQ(EventSource::create()->send(event).error().code, "event.malformed");
  }
}

}  // namespace
}  // namespace hinomi
