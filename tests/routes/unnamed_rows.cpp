// Reports without a name: the open pages, and what the secretariat does with them.
#include "routes/route_rows.h"

namespace hinomi::tests::routes {

std::vector<Row> unnamed_rest_rows() {
  return {
      {Method::Get,
       "/api/v1/unnamed",
       {.queries = {"limit=1", "limit=200", "before=<cursor>"},
        .nonces = {Member("next", Shape::Sealed, Cause::Committed)}}},
      {Method::Get, "/api/v1/unnamed/{id}", {.effect = Effect::Reads, .path = {"<unnamed>"}}},
      {Method::Post,
       "/api/v1/unnamed/{id}/answers",
       {.effect = Effect::Writes,
        .path = {"<unnamed>"},
        .bodies = {Json(R"({"text":"thank you <word>"})"), Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}}}},
      {Method::Post,
       "/api/v1/unnamed/{id}/close",
       {.effect = Effect::Writes, .path = {"<unnamed>"}, .bodies = {Json("{}")}}},
      {Method::Post,
       "/api/v1/unnamed/{id}/report",
       {.effect = Effect::Writes,
        .path = {"<unnamed>"},
        .bodies = {Json(R"({"summary":"told <word>","kind":"incident","scope":"secretariat_only",)"
                        R"("noticed_at":"2026-11-22T02:05:00+09:00"})"),
                   Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}},
        .nonces = {Member("report", Shape::Uuid), Member("number", Shape::Number)}}},
      {Method::Post,
       "/api/v1/unnamed/{id}/identity",
       {.effect = Effect::Writes,
        .path = {"<unnamed>"},
        .bodies = {Json(R"({"reason":"<word>","step_up":{"password":"<login.password>"}})"), Json("{}")}}},
      {Method::Post,
       "/api/v1/unnamed/{id}/identity/{opening}/agreement",
       {.effect = Effect::Writes,
        .path = {"<opening.unnamed>", "<opening>"},
        .bodies = {Json(R"({"step_up":{"password":"<login.password>"}})"), Json("{}")}}},
      {Method::Post,
       "/api/v1/unnamed/{id}/identity/{opening}/rejection",
       {.effect = Effect::Writes, .path = {"<opening.unnamed>", "<opening>"}, .bodies = {Json("{}")}}},
  };
}

std::vector<Row> unnamed_page_rows() {
  constexpr std::string_view kSent =
      "step=send&key=easy-<idempotency>&happening=mail&details=told+<word>&noticed=today&place=<word>&goes_on=no&wish=&"
      "name=<word>&contact=&as=unnamed";
  return {
      {Method::Get, "/easy"},
      {Method::Get, "/easy/report"},
      {Method::Post,
       "/easy/report",
       {.effect = Effect::Writes,
        .bodies = {Form(kSent), Form("step=5&happening=screen&details=<word>&name=<word>"),
                   Form("step=3&happening=screen"), Form("step=2&noticed=never"), Form("step=send"), Form("")},
        .nonces = {InHeader("Location", Shape::Location), Attribute("key", Shape::Uuid)}}},
      {Method::Get, "/r"},
      {Method::Post,
       "/r",
       {.effect = Effect::Writes,
        .bodies = {Form("code=7K4Q-09XM-2RTV-HC5D-8"), Form("code=<word>"),
                   Form("step=more&code=0000-0000-0000-0000-0&text=<word>&key=r-<idempotency>"), Form("")}}},
      {Method::Get, "/unnamed"},
      {Method::Get, "/unnamed/{id}", {.effect = Effect::Reads, .path = {"<unnamed>"}}},
      {Method::Post,
       "/unnamed/{id}/answer",
       {.effect = Effect::Writes,
        .path = {"<unnamed>"},
        .bodies = {Form("key=answer-<idempotency>&text=thanks+<word>"), Form("")}}},
      {Method::Post, "/unnamed/{id}/close", {.effect = Effect::Writes, .path = {"<unnamed>"}, .bodies = {Form("")}}},
      {Method::Post,
       "/unnamed/{id}/report",
       {.effect = Effect::Writes,
        .path = {"<unnamed>"},
        .bodies = {Form("key=file-<idempotency>&summary=told+<word>&noticed=2026-11-22+02%3A05&kind=incident&"
                        "scope=secretariat_only"),
                   Form("")}}},
      {Method::Post,
       "/unnamed/{id}/identity",
       {.effect = Effect::Writes,
        .path = {"<unnamed>"},
        .bodies = {Form("reason=<word>&step_up_password=<login.password>"), Form("")}}},
      {Method::Post,
       "/unnamed/{id}/identity/{opening}/agree",
       {.effect = Effect::Writes,
        .path = {"<opening.unnamed>", "<opening>"},
        .bodies = {Form("step_up_password=<login.password>"), Form("")}}},
      {Method::Post,
       "/unnamed/{id}/identity/{opening}/reject",
       {.effect = Effect::Writes, .path = {"<opening.unnamed>", "<opening>"}, .bodies = {Form("")}}},
  };
}

}  // namespace hinomi::tests::routes
