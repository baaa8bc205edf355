// 重点评价, 事前绩效评估: evaluators, evaluations, draws, the report.
#include "base/json_writer.h"
#include "desks/evaluation/evaluation_report.h"
#include "service/api/answer_cached.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/fields.h"
#include "service/api/list_file.h"
#include "service/api/official_file.h"
#include "service/api/outcomes.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

using desks::EvaluationAction;
using desks::EvaluationView;
using writing::Style;

constexpr int last_year = 9999;

void write(JsonWriter& out, const EvaluationView& view) {
  const desks::Evaluation& evaluation = view.evaluation;
  out.begin_object().field("id", evaluation.id).key("revision").integer(evaluation.revision);
  out.field("state", desks::evaluation_state_code(evaluation.state)).field("state_name", desks::evaluation_state_name(evaluation.state));
  out.field("form_name", desks::evaluation_form_name(evaluation.form))
      .field("unit_code", view.unit_code)
      .field("unit_name", view.unit_name);
  out.key("scorers").integer(static_cast<std::int64_t>(evaluation.scores.size())).key("scorers_needed").integer(view.rules->scorers);
  const bool scored = !evaluation.scores.empty();
  const auto figure = [&](const Decimal& value) { return scored ? Text(value.plain()) : Text(); };
  out.field("total", figure(view.scored.total)).field("least", figure(view.scored.least)).field("most", figure(view.scored.most));
  out.field("spread", figure(view.scored.spread)).field("spread_limit", view.rules->spread.plain());
  out.field("results", figure(view.scored.results)).key("must_explain").boolean(view.must_explain).key("means").begin_array();
  for (const Decimal& each : view.scored.means) out.string(each.plain());
  out.end_array().key("actions").begin_array();
  for (const EvaluationAction each : view.actions) out.string(desks::evaluation_action_code(each));
  out.end_array().key("section_names").begin_array();
  for (const std::string& each : desks::evaluation_sections()) out.string(each);
  out.end_array().key("evaluation").raw(desks::evaluation_json(evaluation)).end_object();
}

Response answer(const Result<EvaluationView>& view, const Request& request, int status = 200) {
  if (!view) return refused(view.error(), request);
  std::string text;
  JsonWriter out(text);
  write(out, *view);
  Response response = json_response(std::move(text), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(view->evaluation.revision) + "\"");
  return response;
}

writing::List evaluations_list(const std::vector<EvaluationView>& views) {
  writing::List list{"评价", "重点评价和事前绩效评估", "共" + std::to_string(views.size()) + "项", {}, {}};
  list.columns = {{"年度", 7, Style::center},    {"形式", 12, Style::center},    {"单位编码", 11, Style::center},
                  {"单位", 26, Style::text},     {"项目", 30, Style::text},      {"金额（万元）", 12, Style::number},
                  {"状态", 9, Style::center},    {"评分人数", 8, Style::number}, {"平均总分", 9, Style::number},
                  {"最高", 8, Style::number},    {"最低", 8, Style::number},     {"结论", 12, Style::center},
                  {"提出问题", 9, Style::number}};
  for (const EvaluationView& view : views) {
    const desks::Evaluation& each = view.evaluation;
    const bool scored = !each.scores.empty();
    list.rows.push_back({std::to_string(each.year), std::string(desks::evaluation_form_name(each.form)), view.unit_code, view.unit_name,
                         each.project, each.amount.value_or(""), std::string(desks::evaluation_state_name(each.state)),
                         std::to_string(each.scores.size()), scored ? view.scored.total.plain() : "",
                         scored ? view.scored.most.plain() : "", scored ? view.scored.least.plain() : "",
                         each.result ? each.result->grade : "", std::to_string(each.problems.size())});
  }
  return list;
}

Result<int> year_asked(const Request& request) {
  return whole_number(request, "year", 0, 0, last_year);
}

Response list(const Api& api, const Request& request) {
  const auto year = year_asked(request);
  if (!year) return refused(year.error(), request);
  const auto views = api.outcomes.evaluations.list(*year, who_asks(request));
  if (wants_file(request)) return list_file(api, request, evaluations_list(views));
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const EvaluationView& each : views) write(out, each);
  out.end_array();
  return json_response(std::move(text));
}

Response plan(const Api& api, const Request& request) {
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  desks::NewEvaluation made;
  const auto form = desks::evaluation_form_from_code(body->text("form"));
  made.unit = body->text("unit");
  made.year = body->number("year").value_or(0);
  made.project = body->text("project");
  made.amount = body->maybe("amount");
  made.reason = body->text("reason");
  made.draw = body->maybe("draw");
  if (const auto fault = body->fault()) return refused(*fault, request);
  if (!form) return refused(problem("json-shape").in("form"), request);
  made.form = *form;
  return answer(api.outcomes.evaluations.plan(std::move(made), who_asks(request)), request, 201);
}

std::vector<policy::Criterion> criteria_of(const Fields& body) {
  std::vector<policy::Criterion> criteria;
  for (const Fields& each : body.parts("criteria")) {
    const auto points = Decimal::parse(each.text("points"));
    if (!points) each.complain("points");
    criteria.push_back({each.text("level1"), each.text("level2"), each.text("level3"), points.value_or(Decimal())});
  }
  return criteria;
}

Response act(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto action = desks::evaluation_action_from_code(body->text("action"));
  desks::EvaluationDeed deed;
  deed.text = body->text("text");
  deed.criteria = criteria_of(*body);
  deed.evaluators = body->texts("evaluators");
  deed.criterion = body->number("criterion");
  deed.evidence = body->numbers("evidence");
  deed.evaluator = body->text("evaluator");
  deed.points = body->texts("points");
  deed.reasons = body->texts("reasons");
  deed.section = body->number("section").value_or(-1);
  if (const auto part = body->part("problem")) {
    desks::NewProblem found;
    found.kind = part->text("kind");
    found.text = part->text("text");
    found.amount = part->maybe("amount");
    found.basis = part->maybe("basis");
    found.action = part->text("action");
    deed.problem = std::move(found);
  }
  if (const auto fault = body->fault()) return refused(*fault, request);
  if (!action) return refused(problem("json-shape").in("action"), request);
  deed.action = *action;
  return answer(api.outcomes.evaluations.act(request.param("id"), *revision, deed, who_asks(request)), request);
}

Response bring(const Api& api, const Request& request) {
  const auto file = one_file(request);
  if (!file) return refused(file.error(), request);
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  return answer(api.outcomes.evaluations.bring(request.param("id"), *revision, request.upload->bytes(*file), file->name, who_asks(request)),
                request, 201);
}

Response download(const Api& api, const Request& request) {
  const auto number = number_param(request, "number");
  if (!number) return refused(number.error(), request);
  auto file = api.outcomes.evaluations.file(request.param("id"), *number, who_asks(request));
  return file ? download_response(std::move(file->bytes), file->name, "application/octet-stream") : refused(file.error(), request);
}

Response report(const Api& api, const Request& request) {
  const std::string to(request.query_value("to").value_or("docx"));
  if (to != "docx" && to != "pdf") return refused(problem("bad-parameter").in("to"), request);
  const Outcomes& all = api.outcomes;
  return official_response(
      api, request,
      desks::evaluation_report(all.problems.registry(), all.evaluations, all.problems, request.param("id"), who_asks(request)), to);
}

void write(JsonWriter& out, const desks::Evaluator& each) {
  out.begin_object().field("id", each.id).key("revision").integer(each.revision).field("name", each.name);
  out.key("agency").boolean(each.agency).field("field", each.field).field("lead", each.lead).field("employer", each.employer);
  out.key("units").begin_array();
  for (const std::string& unit : each.units) out.string(unit);
  out.end_array().key("projects").begin_array();
  for (const std::string& project : each.projects) out.string(project);
  out.end_array().key("active").boolean(each.active).end_object();
}

Response evaluators(const Api& api, const Request& request) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::Evaluator& each : api.outcomes.evaluations.evaluators().list(who_asks(request))) write(out, each);
  out.end_array();
  return json_response(std::move(text));
}

/// New where the address names none.
Response put_evaluator(const Api& api, const Request& request, bool fresh) {
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  desks::Evaluator made;
  made.name = body->text("name");
  made.agency = body->flag("agency");
  made.field = body->text("field");
  made.lead = body->text("lead");
  made.employer = body->text("employer");
  made.units = body->texts("units");
  made.projects = body->texts("projects");
  made.active = body->flag("active", true);
  if (const auto fault = body->fault()) return refused(*fault, request);
  if (!fresh) {
    const auto revision = if_match(request);
    if (!revision) return refused(revision.error(), request);
    made.id = std::string(request.param("id"));
    made.revision = *revision;
  }
  const auto stored = api.outcomes.evaluations.evaluators().put(std::move(made), who_asks(request));
  if (!stored) return refused(stored.error(), request);
  std::string text;
  JsonWriter out(text);
  write(out, *stored);
  return json_response(std::move(text), fresh ? 201 : 200);
}

void write(JsonWriter& out, const desks::KeyProject& each) {
  out.begin_object().field("unit", each.unit).field("unit_code", each.unit_code).field("unit_name", each.unit_name);
  out.field("project", each.project).field("amount", each.amount).key("key").boolean(each.is_key());
  out.key("large").boolean(each.large).key("first_time").boolean(each.first_time).key("poor").boolean(each.poor);
  out.field("last_grade", each.last_grade).end_object();
}

Response candidates(const Api& api, const Request& request) {
  const auto year = whole_number(request, "year", api.today().year(), 1, last_year);
  if (!year) return refused(year.error(), request);
  // It reads every table of two years; by whoever sees less it is refused, each time.
  return cached_answer_of_today(api, request, [&]() -> Result<std::string> {
    const auto found = api.outcomes.draws.candidates(*year, who_asks(request));
    if (!found) return found.error();
    std::string text;
    JsonWriter out(text);
    out.begin_array();
    for (const desks::KeyProject& each : *found) write(out, each);
    out.end_array();
    return text;
  });
}

void write(JsonWriter& out, const desks::ProjectDraw& draw) {
  out.begin_object().field("id", draw.id).key("revision").integer(draw.revision).key("year").integer(draw.year);
  out.field("title", draw.title).key("count").integer(draw.count).key("earlier").integer(draw.earlier).field("why", draw.why);
  out.field("list_hash", draw.list_hash).field("seed_hash", draw.seed_hash).field("beacon_source", draw.beacon_source);
  out.field("sealed_at", draw.sealed_at).field("sealed_by", desks::name_of(draw.sealed_by)).key("drawn").boolean(draw.is_drawn());
  out.field("seed", draw.is_drawn() ? Text(draw.seed) : Text()).field("beacon", draw.is_drawn() ? Text(draw.beacon) : Text());
  out.field("drawn_at", draw.is_drawn() ? Text(draw.drawn_at) : Text());
  out.field("drawn_by", draw.drawn_by ? Text(desks::name_of(*draw.drawn_by)) : Text()).key("lines").begin_array();
  for (const std::string& each : draw.lines) out.string(each);
  out.end_array().key("pool").begin_array();
  for (const desks::KeyProject& each : draw.pool) write(out, each);
  out.end_array().key("chosen").begin_array();
  for (const int each : draw.drawn) out.integer(each);
  out.end_array().end_object();
}

Response answer(const Result<desks::ProjectDraw>& draw, const Request& request, int status = 200) {
  if (!draw) return refused(draw.error(), request);
  std::string text;
  JsonWriter out(text);
  write(out, *draw);
  return json_response(std::move(text), status);
}

Response draws(const Api& api, const Request& request) {
  const auto year = year_asked(request);
  if (!year) return refused(year.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::ProjectDraw& each : api.outcomes.draws.list(*year, who_asks(request))) write(out, each);
  out.end_array();
  return json_response(std::move(text));
}

Response seal(const Api& api, const Request& request) {
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  desks::ProjectDraws::Wanted wanted;
  wanted.year = body->number("year").value_or(0);
  wanted.title = body->text("title");
  wanted.count = body->number("count").value_or(0);
  wanted.key_only = body->flag("key_only", true);
  wanted.beacon_source = body->text("beacon_source");
  wanted.why = body->text("why");
  if (const auto fault = body->fault()) return refused(*fault, request);
  return answer(api.outcomes.draws.seal(wanted, who_asks(request)), request, 201);
}

Response draw(const Api& api, const Request& request) {
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  const std::string beacon = body->text("beacon");
  if (const auto fault = body->fault()) return refused(*fault, request);
  return answer(api.outcomes.draws.draw(request.param("id"), beacon, who_asks(request)), request);
}

}  // namespace

void add_evaluation_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add(
      {"GET", "/api/v1/evaluations", "listEvaluations", none, see_submissions, [api](Request& request) { return list(api, request); }});
  router.add(
      {"POST", "/api/v1/evaluations", "planEvaluation", json, audit_performance, [api](Request& request) { return plan(api, request); }});
  // Before what takes any id.
  router.add({"GET", "/api/v1/evaluations/candidates", "evaluationCandidates", none, audit_performance,
              [api](Request& request) { return candidates(api, request); }});
  router.add({"GET", "/api/v1/evaluations/{id}", "openEvaluation", none, see_submissions,
              [api](Request& request) { return answer(api.outcomes.evaluations.open(request.param("id"), who_asks(request)), request); }});
  router.add({"POST", "/api/v1/evaluations/{id}/actions", "actOnEvaluation", json, audit_performance,
              [api](Request& request) { return act(api, request); }});
  router.add({"POST", "/api/v1/evaluations/{id}/evidence", "bringEvaluationEvidence", files, audit_performance,
              [api](Request& request) { return bring(api, request); }});
  router.add({"GET", "/api/v1/evaluations/{id}/evidence/{number}", "downloadEvaluationEvidence", none, audit_performance,
              [api](Request& request) { return download(api, request); }});
  router.add({"GET", "/api/v1/evaluations/{id}/report", "evaluationReport", none, see_submissions,
              [api](Request& request) { return report(api, request); }});
  router.add({"GET", "/api/v1/evaluators", "listEvaluators", none, audit_performance,
              [api](Request& request) { return evaluators(api, request); }});
  router.add({"POST", "/api/v1/evaluators", "addEvaluator", json, audit_performance,
              [api](Request& request) { return put_evaluator(api, request, true); }});
  router.add({"PUT", "/api/v1/evaluators/{id}", "changeEvaluator", json, audit_performance,
              [api](Request& request) { return put_evaluator(api, request, false); }});
  router.add(
      {"GET", "/api/v1/evaluation-draws", "listDraws", none, see_submissions, [api](Request& request) { return draws(api, request); }});
  router.add(
      {"POST", "/api/v1/evaluation-draws", "sealDraw", json, audit_performance, [api](Request& request) { return seal(api, request); }});
  router.add({"GET", "/api/v1/evaluation-draws/{id}", "openDraw", none, see_submissions,
              [api](Request& request) { return answer(api.outcomes.draws.open(request.param("id"), who_asks(request)), request); }});
  router.add({"POST", "/api/v1/evaluation-draws/{id}/drawing", "drawProjects", json, audit_performance,
              [api](Request& request) { return draw(api, request); }});
}

}  // namespace jiheng::service
