#include "net/http_server.h"

#include <unistd.h>

#include <csignal>

#include <algorithm>
#include <exception>
#include <future>
#include <mutex>
#include <vector>

#include "base/json.h"
#include "net/listener.h"
#include "net/server_context.h"
#include "net/shard.h"
#include "net/tls_context.h"

namespace hinomi {
namespace {

constexpr std::uint64_t kDefaultBodyLimit = std::uint64_t{1} << 20U;
constexpr std::chrono::milliseconds kRetryAccept{200};

// RFC 9457.
HttpResponse problem(const Refusal& refusal) {
  JsonWriter json;
  json.begin_object()
      .member("title", status_phrase(refusal.status))
      .member("status", refusal.status)
      .member("code", refusal.code)
      .member("detail", refusal.detail)
      .end_object();
  HttpResponse response;
  response.status = refusal.status;
  response.headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
  response.body = json.take();
  return response;
}

ServerCallbacks with_defaults(ServerCallbacks callbacks) {
  if (!callbacks.body_limit) callbacks.body_limit = [](const RequestHead&) { return kDefaultBodyLimit; };
  if (!callbacks.refuse) callbacks.refuse = problem;
  return callbacks;
}

class Server final : public HttpServer {
 public:
  Server(std::unique_ptr<ServerContext> context, std::shared_ptr<Listener> listener,
         std::shared_ptr<const TlsContext> tls)
      : context_(std::move(context)), listener_(std::move(listener)), tls_(std::move(tls)) {
    const unsigned loops = std::max(1U, context_->options.loop_threads);
    for (unsigned i = 0; i < loops; ++i) shards_.push_back(std::make_unique<Shard>(*context_));
  }
  ~Server() override { stop_within(Patience::None); }

  [[nodiscard]] unsigned short port() const override { return listener_->port(); }
  void start() noexcept override;
  void run() override;
  void stop() override { stop_within(Patience::Drain); }
  Status reload_certificate() override;
  [[nodiscard]] std::size_t connection_count() const override { return context_->connection_count(); }

 private:
  enum class Patience { Drain, None };
  void stop_within(Patience patience);
  void open_listener();
  void close_listener();
  void accepted(int descriptor, std::string address);

  std::unique_ptr<ServerContext> context_;
  std::shared_ptr<Listener> listener_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::size_t next_shard_ = 0;  // on the first loop's thread

  std::mutex mutex_;
  std::shared_ptr<const TlsContext> tls_;  // nothing: in the clear
  std::condition_variable stopped_;
  enum class State { Fresh, Running, Stopping, Stopped };
  State state_ = State::Fresh;
};

void Server::start() noexcept {
  const std::lock_guard lock(mutex_);
  if (state_ != State::Fresh) return;
  state_ = State::Running;
  context_->after_close = [this] {
    if (listener_->is_paused()) shards_.front()->loop().wake(listener_);
  };
  shards_.front()->loop().every(kRetryAccept, [this] {
    if (listener_->is_paused()) listener_->ready(Readiness::Woken);
  });
  context_->workers.start(std::max(1U, context_->options.worker_threads));
  for (const auto& shard : shards_) shard->start();
  open_listener();
  context_->log.info("http_started", {{"address", context_->options.address}, {"port", std::to_string(port())}});
}

void Server::open_listener() {
  shards_.front()->loop().post([this] {
    listener_->open(shards_.front()->loop(),
                    {[this] { return context_->connection_count() < context_->options.max_connections; },
                     [this](int descriptor, std::string address) { accepted(descriptor, std::move(address)); }});
  });
}

void Server::accepted(int descriptor, std::string address) {
  std::shared_ptr<const TlsContext> tls;
  {
    const std::lock_guard lock(mutex_);
    tls = tls_;
  }
  auto transport = tls ? tls->serve(descriptor) : make_plain_transport(descriptor);
  if (!transport) {
    ::close(descriptor);
    return;
  }
  context_->connection_opened();
  shards_[next_shard_++ % shards_.size()]->adopt(
      {descriptor, std::move(address), std::move(transport), tls != nullptr});
}

void Server::run() {
  start();
  std::unique_lock lock(mutex_);
  stopped_.wait(lock, [this] { return state_ == State::Stopped; });
}

void Server::stop_within(Patience patience) {
  {
    std::unique_lock lock(mutex_);
    if (state_ == State::Stopping) stopped_.wait(lock, [this] { return state_ == State::Stopped; });
    if (state_ != State::Running) return;
    state_ = State::Stopping;
  }
  close_listener();
  context_->draining = true;
  const auto time = patience == Patience::Drain ? context_->options.drain_deadline : std::chrono::seconds(0);
  for (const auto& shard : shards_) shard->drain(time);
  context_->wait_until_no_connection();
  context_->workers.stop();
  for (const auto& shard : shards_) shard->stop();
  context_->log.info("http_stopped");
  const std::lock_guard lock(mutex_);
  state_ = State::Stopped;
  stopped_.notify_all();
}

// Waits for it: a client accepted after the last connection was counted out would find nobody.
void Server::close_listener() {
  std::promise<void> closed;
  shards_.front()->loop().post([&] {
    listener_->close();
    closed.set_value();
  });
  closed.get_future().wait();
}

Status Server::reload_certificate() {
  if (!context_->options.tls) return {};
  TRY(auto tls, TlsContext::create(*context_->options.tls));
  const std::lock_guard lock(mutex_);
  tls_ = std::move(tls);
  return {};
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::create(ServerOptions options, ServerCallbacks callbacks, Log& log,
                                                       const Clock& clock) {
  // OpenSSL writes to sockets with write(2), which has no other way to survive a client that left.
  std::signal(SIGPIPE, SIG_IGN);
  std::shared_ptr<const TlsContext> tls;
  if (options.tls) {
    TRY(tls, TlsContext::create(*options.tls));
  }
  TRY(auto listener, Listener::bind(options.address, options.port, log));
  auto context = std::make_unique<ServerContext>(std::move(options), with_defaults(std::move(callbacks)), log, clock);
  try {
    return std::unique_ptr<HttpServer>(
        std::make_unique<Server>(std::move(context), std::move(listener), std::move(tls)));
  } catch (const std::exception& failure) {
    return unavailable("net.cannot_listen", std::string("The server has no event loop: ") + failure.what() + ".");
  }
}

}  // namespace hinomi
