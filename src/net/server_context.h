// What all connections of one server share. Outlives them; members are safe on any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "net/http_server.h"
#include "net/worker_pool.h"

namespace hinomi {

struct ServerContext {
  ServerContext(ServerOptions given, ServerCallbacks called, Log& to, const Clock& by)
      : options(std::move(given)), callbacks(std::move(called)), log(to), clock(by) {}

  const ServerOptions options;
  const ServerCallbacks callbacks;
  Log& log;
  const Clock& clock;
  WorkerPool workers;

  std::atomic<std::uint64_t> body_bytes{0};  // of requests not yet answered
  std::atomic<bool> draining{false};

  // Counted under a mutex, because stop() waits for zero.
  void connection_opened();
  void connection_closed();
  [[nodiscard]] std::size_t connection_count() const;
  void wait_until_no_connection();
  // Set once before the server starts; called after each close, from the loop that closed.
  std::function<void()> after_close;

 private:
  mutable std::mutex mutex_;
  std::condition_variable none_left_;
  std::size_t connections_ = 0;
};

// The refusal as the application renders it; its own failure falls back to the bare status.
HttpResponse render_refusal(const ServerContext& context, const Refusal& refusal);

}  // namespace hinomi
