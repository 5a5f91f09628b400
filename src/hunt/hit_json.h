// Hits as scripts read them: hinomi.hit.v1 lines and the closing hinomi.hunt-summary.v1 line (SURFACES, `hinomi hunt
// --json`). One writer per scanned file and thread; borrows the plan.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hunt/scanner.h"

namespace hinomi {

class HitJson {
 public:
  HitJson(const HuntPlan& plan, std::string_view file);
  // Appends one line with its newline to `out`: a page of hits goes out in one write.
  void append(const Hit& hit, std::string& out);

 private:
  const HuntPlan& plan_;
  std::string head_;                                      // up to the line number, the same for every hit of the file
  std::unordered_map<std::uint32_t, std::string> tails_;  // what depends on the indicator alone
};

struct HuntSummary {
  std::uint64_t bytes = 0;  // examined, uncompressed
  std::uint64_t lines = 0;
  std::uint64_t hits = 0;
  std::uint64_t indicators = 0;  // searched for
  double seconds = 0;
};
// One line with its newline.
std::string summary_json(const HuntSummary& summary);

}  // namespace hinomi
