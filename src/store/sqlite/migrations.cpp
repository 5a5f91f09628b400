#include "store/sqlite/migrations.h"

#include <array>
#include <string>

#include "store/sqlite/database.h"
#include "store/sqlite/schema_0001.h"
#include "store/sqlite/schema_0002.h"
#include "store/sqlite/schema_0003.h"
#include "store/sqlite/schema_0004.h"
#include "store/sqlite/schema_0005.h"
#include "store/sqlite/schema_0006.h"
#include "store/sqlite/schema_0007.h"
#include "store/sqlite/schema_0008.h"
#include "store/sqlite/schema_0009.h"
#include "store/sqlite/schema_0010.h"
#include "store/sqlite/schema_0011.h"
#include "store/sqlite/schema_0012.h"
#include "store/sqlite/schema_0013.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::array kMigrations{Migration{1, "first", kSchema0001},
                                 Migration{2, "who saw what", kSchema0002},
                                 Migration{3, "people and rights", kSchema0003},
                                 Migration{4, "accounts", kSchema0004},
                                 Migration{5, "identities at OpenID providers", kSchema0005},
                                 Migration{6, "forms handed in", kSchema0006},
                                 Migration{7, "consent taken back", kSchema0007},
                                 Migration{8, "kept for a time", kSchema0008},
                                 Migration{9, "keys by record", kSchema0009},
                                 Migration{10, "pointers and other readers", kSchema0010},
                                 Migration{11, "who keeps the watch", kSchema0011},
                                 Migration{12, "open pointers", kSchema0012},
                                 Migration{13, "drafts of reports", kSchema0013}};

constexpr Statement kCreateVersions{
    "create_schema_version",
    "CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"};
constexpr Statement kNewest{"newest_schema_version", "SELECT max(number) FROM schema_version"};
constexpr Statement kAdd{"add_schema_version", "INSERT INTO schema_version (number, name) VALUES (?1, ?2)"};

Status apply(Database& database, const Migration& step) {
  TRY_OK(database.execute("BEGIN IMMEDIATE"));
  Status done = database.execute(step.sql);
  if (done.ok()) done = database.run(kAdd, step.number, step.name);
  if (done.ok()) done = database.execute("COMMIT");
  if (!done.ok() && database.in_transaction()) TRY_OK(database.execute("ROLLBACK"));
  return done;
}

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

Status migrate(Database& database, std::span<const Migration> steps) {
  TRY_OK(database.run(kCreateVersions));
  TRY(const auto newest, database.number(kNewest));
  const std::int64_t present = newest.value_or(0);
  const std::int64_t known = steps.empty() ? 0 : steps.back().number;
  if (present > known) {
    return unavailable("store.schema_newer", "The database has schema " + std::to_string(present) +
                                                 ", this program knows " + std::to_string(known) +
                                                 ". Start the newer program, or restore a backup.");
  }
  for (const Migration& step : steps) {
    if (step.number > present) TRY_OK(apply(database, step));
  }
  return {};
}

}  // namespace hinomi::store::sqlite
