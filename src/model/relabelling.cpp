#include "model/relabelling.h"

#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<RelabellingState, 3> kStates{"relabelling.state", {"proposed", "carried_out", "rejected"}};

}  // namespace

std::string_view relabelling_state_text(RelabellingState state) { return kStates.text(state); }
Result<RelabellingState> parse_relabelling_state(std::string_view text) { return kStates.parse(text); }

}  // namespace hinomi
