// What every call that can fail returns: a value or an Error, never both, never an exception.
// Plain values; safe on any thread. TRY passes an error on to the caller.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace hinomi {

// Few kinds: each has one HTTP status and one exit code, decided where it leaves the program.
enum class ErrorKind {
  Invalid,      // the input cannot be accepted as it is
  NotFound,     // absent, or hidden from this reader: the two are never told apart
  Forbidden,    // the reader knows the thing but may not do this to it
  Conflict,     // the state moved on, or the same key was used for something else
  TooLarge,     // over a stated limit
  Unavailable,  // try again later; nothing was lost
  Internal,     // our fault; the detail goes to the log only
};

struct Error {
  ErrorKind kind = ErrorKind::Internal;
  std::string code;    // stable key of the text catalogue, e.g. "label.tlp_unknown"
  std::string detail;  // English: what is wrong and what to do; never a secret
  std::string where;   // JSON pointer, "file:line", field name or empty

  // The same error seen from one level further out: "bundle.json" + "/objects/3".
  [[nodiscard]] Error inside(std::string_view outer) const {
    Error moved = *this;
    moved.where = std::string(outer) + (where.empty() ? "" : ": " + where);
    return moved;
  }
};

inline Error invalid(std::string code, std::string detail, std::string where = {}) {
  return {ErrorKind::Invalid, std::move(code), std::move(detail), std::move(where)};
}
inline Error not_found() { return {ErrorKind::NotFound, "not_found", "There is nothing here that you may read.", {}}; }
inline Error forbidden(std::string code, std::string detail) {
  return {ErrorKind::Forbidden, std::move(code), std::move(detail), {}};
}
inline Error conflict(std::string code, std::string detail) {
  return {ErrorKind::Conflict, std::move(code), std::move(detail), {}};
}
inline Error too_large(std::string code, std::string detail, std::string where = {}) {
  return {ErrorKind::TooLarge, std::move(code), std::move(detail), std::move(where)};
}
inline Error unavailable(std::string code, std::string detail) {
  return {ErrorKind::Unavailable, std::move(code), std::move(detail), {}};
}
inline Error internal(std::string detail) { return {ErrorKind::Internal, "internal", std::move(detail), {}}; }

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // value() of an error and error() of a value are bugs of ours and end the program.
  [[nodiscard]] const T& value() const& { return require_value(), std::get<0>(state_); }
  [[nodiscard]] T& value() & { return require_value(), std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return require_value(), std::get<0>(std::move(state_)); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }
  [[nodiscard]] T* operator->() { return &value(); }

  [[nodiscard]] const Error& error() const { return require_error(), std::get<1>(state_); }
  [[nodiscard]] T value_or(T other) && { return ok() ? std::get<0>(std::move(state_)) : std::move(other); }

 private:
  void require_value() const {
    if (!ok()) std::abort();
  }
  void require_error() const {
    if (ok()) std::abort();
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Error& error() const {
    if (!error_) std::abort();
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace hinomi

#define HINOMI_JOIN_(a, b) a##b
#define HINOMI_JOIN(a, b) HINOMI_JOIN_(a, b)
#define HINOMI_TRY_(name, declaration, expression) \
  auto name = (expression);                        \
  if (!name.ok()) return name.error();             \
  declaration = std::move(name).value()
// TRY(const Tlp tlp, parse_tlp(text)); declares tlp, or returns the error to the caller.
#define TRY(declaration, expression) HINOMI_TRY_(HINOMI_JOIN(try_result_, __LINE__), declaration, expression)
// TRY_OK(store.close()); for calls without a value.
#define TRY_OK(expression)                                                           \
  do {                                                                               \
    if (auto try_status = (expression); !try_status.ok()) return try_status.error(); \
  } while (false)
