#include "auditing/audit.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr int max_page = 1000;
constexpr int max_offset = 10'000'000;

/// Until there are accounts, whoever sits at the machine is one person.
registry::Author author(Text why = {}) {
  return {"local", std::move(why)};
}

std::string etag_of(int revision) {
  return "\"" + std::to_string(revision) + "\"";
}

bool wants_english_findings(const Request& request) {
  return request.english && request.query_value("lang");
}

Response submission_response(const desks::Submission& submission, const Request& request) {
  Response response = json_response(submission_json(submission, wants_english_findings(request)));
  response.headers.emplace_back("ETag", etag_of(submission.summary.revision));
  return response;
}

Response refused(const Error& error, const Request& request) {
  return problem_response(error, request.english);
}

Result<desks::Filter> filter_of(const Request& request) {
  desks::Filter filter;
  const std::string_view state = request.query_value("state").value_or("");
  if (!state.empty()) {
    filter.state = desks::state_from_code(state);
    if (!filter.state) return problem("bad-parameter").in("state");
  }
  const std::string_view sort = request.query_value("sort").value_or("worst");
  if (sort == "unit")
    filter.sort = desks::Filter::Sort::unit;
  else if (sort == "newest")
    filter.sort = desks::Filter::Sort::newest;
  else if (sort != "worst" && !sort.empty())
    return problem("bad-parameter").in("sort");
  const auto year = whole_number(request, "year", 0, 1, 9999);
  const auto limit = whole_number(request, "limit", 100, 0, max_page);
  const auto offset = whole_number(request, "offset", 0, 0, max_offset);
  for (const auto* number : {&year, &limit, &offset}) {
    if (!*number) return number->error();
  }
  if (*year > 0) filter.year = *year;
  filter.limit = *limit;
  filter.offset = *offset;
  filter.query = request.query_value("q").value_or("");
  return filter;
}

Response list(const Api& api, const Request& request) {
  const auto filter = filter_of(request);
  if (!filter) return refused(filter.error(), request);
  const std::string head = api.head();
  auto cached = api.cache.find(request.target, head);
  if (!cached) {
    cached = CachedAnswer{std::make_shared<const std::string>(page_json(api.submissions.list(*filter))), {}};
    api.cache.keep(request.target, head, *cached);
  }
  Response response = json_response({});
  response.body = cached->body;
  return response;
}

/// In Chinese the answer lies ready in the database; in English the findings are worked out anew.
Result<CachedAnswer> open_afresh(const Api& api, const Request& request) {
  const auto answer = [](std::string body, const desks::Summary& summary) {
    return CachedAnswer{std::make_shared<const std::string>(std::move(body)), etag_of(summary.revision)};
  };
  if (wants_english_findings(request)) {
    const auto submission = api.submissions.open(request.param("id"));
    if (!submission) return submission.error();
    return answer(submission_json(*submission, true), submission->summary);
  }
  const auto submission = api.submissions.open_json(request.param("id"));
  if (!submission) return submission.error();
  return answer(submission_json(*submission), submission->summary);
}

Response open(const Api& api, const Request& request) {
  const std::string head = api.head();
  auto cached = api.cache.find(request.target, head);
  if (!cached) {
    auto made = open_afresh(api, request);
    if (!made) return refused(made.error(), request);
    cached = std::move(made).value();
    api.cache.keep(request.target, head, *cached);
  }
  Response response = json_response({});
  response.headers.emplace_back("ETag", cached->etag);
  if (names_etag(request.header("If-None-Match"), cached->etag))
    response.status = 304;
  else
    response.body = cached->body;
  return response;
}

Response edit(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto body = tables_body(request.body);
  if (!body) return refused(body.error(), request);
  const auto edited = api.submissions.edit(request.param("id"), *revision, std::move(body->tables), author(std::move(body->why)));
  return edited ? submission_response(*edited, request) : refused(edited.error(), request);
}

Response act(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto body = action_body(request.body);
  if (!body) return refused(body.error(), request);
  const auto action = desks::action_from_code(body->action);
  if (!action) return refused(problem("json-shape").in("action"), request);
  const auto acted = api.submissions.act(request.param("id"), *revision, *action, std::move(body->opinion), author());
  if (!acted) return refused(acted.error(), request);
  if (*action != desks::Action::remove) return submission_response(*acted, request);
  Response gone;
  gone.status = 204;
  return gone;
}

Response revisions(const Api& api, const Request& request) {
  const auto found = api.submissions.revisions(request.param("id"));
  return found ? json_response(revisions_json(*found)) : refused(found.error(), request);
}

Response revision(const Api& api, const Request& request) {
  const std::string_view text = request.param("revision");
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || number > 100'000'000) return refused(problem("not-found"), request);
    number = number * 10 + (c - '0');
  }
  const auto found = api.submissions.revision(request.param("id"), number);
  return found ? json_response(past_revision_json(*found, wants_english_findings(request))) : refused(found.error(), request);
}

Response audit_tables(const Request& request) {
  auto body = tables_body(request.body);
  if (!body) return refused(body.error(), request);
  Document document;
  document.tables = std::move(body->tables);
  const auto report = auditing::audit({&document, 1});
  return report ? json_response(report_view_json(*report, wants_english_findings(request))) : refused(report.error(), request);
}

}  // namespace

void add_submission_routes(Router& router, const Api& api) {
  using enum BodyKind;
  router.add({"GET", "/api/v1/submissions", "listSubmissions", none, [api](Request& request) { return list(api, request); }});
  router.add({"GET", "/api/v1/submissions/{id}", "openSubmission", none, [api](Request& request) { return open(api, request); }});
  router.add({"PUT", "/api/v1/submissions/{id}/tables", "editTables", json, [api](Request& request) { return edit(api, request); }});
  router.add({"POST", "/api/v1/submissions/{id}/actions", "actOnSubmission", json, [api](Request& request) { return act(api, request); }});
  router.add(
      {"GET", "/api/v1/submissions/{id}/revisions", "listRevisions", none, [api](Request& request) { return revisions(api, request); }});
  router.add({"GET", "/api/v1/submissions/{id}/revisions/{revision}", "openRevision", none,
              [api](Request& request) { return revision(api, request); }});
  router.add({"POST", "/api/v1/audit", "auditTables", json, [](Request& request) { return audit_tables(request); }});
}

}  // namespace jiheng::service
