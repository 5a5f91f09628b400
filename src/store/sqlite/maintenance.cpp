#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "store/sqlite/engine.h"
#include "store/sqlite/migrations.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kSchema{"backup_schema", "SELECT max(number) FROM schema_version"};
constexpr Statement kSequence{"backup_sequence", "SELECT value FROM counter WHERE name = 'sequence'"};

Status create_new(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) {
    ::close(file);
    return {};
  }
  if (errno == EEXIST) return conflict("backup.exists", "There is a file with this name already. Choose another name.");
  return unavailable("backup.cannot_write", "The backup file cannot be created. Check the folder and its rights.");
}

// The new name must survive a power cut too.
Status sync_directory_of(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const int directory = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = directory >= 0 && ::fsync(directory) == 0;
  if (directory >= 0) ::close(directory);
  if (!synced) return unavailable("backup.cannot_write", "The backup's folder cannot be synced.");
  return {};
}

Result<std::string> integrity_of(Database& database) {
  TRY(const auto problems, database.report("PRAGMA integrity_check(1)"));
  if (problems.empty() || problems.front() != "ok") return problems.empty() ? "no answer" : problems.front();
  TRY(const auto orphans, database.report("PRAGMA foreign_key_check"));
  if (!orphans.empty()) return "a reference points nowhere: " + orphans.front();
  return std::string("ok");
}

Status verify_copy(Database& source, Database& copy) {
  TRY(const std::string found, integrity_of(copy));
  if (found != "ok") return internal("The backup is damaged: " + found);
  for (const Statement* each : {&kSchema, &kSequence}) {
    TRY(const auto ours, source.number(*each));
    TRY(const auto theirs, copy.number(*each));
    if (ours != theirs) return internal("The backup does not hold what was copied.");
  }
  return {};
}

Status copy_into(Database& source, const std::string& path, const std::string& vfs) {
  TRY(const auto copy, Database::open(path, Access::Write, vfs));
  TRY_OK(source.copy_to(*copy));
  // One file without a log beside it.
  TRY(const auto mode, copy->report("PRAGMA journal_mode = DELETE"));
  if (mode.empty() || mode.front() != "delete") return internal("The backup keeps a write-ahead log.");
  return verify_copy(source, *copy);
}

Status copy_snapshot(const std::string& directory, const std::string& path) {
  TRY(const auto source, Database::open(directory + "/hinomi.db", Access::Read, {}));
  TRY_OK(source->execute("BEGIN"));
  TRY([[maybe_unused]] const auto fixed, source->number(kSequence));  // the first read fixes the snapshot
  TRY_OK(copy_into(*source, path, {}));
  return sync_directory_of(path);
}

}  // namespace

Status Engine::backup_to(const std::string& path) {
  TRY_OK(create_new(path));
  TRY(auto reading, readers_->begin());
  Status done = copy_into(reading.database(), path, vfs_);
  if (done.ok()) done = sync_directory_of(path);
  if (!done.ok()) ::unlink(path.c_str());
  return done;
}

Result<std::string> Engine::check_integrity() {
  TRY(auto reading, readers_->begin());
  return integrity_of(reading.database());
}

}  // namespace hinomi::store::sqlite

namespace hinomi::store {

Status copy_sqlite_database(const std::string& directory, const std::string& path) {
  TRY_OK(sqlite::create_new(path));
  Status done = sqlite::copy_snapshot(directory, path);
  if (!done.ok()) ::unlink(path.c_str());
  return done;
}

}  // namespace hinomi::store
