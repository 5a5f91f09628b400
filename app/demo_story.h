// The tour of the demo: from collected advisories over one member's report to the other members' shield. Every step
// runs through the command line and public HTTP, as a member's own tools would; each checks what it got.
#pragma once

#include <functional>
#include <string>

#include "app/context.h"
#include "app/demo_sector.h"

namespace hinomi::app {

struct StorySetting {
  std::string program;  // this program's file, for its command line
  std::string server;   // the URL that the steps use
  std::string folder;   // for token files, logs and the plan; made when missing
  std::string feeds;    // folder of collected material
  std::string shared;   // folder with real-world feeds; may be empty
};

// Plays all steps and prints each with its time. The Error of the step that broke, with its name as place;
// Unavailable "demo.interrupted" when `stop_wanted` says so between two steps.
Status play_story(const Context& context, const DemoSector& sector, const StorySetting& setting,
                  const std::function<bool()>& stop_wanted);

}  // namespace hinomi::app
