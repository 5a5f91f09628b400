// File names as indicators, and the values that are on every machine and therefore tell nothing.
// Pure functions; safe on any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hinomi {

// A name without folders, 1–255 bytes, lower case in ASCII (Windows does not tell case apart); nothing for other text.
std::optional<std::string> normal_file_name(std::string_view text);
// Lower case expected. The second is narrower: programs and scripts, worth picking out of running text.
bool is_file_extension(std::string_view extension);
bool is_program_extension(std::string_view extension);
// cmd.exe, svchost.exe …: part of the operating system.
bool is_system_file_name(std::string_view name);
// MD5, SHA-1 or SHA-256 of the empty file, in lower-case hex.
bool is_hash_of_nothing(std::string_view hash);

}  // namespace hinomi
