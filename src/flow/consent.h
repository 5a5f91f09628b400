// The originator's word on a text: before it is published, and after. Taken back after publication it holds the release
// at once, opens its withdrawal and tells the secretariat (docs/guides/labels.md).
#pragma once

#include <optional>
#include <string_view>

#include "flow/caller.h"
#include "flow/repeat.h"
#include "flow/step_up.h"
#include "store/records.h"

namespace hinomi::flow {

enum class ConsentAnswer { Given, Refused, TakenBack };
std::string_view consent_answer_text(ConsentAnswer answer);  // "given", "refused", "taken_back"
Result<ConsentAnswer> parse_consent_answer(std::string_view text);

// An answer, the revision it is about and the proof of who gives it. The proof is looked at last, so that nothing else
// uses a code up.
struct ConsentAct {
  ConsentAnswer answer = ConsentAnswer::Given;
  std::uint32_t revision = 1;  // Conflict "review.moved_on" when the text is another one by now
  StepUpAnswer step_up;
};
// Given and Refused are for an open review; Given also lifts the hold of what was taken back. TakenBack is for a
// published one; a second taking back changes nothing. Conflict "review.not_published", "review.closed",
// "review.consent_not_needed" (a withdrawal), "release.not_held".
Result<store::Review> answer_consent(const Platform& platform, const Caller& caller, const ReviewId& id,
                                     const ConsentAct& act, const std::optional<RepeatKey>& repeat);

// What the desk offers: an answer to an open text, or a change of mind about a published one.
struct ConsentAbilities {
  bool answer = false;
  bool take_back = false;
  bool give_again = false;
};
ConsentAbilities consent_abilities(const policy::Principal& principal, const store::Review& review);

}  // namespace hinomi::flow
