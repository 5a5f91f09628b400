// One loop thread with its connections. Everything but adopt(), drain(), start() and stop() happens on that thread.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>

#include "net/connection.h"
#include "net/event_loop.h"
#include "net/server_context.h"

namespace hinomi {

class Shard {
 public:
  explicit Shard(ServerContext& context) : context_(context), scratch_(64 * 1024) {}
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  void start();
  void stop();  // after the workers have stopped

  void adopt(Connection::Peer peer);          // any thread; already counted by the caller
  void drain(std::chrono::seconds patience);  // any thread; once
  void remove(Connection& connection);

  [[nodiscard]] EventLoop& loop() { return loop_; }
  [[nodiscard]] ServerContext& context() { return context_; }
  // One receive buffer for all connections of the loop: an idle connection holds none.
  [[nodiscard]] std::span<char> scratch() { return scratch_; }

 private:
  void sweep();

  EventLoop loop_;  // first: what it still holds at the end must find the rest gone without touching it
  ServerContext& context_;
  std::vector<char> scratch_;
  std::unordered_map<Connection*, std::shared_ptr<Connection>> connections_;
  std::optional<Instant> drain_deadline_;
  std::thread thread_;
};

}  // namespace hinomi
