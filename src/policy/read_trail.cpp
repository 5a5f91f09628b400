#include "policy/read_trail.h"

#include <set>
#include <utility>

#include "model/words.h"

namespace hinomi::policy {
namespace {

constexpr Words<ReadKind, 7> kReadKinds{"read.kind_unknown",
                                        {"report", "review", "release", "objects", "case", "pointer", "unnamed"}};

}  // namespace

std::string_view read_kind_text(ReadKind kind) { return kReadKinds.text(kind); }
Result<ReadKind> parse_read_kind(std::string_view text) { return kReadKinds.parse(text); }

void ReadTrail::note(const ReadNote& read) {
  const std::lock_guard lock(mutex_);
  notes_.push_back(read);
}

void ReadTrail::note_own_narrowing(std::int64_t at) {
  const std::lock_guard lock(mutex_);
  own_narrowings_.insert(at);
}

bool ReadTrail::made_narrowing(std::int64_t at) const {
  const std::lock_guard lock(mutex_);
  return own_narrowings_.contains(at);
}

std::vector<ReadNote> ReadTrail::take() {
  std::vector<ReadNote> taken;
  {
    const std::lock_guard lock(mutex_);
    taken = std::exchange(notes_, {});
  }
  std::set<ReadNote> seen;
  std::erase_if(taken, [&](const ReadNote& note) { return !seen.insert(note).second; });
  return taken;
}

}  // namespace hinomi::policy
