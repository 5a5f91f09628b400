// Signing in with a password at its real Argon2id cost: how many a second, by the number of people who try at once, how
// many are sent away because all places are taken, and the memory that all of it takes at its worst.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/demo_sector.h"
#include "app/installation.h"
#include "flow/sign_in.h"

namespace {

using namespace hinomi;

template <class T>
T must(Result<T> result) {
  if (!result.ok()) {
    fprintf(stderr, "%s %s\n", result.error().code.c_str(), result.error().detail.c_str());
    std::abort();
  }
  return std::move(*result);
}

// The demo sector; those of its accounts that need no one-time code.
class House {
 public:
  House() {
    initialise_crypto();
    std::string pattern = (std::filesystem::temp_directory_path() / "hinomi-bench-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    installation_ = must(app::Installation::open({clock_, random_, log_, files_}, directory_, HashCost::Interactive));
    for (const app::DemoAccount& account : must(app::make_demo_sector(*installation_, random_)).accounts) {
      if (account.totp_secret.empty()) accounts_.push_back(account);
    }
  }
  ~House() {
    installation_.reset();
    std::filesystem::remove_all(directory_);
  }

  // True when signed in, false when sent away for now.
  bool sign_in(std::size_t number) {
    const app::DemoAccount& account = accounts_[number % accounts_.size()];
    const auto signed_in = flow::sign_in(
        installation_->platform(),
        {account.login, SecretText(account.password), "", "192.0.2." + std::to_string(number % accounts_.size())});
    if (!signed_in.ok() && signed_in.error().kind != ErrorKind::Unavailable) std::abort();
    return signed_in.ok();
  }

 private:
  SystemClock clock_;
  SystemRandom random_;
  NoLog log_;
  SystemFiles files_;
  std::string directory_;
  std::unique_ptr<app::Installation> installation_;
  std::vector<app::DemoAccount> accounts_;
};

// MiB of the process: "VmRSS" now, "VmHWM" at its worst since the last reset.
double mebibytes(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(field + ":")) return std::stod(line.substr(field.size() + 1)) / 1024;
  }
  return 0;
}

void reset_worst() { std::ofstream("/proc/self/clear_refs") << "5"; }

// Argument: people who try at once.
void sign_in(benchmark::State& state) {
  House house;
  house.sign_in(0);
  const double before = mebibytes("VmRSS");
  reset_worst();
  std::atomic<std::int64_t> signed_in{0};
  std::atomic<std::int64_t> sent_away{0};
  for ([[maybe_unused]] const auto step : state) {
    std::vector<std::thread> people;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      people.emplace_back([&, i] { ++(house.sign_in(static_cast<std::size_t>(i)) ? signed_in : sent_away); });
    }
    for (std::thread& person : people) person.join();
  }
  state.SetItemsProcessed(signed_in);
  state.counters["sent_away"] = static_cast<double>(sent_away);
  state.counters["MiB_at_worst"] = mebibytes("VmHWM") - before;
}
BENCHMARK(sign_in)->Arg(1)->Arg(4)->Arg(16)->Arg(64)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
