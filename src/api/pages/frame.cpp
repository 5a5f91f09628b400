#include "api/pages/frame.h"

#include "api/problem.h"

#include "api/session_cookie.h"
#include "base/text.h"

namespace hinomi::api {
namespace {

void write_head(Html& html, const Api& api, const Visit& visit, const Frame& frame) {
  html.doctype().open("html", {{"lang", std::string(language_tag(visit.language))}}).open("head");
  html.lone("meta", {{"charset", "utf-8"}})
      .lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.lone("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.element("title", frame.title + " | " + api.text(visit, "page.brand"));
  for (const std::string& style : api.parts().assets.app_styles)
    html.lone("link", {{"rel", "stylesheet"}, {"href", style}});
  html.close("head");
}

void write_navigation(Html& html, const Api& api, const Visit& visit) {
  const auto link = [&](const char* href, std::string_view key) {
    const bool current = visit.request.path == href;
    html.open("a", {{"href", href}, {"aria-current", "page", current}}).text(api.text(visit, key)).close("a");
  };
  html.open("nav", {{"class", "topbar-nav"}, {"aria-label", api.text(visit, "page.nav")}});
  link("/", "page.nav.home");
  link("/reports", "page.nav.reports");
  link("/releases", "page.nav.releases");
  if (visit.who().principal.org_kind == OrgKind::Secretariat) link("/inbox", "page.nav.inbox");
  link("/directory", "page.nav.directory");
  html.close("nav");
}

void write_language_switch(Html& html, const Api& api, const Visit& visit, const Frame& frame) {
  const bool english = visit.language == Language::English;
  const std::string to = english ? "ja" : "en";
  const std::string name = english ? "日本語" : "English";
  if (frame.form.empty()) {
    const std::string back = url_encoded(local_path(visit.request.target));
    html.element("a", {{"href", "/language?to=" + to + "&back=" + back}, {"lang", to}}, name);
    return;
  }
  draw_default_button(html, frame, api.text(visit, "page.report.to_check"));
  html.element("button",
               {{"class", "link-button"},
                {"form", frame.form},
                {"formaction", frame.form_keeper},
                {"name", "language"},
                {"value", to},
                {"lang", to}},
               name);
}

void write_side(Html& html, const Api& api, const Visit& visit, const Frame& frame) {
  const bool english = visit.language == Language::English;
  html.open("div", {{"class", "topbar-side"}}).element("span", api.text(visit, "page.phone"));
  if (visit.caller) {
    const Person& person = visit.who().person();
    const Organisation& org = visit.who().org();
    html.element("a", {{"href", "/account"}},
                 english ? person.name_en + " (" + org.name_en + ")" : person.name + " (" + org.name + ")");
  }
  write_language_switch(html, api, visit, frame);
  if (visit.caller) {
    open_form(html, api, visit, "/logout");
    html.element("button", {{"class", "link-button"}}, api.text(visit, "page.sign_out")).close("form");
  }
  html.close("div");
}

void write_top_bar(Html& html, const Api& api, const Visit& visit, const Frame& frame) {
  html.element("a", {{"class", "skip-link"}, {"href", "#main"}}, api.text(visit, "page.skip"));
  html.open("header", {{"class", "topbar"}}).open("div", {{"class", "topbar-inner"}});
  html.open("a", {{"class", "brand"}, {"href", "/"}})
      .text("火の見 ")
      .element("span", {{"class", "brand-sub"}}, "Hinomi")
      .close("a");
  if (visit.caller) write_navigation(html, api, visit);
  write_side(html, api, visit, frame);
  if (visit.caller)
    html.element("a", {{"class", "button button-primary topbar-report"}, {"href", "/report"}},
                 api.text(visit, "page.nav.report"));
  html.close("div").close("header");
}

std::string small_script(const Api& api, Script script) {
  if (script == Script::Passkey) return api.parts().assets.passkey_script;
  if (script == Script::Draft) return api.parts().assets.draft_script;
  return "";
}

}  // namespace

HttpResponse page(const Api& api, const Visit& visit, const Frame& frame, const Html& main, int status) {
  Html html;
  write_head(html, api, visit, frame);
  html.open("body");
  const bool app = frame.script == Script::App && !api.parts().assets.app_script.empty();
  if (app) html.open("div", {{"id", "root"}});
  write_top_bar(html, api, visit, frame);
  html.open(
      "main",
      {{"class", frame.width == Width::Narrow ? "page page-narrow" : "page"}, {"id", "main"}, {"tabindex", "-1"}});
  if (!frame.marking.empty()) html.element("p", {{"class", "print-marking"}}, frame.marking);
  html.append(main).close("main");
  html.element("footer", {{"class", "page-foot"}}, api.text(visit, "page.foot", {{"id", visit.id}}));
  if (app)
    html.close("div").open("script", {{"type", "module"}, {"src", api.parts().assets.app_script}}).close("script");
  const std::string small = small_script(api, frame.script);
  if (!small.empty()) html.open("script", {{"type", "module"}, {"src", small}}).close("script");
  html.close("body").close("html");
  HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Content-Language", std::string(language_tag(visit.language)));
  response.body = html.take();
  return response;
}

HttpResponse see_other(std::string location) {
  HttpResponse response;
  response.status = 303;
  response.headers.add("Location", std::move(location));
  return response;
}

std::string local_path(std::string_view path) {
  // "//host" and "/\host" lead elsewhere in a browser.
  const bool local = path.starts_with('/') && !path.starts_with("//") && path.find('\\') == std::string_view::npos &&
                     is_field_value(path);
  return local ? std::string(path) : "/";
}

void open_form(Html& html, const Api& api, const Visit& visit, std::string action) {
  html.open("form", {{"method", "post"}, {"action", std::move(action)}, {"class", "form"}});
  draw_proof(html, api, visit);
}

void draw_proof(Html& html, const Api& api, const Visit& visit) {
  if (visit.caller) html.lone("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", csrf_token(api, visit.who())}});
}

void draw_default_button(Html& html, const Frame& frame, std::string_view text) {
  html.element("button",
               {{"class", "visually-hidden"}, {"form", frame.form}, {"tabindex", "-1"}, {"aria-hidden", "true"}}, text);
}

void draw_key(Html& html, const Api& api) {
  html.lone("input", {{"type", "hidden"}, {"name", "key"}, {"value", uuid_text(random_uuid(api.platform().random))}});
}

flow::RepeatKey typed_key(const Visit& visit) {
  return {form_value(visit.request.body, "key").value_or(""),
          sha256("POST " + std::string(visit.request.path) + "\n" + visit.request.body)};
}

void draw_problem(Html& html, const Api& api, const Visit& visit, const Error& error) {
  const Explanation explanation = explain(api.catalogue(), visit.language, error);
  html.open("div", {{"class", "error-summary"}, {"role", "alert"}, {"tabindex", "-1"}}).element("h2", explanation.what);
  html.element("p", explanation.why).element("p", explanation.what_to_do);
  if (error.code == "clearance.refused") {
    html.open("p").element("a", {{"href", "/pointers"}}, api.text(visit, "page.pointer.title")).close("p");
  }
  html.close("div");
}

void tlp_badge(Html& html, Tlp tlp) {
  const std::string name = [&] {
    switch (tlp) {
      case Tlp::Clear: return "tlp tlp-clear";
      case Tlp::Green: return "tlp tlp-green";
      case Tlp::Amber: return "tlp tlp-amber";
      case Tlp::AmberStrict: return "tlp tlp-amber-strict";
      case Tlp::Red: return "tlp tlp-red";
    }
    return "tlp tlp-red";
  }();
  html.element("span", {{"class", name}}, tlp_text(tlp));
}

}  // namespace hinomi::api
