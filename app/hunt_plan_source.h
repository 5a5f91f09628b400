// Where a hunt takes its plan from: a plan file, a signed bundle, a plain list or a server. Used by hunt_command.cpp.
#pragma once

#include <memory>

#include "app/hunt_command.h"

namespace hinomi::app {

struct HuntSource {
  HuntPlan plan;
  std::shared_ptr<const void> keeps;  // what the plan views
  std::uint64_t searched = 0;         // indicators that the plan can find
};

// Says on context.err what was left out of a list and what a bundle's labels are.
Result<HuntSource> load_hunt_source(const Context& context, const HuntOptions& options, const HuntPorts& ports);

}  // namespace hinomi::app
