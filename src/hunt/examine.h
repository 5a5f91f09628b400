// Looks closely at candidates: follows a name through its parent domains, an address through the listed prefixes, cuts
// URLs and mail addresses out of the text around a host, and compares bytes with the stored indicator. Nothing is
// reported on a hash alone. Every decision reads at most kLookBehind bytes before and kLookAhead bytes behind the
// candidate's end, so that the result does not depend on how the text was cut into pieces. Internal to hunt; one per
// scanner.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "hunt/plan.h"
#include "hunt/url_form.h"

namespace hinomi::hunting {

inline constexpr std::size_t kLookBehind = 1024;
inline constexpr std::size_t kLookAhead = kMaxUrlBytes + 256;

// Text around the candidates: bytes [low, high) of `text` are known; outside it the stream has not begun or has ended.
// 64 bytes on both sides of every candidate must be readable.
struct Window {
  const std::uint8_t* text = nullptr;
  std::size_t low = 0;
  std::size_t high = 0;

  // Zero outside, which belongs to no class.
  [[nodiscard]] std::uint8_t at(std::size_t i) const { return i >= low && i < high ? text[i] : std::uint8_t{0}; }
  [[nodiscard]] std::uint8_t before(std::size_t i) const { return i > low ? text[i - 1] : std::uint8_t{0}; }
  [[nodiscard]] ByteView slice(std::size_t begin, std::size_t end) const { return {text + begin, end - begin}; }
};

struct Found {
  std::size_t anchor = 0;  // where the candidate ended: the order of reports
  std::size_t start = 0;
  std::size_t length = 0;
  std::uint32_t indicator = 0;
  auto operator<=>(const Found&) const = default;
};

class Examiner {
 public:
  explicit Examiner(const PlanReader& plan) : plan_(plan) {}

  void look_at(const Window& window) { window_ = window; }
  // Where the candidate looked at next truly ends. The `end` of the calls below has trailing dots cut off.
  void set_anchor(std::size_t anchor) { anchor_ = anchor; }
  void name(std::size_t end);
  void ipv4(std::size_t start, std::size_t end, std::uint32_t address);
  void ipv6(std::size_t end);
  void hash(std::size_t start, std::size_t end);

  std::vector<Found>& found() { return found_; }

 private:
  struct Run {
    std::size_t start = 0, end = 0;
    bool is_whole = true;  // false: it is longer than any name
  };
  struct Labels {
    std::uint64_t name = 0;     // hash of the whole run as a name; 0 when it is none
    std::uint64_t parent = 0;   // the same without the leftmost label
    std::size_t first_end = 0;  // where the leftmost label ends
    unsigned count = 0;
  };
  Labels parent_domains(const Run& run);
  void domain(const Run& run, std::size_t start, std::uint64_t hash);
  void glued_starts(const Run& run, const Labels& labels);
  void file_name(const Run& run, std::size_t start);
  void file_suffixes(const Run& run);
  void email(const Run& run);
  void email_from(const Run& run, std::size_t start);
  void url_at(std::size_t host_start, std::size_t host_end);
  void url(std::size_t start, std::size_t end);
  [[nodiscard]] std::size_t url_start(std::size_t host_start) const;
  [[nodiscard]] std::size_t url_end(std::size_t host_end) const;
  void report(std::size_t start, std::size_t end, std::uint32_t indicator) {
    found_.push_back({anchor_, start, end - start, indicator});
  }

  PlanReader plan_;
  Window window_;
  std::size_t anchor_ = 0;
  std::vector<Found> found_;
};

}  // namespace hinomi::hunting
