// Public keys that a person trusts, from files: one a line in hexadecimal or base64, '#' comments.
#pragma once

#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/files.h"

namespace hinomi::app {

// Invalid "hunt.trust" with the file and line when a line is no key, or the file has none.
Result<std::vector<PublicKey>> read_trusted_keys(const Files& files, const std::string& path);

}  // namespace hinomi::app
