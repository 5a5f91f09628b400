// Answers that wait for something else: no worker waits with them, and nothing leaves before its time.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "support/http_server_fixture.h"

namespace hinomi {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing_support::HttpServerTest;
using testing_support::kGet;
using testing_support::RawClient;
using testing_support::text;

// Settled by the test. What it has to do with the connection is counted.
class Gate final : public BeforeLeaving {
 public:
  void on_settled(std::function<void()> wake) override {
    bool call = false;
    {
      const std::lock_guard lock(mutex_);
      call = open_ && !forgotten_;
      if (!call && !forgotten_) wake_ = wake;
      asked = true;
    }
    if (call) wake();
  }
  void forget() override {
    const std::lock_guard lock(mutex_);
    forgotten_ = true;
    wake_ = nullptr;
    forgets = forgets + 1;
  }
  [[nodiscard]] std::chrono::milliseconds patience() const override { return 2s; }
  void wait() override {}
  std::optional<HttpResponse> instead(const HttpRequest& request) override {
    if (open_) return std::nullopt;
    HttpResponse refused = text("not in time: " + request.path);
    refused.status = 503;
    return refused;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    if (wake_) wake_();
  }

  std::atomic<bool> asked = false;
  std::atomic<int> forgets = 0;

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  std::atomic<bool> open_ = false;
  bool forgotten_ = false;
};

class HeldAnswers : public HttpServerTest {
 protected:
  // One worker; "/held" waits for the gate, everything else does not.
  void serve_gate() {
    ServerOptions options;
    options.worker_threads = 1;
    serve({[this](const HttpRequest& request) {
             HttpResponse response = text("shown " + request.path);
             if (request.path == "/held") response.before = gate_;
             return response;
           },
           {},
           {}},
          options);
  }
  RawClient ask_for_held() {
    RawClient client = connect();
    client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!gate_->asked) std::this_thread::yield();
    return client;
  }
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
};

TEST_F(HeldAnswers, WaitWithoutAWorkerAndLeaveWhenItHasHappened) {
  serve_gate();
  RawClient client = ask_for_held();
  EXPECT_THAT(answer_to(kGet), EndsWith("shown /x")) << "the only worker is free";
  EXPECT_FALSE(client.has_input());
  gate_->open();
  EXPECT_THAT(client.read_response(), EndsWith("shown /held"));
  client.send(kGet);
  EXPECT_THAT(client.read_response(), EndsWith("shown /x")) << "the connection goes on";
}

TEST_F(HeldAnswers, LeaveAtOnceWhenItHasHappenedBefore) {
  serve_gate();
  gate_->open();
  EXPECT_THAT(ask_for_held().read_response(), EndsWith("shown /held"));
}

TEST_F(HeldAnswers, AreReplacedWhenPatienceEnds) {
  serve_gate();
  RawClient client = ask_for_held();
  while (!client.has_input()) advance_a_little();
  const std::string answer = client.read_response();
  EXPECT_THAT(answer, HasSubstr("503"));
  EXPECT_THAT(answer, EndsWith("not in time: /held"));
  EXPECT_THAT(answer, Not(HasSubstr("shown")));
  gate_->open();  // too late for anybody
  client.send(kGet);
  EXPECT_THAT(client.read_response(), EndsWith("shown /x"));
}

TEST_F(HeldAnswers, WakeNobodyWhenTheServerHasStopped) {
  serve_gate();
  const RawClient client = ask_for_held();
  std::thread stopping([this] { server_->stop(); });
  while (gate_->forgets == 0) advance_a_little();
  stopping.join();
  server_.reset();
  gate_->open();
  EXPECT_EQ(gate_->forgets, 1);
}

}  // namespace
}  // namespace hinomi
