// A fixed number of read-only connections, lent to one caller at a time. A Reading is one read transaction: everything
// in it sees the same committed state. Safe on any thread; a Reading belongs to the thread that took it.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "store/sqlite/database.h"
#include "store/sqlite/snapshots.h"

namespace hinomi::store::sqlite {

class Readers;

class Reading {
 public:
  Reading(Reading&& other) noexcept : readers_(other.readers_), database_(std::move(other.database_)) {}
  Reading& operator=(Reading&&) = delete;
  ~Reading();
  [[nodiscard]] Database& database() { return *database_; }

 private:
  friend class Readers;
  Reading(Readers& readers, std::unique_ptr<Database> database) : readers_(&readers), database_(std::move(database)) {}
  Readers* readers_;
  std::unique_ptr<Database> database_;
};

class Readers {
 public:
  struct Parts {
    std::string path;
    unsigned count;
    std::string vfs;
    const Published<std::vector<policy::LabelEntry>>& labels;  // the durable ones
  };
  static Result<std::unique_ptr<Readers>> open(const Parts& parts);
  // Waits for a free connection and begins a read transaction on it.
  Result<Reading> begin();

 private:
  friend class Reading;
  Readers() = default;
  void give_back(std::unique_ptr<Database> database);
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Database>> free_;
};

}  // namespace hinomi::store::sqlite
