// store: durable writes per second by size of batch and number of clients; a page of 100 objects out of 100,000 by the
// number of labels in reach. On the system's temporary directory.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>
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

// One store with one collection that everybody of the sector reads and writes.
class Bench {
 public:
  Bench() {
    initialise_crypto();
    directory_ = std::filesystem::temp_directory_path() / ("hinomi-bench-" + uuid_text(random_uuid(random)));
    std::filesystem::create_directories(directory_);
    store = testing::must(store::open_sqlite_store(directory_.string(), {.random = random}));
    testing::must(store->put_directory(policy::MachineRoom::local_operator(), sector.directory));
    collection.id = CollectionId::random(random);
    collection.alias = "bench";
    collection.readers = testing::shared_with({sector.secretariat, sector.acme});
    collection.writers = collection.readers;
    if (!store->put_collection(policy::MachineRoom::local_operator(), collection).ok()) std::abort();
  }
  ~Bench() {
    store.reset();
    std::filesystem::remove_all(directory_);
  }
  void add(std::size_t count, const Label& label) {
    std::vector<StixObject> objects;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string id = "indicator--" + uuid_text(random_uuid(random));
      objects.push_back({id, "indicator", "2.1", "2026-01-01T00:00:00.000Z", std::string(1180, 'x')});
    }
    const auto principal = testing::as(*store->directory(), sector.analyst);
    const auto allowed =
        policy::permit<policy::action::WriteCollection>(principal, {collection.id, collection.writers});
    testing::must(store->add_objects(*allowed, objects, label, {testing::at("2026-11-22T00:00:00Z"), {}, {}, {}}));
  }
  policy::Reach reach() { return policy::reach_of(testing::as(*store->directory(), sector.analyst), *store->labels()); }
  // One of many labels that the analyst reads.
  Label label(std::size_t number) {
    AudienceSet set;
    set.orgs = {sector.secretariat};
    set.persons = {testing::id_number<PersonId>(static_cast<std::uint8_t>(100 + number))};
    Label label = collection.readers;
    label.audience = Audience::only(std::move(set));
    return label;
  }

  SystemRandom random;
  testing::Sector sector = testing::a_directory();
  store::Collection collection;
  std::unique_ptr<store::Store> store;

 private:
  std::filesystem::path directory_;
};

void add_objects(benchmark::State& state) {
  Bench bench;
  const auto batch = static_cast<std::size_t>(state.range(0));
  for ([[maybe_unused]] const auto step : state) bench.add(batch, bench.collection.readers);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(add_objects)->Arg(1)->Arg(100)->Arg(1000)->UseRealTime()->Unit(benchmark::kMillisecond);

void file_reports(benchmark::State& state) {
  static std::unique_ptr<Bench> bench;
  if (state.thread_index() == 0) bench = std::make_unique<Bench>();
  std::int64_t filed = 0;
  for ([[maybe_unused]] const auto step : state) {
    const ReportVersion report = testing::a_report(bench->random).from(bench->sector.acme);
    const auto principal = testing::as(*bench->store->directory(), bench->sector.acme_reporter);
    const auto allowed = policy::permit<policy::action::FileReport>(principal, {bench->sector.acme});
    filed += bench->store->file_report(*allowed, report, {report.filed_at, {}, {}, {}}).ok() ? 1 : 0;
  }
  state.SetItemsProcessed(filed);
}
BENCHMARK(file_reports)->Threads(1)->Threads(8)->Threads(64)->UseRealTime()->Unit(benchmark::kMicrosecond);

// 100,000 objects under `labels` labels that the reader has, and as many under others when `hidden` is set.
void page_of_objects(benchmark::State& state) {
  Bench bench;
  const auto labels = static_cast<std::size_t>(state.range(0));
  for (std::size_t i = 0; i < 100; ++i) {
    bench.add(1000, bench.label(i % labels));
    if (state.range(1) != 0) bench.add(1000, testing::shared_with({bench.sector.beta}));
  }
  const policy::Reach reach = bench.reach();
  store::Sequence after = 0;
  for ([[maybe_unused]] const auto step : state) {
    const auto page = testing::must(bench.store->objects(reach, bench.collection.id, {}, after, 100));
    after = page.more ? page.objects.back().sequence : 0;
  }
}
BENCHMARK(page_of_objects)->ArgsProduct({{1, 8, 64}, {0, 1}})->Unit(benchmark::kMicrosecond);

}  // namespace
