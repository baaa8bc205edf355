// Who came in, who was turned away and why; for the audit administrator. Whoever tries a login that nobody has is noted without it: people
// type passwords into the wrong field.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace jiheng::access {

/// visit and those behind it: of outsiders, who have no account.
enum class LoginOutcome { in, wrong_password, wrong_code, locked, out, visit, visit_look, visit_download, void_link };
std::string_view outcome_code(LoginOutcome outcome);  ///< "wrong-password"

struct LoginEvent {
  std::string id;  ///< newer ones sort behind older ones; given when it is noted
  std::int64_t at = 0;
  std::string login;  ///< empty: one that nobody has
  std::string outcome;
  std::string address;
  std::string agent;  ///< what the browser calls itself
};

/// In the caller's transaction. What is older than 400 days goes.
void note_login(store::Connection& connection, const std::string& tenant, const LoginEvent& event);
/// Newest first; those before the one with that id, or from the newest where it is empty.
std::vector<LoginEvent> login_events(store::Connection& connection, const std::string& tenant, int limit, std::string_view before);

}  // namespace jiheng::access
