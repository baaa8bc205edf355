// 期限日历: what is due for whoever asks, for the page and for other calendars.
#include "service/api/api.h"
#include "service/api/calendar_view.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr int days_unasked = 92;  ///< from today on, where nothing else is asked for

Result<Date> day_of(const Request& request, std::string_view name, Date fallback) {
  const auto text = request.query_value(name);
  if (!text || text->empty()) return fallback;
  const auto day = Date::parse(*text);
  return day ? Result<Date>(*day) : Result<Date>(problem("bad-parameter").in(std::string(name)));
}

Result<desks::Calendar> asked(const Api& api, const Request& request) {
  const Date today = api.today();
  const auto from = day_of(request, "from", today);
  if (!from) return from.error();
  const auto to = day_of(request, "to", *from + days_unasked);
  if (!to) return to.error();
  return api.calendar(*from, *to, who_asks(request));
}

Response calendar(const Api& api, const Request& request) {
  const auto found = asked(api, request);
  return found ? json_response(calendar_json(*found)) : refused(found.error(), request);
}

/// Where the browser found us: "https://host:port". Empty for a host of strange characters.
std::string origin_of(const Request& request) {
  const std::string_view host = request.header("Host");
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  if (host.empty() || host.find_first_not_of(plain) != std::string_view::npos) return {};
  const bool secure = equals_ignoring_case(request.header("X-Forwarded-Proto"), "https");
  return (secure ? "https://" : "http://") + std::string(host);
}

Response file(const Api& api, const Request& request) {
  const auto found = asked(api, request);
  if (!found) return refused(found.error(), request);
  return download_response(calendar_file(*found, origin_of(request), api.now_text(), request.english),
                           request.english ? "deadlines.ics" : "期限日历.ics", "text/calendar; charset=utf-8");
}

}  // namespace

void add_calendar_routes(Router& router, const Api& api) {
  using enum BodyKind;
  router.add({"GET", "/api/v1/calendar", "calendar", none, Need::known(), [api](Request& request) { return calendar(api, request); }});
  router.add({"GET", "/api/v1/calendar/file", "calendarFile", none, Need::known(), [api](Request& request) { return file(api, request); }});
}

}  // namespace jiheng::service
