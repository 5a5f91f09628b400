#include "routes/route_rows.h"

namespace hinomi::tests::routes {
namespace {

constexpr std::string_view kTyped =
    "kind=incident&noticed=02%3A05&summary=A+remote+session+<word>&cyber=suspected&lost_kw=7200&contact=03&"
    "indicators=203.0.113.7&preconsent=yes&scope=members_anonymously";

}  // namespace

std::span<const Row> page_rows() {
  static const std::vector<Row> rows{
      {Method::Get, "/login", {.queries = {"next=%2Freports", "next=%2F%2Fevil.example"}}},
      {Method::Post,
       "/login",
       {.effect = Effect::SignsIn,
        .bodies = {Form("login=<login>&password=<login.password>&next=%2F"), Form("login=<login>&password=wrong"),
                   Form("")},
        .nonces = {InHeader("Set-Cookie", Shape::Cookie)}}},
      {Method::Post, "/logout", {.effect = Effect::SignsOut, .bodies = {Form("")}}},
      {Method::Get, "/language", {.queries = {"to=en&back=%2Freports", "to=ja&back=%2F%2Fevil.example"}}},
      {Method::Get, "/report", {.queries = {"kind=near_miss"}}},
      {Method::Post, "/report/edit", {.effect = Effect::Reads, .bodies = {Form(kTyped), Form("")}}},
      {Method::Post,
       "/report/check",
       {.effect = Effect::Reads,
        .bodies = {Form(kTyped), Form("summary=x"), Form("")},
        .nonces = {Attribute("key", Shape::Uuid)}}},
      {Method::Post,
       "/report",
       {.effect = Effect::Writes,
        .bodies = {Form("key=<idempotency>&kind=incident&noticed=02%3A05&summary=<word>&scope=secretariat_only"),
                   Form("summary=x"), Form("")},
        .nonces = {InHeader("Location", Shape::Location)}}},
      {Method::Get, "/report/done/{id}", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Get, "/", {.queries = {"q=<word>"}}},
      {Method::Get, "/reports", {.queries = {"q=<word>", "before=<cursor>"}}},
      {Method::Get, "/reports/{id}", {.effect = Effect::Reads, .path = {"<report>"}}},
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
  return rows;
}

}  // namespace hinomi::tests::routes
