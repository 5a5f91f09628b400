// Uploads of the API through the same sandbox and the same collector as feeds. Safe on any thread; at most a few files
// are parsed at the same time; further callers wait a moment and are then asked to come again, so that uploads never
// hold the workers that everything else needs.
#pragma once

#include <semaphore>

#include "api/api.h"
#include "flow/platform.h"

namespace hinomi::app {

class SandboxedImporter final : public api::Importer {
 public:
  explicit SandboxedImporter(const flow::Platform& platform) : platform_(platform) {}
  Result<Outcome> import_file(const flow::Caller& caller, std::string_view source, std::string_view file,
                              std::string_view bytes) override;
  Result<std::vector<Table>> read_workbook(std::string_view bytes) override;
  Result<ReceivedFile> read_received(std::string_view bytes) override;

 private:
  static constexpr std::ptrdiff_t kParsersAtOnce = 2;
  using Places = std::counting_semaphore<kParsersAtOnce>;
  const flow::Platform& platform_;
  Places places_{kParsersAtOnce};
};

}  // namespace hinomi::app
