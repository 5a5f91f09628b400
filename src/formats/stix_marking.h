// Which TLP a STIX object's markings amount to. Internal to the module.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "formats/outcome.h"

namespace hinomi {

// Marking definitions that travel in the same container: statements restrict nobody, TLP written under another id
// counts as that TLP. The well-known ids cannot be redefined.
class MarkingDefinitions {
 public:
  // Takes note of an object when it is a marking-definition.
  void note(JsonView object);
  // What object_marking_refs and granular_markings say together; a granular marking counts for the whole object.
  // Invalid (stix.marking) when either is not of the form the specification gives.
  [[nodiscard]] Result<StixMarking> marking_of(JsonView object) const;

 private:
  Status add(std::string_view marking_id, StixMarking& marking) const;
  std::map<std::string, StixMarking, std::less<>> known_;
};

}  // namespace hinomi
