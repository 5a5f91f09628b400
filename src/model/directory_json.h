// The directory as JSON text, for keeping a proposed change and for the columns of the store. What is written here is
// read back equal; nothing of it is meant for people.
#pragma once

#include <string>

#include "base/json.h"
#include "model/organisation.h"

namespace hinomi {

std::string attributes_text(const OrgAttributes& attributes);
Result<OrgAttributes> parse_attributes(std::string_view json);
std::string contacts_text(const std::vector<Contact>& contacts);
Result<std::vector<Contact>> parse_contacts(std::string_view json);
// All records; the epoch and the clearance register are not among them.
std::string directory_text(const Directory& directory);
Result<Directory> parse_directory(std::string_view json);

}  // namespace hinomi
