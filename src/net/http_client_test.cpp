#include "net/http_client.h"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>

#include "base/bytes.h"
#include "net/event_source.h"
#include "net/http_server.h"
#include "support/raw_client.h"

namespace hinomi {
namespace {

using testing::HasSubstr;

// 100,000 zero bytes.
constexpr std::string_view kGzipBomb =
    "H4sIAAAAAAACA+3BMQEAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIBXA32VEdSghgEA";

// A client that may reach one loopback server, and that server with whatever handler the test sets.
class HttpClientTest : public testing::Test {
 protected:
  void SetUp() override {
    ServerCallbacks callbacks;
    callbacks.handle = [this](const HttpRequest& request) {
      ++requests_;
      return handler_(request);
    };
    server_ = std::move(HttpServer::create({}, std::move(callbacks), log_, clock_)).value();
    server_->start();
    ClientOptions options;
    options.addresses.also_allowed = {{IpAddress::from_v4({127, 0, 0, 1}), server_->port()}};
    client_ = std::move(HttpClient::create(options)).value();
  }
  void TearDown() override { server_.reset(); }

  [[nodiscard]] std::string url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + std::string(path);
  }
  Result<ClientResponse> get(const std::string& from) {
    ClientRequest request;
    request.url = from;
    return client_->send(request);
  }
  static HttpResponse redirect_to(const std::string& location) {
    HttpResponse response;
    response.status = 302;
    response.headers = {{"Location", location}};
    return response;
  }

  NoLog log_;
  ManualClock clock_{Instant{}};
  std::function<HttpResponse(const HttpRequest&)> handler_ = [](const HttpRequest&) { return HttpResponse{}; };
  std::atomic<int> requests_{0};
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<HttpClient> client_;
};

TEST_F(HttpClientTest, SendsMethodFieldsAndBody) {
  HttpRequest seen;
  handler_ = [&](const HttpRequest& request) {
    seen = request;
    HttpResponse response;
    response.status = 201;
    response.headers = {{"X-Answer", " yes "}};
    response.body = "made";
    return response;
  };
  for (const Method method : {Method::Post, Method::Put, Method::Patch, Method::Delete}) {
    ClientRequest request;
    request.method = method;
    request.url = url("/a?b=c");
    request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
    request.body = "{}";
    const auto response = client_->send(request);
    ASSERT_TRUE(response.ok()) << response.error().detail;
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->headers.find("x-answer"), "yes");
    EXPECT_EQ(response->body, "made");
    EXPECT_EQ(seen.method, method);
    EXPECT_EQ(seen.target, "/a?b=c");
    EXPECT_EQ(seen.body, "{}");
    EXPECT_EQ(seen.headers.find("Content-Type"), "application/json");
    EXPECT_EQ(seen.headers.find("X-Empty"), "");
    EXPECT_EQ(seen.headers.find("User-Agent"), "Hinomi");
  }
}

TEST_F(HttpClientTest, AnEmptyPostHasALengthAndNoInventedType) {
  HttpRequest seen;
  handler_ = [&](const HttpRequest& request) {
    seen = request;
    return HttpResponse{};
  };
  ClientRequest request;
  request.method = Method::Post;
  request.url = url("/");
  ASSERT_TRUE(client_->send(request).ok());
  EXPECT_EQ(seen.headers.find("Content-Length"), "0");
  EXPECT_FALSE(seen.headers.has("Content-Type"));
}

TEST_F(HttpClientTest, RedirectsAreFollowedThreeTimes) {
  handler_ = [](const HttpRequest& request) {
    const std::string left(*request.parameter("left"));
    return left.empty() ? HttpResponse{} : redirect_to("/?left=" + left.substr(1));
  };
  const auto three = get(url("/?left=xxx"));
  ASSERT_TRUE(three.ok());
  EXPECT_EQ(three->status, 200);
  EXPECT_EQ(three->url, url("/?left="));
  EXPECT_EQ(get(url("/?left=xxxx")).error().code, "fetch.redirects");
}

TEST_F(HttpClientTest, APostIsNeverRedirected) {
  handler_ = [](const HttpRequest&) { return redirect_to("/elsewhere"); };
  ClientRequest request;
  request.method = Method::Post;
  request.url = url("/");
  EXPECT_EQ(client_->send(request)->status, 302);
  EXPECT_EQ(requests_, 1);
}

TEST_F(HttpClientTest, CredentialsStayWithTheFirstOrigin) {
  // Another port is another origin.
  Headers seen;
  ServerCallbacks callbacks;
  callbacks.handle = [&](const HttpRequest& request) {
    seen = request.headers;
    return HttpResponse{};
  };
  const auto other = std::move(HttpServer::create({}, std::move(callbacks), log_, clock_)).value();
  other->start();
  handler_ = [&](const HttpRequest&) { return redirect_to("http://127.0.0.1:" + std::to_string(other->port()) + "/"); };
  ClientOptions options;
  options.addresses.also_allowed = {{IpAddress::from_v4({127, 0, 0, 1}), server_->port()},
                                    {IpAddress::from_v4({127, 0, 0, 1}), other->port()}};
  ClientRequest request;
  request.url = url("/");
  request.headers = {{"Authorization", "Bearer secret"}, {"X-Api-Key", "secret"}, {"Accept", "text/plain"}};
  ASSERT_TRUE(std::move(HttpClient::create(options)).value()->send(request).ok());
  EXPECT_TRUE(seen.has("Accept"));
  EXPECT_FALSE(seen.has("Authorization"));
  EXPECT_FALSE(seen.has("X-Api-Key"));
}

TEST_F(HttpClientTest, ARedirectIsCheckedLikeTheFirstAddress) {
  for (const std::string target :
       {"http://169.254.169.254/latest", "http://127.0.0.2/", "http://[::1]/", "//10.0.0.1/"}) {
    handler_ = [&](const HttpRequest&) { return redirect_to(target); };
    EXPECT_EQ(get(url("/")).error().code, "fetch.address_forbidden") << target;
  }
  for (const std::string target : {"file:///etc/passwd", "gopher://127.0.0.1/", "http://user:password@127.0.0.1/"}) {
    handler_ = [&](const HttpRequest&) { return redirect_to(target); };
    EXPECT_EQ(get(url("/")).error().code, "fetch.url") << target;
  }
}

TEST_F(HttpClientTest, AnAnswerOverTheLimitIsCutOff) {
  handler_ = [](const HttpRequest&) {
    HttpResponse response;
    response.body = std::string(10'001, 'x');
    return response;
  };
  ClientRequest request;
  request.url = url("/");
  request.max_body_bytes = 10'000;
  EXPECT_EQ(client_->send(request).error().code, "fetch.too_large");
  request.max_body_bytes = 10'001;
  EXPECT_EQ(client_->send(request)->body.size(), 10'001U);
}

TEST_F(HttpClientTest, TheLimitCountsDecompressedBytes) {
  handler_ = [](const HttpRequest&) {
    HttpResponse response;
    response.headers = {{"Content-Encoding", "gzip"}};
    response.body = std::string(as_text(std::move(from_base64(kGzipBomb)).value()));
    return response;
  };
  ClientRequest request;
  request.url = url("/");
  request.max_body_bytes = 99'999;
  EXPECT_EQ(client_->send(request).error().code, "fetch.too_large");
  request.max_body_bytes = 100'000;
  EXPECT_EQ(client_->send(request)->body, std::string(100'000, '\0'));
}

TEST_F(HttpClientTest, ASilentServerIsGivenUp) {
  const auto silent =
      std::move(HttpServer::create({}, {[](const HttpRequest&) { return HttpResponse{}; }, {}, {}}, log_, clock_))
          .value();
  ClientOptions options;
  options.addresses.also_allowed = {{IpAddress::from_v4({127, 0, 0, 1}), silent->port()}};
  ClientRequest request;
  request.url = "http://127.0.0.1:" + std::to_string(silent->port()) + "/";
  request.timeout = std::chrono::milliseconds(50);
  EXPECT_EQ(std::move(HttpClient::create(options)).value()->send(request).error().code, "fetch.timeout");
}

TEST_F(HttpClientTest, FieldsThatWouldSplitTheRequestAreRefused) {
  for (const Header& header : {Header{"X", "a\r\nY: b"}, Header{"X\r\nY", "b"}, Header{"Host", "other"},
                               Header{"Transfer-Encoding", "chunked"}, Header{"Content-Length", "1"}}) {
    ClientRequest request;
    request.url = url("/");
    request.headers = {header};
    EXPECT_EQ(client_->send(request).error().code, "fetch.request") << header.name;
  }
  EXPECT_EQ(requests_, 0);
}

TEST_F(HttpClientTest, TheEnvironmentDoesNotChooseAProxy) {
  ::setenv("http_proxy", "http://127.0.0.1:9", 1);
  ::setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
  EXPECT_TRUE(get(url("/")).ok());
  ::unsetenv("http_proxy");
  ::unsetenv("ALL_PROXY");
}

TEST_F(HttpClientTest, CookiesAreNotKept) {
  bool cookie_seen = false;
  handler_ = [&](const HttpRequest& request) {
    cookie_seen = cookie_seen || request.headers.has("Cookie");
    HttpResponse response;
    response.headers = {{"Set-Cookie", "a=b"}};
    return response;
  };
  EXPECT_TRUE(get(url("/")).ok());
  EXPECT_TRUE(get(url("/")).ok());
  EXPECT_FALSE(cookie_seen);
}

TEST_F(HttpClientTest, AStreamDeliversEventsUntilTheCallerHasEnough) {
  const auto source = EventSource::create();
  handler_ = [&](const HttpRequest&) {
    HttpResponse response;
    response.stream = source;
    return response;
  };
  EXPECT_TRUE(source->send(ServerEvent{"1", "report", "first"}).ok());
  std::string received;
  ClientRequest request;
  request.url = url("/");
  const auto response = client_->stream(request, [&](std::string_view bytes) {
    received += bytes;
    return !received.ends_with("first\n\n");
  });
  ASSERT_TRUE(response.ok()) << response.error().detail;
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(received, "id: 1\nevent: report\ndata: first\n\n");
}

TEST_F(HttpClientTest, TheBodyOfAnErrorIsNotStreamed) {
  handler_ = [](const HttpRequest&) {
    HttpResponse response;
    response.status = 403;
    response.body = "no";
    return response;
  };
  ClientRequest request;
  request.url = url("/");
  const auto response = client_->stream(request, [](std::string_view) -> bool {
    ADD_FAILURE() << "called";
    return false;
  });
  EXPECT_EQ(response->status, 403);
}

// The listener stands on the very port that is asked for; only the address rule keeps the client away.
class ForbiddenUrl : public HttpClientTest, public testing::WithParamInterface<const char*> {};
TEST_P(ForbiddenUrl, IsNeverConnectedTo) {
  client_ = std::move(HttpClient::create({})).value();
  std::string target = GetParam();
  if (const std::size_t at = target.find("PORT"); at != std::string::npos) {
    target.replace(at, 4, std::to_string(server_->port()));
  }
  const auto response = get(target);
  ASSERT_FALSE(response.ok()) << target;
  EXPECT_THAT(response.error().code, testing::AnyOf("fetch.address_forbidden", "fetch.url")) << target;
  EXPECT_EQ(server_->connection_count(), 0U);
  EXPECT_EQ(requests_, 0);
}
INSTANTIATE_TEST_SUITE_P(
    Spellings, ForbiddenUrl,
    testing::Values(
        "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://127.1:PORT/", "http://127.0.1:PORT/",
        "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0x7f.0.0.1:PORT/", "http://0177.0.0.1:PORT/",
        "http://017700000001:PORT/", "http://0:PORT/", "http://0.0.0.0:PORT/", "http://[::1]:PORT/",
        "http://[::]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/",
        "http://[0:0:0:0:0:0:0:1]:PORT/", "http://[64:ff9b::127.0.0.1]:PORT/", "http://LOCALHOST:PORT/",
        "HTTP://127.0.0.1:PORT/", "http:127.0.0.1:PORT/", "http:/127.0.0.1:PORT/", "http:///127.0.0.1:PORT/",
        "http://user@127.0.0.1:PORT/", "http://a:b@127.0.0.1:PORT/", "http://8.8.8.8@127.0.0.1:PORT/",
        "http://8.8.8.8%40127.0.0.1:PORT/", "http://127.0.0.1:PORT\\@8.8.8.8/", "http://8.8.8.8\\@127.0.0.1:PORT/",
        "http://127.0.0.1%00.example:PORT/", "http://127.0.0.1:PORT#@8.8.8.8/", "http://127.0.0.1:PORT?@8.8.8.8/",
        "http://127.0.0.1 :PORT/", " http://127.0.0.1:PORT/", "http://127.0.0.1:PORT /", "http://\t127.0.0.1:PORT/",
        "http://127.0.0.1\r\n:PORT/", "https://127.0.0.1:PORT/", "http://127.0.0.1/", "https://127.0.0.1/",
        "http://169.254.169.254/", "http://10.0.0.1/", "http://192.168.1.1/", "http://100.64.0.1/", "http://[fe80::1]/",
        "http://[fd00::1]/", "file:///etc/passwd", "FILE:///etc/passwd", "gopher://127.0.0.1:PORT/",
        "dict://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/", "ldap://127.0.0.1:PORT/", "smb://127.0.0.1/",
        "tftp://127.0.0.1/", "telnet://127.0.0.1:PORT/", "mailto:a@b", "javascript:1", "data:text/plain,a",
        "//127.0.0.1:PORT/", "127.0.0.1:PORT", "/etc/passwd", "", "http://", "http://:PORT/", "http://127.0.0.1:99999/",
        "http://127.0.0.1:-1/", "http://[::1/", "http://\xE2\x91\xA0\xE2\x91\xA1\xE2\x91\xA6.0.0.1:PORT/"));

}  // namespace
}  // namespace hinomi
