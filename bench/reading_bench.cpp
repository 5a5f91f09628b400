// Deciding a page of 50 threat objects at size: for readers of 1, 40 and 400 labels among 2,000 labels and 600,000
// objects, and beside it in the same run with a tenth of the hidden rows. A decision is the whole of it: the reach over
// all labels, then the page. On the system's temporary directory; about a gigabyte, a minute or two to fill.
#include <benchmark/benchmark.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/random.h"
#include "model/label.h"
#include "policy/permit.h"
#include "policy/reading.h"
#include "store/sqlite_store.h"
#include "support/builders.h"

namespace {

using namespace hinomi;

constexpr std::size_t kLabels = 2'000;
constexpr std::size_t kObjects = 600'000;
constexpr std::size_t kPage = 50;

// A reader's labels and how many objects stand under each: always more than a page from any place in the first half.
struct Readable {
  std::size_t labels;
  std::size_t objects_each;
};
constexpr std::array<Readable, 3> kReaders{{{1, 600}, {40, 60}, {400, 12}}};
// Adding an object looks for it under every label of its collection, so hidden labels are spread over many collections;
// pages are read from the first, which holds every readable label and as many hidden ones as the others do.
constexpr std::size_t kHiddenLabelsEach = 20;

// Three members, each of whom reads labels of its own; all other labels are nobody's here.
class Shelf {
 public:
  explicit Shelf(std::size_t hidden_each) {
    initialise_crypto();
    directory_ = std::filesystem::temp_directory_path() / ("hinomi-bench-" + uuid_text(random_uuid(random_)));
    std::filesystem::create_directories(directory_);
    store_ = testing::must(store::open_sqlite_store(directory_.string(), {.random = random_}));
    testing::must(store_->put_directory(policy::MachineRoom::local_operator(), sector_.directory));
    read_from_ = new_collection();
    fill(hidden_each);
  }
  ~Shelf() {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }

  // One decision of the reader of kReaders[reader], from a random place on. The number of objects given.
  std::size_t read_page(std::size_t reader) {
    const PersonId person = people()[reader];
    const policy::Reach reach = policy::reach_of(testing::as(*store_->directory(), person), *store_->labels());
    const auto& [first, last] = places_[reader];
    const store::Position after = first + static_cast<store::Sequence>(random_number()) % ((last - first) / 2);
    return testing::must(store_->objects(reach, read_from_.id, {}, after, kPage)).objects.size();
  }

 private:
  [[nodiscard]] std::array<PersonId, 3> people() const {
    return {sector_.acme_reporter, sector_.beta_reporter, sector_.gamma_reporter};
  }
  [[nodiscard]] std::array<OrgId, 3> readers() const { return {sector_.acme, sector_.beta, sector_.gamma}; }

  std::uint32_t random_number() {
    std::array<std::uint8_t, 4> bytes{};
    random_.fill(bytes);
    std::uint32_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    return number;
  }

  // Distinct by an organisation of its own that nobody belongs to.
  Label label_for(const std::vector<OrgId>& orgs) {
    std::set<OrgId> audience(orgs.begin(), orgs.end());
    audience.insert(OrgId::random(random_));
    return testing::shared_with(std::move(audience));
  }

  store::Collection new_collection() {
    store::Collection collection;
    collection.id = CollectionId::random(random_);
    collection.alias = uuid_text(random_uuid(random_));
    collection.readers = testing::shared_with({sector_.secretariat});
    collection.writers = collection.readers;
    if (!store_->put_collection(policy::MachineRoom::local_operator(), collection).ok()) std::abort();
    return collection;
  }

  // Hidden labels first and last, so that readable rows stand among them in the table.
  void fill(std::size_t hidden_each) {
    std::size_t readable = 0;
    for (const Readable& reader : kReaders) readable += reader.labels;
    const std::size_t hidden = kLabels - readable;
    store::Collection collection = read_from_;
    for (std::size_t i = 0; i < hidden; ++i) {
      if (i % kHiddenLabelsEach == 0 && i > 0) collection = new_collection();
      if (i == hidden / 2) fill_readable();
      add(collection, hidden_each, label_for({}));
    }
  }

  void fill_readable() {
    for (std::size_t reader = 0; reader < kReaders.size(); ++reader) {
      const store::Sequence first = store_->last_sequence();
      for (std::size_t i = 0; i < kReaders[reader].labels; ++i)
        add(read_from_, kReaders[reader].objects_each, label_for({readers()[reader]}));
      places_[reader] = {first, store_->last_sequence()};
    }
  }

  void add(const store::Collection& collection, std::size_t count, const Label& label) {
    std::vector<StixObject> objects;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string id = "indicator--" + uuid_text(random_uuid(random_));
      objects.push_back({id, "indicator", "2.1", "2026-01-01T00:00:00.000Z", std::string(600, 'x')});
    }
    const auto principal = testing::as(*store_->directory(), sector_.analyst);
    const auto allowed =
        policy::permit<policy::action::WriteCollection>(principal, {collection.id, collection.writers});
    testing::must(store_->add_objects(*allowed, objects, label, {testing::at("2026-11-22T00:00:00Z"), {}, {}, {}}));
  }

  SystemRandom random_;
  testing::Sector sector_ = testing::a_directory();
  store::Collection read_from_;
  std::array<std::pair<store::Sequence, store::Sequence>, kReaders.size()> places_;  // of each reader's rows
  std::filesystem::path directory_;
  std::unique_ptr<store::Store> store_;
};

constexpr std::size_t hidden_each(std::size_t objects) {
  std::size_t labels = kLabels;
  for (const Readable& reader : kReaders) {
    objects -= reader.labels * reader.objects_each;
    labels -= reader.labels;
  }
  return objects / labels;
}

// Filled once for all readers, when the first benchmark runs.
struct Shelves {
  Shelf full{hidden_each(kObjects)};
  Shelf sparse{hidden_each(kObjects) / 10};
};
Shelves& shelves() {
  static Shelves both;
  return both;
}

struct Milliseconds {
  double wall = 0;
  double processor = 0;  // of this thread: what the page costs, whatever else the machine does
};

double processor_milliseconds() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

Milliseconds timed_page(Shelf& shelf, std::size_t reader) {
  const auto begin = std::chrono::steady_clock::now();
  const double processor = processor_milliseconds();
  if (shelf.read_page(reader) != kPage) std::abort();  // a short page would be a cheap one
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), processor_milliseconds() - processor};
}

struct Figures {
  explicit Figures(std::vector<double> times) {
    std::ranges::sort(times);
    median = times[times.size() / 2];
    worst = times.back();
  }
  double median;
  double worst;
};

Figures figures(const std::vector<Milliseconds>& times, double Milliseconds::* part) {
  std::vector<double> values;
  for (const Milliseconds& time : times) values.push_back(time.*part);
  return Figures(std::move(values));
}

// Pages of both shelves in turns, so that whatever else the machine does meets both.
void page_of_50(benchmark::State& state) {
  const auto reader = static_cast<std::size_t>(state.range(0));
  std::vector<Milliseconds> full;
  std::vector<Milliseconds> sparse;
  for (int i = 0; i < 50; ++i) {  // warm
    timed_page(shelves().full, reader);
    timed_page(shelves().sparse, reader);
  }
  for ([[maybe_unused]] const auto step : state) {
    full.push_back(timed_page(shelves().full, reader));
    sparse.push_back(timed_page(shelves().sparse, reader));
  }
  const Figures wall = figures(full, &Milliseconds::wall);
  const Figures processor = figures(full, &Milliseconds::processor);
  state.counters["readable_labels"] = static_cast<double>(kReaders[reader].labels);
  state.counters["median_ms"] = wall.median;
  state.counters["worst_ms"] = wall.worst;
  state.counters["median_cpu_ms"] = processor.median;
  state.counters["worst_cpu_ms"] = processor.worst;
  state.counters["ratio_to_tenth_hidden"] = processor.median / figures(sparse, &Milliseconds::processor).median;
}
BENCHMARK(page_of_50)->DenseRange(0, 2)->Iterations(1000)->Unit(benchmark::kMillisecond);

}  // namespace
