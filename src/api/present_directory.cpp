#include "api/present_directory.h"

#include <algorithm>
#include <array>

#include "api/present.h"
#include "api/problem.h"
#include "policy/authority.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

void write_counts(JsonWriter& out, std::string_view name, const store::LabelCounts& counts) {
  out.key(name).begin_object().member("labels", static_cast<std::int64_t>(counts.labels));
  out.member("reports", static_cast<std::int64_t>(counts.reports));
  out.member("releases", static_cast<std::int64_t>(counts.releases));
  out.member("cases", static_cast<std::int64_t>(counts.cases));
  out.member("objects", static_cast<std::int64_t>(counts.objects));
  out.end_object();
}

Status write_visibility(JsonWriter& out, const Api& api, const Visit& visit, const DirectoryChange& change) {
  TRY(const auto visible, flow::what_becomes_visible(api.platform(), visit.who(), change));
  const Directory then = with_change(*visit.who().directory, change);
  out.key("visibility").begin_array();
  for (const flow::VisibilityChange& one : visible) {
    out.begin_object().key("person");
    write_named_person(out, then, one.person);
    write_counts(out, "gained", one.gained);
    write_counts(out, "lost", one.lost);
    out.end_object();
  }
  out.end_array();
  return {};
}

void write_differences(JsonWriter& out, const Directory& directory, const DirectoryChange& change) {
  out.key("differences").begin_array();
  for (const flow::RecordDifference& record : flow::differences(directory, change)) {
    out.begin_object().member("kind", record_kind_text(record.kind)).member("state", record_state_text(record.state));
    out.member("id", record.id).member("name", record.name).member("name_en", record.name_en).key("fields");
    out.begin_array();
    for (const flow::FieldDifference& field : record.fields) {
      out.begin_object().member("field", field.field).member("before", field.before).member("after", field.after);
      out.end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

void write_summary_members(JsonWriter& out, const Visit& visit, const DirectoryChange& change) {
  const Directory& directory = *visit.who().directory;
  out.member("id", change.id.text()).member("state", change_state_text(change.state)).member("note", change.note);
  out.key("proposed_by");
  write_named_person(out, directory, change.proposed_by);
  out.member("proposed_at", to_rfc3339(change.proposed_at)).member("expires_at", to_rfc3339(change.expires_at));
  out.member("needs_second_person", !policy::is_pure_loss(change)).key("agreed").begin_array();
  for (const Agreement& agreement : change.agreed) {
    out.begin_object().key("person");
    write_named_person(out, directory, agreement.person);
    out.member("at", to_rfc3339(agreement.at)).end_object();
  }
  out.end_array();
  if (change.closed_by) {
    out.key("closed_by");
    write_named_person(out, directory, *change.closed_by);
  }
  if (change.closed_at) out.member("closed_at", to_rfc3339(*change.closed_at));
  const auto records = change.after.orgs.size() + change.after.persons.size() + change.after.groups.size() +
                       change.after.delegations.size();
  out.member("records", static_cast<std::int64_t>(records));
}

void write_problems(JsonWriter& out, const Api& api, const Visit& visit, const flow::DirectoryDraft& draft) {
  out.key("problems").begin_array();
  for (const flow::RowProblem& problem : draft.problems) {
    const Explanation explanation =
        explain(api.catalogue(), visit.language, invalid(problem.code, problem.detail, problem.field));
    out.begin_object()
        .member("list", problem.list)
        .member("row", static_cast<std::int64_t>(problem.row))
        .member("field", problem.field);
    out.member("code", problem.code).member("what", explanation.what).member("do", explanation.what_to_do);
    out.member("detail", problem.detail).end_object();
  }
  out.end_array();
}

}  // namespace

std::string_view record_kind_text(flow::RecordKind kind) {
  constexpr std::array<std::string_view, 4> kTexts{"organisation", "person", "group", "delegation"};
  return kTexts.at(static_cast<std::size_t>(kind));
}

std::string_view record_state_text(flow::RecordState state) {
  constexpr std::array<std::string_view, 3> kTexts{"added", "changed", "left"};
  return kTexts.at(static_cast<std::size_t>(state));
}

void write_person_entry(JsonWriter& out, const Directory& directory, const Person& person) {
  out.begin_object().member("id", person.id.text()).member("name", person.name).member("name_en", person.name_en);
  out.member("login", person.login).key("org");
  write_org(out, directory, person.org);
  out.key("roles").begin_array();
  for (const Role role : person.roles) out.string(role_text(role));
  out.end_array().member("ceiling", tlp_text(person.ceiling)).member("active", person.active);
  out.member("mail", person.mail).member("phone", person.phone).member("duty_desk", person.duty_desk);
  out.member("quarantined", person.quarantined).end_object();
}

void write_group(JsonWriter& out, const Directory& directory, const flow::SeenGroup& seen) {
  const Group& group = seen.group;
  out.begin_object().member("id", group.id.text()).member("name", group.name);
  out.member("kind", group_kind_text(group.kind)).member("visibility", visibility_text(group.visibility));
  out.member("ceiling", tlp_text(group.ceiling));
  if (!seen.count_bucket.empty()) out.member("people", seen.count_bucket);
  if (seen.shows_members) {
    out.key("orgs").begin_array();
    for (const OrgId& id : group.orgs) write_org(out, directory, id);
    out.end_array().key("persons").begin_array();
    for (const PersonId& id : group.persons) write_named_person(out, directory, id);
    out.end_array();
  }
  out.end_object();
}

void write_change_summary(JsonWriter& out, const Visit& visit, const DirectoryChange& change) {
  out.begin_object();
  write_summary_members(out, visit, change);
  out.end_object();
}

Status write_change(JsonWriter& out, const Api& api, const Visit& visit, const flow::DecidedChange& decided) {
  const DirectoryChange& change = decided.change;
  const flow::Caller& caller = visit.who();
  const bool may_agree = flow::may_agree(caller, change);
  out.begin_object();
  write_summary_members(out, visit, change);
  write_differences(out, *caller.directory, change);
  if (change.state == ChangeState::Proposed) TRY_OK(write_visibility(out, api, visit, change));
  out.key("abilities").begin_object();
  out.member("agree", may_agree);
  out.member("reject",
             policy::permit<action::RejectDirectoryChange>(caller.principal, {caller.directory, change}).ok());
  out.end_object();
  if (may_agree) out.member("step_up_purpose", action::AgreeToDirectoryChange::purpose({caller.directory, change}));
  if (!decided.invitations.empty()) {
    out.key("invitations").begin_array();
    for (const flow::IssuedInvitation& issued : decided.invitations) {
      out.begin_object().key("person");
      write_named_person(out, with_change(*caller.directory, change), issued.person);
      out.member("code", issued.code.expose()).end_object();
    }
    out.end_array();
  }
  out.end_object();
  return {};
}

Status write_draft(JsonWriter& out, const Api& api, const Visit& visit, const flow::DirectoryDraft& draft) {
  out.begin_object().member("dry_run", true).member("unchanged", static_cast<std::int64_t>(draft.unchanged));
  out.member("left", static_cast<std::int64_t>(draft.left.size()));
  out.member("needs_second_person", !policy::is_pure_loss(draft.change));
  write_problems(out, api, visit, draft);
  write_differences(out, *visit.who().directory, draft.change);
  TRY_OK(write_visibility(out, api, visit, draft.change));
  if (draft.problems.empty())
    out.member("step_up_purpose", action::ProposeDirectoryChange::purpose({visit.who().directory, draft.change}));
  out.end_object();
  return {};
}

}  // namespace hinomi::api
