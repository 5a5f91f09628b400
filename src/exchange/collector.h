// Fetches configured sources when they are due, has them parsed in the sandbox and hands what was read to
// flow::collect. Keeps when each source is due and what its server said of the last version. One thread at a time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exchange/fetcher.h"
#include "exchange/sandbox.h"
#include "flow/collect.h"

namespace hinomi::exchange {

// The ways in; both outlive the collector.
struct Roads {
  Fetcher& web;      // http: and https:
  Fetcher& folders;  // file:
};

class Collector {
 public:
  // Acts for `person`, an analyst or operator of the secretariat, whose rights are asked anew at each run.
  Collector(const flow::Platform& platform, Roads roads, PersonId person, SandboxLimits limits = {})
      : platform_(platform), roads_(roads), person_(person), limits_(limits) {}

  // One run of one source, now. Whatever happens is noted in the health of the source; files that could not be read are
  // problems of a success. Unavailable when the source could not be fetched; what was collected before stays.
  Result<flow::Collected> collect_now(const Source& source);
  // Every source that is due, once. After a failure a source is due again in five minutes, or its interval if shorter.
  void collect_due(const std::vector<Source>& sources);

 private:
  struct Memory {
    Validators validators;
    std::size_t entries = 0;  // of the last version that was read
    Instant due{};
  };
  Result<flow::Collected> run(const flow::Caller& caller, const Source& source);
  Status note(const flow::Caller& caller, const Source& source, const Result<flow::Collected>& result);
  const flow::Platform& platform_;
  Roads roads_;
  PersonId person_;
  SandboxLimits limits_;
  std::map<std::string, Memory, std::less<>> memory_;  // by name of the source
};

}  // namespace hinomi::exchange
