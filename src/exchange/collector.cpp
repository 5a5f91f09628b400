#include "exchange/collector.h"

#include <algorithm>
#include <iterator>

namespace hinomi::exchange {
namespace {

constexpr std::chrono::minutes kRetry{5};
// What was read is stored in parts, so that a large folder never has to fit into memory.
constexpr std::size_t kBytesAtOnce = std::size_t{64} << 20;

template <class T>
void move_all(std::vector<T>& from, std::vector<T>& into) {
  into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Files of one run, parsed one by one and collected in parts.
class Run {
 public:
  Run(const flow::Platform& platform, const flow::Caller& caller, const Source& source, SandboxLimits limits)
      : platform_(platform),
        caller_(caller),
        source_(source),
        channel_{.source = source.name, .tlp = source.tlp, .unmarked = source.tlp},
        sandbox_(limits) {}

  Status take(std::string_view name, std::string_view bytes) {
    ReadOutcome read = sandbox_.read({source_.name, std::string(name), bytes}, source_.format);
    move_all(read.items, waiting_.items);
    move_all(read.objects, waiting_.objects);
    move_all(read.problems, waiting_.problems);
    bytes_waiting_ += bytes.size();
    return bytes_waiting_ >= kBytesAtOnce ? flush() : Status();
  }

  Result<flow::Collected> finish(std::vector<ReadProblem> problems) {
    move_all(problems, waiting_.problems);
    TRY_OK(flush());
    return std::move(total_);
  }

 private:
  Status flush() {
    TRY(flow::Collected part, flow::collect(platform_, caller_, channel_, std::move(waiting_)));
    waiting_ = {};
    bytes_waiting_ = 0;
    total_.items += part.items;
    total_.objects += part.objects;
    total_.added += part.added;
    total_.duplicates += part.duplicates;
    total_.cases += part.cases;
    move_all(part.problems, total_.problems);
    return {};
  }

  const flow::Platform& platform_;
  const flow::Caller& caller_;
  const Source& source_;
  flow::Channel channel_;
  Sandbox sandbox_;
  ReadOutcome waiting_;
  std::size_t bytes_waiting_ = 0;
  flow::Collected total_;
};

}  // namespace

Result<flow::Collected> Collector::collect_now(const Source& source) {
  TRY(const flow::Caller caller, flow::caller_for(platform_, person_));
  auto result = run(caller, source);
  memory_[source.name].due =
      platform_.clock.now() + (result.ok() ? source.interval : std::min<std::chrono::seconds>(source.interval, kRetry));
  TRY_OK(note(caller, source, result));
  return result;
}

void Collector::collect_due(const std::vector<Source>& sources) {
  for (const Source& source : sources) {
    const auto known = memory_.find(source.name);
    if (known != memory_.end() && known->second.due > platform_.clock.now()) continue;
    const auto result = collect_now(source);
    if (result.ok()) {
      platform_.log.info("source_collected", {{"source", source.name}, {"added", std::to_string(result->added)}});
    } else {
      platform_.log.warn("source_failed", {{"source", source.name}, {"detail", result.error().detail}});
    }
  }
}

Result<flow::Collected> Collector::run(const flow::Caller& caller, const Source& source) {
  Memory& memory = memory_[source.name];
  Fetcher& fetcher = source.url.starts_with("file:") ? roads_.folders : roads_.web;
  Run files(platform_, caller, source, limits_);
  TRY(Fetched fetched, fetcher.fetch(source, memory.validators, [&](std::string_view name, std::string_view bytes) {
    return files.take(name, bytes);
  }));
  if (fetched.unchanged) return flow::Collected{};
  TRY(auto collected, files.finish(std::move(fetched.problems)));
  memory.entries = collected.items + collected.objects;
  // A version that was not read completely is asked for again.
  memory.validators = collected.problems.empty() ? fetched.validators : Validators{};
  return collected;
}

Status Collector::note(const flow::Caller& caller, const Source& source, const Result<flow::Collected>& result) {
  if (!result.ok()) {
    const Error& error = result.error();
    return flow::note_run(platform_, caller, {source.name, 0, 1, error.detail + " (" + error.code + ")", false});
  }
  flow::SourceRun run = flow::run_of({.source = source.name}, *result);
  run.entries = memory_[source.name].entries;
  return flow::note_run(platform_, caller, run);
}

}  // namespace hinomi::exchange
