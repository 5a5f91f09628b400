// What it costs that every read is on record before its answer leaves: 64 connections and a single one, reports and
// pages of threat objects, each with the record and without in turns. `first` reads are new marks, the worst case: the
// clock goes on by an hour before each round; `again` reads are marked already.
// The program cannot leave the record out. This benchmark is linked so that its calls of flow::record_reads come here.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/serve.h"
#include "base/json.h"
#include "bench/demo_house.h"
#include "bench/load.h"
#include "flow/read_record.h"
#include "flow/session.h"

namespace {

std::atomic<bool> recording{true};

}  // namespace

namespace hinomi::bench {
using Recorded = Result<std::shared_ptr<store::Recording>>;
}

// The linker's names for the function itself and for what its callers reach instead (bench/CMakeLists.txt).
hinomi::bench::Recorded really_record_reads(
    const hinomi::flow::Platform& platform,
    const hinomi::flow::Caller& caller) __asm__("__real__ZN6hinomi4flow12record_readsERKNS0_8PlatformERKNS0_6CallerE");
hinomi::bench::Recorded perhaps_record_reads(
    const hinomi::flow::Platform& platform,
    const hinomi::flow::Caller& caller) __asm__("__wrap__ZN6hinomi4flow12record_readsERKNS0_8PlatformERKNS0_6CallerE");

hinomi::bench::Recorded perhaps_record_reads(const hinomi::flow::Platform& platform,
                                             const hinomi::flow::Caller& caller) {
  return recording ? really_record_reads(platform, caller) : hinomi::bench::Recorded(nullptr);
}

namespace {

using namespace hinomi;
using bench::must;

constexpr std::size_t kReaders = 64;
constexpr std::size_t kReports = 40;
constexpr std::size_t kObjects = 1000;
constexpr double kLimit = 0.10;  // of read throughput, that the record may cost at 64 connections

std::string request_text(std::string_view method, std::string_view path, std::string_view token,
                         std::string_view body = "") {
  const bool is_taxii = path.starts_with("/taxii2");
  const std::string type = is_taxii ? "application/taxii+json;version=2.1" : "application/json";
  return std::string(method) + " " + std::string(path) + " HTTP/1.1\r\nHost: isac.example\r\nAuthorization: Bearer " +
         std::string(token) + "\r\nAccept: " + type + "\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

// The demo sector with 64 more analysts, 40 reports and a collection of 1,000 objects.
class ReadingHouse {
 public:
  ReadingHouse()
      : server_(served_.start([this](const HttpRequest& request) { return served_.api().begin(request); },
                              app::kWorkerThreads)) {
    hire_readers();
    for (std::size_t i = 0; i < kReports; ++i) file_report();
    fill_collection();
  }
  ~ReadingHouse() {
    served_.api().close_streams();
    server_->stop();
  }

  [[nodiscard]] unsigned short port() const { return server_->port(); }
  // Every reader asks something that leaves no mark, so that the use of all tokens is noted before a round begins.
  void begin_hour(bench::Load& load) {
    clock_.advance(std::chrono::hours(1));
    load.run([this](std::size_t reader, std::size_t) { return request_text("GET", "/api/v1/me", tokens_[reader]); }, 1);
  }
  [[nodiscard]] std::string read_report(std::size_t reader, std::size_t turn) const {
    return request_text("GET", "/api/v1/reports/" + reports_[(turn + reader) % kReports], tokens_[reader]);
  }
  // Each turn asks for a page of another length, which is another mark.
  [[nodiscard]] std::string read_objects(std::size_t reader, std::size_t turn) const {
    const std::string limit = std::to_string(60 + turn % kReports);
    return request_text("GET", "/taxii2/api/collections/partner-none/objects/?limit=" + limit, tokens_[reader]);
  }

 private:
  void hire_readers() {
    store::Store& store = house_.installation().store();
    const auto permit = policy::MachineRoom::local_operator();
    Directory directory = *store.directory();
    Person analyst;
    for (const auto& [id, person] : directory.persons) {
      if (person.login == "analyst1") analyst = person;
    }
    std::vector<PersonId> readers;
    for (std::size_t i = 0; i < kReaders; ++i) {
      analyst.id = PersonId::random(house_.random());
      analyst.login = "reader" + std::to_string(i);
      directory.persons.emplace(analyst.id, analyst);
      readers.push_back(analyst.id);
    }
    must(store.put_directory(permit, directory));
    for (const PersonId& reader : readers) {
      const auto token = must(flow::make_token(house_.installation().platform(), reader, {.name = "bench"}));
      tokens_.push_back(token.secret.expose());
    }
  }

  std::string post(std::string_view who, std::string_view path, std::string_view body) {
    const auto account = std::ranges::find(house_.accounts(), who, &app::DemoAccount::key);
    testing_support::RawClient client(server_->port());
    client.send(request_text("POST", path, account->api_token, body));
    const std::string answer = client.read_response();
    if (!answer.starts_with("HTTP/1.1 20")) {
      fprintf(stderr, "%s\n", answer.c_str());
      std::abort();
    }
    return answer.substr(answer.find("\r\n\r\n") + 4);
  }

  void file_report() {
    const std::string filed = post(
        "member_a_soc", "/api/v1/reports",
        R"({"kind":"incident","scope":"members_anonymously","technical_preconsent":true,"summary":"みなと電力ネットワークの東北エリアで不審なログオン","facts":{"t.recognised":"2026-11-22T02:05:00+09:00","inc.cyber":"suspected"},"technical":{"indicators":["c2.evil.example"],"techniques":["T0883"]}})");
    reports_.emplace_back(must(parse_json(filed))->root().string_at("id").value_or(""));
  }

  void fill_collection() {
    std::string objects;
    for (std::size_t i = 0; i < kObjects; ++i) {
      objects +=
          (i == 0 ? "" : ",") +
          (R"({"type":"indicator","spec_version":"2.1","id":"indicator--)" + uuid_text(random_uuid(house_.random())) +
           R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"n","pattern":"[ipv4-addr:value = '198.51.100.1']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"})");
    }
    post("analyst1", "/taxii2/api/collections/partner-none/objects/", R"({"objects":[)" + objects + "]}");
  }

  ManualClock clock_{Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22).time_since_epoch())};
  bench::DemoHouse house_{clock_, HashCost::Test};
  bench::ServedHouse served_{house_};
  std::unique_ptr<HttpServer> server_;
  std::vector<std::string> tokens_;
  std::vector<std::string> reports_;
};

ReadingHouse& house() {
  static ReadingHouse instance;
  return instance;
}

// What all rounds of one kind took.
struct Sum {
  std::vector<double> rates;
  std::vector<double> answers;
  double server = 0;

  void add(const bench::Spent& spent) {
    rates.push_back(static_cast<double>(spent.answers.size()) / spent.wall);
    answers.insert(answers.end(), spent.answers.begin(), spent.answers.end());
    server += spent.server;
  }
  [[nodiscard]] double rate() { return middle(rates, 50); }
  [[nodiscard]] double answer_ms(std::size_t hundredth) { return middle(answers, hundredth) * 1e3; }
  [[nodiscard]] double server_us() const { return server * 1e6 / static_cast<double>(answers.size()); }

 private:
  static double middle(std::vector<double>& values, std::size_t hundredth) {
    std::ranges::sort(values);
    return values[values.size() * hundredth / 100];
  }
};

struct Both {
  Sum with;
  Sum without;
};

enum class Marks { First, Again };

// One round with the record and one without, in changing order, so that whatever else the machine does meets both.
void compare(bench::Load& load, const bench::Load::RequestOf& request_of, Marks marks, Both& both) {
  static bool recording_first = false;
  recording_first = !recording_first;
  for (const bool record : {recording_first, !recording_first}) {
    recording = record;
    house().begin_hour(load);
    if (marks == Marks::Again) load.run(request_of, kReports);
    (record ? both.with : both.without).add(load.run(request_of, kReports));
  }
  recording = true;
}

bench::Load::RequestOf request_of(std::int64_t kind) {
  return [kind](std::size_t reader, std::size_t turn) {
    return kind == 0 ? house().read_report(reader, turn) : house().read_objects(reader, turn);
  };
}

// Arguments: what is read (0 a report, 1 a page of about 80 threat objects), 1 when it was read before.
void connections_64(benchmark::State& state) {
  bench::Load load(house().port(), kReaders);
  Both both;
  for ([[maybe_unused]] const auto step : state)
    compare(load, request_of(state.range(0)), state.range(1) != 0 ? Marks::Again : Marks::First, both);
  const double ratio = both.with.rate() / both.without.rate();
  state.counters["reads_per_s"] = both.with.rate();
  state.counters["without"] = both.without.rate();
  state.counters["ratio"] = ratio;
  state.counters["cost_of_limit_0.10"] = (1 - ratio) / kLimit;
  state.counters["server_us"] = both.with.server_us();
  state.counters["server_us_without"] = both.without.server_us();
}
BENCHMARK(connections_64)->ArgsProduct({{0, 1}, {0, 1}})->Iterations(7)->Unit(benchmark::kMillisecond);

void single_reader(benchmark::State& state) {
  bench::Load load(house().port(), 1);
  Both both;
  for ([[maybe_unused]] const auto step : state)
    compare(load, request_of(state.range(0)), state.range(1) != 0 ? Marks::Again : Marks::First, both);
  state.counters["p50_ms"] = both.with.answer_ms(50);
  state.counters["p99_ms"] = both.with.answer_ms(99);
  state.counters["p50_ms_without"] = both.without.answer_ms(50);
  state.counters["p99_ms_without"] = both.without.answer_ms(99);
}
BENCHMARK(single_reader)->ArgsProduct({{0, 1}, {0, 1}})->Iterations(25)->Unit(benchmark::kMillisecond);

}  // namespace
