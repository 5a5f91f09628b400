// The steps that make a span vaguer, from "keep" to "remove", and what each still says about the victim.
// City → prefecture → area → 50/60 Hz → Japan; 275 kV → backbone → extra-high; day → third of month → month; bands.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "anonymity/candidate.h"
#include "anonymity/span.h"
#include "base/catalogue.h"

namespace hinomi::anonymity {

// Stable letters for organisations inside one case: entity → "A". Kept by the caller with the case, sealed.
class Pseudonyms {
 public:
  // The letter of this entity; a new one when it has none: A … Z, AA, AB …
  std::string letter(const std::string& entity);
  [[nodiscard]] const std::map<std::string, std::string>& all() const { return letters_; }
  // Letters given earlier in the same case.
  static Pseudonyms from(std::map<std::string, std::string> letters);

 private:
  std::map<std::string, std::string> letters_;
};

struct LatticeContext {
  const Gazetteer& gazetteer;
  Language language = Language::Japanese;
  Pseudonyms& pseudonyms;
};

// All steps of a candidate whose normalised text is `text`; the first is "keep".
std::vector<Step> steps_for(const Candidate& candidate, std::string_view text, LatticeContext& context);
// The step taken when nobody decides: what never may stay goes, times become coarse, the rest waits for the measure.
std::size_t proposed_step(SpanClass span_class, Side side, const std::vector<Step>& steps);
// What is only found and never told: the last step is proposed, whatever the measure says.
bool is_direct_identifier(SpanClass span_class);

}  // namespace hinomi::anonymity
