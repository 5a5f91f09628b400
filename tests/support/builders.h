// Values for tests: a small invented sector, reports and releases, stating only what matters to the test.
//   const Sector sector = a_directory();
//   const ReportVersion report = a_report(random).from(sector.acme).by(sector.acme_reporter).summary("...");
// Permits and reaches come from policy itself, by `as(sector.directory, person)`: there is no back door here either.
#pragma once

#include <chrono>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "base/random.h"
#include "model/organisation.h"
#include "model/release.h"
#include "model/report.h"
#include "policy/labelling.h"
#include "policy/principal.h"

namespace hinomi::testing {

// The value of something that cannot fail in a test; ends the program otherwise.
template <class T>
T must(Result<T> result) {
  if (!result.ok()) std::abort();
  return std::move(result).value();
}

// RFC 3339 → Instant.
inline Instant at(std::string_view text) { return must(parse_rfc3339(text)); }

// The same id for the same number, so that failures read the same on every run.
template <class IdType>
IdType id_number(std::uint8_t number) {
  Uuid uuid{};
  uuid[0] = number;
  uuid[6] = 0x40;
  uuid[8] = 0x80;
  uuid[15] = number;
  return IdType(uuid);
}

// A secretariat with two analysts and an operator of the platform; three members, each with a reporter and an approver;
// a vendor outside the members' group.
struct Sector {
  Directory directory;
  OrgId secretariat, acme, beta, gamma, vendor;
  PersonId analyst, second_analyst, platform_operator;
  PersonId acme_reporter, acme_approver, beta_reporter, beta_approver, gamma_reporter, gamma_approver;
  PersonId vendor_engineer;
  GroupId members;
};

class SectorBuilder {
 public:
  OrgId org(OrgKind kind, const std::string& name) {
    Organisation org;
    org.id = id_number<OrgId>(++last_);
    org.kind = kind;
    org.name = name;
    org.name_en = name;
    sector.directory.orgs.emplace(org.id, org);
    return org.id;
  }
  PersonId person(const OrgId& org, const std::string& login, std::set<Role> roles) {
    Person person;
    person.id = id_number<PersonId>(++last_);
    person.org = org;
    person.name = login;
    person.name_en = login;
    person.login = login;
    person.roles = std::move(roles);
    sector.directory.persons.emplace(person.id, person);
    return person.id;
  }
  GroupId group(std::string_view name, std::set<OrgId> orgs) {
    Group group;
    group.id = id_number<GroupId>(++last_);
    group.name = name;
    group.ceiling = Tlp::AmberStrict;
    group.orgs = std::move(orgs);
    sector.directory.groups.emplace(group.id, group);
    return group.id;
  }
  Sector sector;

 private:
  std::uint8_t last_ = 0;
};

inline Sector a_directory() {
  SectorBuilder builder;
  Sector& sector = builder.sector;
  sector.directory.epoch = 1;
  sector.secretariat = builder.org(OrgKind::Secretariat, "Example Power ISAC");
  sector.acme = builder.org(OrgKind::Operator, "Acme Electric");
  sector.beta = builder.org(OrgKind::Operator, "Beta Grid");
  sector.gamma = builder.org(OrgKind::Operator, "Gamma Wind");
  sector.vendor = builder.org(OrgKind::Technical, "Example Controls");
  sector.analyst = builder.person(sector.secretariat, "analyst", {Role::Analyst});
  sector.second_analyst = builder.person(sector.secretariat, "second.analyst", {Role::Analyst});
  sector.platform_operator = builder.person(sector.secretariat, "operator", {Role::Operator});
  sector.acme_reporter = builder.person(sector.acme, "acme.reporter", {Role::Reporter});
  sector.acme_approver = builder.person(sector.acme, "acme.approver", {Role::Approver});
  sector.beta_reporter = builder.person(sector.beta, "beta.reporter", {Role::Reporter});
  sector.beta_approver = builder.person(sector.beta, "beta.approver", {Role::Approver});
  sector.gamma_reporter = builder.person(sector.gamma, "gamma.reporter", {Role::Reporter});
  sector.gamma_approver = builder.person(sector.gamma, "gamma.approver", {Role::Approver});
  sector.vendor_engineer = builder.person(sector.vendor, "vendor.engineer", {Role::Reporter});
  sector.members = builder.group(policy::kMembersGroup, {sector.secretariat, sector.acme, sector.beta, sector.gamma});
  return sector;
}

// Who is asking, as policy sees them.
inline policy::Principal as(const Directory& directory, const PersonId& person) {
  return must(policy::principal_of(directory, person));
}

// A label read by these organisations.
inline Label shared_with(std::set<OrgId> orgs, Tlp tlp = Tlp::AmberStrict) {
  AudienceSet set;
  set.orgs = std::move(orgs);
  Label label;
  label.tlp = tlp;
  label.audience = Audience::only(std::move(set));
  return label;
}

// Version 1 of a report that its own organisation reads, until told otherwise.
class ReportBuilder {
 public:
  explicit ReportBuilder(Random& random) {
    report_.report = ReportId::random(random);
    report_.number = HumanNumber::make(NumberKind::Report, 2026, random);
    report_.filed_at = at("2026-11-22T02:05:00Z");
    report_.content.title = "Unexpected remote session";
    report_.content.summary = "A session to a control workstation was opened from outside.";
  }
  ReportBuilder& from(const OrgId& org) {
    report_.org = org;
    return read_by(shared_with({org}));
  }
  ReportBuilder& by(const PersonId& author) { return report_.author = author, *this; }
  ReportBuilder& summary(std::string text) { return report_.content.summary = std::move(text), *this; }
  ReportBuilder& version(std::uint32_t number) { return report_.version = number, *this; }
  ReportBuilder& of(const ReportVersion& earlier) {
    const std::uint32_t next = earlier.version + 1;
    report_ = earlier;
    report_.version = next;
    return *this;
  }
  ReportBuilder& read_by(const Label& label) {
    report_.victim_label = label;
    report_.technical_label = label;
    return *this;
  }
  operator ReportVersion() const { return report_; }  // NOLINT(google-explicit-constructor)

 private:
  ReportVersion report_;
};
inline ReportBuilder a_report(Random& random) { return ReportBuilder(random); }

// Version 1 of a release with one paragraph and one indicator.
class ReleaseBuilder {
 public:
  explicit ReleaseBuilder(Random& random) {
    release_.id = ReleaseId::random(random);
    release_.number = HumanNumber::make(NumberKind::Release, 2026, random);
    release_.published_at = at("2026-11-23T01:00:00Z");
    release_.edition.title = "Remote access through an unused account";
    release_.edition.body = "An account of a former contractor was used.";
    release_.edition.indicators = {{IndicatorType::Domain, "update.example.net"}};
    release_.key_id = "0011223344556677";
  }
  ReleaseBuilder& read_by(const Label& label) { return release_.label = label, *this; }
  ReleaseBuilder& body(std::string text) { return release_.edition.body = std::move(text), *this; }
  ReleaseBuilder& state(ReleaseState state) { return release_.state = state, *this; }
  ReleaseBuilder& of(const Release& earlier) {
    const std::uint32_t next = earlier.version + 1;
    release_ = earlier;
    release_.version = next;
    return *this;
  }
  operator Release() const { return release_; }  // NOLINT(google-explicit-constructor)

 private:
  Release release_;
};
inline ReleaseBuilder a_release(Random& random) { return ReleaseBuilder(random); }

}  // namespace hinomi::testing
