// Marks of reads as they were committed together. A row of its own for each mark costs more than many a read, because
// keys at random spread over the table; so one row holds all that one commit brings (table read_batch), and they are
// put in their place (table read_mark) later, many at once and in order. Until then they are known here, by subject.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "store/read_store.h"
#include "store/sqlite/database.h"

namespace hinomi::store::sqlite {

// The row of these marks. Inside a transaction.
Result<std::int64_t> append_reads(Database& database, std::span<const ReadMark> marks);
// Puts the oldest rows in their place, at most `rows`. The first that is left; the greatest number where none is.
// Inside a transaction.
inline constexpr std::size_t kEveryRow = SIZE_MAX >> 1U;
Result<std::int64_t> place_reads(Database& database, std::size_t rows);

// Those that are durable and not in their place yet. Some that are may still be here too, so whoever asks both drops
// what is twice. Safe on any thread.
class UnplacedReads {
 public:
  void add(std::int64_t row, std::vector<ReadMark> marks);
  // Those of rows before this one are in their place now.
  void placed_before(std::int64_t row);
  // Those of hours before this one are kept no longer.
  void forget_before(std::int64_t hour);
  // Oldest row first.
  [[nodiscard]] std::vector<ReadMark> of(policy::ReadKind kind, const Uuid& subject) const;
  [[nodiscard]] std::size_t count() const;

 private:
  struct Held {
    std::int64_t row;
    ReadMark mark;
  };
  template <class Gone>
  void drop(const Gone& gone);
  struct SubjectHash {
    std::size_t operator()(const std::pair<policy::ReadKind, Uuid>& subject) const noexcept;
  };

  mutable std::mutex mutex_;
  std::unordered_map<std::pair<policy::ReadKind, Uuid>, std::vector<Held>, SubjectHash> held_;
  std::size_t count_ = 0;
};

}  // namespace hinomi::store::sqlite
