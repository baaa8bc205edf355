// Who asks. As long as no account exists, whoever sits at the machine itself is its operator; from the first account on everybody logs in.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/sessions.h"
#include "base/result.h"
#include "desks/people/outsiders.h"
#include "desks/people/people.h"
#include "service/http/router.h"

namespace jiheng::service {

struct Caller {
  access::Principal who;
  std::optional<access::Account> account;    ///< none: nobody, or the operator
  std::string session;                       ///< id of the session or token he came with
  bool wants_second_factor = false;          ///< an administrator who has none yet, and may do nothing else
  std::optional<desks::OutsiderLink> visit;  ///< of a route that wants one: what it shows
  std::string head;                          ///< the journal's when he was looked up; "" where nobody was
};

/// Of a request that the gate let in.
const access::Principal& who_asks(const Request& request);

/// Thread-safe.
class Gate {
 public:
  Gate(desks::People& people, access::Sessions& sessions, desks::Outsiders& outsiders)
      : people_(people), sessions_(sessions), outsiders_(outsiders) {}

  /// Sets the request's caller. Errors: host-not-allowed (no account exists and it does not come from this machine), not-logged-in,
  /// second-factor-unset, forbidden, visit-void.
  std::optional<Error> admit(Request& request, const Need& need);
  /// What can be told without asking the database: a request without any secret. Error: not-logged-in.
  std::optional<Error> refuse_at_once(const Request& request, const Need& need) const;
  bool accounts_exist();

 private:
  Caller caller_of(const Request& request);
  std::optional<Error> admit_visit(Request& request) const;

  desks::People& people_;
  access::Sessions& sessions_;
  desks::Outsiders& outsiders_;
  std::atomic<bool> accounts_exist_{false};  ///< once true, for good: accounts are disabled, never deleted
};

/// The secret that the request brings: of a browser's cookie, or of a script's token. Empty where it brings none.
std::string_view secret_of(const Request& request);
/// The cookie's header for a session that begins; for an empty secret, for one that ends.
std::string session_cookie(std::string_view secret, const Request& request, std::int64_t longest_seconds);

}  // namespace jiheng::service
