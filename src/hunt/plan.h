// The scan plan: entitled indicators compiled into one flat, immutable block of bytes that can be written to a file and
// mapped back. Opening validates the header and every section; what lies behind an offset is checked when it is used,
// so a hostile plan can waste time within bounds but never read outside. Little-endian. A plan is a value over shared
// bytes, safe on any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "hunt/keys.h"
#include "hunt/plan_layout.h"
#include "model/indicator.h"

namespace hinomi {

// One indicator as it was released to this reader.
struct PlanIndicator {
  Indicator indicator;
  std::string id;       // text of its id
  std::string release;  // human number of the release that carries it
  std::string label;    // marking to show with every hit
  bool operator==(const PlanIndicator&) const = default;
};

struct PlanOptions {
  std::array<std::uint8_t, 64> key{};  // from base Random; keys every hash of the plan
  std::optional<Instant> expires_at;   // after it the plan should no longer be used; the caller decides
};

// An indicator that a plan cannot look for, with the reason in English.
struct SkippedIndicator {
  std::size_t index = 0;  // in the compiled list
  std::string reason;
};

struct CompiledPlan {
  Bytes bytes;
  std::vector<SkippedIndicator> skipped;
};

// Compiles the list in O(n log n). Skipped indicators keep their index; the rest are searched for.
// TooLarge "hunt.plan_too_large" above 16 million indicators or 3 GiB of text.
Result<CompiledPlan> compile_plan(std::span<const PlanIndicator> indicators, const PlanOptions& options);

class HuntPlan {
 public:
  // Views `bytes` (a mapped file), which must outlive the plan and all its copies.
  // Invalid "hunt.plan_damaged" or "hunt.plan_version".
  static Result<HuntPlan> open(ByteView bytes);
  // The same over bytes that the plan keeps.
  static Result<HuntPlan> own(Bytes bytes);

  [[nodiscard]] std::uint32_t size() const { return header_.indicator_count; }
  [[nodiscard]] std::optional<Instant> expires_at() const;

  // What indicator `index` says; empty texts when the index or the plan is wrong.
  struct View {
    IndicatorType type = IndicatorType::Domain;
    std::string_view value, id, release, label;
  };
  [[nodiscard]] View at(std::uint32_t index) const;
  [[nodiscard]] ByteView bytes() const { return bytes_; }

 private:
  friend class hunting::PlanReader;
  HuntPlan() = default;
  hunting::PlanHeader header_;
  ByteView bytes_;
  std::shared_ptr<const Bytes> owned_;
};

}  // namespace hinomi
