// Logging in and out, the first start, and what a person does with his own account.
#include "access/totp.h"
#include "base/json_writer.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/list_file.h"
#include "service/api/lists.h"
#include "service/api/people_views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

/// An own account to do something with: not the operator's, not a token's that may only look.
Result<access::Account> own_account(const Request& request) {
  const Caller& caller = *request.caller;
  if (!caller.account || caller.who.is_read_only()) return problem("forbidden");
  return *caller.account;
}

Response me(const Api& api, const Request& request) {
  return json_response(me_json(*request.caller, api.gate.accounts_exist(), api.postman.server().is_set()));
}

Response log_in(const Api& api, const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto login = body->needed("login");
  const auto password = body->needed("password");
  if (!login || !password) return refused(login ? password.error() : login.error(), request);
  const std::string code = body->optional("code").value_or("");
  const auto in = api.sessions.log_in({*login, *password, code, request.address, request.header("User-Agent")});
  if (!in) return refused(in.error(), request);
  Response response = nothing_response();
  response.headers.emplace_back("Set-Cookie", session_cookie(in->secret, request, api.sessions.rules().longest_seconds));
  return response;
}

Response log_out(const Api& api, const Request& request) {
  api.sessions.log_out(secret_of(request));
  Response response = nothing_response();
  response.headers.emplace_back("Set-Cookie", session_cookie({}, request, 0));
  return response;
}

Response set_up(const Api& api, const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  desks::People::Setup setup;
  setup.bureau_code = body->optional("bureau_code").value_or("");
  setup.bureau = body->optional("bureau").value_or("");
  const std::pair<std::string_view, access::Account*> administrators[] = {
      {"system", &setup.system}, {"security", &setup.security}, {"audit", &setup.audit}};
  for (const auto& [name, account] : administrators) {
    account->login = body->optional(std::string(name) + "_login").value_or("");
    account->name = body->optional(std::string(name) + "_name").value_or("");
  }
  const auto made = api.people.set_up(body->optional("link").value_or(""), std::move(setup));
  if (!made) return refused(made.error(), request);
  std::string text;
  JsonWriter(text)
      .begin_object()
      .field("system_link", made->system_link)
      .field("security_link", made->security_link)
      .field("audit_link", made->audit_link)
      .end_object();
  return json_response(std::move(text), 201);
}

Response choose_password(const Api& api, const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto password = body->needed("password");
  if (!password) return refused(password.error(), request);
  const auto account = api.people.choose_password(body->optional("link").value_or(""), *password);
  if (!account) return refused(account.error(), request);
  std::string text;
  JsonWriter(text).begin_object().field("login", account->login).field("name", account->name).end_object();
  return json_response(std::move(text));
}

Response change_password(const Api& api, const Request& request) {
  const auto own = own_account(request);
  if (!own) return refused(own.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto password = body->needed("password");
  if (!password) return refused(password.error(), request);
  const auto changed = api.people.change_password(*own, body->optional("old_password").value_or(""), *password, request.caller->session);
  return changed ? nothing_response() : refused(changed.error(), request);
}

Response new_second_factor(const Request& request) {
  const auto own = own_account(request);
  if (!own) return refused(own.error(), request);
  const std::string secret = access::new_totp_secret();
  std::string text;
  JsonWriter(text).begin_object().field("secret", secret).field("address", access::totp_address(secret, own->login)).end_object();
  return json_response(std::move(text));
}

Response keep_second_factor(const Api& api, const Request& request) {
  const auto own = own_account(request);
  if (!own) return refused(own.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto password = body->needed("password");
  const auto kept = api.people.keep_totp(*own, body->optional("secret").value_or(""), body->optional("code").value_or(""),
                                         password ? std::string_view(*password) : std::string_view());
  return kept ? nothing_response() : refused(kept.error(), request);
}

Response sessions(const Api& api, const Request& request) {
  const Caller& caller = *request.caller;
  if (!caller.account) return refused(problem("forbidden"), request);
  return json_response(sessions_json(api.sessions.sessions_of(caller.account->id), caller.session));
}

Response end_session(const Api& api, const Request& request) {
  const auto own = own_account(request);
  if (!own) return refused(own.error(), request);
  return api.sessions.end(own->id, request.param("id")) ? nothing_response() : refused(problem("not-found"), request);
}

Response new_token(const Api& api, const Request& request) {
  const auto own = own_account(request);
  if (!own) return refused(own.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto days = body->number("days");
  const auto read_only = body->flag("read_only", true);
  if (!days || !read_only) return refused(days ? read_only.error() : days.error(), request);
  const auto token = api.sessions.new_token(*own, body->optional("name").value_or(""), *days, *read_only);
  if (!token) return refused(token.error(), request);
  std::string text;
  JsonWriter(text).begin_object().field("token", *token).end_object();
  return json_response(std::move(text), 201);
}

Response delegations(const Api& api, const Request& request) {
  const std::string whose = api.today().text() + "\n" + who_asks(request).id() + "\n" + who_asks(request).mark();
  return cached_answer(api, request, whose,
                       [&] { return Result<std::string>(delegations_json(api.people.delegations(who_asks(request)))); });
}

Response delegate(const Api& api, const Request& request) {
  const auto own = own_account(request);
  if (!own) return refused(own.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto role = access::role_from_code(body->optional("role").value_or(""));
  if (!role) return refused(problem("json-shape").in("role"), request);
  access::Delegation wanted;
  wanted.role = *role;
  wanted.to_account = body->optional("to_account").value_or("");
  wanted.from_day = body->optional("from_day").value_or("");
  wanted.to_day = body->optional("to_day").value_or("");
  const auto made = api.people.delegate(std::move(wanted), who_asks(request), body->optional("why"));
  return made ? json_response(delegations_json({*made}), 201) : refused(made.error(), request);
}

Response end_delegation(const Api& api, const Request& request) {
  const auto ended = api.people.end_delegation(request.param("id"), who_asks(request));
  return ended ? nothing_response() : refused(ended.error(), request);
}

Response colleagues(const Api& api, const Request& request) {
  if (!request.caller->account) return refused(problem("forbidden"), request);
  return json_response(colleagues_json(api.people.colleagues()));
}

/// Who came in and who was turned away, for the audit administrator.
Response logins(const Api& api, const Request& request) {
  const auto limit = whole_number(request, "limit", 50, 1, 1000);
  if (!limit) return refused(limit.error(), request);
  if (wants_file(request))
    return list_file(api, request, logins_list(api.sessions.login_events(most_rows, request.query_value("before").value_or(""))));
  return json_response(logins_json(api.sessions.login_events(*limit, request.query_value("before").value_or(""))));
}

}  // namespace

void add_session_routes(Router& router, const Api& api) {
  using enum BodyKind;
  constexpr Need open = Need::open();
  constexpr Need known = Need::known();
  router.add({"GET", "/api/v1/me", "me", none, open, [api](Request& request) { return me(api, request); }});
  router.add({"POST", "/api/v1/session", "logIn", json, open, [api](Request& request) { return log_in(api, request); }, Pace::slow});
  router.add({"DELETE", "/api/v1/session", "logOut", none, open, [api](Request& request) { return log_out(api, request); }});
  router.add({"POST", "/api/v1/setup", "setUp", json, open, [api](Request& request) { return set_up(api, request); }});
  router.add({"POST", "/api/v1/links/password", "choosePassword", json, open,
              [api](Request& request) { return choose_password(api, request); }, Pace::slow});
  router.add({"PUT", "/api/v1/me/password", "changePassword", json, known,
              [api](Request& request) { return change_password(api, request); }, Pace::slow});
  router.add(
      {"POST", "/api/v1/me/second-factor", "newSecondFactor", none, known, [](Request& request) { return new_second_factor(request); }});
  router.add({"PUT", "/api/v1/me/second-factor", "keepSecondFactor", json, known,
              [api](Request& request) { return keep_second_factor(api, request); }, Pace::slow});
  router.add({"GET", "/api/v1/me/sessions", "mySessions", none, known, [api](Request& request) { return sessions(api, request); }});
  router.add(
      {"DELETE", "/api/v1/me/sessions/{id}", "endMySession", none, known, [api](Request& request) { return end_session(api, request); }});
  router.add({"POST", "/api/v1/me/tokens", "newToken", json, known, [api](Request& request) { return new_token(api, request); }});
  router.add({"GET", "/api/v1/delegations", "listDelegations", none, known, [api](Request& request) { return delegations(api, request); }});
  router.add({"POST", "/api/v1/delegations", "delegate", json, known, [api](Request& request) { return delegate(api, request); }});
  router.add({"DELETE", "/api/v1/delegations/{id}", "endDelegation", none, known,
              [api](Request& request) { return end_delegation(api, request); }});
  router.add({"GET", "/api/v1/logins", "listLogins", none, access::Permission::verify_journal,
              [api](Request& request) { return logins(api, request); }});
  router.add({"GET", "/api/v1/colleagues", "listColleagues", none, known, [api](Request& request) { return colleagues(api, request); }});
}

}  // namespace jiheng::service
