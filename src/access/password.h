// Passwords: what they must be, and their Argon2id hashes (64 MiB each).
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jiheng::access {

/// At least ten characters of at least three kinds (lower case, upper case, digits, others), not the login in it, none of the passwords
/// that everybody tries (GB/T 22239—2019 8.1.4.1). Error: weak-password (context: what is wanting).
std::optional<Error> trouble_with_password(std::string_view password, std::string_view login);

/// Works out hashes a few at a time, so that a burst of logins cannot take the machine's memory. Thread-safe.
class PasswordHasher {
 public:
  explicit PasswordHasher(int at_once = 2, int waiting = 4) : at_once_(at_once), most_(at_once + waiting) {}

  /// A PHC string ("$argon2id$…"). Error: busy.
  Result<std::string> hash(std::string_view password);
  /// Where `hash` is empty, the same time is spent and the answer is no. Error: busy.
  Result<bool> matches(std::string_view hash, std::string_view password);
  /// The most that were worked out at the same time so far.
  int most_at_once() const { return peak_; }

 private:
  class Turn;
  const int at_once_;
  const int most_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int running_ = 0;
  std::atomic<int> peak_{0};
  int inside_ = 0;  ///< running and waiting
};

}  // namespace jiheng::access
