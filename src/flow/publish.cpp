#include "flow/publish.h"

#include <set>

#include "formats/stix.h"
#include "formats/stix_write.h"
#include "policy/permit.h"
#include "policy/readers.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

constexpr int kNumberDraws = 5;

std::vector<PersonId> approvers(const store::Review& review) {
  std::vector<PersonId> people;
  for (const store::Approval& approval : review.approvals) people.push_back(approval.person);
  return people;
}

const Organisation& secretariat(const Directory& directory) {
  for (const auto& [id, org] : directory.orgs) {
    if (org.kind == OrgKind::Secretariat) return org;
  }
  std::abort();  // an analyst has approved, so there is one
}

StixContext stix_context(const Platform& platform, const Directory& directory) {
  const Organisation& issuer = secretariat(directory);
  return {"identity--" + issuer.id.text(), issuer.name, Instant{}, platform.random};
}

// STIX ids of the indicator objects, in the order of the edition's indicators.
Result<std::vector<std::pair<std::string, Indicator>>> indicator_rows(const Release& release,
                                                                      const std::vector<StixObject>& objects) {
  std::vector<std::pair<std::string, Indicator>> rows;
  if (release.state == ReleaseState::Withdrawn) return rows;
  for (const StixObject& object : objects) {
    if (object.type != "indicator") continue;
    TRY(const auto document, parse_json(object.raw));
    if (document->root().boolean_at("revoked").value_or(false)) continue;
    const auto name = document->root().string_at("name");
    for (const Indicator& indicator : release.edition.indicators) {
      if (name && *name == indicator.value) rows.emplace_back(object.id, indicator);
    }
  }
  return rows;
}

void sign(const Platform& platform, Release& release) {
  release.key_id = platform.signing_key.key_id();
  release.signature = platform.signing_key.sign("hinomi.release.v1", as_bytes(release_signed_text(release)));
}

// Everyone who may read it hears of it, its own approvers aside.
void tell_readers(const Directory& directory, const Release& release, const std::vector<PersonId>& but,
                  store::Alongside& with) {
  const std::string kind = "release." + std::string(release_state_text(release.state));
  const std::set<PersonId> silent(but.begin(), but.end());
  for (const PersonId& person : policy::readers_of(directory, release.label).people) {
    if (!silent.contains(person)) with.outbox.push_back({"notice", person, kind, release.id.text()});
  }
}

int tokyo_year(Instant instant) { return static_cast<int>(std::chrono::year_month_day(tokyo_day(instant)).year()); }

Result<store::ReleaseStore::Publication> publication_of(const Platform& platform, const Directory& directory,
                                                        Release release, std::span<const StixObject> previous) {
  sign(platform, release);
  TRY(auto objects, stix_objects_of(release, stix_context(platform, directory), previous));
  TRY(auto indicators, indicator_rows(release, objects));
  return store::ReleaseStore::Publication{std::move(release), platform.releases, std::move(objects),
                                          std::move(indicators)};
}

void record(const Platform& platform, const Release& release, store::Alongside& with) {
  with.ledger.push_back(ledger_entry(platform, "release." + std::string(release_state_text(release.state)),
                                     release.id.text(), release.version, release_signed_text(release)));
}

Result<Release> publish_first(const Platform& platform, const Caller& caller, const store::Review& review,
                              const LastApproval& last) {
  store::Alongside with = alongside(platform, caller, last.repeat);
  TRY(const auto permit, policy::permit<action::PublishRelease>(
                             caller.principal, {review.id, review.revision, approvers(review)}, last.proof));
  Release release;
  release.id = ReleaseId::random(platform.random);
  release.label = review.release_label;
  release.edition = review.edition;
  release.published_at = with.at;
  tell_readers(*caller.directory, release, approvers(review), with);
  for (int draw = 0;; ++draw) {
    release.number = HumanNumber::make(NumberKind::Release, tokyo_year(with.at), platform.random);
    TRY(const auto publication, publication_of(platform, *caller.directory, release, {}));
    store::Alongside attempt = with;
    record(platform, publication.release, attempt);
    const Status published = platform.store.publish(permit, publication, attempt);
    if (published.ok()) return publication.release;
    if (published.error().code != "number.taken" || draw == kNumberDraws) return published.error();
  }
}

Result<Release> publish_amendment(const Platform& platform, const Caller& caller, const store::Review& review,
                                  const LastApproval& last) {
  store::Alongside with = alongside(platform, caller, last.repeat);
  TRY(Release release, platform.store.release(caller.reach, *review.target));
  // A withdrawal is the last word. One that lands after this look raises the version, which the store then refuses.
  if (release.state == ReleaseState::Withdrawn)
    return conflict("release.withdrawn", "This release is withdrawn already.");
  TRY_OK(check_not_waiting(release, review.purpose));
  TRY(const auto permit,
      policy::permit<action::AmendRelease>(caller.principal,
                                           {release.id, review.id, review.revision, approvers(review)}, last.proof));
  const bool withdrawn = review.purpose == store::ReviewPurpose::Withdrawal;
  release.version += 1;
  release.state = withdrawn ? ReleaseState::Withdrawn : ReleaseState::Corrected;
  // Both reach whoever reads the release now; a withdrawal says no more of it than was signed before.
  if (!withdrawn) release.signed_label.reset();
  release.edition = withdrawn ? Edition{} : review.edition;
  release.reason = review.reason;
  release.published_at = with.at;
  TRY(const auto previous, platform.store.release_objects(caller.reach, release.id));
  TRY(const auto publication, publication_of(platform, *caller.directory, release, previous));
  record(platform, publication.release, with);
  tell_readers(*caller.directory, publication.release, approvers(review), with);
  TRY_OK(platform.store.amend_release(permit, publication, with));
  return publication.release;
}

}  // namespace

Status check_not_waiting(const Release& release, store::ReviewPurpose purpose) {
  if (purpose != store::ReviewPurpose::Correction || !release.label.embargo_until) return {};
  return conflict("release.embargoed",
                  "This release waits for the end of its embargo. End that first, or withdraw it.");
}

Result<Release> publish_review(const Platform& platform, const Caller& caller, const store::Review& review,
                               const LastApproval& last) {
  const bool first = review.purpose == store::ReviewPurpose::Release;
  auto published =
      first ? publish_first(platform, caller, review, last) : publish_amendment(platform, caller, review, last);
  if (published.ok())
    platform.log.info("release_published", {{"release", published->id.text()}, {"number", published->number.text()}});
  return published;
}

Result<Release> find_release(const Platform& platform, const Caller& caller, std::string_view id_or_number) {
  if (const auto id = ReleaseId::parse(id_or_number); id.ok()) return platform.store.release(caller.reach, *id);
  const auto number = HumanNumber::parse(id_or_number);
  if (!number.ok()) return not_found();
  return platform.store.release_by_number(caller.reach, number->text());
}

}  // namespace hinomi::flow
