// Who may read a label, said once more in the plainest words and with nothing of src/policy: loops over the directory.
// The tester believes this and not the program.
#pragma once

#include "model/label.h"
#include "model/organisation.h"

namespace hinomi::tests::worlds {

bool may_know(const Directory& directory, const PersonId& person, const Label& label);
bool may_know_all(const Directory& directory, const PersonId& person, const std::vector<Label>& labels);

}  // namespace hinomi::tests::worlds
