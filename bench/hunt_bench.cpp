// hunt: a seeded 200 MB log with planted indicators and look-alikes, searched with lists of 1 k, 100 k and 1 M
// indicators. hinomi's scanner, `grep -F -f` and `wc -l` read the same file in the same run; every figure is printed
// beside its ratio to `wc -l` and what was missed or reported falsely against the planted truth. HINOMI_BENCH_MB
// changes the size.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "app/hunt_files.h"
#include "hunt/scanner.h"

namespace {

using hinomi::Indicator;
using hinomi::IndicatorType;

constexpr std::size_t kLargestList = 1'000'000;
constexpr std::size_t kSizes[] = {1'000, 100'000, kLargestList};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  std::string letters(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('a' + below(26));
    return text;
  }
  std::string hex(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "0123456789abcdef"[below(16)];
    return text;
  }
  template <class T>
  const T& of(const std::vector<T>& choices) {
    // Few hosts make most of the traffic: the square of a uniform draw prefers the front.
    const double draw = static_cast<double>(engine_() >> 11) / 9007199254740992.0;
    return choices[static_cast<std::size_t>(draw * draw * static_cast<double>(choices.size()))];
  }

 private:
  std::mt19937_64 engine_;
};

std::string public_address(Dice& dice, unsigned first_octet) {
  return fmt::format("{}.{}.{}.{}", first_octet, dice.below(256), dice.below(256), 1 + dice.below(254));
}

// Listed and harmless values never meet: they use different first octets and different endings of the second label.
Indicator listed_indicator(Dice& dice) {
  static const std::vector<std::string> kEndings{"com", "net", "org", "co.jp", "example", "io"};
  const std::uint64_t kind = dice.below(100);
  if (kind < 35) return {IndicatorType::Ipv4, public_address(dice, 1 + static_cast<unsigned>(dice.below(60)))};
  const std::string host = dice.letters(9) + "q." + kEndings[dice.below(kEndings.size())];
  if (kind < 70) return {IndicatorType::Domain, host};
  if (kind < 88) return {IndicatorType::Url, "http://" + host + "/" + dice.letters(7) + ".php?id=" + dice.hex(6)};
  return {IndicatorType::Sha256, dice.hex(64)};
}

struct Corpus {
  Corpus() = default;
  Corpus(Corpus&&) = default;
  Corpus& operator=(Corpus&&) = delete;
  ~Corpus() {
    if (!path.empty()) std::remove(path.c_str());
  }

  std::vector<hinomi::PlanIndicator> list;
  std::string path;
  std::uint64_t bytes = 0, lines = 0;
  std::set<std::pair<std::uint64_t, std::size_t>> truth;  // line, index in the list
};

struct Line {
  std::string address, host, url, hash;
};

Line harmless_line(Dice& dice, const std::vector<std::string>& hosts, const std::vector<std::string>& addresses) {
  Line line{dice.of(addresses), dice.of(hosts), "", dice.hex(64)};
  line.url = "http://" + line.host + "/static/" + dice.letters(8) + ".js?v=" + dice.hex(8);
  return line;
}

// Puts the indicator where its kind belongs, or next to it: a longer name, one more digit, a longer path or hash.
enum class Planting { Hit, LookAlike };
void plant(Line& line, const Indicator& indicator, Planting planting, Dice& dice) {
  const bool is_hit = planting == Planting::Hit;
  switch (indicator.type) {
    case IndicatorType::Ipv4: line.address = indicator.value + (is_hit ? "" : "0"); return;
    case IndicatorType::Domain:
      line.host = (is_hit ? (dice.below(2) == 0 ? "" : "www.") : "not") + indicator.value;
      line.url = "-";
      return;
    case IndicatorType::Url: line.url = indicator.value + (is_hit ? "" : "x"); return;
    default: line.hash = indicator.value + (is_hit ? "" : "00"); return;
  }
}

std::string written(const Line& line, const Indicator* planted, Dice& dice) {
  const auto seconds = 1763000000 + dice.below(9000000);
  const std::uint64_t shape = planted == nullptr ? dice.below(100) : (planted->type == IndicatorType::Sha256 ? 99 : 30);
  if (shape < 25) {
    return fmt::format("{}.{:06}\tC{}\t172.16.{}.{}\t{}\t{}\t443\ttcp\tssl\t{}\tSF\n", seconds, dice.below(1000000),
                       dice.letters(17), dice.below(4), dice.below(256), 1024 + dice.below(60000), line.address,
                       dice.below(1000000));
  }
  if (shape < 60) {
    return fmt::format(R"({{"ts":{}.5,"id.orig_h":"172.16.0.{}","query":"{}","answers":["{}"],"url":"{}","rcode":0}})"
                       "\n",
                       seconds, dice.below(256), line.host, line.address, line.url);
  }
  if (shape < 95) {
    return fmt::format("{}.123 {:6} 172.16.1.{} TCP_MISS/200 {} GET {} - HIER_DIRECT/{} text/html\n", seconds,
                       dice.below(5000), dice.below(256), dice.below(100000), line.url, line.address);
  }
  return fmt::format(
      R"({{"@timestamp":"2026-11-23T00:00:00Z","file":{{"hash":{{"md5":"{}","sha256":"{}"}}}},"pid":{}}})"
      "\n",
      dice.hex(32), line.hash, dice.below(30000));
}

Corpus make_corpus() {
  Dice dice(20261123);
  Corpus corpus;
  std::set<std::string> known;
  while (corpus.list.size() < kLargestList) {
    Indicator indicator = listed_indicator(dice);
    if (known.insert(indicator.value).second) corpus.list.push_back({std::move(indicator), {}, {}, {}});
  }
  std::vector<std::string> hosts, addresses;
  for (int i = 0; i < 100000; ++i) hosts.push_back("www." + dice.letters(8) + "z.com");
  for (int i = 0; i < 100000; ++i)
    addresses.push_back(public_address(dice, 61 + static_cast<unsigned>(dice.below(60))));

  const char* megabytes = std::getenv("HINOMI_BENCH_MB");
  const std::uint64_t wanted = std::strtoull(megabytes != nullptr ? megabytes : "200", nullptr, 10) * 1'000'000;
  corpus.path = fmt::format("/tmp/hinomi-hunt-bench-{}.log", ::getpid());
  std::ofstream file(corpus.path, std::ios::binary);
  while (corpus.bytes < wanted) {
    Line line = harmless_line(dice, hosts, addresses);
    const std::uint64_t draw = dice.below(10000);
    const Indicator* planted = nullptr;
    ++corpus.lines;
    if (draw < 4) {
      const std::size_t index = dice.below(kSizes[dice.below(3)]);
      planted = &corpus.list[index].indicator;
      plant(line, *planted, draw < 2 ? Planting::Hit : Planting::LookAlike, dice);
      if (draw < 2) corpus.truth.emplace(corpus.lines, index);
    }
    const std::string text = written(line, planted, dice);
    corpus.bytes += text.size();
    file << text;
  }
  fmt::print("corpus: {:.1f} MB, {} lines, {} planted\n", static_cast<double>(corpus.bytes) / 1e6, corpus.lines,
             corpus.truth.size());
  return corpus;
}

const Corpus& corpus() {
  static const Corpus made = make_corpus();
  return made;
}

double seconds_of(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Runs a program with its output thrown away or into `output`; the arguments go as a list, without a shell.
void run_program(const std::vector<std::string>& arguments, const std::string& output) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::vector<char*> raw;
    for (const std::string& argument : arguments) raw.push_back(const_cast<char*>(argument.c_str()));
    raw.push_back(nullptr);
    if (std::freopen(output.c_str(), "w", stdout) == nullptr) std::_Exit(127);
    ::execvp(raw[0], raw.data());
    std::_Exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
}

double wc_rate() {
  static const double rate = [] {
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
      best = std::min(best, seconds_of([] { run_program({"wc", "-l", corpus().path}, "/dev/null"); }));
    }
    return static_cast<double>(corpus().bytes) / best;
  }();
  return rate;
}

using Hits = std::set<std::pair<std::uint64_t, std::size_t>>;

void report(benchmark::State& state, const Hits& seen, std::size_t size, double best) {
  std::size_t expected = 0, missed = 0, wrong = 0;
  for (const auto& hit : corpus().truth) {
    if (hit.second >= size) continue;
    ++expected;
    missed += seen.contains(hit) ? 0 : 1;
  }
  for (const auto& hit : seen) wrong += corpus().truth.contains(hit) ? 0 : 1;
  const double rate = static_cast<double>(corpus().bytes) / best;
  state.counters["MB/s"] = rate / 1e6;
  state.counters["of_wc"] = rate / wc_rate();
  state.counters["wc_MB/s"] = wc_rate() / 1e6;
  state.counters["planted"] = static_cast<double>(expected);
  state.counters["missed"] = static_cast<double>(missed);
  state.counters["false"] = static_cast<double>(wrong);
  if (missed + wrong > 0) state.SkipWithError("hits differ from the planted truth");
}

hinomi::HuntPlan plan_of(std::size_t size) {
  hinomi::PlanOptions options;
  for (std::size_t i = 0; i < options.key.size(); ++i) options.key[i] = static_cast<std::uint8_t>(31 * i + 7);
  auto compiled = hinomi::compile_plan(std::span(corpus().list).first(size), options);
  return hinomi::HuntPlan::own(std::move(compiled->bytes)).value();
}

void compile(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  for ([[maybe_unused]] const auto step : state) benchmark::DoNotOptimize(plan_of(size).size());
}
BENCHMARK(compile)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

// As `hinomi hunt` reads a file, on the given number of threads.
void hunt(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const hinomi::HuntPlan plan = plan_of(size);
  hinomi::app::FileScanner scanner(plan, static_cast<unsigned>(state.range(1)));
  Hits seen;
  double best = 1e9;
  hinomi::app::ScanPorts ports;
  ports.report = [&](std::span<const hinomi::PartHit> hits) {
    for (const hinomi::PartHit& hit : hits) seen.emplace(hit.line, hit.indicator);
  };
  ports.go_on = [](std::uint64_t) { return true; };
  for ([[maybe_unused]] const auto step : state) {
    best = std::min(best, seconds_of([&] { static_cast<void>(scanner.scan_file(corpus().path, ports)); }));
  }
  report(state, seen, size, best);
}
BENCHMARK(hunt)
    ->ArgNames({"list", "threads"})
    ->ArgsProduct({{1'000, 100'000, 1'000'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// Substring search over the same file and list. At 1 M it needs gigabytes and minutes and is left out.
void grep(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::string list = corpus().path + ".list", output = corpus().path + ".hits";
  std::map<std::string, std::size_t, std::less<>> index;
  {
    std::ofstream file(list);
    for (std::size_t i = 0; i < size; ++i) {
      file << corpus().list[i].indicator.value << "\n";
      index.emplace(corpus().list[i].indicator.value, i);
    }
  }
  double best = 1e9;
  for ([[maybe_unused]] const auto step : state) {
    best =
        std::min(best, seconds_of([&] { run_program({"grep", "-n", "-o", "-F", "-f", list, corpus().path}, output); }));
  }
  std::size_t wrong = 0, right = 0;
  std::ifstream hits(output);
  for (std::string line; std::getline(hits, line);) {
    const std::size_t colon = line.find(':');
    const auto found = index.find(std::string_view(line).substr(colon + 1));
    const bool is_true =
        found != index.end() && corpus().truth.contains({std::stoull(line.substr(0, colon)), found->second});
    ++(is_true ? right : wrong);
  }
  const double rate = static_cast<double>(corpus().bytes) / best;
  state.counters["MB/s"] = rate / 1e6;
  state.counters["of_wc"] = rate / wc_rate();
  state.counters["true"] = static_cast<double>(right);
  state.counters["false"] = static_cast<double>(wrong);
  std::remove(list.c_str());
  std::remove(output.c_str());
}
BENCHMARK(grep)->ArgName("list")->Arg(1'000)->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
