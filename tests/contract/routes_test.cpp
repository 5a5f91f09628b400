// The route table and the API description say the same, both ways; every route keeps the habits of the table.
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

#include "api/api.h"
#include "base/json.h"

namespace hinomi::api {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::set<std::string> described_operations() {
  const auto document = parse_json(file_text(HINOMI_SOURCE_DIR "/docs/openapi/openapi.json"));
  std::set<std::string> operations;
  if (!document.ok()) return operations;
  const auto paths = (*document)->root().find("paths");
  if (!paths) return operations;
  for (const JsonView path : *paths) {
    for (const JsonView operation : path)
      operations.insert(std::string(operation.key()) + " " + std::string(path.key()));
  }
  return operations;
}

std::set<std::string> routed_operations() {
  std::set<std::string> operations;
  for (const auto table : {rest_routes(), system_routes()}) {
    for (const Route& route : table) {
      if (!route.pattern.starts_with("/api/v1/")) continue;
      std::string method(method_text(route.method));
      for (char& c : method) c = static_cast<char>(std::tolower(c));
      operations.insert(method + " " + std::string(route.pattern));
    }
  }
  return operations;
}

TEST(Routes, AreExactlyThoseThatTheDescriptionNames) {
  const auto described = described_operations();
  ASSERT_GT(described.size(), 30U);
  EXPECT_EQ(routed_operations(), described);
}

TEST(Routes, StandOnceEach) {
  std::set<std::string> seen;
  for (const auto table : {system_routes(), rest_routes(), taxii_routes(), page_routes()}) {
    for (const Route& route : table) {
      EXPECT_TRUE(seen.insert(std::string(method_text(route.method)) + " " + std::string(route.pattern)).second)
          << route.pattern;
    }
  }
}

TEST(Routes, ThatReadTakeNoBodyAndThoseThatWriteHaveALimit) {
  for (const auto table : {system_routes(), rest_routes(), taxii_routes(), page_routes()}) {
    for (const Route& route : table) {
      if (route.method == Method::Get) EXPECT_EQ(route.body_limit, 0U) << route.pattern;
      EXPECT_LE(route.body_limit, std::uint64_t{64} << 20) << route.pattern;
    }
  }
}

// What needs no sign-in is a short list that grows only on purpose.
TEST(Routes, ThatAreOpenToStrangersAreNamedHere) {
  std::set<std::string> open;
  for (const auto table : {system_routes(), rest_routes(), taxii_routes(), page_routes()}) {
    for (const Route& route : table) {
      if (route.access == Access::Public)
        open.insert(std::string(method_text(route.method)) + " " + std::string(route.pattern));
    }
  }
  EXPECT_EQ(open, (std::set<std::string>{"GET /health/live",
                                         "GET /health/ready",
                                         "GET /assets/{rest}",
                                         "GET /api/v1/openapi.json",
                                         "POST /api/v1/session",
                                         "POST /api/v1/session/passkey/options",
                                         "POST /api/v1/session/passkey",
                                         "GET /api/v1/ledger/checkpoint",
                                         "GET /login",
                                         "GET /login/openid",
                                         "GET /login/openid/done",
                                         "POST /login",
                                         "GET /language",
                                         "GET /invitation",
                                         "POST /invitation",
                                         "POST /api/v1/invitations/acceptance",
                                         "GET /easy",
                                         "GET /easy/report",
                                         "POST /easy/report",
                                         "GET /r",
                                         "POST /r"}));
}

}  // namespace
}  // namespace hinomi::api
