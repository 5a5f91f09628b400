#include "net/server_context.h"

#include <exception>

namespace hinomi {

void ServerContext::connection_opened() {
  const std::lock_guard lock(mutex_);
  ++connections_;
}

void ServerContext::connection_closed() {
  {
    const std::lock_guard lock(mutex_);
    --connections_;
    if (connections_ == 0) none_left_.notify_all();
  }
  if (after_close) after_close();
}

std::size_t ServerContext::connection_count() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void ServerContext::wait_until_no_connection() {
  std::unique_lock lock(mutex_);
  none_left_.wait(lock, [this] { return connections_ == 0; });
}

HttpResponse render_refusal(const ServerContext& context, const Refusal& refusal) {
  try {
    return context.callbacks.refuse(refusal);
  } catch (const std::exception& failure) {
    context.log.error("http_refusal_failed", {{"code", refusal.code}, {"why", failure.what()}});
    HttpResponse bare;
    bare.status = refusal.status;
    return bare;
  }
}

}  // namespace hinomi
