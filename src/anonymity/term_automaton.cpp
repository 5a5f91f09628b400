#include "anonymity/term_automaton.h"

#include <algorithm>

namespace hinomi::anonymity {

TermAutomaton::TermAutomaton(const std::vector<Term>& terms) : nodes_(1) {
  for (const Term& term : terms) insert(term);
  link();
}

std::uint32_t TermAutomaton::child(std::uint32_t node, std::uint8_t byte) const {
  const auto& edges = nodes_[node].edges;
  const auto edge = std::ranges::lower_bound(edges, byte, {}, &Edge::byte);
  return edge != edges.end() && edge->byte == byte ? edge->target : 0;
}

void TermAutomaton::insert(const Term& term) {
  if (term.text.empty()) return;
  std::uint32_t node = 0;
  for (const char c : term.text) {
    const auto byte = static_cast<std::uint8_t>(c);
    std::uint32_t next = child(node, byte);
    if (next == 0) {
      next = static_cast<std::uint32_t>(nodes_.size());
      auto& edges = nodes_[node].edges;
      edges.insert(std::ranges::upper_bound(edges, byte, {}, &Edge::byte), {byte, next});
      nodes_.emplace_back();
    }
    node = next;
  }
  if (nodes_[node].length != 0) return;
  nodes_[node].length = static_cast<std::uint32_t>(term.text.size());
  nodes_[node].value = term.value;
}

// Breadth first, so that the fallback of a parent is known before its children ask for it.
void TermAutomaton::link() {
  std::vector<std::uint32_t> order{0};
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t parent = order[i];
    for (const Edge& edge : nodes_[parent].edges) {
      order.push_back(edge.target);
      if (parent == 0) continue;
      std::uint32_t at = nodes_[parent].fallback;
      while (at != 0 && child(at, edge.byte) == 0) at = nodes_[at].fallback;
      const std::uint32_t fallback = child(at, edge.byte);
      nodes_[edge.target].fallback = fallback;
      nodes_[edge.target].shorter = nodes_[fallback].length != 0 ? fallback : nodes_[fallback].shorter;
    }
  }
}

TermAutomaton::Outcome TermAutomaton::matches(std::string_view text) const {
  Outcome outcome;
  std::uint32_t node = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(text[at]);
    std::uint32_t next = child(node, byte);
    for (++outcome.steps; next == 0 && node != 0; ++outcome.steps) {
      node = nodes_[node].fallback;
      next = child(node, byte);
    }
    node = next;
    for (std::uint32_t end = nodes_[node].length != 0 ? node : nodes_[node].shorter; end != 0;
         end = nodes_[end].shorter) {
      outcome.matches.push_back({at + 1 - nodes_[end].length, at + 1, nodes_[end].value});
      ++outcome.steps;
    }
  }
  return outcome;
}

}  // namespace hinomi::anonymity
