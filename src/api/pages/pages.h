// Handlers of the server-made pages, one file per subject; the table is in page_routes.cpp.
#pragma once

#include "api/api.h"
#include "api/pages/html.h"
#include "model/release.h"
#include "model/report.h"

namespace hinomi::api {

Result<HttpResponse> page_login(Api& api, const Visit& visit);
Result<HttpResponse> page_login_send(Api& api, const Visit& visit);
// Off to the OpenID provider, and back from it.
Result<HttpResponse> page_openid(Api& api, const Visit& visit);
Result<HttpResponse> page_openid_done(Api& api, const Visit& visit);
Result<HttpResponse> page_account_identity(Api& api, const Visit& visit);
Result<HttpResponse> page_account_identity_remove(Api& api, const Visit& visit);
// The part of the account page about accounts at the provider; nothing where the installation has none.
Status draw_provider_accounts(Html& html, const Api& api, const Visit& visit);
Result<HttpResponse> page_logout(Api& api, const Visit& visit);
Result<HttpResponse> page_language(Api& api, const Visit& visit);

Result<HttpResponse> page_account(Api& api, const Visit& visit);
Result<HttpResponse> page_account_password(Api& api, const Visit& visit);
Result<HttpResponse> page_account_end(Api& api, const Visit& visit);
Result<HttpResponse> page_account_token(Api& api, const Visit& visit);
Result<HttpResponse> page_account_codes_begin(Api& api, const Visit& visit);
Result<HttpResponse> page_account_codes(Api& api, const Visit& visit);
Result<HttpResponse> page_account_codes_remove(Api& api, const Visit& visit);
Result<HttpResponse> page_account_passkey_remove(Api& api, const Visit& visit);

Result<HttpResponse> page_report(Api& api, const Visit& visit);
Result<HttpResponse> page_report_edit(Api& api, const Visit& visit);
Result<HttpResponse> page_report_draft_save(Api& api, const Visit& visit);
Result<HttpResponse> page_report_draft_delete(Api& api, const Visit& visit);
// Screen 2: of what is sent here, and of a draft as it is stored.
Result<HttpResponse> page_report_check(Api& api, const Visit& visit);
Result<HttpResponse> page_report_check_again(Api& api, const Visit& visit);
Result<HttpResponse> page_report_send(Api& api, const Visit& visit);
Result<HttpResponse> page_report_done(Api& api, const Visit& visit);
Result<HttpResponse> page_report_print(Api& api, const Visit& visit);
// 相手の目で見る: of a report while it is written, and of a filed one.
Result<HttpResponse> page_report_look(Api& api, const Visit& visit);
Result<HttpResponse> page_report_recipients(Api& api, const Visit& visit);
Result<HttpResponse> page_report_recipient(Api& api, const Visit& visit);
Result<HttpResponse> page_report_forms(Api& api, const Visit& visit);
Result<HttpResponse> page_report_form(Api& api, const Visit& visit);
Result<HttpResponse> page_form_reading(Api& api, const Visit& visit);
Result<HttpResponse> page_form_reading_file(Api& api, const Visit& visit);
Result<HttpResponse> page_form_reading_send(Api& api, const Visit& visit);
Result<HttpResponse> page_report_submissions(Api& api, const Visit& visit);
Result<HttpResponse> page_report_submit(Api& api, const Visit& visit);
Result<HttpResponse> page_report_submission(Api& api, const Visit& visit);
Result<HttpResponse> page_report_supplement(Api& api, const Visit& visit);
Result<HttpResponse> page_report_receipt(Api& api, const Visit& visit);

Result<HttpResponse> page_report_consent(Api& api, const Visit& visit);
// Where the visitor may answer for the organisation that reported.
Status draw_consents(Html& html, const Api& api, const Visit& visit, const ReportVersion& report);

Result<HttpResponse> page_handover(Api& api, const Visit& visit);
Result<HttpResponse> page_handover_take(Api& api, const Visit& visit);

Result<HttpResponse> page_release(Api& api, const Visit& visit);
Result<HttpResponse> page_release_print(Api& api, const Visit& visit);
Result<HttpResponse> page_release_acknowledge(Api& api, const Visit& visit);

Result<HttpResponse> page_release_label(Api& api, const Visit& visit);
Result<HttpResponse> page_release_label_send(Api& api, const Visit& visit);
Result<HttpResponse> page_relabelling_agree(Api& api, const Visit& visit);
Result<HttpResponse> page_relabelling_reject(Api& api, const Visit& visit);

Result<HttpResponse> page_pointers(Api& api, const Visit& visit);
Result<HttpResponse> page_pointers_send(Api& api, const Visit& visit);
Result<HttpResponse> page_pointer(Api& api, const Visit& visit);
Result<HttpResponse> page_pointer_end(Api& api, const Visit& visit);
Result<HttpResponse> page_unread_pointer_end(Api& api, const Visit& visit);

Result<HttpResponse> page_directory(Api& api, const Visit& visit);
Result<HttpResponse> page_directory_lookup(Api& api, const Visit& visit);
Result<HttpResponse> page_directory_change(Api& api, const Visit& visit);
Result<HttpResponse> page_directory_agree(Api& api, const Visit& visit);
Result<HttpResponse> page_directory_reject(Api& api, const Visit& visit);
Result<HttpResponse> page_directory_import(Api& api, const Visit& visit);
Result<HttpResponse> page_directory_import_send(Api& api, const Visit& visit);
Result<HttpResponse> page_directory_import_workbook(Api& api, const Visit& visit);
Result<HttpResponse> page_invitation(Api& api, const Visit& visit);
Result<HttpResponse> page_invitation_send(Api& api, const Visit& visit);

// The React application's addresses, each with a readable fallback inside.
Result<HttpResponse> page_home(Api& api, const Visit& visit);
Result<HttpResponse> page_reports(Api& api, const Visit& visit);
Result<HttpResponse> page_report_detail(Api& api, const Visit& visit);
Result<HttpResponse> page_releases(Api& api, const Visit& visit);
Result<HttpResponse> page_app_only(Api& api, const Visit& visit);

// What a release says, below its title.
void draw_edition(Html& html, const Api& api, const Visit& visit, const Edition& edition);
void draw_report(Html& html, const Api& api, const Visit& visit, const ReportVersion& report);
// A fact as people read it: with its unit, or its value state.
std::string fact_text(const Api& api, const Visit& visit, const std::string& name, const Fact& fact);

}  // namespace hinomi::api
