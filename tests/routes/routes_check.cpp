// Run by the build: fails it when a route has no generator row or a row no route.
#include <iostream>

#include "routes/route_rows.h"

int main() {
  const auto rows = hinomi::tests::routes::all_rows();
  const auto lines = hinomi::tests::routes::disagreements(hinomi::api::all_routes(), rows);
  for (const std::string& line : lines) std::cerr << "tests/routes: error: " << line << "\n";
  return lines.empty() ? 0 : 1;
}
