// A release as STIX 2.1 objects: a report with its indicators, vulnerabilities and techniques, marked with TLP 2.0.
// Ids are random, so nothing about a member can be computed from one. Pure but for the randomness passed in.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "formats/outcome.h"
#include "model/release.h"

namespace hinomi {

struct StixContext {
  std::string issuer_id;  // identity--uuid of the ISAC
  std::string issuer_name;
  Instant issuer_since;  // created and modified of the identity
  Random& random;        // for fresh version 4 ids
};

// The objects to publish for this version of the release: TLP marking-definition, identity, report and what it refers
// to. `previous` holds every object published for earlier versions. A correction keeps the ids of what stays, gives it
// a new `modified`, and revokes what is gone; a withdrawal revokes everything and repeats nothing of the withdrawn
// text. Invalid (stix.previous) when a previous object cannot be read, (stix.issuer) when issuer_id is no identity id.
Result<std::vector<StixObject>> stix_objects_of(const Release& release, const StixContext& context,
                                                std::span<const StixObject> previous = {});

// {"type":"bundle","id":…,"objects":[…]} from stored bytes, none re-serialised.
std::string stix_bundle_of(std::span<const StixObject> objects, Random& random);

}  // namespace hinomi
