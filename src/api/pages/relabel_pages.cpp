// Other readers for a release, without JavaScript: see who gains and who loses, propose, and another person agrees.
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "flow/publish.h"
#include "flow/relabel.h"
#include "model/typed_time.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

struct Typed {
  std::string tlp, audience, until, reason;
};
Typed typed_in(const HttpRequest& request) {
  const auto field = [&](std::string_view name) { return form_value(request.body, name).value_or(""); };
  return {field("tlp"), field("audience"), field("until"), field("reason")};
}

std::string words(const Api& api, const Visit& visit, std::string_view key, const Catalogue::Values& values = {}) {
  return api.text(visit, "page.relabel." + std::string(key), values);
}

Result<flow::RelabelWish> wish_of(const Api& api, const Typed& typed) {
  flow::RelabelWish wish;
  TRY(wish.tlp, parse_tlp(typed.tlp));
  TRY(wish.audience, policy::parse_release_audience(typed.audience));
  if (!typed.until.empty()) {
    TRY(wish.embargo_until, understand_time(typed.until, api.platform().clock.now()));
  }
  wish.reason = typed.reason;
  return wish;
}

std::string label_words(const Api& api, const Visit& visit, const Label& label) {
  const auto audience = policy::audience_of(*visit.who().directory, label);
  std::string text = std::string(tlp_text(label.tlp)) + "  " +
                     words(api, visit, "audience." + std::string(policy::release_audience_text(audience)));
  if (label.embargo_until) {
    const bool english = visit.language == Language::English;
    text += "  " + words(api, visit, "embargoed", {{"time", tokyo_text(*label.embargo_until, english)}});
  }
  return text;
}

void draw_people(Html& html, const Api& api, const Visit& visit, std::string_view key, const policy::Readers& readers) {
  html.element("h3", words(api, visit, key, {{"count", std::to_string(readers.people.size())}}));
  if (readers.orgs.empty()) html.element("p", {{"class", "empty"}}, words(api, visit, "nobody"));
  html.open("ul");
  for (const OrgId& id : readers.orgs) {
    const Organisation& org = visit.who().directory->orgs.at(id);
    html.element("li", visit.language == Language::English ? org.name_en : org.name);
  }
  html.close("ul");
}

void draw_effect(Html& html, const Api& api, const Visit& visit, const flow::RelabelEffect& effect) {
  draw_people(html, api, visit, "gain", effect.gain);
  draw_people(html, api, visit, "lose", effect.lose);
  if (!effect.lose.people.empty()) {
    html.open("div", {{"class", "notice notice-warn"}});
    html.element("p", {{"class", "notice-title"}}, words(api, visit, "delivered"));
    if (effect.given.empty()) html.element("p", words(api, visit, "delivered.none"));
    for (const OrgId& id : effect.given) {
      const Organisation& org = visit.who().directory->orgs.at(id);
      html.element("p", visit.language == Language::English ? org.name_en : org.name);
    }
    html.close("div");
  }
  if (effect.marking_stays) html.element("p", {{"class", "notice"}}, words(api, visit, "marking"));
  draw_people(html, api, visit, "remain", effect.remain);
}

struct Option {
  std::string value;
  std::string text;
};
struct Select {
  Literal name;
  std::vector<Option> options;
  std::string chosen;
};
void draw_select(Html& html, const Api& api, const Visit& visit, const Select& select) {
  const std::string name(select.name.text());
  html.open("div", {{"class", "field"}}).element("label", {{"class", "label"}, {"for", name}}, words(api, visit, name));
  html.open("select", {{"class", "select input-medium"}, {"id", name}, {"name", name}});
  for (const Option& option : select.options)
    html.element("option", {{"value", option.value}, {"selected", "", option.value == select.chosen}}, option.text);
  html.close("select").close("div");
}

struct Line {
  Literal name;
  std::string value;
  bool required = true;
};
void draw_line(Html& html, const Api& api, const Visit& visit, const Line& line) {
  const std::string name(line.name.text());
  html.open("div", {{"class", "field"}}).element("label", {{"class", "label"}, {"for", name}}, words(api, visit, name));
  html.element("p", {{"class", "hint"}, {"id", name + "-hint"}}, words(api, visit, name + ".hint"));
  html.lone("input", {{"class", "input"},
                      {"type", "text"},
                      {"id", name},
                      {"name", name},
                      {"value", line.value},
                      {"aria-describedby", name + "-hint"},
                      {"autocomplete", "off"},
                      {"required", "", line.required}});
  html.close("div");
}

std::string path_of(const Release& release) { return "/releases/" + release.id.text() + "/label"; }

void draw_wish_form(Html& html, const Api& api, const Visit& visit, const Release& release, const Typed& typed) {
  std::vector<Option> tlps;
  for (const Tlp tlp : {Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict})
    tlps.push_back({std::string(tlp_text(tlp)), std::string(tlp_text(tlp))});
  std::vector<Option> audiences;
  for (const auto audience : {policy::ReleaseAudience::Members, policy::ReleaseAudience::MembersAndTechnical,
                              policy::ReleaseAudience::Community}) {
    const std::string word(policy::release_audience_text(audience));
    audiences.push_back({word, words(api, visit, "audience." + word)});
  }
  open_form(html, api, visit, path_of(release));
  draw_select(html, api, visit, {"audience", audiences, typed.audience});
  draw_select(html, api, visit, {"tlp", tlps, typed.tlp});
  draw_line(html, api, visit, {"until", typed.until, false});
  draw_line(html, api, visit, {"reason", typed.reason});
  html.open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "check"}},
               words(api, visit, "check"));
  html.close("div").close("form");
}

// What was looked at, and for which presence is shown to propose it.
struct Looked {
  const Typed& typed;
  const std::string& purpose;
};
Status draw_proposing(Html& html, const Api& api, const Visit& visit, const Release& release, const Looked& looked) {
  const Typed& typed = looked.typed;
  open_form(html, api, visit, path_of(release));
  draw_key(html, api);
  for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"tlp", typed.tlp},
                                    {"audience", typed.audience},
                                    {"until", typed.until},
                                    {"reason", typed.reason}})
    html.lone("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  TRY_OK(draw_step_up(html, api, visit, looked.purpose));
  html.open("div", {{"class", "form-actions"}});
  html.element("button", {{"class", "button button-primary"}, {"name", "step"}, {"value", "propose"}},
               words(api, visit, "propose"));
  html.close("div").close("form");
  return {};
}

Status draw_decisions(Html& html, const Api& api, const Visit& visit, const Release& release,
                      const Relabelling& relabelling) {
  const auto abilities = flow::relabel_abilities(visit.who(), release, relabelling);
  const std::string base = path_of(release) + "/" + relabelling.id.text();
  if (abilities.agree) {
    open_form(html, api, visit, base + "/agree");
    TRY_OK(draw_step_up(html, api, visit, flow::purpose_of_agreeing(release, relabelling)));
    html.open("div", {{"class", "form-actions"}});
    html.element("button", {{"class", "button button-primary"}}, words(api, visit, "agree"));
    html.close("div").close("form");
  }
  if (abilities.reject) {
    open_form(html, api, visit, base + "/reject");
    html.open("div", {{"class", "form-actions"}});
    html.element("button", {{"class", "button"}}, words(api, visit, "reject")).close("div").close("form");
  }
  return {};
}

Status draw_relabelling(Html& html, const Api& api, const Visit& visit, const Release& release,
                        const Relabelling& relabelling) {
  const bool english = visit.language == Language::English;
  const auto& people = visit.who().directory->persons;
  const auto by = people.find(relabelling.proposed_by);
  const std::string name = by == people.end() ? "" : english ? by->second.name_en : by->second.name;
  html.open("section", {{"class", "card"}});
  html.element("h2", words(api, visit, "state." + std::string(relabelling_state_text(relabelling.state))));
  html.element("p", label_words(api, visit, relabelling.from) + " → " + label_words(api, visit, relabelling.to));
  html.element("p", {{"class", "prose"}}, relabelling.reason);
  html.element("p", {{"class", "meta"}},
               words(api, visit, "line", {{"person", name}, {"time", tokyo_text(relabelling.proposed_at, english)}}));
  if (relabelling.state == RelabellingState::Proposed) {
    TRY(const auto effect, flow::effect_of(api.platform(), visit.who(), release, relabelling));
    draw_effect(html, api, visit, effect);
    TRY_OK(draw_decisions(html, api, visit, release, relabelling));
  }
  html.close("section");
  return {};
}

HttpResponse label_page(const Api& api, const Visit& visit, const Html& html, int status = 200) {
  return page(api, visit,
              {.title = words(api, visit, "title"), .width = Width::Narrow, .script = Script::Passkey, .marking = {}},
              html, status);
}

void draw_head(Html& html, const Api& api, const Visit& visit, const Release& release) {
  html.open("p", {{"class", "page-number"}});
  html.element("a", {{"href", "/releases/" + release.id.text()}}, release.number.text()).close("p");
  html.element("h1", words(api, visit, "title")).element("p", {{"class", "lead"}}, words(api, visit, "lead"));
  html.element("p", words(api, visit, "now", {{"label", label_words(api, visit, release.label)}}));
}

Result<HttpResponse> whole_page(const Api& api, const Visit& visit, const Release& release, const Typed& typed,
                                const std::optional<Error>& error = std::nullopt) {
  TRY(const auto relabellings, flow::relabellings_of(api.platform(), visit.who(), release));
  Html html;
  draw_head(html, api, visit, release);
  if (error) draw_problem(html, api, visit, *error);
  for (const Relabelling& relabelling : relabellings) TRY_OK(draw_relabelling(html, api, visit, release, relabelling));
  html.element("h2", words(api, visit, "new"));
  draw_wish_form(html, api, visit, release, typed);
  return label_page(api, visit, html, error ? status_of(*error) : 200);
}

Result<HttpResponse> checked_page(const Api& api, const Visit& visit, const Release& release, const Typed& typed,
                                  const std::optional<Error>& error) {
  TRY(const flow::RelabelWish wish, wish_of(api, typed));
  TRY(const auto draft, flow::draft_relabelling(api.platform(), visit.who(), release, wish));
  Html html;
  draw_head(html, api, visit, release);
  if (error) draw_problem(html, api, visit, *error);
  html.open("section", {{"class", "card"}}).element("h2", words(api, visit, "would"));
  html.element("p", label_words(api, visit, draft.from) + " → " + label_words(api, visit, draft.to));
  draw_effect(html, api, visit, draft.effect);
  TRY_OK(draw_proposing(html, api, visit, release, {typed, draft.purpose}));
  html.close("section").element("h2", words(api, visit, "again"));
  draw_wish_form(html, api, visit, release, typed);
  return label_page(api, visit, html, error ? status_of(*error) : 200);
}

// What somebody can put right on the same page.
bool is_shown_again(const Error& error) {
  return error.code.starts_with("step_up.") || error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Conflict ||
         error.code == "relabelling.beyond_consent";
}

}  // namespace

Result<HttpResponse> page_release_label(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  const std::string audience(policy::release_audience_text(policy::audience_of(*visit.who().directory, release.label)));
  return whole_page(api, visit, release, {std::string(tlp_text(release.label.tlp)), audience, "", ""});
}

Result<HttpResponse> page_release_label_send(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  const Typed typed = typed_in(visit.request);
  const auto done = [&]() -> Result<HttpResponse> {
    TRY(flow::RelabelWish wish, wish_of(api, typed));
    if (form_value(visit.request.body, "step").value_or("") != "propose")
      return checked_page(api, visit, release, typed, std::nullopt);
    const auto proposed = flow::propose_relabelling(api.platform(), visit.who(), release,
                                                    {std::move(wish), step_up_of_form(visit)}, typed_key(visit));
    if (proposed.ok()) return see_other(path_of(release));
    if (!proposed.error().code.starts_with("step_up.")) return proposed.error();
    return checked_page(api, visit, release, typed, proposed.error());
  }();
  if (done.ok() || !is_shown_again(done.error())) return done;
  return whole_page(api, visit, release, typed, done.error());
}

Result<HttpResponse> page_relabelling_agree(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(const Relabelling relabelling,
      flow::find_relabelling(api.platform(), visit.who(), release, visit.value("relabelling")));
  const auto agreed = flow::agree_to_relabelling(api.platform(), visit.who(), relabelling, step_up_of_form(visit));
  if (agreed.ok()) return see_other(path_of(release));
  if (!is_shown_again(agreed.error())) return agreed.error();
  return whole_page(api, visit, release, {}, agreed.error());
}

Result<HttpResponse> page_relabelling_reject(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(const Relabelling relabelling,
      flow::find_relabelling(api.platform(), visit.who(), release, visit.value("relabelling")));
  TRY_OK(flow::reject_relabelling(api.platform(), visit.who(), relabelling));
  return see_other(path_of(release));
}

}  // namespace hinomi::api
