// Revocations over real connections: kept alive, streaming, and in the middle of a long answer.
#include "net/http_server.h"
#include "races/race_house.h"
#include "support/http_server_fixture.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::RawClient;

class Connections : public RaceHouse {
 protected:
  Connections() {
    auto created = HttpServer::create({},
                                      {[this](const HttpRequest& asked) { return api().begin(asked); },
                                       [this](const RequestHead& head) { return api().body_limit(head); },
                                       [this](const Refusal& refusal) { return api().refuse(refusal); }},
                                      log_, server_clock_);
    server_ = must(std::move(created));
    server_->start();
  }
  ~Connections() override {
    api().close_streams();
    server_.reset();
  }

  // The one that was made last hears of the store's events.
  [[nodiscard]] api::Api& api() const { return *tripping_api_; }

  [[nodiscard]] std::string get(std::string_view target) const {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token_ +
           "\r\n\r\n";
  }
  static std::string asked(RawClient& client, const std::string& request) {
    client.send(request);
    return client.read_response();
  }

  ManualClock server_clock_{Instant{}};
  std::unique_ptr<HttpServer> server_;
};

TEST_F(Connections, AConnectionThatWasKeptTellsNothingMore) {
  std::vector<Revocation> ways = revocations();
  ways.push_back(narrowing());
  for (const Revocation& revocation : ways) {
    SCOPED_TRACE(revocation.name);
    RawClient client(server_->port());
    const std::string target = "/api/v1/releases/" + release_;
    ASSERT_THAT(asked(client, get(target)), HasSubstr(secrets()[0]));
    revocation.take();
    EXPECT_THAT(asked(client, get(target)), Not(HasSubstr(secrets()[0])));
    EXPECT_THAT(asked(client, get("/api/v1/indicators")), Not(HasSubstr("evil.example")));
    revocation.give_back();
  }
}

TEST_F(Connections, AStreamTellsOfNothingThatWasTakenAway) {
  for (const Revocation& revocation : revocations()) {
    SCOPED_TRACE(revocation.name);
    RawClient client(server_->port());
    client.send(get("/api/v1/stream"));
    client.read_until("\r\n\r\n");
    const std::string before = published_release(file_report().text("id"));
    ASSERT_THAT(client.read_until(before), HasSubstr(before)) << "the stream works";
    revocation.take();
    const std::string after = published_release(file_report().text("id"));
    // What everybody may see comes later in the order of events: when it has arrived, or the stream has ended, what
    // came before it has been decided.
    const std::string open = open_case();
    EXPECT_THAT(client.read_until(open), Not(HasSubstr(after)));
    revocation.give_back();
  }
}

struct Flood {
  static constexpr std::size_t kBytes = 64U << 20;
  std::atomic<std::size_t> pieces{0};
  std::atomic<bool> revoked{false};
};

// A long answer stops with the piece that is leaving: nothing more is handed to the kernel.
TEST(LongAnswer, EndsWithTheRightToIt) {
  Flood flood;
  NoLog log;
  ManualClock clock{Instant{}};
  const auto body = std::make_shared<const std::string>(Flood::kBytes, 's');
  auto server = HttpServer::create({},
                                   {[&](const HttpRequest&) {
                                      HttpResponse response;
                                      response.shared_body = body;
                                      response.may_leave = [&] {
                                        if (flood.revoked) return false;
                                        ++flood.pieces;
                                        return true;
                                      };
                                      return response;
                                    },
                                    {},
                                    {}},
                                   log, clock);
  ASSERT_TRUE(server.ok());
  (*server)->start();
  {
    RawClient client((*server)->port());
    client.send(testing_support::kGet);
    client.read_bytes(1000);
    flood.revoked = true;
    const std::string rest = client.read_to_end();
    EXPECT_LT(rest.size(), Flood::kBytes / 2);
    EXPECT_LE(rest.size() + 1000, flood.pieces * kPieceBytes + 1000);
  }
  server->reset();
}

// And the api asks for that with every answer longer than a piece.
TEST_F(Connections, ALongAnswerIsHeldToTheReadersRights) {
  const std::string many(kPieceBytes, 'x');
  const Answer report = call("member_b_soc", Method::Post, "/api/v1/reports",
                             R"({"kind":"incident","summary":")" + many.substr(0, 19'000) +
                                 R"(","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})");
  ASSERT_EQ(report.status, 201) << report.body;
  for (int version = 1; version < 5; ++version) {
    call("member_b_soc", Method::Post, "/api/v1/reports/" + report.text("id") + "/versions",
         R"({"based_on":)" + std::to_string(version) + R"(,"kind":"incident","summary":")" + many.substr(0, 19'000) +
             R"(","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})");
  }
  const HttpRequest asked = as_reader(request(Method::Get, "/api/v1/reports/" + report.text("id")));
  for (const Revocation& revocation : revocations()) {
    const HttpResponse answered = api_->handle(as_reader(asked));
    ASSERT_GT(answered.body.size(), kPieceBytes);
    ASSERT_TRUE(answered.may_leave);
    EXPECT_TRUE(answered.may_leave());
    revocation.take();
    EXPECT_FALSE(answered.may_leave()) << revocation.name;
    revocation.give_back();
  }
}

}  // namespace
}  // namespace hinomi::tests
