// Reads the deadline of a stage from its table of a rule pack (docs/guides/rule-packs.md). Internal to the pack
// readers.
#pragma once

#include "rules/deadline.h"
#include "rules/toml_reader.h"

namespace hinomi::rules {

// Errors: rules.toml_type for a word or number that cannot stand there, rules.deadline_number, rules.house_target. A
// key that means nothing for the kind of deadline is left unread, so that finish() refuses it. Whether hours_fact is a
// fact is the caller's to ask.
Result<DeadlineRule> read_deadline(TomlReader& row);

}  // namespace hinomi::rules
