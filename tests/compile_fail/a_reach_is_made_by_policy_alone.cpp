// Nobody but policy makes a Reach: not from a list of labels, not from another person's.
// expect: calling a private constructor|no matching constructor
#include "policy/reading.h"

hinomi::policy::Reach everything(const hinomi::policy::Principal& principal,
                                 std::span<const hinomi::policy::LabelEntry> labels) {
#ifdef WRONG
  return hinomi::policy::Reach({labels.front().id}, principal.person, principal.epoch);
#else
  return hinomi::policy::reach_of(principal, labels);
#endif
}
