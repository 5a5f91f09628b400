#include "forms/fill.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/wording.h"

namespace hinomi::forms {
namespace {

std::string joined(const std::vector<std::string>& pieces, std::string_view between) {
  return fmt::format("{}", fmt::join(pieces, between));
}

class Filling {
 public:
  Filling(const FormBook& book, const FormDefinition& definition, const FormMaterial& material,
          const Occasion& occasion)
      : book_(book),
        definition_(definition),
        material_(material),
        occasion_(occasion),
        duty_(material.assessment.find(occasion.duty)) {
    if (duty_ == nullptr) return;
    const auto named = [&](const rules::StageClock& clock) { return clock.name == occasion_.stage; };
    const auto found = std::ranges::find_if(duty_->clocks, named);
    if (found != duty_->clocks.end()) clock_ = &*found;
  }

  [[nodiscard]] FilledForm whole() const {
    FilledForm form;
    form.form = definition_.id;
    form.form_version = definition_.version;
    form.title = definition_.title.in(language());
    form.layout_verified = definition_.layout_verified_on.has_value();
    form.language = language();
    form.marking = tlp_text(stricter(material_.report.victim_label.tlp, material_.report.technical_label.tlp));
    form.report_number = material_.report.number.text();
    form.report_version = material_.report.version;
    form.organisation = organisation_name();
    form.duty = occasion_.duty;
    form.duty_title = duty_title().value_or(occasion_.duty);
    form.stage = occasion_.stage;
    form.stage_title = stage_title().value_or(occasion_.stage);
    for (const std::string& code : addressees()) form.addressees.push_back(party(code));
    for (const FormSection& section : definition_.sections) form.sections.push_back(filled(section));
    return form;
  }

 private:
  [[nodiscard]] Language language() const { return definition_.language; }
  [[nodiscard]] const ReportDraft& content() const { return material_.report.content; }
  [[nodiscard]] std::string word(std::string_view key) const { return book_.text(language(), key); }
  [[nodiscard]] std::string party(std::string_view code) const { return book_.rulebook().party(code).in(language()); }

  [[nodiscard]] std::vector<std::string> addressees() const {
    if (!definition_.addressees.empty() || duty_ == nullptr || duty_->duty == nullptr) return definition_.addressees;
    return duty_->duty->recipients;
  }

  [[nodiscard]] FilledSection filled(const FormSection& section) const {
    FilledSection result{section.id, section.title.in(language()), {}};
    for (const FormField& field : section.fields) result.fields.push_back(filled(field));
    return result;
  }

  [[nodiscard]] FilledField filled(const FormField& field) const {
    FilledField result;
    result.id = field.id;
    result.label = field.label.in(language());
    result.required =
        std::ranges::any_of(field.required, [&](const auto& pattern) { return covers(pattern, occasion_.stage); });
    for (const Source& source : field.sources) {
      result.entries.push_back(source.fact == nullptr ? part_entry(source) : fact_entry(*source.fact));
      result.technical = result.technical || source.name.starts_with("technical.") ||
                         (source.fact != nullptr && source.fact->technical);
    }
    return result;
  }

  // --- facts

  [[nodiscard]] FilledEntry fact_entry(const FactDefinition& definition) const {
    const std::string name(definition.name);
    FilledEntry entry{name, book_.fact_label(language(), name), EntryState::Unsaid, {}};
    const Fact* fact = content().facts.find(name);
    if (fact == nullptr) {
      entry.state = derives(name) ? EntryState::Derived : EntryState::Unsaid;
    } else {
      entry.state = state_of(fact->state);
    }
    entry.text = entry.state == EntryState::Given
                     ? fact_text(definition, *fact) + (fact->estimated ? word("estimated") : "")
                     : word(fmt::format("state.{}", entry_state_text(entry.state)));
    return entry;
  }

  [[nodiscard]] bool derives(std::string_view name) const {
    return std::ranges::any_of(material_.assessment.derived, [name](const rules::DerivedFact& derived) {
      return derived.name == name && derived.truth == rules::Truth::True;
    });
  }

  static EntryState state_of(ValueState state) {
    switch (state) {
      case ValueState::Given: return EntryState::Given;
      case ValueState::Investigating: return EntryState::Investigating;
      case ValueState::Unknown: return EntryState::Unknown;
      case ValueState::NotApplicable: return EntryState::NotApplicable;
    }
    return EntryState::Unsaid;
  }

  [[nodiscard]] std::string fact_text(const FactDefinition& definition, const Fact& fact) const {
    const FactValue& value = *fact.value;
    if (const auto* flag = std::get_if<bool>(&value)) return word(*flag ? "yes" : "no");
    if (const auto* number = std::get_if<double>(&value)) return quantity_text(definition, *number);
    if (const auto* instant = std::get_if<Instant>(&value)) return time_text(*instant, fact.precision);
    if (const auto* words = std::get_if<std::set<std::string>>(&value)) return choices_text(definition, *words);
    const auto& text = std::get<std::string>(value);
    return definition.kind == FactKind::Choice ? book_.choice_text(language(), definition.name, text) : text;
  }

  [[nodiscard]] std::string quantity_text(const FactDefinition& definition, double number) const {
    const std::string digits = rules::number_text(number);
    return definition.unit.empty() ? digits : digits + word(fmt::format("unit.{}", definition.unit));
  }

  // In the order of the vocabulary, which is the order of the official lists.
  [[nodiscard]] std::string choices_text(const FactDefinition& definition, const std::set<std::string>& words) const {
    std::vector<std::string> texts;
    for (const std::string_view choice : definition.choices) {
      if (words.contains(std::string(choice))) texts.push_back(book_.choice_text(language(), definition.name, choice));
    }
    return joined(texts, language() == Language::English ? ", " : "、");
  }

  [[nodiscard]] std::string time_text(Instant instant, TimePrecision precision = TimePrecision::Minute) const {
    const bool has_time_of_day = precision == TimePrecision::Minute || precision == TimePrecision::Hour;
    return partial_time_text({instant, precision}, language() == Language::English) + (has_time_of_day ? " JST" : "");
  }

  // --- the story around the facts

  [[nodiscard]] FilledEntry part_entry(const Source& source) const {
    FilledEntry entry{source.name, word("part." + source.name), EntryState::Given, {}};
    const auto text = part_text(*source.part);
    if (text && !text->empty()) {
      entry.text = *text;
    } else {
      entry.state = EntryState::Unsaid;
      entry.text = word("state.unsaid");
    }
    return entry;
  }

  [[nodiscard]] std::optional<std::string> part_text(StoryPart part) const {
    const TechnicalBlock& technical = content().technical;
    switch (part) {
      case StoryPart::ReportNumber: return material_.report.number.text();
      case StoryPart::ReportVersion: return version_text();
      case StoryPart::ReportKind: return word(fmt::format("kind.{}", report_kind_text(content().kind)));
      case StoryPart::ReportTitle: return content().title;
      case StoryPart::ReportSummary: return content().summary;
      case StoryPart::OrgName: return organisation_name();
      case StoryPart::OrgLicenses: return licenses_text();
      case StoryPart::Contact: return content().contact;
      case StoryPart::TechnicalText: return technical.text;
      case StoryPart::TechnicalIndicators: return indicators_text();
      case StoryPart::TechnicalTechniques: return joined(technical.techniques, ", ");
      case StoryPart::TechnicalCves: return joined(technical.cves, ", ");
      case StoryPart::DutyTitle: return duty_title();
      case StoryPart::DutyBasis: return duty_basis();
      case StoryPart::StageTitle: return stage_title();
      case StoryPart::ClockStart: return clock_ == nullptr ? std::nullopt : optional_time(clock_->start);
      case StoryPart::ClockDue: return clock_ == nullptr ? std::nullopt : optional_time(clock_->due.raw);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string version_text() const {
    return book_.text(language(), "version", {{"number", std::to_string(material_.report.version)}});
  }

  [[nodiscard]] std::string organisation_name() const {
    const Organisation& org = material_.organisation;
    return language() == Language::English && !org.name_en.empty() ? org.name_en : org.name;
  }

  [[nodiscard]] std::string licenses_text() const {
    std::vector<std::string> texts;
    for (const License license : material_.organisation.attributes.licenses)
      texts.push_back(book_.rulebook().term(fmt::format("op.license:{}", license_text(license))).in(language()));
    return joined(texts, language() == Language::English ? ", " : "、");
  }

  // Defanged, so that no reader's program makes a live link of it.
  [[nodiscard]] std::string indicators_text() const {
    std::vector<std::string> lines;
    for (const Indicator& indicator : content().technical.indicators)
      lines.push_back(fmt::format("{} {}", indicator_type_text(indicator.type), defanged(indicator)));
    return joined(lines, "\n");
  }

  [[nodiscard]] std::optional<std::string> duty_title() const {
    if (duty_ == nullptr || duty_->duty == nullptr) return std::nullopt;
    return duty_->duty->title.in(language());
  }
  [[nodiscard]] std::optional<std::string> duty_basis() const {
    if (duty_ == nullptr || duty_->duty == nullptr) return std::nullopt;
    return duty_->duty->basis.in(language());
  }
  [[nodiscard]] std::optional<std::string> stage_title() const {
    if (duty_ == nullptr || duty_->duty == nullptr) return std::nullopt;
    if (clock_ != nullptr) return clock_->title.in(language());  // stages of one name differ in their titles
    const auto& stages = duty_->duty->stages;
    const auto found = std::ranges::find(stages, occasion_.stage, &rules::Stage::name);
    return found == stages.end() ? std::nullopt : std::optional(found->title.in(language()));
  }
  [[nodiscard]] std::optional<std::string> optional_time(const std::optional<Instant>& instant) const {
    return instant ? std::optional(time_text(*instant)) : std::nullopt;
  }

  const FormBook& book_;
  const FormDefinition& definition_;
  const FormMaterial& material_;
  const Occasion& occasion_;
  const rules::DutyAssessment* duty_ = nullptr;
  const rules::StageClock* clock_ = nullptr;
};

}  // namespace

FilledForm fill(const FormBook& book, const FormDefinition& definition, const FormMaterial& material,
                const Occasion& occasion) {
  return Filling(book, definition, material, occasion).whole();
}

}  // namespace hinomi::forms
