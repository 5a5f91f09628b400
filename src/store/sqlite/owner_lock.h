// Holds a directory for one process: the write-ahead log must never have two writers or checkpointers.
// Released on destruction and by the kernel when the process dies.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace hinomi::store::sqlite {

class OwnerLock {
 public:
  // Unavailable store.in_use while another process (or another store of this one) holds the directory.
  static Result<OwnerLock> take(const std::string& directory);
  OwnerLock(OwnerLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  OwnerLock& operator=(OwnerLock&&) = delete;
  ~OwnerLock();

 private:
  explicit OwnerLock(int file) : file_(file) {}
  int file_;
};

}  // namespace hinomi::store::sqlite
