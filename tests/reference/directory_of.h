// The model's numbers as the program's own types: the only place where the two meet.
#pragma once

#include "model/organisation.h"
#include "reference/reading_model.h"

namespace hinomi::reference {

// Person 3, organisation 3 and circle 3 have ids of their own.
PersonId person_id(int number);
OrgId org_id(int number);
GroupId group_id(int number);
int number_of(const PersonId& person);

Directory directory_of(const World& world);
Label label_of(const Marking& marking);

}  // namespace hinomi::reference
