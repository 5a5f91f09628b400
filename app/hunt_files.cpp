#include "app/hunt_files.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <thread>

#include "hunt/scanner.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kPartBytes = std::uint64_t{512} << 10;  // read and searched within the second-level cache
constexpr std::size_t kPartsPerWave = 128;
constexpr std::size_t kStreamBytes = std::size_t{256} << 10;

// A stream's hits as those of parts, so that there is one way out.
std::vector<PartHit> as_part_hits(std::span<const Hit> hits) {
  std::vector<PartHit> result;
  for (const Hit& hit : hits) result.push_back({hit.line, hit.offset, hit.indicator});
  return result;
}

class StreamScan {
 public:
  StreamScan(const HuntPlan& plan, const ScanPorts& ports)
      : ports_(ports), scanner_(plan, [this](std::span<const Hit> hits) { ports_.report(as_part_hits(hits)); }) {}
  [[nodiscard]] bool feed(ByteView bytes) {
    scanner_.feed(bytes);
    return ports_.go_on(scanner_.bytes());
  }
  FileTotals finish() {
    scanner_.finish();
    return {scanner_.bytes(), scanner_.lines()};
  }

 private:
  const ScanPorts& ports_;
  Scanner scanner_;
};

// RFC 1952, several members one after another as rotated logs have them.
class GzipReader {
 public:
  GzipReader() { is_ready_ = inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK; }
  ~GzipReader() { inflateEnd(&stream_); }
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  // Calls take(bytes) for what `input` gives; take returns false to stop. False: damaged.
  template <class Take>
  bool feed(ByteView input, std::span<std::uint8_t> room, Take&& take) {
    stream_.next_in = const_cast<std::uint8_t*>(input.data());
    stream_.avail_in = static_cast<uInt>(input.size());
    while (is_ready_ && stream_.avail_in > 0) {
      if (is_between_members_ && inflateReset(&stream_) != Z_OK) return false;
      is_between_members_ = false;
      do {
        stream_.next_out = room.data();
        stream_.avail_out = static_cast<uInt>(room.size());
        const int state = inflate(&stream_, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR) return false;
        if (!take(ByteView(room).first(room.size() - stream_.avail_out))) return true;
        is_between_members_ = state == Z_STREAM_END;
      } while (stream_.avail_out == 0 && !is_between_members_);
    }
    return is_ready_;
  }
  // False in the middle of a member: the file is cut short.
  [[nodiscard]] bool is_complete() const { return is_between_members_; }

 private:
  z_stream stream_{};
  bool is_ready_ = false;
  bool is_between_members_ = false;
};

bool is_gzip(const LogFile& file) {
  std::array<std::uint8_t, 3> start{};
  const auto count = file.is_stream() ? Result<std::size_t>(std::size_t{0}) : file.read_at(0, start);
  return count.ok() && *count == 3 && start[0] == 0x1F && start[1] == 0x8B && start[2] == 8;
}

}  // namespace

FileScanner::FileScanner(const HuntPlan& plan, unsigned threads) : plan_(plan) {
  const unsigned count = threads != 0 ? threads : std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
  for (unsigned i = 0; i < count; ++i) scanners_.push_back(std::make_unique<PartScanner>(plan));
}
FileScanner::~FileScanner() = default;

Result<FileTotals> FileScanner::scan_file(const std::string& path, const ScanPorts& ports) {
  TRY(LogFile file, LogFile::open(path));
  auto totals =
      is_gzip(file) ? scan_gzip(file, ports) : (file.is_stream() ? scan_stream(file, ports) : scan_parts(file, ports));
  if (!totals.ok()) return totals.error().inside(path);
  return totals;
}

Result<FileTotals> FileScanner::scan_standard_input(const ScanPorts& ports) {
  LogFile input = LogFile::standard_input();
  return scan_stream(input, ports);
}

// Searches as many parts from `from` on as `results` holds, on all threads.
Status FileScanner::scan_wave(const LogFile& file, std::uint64_t from, std::span<Result<PartResult>> results) {
  std::atomic<std::size_t> next{0};
  const PartScanner::Load load = [&](std::uint64_t offset, std::span<std::uint8_t> into) {
    return file.read_at(offset, into);
  };
  const auto work = [&](PartScanner& scanner) {
    for (std::size_t i = next++; i < results.size(); i = next++) {
      const std::uint64_t begin = from + i * kPartBytes;
      const std::uint64_t end = std::min(begin + kPartBytes, file.size());
      results[i] = scanner.scan({begin, end, end == file.size()}, load);
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min(scanners_.size(), results.size()); ++i) {
      helpers.emplace_back([&work, &scanner = *scanners_[i]] { work(scanner); });
    }
    work(*scanners_[0]);
  }
  for (const Result<PartResult>& result : results) {
    if (!result.ok()) return result.error();
  }
  return {};
}

Result<FileTotals> FileScanner::scan_parts(const LogFile& file, const ScanPorts& ports) {
  FileTotals totals;
  bool ends_with_newline = true;
  for (std::uint64_t from = 0; from < file.size(); from += kPartsPerWave * kPartBytes) {
    const std::uint64_t parts = (file.size() - from + kPartBytes - 1) / kPartBytes;
    std::vector<Result<PartResult>> results(std::min<std::uint64_t>(parts, kPartsPerWave), PartResult{});
    TRY_OK(scan_wave(file, from, results));
    for (auto& result : results) {
      for (PartHit& hit : result->hits) hit.line += totals.lines + 1;
      if (!result->hits.empty()) ports.report(result->hits);
      totals.lines += result->newlines;
      totals.bytes += result->bytes;
      if (result->bytes > 0) ends_with_newline = result->ends_with_newline;
    }
    if (!ports.go_on(totals.bytes)) break;
  }
  if (!ends_with_newline) ++totals.lines;
  return totals;
}

Result<FileTotals> FileScanner::scan_stream(LogFile& file, const ScanPorts& ports) {
  StreamScan scan(plan_, ports);
  std::vector<std::uint8_t> buffer(kStreamBytes);
  for (;;) {
    TRY(const std::size_t count, file.read_on(buffer));
    if (count == 0 || !scan.feed(ByteView(buffer).first(count))) return scan.finish();
  }
}

Result<FileTotals> FileScanner::scan_gzip(LogFile& file, const ScanPorts& ports) {
  StreamScan scan(plan_, ports);
  GzipReader gzip;
  std::vector<std::uint8_t> packed(kStreamBytes), plain(kStreamBytes);
  bool goes_on = true;
  const auto take = [&](ByteView bytes) { return goes_on = scan.feed(bytes); };
  while (goes_on) {
    TRY(const std::size_t count, file.read_on(packed));
    if (count == 0) break;
    if (!gzip.feed(ByteView(packed).first(count), plain, take)) {
      scan.finish();
      return invalid("hunt.gzip_damaged",
                     "The compressed file is damaged; what stands behind the damage was not read.");
    }
  }
  const FileTotals totals = scan.finish();
  if (goes_on && !gzip.is_complete()) {
    return invalid("hunt.gzip_damaged", "The compressed file is cut short; what was there has been examined.");
  }
  return totals;
}

}  // namespace hinomi::app
