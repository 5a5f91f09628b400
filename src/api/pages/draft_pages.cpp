#include "api/pages/draft_pages.h"

#include <algorithm>
#include <span>

#include "api/pages/pages.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "base/text.h"
#include "flow/session.h"

namespace hinomi::api {
namespace {

std::string time_text(const Visit& visit, Instant at) { return tokyo_text(at, visit.language == Language::English); }

// The words of the status line by where the text is now. The script fills in {time} itself.
void draw_status(Html& html, const Api& api, const Visit& visit, const std::optional<Draft>& saved) {
  const auto text = [&](std::string_view name) {
    return api.text(visit, "page.draft.status." + std::string(name), {{"time", "{time}"}});
  };
  html.element("p",
               {{"class", "draft-status"},
                {"role", "status"},
                {"data-draft-status", ""},
                {"data-both", text("both")},
                {"data-device", text("device")},
                {"data-server", text("server_only")},
                {"data-nowhere", text("nowhere")},
                {"data-restored", text("restored")}},
               saved ? api.text(visit, "page.draft.saved_at", {{"time", time_text(visit, saved->saved_at)}})
                     : api.text(visit, "page.draft.not_yet"));
}

void draw_row(Html& html, const Api& api, const Visit& visit, const Draft& draft, std::string_view back) {
  const std::string title = draft_title(draft.fields);
  const std::string shown = title.empty() ? api.text(visit, "page.draft.untitled") : title;
  html.open("li", {{"data-draft-row", draft.id.text()}}).open("div", {{"class", "draft-row"}});
  html.open("div").element("p", {{"class", "draft-title"}}, shown);
  html.element("p", {{"class", "meta"}},
               api.text(visit, "page.draft.saved_at", {{"time", time_text(visit, draft.saved_at)}}))
      .close("div");
  html.open("div", {{"class", "actions"}})
      .element("a",
               {{"class", "button"},
                {"href", "/report?draft=" + draft.id.text()},
                {"aria-label", api.text(visit, "page.draft.continue.named", {{"title", shown}})}},
               api.text(visit, "page.draft.continue"));
  open_form(html, api, visit, "/report/drafts/" + draft.id.text() + "/delete");
  html.lone("input", {{"type", "hidden"}, {"name", "back"}, {"value", std::string(back)}});
  html.element("button",
               {{"class", "button button-quiet"},
                {"aria-label", api.text(visit, "page.draft.delete.named", {{"title", shown}})}},
               api.text(visit, "page.draft.delete"))
      .close("form");
  html.close("div").close("div").close("li");
}

// A copy that only this device has; the script fills it in and shows it.
void draw_local_row(Html& html, const Api& api, const Visit& visit) {
  html.open("li", {{"data-draft-local", ""}, {"hidden", ""}}).open("div", {{"class", "draft-row"}});
  html.open("div").element("p", {{"class", "draft-title"}, {"data-draft-title", ""}},
                           api.text(visit, "page.draft.untitled"));
  html.element("p", {{"class", "meta"}}, api.text(visit, "page.draft.only_here")).close("div");
  html.open("div", {{"class", "actions"}})
      .element("a", {{"class", "button"}, {"href", "/report"}, {"data-draft-continue", ""}},
               api.text(visit, "page.draft.continue"));
  html.element("button", {{"class", "button button-quiet"}, {"type", "button"}, {"data-draft-forget", ""}},
               api.text(visit, "page.draft.delete"))
      .close("div")
      .close("div")
      .close("li");
}

void open_drafts(Html& html, const Api& api, const Visit& visit, bool shown) {
  html.open(
      "section",
      {{"class", "card drafts"}, {"aria-labelledby", "drafts-title"}, {"data-drafts", ""}, {"hidden", "", !shown}});
  html.element("h2", {{"id", "drafts-title"}}, api.text(visit, "page.draft.list")).open("ul", {{"class", "rows"}});
}

// The newest; more would push the form out of sight at two in the morning.
constexpr std::size_t kAtSight = 2;

void draw_rest(Html& html, const Api& api, const Visit& visit, std::span<const Draft> drafts) {
  if (drafts.empty()) return;
  html.open("details", {{"class", "disclosure"}})
      .element("summary", api.text(visit, "page.draft.more", {{"n", std::to_string(drafts.size())}}))
      .open("ul", {{"class", "rows"}});
  for (const Draft& draft : drafts) draw_row(html, api, visit, draft, "/report");
  html.close("ul").close("details");
}

std::vector<Draft> others(std::vector<Draft> drafts, const DraftId& open) {
  std::erase_if(drafts, [&](const Draft& draft) { return draft.id == open; });
  return drafts;
}

Error gone() { return {ErrorKind::NotFound, "draft.gone", "This draft was deleted or sent elsewhere.", {}}; }

// As it is stored, or what a page that was never saved starts from.
Result<TypedReport> stored_or_new(const Api& api, const Visit& visit, const DraftId& id) {
  TypedReport typed;
  typed.draft = id;
  auto draft = flow::find_draft(api.platform(), visit.who(), id);
  if (!draft.ok() && draft.error().kind != ErrorKind::NotFound) return draft.error();
  if (!draft.ok()) return typed;
  typed.fields = std::move(draft->fields);
  typed.revision = draft->revision;
  return typed;
}

std::string page_of_draft(const Visit& visit, const DraftId& id) {
  const bool checking = visit.request.parameter("step") == "check";
  return (checking ? "/report/check?draft=" : "/report?draft=") + id.text();
}

}  // namespace

void draw_report_steps(Html& html, const Api& api, const Visit& visit, int current) {
  html.open("ol", {{"class", "steps"}});
  for (int step = 1; step <= 3; ++step) {
    html.element("li", {{"aria-current", "step", step == current}},
                 api.text(visit, "page.report.step" + std::to_string(step)));
  }
  html.close("ol");
}

void draw_draft_messages(Html& html, const Api& api, const Visit& visit, const TypedReport& typed) {
  const std::string here = "/report?draft=" + typed.draft.text();
  const auto open = [&](const char* name) {
    html.open("div", {{"class", "notice notice-warn draft-message"},
                      {"role", "alert"},
                      {"data-draft-message", name},
                      {"hidden", ""}});
    html.element("p", api.text(visit, "page.draft." + std::string(name)));
  };
  const auto link = [&](const std::string& to, std::string_view key) {
    html.open("p").element("a", {{"class", "button"}, {"href", to}}, api.text(visit, key)).close("p");
  };
  open("signed_out");
  link("/login?next=" + url_encoded(here), "page.draft.sign_in");
  html.close("div");
  open("offline");
  html.close("div");
  open("refused");
  html.element("p", {{"data-draft-why", ""}}, "").close("div");
  open("moved_on");
  html.open("p")
      .element("button", {{"class", "button"}, {"form", kReportFormId}, {"formaction", "/report/drafts"}},
               api.text(visit, "page.draft.compare"))
      .close("p")
      .close("div");
  open("sent");
  link(here, "page.draft.see_report");
  html.close("div");
  open("leaving");
  html.close("div");
  open("ending");
  html.open("p")
      .element("button", {{"class", "button"}, {"type", "button"}, {"data-draft-stay", ""}},
               api.text(visit, "page.draft.stay"))
      .close("p")
      .close("div");
  open("ended_soon");
  html.close("div");
}

void draw_draft_terms(Html& html, const Api& api, const Visit& visit, const TypedReport& typed) {
  const flow::Caller& caller = visit.who();
  const Instant now = api.platform().clock.now();
  const auto session = api.platform().store.session(caller.session, now);
  const auto seconds = [](auto time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count());
  };
  const Bytes key = flow::local_key(api.parts().cookie_key.expose(), caller.principal.person);
  html.open("div", {{"data-draft", typed.draft.text()},
                    {"data-key", to_base64(key)},
                    {"data-idle", seconds(flow::kBrowserIdle - flow::kUseNotedEvery)},
                    {"data-left", session.ok() ? seconds(session->expires_at - now) : "0"},
                    {"hidden", ""}})
      .close("div");
}

Status draw_drafts(Html& html, const Api& api, const Visit& visit, const DraftId& open, std::string_view back) {
  TRY(auto all, flow::drafts_of(api.platform(), visit.who()));
  const std::vector<Draft> drafts = others(std::move(all), open);
  const bool with_script = back == "/report";
  if (drafts.empty() && !with_script) return {};
  open_drafts(html, api, visit, !drafts.empty());
  const std::size_t shown = with_script ? std::min(kAtSight, drafts.size()) : drafts.size();
  for (const Draft& draft : std::span(drafts).first(shown)) draw_row(html, api, visit, draft, back);
  if (with_script) draw_local_row(html, api, visit);
  html.close("ul");
  draw_rest(html, api, visit, std::span(drafts).subspan(shown));
  html.close("section");
  return {};
}

HttpResponse writing_page(const Api& api, const Visit& visit, TypedReport typed, const FormNotes& notes,
                          const Error* refused) {
  if (typed.draft.is_nil()) typed.draft = DraftId::random(api.platform().random);
  const auto saved = flow::find_draft(api.platform(), visit.who(), typed.draft);
  Html html;
  html.element("h1", api.text(visit, "page.report.title"));
  if (refused != nullptr) draw_problem(html, api, visit, *refused);
  draw_report_steps(html, api, visit, 1);
  html.element("p", {{"class", "lead"}}, api.text(visit, "page.report.lead"));
  // Who has chosen one writes on it.
  const bool is_first = refused == nullptr && visit.request.method != Method::Post && typed.revision == 0;
  if (is_first) {
    if (const Status drawn = draw_drafts(html, api, visit, typed.draft, "/report"); !drawn.ok())
      api.platform().log.warn("drafts_not_listed", {{"code", drawn.error().code}});
  }
  draw_status(html, api, visit, saved.ok() ? std::optional(*saved) : std::nullopt);
  draw_draft_messages(html, api, visit, typed);
  draw_draft_terms(html, api, visit, typed);
  draw_report_form(html, api, visit, typed, notes);
  const int status = refused != nullptr ? status_of(*refused) : notes.problems.empty() ? 200 : 400;
  return page(api, visit,
              {.title = api.text(visit, "page.report.title"),
               .width = Width::Narrow,
               .script = Script::Draft,
               .marking = {},
               .form = kReportFormId,
               .form_keeper = "/report/drafts"},
              html, status);
}

HttpResponse unkept_page(const Api& api, const Visit& visit, TypedReport typed, const Error& error) {
  FormNotes notes;
  if (error.code == "draft.moved_on") {
    auto stands = flow::find_draft(api.platform(), visit.who(), typed.draft);
    if (stands.ok()) {
      typed.revision = stands->revision;
      notes.other = std::move(*stands);
    }
    return writing_page(api, visit, std::move(typed), notes, &error);
  }
  const bool lost = error.kind == ErrorKind::NotFound;
  if (lost || error.code == "draft.sent") {
    typed.draft = DraftId::random(api.platform().random);
    typed.revision = 0;
  }
  const Error said = lost ? gone() : error;
  return writing_page(api, visit, std::move(typed), notes, &said);
}

bool would_lose_text(const Error& error) {
  return error.code == "draft.moved_on" || error.code == "draft.sent" || error.kind == ErrorKind::NotFound;
}

Status keep_typed(const Api& api, const Visit& visit, TypedReport& typed) {
  if (typed.draft.is_nil()) return {};
  TRY(const Draft saved,
      flow::save_draft(api.platform(), visit.who(), {typed.draft, typed.revision, typed.editor, {}, typed.fields}));
  typed.revision = saved.revision;
  return {};
}

Result<bool> is_behind_stored(const Api& api, const Visit& visit, const TypedReport& typed) {
  if (typed.draft.is_nil()) return false;
  const auto stands = flow::find_draft(api.platform(), visit.who(), typed.draft);
  if (stands.ok()) return stands->revision > typed.revision && stands->fields != typed.fields;
  if (stands.error().kind == ErrorKind::NotFound) return false;
  return stands.error();
}

Result<HttpResponse> page_report(Api& api, const Visit& visit) {
  TypedReport typed;
  if (const auto asked = DraftId::parse(visit.request.parameter("draft").value_or("")); asked.ok()) {
    TRY(const auto sent, flow::report_sent_from(api.platform(), visit.who(), *asked));
    TRY(typed, stored_or_new(api, visit, *asked));
    if (sent && typed.revision == 0)
      return see_other("/report/done/" + sent->report.text() + "?draft=" + asked->text());
  }
  if (const auto kind = visit.request.parameter("kind"); kind && typed.revision == 0)
    typed.fields.emplace("kind", *kind);
  if (is_near_miss(typed) && typed.revision == 0) begin_near_miss(typed, api.platform().clock.now());
  return writing_page(api, visit, std::move(typed), {});
}

Result<HttpResponse> page_report_edit(Api& api, const Visit& visit) {
  TypedReport typed = read_typed_report(visit.request.body);
  if (const auto kind = form_value(visit.request.body, "switch"))
    switch_kind(typed, *kind == "near_miss" ? "near_miss" : "incident", api.platform().clock.now());
  return writing_page(api, visit, std::move(typed), {});
}

Result<HttpResponse> page_report_draft_save(Api& api, const Visit& visit) {
  TypedReport typed = read_typed_report(visit.request.body);
  if (typed.draft.is_nil()) typed.draft = DraftId::random(api.platform().random);
  const Status kept = keep_typed(api, visit, typed);
  if (!kept.ok() && kept.error().kind == ErrorKind::Forbidden) return kept.error();
  if (!kept.ok()) return unkept_page(api, visit, std::move(typed), kept.error());
  HttpResponse response = see_other(page_of_draft(visit, typed.draft));
  if (const auto to = form_value(visit.request.body, "language"))
    response.headers.add("Set-Cookie", language_cookie(parse_language(*to)));
  return response;
}

Result<HttpResponse> page_report_draft_delete(Api& api, const Visit& visit) {
  TRY(const DraftId id, flow::draft_to_write(visit.who(), visit.value("id")));
  TRY_OK(flow::remove_draft(api.platform(), visit.who(), id));
  return see_other(local_path(form_value(visit.request.body, "back").value_or("/report")));
}

}  // namespace hinomi::api
