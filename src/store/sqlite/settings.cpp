#include "store/sqlite/settings.h"

#include <array>
#include <span>
#include <string_view>

#include "store/sqlite/database.h"

namespace hinomi::store::sqlite {
namespace {

struct Setting {
  std::string_view name;
  const char* set;
  std::string_view reads_back;
};

// page_size comes before journal_mode: in WAL mode it can no longer change.
constexpr std::array kWriter{
    Setting{"page_size", "PRAGMA page_size = 8192", "8192"},
    Setting{"journal_mode", "PRAGMA journal_mode = WAL", "wal"},
    Setting{"synchronous", "PRAGMA synchronous = FULL", "2"},
    Setting{"wal_autocheckpoint", "PRAGMA wal_autocheckpoint = 0", "0"},
    Setting{"foreign_keys", "PRAGMA foreign_keys = ON", "1"},
    Setting{"trusted_schema", "PRAGMA trusted_schema = OFF", "0"},
    Setting{"secure_delete", "PRAGMA secure_delete = ON", "1"},
    Setting{"cell_size_check", "PRAGMA cell_size_check = ON", "1"},
    Setting{"mmap_size", "PRAGMA mmap_size = 0", "0"},
    Setting{"temp_store", "PRAGMA temp_store = MEMORY", "2"},
    Setting{"cache_size", "PRAGMA cache_size = -65536", "-65536"},
    Setting{"journal_size_limit", "PRAGMA journal_size_limit = 67108864", "67108864"},
};

constexpr std::array kReader{
    Setting{"query_only", "PRAGMA query_only = ON", "1"},
    Setting{"trusted_schema", "PRAGMA trusted_schema = OFF", "0"},
    Setting{"cell_size_check", "PRAGMA cell_size_check = ON", "1"},
    Setting{"mmap_size", "PRAGMA mmap_size = 0", "0"},
    Setting{"temp_store", "PRAGMA temp_store = MEMORY", "2"},
    Setting{"cache_size", "PRAGMA cache_size = -32768", "-32768"},
};

Status pin(Database& database, std::span<const Setting> settings) {
  for (const Setting& setting : settings) {
    TRY([[maybe_unused]] const auto answer, database.report(setting.set));
    TRY(const std::string value, database.setting(setting.name));
    if (value == setting.reads_back) continue;
    return unavailable("store.settings", "SQLite reads back " + std::string(setting.name) + "=" + value + ", not " +
                                             std::string(setting.reads_back) + "; the store does not serve like this.");
  }
  return {};
}

}  // namespace

Status pin_writer_settings(Database& database) { return pin(database, kWriter); }
Status pin_reader_settings(Database& database) { return pin(database, kReader); }

Result<std::vector<std::string>> read_settings(Database& database) {
  std::vector<std::string> lines;
  for (const Setting& setting : kWriter) {
    TRY(const std::string value, database.setting(setting.name));
    lines.push_back(std::string(setting.name) + "=" + value);
  }
  return lines;
}

}  // namespace hinomi::store::sqlite
