// 下書き: what the caller is typing, kept until it is sent. Nobody else's drafts can be asked for.
#include "api/pages/report_form.h"
#include "api/present.h"
#include "api/report_request.h"
#include "api/rest.h"

namespace hinomi::api {
namespace {

void write_draft_members(JsonWriter& out, const Draft& draft) {
  out.member("id", draft.id.text())
      .member("revision", static_cast<std::int64_t>(draft.revision))
      .member("kind",
              draft.fields.contains("kind") && draft.fields.at("kind") == "near_miss" ? "near_miss" : "incident")
      .member("title", draft_title(draft.fields))
      .member("begun_at", to_rfc3339(draft.begun_at))
      .member("saved_at", to_rfc3339(draft.saved_at));
}

HttpResponse draft_response(const Draft& draft) {
  JsonWriter out;
  out.begin_object();
  write_draft_members(out, draft);
  return json_response(out.key("fields").raw(typed_fields_text(draft.fields)).end_object().take());
}

Result<std::uint32_t> revision_of(JsonView body, std::int64_t least) {
  const auto revision = body.integer_at("revision");
  if (revision && *revision >= least && *revision <= UINT32_MAX) return static_cast<std::uint32_t>(*revision);
  return invalid("draft.revision", "Say which revision of the draft this builds on; 0 for a new one.", "/revision");
}

constexpr std::size_t kEditorBytes = 64;

Result<store::DraftSaving> saving_of(const DraftId& id, JsonView body) {
  store::DraftSaving saving;
  saving.id = id;
  TRY(saving.based_on, revision_of(body, 0));
  saving.editor = body.string_at("editor").value_or("");
  if (saving.editor.size() > kEditorBytes)
    return invalid("draft.editor", "An editor's name has at most 64 bytes.", "/editor");
  const auto fields = body.find("fields");
  if (!fields) return invalid("draft.field", "The fields are one object of texts.", "/fields");
  TRY(saving.fields, parse_typed_fields(*fields));
  return saving;
}

// What is missing is named by its question.
Result<ReportDraft> understood(const Api& api, const Draft& draft) {
  TypedReport typed;
  typed.fields = draft.fields;
  UnderstoodReport read = understand_report(typed, api.platform().clock.now());
  if (read.problems.empty()) return std::move(read.draft);
  const FieldProblem& problem = read.problems.front();
  return invalid("draft.incomplete", api.catalogue().text(Language::English, "page.problem." + problem.code),
                 "/fields/" + problem.field);
}

}  // namespace

Result<HttpResponse> get_drafts(Api& api, const Visit& visit) {
  TRY(const auto drafts, flow::drafts_of(api.platform(), visit.who()));
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const Draft& draft : drafts) {
    out.begin_object();
    write_draft_members(out, draft);
    out.end_object();
  }
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> get_draft(Api& api, const Visit& visit) {
  TRY(const DraftId id, flow::draft_called(visit.value("id")));
  TRY(const Draft draft, flow::find_draft(api.platform(), visit.who(), id));
  return draft_response(draft);
}

Result<HttpResponse> put_draft(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"revision", "editor", "fields"}));
  TRY(const DraftId id, flow::draft_to_write(visit.who(), visit.value("id")));
  TRY(store::DraftSaving saving, saving_of(id, document->root()));
  TRY(const Draft draft, flow::save_draft(api.platform(), visit.who(), std::move(saving)));
  return draft_response(draft);
}

Result<HttpResponse> delete_draft(Api& api, const Visit& visit) {
  TRY(const DraftId id, flow::draft_to_write(visit.who(), visit.value("id")));
  TRY_OK(flow::remove_draft(api.platform(), visit.who(), id));
  HttpResponse response;
  response.status = 204;
  return response;
}

Result<HttpResponse> post_draft_filing(Api& api, const Visit& visit) {
  TRY(const auto document, json_body(visit.request, {"revision"}));
  TRY(const DraftId id, flow::draft_called(visit.value("id")));
  TRY(const std::uint32_t revision, revision_of(document->root(), 1));
  const auto draft = flow::find_draft(api.platform(), visit.who(), id);
  if (!draft.ok() && draft.error().kind == ErrorKind::NotFound) {
    TRY(const auto sent, flow::report_sent_from(api.platform(), visit.who(), id));
    if (sent) return report_response(api, visit, *sent, 201);
  }
  if (!draft.ok()) return draft.error();
  if (draft->revision != revision)
    return conflict("draft.moved_on", "This draft was saved elsewhere since it was read. Read it again, then send it.");
  TRY(ReportDraft report, understood(api, *draft));
  TRY(const flow::RoutedReport routed,
      flow::check_report(api.platform(), visit.who(), std::move(report), visit.who().principal.org));
  TRY(const ReportVersion filed, flow::file_report(api.platform(), visit.who(), routed,
                                                   flow::filing_of({draft->id, draft->revision}, draft->fields)));
  return report_response(api, visit, filed, 201);
}

}  // namespace hinomi::api
