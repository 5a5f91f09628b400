#include "store/sqlite/owner_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace hinomi::store::sqlite {

Result<OwnerLock> OwnerLock::take(const std::string& directory) {
  const int file = ::open((directory + "/hinomi.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    return unavailable("store.cannot_open",
                       "The data directory cannot be written. Check that it exists and whose it is.");
  OwnerLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return unavailable("store.in_use", "Another Hinomi process uses this data directory. Stop it first.");
  }
  return lock;
}

OwnerLock::~OwnerLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace hinomi::store::sqlite
