// The indicator library, and a submission's targets beside it.
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/exports.h"
#include "service/api/library_views.h"
#include "service/api/list_file.h"
#include "service/api/lists.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr int max_page = 200;
constexpr int max_exported = 10'000;
constexpr std::size_t most_suggestions = 20;

Text text_parameter(const Request& request, std::string_view name) {
  const std::string_view value = request.query_value(name).value_or("");
  return value.empty() ? Text() : Text(std::string(value));
}

Result<desks::LibraryFilter> filter_of(const Request& request) {
  desks::LibraryFilter filter;
  filter.query = request.query_value("q").value_or("");
  filter.level1 = text_parameter(request, "level1");
  filter.level2 = text_parameter(request, "level2");
  filter.function_class = text_parameter(request, "class");
  if (const Text kind = text_parameter(request, "kind")) {
    filter.kind = kind_from_code(*kind);
    if (filter.kind != TableKind::overall && filter.kind != TableKind::project) return problem("bad-parameter").in("kind");
  }
  const std::string_view state = request.query_value("state").value_or("");
  if (!state.empty() && state != "in_use" && state != "retired") return problem("bad-parameter").in("state");
  filter.retired = state == "retired";
  const std::string_view sort = request.query_value("sort").value_or("use");
  if (sort == "name")
    filter.sort = desks::LibraryFilter::Sort::name;
  else if (sort == "newest")
    filter.sort = desks::LibraryFilter::Sort::newest;
  else if (sort != "use" && !sort.empty())
    return problem("bad-parameter").in("sort");
  const auto limit = whole_number(request, "limit", 50, 0, max_page);
  const auto offset = whole_number(request, "offset", 0, 0, 10'000'000);
  if (!limit) return limit.error();
  if (!offset) return offset.error();
  filter.limit = *limit;
  filter.offset = *offset;
  return filter;
}

Response page(const Api& api, const Request& request) {
  const auto filter = filter_of(request);
  if (!filter) return refused(filter.error(), request);
  if (wants_file(request)) {
    desks::LibraryFilter all = *filter;
    all.limit = max_exported;
    all.offset = 0;
    return list_file(api, request, library_list(api.library.page(all).items));
  }
  // The same for everybody who may look at all.
  return cached_answer(api, request, "library", [&] { return Result<std::string>(library_page_json(api.library.page(*filter))); });
}

Response suggestions(const Api& api, const Request& request) {
  const auto filter = filter_of(request);
  if (!filter) return refused(filter.error(), request);
  return cached_answer(api, request, "library", [&] {
    return Result<std::string>(suggestions_json(api.library.suggestions(filter->query, *filter, most_suggestions)));
  });
}

Response open(const Api& api, const Request& request) {
  return cached_answer(api, request, who_asks(request).mark(), [&]() -> Result<std::string> {
    const auto found = api.library.open(request.param("id"), who_asks(request));
    if (!found) return found.error();
    return library_detail_json(*found);
  });
}

/// With If-Match it changes what was written before; without, it is the first word.
Response curate(const Api& api, const Request& request) {
  int from_revision = 0;
  if (!request.header("If-Match").empty()) {
    const auto revision = if_match(request);
    if (!revision) return refused(revision.error(), request);
    from_revision = *revision;
  }
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto retired = body->flag("retired", false);
  if (!retired) return refused(retired.error(), request);
  const auto written = api.library.curate(
      request.param("id"), from_revision,
      {body->optional("name"), body->optional("explanation"), body->optional("evidence"), body->optional("function_class"), *retired},
      who_asks(request), body->optional("why"));
  return written ? json_response(library_detail_json(*written)) : refused(written.error(), request);
}

Response export_list(const Api& api, const Request& request) {
  auto filter = filter_of(request);
  if (!filter) return refused(filter.error(), request);
  filter->limit = max_exported;
  filter->offset = 0;
  auto bytes = writing::write_list(library_list(api.library.page(*filter).items), writing::Carrier::xlsx, {api.font_folder, "zh"});
  if (!bytes) return refused(bytes.error(), request);
  return download_response(std::move(*bytes), "绩效指标库.xlsx", content_type(writing::Carrier::xlsx));
}

Response comparisons_file(const Api& api, const Request& request) {
  const auto found = api.comparisons(request.param("id"), who_asks(request));
  if (!found) return refused(found.error(), request);
  const auto submission = api.submissions.open(request.param("id"), who_asks(request));
  if (!submission) return refused(submission.error(), request);
  if (submission->summary.revision != found->revision) return refused(problem("busy"), request);
  std::vector<GoalTable> tables;
  for (const desks::FiledTable& each : submission->tables) tables.push_back(each.table);
  return list_file(api, request, comparisons_list(*found, tables, submission->summary.unit_name.value_or("")));
}

Response comparisons(const Api& api, const Request& request) {
  if (wants_file(request)) return comparisons_file(api, request);
  return cached_answer(api, request, who_asks(request).mark(), [&]() -> Result<std::string> {
    const auto found = api.comparisons(request.param("id"), who_asks(request));
    if (!found) return found.error();
    return comparisons_json(*found);
  });
}

}  // namespace

void add_library_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/library", "listLibrary", none, see_submissions, [api](Request& request) { return page(api, request); }});
  router.add({"GET", "/api/v1/library/suggestions", "suggestIndicators", none, see_submissions,
              [api](Request& request) { return suggestions(api, request); }});
  router.add({"GET", "/api/v1/library/export", "exportLibrary", none, see_submissions,
              [api](Request& request) { return export_list(api, request); }});
  router.add(
      {"GET", "/api/v1/library/{id}", "openLibraryEntry", none, see_submissions, [api](Request& request) { return open(api, request); }});
  router.add({"PUT", "/api/v1/library/{id}", "writeLibraryEntry", json, audit_performance,
              [api](Request& request) { return curate(api, request); }});
  router.add({"GET", "/api/v1/submissions/{id}/comparisons", "compareSubmission", none, see_submissions,
              [api](Request& request) { return comparisons(api, request); }});
}

}  // namespace jiheng::service
