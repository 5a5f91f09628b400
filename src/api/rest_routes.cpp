#include <array>

#include "api/rest.h"
#include "api/rest_clearances.h"

namespace hinomi::api {
namespace {

constexpr std::uint64_t kNothing = 0;
constexpr std::uint64_t kSmall = 64 << 10;
constexpr std::uint64_t kText = 2 << 20;
constexpr std::uint64_t kWorkbook = 8 << 20;
constexpr std::uint64_t kMail = 12 << 20;
constexpr std::uint64_t kFile = 64 << 20;

constexpr auto kOpen = Access::Public;
constexpr auto kSigned = Access::SignedIn;
constexpr auto kJson = Format::Json;

// docs/openapi/openapi.json describes exactly these rows; tests/contract checks both ways.
constexpr std::array kRoutes{
    Route{Method::Get, "/api/v1/openapi.json", kOpen, kJson, kNothing, get_openapi},
    Route{Method::Post, "/api/v1/session", kOpen, kJson, kSmall, post_session},
    Route{Method::Delete, "/api/v1/session", kSigned, kJson, kNothing, delete_session},
    Route{Method::Get, "/api/v1/account/sessions", kSigned, kJson, kNothing, get_account_sessions},
    Route{Method::Delete, "/api/v1/account/sessions", kSigned, kJson, kSmall, delete_account_sessions},
    Route{Method::Delete, "/api/v1/account/sessions/{id}", kSigned, kJson, kSmall, delete_account_session},
    Route{Method::Put, "/api/v1/account/password", kSigned, kJson, kSmall, put_account_password},
    Route{Method::Get, "/api/v1/account/tokens", kSigned, kJson, kNothing, get_account_tokens},
    Route{Method::Post, "/api/v1/account/tokens", kSigned, kJson, kSmall, post_account_token},
    Route{Method::Delete, "/api/v1/account/tokens/{id}", kSigned, kJson, kSmall, delete_account_token},
    Route{Method::Get, "/api/v1/account/factors", kSigned, kJson, kNothing, get_account_factors},
    Route{Method::Post, "/api/v1/account/totp", kSigned, kJson, kSmall, post_account_totp},
    Route{Method::Put, "/api/v1/account/totp", kSigned, kJson, kSmall, put_account_totp},
    Route{Method::Delete, "/api/v1/account/totp", kSigned, kJson, kSmall, delete_account_totp},
    Route{Method::Post, "/api/v1/account/passkeys/options", kSigned, kJson, kSmall, post_account_passkey_options},
    Route{Method::Post, "/api/v1/account/passkeys", kSigned, kJson, kSmall, post_account_passkey},
    Route{Method::Delete, "/api/v1/account/passkeys/{id}", kSigned, kJson, kSmall, delete_account_passkey},
    Route{Method::Post, "/api/v1/session/passkey/options", kOpen, kJson, kSmall, post_session_passkey_options},
    Route{Method::Post, "/api/v1/session/passkey", kOpen, kJson, kSmall, post_session_passkey},
    Route{Method::Post, "/api/v1/step-up/options", kSigned, kJson, kSmall, post_step_up_options},
    Route{Method::Get, "/api/v1/me", kSigned, kJson, kNothing, get_me},
    Route{Method::Get, "/api/v1/account/certificates", kSigned, kJson, kNothing, get_account_certificates},
    Route{Method::Post, "/api/v1/account/certificates", kSigned, kJson, kSmall, post_account_certificate},
    Route{Method::Delete, "/api/v1/account/certificates/{id}", kSigned, kJson, kSmall, delete_account_certificate},
    Route{Method::Get, "/api/v1/account/identities", kSigned, kJson, kNothing, get_account_identities},
    Route{Method::Post, "/api/v1/account/identities", kSigned, kJson, kSmall, post_account_identity},
    Route{Method::Delete, "/api/v1/account/identities/{id}", kSigned, kJson, kNothing, delete_account_identity},
    Route{Method::Get, "/api/v1/home", kSigned, kJson, kNothing, get_home},
    Route{Method::Get, "/api/v1/handover", kSigned, kJson, kNothing, get_handover},
    Route{Method::Post, "/api/v1/handover", kSigned, kJson, kSmall, post_handover},
    Route{Method::Get, "/api/v1/facts", kSigned, kJson, kNothing, get_facts},
    Route{Method::Get, "/api/v1/notices", kSigned, kJson, kNothing, get_notices},
    Route{Method::Delete, "/api/v1/notices/{id}", kSigned, kJson, kNothing, delete_notice},
    Route{Method::Post, "/api/v1/reports/check", kSigned, kJson, kText, post_report_check},
    Route{Method::Post, "/api/v1/reports/check/{recipient}", kSigned, kJson, kText, post_report_check_recipient},
    Route{Method::Post, "/api/v1/reports", kSigned, kJson, kText, post_report},
    Route{Method::Get, "/api/v1/reports", kSigned, kJson, kNothing, get_reports},
    Route{Method::Get, "/api/v1/reports/{id}", kSigned, kJson, kNothing, get_report},
    Route{Method::Post, "/api/v1/reports/{id}/versions", kSigned, kJson, kText, post_report_version},
    Route{Method::Get, "/api/v1/reports/{id}/duties", kSigned, kJson, kNothing, get_report_duties},
    Route{Method::Get, "/api/v1/reports/{id}/readers", kSigned, kJson, kNothing, get_report_readers},
    Route{Method::Get, "/api/v1/reports/{id}/recipients", kSigned, kJson, kNothing, get_report_recipients},
    Route{Method::Get, "/api/v1/reports/{id}/recipients/{recipient}", kSigned, kJson, kNothing, get_report_recipient},
    Route{Method::Get, "/api/v1/reports/{id}/deliveries", kSigned, kJson, kNothing, get_report_deliveries},
    Route{Method::Get, "/api/v1/reports/{id}/forms", kSigned, kJson, kNothing, get_report_forms},
    Route{Method::Get, "/api/v1/reports/{id}/forms/{form}", kSigned, kJson, kNothing, get_report_form},
    Route{Method::Get, "/api/v1/reports/{id}/forms/{form}/workbook", kSigned, kJson, kNothing,
          get_report_form_workbook},
    Route{Method::Post, kFormReading, kSigned, kJson, kMail, post_form_reading},
    Route{Method::Post, "/api/v1/forms/read/confirmation", kSigned, kJson, kWorkbook, post_form_reading_confirmation},
    Route{Method::Get, "/api/v1/reports/{id}/forms/{form}/pdf", kSigned, kJson, kNothing, get_report_form_pdf},
    Route{Method::Get, "/api/v1/reports/{id}/submissions", kSigned, kJson, kNothing, get_report_submissions},
    Route{Method::Post, "/api/v1/reports/{id}/submissions", kSigned, kJson, kSmall, post_report_submission},
    Route{Method::Get, "/api/v1/reports/{id}/submissions/{submission}", kSigned, kJson, kNothing,
          get_report_submission},
    Route{Method::Get, "/api/v1/reports/{id}/submissions/{submission}/supplement", kSigned, kJson, kNothing,
          get_report_supplement},
    Route{Method::Get, "/api/v1/reports/{id}/submissions/{submission}/pdf", kSigned, kJson, kNothing,
          get_report_submission_pdf},
    Route{Method::Get, "/api/v1/reports/{id}/submissions/{submission}/supplement/pdf", kSigned, kJson, kNothing,
          get_report_supplement_pdf},
    Route{Method::Post, "/api/v1/reports/{id}/submissions/{submission}/receipts", kSigned, kJson, kSmall,
          post_report_receipt},
    Route{Method::Post, "/api/v1/reports/{id}/reviews", kSigned, kJson, kSmall, post_report_review},
    Route{Method::Get, "/api/v1/reviews", kSigned, kJson, kNothing, get_reviews},
    Route{Method::Get, "/api/v1/reviews/{id}", kSigned, kJson, kNothing, get_review},
    Route{Method::Put, "/api/v1/reviews/{id}", kSigned, kJson, kText, put_review},
    Route{Method::Get, "/api/v1/reviews/{id}/preview", kSigned, kJson, kNothing, get_review_preview},
    Route{Method::Post, "/api/v1/reviews/{id}/consent", kSigned, kJson, kSmall, post_review_consent},
    Route{Method::Post, "/api/v1/reviews/{id}/approvals", kSigned, kJson, kSmall, post_review_approval},
    Route{Method::Get, "/api/v1/releases", kSigned, kJson, kNothing, get_releases},
    Route{Method::Get, "/api/v1/releases/{id}", kSigned, kJson, kNothing, get_release},
    Route{Method::Post, "/api/v1/releases/{id}/acknowledgements", kSigned, kJson, kSmall, post_release_acknowledgement},
    Route{Method::Get, "/api/v1/releases/{id}/receipts", kSigned, kJson, kNothing, get_release_receipts},
    Route{Method::Get, "/api/v1/releases/{id}/readers", kSigned, kJson, kNothing, get_release_readers},
    Route{Method::Post, "/api/v1/releases/{id}/reviews", kSigned, kJson, kSmall, post_release_review},
    Route{Method::Get, "/api/v1/releases/{id}/relabellings", kSigned, kJson, kNothing, get_release_relabellings},
    Route{Method::Post, "/api/v1/releases/{id}/relabellings", kSigned, kJson, kSmall, post_release_relabelling},
    Route{Method::Get, "/api/v1/releases/{id}/relabellings/{relabelling}", kSigned, kJson, kNothing,
          get_release_relabelling},
    Route{Method::Post, "/api/v1/releases/{id}/relabellings/{relabelling}/agreement", kSigned, kJson, kSmall,
          post_relabelling_agreement},
    Route{Method::Post, "/api/v1/releases/{id}/relabellings/{relabelling}/rejection", kSigned, kJson, kSmall,
          post_relabelling_rejection},
    Route{Method::Post, "/api/v1/pointers", kSigned, kJson, kSmall, post_pointer},
    Route{Method::Get, "/api/v1/pointers", kSigned, kJson, kNothing, get_pointers},
    Route{Method::Get, "/api/v1/pointers/{id}", kSigned, kJson, kNothing, get_pointer},
    Route{Method::Post, "/api/v1/pointers/{id}/end", kSigned, kJson, kSmall, post_pointer_end},
    Route{Method::Get, "/api/v1/unread-pointers", kSigned, kJson, kNothing, get_unread_pointers},
    Route{Method::Post, "/api/v1/unread-pointers/{id}/end", kSigned, kJson, kSmall, post_unread_pointer_end},
    Route{Method::Get, "/api/v1/indicators", kSigned, kJson, kNothing, get_indicators},
    Route{Method::Get, "/api/v1/bundle", kSigned, kJson, kNothing, get_bundle},
    Route{Method::Post, "/api/v1/sightings", kSigned, kJson, kSmall, post_sighting},
    Route{Method::Get, "/api/v1/cases", kSigned, kJson, kNothing, get_cases},
    Route{Method::Get, "/api/v1/cases/{id}", kSigned, kJson, kNothing, get_case},
    Route{Method::Post, "/api/v1/imports", kSigned, kJson, kFile, post_import},
    Route{Method::Get, "/api/v1/sources", kSigned, kJson, kNothing, get_sources},
    Route{Method::Get, "/api/v1/directory/people", kSigned, kJson, kNothing, get_directory_people},
    Route{Method::Post, "/api/v1/directory/lookup", kSigned, kJson, kSmall, post_directory_lookup},
    Route{Method::Post, "/api/v1/directory/changes", kSigned, kJson, kWorkbook, post_directory_change},
    Route{Method::Get, "/api/v1/directory/template", kSigned, kJson, kNothing, get_directory_template},
    Route{Method::Get, "/api/v1/directory/changes", kSigned, kJson, kNothing, get_directory_changes},
    Route{Method::Get, "/api/v1/directory/changes/{id}", kSigned, kJson, kNothing, get_directory_change},
    Route{Method::Post, "/api/v1/directory/changes/{id}/agreements", kSigned, kJson, kSmall, post_directory_agreement},
    Route{Method::Post, "/api/v1/directory/changes/{id}/rejection", kSigned, kJson, kSmall, post_directory_rejection},
    Route{Method::Post, "/api/v1/directory/people/{id}/proof", kSigned, kJson, kSmall, post_person_proof},
    Route{Method::Post, "/api/v1/directory/people/{id}/invitation", kSigned, kJson, kSmall, post_person_invitation},
    Route{Method::Post, "/api/v1/invitations/acceptance", kOpen, kJson, kSmall, post_invitation_acceptance},
    Route{Method::Get, "/api/v1/clearances", kSigned, kJson, kNothing, get_clearances},
    Route{Method::Post, "/api/v1/clearances", kSigned, kJson, kSmall, post_clearance},
    Route{Method::Delete, "/api/v1/clearances/{id}", kSigned, kJson, kNothing, delete_clearance},
    Route{Method::Get, "/api/v1/groups", kSigned, kJson, kNothing, get_groups},
    Route{Method::Get, "/api/v1/ledger/checkpoint", kOpen, kJson, kNothing, get_checkpoint},
    Route{Method::Get, "/api/v1/ledger/proof", kSigned, kJson, kNothing, get_proof},
};

}  // namespace

std::span<const Route> rest_routes() { return kRoutes; }

}  // namespace hinomi::api
