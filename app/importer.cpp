#include "app/importer.h"

#include "exchange/sandbox.h"
#include "exchange/workbook_sandbox.h"
#include "flow/collect.h"

namespace hinomi::app {
namespace {

std::string format_of(const ReadOutcome& outcome) {
  if (!outcome.items.empty()) return std::string(source_format_text(outcome.items.front().format));
  return outcome.objects.empty() ? "" : std::string(source_format_text(SourceFormat::Stix));
}

constexpr std::chrono::seconds kPatience{1};

// One of the places, given back at the end of the scope.
template <class Places>
class Place {
 public:
  explicit Place(Places& places) : places_(places), taken_(places.try_acquire_for(kPatience)) {}
  ~Place() {
    if (taken_) places_.release();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] bool is_taken() const { return taken_; }

 private:
  Places& places_;
  bool taken_;
};

Error busy() { return unavailable("import.busy", "Other files are being read. Send this one again in a moment."); }

// A child of its own for every upload: a parser that one file has taken over must not read another person's.
ReadOutcome read_alone(const SourceFile& file) {
  exchange::Sandbox sandbox;
  return sandbox.read(file);
}

}  // namespace

Result<api::Importer::Outcome> SandboxedImporter::import_file(const flow::Caller& caller, std::string_view source,
                                                              std::string_view file, std::string_view bytes) {
  ReadOutcome read;
  {
    const Place<Places> place(places_);
    if (!place.is_taken()) return busy();
    read = read_alone({std::string(source), std::string(file), bytes});
  }
  Outcome outcome;
  outcome.format = format_of(read);
  const flow::Channel channel{.source = std::string(source)};
  TRY(flow::Collected collected, flow::collect(platform_, caller, channel, std::move(read)));
  TRY_OK(flow::note_run(platform_, caller, flow::run_of(channel, collected)));
  outcome.items = collected.items;
  outcome.objects = collected.objects;
  outcome.added = collected.added;
  outcome.duplicates = collected.duplicates;
  outcome.cases = collected.cases;
  outcome.problems = std::move(collected.problems);
  return outcome;
}

Result<std::vector<Table>> SandboxedImporter::read_workbook(std::string_view bytes) {
  const Place<Places> place(places_);
  if (!place.is_taken()) return busy();
  return exchange::read_tables_confined(bytes);
}

Result<ReceivedFile> SandboxedImporter::read_received(std::string_view bytes) {
  const Place<Places> place(places_);
  if (!place.is_taken()) return busy();
  return exchange::read_received_confined(bytes);
}

}  // namespace hinomi::app
