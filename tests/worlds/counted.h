// Worlds in which work is counted: alike for the viewer, but one has few hidden rows, one has many, and one has as many
// with other contents. Filled by one process and counted in by another, under callgrind.
#pragma once

#include <string>
#include <vector>

#include "routes/requests.h"
#include "worlds/variation.h"

namespace hinomi::tests::worlds {

enum class Crowd { Few, Many, Others };
std::string_view crowd_text(Crowd crowd);  // "few"

// The same every time. The hidden deeds among its last Plan::more are what the crowds differ in.
Plan make_counted_plan();

struct RequestKind {
  std::string name;
  HttpRequest request;
};

// Fills one world for each crowd under `folder` and writes the kinds of requests beside them: the plainest request of
// every row that reads, one more of each that lists, and one for a hidden thing.
void fill_counted_worlds(const std::string& folder);
// The world that was filled for this crowd, some minutes after.
std::unique_ptr<World> open_counted_world(const Plan& plan, const std::string& folder, Crowd crowd);
std::vector<RequestKind> read_kinds(const std::string& folder);

// Asks every kind twice without counting, for what first requests set up, and then once, dumping its instructions as
// "<which> <name of the kind>".
void count_requests(World& world, const std::vector<RequestKind>& kinds, const std::string& which);

}  // namespace hinomi::tests::worlds
