// 问题整改: the list, raising, every step, evidence, notices.
#include <algorithm>

#include "base/json_writer.h"
#include "desks/rectification/problem_documents.h"
#include "desks/rectification/problems.h"
#include "policy/pack.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/fields.h"
#include "service/api/list_file.h"
#include "service/api/official_file.h"
#include "service/api/outcomes.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

using desks::ProblemLine;
using desks::ProblemState;
using writing::Style;

constexpr int max_page = 500;
constexpr int max_offset = 10'000'000;
constexpr int last_year = 9999;

void write(JsonWriter& out, const ProblemLine& line) {
  out.begin_object().field("id", line.id).key("revision").integer(line.revision).field("number", line.number);
  out.field("source", desks::problem_source_code(line.source)).field("source_name", desks::problem_source_name(line.source));
  out.field("state", desks::problem_state_code(line.state)).field("state_name", desks::problem_state_name(line.state));
  out.key("checked").boolean(line.checked).key("time_asked").boolean(line.time_asked).field("unit", line.unit);
  out.field("unit_code", line.unit_code).field("unit_name", line.unit_name).key("year").integer(line.year);
  out.field("kind", line.kind).field("kind_name", line.kind_name).field("text", line.text).field("action", line.action);
  out.field("amount", line.amount).field("raised_on", line.raised_on).field("first_due", line.first_due).field("due", line.due);
  out.key("days_left").integer(line.days_left).key("overdue").boolean(line.overdue).field("replied_on", line.replied_on);
  out.key("late").boolean(line.late).field("closed_on", line.closed_on).key("earlier").integer(line.earlier).end_object();
}

std::string page_json(const desks::ProblemPage& page) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("total").integer(page.total).key("counts").begin_object();
  for (int i = 0; i < 5; ++i) out.key(desks::problem_state_code(static_cast<ProblemState>(i))).integer(page.counts[i]);
  out.end_object().key("overdue").integer(page.overdue).key("recurring").integer(page.recurring).key("mine").integer(page.mine);
  out.key("items").begin_array();
  for (const ProblemLine& each : page.items) write(out, each);
  out.end_array().end_object();
  return text;
}

void write_rules(JsonWriter& out, const policy::Rectification& rules) {
  out.begin_object().key("kinds").begin_array();
  for (const policy::ProblemKind& each : rules.kinds)
    out.begin_object().field("code", each.code).field("name", each.name).key("days").integer(each.days).end_object();
  out.end_array().key("documents").begin_array();
  for (const std::string& each : rules.documents) out.string(each);
  out.end_array().key("payments").begin_array();
  for (const policy::PaymentRecords& each : rules.payments) out.string(each.type);
  out.end_array().key("extension_times").integer(rules.extension_times).key("extension_days").integer(rules.extension_days);
  out.key("redo_days").integer(rules.redo_days).key("recurrence_years").integer(rules.recurrence_years).end_object();
}

std::string view_json(const desks::ProblemView& view) {
  std::string text;
  JsonWriter out(text);
  const desks::Problem& problem = view.problem;
  out.begin_object().field("id", problem.id).key("revision").integer(problem.revision);
  out.field("state", desks::problem_state_code(problem.state)).field("state_name", desks::problem_state_name(problem.state));
  out.field("source_name", desks::problem_source_name(problem.source)).key("checked").boolean(problem.checked());
  out.key("time_asked").boolean(problem.time_asked()).field("unit_code", view.unit_code).field("unit_name", view.unit_name);
  out.key("days_left").integer(view.days_left).key("overdue").boolean(view.overdue);
  out.field("page", view.page.empty() ? Text() : Text(view.page)).field("form", view.form.empty() ? Text() : Text(view.form));
  out.key("provisional").boolean(view.deadline.provisional).key("actions").begin_array();
  for (const desks::ProblemAction each : view.actions) out.string(desks::problem_action_code(each));
  out.end_array().key("may_bring").boolean(view.may_bring).key("earlier").begin_array();
  for (const ProblemLine& each : view.earlier) write(out, each);
  out.end_array().key("rules");
  write_rules(out, *view.rules);
  out.key("problem").raw(desks::problem_json(problem)).end_object();
  return text;
}

Response answer(const Result<desks::ProblemView>& view, const Request& request, int status = 200) {
  if (!view) return refused(view.error(), request);
  Response response = json_response(view_json(*view), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(view->problem.revision) + "\"");
  return response;
}

Result<desks::ProblemFilter> filter_of(const Request& request) {
  desks::ProblemFilter filter;
  const auto word = [&](std::string_view name) { return std::string(request.query_value(name).value_or("")); };
  if (const std::string state = word("state"); !state.empty()) {
    filter.state = desks::problem_state_from_code(state);
    if (!filter.state) return problem("bad-parameter").in("state");
  }
  if (const std::string source = word("source"); !source.empty()) {
    filter.source = desks::problem_source_from_code(source);
    if (!filter.source) return problem("bad-parameter").in("source");
  }
  for (auto& [name, wanted] :
       {std::pair<std::string_view, bool*>{"overdue", &filter.overdue}, {"recurring", &filter.recurring}, {"mine", &filter.mine}}) {
    const std::string value = word(name);
    if (!value.empty() && value != "1" && value != "0") return problem("bad-parameter").in(std::string(name));
    *wanted = value == "1";
  }
  filter.unit = word("unit");
  filter.kind = word("kind");
  filter.query = word("q");
  const auto year = whole_number(request, "year", 0, 0, last_year);
  const auto limit = whole_number(request, "limit", 100, 1, max_page);
  const auto offset = whole_number(request, "offset", 0, 0, max_offset);
  for (const auto* each : {&year, &limit, &offset}) {
    if (!*each) return each->error();
  }
  filter.year = *year;
  filter.limit = *limit;
  filter.offset = *offset;
  return filter;
}

std::string number(std::int64_t value) {
  return std::to_string(value);
}

writing::List problems_list(const std::vector<ProblemLine>& items) {
  writing::List list{"问题整改", "问题整改台账", "共" + number(static_cast<std::int64_t>(items.size())) + "条", {}, {}};
  list.columns = {{"编号", 11, Style::center},     {"单位编码", 11, Style::center},   {"单位", 24, Style::text},
                  {"年度", 7, Style::center},      {"来源", 10, Style::center},       {"类别", 14, Style::center},
                  {"问题", 44, Style::text},       {"整改要求", 36, Style::text},     {"金额（万元）", 12, Style::number},
                  {"提出日期", 12, Style::center}, {"原整改期限", 12, Style::center}, {"整改期限", 12, Style::center},
                  {"状态", 9, Style::center},      {"逾期工作日", 10, Style::number}, {"回复日期", 12, Style::center},
                  {"逾期回复", 9, Style::center},  {"销号日期", 12, Style::center},   {"以前同类问题", 12, Style::number}};
  for (const ProblemLine& each : items)
    list.rows.push_back(
        {each.number, each.unit_code, each.unit_name, number(each.year), std::string(desks::problem_source_name(each.source)),
         each.kind_name, each.text, each.action, each.amount.value_or(""), each.raised_on, each.first_due, each.due,
         std::string(desks::problem_state_name(each.state)), each.overdue ? number(-each.days_left) : "", each.replied_on.value_or(""),
         each.late ? "是" : "", each.closed_on.value_or(""), each.earlier > 0 ? number(each.earlier) : ""});
  return list;
}

Response list(const Api& api, const Request& request) {
  auto filter = filter_of(request);
  if (!filter) return refused(filter.error(), request);
  if (!wants_file(request)) return json_response(page_json(api.outcomes.problems.list(*filter, who_asks(request))));
  filter->limit = most_rows;
  filter->offset = 0;
  return list_file(api, request, problems_list(api.outcomes.problems.list(*filter, who_asks(request)).items));
}

writing::List board_list(const std::vector<desks::ProblemUnit>& units) {
  writing::List list{"整改情况", "各单位问题整改情况", "共" + number(static_cast<std::int64_t>(units.size())) + "家单位", {}, {}};
  list.columns = {{"单位编码", 11, Style::center}, {"单位", 28, Style::text}};
  for (int i = 0; i < 4; ++i)
    list.columns.push_back({std::string(desks::problem_state_name(static_cast<ProblemState>(i))), 9, Style::number});
  list.columns.push_back({"逾期", 8, Style::number});
  list.columns.push_back({"最长逾期（工作日）", 14, Style::number});
  list.columns.push_back({"逾期回复", 9, Style::number});
  for (const desks::ProblemUnit& each : units) {
    std::vector<std::string> row{each.code, each.name};
    for (int i = 0; i < 4; ++i) row.push_back(number(each.counts[i]));
    for (const int count : {each.overdue, each.worst, each.late}) row.push_back(number(count));
    list.rows.push_back(std::move(row));
  }
  return list;
}

Response board(const Api& api, const Request& request) {
  const auto year = whole_number(request, "year", 0, 0, last_year);
  if (!year) return refused(year.error(), request);
  const auto units = api.outcomes.problems.board(*year, who_asks(request));
  if (wants_file(request)) return list_file(api, request, board_list(units));
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::ProblemUnit& each : units) {
    out.begin_object().field("unit", each.unit).field("code", each.code).field("name", each.name).key("counts").begin_object();
    for (int i = 0; i < 5; ++i) out.key(desks::problem_state_code(static_cast<ProblemState>(i))).integer(each.counts[i]);
    out.end_object().key("overdue").integer(each.overdue).key("worst").integer(each.worst).key("late").integer(each.late).end_object();
  }
  out.end_array();
  return json_response(std::move(text));
}

Response rules(const Api& api, const Request& request) {
  const auto year = whole_number(request, "year", 0, 0, last_year);
  if (!year) return refused(year.error(), request);
  std::string text;
  JsonWriter out(text);
  write_rules(out, api.outcomes.problems.rules_in(*year));
  return json_response(std::move(text));
}

std::string draft_json(const desks::ProblemDraft& draft) {
  std::string text;
  JsonWriter out(text);
  const desks::NewProblem& problem = draft.problem;
  const auto number = [&](std::string_view name, std::optional<int> value) {
    out.key(name);
    value ? out.integer(*value) : out.null();
  };
  out.begin_object().field("source", desks::problem_source_code(problem.source)).field("reference", problem.reference.label);
  out.key("found").begin_object().field("kind", problem.reference.kind).field("id", problem.reference.id);
  number("table", problem.reference.table);
  number("indicator", problem.reference.indicator);
  out.field("item", problem.reference.item).end_object();
  out.field("unit", problem.unit).field("unit_name", draft.unit_name).key("year").integer(problem.year);
  out.field("kind", problem.kind.empty() ? Text() : Text(problem.kind)).field("text", problem.text).field("amount", problem.amount);
  out.field("basis", problem.basis).field("action", problem.action).key("open");
  if (draft.open)
    out.begin_object().field("id", draft.open->id).field("number", draft.open->number).end_object();
  else
    out.null();
  out.end_object();
  return text;
}

Result<std::optional<int>> place_of(const Request& request, std::string_view name) {
  const auto value = whole_number(request, name, -1, 0, 10'000);
  if (!value) return value.error();
  return *value < 0 ? std::optional<int>() : std::optional(*value);
}

Response draft(const Api& api, const Request& request) {
  desks::ProblemReference found;
  found.kind = std::string(request.query_value("kind").value_or(""));
  found.id = std::string(request.query_value("id").value_or(""));
  found.item = std::string(request.query_value("item").value_or(""));
  const auto table = place_of(request, "table");
  if (!table) return refused(table.error(), request);
  const auto indicator = place_of(request, "indicator");
  if (!indicator) return refused(indicator.error(), request);
  found.table = *table;
  found.indicator = *indicator;
  const auto made = api.outcomes.problems.draft(found, who_asks(request));
  return made ? json_response(draft_json(*made)) : refused(made.error(), request);
}

Response raise(const Api& api, const Request& request) {
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  desks::NewProblem made;
  const auto source = desks::problem_source_from_code(body->text("source"));
  made.source = source.value_or(desks::ProblemSource::other);
  made.reference.label = body->text("reference");
  if (const auto found = body->part("found")) {
    made.reference.kind = found->text("kind");
    made.reference.id = found->text("id");
    made.reference.table = found->number("table");
    made.reference.indicator = found->number("indicator");
    made.reference.item = found->text("item");
    if (made.reference.kind.empty()) found->complain("kind");
  }
  made.unit = body->text("unit");
  made.year = body->number("year").value_or(0);
  made.kind = body->text("kind");
  made.text = body->text("text");
  made.amount = body->maybe("amount");
  made.basis = body->maybe("basis");
  made.action = body->text("action");
  made.work_days = body->number("work_days");
  if (const auto fault = body->fault()) return refused(*fault, request);
  if (!source) return refused(problem("json-shape").in("source"), request);
  const auto raised = api.outcomes.problems.raise(std::move(made), who_asks(request));
  if (!raised) return refused(raised.error(), request);
  return answer(api.outcomes.problems.open(raised->id, who_asks(request)), request, 201);
}

std::optional<desks::ClosingBasis> basis_of(const Fields& from) {
  const auto kind = desks::closing_kind_from_code(from.text("kind"));
  if (!kind) {
    from.complain("kind");
    return std::nullopt;
  }
  desks::ClosingBasis basis;
  basis.kind = *kind;
  basis.record_kind = from.text("record_kind");
  for (const Fields& each : from.parts("records"))
    basis.records.push_back({each.text("id"), each.number("revision").value_or(0), {}, {}, {}});
  basis.evidence = from.number("evidence").value_or(0);
  return basis;
}

Response act(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto action = desks::problem_action_from_code(body->text("action"));
  desks::ProblemDeed deed;
  deed.text = body->text("text");
  deed.evidence = body->numbers("evidence");
  deed.work_days = body->number("work_days").value_or(0);
  if (const auto basis = body->part("basis")) deed.basis = basis_of(*basis);
  if (const auto fault = body->fault()) return refused(*fault, request);
  if (!action) return refused(problem("json-shape").in("action"), request);
  deed.action = *action;
  return answer(api.outcomes.problems.act(request.param("id"), *revision, deed, who_asks(request)), request);
}

Response bring(const Api& api, const Request& request) {
  const auto file = one_file(request);
  if (!file) return refused(file.error(), request);
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  return answer(api.outcomes.problems.bring(request.param("id"), *revision, request.upload->bytes(*file), file->name,
                                            std::string(request.query_value("kind").value_or("")), who_asks(request)),
                request, 201);
}

/// For saving: what came from outside must not run in the browser as a page of ours.
Response download(const Api& api, const Request& request) {
  const auto file_number = number_param(request, "number");
  if (!file_number) return refused(file_number.error(), request);
  auto file = api.outcomes.problems.file(request.param("id"), *file_number, who_asks(request));
  return file ? download_response(std::move(file->bytes), file->name, "application/octet-stream") : refused(file.error(), request);
}

Response document(const Api& api, const Request& request) {
  const auto kind = desks::problem_document_from_code(request.param("document"));
  if (!kind) return refused(problem("not-found"), request);
  const std::string to(request.query_value("to").value_or("docx"));
  if (to != "docx" && to != "pdf") return refused(problem("bad-parameter").in("to"), request);
  const desks::Problems& problems = api.outcomes.problems;
  return official_response(api, request,
                           desks::problem_document(problems.registry(), problems, *kind, request.param("id"), who_asks(request)), to);
}

Response deadline(const Api& api, const Request& request) {
  const auto view = api.outcomes.problems.open(request.param("id"), who_asks(request));
  return view ? json_response(deadline_json(view->deadline)) : refused(view.error(), request);
}

}  // namespace

void add_problem_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/problems", "listProblems", none, see_problems, [api](Request& request) { return list(api, request); }});
  router.add({"POST", "/api/v1/problems", "raiseProblem", json, check_problems, [api](Request& request) { return raise(api, request); }});
  // Before what takes any id.
  router.add(
      {"GET", "/api/v1/problems/draft", "draftProblem", none, check_problems, [api](Request& request) { return draft(api, request); }});
  router.add(
      {"GET", "/api/v1/problems/board", "problemBoard", none, see_problems, [api](Request& request) { return board(api, request); }});
  router.add(
      {"GET", "/api/v1/problems/rules", "problemRules", none, see_problems, [api](Request& request) { return rules(api, request); }});
  router.add({"GET", "/api/v1/problems/{id}", "openProblem", none, see_problems,
              [api](Request& request) { return answer(api.outcomes.problems.open(request.param("id"), who_asks(request)), request); }});
  router.add(
      {"POST", "/api/v1/problems/{id}/actions", "actOnProblem", json, see_problems, [api](Request& request) { return act(api, request); }});
  router.add({"POST", "/api/v1/problems/{id}/evidence", "bringProblemEvidence", files, see_problems,
              [api](Request& request) { return bring(api, request); }});
  router.add({"GET", "/api/v1/problems/{id}/evidence/{number}", "downloadProblemEvidence", none, see_problems,
              [api](Request& request) { return download(api, request); }});
  router.add({"GET", "/api/v1/problems/{id}/documents/{document}", "problemDocument", none, see_problems,
              [api](Request& request) { return document(api, request); }});
  router.add({"GET", "/api/v1/problems/{id}/deadline", "problemDeadline", none, see_problems,
              [api](Request& request) { return deadline(api, request); }});
}

}  // namespace jiheng::service
