// The raw SQLite C API in three values: a connection, a named statement, and one use of it. A connection belongs to one
// thread at a time; prepared statements are kept per connection and found by their constant's address.
// Texts and blobs read from a Query are copies: nothing borrowed outlives the step.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "policy/reading.h"
#include "store/sqlite/published.h"

struct sqlite3;
struct sqlite3_stmt;

namespace hinomi::store::sqlite {

// SQL lives in named constants with static storage and listed columns; `?n` in order of the arguments.
struct Statement {
  std::string_view name;
  const char* sql;
};

// One run of a prepared statement. Gives its statement back when it goes out of scope.
class Query {
 public:
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();

  // True while there is a row; the columns below read that row, counted from 0.
  Result<bool> next();
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Bytes blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] Instant instant(int column) const { return Instant(std::chrono::microseconds(integer(column))); }
  [[nodiscard]] policy::LabelId label(int column) const { return policy::LabelId{integer(column)}; }
  // Nil when the column does not hold 16 bytes; the schema's checks keep that out.
  template <class IdType>
  [[nodiscard]] IdType id(int column) const {
    return IdType(fixed<std::tuple_size_v<Uuid>>(column));
  }
  template <std::size_t kSize>
  [[nodiscard]] std::array<std::uint8_t, kSize> fixed(int column) const {
    std::array<std::uint8_t, kSize> value{};
    const Bytes bytes = blob(column);
    if (bytes.size() == kSize) std::copy(bytes.begin(), bytes.end(), value.begin());
    return value;
  }

 private:
  friend class Database;
  Query(class Database& database, const Statement& statement, sqlite3_stmt* prepared, bool* in_use)
      : database_(&database), statement_(&statement), prepared_(prepared), in_use_(in_use) {}

  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view text);
  void bind(int index, ByteView bytes);
  void bind_null(int index);
  void bind_value(int index, std::int64_t value) { bind(index, value); }
  void bind_value(int index, std::uint64_t value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind_value(int index, int value) { bind(index, std::int64_t{value}); }
  void bind_value(int index, unsigned value) { bind(index, std::int64_t{value}); }
  void bind_value(int index, bool value) { bind(index, std::int64_t{value}); }
  void bind_value(int index, const char* text) { bind(index, std::string_view(text)); }
  void bind_value(int index, std::string_view text) { bind(index, text); }
  void bind_value(int index, const std::string& text) { bind(index, std::string_view(text)); }
  void bind_value(int index, const Bytes& bytes) { bind(index, ByteView(bytes)); }
  void bind_value(int index, ByteView bytes) { bind(index, bytes); }
  void bind_value(int index, Instant at) { bind(index, std::int64_t{at.time_since_epoch().count()}); }
  void bind_value(int index, policy::LabelId id) { bind(index, id.value); }
  template <std::size_t kSize>
  void bind_value(int index, const std::array<std::uint8_t, kSize>& bytes) {
    bind(index, ByteView(bytes));
  }
  template <class Tag>
  void bind_value(int index, const Id<Tag>& id) {
    bind(index, ByteView(id.uuid()));
  }
  template <class T>
  void bind_value(int index, const std::optional<T>& value) {
    value ? bind_value(index, *value) : bind_null(index);
  }

  Database* database_;
  const Statement* statement_;
  sqlite3_stmt* prepared_;
  bool* in_use_;  // of the cache; null when this query owns its statement
  int bind_result_ = 0;
};

enum class Access { Write, Read };

class Database {
 public:
  // A new file gets mode 0600. `vfs` names SQLite's file layer; empty for the system's.
  static Result<std::unique_ptr<Database>> open(const std::string& path, Access access, const std::string& vfs);
  ~Database();
  // For a connection that reads: the labels that are durable, which it need not read then. They outlive it.
  void know(const Published<std::vector<policy::LabelEntry>>& labels) { labels_ = &labels; }
  // Null where none were made known.
  [[nodiscard]] std::shared_ptr<const std::vector<policy::LabelEntry>> known_labels() const {
    return labels_ == nullptr ? nullptr : labels_->get();
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  template <class... Values>
  Result<Query> query(const Statement& statement, const Values&... values) {
    TRY(Query query, prepare(statement));
    int index = 0;
    (query.bind_value(++index, values), ...);
    if (query.bind_result_ != 0) return error_of(query.bind_result_, statement.name);
    return query;
  }
  // For statements without rows.
  template <class... Values>
  Status run(const Statement& statement, const Values&... values) {
    TRY(Query query, this->query(statement, values...));
    TRY([[maybe_unused]] const bool row, query.next());
    return {};
  }
  // The first column of the first row; nothing when there is no row.
  template <class... Values>
  Result<std::optional<std::int64_t>> number(const Statement& statement, const Values&... values) {
    TRY(Query query, this->query(statement, values...));
    TRY(const bool row, query.next());
    if (!row || query.is_null(0)) return std::optional<std::int64_t>();
    return std::optional<std::int64_t>(query.integer(0));
  }
  // Fixed text of ours (settings, transactions, migrations); never with values in it.
  Status execute(const char* sql);
  // What PRAGMA `name` reads back.
  Result<std::string> setting(std::string_view name);
  // All rows of a PRAGMA, columns joined by a space.
  Result<std::vector<std::string>> report(const char* pragma);

  [[nodiscard]] std::int64_t changes() const;  // rows touched by the last statement
  [[nodiscard]] bool in_transaction() const;
  // True once the file failed underneath (I/O error, corruption); what was written since the last commit is unknown.
  [[nodiscard]] bool is_broken() const { return broken_; }
  // From here on log_pages() is kept. Setting wal_autocheckpoint ends it, so it comes after the settings.
  void watch_log();
  // Pages in the write-ahead log after the last commit of this connection.
  [[nodiscard]] int log_pages() const { return log_pages_; }
  // Moves what readers no longer need out of the write-ahead log; `truncate` waits for all of it.
  enum class Checkpoint { Passive, Truncate };
  Status checkpoint(Checkpoint mode);
  // Copies this connection's present snapshot into `target`, which must be empty.
  Status copy_to(Database& target);

 private:
  friend class Query;
  struct Prepared {
    sqlite3_stmt* statement = nullptr;
    bool in_use = false;
  };
  explicit Database(sqlite3* handle) : handle_(handle) {}
  Result<Query> prepare(const Statement& statement);
  // Classifies a result code; an I/O error or corruption marks the connection broken.
  Error error_of(int code, std::string_view doing);

  sqlite3* handle_;
  std::map<const char*, Prepared> prepared_;
  bool broken_ = false;
  int log_pages_ = 0;
  const Published<std::vector<policy::LabelEntry>>* labels_ = nullptr;
};

}  // namespace hinomi::store::sqlite
