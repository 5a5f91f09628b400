// The sessions that stand, in memory: every request asks for one, twice, and what that costs must not tell how many
// there are. The writer's thread changes it after each commit; loaded from the file at start. Safe on any thread.
#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>

#include "store/records.h"

namespace hinomi::store::sqlite {

class SessionBook {
 public:
  // Adds or replaces.
  void put(const Session& session);
  void end(const Sha256& secret_hash);
  // Forgets those whose end has come by `now`.
  void drop_expired(Instant now);
  // Nothing when there is none or it has expired by `now`.
  [[nodiscard]] std::optional<Session> find(const Sha256& secret_hash, Instant now) const;

 private:
  // The hashes are of secrets that nobody chooses.
  struct FirstBytes {
    std::size_t operator()(const Sha256& hash) const;
  };
  mutable std::mutex mutex_;
  std::unordered_map<Sha256, Session, FirstBytes> sessions_;
};

}  // namespace hinomi::store::sqlite
