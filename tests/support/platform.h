// A whole platform for tests of flow and above: a fresh store with the invented sector, a clock that stands still, the
// shipped packs.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "flow/caller.h"
#include "flow/entrance.h"
#include "flow/ledger_log.h"
#include "flow/platform.h"
#include "store/sqlite_store.h"
#include "support/builders.h"
#include "support/gazetteers.h"
#include "support/shipped_forms.h"
#include "support/shipped_packs.h"
#include "support/store_contract.h"

namespace hinomi::testing {

inline void must(const Status& status) {
  if (!status.ok()) std::abort();
}

class PlatformTest : public ::testing::Test {
 protected:
  PlatformTest()
      : store_(must(store::open_sqlite_store(directory_.path(), {.random = random_}))),
        ledger_(must(flow::LedgerLog::open(*store_, signing_key_))),
        anonymiser_(must(anonymity::Anonymiser::create(testing_support::shipped_gazetteers()))),
        platform_{*store_,      clock_, random_,        log_,     signing_key_, shipped_rulebook(), shipped_form_book(),
                  *anonymiser_, {},     CollectionId(), *ledger_, entrance_} {
    static_cast<void>(must(store_->put_directory(policy::MachineRoom::local_operator(), sector_.directory)));
  }

  [[nodiscard]] const flow::Platform& platform() const { return platform_; }
  [[nodiscard]] const Sector& sector() const { return sector_; }
  [[nodiscard]] ManualClock& clock() { return clock_; }
  [[nodiscard]] Log& log() { return log_; }
  // As of now: labels that came since are in its reach.
  [[nodiscard]] flow::Caller caller(const PersonId& person) const { return must(flow::caller_for(platform_, person)); }

 private:
  store::ScratchDirectory directory_;
  SeededRandom random_{7};
  ManualClock clock_{at("2026-11-23T01:00:00Z")};
  NoLog log_;
  Sector sector_ = a_directory();
  SigningKey signing_key_ = must(SigningKey::from_seed(Secret(Bytes(32, 7))));
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<flow::LedgerLog> ledger_;
  std::unique_ptr<anonymity::Anonymiser> anonymiser_;
  flow::Entrance entrance_{flow::PasswordHasher(HashCost::Test), Secret(Bytes(32, 9)), {}};
  flow::Platform platform_;
};

}  // namespace hinomi::testing
