// Handlers of the REST surface, one file per subject. Each decodes, calls one use case of flow and presents the result;
// the table that names them is in rest_routes.cpp.
#pragma once

#include "api/api.h"

namespace hinomi::api {

Result<HttpResponse> get_openapi(Api& api, const Visit& visit);
Result<HttpResponse> post_session(Api& api, const Visit& visit);
Result<HttpResponse> delete_session(Api& api, const Visit& visit);
Result<HttpResponse> get_account_sessions(Api& api, const Visit& visit);
Result<HttpResponse> delete_account_session(Api& api, const Visit& visit);
Result<HttpResponse> delete_account_sessions(Api& api, const Visit& visit);
Result<HttpResponse> put_account_password(Api& api, const Visit& visit);
Result<HttpResponse> get_account_tokens(Api& api, const Visit& visit);
Result<HttpResponse> post_account_token(Api& api, const Visit& visit);
Result<HttpResponse> delete_account_token(Api& api, const Visit& visit);
Result<HttpResponse> get_account_factors(Api& api, const Visit& visit);
Result<HttpResponse> post_account_totp(Api& api, const Visit& visit);
Result<HttpResponse> put_account_totp(Api& api, const Visit& visit);
Result<HttpResponse> delete_account_totp(Api& api, const Visit& visit);
Result<HttpResponse> post_account_passkey_options(Api& api, const Visit& visit);
Result<HttpResponse> post_account_passkey(Api& api, const Visit& visit);
Result<HttpResponse> delete_account_passkey(Api& api, const Visit& visit);
Result<HttpResponse> post_session_passkey_options(Api& api, const Visit& visit);
Result<HttpResponse> post_session_passkey(Api& api, const Visit& visit);
Result<HttpResponse> post_step_up_options(Api& api, const Visit& visit);
Result<HttpResponse> get_me(Api& api, const Visit& visit);
Result<HttpResponse> get_home(Api& api, const Visit& visit);
Result<HttpResponse> get_handover(Api& api, const Visit& visit);
Result<HttpResponse> post_handover(Api& api, const Visit& visit);
Result<HttpResponse> get_facts(Api& api, const Visit& visit);
Result<HttpResponse> get_notices(Api& api, const Visit& visit);
Result<HttpResponse> delete_notice(Api& api, const Visit& visit);

Result<HttpResponse> get_drafts(Api& api, const Visit& visit);
Result<HttpResponse> get_draft(Api& api, const Visit& visit);
Result<HttpResponse> put_draft(Api& api, const Visit& visit);
Result<HttpResponse> delete_draft(Api& api, const Visit& visit);
Result<HttpResponse> post_draft_filing(Api& api, const Visit& visit);

Result<HttpResponse> post_report_check(Api& api, const Visit& visit);
Result<HttpResponse> post_report(Api& api, const Visit& visit);
Result<HttpResponse> get_reports(Api& api, const Visit& visit);
Result<HttpResponse> get_report(Api& api, const Visit& visit);
Result<HttpResponse> post_report_version(Api& api, const Visit& visit);
Result<HttpResponse> get_report_duties(Api& api, const Visit& visit);
Result<HttpResponse> get_report_readers(Api& api, const Visit& visit);
Result<HttpResponse> get_report_recipients(Api& api, const Visit& visit);
Result<HttpResponse> get_report_recipient(Api& api, const Visit& visit);
Result<HttpResponse> post_report_check_recipient(Api& api, const Visit& visit);
Result<HttpResponse> get_report_deliveries(Api& api, const Visit& visit);
Result<HttpResponse> get_report_forms(Api& api, const Visit& visit);
Result<HttpResponse> get_report_form(Api& api, const Visit& visit);
Result<HttpResponse> get_report_form_workbook(Api& api, const Visit& visit);
Result<HttpResponse> post_form_reading(Api& api, const Visit& visit);
Result<HttpResponse> post_form_reading_confirmation(Api& api, const Visit& visit);
Result<HttpResponse> get_report_form_pdf(Api& api, const Visit& visit);
Result<HttpResponse> get_report_submissions(Api& api, const Visit& visit);
Result<HttpResponse> post_report_submission(Api& api, const Visit& visit);
Result<HttpResponse> get_report_submission(Api& api, const Visit& visit);
Result<HttpResponse> get_report_submission_pdf(Api& api, const Visit& visit);
Result<HttpResponse> get_report_supplement(Api& api, const Visit& visit);
Result<HttpResponse> get_report_supplement_pdf(Api& api, const Visit& visit);
Result<HttpResponse> post_report_receipt(Api& api, const Visit& visit);

Result<HttpResponse> post_report_review(Api& api, const Visit& visit);
Result<HttpResponse> get_reviews(Api& api, const Visit& visit);
Result<HttpResponse> get_review(Api& api, const Visit& visit);
Result<HttpResponse> put_review(Api& api, const Visit& visit);
Result<HttpResponse> get_review_preview(Api& api, const Visit& visit);
Result<HttpResponse> post_review_consent(Api& api, const Visit& visit);
Result<HttpResponse> post_review_approval(Api& api, const Visit& visit);

Result<HttpResponse> get_releases(Api& api, const Visit& visit);
Result<HttpResponse> get_release(Api& api, const Visit& visit);
Result<HttpResponse> post_release_acknowledgement(Api& api, const Visit& visit);
Result<HttpResponse> get_release_receipts(Api& api, const Visit& visit);
Result<HttpResponse> get_release_readers(Api& api, const Visit& visit);
Result<HttpResponse> post_release_review(Api& api, const Visit& visit);
Result<HttpResponse> get_indicators(Api& api, const Visit& visit);
Result<HttpResponse> get_bundle(Api& api, const Visit& visit);
Result<HttpResponse> post_sighting(Api& api, const Visit& visit);

Result<HttpResponse> get_release_relabellings(Api& api, const Visit& visit);
Result<HttpResponse> post_release_relabelling(Api& api, const Visit& visit);
Result<HttpResponse> get_release_relabelling(Api& api, const Visit& visit);
Result<HttpResponse> post_relabelling_agreement(Api& api, const Visit& visit);
Result<HttpResponse> post_relabelling_rejection(Api& api, const Visit& visit);

Result<HttpResponse> post_pointer(Api& api, const Visit& visit);
Result<HttpResponse> get_pointers(Api& api, const Visit& visit);
Result<HttpResponse> get_pointer(Api& api, const Visit& visit);
Result<HttpResponse> post_pointer_end(Api& api, const Visit& visit);
Result<HttpResponse> get_unread_pointers(Api& api, const Visit& visit);
Result<HttpResponse> post_unread_pointer_end(Api& api, const Visit& visit);

Result<HttpResponse> get_cases(Api& api, const Visit& visit);
Result<HttpResponse> get_case(Api& api, const Visit& visit);
Result<HttpResponse> post_import(Api& api, const Visit& visit);
Result<HttpResponse> get_sources(Api& api, const Visit& visit);

Result<HttpResponse> get_directory_people(Api& api, const Visit& visit);
Result<HttpResponse> post_directory_lookup(Api& api, const Visit& visit);
Result<HttpResponse> post_directory_change(Api& api, const Visit& visit);
Result<HttpResponse> get_directory_template(Api& api, const Visit& visit);
Result<HttpResponse> get_directory_changes(Api& api, const Visit& visit);
Result<HttpResponse> get_directory_change(Api& api, const Visit& visit);
Result<HttpResponse> post_directory_agreement(Api& api, const Visit& visit);
Result<HttpResponse> post_directory_rejection(Api& api, const Visit& visit);
Result<HttpResponse> post_person_proof(Api& api, const Visit& visit);
Result<HttpResponse> post_person_invitation(Api& api, const Visit& visit);
Result<HttpResponse> post_invitation_acceptance(Api& api, const Visit& visit);
Result<HttpResponse> get_groups(Api& api, const Visit& visit);

Result<HttpResponse> get_checkpoint(Api& api, const Visit& visit);
Result<HttpResponse> get_proof(Api& api, const Visit& visit);

Result<HttpResponse> get_account_certificates(Api& api, const Visit& visit);
Result<HttpResponse> post_account_certificate(Api& api, const Visit& visit);
Result<HttpResponse> delete_account_certificate(Api& api, const Visit& visit);
Result<HttpResponse> post_account_identity(Api& api, const Visit& visit);
Result<HttpResponse> get_account_identities(Api& api, const Visit& visit);
Result<HttpResponse> delete_account_identity(Api& api, const Visit& visit);

}  // namespace hinomi::api
