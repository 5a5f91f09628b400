#include "policy/scope.h"

#include <algorithm>

#include "model/words.h"

namespace hinomi::policy {
namespace {

constexpr Words<Scope, 7> kScopes{"token.scope_unknown",
                                  {"read", "report", "review", "approve", "sighting", "exchange", "administer"}};

bool needs_read(Scope scope) {
  return scope == Scope::Report || scope == Scope::Review || scope == Scope::Approve || scope == Scope::Sighting;
}

}  // namespace

std::string_view scope_text(Scope scope) { return kScopes.text(scope); }
Result<Scope> parse_scope(std::string_view text) { return kScopes.parse(text); }

Scopes all_scopes() {
  return {Scope::Read,     Scope::Report,   Scope::Review,    Scope::Approve,
          Scope::Sighting, Scope::Exchange, Scope::Administer};
}

Status check_scopes(const Scopes& scopes) {
  if (scopes.empty()) return invalid("token.scopes", "A token without a scope can do nothing; name at least one.");
  if (!scopes.contains(Scope::Read) && std::ranges::any_of(scopes, needs_read)) {
    return invalid("token.scopes", "report, review, approve and sighting need read as well.");
  }
  return {};
}

}  // namespace hinomi::policy
