// What the technical blocks of reports and editions share: ATT&CK and CVE ids, and indicators as JSON.
// Values only; safe on any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "model/indicator.h"

namespace hinomi {

enum class TechnicalId { Technique, Cve };
// The id in its official spelling: T0883 or T1566.001 (ATT&CK), CVE-2023-12345. Invalid for anything else.
Result<std::string> read_technical_id(TechnicalId kind, std::string_view text);

// [{"type":"ipv4","value":"192.0.2.1"}]
void write_indicators(JsonWriter& writer, const std::vector<Indicator>& indicators);
// The form write_indicators gives, values word for word. Errors carry `pointer`.
Result<Indicator> read_indicator_object(JsonView value, const std::string& pointer);
// As people send it: a string in any spelling read_indicator knows, or an object whose value is checked and normalised.
Result<Indicator> read_indicator_json(JsonView value, const std::string& pointer);

}  // namespace hinomi
