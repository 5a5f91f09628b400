// Other readers for a release, or an embargo on it, by two people of the desk. Before each of them acts it is shown who
// gains and who loses it, from the function that decides, and who has been given it already: what has left cannot be
// taken back. Never freer than what the organisation that reported agreed to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/caller.h"
#include "flow/repeat.h"
#include "flow/step_up.h"
#include "model/relabelling.h"
#include "policy/labelling.h"
#include "policy/readers.h"

namespace hinomi::flow {

inline constexpr auto kLongestEmbargo = std::chrono::days(366);

struct RelabelWish {
  policy::ReleaseAudience audience = policy::ReleaseAudience::Members;
  Tlp tlp = Tlp::Amber;
  std::optional<Instant> embargo_until;
  std::string reason;
};

// What a move would do, and has done, to people.
struct RelabelEffect {
  policy::Readers gain;
  policy::Readers lose;
  policy::Readers remain;
  std::vector<OrgId> given;    // of those who lose it: somebody there was given it already
  bool marking_stays = false;  // objects keep the TLP marking that they were published with, until a correction
};

bool may_relabel(const Caller& caller);
// What would happen; nothing is written. Invalid "relabelling.reason", "relabelling.embargo" (not in the future, or
// more than a year away), as policy::release_label and policy::action::ProposeRelabelling say; Conflict
// "release.withdrawn".
struct RelabelDraft {
  Label from;
  Label to;
  RelabelEffect effect;
  std::string purpose;  // for which presence is shown to propose exactly this
};
Result<RelabelDraft> draft_relabelling(const Platform& platform, const Caller& caller, const Release& release,
                                       const RelabelWish& wish);
// Asks for presence last, as agreeing does. A repeat gives the first one.
struct RelabelAct {
  RelabelWish wish;
  StepUpAnswer step_up;
};
Result<Relabelling> propose_relabelling(const Platform& platform, const Caller& caller, const Release& release,
                                        const RelabelAct& act, const std::optional<RepeatKey>& repeat);
// Of a release, newest first.
Result<std::vector<Relabelling>> relabellings_of(const Platform& platform, const Caller& caller,
                                                 const Release& release);
Result<Relabelling> find_relabelling(const Platform& platform, const Caller& caller, const Release& release,
                                     std::string_view id);
Result<RelabelEffect> effect_of(const Platform& platform, const Caller& caller, const Release& release,
                                const Relabelling& relabelling);

// Carries it out: from the moment this returns nobody gets the release who does not read it under its new label.
Result<Relabelling> agree_to_relabelling(const Platform& platform, const Caller& caller, const Relabelling& relabelling,
                                         const StepUpAnswer& step_up);
Result<Relabelling> reject_relabelling(const Platform& platform, const Caller& caller, const Relabelling& relabelling);

// For which presence is shown to agree to exactly this.
std::string purpose_of_agreeing(const Release& release, const Relabelling& relabelling);

struct RelabelAbilities {
  bool agree = false;
  bool reject = false;
};
RelabelAbilities relabel_abilities(const Caller& caller, const Release& release, const Relabelling& relabelling);

}  // namespace hinomi::flow
