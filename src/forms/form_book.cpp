#include "forms/form_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace hinomi::forms {
namespace {

using rules::Rulebook;

Error misplaced(const FormDefinition& form, const rules::TextPosition& position, std::string_view code,
                std::string detail) {
  return invalid(std::string(code), std::move(detail), fmt::format("{}: {}", form.file, position_text(position)));
}

std::vector<const rules::DutyLine*> lines_served(const Rulebook& rulebook, const Service& service) {
  std::vector<const rules::DutyLine*> lines;
  for (const rules::DutyLine& line : rulebook.lines()) {
    if (covers(service.duty, line.id)) lines.push_back(&line);
  }
  return lines;
}

bool has_stage(const std::vector<const rules::DutyLine*>& lines, std::string_view pattern) {
  return std::ranges::any_of(lines, [pattern](const rules::DutyLine* line) {
    return std::ranges::any_of(line->versions, [pattern](const rules::Duty& duty) {
      return std::ranges::any_of(duty.stages,
                                 [pattern](const rules::Stage& stage) { return covers(pattern, stage.name); });
    });
  });
}

Status check_services(const FormDefinition& form, const Rulebook& rulebook) {
  for (const Service& service : form.services) {
    const auto lines = lines_served(rulebook, service);
    if (lines.empty()) {
      return misplaced(form, service.position, "forms.duty_unknown",
                       fmt::format("No rule pack has a duty named {}.", service.duty));
    }
    for (const std::string& stage : service.stages) {
      if (has_stage(lines, stage)) continue;
      return misplaced(form, service.position, "forms.stage_unknown",
                       fmt::format("{} has no stage named {}.", service.duty, stage));
    }
  }
  return {};
}

Status check_parties(const FormDefinition& form, const Rulebook& rulebook) {
  for (const std::string& code : form.addressees) {
    const auto names = [&](const rules::Pack& pack) { return pack.parties.contains(code); };
    if (std::ranges::any_of(rulebook.packs(), names)) continue;
    return invalid("forms.party_unknown", fmt::format("No rule pack names a party {}.", code), form.file);
  }
  return {};
}

Status need_word(const FormDefinition& form, const Catalogue& catalogue, const std::string& key) {
  if (catalogue.has(key)) return {};
  return invalid("forms.word_missing", fmt::format("The catalogue has no text {}, which the form prints.", key),
                 form.file);
}

// Everything a field may print must have its words before the first report comes in.
Status check_words(const FormDefinition& form, const Catalogue& catalogue) {
  for (const FormSection& section : form.sections) {
    for (const FormField& field : section.fields) {
      for (const Source& source : field.sources) {
        if (source.fact == nullptr) {
          TRY_OK(need_word(form, catalogue, "form.part." + source.name));
          continue;
        }
        TRY_OK(need_word(form, catalogue, fmt::format("fact.{}.label", source.name)));
        for (const std::string_view word : source.fact->choices)
          TRY_OK(need_word(form, catalogue, fmt::format("fact.{}.choice.{}", source.name, word)));
        if (!source.fact->unit.empty())
          TRY_OK(need_word(form, catalogue, fmt::format("form.unit.{}", source.fact->unit)));
      }
    }
  }
  return {};
}

Status check_ids(const std::vector<FormDefinition>& forms) {
  const auto twin = std::ranges::adjacent_find(forms, {}, &FormDefinition::id);
  if (twin == forms.end()) return {};
  return invalid("forms.duplicate", fmt::format("The form {} also stands in {}.", twin->id, std::next(twin)->file),
                 twin->file);
}

}  // namespace

Result<std::shared_ptr<const FormBook>> FormBook::link(std::vector<FormDefinition> forms,
                                                       std::shared_ptr<const Rulebook> rulebook,
                                                       const Catalogue& catalogue) {
  std::ranges::sort(forms, {}, [](const FormDefinition& form) { return std::tie(form.id, form.file); });
  TRY_OK(check_ids(forms));
  for (const FormDefinition& form : forms) {
    TRY_OK(check_services(form, *rulebook));
    TRY_OK(check_parties(form, *rulebook));
    TRY_OK(check_words(form, catalogue));
  }
  return std::shared_ptr<const FormBook>(new FormBook(std::move(forms), std::move(rulebook), catalogue));
}

const FormDefinition* FormBook::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(forms_, id, {}, &FormDefinition::id);
  return found == forms_.end() || found->id != id ? nullptr : &*found;
}

std::string FormBook::text(Language language, std::string_view key, const Catalogue::Values& values) const {
  return catalogue_.text(language, fmt::format("form.{}", key), values);
}

std::string FormBook::fact_label(Language language, std::string_view fact) const {
  return catalogue_.text(language, fmt::format("fact.{}.label", fact));
}

std::string FormBook::choice_text(Language language, std::string_view fact, std::string_view word) const {
  return catalogue_.text(language, fmt::format("fact.{}.choice.{}", fact, word));
}

Result<std::shared_ptr<const FormBook>> load_form_book(std::span<const PackSource> sources,
                                                       std::shared_ptr<const Rulebook> rulebook,
                                                       const Catalogue& catalogue) {
  std::vector<FormDefinition> forms;
  for (const PackSource& source : sources) {
    TRY(auto form, read_form(source));
    forms.push_back(std::move(form));
  }
  return FormBook::link(std::move(forms), std::move(rulebook), catalogue);
}

}  // namespace hinomi::forms
