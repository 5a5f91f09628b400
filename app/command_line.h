// The words behind `hinomi`: which subcommand, which options, in which language; help with examples.
#pragma once

#include <span>

#include "app/context.h"

namespace hinomi::app {

// Runs the program on its arguments (the first is its own name) and returns the exit code for the system.
int run_command_line(std::span<const char* const> arguments);

}  // namespace hinomi::app
