// Looks at the database file from beside the program, read-only: which tables a request changed, and whether a word got
// in anywhere. For suites that must show that nothing was written; the program itself is never asked.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

namespace hinomi::testing_support {

class DatabaseWatch {
 public:
  // The data directory of an installation that is open in this process.
  explicit DatabaseWatch(const std::string& data_directory);
  DatabaseWatch(const DatabaseWatch&) = delete;
  DatabaseWatch& operator=(const DatabaseWatch&) = delete;

  // Tables whose rows differ from those at the last call (or at the start), but for `expected` ones; sorted.
  std::vector<std::string> changed(const std::set<std::string>& expected = {});
  // Every table that holds a row with this text in a text column.
  std::vector<std::string> tables_with(std::string_view text);
  // Column names of all tables, once each.
  std::vector<std::string> columns();

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  using Rows = std::vector<std::vector<std::string>>;
  Rows rows(const std::string& sql);
  std::int64_t commits();
  std::map<std::string, std::size_t> hashes();

  std::unique_ptr<sqlite3, Close> database_;
  std::vector<std::string> tables_;
  std::int64_t commits_ = 0;
  std::map<std::string, std::size_t> hashes_;
};

}  // namespace hinomi::testing_support
