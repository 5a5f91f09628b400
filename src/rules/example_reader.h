// Reads one [[example]] of a pack. Internal to read_pack.
#pragma once

#include "rules/toml_reader.h"

namespace hinomi::rules {

// `now` and at least one expectation are required; facts have the shape of parse_facts, op the names of op.*.
Result<Example> read_example(TomlReader& row);

}  // namespace hinomi::rules
