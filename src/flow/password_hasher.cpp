#include "flow/password_hasher.h"

namespace hinomi::flow {

// Gives the slot back when the work is done.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {}
  ~Turn() { hasher_.leave(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  PasswordHasher& hasher_;
};

Status PasswordHasher::enter() {
  std::unique_lock lock(mutex_);
  if (running_ >= room_.slots && waiting_ >= room_.waiting) {
    return unavailable("signin.busy", "Many people are signing in at this moment. Try again in a few seconds.");
  }
  ++waiting_;
  freed_.wait(lock, [&] { return running_ < room_.slots; });
  --waiting_;
  ++running_;
  return {};
}

void PasswordHasher::leave() {
  {
    const std::lock_guard lock(mutex_);
    --running_;
  }
  freed_.notify_one();
}

Result<bool> PasswordHasher::matches(const std::optional<std::string>& hash, const SecretText& password) {
  TRY_OK(enter());
  const Turn turn(*this);
  std::call_once(nobody_made_, [&] { nobody_ = hash_password(SecretText("nobody"), cost_); });
  return password_matches(hash.value_or(nobody_), password) && hash.has_value();
}

Result<std::string> PasswordHasher::hash(const SecretText& password) {
  TRY_OK(enter());
  const Turn turn(*this);
  return hash_password(password, cost_);
}

}  // namespace hinomi::flow
