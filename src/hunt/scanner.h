// Searches a stream of bytes for everything a plan lists. Feed it in pieces of any size: hits, lines and counts are the
// same for every cutting. Holds a few kilobytes of the stream; the plan must outlive it. One scanner per stream and
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "hunt/byte_classes.h"
#include "hunt/plan.h"

namespace hinomi {

struct Hit {
  std::uint64_t line = 0;    // counted from 1
  std::uint64_t offset = 0;  // of the first byte matched, from the start of the stream
  std::uint32_t indicator = 0;
  std::string_view matched;  // as it stands in the text; valid during the call only
};

struct ScanOptions {
  // More hits of one indicator are counted but not reported; 0: no limit.
  std::uint32_t max_hits_per_indicator = 0;
  // For tests and measurements: use less than the processor has.
  hunting::Instructions instructions = hunting::Instructions::Avx512;
};

class Scanner {
 public:
  // Hits come in batches in order of where their candidate ends.
  using Report = std::function<void(std::span<const Hit>)>;

  Scanner(const HuntPlan& plan, Report report, const ScanOptions& options = {});
  ~Scanner();
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;

  void feed(ByteView bytes);
  // Ends the stream: what stood at its very end is looked at now. Afterwards only the counts may be asked.
  void finish();

  [[nodiscard]] std::uint64_t bytes() const;
  [[nodiscard]] std::uint64_t lines() const;  // a last line without newline counts
  [[nodiscard]] std::uint64_t hits() const;   // including those over the limit
  [[nodiscard]] std::uint32_t hits_of(std::uint32_t indicator) const;

 private:
  class Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace hinomi
