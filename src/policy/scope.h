// What a session may be used for. A scope takes away, it never gives: the person's own rights stay the limit.
// A browser session has all of them, an API token the ones it was issued with.
#pragma once

#include <set>
#include <string_view>

#include "base/result.h"

namespace hinomi::policy {

enum class Scope {
  Read,        // everything labelled that the person may read
  Report,      // file and amend reports
  Review,      // prepare what may be released
  Approve,     // approve, consent, publish
  Sighting,    // say that one's own logs matched
  Exchange,    // write to TAXII collections, import collected material
  Administer,  // accounts: one's own, and everybody's where the person operates the platform
};
using Scopes = std::set<Scope>;

std::string_view scope_text(Scope scope);  // "read", …
Result<Scope> parse_scope(std::string_view text);
Scopes all_scopes();
// Invalid "token.scopes" for none at all, and for one that is of no use without Read (report, review, approve,
// sighting: each answers with what it wrote).
Status check_scopes(const Scopes& scopes);

}  // namespace hinomi::policy
