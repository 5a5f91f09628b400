// Files as an interface, so that tests can run in memory and faults can be injected on one page.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

class Files {
 public:
  virtual ~Files() = default;
  // The whole file; TooLarge above `max_bytes`.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const = 0;
  // All or nothing: written beside, synced, renamed; the directory is synced too. Mode 0600.
  virtual Status replace(const std::string& path, std::string_view content) = 0;
  // Regular files below `path`, sorted, depth first; the path itself when it is a file. Links are not followed.
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const std::string& path) const = 0;
  virtual Status make_directories(const std::string& path) = 0;
  [[nodiscard]] virtual bool exists(const std::string& path) const = 0;
};

class SystemFiles final : public Files {
 public:
  [[nodiscard]] Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Status replace(const std::string& path, std::string_view content) override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& path) const override;
  Status make_directories(const std::string& path) override;
  [[nodiscard]] bool exists(const std::string& path) const override;
};

// For tests.
class MemoryFiles final : public Files {
 public:
  [[nodiscard]] Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Status replace(const std::string& path, std::string_view content) override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& path) const override;
  Status make_directories(const std::string& path) override;
  [[nodiscard]] bool exists(const std::string& path) const override;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> files_;
};

}  // namespace hinomi
