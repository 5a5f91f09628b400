#include "routes/route_rows.h"

namespace hinomi::tests::routes {
namespace {

constexpr std::string_view kEnvelope =
    R"({"objects":[{"type":"indicator","spec_version":"2.1","id":"<object>","created":"2026-10-01T00:00:00.000Z",)"
    R"("modified":"<object.version>","name":"<word>","pattern":"[ipv4-addr:value = '203.0.113.9']",)"
    R"("pattern_type":"stix","valid_from":"2026-11-20T00:00:00Z"}]})";

// What every page of objects is asked with (TAXII 2.1 §3.4).
std::vector<std::string_view> filters() {
  return {"limit=1",
          "limit=2",
          "limit=1000",
          "next=<cursor>",
          "limit=1&next=<cursor>",
          "next=x",
          "added_after=2026-11-22T00:00:00.000000Z",
          "added_after=2026-11-22T02:10:00.000000Z",
          "match[id]=<object>",
          "match[type]=indicator",
          "match[type]=malware,report",
          "match[version]=all",
          "match[version]=first",
          "match[version]=last",
          "match[version]=<object.version>",
          "match[spec_version]=2.1",
          "match[spec_version]=2.0"};
}

std::vector<Nonce> paged() { return {Member("next", Shape::Sealed, Cause::Committed)}; }

std::vector<std::string_view> version_filters() { return {"match[version]=all", "match[version]=first", "limit=1"}; }

}  // namespace

std::span<const Row> taxii_rows() {
  static const std::vector<Row> rows{
      {Method::Get, "/taxii2/"},
      {Method::Get, "/taxii2/api/"},
      {Method::Get, "/taxii2/api/status/{id}/", {.effect = Effect::Reads, .path = {"<status>"}}},
      {Method::Get, "/taxii2/api/collections/"},
      {Method::Get, "/taxii2/api/collections/{id}/", {.effect = Effect::Reads, .path = {"<collection>"}}},
      {Method::Get,
       "/taxii2/api/collections/{id}/manifest/",
       {.effect = Effect::Reads, .path = {"<collection>"}, .queries = filters(), .nonces = paged()}},
      {Method::Get,
       "/taxii2/api/collections/{id}/objects/",
       {.effect = Effect::Reads, .path = {"<collection>"}, .queries = filters(), .nonces = paged()}},
      {Method::Post,
       "/taxii2/api/collections/{id}/objects/",
       {.effect = Effect::Writes,
        .path = {"<object.collection>"},
        .bodies = {Taxii(kEnvelope), Taxii(R"({"objects":[]})"), Json("{}")},
        .nonces = {Member("id", Shape::Anything)}}},
      {Method::Get,
       "/taxii2/api/collections/{id}/objects/{object}/",
       {.effect = Effect::Reads,
        .path = {"<object.collection>", "<object>"},
        .queries = version_filters(),
        .nonces = paged()}},
      {Method::Delete,
       "/taxii2/api/collections/{id}/objects/{object}/",
       {.effect = Effect::Writes,
        .path = {"<object.collection>", "<object>"},
        .queries = version_filters(),
        .nonces = paged()}},
      {Method::Get,
       "/taxii2/api/collections/{id}/objects/{object}/versions/",
       {.effect = Effect::Reads,
        .path = {"<object.collection>", "<object>"},
        .queries = version_filters(),
        .nonces = paged()}},
  };
  return rows;
}

}  // namespace hinomi::tests::routes
