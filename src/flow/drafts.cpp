#include "flow/drafts.h"

#include "model/classified.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

Status may_keep(const Caller& caller) {
  TRY_OK((policy::permit<action::FileReport>(caller.principal, {caller.principal.org})));
  return {};
}

}  // namespace

Result<DraftId> draft_called(std::string_view id) {
  const auto parsed = DraftId::parse(id);
  if (!parsed.ok()) return not_found();
  return *parsed;
}

Result<DraftId> draft_to_write(const Caller& caller, std::string_view id) {
  TRY_OK(may_keep(caller));
  return draft_called(id);
}

Result<std::vector<Draft>> drafts_of(const Platform& platform, const Caller& caller) {
  TRY_OK(policy::check_scope(caller.principal, policy::Scope::Read));
  return platform.store.drafts(caller.principal.person);
}

Result<Draft> find_draft(const Platform& platform, const Caller& caller, const DraftId& id) {
  TRY_OK(policy::check_scope(caller.principal, policy::Scope::Read));
  return platform.store.draft(caller.principal.person, id);
}

Result<Draft> save_draft(const Platform& platform, const Caller& caller, store::DraftSaving saving) {
  TRY_OK(may_keep(caller));
  TRY_OK(check_typed_fields(saving.fields));
  TRY_OK(refuse_classified(typed_fields_text(saving.fields), "/fields"));
  // Said twice, as by pressing twice: nothing is written, and there is nothing to choose between.
  auto stands = platform.store.draft(caller.principal.person, saving.id);
  if (stands.ok() && stands->fields == saving.fields) return stands;
  saving.at = platform.clock.now();
  return platform.store.save_draft(caller.principal.person, saving);
}

Status remove_draft(const Platform& platform, const Caller& caller, const DraftId& id) {
  TRY_OK(may_keep(caller));
  return platform.store.remove_draft(caller.principal.person, id);
}

Result<std::optional<ReportVersion>> report_sent_from(const Platform& platform, const Caller& caller,
                                                      const DraftId& id) {
  TRY(const auto earlier, platform.store.earlier_write(caller.principal.person, id.text()));
  if (!earlier) return std::optional<ReportVersion>();
  const auto report = ReportId::parse(earlier->subject);
  if (!report.ok()) return std::optional<ReportVersion>();
  auto filed = platform.store.report(caller.reach, *report);
  if (filed.ok()) return std::optional(std::move(*filed));
  if (filed.error().kind == ErrorKind::NotFound) return std::optional<ReportVersion>();
  return filed.error();
}

RepeatKey filing_of(const SentDraft& draft, const TypedFields& fields) {
  return {draft.id.text(), sha256("report from a draft\n" + typed_fields_text(fields)), draft};
}

Bytes local_key(ByteView installation, const PersonId& person) {
  const Sha256 key = hmac_sha256(installation, as_bytes("draft on a device\n" + person.text()));
  return Bytes(key.begin(), key.end());
}

}  // namespace hinomi::flow
