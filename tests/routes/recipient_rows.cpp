// Drafts; who gets what of a report, how far it has come, and the watch.
#include "routes/route_rows.h"

namespace hinomi::tests::routes {
namespace {

constexpr std::string_view kShared =
    R"({"kind":"incident","scope":"members_anonymously","technical_preconsent":true,"summary":"A remote session <word>",)"
    R"("facts":{"t.detected":"2026-11-22T02:05:00+09:00","inc.cyber":"suspected","outage.lost_kw":120000,)"
    R"("outage.minutes":25},"technical":{"indicators":["203.0.113.7","<value>"]}})";
constexpr std::string_view kNearMiss = R"({"kind":"near_miss","summary":"<word>"})";

constexpr std::string_view kTyped =
    R"({"revision":<draft.revision>,"editor":"a","fields":{"noticed":"02:05","summary":"<word>"}})";
constexpr std::string_view kBegun = R"({"revision":0,"fields":{"kind":"near_miss","summary":"<word>"}})";

}  // namespace

std::vector<Row> recipient_rows() {
  return {
      {Method::Get, "/api/v1/drafts", {.effect = Effect::Reads}},
      {Method::Get, "/api/v1/drafts/{id}", {.effect = Effect::Reads, .path = {"<draft>"}}},
      {Method::Delete, "/api/v1/drafts/{id}", {.effect = Effect::Writes, .path = {"<draft>"}}},
      {Method::Post,
       "/api/v1/drafts/{id}/filing",
       {.effect = Effect::Writes,
        .path = {"<draft>"},
        .bodies = {Json(R"({"revision":<draft.revision>})"), Json("{}")},
        .nonces = {Member("id", Shape::Uuid), Member("report", Shape::Uuid), Member("number", Shape::Number)}}},
      {Method::Put,
       "/api/v1/drafts/{id}",
       {.effect = Effect::Writes, .path = {"<draft>"}, .bodies = {Json(kTyped), Json(kBegun), Json("{}")}}},
      {Method::Get, "/api/v1/handover", {.effect = Effect::Reads}},
      {Method::Post,
       "/api/v1/handover",
       {.effect = Effect::Writes,
        .bodies = {Json(R"({"digest":"<word>"})"), Json("{}")},
        .headers = {{"Idempotency-Key", "<idempotency>"}}}},
      {Method::Post,
       "/api/v1/reports/check/{recipient}",
       {.effect = Effect::Reads,
        .path = {"meti"},
        .queries = {"for_org=<org>"},
        .bodies = {Json(kShared), Json(kNearMiss), Json("{}")}}},
      {Method::Get, "/api/v1/reports/{id}/deliveries", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Get, "/api/v1/reports/{id}/recipients", {.effect = Effect::Reads, .path = {"<report>"}}},
      {Method::Get,
       "/api/v1/reports/{id}/recipients/{recipient}",
       {.effect = Effect::Reads, .path = {"<report>", "members"}}},
  };
}

}  // namespace hinomi::tests::routes
