// The child's side of the sandbox: reads requests from descriptor 0, parses, writes outcome frames to descriptor 1.
// Runs alone in its process; main calls it for `hinomi --child parse`.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "formats/outcome.h"

namespace hinomi::exchange {

// Confines the process, then answers requests until its input ends. The value is the exit code; the caller passes it to
// std::_Exit, because handlers of a normal exit may need what the confinement took.
int run_parse_child();

// One request on the pipe: "HNI1", format, then source, name and bytes, each after its 32-bit little-endian length.
std::string request_head(const SourceFile& file, std::optional<SourceFormat> format);

}  // namespace hinomi::exchange
