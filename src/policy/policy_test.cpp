#include <gmock/gmock.h>

#include "base/random.h"
#include "policy/labelling.h"
#include "policy/permit.h"
#include "policy/readers.h"
#include "policy/reading.h"

namespace hinomi::policy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A secretariat with two analysts, two operators in the members' group, a vendor in the technical group, a ministry.
class Sector : public testing::Test {
 protected:
  Sector() {
    secretariat_ = add_org(OrgKind::Secretariat);
    operator_a_ = add_org(OrgKind::Operator);
    operator_b_ = add_org(OrgKind::Operator);
    vendor_ = add_org(OrgKind::Technical);
    ministry_ = add_org(OrgKind::Ministry);
    analyst_ = add_person(secretariat_, {Role::Analyst});
    second_analyst_ = add_person(secretariat_, {Role::Analyst});
    soc_a_ = add_person(operator_a_, {Role::Reporter});
    lead_a_ = add_person(operator_a_, {Role::Approver});
    soc_b_ = add_person(operator_b_, {Role::Reporter});
    psirt_ = add_person(vendor_, {Role::Reporter});
    official_ = add_person(ministry_, {Role::Viewer});
    add_group(kMembersGroup, {operator_a_, operator_b_});
    technical_group_ = add_group(kTechnicalGroup, {vendor_});
    add_group(kPartnersGroup, {});
  }

  OrgId add_org(OrgKind kind) {
    const OrgId id = OrgId::random(random_);
    directory_.orgs[id] = {.id = id, .kind = kind, .name = "org", .name_en = "org", .aliases = {}, .attributes = {}};
    return id;
  }
  PersonId add_person(OrgId org, std::set<Role> roles) {
    const PersonId id = PersonId::random(random_);
    Person person;
    person.id = id;
    person.org = org;
    person.roles = std::move(roles);
    directory_.persons[id] = person;
    return id;
  }
  GroupId add_group(std::string_view name, std::set<OrgId> orgs) {
    const GroupId id = GroupId::random(random_);
    directory_.groups[id] = {
        .id = id, .name = std::string(name), .ceiling = Tlp::AmberStrict, .orgs = std::move(orgs), .persons = {}};
    return id;
  }
  bool reads(const PersonId& person, const Label& label) const {
    return may_read(*principal_of(directory_, person), label);
  }
  Principal as(const PersonId& person) const { return *principal_of(directory_, person); }

  SeededRandom random_{7};
  Directory directory_;
  OrgId secretariat_, operator_a_, operator_b_, vendor_, ministry_;
  PersonId analyst_, second_analyst_, soc_a_, lead_a_, soc_b_, psirt_, official_;
  GroupId technical_group_;
};

using Reading = Sector;
using Permits = Sector;

TEST_F(Reading, TheDefaultLabelIsReadByNobody) {
  for (const auto& [id, person] : directory_.persons) EXPECT_FALSE(reads(id, Label{}));
}

TEST_F(Reading, AReportIsReadByItsOrganisationAndTheSecretariat) {
  const Label label = victim_label(directory_, operator_a_, ShareScope::SecretariatOnly);
  EXPECT_TRUE(reads(soc_a_, label));
  EXPECT_TRUE(reads(analyst_, label));
  EXPECT_FALSE(reads(soc_b_, label));
  EXPECT_FALSE(reads(psirt_, label));
  EXPECT_FALSE(reads(official_, label));
  EXPECT_TRUE(reads(official_, victim_label(directory_, operator_a_, ShareScope::SecretariatAndAuthority)));
}

TEST_F(Reading, AReleaseForMembersDoesNotReachTheVendor) {
  const Label members = *release_label(directory_, ReleaseAudience::Members, Tlp::Amber);
  EXPECT_TRUE(reads(soc_b_, members));
  EXPECT_FALSE(reads(psirt_, members));
  EXPECT_TRUE(reads(psirt_, *release_label(directory_, ReleaseAudience::MembersAndTechnical, Tlp::Amber)));
}

TEST_F(Reading, RedNeedsThePersonByName) {
  Label label = victim_label(directory_, operator_a_, ShareScope::SecretariatOnly);
  label.tlp = Tlp::Red;
  EXPECT_FALSE(reads(soc_a_, label));
  AudienceSet named;
  named.persons.insert(soc_a_);
  label.audience = Audience::only(named);
  EXPECT_TRUE(reads(soc_a_, label));
  EXPECT_FALSE(reads(lead_a_, label));
}

TEST_F(Reading, AGroupDoesNotCarryBeyondItsCeiling) {
  directory_.groups[technical_group_].ceiling = Tlp::Green;
  EXPECT_FALSE(reads(psirt_, *release_label(directory_, ReleaseAudience::MembersAndTechnical, Tlp::Amber)));
}

TEST_F(Reading, APersonDoesNotReadAboveTheOwnCeiling) {
  directory_.persons[soc_b_].ceiling = Tlp::Green;
  EXPECT_FALSE(reads(soc_b_, *release_label(directory_, ReleaseAudience::Members, Tlp::Amber)));
}

TEST_F(Reading, EveryoneMeansGreenAtMost) {
  EXPECT_TRUE(reads(psirt_, public_label(Tlp::Green)));
  EXPECT_FALSE(reads(psirt_, public_label(Tlp::Amber)));
}

TEST_F(Reading, CompartmentsClearanceAndEmbargoEachClose) {
  Label label = public_label(Tlp::Green);
  label.compartments = {"grid-exercise"};
  EXPECT_FALSE(reads(soc_a_, label));
  directory_.persons[soc_a_].compartments = {"grid-exercise", "other"};
  EXPECT_TRUE(reads(soc_a_, label));
  label.needs_clearance = true;
  EXPECT_FALSE(reads(soc_a_, label));
  directory_.persons[soc_a_].cleared = true;
  EXPECT_FALSE(reads(soc_a_, label)) << "no register is kept";
  directory_.clearance_register = true;
  EXPECT_TRUE(reads(soc_a_, label));
  label.embargo_until = Instant(std::chrono::seconds(1));
  EXPECT_FALSE(reads(soc_a_, label));
}

TEST_F(Reading, IntegratedAnalysedInformationStaysWithTheAuthorities) {
  Label label = public_label(Tlp::Green);
  label.gov_class = GovClass::Sogo;
  EXPECT_TRUE(reads(official_, label));
  EXPECT_FALSE(reads(analyst_, label));
  label.gov_class = GovClass::Teikyo;
  EXPECT_TRUE(reads(analyst_, label));
  EXPECT_FALSE(reads(psirt_, label));
}

TEST_F(Reading, AnInactivePersonIsNobody) {
  directory_.persons[soc_a_].active = false;
  EXPECT_FALSE(principal_of(directory_, soc_a_).ok());
}

TEST_F(Reading, AReachHoldsExactlyTheReadableLabels) {
  const std::vector<LabelEntry> labels{{{1}, victim_label(directory_, operator_a_, ShareScope::SecretariatOnly)},
                                       {{2}, public_label(Tlp::Clear)},
                                       {{3}, victim_label(directory_, operator_b_, ShareScope::SecretariatOnly)}};
  EXPECT_THAT(reach_of(as(soc_a_), labels).labels(), ElementsAre(LabelId{1}, LabelId{2}));
  EXPECT_THAT(reach_of(as(psirt_), labels).labels(), ElementsAre(LabelId{2}));
}

// Combining labels never adds a reader, for every person and every pair of a varied set.
TEST_F(Reading, TheStricterOfTwoLabelsAdmitsNoOneTheyWouldNot) {
  std::vector<Label> labels{public_label(Tlp::Clear),
                            public_label(Tlp::Green),
                            victim_label(directory_, operator_a_, ShareScope::SecretariatOnly),
                            *release_label(directory_, ReleaseAudience::Members, Tlp::Amber),
                            *release_label(directory_, ReleaseAudience::MembersAndTechnical, Tlp::AmberStrict),
                            Label{}};
  labels.push_back(public_label(Tlp::Clear));
  labels.back().compartments = {"c"};
  for (const Label& a : labels) {
    for (const Label& b : labels) {
      for (const auto& [id, person] : directory_.persons) {
        if (reads(id, stricter(a, b))) EXPECT_TRUE(reads(id, a) && reads(id, b));
      }
    }
  }
}

TEST_F(Reading, ReadersAreNamedByTheFunctionThatDecides) {
  const Readers readers = readers_of(directory_, victim_label(directory_, operator_a_, ShareScope::SecretariatOnly));
  EXPECT_EQ(readers.people.size(), 4U);
  EXPECT_EQ(readers.orgs.size(), 2U);
  EXPECT_THAT(readers_of(directory_, Label{}).people, IsEmpty());
}

TEST_F(Permits, AReporterFilesForTheOwnOrganisationOnly) {
  EXPECT_TRUE(permit<action::FileReport>(as(soc_a_), {operator_a_}).ok());
  EXPECT_FALSE(permit<action::FileReport>(as(soc_a_), {operator_b_}).ok());
  EXPECT_TRUE(permit<action::FileReport>(as(analyst_), {operator_b_}).ok());
  EXPECT_FALSE(permit<action::FileReport>(as(official_), {ministry_}).ok());
}

TEST_F(Permits, TheSecondApprovalIsAnotherPersons) {
  const ReviewId review = ReviewId::random(random_);
  EXPECT_TRUE(allows<action::ApproveRelease>(as(analyst_), {review, 1, {}}).ok());
  EXPECT_FALSE(allows<action::ApproveRelease>(as(analyst_), {review, 1, {analyst_}}).ok());
  EXPECT_TRUE(allows<action::ApproveRelease>(as(second_analyst_), {review, 1, {analyst_}}).ok());
  EXPECT_FALSE(allows<action::PublishRelease>(as(analyst_), {review, 1, {analyst_, analyst_}}).ok());
  EXPECT_TRUE(allows<action::PublishRelease>(as(second_analyst_), {review, 1, {analyst_, second_analyst_}}).ok());
  EXPECT_FALSE(allows<action::PublishRelease>(as(soc_a_), {review, 1, {analyst_, second_analyst_}}).ok());
}

TEST_F(Permits, OnlyAnApproverOfTheReporterConsents) {
  const ReviewId review = ReviewId::random(random_);
  EXPECT_TRUE(allows<action::ConsentToRelease>(as(lead_a_), {review, operator_a_}).ok());
  EXPECT_FALSE(allows<action::ConsentToRelease>(as(soc_a_), {review, operator_a_}).ok());
  EXPECT_FALSE(allows<action::ConsentToRelease>(as(analyst_), {review, operator_a_}).ok());
}

TEST(ReleaseLabels, RefuseWhatTheirTlpForbids) {
  Directory directory;
  EXPECT_FALSE(release_label(directory, ReleaseAudience::Members, Tlp::Red).ok());
  EXPECT_FALSE(release_label(directory, ReleaseAudience::Community, Tlp::Amber).ok());
  EXPECT_FALSE(release_label(directory, ReleaseAudience::Members, Tlp::Green).ok());
  EXPECT_FALSE(release_label(directory, ReleaseAudience::Members, Tlp::Amber).ok());  // no such group
}

// --- presence

// What flow does after it has verified a factor.
struct Desk : PresenceDesk {
  using PresenceDesk::attest;
};

TEST_F(Permits, AProofOfPresenceIsForOnePersonAndOneAct) {
  const ReviewId review = ReviewId::random(random_);
  const action::ApproveRelease::Subject subject{review, 3, {}};
  const std::string purpose = action::ApproveRelease::purpose(subject);
  const auto approved = [&](const PersonId& who, const Presence& proof) {
    return permit<action::ApproveRelease>(as(who), subject, proof).ok();
  };
  EXPECT_TRUE(approved(analyst_, Desk::attest(analyst_, purpose)));
  EXPECT_FALSE(approved(analyst_, Desk::attest(second_analyst_, purpose)));
  EXPECT_FALSE(approved(analyst_, Desk::attest(analyst_, action::ApproveRelease::purpose({review, 2, {}}))));
  EXPECT_FALSE(approved(analyst_, Desk::attest(analyst_, action::ConsentToRelease::purpose({review, operator_a_, 1}))));
  EXPECT_FALSE(approved(soc_a_, Desk::attest(soc_a_, purpose)));
}

// --- scopes: what a session may be used for

TEST_F(Sector, WithoutTheScopeReadNothingIsRead) {
  Principal soc = as(soc_a_);
  const LabelEntry own{{1}, org_label(operator_a_, Tlp::Amber)};
  EXPECT_EQ(reach_of(soc, std::span(&own, 1)).labels().size(), 1U);
  soc.scopes = {Scope::Report, Scope::Exchange, Scope::Administer};
  EXPECT_TRUE(reach_of(soc, std::span(&own, 1)).labels().empty());
}

TEST_F(Sector, EachScopeOpensItsOwnActionsAlone) {
  const auto allowed = [&](const PersonId& person, Scope scope) {
    Principal principal = as(person);
    principal.scopes = {scope};
    int count = 0;
    count += permit<action::FileReport>(principal, {operator_a_}).ok() ? 1 : 0;
    count += permit<action::EditReview>(principal, {}).ok() ? 1 : 0;
    count += permit<action::SendSighting>(principal, {}).ok() ? 1 : 0;
    count += permit<action::ImportSources>(principal, {}).ok() ? 1 : 0;
    count += permit<action::ManageAccount>(principal, {person}).ok() ? 1 : 0;
    return count;
  };
  EXPECT_EQ(allowed(soc_a_, Scope::Read), 0);
  EXPECT_EQ(allowed(soc_a_, Scope::Report), 1);
  EXPECT_EQ(allowed(soc_a_, Scope::Sighting), 1);
  EXPECT_EQ(allowed(soc_a_, Scope::Administer), 1);
  EXPECT_EQ(allowed(soc_a_, Scope::Review), 0) << "a scope gives no right that the person has not";
  EXPECT_EQ(allowed(analyst_, Scope::Review), 1);
  EXPECT_EQ(allowed(analyst_, Scope::Exchange), 1);
}

TEST_F(Sector, NobodyManagesAnothersAccount) {
  EXPECT_FALSE(permit<action::ManageAccount>(as(analyst_), {soc_a_}).ok());
}

TEST(Scopes, ThatAnswerWithWhatTheyWroteNeedRead) {
  EXPECT_FALSE(check_scopes({}).ok());
  EXPECT_FALSE(check_scopes({Scope::Report}).ok());
  EXPECT_TRUE(check_scopes({Scope::Report, Scope::Read}).ok());
  EXPECT_TRUE(check_scopes({Scope::Exchange}).ok());
}

}  // namespace
}  // namespace hinomi::policy
