#include "routes/route_rows.h"

namespace hinomi::tests::routes {

std::span<const Row> system_rows() {
  static const std::vector<Row> rows{
      {Method::Get, "/health/live"},
      {Method::Get, "/health/ready"},
      {Method::Get, "/assets/{rest}", {.effect = Effect::Reads, .path = {"<asset>"}}},
      {Method::Get,
       "/api/v1/stream",
       {.effect = Effect::Streams, .queries = {"after=1"}, .headers = {{"Last-Event-ID", "1"}}}},
  };
  return rows;
}

}  // namespace hinomi::tests::routes
