// One world: the whole program without sockets over a database of its own, with a clock and chance that the tester
// leads by the hand. Two worlds of a pair are filled by the same deeds, but for the edits that the viewer may not see.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/api.h"
#include "app/installation.h"
#include "support/plain_printer.h"
#include "worlds/cast.h"
#include "worlds/draw.h"

namespace hinomi::tests::worlds {

// What every world of the process shares: parsed packs, texts, the portal's files.
struct Backdrop {
  app::Packs packs;
  Catalogue catalogue;
  api::Assets assets;
  std::string api_description;
  static const Backdrop& get();
};

// Uploads are read in this process: the sandbox has its own tests, and a child per file would be slow.
class PlainImporter final : public api::Importer {
 public:
  explicit PlainImporter(const flow::Platform& platform) : platform_(platform) {}
  Result<Outcome> import_file(const flow::Caller& caller, std::string_view source, std::string_view file,
                              std::string_view bytes) override;
  Result<std::vector<Table>> read_workbook(std::string_view bytes) override { return read_tables(bytes); }
  Result<ReceivedFile> read_received(std::string_view bytes) override { return read_received_file(bytes); }

 private:
  const flow::Platform& platform_;
};

// What a deed left behind, for the deeds that build on it and for what the viewer may ask about.
struct Things {
  std::optional<ReportVersion> report;         // as it was filed
  std::optional<ReportVersion> newest_report;  // with the versions that later deeds have added
  std::string also;                            // a value in the report and in all editions about it
  std::optional<ReviewId> review;
  std::optional<SubmissionId> submission;
  std::optional<PointerId> pointer;
  std::optional<DraftId> draft;
  std::optional<Release> release;
  std::vector<std::string> indicators;  // STIX ids of the release
  std::optional<CaseId> case_id;
  std::vector<std::string> keys;  // of the case
  std::optional<store::Collection> collection;
  std::vector<StixObject> objects;
  std::string status;               // of sending them
  std::string place;                // the collection they are in
  std::vector<std::string> values;  // addresses, names: what a search would be for
  std::vector<std::string> cves;
  std::vector<std::string> numbers;
  std::vector<std::string> ids;  // of anything else
  std::string idempotency_key;
  std::string login;
  std::optional<Relabelling> relabelling;
  std::string directory_change;
  std::string clearance;
};

class World {
 public:
  // `seed` names the pair: both worlds of it have the same one.
  World(const Cast& cast, std::uint64_t seed);
  // Over this directory, which stays; people and collections are there already when it exists.
  World(const Cast& cast, std::uint64_t seed, const std::string& directory);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] const Cast& cast() const { return cast_; }
  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] const flow::Platform& platform() const { return installation_->platform(); }
  [[nodiscard]] store::Store& store() const { return installation_->store(); }
  [[nodiscard]] api::Api& api() const { return *api_; }
  [[nodiscard]] Draw& random() { return random_; }
  [[nodiscard]] ManualClock& clock() { return clock_; }
  // This person with what they may read now. They must be active.
  [[nodiscard]] flow::Caller as(const PersonId& person) const;
  // Enters a clearance of this person, which somebody of the own organisation has confirmed.
  Result<ClearanceId> clear(const PersonId& person, const std::string& scope);

  // A browser session and an API token of this person, with secrets that follow from the seed.
  struct Keys {
    std::string cookie;
    std::string csrf;
    std::string token;
  };
  Keys keys_of(const PersonId& person, std::uint64_t which = 0);  // each `which` once

  std::map<std::size_t, Things> things;  // by deed
  // Words that stand only in what this deed made.
  std::map<std::size_t, std::vector<std::string>> taints;

 private:
  enum class Lifetime { GoesWithTheWorld, Stays };
  World(const Cast& cast, std::uint64_t seed, std::string directory, Lifetime lifetime);

  const Cast& cast_;
  std::uint64_t seed_;
  Draw random_;
  ManualClock clock_;
  NoLog log_;
  SystemFiles files_;
  std::string directory_;
  Lifetime lifetime_;
  std::unique_ptr<app::Installation> installation_;
  std::unique_ptr<PlainImporter> importer_;
  PlainPrinter printer_;
  std::unique_ptr<api::Api> api_;
};

// The value of what cannot fail while a world is made; ends the program with the error otherwise.
[[noreturn]] void give_up(const Error& error, std::string_view during);
template <class T>
T must(Result<T> result, std::string_view during = "making a world") {
  if (!result.ok()) give_up(result.error(), during);
  return std::move(result).value();
}
inline void must_be_ok(const Status& status, std::string_view during = "making a world") {
  if (!status.ok()) give_up(status.error(), during);
}

}  // namespace hinomi::tests::worlds
