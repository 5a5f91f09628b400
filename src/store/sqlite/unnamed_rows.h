// Rows of unnamed reports, for both sides of the talk. On the connection of whoever calls.
#pragma once

#include "store/sqlite/change.h"

namespace hinomi::store::sqlite {

inline constexpr std::string_view kUnnamedKind = "unnamed";
inline constexpr std::string_view kUnnamedTalkKind = "unnamed_talk";
inline constexpr std::string_view kUnnamedOpeningKind = "unnamed_opening";
inline constexpr std::string_view kUnnamedIdentityKind = "unnamed_identity";

// Without talk and openings.
Result<UnnamedReport> load_unnamed(Database& database, Sequence sequence);
Result<UnnamedReport> load_whole_unnamed(Database& database, Sequence sequence);
Result<std::vector<IdentityOpening>> load_openings(Database& database, const UnnamedId& id, LabelId label);

// What a writer needs to know of a report.
struct UnnamedStanding {
  UnnamedId id;
  Sequence sequence = 0;
  LabelId label;
  bool closed = false;
  bool filed = false;  // a report was made of it
};
Result<UnnamedStanding> standing_of_unnamed(Database& database, const UnnamedId& id);  // NotFound
Result<UnnamedStanding> standing_of_code(Database& database, const Sha256& code);      // NotFound

struct NewTalk {
  TalkEntry entry;
  std::optional<Sha256> form;
};
// The next entry, and who waits now. Conflict "unnamed.closed"; TooLarge "unnamed.talk_full".
Status add_talk(Change& change, const UnnamedStanding& standing, const NewTalk& talk);

// This report was made of it. Conflict "unnamed.filed" when one was made before.
Status link_unnamed(Change& change, const UnnamedId& id, const ReportId& report);

// Those closed before, at most `most`: rows, talk, identity, requests and every key. How many.
Result<std::size_t> forget_unnamed(Database& database, Instant before, std::size_t most);

}  // namespace hinomi::store::sqlite
