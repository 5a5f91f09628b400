// The connection's side of an EventSource: takes what was sent and says when the subscriber is gone.
#pragma once

#include <functional>
#include <vector>

#include "net/event_source.h"

namespace hinomi {

class EventStreamPort {
 public:
  // `wake` runs after sends and close() until end(), with the source's lock held: it may only post.
  static void attach(EventSource& source, std::function<void()> wake);
  // Everything queued, oldest first, up to about 64 KiB; nothing once closed.
  static std::vector<EncodedEvent> take(EventSource& source);
  // The subscriber is gone: closes, never wakes again, calls on_gone once. Idempotent.
  static void end(EventSource& source);
};

}  // namespace hinomi
