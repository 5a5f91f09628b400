// The schema as numbered steps that only go forward. Each runs once, in a transaction of its own, on the writer's
// connection before anybody else is let in.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"

namespace hinomi::store::sqlite {

class Database;

struct Migration {
  int number;
  std::string_view name;
  const char* sql;
};

// Ascending and without gaps, from 1.
std::span<const Migration> migrations();

// Brings the schema to the newest version. Unavailable (store.schema_newer) when the file was written by a newer
// program: nothing is touched then.
Status migrate(Database& database, std::span<const Migration> steps = migrations());

}  // namespace hinomi::store::sqlite
