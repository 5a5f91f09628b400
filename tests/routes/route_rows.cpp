#include "routes/route_rows.h"

#include <algorithm>

namespace hinomi::tests::routes {
namespace {

std::string named(Method method, std::string_view pattern) {
  return std::string(method_text(method)) + " " + std::string(pattern);
}

}  // namespace

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (const auto rows : {system_rows(), rest_rows(), taxii_rows(), page_rows()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

const Row* find_row(std::span<const Row> rows, Method method, std::string_view pattern) {
  const auto found =
      std::ranges::find_if(rows, [&](const Row& row) { return row.method == method && row.pattern == pattern; });
  return found == rows.end() ? nullptr : &*found;
}

std::vector<std::string> disagreements(std::span<const api::Route> routes, std::span<const Row> rows) {
  std::vector<std::string> lines;
  for (const api::Route& route : routes) {
    const Row* row = find_row(rows, route.method, route.pattern);
    if (row == nullptr) {
      lines.push_back("no generator row for " + named(route.method, route.pattern) +
                      ": add one (tests/routes/route_rows.h tells how), or its suites would not see it");
      continue;
    }
    const auto names = static_cast<std::size_t>(std::ranges::count(route.pattern, '{'));
    if (row->ask.path.size() != names)
      lines.push_back("the row for " + named(route.method, route.pattern) + " needs " + std::to_string(names) +
                      " values in `path`");
    if (route.body_limit > 0 && row->ask.bodies.empty() && row->ask.effect != Effect::SignsOut)
      lines.push_back("the row for " + named(route.method, route.pattern) + " has no body, but its route takes one");
  }
  for (const Row& row : rows) {
    const bool routed = std::ranges::any_of(
        routes, [&](const api::Route& route) { return route.method == row.method && route.pattern == row.pattern; });
    if (!routed) lines.push_back("a generator row for " + named(row.method, row.pattern) + ", which is no route");
  }
  return lines;
}

}  // namespace hinomi::tests::routes
