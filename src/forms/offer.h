// Which forms a report's duties ask for, and who will see a fact once they are handed in. Pure.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "forms/fill.h"
#include "forms/form_book.h"
#include "rules/assessment.h"

namespace hinomi::forms {

// One form for one stage of one duty.
struct Offer {
  const FormDefinition* form = nullptr;  // owned by the book
  Occasion occasion;
  rules::Verdict verdict = rules::Verdict::Fires;  // Fires or MayFire
  bool accepted = false;                           // taken there too, though the duty has a form of its own
  std::vector<std::string> addressees;             // codes of parties: the form's own, or the duty's recipients
  std::optional<Instant> due;                      // by counting alone; the earliest while it is open which stage it is
};

// Forms of every stage that may apply of every duty that fires or may fire: by duty, stage, the duty's own forms first.
std::vector<Offer> forms_offered(const FormBook& book, const rules::Assessment& assessment, const FactSheet& facts);
// The same offer, or nothing when this form is not for this occasion.
std::optional<Offer> offer_for(const std::vector<Offer>& offers, std::string_view form, const Occasion& occasion);

// Where one fact would be read.
struct FactUse {
  std::string form;
  std::string field;
  std::vector<std::string> addressees;  // codes of parties
  bool operator==(const FactUse&) const = default;
};
// The fields of the offered forms that show this fact or part of the story: each form and field once.
std::vector<FactUse> uses_of(const std::vector<Offer>& offers, std::string_view source);
// The parties behind them, in code order: who will see the fact if every offered form is handed in.
std::set<std::string> recipients_of(const std::vector<Offer>& offers, std::string_view source);
// The same for every source that a form shows, in one walk.
std::map<std::string, std::set<std::string>> parties_by_source(const std::vector<Offer>& offers);

}  // namespace hinomi::forms
