#include "triage/merge.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

#include "triage/keys.h"

namespace hinomi {
namespace {

// How near-identical titles are looked for: each title key leads to at most this many earlier items, so that a feed
// full of one title costs linear time.
constexpr std::size_t kMaxTitleCandidates = 16;

// Disjoint sets with path halving.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t find(std::size_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }
  // The smaller index leads: members are in canonical order, so the leader does not depend on arrival.
  void join(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

// Earliest first; what ties is told apart by everything that could differ.
auto canonical_order(const SourceItem& item) {
  return std::make_tuple(item.published.value_or(Instant::max()), std::string_view(item.source),
                         std::string_view(item.external_id), std::string_view(item.version),
                         std::string_view(item.title), std::string_view(item.raw));
}

std::vector<std::size_t> in_canonical_order(std::span<const SourceItem> items) {
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(
      order, [&](std::size_t a, std::size_t b) { return canonical_order(items[a]) < canonical_order(items[b]); });
  return order;
}

class Batch {
 public:
  Batch(std::span<const SourceItem> items, std::span<const KnownKey> known)
      : items_(items), order_(in_canonical_order(items)), groups_(items.size()) {
    for (const auto& [key, case_id] : known) known_.emplace(key, case_id);
    for (const std::size_t index : order_) keys_.push_back(correlation_keys(items[index]));
  }

  std::vector<CaseGroup> groups() {
    join_by_proof();
    join_by_title();
    std::map<std::size_t, std::vector<std::size_t>> members;
    for (std::size_t place = 0; place < order_.size(); ++place) members[groups_.find(place)].push_back(place);
    std::vector<CaseGroup> found;
    for (const auto& [leader, places] : members) found.push_back(group_of(places));
    return found;
  }

 private:
  // Places are positions in canonical order.
  void join_by_proof() {
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t place = 0; place < keys_.size(); ++place) {
      for (const auto& key : keys_[place]) {
        if (is_title_key(key)) continue;
        const auto [entry, is_new] = first.try_emplace(key, place);
        if (!is_new) groups_.join(entry->second, place);
      }
    }
  }

  void join_by_title() {
    std::unordered_map<std::string_view, std::vector<std::size_t>> holders;
    for (std::size_t place = 0; place < keys_.size(); ++place) {
      std::map<std::size_t, std::size_t> shared;
      for (const auto& key : keys_[place]) {
        if (!is_title_key(key)) continue;
        auto& earlier = holders[key];
        for (const std::size_t other : earlier) ++shared[other];
        if (earlier.size() < kMaxTitleCandidates) earlier.push_back(place);
      }
      for (const auto& [other, count] : shared) {
        if (count >= kMinSharedTitleKeys) groups_.join(other, place);
      }
    }
  }

  CaseGroup group_of(const std::vector<std::size_t>& places) {
    CaseGroup group;
    std::set<std::string> keys;
    std::map<std::string, std::vector<std::size_t>> documents;
    for (const std::size_t place : places) {
      const std::size_t index = order_[place];
      group.items.push_back(index);
      keys.insert(keys_[place].begin(), keys_[place].end());
      documents[document_key(items_[index])].push_back(index);
    }
    for (auto& [key, copies] : documents) {
      if (copies.size() > 1) group.duplicates.push_back(std::move(copies));
    }
    group.keys.assign(keys.begin(), keys.end());
    group.known = match_known(places, keys);
    group.title = items_[group.items.front()].title;
    return group;
  }

  // Title keys prove something only between two single titles, so they are matched item by item.
  std::optional<CaseMatch> match_known(const std::vector<std::size_t>& places, const std::set<std::string>& keys) {
    std::set<KnownKey> shared;
    const auto take = [&](const std::string& key) {
      for (auto [entry, end] = known_.equal_range(key); entry != end; ++entry) shared.insert({key, entry->second});
    };
    for (const auto& key : keys) {
      if (!is_title_key(key)) take(key);
    }
    if (shared.empty()) {
      for (const std::size_t place : places) {
        for (const auto& key : keys_[place]) take(key);
        const std::vector<KnownKey> candidates(shared.begin(), shared.end());
        if (auto match = match_case(keys_[place], candidates)) return match;
        shared.clear();
      }
      return std::nullopt;
    }
    const std::vector<std::string> all(keys.begin(), keys.end());
    const std::vector<KnownKey> candidates(shared.begin(), shared.end());
    return match_case(all, candidates);
  }

  std::span<const SourceItem> items_;
  std::vector<std::size_t> order_;
  std::multimap<std::string, CaseId, std::less<>> known_;
  std::vector<std::vector<std::string>> keys_;
  Groups groups_;
};

}  // namespace

std::optional<CaseMatch> match_case(std::span<const std::string> keys, std::span<const KnownKey> known) {
  const std::set<std::string_view> wanted(keys.begin(), keys.end());
  std::map<CaseId, std::set<std::string>> shared;
  for (const auto& [key, case_id] : known) {
    if (wanted.contains(key)) shared[case_id].insert(key);
  }
  std::erase_if(shared, [](const auto& entry) {
    const auto titles = static_cast<std::size_t>(std::ranges::count_if(entry.second, is_title_key));
    return titles == entry.second.size() && titles < kMinSharedTitleKeys;
  });
  if (shared.empty()) return std::nullopt;
  // The map is ordered by id, and max_element keeps the first of equals.
  const auto best = std::ranges::max_element(shared, {}, [](const auto& entry) { return entry.second.size(); });
  CaseMatch match{best->first, {best->second.begin(), best->second.end()}, {}};
  for (const auto& [case_id, found] : shared) {
    if (case_id != match.case_id) match.also.push_back(case_id);
  }
  return match;
}

std::vector<CaseGroup> merge_into_cases(std::span<const SourceItem> items, std::span<const KnownKey> known) {
  return Batch(items, known).groups();
}

}  // namespace hinomi
