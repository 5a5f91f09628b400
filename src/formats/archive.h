// ZIP files in memory, over libzip, as office documents use them. Internal to the module. Hostile input is expected:
// few entries, bounded sizes and ratios, no encryption, no two entries of one name. Pure; not safe on several threads
// at once.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hinomi {

struct ArchiveLimits {
  std::size_t max_entries = 1'000;
  std::size_t max_entry_bytes = std::size_t{32} << 20;  // unpacked
  std::size_t max_total_bytes = std::size_t{64} << 20;  // of all that is read
  std::size_t max_ratio = 300;                          // unpacked to packed, of entries over a megabyte
};

class ArchiveReader {
 public:
  // Borrows the bytes. Invalid "archive.damaged", "archive.encrypted"; TooLarge "archive.too_large".
  static Result<std::unique_ptr<ArchiveReader>> open(std::string_view bytes, const ArchiveLimits& limits);
  ~ArchiveReader();
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  [[nodiscard]] bool has(std::string_view name) const;
  // The entry unpacked, its checksum compared. NotFound; otherwise the errors of open.
  Result<std::string> read(std::string_view name);

 private:
  struct Opened;
  explicit ArchiveReader(std::unique_ptr<Opened> opened);
  std::unique_ptr<Opened> opened_;
};

struct ArchiveEntry {
  std::string name;
  std::string content;
};
// The same entries give the same bytes: no time of making, no name of the machine. Internal when libzip fails.
Result<std::string> write_archive(std::span<const ArchiveEntry> entries);

}  // namespace hinomi
