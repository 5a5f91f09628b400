#include "flow/read_record.h"

#include <algorithm>
#include <map>
#include <set>

namespace hinomi::flow {
namespace {

using policy::action::SeeReaders;

std::vector<SeenBy> by_person(const std::vector<store::ReadMark>& marks) {
  std::vector<SeenBy> seen;
  std::map<std::pair<PersonId, OrgId>, std::size_t> places;
  std::map<std::size_t, std::set<std::uint32_t>> versions;
  for (const store::ReadMark& mark : marks) {
    const auto [place, is_new] = places.try_emplace({mark.person, mark.org}, seen.size());
    if (is_new) seen.push_back({mark.person, mark.org, {}, mark.first_at, mark.first_at});
    seen[place->second].last_at = std::max(seen[place->second].last_at, mark.first_at);
    const bool is_version = mark.note.kind == policy::ReadKind::Report || mark.note.kind == policy::ReadKind::Release;
    if (is_version && mark.note.version > 0) versions[place->second].insert(mark.note.version);
  }
  for (const auto& [place, set] : versions) seen[place].versions.assign(set.begin(), set.end());
  return seen;
}

Result<std::vector<SeenBy>> seen_by(const Platform& platform, const Caller& caller, SeeReaders::Subject subject) {
  TRY(const auto permit, policy::permit<SeeReaders>(caller.principal, std::move(subject)));
  TRY(const auto marks, platform.store.reads_of(caller.reach, permit));
  return by_person(marks);
}

}  // namespace

Result<std::shared_ptr<store::Recording>> record_reads(const Platform& platform, const Caller& caller) {
  const std::vector<policy::ReadNote> notes = caller.reach.trail().take();
  if (notes.empty()) return std::shared_ptr<store::Recording>();
  return platform.store.hand_in_reads({caller.principal.person, caller.principal.org, platform.clock.now(), notes});
}

Result<std::vector<SeenBy>> readers_of_report(const Platform& platform, const Caller& caller,
                                              const ReportVersion& report) {
  return seen_by(platform, caller, {policy::ReadKind::Report, report.report.uuid(), report.org});
}

Result<std::vector<SeenBy>> readers_of_release(const Platform& platform, const Caller& caller, const Release& release) {
  return seen_by(platform, caller, {policy::ReadKind::Release, release.id.uuid(), OrgId()});
}

}  // namespace hinomi::flow
