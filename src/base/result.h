// Result<T>: the value, or an expected failure with a code and the places it passed through.
//
// Three kinds of trouble are never mixed: a finding of the audit is data; an expected failure (bad file, stale revision) is a
// Result; an exception is a broken environment and is caught once per request, job or main.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace jiheng {

/// An expected failure. `code` is stable and for machines (kebab-case); `message` is a complete Chinese sentence for people that
/// says what is wrong and what to do; `context` names the places from the inside out (cell, row, sheet, file).
struct Error {
  std::string code;
  std::string message;
  std::vector<std::string> context;

  /// The same error seen from one place further out.
  Error in(std::string place) && {
    context.push_back(std::move(place));
    return std::move(*this);
  }
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }

  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

/// For what yields nothing but may fail.
struct Done {};

}  // namespace jiheng
