#include "support/database_watch.h"

#include <sqlite3.h>

#include <functional>
#include <stdexcept>

namespace hinomi::testing_support {

void DatabaseWatch::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

DatabaseWatch::DatabaseWatch(const std::string& data_directory) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2((data_directory + "/hinomi.db").c_str(), &opened,
                                   SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
  database_.reset(opened);
  if (code != SQLITE_OK) throw std::runtime_error("the database cannot be opened beside the program");
  for (auto& row : rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
    tables_.push_back(row.front().substr(2));
  commits_ = commits();
  hashes_ = hashes();
}

std::vector<std::string> DatabaseWatch::changed(const std::set<std::string>& expected) {
  // Differs whenever another connection has committed: the rows are read only then.
  const std::int64_t now = commits();
  if (now == commits_) return {};
  commits_ = now;
  auto fresh = hashes();
  std::vector<std::string> differing;
  for (const auto& [table, hash] : fresh) {
    if (hash != hashes_[table] && !expected.contains(table)) differing.push_back(table);
  }
  hashes_ = std::move(fresh);
  return differing;
}

std::vector<std::string> DatabaseWatch::tables_with(std::string_view text) {
  std::vector<std::string> found;
  for (const std::string& table : tables_) {
    for (const auto& row : rows("SELECT * FROM \"" + table + "\"")) {
      bool here = false;
      for (const std::string& value : row) here = here || value.find(text) != std::string::npos;
      if (!here) continue;
      found.push_back(table);
      break;
    }
  }
  return found;
}

std::vector<std::string> DatabaseWatch::columns() {
  std::set<std::string> names;
  for (const std::string& table : tables_) {
    for (const auto& row : rows("SELECT name FROM pragma_table_info('" + table + "')"))
      names.insert(row.front().substr(2));
  }
  return {names.begin(), names.end()};
}

DatabaseWatch::Rows DatabaseWatch::rows(const std::string& sql) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(database_.get()));
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(prepared, sqlite3_finalize);
  Rows all;
  while (sqlite3_step(prepared) == SQLITE_ROW) {
    std::vector<std::string> row;
    for (int column = 0; column < sqlite3_column_count(prepared); ++column) {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(prepared, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared, column));
      // The type stands before the value, so that NULL, an empty text and a number are not one another.
      row.push_back(std::to_string(sqlite3_column_type(prepared, column)) + ":" +
                    (bytes == nullptr ? std::string() : std::string(bytes, size)));
    }
    all.push_back(std::move(row));
  }
  return all;
}

std::int64_t DatabaseWatch::commits() {
  const std::string text = rows("PRAGMA data_version").front().front();
  return std::stoll(text.substr(2));
}

// Independent of the order of the rows: the sum of the rows' hashes.
std::map<std::string, std::size_t> DatabaseWatch::hashes() {
  std::map<std::string, std::size_t> all;
  for (const std::string& table : tables_) {
    std::size_t& sum = all[table];
    for (const auto& row : rows("SELECT * FROM \"" + table + "\"")) {
      std::string whole;
      for (const std::string& value : row) whole += std::to_string(value.size()) + "," + value;
      sum += std::hash<std::string>{}(whole);
    }
  }
  return all;
}

}  // namespace hinomi::testing_support
