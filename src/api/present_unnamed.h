// Reports without a name as JSON, and what page and REST share about them.
#pragma once

#include "api/api.h"
#include "base/json.h"
#include "flow/unnamed_desk.h"

namespace hinomi::api {

// "waits" (the reporter spoke last), "answered" or "closed".
std::string_view unnamed_state(const UnnamedReport& report);
// The first line of what was told, or the word that was chosen.
std::string unnamed_title(const Api& api, const Visit& visit, const UnnamedStory& story);

void write_unnamed(JsonWriter& out, const Api& api, const Visit& visit, const UnnamedReport& report);
// With talk, requests to see the reporter and what was opened to the visitor.
Status write_whole_unnamed(JsonWriter& out, const Api& api, const Visit& visit, const UnnamedReport& report);

// The report that the secretariat makes of it. Empty words mean an incident, for members without a name.
struct UnnamedFilingWords {
  std::string summary;
  std::string kind;
  std::string scope;
  Instant noticed_at;
};
Result<ReportDraft> unnamed_draft(const UnnamedFilingWords& words);

}  // namespace hinomi::api
