#include "routes/route_rows.h"

namespace hinomi::tests::routes {
namespace {

constexpr std::string_view kTyped =
    "kind=incident&noticed=02%3A05&summary=A+remote+session+<word>&cyber=suspected&lost_kw=7200&contact=03&"
    "indicators=203.0.113.7&preconsent=yes&scope=members_anonymously";

constexpr std::string_view kLooked =
    "kind=incident&noticed=02%3A05&summary=A+remote+session+<word>&cyber=suspected&lost_kw=120000&minutes=25&contact="
    "03&"
    "indicators=203.0.113.7&preconsent=yes&scope=members_anonymously&recipient=meti&show=1";

std::vector<Row> directory_rows() {
  return {
      {Method::Get, "/directory", {.queries = {"org=<org>"}}},
      {Method::Post, "/directory/lookup", {.effect = Effect::Writes, .bodies = {Form("address=<login>"), Form("")}}},
      {Method::Get, "/directory/changes/{id}", {.effect = Effect::Reads, .path = {"<directory_change>"}}},
      {Method::Post,
       "/directory/changes/{id}/agree",
       {.effect = Effect::Writes,
        .path = {"<directory_change>"},
        .bodies = {Form("step_up_password=<login.password>"), Form("")}}},
      {Method::Post,
       "/directory/changes/{id}/reject",
       {.effect = Effect::Writes, .path = {"<directory_change>"}, .bodies = {Form("")}}},
      {Method::Get, "/directory/import"},
      {Method::Post,
       "/directory/import",
       {.effect = Effect::Writes,
        .bodies = {Form("step=check&csv=login%2Croles%0A<login>%2Cviewer%0A"),
                   Form("step=propose&note=<word>&csv=login%2Corganisation%2Cname%0Anew-<word>%2C<org>%2Cn%0A&"
                        "step_up_password=<login.password>"),
                   Form("step=propose&csv=login%2Croles%0A<login>%2Cviewer%0A"), Form("")},
        .nonces = {InHeader("Location", Shape::Location)}}},
      {Method::Post,
       "/directory/import/workbook",
       {.effect = Effect::Writes,
        .bodies = {Multipart(
                       "--x\r\nContent-Disposition: form-data; name=\"workbook\"; filename=\"<word>.xlsx\"\r\n\r\n"
                       "no workbook\r\n--x--\r\n"),
                   Multipart("--x--")}}},
      {Method::Get, "/invitation"},
      {Method::Post,
       "/invitation",
       {.effect = Effect::Writes, .bodies = {Form("code=<word>&password=correct+horse+battery"), Form("")}}},
  };
}

std::vector<Row> pointer_rows() {
  constexpr std::string_view kTypedPointer =
      "step=post&key=pointer-<idempotency>&holder=Bureau+<word>&system=foreign&level=secret&reference=<word>&contact=c&"
      "dated=2026-11-05&expires=&audience=members";
  return {
      {Method::Get, "/pointers", {.effect = Effect::Reads, .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Post,
       "/pointers",
       {.effect = Effect::Writes,
        .bodies = {Form(kTypedPointer),
                   Form("step=check&holder=h&system=special_defence&level=unstated&reference=r&contact=c&"
                        "dated=2026-11-05&expires=2027-03-31&audience=members_and_technical"),
                   Form("")},
        .nonces = {InHeader("Location", Shape::Location), Attribute("key", Shape::Uuid)}}},
      {Method::Get, "/pointers/{id}", {.effect = Effect::Reads, .path = {"<pointer>"}}},
      {Method::Post, "/pointers/{id}/end", {.effect = Effect::Writes, .path = {"<pointer>"}, .bodies = {Form("")}}},
      {Method::Post,
       "/unread-pointers/{id}/end",
       {.effect = Effect::Writes, .path = {"<pointer>"}, .bodies = {Form("")}}},
  };
}

std::vector<Row> label_rows() {
  return {
      {Method::Get,
       "/releases/{id}/label",
       {.effect = Effect::Reads, .path = {"<release>"}, .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Post,
       "/releases/{id}/label",
       {.effect = Effect::Writes,
        .path = {"<release>"},
        .bodies = {Form("step=propose&key=label-<idempotency>&tlp=AMBER%2BSTRICT&audience=members&until=&reason=<word>&"
                        "step_up_password=<login.password>"),
                   Form("step=check&tlp=AMBER&audience=members&until=2027-01-31+09%3A00&reason=x"), Form("")},
        .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Post,
       "/releases/{id}/label/{relabelling}/agree",
       {.effect = Effect::Writes,
        .path = {"<relabelling.release>", "<relabelling>"},
        .bodies = {Form("step_up_password=<login.password>"), Form("")}}},
      {Method::Post,
       "/releases/{id}/label/{relabelling}/reject",
       {.effect = Effect::Writes, .path = {"<relabelling.release>", "<relabelling>"}, .bodies = {Form("")}}},
  };
}

std::vector<Row> account_rows() {
  return {
      {Method::Get, "/account", {.nonces = {Attribute("session", Shape::Uuid), Attribute("passkey", Shape::Uuid)}}},
      {Method::Post,
       "/account/password",
       {.effect = Effect::Writes, .bodies = {Form("current=wrong&new=a+long+new+password+<word>"), Form("")}}},
      {Method::Post,
       "/account/sessions/end",
       {.effect = Effect::SignsOut,
        .bodies = {Form("session=<session>&step_up_password=<login.password>"),
                   Form("step_up_password=<login.password>"), Form("")}}},
      {Method::Post,
       "/account/tokens",
       {.effect = Effect::Writes,
        .bodies = {Form("token_name=<word>&scope=read&days=7&step_up_password=<login.password>"),
                   Form("token_name=x&scope=all&days=7"), Form("")},
        .nonces = {Attribute("secret", Shape::Anything), Attribute("session", Shape::Uuid)}}},
      {Method::Post,
       "/account/codes/begin",
       {.effect = Effect::Writes, .bodies = {Form("")}, .nonces = {Attribute("secret", Shape::Anything)}}},
      {Method::Post,
       "/account/codes",
       {.effect = Effect::Writes,
        .bodies = {Form("code=123456&step_up_password=<login.password>"), Form("")},
        .nonces = {Attribute("secret", Shape::Anything)}}},
      {Method::Post,
       "/account/codes/remove",
       {.effect = Effect::Writes,
        .bodies = {Form("step_up_totp=123456"), Form("")},
        .nonces = {Attribute("session", Shape::Uuid)}}},
      {Method::Post,
       "/account/identities",
       {.effect = Effect::Writes, .bodies = {Form("step_up_password=<login.password>"), Form("")}}},
      {Method::Post,
       "/account/identities/remove",
       {.effect = Effect::Writes, .bodies = {Form("id=<session>"), Form("")}}},
      {Method::Post,
       "/account/passkeys/remove",
       {.effect = Effect::Writes,
        .bodies = {Form("passkey=<passkey>&step_up_password=<login.password>"), Form("")},
        .nonces = {Attribute("session", Shape::Uuid)}}},
  };
}

// A form's workbook as it travels in the page: {"form":"jp-ci-notice","report_number":"<report>", …}
constexpr std::string_view kReturnedChecked =
    "step=check&take=place&answer.C10=25&sheet=%7B%22form%22%3A%22jp-ci-notice%22%2C%22report_number"
    "%22%3A%22<report>%22%2C%22report_version%22%3A1%2C%22duty%22%3A%22JP-CI-1%22%2C%22stage%22%3A%2"
    "2notice%22%2C%22rows%22%3A%5B%7B%22cell%22%3A%22C9%22%2C%22source%22%3A%22place%22%2C%22answer%"
    "22%3A%22<word>%22%2C%22printed%22%3A%22%22%7D%2C%7B%22cell%22%3A%22C10%22%2C%22source%22%3A%22o"
    "utage.minutes%22%2C%22answer%22%3A%22many%22%2C%22printed%22%3A%22%22%7D%5D%7D";
constexpr std::string_view kReturnedConfirmed =
    "step=confirm&digest=x&key=<idempotency>&take=place&offered=place&sheet=%7B%22form%22%3A%22jp-ci"
    "-notice%22%2C%22report_number%22%3A%22<report>%22%2C%22report_version%22%3A1%2C%22duty%22%3A%22"
    "JP-CI-1%22%2C%22stage%22%3A%22notice%22%2C%22rows%22%3A%5B%7B%22cell%22%3A%22C9%22%2C%22source%"
    "22%3A%22place%22%2C%22answer%22%3A%22<word>%22%2C%22printed%22%3A%22%22%7D%2C%7B%22cell%22%3A%2"
    "2C10%22%2C%22source%22%3A%22outage.minutes%22%2C%22answer%22%3A%22many%22%2C%22printed%22%3A%22"
    "%22%7D%5D%7D";
constexpr std::string_view kReturnedNew =
    "step=check&sheet=%7B%22form%22%3A%22jp-ci-notice%22%2C%22report_version%22%3A1%2C%22rows%22%3A%"
    "5B%7B%22cell%22%3A%22C9%22%2C%22source%22%3A%22report.summary%22%2C%22answer%22%3A%22<word>%22%"
    "7D%5D%7D";

std::vector<Row> form_rows() {
  return {
      {Method::Get, "/forms/read"},
      {Method::Post,
       "/forms/read",
       {.effect = Effect::Writes,
        .bodies = {Form(kReturnedChecked), Form(kReturnedConfirmed), Form(kReturnedNew), Form("sheet=x"), Form("")},
        .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Post,
       "/forms/read/file",
       {.effect = Effect::Reads,
        .bodies = {Multipart("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"<word>.xlsx\"\r\n\r\n"
                             "no workbook\r\n--x--\r\n"),
                   Multipart("--x--")}}},
      {Method::Get, "/handover", {.effect = Effect::Reads, .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Post,
       "/handover",
       {.effect = Effect::Writes,
        .bodies = {Form("key=<idempotency>&digest=<word>"), Form("")},
        .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Get, "/reports/{id}/recipients", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Get, "/reports/{id}/recipients/{recipient}", {.effect = Effect::Reads, .path = {"<report>", "readers"}}},
      {Method::Get, "/reports/{id}/forms", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Get,
       "/reports/{id}/forms/{form}",
       {.effect = Effect::Reads,
        .path = {"<report>", "jp-ci-notice"},
        .queries = {"version=1", "duty=JP-CI-1&stage=notice", "duty=<word>", "version=99"},
        .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Get,
       "/reports/{id}/submissions",
       {.effect = Effect::Reads, .path = {"<report>"}, .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Post,
       "/reports/{id}/submissions",
       {.effect = Effect::Writes,
        .path = {"<report>"},
        .bodies = {Form("key=<idempotency>&form=<report.form>&duty=<report.duty>&stage=<report.stage>&version=<report."
                        "version>&"
                        "digest=<report.digest>&addressee=<report.addressee>&channel=mail&at=02%3A05"),
                   Form("form=<word>&version=99"), Form("")}}},
      {Method::Get,
       "/reports/{id}/submissions/{submission}",
       {.effect = Effect::Reads, .path = {"<report>", "<submission>"}}},
      {Method::Get,
       "/reports/{id}/submissions/{submission}/supplement",
       {.effect = Effect::Reads, .path = {"<report>", "<submission>"}}},
      {Method::Post,
       "/reports/{id}/submissions/{submission}/receipts",
       {.effect = Effect::Writes,
        .path = {"<report>", "<submission>"},
        .bodies = {Form("key=<idempotency>&who=<word>&channel=phone&at=02%3A10"), Form("")}}},
  };
}

std::vector<Row> writing_rows() {
  return {
      {Method::Get,
       "/report",
       {.effect = Effect::Reads,
        .queries = {"kind=near_miss", "draft=5b1efc0a-8a0f-4c86-9c3e-6c8f6a2d9e01", "draft=x"},
        .nonces = {Attribute("draft", Shape::Uuid)}}},
      {Method::Post,
       "/report/edit",
       {.effect = Effect::Reads,
        .bodies = {Form(kTyped), Form("switch=near_miss&summary=x"), Form("")},
        .nonces = {Attribute("draft", Shape::Uuid)}}},
      {Method::Post,
       "/report/drafts/{id}/delete",
       {.effect = Effect::Writes, .path = {"<draft>"}, .bodies = {Form("")}}},
      {Method::Post,
       "/report/drafts",
       {.effect = Effect::Writes,
        .queries = {"step=check"},
        .bodies = {Form("draft=<draft>&revision=<draft.revision>&summary=<word>&noticed=02%3A05"),
                   Form("summary=x&language=en"), Form("")},
        .nonces = {InHeader("Location", Shape::Location), Attribute("draft", Shape::Uuid)}}},
      {Method::Get,
       "/report/check",
       {.effect = Effect::Reads, .queries = {"draft=5b1efc0a-8a0f-4c86-9c3e-6c8f6a2d9e01"}}},
      {Method::Post,
       "/report/check",
       {.effect = Effect::Reads,
        .bodies = {Form(kTyped), Form("summary=x"), Form("")},
        .nonces = {Attribute("draft", Shape::Uuid)}}},
      {Method::Post,
       "/report/look",
       {.effect = Effect::Reads,
        .bodies = {Form(kLooked), Form("recipient=meti"), Form("")},
        .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Post,
       "/report",
       {.effect = Effect::Writes,
        .bodies = {Form("key=<idempotency>&kind=incident&noticed=02%3A05&summary=<word>&scope=secretariat_only"),
                   Form("summary=x"), Form("")},
        .nonces = {InHeader("Location", Shape::Location), Attribute("draft", Shape::Uuid)}}},
      {Method::Get, "/report/done/{id}", {.effect = Effect::Reads, .path = {"<report>"}}},
  };
}

std::vector<Row> portal_rows() {
  return {
      {Method::Get, "/login", {.queries = {"next=%2Freports", "next=%2F%2Fevil.example"}}},
      {Method::Get, "/login/openid"},
      {Method::Get, "/login/openid/done", {.queries = {"state=x&code=y", "error=access_denied&state=x"}}},
      {Method::Post,
       "/login",
       {.effect = Effect::SignsIn,
        .bodies = {Form("login=<login>&password=<login.password>&next=%2F"), Form("login=<login>&password=wrong"),
                   Form("")},
        .nonces = {InHeader("Set-Cookie", Shape::Cookie)}}},
      {Method::Post, "/logout", {.effect = Effect::SignsOut, .bodies = {Form("")}}},
      {Method::Get, "/language", {.queries = {"to=en&back=%2Freports", "to=ja&back=%2F%2Fevil.example"}}},
      {Method::Get, "/", {.queries = {"q=<word>"}}},
      {Method::Get, "/reports", {.queries = {"q=<word>", "before=<cursor>"}}},
      {Method::Get, "/reports/{id}", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Post,
       "/reports/{id}/consent",
       {.effect = Effect::Writes,
        .path = {"<report>"},
        .bodies = {Form("review=<review>&revision=<review.revision>&consent=given&step_up_password=<login.password>"),
                   Form("review=<review>&revision=<review.revision>&consent=taken_back&"
                        "step_up_password=<login.password>"),
                   Form("review=<review>&revision=1&consent=given&step_up_totp=123456"), Form("")}}},
      {Method::Get, "/reports/{id}/print", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Get, "/releases", {.queries = {"q=<word>", "before=<cursor>"}}},
      {Method::Get, "/releases/{id}", {.effect = Effect::Reads, .path = {"<release>"}}},
      {Method::Get, "/releases/{id}/print", {.effect = Effect::Reads, .path = {"<release>"}}},
      {Method::Post,
       "/releases/{id}/acknowledge",
       {.effect = Effect::Writes, .path = {"<release>"}, .bodies = {Form("")}}},
      {Method::Get, "/share/{id}/review", {.effect = Effect::Reads, .path = {"<review>"}}},
      {Method::Get, "/inbox"},
      {Method::Get, "/cases/{id}", {.effect = Effect::Reads, .path = {"<case>"}}},
  };
}

}  // namespace

std::span<const Row> page_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> all = portal_rows();
    const auto forms = form_rows();
    all.insert(all.end(), forms.begin(), forms.end());
    for (const auto& more : {writing_rows(), pointer_rows(), label_rows()})
      all.insert(all.end(), more.begin(), more.end());
    const auto directory = directory_rows();
    all.insert(all.end(), directory.begin(), directory.end());
    const std::vector<Row> account = account_rows();
    all.insert(all.end(), account.begin(), account.end());
    return all;
  }();
  return rows;
}

}  // namespace hinomi::tests::routes
