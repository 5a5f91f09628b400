// One viewer's whole visit in both worlds at once: every route by browser session, API token and TAXII client, event
// stream, notices, writes that may collide with what is hidden, and the reads once more. Every answer of one world is
// held against the other's, byte for byte; none may show a word of a hidden thing.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "worlds/material.h"
#include "worlds/variation.h"

namespace hinomi::tests::worlds {

// How much is asked.
struct Effort {
  std::size_t breadth = 2;  // things of each kind and standing
  std::size_t reads = 5;    // requests of each row that reads, at each of the two walks
  std::size_t writes = 3;   // of each row that writes
  bool stream = true;
};

// A difference, or a word that must not be there.
struct Finding {
  std::string request;  // its name
  std::string client;   // "browser", "token", "taxii"
  std::string what;     // "answers differ", "shows …"
  std::string sent;     // request line, headers and body
  std::string in_a;
  std::string in_b;
};

// How the api is asked: the api itself, or something in front of it that a test of the tester has spoilt.
using Door = std::function<HttpResponse(World&, const HttpRequest&)>;
HttpResponse plain_door(World& world, const HttpRequest& request);

struct Visit {
  std::optional<Finding> finding;
  std::size_t requests = 0;  // in each world
};

// Fills two worlds by the plan and these edits and walks through both.
Visit visit_both(const Plan& plan, const Edits& edits, const Effort& effort, const Door& door);

}  // namespace hinomi::tests::worlds
