// Indicators as STIX patterns and back (STIX 2.1 §9). Pure functions; safe on any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/indicator.h"

namespace hinomi {

// [domain-name:value = 'evil.example']; the value is escaped.
std::string stix_pattern_of(const Indicator& indicator);

}  // namespace hinomi
