// 所在案内: where something that this platform must not hold can be read. Written, checked with its readers shown, and
// only then posted; no JavaScript.
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/present_pointers.h"
#include "api/problem.h"
#include "api/session_cookie.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kShown = 50;

struct Typed {
  std::string holder, system, level, reference, contact, dated, expires, audience;
  bool needs_clearance = false;
};
Typed typed_in(const HttpRequest& request) {
  const auto field = [&](std::string_view name) { return form_value(request.body, name).value_or(""); };
  return {field("holder"),    field("system"),   field("level"),
          field("reference"), field("contact"),  field("dated"),
          field("expires"),   field("audience"), field("needs_clearance") == "yes"};
}

Result<flow::PointerDraft> draft_of(const Typed& typed) {
  flow::PointerDraft draft;
  draft.holder = typed.holder;
  draft.reference = typed.reference;
  draft.contact = typed.contact;
  draft.needs_clearance = typed.needs_clearance;
  TRY(draft.system, parse_secrecy_system(typed.system));
  TRY(draft.level, parse_secrecy_level(typed.level));
  TRY(draft.dated, parse_day(typed.dated));
  if (!typed.expires.empty()) {
    TRY(draft.expires, parse_day(typed.expires));
  }
  TRY(draft.audience, policy::parse_pointer_audience(typed.audience));
  return draft;
}

std::string words(const Api& api, const Visit& visit, std::string_view key) {
  return api.text(visit, "page.pointer." + std::string(key));
}

struct TextField {
  Literal name;
  std::string value;
  Literal type = "text";
  bool required = true;
};
void draw_field(Html& html, const Api& api, const Visit& visit, const TextField& field) {
  const std::string name(field.name.text());
  html.open("div", {{"class", "field"}});
  html.element("label", {{"class", "label"}, {"for", name}}, words(api, visit, name));
  html.element("p", {{"class", "hint"}, {"id", name + "-hint"}}, words(api, visit, name + ".hint"));
  html.lone("input", {{"class", field.type.text() == "date" ? "input input-short" : "input"},
                      {"type", std::string(field.type.text())},
                      {"id", name},
                      {"name", name},
                      {"value", field.value},
                      {"maxlength", "100"},
                      {"aria-describedby", name + "-hint"},
                      {"autocomplete", "off"},
                      {"required", "", field.required}});
  html.close("div");
}

struct Choice {
  Literal name;
  std::vector<std::string_view> values;
  std::string chosen;
};
void draw_choice(Html& html, const Api& api, const Visit& visit, const Choice& choice) {
  const std::string name(choice.name.text());
  html.open("div", {{"class", "field"}});
  html.element("label", {{"class", "label"}, {"for", name}}, words(api, visit, name));
  html.open("select", {{"class", "select"}, {"id", name}, {"name", name}});
  for (const std::string_view value : choice.values) {
    html.element("option", {{"value", std::string(value)}, {"selected", "", value == choice.chosen}},
                 words(api, visit, name + "." + std::string(value)));
  }
  html.close("select").close("div");
}

void draw_form(Html& html, const Api& api, const Visit& visit, const Typed& typed) {
  open_form(html, api, visit, "/pointers");
  draw_field(html, api, visit, {"holder", typed.holder});
  draw_choice(html, api, visit, {"system", secrecy_systems(), typed.system});
  draw_choice(html, api, visit, {"level", secrecy_levels(), typed.level});
  draw_field(html, api, visit, {"reference", typed.reference});
  draw_field(html, api, visit, {"contact", typed.contact});
  draw_field(html, api, visit, {"dated", typed.dated, "date"});
  draw_field(html, api, visit, {"expires", typed.expires, "date", false});
  draw_choice(html, api, visit, {"audience", policy::pointer_audiences(), typed.audience});
  html.open("div", {{"class", "choices"}}).open("label", {{"class", "choice"}});
  html.lone(
      "input",
      {{"type", "checkbox"}, {"name", "needs_clearance"}, {"value", "yes"}, {"checked", "", typed.needs_clearance}});
  html.element("span", words(api, visit, "needs_clearance")).close("label").close("div");
  html.open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "check"}},
               words(api, visit, "check"));
  html.close("div").close("form");
}

void draw_line(Html& html, const Api& api, const Visit& visit, std::string_view key, std::string_view value) {
  html.element("dt", words(api, visit, key)).element("dd", value);
}

void draw_pointer(Html& html, const Api& api, const Visit& visit, const Pointer& pointer) {
  html.open("dl", {{"class", "summary-list"}});
  draw_line(html, api, visit, "holder", pointer.holder);
  draw_line(html, api, visit, "system",
            words(api, visit, "system." + std::string(secrecy_system_text(pointer.system))));
  draw_line(html, api, visit, "level", words(api, visit, "level." + std::string(secrecy_level_text(pointer.level))));
  draw_line(html, api, visit, "reference", pointer.reference);
  draw_line(html, api, visit, "contact", pointer.contact);
  draw_line(html, api, visit, "dated", day_text(pointer.dated));
  if (pointer.expires) draw_line(html, api, visit, "expires", day_text(*pointer.expires));
  html.close("dl");
}

void draw_readers(Html& html, const Api& api, const Visit& visit, const Label& label) {
  const flow::KnownReaders readers = flow::readers_known_to(visit.who(), label);
  html.open("section", {{"class", "card"}}).element("h2", words(api, visit, "readers"));
  html.open("ul");
  for (const OrgId& id : readers.orgs) {
    const Organisation& org = visit.who().directory->orgs.at(id);
    html.element("li", visit.language == Language::English ? org.name_en : org.name);
  }
  html.close("ul");
  if (readers.other_orgs > 0)
    html.element("p", api.text(visit, "page.pointer.readers.others", {{"count", std::to_string(readers.other_orgs)}}));
  html.element("p", api.text(visit, "page.pointer.readers.people", {{"count", std::to_string(readers.people)}}));
  html.close("section");
}

void hidden(Html& html, Literal name, const std::string& value) {
  html.lone("input", {{"type", "hidden"}, {"name", std::string(name.text())}, {"value", value}});
}

// What was typed, once more, and the way to post it.
void draw_posting(Html& html, const Api& api, const Visit& visit, const Typed& typed) {
  open_form(html, api, visit, "/pointers");
  draw_key(html, api);
  hidden(html, "holder", typed.holder);
  hidden(html, "system", typed.system);
  hidden(html, "level", typed.level);
  hidden(html, "reference", typed.reference);
  hidden(html, "contact", typed.contact);
  hidden(html, "dated", typed.dated);
  hidden(html, "expires", typed.expires);
  hidden(html, "audience", typed.audience);
  hidden(html, "needs_clearance", typed.needs_clearance ? "yes" : "");
  html.open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "post"}},
               words(api, visit, "post"));
  html.close("div").close("form");
}

HttpResponse pointer_page(const Api& api, const Visit& visit, const Html& html, int status = 200) {
  return page(api, visit,
              {.title = words(api, visit, "title"), .width = Width::Narrow, .script = Script::No, .marking = {}}, html,
              status);
}

void draw_list(Html& html, const Api& api, const Visit& visit, const std::vector<Pointer>& pointers) {
  if (pointers.empty()) html.element("p", {{"class", "empty"}}, words(api, visit, "none"));
  html.open("ul", {{"class", "rows"}});
  for (const Pointer& pointer : pointers) {
    const std::string_view state = pointer_state(pointer, api.platform().clock.now());
    html.open("li").open("div", {{"class", "stack-tight"}});
    html.element("a", {{"class", "row-link"}, {"href", "/pointers/" + pointer.id.text()}},
                 pointer.holder + "  " + pointer.reference);
    html.open("p", {{"class", "meta"}});
    html.element("span", words(api, visit, "system." + std::string(secrecy_system_text(pointer.system))));
    html.element("span", day_text(pointer.dated));
    html.element("span", {{"class", state == "open" ? "badge badge-info" : "badge"}},
                 words(api, visit, "state." + std::string(state)));
    html.close("p").close("div").close("li");
  }
  html.close("ul");
}

// Those that nobody of the own organisation reads any more, for who administers it.
Status draw_unread(Html& html, const Api& api, const Visit& visit) {
  if (!flow::may_end_unread_pointers(visit.who())) return {};
  TRY(const auto pointers, flow::unread_pointers(api.platform(), visit.who()));
  if (pointers.empty()) return {};
  html.open("section", {{"class", "card"}}).element("h2", words(api, visit, "unread"));
  html.element("p", {{"class", "hint"}}, words(api, visit, "unread.hint"));
  html.open("ul", {{"class", "rows"}});
  for (const flow::UnreadPointer& pointer : pointers) {
    const std::string made = tokyo_text(pointer.made_at, visit.language == Language::English);
    html.open("li");
    open_form(html, api, visit, "/unread-pointers/" + pointer.id.text() + "/end");
    html.element("p", api.text(visit, "page.pointer.unread.made", {{"time", made}}));
    html.element("button", {{"class", "button button-danger"}}, words(api, visit, "end")).close("form").close("li");
  }
  html.close("ul").close("section");
  return {};
}

Result<HttpResponse> list_page(const Api& api, const Visit& visit, const Typed& typed,
                               const std::optional<Error>& error = std::nullopt) {
  TRY(const auto pointers, api.platform().store.pointers(visit.who().reach, {.before = {}, .limit = kShown}));
  Html html;
  html.element("h1", words(api, visit, "title"));
  if (error) {
    draw_problem(html, api, visit, *error);
    if (!error->where.empty()) html.element("p", {{"class", "meta"}}, error->where + " " + error->detail);
  }
  html.element("p", {{"class", "lead"}}, words(api, visit, "lead"));
  if (!error) draw_list(html, api, visit, pointers.rows);
  if (!error) TRY_OK(draw_unread(html, api, visit));
  if (flow::may_make_pointer(visit.who())) {
    html.element("h2", words(api, visit, "new")).element("p", {{"class", "hint"}}, words(api, visit, "new.hint"));
    draw_form(html, api, visit, typed);
  }
  return pointer_page(api, visit, html, error ? status_of(*error) : 200);
}

HttpResponse checked_page(const Api& api, const Visit& visit, const Typed& typed, const Pointer& pointer) {
  Html html;
  html.element("h1", words(api, visit, "check.title"));
  draw_pointer(html, api, visit, pointer);
  draw_readers(html, api, visit, pointer.label);
  draw_posting(html, api, visit, typed);
  html.element("h2", words(api, visit, "again"));
  draw_form(html, api, visit, typed);
  return pointer_page(api, visit, html);
}

}  // namespace

Result<HttpResponse> page_pointers(Api& api, const Visit& visit) { return list_page(api, visit, {}); }

Result<HttpResponse> page_pointers_send(Api& api, const Visit& visit) {
  const Typed typed = typed_in(visit.request);
  const auto draft = draft_of(typed);
  if (!draft.ok()) return list_page(api, visit, typed, draft.error());
  if (form_value(visit.request.body, "step").value_or("") == "post") {
    const auto made = flow::make_pointer(api.platform(), visit.who(), *draft, typed_key(visit));
    if (made.ok()) return see_other("/pointers/" + made->id.text());
    if (made.error().code != "pointer.too_many") return made.error();
    return list_page(api, visit, typed, made.error());
  }
  const auto pointer = flow::drafted_pointer(api.platform(), visit.who(), *draft);
  if (!pointer.ok() && pointer.error().kind == ErrorKind::Invalid) return list_page(api, visit, typed, pointer.error());
  if (!pointer.ok()) return pointer.error();
  return checked_page(api, visit, typed, *pointer);
}

Result<HttpResponse> page_pointer(Api& api, const Visit& visit) {
  TRY(const Pointer pointer, flow::find_pointer(api.platform(), visit.who(), visit.value("id")));
  const std::string_view state = pointer_state(pointer, api.platform().clock.now());
  Html html;
  html.element("h1", words(api, visit, "one"));
  html.open("p");
  tlp_badge(html, pointer.label.tlp);
  html.text(" ").element("span", {{"class", state == "open" ? "badge badge-info" : "badge"}},
                         words(api, visit, "state." + std::string(state)));
  html.close("p");
  if (state != "open") html.element("p", {{"class", "notice notice-warn"}}, words(api, visit, "over"));
  draw_pointer(html, api, visit, pointer);
  html.element("p", {{"class", "hint"}}, words(api, visit, "ask"));
  draw_readers(html, api, visit, pointer.label);
  if (flow::may_end_pointer(visit.who(), pointer)) {
    open_form(html, api, visit, "/pointers/" + pointer.id.text() + "/end");
    html.open("div", {{"class", "form-actions"}});
    html.element("button", {{"class", "button button-danger"}}, words(api, visit, "end")).close("div").close("form");
  }
  html.open("p").element("a", {{"href", "/pointers"}}, words(api, visit, "title")).close("p");
  return pointer_page(api, visit, html);
}

Result<HttpResponse> page_pointer_end(Api& api, const Visit& visit) {
  TRY(const Pointer pointer, flow::end_pointer(api.platform(), visit.who(), visit.value("id"), std::nullopt));
  return see_other("/pointers/" + pointer.id.text());
}

Result<HttpResponse> page_unread_pointer_end(Api& api, const Visit& visit) {
  TRY_OK(flow::end_unread_pointer(api.platform(), visit.who(), visit.value("id")));
  return see_other("/pointers");
}

}  // namespace hinomi::api
