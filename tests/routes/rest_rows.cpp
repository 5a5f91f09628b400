#include "routes/route_rows.h"

namespace hinomi::tests::routes {
namespace {

constexpr std::string_view kPresent = R"({"step_up":{"password":"<login.password>"}})";
constexpr std::string_view kReport =
    R"({"kind":"incident","scope":"members_anonymously","technical_preconsent":true,"summary":"A remote session <word>",)"
    R"("facts":{"t.detected":"2026-11-22T02:05:00+09:00","inc.cyber":"suspected","outage.lost_kw":7200},)"
    R"("technical":{"indicators":["203.0.113.7","<value>"],"techniques":["T0883"],"cves":["CVE-2024-3400"]}})";
constexpr std::string_view kNearMiss =
    R"({"kind":"near_miss","summary":"<word>","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})";
constexpr std::string_view kVersion =
    R"({"based_on":<report.version>,"kind":"incident","summary":"more is known <word>",)"
    R"("facts":{"t.detected":"2026-11-22T02:05:00+09:00","outage.lost_kw":9000}})";
constexpr std::string_view kHandedIn =
    R"({"form":"<report.form>","duty":"<report.duty>","stage":"<report.stage>","report_version":<report.version>,)"
    R"("digest":"<report.digest>","addressee":"<report.addressee>","channel":"mail"})";
constexpr std::string_view kReturned =
    R"({"sheet":{"form":"jp-ci-notice","report_number":"<report>","report_version":1,"duty":"JP-CI-1","stage":"notice",)"
    R"("rows":[{"cell":"C9","source":"place","answer":"<word>","printed":""}]},"digest":"x"})";
constexpr std::string_view kReturnedNew =
    R"({"sheet":{"form":"jp-ci-notice","report_version":1,)"
    R"("rows":[{"cell":"C9","source":"report.summary","answer":"<word>","printed":""}]},"digest":"x","take":["place"]})";
constexpr std::string_view kEdition =
    R"({"revision":<review.revision>,"edition":{"kind":"story","title":"t <word>","body":"b","indicators":["<value>"]},)"
    R"("tlp":"TLP:AMBER","audience":"members"})";
constexpr std::string_view kWiderEdition =
    R"({"revision":<review.revision>,"edition":{"kind":"technical_only","title":"t","indicators":["<value>"]},)"
    R"("tlp":"TLP:GREEN","audience":"community"})";
constexpr std::string_view kAdvisory =
    "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,"
    "knownRansomwareCampaignUse,notes,cwes\n<cve>,Example,Gate,Name "
    "<word>,2026-11-01,Text,Patch,2026-12-01,Unknown,,\n";

// Where the next page begins: sealed, so that it tells nothing of what lies between.
std::vector<Nonce> paged() { return {Member("next", Shape::Sealed, Cause::Committed)}; }

// The log is one for all: its root, its signature and the path to a leaf are over salted hashes of everybody's things.
// Its size and the time of its newest batch tell that something was recorded, and no more (SECURITY.md).
std::vector<Nonce> sealed_tree() {
  return {Member("root", Shape::Anything, Cause::Committed), Member("signature", Shape::Anything, Cause::Committed),
          Member("path", Shape::Anything, Cause::Committed), Member("time", Shape::Time, Cause::Committed),
          Member("size", Shape::Batches, Cause::Committed),  Member("leaf_index", Shape::Integer, Cause::Committed)};
}

std::vector<Nonce> new_report() { return {Member("id", Shape::Uuid), Member("number", Shape::Number)}; }

std::vector<Row> pointer_rows() {
  constexpr std::string_view kPointer =
      R"({"holder":"Bureau <word>","system":"important_economic_security","reference":"<word>","contact":"<word>",)"
      R"("dated":"2026-11-05","audience":"members"})";
  constexpr std::string_view kLooked =
      R"({"holder":"h","system":"foreign","level":"secret","reference":"r","contact":"c","dated":"2026-11-05",)"
      R"("expires":"2027-03-31","audience":"members_and_technical","needs_clearance":true,"dry_run":true})";
  return {
      {Method::Post,
       "/api/v1/pointers",
       {.effect = Effect::Writes,
        .bodies = {Json(kPointer), Json(kLooked),
                   Json(R"({"holder":"h","system":"foreign","reference":"r","contact":"c","dated":"2026-11-05",)"
                        R"("audience":"authorities","dry_run":true})"),
                   Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}},
        .nonces = {Member("id", Shape::Uuid)}}},
      {Method::Get,
       "/api/v1/pointers",
       {.effect = Effect::Reads,
        .queries = {"limit=1", "limit=200", "before=<cursor>", "limit=1&before=<cursor>", "q=<word>"},
        .nonces = paged()}},
      {Method::Get, "/api/v1/pointers/{id}", {.effect = Effect::Reads, .path = {"<pointer>"}}},
      {Method::Post,
       "/api/v1/pointers/{id}/end",
       {.effect = Effect::Writes, .path = {"<pointer>"}, .bodies = {Json("{}")}}},
      {Method::Get, "/api/v1/unread-pointers"},
      {Method::Post,
       "/api/v1/unread-pointers/{id}/end",
       {.effect = Effect::Writes, .path = {"<pointer>"}, .bodies = {Json("{}")}}},
  };
}

std::vector<Row> relabelling_rows() {
  return {
      {Method::Get, "/api/v1/releases/{id}/relabellings", {.effect = Effect::Reads, .path = {"<release>"}}},
      {Method::Post,
       "/api/v1/releases/{id}/relabellings",
       {.effect = Effect::Writes,
        .path = {"<release>"},
        .bodies =
            {Json(
                 R"({"tlp":"TLP:AMBER+STRICT","audience":"members","reason":"<word>","embargo_until":"2027-01-31T00:00:00Z",)"
                 R"("step_up":{"password":"<login.password>"}})"),
             Json(R"({"tlp":"TLP:AMBER","audience":"members","embargo_until":"2027-01-31T09:00:00+09:00",)"
                  R"("reason":"x","dry_run":true})"),
             Json(R"({"tlp":"TLP:GREEN","audience":"community","reason":"x","dry_run":true})"), Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}},
        .nonces = {Member("id", Shape::Uuid)}}},
      {Method::Get,
       "/api/v1/releases/{id}/relabellings/{relabelling}",
       {.effect = Effect::Reads, .path = {"<relabelling.release>", "<relabelling>"}}},
      {Method::Post,
       "/api/v1/releases/{id}/relabellings/{relabelling}/agreement",
       {.effect = Effect::Writes,
        .path = {"<relabelling.release>", "<relabelling>"},
        .bodies = {Json(kPresent), Json("{}")}}},
      {Method::Post,
       "/api/v1/releases/{id}/relabellings/{relabelling}/rejection",
       {.effect = Effect::Writes, .path = {"<relabelling.release>", "<relabelling>"}, .bodies = {Json("{}")}}},
  };
}

constexpr std::string_view kPerson =
    R"({"note":"<word>","people":[{"login":"new-<word>","organisation":"<org>","name":"<word>","roles":"reporter"}],)"
    R"("step_up":{"password":"<login.password>"}})";
constexpr std::string_view kEdit = R"({"dry_run":true,"complete":true,"people":[{"id":"<person>","roles":"viewer"}],)"
                                   R"("groups":[{"group":"<group>","join_orgs":"<org#2>"}]})";

std::vector<Row> directory_rows() {
  return {
      {Method::Get, "/api/v1/directory/people", {.queries = {"org=<org>"}}},
      {Method::Post,
       "/api/v1/directory/lookup",
       {.effect = Effect::Writes, .bodies = {Json(R"({"address":"<login>"})"), Json(R"({"address":"<word>"})")}}},
      {Method::Post,
       "/api/v1/directory/changes",
       {.effect = Effect::Writes,
        .queries = {"dry_run=true"},
        .bodies = {Json(kPerson),
                   Json(kEdit),
                   Json("{}"),
                   {"text/csv", "login,roles\n<login>,viewer\n"},
                   {kWorkbookMediaType, "no workbook"}},
        .headers = {{"Idempotency-Key", "<idempotency>"},
                    {"Hinomi-Step-Up", R"({"password":"<login.password>"})"},
                    {"Hinomi-Step-Up", "<word>"}},
        // The purpose is a digest of what was typed, the ids in it too.
        .nonces = {Member("id", Shape::Uuid), Member("code", Shape::Anything),
                   Member("step_up_purpose", Shape::Anything)}}},
      {Method::Get, "/api/v1/directory/template"},
      {Method::Get, "/api/v1/directory/changes", {.queries = {"limit=1", "before=<cursor>"}, .nonces = paged()}},
      {Method::Get, "/api/v1/directory/changes/{id}", {.path = {"<directory_change>"}}},
      {Method::Post,
       "/api/v1/directory/changes/{id}/agreements",
       {.effect = Effect::Writes,
        .path = {"<directory_change>"},
        .bodies = {Json(kPresent), Json("{}")},
        .nonces = {Member("code", Shape::Anything)}}},
      {Method::Post,
       "/api/v1/directory/changes/{id}/rejection",
       {.effect = Effect::Writes, .path = {"<directory_change>"}, .bodies = {Json("{}")}}},
      {Method::Post,
       "/api/v1/directory/people/{id}/proof",
       {.effect = Effect::Writes, .path = {"<person>"}, .bodies = {Json(R"({"channel":"<word>"})"), Json("{}")}}},
      {Method::Post,
       "/api/v1/directory/people/{id}/invitation",
       {.effect = Effect::Writes,
        .path = {"<person>"},
        .bodies = {Json("{}")},
        .nonces = {Member("code", Shape::Anything)}}},
      {Method::Post,
       "/api/v1/invitations/acceptance",
       {.effect = Effect::Writes,
        .bodies = {Json(R"({"code":"<word>","password":"correct horse battery"})"), Json("{}")}}},
      {Method::Get, "/api/v1/clearances"},
      {Method::Post,
       "/api/v1/clearances",
       {.effect = Effect::Writes,
        .bodies = {Json(R"({"person":"<person>","scope":"s","contract":"C-1","valid_until":"2030-03-31",)"
                        R"("consented_on":"2026-11-01"})"),
                   Json("{}")},
        .nonces = {Member("id", Shape::Uuid)}}},
      {Method::Delete, "/api/v1/clearances/{id}", {.effect = Effect::Writes, .path = {"<clearance>"}}},
      {Method::Get, "/api/v1/groups"},
  };
}

std::vector<Row> sign_in_rows() {
  return {
      {Method::Get, "/api/v1/openapi.json"},
      {Method::Post,
       "/api/v1/session",
       {.effect = Effect::SignsIn,
        .bodies = {Json(R"({"login":"<login>","password":"<login.password>"})"),
                   Json(R"({"login":"<login>","password":"wrong","totp":"123456"})"), Json("{}"), Json("[")},
        .nonces = {InHeader("Set-Cookie", Shape::Cookie), Member("csrf", Shape::Base64)}}},
      {Method::Delete, "/api/v1/session", {.effect = Effect::SignsOut}},
      {Method::Get, "/api/v1/me"},
      {Method::Get, "/api/v1/home", {.nonces = {Member("id", Shape::Sealed, Cause::Committed)}}},
      {Method::Get, "/api/v1/facts"},
      {Method::Get, "/api/v1/notices", {.nonces = {Member("id", Shape::Sealed, Cause::Committed)}}},
      {Method::Delete, "/api/v1/notices/{id}", {.effect = Effect::Writes, .path = {"<notice>"}}},
  };
}

// Ending everything and a new password end the viewer's own token too.
std::vector<Row> account_rows() {
  return {
      {Method::Get, "/api/v1/account/sessions"},
      {Method::Delete,
       "/api/v1/account/sessions",
       {.effect = Effect::SignsOut, .bodies = {Json(kPresent), Json("{}")}}},
      {Method::Delete,
       "/api/v1/account/sessions/{id}",
       {.effect = Effect::Writes, .path = {"<session>"}, .bodies = {Json(kPresent), Json("{}")}}},
      {Method::Put,
       "/api/v1/account/password",
       {.effect = Effect::Writes,
        .bodies = {Json(R"({"current":"wrong","new":"a long new password <word>"})"), Json("{}")}}},
      {Method::Get, "/api/v1/account/certificates"},
      {Method::Post,
       "/api/v1/account/certificates",
       {.effect = Effect::Writes, .bodies = {Json(R"({"name":"collector","scopes":["read"]})"), Json("{}")}}},
      {Method::Delete,
       "/api/v1/account/certificates/{id}",
       {.effect = Effect::Writes, .path = {"<session>"}, .bodies = {Json(kPresent), Json("{}")}}},
      {Method::Get, "/api/v1/account/identities"},
      {Method::Post,
       "/api/v1/account/identities",
       {.effect = Effect::Writes, .bodies = {Json(R"({"step_up":{"password":"<login.password>"}})"), Json("{}")}}},
      {Method::Delete, "/api/v1/account/identities/{id}", {.effect = Effect::Writes, .path = {"<session>"}}},
      {Method::Get, "/api/v1/account/tokens"},
      {Method::Post,
       "/api/v1/account/tokens",
       {.effect = Effect::Writes,
        .bodies = {Json(R"({"name":"<word>","scopes":["read","report"],"step_up":{"password":"<login.password>"}})"),
                   Json(R"({"name":"x","scopes":["all"],"step_up":{"totp":"123456"}})"), Json("{}")},
        .nonces = {Member("id", Shape::Uuid), Member("token", Shape::Base64)}}},
      {Method::Delete,
       "/api/v1/account/tokens/{id}",
       {.effect = Effect::Writes, .path = {"<session>"}, .bodies = {Json(kPresent), Json("{}")}}},
  };
}

constexpr std::string_view kPasskeyAnswer =
    R"({"id":"AAAA","client_data":"e30","authenticator_data":"AAAA","signature":"AAAA","user_handle":"AAAA"})";

std::vector<Row> factor_rows() {
  return {
      {Method::Get, "/api/v1/account/factors"},
      {Method::Post,
       "/api/v1/account/totp",
       {.effect = Effect::Writes,
        .bodies = {Json("{}")},
        .nonces = {Member("secret", Shape::Anything), Member("uri", Shape::Anything)}}},
      {Method::Put,
       "/api/v1/account/totp",
       {.effect = Effect::Writes,
        .bodies = {Json(R"({"code":"123456","step_up":{"password":"<login.password>"}})"), Json("{}")}}},
      {Method::Delete,
       "/api/v1/account/totp",
       {.effect = Effect::Writes, .bodies = {Json(R"({"step_up":{"totp":"123456"}})"), Json("{}")}}},
      {Method::Post,
       "/api/v1/account/passkeys/options",
       {.effect = Effect::Writes,
        .bodies = {Json("{}")},
        .nonces = {Member("challenge", Shape::Base64), Member("id", Shape::Anything)}}},
      {Method::Post,
       "/api/v1/account/passkeys",
       {.effect = Effect::Writes,
        .bodies =
            {Json(
                 R"({"name":"<word>","client_data":"e30","attestation":"AAAA","step_up":{"password":"<login.password>"}})"),
             Json("{}")}}},
      {Method::Delete,
       "/api/v1/account/passkeys/{id}",
       {.effect = Effect::Writes,
        .path = {"<passkey>"},
        .bodies = {Json(R"({"step_up":{"password":"<login.password>"}})"), Json("{}")}}},
      {Method::Post,
       "/api/v1/session/passkey/options",
       {.effect = Effect::SignsIn,
        .bodies = {Json("{}")},
        .nonces = {Member("challenge", Shape::Base64), InHeader("Set-Cookie", Shape::Cookie)}}},
      {Method::Post,
       "/api/v1/session/passkey",
       {.effect = Effect::SignsIn, .bodies = {Json(kPasskeyAnswer), Json("{}"), Json("[")}}},
      {Method::Post,
       "/api/v1/step-up/options",
       {.effect = Effect::Reads,
        .bodies = {Json(R"({"purpose":"account.factors"})"), Json("{}")},
        .nonces = {Member("challenge", Shape::Base64)}}},
  };
}

std::vector<Row> form_rows() {
  return {
      {Method::Get,
       "/api/v1/reports/{id}/forms",
       {.effect = Effect::Reads, .path = {"<report>"}, .queries = {"version=1", "version=9", "version=x"}}},
      {Method::Get, "/api/v1/reports/{id}/submissions", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Post,
       "/api/v1/reports/{id}/submissions",
       {.effect = Effect::Writes,
        .path = {"<report>"},
        .bodies = {Json(kHandedIn), Json(R"({"form":"<word>","duty":"x","stage":"x","report_version":99})"),
                   Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}},
        .nonces = {Member("id", Shape::Uuid)}}},
      {Method::Get,
       "/api/v1/reports/{id}/submissions/{submission}",
       {.effect = Effect::Reads, .path = {"<report>", "<submission>"}}},
      {Method::Get,
       "/api/v1/reports/{id}/submissions/{submission}/supplement",
       {.effect = Effect::Reads, .path = {"<report>", "<submission>"}}},
      {Method::Post,
       "/api/v1/reports/{id}/submissions/{submission}/receipts",
       {.effect = Effect::Writes,
        .path = {"<report>", "<submission>"},
        .bodies = {Json(R"({"channel":"phone","who":"<word>"})"), Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}},
        .nonces = {Member("id", Shape::Uuid)}}},
      {Method::Get,
       "/api/v1/reports/{id}/forms/{form}",
       {.effect = Effect::Reads,
        .path = {"<report>", "jp-ci-notice"},
        .queries = {"version=1", "duty=JP-CI-1&stage=notice", "duty=<word>", "version=99"}}},
      {Method::Post,
       "/api/v1/forms/read",
       {.effect = Effect::Reads, .queries = {"for_org=<org>"}, .bodies = {File("not a workbook"), File("")}}},
      {Method::Post,
       "/api/v1/forms/read/confirmation",
       {.effect = Effect::Writes,
        .queries = {"for_org=<org>"},
        .bodies = {Json(kReturned), Json(kReturnedNew), Json(R"({"sheet":{},"digest":"x"})"), Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}}}},
      {Method::Get,
       "/api/v1/reports/{id}/submissions/{submission}/pdf",
       {.effect = Effect::Reads, .path = {"<report>", "<submission>"}}},
      {Method::Get,
       "/api/v1/reports/{id}/submissions/{submission}/supplement/pdf",
       {.effect = Effect::Reads, .path = {"<report>", "<submission>"}}},
      {Method::Get,
       "/api/v1/reports/{id}/forms/{form}/pdf",
       {.effect = Effect::Reads,
        .path = {"<report>", "jp-ci-notice"},
        .queries = {"version=1", "duty=JP-CI-1&stage=notice", "duty=<word>", "version=99"}}},
      {Method::Get,
       "/api/v1/reports/{id}/forms/{form}/workbook",
       {.effect = Effect::Reads,
        .path = {"<report>", "jp-ci-notice"},
        .queries = {"blank=true", "version=1", "duty=JP-CI-1&stage=notice", "duty=<word>", "version=99"}}},
  };
}

std::vector<Row> report_rows() {
  return {
      {Method::Post,
       "/api/v1/reports/check",
       {.effect = Effect::Reads, .queries = {"for_org=<org>"}, .bodies = {Json(kReport), Json(kNearMiss), Json("{}")}}},
      {Method::Post,
       "/api/v1/reports",
       {.effect = Effect::Writes,
        .queries = {"for_org=<org>"},
        .bodies = {Json(kReport), Json(kNearMiss), Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}},
        .nonces = new_report()}},
      {Method::Get,
       "/api/v1/reports",
       {.queries = {"limit=1", "limit=2", "limit=200", "limit=0", "before=<cursor>", "limit=1&before=<cursor>",
                    "before=x", "q=<word>", "sort=number"},
        .nonces = paged()}},
      {Method::Get, "/api/v1/reports/{id}", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Post,
       "/api/v1/reports/{id}/versions",
       {.effect = Effect::Writes,
        .path = {"<report>"},
        .bodies = {Json(kVersion), Json(R"({"based_on":99,"kind":"incident","summary":"x"})"), Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}}}},
      {Method::Get, "/api/v1/reports/{id}/duties", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Get, "/api/v1/reports/{id}/readers", {.path = {"<report>"}}},
      {Method::Post,
       "/api/v1/reports/{id}/reviews",
       {.effect = Effect::Writes,
        .path = {"<report>"},
        .bodies = {Json("{}"), Json(R"({"audience":"members_and_technical","kind":"technical_only"})")},
        .headers = {{"Idempotency-Key", "<idempotency>"}},
        .nonces = {Member("id", Shape::Uuid)}}},
  };
}

std::vector<Row> review_rows() {
  return {
      {Method::Get,
       "/api/v1/reviews",
       {.queries = {"limit=1", "limit=200", "before=<cursor>", "state=open", "q=<word>"}, .nonces = paged()}},
      {Method::Get, "/api/v1/reviews/{id}", {.effect = Effect::Reads, .path = {"<review>"}}},
      {Method::Put,
       "/api/v1/reviews/{id}",
       {.effect = Effect::Writes,
        .path = {"<review>"},
        .bodies = {Json(kEdition), Json(kWiderEdition), Json(R"({"revision":99,"edition":{}})"), Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}}}},
      {Method::Get, "/api/v1/reviews/{id}/preview", {.effect = Effect::Reads, .path = {"<review>"}}},
      {Method::Post,
       "/api/v1/reviews/{id}/consent",
       {.effect = Effect::Writes,
        .path = {"<review>"},
        .bodies =
            {Json(R"({"consent":"given","revision":<review.revision>,"step_up":{"password":"<login.password>"}})"),
             Json(R"({"consent":"refused","revision":<review.revision>,"step_up":{"password":"<login.password>"}})"),
             Json(R"({"consent":"taken_back","revision":<review.revision>,"step_up":{"password":"<login.password>"}})"),
             Json(R"({"consent":"given","revision":99,"step_up":{"password":"<login.password>"}})"), Json("{}")}}},
      {Method::Post,
       "/api/v1/reviews/{id}/approvals",
       {.effect = Effect::Writes,
        .path = {"<review>"},
        .bodies = {Json(R"({"revision":<review.revision>,"step_up":{"password":"<login.password>"}})"),
                   Json(R"({"revision":<review.revision>,"step_up":{"totp":"123456"}})"), Json(R"({"revision":99})"),
                   Json("{}")},
        .nonces = {Member("release_id", Shape::Uuid)}}},
  };
}

std::vector<Row> release_rows() {
  return {
      {Method::Get,
       "/api/v1/releases",
       {.queries = {"limit=1", "limit=2", "limit=200", "before=<cursor>", "limit=1&before=<cursor>", "q=<word>",
                    "sort=title"},
        .nonces = paged()}},
      {Method::Get, "/api/v1/releases/{id}", {.effect = Effect::Reads, .path = {"<release>"}}},
      {Method::Post,
       "/api/v1/releases/{id}/acknowledgements",
       {.effect = Effect::Writes,
        .path = {"<release>"},
        .bodies = {Json(R"({"version":<release.version>})"), Json(R"({"version":99})"), Json("{}")}}},
      {Method::Get, "/api/v1/releases/{id}/receipts", {.effect = Effect::Reads, .path = {"<release>"}}},
      {Method::Get, "/api/v1/releases/{id}/readers", {.path = {"<release>"}}},
      {Method::Post,
       "/api/v1/releases/{id}/reviews",
       {.effect = Effect::Writes,
        .path = {"<release>"},
        .bodies = {Json(R"({"purpose":"withdrawal","reason":"a false alarm <word>"})"),
                   Json(R"({"purpose":"correction","reason":"a better text"})"), Json("{}")},
        .nonces = {Member("id", Shape::Uuid)}}},
      {Method::Get,
       "/api/v1/indicators",
       {.queries = {"limit=1", "limit=3", "limit=10000", "limit=0", "after=<cursor>", "limit=1&after=<cursor>",
                    "value=<value>"},
        .nonces = paged()}},
      {Method::Get, "/api/v1/bundle"},
      {Method::Post,
       "/api/v1/sightings",
       {.effect = Effect::Writes,
        .bodies = {Json(
                       R"({"release":"<release>","indicator":"<release.indicator>","count":"2-9","day":"2026-11-22"})"),
                   Json(R"({"release":"<release.number>","indicator":"<indicator>","count":"1","day":"2026-11-21"})"),
                   Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}},
        .nonces = {Member("id", Shape::Uuid)}}},
  };
}

std::vector<Row> source_rows() {
  return {
      {Method::Get,
       "/api/v1/cases",
       {.queries = {"limit=1", "limit=200", "before=<cursor>", "q=<word>"}, .nonces = paged()}},
      {Method::Get, "/api/v1/cases/{id}", {.effect = Effect::Reads, .path = {"<case>"}}},
      {Method::Post,
       "/api/v1/imports",
       {.effect = Effect::Writes,
        .queries = {"source=kev&file=kev.csv", "source=<word>&file=<word>.json"},
        .bodies = {File(kAdvisory), File("not a format"), File("{}")}}},
      {Method::Get, "/api/v1/sources"},
      {Method::Get, "/api/v1/ledger/checkpoint", {.nonces = sealed_tree()}},
      {Method::Get,
       "/api/v1/ledger/proof",
       {.queries = {"release=<release>", "release=<release.number>", "release=<report>"}, .nonces = sealed_tree()}},
  };
}

}  // namespace

std::span<const Row> rest_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> all;
    for (const auto& part :
         {sign_in_rows(), account_rows(), factor_rows(), report_rows(), recipient_rows(), form_rows(), review_rows(),
          relabelling_rows(), release_rows(), source_rows(), pointer_rows(), unnamed_rest_rows(), directory_rows()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return rows;
}

}  // namespace hinomi::tests::routes
