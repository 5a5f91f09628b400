// All forms together, checked against the rulebook whose duties they serve and the catalogue whose words they print.
// Immutable; published as shared_ptr<const FormBook>; safe on any thread.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "forms/definition.h"
#include "rules/rulebook.h"

namespace hinomi::forms {

class FormBook {
 public:
  // The book keeps the rulebook. Errors, with the file and the line where there is one: forms.duplicate (an id that
  // stands in two files), forms.duty_unknown, forms.stage_unknown, forms.party_unknown, forms.word_missing.
  static Result<std::shared_ptr<const FormBook>> link(std::vector<FormDefinition> forms,
                                                      std::shared_ptr<const rules::Rulebook> rulebook,
                                                      const Catalogue& catalogue);

  [[nodiscard]] const std::vector<FormDefinition>& forms() const { return forms_; }  // by id
  [[nodiscard]] const FormDefinition* find(std::string_view id) const;               // nullptr when there is none
  [[nodiscard]] const rules::Rulebook& rulebook() const { return *rulebook_; }
  // A printed word of forms: "state.unsaid", "unit.kW", "yes" …
  [[nodiscard]] std::string text(Language language, std::string_view key, const Catalogue::Values& values = {}) const;
  // What people call a fact, and one of the words of a choice.
  [[nodiscard]] std::string fact_label(Language language, std::string_view fact) const;
  [[nodiscard]] std::string choice_text(Language language, std::string_view fact, std::string_view word) const;

 private:
  FormBook(std::vector<FormDefinition> forms, std::shared_ptr<const rules::Rulebook> rulebook, Catalogue catalogue)
      : forms_(std::move(forms)), rulebook_(std::move(rulebook)), catalogue_(std::move(catalogue)) {}
  std::vector<FormDefinition> forms_;
  std::shared_ptr<const rules::Rulebook> rulebook_;
  Catalogue catalogue_;
};

// Reads and links forms.
Result<std::shared_ptr<const FormBook>> load_form_book(std::span<const PackSource> sources,
                                                       std::shared_ptr<const rules::Rulebook> rulebook,
                                                       const Catalogue& catalogue);

}  // namespace hinomi::forms
