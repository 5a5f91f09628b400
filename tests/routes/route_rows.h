// One row per route: how to ask for it. Every suite that walks the route table (worlds, sweeps, revocation) makes its
// requests from these rows, so a route joins all of them by one struct literal; a route without a row, and a row
// without a route, fail the build (routes_check). Values without state.
//
// How to add a row, in rest_rows.cpp, page_rows.cpp, taxii_rows.cpp or system_rows.cpp:
//   {Method::Post, "/api/v1/releases/{id}/comments",
//    {.effect = Effect::Writes, .path = {"<release>"}, .bodies = {Json(R"({"text":"<word>","reply_to":"<comment>"})")},
//     .nonces = {Member("id", Shape::Uuid)}}},
// `path` gives the pattern's {names} in order. In paths, queries, headers and bodies, <kind> stands for the id of a
// thing of that kind and is replaced by one that is the viewer's own, readable, hidden, absent, malformed or of another
// kind; <kind.part> is a part of the same thing (<review.revision>), and a second thing of one kind is <kind#2>. Every
// <kind> is an id-typed field for the sweeps. `queries` and `bodies` are the alternatives; asking without a query
// always happens. Kinds in use: see kinds() in requests.h. A new kind needs things of it in tests/worlds/world_*.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"

namespace hinomi::tests::routes {

// What a request may do to the world beyond its answer.
enum class Effect { Reads, Writes, SignsIn, SignsOut, Streams };

// What a value that is drawn at random looks like; anything else in its place is a difference.
enum class Shape {
  Hex16,     // X-Request-Id
  Uuid,      // version 4, lower case
  Number,    // NR-2026-K7Q4
  Base64,    // standard or URL alphabet, with or without padding
  Cookie,    // name=base64url; attributes
  Location,  // a path that ends in a Uuid
  Time,      // RFC 3339
  Integer,
  Batches,  // a number that sixteen divides: the log grows by whole padded batches
  Sealed,   // URL-safe base64 whose length is compared: a position that only the server can open
  Anything,
};

// Why a value differs between two worlds that the viewer cannot tell apart.
enum class Cause {
  Drawn,      // from Random while answering: equal where both worlds draw the same bytes
  Committed,  // a hash or signature over hidden things, salted: differs always and tells nothing
};

struct Nonce {
  enum class Place { Header, Member, Attribute };
  Place place;
  std::string_view name;  // of the header; of the JSON member, wherever it stands; of the input field
  Shape shape;
  Cause cause = Cause::Drawn;
};
constexpr Nonce InHeader(std::string_view name, Shape shape) { return {Nonce::Place::Header, name, shape}; }
constexpr Nonce Member(std::string_view name, Shape shape, Cause cause = Cause::Drawn) {
  return {Nonce::Place::Member, name, shape, cause};
}
constexpr Nonce Attribute(std::string_view name, Shape shape) { return {Nonce::Place::Attribute, name, shape}; }

struct Body {
  std::string_view content_type;
  std::string_view text;
};
constexpr Body Json(std::string_view text) { return {"application/json", text}; }
constexpr Body Form(std::string_view text) { return {"application/x-www-form-urlencoded", text}; }
constexpr Body Multipart(std::string_view text) { return {"multipart/form-data; boundary=x", text}; }
constexpr Body Taxii(std::string_view text) { return {"application/taxii+json;version=2.1", text}; }
constexpr Body File(std::string_view text) { return {"application/octet-stream", text}; }

struct HeaderField {
  std::string_view name;
  std::string_view value;
};

struct Asking {
  Effect effect = Effect::Reads;
  std::vector<std::string_view> path{};
  std::vector<std::string_view> queries{};
  std::vector<Body> bodies{};
  std::vector<HeaderField> headers{};  // one at a time, besides those that every route of the format is asked with
  std::vector<Nonce> nonces{};         // X-Request-Id is one on every route
};

struct Row {
  Method method;
  std::string_view pattern;
  Asking ask{};
};

std::span<const Row> rest_rows();
std::vector<Row> recipient_rows();     // some of rest_rows()
std::vector<Row> unnamed_rest_rows();  // likewise
std::vector<Row> unnamed_page_rows();  // some of page_rows()
std::span<const Row> page_rows();
std::span<const Row> taxii_rows();
std::span<const Row> system_rows();

// All of them.
std::vector<Row> all_rows();
// The row of this route; null when there is none.
const Row* find_row(std::span<const Row> rows, Method method, std::string_view pattern);
// What is wrong between the rows and the route table, one line each, naming the route; empty when they agree.
std::vector<std::string> disagreements(std::span<const api::Route> routes, std::span<const Row> rows);

}  // namespace hinomi::tests::routes
