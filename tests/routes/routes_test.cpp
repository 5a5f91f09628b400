// The generator rows: complete, and able to see what they are for.
#include <gmock/gmock.h>

#include <set>

#include "routes/nonces.h"
#include "routes/requests.h"

namespace hinomi::tests::routes {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Material some_material() {
  Material material;
  material.known["report"] = {{"11111111-1111-4111-8111-111111111111", Standing::Own, {{"version", "3"}}},
                              {"22222222-2222-4222-8222-222222222222", Standing::Hidden, {}}};
  material.known["word"] = {{"a \"quoted\" word", Standing::Readable, {}}};
  return material;
}

TEST(GeneratorRows, StandForEveryRouteAndNoOther) {
  EXPECT_THAT(disagreements(api::all_routes(), all_rows()), IsEmpty());
}

TEST(GeneratorRows, ARouteWithoutARowIsNamed) {
  const std::vector<api::Route> routes{
      {Method::Get, "/api/v1/forgotten", api::Access::SignedIn, api::Format::Json, 0, nullptr}};
  EXPECT_THAT(disagreements(routes, all_rows()), Contains(HasSubstr("GET /api/v1/forgotten")));
}

TEST(GeneratorRows, ARowWithoutARouteIsNamed) {
  const std::vector<Row> rows{{Method::Get, "/api/v1/gone"}};
  EXPECT_THAT(disagreements({}, rows), Contains(HasSubstr("GET /api/v1/gone")));
}

TEST(Requests, AskForEachIdInEveryStanding) {
  const Row row{Method::Get, "/api/v1/reports/{id}", {.effect = Effect::Reads, .path = {"<report>"}}};
  std::set<Standing> seen;
  for (const Made& made : requests_for(row, some_material())) {
    ASSERT_THAT(made.uses, SizeIs(1)) << made.name;
    seen.insert(made.uses.front().standing);
    EXPECT_EQ(made.request.path, "/api/v1/reports/" + made.uses.front().id);
  }
  EXPECT_THAT(seen, SizeIs(4));  // there is no thing of another kind in this material
}

TEST(Requests, ThePlainestComesFirstAndIsWellFormed) {
  const Row row{Method::Post,
                "/api/v1/reports/{id}/versions",
                {.effect = Effect::Writes,
                 .path = {"<report>"},
                 .bodies = {Json(R"({"based_on":<report.version>,"summary":"<word>"})")}}};
  const auto all = requests_for(row, some_material());
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(all.front().is_plain());
  EXPECT_EQ(all.front().request.body, R"({"based_on":3,"summary":"a \"quoted\" word"})");
}

TEST(Requests, QueriesAreEncodedInTheTargetAndDecodedInTheList) {
  const Row row{Method::Get, "/api/v1/reports", {.queries = {"q=<word>"}}};
  const auto all = requests_for(row, some_material());
  ASSERT_GE(all.size(), 2U);
  EXPECT_EQ(all[1].request.target, "/api/v1/reports?q=a%20%22quoted%22%20word");
  ASSERT_THAT(all[1].request.query, SizeIs(1));
  EXPECT_EQ(all[1].request.query.front().value, "a \"quoted\" word");
}

TEST(Requests, AreTheSameEveryTime) {
  for (const Row& row : all_rows()) {
    const auto once = requests_for(row, some_material());
    const auto again = requests_for(row, some_material());
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].request.target, again[i].request.target);
  }
}

HttpResponse answered(std::string id, std::string request_id = "0123456789abcdef") {
  HttpResponse response;
  response.headers.add("X-Request-Id", std::move(request_id));
  response.body = R"({"id":")" + std::move(id) + R"(","title":"t"})";
  return response;
}

TEST(Nonces, AreTakenOutInTheirShapeOnly) {
  const Row row{Method::Post, "/x", {.effect = Effect::Writes, .nonces = {Member("id", Shape::Uuid)}}};
  const auto plain = [&](const HttpResponse& response) {
    return comparable(response, &row, Without::CommittedAndDrawn);
  };
  EXPECT_EQ(plain(answered("11111111-1111-4111-8111-111111111111")),
            plain(answered("22222222-2222-4222-8222-222222222222", "fedcba9876543210")));
  EXPECT_NE(plain(answered("11111111-1111-4111-8111-111111111111")),
            plain(answered("11111111-1111-7111-8111-111111111111")));  // a time in it
  EXPECT_NE(plain(answered("11111111-1111-4111-8111-111111111111")),
            plain(answered("11111111-1111-4111-8111-111111111111", "17")));  // a counter
}

TEST(Nonces, UndeclaredDifferencesStay) {
  EXPECT_NE(comparable(answered("1"), nullptr, Without::CommittedAndDrawn),
            comparable(answered("2"), nullptr, Without::CommittedAndDrawn));
}

TEST(Nonces, DrawnValuesAreComparedWhereTheDrawIsTheSame) {
  EXPECT_NE(comparable(answered("1", "0123456789abcdef"), nullptr, Without::Committed),
            comparable(answered("1", "fedcba9876543210"), nullptr, Without::Committed));
}

}  // namespace
}  // namespace hinomi::tests::routes
