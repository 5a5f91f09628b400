#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace hinomi {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

Error system_error(const std::string& path, int code) {
  const std::string detail = fmt::format("{}: {}", path, std::strerror(code));
  if (code == ENOENT) return {ErrorKind::NotFound, "file.missing", detail, path};
  if (code == EACCES || code == EPERM) return {ErrorKind::Forbidden, "file.permission", detail, path};
  return {ErrorKind::Unavailable, "file.io", detail, path};
}

Status write_all(int fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const auto written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error(path, errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status sync_directory(const fs::path& directory) {
  const Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.ok() || ::fsync(fd.get()) != 0) return system_error(directory.string(), errno);
  return {};
}

}  // namespace

Result<std::string> SystemFiles::read(const std::string& path, std::uint64_t max_bytes) const {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return system_error(path, errno);
  std::string content;
  std::string buffer(std::size_t{1} << 16, '\0');
  for (;;) {
    const auto got = ::read(fd.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path, errno);
    if (got == 0) return content;
    content.append(buffer, 0, static_cast<std::size_t>(got));
    if (content.size() > max_bytes)
      return too_large("file.too_large", fmt::format("{} is larger than {} bytes.", path, max_bytes), path);
  }
}

Status SystemFiles::replace(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".new";
  {
    const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd.ok()) return system_error(temporary, errno);
    TRY_OK(write_all(fd.get(), content, temporary));
    if (::fsync(fd.get()) != 0) return system_error(temporary, errno);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return system_error(path, errno);
  const fs::path parent = fs::path(path).parent_path();
  return sync_directory(parent.empty() ? fs::path(".") : parent);
}

Result<std::vector<std::string>> SystemFiles::list(const std::string& path) const {
  std::error_code error;
  const auto status = fs::symlink_status(path, error);
  if (error || !fs::exists(status)) return system_error(path, ENOENT);
  if (!fs::is_directory(status)) return std::vector<std::string>{path};
  std::vector<std::string> found;
  auto entry = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->symlink_status().type() == fs::file_type::regular) found.push_back(entry->path().string());
  }
  if (error) return system_error(path, error.value());
  std::ranges::sort(found);
  return found;
}

Status SystemFiles::make_directories(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return system_error(path, error.value());
  return {};
}

bool SystemFiles::exists(const std::string& path) const {
  std::error_code error;
  return fs::exists(path, error);
}

Result<std::string> MemoryFiles::read(const std::string& path, std::uint64_t max_bytes) const {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(path);
  if (found == files_.end()) return system_error(path, ENOENT);
  if (found->second.size() > max_bytes) return too_large("file.too_large", path + " is too large.", path);
  return found->second;
}

Status MemoryFiles::replace(const std::string& path, std::string_view content) {
  const std::lock_guard lock(mutex_);
  files_[path] = content;
  return {};
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> found;
  for (const auto& [name, content] : files_) {
    if (name == path || name.starts_with(path + "/")) found.push_back(name);
  }
  if (found.empty()) return system_error(path, ENOENT);
  return found;
}

Status MemoryFiles::make_directories(const std::string&) { return {}; }
bool MemoryFiles::exists(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return files_.contains(path);
}

}  // namespace hinomi
