#include "net/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>
#include <span>
#include <string_view>

namespace hinomi {
namespace {

constexpr std::size_t kRecordBytes = 16 * 1024;  // RFC 8446 §5.1
constexpr std::string_view kHttp11 = "http/1.1";

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeSession {
  void operator()(SSL* session) const { SSL_free(session); }
};
using ContextPointer = std::unique_ptr<SSL_CTX, FreeContext>;
using SessionPointer = std::unique_ptr<SSL, FreeSession>;

std::string_view gather(std::span<const std::string_view> pieces) {
  if (pieces.size() == 1 || pieces.front().size() >= kRecordBytes) return pieces.front();
  // One record for head and body together; the bytes are gone from here before the next connection writes.
  thread_local std::array<char, kRecordBytes> record;
  std::size_t filled = 0;
  for (const std::string_view piece : pieces) {
    filled += piece.copy(record.data() + filled, record.size() - filled);
  }
  return {record.data(), filled};
}

class TlsTransport final : public Transport {
 public:
  TlsTransport(SessionPointer session, int descriptor) : session_(std::move(session)), descriptor_(descriptor) {}

  IoOutcome handshake() override {
    ERR_clear_error();
    const int result = SSL_accept(session_.get());
    if (result == 1) return {IoOutcome::Kind::Moved, 0};
    return explain(result);
  }

  IoOutcome read(std::span<char> into) override {
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_read_ex(session_.get(), into.data(), into.size(), &count);
    if (result == 1) return {IoOutcome::Kind::Moved, count};
    return explain(result);
  }

  IoOutcome write(std::span<const std::string_view> pieces) override {
    ERR_clear_error();
    const std::string_view bytes = gather(pieces);
    std::size_t count = 0;
    const int result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &count);
    if (result == 1) return {IoOutcome::Kind::Moved, count};
    return explain(result);
  }

  [[nodiscard]] bool has_buffered() const override { return SSL_has_pending(session_.get()) == 1; }

  [[nodiscard]] std::optional<std::array<std::uint8_t, 32>> peer_certificate() const override {
    const X509* certificate = SSL_get0_peer_certificate(session_.get());
    std::array<std::uint8_t, 32> fingerprint{};
    if (certificate == nullptr || X509_digest(certificate, EVP_sha256(), fingerprint.data(), nullptr) != 1) return {};
    return fingerprint;
  }

  void end_output() override {
    // After a fatal error OpenSSL forbids the closing alert.
    if (!broken_ && SSL_is_init_finished(session_.get()) == 1) {
      ERR_clear_error();
      SSL_shutdown(session_.get());
    }
    ::shutdown(descriptor_, SHUT_WR);
  }

 private:
  IoOutcome explain(int result) {
    switch (SSL_get_error(session_.get(), result)) {
      case SSL_ERROR_WANT_READ: return {IoOutcome::Kind::WaitReadable, 0};
      case SSL_ERROR_WANT_WRITE: return {IoOutcome::Kind::WaitWritable, 0};
      case SSL_ERROR_ZERO_RETURN: return {IoOutcome::Kind::End, 0};
      default: broken_ = true; return {IoOutcome::Kind::Broken, 0};
    }
  }

  SessionPointer session_;
  int descriptor_;
  bool broken_ = false;
};

class OpenSslContext final : public TlsContext {
 public:
  explicit OpenSslContext(ContextPointer context) : context_(std::move(context)) {}

  [[nodiscard]] std::unique_ptr<Transport> serve(int descriptor) const override {
    SessionPointer session(SSL_new(context_.get()));
    if (!session || SSL_set_fd(session.get(), descriptor) != 1) return nullptr;
    return std::make_unique<TlsTransport>(std::move(session), descriptor);
  }

 private:
  ContextPointer context_;
};

// RFC 7301: a client that names protocols, but not ours, is told so instead of being spoken to.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned offered_length, void*) {
  for (unsigned at = 0; at < offered_length; at += 1U + offered[at]) {
    const std::string_view name(reinterpret_cast<const char*>(offered) + at + 1, offered[at]);
    if (name != kHttp11) continue;
    *chosen = offered + at + 1;
    *length = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// Without it OpenSSL would ask the terminal for the passphrase of an encrypted key.
int no_passphrase(char*, int, int, void*) { return 0; }

Error tls_error(const std::string& what, const std::string& path) {
  const unsigned long code = ERR_get_error();
  const char* reason = ERR_reason_error_string(code);
  ERR_clear_error();
  return invalid("net.tls_files", what + ": " + (reason != nullptr ? reason : "unknown reason") + ".", path);
}

// The handshake proves possession of the key; that is all we ask of TLS here.
int take_any_certificate(X509_STORE_CTX*, void*) { return 1; }

bool harden(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  // Tickets carry the session; a cache here would only grow.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  const std::array<unsigned char, 6> name{'h', 'i', 'n', 'o', 'm', 'i'};
  return SSL_CTX_set_session_id_context(context, name.data(), name.size()) == 1 &&
         SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1;
}

}  // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::create(const TlsFiles& files) {
  ERR_clear_error();
  ContextPointer context(SSL_CTX_new(TLS_server_method()));
  if (!context || !harden(context.get())) return internal("OpenSSL cannot make a server context.");
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate_path.c_str()) != 1) {
    return tls_error("The certificate cannot be used", files.certificate_path);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key_path.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return tls_error("The private key cannot be used with this certificate", files.key_path);
  }
  if (files.client_certificates == TlsFiles::ClientCertificates::Ask) {
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context.get(), take_any_certificate, nullptr);
  }
  return std::shared_ptr<const TlsContext>(std::make_shared<OpenSslContext>(std::move(context)));
}

}  // namespace hinomi
