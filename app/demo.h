// `hinomi demo`: the invented sector in a directory, a server over it, and the story played against that server.
#pragma once

#include <string>

#include "app/context.h"

namespace hinomi::app {

struct DemoOptions {
  std::string data;
  unsigned short port = 8080;  // 0: any free one
  bool once = false;           // end after the story
  bool seed_only = false;      // fill the directory and end: no server, no story
  bool fresh = false;          // throw an earlier demo in `data` away; never anything else
  std::string shared;          // folder with real-world feeds
  std::string through;         // the URL that the story uses instead of the server's own
};

// Fills an empty directory, writes demo-credentials.json, serves http://localhost:PORT, plays the story, then stays
// until SIGINT or SIGTERM. Failed, with a sentence that names the step, when the story breaks.
ExitCode run_demo(const Context& context, const DemoOptions& options);

}  // namespace hinomi::app
