// Scans the files of a hunt: plain ones in parts on several threads, compressed ones and standard input as streams.
// Used by hunt_command.cpp.
#pragma once

#include <atomic>
#include <functional>
#include <span>
#include <string>

#include "app/mapped_file.h"
#include "hunt/part_scanner.h"

namespace hinomi::app {

struct FileTotals {
  std::uint64_t bytes = 0;  // after decompression
  std::uint64_t lines = 0;
};

struct ScanPorts {
  // Hits in file order with their final line numbers; called on the thread that called scan_file().
  std::function<void(std::span<const PartHit>)> report;
  // Called between pieces with the bytes of this file examined so far; false ends the scan.
  std::function<bool(std::uint64_t bytes)> go_on;
};

class FileScanner {
 public:
  FileScanner(const HuntPlan& plan, unsigned threads);
  ~FileScanner();
  // Errors "hunt.unreadable" and "hunt.gzip_damaged" (what was read before has been reported).
  Result<FileTotals> scan_file(const std::string& path, const ScanPorts& ports);
  Result<FileTotals> scan_standard_input(const ScanPorts& ports);

 private:
  Result<FileTotals> scan_parts(const LogFile& file, const ScanPorts& ports);
  Result<FileTotals> scan_stream(LogFile& file, const ScanPorts& ports);
  Result<FileTotals> scan_gzip(LogFile& file, const ScanPorts& ports);
  Status scan_wave(const LogFile& file, std::uint64_t from, std::span<Result<PartResult>> results);

  const HuntPlan& plan_;
  std::vector<std::unique_ptr<PartScanner>> scanners_;  // one per thread
};

}  // namespace hinomi::app
