// Reading a release: on screen and on paper, and confirming its receipt.
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/present.h"
#include "flow/publish.h"
#include "flow/relabel.h"
#include "flow/repeat.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

// 示唆, 調査方法 and 緩和策 belong to every release; what is missing is a visible gap.
void draw_part(Html& html, const Api& api, const Visit& visit, std::string_view key, const std::string& text) {
  html.element("h2", api.text(visit, "page.release." + std::string(key)));
  if (text.empty()) {
    html.element("p", {{"class", "gap"}}, api.text(visit, "page.release." + std::string(key) + ".gap"));
  } else {
    html.element("p", {{"class", "prose"}}, text);
  }
}

void draw_indicators(Html& html, const Api& api, const Visit& visit, const Edition& edition) {
  if (edition.indicators.empty()) return;
  const std::string title = api.text(visit, "page.indicators");
  html.element("h2", title)
      .open("div", {{"class", "table-scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", title}});
  html.open("table", {{"class", "table"}})
      .open("thead")
      .open("tr")
      .element("th", {{"scope", "col"}}, api.text(visit, "page.indicators.type"));
  html.element("th", {{"scope", "col"}}, api.text(visit, "page.indicators.value"))
      .close("tr")
      .close("thead")
      .open("tbody");
  for (const Indicator& indicator : edition.indicators) {
    html.open("tr")
        .element("td", indicator_type_text(indicator.type))
        .open("td")
        .element("code", {{"class", "indicator"}}, defanged(indicator));
    html.close("td").close("tr");
  }
  html.close("tbody").close("table").close("div");
}

void draw_head(Html& html, const Api& api, const Visit& visit, const Release& release) {
  const bool english = visit.language == Language::English;
  html.element("p", {{"class", "page-number"}}, release.number.text());
  const bool withdrawn = release.state == ReleaseState::Withdrawn;
  html.element("h1", withdrawn ? api.text(visit, "page.release.withdrawn.title") : release.edition.title).open("p");
  tlp_badge(html, release.label.tlp);
  html.text(" " +
            api.text(visit, "page.version",
                     {{"n", std::to_string(release.version)}, {"time", tokyo_text(release.published_at, english)}}))
      .close("p");
  if (release.state == ReleaseState::Published) return;
  html.open("div", {{"class", withdrawn ? "notice notice-bad" : "notice notice-warn"}});
  html.element("p", {{"class", "notice-title"}},
               api.text(visit, "page.release." + std::string(release_state_text(release.state))));
  html.element("p", {{"class", "prose"}}, release.reason).close("div");
}

void draw_signature(Html& html, const Api& api, const Visit& visit, const Release& release) {
  html.open("details", {{"class", "disclosure"}}).element("summary", api.text(visit, "page.release.signature"));
  html.element("p", api.text(visit, "page.release.signature.key", {{"key", release.key_id}}));
  html.element("code", {{"class", "signature"}}, to_base64(release.signature)).close("details");
}

void draw_receipt(Html& html, const Api& api, const Visit& visit, const Release& release) {
  if (is_acknowledged(api, visit, release)) {
    html.element("p", {{"class", "notice notice-good"}}, api.text(visit, "page.release.acknowledged"));
    return;
  }
  open_form(html, api, visit, "/releases/" + release.id.text() + "/acknowledge");
  html.lone("input", {{"type", "hidden"}, {"name", "version"}, {"value", std::to_string(release.version)}});
  html.element("button", {{"class", "button button-primary"}}, api.text(visit, "page.release.acknowledge"))
      .close("form");
}

Html drawn(const Api& api, const Visit& visit, const Release& release) {
  Html html;
  draw_head(html, api, visit, release);
  if (release.state != ReleaseState::Withdrawn) draw_edition(html, api, visit, release.edition);
  draw_signature(html, api, visit, release);
  return html;
}

}  // namespace

void draw_edition(Html& html, const Api& api, const Visit& visit, const Edition& edition) {
  if (edition.kind == EditionKind::TechnicalOnly)
    html.element("p", {{"class", "notice"}}, api.text(visit, "page.release.technical_only"));
  if (!edition.body.empty()) html.element("p", {{"class", "prose"}}, edition.body);
  draw_part(html, api, visit, "implication", edition.implication);
  draw_part(html, api, visit, "check", edition.check);
  if (!edition.indicators.empty()) {
    html.open("div", {{"class", "command"}})
        .element("code", "hinomi hunt --server " + std::string(visit.request.tls ? "https://" : "http://") +
                             visit.request.host + " /var/log")
        .close("div");
  }
  draw_part(html, api, visit, "mitigation", edition.mitigation);
  draw_indicators(html, api, visit, edition);
}

Result<HttpResponse> page_release(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  Html html = drawn(api, visit, release);
  html.open("div", {{"class", "actions no-print"}});
  draw_receipt(html, api, visit, release);
  html.element("a", {{"class", "button button-quiet"}, {"href", "/releases/" + release.id.text() + "/print"}},
               api.text(visit, "page.print"));
  if (flow::may_relabel(visit.who()) && release.state != ReleaseState::Withdrawn)
    html.element("a", {{"class", "button button-quiet"}, {"href", "/releases/" + release.id.text() + "/label"}},
                 api.text(visit, "page.relabel.link"));
  html.close("div");
  const std::string title = release.edition.title.empty() ? release.number.text() : release.edition.title;
  return page(api, visit, {.title = title, .width = Width::Narrow, .script = Script::No, .marking = {}}, html);
}

Result<HttpResponse> page_release_print(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  const std::string marking = std::string(tlp_text(release.label.tlp)) + "  " + release.number.text();
  return page(api, visit,
              {.title = release.number.text(), .width = Width::Narrow, .script = Script::No, .marking = marking},
              drawn(api, visit, release));
}

Result<HttpResponse> page_release_acknowledge(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto permit, policy::permit<policy::action::Acknowledge>(visit.who().principal, {release.id}));
  TRY_OK(api.platform().store.acknowledge(permit, release.version,
                                          flow::alongside(api.platform(), visit.who(), std::nullopt)));
  return see_other("/releases/" + release.id.text());
}

}  // namespace hinomi::api
