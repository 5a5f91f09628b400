// Finds everything in a text that could tell whose report it is. Holds the gazetteer in its searchable form.
// Immutable after creation; safe on any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "anonymity/gazetteer.h"
#include "anonymity/lattice.h"
#include "anonymity/names.h"
#include "anonymity/patterns.h"
#include "anonymity/span.h"
#include "anonymity/term_automaton.h"
#include "base/catalogue.h"
#include "model/indicator.h"

namespace hinomi::anonymity {

// A name known only at run time: a member, its alias, a product line somebody declared.
struct ExtraTerm {
  std::string text;
  SpanClass span_class = SpanClass::Company;
  std::string entity;  // what its written forms have in common
};

struct FindContext {
  std::vector<ExtraTerm> terms;
  std::vector<Indicator> attacker;     // the report's own list of attack infrastructure: kept
  std::vector<std::string> own_terms;  // names and domains of the reporter: victim side in any host or address
  Language language = Language::Japanese;
  Pseudonyms pseudonyms;  // letters given earlier in the same case
};

class Finder {
 public:
  explicit Finder(Gazetteer gazetteer);

  // Work grows linearly with the text. TooLarge (anonymity.text_too_large) over 8 MiB of text or 20,000 extra terms.
  [[nodiscard]] Result<Findings> find(std::string_view text, const FindContext& context) const;
  [[nodiscard]] const Gazetteer& gazetteer() const { return *gazetteer_; }

 private:
  struct Hits;
  void add_gazetteer_hits(const NormalText& normal, const SqueezedText& squeezed, Hits& hits) const;
  static void add_extra_hits(const NormalText& normal, const SqueezedText& squeezed, const FindContext& context,
                             Hits& hits);
  void sort_word(const Entry& entry, const Candidate& base, Hits& hits) const;
  void add_names(const NormalText& normal, Hits& hits) const;
  static void join_company_forms(std::string_view text, Hits& hits);
  [[nodiscard]] Findings spans_of(std::string_view text, const NormalText& normal, Hits hits,
                                  const FindContext& context) const;

  std::unique_ptr<const Gazetteer> gazetteer_;     // entries are pointed to; the address must not move
  std::vector<std::vector<const Entry*>> groups_;  // entries that share a written form
  std::unordered_set<std::string> generic_;
  TermAutomaton automaton_;
  Patterns patterns_;
};

}  // namespace hinomi::anonymity
