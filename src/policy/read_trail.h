// What was given out under one Reach: the store leaves a note for each labelled thing it reads for a person, and the
// edge has the notes recorded before its answer leaves. Events and positions are references, not content: no note.
// Shared by all copies of a Reach; safe on any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <mutex>
#include <set>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace hinomi::policy {

enum class ReadKind { Report, Review, Release, Objects, Case, Pointer, Unnamed };
std::string_view read_kind_text(ReadKind kind);  // "report", …
Result<ReadKind> parse_read_kind(std::string_view text);

// Threat objects of one label inside a collection, by position, both ends included; zero for everything else.
struct ObjectSpan {
  std::int64_t label = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  auto operator<=>(const ObjectSpan&) const = default;
};

struct ReadNote {
  ReadKind kind = ReadKind::Report;
  Uuid subject{};             // of the report, review, release, collection, case, pointer or unnamed report
  std::uint32_t version = 0;  // of a report or release, revision of a review, 1 for who an unnamed reporter is; else 0
  ObjectSpan objects;
  auto operator<=>(const ReadNote&) const = default;
};

class ReadTrail {
 public:
  void note(const ReadNote& read);
  // The notes since the last call, each once, in their order.
  [[nodiscard]] std::vector<ReadNote> take();
  // This request itself took something away from readers (store/consent_store.h); its own answer was made after that.
  void note_own_narrowing(std::int64_t at);
  [[nodiscard]] bool made_narrowing(std::int64_t at) const;

 private:
  mutable std::mutex mutex_;
  std::vector<ReadNote> notes_;
  std::set<std::int64_t> own_narrowings_;
};

}  // namespace hinomi::policy
