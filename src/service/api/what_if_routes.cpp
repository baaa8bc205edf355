// 试算: a target on past years, a year under another rule pack. Nothing is stored.
#include "base/json_writer.h"
#include "desks/what_if/pack_trial.h"
#include "desks/what_if/target_trial.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/fields.h"
#include "service/api/list_file.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

using writing::Style;

void write(JsonWriter& out, const char* name, const desks::TriedSide& side) {
  out.key(name).begin_object().key("count").integer(side.count).key("met").integer(side.met).end_object();
}

std::string trial_json(const desks::TargetTrial& trial) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("target", trial.target);
  write(out, "own", trial.own);
  write(out, "peers", trial.peers);
  out.field("expected_percent", trial.expected_percent).field("expected_points", trial.expected_points).field("weight", trial.weight);
  out.field("none", trial.none).key("cases").begin_array();
  for (const desks::TriedCase& each : trial.cases) {
    out.begin_object().key("year").integer(each.year).key("own").boolean(each.own).field("unit_name", each.unit_name);
    out.field("actual", each.actual).field("target", each.target).key("measured").boolean(each.measured);
    out.key("met").boolean(each.met).field("percent", each.percent).end_object();
  }
  out.end_array().end_object();
  return text;
}

Response try_target(const Api& api, const Request& request) {
  const auto body = Fields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto table = body->number("table");
  const auto part = body->part("indicator");
  Indicator indicator;
  std::optional<Comparator> comparator;
  if (part) {
    indicator.level1 = part->text("level1");
    indicator.level2 = part->maybe("level2");
    indicator.level3 = part->text("level3");
    indicator.value = part->maybe("value");
    indicator.upper = part->maybe("upper");
    indicator.unit = part->maybe("unit");
    indicator.weight = part->maybe("weight");
    comparator = comparator_from_code(part->text("comparator"));
  }
  if (const auto fault = body->fault()) return refused(*fault, request);
  if (!part || !comparator) return refused(problem("json-shape").in(part ? "indicator.comparator" : "indicator"), request);
  if (!table) return refused(problem("json-shape").in("table"), request);
  indicator.comparator = *comparator;
  const auto trial = desks::try_target(api.submissions, api.ledgers, request.param("id"), *table, indicator, who_asks(request));
  return trial ? json_response(trial_json(*trial)) : refused(trial.error(), request);
}

void write(JsonWriter& out, const char* name, const std::vector<std::pair<std::string, int>>& grades) {
  out.key(name).begin_array();
  for (const auto& [grade, count] : grades) out.begin_object().field("grade", grade).key("tables").integer(count).end_object();
  out.end_array();
}

std::string pack_json(const desks::PackTrial& trial) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year").integer(trial.year).field("pack", trial.pack->id()).field("title", trial.pack->title);
  out.key("tables").integer(trial.tables).key("regraded").integer(trial.regraded).key("better").integer(trial.better);
  out.key("untried").integer(trial.untried).field("mean", trial.mean).field("tried_mean", trial.tried_mean);
  write(out, "grades", trial.grades);
  write(out, "tried_grades", trial.tried_grades);
  out.key("items").begin_array();
  for (const desks::TriedTable& each : trial.items) {
    out.begin_object().field("form", each.form).key("table").integer(each.table).field("unit_name", each.unit_name);
    out.field("project_name", each.project_name).field("total", each.total).field("grade", each.grade);
    out.field("tried_total", each.tried_total).field("tried_grade", each.tried_grade).field("difference", each.difference);
    out.field("trouble", each.trouble).key("regraded").boolean(each.regraded).end_object();
  }
  out.end_array().end_object();
  return text;
}

writing::List pack_list(const desks::PackTrial& trial) {
  writing::List list{"换口径试算",
                     std::to_string(trial.year) + "年自评按“" + trial.pack->title + "”试算",
                     "共" + std::to_string(trial.tables) + "张表，等级变化" + std::to_string(trial.regraded) + "张；只是试算，不改任何记录",
                     {},
                     {}};
  list.columns = {{"单位", 26, Style::text},      {"项目", 30, Style::text},       {"自评总分", 10, Style::number},
                  {"自评等级", 9, Style::center}, {"试算总分", 10, Style::number}, {"试算等级", 9, Style::center},
                  {"相差", 9, Style::number},     {"等级变化", 9, Style::center},  {"说明", 36, Style::text}};
  for (const desks::TriedTable& each : trial.items)
    list.rows.push_back({each.unit_name, each.project_name.value_or("部门整体支出"), each.total, each.grade, each.tried_total.value_or(""),
                         each.tried_grade.value_or(""), each.difference.value_or(""), each.regraded ? "是" : "",
                         each.trouble.value_or("")});
  return list;
}

Response try_pack(const Api& api, const Request& request) {
  const auto year = whole_number(request, "year", api.today().year() - 1, 2000, 2199);
  if (!year) return refused(year.error(), request);
  const auto trial = desks::try_pack(api.follow_ups.registry(), *year, request.query_value("pack").value_or(""));
  if (!trial) return refused(problem("bad-parameter").in("pack"), request);
  if (wants_file(request)) return list_file(api, request, pack_list(*trial));
  return json_response(pack_json(*trial));
}

}  // namespace

void add_what_if_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"POST", "/api/v1/submissions/{id}/target-trial", "tryTarget", json, see_submissions,
              [api](Request& request) { return try_target(api, request); }});
  router.add({"GET", "/api/v1/pack-trial", "tryPack", none, publish, [api](Request& request) { return try_pack(api, request); }});
}

}  // namespace jiheng::service
