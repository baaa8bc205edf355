// 结果应用: the list for next year's budget, decisions, the ranking of units.
#include "base/json_writer.h"
#include "service/api/api.h"
#include "service/api/fields.h"
#include "service/api/list_file.h"
#include "service/api/outcomes.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

using desks::ResultLine;
using writing::Style;

Result<int> year_of(const Request& request) {
  const std::string_view text = request.param("year");
  int year = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() != 4) return problem("not-found");
    year = year * 10 + (c - '0');
  }
  return year;
}

std::string_view source_code(desks::GradedProject::Source source) {
  return source == desks::GradedProject::Source::evaluation ? "evaluation" : "self-evaluation";
}

void write(JsonWriter& out, const ResultLine& line) {
  const desks::GradedProject& graded = line.graded;
  out.begin_object().field("unit", graded.unit).field("unit_code", line.unit_code).field("unit_name", line.unit_name);
  out.field("project", graded.project).field("amount", graded.amount.plain()).field("source", source_code(graded.source));
  out.field("record", graded.record).field("total", graded.total.plain()).field("grade", graded.grade).key("rule");
  if (line.rule != nullptr) {
    out.begin_object().field("measure", policy::measure_code(line.rule->measure)).field("name", line.rule->name);
    out.field("percent", line.rule->percent.plain()).end_object();
  } else {
    out.null();
  }
  out.field("suggested", line.suggested.plain()).key("open_problems").integer(line.open_problems);
  out.key("overdue_problems").integer(line.overdue_problems).key("outdated").boolean(line.outdated).key("decision");
  if (line.decision) {
    const desks::ResultDecision& decision = *line.decision;
    out.begin_object().key("revision").integer(decision.revision).field("measure", policy::measure_code(decision.measure));
    out.field("effect", decision.effect).field("why", decision.why).field("grade", decision.grade).field("total", decision.total);
    out.field("at", decision.at).field("by", desks::name_of(decision.by)).end_object();
  } else {
    out.null();
  }
  out.end_object();
}

writing::List results_list(int year, const desks::ResultPage& page) {
  writing::List list{"结果应用",
                     std::to_string(year) + "年绩效结果应用清单",
                     "共" + std::to_string(page.lines.size()) + "个项目，今年金额" + page.amount.plain() + "万元，按口径建议变动" +
                         page.suggested.plain() + "万元，已决定变动" + page.decided.plain() + "万元",
                     {},
                     {}};
  list.columns = {{"单位编码", 11, Style::center},
                  {"单位", 24, Style::text},
                  {"项目", 28, Style::text},
                  {"今年金额（万元）", 13, Style::number},
                  {"依据", 8, Style::center},
                  {"得分", 8, Style::number},
                  {"等级", 7, Style::center},
                  {"口径建议", 10, Style::center},
                  {"建议变动（万元）", 13, Style::number},
                  {"逾期问题", 9, Style::number},
                  {"决定", 10, Style::center},
                  {"决定变动（万元）", 13, Style::number},
                  {"理由", 36, Style::text},
                  {"决定人", 10, Style::center},
                  {"结果有变", 9, Style::center}};
  for (const ResultLine& each : page.lines) {
    const auto& decision = each.decision;
    list.rows.push_back({each.unit_code, each.unit_name, each.graded.project.empty() ? "部门整体支出" : each.graded.project,
                         each.graded.amount.plain(), each.graded.source == desks::GradedProject::Source::evaluation ? "评价" : "自评",
                         each.graded.total.plain(), each.graded.grade, each.rule != nullptr ? each.rule->name : "", each.suggested.plain(),
                         std::to_string(each.overdue_problems), decision ? std::string(policy::measure_name(decision->measure)) : "",
                         decision ? decision->effect : "", decision ? decision->why : "", decision ? desks::name_of(decision->by) : "",
                         each.outdated ? "是" : ""});
  }
  return list;
}

Response list(const Api& api, const Request& request) {
  const auto year = year_of(request);
  if (!year) return refused(year.error(), request);
  const desks::ResultPage page = api.outcomes.results.list(*year, who_asks(request));
  if (wants_file(request)) return list_file(api, request, results_list(*year, page));
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("amount", page.amount.plain()).field("suggested", page.suggested.plain());
  out.field("decided", page.decided.plain()).key("undecided").integer(page.undecided).key("items").begin_array();
  for (const ResultLine& each : page.lines) write(out, each);
  out.end_array().end_object();
  return json_response(std::move(text));
}

Response decide(const Api& api, const Request& request) {
  const auto year = year_of(request);
  if (!year) return refused(year.error(), request);
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  desks::UseOfResults::Wanted wanted;
  wanted.unit = body->text("unit");
  wanted.project = body->text("project");
  wanted.from_revision = body->number("revision").value_or(0);
  const auto measure = desks::measure_from_code(body->text("measure"));
  wanted.effect = body->text("effect");
  wanted.why = body->text("why");
  if (const auto fault = body->fault()) return refused(*fault, request);
  if (!measure) return refused(problem("json-shape").in("measure"), request);
  wanted.measure = *measure;
  const auto line = api.outcomes.results.decide(*year, wanted, who_asks(request));
  if (!line) return refused(line.error(), request);
  std::string text;
  JsonWriter out(text);
  write(out, *line);
  return json_response(std::move(text));
}

writing::List ranking_list(int year, const std::vector<desks::RankedUnit>& units) {
  writing::List list{
      "排名", std::to_string(year) + "年预算绩效单位排名", "共" + std::to_string(units.size()) + "家单位，得分按项目金额加权", {}, {}};
  list.columns = {{"名次", 7, Style::center},        {"单位编码", 11, Style::center},     {"单位", 28, Style::text},
                  {"项目数", 8, Style::number},      {"金额（万元）", 13, Style::number}, {"得分", 9, Style::number},
                  {"未销号问题", 10, Style::number}, {"逾期问题", 9, Style::number}};
  for (const desks::RankedUnit& each : units)
    list.rows.push_back({std::to_string(each.rank), each.code, each.name, std::to_string(each.projects), each.amount.plain(),
                         each.points.plain(), std::to_string(each.open_problems), std::to_string(each.overdue_problems)});
  return list;
}

Response ranking(const Api& api, const Request& request) {
  const auto year = year_of(request);
  if (!year) return refused(year.error(), request);
  const auto units = api.outcomes.results.ranking(*year, who_asks(request));
  if (wants_file(request)) return list_file(api, request, ranking_list(*year, units));
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::RankedUnit& each : units) {
    out.begin_object().key("rank").integer(each.rank).field("unit", each.unit).field("code", each.code).field("name", each.name);
    out.key("projects").integer(each.projects).field("amount", each.amount.plain()).field("points", each.points.plain());
    out.key("open_problems").integer(each.open_problems).key("overdue_problems").integer(each.overdue_problems).end_object();
  }
  out.end_array();
  return json_response(std::move(text));
}

}  // namespace

void add_result_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/years/{year}/results", "listResults", none, see_submissions,
              [api](Request& request) { return list(api, request); }});
  router.add({"POST", "/api/v1/years/{year}/results", "decideResult", json, approve_filing,
              [api](Request& request) { return decide(api, request); }});
  router.add({"GET", "/api/v1/years/{year}/ranking", "unitRanking", none, see_submissions,
              [api](Request& request) { return ranking(api, request); }});
}

}  // namespace jiheng::service
