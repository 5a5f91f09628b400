// The settings that durability and secrecy rest on (RELIABILITY §6.1): set once per connection, then read back.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace hinomi::store::sqlite {

class Database;

// Unavailable (store.settings) when one does not read back as it was set.
Status pin_writer_settings(Database& database);
Status pin_reader_settings(Database& database);
// "name=value" of each pinned setting as the connection reads it back now.
Result<std::vector<std::string>> read_settings(Database& database);

}  // namespace hinomi::store::sqlite
