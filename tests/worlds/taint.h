// Words that exist in one hidden thing only, and the search for them in whatever leaves the server: as they are,
// reversed, in hex, base64, UTF-16, percent, HTML and JSON escapes (RELIABILITY §3 class 3).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace hinomi::tests::worlds {

// Twelve letters that stand in no text of ours.
std::string taint_word(Random& random);

class TaintScanner {
 public:
  struct Hit {
    std::string needle;
    std::string what;      // whose
    std::string encoding;  // "base64", …
    std::size_t at = 0;
  };
  // `needle` has at least eight bytes; shorter ones are not looked for. `what` is for the message.
  void add(const std::string& needle, const std::string& what);
  // The first one in `text` that does not stand in `sent` too: what the viewer typed may come back.
  [[nodiscard]] std::optional<Hit> find(std::string_view text, std::string_view sent) const;
  [[nodiscard]] std::size_t size() const { return needles_.size(); }

 private:
  struct Needle {
    std::string bytes;
    std::string word;
    std::string what;
    const char* encoding;
  };
  void add_form(std::string bytes, const std::string& word, const std::string& what, const char* encoding);

  std::vector<Needle> needles_;
  std::multimap<std::uint64_t, std::size_t> by_start_;
  std::array<std::uint64_t, 1024> starts_{};  // one bit for each hash of a start: most places need no look-up
};

}  // namespace hinomi::tests::worlds
