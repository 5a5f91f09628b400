// Finds every occurrence of many terms in one pass (Aho and Corasick, 1975). Immutable after creation; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hinomi::anonymity {

struct TermMatch {
  std::size_t begin = 0;  // bytes of the text given to matches()
  std::size_t end = 0;
  std::uint32_t value = 0;
};

class TermAutomaton {
 public:
  struct Term {
    std::string text;  // empty terms are ignored; of equal texts the first is kept
    std::uint32_t value = 0;
  };
  explicit TermAutomaton(const std::vector<Term>& terms);

  struct Outcome {
    std::vector<TermMatch> matches;  // all of them, by end and then longest first
    std::uint64_t steps = 0;         // moves made: at most two per byte, and one per match
  };
  [[nodiscard]] Outcome matches(std::string_view text) const;

 private:
  struct Edge {
    std::uint8_t byte;
    std::uint32_t target;
  };
  struct Node {
    std::vector<Edge> edges;  // sorted by byte
    std::uint32_t fallback = 0;
    std::uint32_t shorter = 0;  // the nearest node on the fallback path that ends a term, 0 when there is none
    std::uint32_t length = 0;   // of the term that ends here, 0 when none does
    std::uint32_t value = 0;
  };
  [[nodiscard]] std::uint32_t child(std::uint32_t node, std::uint8_t byte) const;
  void insert(const Term& term);
  void link();

  std::vector<Node> nodes_;
};

}  // namespace hinomi::anonymity
