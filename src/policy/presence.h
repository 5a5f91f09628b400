// Proof that the person was there for this one act: they showed a second factor in the same request (step-up). Made by
// flow's verifier alone, for one person and one purpose; what needs it does not compile without it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/ids.h"

namespace hinomi::policy {

class Presence {
 public:
  [[nodiscard]] const PersonId& person() const { return person_; }
  // "review.approve 5f0c… 3": an act and its subject.
  [[nodiscard]] const std::string& purpose() const { return purpose_; }
  // Forbidden "step_up.other" unless it is of this person and for this purpose.
  [[nodiscard]] Status covers(const PersonId& person, std::string_view purpose) const;

 private:
  friend class PresenceDesk;
  Presence(PersonId person, std::string purpose) : person_(person), purpose_(std::move(purpose)) {}
  PersonId person_;
  std::string purpose_;
};

// Where presence is attested: flow/step_up.cpp derives from it after it has verified a factor, nobody else.
class PresenceDesk {
 protected:
  static Presence attest(PersonId person, std::string purpose) { return {person, std::move(purpose)}; }
};

}  // namespace hinomi::policy
