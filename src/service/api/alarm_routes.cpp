// 预警 of monitoring: answered by the unit, checked by the bureau.
#include "desks/follow_up/follow_up_files.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/follow_up_views.h"
#include "service/api/list_file.h"
#include "service/api/official_file.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

Response shown(const Result<desks::Alarm>& alarm, const Request& request) {
  return alarm ? json_response(alarm_json(*alarm)) : refused(alarm.error(), request);
}

Response list(const Api& api, const Request& request) {
  desks::AlarmFilter filter;
  const auto year = whole_number(request, "year", api.today().year(), 2000, 2199);
  if (!year) return refused(year.error(), request);
  filter.year = *year;
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = desks::alarm_state_from_code(*state);
    if (!filter.state) return refused(problem("bad-parameter").in("state"), request);
  }
  filter.follow_up = std::string(request.query_value("follow_up").value_or(""));
  filter.overdue = request.query_value("overdue").value_or("") == "true";
  const int most = wants_file(request) ? most_rows : 500;
  const auto limit = whole_number(request, "limit", wants_file(request) ? most_rows : 200, 1, most);
  if (!limit) return refused(limit.error(), request);
  const auto offset = whole_number(request, "offset", 0, 0, 1'000'000);
  if (!offset) return refused(offset.error(), request);
  filter.limit = *limit;
  filter.offset = *offset;
  const auto page = api.alarms.page(filter, who_asks(request));
  if (wants_file(request)) return list_file(api, request, alarm_list(page));
  return json_response(alarm_page_json(page));
}

Response act(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto action = body->needed("action");
  if (!action) return refused(action.error(), request);
  const std::string_view id = request.param("id");
  const Text words = body->optional("words");
  if (*action == "close") return shown(api.alarms.close(id, *revision, words, who_asks(request)), request);
  if (*action == "refuse") return shown(api.alarms.refuse(id, *revision, words.value_or(""), who_asks(request)), request);
  if (*action != "answer") return refused(problem("json-shape").in("action"), request);
  const auto choice = desks::alarm_choice_from_code(body->optional("choice").value_or(""));
  if (!choice) return refused(problem("json-shape").in("choice"), request);
  return shown(api.alarms.answer(id, *revision, *choice, words.value_or(""), who_asks(request)), request);
}

/// 预警函.
Response letter(const Api& api, const Request& request) {
  const std::string_view to = request.query_value("to").value_or("docx");
  if (to != "docx" && to != "pdf") return refused(problem("bad-parameter").in("to"), request);
  const auto alarm = api.alarms.open(request.param("id"), who_asks(request));
  if (!alarm) return refused(alarm.error(), request);
  return official_response(api, request, desks::alarm_letter(api.follow_ups.registry(), *alarm), to);
}

Response deadline(const Api& api, const Request& request) {
  const auto alarm = api.alarms.open(request.param("id"), who_asks(request));
  if (!alarm) return refused(alarm.error(), request);
  const auto found = api.alarms.deadline(*alarm);
  return found ? json_response(deadline_json(*found)) : refused(found.error(), request);
}

}  // namespace

void add_alarm_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/alarms", "listAlarms", none, see_submissions, [api](Request& request) { return list(api, request); }});
  router.add({"GET", "/api/v1/alarms/{id}", "alarm", none, see_submissions,
              [api](Request& request) { return shown(api.alarms.open(request.param("id"), who_asks(request)), request); }});
  router.add({"GET", "/api/v1/alarms/{id}/deadline", "alarmDeadline", none, see_submissions,
              [api](Request& request) { return deadline(api, request); }});
  router.add({"GET", "/api/v1/alarms/{id}/letter", "alarmLetter", none, see_submissions,
              [api](Request& request) { return letter(api, request); }});
  router.add(
      {"POST", "/api/v1/alarms/{id}/actions", "actOnAlarm", json, see_submissions, [api](Request& request) { return act(api, request); }});
}

}  // namespace jiheng::service
