#include "auditing/audit.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/list_file.h"
#include "service/api/lists.h"
#include "service/api/views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr int max_page = 1000;
constexpr int max_offset = 10'000'000;

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
  const std::string_view mine = request.query_value("mine").value_or("");
  if (!mine.empty() && mine != "0" && mine != "1") return problem("bad-parameter").in("mine");
  filter.mine = mine == "1";
  if (*year > 0) filter.year = *year;
  filter.limit = *limit;
  filter.offset = *offset;
  filter.query = request.query_value("q").value_or("");
  return filter;
}

Response list(const Api& api, const Request& request) {
  const auto filter = filter_of(request);
  if (!filter) return refused(filter.error(), request);
  const access::Principal& who = who_asks(request);
  if (wants_file(request)) {
    desks::Filter all = *filter;
    all.limit = most_rows;
    all.offset = 0;
    auto items = api.submissions.list(all, who).items;
    // What the page filters by itself.
    const bool faulty = request.query_value("faulty").value_or("") == "1";
    const std::string_view grade = request.query_value("grade").value_or("");
    std::erase_if(items, [&](const desks::Summary& each) {
      return (faulty && each.errors == 0) || (!grade.empty() && (!each.grade || auditing::grade_name(*each.grade) != grade));
    });
    return list_file(api, request, submissions_list(items));
  }
  const std::string head = head_of(api, request);
  const std::string key = who.mark() + "\n" + request.target;
  auto cached = api.cache.find(key, head);
  if (!cached) {
    cached = CachedAnswer{std::make_shared<const std::string>(page_json(api.submissions.list(*filter, who))), {}};
    api.cache.keep(key, head, *cached);
  }
  Response response = json_response({});
  response.body = cached->body;
  return response;
}

/// In Chinese the answer lies ready in the database; in English the findings are worked out anew.
Result<CachedAnswer> opened_answer(const Api& api, const Request& request) {
  const auto answer = [](std::string body, const desks::Summary& summary) {
    return CachedAnswer{std::make_shared<const std::string>(std::move(body)), etag_of(summary.revision)};
  };
  if (wants_english_findings(request)) {
    const auto submission = api.submissions.open(request.param("id"), who_asks(request));
    if (!submission) return submission.error();
    return answer(submission_json(*submission, true), submission->summary);
  }
  const auto submission = api.submissions.open_json(request.param("id"), who_asks(request));
  if (!submission) return submission.error();
  return answer(submission_json(*submission), submission->summary);
}

Response open(const Api& api, const Request& request) {
  const std::string head = head_of(api, request);
  // What may be done depends on the person, not on his post alone: nobody signs what he filed.
  const std::string key = who_asks(request).id() + "\n" + who_asks(request).mark() + "\n" + request.target;
  auto cached = api.cache.find(key, head);
  if (!cached) {
    auto made = opened_answer(api, request);
    if (!made) return refused(made.error(), request);
    cached = std::move(made).value();
    api.cache.keep(key, head, *cached);
  }
  Response response = json_response({});
  response.headers.emplace_back("ETag", cached->etag);
  if (names_etag(request.header("If-None-Match"), cached->etag))
    response.status = 304;
  else
    response.body = cached->body;
  return response;
}

Response begin(const Api& api, const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  desks::Beginning beginning;
  beginning.unit = body->optional("unit").value_or("");
  const auto year = body->number("year");
  const auto from_last_year = body->flag("from_last_year", false);
  const auto overall = body->flag("overall", true);
  const auto projects = body->texts("projects");
  if (!year) return refused(year.error(), request);
  if (!from_last_year) return refused(from_last_year.error(), request);
  if (!overall) return refused(overall.error(), request);
  if (!projects) return refused(projects.error(), request);
  beginning.year = *year;
  beginning.from_last_year = *from_last_year;
  beginning.overall = *overall;
  beginning.projects = *projects;
  const auto begun = api.submissions.begin(beginning, who_asks(request));
  if (!begun) return refused(begun.error(), request);
  Response response = submission_response(*begun, request);
  response.status = 201;
  return response;
}

Response edit(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto body = tables_body(request.body);
  if (!body) return refused(body.error(), request);
  const auto edited =
      api.submissions.edit(request.param("id"), *revision, std::move(body->tables), who_asks(request), std::move(body->why));
  return edited ? submission_response(*edited, request) : refused(edited.error(), request);
}

Response act(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto body = action_body(request.body);
  if (!body) return refused(body.error(), request);
  const auto action = desks::action_from_code(body->action);
  if (!action) return refused(problem("json-shape").in("action"), request);
  const auto acted = api.submissions.act(request.param("id"), *revision, *action, std::move(body->opinion), who_asks(request));
  if (!acted) return refused(acted.error(), request);
  if (*action != desks::Action::remove) return submission_response(*acted, request);
  return nothing_response();
}

Response revisions(const Api& api, const Request& request) {
  return cached_answer(api, request, who_asks(request).mark(), [&]() -> Result<std::string> {
    const auto found = api.submissions.revisions(request.param("id"), who_asks(request));
    if (!found) return found.error();
    return revisions_json(*found);
  });
}

Response revision(const Api& api, const Request& request) {
  const std::string_view text = request.param("revision");
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || number > 100'000'000) return refused(problem("not-found"), request);
    number = number * 10 + (c - '0');
  }
  const bool english = wants_english_findings(request);
  return cached_answer(api, request, (english ? "en " : "") + who_asks(request).mark(), [&]() -> Result<std::string> {
    const auto found = api.submissions.revision(request.param("id"), number, who_asks(request));
    if (!found) return found.error();
    return past_revision_json(*found, english);
  });
}

Response assign(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const std::string unit = body->optional("unit").value_or("");
  const auto remember = body->flag("remember", true);
  if (!remember) return refused(remember.error(), request);
  // The name first: that it means the unit stays true even where somebody else was faster with the submission.
  const auto before = api.submissions.open_json(request.param("id"), who_asks(request));
  if (!before) return refused(before.error(), request);
  const bool is_stale = before->summary.revision != *revision;
  if (*remember && !is_stale && before->summary.unit_name) {
    if (const auto alias = api.people.add_alias(unit, *before->summary.unit_name, who_asks(request)); !alias)
      return refused(alias.error(), request);
  }
  const auto assigned = api.submissions.assign(request.param("id"), *revision, unit, who_asks(request));
  if (!assigned) return refused(assigned.error(), request);
  return submission_response(*assigned, request);
}

/// What comes of a change, or why not.
Response answer(const Result<desks::Submission>& changed, const Request& request) {
  return changed ? submission_response(*changed, request) : refused(changed.error(), request);
}

Response judge(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  const auto body = TextFields::of(request.body);
  if (!revision) return refused(revision.error(), request);
  if (!body) return refused(body.error(), request);
  const auto table = body->number("table");
  if (!table) return refused(table.error(), request);
  const auto aspect = desks::aspect_from_name(body->optional("aspect").value_or(""));
  if (!aspect) return refused(problem("json-shape").in("aspect"), request);
  // Null takes back; a blank is no points and no reason.
  const auto points = body->given("points");
  const auto reason = body->given("reason");
  if (!points) return refused(points.error(), request);
  if (!reason) return refused(reason.error(), request);
  return answer(api.submissions.judge(request.param("id"), *revision, *table, *aspect, *points, *reason, who_asks(request)), request);
}

Response waive(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  const auto body = TextFields::of(request.body);
  if (!revision) return refused(revision.error(), request);
  if (!body) return refused(body.error(), request);
  const auto finding = body->needed("finding");
  if (!finding) return refused(finding.error(), request);
  const auto reason = body->given("reason");
  if (!reason) return refused(reason.error(), request);
  return answer(api.submissions.waive(request.param("id"), *revision, *finding, *reason, who_asks(request)), request);
}

Response propose(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto body = tables_body(request.body);
  if (!body) return refused(body.error(), request);
  return answer(api.submissions.propose(request.param("id"), *revision, std::move(body->tables), std::move(body->why), who_asks(request)),
                request);
}

Response recall(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  return answer(api.submissions.propose(request.param("id"), *revision, std::nullopt, {}, who_asks(request)), request);
}

Response audit_tables(const Request& request) {
  auto body = tables_body(request.body);
  if (!body) return refused(body.error(), request);
  Document document;
  document.tables = std::move(body->tables);
  const auto report = auditing::audit({&document, 1}, request.query_value("pack").value_or(""));
  return report ? json_response(report_view_json(*report, wants_english_findings(request))) : refused(report.error(), request);
}

}  // namespace

void add_submission_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add(
      {"GET", "/api/v1/submissions", "listSubmissions", none, see_submissions, [api](Request& request) { return list(api, request); }});
  router.add(
      {"POST", "/api/v1/submissions", "beginSubmission", json, file_submissions, [api](Request& request) { return begin(api, request); }});
  router.add(
      {"GET", "/api/v1/submissions/{id}", "openSubmission", none, see_submissions, [api](Request& request) { return open(api, request); }});
  router.add({"PUT", "/api/v1/submissions/{id}/tables", "editTables", json, file_submissions,
              [api](Request& request) { return edit(api, request); }});
  router.add({"POST", "/api/v1/submissions/{id}/actions", "actOnSubmission", json, see_submissions,
              [api](Request& request) { return act(api, request); }});
  router.add({"GET", "/api/v1/submissions/{id}/revisions", "listRevisions", none, see_submissions,
              [api](Request& request) { return revisions(api, request); }});
  router.add({"GET", "/api/v1/submissions/{id}/revisions/{revision}", "openRevision", none, see_submissions,
              [api](Request& request) { return revision(api, request); }});
  router.add(
      {"PUT", "/api/v1/submissions/{id}/unit", "assignUnit", json, manage_units, [api](Request& request) { return assign(api, request); }});
  router.add({"PUT", "/api/v1/submissions/{id}/aspects", "judgeAspect", json, see_submissions,
              [api](Request& request) { return judge(api, request); }});
  router.add({"PUT", "/api/v1/submissions/{id}/waivers", "waiveError", json, see_submissions,
              [api](Request& request) { return waive(api, request); }});
  router.add({"PUT", "/api/v1/submissions/{id}/proposal", "proposeTables", json, see_submissions,
              [api](Request& request) { return propose(api, request); }});
  router.add({"DELETE", "/api/v1/submissions/{id}/proposal", "recallProposal", none, see_submissions,
              [api](Request& request) { return recall(api, request); }});
  router.add({"POST", "/api/v1/audit", "auditTables", json, Need::known(), [](Request& request) { return audit_tables(request); }});
}

}  // namespace jiheng::service
