#include "flow/file_report.h"

#include <algorithm>

#include "model/classified.h"
#include "policy/labelling.h"
#include "policy/permit.h"
#include "policy/readers.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

constexpr int kNumberDraws = 5;

int tokyo_year(Instant instant) { return static_cast<int>(std::chrono::year_month_day(tokyo_day(instant)).year()); }

// Everyone who should see it at once: the people behind the label, but not its author.
void tell_readers(const ReportVersion& report, const Directory& directory, std::string_view kind,
                  store::Alongside& with) {
  for (const PersonId& person : policy::readers_of(directory, report.victim_label).people) {
    const bool secretariat = directory.orgs.at(directory.persons.at(person).org).kind == OrgKind::Secretariat;
    if (person == report.author || !secretariat) continue;
    with.outbox.push_back({"notice", person, std::string(kind), report.report.text()});
  }
}

Result<ReportVersion> earlier_report(const Platform& platform, const Caller& caller, const std::string& id) {
  TRY(const ReportId report, ReportId::parse(id));
  return platform.store.report(caller.reach, report);
}

ReportVersion first_version(const Platform& platform, const Caller& caller, const RoutedReport& routed, Instant now) {
  ReportVersion version;
  version.report = ReportId::random(platform.random);
  version.version = 1;
  version.org = routed.org();
  version.author = caller.principal.person;
  version.filed_at = now;
  version.content = routed.report().content();
  version.victim_label = routed.victim_label();
  version.technical_label = routed.technical_label();
  return version;
}

// A repeat that lost the race against its twin: both get what the twin wrote.
Result<ReportVersion> answer_repeat(const Platform& platform, const Caller& caller,
                                    const std::optional<RepeatKey>& repeat, const Error& error) {
  if (error.code != "idempotency.repeated") return error;
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (!earlier) return error;
  TRY(const Caller fresh, renewed(platform, caller));
  return earlier_report(platform, fresh, *earlier);
}

ReportDraft merged(const ReportDraft& before, ReportDraft after) {
  after.facts = before.facts.updated_with(after.facts);
  if (after.title.empty()) after.title = before.title;
  if (after.contact.empty()) after.contact = before.contact;
  if (after.technical == TechnicalBlock{}) after.technical = before.technical;
  return after;
}

// Some clocks run from the submission of another stage: from its first one, to whichever addressee.
rules::FirstSubmissions first_submissions(const std::vector<Submission>& submissions) {
  rules::FirstSubmissions first;
  for (const Submission& submission : submissions) {
    const auto added = first.emplace(std::pair(submission.duty, submission.stage), submission.sent_at).first;
    added->second = std::min(added->second, submission.sent_at);
  }
  return first;
}

}  // namespace

RoutedReport RoutedReport::route(const Platform& platform, const Directory& directory, const OrgId& org,
                                 ValidReport report, Instant now) {
  const ReportDraft& content = report.content();
  const auto found = directory.orgs.find(org);
  const OrgAttributes attributes = found == directory.orgs.end() ? OrgAttributes{} : found->second.attributes;
  auto assessment = rules::assess(*platform.rulebook, attributes, content.kind, content.facts, now);
  const ShareScope scope = content.scope;
  RoutedReport routed(std::move(report), org, std::move(assessment));
  routed.victim_label_ = policy::victim_label(directory, org, scope);
  routed.technical_label_ = policy::technical_label(directory, org, scope);
  return routed;
}

Result<RoutedReport> check_report(const Platform& platform, const Caller& caller, ReportDraft draft,
                                  const OrgId& for_org) {
  TRY_OK(policy::permit<action::FileReport>(caller.principal, {for_org}));
  if (!caller.directory->orgs.contains(for_org))
    return invalid("report.organisation", "There is no such organisation in the directory.", "for_org");
  const Instant now = platform.clock.now();
  TRY_OK(refuse_classified(report_content_text(draft), "/summary"));
  TRY(ValidReport valid, ValidReport::create(std::move(draft), now));
  return RoutedReport::route(platform, *caller.directory, for_org, std::move(valid), now);
}

ReportVersion unfiled_version(const Platform& platform, const Caller& caller, const RoutedReport& routed) {
  return first_version(platform, caller, routed, platform.clock.now());
}

Result<ReportVersion> file_report(const Platform& platform, const Caller& caller, const RoutedReport& routed,
                                  const std::optional<RepeatKey>& repeat,
                                  const std::optional<UnnamedId>& unnamed_source) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return earlier_report(platform, caller, *earlier);
  TRY(const auto permit, policy::permit<action::FileReport>(caller.principal, {routed.org()}));
  store::Alongside with = alongside(platform, caller, repeat);
  with.unnamed_source = unnamed_source;
  ReportVersion version = first_version(platform, caller, routed, with.at);
  with.ledger.push_back(
      ledger_entry(platform, "report.filed", version.report.text(), 1, report_content_text(version.content)));
  tell_readers(version, *caller.directory, "report.filed", with);
  for (int draw = 0;; ++draw) {
    version.number = HumanNumber::make(NumberKind::Report, tokyo_year(with.at), platform.random);
    const Status filed = platform.store.file_report(permit, version, with);
    if (filed.ok()) break;
    if (filed.error().code != "number.taken" || draw == kNumberDraws)
      return answer_repeat(platform, caller, repeat, filed.error());
  }
  platform.log.info("report_filed", {{"report", version.report.text()}, {"number", version.number.text()}});
  return version;
}

Result<ReportVersion> amend_report(const Platform& platform, const Caller& caller, Amendment amendment,
                                   const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return earlier_report(platform, caller, *earlier);
  TRY(const ReportVersion current, platform.store.report(caller.reach, amendment.report));
  TRY(const auto permit, policy::permit<action::AmendReport>(caller.principal, {current.report, current.org}));
  if (current.version != amendment.based_on) {
    return conflict("report.moved_on",
                    "Somebody has added a version since you opened this one. Open the newest and add yours to it.");
  }
  store::Alongside with = alongside(platform, caller, repeat);
  TRY_OK(refuse_classified(report_content_text(amendment.draft), "/summary"));
  TRY(ValidReport valid, ValidReport::create(merged(current.content, std::move(amendment.draft)), with.at));
  const RoutedReport routed = RoutedReport::route(platform, *caller.directory, current.org, std::move(valid), with.at);
  ReportVersion next = first_version(platform, caller, routed, with.at);
  next.report = current.report;
  next.number = current.number;
  next.version = current.version + 1;
  with.ledger.push_back(
      ledger_entry(platform, "report.filed", next.report.text(), next.version, report_content_text(next.content)));
  tell_readers(next, *caller.directory, "report.amended", with);
  const Status amended = platform.store.amend_report(permit, next, with);
  if (!amended.ok()) return answer_repeat(platform, caller, repeat, amended.error());
  platform.log.info("report_amended", {{"report", next.report.text()}, {"version", std::to_string(next.version)}});
  return next;
}

Result<ReportVersion> find_report(const Platform& platform, const Caller& caller, std::string_view id_or_number) {
  if (const auto id = ReportId::parse(id_or_number); id.ok()) return platform.store.report(caller.reach, *id);
  const auto number = HumanNumber::parse(id_or_number);
  if (!number.ok()) return not_found();
  return platform.store.report_by_number(caller.reach, number->text());
}

Result<rules::Assessment> assess_report(const Platform& platform, const Caller& caller, const ReportVersion& report) {
  const auto org = caller.directory->orgs.find(report.org);
  if (org == caller.directory->orgs.end()) return not_found();
  TRY(const auto submissions, platform.store.submissions_of(caller.reach, report.report));
  return rules::assess(*platform.rulebook, org->second.attributes, report.content.kind, report.content.facts,
                       platform.clock.now(), first_submissions(submissions));
}

}  // namespace hinomi::flow
