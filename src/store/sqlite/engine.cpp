#include "store/sqlite/engine.h"

#include "store/sqlite/migrations.h"
#include "store/sqlite/settings.h"

namespace hinomi::store {

Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& directory, const SqliteOptions& options) {
  return sqlite::Engine::open(directory, options);
}

namespace sqlite {

Result<std::unique_ptr<Store>> Engine::open(const std::string& directory, const SqliteOptions& options) {
  TRY(OwnerLock lock, OwnerLock::take(directory));
  std::unique_ptr<Engine> engine(new Engine(std::move(lock), options));
  TRY_OK(engine->start(directory + "/hinomi.db", options));
  return std::unique_ptr<Store>(std::move(engine));
}

namespace {

// What an earlier run left: memory knows nothing of it.
Status place_all_reads(Database& database) {
  TRY_OK(database.execute("BEGIN IMMEDIATE"));
  const auto placed = place_reads(database, kEveryRow);
  const Status done = placed.ok() ? database.execute("COMMIT") : Status(placed.error());
  if (!done.ok() && database.in_transaction()) TRY_OK(database.execute("ROLLBACK"));
  return done;
}

}  // namespace

Status Engine::start(const std::string& path, const SqliteOptions& options) {
  TRY(auto database, Database::open(path, Access::Write, options.vfs));
  TRY_OK(pin_writer_settings(*database));
  database->watch_log();
  TRY_OK(migrate(*database));
  TRY_OK(place_all_reads(*database));
  TRY_OK(load_snapshots(*database, snapshots_));
  Log& log = options.log != nullptr ? *options.log : no_log_;
  TRY(writer_, Writer::start({std::move(database), options.random, log, snapshots_, options.write_patience}));
  TRY(readers_, Readers::open({path, options.readers, options.vfs, snapshots_.labels}));
  return {};
}

std::shared_ptr<const Directory> Engine::directory() const { return snapshots_.directory.get(); }

std::shared_ptr<const std::vector<LabelEntry>> Engine::labels() const { return snapshots_.labels.get(); }

std::shared_ptr<const std::vector<Narrowing>> Engine::narrowings() const { return snapshots_.narrowings.get(); }

std::shared_ptr<const std::vector<Collection>> Engine::collections() const { return snapshots_.collections.get(); }

Sequence Engine::last_sequence() const { return snapshots_.last_event; }

void Engine::on_events(std::function<void()> wake) { writer_->on_events(std::move(wake)); }

void Engine::on_access_changed(std::function<void(std::span<const Sha256>)> callback) {
  writer_->on_access_changed(std::move(callback));
}

Result<std::vector<std::string>> Engine::settings() {
  return writer_->run_for<std::vector<std::string>>([](Change& change) { return read_settings(change.database()); });
}

}  // namespace sqlite
}  // namespace hinomi::store
