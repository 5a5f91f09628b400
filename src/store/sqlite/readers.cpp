#include "store/sqlite/readers.h"

#include <algorithm>
#include <utility>

#include "store/sqlite/settings.h"

namespace hinomi::store::sqlite {
namespace {

// A transaction that has begun sees nothing yet; its first read fixes what it sees.
constexpr Statement kBegin{"begin_reading", "BEGIN"};
constexpr Statement kEnd{"end_reading", "ROLLBACK"};
constexpr Statement kFixSnapshot{"fix_snapshot", "SELECT number FROM schema_version WHERE number = 1"};

Status fix_snapshot(Database& database) {
  TRY_OK(database.run(kBegin));
  return database.run(kFixSnapshot);
}

}  // namespace

Reading::~Reading() {
  if (database_) readers_->give_back(std::move(database_));
}

Result<std::unique_ptr<Readers>> Readers::open(const Parts& parts) {
  std::unique_ptr<Readers> readers(new Readers());
  for (unsigned i = 0; i < std::max(parts.count, 1U); ++i) {
    TRY(auto database, Database::open(parts.path, Access::Read, parts.vfs));
    database->know(parts.labels);
    TRY_OK(pin_reader_settings(*database));
    readers->free_.push_back(std::move(database));
  }
  return readers;
}

Result<Reading> Readers::begin() {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [&] { return !free_.empty(); });
  Reading reading(*this, std::move(free_.back()));
  free_.pop_back();
  lock.unlock();
  TRY_OK(fix_snapshot(reading.database()));
  return reading;
}

void Readers::give_back(std::unique_ptr<Database> database) {
  // A read transaction has nothing to lose; one that cannot end shows at the next BEGIN.
  if (database->in_transaction()) [[maybe_unused]]
    const Status ended = database->run(kEnd);
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(database));
  }
  freed_.notify_one();
}

}  // namespace hinomi::store::sqlite
