#include "flow/report_forms.h"

#include <algorithm>

#include "flow/file_report.h"

namespace hinomi::flow {

Result<ReportVersion> find_report_version(const Platform& platform, const Caller& caller, std::string_view id_or_number,
                                          std::optional<std::uint32_t> version) {
  if (!version) return find_report(platform, caller, id_or_number);
  if (const auto id = ReportId::parse(id_or_number); id.ok())
    return platform.store.report_version(caller.reach, *id, *version);
  TRY(const ReportVersion newest, find_report(platform, caller, id_or_number));
  return platform.store.report_version(caller.reach, newest.report, *version);
}

FormsOfReport forms_asked(const Platform& platform, const ReportVersion& report, rules::Assessment assessment) {
  FormsOfReport asked{std::move(assessment), {}};
  const auto offers = forms::forms_offered(*platform.form_book, asked.assessment, report.content.facts);
  for (const rules::Verdict verdict : {rules::Verdict::Fires, rules::Verdict::MayFire})
    std::ranges::copy_if(offers, std::back_inserter(asked.offers),
                         [verdict](const forms::Offer& offer) { return offer.verdict == verdict; });
  return asked;
}

Result<FormsOfReport> forms_of_report(const Platform& platform, const Caller& caller, const ReportVersion& report) {
  TRY(rules::Assessment assessment, assess_report(platform, caller, report));
  return forms_asked(platform, report, std::move(assessment));
}

Result<ReportForm> fill_form(const Platform& platform, const Caller& caller, const ReportVersion& report,
                             const FormWish& wish) {
  if (platform.form_book->find(wish.form) == nullptr) return not_found();
  TRY(const FormsOfReport asked, forms_of_report(platform, caller, report));
  const auto fits = [&](const forms::Offer& offer) {
    return offer.form->id == wish.form && (wish.duty.empty() || offer.occasion.duty == wish.duty) &&
           (wish.stage.empty() || offer.occasion.stage == wish.stage);
  };
  const auto found = std::ranges::find_if(asked.offers, fits);
  if (found == asked.offers.end()) {
    return invalid("forms.not_offered",
                   "No duty that may apply to this version of the report asks for this form on this occasion.", "form");
  }
  return ReportForm{*found, fill_offer(platform, caller, report, asked, *found)};
}

forms::FilledForm fill_offer(const Platform& platform, const Caller& caller, const ReportVersion& report,
                             const FormsOfReport& asked, const forms::Offer& offer) {
  // forms_of_report found the organisation in the same directory.
  const Organisation& organisation = caller.directory->orgs.at(report.org);
  return forms::fill(*platform.form_book, *offer.form, {report, organisation, asked.assessment}, offer.occasion);
}

}  // namespace hinomi::flow
