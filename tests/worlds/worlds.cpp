// The two-world tester as a program: `worlds --seed N --viewer K --edits 3,7` shows one pair again; with
// `--list yes` it tells what happens in it. `worlds --seconds S --from N` runs seeds until the time is over. Ends with
// 1 when something is found.
#include <charconv>
#include <iostream>
#include <map>

#include "base/clock.h"
#include "base/text.h"
#include "worlds/tester.h"

namespace {

using namespace hinomi;
using namespace hinomi::tests::worlds;

std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    std::cerr << "worlds: not a number: " << text << "\n";
    std::exit(2);
  }
  return number;
}

// All that happens, with what the viewer may learn of marked.
void list(const Trial& trial) {
  const Plan plan = make_plan(trial.seed, trial.viewer, trial.size);
  for (std::size_t i = 0; i < plan.deeds.size(); ++i) {
    std::cout << i << (is_visible(plan, plan.deeds[i]) ? " seen   " : " hidden ") << plan.deeds[i].name;
    for (const std::size_t need : plan.deeds[i].needs) std::cout << " <" << need;
    std::cout << (i == plan.early ? " -- the session begins before this one\n" : "\n");
  }
}

int show(Trial trial) {
  Outcome outcome = run(trial);
  if (!outcome.finding) {
    std::cout << "nothing differs (" << outcome.requests << " requests in each world)\n";
    return 0;
  }
  if (!trial.edits) outcome = shrunk(trial, std::move(outcome));
  std::cout << text_of(trial, outcome);
  return 1;
}

int run_for(std::chrono::seconds time, std::uint64_t from, std::uint64_t step) {
  const SteadyClock clock;
  const Instant start = clock.now();
  std::uint64_t pairs = 0;
  std::uint64_t requests = 0;
  for (std::uint64_t seed = from; clock.now() - start < time; seed += step) {
    const Trial trial{.seed = seed, .viewer = static_cast<std::uint32_t>(seed % 16)};
    Outcome outcome = run(trial);
    if (outcome.finding) {
      std::cout << text_of(trial, shrunk(trial, std::move(outcome)));
      return 1;
    }
    ++pairs;
    requests += outcome.requests;
  }
  const double seconds = std::chrono::duration<double>(clock.now() - start).count();
  std::cout << "worlds: " << pairs << " pairs from seed " << from << ", " << requests << " requests in each world, "
            << static_cast<double>(pairs) / seconds << " pairs a second, nothing differs\n";
  return pairs > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::map<std::string, std::string> given;
  for (int i = 1; i + 1 < count; i += 2) given[arguments[i]] = arguments[i + 1];
  const auto value = [&](const char* name, std::uint64_t otherwise) {
    return given.contains(name) ? number_of(given[name]) : otherwise;
  };
  if (given.contains("--seconds"))
    return run_for(std::chrono::seconds(value("--seconds", 60)), value("--from", 1), value("--step", 1));
  Trial trial{.seed = value("--seed", 1), .viewer = static_cast<std::uint32_t>(value("--viewer", 0))};
  if (given.contains("--edits")) {
    trial.edits.emplace();
    if (given["--edits"] != "none") {
      for (const std::string_view deed : split(given["--edits"], ',')) trial.edits->push_back(number_of(deed));
    }
  }
  if (given.contains("--list")) {
    list(trial);
    return 0;
  }
  return show(trial);
}
