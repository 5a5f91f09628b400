#include "store/sqlite/engine.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::int64_t kMostOfOne = 8;

constexpr Statement kBindingOf{
    "provider_binding",
    "SELECT id, person_id, issuer, subject, bound_at FROM provider_binding WHERE issuer = ?1 AND subject = ?2"};
constexpr Statement kBindingsOf{
    "provider_bindings_of_person",
    "SELECT id, person_id, issuer, subject, bound_at FROM provider_binding WHERE person_id = ?1 ORDER BY bound_at, id"};
constexpr Statement kCountOf{"provider_binding_count", "SELECT count(*) FROM provider_binding WHERE person_id = ?1"};
constexpr Statement kBind{
    "bind_provider",
    "INSERT INTO provider_binding (id, person_id, issuer, subject, bound_at) VALUES (?1, ?2, ?3, ?4, ?5)"};
constexpr Statement kUnbind{"unbind_provider", "DELETE FROM provider_binding WHERE id = ?1 AND person_id = ?2"};

ProviderBinding read_binding(const Query& row) {
  return {row.id<ProviderBindingId>(0), row.id<PersonId>(1), row.text(2), row.text(3), row.instant(4)};
}

}  // namespace

Status Engine::bind_provider(const Permit<action::ManageAccount>& permit, const ProviderBinding& binding) {
  if (permit.subject().person != binding.person) return internal("The permit is for another person.");
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY(auto taken, database.query(kBindingOf, binding.issuer, binding.subject));
    TRY(const bool is_taken, taken.next());
    if (is_taken) return conflict("openid.bound", "This account at the provider belongs to somebody here already.");
    TRY(const auto count, database.number(kCountOf, binding.person));
    if (count.value_or(0) >= kMostOfOne)
      return conflict("openid.too_many", "Eight accounts at providers are the most; remove one first.");
    return database.run(kBind, binding.id, binding.person, binding.issuer, binding.subject, binding.bound_at);
  });
}

Result<ProviderBinding> Engine::provider_binding(std::string_view issuer, std::string_view subject) {
  TRY(auto reading, readers_->begin());
  TRY(auto query, reading.database().query(kBindingOf, issuer, subject));
  TRY(const bool row, query.next());
  if (!row) return not_found();
  return read_binding(query);
}

Result<std::vector<ProviderBinding>> Engine::provider_bindings_of(const PersonId& person) {
  TRY(auto reading, readers_->begin());
  std::vector<ProviderBinding> bindings;
  TRY(auto query, reading.database().query(kBindingsOf, person));
  for (;;) {
    TRY(const bool row, query.next());
    if (!row) return bindings;
    bindings.push_back(read_binding(query));
  }
}

Status Engine::unbind_provider(const Permit<action::ManageAccount>& permit, const ProviderBindingId& binding) {
  return writer_->run([&](Change& change) -> Status {
    TRY_OK(change.database().run(kUnbind, binding, permit.subject().person));
    return change.database().changes() > 0 ? Status() : Status(not_found());
  });
}

}  // namespace hinomi::store::sqlite
