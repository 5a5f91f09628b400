#include "policy/readers.h"

#include <set>

#include "policy/reading.h"

namespace hinomi::policy {

Readers readers_of(const Directory& directory, const Label& label) {
  Readers readers;
  std::set<OrgId> orgs;
  for (const auto& [id, person] : directory.persons) {
    const auto principal = principal_of(directory, id);
    if (!principal.ok() || !may_read(*principal, label)) continue;
    readers.people.push_back(id);
    orgs.insert(person.org);
  }
  readers.orgs.assign(orgs.begin(), orgs.end());
  return readers;
}

}  // namespace hinomi::policy
