// HTTP/1.1 server: readiness loops carry the sockets, a pool of workers runs the handler as a plain function.
// The server owns its threads; the log and the clock must outlive it. Ambiguous requests are refused, never repaired
// (RFC 9112 §11). Every limit below is absolute per request: one byte at a time does not buy time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "net/http.h"

namespace hinomi {

struct TlsFiles {
  std::string certificate_path;  // PEM, leaf first, then its chain
  std::string key_path;          // PEM
  // Ask clients for a certificate. Any is taken, self-signed too: TLS proves that the client holds its key, and
  // RequestHead::peer_certificate says which one it is; who that is, the handlers decide.
  enum class ClientCertificates { Ignore, Ask };
  ClientCertificates client_certificates = ClientCertificates::Ignore;
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // numeric IPv4 or IPv6; "::" takes both
  unsigned short port = 0;            // 0: any free port, see HttpServer::port()
  unsigned loop_threads = 1;
  unsigned worker_threads = 4;
  std::optional<TlsFiles> tls;

  std::size_t max_connections = 4096;                    // accepting pauses at this many
  std::size_t max_target_bytes = 8 * 1024;               // 414 above
  std::size_t max_head_bytes = 16 * 1024;                // 431 above; the same for trailers
  std::uint64_t max_body_bytes_in_flight = 512U << 20U;  // of all requests together; 503 above

  std::chrono::seconds head_deadline{10};   // from the first byte (or the accept) to the end of the head, TLS included
  std::chrono::seconds body_deadline{60};   // from the end of the head to the end of the body
  std::chrono::seconds idle_deadline{60};   // between two requests
  std::chrono::seconds write_deadline{30};  // for an answer, plus one second for each min_write_rate bytes of it
  std::uint64_t min_write_rate = 16 * 1024;
  std::chrono::seconds event_heartbeat{15};  // comment line on an otherwise silent event stream
  std::chrono::seconds drain_deadline{10};   // how long stop() lets running requests finish
};

// Why the server itself refuses: 400, 408, 413, 414, 417, 431, 500, 501, 503 or 505. `code` is a catalogue key.
struct Refusal {
  int status = 400;
  std::string code;                   // e.g. "http.host_missing"
  std::string detail;                 // English
  const RequestHead* head = nullptr;  // as far as it could be read, at least the target; valid during the call
};

struct ServerCallbacks {
  // Runs on a worker; may block. What it throws becomes a 500.
  std::function<HttpResponse(const HttpRequest&)> handle;
  // How many body bytes this request may carry; asked before any are read. Must not block. Default: 1 MiB for all.
  std::function<std::uint64_t(const RequestHead&)> body_limit;
  // Renders a refusal; must not block. Default: application/problem+json (RFC 9457).
  std::function<HttpResponse(const Refusal&)> refuse;
};

class HttpServer {
 public:
  // Binds and listens, so that port() is known and clients may already queue; answers only after start().
  // Unavailable "net.cannot_listen", Invalid "net.tls_files". Ignores SIGPIPE for the whole process.
  // `clock` measures deadlines only: give it a SteadyClock in production, a ManualClock in tests.
  static Result<std::unique_ptr<HttpServer>> create(ServerOptions options, ServerCallbacks callbacks, Log& log,
                                                    const Clock& clock);
  virtual ~HttpServer() = default;  // stops

  [[nodiscard]] virtual unsigned short port() const = 0;
  // Starts the threads and returns. Once. Ends the process when the kernel has no thread to give.
  virtual void start() noexcept = 0;
  // start(), then waits until another thread has called stop().
  virtual void run() = 0;
  // Stops accepting, closes idle and streaming connections, lets running requests finish up to the drain deadline, then
  // joins all threads. Any thread but a handler's or callback's; not from a signal handler. Idempotent.
  virtual void stop() = 0;
  // Reads the certificate and key again; new connections use them. On error the old ones stay.
  virtual Status reload_certificate() = 0;

  // Connections open now, of all kinds.
  [[nodiscard]] virtual std::size_t connection_count() const = 0;
};

}  // namespace hinomi
