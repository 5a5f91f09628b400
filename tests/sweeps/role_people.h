// Somebody of every role in an organisation of every kind, for the matrices of who may do what.
#pragma once

#include <array>

#include "sweeps/sweep_house.h"

namespace hinomi::tests {

inline constexpr std::array kRoles{Role::Reporter, Role::Approver, Role::Analyst,  Role::Operator,       Role::Auditor,
                                   Role::Viewer,   Role::Machine,  Role::OrgAdmin, Role::SecurityOfficer};
inline constexpr std::array kKinds{OrgKind::Secretariat, OrgKind::Operator, OrgKind::Technical,
                                   OrgKind::Ministry,    OrgKind::Nco,      OrgKind::SafetyBureau,
                                   OrgKind::Partner,     OrgKind::Supplier, OrgKind::Auditor};

class RolePeople : public SweepHouse {
 protected:
  struct Someone {
    PersonId id;
    OrgKind kind = OrgKind::Supplier;
    Role role = Role::Viewer;
    std::string token;
    bool quarantined = false;
  };

  // The secretariat is the sector's own; of every other kind there is one organisation more, among the members.
  RolePeople();

  template <class T>
  static T must(Result<T> result) {
    return House::must(std::move(result));
  }
  static void must(Status status) {
    if (!status.ok()) throw std::runtime_error(status.error().code + " " + status.error().detail);
  }

  [[nodiscard]] PersonId person_of(std::string_view login) const;
  [[nodiscard]] const OrgId& org_of(OrgKind kind) const { return orgs_.at(kind); }
  [[nodiscard]] const Someone& somebody(OrgKind kind, Role role) const;
  // Another person of this organisation, who has not signed in; in the directory from now on.
  Someone add_person(OrgKind kind, Role role, std::string_view login, bool quarantined = false);
  // With the password kPassword and a token.
  void let_in(Someone& person);
  static HttpRequest as(const Someone& person, HttpRequest request);

  static constexpr std::string_view kPassword = "matrix password";
  static inline const std::string kShown = R"("step_up":{"password":"matrix password"})";

  std::vector<Someone> people_;

 private:
  std::map<OrgKind, OrgId> orgs_;
};

}  // namespace hinomi::tests
