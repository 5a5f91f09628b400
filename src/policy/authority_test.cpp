// Who may act on whom: by example, and for random actors, targets and changes.
#include "policy/authority.h"

#include <gmock/gmock.h>

#include "base/random.h"
#include "policy/permit.h"

namespace hinomi::policy {
namespace {

MATCHER_P(IsRefusedWith, code, "") {
  if (arg.ok()) return false;
  *result_listener << "it was refused with " << arg.error().code;
  return arg.error().code == code;
}

class Authority : public testing::Test {
 protected:
  Authority() {
    secretariat_ = org(OrgKind::Secretariat);
    acme_ = org(OrgKind::Operator);
    beta_ = org(OrgKind::Operator);
    maker_ = org(OrgKind::Technical);
    directory_.orgs[maker_].membership = Membership::Audience;
    operator_ = person(secretariat_, {Role::Operator});
    analyst_ = person(secretariat_, {Role::Analyst});
    second_ = person(secretariat_, {Role::Analyst});
    admin_ = person(acme_, {Role::OrgAdmin, Role::Reporter});
    reporter_ = person(acme_, {Role::Reporter});
    beta_reporter_ = person(beta_, {Role::Reporter});
    engineer_ = person(maker_, {Role::Viewer});
    Group group;
    group.id = GroupId::random(random_);
    group.name = "working group";
    group.kind = GroupKind::WorkingGroup;
    group.ceiling = Tlp::Amber;
    group.orgs = {acme_};
    group_ = group.id;
    directory_.groups[group_] = group;
  }

  OrgId org(OrgKind kind) {
    Organisation org;
    org.id = OrgId::random(random_);
    org.kind = kind;
    directory_.orgs[org.id] = org;
    return org.id;
  }
  PersonId person(const OrgId& org, std::set<Role> roles) {
    Person person;
    person.id = PersonId::random(random_);
    person.org = org;
    person.roles = std::move(roles);
    directory_.persons[person.id] = person;
    return person.id;
  }
  struct Desk : PresenceDesk {
    using PresenceDesk::attest;
  };
  // By somebody who has shown that they are there for it.
  static Result<Permit<action::CarryOutDirectoryChange>> permit_carrying_out(const Principal& who,
                                                                             const action::WeighedChange& weighed) {
    const auto proof = Desk::attest(who.person, action::CarryOutDirectoryChange::purpose(weighed));
    return permit<action::CarryOutDirectoryChange>(who, weighed, proof);
  }
  [[nodiscard]] Principal as(const PersonId& id) const { return *principal_of(directory_, id); }

  DirectoryChange edit(const PersonId& id, const std::function<void(Person&)>& with) const {
    DirectoryChange change;
    Person person = directory_.persons.at(id);
    change.before.persons[id] = person;
    with(person);
    change.after.persons[id] = person;
    return change;
  }
  DirectoryChange edit(const GroupId& id, const std::function<void(Group&)>& with) const {
    DirectoryChange change;
    Group group = directory_.groups.at(id);
    change.before.groups[id] = group;
    with(group);
    change.after.groups[id] = group;
    return change;
  }
  [[nodiscard]] DirectoryChange give(const PersonId& id, Role role) const {
    return edit(id, [&](Person& person) { person.roles.insert(role); });
  }
  [[nodiscard]] Status by(const PersonId& actor, const DirectoryChange& change) const {
    return may_change(directory_, as(actor), change);
  }

  SeededRandom random_{7};
  Directory directory_;
  OrgId secretariat_, acme_, beta_, maker_;
  PersonId operator_, analyst_, second_, admin_, reporter_, beta_reporter_, engineer_;
  GroupId group_;
};

TEST_F(Authority, NobodyChangesTheirOwnRights) {
  for (const PersonId& id : {operator_, analyst_, admin_, reporter_})
    EXPECT_FALSE(by(id, give(id, Role::Viewer)).ok()) << id.text();
}

TEST_F(Authority, NobodyActsOnTheirEquals) {
  EXPECT_THAT(by(analyst_, give(second_, Role::Viewer)), IsRefusedWith("authority.above_you"));
  EXPECT_THAT(by(analyst_, give(operator_, Role::Viewer)), IsRefusedWith("authority.above_you"));
  EXPECT_TRUE(by(operator_, give(analyst_, Role::Viewer)).ok());
}

TEST_F(Authority, NobodyMakesTheirLike) {
  EXPECT_TRUE(by(analyst_, give(reporter_, Role::OrgAdmin)).ok());
  EXPECT_THAT(by(admin_, give(reporter_, Role::OrgAdmin)), IsRefusedWith("authority.above_you"));
  EXPECT_THAT(by(analyst_, edit(reporter_, [&](Person& person) { person.org = secretariat_; })),
              IsRefusedWith("authority.above_you"));
  EXPECT_THAT(by(operator_, edit(analyst_, [](Person& person) { person.roles.insert(Role::Operator); })),
              IsRefusedWith("authority.above_you"));
}

TEST_F(Authority, AnAdministratorStaysInsideTheOwnOrganisationAndRoles) {
  EXPECT_TRUE(by(admin_, edit(reporter_, [](Person& person) { person.name = "n"; })).ok());
  EXPECT_FALSE(by(admin_, edit(beta_reporter_, [](Person& person) { person.active = false; })).ok());
  EXPECT_THAT(by(admin_, give(reporter_, Role::Approver)), IsRefusedWith("authority.beyond_you"));
  EXPECT_THAT(by(reporter_, edit(admin_, [](Person& person) { person.active = false; })),
              IsRefusedWith("authority.none"));
  EXPECT_FALSE(by(admin_, edit(reporter_, [&](Person& person) { person.org = beta_; })).ok());
}

TEST_F(Authority, NothingIsGrantedThatTheActorLacks) {
  directory_.persons[analyst_].compartments = {"one"};
  directory_.persons[analyst_].ceiling = Tlp::Amber;
  directory_.persons[reporter_].ceiling = Tlp::Green;
  const auto compartment = [&](std::string name) {
    return edit(reporter_, [&](Person& person) { person.compartments.insert(name); });
  };
  EXPECT_TRUE(by(analyst_, compartment("one")).ok());
  EXPECT_THAT(by(analyst_, compartment("two")), IsRefusedWith("authority.beyond_you"));
  EXPECT_TRUE(by(analyst_, edit(reporter_, [](Person& person) { person.ceiling = Tlp::Amber; })).ok());
  EXPECT_THAT(by(analyst_, edit(reporter_, [](Person& person) { person.ceiling = Tlp::Red; })),
              IsRefusedWith("authority.beyond_you"));
}

TEST_F(Authority, AGroupIsNoWayAroundIt) {
  EXPECT_TRUE(by(analyst_, edit(group_, [&](Group& group) { group.orgs.insert(beta_); })).ok());
  EXPECT_THAT(by(analyst_, edit(group_, [&](Group& group) { group.orgs.insert(secretariat_); })),
              IsRefusedWith("authority.above_you"));
  EXPECT_THAT(by(analyst_, edit(group_, [&](Group& group) { group.persons.insert(analyst_); })),
              IsRefusedWith("authority.above_you"));
  EXPECT_THAT(by(admin_, edit(group_, [&](Group& group) { group.orgs.insert(beta_); })),
              IsRefusedWith("authority.secretariat_only"));
  EXPECT_TRUE(by(admin_, edit(group_, [&](Group& group) { group.persons.insert(reporter_); })).ok());
}

TEST_F(Authority, AnAudienceIsNoMember) {
  EXPECT_THAT(by(analyst_, edit(group_, [&](Group& group) { group.orgs.insert(maker_); })),
              IsRefusedWith("directory.audience_in_group"));
  EXPECT_THAT(by(analyst_, edit(group_, [&](Group& group) { group.persons.insert(engineer_); })),
              IsRefusedWith("directory.audience_in_group"));
  directory_.groups[group_].orgs.insert(maker_);  // however it came there
  EXPECT_TRUE(as(engineer_).groups.empty());
  directory_.groups[group_].kind = GroupKind::Audience;
  EXPECT_EQ(as(engineer_).groups.size(), 1U);
}

TEST_F(Authority, WhoeverIsNewBeginsInQuarantine) {
  DirectoryChange change;
  Person person;
  person.id = PersonId::random(random_);
  person.org = acme_;
  change.after.persons[person.id] = person;
  EXPECT_THAT(by(analyst_, change), IsRefusedWith("directory.quarantine"));
  change.after.persons[person.id].quarantined = true;
  EXPECT_TRUE(by(analyst_, change).ok());
  EXPECT_TRUE(by(admin_, edit(reporter_, [](Person& edited) { edited.active = false; })).ok());
  directory_.persons[admin_].quarantined = true;
  EXPECT_THAT(by(admin_, edit(reporter_, [](Person& edited) { edited.active = false; })),
              IsRefusedWith("authority.none"));
}

TEST_F(Authority, WhatIsLentIsWeighedLikeWhatIsGiven) {
  Delegation lent;
  lent.id = DelegationId::random(random_);
  lent.from = admin_;
  lent.to = reporter_;
  lent.role = Role::OrgAdmin;
  lent.from_at = Instant(std::chrono::hours(1));
  lent.until = Instant(std::chrono::hours(2));
  DirectoryChange change;
  change.after.delegations[lent.id] = lent;
  EXPECT_TRUE(by(analyst_, change).ok());
  EXPECT_FALSE(by(admin_, change).ok()) << "one's own role, to make one's like";
  change.after.delegations[lent.id].in_force = true;
  EXPECT_THAT(by(analyst_, change), IsRefusedWith("directory.delegation"));
  change.after.delegations[lent.id] = lent;
  change.after.delegations[lent.id].role = Role::Approver;
  EXPECT_THAT(by(analyst_, change), IsRefusedWith("directory.delegation")) << "not a role the lender has";
  lent.in_force = true;
  directory_.delegations[lent.id] = lent;
  EXPECT_TRUE(as(reporter_).has(Role::OrgAdmin));
  directory_.persons[admin_].roles.erase(Role::OrgAdmin);
  EXPECT_FALSE(as(reporter_).has(Role::OrgAdmin)) << "nobody lends what they no longer have";
}

TEST_F(Authority, ALossNeedsNoSecondPersonAndAnythingElseDoes) {
  EXPECT_TRUE(is_pure_loss(edit(reporter_, [](Person& person) { person.active = false; })));
  EXPECT_TRUE(is_pure_loss(edit(reporter_, [](Person& person) { person.roles.clear(); })));
  EXPECT_TRUE(is_pure_loss(edit(group_, [](Group& group) { group.orgs.clear(); })));
  EXPECT_FALSE(is_pure_loss(give(reporter_, Role::Viewer)));
  EXPECT_FALSE(is_pure_loss(edit(reporter_, [](Person& person) { person.mail = "a@example.net"; })));
  EXPECT_FALSE(is_pure_loss(edit(reporter_, [](Person& person) {
    person.roles.clear();
    person.login = "other";
  })));
  EXPECT_FALSE(is_pure_loss(edit(group_, [&](Group& group) { group.persons.insert(reporter_); })));
  EXPECT_FALSE(is_pure_loss(edit(group_, [](Group& group) { group.visibility = Visibility::Blind; })));
}

TEST_F(Authority, TwoDifferentPeopleOfTheSecretariatAgreeToAGain) {
  auto shared = std::make_shared<const Directory>(directory_);
  action::WeighedChange weighed{shared, give(reporter_, Role::Viewer)};
  weighed.change.proposed_by = analyst_;
  weighed.change.agreed = {{analyst_, Instant()}};
  EXPECT_FALSE(permit_carrying_out(as(analyst_), weighed).ok());
  EXPECT_FALSE(allows<action::AgreeToDirectoryChange>(as(analyst_), weighed).ok()) << "the proposer again";
  EXPECT_FALSE(allows<action::AgreeToDirectoryChange>(as(admin_), weighed).ok()) << "not of the secretariat";
  EXPECT_TRUE(allows<action::AgreeToDirectoryChange>(as(second_), weighed).ok());
  weighed.change.agreed.push_back({analyst_, Instant()});
  EXPECT_FALSE(permit_carrying_out(as(analyst_), weighed).ok()) << "one person twice";
  weighed.change.agreed.push_back({second_, Instant()});
  EXPECT_TRUE(permit_carrying_out(as(second_), weighed).ok());
  weighed.change.agreed = {{admin_, Instant()}, {second_, Instant()}};
  weighed.change.proposed_by = admin_;
  EXPECT_FALSE(permit_carrying_out(as(second_), weighed).ok()) << "only one of the secretariat";
}

// Presence is for what was shown: a proof for one change is none for another, nor for the same one with another note.
TEST_F(Authority, PresenceForOneChangeIsNoneForAnother) {
  auto shared = std::make_shared<const Directory>(directory_);
  const action::WeighedChange shown{shared, give(reporter_, Role::Viewer)};
  const auto accepts = [&](const DirectoryChange& change) {
    const auto proof = Desk::attest(analyst_, action::ProposeDirectoryChange::purpose(shown));
    return permit<action::ProposeDirectoryChange>(as(analyst_), {shared, change}, proof);
  };
  EXPECT_TRUE(accepts(shown.change).ok());
  DirectoryChange other = shown.change;
  other.note = "another";
  EXPECT_THAT(accepts(other), IsRefusedWith("step_up.other"));
  EXPECT_THAT(accepts(give(reporter_, Role::Approver)), IsRefusedWith("step_up.other"));
  EXPECT_THAT(accepts(give(beta_reporter_, Role::Viewer)), IsRefusedWith("step_up.other"));
  const auto agreeing = Desk::attest(second_, action::AgreeToDirectoryChange::purpose(shown));
  EXPECT_THAT(permit<action::ProposeDirectoryChange>(as(second_), shown, agreeing), IsRefusedWith("step_up.other"));
  EXPECT_THAT(permit<action::AgreeToDirectoryChange>(as(second_), {shared, other}, agreeing),
              IsRefusedWith("step_up.other"));
}

// Two drafts of the same rows draw other ids for who is new; they are one change all the same.
TEST_F(Authority, WhatADraftAddsHasNoIdInItsPurpose) {
  const auto drafted = [&](const std::string& login, const std::string& group) {
    DirectoryChange change;
    Person made;
    made.id = PersonId::random(random_);
    made.org = acme_;
    made.login = login;
    Person also = made;
    also.id = PersonId::random(random_);
    also.login = "zoe";
    Group circle;
    circle.id = GroupId::random(random_);
    circle.name = group;
    circle.persons = {made.id};
    change.after.persons = {{made.id, made}, {also.id, also}};
    change.after.groups = {{circle.id, circle}};
    return change_text(change);
  };
  for (int i = 0; i < 20; ++i) EXPECT_EQ(drafted("anna", "circle"), drafted("anna", "circle"));
  EXPECT_NE(drafted("anna", "circle"), drafted("berta", "circle"));
  EXPECT_NE(drafted("anna", "circle"), drafted("anna", "square"));
}

// Whoever may change somebody need not know all about them: what stays as it is has no part in the digest, by which it
// could be guessed.
TEST_F(Authority, WhatStaysAsItIsHasNoPartInThePurpose) {
  const std::string before = change_text(give(reporter_, Role::Viewer));
  directory_.persons.at(reporter_).compartments = {"secret"};
  directory_.persons.at(reporter_).canary = true;
  EXPECT_EQ(change_text(give(reporter_, Role::Viewer)), before);
}

TEST_F(Authority, NobodyConfirmsTheirOwnClearance) {
  directory_.clearance_register = true;
  directory_.persons.at(admin_).roles = {Role::SecurityOfficer};
  const auto shared = std::make_shared<const Directory>(directory_);
  const auto confirms = [&](const PersonId& whose) {
    return permit<action::KeepClearances>(as(admin_), {shared, acme_, whose});
  };
  EXPECT_TRUE(confirms(reporter_).ok());
  EXPECT_THAT(confirms(admin_), IsRefusedWith("clearance.own"));
}

// --- random directories, actors and changes

class RandomAuthority : public testing::Test {
 protected:
  std::uint32_t below(std::uint32_t bound) { return random_.below(bound); }
  bool chance() { return below(2) == 0; }
  std::set<Role> roles() {
    std::set<Role> some;
    for (int role = 0; role < 9; ++role) {
      if (below(4) == 0) some.insert(static_cast<Role>(role));
    }
    return some;
  }
  std::set<std::string> compartments() {
    std::set<std::string> some;
    for (const char* name : {"a", "b", "c"}) {
      if (chance()) some.insert(name);
    }
    return some;
  }
  Tlp tlp() { return static_cast<Tlp>(below(5)); }
  template <class Records>
  auto any(const Records& records) {
    return std::next(records.begin(), below(static_cast<std::uint32_t>(records.size())))->first;
  }

  Directory a_directory() {
    Directory directory;
    for (int i = 0; i < 5; ++i) {
      Organisation org;
      org.id = OrgId::random(random_);
      org.kind = i == 0 ? OrgKind::Secretariat : static_cast<OrgKind>(below(9));
      org.membership = below(4) == 0 ? Membership::Audience : Membership::Member;
      directory.orgs[org.id] = org;
    }
    for (int i = 0; i < 10; ++i) {
      Person person;
      person.id = PersonId::random(random_);
      person.org = any(directory.orgs);
      person.roles = roles();
      person.compartments = compartments();
      person.ceiling = tlp();
      person.quarantined = below(8) == 0;
      directory.persons[person.id] = person;
    }
    for (int i = 0; i < 3; ++i) {
      Group group;
      group.id = GroupId::random(random_);
      group.kind = static_cast<GroupKind>(below(3));
      group.ceiling = tlp();
      if (chance()) group.orgs.insert(any(directory.orgs));
      if (chance()) group.persons.insert(any(directory.persons));
      directory.groups[group.id] = group;
    }
    return directory;
  }

  void edit_person(const Directory& directory, DirectoryChange& change) {
    Person person = directory.persons.at(any(directory.persons));
    change.before.persons[person.id] = person;
    if (chance()) person.roles = roles();
    if (below(3) == 0) person.compartments = compartments();
    if (below(3) == 0) person.ceiling = tlp();
    if (below(8) == 0) person.org = any(directory.orgs);
    if (below(8) == 0) person.active = !person.active;
    change.after.persons[person.id] = person;
  }
  void edit_group(const Directory& directory, DirectoryChange& change) {
    Group group = directory.groups.at(any(directory.groups));
    change.before.groups[group.id] = group;
    if (chance()) group.orgs.insert(any(directory.orgs));
    if (chance()) group.persons.insert(any(directory.persons));
    if (below(4) == 0) group.ceiling = tlp();
    if (below(4) == 0) group.kind = static_cast<GroupKind>(below(3));
    change.after.groups[group.id] = group;
  }
  void edit_org(const Directory& directory, DirectoryChange& change) {
    Organisation org = directory.orgs.at(any(directory.orgs));
    change.before.orgs[org.id] = org;
    if (chance()) org.kind = static_cast<OrgKind>(below(9));
    if (chance()) org.membership = Membership::Member;
    change.after.orgs[org.id] = org;
  }
  DirectoryChange a_change(const Directory& directory) {
    DirectoryChange change;
    if (chance()) edit_person(directory, change);
    if (below(3) == 0) edit_person(directory, change);
    if (below(3) == 0) edit_group(directory, change);
    if (below(4) == 0) edit_org(directory, change);
    return change;
  }

  SeededRandom random_{20261123};
};

// Judged from what principals look like before and after, not from the change.
void expect_no_escalation(const Principal& actor, const Principal& before, const Principal& after) {
  EXPECT_NE(before.person, actor.person) << "acted on oneself";
  for (const std::string& name : after.compartments)
    EXPECT_TRUE(before.compartments.contains(name) || actor.compartments.contains(name)) << name;
  EXPECT_TRUE(after.ceiling <= std::max(before.ceiling, actor.ceiling));
  EXPECT_LT(standing_of(before), standing_of(actor));
  EXPECT_LT(standing_of(after), standing_of(actor));
  if (standing_of(actor) == Standing::OrgAdministrator) {
    EXPECT_EQ(before.org, actor.org);
    EXPECT_EQ(after.org, actor.org);
    for (const Role role : after.roles)
      EXPECT_TRUE(before.roles.contains(role) || actor.roles.contains(role)) << role_text(role);
    for (const auto& [group, ceiling] : after.groups)
      EXPECT_TRUE(before.groups.contains(group) || actor.groups.contains(group));
  }
}

TEST_F(RandomAuthority, NeverGrantsMoreThanTheActorHasNorTouchesEquals) {
  std::size_t allowed = 0;
  for (int round = 0; round < 3000; ++round) {
    const Directory directory = a_directory();
    for (int i = 0; i < 20; ++i) {
      const DirectoryChange change = a_change(directory);
      const PersonId who = any(directory.persons);
      const auto actor = principal_of(directory, who);
      if (!actor.ok() || !may_change(directory, *actor, change).ok()) continue;
      const Directory changed = with_change(directory, change);
      for (const auto& [id, person] : directory.persons) {
        const auto before = principal_of(directory, id);
        const auto after = principal_of(changed, id);
        if (before.ok() && after.ok() && same_rights(*before, *after)) continue;
        ++allowed;
        if (before.ok() && after.ok()) expect_no_escalation(*actor, *before, *after);
        ASSERT_FALSE(HasFailure()) << "round " << round << ", change " << i;
      }
    }
  }
  EXPECT_GT(allowed, 1000U) << "the draw must reach what is allowed";
}

TEST_F(RandomAuthority, APureLossGivesNobodyAnything) {
  std::size_t losses = 0;
  for (int round = 0; round < 6000; ++round) {
    const Directory directory = a_directory();
    const DirectoryChange change = a_change(directory);
    if (!is_pure_loss(change)) continue;
    const Directory changed = with_change(directory, change);
    for (const auto& [id, person] : directory.persons) {
      const auto before = principal_of(directory, id);
      const auto after = principal_of(changed, id);
      if (!after.ok()) continue;
      ASSERT_TRUE(before.ok());
      ++losses;
      EXPECT_TRUE(std::ranges::includes(before->roles, after->roles));
      EXPECT_TRUE(std::ranges::includes(before->compartments, after->compartments));
      EXPECT_LE(after->ceiling, before->ceiling);
      for (const auto& [group, ceiling] : after->groups) {
        ASSERT_TRUE(before->groups.contains(group));
        EXPECT_LE(ceiling, before->groups.at(group));
      }
    }
  }
  EXPECT_GT(losses, 100U);
}

}  // namespace
}  // namespace hinomi::policy
