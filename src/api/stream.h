// Server-sent events for signed-in readers. One thread follows the store's event order; for every subscriber it asks
// again who the person is and what they may read, before each delivery. A stream whose session ends or whose person's
// rights change is closed before that change is acknowledged, with all that was queued on it. Owns its thread and the
// subscriptions.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

#include "flow/caller.h"
#include "net/event_source.h"

namespace hinomi::api {

class StreamHub {
 public:
  // Registers with the store's on_events.
  explicit StreamHub(const flow::Platform& platform);
  ~StreamHub();
  StreamHub(const StreamHub&) = delete;
  StreamHub& operator=(const StreamHub&) = delete;

  // A stream of what the caller may read, from `after` on (the Last-Event-ID a browser sends back) or from now.
  // The ids on the wire are opaque: they tell nothing about events the reader may not see.
  std::shared_ptr<EventSource> subscribe(const flow::Caller& caller, std::optional<store::Sequence> after);
  // Ends all streams and the thread. Idempotent.
  void close();

 private:
  struct Subscriber {
    std::shared_ptr<EventSource> source;
    policy::Principal principal;  // as of the last directory that changed it
    Sha256 session{};
    store::Position sent;
  };
  void make_room(const PersonId& person);  // mutex_ is held
  // On the writer's thread, before a revocation is acknowledged: closes what it ended.
  void drop(std::span<const Sha256> ended_sessions);
  [[nodiscard]] bool has_same_rights(const Directory& directory, const policy::Principal& principal) const;
  void follow();
  void deliver(Subscriber& subscriber);

  const flow::Platform& platform_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool news_ = false;
  bool closing_ = false;
  std::map<std::uint64_t, Subscriber> subscribers_;
  std::uint64_t next_ = 0;
  std::thread thread_;
};

}  // namespace hinomi::api
