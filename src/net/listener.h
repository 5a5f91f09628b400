// The listening socket: accepts into a callback until told to pause, and pauses by itself when the kernel is out of
// descriptors. Bound at creation; everything else happens on the loop's thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/log.h"
#include "base/result.h"
#include "net/event_loop.h"

namespace hinomi {

class Listener final : public Watched, public std::enable_shared_from_this<Listener> {
 public:
  struct Callbacks {
    std::function<bool()> has_room;
    std::function<void(int descriptor, std::string remote_address)> accepted;
  };

  // Unavailable "net.cannot_listen".
  static Result<std::shared_ptr<Listener>> bind(const std::string& address, unsigned short port, Log& log);
  ~Listener() override;
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] unsigned short port() const { return port_; }
  void open(EventLoop& loop, Callbacks callbacks);
  void close();
  void ready(Readiness why) override;                       // Woken: there may be room again
  [[nodiscard]] bool is_paused() const { return paused_; }  // any thread

 private:
  Listener(int descriptor, unsigned short port, Log& log) : descriptor_(descriptor), port_(port), log_(log) {}
  void accept_waiting();
  bool accept_one();
  void pause_for(int error);

  int descriptor_;  // until open() gives it to the loop
  const unsigned short port_;
  Log& log_;
  std::optional<EventLoop::Socket> socket_;
  Callbacks callbacks_;
  bool waiting_ = false;
  bool complained_ = false;
  std::atomic<bool> paused_{false};
};

}  // namespace hinomi
