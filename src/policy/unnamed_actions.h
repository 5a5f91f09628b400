// What may be done about reports without a name, in the manner of policy/permit.h, which makes the permits.
#pragma once

#include <string>

#include "model/unnamed_report.h"
#include "policy/principal.h"

namespace hinomi::policy::action {

// Take in what somebody tells without a name, and show it to whoever has its code: the program itself.
struct KeepUnnamedDoor {
  static constexpr Scope kScope = Scope::Report;
  struct Subject {};
  static Status rule(const Principal& principal, const Subject& subject);  // nobody: the machine's own
};

// Read what was told without a name, beside the label it stands under: analysts of the secretariat.
struct ReadUnnamed {
  static constexpr Scope kScope = Scope::Read;
  struct Subject {};
  static Status rule(const Principal& principal, const Subject& subject);
};

// Answer in its talk, or close it: the same people.
struct AnswerUnnamed {
  static constexpr Scope kScope = Scope::Review;
  struct Subject {
    UnnamedId unnamed;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

// Ask to see who the reporter is, and first of all whether they have left that: the same people.
struct ProposeIdentity {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    UnnamedId unnamed;
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "unnamed.identity 5f0c…" of the report
};

// Consent to somebody else's request, which opens the identity to the two: another analyst.
struct AgreeToIdentity {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    IdentityOpeningId opening;
    UnnamedId unnamed;
    PersonId proposed_by;
  };
  static Status rule(const Principal& principal, const Subject& subject);
  static std::string purpose(const Subject& subject);  // "unnamed.identity.agree 5f0c…" of the request
};

// Refuse a request, or take one's own back: an analyst.
struct RejectIdentity {
  static constexpr Scope kScope = Scope::Approve;
  struct Subject {
    IdentityOpeningId opening;
    UnnamedId unnamed;
  };
  static Status rule(const Principal& principal, const Subject& subject);
};

}  // namespace hinomi::policy::action
