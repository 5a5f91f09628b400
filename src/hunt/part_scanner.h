// Searches one part of a large file independently of the others, so that several threads can share it: hits and lines
// are those of one scanner over the whole. Reads through a function, a little more than the part on both sides. One per
// thread; the plan must outlive it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "hunt/scanner.h"

namespace hinomi {

struct PartHit {
  std::uint64_t line = 0;    // within the part, counted from 0
  std::uint64_t offset = 0;  // from the start of the file
  std::uint32_t indicator = 0;
};

struct PartResult {
  std::vector<PartHit> hits;
  std::uint64_t bytes = 0;
  std::uint64_t newlines = 0;
  bool ends_with_newline = true;  // of the part's last byte; true for an empty part
};

struct PartRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool is_last = false;  // the file ends with this part
};

class PartScanner {
 public:
  // Fills `into` from `offset` on; fewer bytes than asked for mean that the file ends there.
  using Load = std::function<Result<std::size_t>(std::uint64_t offset, std::span<std::uint8_t> into)>;

  explicit PartScanner(const HuntPlan& plan, hunting::Instructions instructions = hunting::Instructions::Avx512);
  ~PartScanner();
  PartScanner(const PartScanner&) = delete;
  PartScanner& operator=(const PartScanner&) = delete;

  // Passes on the errors of `load`. A file that has become shorter ends where it ends now.
  Result<PartResult> scan(const PartRange& part, const Load& load);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace hinomi
