// What the benchmarks of the whole program share: the demo sector in a directory of its own, which goes with the house.
#pragma once

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/api.h"
#include "app/demo_sector.h"
#include "app/installation.h"
#include "exchange/child_printer.h"
#include "net/http_server.h"

namespace hinomi::bench {

template <class T>
T must(Result<T> result) {
  if (!result.ok()) {
    const Error& error = result.error();
    fprintf(stderr, "%s %s %s\n", error.code.c_str(), error.detail.c_str(), error.where.c_str());
    std::abort();
  }
  return std::move(*result);
}
inline void must(const Status& status) {
  if (!status.ok()) must(Result<int>(status.error()));
}

class DemoHouse {
 public:
  DemoHouse(const Clock& clock, HashCost cost) {
    initialise_crypto();
    std::string pattern = (std::filesystem::temp_directory_path() / "hinomi-bench-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    installation_ = must(app::Installation::open({clock, random_, log_, files_}, directory_, cost));
    accounts_ = must(app::make_demo_sector(*installation_, random_)).accounts;
  }
  ~DemoHouse() {
    installation_.reset();
    std::filesystem::remove_all(directory_);
  }
  DemoHouse(const DemoHouse&) = delete;
  DemoHouse& operator=(const DemoHouse&) = delete;

  [[nodiscard]] const app::Installation& installation() const { return *installation_; }
  [[nodiscard]] const std::vector<app::DemoAccount>& accounts() const { return accounts_; }
  [[nodiscard]] Random& random() { return random_; }
  [[nodiscard]] Log& log() { return log_; }

 private:
  SeededRandom random_{7};
  NoLog log_;
  SystemFiles files_;
  std::string directory_;
  std::unique_ptr<app::Installation> installation_;
  std::vector<app::DemoAccount> accounts_;
};

// The routes of a house, and a server of its own for whatever a benchmark wants answered.
class ServedHouse {
 public:
  explicit ServedHouse(DemoHouse& house)
      : house_(house),
        catalogue_(must(app::embedded_catalogue())),
        api_({house.installation().platform(), catalogue_, assets_, importer_, printer_,
              std::string(app::embedded_api_description()), house.installation().cookie_key()}) {}

  [[nodiscard]] api::Api& api() { return api_; }
  std::unique_ptr<HttpServer> start(std::function<HttpResponse(const HttpRequest&)> handle, unsigned workers) {
    ServerOptions options;
    options.worker_threads = workers;
    auto server = must(HttpServer::create(
        options, {std::move(handle), [this](const RequestHead& head) { return api_.body_limit(head); }, {}},
        house_.log(), deadlines_));
    server->start();
    return server;
  }

 private:
  class NoImports final : public api::Importer {
   public:
    Result<Outcome> import_file(const flow::Caller&, std::string_view, std::string_view, std::string_view) override {
      return unavailable("import.closed", "The benchmark imports nothing.");
    }
    Result<std::vector<Table>> read_workbook(std::string_view) override {
      return unavailable("import.closed", "The benchmark imports nothing.");
    }
    Result<ReceivedFile> read_received(std::string_view) override { return not_found(); }
  };

  DemoHouse& house_;
  SteadyClock deadlines_;
  api::Assets assets_;
  NoImports importer_;
  exchange::ChildPrinter printer_;
  Catalogue catalogue_;
  api::Api api_;
};

}  // namespace hinomi::bench
