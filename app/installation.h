// One data directory opened: its store, keys and packs, wired together. Whoever holds an Installation holds the machine
// room; `serve`, `demo`, `backup` and `doctor` each open one. Not movable: the platform inside borrows its members.
#pragma once

#include <memory>
#include <string>

#include "anonymity/anonymity.h"
#include "api/api.h"
#include "base/catalogue.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/files.h"
#include "base/log.h"
#include "base/random.h"
#include "flow/ledger_log.h"
#include "flow/platform.h"
#include "forms/form_book.h"
#include "store/store.h"

namespace hinomi::app {

// What an installation borrows from main.
struct Machine {
  const Clock& clock;
  Random& random;
  Log& log;
  Files& files;
};

// The packs as parsed. Immutable, so that one process may open many installations over them.
struct Packs {
  std::shared_ptr<const rules::Rulebook> rulebook;
  std::shared_ptr<const forms::FormBook> form_book;
  std::shared_ptr<const anonymity::Anonymiser> anonymiser;
};
Result<Packs> read_packs();

class Installation {
 public:
  // Creates the directory, keys and database where they are missing.
  static Result<std::unique_ptr<Installation>> open(const Machine& machine, const std::string& directory,
                                                    HashCost cost);
  // The same with packs that are parsed already.
  static Result<std::unique_ptr<Installation>> open(const Machine& machine, const std::string& directory, HashCost cost,
                                                    const Packs& packs);
  ~Installation();
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  [[nodiscard]] const flow::Platform& platform() const { return *platform_; }
  [[nodiscard]] store::Store& store() const { return *store_; }
  [[nodiscard]] const SigningKey& signing_key() const { return *signing_key_; }
  [[nodiscard]] const Secret<Bytes>& cookie_key() const { return cookie_key_; }
  [[nodiscard]] const std::string& directory() const { return directory_; }
  // Under which name browsers know this installation; before the server starts.
  void set_relying_party(flow::RelyingParty party) { entrance_->relying_party = std::move(party); }
  // Whether it takes reports without a name; before the server starts. It does not until told to.
  void set_unnamed_door(flow::UnnamedDoor door) { entrance_->unnamed = std::move(door); }

 private:
  Installation() = default;
  std::string directory_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<SigningKey> signing_key_;
  Secret<Bytes> cookie_key_;
  Packs packs_;
  std::unique_ptr<flow::LedgerLog> ledger_;
  std::unique_ptr<flow::Entrance> entrance_;
  std::unique_ptr<flow::Platform> platform_;
};

// Parts that need no data directory.
Result<Catalogue> embedded_catalogue();
std::vector<rules::PackSource> embedded_rule_packs();
Result<std::shared_ptr<const rules::Rulebook>> embedded_rulebook();
Result<std::shared_ptr<const forms::FormBook>> embedded_form_book(std::shared_ptr<const rules::Rulebook> rulebook);
Result<std::unique_ptr<anonymity::Anonymiser>> embedded_anonymiser();
api::Assets embedded_assets();
std::string_view embedded_api_description();

// The collection that releases go to, the same on every installation.
CollectionId releases_collection();

}  // namespace hinomi::app
