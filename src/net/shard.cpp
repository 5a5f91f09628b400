#include "net/shard.h"

#include <unistd.h>

#include <exception>
#include <vector>

namespace hinomi {

namespace {
constexpr std::chrono::milliseconds kSweepPeriod{100};
}

void Shard::start() {
  loop_.every(kSweepPeriod, [this] { sweep(); });
  thread_ = std::thread([this] { loop_.run(); });
}

void Shard::stop() {
  loop_.stop();
  if (thread_.joinable()) thread_.join();
}

void Shard::adopt(Connection::Peer peer) {
  auto shared = std::make_shared<Connection::Peer>(std::move(peer));
  loop_.post([this, shared] {
    try {
      auto connection = std::make_shared<Connection>(*this, std::move(*shared));
      connections_.emplace(connection.get(), connection);
      connection->open();
    } catch (const std::exception& failure) {
      // The kernel or the memory allocator is out of something: this client goes, the others stay.
      context_.log.error("http_connection_failed", {{"why", failure.what()}});
      ::close(shared->descriptor);
      context_.connection_closed();
    }
  });
}

void Shard::drain(std::chrono::seconds patience) {
  loop_.post([this, patience] {
    drain_deadline_ = context_.clock.now() + patience;
    sweep();
  });
}

void Shard::remove(Connection& connection) {
  if (connections_.erase(&connection) > 0) context_.connection_closed();
}

void Shard::sweep() {
  const Instant now = context_.clock.now();
  // Connections leave the map while they are visited.
  std::vector<std::shared_ptr<Connection>> visited;
  visited.reserve(connections_.size());
  for (const auto& [key, connection] : connections_) visited.push_back(connection);
  for (const auto& connection : visited) {
    if (drain_deadline_) {
      connection->drain();
      if (now >= *drain_deadline_) connection->close();
    }
    connection->sweep(now);
  }
}

}  // namespace hinomi
