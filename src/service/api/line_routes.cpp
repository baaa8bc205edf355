// Lists copied from a sheet: people, their posts, the year's extensions. All of a list is taken or nothing.
#include <charconv>

#include "base/json_writer.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/people_views.h"
#include "service/api/year_views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr std::size_t most_lines = 2'000;

/// A whole number; 0, which nobody takes, for anything else.
int number_of(const Text& text) {
  int number = 0;
  const std::string digits = text.value_or("");
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return failed == std::errc() && end == digits.data() + digits.size() ? number : 0;
}

Response take_accounts(const Api& api, const Request& request) {
  const auto read = text_lines(request.body, most_lines, {"login", "name", "phone"});
  if (!read) return refused(read.error(), request);
  std::vector<desks::AccountLine> lines;
  for (const auto& each : *read) lines.push_back({each[0].value_or(""), each[1].value_or(""), each[2]});
  const auto taken = api.people.take_accounts(lines, who_asks(request));
  if (!taken) return refused(taken.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("added").begin_array();
  for (const desks::People::Made& each : taken->added)
    out.begin_object().field("login", each.account.login).field("name", each.account.name).field("link", each.link).end_object();
  out.end_array().key("changed").integer(taken->changed).key("same").integer(taken->same).end_object();
  return json_response(std::move(text));
}

Response take_posts(const Api& api, const Request& request) {
  const auto read = text_lines(request.body, most_lines, {"login", "role", "unit"});
  if (!read) return refused(read.error(), request);
  std::vector<desks::PostLine> lines;
  for (const auto& each : *read) lines.push_back({each[0].value_or(""), each[1].value_or(""), each[2].value_or("")});
  const auto taken = api.people.take_posts(lines, who_asks(request));
  if (!taken) return refused(taken.error(), request);
  std::string text;
  JsonWriter(text).begin_object().key("added").integer(taken->added).key("same").integer(taken->same).end_object();
  return json_response(std::move(text));
}

Response take_extensions(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const int year = number_of(std::string(request.param("year")));
  const auto read = text_lines(request.body, most_lines, {"unit", "work_days", "why"});
  if (!read) return refused(read.error(), request);
  std::vector<desks::Extension> lines;
  for (const auto& each : *read) lines.push_back({each[0].value_or(""), number_of(each[1]), each[2].value_or("")});
  const auto extended = api.years.extend_many(year, *revision, lines, who_asks(request));
  return extended ? json_response(year_json(*extended)) : refused(extended.error(), request);
}

}  // namespace

void add_line_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"POST", "/api/v1/accounts/lines", "takeAccounts", json, manage_accounts,
              [api](Request& request) { return take_accounts(api, request); }});
  router.add({"POST", "/api/v1/accounts/posts/lines", "takePosts", json, grant_roles,
              [api](Request& request) { return take_posts(api, request); }});
  router.add({"POST", "/api/v1/years/{year}/extensions/lines", "takeExtensions", json, manage_years,
              [api](Request& request) { return take_extensions(api, request); }});
}

}  // namespace jiheng::service
