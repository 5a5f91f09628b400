// Content that this platform must not hold: 重要経済安保情報 (Act No. 27 of 2024) and 特定秘密, told by the markings
// that such documents bear. A text about the law itself is no such content. Pure functions.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace hinomi {

// Whether the text bears such a marking, however it is spaced or in whichever width it is typed.
bool bears_classified_marking(std::string_view text);
// The same for every name and text inside, and for a member that says that a clearance is needed.
bool bears_classified_marking(JsonView value);
// Invalid "clearance.refused" for a text that does; `where` names its place.
Status refuse_classified(std::string_view text, std::string_view where);

}  // namespace hinomi
