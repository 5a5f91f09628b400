#include "store/sqlite/session_book.h"

#include <cstring>

namespace hinomi::store::sqlite {

std::size_t SessionBook::FirstBytes::operator()(const Sha256& hash) const {
  std::size_t first = 0;
  std::memcpy(&first, hash.data(), sizeof first);
  return first;
}

void SessionBook::put(const Session& session) {
  const std::lock_guard lock(mutex_);
  sessions_.insert_or_assign(session.secret_hash, session);
}

void SessionBook::end(const Sha256& secret_hash) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(secret_hash);
}

void SessionBook::drop_expired(Instant now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& entry) { return entry.second.expires_at <= now; });
}

std::optional<Session> SessionBook::find(const Sha256& secret_hash, Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(secret_hash);
  if (found == sessions_.end() || found->second.expires_at <= now) return std::nullopt;
  return found->second;
}

}  // namespace hinomi::store::sqlite
