#include "app/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace hinomi::app {
namespace {

Error unreadable(const std::string& path, int reason) {
  return invalid("hunt.unreadable", std::strerror(reason), path);
}

}  // namespace

Result<LogFile> LogFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (descriptor < 0) return unreadable(path, errno);
  LogFile file(descriptor, 0, Kind::Stream);
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0) return unreadable(path, errno);
  if (S_ISDIR(status.st_mode)) return unreadable(path, EISDIR);
  if (!S_ISREG(status.st_mode)) return invalid("hunt.unreadable", "This is a device, a pipe or a socket.", path);
  file.size_ = static_cast<std::uint64_t>(status.st_size);
  // Files of /proc and the like state no size but can be read.
  if (file.size_ > 0) file.kind_ = Kind::Regular;
  return file;
}

LogFile::LogFile(LogFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_), kind_(other.kind_) {}

LogFile::~LogFile() {
  if (descriptor_ > 0) ::close(descriptor_);
}

Result<std::size_t> LogFile::read_at(std::uint64_t offset, std::span<std::uint8_t> into) const {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t count =
        ::pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable("", errno);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

Result<std::size_t> LogFile::read_on(std::span<std::uint8_t> into) {
  for (;;) {
    const ssize_t count = ::read(descriptor_, into.data(), into.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return unreadable("", errno);
  }
}

Result<MappedFile> map_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(path, errno);
  struct stat status = {};
  const bool has_size = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
  const auto size = static_cast<std::size_t>(has_size ? status.st_size : 0);
  void* bytes = has_size ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
  const int reason = has_size ? errno : EINVAL;
  ::close(descriptor);
  if (bytes == MAP_FAILED) return unreadable(path, reason);
  std::shared_ptr<const void> keeps(bytes, [size](void* mapped) { ::munmap(mapped, size); });
  return MappedFile{{static_cast<const std::uint8_t*>(bytes), size}, std::move(keeps)};
}

}  // namespace hinomi::app
