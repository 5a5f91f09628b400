// A value that must not be logged, printed or compared in a test message: passwords, tokens, keys.
#pragma once

#include <string>
#include <utility>

namespace hinomi {

template <class T>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}
  // The one way in; the name is meant to be searched for.
  [[nodiscard]] const T& expose() const { return value_; }

  bool operator==(const Secret&) const = delete;  // use equal_in_constant_time of base/crypto.h

 private:
  T value_{};
};

using SecretText = Secret<std::string>;

}  // namespace hinomi
