#include "store/sqlite/known_reads.h"

#include <functional>
#include <string_view>

namespace hinomi::store::sqlite {
namespace {

constexpr std::size_t kMost = 200'000;  // about 30 MiB

void mix(std::size_t& hash, std::size_t value) { hash ^= value + 0x9e3779b97f4a7c15 + (hash << 6) + (hash >> 2); }

}  // namespace

std::size_t KnownReads::KeyHash::operator()(const Key& key) const noexcept {
  // Ids are random or at least distinct in their bytes; equality decides, the hash only spreads.
  const auto& subject = key.note.subject;
  std::size_t hash = std::hash<PersonId>()(key.person);
  mix(hash, std::hash<std::string_view>()({reinterpret_cast<const char*>(subject.data()), subject.size()}));
  mix(hash, key.note.version * 8 + static_cast<std::size_t>(key.note.kind));
  mix(hash, static_cast<std::size_t>(key.note.objects.label));
  mix(hash, static_cast<std::size_t>(key.note.objects.first));
  mix(hash, static_cast<std::size_t>(key.note.objects.last));
  return hash;
}

std::vector<policy::ReadNote> KnownReads::unknown(const ReadRecord& record, std::int64_t hour) {
  const std::lock_guard lock(mutex_);
  begin_hour(hour);
  std::vector<policy::ReadNote> missing;
  for (const policy::ReadNote& note : record.notes) {
    if (!known_.contains({record.person, note})) missing.push_back(note);
  }
  return missing;
}

void KnownReads::learn(const ReadRecord& record, std::int64_t hour) {
  const std::lock_guard lock(mutex_);
  // A slow writer may come back after the hour has turned: its marks are of the hour before.
  if (hour != hour_) return;
  if (known_.size() + record.notes.size() > kMost) known_.clear();
  for (const policy::ReadNote& note : record.notes) known_.insert({record.person, note});
}

void KnownReads::begin_hour(std::int64_t hour) {
  if (hour == hour_) return;
  hour_ = hour;
  known_.clear();
}

}  // namespace hinomi::store::sqlite
