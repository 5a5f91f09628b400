#include "flow/unnamed_desk.h"

#include <algorithm>

#include "base/text.h"
#include "flow/file_report.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

constexpr std::size_t kMostReason = 1000;

void record(const Platform& platform, const UnnamedId& id, std::string_view kind, std::string_view text,
            store::Alongside& with) {
  with.ledger.push_back(blind_entry(platform, kind, id, text));
}

Result<UnnamedReport> as_it_is(const Platform& platform, const Caller& caller, const UnnamedReport& report) {
  return find_unnamed(platform, caller, report.id.text());
}

Result<IdentityOpening> find_opening(const UnnamedReport& report, std::string_view id) {
  const auto found =
      std::ranges::find_if(report.openings, [&](const IdentityOpening& one) { return one.id.text() == id; });
  if (found == report.openings.end()) return not_found();
  return *found;
}

action::AgreeToIdentity::Subject agreement(const UnnamedReport& report, const IdentityOpening& opening) {
  return {opening.id, report.id, opening.proposed_by};
}

}  // namespace

store::LedgerEntry blind_entry(const Platform& platform, std::string_view kind, const UnnamedId& id,
                               std::string_view text) {
  Bytes content(32);
  platform.random.fill(content);  // kept nowhere
  content.insert(content.end(), text.begin(), text.end());
  return ledger_entry(platform, std::string(kind), id.text(), 1, as_text(content));
}

bool may_read_unnamed(const Caller& caller) { return policy::allows<action::ReadUnnamed>(caller.principal, {}).ok(); }

Result<store::Listed<UnnamedReport>> unnamed_reports(const Platform& platform, const Caller& caller,
                                                     const store::Page& page) {
  TRY(const auto permit, policy::permit<action::ReadUnnamed>(caller.principal, {}));
  return platform.store.unnamed_reports(caller.reach, permit, page);
}

Result<UnnamedReport> find_unnamed(const Platform& platform, const Caller& caller, std::string_view id) {
  const auto wanted = UnnamedId::parse(id);
  const auto permit = policy::permit<action::ReadUnnamed>(caller.principal, {});
  if (!wanted.ok() || !permit.ok()) return not_found();
  return platform.store.unnamed(caller.reach, *permit, *wanted);
}

Result<UnnamedReport> answer_unnamed(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                     const std::string& text, const std::optional<RepeatKey>& repeat) {
  TRY(const auto permit, policy::permit<action::AnswerUnnamed>(caller.principal, {report.id}));
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return as_it_is(platform, caller, report);
  TRY(const std::string words, checked_talk(text));
  store::Alongside with = alongside(platform, caller, repeat);
  record(platform, report.id, "unnamed.answered", words, with);
  TRY_OK(platform.store.answer_unnamed(permit, words, with));
  platform.log.info("unnamed_answered", {{"unnamed", report.id.text()}});
  return as_it_is(platform, caller, report);
}

Result<UnnamedReport> close_unnamed(const Platform& platform, const Caller& caller, const UnnamedReport& report) {
  TRY(const auto permit, policy::permit<action::AnswerUnnamed>(caller.principal, {report.id}));
  store::Alongside with = alongside(platform, caller, std::nullopt);
  record(platform, report.id, "unnamed.closed", "", with);
  TRY_OK(platform.store.close_unnamed(permit, with));
  platform.log.info("unnamed_closed", {{"unnamed", report.id.text()}});
  return as_it_is(platform, caller, report);
}

Result<ReportVersion> file_unnamed(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                   ReportDraft draft, const std::optional<RepeatKey>& repeat) {
  TRY_OK(policy::allows<action::AnswerUnnamed>(caller.principal, {report.id}));
  TRY_OK(draft.facts.set("src.unnamed", {ValueState::Given, true}));
  TRY(const RoutedReport routed, check_report(platform, caller, std::move(draft), caller.principal.org));
  return file_report(platform, caller, routed, repeat, report.id);
}

std::optional<bool> identity_left(const Caller& caller, const UnnamedReport& report) {
  if (!policy::allows<action::ProposeIdentity>(caller.principal, {report.id}).ok()) return std::nullopt;
  return report.identity_left;
}

Result<UnnamedReport> propose_identity(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                       const IdentityWish& wish) {
  const action::ProposeIdentity::Subject subject{report.id};
  TRY_OK(policy::allows<action::ProposeIdentity>(caller.principal, subject));
  const std::string reason(trimmed(wish.reason));
  if (reason.empty() || reason.size() > kMostReason || !is_utf8(reason))
    return invalid("unnamed.reason", "Say why, in 1 to 1,000 bytes; only the desk sees it.", "/reason");
  if (!report.identity_left)
    return conflict("unnamed.no_identity", "This reporter has left neither name nor contact. Ask in the talk.");
  TRY(const auto proof, prove_presence_for<action::ProposeIdentity>(platform, caller, wish.step_up, subject));
  TRY(const auto permit, policy::permit<action::ProposeIdentity>(caller.principal, subject, proof));
  store::Alongside with = alongside(platform, caller, std::nullopt);
  IdentityOpening opening;
  opening.id = IdentityOpeningId::random(platform.random);
  opening.proposed_by = caller.principal.person;
  opening.proposed_at = with.at;
  opening.reason = reason;
  record(platform, report.id, "unnamed.identity_proposed", reason, with);
  with.outbox = notices_to_analysts(*caller.directory, "unnamed.identity_proposed", report.id, caller.principal.person);
  TRY_OK(platform.store.propose_identity(permit, opening, with));
  platform.log.info("unnamed_identity_proposed", {{"unnamed", report.id.text()}});
  return as_it_is(platform, caller, report);
}

Result<UnnamedReport> open_identity(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                    std::string_view opening, const StepUpAnswer& step_up) {
  TRY(const IdentityOpening wanted, find_opening(report, opening));
  const auto subject = agreement(report, wanted);
  TRY_OK(policy::allows<action::AgreeToIdentity>(caller.principal, subject));
  if (wanted.state != IdentityOpeningState::Proposed)
    return conflict("unnamed.opening_closed", "This request was decided before. Make a new one.");
  TRY(const auto proof, prove_presence_for<action::AgreeToIdentity>(platform, caller, step_up, subject));
  TRY(const auto permit, policy::permit<action::AgreeToIdentity>(caller.principal, subject, proof));
  store::Alongside with = alongside(platform, caller, std::nullopt);
  record(platform, report.id, "unnamed.identity_opened", wanted.id.text(), with);
  TRY_OK(platform.store.open_identity(permit, with));
  platform.log.info("unnamed_identity_opened", {{"unnamed", report.id.text()}});
  return as_it_is(platform, caller, report);
}

Result<UnnamedReport> reject_identity(const Platform& platform, const Caller& caller, const UnnamedReport& report,
                                      std::string_view opening) {
  TRY(const IdentityOpening wanted, find_opening(report, opening));
  TRY(const auto permit, policy::permit<action::RejectIdentity>(caller.principal, {wanted.id, report.id}));
  store::Alongside with = alongside(platform, caller, std::nullopt);
  record(platform, report.id, "unnamed.identity_rejected", wanted.id.text(), with);
  TRY_OK(platform.store.reject_identity(permit, with));
  return as_it_is(platform, caller, report);
}

Result<std::optional<UnnamedIdentity>> opened_identity(const Platform& platform, const Caller& caller,
                                                       const UnnamedReport& report) {
  TRY(const auto permit, policy::permit<action::ReadUnnamed>(caller.principal, {}));
  auto identity = platform.store.unnamed_identity(caller.reach, permit, report.id);
  if (identity.ok()) return std::optional<UnnamedIdentity>(std::move(*identity));
  if (identity.error().kind == ErrorKind::NotFound) return std::optional<UnnamedIdentity>();
  return identity.error();
}

UnnamedAbilities unnamed_abilities(const Caller& caller, const UnnamedReport& report) {
  const bool works = policy::allows<action::AnswerUnnamed>(caller.principal, {report.id}).ok();
  const bool reports = policy::allows<action::FileReport>(caller.principal, {caller.principal.org}).ok();
  return {works && !report.closed_at, works && !report.closed_at, works && reports && !report.report,
          identity_left(caller, report).value_or(false)};
}

OpeningAbilities opening_abilities(const Caller& caller, const UnnamedReport& report, const IdentityOpening& opening) {
  if (opening.state != IdentityOpeningState::Proposed) return {};
  return {policy::allows<action::AgreeToIdentity>(caller.principal, agreement(report, opening)).ok(),
          policy::allows<action::RejectIdentity>(caller.principal, {opening.id, report.id}).ok()};
}

std::vector<store::OutboxEntry> notices_to_analysts(const Directory& directory, std::string_view kind,
                                                    const UnnamedId& id, const std::optional<PersonId>& but) {
  std::vector<store::OutboxEntry> entries;
  for (const auto& [person, who] : directory.persons) {
    const auto org = directory.orgs.find(who.org);
    const bool secretariat = org != directory.orgs.end() && org->second.kind == OrgKind::Secretariat;
    if (secretariat && who.active && who.roles.contains(Role::Analyst) && person != but)
      entries.push_back({"notice", person, std::string(kind), id.text()});
  }
  return entries;
}

}  // namespace hinomi::flow
