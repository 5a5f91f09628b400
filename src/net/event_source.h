// One subscriber of server-sent events (WHATWG HTML §9.2). The handler makes it, keeps a reference, and returns another
// in HttpResponse::stream; any thread may then send to it. It holds no thread and no more than its queue.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hinomi {

struct ServerEvent {
  std::string id;    // empty: no id line
  std::string name;  // empty: the client sees "message"
  std::string data;  // any text; each line becomes a data line
};

// An event in its wire form, encoded once for any number of subscribers.
using EncodedEvent = std::shared_ptr<const std::string>;
// Invalid "event.malformed" when id or name contains a line break or NUL, or something is not UTF-8.
Result<EncodedEvent> encode_event(const ServerEvent& event);

class EventSource {
 public:
  // A subscriber that lags more than this behind is closed (it reconnects with Last-Event-ID).
  struct Limits {
    std::size_t queued_events = 1024;
    std::size_t queued_bytes = std::size_t{1} << 20U;
  };
  static std::shared_ptr<EventSource> create(Limits limits);
  static std::shared_ptr<EventSource> create() { return create(Limits{}); }

  EventSource(const EventSource&) = delete;
  EventSource& operator=(const EventSource&) = delete;
  ~EventSource();

  // Queues the event and returns at once. Unavailable "event.gone" after the end, "event.overflow" when the queue
  // was full (the subscriber is then closed). May be called before the response has left.
  Status send(const ServerEvent& event);
  Status send(EncodedEvent event);
  // Ends the stream; what is queued is dropped (revocation must not leak one more event). Any thread, any number of
  // times.
  void close();
  [[nodiscard]] bool is_open() const;
  // Called once, on the network thread, when the subscriber is gone for whatever reason; at once when it already is.
  // Must not block. Replaces an earlier one.
  void on_gone(std::function<void()> callback);

 private:
  friend class EventStreamPort;  // the connection's side
  struct State;
  explicit EventSource(Limits limits);
  std::unique_ptr<State> state_;
};

}  // namespace hinomi
