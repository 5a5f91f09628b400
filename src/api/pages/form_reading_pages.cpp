// A form's workbook that came back, without JavaScript: what it would change, what was not understood and can be typed,
// and then the next version of the report. The sheet itself travels in the page, so that nothing is kept in between.
#include <algorithm>
#include <map>
#include <set>

#include "api/pages/form_pages.h"
#include "api/pages/pages.h"
#include "api/present_form_reading.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "base/id.h"
#include "base/text.h"
#include "formats/multipart.h"
#include "forms/answer.h"

namespace hinomi::api {
namespace {

using forms::ProposedRow;
using forms::RowOutcome;

constexpr std::string_view kReadPage = "/forms/read";
constexpr std::string_view kAnswer = "answer.";
constexpr std::size_t kLongestSheet = std::size_t{8} << 20;

std::string words(const Api& api, const Visit& visit, std::string_view key, const Catalogue::Values& values = {}) {
  return api.text(visit, "page.reading." + std::string(key), values);
}

void hidden(Html& html, Literal name, const std::string& value) {
  html.lone("input", {{"type", "hidden"}, {"name", std::string(name.text())}, {"value", value}});
}

// The page for the organisation that it was opened for, where that is another than one's own.
std::string for_org(const Visit& visit, std::string_view path) {
  const auto org = visit.request.parameter("for_org");
  return std::string(path) + (org ? "?for_org=" + url_encoded(*org) : "");
}

// What was ticked and typed when the proposal was last shown.
struct Decided {
  std::set<std::string> offered;  // sources that could be ticked
  std::set<std::string> taken;    // those that were
};

struct Shown {
  const flow::FormReading& reading;
  Decided decided;
  [[nodiscard]] bool is_taken(const ProposedRow& row) const {
    return decided.offered.contains(row.source) ? decided.taken.contains(row.source)
                                                : reading.safe.contains(row.source);
  }
};

std::vector<const ProposedRow*> rows_of(const flow::FormReading& reading, RowOutcome outcome) {
  std::vector<const ProposedRow*> rows;
  for (const ProposedRow& row : reading.rows) {
    if (row.outcome == outcome) rows.push_back(&row);
  }
  return rows;
}

// --- upload

void draw_upload(Html& html, const Api& api, const Visit& visit) {
  html.open("form", {{"method", "post"},
                     {"action", for_org(visit, kFormReadingForm)},
                     {"class", "form"},
                     {"enctype", "multipart/form-data"}});
  hidden(html, "csrf", csrf_token(api, visit.who()));
  html.open("div", {{"class", "field"}}).element("label", {{"for", "file"}}, words(api, visit, "file"));
  html.element("p", {{"class", "hint"}, {"id", "file-hint"}}, words(api, visit, "file.hint"));
  html.lone("input", {{"class", "input"},
                      {"type", "file"},
                      {"id", "file"},
                      {"name", "file"},
                      {"accept", ".xlsx,.eml"},
                      {"aria-describedby", "file-hint"},
                      {"required", ""}});
  html.close("div").open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", "button button-primary"}}, words(api, visit, "read")).close("div").close("form");
}

HttpResponse reading_page(const Api& api, const Visit& visit, const Html& html, int status = 200) {
  return page(api, visit,
              {.title = words(api, visit, "title"), .width = Width::Narrow, .script = Script::No, .marking = {}}, html,
              status);
}

HttpResponse upload_page(const Api& api, const Visit& visit, const Error* error) {
  Html html;
  html.element("h1", words(api, visit, "title")).element("p", {{"class", "lead"}}, words(api, visit, "lead"));
  if (error != nullptr) {
    draw_problem(html, api, visit, *error);
    if (!error->where.empty()) html.element("p", {{"class", "meta"}}, error->where);
  }
  draw_upload(html, api, visit);
  return reading_page(api, visit, html, error == nullptr ? 200 : status_of(*error));
}

// --- the proposal

// Anybody may have typed it: it is shown, and nothing is decided by it.
void draw_mail(Html& html, const Api& api, const Visit& visit, const std::optional<MailHead>& mail) {
  if (!mail) return;
  html.open("div", {{"class", "notice"}});
  html.element("p", words(api, visit, "mail")).open("dl", {{"class", "summary-list"}});
  const auto row = [&](std::string_view key, const std::string& value) {
    html.open("div").element("dt", words(api, visit, key)).element("dd", value).close("div");
  };
  row("mail.from", mail->from);
  row("mail.date", mail->date);
  row("mail.subject", mail->subject);
  html.close("dl").close("div");
}

void draw_head(Html& html, const Api& api, const Visit& visit, const flow::FormReading& reading) {
  html.element("h1", words(api, visit, "title"));
  html.open("p", {{"class", "lead"}}).text(reading.form->title.in(visit.language) + " ");
  if (!reading.newest) {
    html.text(words(api, visit, "new")).close("p");
    return;
  }
  const ReportVersion& newest = *reading.newest;
  html.element("a", {{"href", report_path(newest.report)}}, newest.number.text()).close("p");
  const std::string printed = std::to_string(reading.sheet.report_version);
  const std::string now = std::to_string(newest.version);
  const bool is_old = reading.sheet.report_version != newest.version;
  html.element("p", {{"class", is_old ? "notice notice-warn" : "meta"}},
               words(api, visit, is_old ? "old" : "current", {{"printed", printed}, {"newest", now}}));
}

void draw_row_head(Html& html, const Api& api, const Visit& visit, const ProposedRow& row) {
  html.open("div", {{"class", "row-head"}}).element("strong", row.label);
  if (row.technical) html.element("span", {{"class", "badge badge-info"}}, words(api, visit, "technical"));
  if (row.moved_on) html.element("span", {{"class", "badge badge-warn"}}, words(api, visit, "moved_on"));
  html.close("div");
  html.element("p", {{"class", "meta"}}, words(api, visit, "cell", {{"cell", row.cell}}));
}

void draw_before_and_after(Html& html, const std::string& before, const std::string& after) {
  html.open("p", {{"class", "prose"}}).element("del", {{"class", "change"}}, before).close("p");
  html.open("p", {{"class", "prose"}}).element("ins", {{"class", "change"}}, after).close("p");
}

void draw_changes(Html& html, const Api& api, const Visit& visit, const Shown& shown) {
  const auto rows = rows_of(shown.reading, RowOutcome::Changed);
  html.element("h2", words(api, visit, "changes", {{"n", std::to_string(rows.size())}}));
  if (rows.empty()) html.element("p", {{"class", "empty"}}, words(api, visit, "changes.none"));
  if (rows.empty()) return;
  html.open("ul", {{"class", "rows"}});
  for (const ProposedRow* row : rows) {
    html.open("li");
    draw_row_head(html, api, visit, *row);
    draw_before_and_after(html, row->now, row->after);
    if (row->moved_on)
      html.element("p", {{"class", "hint"}}, words(api, visit, "printed", {{"printed", row->printed}}));
    hidden(html, "offered", row->source);
    html.open("label", {{"class", "choice"}});
    html.lone("input",
              {{"type", "checkbox"}, {"name", "take"}, {"value", row->source}, {"checked", "", shown.is_taken(*row)}});
    html.element("span", {{"class", "choice-text"}}, words(api, visit, "take")).close("label").close("li");
  }
  html.close("ul");
}

// What was written is kept in a field of its own: corrected there, it is read again.
void draw_answer(Html& html, const Api& api, const Visit& visit, const ProposedRow& row) {
  const std::string name = std::string(kAnswer) + row.cell;
  html.open("div", {{"class", "field"}}).element("label", {{"for", name}}, words(api, visit, "type"));
  html.element("textarea", {{"class", "textarea"}, {"id", name}, {"name", name}, {"rows", "2"}}, row.answer);
  html.close("div");
}

// Another answer would be refused just the same where the form is no place for it.
bool may_be_typed(const ProposedRow& row) {
  return row.reason != "forms.answer_fixed" && row.reason != "forms.answer_long" &&
         row.reason != "forms.source_elsewhere";
}

void draw_unread(Html& html, const Api& api, const Visit& visit, const Shown& shown, RowOutcome outcome) {
  const auto rows = rows_of(shown.reading, outcome);
  if (rows.empty()) return;
  const bool refused = outcome == RowOutcome::Refused;
  html.element("h2", words(api, visit, refused ? "refused" : "not_understood", {{"n", std::to_string(rows.size())}}));
  html.open("ul", {{"class", "rows"}});
  for (const ProposedRow* row : rows) {
    const Explanation explanation = explain(api.catalogue(), visit.language, invalid(row->reason, row->detail));
    html.open("li");
    draw_row_head(html, api, visit, *row);
    html.element("p", explanation.what + " " + explanation.what_to_do);
    html.element("p", {{"class", "hint"}}, words(api, visit, "now", {{"now", row->now}}));
    if (may_be_typed(*row)) draw_answer(html, api, visit, *row);
    html.close("li");
  }
  html.close("ul");
}

// Not touched in the sheet, and said differently since it was made.
void draw_moved_on(Html& html, const Api& api, const Visit& visit, const Shown& shown) {
  std::vector<const ProposedRow*> rows;
  for (const ProposedRow* row : rows_of(shown.reading, RowOutcome::Unchanged)) {
    const auto part = forms::story_part(row->source);
    if (row->moved_on && (!part || forms::is_said_by_reports(*part))) rows.push_back(row);
  }
  if (rows.empty()) return;
  html.element("h2", words(api, visit, "moved", {{"n", std::to_string(rows.size())}}));
  html.element("p", {{"class", "hint"}}, words(api, visit, "moved.hint")).open("ul", {{"class", "rows"}});
  for (const ProposedRow* row : rows) {
    html.open("li");
    draw_row_head(html, api, visit, *row);
    draw_before_and_after(html, row->printed, row->now);
    html.close("li");
  }
  html.close("ul");
}

void draw_strays(Html& html, const Api& api, const Visit& visit, const forms::ReturnedSheet& sheet) {
  if (sheet.strays.empty()) return;
  html.element("h2", words(api, visit, "strays", {{"n", std::to_string(sheet.strays.size() + sheet.strays_left_out)}}));
  html.element("p", {{"class", "hint"}}, words(api, visit, "strays.hint")).open("ul");
  for (const forms::StrayCell& stray : sheet.strays) {
    html.open("li").element("span", {{"class", "meta"}}, stray.sheet + "!" + stray.cell).text(" " + stray.text);
    html.close("li");
  }
  html.close("ul");
  if (sheet.strays_left_out > 0)
    html.element("p", words(api, visit, "strays.more", {{"n", std::to_string(sheet.strays_left_out)}}));
}

std::string sheet_text(const forms::ReturnedSheet& sheet) {
  JsonWriter out;
  forms::write_returned_sheet(out, sheet);
  return out.take();
}

void draw_actions(Html& html, const Api& api, const Visit& visit, const flow::FormReading& reading) {
  const bool changes = !rows_of(reading, RowOutcome::Changed).empty();
  const bool answers =
      !rows_of(reading, RowOutcome::NotUnderstood).empty() || !rows_of(reading, RowOutcome::Refused).empty();
  html.open("div", {{"class", "form-actions"}});
  if (changes) {
    html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "confirm"}},
                 words(api, visit, reading.newest ? "confirm" : "confirm.new"));
  }
  if (answers)
    html.element("button", {{"class", "button"}, {"name", "step"}, {"value", "check"}}, words(api, visit, "check"));
  html.close("div");
}

HttpResponse proposal_page(const Api& api, const Visit& visit, const Shown& shown, const Error* error) {
  const flow::FormReading& reading = shown.reading;
  Html html;
  draw_head(html, api, visit, reading);
  draw_mail(html, api, visit, reading.sheet.mail);
  if (error != nullptr) draw_problem(html, api, visit, *error);
  if (error == nullptr && reading.problem) draw_problem(html, api, visit, *reading.problem);
  open_form(html, api, visit, for_org(visit, kReadPage));
  hidden(html, "key", uuid_text(random_uuid(api.platform().random)));
  hidden(html, "digest", reading.digest);
  hidden(html, "sheet", sheet_text(reading.sheet));
  draw_changes(html, api, visit, shown);
  draw_unread(html, api, visit, shown, RowOutcome::NotUnderstood);
  draw_unread(html, api, visit, shown, RowOutcome::Refused);
  draw_moved_on(html, api, visit, shown);
  draw_strays(html, api, visit, reading.sheet);
  html.element("p", {{"class", "meta"}},
               words(api, visit, "unchanged", {{"n", std::to_string(rows_of(reading, RowOutcome::Unchanged).size())}}));
  draw_actions(html, api, visit, reading);
  html.close("form");
  html.open("p").element("a", {{"href", for_org(visit, kReadPage)}}, words(api, visit, "another")).close("p");
  return reading_page(api, visit, html, error == nullptr ? 200 : status_of(*error));
}

// --- what came with the page

// Answers that were typed on the page, by cell. One pass over the body, however many there are.
std::map<std::string, std::string, std::less<>> typed_answers(std::string_view body) {
  std::map<std::string, std::string, std::less<>> answers;
  for (const std::string_view pair : split(body, '&')) {
    const std::size_t equals = pair.find('=');
    if (!pair.starts_with(kAnswer) || equals == std::string_view::npos) continue;
    auto value = url_decoded(pair.substr(equals + 1), Plus::IsSpace);
    if (value.ok()) answers.emplace(pair.substr(kAnswer.size(), equals - kAnswer.size()), std::move(*value));
  }
  return answers;
}

// Browsers send the ends of lines as CR LF (HTML, "constructing the form data set"); the sheet has LF.
std::string as_in_sheet(std::string_view typed) {
  const std::string_view text = trimmed(typed);
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') kept += text[i];
  }
  return kept;
}

Result<forms::ReturnedSheet> sent_sheet(const HttpRequest& request) {
  const std::string text = form_value(request.body, "sheet").value_or("");
  TRY(const auto document, parse_json(text, {.max_bytes = kLongestSheet, .max_depth = 8}));
  TRY(auto sheet, forms::parse_returned_sheet(document->root(), "sheet"));
  const auto answers = typed_answers(request.body);
  for (forms::ReturnedRow& row : sheet.rows) {
    const auto typed = answers.find(row.cell);
    if (typed != answers.end()) row.answer = as_in_sheet(typed->second);
  }
  return sheet;
}

std::set<std::string> set_of(const HttpRequest& request, std::string_view name) {
  const auto values = form_values(request.body, name);
  return {values.begin(), values.end()};
}

Result<ReportVersion> confirmed(const Api& api, const Visit& visit, const Shown& shown) {
  const flow::RepeatKey repeat{form_value(visit.request.body, "key").value_or(""),
                               sha256("POST " + std::string(kReadPage) + "\n" + visit.request.body)};
  return flow::file_form_sheet(api.platform(), visit.who(), shown.reading,
                               {form_value(visit.request.body, "digest").value_or(""), shown.decided.taken}, repeat);
}

}  // namespace

Result<HttpResponse> page_form_reading(Api& api, const Visit& visit) {
  TRY_OK(flow::check_may_read_forms(visit.who()));
  return upload_page(api, visit, nullptr);
}

Result<HttpResponse> page_form_reading_file(Api& api, const Visit& visit) {
  const HttpRequest& request = visit.request;
  TRY_OK(flow::check_may_read_forms(visit.who()));
  TRY(const auto parts, read_form_parts(request.headers.find("Content-Type").value_or(""), request.body));
  const auto reading = read_form_file(api, visit, part_named(parts, "file").value_or(""));
  if (!reading.ok()) {
    const ErrorKind kind = reading.error().kind;
    if (kind == ErrorKind::Forbidden || kind == ErrorKind::Internal) return reading.error();
    return upload_page(api, visit, &reading.error());
  }
  return proposal_page(api, visit, {*reading, {}}, nullptr);
}

Result<HttpResponse> page_form_reading_send(Api& api, const Visit& visit) {
  TRY_OK(flow::check_may_read_forms(visit.who()));
  TRY(auto sheet, sent_sheet(visit.request));
  TRY(const OrgId org, org_read_for(visit));
  TRY(const flow::FormReading reading, flow::read_form_sheet(api.platform(), visit.who(), std::move(sheet), org));
  const Shown shown{reading, {set_of(visit.request, "offered"), set_of(visit.request, "take")}};
  if (form_value(visit.request.body, "step").value_or("") != "confirm")
    return proposal_page(api, visit, shown, nullptr);
  const auto filed = confirmed(api, visit, shown);
  if (filed.ok()) return see_other(report_path(filed->report));
  const ErrorKind kind = filed.error().kind;
  if (kind == ErrorKind::Forbidden || kind == ErrorKind::NotFound || kind == ErrorKind::Internal) return filed.error();
  return proposal_page(api, visit, shown, &filed.error());
}

}  // namespace hinomi::api
