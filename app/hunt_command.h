// `hinomi hunt`: searches logs and files for indicators, locally. Opens no connection unless a server is named, and
// only through the function that main passes in; never writes to what it scans.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "app/context.h"
#include "hunt/plan.h"

namespace hinomi::app {

enum class FailOn { None, Hit };

struct HuntOptions {
  // Exactly one of these says what to look for.
  std::string plan;    // a compiled plan
  std::string bundle;  // a signed bundle; needs `trust`
  std::string list;    // --ioc: a plain list
  std::string server;  // https://…; the only way that opens a connection

  std::vector<std::string> trust;  // files with public keys, one a line in hexadecimal or base64
  std::vector<std::string> paths;  // files and folders; "-" is standard input
  std::string save_plan;           // write the compiled plan here too
  FailOn fail_on = FailOn::None;
  unsigned threads = 0;         // 0: one per processor
  bool shows_progress = false;  // main knows whether standard error is a terminal
};

struct HuntPorts {
  // The entitled indicators of a server.
  std::function<Result<std::vector<PlanIndicator>>(const std::string& url)> fetch_indicators;
  // Set by a signal: the hunt ends after the part it is reading, with what it has found.
  const std::atomic<bool>* interrupted = nullptr;
};

// Hits go to context.out (JSON lines with context.json), everything else to context.err.
// Done, Findings (only with FailOn::Hit), WrongUse, NotAllowed (bundle of an unknown key), Unavailable (server),
// Interrupted; Failed also when a file could not be examined.
ExitCode run_hunt(const Context& context, const HuntOptions& options, const HuntPorts& ports);

}  // namespace hinomi::app
