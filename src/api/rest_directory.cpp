// People, groups, look-ups, and changes of the directory.
#include "api/present.h"
#include "api/present_directory.h"
#include "api/rest.h"
#include "api/step_up_answer.h"
#include "base/text.h"
#include "flow/directory.h"
#include "flow/directory_sheet.h"

namespace hinomi::api {
namespace {

// One proposal as it arrived, whichever way it was written.
struct Proposal {
  flow::DirectorySheet sheet;
  std::string note;
  flow::StepUpAnswer step_up;
  flow::Completeness completeness = flow::Completeness::Partial;
  bool dry_run = false;
};

std::string media_type(const HttpRequest& request) {
  return lower_ascii(trimmed(split(request.headers.find("Content-Type").value_or(""), ';').front()));
}

flow::Completeness completeness_of(bool complete) {
  return complete ? flow::Completeness::Whole : flow::Completeness::Partial;
}

Result<flow::DirectorySheet> read_file(const Api& api, const Visit& visit) {
  if (media_type(visit.request) == "text/csv") return flow::read_directory_csv(visit.request.body);
  TRY_OK(flow::check_may_propose(visit.who()));  // before a file of theirs is opened
  TRY(const auto tables, api.read_workbook(visit, visit.request.body));
  return flow::read_directory_tables(tables);
}

Result<Proposal> read_proposal(const Api& api, const Visit& visit) {
  const HttpRequest& request = visit.request;
  Proposal proposal;
  if (const std::string type = media_type(request); type == "text/csv" || type == kWorkbookMediaType) {
    TRY(proposal.sheet, read_file(api, visit));
    TRY(proposal.step_up, step_up_of_header(visit));
    proposal.note = request.parameter("note").value_or("");
    proposal.completeness = completeness_of(request.parameter("complete").value_or("") == "true");
    proposal.dry_run = request.parameter("dry_run").value_or("") == "true";
    return proposal;
  }
  TRY(const auto document, json_body(request, {"note", "complete", "dry_run", "step_up", "organisations", "people",
                                               "licences", "duty_desks", "groups", "delegations"}));
  const JsonView body = document->root();
  TRY(proposal.step_up, step_up_answer(visit, body));
  TRY(proposal.sheet, flow::read_directory_json(body));
  proposal.note = body.string_at("note").value_or("");
  proposal.completeness = completeness_of(body.boolean_at("complete").value_or(false));
  proposal.dry_run = body.boolean_at("dry_run").value_or(false);
  return proposal;
}

Result<DirectoryChangeId> change_id(const Visit& visit) {
  const auto id = DirectoryChangeId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  return *id;
}

Result<HttpResponse> change_response(const Api& api, const Visit& visit, const flow::DecidedChange& decided,
                                     int status) {
  Visit fresh = visit;
  TRY(fresh.caller, flow::renewed(api.platform(), visit.who()));
  JsonWriter out;
  TRY_OK(write_change(out, api, fresh, decided));
  return json_response(out.take(), status);
}

}  // namespace

Result<HttpResponse> get_directory_people(Api&, const Visit& visit) {
  TRY(const auto people, flow::people_of(visit.who(), visit.request.parameter("org")));
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const Person& person : people) write_person_entry(out, *visit.who().directory, person);
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> post_directory_lookup(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"address"}));
  TRY(const Person person,
      flow::look_up(api.platform(), visit.who(), document->root().string_at("address").value_or("")));
  JsonWriter out;
  out.begin_object().member("name", person.name).member("name_en", person.name_en).key("org");
  write_org(out, *visit.who().directory, person.org);
  return json_response(out.member("duty_desk", person.duty_desk).end_object().take());
}

Result<HttpResponse> post_directory_change(Api& api, const Visit& visit) {
  TRY_OK(flow::check_may_propose(visit.who()));  // before anything of theirs is parsed
  TRY(Proposal proposal, read_proposal(api, visit));
  TRY(flow::DirectoryDraft draft,
      flow::draft_directory_change(api.platform(), visit.who(), proposal.sheet.rows, proposal.completeness));
  draft.problems.insert(draft.problems.begin(), proposal.sheet.problems.begin(), proposal.sheet.problems.end());
  draft.change.note = proposal.note;
  if (proposal.dry_run) {
    JsonWriter out;
    TRY_OK(write_draft(out, api, visit, draft));
    return json_response(out.take());
  }
  TRY(const flow::DecidedChange decided,
      flow::propose_directory_change(api.platform(), visit.who(),
                                     {std::move(draft), std::move(proposal.note), std::move(proposal.step_up)},
                                     repeat_key(visit.request)));
  return change_response(api, visit, decided, 201);
}

Result<HttpResponse> get_directory_template(Api&, const Visit& visit) {
  HttpResponse response;
  TRY(response.body, flow::directory_template(visit.language));
  response.headers.add("Content-Type", std::string(kWorkbookMediaType));
  response.headers.add("Content-Disposition", "attachment; filename=\"hinomi-directory.xlsx\"");
  return response;
}

Result<HttpResponse> get_directory_changes(Api& api, const Visit& visit) {
  TRY(const store::Page page, page_of(api, visit, "directory_changes"));
  TRY(const auto changes, flow::directory_changes(api.platform(), visit.who(), page));
  return json_response(
      listed(api, visit, "directory_changes", changes,
             [&](JsonWriter& out, const DirectoryChange& change) { write_change_summary(out, visit, change); }));
}

Result<HttpResponse> get_directory_change(Api& api, const Visit& visit) {
  TRY(auto change, flow::find_directory_change(api.platform(), visit.who(), visit.value("id")));
  return change_response(api, visit, {std::move(change), {}}, 200);
}

Result<HttpResponse> post_directory_agreement(Api& api, const Visit& visit) {
  TRY(const DirectoryChangeId id, change_id(visit));
  TRY(const auto document, json_body(visit.request, {"step_up"}));
  TRY(const flow::StepUpAnswer answer, step_up_answer(visit, document->root()));
  TRY(const auto decided, flow::agree_to_directory_change(api.platform(), visit.who(), id, answer));
  return change_response(api, visit, decided, 200);
}

Result<HttpResponse> post_directory_rejection(Api& api, const Visit& visit) {
  TRY(const DirectoryChangeId id, change_id(visit));
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY(auto change, flow::reject_directory_change(api.platform(), visit.who(), id));
  return change_response(api, visit, {std::move(change), {}}, 200);
}

Result<HttpResponse> post_person_proof(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"channel"}));
  TRY_OK(flow::record_proof(api.platform(), visit.who(), visit.value("id"),
                            std::string(document->root().string_at("channel").value_or(""))));
  HttpResponse response;
  response.status = 204;
  return response;
}

Result<HttpResponse> post_person_invitation(Api& api, const Visit& visit) {
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY(const auto issued, flow::invite_again(api.platform(), visit.who(), visit.value("id")));
  JsonWriter out;
  return json_response(out.begin_object().member("code", issued.code.expose()).end_object().take(), 201);
}

Result<HttpResponse> post_invitation_acceptance(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"code", "password"}));
  const auto field = [&](std::string_view name) { return std::string(document->root().string_at(name).value_or("")); };
  TRY_OK(flow::accept_invitation(api.platform(),
                                 {field("code"), SecretText(field("password")), visit.request.remote_address}));
  HttpResponse response;
  response.status = 204;
  return response;
}

Result<HttpResponse> get_groups(Api&, const Visit& visit) {
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const flow::SeenGroup& seen : flow::seen_groups(visit.who())) write_group(out, *visit.who().directory, seen);
  return json_response(out.end_array().end_object().take());
}

}  // namespace hinomi::api
