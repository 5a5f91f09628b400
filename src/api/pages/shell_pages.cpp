// The React application's addresses. What the server writes inside #root is a plain page of its own: readable without
// JavaScript, and replaced when the application starts. Error pages, and the table of all pages.
#include <array>

#include "api/pages/draft_pages.h"
#include "api/pages/form_pages.h"
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/present.h"
#include "api/problem.h"
#include "base/text.h"
#include "flow/file_report.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kRows = 20;

HttpResponse app_page(const Api& api, const Visit& visit, std::string_view title_key, const Html& fallback) {
  return page(api, visit,
              {.title = api.text(visit, title_key), .width = Width::Wide, .script = Script::App, .marking = {}},
              fallback);
}

Status draw_reports(Html& html, const Api& api, const Visit& visit) {
  TRY(const auto reports, api.platform().store.reports(visit.who().reach, {.before = {}, .limit = kRows}));
  if (reports.rows.empty()) html.element("p", {{"class", "empty"}}, api.text(visit, "page.reports.none"));
  html.open("ul", {{"class", "rows"}});
  for (const ReportVersion& report : reports.rows) {
    html.open("li")
        .element("a", {{"class", "row-link"}, {"href", "/reports/" + report.report.text()}},
                 report.number.text() + "  " + report_title(report.content))
        .close("li");
  }
  html.close("ul");
  return {};
}

Status draw_releases(Html& html, const Api& api, const Visit& visit) {
  TRY(const auto releases, api.platform().store.releases(visit.who().reach, {.before = {}, .limit = kRows}));
  if (releases.rows.empty()) html.element("p", {{"class", "empty"}}, api.text(visit, "page.releases.none"));
  html.open("ul", {{"class", "rows"}});
  for (const Release& release : releases.rows) {
    const bool withdrawn = release.state == ReleaseState::Withdrawn;
    const std::string title = withdrawn ? api.text(visit, "page.release.withdrawn.title") : release.edition.title;
    html.open("li");
    tlp_badge(html, release.label.tlp);
    html.text(" ")
        .element("a", {{"class", "row-link"}, {"href", "/releases/" + release.id.text()}},
                 release.number.text() + "  " + title)
        .close("li");
  }
  html.close("ul");
  return {};
}

}  // namespace

Result<HttpResponse> page_home(Api& api, const Visit& visit) {
  Html html;
  html.element("h1", api.text(visit, "page.home.title")).open("p", {{"class", "actions"}});
  html.element("a", {{"class", "button button-primary"}, {"href", "/report"}}, api.text(visit, "page.nav.report"))
      .close("p");
  TRY_OK(draw_drafts(html, api, visit, {}, "/"));
  html.element("h2", api.text(visit, "page.nav.releases"));
  TRY_OK(draw_releases(html, api, visit));
  html.element("h2", api.text(visit, "page.nav.reports"));
  TRY_OK(draw_reports(html, api, visit));
  return app_page(api, visit, "page.home.title", html);
}

Result<HttpResponse> page_reports(Api& api, const Visit& visit) {
  Html html;
  html.element("h1", api.text(visit, "page.nav.reports"));
  TRY_OK(draw_reports(html, api, visit));
  return app_page(api, visit, "page.nav.reports", html);
}

Result<HttpResponse> page_report_detail(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  Html html;
  draw_report(html, api, visit, report);
  TRY(const auto submissions, flow::submissions_of_report(api.platform(), visit.who(), report));
  draw_submissions_note(html, api, visit, report.report, submissions);
  html.open("p", {{"class", "actions"}})
      .element("a", {{"class", "button"}, {"href", "/reports/" + report.report.text() + "/forms"}},
               api.text(visit, "page.forms.title"))
      .close("p");
  TRY_OK(draw_consents(html, api, visit, report));
  return app_page(api, visit, "page.nav.reports", html);
}

Result<HttpResponse> page_releases(Api& api, const Visit& visit) {
  Html html;
  html.element("h1", api.text(visit, "page.nav.releases"));
  TRY_OK(draw_releases(html, api, visit));
  return app_page(api, visit, "page.nav.releases", html);
}

Result<HttpResponse> page_app_only(Api& api, const Visit& visit) {
  Html html;
  html.element("h1", api.text(visit, "page.app.title")).element("p", api.text(visit, "page.app.needs_script"));
  return app_page(api, visit, "page.app.title", html);
}

HttpResponse error_page(const Api& api, const Visit& visit, const Error& error) {
  if (error.code == "signin.needed" && visit.request.method == Method::Get) {
    return see_other("/login?next=" + url_encoded(local_path(visit.request.target)));
  }
  const Explanation explanation = explain(api.catalogue(), visit.language, error);
  Html html;
  html.element("h1", explanation.what).open("div", {{"class", "notice notice-warn"}});
  html.element("p", explanation.why).element("p", explanation.what_to_do).close("div");
  if (!error.where.empty() && error.kind == ErrorKind::Invalid) html.element("p", {{"class", "hint"}}, error.where);
  html.open("p").element("a", {{"class", "button"}, {"href", "/"}}, api.text(visit, "page.error.home")).close("p");
  return page(api, visit, {.title = explanation.what, .width = Width::Narrow, .script = Script::No, .marking = {}},
              html, status_of(error));
}

namespace {

constexpr std::uint64_t kForm = 1 << 20;
constexpr std::uint64_t kLists = 8 << 20;   // five thousand rows, escaped
constexpr std::uint64_t kMail = 13 << 20;   // a mail of 12 MiB and what stands beside it
constexpr std::uint64_t kSheet = 8 << 20;   // a form's workbook as text, escaped
constexpr std::uint64_t kUpload = 9 << 20;  // a workbook of 8 MiB and what is typed beside it
constexpr auto kOpen = Access::Public;
constexpr auto kSigned = Access::SignedIn;
constexpr auto kPage = Format::Page;

constexpr std::array kRoutes{
    Route{Method::Get, "/login", kOpen, kPage, 0, page_login},
    Route{Method::Get, "/login/openid", kOpen, kPage, 0, page_openid},
    Route{Method::Get, "/login/openid/done", kOpen, kPage, 0, page_openid_done},
    Route{Method::Post, "/login", kOpen, kPage, 16 << 10, page_login_send},
    Route{Method::Post, "/logout", kSigned, kPage, 16 << 10, page_logout},
    Route{Method::Get, "/language", kOpen, kPage, 0, page_language},
    Route{Method::Get, "/account", kSigned, kPage, 0, page_account},
    Route{Method::Post, "/account/password", kSigned, kPage, 16 << 10, page_account_password},
    Route{Method::Post, "/account/sessions/end", kSigned, kPage, 16 << 10, page_account_end},
    Route{Method::Post, "/account/tokens", kSigned, kPage, 16 << 10, page_account_token},
    Route{Method::Post, "/account/codes/begin", kSigned, kPage, 16 << 10, page_account_codes_begin},
    Route{Method::Post, "/account/codes", kSigned, kPage, 16 << 10, page_account_codes},
    Route{Method::Post, "/account/codes/remove", kSigned, kPage, 16 << 10, page_account_codes_remove},
    Route{Method::Post, "/account/identities", kSigned, kPage, 16 << 10, page_account_identity},
    Route{Method::Post, "/account/identities/remove", kSigned, kPage, 16 << 10, page_account_identity_remove},
    Route{Method::Post, "/account/passkeys/remove", kSigned, kPage, 16 << 10, page_account_passkey_remove},
    Route{Method::Get, "/report", kSigned, kPage, 0, page_report},
    Route{Method::Post, "/report/edit", kSigned, kPage, kForm, page_report_edit},
    Route{Method::Get, "/report/check", kSigned, kPage, 0, page_report_check_again},
    Route{Method::Post, "/report/check", kSigned, kPage, kForm, page_report_check},
    Route{Method::Post, "/report/drafts", kSigned, kPage, kForm, page_report_draft_save},
    Route{Method::Post, "/report/drafts/{id}/delete", kSigned, kPage, 16 << 10, page_report_draft_delete},
    Route{Method::Post, "/report/look", kSigned, kPage, kForm, page_report_look},
    Route{Method::Post, "/report", kSigned, kPage, kForm, page_report_send},
    Route{Method::Get, "/report/done/{id}", kSigned, kPage, 0, page_report_done},
    Route{Method::Get, "/", kSigned, kPage, 0, page_home},
    Route{Method::Get, "/reports", kSigned, kPage, 0, page_reports},
    Route{Method::Get, "/reports/{id}", kSigned, kPage, 0, page_report_detail},
    Route{Method::Post, "/reports/{id}/consent", kSigned, kPage, 16 << 10, page_report_consent},
    Route{Method::Get, "/reports/{id}/print", kSigned, kPage, 0, page_report_print},
    Route{Method::Get, "/reports/{id}/recipients", kSigned, kPage, 0, page_report_recipients},
    Route{Method::Get, "/reports/{id}/recipients/{recipient}", kSigned, kPage, 0, page_report_recipient},
    Route{Method::Get, "/reports/{id}/forms", kSigned, kPage, 0, page_report_forms},
    Route{Method::Get, "/reports/{id}/forms/{form}", kSigned, kPage, 0, page_report_form},
    Route{Method::Get, "/forms/read", kSigned, kPage, 0, page_form_reading},
    Route{Method::Post, "/forms/read", kSigned, kPage, kSheet, page_form_reading_send},
    Route{Method::Post, kFormReadingForm, kSigned, kPage, kMail, page_form_reading_file},
    Route{Method::Get, "/reports/{id}/submissions", kSigned, kPage, 0, page_report_submissions},
    Route{Method::Post, "/reports/{id}/submissions", kSigned, kPage, 16 << 10, page_report_submit},
    Route{Method::Get, "/reports/{id}/submissions/{submission}", kSigned, kPage, 0, page_report_submission},
    Route{Method::Get, "/reports/{id}/submissions/{submission}/supplement", kSigned, kPage, 0, page_report_supplement},
    Route{Method::Post, "/reports/{id}/submissions/{submission}/receipts", kSigned, kPage, 16 << 10,
          page_report_receipt},
    Route{Method::Get, "/handover", kSigned, kPage, 0, page_handover},
    Route{Method::Post, "/handover", kSigned, kPage, 16 << 10, page_handover_take},
    Route{Method::Get, "/releases", kSigned, kPage, 0, page_releases},
    Route{Method::Get, "/releases/{id}", kSigned, kPage, 0, page_release},
    Route{Method::Get, "/releases/{id}/print", kSigned, kPage, 0, page_release_print},
    Route{Method::Post, "/releases/{id}/acknowledge", kSigned, kPage, 16 << 10, page_release_acknowledge},
    Route{Method::Get, "/releases/{id}/label", kSigned, kPage, 0, page_release_label},
    Route{Method::Post, "/releases/{id}/label", kSigned, kPage, 16 << 10, page_release_label_send},
    Route{Method::Post, "/releases/{id}/label/{relabelling}/agree", kSigned, kPage, 16 << 10, page_relabelling_agree},
    Route{Method::Post, "/releases/{id}/label/{relabelling}/reject", kSigned, kPage, 16 << 10, page_relabelling_reject},
    Route{Method::Get, "/pointers", kSigned, kPage, 0, page_pointers},
    Route{Method::Post, "/pointers", kSigned, kPage, 16 << 10, page_pointers_send},
    Route{Method::Get, "/pointers/{id}", kSigned, kPage, 0, page_pointer},
    Route{Method::Post, "/pointers/{id}/end", kSigned, kPage, 16 << 10, page_pointer_end},
    Route{Method::Post, "/unread-pointers/{id}/end", kSigned, kPage, 16 << 10, page_unread_pointer_end},
    Route{Method::Get, "/directory", kSigned, kPage, 0, page_directory},
    Route{Method::Post, "/directory/lookup", kSigned, kPage, 16 << 10, page_directory_lookup},
    Route{Method::Get, "/directory/changes/{id}", kSigned, kPage, 0, page_directory_change},
    Route{Method::Post, "/directory/changes/{id}/agree", kSigned, kPage, 16 << 10, page_directory_agree},
    Route{Method::Post, "/directory/changes/{id}/reject", kSigned, kPage, 16 << 10, page_directory_reject},
    Route{Method::Get, "/directory/import", kSigned, kPage, 0, page_directory_import},
    Route{Method::Post, "/directory/import", kSigned, kPage, kLists, page_directory_import_send},
    Route{Method::Post, kWorkbookForm, kSigned, kPage, kUpload, page_directory_import_workbook},
    Route{Method::Get, "/invitation", kOpen, kPage, 0, page_invitation},
    Route{Method::Post, "/invitation", kOpen, kPage, 16 << 10, page_invitation_send},
    Route{Method::Get, "/share/{id}/review", kSigned, kPage, 0, page_app_only},
    Route{Method::Get, "/inbox", kSigned, kPage, 0, page_app_only},
    Route{Method::Get, "/cases/{id}", kSigned, kPage, 0, page_app_only},
};

}  // namespace

std::span<const Route> page_routes() { return kRoutes; }

}  // namespace hinomi::api
