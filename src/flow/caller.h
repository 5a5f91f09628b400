// The person behind one request, with the reach that was computed for it. Values; made per request, never stored:
// jobs and streams keep the person and ask again.
#pragma once

#include <memory>

#include "base/crypto.h"
#include "flow/platform.h"
#include "policy/principal.h"
#include "policy/reading.h"

namespace hinomi::flow {

struct Caller {
  policy::Principal principal;
  policy::Reach reach;
  std::shared_ptr<const Directory> directory;
  Sha256 session{};            // hash of the session secret; zero for calls that the machine makes for a person
  std::size_t narrowings = 0;  // how many of store.narrowings() the reach was made after

  [[nodiscard]] const Person& person() const { return directory->persons.at(principal.person); }
  [[nodiscard]] const Organisation& org() const { return directory->orgs.at(principal.org); }
};

// The same person and session again within one request, after a write of theirs: a new reach at the present policy
// epoch, with the same scopes, whose reads go on in the trail of the earlier one.
Result<Caller> renewed(const Platform& platform, const Caller& earlier);

// Asked once more when an answer is ready to leave. Forbidden "signin.needed" when the session has ended meanwhile;
// Unavailable "rights.changed" when the person's rights are no longer those the answer was made with, or something has
// been taken from the readers of a label that it was made with.
Status still_entitled(const Platform& platform, const Caller& caller);

// The reach of this person at the present policy epoch, with every scope: for jobs that the machine does for the
// person. NotFound when unknown or inactive.
Result<Caller> caller_for(const Platform& platform, const PersonId& person);
// The same, narrowed to what a session may be used for.
Result<Caller> caller_for(const Platform& platform, const PersonId& person, const policy::Scopes& scopes);

}  // namespace hinomi::flow
