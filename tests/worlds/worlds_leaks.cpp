// Proves that the tester sees: with each planted leak it finds something, and nothing in the same pairs without it.
// Leaks that differ only in the work are found by counting instructions (instructions.py). Ends by printing
// `mutants: N planted, N found`; a leak that survives is named and fails the suite.
// worlds_leaks [--only NAME,NAME] [--seeds N] [--from SEED] [--show]
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "base/text.h"
#include "planted/planted.h"
#include "worlds/tester.h"

namespace {

using namespace hinomi;
using namespace hinomi::tests::worlds;

struct Asked {
  std::vector<std::string> only;  // all when empty
  std::uint32_t seeds = 240;      // most leaks show within twenty; what needs a rare viewer, within eighty
  std::uint32_t from = 70'000;
  bool show = false;

  [[nodiscard]] bool wants(const planted::Leak& leak) const {
    return only.empty() || std::ranges::find(only, leak.name) != only.end();
  }
};

bool differs_in_work_only(const planted::Leak& leak) { return leak.channel == "39 (work)"; }

constexpr std::uint32_t kProcesses = 2;

Trial trial_number(const Asked& asked, std::uint32_t number) {
  Trial trial;
  trial.seed = asked.from + number;
  trial.viewer = number * 11 + 1;  // every organisation in turn, of whichever number
  return trial;
}

// One line about a leak or a seed, from a child to the parent: "found NAME\tseed 70001 GET …", "lost NAME", "false …".
using Line = std::string;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// Several lines when the finding is to be shown whole.
std::string told(const Asked& asked, const Trial& trial, const Outcome& outcome) {
  if (!asked.show) return outcome.finding->request + ": " + first_line(outcome.finding->what.substr(0, 60));
  return text_of(trial, outcome);
}

// The number of the pair in which the leak shows.
std::optional<std::uint32_t> search(const Asked& asked, const planted::Leak& leak, std::ostream& out) {
  planted::turn_on(leak.name);
  for (std::uint32_t i = 0; i < asked.seeds; ++i) {
    const Trial trial = trial_number(asked, i);
    const Outcome outcome = run(trial);
    if (!outcome.finding) continue;
    planted::turn_off();
    out << "found " << leak.name << "\tseed " << trial.seed << ", pair " << i + 1 << ", " << told(asked, trial, outcome)
        << std::endl;
    return i;
  }
  planted::turn_off();
  out << "lost " << leak.name << "\t(" << leak.channel << ", " << leak.file << "): " << leak.why << std::endl;
  return std::nullopt;
}

// Every second leak; then each pair in which one showed without any, which must show nothing.
void work(const Asked& asked, std::uint32_t share, std::ostream& out) {
  std::set<std::uint32_t> shown_in;
  std::uint32_t number = 0;
  for (const planted::Leak& leak : planted::leaks()) {
    if (!asked.wants(leak) || differs_in_work_only(leak)) continue;
    if (number++ % kProcesses != share) continue;
    if (const auto pair = search(asked, leak, out)) shown_in.insert(*pair);
  }
  for (const std::uint32_t pair : shown_in) {
    const Trial trial = trial_number(asked, pair);
    Outcome outcome = run(trial);
    if (outcome.finding) out << "false alarm\t" << text_of(trial, shrunk(trial, std::move(outcome))) << std::endl;
  }
  out << "end" << std::endl;
}

// Counts instructions with the leaks that differ in work only, where any is asked for.
void count_work(const Asked& asked) {
  const auto all = planted::leaks();
  const bool wanted = std::ranges::any_of(
      all, [&](const planted::Leak& leak) { return differs_in_work_only(leak) && asked.wants(leak); });
  if (wanted) {
    std::cout.flush();
    ::execl(HINOMI_PYTHON, HINOMI_PYTHON, "-B", HINOMI_INSTRUCTIONS, HINOMI_WORLDS_WORK, "--leaks", "1", nullptr);
    std::cout << "the instructions could not be counted" << std::endl;
    return;
  }
  std::cout << "end" << std::endl;
}

// Runs the share in a process of its own, because a leak is on for a whole process; its output as it comes. The last
// share is the counting.
int start(const Asked& asked, std::uint32_t share) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) std::exit(2);
  if (::fork() == 0) {
    ::close(ends[0]);
    ::dup2(ends[1], STDOUT_FILENO);
    share == kProcesses ? count_work(asked) : work(asked, share, std::cout);
    std::cout.flush();
    ::_exit(0);
  }
  ::close(ends[1]);
  return ends[0];
}

std::string all_of(int pipe) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t count = ::read(pipe, buffer.data(), buffer.size()); count > 0;
       count = ::read(pipe, buffer.data(), buffer.size()))
    text.append(buffer.data(), static_cast<std::size_t>(count));
  ::close(pipe);
  return text;
}

Asked asked_for(int count, char** arguments) {
  Asked asked;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--show") asked.show = true;
    if (name == "--only" && i + 1 < count) {
      for (const std::string_view leak : split(arguments[++i], ',')) asked.only.emplace_back(leak);
    }
    if ((name == "--seeds" || name == "--from") && i + 1 < count) {
      const std::string_view value = arguments[++i];
      std::from_chars(value.data(), value.data() + value.size(), name == "--from" ? asked.from : asked.seeds);
    }
  }
  return asked;
}

}  // namespace

int main(int count, char** arguments) {
  const Asked asked = asked_for(count, arguments);
  std::array<int, kProcesses + 1> pipes{};
  for (std::uint32_t share = 0; share < pipes.size(); ++share) pipes.at(share) = start(asked, share);
  std::set<std::string> found;
  std::uint32_t ended = 0;
  bool clean = true;
  for (const int pipe : pipes) {
    const std::string text = all_of(pipe);
    std::cout << text;
    for (const std::string_view line : split(text, '\n')) {
      if (line.starts_with("found ")) found.emplace(line.substr(6, line.find('\t') - 6));
      if (line == "end") ++ended;
      if (line.starts_with("false alarm")) clean = false;
    }
  }
  while (::wait(nullptr) > 0) continue;
  std::size_t planted_count = 0;
  std::size_t found_count = 0;
  for (const planted::Leak& leak : planted::leaks()) {
    if (!asked.wants(leak)) continue;
    ++planted_count;
    found_count += found.contains(std::string(leak.name)) ? 1 : 0;
  }
  if (ended < pipes.size()) std::cout << "a process ended early: a leak broke the program itself\n";
  if (!clean) std::cout << "the tester found a difference where no leak was on\n";
  std::cout << "mutants: " << planted_count << " planted, " << found_count << " found" << std::endl;
  return clean && ended == pipes.size() && planted_count > 0 && found_count == planted_count ? 0 : 1;
}
