#include <charconv>

#include "base/json_writer.h"
#include "service/api/api.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

Response not_found(const Request& request) {
  return problem_response(problem("not-found"), request.english);
}

Response start(const Api& api, Request& request) {
  const auto started = api.jobs.start(std::move(request.upload), who_asks(request));
  if (!started) return problem_response(started.error(), request.english);
  std::string body;
  JsonWriter(body).begin_object().field("id", started->id).key("files").integer(static_cast<std::int64_t>(started->files)).end_object();
  Response response = json_response(std::move(body), 202);
  response.headers.emplace_back("Location", "/api/v1/imports/" + started->id);
  return response;
}

Response state(const Api& api, const Request& request) {
  auto json = api.jobs.json(request.param("id"), who_asks(request).id());
  return json ? json_response(std::move(*json)) : not_found(request);
}

Response events(const Api& api, const Request& request) {
  auto log = api.jobs.events(request.param("id"), who_asks(request).id());
  if (!log) return not_found(request);
  Response response;
  const std::string_view last = request.header("Last-Event-ID");
  std::from_chars(last.data(), last.data() + last.size(), response.events_from);
  if (log->read(response.events_from, 1).at_end && response.events_from > 0) {
    // The browser has seen the end and asks again, as event sources do: 204 tells it to stop.
    response.status = 204;
    return response;
  }
  response.events = std::move(log);
  return response;
}

Response cancel(const Api& api, const Request& request) {
  return api.jobs.cancel(request.param("id"), who_asks(request).id()) ? state(api, request) : not_found(request);
}

}  // namespace

void add_import_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"POST", "/api/v1/imports", "startImport", files, file_submissions, [api](Request& request) { return start(api, request); }});
  router.add(
      {"GET", "/api/v1/imports/{id}", "importState", none, file_submissions, [api](Request& request) { return state(api, request); }});
  router.add({"GET", "/api/v1/imports/{id}/events", "importEvents", none, file_submissions,
              [api](Request& request) { return events(api, request); }});
  router.add({"POST", "/api/v1/imports/{id}/cancel", "cancelImport", none, file_submissions,
              [api](Request& request) { return cancel(api, request); }});
}

}  // namespace jiheng::service
