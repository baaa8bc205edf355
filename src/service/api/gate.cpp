#include "service/api/gate.h"

#include "base/text.h"
#include "service/http/problem.h"
#include "service/http/same_site.h"

namespace jiheng::service {
namespace {

/// What an outsider's page sends along: no cookie, so no other site can make a browser send it.
constexpr std::string_view visit_header = "Jiheng-Visit";
constexpr std::string_view cookie_name = "jiheng";
/// Behind TLS: browsers hold a cookie of that name to this host and this path alone (RFC 6265bis 4.1.3.2).
constexpr std::string_view secure_cookie_name = "__Host-jiheng";

/// The value where the pair is of that name.
std::optional<std::string_view> value_of(std::string_view pair, std::string_view name) {
  if (!pair.starts_with(name) || !pair.substr(name.size()).starts_with('=')) return std::nullopt;
  return pair.substr(name.size() + 1);
}

}  // namespace

const access::Principal& who_asks(const Request& request) {
  static const access::Principal nobody;
  return request.caller ? request.caller->who : nobody;
}

std::string_view secret_of(const Request& request) {
  const std::string_view authorization = request.header("Authorization");
  constexpr std::string_view bearer = "Bearer ";
  if (authorization.starts_with(bearer)) return trim(authorization.substr(bearer.size()));
  std::string_view cookies = request.header("Cookie");
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    const std::string_view pair = trim(cookies.substr(0, end));
    for (const std::string_view name : {secure_cookie_name, cookie_name}) {
      if (const auto value = value_of(pair, name)) return *value;
    }
    cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
  }
  return {};
}

std::string session_cookie(std::string_view secret, const Request& request, std::int64_t longest_seconds) {
  // TLS ends at the proxy before us, which says so.
  const bool is_secure = equals_ignoring_case(request.header("X-Forwarded-Proto"), "https");
  return std::string(is_secure ? secure_cookie_name : cookie_name) + "=" + std::string(secret) +
         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(secret.empty() ? 0 : longest_seconds) +
         (is_secure ? "; Secure" : "");
}

bool Gate::accounts_exist() {
  if (!accounts_exist_ && people_.is_set_up()) accounts_exist_ = true;
  return accounts_exist_;
}

std::optional<Error> Gate::refuse_at_once(const Request& request, const Need& need) const {
  if (need.kind == Need::Kind::visit)
    return request.header(visit_header).empty() ? std::optional<Error>(problem("visit-void")) : std::nullopt;
  if (!accounts_exist_ || need.kind == Need::Kind::open || !secret_of(request).empty()) return std::nullopt;
  return problem("not-logged-in");
}

Caller Gate::caller_of(const Request& request) {
  const std::string_view secret = secret_of(request);
  if (secret.empty()) return {};
  auto known = sessions_.who(secret);
  if (!known) return {};
  Caller caller{std::move(known->principal), std::move(known->account), std::move(known->session), false, {}, std::move(known->state)};
  caller.wants_second_factor = caller.account->is_administrator() && !caller.account->totp;
  return caller;
}

std::optional<Error> Gate::admit_visit(Request& request) const {
  auto link = outsiders_.good(request.header(visit_header));
  if (!link) return problem("visit-void");
  auto caller = std::make_shared<Caller>();
  caller->visit = std::move(link);
  request.caller = std::move(caller);
  return std::nullopt;
}

std::optional<Error> Gate::admit(Request& request, const Need& need) {
  if (need.kind == Need::Kind::visit) {
    if (!accounts_exist()) {
      if (auto elsewhere = refuse_other_hosts(request)) return elsewhere;
    }
    return admit_visit(request);
  }
  if (!accounts_exist()) {
    if (auto elsewhere = refuse_other_hosts(request)) {
      // Making the administrators is open to whoever has the link.
      if (need.kind != Need::Kind::open) return elsewhere;
      request.caller = std::make_shared<const Caller>();
      return std::nullopt;
    }
    request.caller = std::make_shared<const Caller>(Caller{access::Principal::operator_at_machine(), {}, {}, false, {}, {}});
    return std::nullopt;
  }
  auto caller = std::make_shared<Caller>(caller_of(request));
  request.caller = caller;
  if (need.kind == Need::Kind::open) return std::nullopt;
  if (!caller->account) return problem("not-logged-in");
  if (need.kind == Need::Kind::known) return std::nullopt;
  if (caller->wants_second_factor) return problem("second-factor-unset");
  if (!caller->who.may(need.permission)) return problem("forbidden");
  return std::nullopt;
}

}  // namespace jiheng::service
