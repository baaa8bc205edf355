#include "access/login_log.h"

#include <charconv>

#include "access/secret.h"
#include "base/text.h"

namespace jiheng::access {
namespace {

constexpr std::int64_t kept_seconds = std::int64_t{400} * 24 * 3600;
constexpr std::size_t entry_length = 16;

constexpr std::string_view insert_event =
    "INSERT INTO login_log (tenant_id, at, entry, login, outcome, address, agent) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view forget_events = "DELETE FROM login_log WHERE tenant_id = ? AND at < ?";
constexpr std::string_view select_events =
    "SELECT at, entry, login, outcome, address, agent FROM login_log WHERE tenant_id = ? AND (at < ? OR (at = ? AND entry < ?)) "
    "ORDER BY at DESC, entry DESC LIMIT ?";

/// What came from outside: in one line, readable, not longer than it need be.
std::string short_text(std::string_view text) {
  constexpr std::size_t longest = 200;  // bytes
  std::string out;
  for (std::size_t at = 0; at < text.size() && out.size() < longest;) {
    const char32_t c = next_code_point(text, at);
    append_utf8(out, c < 0x20 || c == 0x7F ? U' ' : c);
  }
  return out;
}

/// "1772413200-3f9c…" → both parts; behind everything where it is empty, before everything where it is no id.
std::pair<std::int64_t, std::string> parts_of(std::string_view id) {
  if (id.empty()) return {INT64_MAX, {}};
  std::int64_t at = 0;
  const auto [end, failed] = std::from_chars(id.data(), id.data() + id.size(), at);
  const std::string_view rest = id.substr(static_cast<std::size_t>(end - id.data()));
  if (failed != std::errc() || !rest.starts_with('-')) return {0, {}};
  return {at, std::string(rest.substr(1))};
}

}  // namespace

std::string_view outcome_code(LoginOutcome outcome) {
  switch (outcome) {
    case LoginOutcome::in:
      return "in";
    case LoginOutcome::wrong_password:
      return "wrong-password";
    case LoginOutcome::wrong_code:
      return "wrong-code";
    case LoginOutcome::locked:
      return "locked";
    case LoginOutcome::visit:
      return "visit";
    case LoginOutcome::visit_look:
      return "visit-look";
    case LoginOutcome::visit_download:
      return "visit-download";
    case LoginOutcome::void_link:
      return "void-link";
    case LoginOutcome::out:
      break;
  }
  return "out";
}

void note_login(store::Connection& connection, const std::string& tenant, const LoginEvent& event) {
  connection.run(forget_events, {tenant, event.at - kept_seconds});
  connection.run(insert_event, {tenant, event.at, new_secret().substr(0, entry_length), event.login, event.outcome,
                                short_text(event.address), short_text(event.agent)});
}

std::vector<LoginEvent> login_events(store::Connection& connection, const std::string& tenant, int limit, std::string_view before) {
  const auto [at, entry] = parts_of(before);
  std::vector<LoginEvent> found;
  connection.query(select_events, {tenant, at, at, entry, limit}, [&](const store::Row& row) {
    const std::int64_t when = row.integer(0);
    found.push_back({std::to_string(when) + "-" + row.string(1), when, row.string(2), row.string(3), row.string(4), row.string(5)});
  });
  return found;
}

}  // namespace jiheng::access
