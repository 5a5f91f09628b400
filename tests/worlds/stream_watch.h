// The viewer's event stream in one world: opened when the session begins, read when it ends.
#pragma once

#include <memory>
#include <string>

#include "net/event_source.h"
#include "worlds/world.h"

namespace hinomi::tests::worlds {

class StreamWatch {
 public:
  StreamWatch(World& world, const PersonId& viewer, const std::string& cookie);
  // All frames so far in their wire form. Files a report that the viewer alone reads and waits for the word of it:
  // what came before it has been delivered by then.
  std::string frames();

 private:
  struct Inbox;
  World& world_;
  PersonId viewer_;
  std::shared_ptr<EventSource> source_;
  std::shared_ptr<Inbox> inbox_;
};

}  // namespace hinomi::tests::worlds
