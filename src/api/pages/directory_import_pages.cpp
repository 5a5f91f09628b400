// Lists of members, people, duty desks and licences from a file or pasted, without JavaScript: checked first, then
// proposed as they were checked.
#include "api/pages/directory_parts.h"
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/present_directory.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "base/text.h"
#include "flow/directory_sheet.h"
#include "formats/multipart.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

// What was typed on the page of the import.
struct Typed {
  std::string csv;
  std::string rows;  // as JSON: what was read from a workbook and checked
  std::string note;
  bool complete = false;
};
Typed typed_in(const HttpRequest& request) {
  const auto field = [&](std::string_view name) { return form_value(request.body, name).value_or(""); };
  return {field("csv"), field("rows"), field("note"), field("complete") == "yes"};
}

void draw_wishes(Html& html, const Api& api, const Visit& visit, const Typed& typed, Literal id) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  const std::string note_id(id.text());
  html.open("div", {{"class", "field"}}).element("label", {{"for", note_id}}, text("import.note"));
  html.lone("input", {{"class", "input"}, {"type", "text"}, {"id", note_id}, {"name", "note"}, {"value", typed.note}});
  html.close("div").open("div", {{"class", "field"}}).open("label", {{"class", "choice"}});
  html.lone("input", {{"type", "checkbox"}, {"name", "complete"}, {"value", "yes"}, {"checked", "", typed.complete}});
  html.element("span", text("import.complete")).close("label").close("div");
  html.open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "check"}},
               text("import.check"));
  html.close("div");
}

void draw_workbook_form(Html& html, const Api& api, const Visit& visit, const Typed& typed) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  html.open("form", {{"method", "post"},
                     {"action", "/directory/import/workbook"},
                     {"class", "form"},
                     {"enctype", "multipart/form-data"}});
  html.lone("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", csrf_token(api, visit.who())}});
  html.open("div", {{"class", "field"}}).element("label", {{"for", "workbook"}}, text("import.workbook"));
  html.element("p", {{"class", "hint"}, {"id", "workbook-hint"}}, text("import.workbook.hint"));
  html.open("p").element("a", {{"href", "/api/v1/directory/template"}}, text("import.template")).close("p");
  html.lone("input", {{"class", "input"},
                      {"type", "file"},
                      {"id", "workbook"},
                      {"name", "workbook"},
                      {"accept", ".xlsx"},
                      {"aria-describedby", "workbook-hint"},
                      {"required", ""}});
  html.close("div");
  draw_wishes(html, api, visit, typed, "workbook-note");
  html.close("form");
}

void draw_import_form(Html& html, const Api& api, const Visit& visit, const Typed& typed) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  open_form(html, api, visit, "/directory/import");
  html.open("div", {{"class", "field"}}).element("label", {{"for", "csv"}}, text("import.csv"));
  html.element("p", {{"class", "hint"}, {"id", "csv-hint"}}, text("import.hint"));
  html.element("textarea",
               {{"class", "textarea"},
                {"id", "csv"},
                {"name", "csv"},
                {"rows", "12"},
                {"aria-describedby", "csv-hint"},
                {"required", ""}},
               typed.csv);
  html.close("div");
  draw_wishes(html, api, visit, typed, "note");
  html.close("form");
}

void draw_problems(Html& html, const Api& api, const Visit& visit, const flow::DirectoryDraft& draft) {
  if (draft.problems.empty()) return;
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  html.open("div", {{"class", "error-summary"}, {"role", "alert"}, {"tabindex", "-1"}});
  html.element("h2", text("problems")).open("ul");
  for (const flow::RowProblem& problem : draft.problems) {
    const Explanation explanation = explain(api.catalogue(), visit.language, invalid(problem.code, problem.detail));
    const std::string row = api.text(visit, "page.directory.row", {{"row", std::to_string(problem.row)}});
    html.element("li", (problem.list.empty() ? "" : problem.list + " ") + row + " " + explanation.what + " " +
                           problem.detail + " " + explanation.what_to_do);
  }
  html.close("ul").close("div");
}

Status draw_proposal(Html& html, const Api& api, const Visit& visit, const Typed& typed,
                     const flow::DirectoryDraft& draft) {
  open_form(html, api, visit, "/directory/import");
  const bool is_file = !typed.rows.empty();
  html.lone("input",
            {{"type", "hidden"}, {"name", is_file ? "rows" : "csv"}, {"value", is_file ? typed.rows : typed.csv}});
  html.lone("input", {{"type", "hidden"}, {"name", "note"}, {"value", typed.note}});
  html.lone("input", {{"type", "hidden"}, {"name", "complete"}, {"value", typed.complete ? "yes" : ""}});
  TRY_OK(draw_step_up(html, api, visit,
                      policy::action::ProposeDirectoryChange::purpose({visit.who().directory, draft.change})));
  html.open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "propose"}},
               api.text(visit, "page.directory.propose"));
  html.close("div").close("form");
  return {};
}

Result<flow::DirectorySheet> sheet_of(const Typed& typed) {
  if (typed.rows.empty()) return flow::read_directory_csv(typed.csv);
  TRY(const auto document, parse_json(typed.rows));
  return flow::read_directory_json(document->root());
}

Result<flow::DirectoryDraft> draft_of(const Api& api, const Visit& visit, const Typed& typed,
                                      const flow::DirectorySheet& sheet) {
  TRY(flow::DirectoryDraft draft,
      flow::draft_directory_change(api.platform(), visit.who(), sheet.rows,
                                   typed.complete ? flow::Completeness::Whole : flow::Completeness::Partial));
  draft.problems.insert(draft.problems.begin(), sheet.problems.begin(), sheet.problems.end());
  draft.change.note = typed.note;
  return draft;
}

// The file and what was typed beside it, with its rows as they will be proposed.
struct Uploaded {
  Typed typed;
  flow::DirectorySheet sheet;
};
Result<Uploaded> read_upload(const Api& api, const Visit& visit) {
  TRY_OK(flow::check_may_propose(visit.who()));  // before a file of theirs is opened
  const HttpRequest& request = visit.request;
  TRY(const auto parts, read_form_parts(request.headers.find("Content-Type").value_or(""), request.body));
  const auto part = [&](std::string_view name) { return std::string(part_named(parts, name).value_or("")); };
  TRY(const auto tables, api.read_workbook(visit, part_named(parts, "workbook").value_or("")));
  Uploaded uploaded{{.csv = {}, .rows = {}, .note = part("note"), .complete = part("complete") == "yes"}, {}};
  TRY(uploaded.sheet, flow::read_directory_tables(tables));
  uploaded.typed.rows = flow::directory_rows_json(uploaded.sheet.rows);
  return uploaded;
}

Result<HttpResponse> import_page(const Api& api, const Visit& visit, const Error& error) {
  Html html;
  html.element("h1", api.text(visit, "page.directory.import"));
  draw_problem(html, api, visit, error);
  if (!error.where.empty()) html.element("p", {{"class", "meta"}}, error.where);
  draw_workbook_form(html, api, visit, {});
  draw_import_form(html, api, visit, {});
  return directory_page(api, visit, api.text(visit, "page.directory.import"), html, status_of(error));
}

Result<HttpResponse> checked_page(const Api& api, const Visit& visit, const Typed& typed,
                                  const flow::DirectoryDraft& draft, const std::optional<Error>& error = {}) {
  Html html;
  html.element("h1", api.text(visit, "page.directory.import"));
  if (error) draw_problem(html, api, visit, *error);
  draw_problems(html, api, visit, draft);
  html.element("p", {{"role", "status"}},
               api.text(visit, "page.directory.import.summary",
                        {{"unchanged", std::to_string(draft.unchanged)}, {"left", std::to_string(draft.left.size())}}));
  draw_differences(html, api, visit, draft.change);
  TRY_OK(draw_visibility(html, api, visit, draft.change));
  if (draft.problems.empty()) {
    TRY_OK(draw_proposal(html, api, visit, typed, draft));
  }
  html.element("h2", api.text(visit, "page.directory.import.again"));
  draw_workbook_form(html, api, visit, typed);
  draw_import_form(html, api, visit, typed);
  return directory_page(api, visit, api.text(visit, "page.directory.import"), html, error ? status_of(*error) : 200);
}

Result<HttpResponse> proposed(const Api& api, const Visit& visit, const Typed& typed,
                              const flow::DirectoryDraft& draft) {
  const auto decided = flow::propose_directory_change(api.platform(), visit.who(),
                                                      {draft, typed.note, step_up_of_form(visit)}, std::nullopt);
  if (decided.ok()) return see_other("/directory/changes/" + decided->change.id.text());
  if (decided.error().code.starts_with("step_up.")) return checked_page(api, visit, typed, draft, decided.error());
  return decided.error();
}

}  // namespace

Result<HttpResponse> page_directory_import(Api& api, const Visit& visit) {
  TRY_OK(flow::check_may_propose(visit.who()));
  Html html;
  html.element("h1", api.text(visit, "page.directory.import"));
  draw_workbook_form(html, api, visit, {});
  draw_import_form(html, api, visit, {});
  return directory_page(api, visit, api.text(visit, "page.directory.import"), html);
}

Result<HttpResponse> page_directory_import_send(Api& api, const Visit& visit) {
  TRY_OK(flow::check_may_propose(visit.who()));
  const Typed typed = typed_in(visit.request);
  TRY(const flow::DirectorySheet sheet, sheet_of(typed));
  TRY(const flow::DirectoryDraft draft, draft_of(api, visit, typed, sheet));
  if (form_value(visit.request.body, "step").value_or("") == "propose") return proposed(api, visit, typed, draft);
  return checked_page(api, visit, typed, draft);
}

Result<HttpResponse> page_directory_import_workbook(Api& api, const Visit& visit) {
  const auto uploaded = read_upload(api, visit);
  if (!uploaded.ok() && uploaded.error().kind == ErrorKind::Forbidden) return uploaded.error();
  if (!uploaded.ok()) return import_page(api, visit, uploaded.error());
  TRY(const flow::DirectoryDraft draft, draft_of(api, visit, uploaded->typed, uploaded->sheet));
  return checked_page(api, visit, uploaded->typed, draft);
}

}  // namespace hinomi::api
