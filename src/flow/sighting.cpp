#include "flow/sighting.h"

#include <algorithm>
#include <array>

#include "flow/publish.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

constexpr std::array<std::string_view, 4> kBuckets{"1", "2-9", "10-99", "100+"};

Status check_indicator(const Platform& platform, const Caller& caller, const Release& release,
                       std::string_view indicator) {
  TRY(const auto objects, platform.store.release_objects(caller.reach, release.id));
  const bool known = std::ranges::any_of(
      objects, [&](const StixObject& object) { return object.id == indicator && object.type == "indicator"; });
  if (!known) return invalid("sighting.indicator", "The release has no such indicator.", "/indicator");
  return {};
}

}  // namespace

Result<SightingId> send_sighting(const Platform& platform, const Caller& caller, const SightingDraft& draft,
                                 const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return SightingId::parse(*earlier);
  if (std::ranges::find(kBuckets, draft.count_bucket) == kBuckets.end()) {
    return invalid("sighting.count", "The count is 1, 2-9, 10-99 or 100+.", "/count");
  }
  if (draft.day > tokyo_day(platform.clock.now()))
    return invalid("sighting.day", "The day lies in the future.", "/day");
  TRY(const Release release, find_release(platform, caller, draft.release));
  TRY_OK(check_indicator(platform, caller, release, draft.indicator));
  TRY(const auto permit, policy::permit<policy::action::SendSighting>(caller.principal, {release.id}));
  store::Sighting sighting{SightingId::random(platform.random),
                           release.id,
                           draft.indicator,
                           caller.principal.org,
                           caller.principal.person,
                           draft.count_bucket,
                           draft.day,
                           draft.named};
  const Label label = policy::sighting_label(*caller.directory, caller.principal.org);
  TRY_OK(platform.store.add_sighting(permit, sighting, label, alongside(platform, caller, repeat)));
  return sighting.id;
}

Result<std::vector<store::SightingCount>> visible_sightings(const Platform& platform, const Caller& caller,
                                                            const ReleaseId& release) {
  if (caller.principal.org_kind == OrgKind::Secretariat) return platform.store.sighting_counts(caller.reach, release);
  TRY(auto counts, platform.store.community_sighting_counts(caller.reach, release));
  std::erase_if(counts, [](const store::SightingCount& count) { return count.orgs < kSightingThreshold; });
  for (store::SightingCount& count : counts) count.reports = 0;  // how often would tell more than how many
  return counts;
}

}  // namespace hinomi::flow
