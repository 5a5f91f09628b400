// From a row and what there is in a world for one viewer to the requests that a suite sends. Pure: the same row and the
// same material give the same requests in the same order. Who sends them, with cookie or token, is the suite's
// business.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "routes/route_rows.h"

namespace hinomi::tests::routes {

// What an id is to the viewer.
enum class Standing { Own, Readable, Hidden, Absent, Malformed, OtherKind };
std::string_view standing_text(Standing standing);

struct Known {
  std::string id;
  Standing standing = Standing::Readable;  // Own, Readable or Hidden
  std::map<std::string, std::string, std::less<>> parts{};
};

// Things by kind. Kinds of things: report, review, submission, release, relabelling, pointer, draft, case, collection,
// object, status, notice, org, person, group, indicator. Kinds of values: word, value (an indicator's), login, cursor
// (of this route's own list), idempotency, cve, asset. Absent, malformed and other kinds' ids are added by
// requests_for; a kind that is not here has those only.
struct Material {
  std::map<std::string, std::vector<Known>, std::less<>> known;
};

enum class Place { Path, Query, Header, Body };

// One <kind> of a request and what was put there.
struct Use {
  Place place;
  std::string kind;
  Standing standing;
  std::string id;
};

struct Made {
  HttpRequest request;  // without credentials
  std::vector<Use> uses;
  std::string name;  // "GET /api/v1/reports/{id} path report=hidden", for messages

  // True when every id in it is one the viewer may use.
  [[nodiscard]] bool is_plain() const;
};

// One thing varied at a time around the plainest request: every id of every kind at each place, every query, every
// body, every header. The first one is the plainest.
std::vector<Made> requests_for(const Row& row, const Material& material);

// All kinds that the rows name, for suites that check that they have material for each.
std::vector<std::string> kinds_of(std::span<const Row> rows);

// An id of every kind that never was; the same everywhere.
std::string absent_id(std::string_view kind);

}  // namespace hinomi::tests::routes
