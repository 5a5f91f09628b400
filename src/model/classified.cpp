#include "model/classified.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::array<std::string_view, 4> kMarkings{"重要経済安保情報", "重要経済基盤保護情報", "特定秘密",
                                                    "criticaleconomicsecurityinformation"};
// What follows where the words speak of the law and not of a document.
constexpr std::array<std::string_view, 7> kOfTheLaw{"保護", "の保護", "の指定",    "に関する",
                                                    "制度", "act",    "protection"};
constexpr std::array<std::string_view, 3> kFlags{"needs_clearance", "x_needs_clearance", "clearance_required"};

// Folded, without spaces of any kind, so that no spacing hides a marking.
std::string squeezed(std::string_view text) {
  const std::string plain = folded(text);
  std::string kept;
  kept.reserve(plain.size());
  for (std::size_t i = 0; i < plain.size();) {
    const std::string_view rest = std::string_view(plain).substr(i);
    std::size_t skipped = 0;
    if (static_cast<unsigned char>(plain[i]) <= 0x20) skipped = 1;
    for (const std::string_view space : {"\u200B", "\u200C", "\u200D", "\u2060", "\u3000", "\u00A0", "・", "-"}) {
      if (rest.starts_with(space)) skipped = space.size();
    }
    if (skipped == 0) kept += plain[i];
    i += std::max<std::size_t>(skipped, 1);
  }
  return kept;
}

bool speaks_of_the_law(std::string_view after) {
  return std::ranges::any_of(kOfTheLaw, [&](std::string_view word) { return after.starts_with(word); });
}

}  // namespace

bool bears_classified_marking(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  // Most texts of advisories: told apart without folding them.
  if (ascii && lower_ascii(text).find("information") == std::string::npos) return false;
  const std::string plain = squeezed(text);
  for (const std::string_view marking : kMarkings) {
    for (std::size_t at = plain.find(marking); at != std::string::npos; at = plain.find(marking, at + 1)) {
      if (!speaks_of_the_law(std::string_view(plain).substr(at + marking.size()))) return true;
    }
  }
  return false;
}

bool bears_classified_marking(JsonView value) {
  std::vector<JsonView> waiting{value};
  while (!waiting.empty()) {
    const JsonView next = waiting.back();
    waiting.pop_back();
    if (const auto text = next.string(); text && bears_classified_marking(*text)) return true;
    for (const JsonView inner : next) {
      const bool flagged = std::ranges::find(kFlags, inner.key()) != kFlags.end();
      if (flagged && inner.boolean().value_or(false)) return true;
      if (!inner.key().empty() && bears_classified_marking(inner.key())) return true;
      waiting.push_back(inner);
    }
  }
  return false;
}

Status refuse_classified(std::string_view text, std::string_view where) {
  if (!bears_classified_marking(text)) return {};
  return invalid(
      "clearance.refused",
      "This bears a marking of content that needs a clearance. It is not kept here; store a pointer instead.",
      std::string(where));
}

}  // namespace hinomi
