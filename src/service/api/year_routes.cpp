// Years of filing and the wall.
#include "base/json_writer.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/list_file.h"
#include "service/api/lists.h"
#include "service/api/year_views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr std::size_t most_at_once = 500;

std::optional<int> year_of(const Request& request) {
  const std::string_view text = request.param("year");
  if (text.size() != 4) return std::nullopt;
  int year = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    year = year * 10 + (c - '0');
  }
  return year;
}

/// The same for everybody who may look at all.
Response years(const Api& api, const Request& request) {
  return cached_answer(api, request, "years", [&] { return Result<std::string>(years_json(api.years.list())); });
}

Result<desks::FilingYear> year_body(const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return body.error();
  const auto days = body->number("work_days");
  const auto exempt = body->texts("exempt");
  const auto closed = body->flag("closed", false);
  if (!days) return days.error();
  if (!exempt) return exempt.error();
  if (!closed) return closed.error();
  desks::FilingYear year;
  year.year = year_of(request).value_or(0);
  year.opens = body->optional("opens").value_or("");
  year.work_days = *days;
  year.notice = body->optional("notice").value_or("");
  year.pack = body->optional("pack").value_or("");
  year.exempt = *exempt;
  year.closed = *closed;
  return year;
}

/// Opens the year; with If-Match it changes one that is open.
Response put_year(const Api& api, const Request& request) {
  auto year = year_body(request);
  if (!year) return refused(year.error(), request);
  if (request.header("If-Match").empty()) {
    const auto opened = api.years.open(std::move(*year), who_asks(request));
    return opened ? json_response(year_json(*opened), 201) : refused(opened.error(), request);
  }
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  year->revision = *revision;
  const auto changed = api.years.change(*year, who_asks(request));
  return changed ? json_response(year_json(*changed)) : refused(changed.error(), request);
}

Response extend(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  const auto body = TextFields::of(request.body);
  if (!revision) return refused(revision.error(), request);
  if (!body) return refused(body.error(), request);
  const auto days = body->number("work_days");
  if (!days) return refused(days.error(), request);
  const auto extended =
      api.years.extend(year_of(request).value_or(0), *revision,
                       {body->optional("unit").value_or(""), *days, body->optional("why").value_or("")}, who_asks(request));
  return extended ? json_response(year_json(*extended)) : refused(extended.error(), request);
}

/// As the page filters its tiles.
bool is_chosen(const desks::Tile& tile, std::string_view state, std::string_view section) {
  if (!section.empty() && tile.section != section) return false;
  if (state.empty()) return true;
  if (state == "overdue") return tile.overdue;
  if (state == "faulty") return tile.errors > 0;
  return desks::tile_state_code(tile.state) == state;
}

Response wall_file(const Api& api, const Request& request) {
  const auto found = api.years.wall(year_of(request).value_or(0), who_asks(request));
  if (!found) return refused(found.error(), request);
  std::vector<desks::Tile> shown;
  for (const desks::Tile& tile : found->tiles) {
    if (is_chosen(tile, request.query_value("state").value_or(""), request.query_value("section").value_or(""))) shown.push_back(tile);
  }
  return list_file(api, request, wall_list(*found, shown, api.people.units(access::Principal::operator_at_machine())));
}

Response wall(const Api& api, const Request& request) {
  if (wants_file(request)) return wall_file(api, request);
  return cached_answer_of_today(api, request, [&]() -> Result<std::string> {
    const auto found = api.years.wall(year_of(request).value_or(0), who_asks(request));
    if (!found) return found.error();
    return wall_json(*found);
  });
}

Response deadline(const Api& api, const Request& request) {
  const int year = year_of(request).value_or(0);
  return cached_answer(api, request, "years", [&]() -> Result<std::string> {
    for (const desks::FilingYear& each : api.years.list()) {
      if (each.year != year) continue;
      const auto found = desks::filing_deadline(each, request.query_value("unit").value_or(""));
      if (!found) return found.error();
      return deadline_json(*found);
    }
    return problem("not-found");
  });
}

/// The same for many; each is told by itself, and one that is refused holds up no other.
Response act_on_many(const Api& api, const Request& request) {
  auto body = many_actions(request.body, most_at_once);
  if (!body) return refused(body.error(), request);
  const auto action = desks::action_from_code(body->action);
  if (!action) return refused(problem("json-shape").in("action"), request);
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const auto& [id, revision] : body->items) {
    const auto acted = api.submissions.act(id, revision, *action, body->opinion, who_asks(request));
    out.begin_object().field("id", id);
    out.field("code", acted ? Text() : Text(acted.error().code))
        .field("message", acted ? Text() : Text(acted.error().message))
        .end_object();
  }
  out.end_array();
  return json_response(std::move(text));
}

}  // namespace

void add_year_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/packs", "listPacks", none, see_submissions, [](Request&) { return json_response(packs_json()); }});
  router.add({"GET", "/api/v1/years", "listYears", none, see_submissions, [api](Request& request) { return years(api, request); }});
  router.add({"PUT", "/api/v1/years/{year}", "putYear", json, manage_years, [api](Request& request) { return put_year(api, request); }});
  router.add({"POST", "/api/v1/years/{year}/extensions", "extendYear", json, manage_years,
              [api](Request& request) { return extend(api, request); }});
  router.add({"GET", "/api/v1/years/{year}/wall", "wall", none, see_submissions, [api](Request& request) { return wall(api, request); }});
  router.add({"GET", "/api/v1/years/{year}/deadline", "yearDeadline", none, see_submissions,
              [api](Request& request) { return deadline(api, request); }});
  router.add({"POST", "/api/v1/submissions/actions", "actOnMany", json, see_submissions,
              [api](Request& request) { return act_on_many(api, request); }});
}

}  // namespace jiheng::service
