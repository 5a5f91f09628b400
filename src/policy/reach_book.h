// Reaches that were computed before, so that what a request costs does not grow with the labels that its reader may not
// read: policy is asked about each label once for each set of rights, when the label or the rights are new. Safe on any
// thread; bounded.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "policy/reading.h"

namespace hinomi::policy {

class ReachBook {
 public:
  // What the function policy::reach_of gives. `labels` is one growing list: ascending by id, and what a call was shown
  // stands unchanged at the beginning of every later one.
  Reach reach_of(const Principal& principal, std::span<const LabelEntry> labels);

 private:
  struct Page {
    Principal principal;    // with the rights that were asked about; its epoch is that of the first time
    std::size_t asked = 0;  // so many labels, from the beginning
    LabelId newest;
    std::vector<LabelId> readable;
  };
  // A session's scopes belong to the key: one person's sessions have different ones.
  using Key = std::pair<PersonId, Scopes>;

  std::mutex mutex_;
  std::map<Key, Page> pages_;
};

}  // namespace hinomi::policy
