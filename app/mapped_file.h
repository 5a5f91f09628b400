// Read-only access to files of the machine that are too large to load: mapped as a whole, or read piece by piece.
// Owns the descriptor; pieces may be read from several threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace hinomi::app {

class LogFile {
 public:
  // Opens for reading only. Invalid "hunt.unreadable" with the reason for anything that cannot be read.
  static Result<LogFile> open(const std::string& path);
  static LogFile standard_input() { return LogFile(0, 0, Kind::Stream); }
  ~LogFile();
  LogFile(LogFile&& other) noexcept;
  LogFile& operator=(LogFile&&) = delete;
  LogFile(const LogFile&) = delete;

  // Regular files have a size and places; pipes and the like only go on.
  [[nodiscard]] bool is_stream() const { return kind_ == Kind::Stream; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // Fewer bytes than asked for: the end.
  [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const;
  // 0 at the end.
  [[nodiscard]] Result<std::size_t> read_on(std::span<std::uint8_t> into);

 private:
  enum class Kind { Regular, Stream };
  LogFile(int descriptor, std::uint64_t size, Kind kind) : descriptor_(descriptor), size_(size), kind_(kind) {}
  int descriptor_;
  std::uint64_t size_;
  Kind kind_;
};

// A file as bytes, for as long as the pointer lives.
struct MappedFile {
  ByteView bytes;
  std::shared_ptr<const void> keeps;
};
Result<MappedFile> map_file(const std::string& path);

}  // namespace hinomi::app
