#include "flow/form_reading.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/crypto.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

// A report that says nothing yet, of the organisation that it would be of.
ReportVersion unsaid(const OrgId& org) {
  ReportVersion nothing;
  nothing.org = org;
  return nothing;
}

// Everything that decides what confirming would do.
std::string digest_of(const FormReading& reading) {
  JsonWriter out;
  out.begin_object().key("sheet");
  forms::write_returned_sheet(out, reading.sheet);
  out.member("org", reading.org.text());
  out.member("report", reading.newest ? reading.newest->report.text() : "");
  out.member("based_on", static_cast<std::int64_t>(reading.newest ? reading.newest->version : 0));
  out.key("rows").begin_array();
  for (const forms::ProposedRow& row : reading.rows) {
    out.begin_object().member("cell", row.cell).member("outcome", forms::row_outcome_text(row.outcome));
    out.member("reason", row.reason).member("now", row.now).member("after", row.after).end_object();
  }
  return to_hex(sha256(out.end_array().end_object().text()));
}

Result<ReportVersion> newest_of(const Platform& platform, const Caller& caller, const forms::ReturnedSheet& sheet) {
  TRY(ReportVersion newest, find_report(platform, caller, sheet.report_number));
  TRY_OK(policy::permit<action::AmendReport>(caller.principal, {newest.report, newest.org}));
  if (sheet.report_version > newest.version)
    return invalid("forms.sheet_version", "The report has no version of the number that the workbook was made from.");
  return newest;
}

ReportDraft drafted(const Platform& platform, const FormReading& reading, const forms::ReadingMaterial& material,
                    const std::set<std::string>& taken) {
  return forms::draft_with(*platform.form_book, reading.rows, taken, material);
}

// What filing would refuse, before anybody presses anything.
Status try_filing(const Platform& platform, const Caller& caller, const FormReading& reading, ReportDraft draft) {
  if (reading.newest) {
    TRY_OK(ValidReport::create(std::move(draft), platform.clock.now()));
    return {};
  }
  TRY_OK(check_report(platform, caller, std::move(draft), reading.org));
  return {};
}

// The material borrows; `report` and `assessment` outlive it.
struct Seen {
  ReportVersion report;
  rules::Assessment assessment;
};
Result<Seen> seen_by(const Platform& platform, const Caller& caller, const FormReading& reading) {
  if (!reading.newest) return Seen{unsaid(reading.org), {}};
  TRY(auto assessment, assess_report(platform, caller, *reading.newest));
  return Seen{*reading.newest, std::move(assessment)};
}

forms::ReadingMaterial material_of(const Platform& platform, const Organisation& organisation,
                                   const FormReading& reading, const Seen& seen) {
  return {{seen.report, organisation, seen.assessment}, !reading.newest.has_value(), platform.clock.now()};
}

Result<const Organisation*> organisation_of(const Caller& caller, const OrgId& org) {
  const auto found = caller.directory->orgs.find(org);
  if (found == caller.directory->orgs.end())
    return invalid("report.organisation", "There is no such organisation in the directory.", "for_org");
  return &found->second;
}

Status check_taken(const FormReading& reading, const std::set<std::string>& taken) {
  for (const std::string& source : taken) {
    const bool changes = std::ranges::any_of(reading.rows, [&](const forms::ProposedRow& row) {
      return row.source == source && row.outcome == forms::RowOutcome::Changed;
    });
    if (!changes) return invalid("forms.take_unknown", "The workbook changes nothing about this.", source);
  }
  if (taken.empty()) return invalid("forms.take_nothing", "Nothing was chosen, so there is nothing to file.");
  return {};
}

}  // namespace

Status check_may_read_forms(const Caller& caller) {
  TRY_OK(policy::permit<action::FileReport>(caller.principal, {caller.principal.org}));
  return {};
}

Result<FormReading> read_form_sheet(const Platform& platform, const Caller& caller, forms::ReturnedSheet sheet,
                                    const OrgId& for_org) {
  TRY_OK(check_may_read_forms(caller));
  FormReading reading;
  reading.sheet = std::move(sheet);
  reading.org = for_org;
  reading.form = platform.form_book->find(reading.sheet.form);
  if (reading.form == nullptr)
    return invalid("forms.form_gone", "No form pack has the form that the workbook was made from.", reading.sheet.form);
  // Whoever is named is asked about, also where the report says by itself whose it is.
  TRY_OK(policy::permit<action::FileReport>(caller.principal, {for_org}));
  TRY_OK(organisation_of(caller, for_org));
  if (!reading.sheet.report_number.empty()) {
    TRY(reading.newest, newest_of(platform, caller, reading.sheet));
    reading.org = reading.newest->org;
  }
  TRY(const Organisation* organisation, organisation_of(caller, reading.org));
  TRY(const Seen seen, seen_by(platform, caller, reading));
  const auto material = material_of(platform, *organisation, reading, seen);
  reading.rows = forms::propose(*platform.form_book, *reading.form, reading.sheet, material);
  reading.safe = forms::safe_to_take(reading.rows);
  if (!reading.safe.empty()) {
    const Status tried = try_filing(platform, caller, reading, drafted(platform, reading, material, reading.safe));
    if (!tried.ok()) reading.problem = tried.error();
  }
  reading.digest = digest_of(reading);
  return reading;
}

Result<ReportVersion> file_form_sheet(const Platform& platform, const Caller& caller, const FormReading& reading,
                                      const FormConfirmation& confirmation, const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return find_report(platform, caller, *earlier);
  if (confirmation.digest != reading.digest) {
    return conflict("forms.proposal_changed",
                    "What the workbook would change is no longer what was shown. Look at it again, then confirm.");
  }
  const std::set<std::string> taken = confirmation.take.value_or(reading.safe);
  TRY_OK(check_taken(reading, taken));
  TRY(const Organisation* organisation, organisation_of(caller, reading.org));
  TRY(const Seen seen, seen_by(platform, caller, reading));
  ReportDraft draft = drafted(platform, reading, material_of(platform, *organisation, reading, seen), taken);
  if (reading.newest)
    return amend_report(platform, caller, {reading.newest->report, reading.newest->version, std::move(draft)}, repeat);
  TRY(const RoutedReport routed, check_report(platform, caller, std::move(draft), reading.org));
  return file_report(platform, caller, routed, repeat);
}

}  // namespace hinomi::flow
