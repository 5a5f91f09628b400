#include "store/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace hinomi::store::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kBackupPagesPerStep = 256;

int note_log_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

// SQLite would create the file readable for the group; the log and index files inherit what we set here.
Status create_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    return unavailable("store.cannot_open", "The database file cannot be created. Check the data directory.");
  ::close(file);
  return {};
}

bool is_file_failure(int primary) {
  return primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ||
         primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY || primary == SQLITE_PROTOCOL;
}

}  // namespace

Query::Query(Query&& other) noexcept
    : database_(other.database_),
      statement_(other.statement_),
      prepared_(std::exchange(other.prepared_, nullptr)),
      in_use_(std::exchange(other.in_use_, nullptr)),
      bind_result_(other.bind_result_) {}

Query::~Query() {
  if (prepared_ == nullptr) return;
  if (in_use_ == nullptr) {
    sqlite3_finalize(prepared_);
    return;
  }
  sqlite3_reset(prepared_);
  sqlite3_clear_bindings(prepared_);
  *in_use_ = false;
}

Result<bool> Query::next() {
  const int code = sqlite3_step(prepared_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->error_of(sqlite3_extended_errcode(database_->handle_), statement_->name);
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(prepared_, column); }

std::string Query::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(prepared_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

Bytes Query::blob(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(prepared_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column));
  return bytes == nullptr ? Bytes() : Bytes(bytes, bytes + size);
}

bool Query::is_null(int column) const { return sqlite3_column_type(prepared_, column) == SQLITE_NULL; }

void Query::bind(int index, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(prepared_, index, value); code != SQLITE_OK) bind_result_ = code;
}

void Query::bind(int index, std::string_view text) {
  const char* bytes = text.empty() ? "" : text.data();
  const int code = sqlite3_bind_text64(prepared_, index, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) bind_result_ = code;
}

void Query::bind(int index, ByteView bytes) {
  // A null pointer would bind NULL instead of an empty blob.
  const void* start = bytes.empty() ? static_cast<const void*>("") : bytes.data();
  const int code = sqlite3_bind_blob64(prepared_, index, start, bytes.size(), SQLITE_TRANSIENT);
  if (code != SQLITE_OK) bind_result_ = code;
}

void Query::bind_null(int index) {
  if (const int code = sqlite3_bind_null(prepared_, index); code != SQLITE_OK) bind_result_ = code;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access, const std::string& vfs) {
  if (access == Access::Write) TRY_OK(create_private_file(path));
  const int flags = (access == Access::Write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
  std::unique_ptr<Database> database(new Database(handle));
  if (code != SQLITE_OK) return database->error_of(code, "open");
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return database;
}

Database::~Database() {
  for (const auto& [sql, prepared] : prepared_) sqlite3_finalize(prepared.statement);
  sqlite3_close_v2(handle_);
}

Result<Query> Database::prepare(const Statement& statement) {
  Prepared& cached = prepared_[statement.sql];
  if (cached.statement != nullptr && !cached.in_use) {
    cached.in_use = true;
    return Query(*this, statement, cached.statement, &cached.in_use);
  }
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v3(handle_, statement.sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  if (code != SQLITE_OK) return error_of(code, statement.name);
  // A statement that is stepping already (a loop that asks the same again inside) gets a second, passing copy.
  if (cached.in_use) return Query(*this, statement, prepared, nullptr);
  cached = {prepared, true};
  return Query(*this, statement, prepared, &cached.in_use);
}

Status Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_of(code, "execute");
  return {};
}

Result<std::string> Database::setting(std::string_view name) {
  TRY(const auto lines, report(("PRAGMA " + std::string(name)).c_str()));
  return lines.empty() ? std::string() : lines.front();
}

Result<std::vector<std::string>> Database::report(const char* pragma) {
  std::vector<std::string> lines;
  const auto add = [](void* into, int columns, char** values, char**) {
    std::string line;
    for (int i = 0; i < columns; ++i) line += (i == 0 ? "" : " ") + std::string(values[i] == nullptr ? "" : values[i]);
    static_cast<std::vector<std::string>*>(into)->push_back(std::move(line));
    return 0;
  };
  const int code = sqlite3_exec(handle_, pragma, add, &lines, nullptr);
  if (code != SQLITE_OK) return error_of(code, "pragma");
  return lines;
}

void Database::watch_log() { sqlite3_wal_hook(handle_, note_log_pages, &log_pages_); }

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

Status Database::checkpoint(Checkpoint mode) {
  const int how = mode == Checkpoint::Passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, how, nullptr, nullptr);
  if (code == SQLITE_OK || code == SQLITE_BUSY) return {};
  return error_of(sqlite3_extended_errcode(handle_), "checkpoint");
}

Status Database::copy_to(Database& target) {
  sqlite3_backup* backup = sqlite3_backup_init(target.handle_, "main", handle_, "main");
  if (backup == nullptr) return target.error_of(sqlite3_errcode(target.handle_), "backup");
  int code = SQLITE_OK;
  while (code == SQLITE_OK) code = sqlite3_backup_step(backup, kBackupPagesPerStep);
  const int finished = sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) return target.error_of(code, "backup");
  if (finished != SQLITE_OK) return target.error_of(finished, "backup");
  return {};
}

Error Database::error_of(int code, std::string_view doing) {
  const int primary = code & 0xff;
  const std::string at(doing);
  if (is_file_failure(primary)) {
    broken_ = true;
    return unavailable("store.failed", "The database file failed (" + at + ", code " + std::to_string(code) +
                                           "). Check the disk, then restart.");
  }
  switch (primary) {
    case SQLITE_FULL: return unavailable("store.disk_full", "The disk is full. Nothing was written; free some space.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return unavailable("store.busy", "Another program holds the database. Nothing was written.");
    case SQLITE_NOMEM: return unavailable("store.memory", "Out of memory. Nothing was written.");
    case SQLITE_CONSTRAINT:
      return conflict("store.constraint", "What is stored already does not go with this (" + at + ").");
    case SQLITE_TOOBIG: return too_large("store.too_large", "This is larger than one record may be.");
    default: break;
  }
  const char* message = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
  return internal("SQLite, " + at + ": " + message);
}

}  // namespace hinomi::store::sqlite
