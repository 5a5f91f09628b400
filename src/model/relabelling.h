// A proposal that a release shall have other readers, or none but the desk's until an instant: brought forward by one
// person of the desk, agreed to by another. Plain values; nothing in them but the decision is ever changed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"
#include "model/label.h"

namespace hinomi {

using RelabellingId = Id<struct RelabellingTag>;

enum class RelabellingState { Proposed, CarriedOut, Rejected };
std::string_view relabelling_state_text(RelabellingState state);  // "proposed", "carried_out", "rejected"
Result<RelabellingState> parse_relabelling_state(std::string_view text);

struct Relabelling {
  RelabellingId id;
  ReleaseId release;
  Label from;  // of the release when it was proposed; another one since then voids the proposal
  Label to;
  std::string reason;  // for the desk, 1 to 1,000 bytes; its readers never see it
  PersonId proposed_by;
  Instant proposed_at;
  RelabellingState state = RelabellingState::Proposed;
  std::optional<PersonId> decided_by;
  std::optional<Instant> decided_at;
  bool operator==(const Relabelling&) const = default;
};

}  // namespace hinomi
