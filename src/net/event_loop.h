// Readiness of sockets, wake-ups from other threads and a steady tick, on one thread. Boost.Asio stays inside.
// The thread that calls run() owns everything watched; only post() and wake() may come from elsewhere.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace hinomi {

enum class Readiness { Readable, Writable, Woken };

// What the loop calls back, always on its own thread.
class Watched {
 public:
  virtual ~Watched() = default;
  virtual void ready(Readiness why) = 0;
};

class EventLoop {
 public:
  EventLoop();  // throws when the kernel has no descriptors left
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Until stop(); what is still posted then is dropped.
  void run();
  void stop();                            // any thread
  void post(std::function<void()> work);  // any thread
  // Calls ready(Woken) soon; cheaper than post(). Any thread.
  void wake(std::shared_ptr<Watched> whom);
  // Repeats on the machine's monotonic time until stop(). Before run().
  void every(std::chrono::milliseconds period, std::function<void()> work);

  // One socket in the loop. Takes ownership of the descriptor, which must be non-blocking.
  class Socket {
   public:
    Socket(EventLoop& loop, int descriptor);
    ~Socket();  // closes
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int descriptor() const { return descriptor_; }
    // One call of ready(Readable or Writable); none when the socket closes first. The loop holds `whom` until then.
    void wait(Readiness which, std::shared_ptr<Watched> whom);

   private:
    struct Impl;
    int descriptor_;
    std::unique_ptr<Impl> impl_;
  };

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hinomi
