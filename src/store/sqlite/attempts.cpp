#include "store/sqlite/engine.h"

namespace hinomi::store::sqlite {
namespace {

constexpr Statement kAddAttempt{"add_attempt",
                                "INSERT INTO sign_in_attempt (account, source, method, at) VALUES (?1, ?2, ?3, ?4)"};
constexpr Statement kDropAttempts{"drop_old_attempts", "DELETE FROM sign_in_attempt WHERE at <= ?1"};
constexpr Statement kOfThree{"attempts_of_three",
                             "SELECT count(*) FROM sign_in_attempt WHERE account = ?1 AND source = ?2 AND method = ?3 "
                             "AND at > ?4"};
constexpr Statement kOfAccount{"attempts_of_account",
                               "SELECT count(*) FROM sign_in_attempt WHERE account = ?1 AND at > ?2"};
constexpr Statement kOfSource{"attempts_of_source",
                              "SELECT count(*) FROM sign_in_attempt WHERE source = ?1 AND method = ?2 AND at > ?3"};
constexpr Statement kRetract{"retract_attempt",
                             "DELETE FROM sign_in_attempt WHERE id = (SELECT max(id) FROM sign_in_attempt "
                             "WHERE account = ?1 AND source = ?2 AND method = ?3)"};
constexpr Statement kSettle{"settle_attempts",
                            "DELETE FROM sign_in_attempt WHERE account = ?1 AND source = ?2 AND method = ?3"};
constexpr Statement kKnowSource{"know_source",
                                "INSERT INTO known_source (account, source, at) VALUES (?1, ?2, ?3) "
                                "ON CONFLICT (account, source) DO UPDATE SET at = excluded.at"};
constexpr Statement kDropSources{"drop_old_sources", "DELETE FROM known_source WHERE at <= ?1"};
constexpr Statement kIsKnown{"is_known_source", "SELECT 1 FROM known_source WHERE account = ?1 AND source = ?2"};

// Attempts older than this decide nothing any more, whatever the window.
constexpr std::chrono::hours kAttemptsKept{24};
constexpr std::chrono::hours kSourcesKept{24 * 90};

// Whether one of the limits is reached without this attempt.
Result<bool> is_over(Database& database, const Attempt& attempt, const AttemptLimits& limits, Instant at) {
  TRY(const auto three,
      database.number(kOfThree, attempt.account, attempt.source, attempt.method, at - limits.of_three.window));
  if (three.value_or(0) >= limits.of_three.count) return true;
  TRY(const auto source, database.number(kOfSource, attempt.source, attempt.method, at - limits.of_source.window));
  if (source.value_or(0) >= limits.of_source.count) return true;
  TRY(const auto account, database.number(kOfAccount, attempt.account, at - limits.of_account.window));
  if (account.value_or(0) < limits.of_account.count) return false;
  TRY(const auto known, database.number(kIsKnown, attempt.account, attempt.source));
  return !known.has_value();
}

}  // namespace

Result<bool> Engine::admit_attempt(const Attempt& attempt, const AttemptLimits& limits, Instant at) {
  return writer_->run_for<bool>([&](Change& change) -> Result<bool> {
    Database& database = change.database();
    TRY_OK(database.run(kDropAttempts, at - kAttemptsKept));
    TRY(const bool over, is_over(database, attempt, limits, at));
    if (over) return false;
    TRY_OK(database.run(kAddAttempt, attempt.account, attempt.source, attempt.method, at));
    return true;
  });
}

Status Engine::retract_attempt(const Attempt& attempt) {
  return writer_->run(
      [&](Change& change) { return change.database().run(kRetract, attempt.account, attempt.source, attempt.method); });
}

Status Engine::settle_attempt(const Attempt& attempt, Instant at) {
  return writer_->run([&](Change& change) -> Status {
    Database& database = change.database();
    TRY_OK(database.run(kSettle, attempt.account, attempt.source, attempt.method));
    TRY_OK(database.run(kDropSources, at - kSourcesKept));
    return database.run(kKnowSource, attempt.account, attempt.source, at);
  });
}

}  // namespace hinomi::store::sqlite
