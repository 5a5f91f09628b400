#include "policy/reach_book.h"

#include <algorithm>

namespace hinomi::policy {
namespace {

// People times the kinds of sessions they have; beyond it all start anew.
constexpr std::size_t kMostPages = 20'000;

// Others' rights may have changed in another epoch; those of the principal are all in it.
bool same_rights(Principal before, const Principal& now) {
  before.epoch = now.epoch;
  return before == now;
}

}  // namespace

Reach ReachBook::reach_of(const Principal& principal, std::span<const LabelEntry> labels) {
  const std::lock_guard lock(mutex_);
  if (pages_.size() >= kMostPages) pages_.clear();
  Page& page = pages_.try_emplace(Key{principal.person, principal.scopes}, Page{principal, 0, {}, {}}).first->second;
  const bool is_continued =
      page.asked == 0 || (page.asked <= labels.size() && labels[page.asked - 1].id == page.newest);
  if (!is_continued || !same_rights(page.principal, principal)) page = Page{principal, 0, {}, {}};
  for (; page.asked < labels.size(); ++page.asked) {
    const LabelEntry& entry = labels[page.asked];
    if (may_read(principal, entry.label)) page.readable.push_back(entry.id);
    page.newest = entry.id;
  }
  return Reach(page.readable, page.newest, principal);
}

}  // namespace hinomi::policy
