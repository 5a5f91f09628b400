#include "forms/offer.h"

#include <algorithm>
#include <set>

namespace hinomi::forms {
namespace {

std::string attack_word(const FactSheet& facts) { return facts.text("atk.kind").value_or("unsaid"); }

const Service* service_for(const FormDefinition& form, const Occasion& occasion, std::string_view attack) {
  const auto fits = [&](const Service& service) {
    const auto stage = [&](const std::string& pattern) { return covers(pattern, occasion.stage); };
    return covers(service.duty, occasion.duty) && std::ranges::any_of(service.stages, stage) &&
           (service.attacks.empty() || std::ranges::find(service.attacks, attack) != service.attacks.end());
  };
  const auto found = std::ranges::find_if(form.services, fits);
  return found == form.services.end() ? nullptr : &*found;
}

void offer_stage(const FormBook& book, const rules::DutyAssessment& duty, const rules::StageClock& clock,
                 std::string_view attack, std::vector<Offer>& offers) {
  const Occasion occasion{duty.id, clock.name};
  std::vector<Offer> own;
  std::vector<Offer> accepted;
  for (const FormDefinition& form : book.forms()) {
    const Service* service = service_for(form, occasion, attack);
    if (service == nullptr) continue;
    const auto& addressees = form.addressees.empty() ? duty.duty->recipients : form.addressees;
    auto& here = service->accepted ? accepted : own;
    here.push_back({&form, occasion, duty.verdict, service->accepted, addressees, clock.due.raw});
  }
  offers.insert(offers.end(), own.begin(), own.end());
  offers.insert(offers.end(), accepted.begin(), accepted.end());
}

// Stages of one name are one report whose term is still open: the earliest end counts until that is settled.
rules::StageClock earliest(const rules::DutyAssessment& duty, rules::StageClock clock) {
  for (const rules::StageClock& other : duty.clocks) {
    const bool is_earlier =
        other.name == clock.name && other.due.raw && (!clock.due.raw || *other.due.raw < *clock.due.raw);
    if (is_earlier) clock = other;
  }
  return clock;
}

bool shows(const FormField& field, std::string_view source) {
  return std::ranges::find(field.sources, source, &Source::name) != field.sources.end();
}

}  // namespace

std::vector<Offer> forms_offered(const FormBook& book, const rules::Assessment& assessment, const FactSheet& facts) {
  std::vector<Offer> offers;
  const std::string attack = attack_word(facts);
  for (const rules::DutyAssessment& duty : assessment.duties) {
    const bool may_apply = duty.verdict == rules::Verdict::Fires || duty.verdict == rules::Verdict::MayFire;
    if (!may_apply || duty.duty == nullptr) continue;
    std::set<std::string_view> offered;
    for (const rules::StageClock& clock : duty.clocks) {
      if (offered.insert(clock.name).second) offer_stage(book, duty, earliest(duty, clock), attack, offers);
    }
  }
  return offers;
}

std::optional<Offer> offer_for(const std::vector<Offer>& offers, std::string_view form, const Occasion& occasion) {
  const auto same = [&](const Offer& offer) { return offer.form->id == form && offer.occasion == occasion; };
  const auto found = std::ranges::find_if(offers, same);
  return found == offers.end() ? std::nullopt : std::optional(*found);
}

std::vector<FactUse> uses_of(const std::vector<Offer>& offers, std::string_view source) {
  std::vector<FactUse> uses;
  for (const Offer& offer : offers) {
    for (const FormSection& section : offer.form->sections) {
      for (const FormField& field : section.fields) {
        FactUse use{offer.form->id, field.id, offer.addressees};
        if (shows(field, source) && std::ranges::find(uses, use) == uses.end()) uses.push_back(std::move(use));
      }
    }
  }
  return uses;
}

std::set<std::string> recipients_of(const std::vector<Offer>& offers, std::string_view source) {
  std::set<std::string> parties;
  for (const FactUse& use : uses_of(offers, source)) parties.insert(use.addressees.begin(), use.addressees.end());
  return parties;
}

std::map<std::string, std::set<std::string>> parties_by_source(const std::vector<Offer>& offers) {
  std::map<std::string, std::set<std::string>> parties;
  for (const Offer& offer : offers) {
    for (const FormSection& section : offer.form->sections) {
      for (const FormField& field : section.fields) {
        for (const Source& source : field.sources)
          parties[source.name].insert(offer.addressees.begin(), offer.addressees.end());
      }
    }
  }
  return parties;
}

}  // namespace hinomi::forms
