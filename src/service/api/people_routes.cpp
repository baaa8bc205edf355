// Units and accounts, as the bureau's administrators keep them.
#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/list_file.h"
#include "service/api/lists.h"
#include "service/api/people_views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr std::size_t most_lines = 20'000;

/// As the pages look for what is typed: a piece of a name or a code, whatever the width and case of letters.
bool holds(const std::vector<std::string>& texts, std::string_view typed) {
  const std::string wanted = fold_label(typed);
  if (wanted.empty()) return true;
  return std::ranges::any_of(texts, [&](const std::string& text) { return fold_label(text).find(wanted) != std::string::npos; });
}

std::string name_of(const std::vector<access::Unit>& units, const std::optional<std::string>& id) {
  const auto found = std::ranges::find_if(units, [&](const access::Unit& each) { return id && each.id == *id; });
  return found == units.end() ? "" : found->name;
}

Response units_file(const Api& api, const Request& request) {
  const auto all = api.people.units(who_asks(request));
  std::vector<access::Unit> shown;
  const std::string_view kind = request.query_value("kind").value_or("");
  for (const access::Unit& each : all) {
    if (!kind.empty() && access::unit_kind_code(each.kind) != kind) continue;
    std::vector<std::string> texts{each.code, each.name, name_of(all, each.parent), name_of(all, each.section)};
    texts.insert(texts.end(), each.aliases.begin(), each.aliases.end());
    texts.insert(texts.end(), each.former_names.begin(), each.former_names.end());
    if (holds(texts, request.query_value("q").value_or(""))) shown.push_back(each);
  }
  return list_file(api, request, units_list(all, shown));
}

Response accounts_file(const Api& api, const Request& request) {
  const auto units = api.people.units(who_asks(request));
  auto accounts = api.people.accounts(who_asks(request));
  const std::string_view role = request.query_value("role").value_or("");
  std::erase_if(accounts, [&](const access::Account& each) {
    if (role == "none" && !each.posts.empty()) return true;
    const auto has = [&](const access::Appointment& post) { return access::role_code(post.role) == role; };
    if (!role.empty() && role != "none" && std::ranges::none_of(each.posts, has)) return true;
    std::vector<std::string> texts{each.name, each.login, each.phone.value_or("")};
    for (const access::Appointment& post : each.posts) texts.push_back(name_of(units, post.unit));
    return !holds(texts, request.query_value("q").value_or(""));
  });
  return list_file(api, request, accounts_list(accounts, units));
}

Response units(const Api& api, const Request& request) {
  if (wants_file(request)) return units_file(api, request);
  return cached_answer(api, request, who_asks(request).mark(),
                       [&] { return Result<std::string>(units_json(api.people.units(who_asks(request)))); });
}

Response likely_units(const Api& api, const Request& request) {
  return json_response(likely_units_json(api.people.units_like(request.query_value("name").value_or(""))));
}

Result<access::Unit> unit_of(const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return body.error();
  access::Unit unit;
  unit.code = body->optional("code").value_or("");
  unit.name = body->optional("name").value_or("");
  const auto kind = access::unit_kind_from_code(body->optional("kind").value_or("unit"));
  if (!kind) return problem("json-shape").in("kind");
  unit.kind = *kind;
  auto aliases = body->texts("aliases");
  auto former = body->texts("former_names");
  const auto classified = body->flag("classified", false);
  const auto active = body->flag("active", true);
  if (!aliases) return aliases.error();
  if (!former) return former.error();
  if (!classified) return classified.error();
  if (!active) return active.error();
  unit.aliases = std::move(*aliases);
  unit.former_names = std::move(*former);
  unit.parent = body->optional("parent");
  unit.section = body->optional("section");
  unit.classified = *classified;
  unit.active = *active;
  return unit;
}

Response add_unit(const Api& api, const Request& request) {
  auto unit = unit_of(request);
  if (!unit) return refused(unit.error(), request);
  const auto stored = api.people.put_unit(std::move(*unit), who_asks(request));
  return stored ? json_response(unit_json(*stored), 201) : refused(stored.error(), request);
}

Response change_unit(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto unit = unit_of(request);
  if (!unit) return refused(unit.error(), request);
  unit->id = request.param("id");
  unit->revision = *revision;
  const auto stored = api.people.put_unit(std::move(*unit), who_asks(request));
  return stored ? json_response(unit_json(*stored)) : refused(stored.error(), request);
}

Response take_units(const Api& api, const Request& request) {
  auto lines = unit_lines(request.body, most_lines);
  if (!lines) return refused(lines.error(), request);
  const auto taken = api.people.take_units(*lines, who_asks(request));
  if (!taken) return refused(taken.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object()
      .key("added")
      .integer(taken->added)
      .key("changed")
      .integer(taken->changed)
      .key("same")
      .integer(taken->same)
      .end_object();
  return json_response(std::move(text));
}

Response accounts(const Api& api, const Request& request) {
  if (wants_file(request)) return accounts_file(api, request);
  return cached_answer(api, request, who_asks(request).mark(),
                       [&] { return Result<std::string>(accounts_json(api.people.accounts(who_asks(request)))); });
}

Result<access::Account> account_of(const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return body.error();
  const auto active = body->flag("active", true);
  if (!active) return active.error();
  access::Account account;
  account.login = body->optional("login").value_or("");
  account.name = body->optional("name").value_or("");
  account.phone = body->optional("phone");
  account.active = *active;
  return account;
}

Response add_account(const Api& api, const Request& request) {
  auto account = account_of(request);
  if (!account) return refused(account.error(), request);
  const auto made = api.people.add_account(std::move(*account), who_asks(request));
  if (!made) return refused(made.error(), request);
  std::string text;
  JsonWriter(text).begin_object().key("account").raw(account_json(made->account)).field("link", made->link).end_object();
  return json_response(std::move(text), 201);
}

Response change_account(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto account = account_of(request);
  if (!account) return refused(account.error(), request);
  account->id = request.param("id");
  account->revision = *revision;
  const auto changed = api.people.change_account(*account, who_asks(request));
  return changed ? json_response(account_json(*changed)) : refused(changed.error(), request);
}

Response appoint(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto body = posts_body(request.body);
  if (!body) return refused(body.error(), request);
  const auto changed = api.people.appoint(request.param("id"), *revision, std::move(body->posts), who_asks(request), std::move(body->why));
  return changed ? json_response(account_json(*changed)) : refused(changed.error(), request);
}

Response new_link(const Api& api, const Request& request) {
  const auto link = api.people.new_link(request.param("id"), who_asks(request));
  if (!link) return refused(link.error(), request);
  std::string text;
  JsonWriter(text).begin_object().field("link", *link).end_object();
  return json_response(std::move(text), 201);
}

Response unlock(const Api& api, const Request& request) {
  const auto unlocked = api.people.unlock(request.param("id"), who_asks(request));
  return unlocked ? nothing_response() : refused(unlocked.error(), request);
}

Response end_sessions(const Api& api, const Request& request) {
  const auto account = api.people.account(request.param("id"), who_asks(request));
  if (!account) return refused(account.error(), request);
  api.sessions.end_all(account->id);
  return nothing_response();
}

Response hand_over(const Api& api, const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto done = api.people.hand_over(body->optional("from").value_or(""), body->optional("to").value_or(""),
                                         body->optional("day").value_or(""), who_asks(request), body->optional("why"));
  return done ? nothing_response() : refused(done.error(), request);
}

}  // namespace

void add_people_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/units", "listUnits", none, see_units, [api](Request& request) { return units(api, request); }});
  router.add(
      {"GET", "/api/v1/units/likely", "likelyUnits", none, manage_units, [api](Request& request) { return likely_units(api, request); }});
  router.add({"POST", "/api/v1/units", "addUnit", json, manage_units, [api](Request& request) { return add_unit(api, request); }});
  router.add(
      {"POST", "/api/v1/units/lines", "takeUnits", json, manage_units, [api](Request& request) { return take_units(api, request); }});
  router.add(
      {"PUT", "/api/v1/units/{id}", "changeUnit", json, manage_units, [api](Request& request) { return change_unit(api, request); }});
  router.add({"GET", "/api/v1/accounts", "listAccounts", none, see_accounts, [api](Request& request) { return accounts(api, request); }});
  router.add(
      {"POST", "/api/v1/accounts", "addAccount", json, manage_accounts, [api](Request& request) { return add_account(api, request); }});
  router.add({"PUT", "/api/v1/accounts/{id}", "changeAccount", json, manage_accounts,
              [api](Request& request) { return change_account(api, request); }});
  router.add(
      {"PUT", "/api/v1/accounts/{id}/posts", "appoint", json, grant_roles, [api](Request& request) { return appoint(api, request); }});
  router.add(
      {"POST", "/api/v1/accounts/{id}/link", "newLink", none, manage_accounts, [api](Request& request) { return new_link(api, request); }});
  router.add({"POST", "/api/v1/accounts/{id}/unlock", "unlockAccount", none, grant_roles,
              [api](Request& request) { return unlock(api, request); }});
  router.add({"DELETE", "/api/v1/accounts/{id}/sessions", "endSessions", none, grant_roles,
              [api](Request& request) { return end_sessions(api, request); }});
  router.add({"POST", "/api/v1/handovers", "handOver", json, grant_roles, [api](Request& request) { return hand_over(api, request); }});
}

}  // namespace jiheng::service
