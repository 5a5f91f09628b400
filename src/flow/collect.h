// From what a parser read to what the community reads: labels from TLP, cases from triage, threat objects into the
// collection of collected ones. Everything comes in by this road, whether fetched from a feed or uploaded by a person.
// Blocks; safe on any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "flow/caller.h"
#include "formats/outcome.h"

namespace hinomi::flow {

// What is known of a way in, beyond what the files say of themselves.
struct Channel {
  std::string source;               // configured name: "cisa-csaf"
  Tlp tlp = Tlp::Clear;             // nothing from here is freer than this
  Tlp unmarked = Tlp::AmberStrict;  // of threat objects without a marking
};

struct Collected {
  std::size_t items = 0;              // advisories, entries and the like, as read
  std::size_t objects = 0;            // threat objects, as read
  std::size_t added = 0;              // of both: new here
  std::size_t duplicates = 0;         // of both: known already
  std::size_t cases = 0;              // matters that the items belong to, new and known
  std::vector<ReadProblem> problems;  // of the parser, and what could not be taken in
};

// TLP:CLEAR and GREEN are for everyone, AMBER and stricter for the secretariat; RED for the caller alone. An object
// marked with something unknown counts as AMBER+STRICT. Idempotent: repeating adds nothing. Written in parts; after an
// error (Unavailable, Forbidden "permit.import") what was written stays and a repeat completes it.
Result<Collected> collect(const Platform& platform, const Caller& caller, const Channel& channel, ReadOutcome outcome);

// How a run of a source went, for the page of sources. A run that could not read anything at all is no success.
struct SourceRun {
  std::string source;
  std::size_t entries = 0;  // items and objects read
  std::size_t problems = 0;
  std::string last_problem;
  bool success = true;
};
Status note_run(const Platform& platform, const Caller& caller, const SourceRun& run);
SourceRun run_of(const Channel& channel, const Collected& collected);

// The TAXII collection of collected threat objects, the same on every installation.
CollectionId collected_collection();
// Makes it, or renews who may write to it: everyone of the community may look in, each object is shown under its own
// label; the secretariat writes. Call when the directory is there: at the seed and at each start.
Status make_collected_collection(store::Store& store, const policy::Permit<policy::action::Administer>& permit);

}  // namespace hinomi::flow
