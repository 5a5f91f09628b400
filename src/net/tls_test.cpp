#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

#include "base/bytes.h"
#include "net/event_source.h"
#include "net/http_client.h"
#include "net/http_server.h"
#include "support/raw_client.h"
#include "support/test_certificate.h"

namespace hinomi {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using testing_support::RawClient;
using testing_support::TestCertificate;

constexpr std::string_view kGet = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

// A blocking TLS client that trusts everybody: what is tested is the server.
class TlsClient {
 public:
  struct Offer {
    int highest_version = TLS1_3_VERSION;
    std::string_view protocol;                     // of ALPN; empty: none
    const TestCertificate* certificate = nullptr;  // the client's own
  };
  TlsClient(unsigned short port, Offer offer)
      : client_(port), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), session_(nullptr, SSL_free) {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), offer.highest_version);
    if (offer.certificate != nullptr) {
      SSL_CTX_use_certificate_file(context_.get(), offer.certificate->certificate_path().c_str(), SSL_FILETYPE_PEM);
      SSL_CTX_use_PrivateKey_file(context_.get(), offer.certificate->key_path().c_str(), SSL_FILETYPE_PEM);
    }
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), client_.descriptor());
    if (!offer.protocol.empty()) {
      const std::string list = static_cast<char>(offer.protocol.size()) + std::string(offer.protocol);
      SSL_set_alpn_protos(session_.get(), reinterpret_cast<const unsigned char*>(list.data()),
                          static_cast<unsigned>(list.size()));
    }
    connected_ = SSL_connect(session_.get()) == 1;
  }
  explicit TlsClient(unsigned short port) : TlsClient(port, Offer{}) {}

  [[nodiscard]] bool connected() const { return connected_; }
  bool send(std::string_view bytes) {
    return SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
  }
  std::string read_until(std::string_view mark) {
    std::string all;
    char byte = 0;
    while (!all.ends_with(mark) && SSL_read(session_.get(), &byte, 1) == 1) all += byte;
    return all;
  }
  // The end as TLS says it, not a cut connection.
  bool is_ended_cleanly() {
    char byte = 0;
    return SSL_get_error(session_.get(), SSL_read(session_.get(), &byte, 1)) == SSL_ERROR_ZERO_RETURN;
  }
  SSL* session() { return session_.get(); }

 private:
  RawClient client_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  std::unique_ptr<SSL, void (*)(SSL*)> session_;
  bool connected_ = false;
};

class TlsTest : public testing::Test {
 protected:
  void serve(std::function<HttpResponse(const HttpRequest&)> handle) {
    ServerOptions options;
    options.tls = TlsFiles{certificate_.certificate_path(), certificate_.key_path(), ask_};
    auto created = HttpServer::create(options, {std::move(handle), {}, {}}, log_, clock_);
    ASSERT_TRUE(created.ok()) << created.error().detail;
    server_ = std::move(*created);
    server_->start();
  }
  void serve_text(const std::string& text) {
    serve([text](const HttpRequest& request) {
      HttpResponse response;
      response.body = request.tls ? text + request.body : "in the clear";
      return response;
    });
  }
  Result<ClientResponse> fetch(const std::string& host, const TestCertificate& trusted) {
    ClientOptions options;
    options.authority_file = trusted.certificate_path();
    options.addresses.also_allowed = {{IpAddress::from_v4({127, 0, 0, 1}), server_->port()}};
    ClientRequest request;
    request.url = "https://" + host + ":" + std::to_string(server_->port()) + "/";
    return std::move(HttpClient::create(options)).value()->send(request);
  }
  void TearDown() override { server_.reset(); }

  NoLog log_;
  ManualClock clock_{Instant{}};
  TestCertificate certificate_;
  TlsFiles::ClientCertificates ask_ = TlsFiles::ClientCertificates::Ignore;
  std::unique_ptr<HttpServer> server_;
};

// "none", or the first byte of the fingerprint that the handler sees, as a number.
std::string seen_certificate(unsigned short port, const TestCertificate* own) {
  TlsClient client(port, {TLS1_3_VERSION, {}, own});
  client.send(kGet);
  const std::string answer = client.read_until(";");
  return answer.substr(answer.rfind('\n') + 1);
}

TEST_F(TlsTest, TheHandlerSeesWhichCertificateTheClientHoldsTheKeyOf) {
  ask_ = TlsFiles::ClientCertificates::Ask;
  serve([](const HttpRequest& request) {
    HttpResponse response;
    response.body = (request.peer_certificate ? to_hex(*request.peer_certificate) : "none") + ";";
    return response;
  });
  const TestCertificate one;
  const TestCertificate other;
  EXPECT_EQ(seen_certificate(server_->port(), nullptr), "none;");
  const std::string seen = seen_certificate(server_->port(), &one);
  EXPECT_EQ(seen.size(), 65U);
  EXPECT_EQ(seen_certificate(server_->port(), &one), seen);
  EXPECT_NE(seen_certificate(server_->port(), &other), seen);
}

TEST_F(TlsTest, AServerThatDoesNotAskSeesNoCertificate) {
  serve([](const HttpRequest& request) {
    HttpResponse response;
    response.body = request.peer_certificate ? "some;" : "none;";
    return response;
  });
  const TestCertificate own;
  EXPECT_EQ(seen_certificate(server_->port(), &own), "none;");
}

TEST_F(TlsTest, ATrustedServerIsFetchedAndAnotherIsNot) {
  serve_text("hello");
  const auto trusted = fetch("127.0.0.1", certificate_);
  ASSERT_TRUE(trusted.ok()) << trusted.error().detail;
  EXPECT_EQ(trusted->body, "hello");
  const TestCertificate stranger;
  EXPECT_EQ(fetch("127.0.0.1", stranger).error().code, "fetch.tls");
}

TEST_F(TlsTest, RequestsAndLargeBodiesPassInBothDirections) {
  const std::string large(3'000'000, 'z');
  serve([&](const HttpRequest& request) {
    HttpResponse response;
    response.shared_body = std::make_shared<const std::string>(large + request.body + "end");
    return response;
  });
  TlsClient client(server_->port());
  ASSERT_TRUE(client.connected());
  for (int i = 0; i < 3; ++i) {
    const std::string body(500'000, 'y');
    client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n" + body);
    EXPECT_THAT(client.read_until("end"), EndsWith("zyyy" + body.substr(3) + "end"));
  }
}

TEST_F(TlsTest, PipelinedRequestsInOneRecordAreAllAnswered) {
  serve_text("hello");
  TlsClient client(server_->port());
  client.send(std::string(kGet) + std::string(kGet) + std::string(kGet));
  for (int i = 0; i < 3; ++i) EXPECT_THAT(client.read_until("hello"), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(TlsTest, OldProtocolVersionsAreRefused) {
  serve_text("hello");
  EXPECT_FALSE(TlsClient(server_->port(), {TLS1_1_VERSION, {}}).connected());
  EXPECT_TRUE(TlsClient(server_->port(), {TLS1_2_VERSION, {}}).connected());
}

TEST_F(TlsTest, RenegotiationIsRefused) {
  serve_text("hello");
  TlsClient client(server_->port(), {TLS1_2_VERSION, {}});
  ASSERT_TRUE(client.connected());
  SSL_renegotiate(client.session());
  EXPECT_NE(SSL_do_handshake(client.session()), 1);
}

TEST_F(TlsTest, OnlyHttp11IsNegotiated) {
  serve_text("hello");
  EXPECT_TRUE(TlsClient(server_->port(), {TLS1_3_VERSION, "http/1.1"}).connected());
  EXPECT_FALSE(TlsClient(server_->port(), {TLS1_3_VERSION, "spdy/1"}).connected());
}

TEST_F(TlsTest, ASecondConnectionResumesTheSession) {
  serve_text("hello");
  TlsClient first(server_->port(), {TLS1_2_VERSION, {}});
  ASSERT_TRUE(first.connected());
  SSL_SESSION* ticket = SSL_get1_session(first.session());
  RawClient socket(server_->port());
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  const std::unique_ptr<SSL, void (*)(SSL*)> second(SSL_new(context.get()), SSL_free);
  SSL_set_max_proto_version(second.get(), TLS1_2_VERSION);
  SSL_set_fd(second.get(), socket.descriptor());
  SSL_set_session(second.get(), ticket);
  EXPECT_EQ(SSL_connect(second.get()), 1);
  EXPECT_EQ(SSL_session_reused(second.get()), 1);
  SSL_SESSION_free(ticket);
}

TEST_F(TlsTest, AClosedConnectionIsEndedByTheProtocol) {
  serve_text("hello");
  TlsClient client(server_->port());
  client.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_until("hello"), HasSubstr("Connection: close"));
  EXPECT_TRUE(client.is_ended_cleanly());
}

TEST_F(TlsTest, PlainTextOnTheTlsPortIsCutOff) {
  serve_text("hello");
  RawClient client(server_->port());
  client.send(kGet);
  EXPECT_THAT(client.read_to_end(), testing::Not(HasSubstr("HTTP/1.1")));
}

TEST_F(TlsTest, ASilentHandshakeIsCutAtTheHeadDeadline) {
  serve_text("hello");
  RawClient client(server_->port());
  while (!client.has_input()) {
    clock_.advance(std::chrono::milliseconds(20));
    std::this_thread::yield();
  }
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(TlsTest, EventsArriveOverTls) {
  const auto source = EventSource::create();
  serve([&](const HttpRequest&) {
    HttpResponse response;
    response.stream = source;
    return response;
  });
  TlsClient client(server_->port());
  client.send(kGet);
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("text/event-stream"));
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(source->send(ServerEvent{std::to_string(i), "", "x"}).ok());
    EXPECT_EQ(client.read_until("\n\n"), "id: " + std::to_string(i) + "\ndata: x\n\n");
  }
  source->close();
  EXPECT_TRUE(client.is_ended_cleanly());
}

TEST_F(TlsTest, ARenewedCertificateServesNewConnections) {
  serve_text("hello");
  const TestCertificate renewed;
  const auto overwrite = std::filesystem::copy_options::overwrite_existing;
  std::filesystem::copy_file(renewed.certificate_path(), certificate_.certificate_path(), overwrite);
  EXPECT_EQ(server_->reload_certificate().error().code, "net.tls_files");
  std::filesystem::copy_file(renewed.key_path(), certificate_.key_path(), overwrite);
  EXPECT_TRUE(server_->reload_certificate().ok());
  EXPECT_TRUE(fetch("127.0.0.1", renewed).ok());
}

TEST_F(TlsTest, ACertificateForAnotherNameIsNotAccepted) {
  const TestCertificate other("DNS:other.example");
  ServerOptions options;
  options.tls = TlsFiles{other.certificate_path(), other.key_path()};
  server_ =
      std::move(HttpServer::create(options, {[](const HttpRequest&) { return HttpResponse{}; }, {}, {}}, log_, clock_))
          .value();
  server_->start();
  EXPECT_EQ(fetch("127.0.0.1", other).error().code, "fetch.tls");
}

TEST_F(TlsTest, MissingFilesAreReportedWithTheirPath) {
  ServerOptions options;
  options.tls = TlsFiles{"/nowhere/certificate.pem", certificate_.key_path()};
  const auto created = HttpServer::create(options, {}, log_, clock_);
  ASSERT_FALSE(created.ok());
  EXPECT_EQ(created.error().code, "net.tls_files");
  EXPECT_EQ(created.error().where, "/nowhere/certificate.pem");
}

}  // namespace
}  // namespace hinomi
