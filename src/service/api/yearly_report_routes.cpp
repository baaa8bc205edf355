// 年度预算绩效管理工作情况报告: its figures with their sources, and the document.
#include "base/json_writer.h"
#include "desks/yearly_report/yearly_report.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/official_file.h"
#include "service/api/outcomes.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

desks::YearSources sources_of(const Api& api) {
  return {api.follow_ups.registry(), api.years, api.ledgers, api.outcomes.problems, api.outcomes.evaluations, api.outcomes.results};
}

Result<int> year_asked(const Api& api, const Request& request) {
  return whole_number(request, "year", desks::year_to_show(desks::stored_years(sources_of(api)), api.today().year()), 2000, 2199);
}

void write(JsonWriter& out, const desks::YearlyFigure& each) {
  out.begin_object().field("key", each.key).field("chapter", each.chapter).field("label", each.label).field("unit", each.unit);
  out.field("value", each.value).field("last", each.last).field("change", each.change).field("rule", each.rule);
  out.key("counted").integer(each.counted).key("last_counted").integer(each.last_counted);
  out.key("below_zero").boolean(each.below_zero).end_object();
}

void write(JsonWriter& out, const desks::YearlyChart& each) {
  out.begin_object().field("code", each.code).field("chapter", each.chapter).field("title", each.chart.title);
  out.field("unit", each.chart.unit).key("categories").begin_array();
  for (const std::string& name : each.chart.categories) out.string(name);
  out.end_array().key("series").begin_array();
  for (const auto& series : each.chart.series) {
    out.begin_object().field("name", series.name).field("colour", series.colour).key("values").begin_array();
    for (const std::string& value : series.values) value.empty() ? out.null() : out.string(value);
    out.end_array().key("keys").begin_array();
    for (const std::string& key : series.keys) out.string(key);
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

std::string figures_json(const desks::YearlyFigures& figures, const std::vector<int>& years) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year").integer(figures.year).key("years").begin_array();
  for (const int year : years) out.integer(year);
  out.end_array().key("has_last").boolean(figures.has_last).key("chapters").begin_array();
  for (const desks::YearlyChapter& each : figures.chapters)
    out.begin_object().field("code", each.code).field("title", each.title).key("any").boolean(each.any).end_object();
  out.end_array().key("figures").begin_array();
  for (const desks::YearlyFigure& each : figures.figures) {
    if (each.value || each.last) write(out, each);
  }
  out.end_array().key("charts").begin_array();
  for (const desks::YearlyChart& each : figures.charts) write(out, each);
  out.end_array().key("history").begin_array();
  for (const desks::YearlyHistory& each : figures.history) {
    out.begin_object().field("key", each.key).field("label", each.label).field("unit", each.unit).key("values").begin_array();
    for (const auto& [year, value] : each.values) out.begin_object().key("year").integer(year).field("value", value).end_object();
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return text;
}

Response figures(const Api& api, const Request& request) {
  const auto year = year_asked(api, request);
  if (!year) return refused(year.error(), request);
  // Whoever may publish sees all of the bureau.
  return shared_answer_of_today(api, request, [&]() -> Result<std::string> {
    const auto found = desks::yearly_figures(sources_of(api), *year);
    if (!found) return found.error();
    return figures_json(*found, desks::stored_years(sources_of(api)));
  });
}

Response document(const Api& api, const Request& request) {
  const auto year = year_asked(api, request);
  if (!year) return refused(year.error(), request);
  const auto found = desks::yearly_figures(sources_of(api), *year);
  if (!found) return refused(found.error(), request);
  return official_response(api, request, desks::yearly_report(api.follow_ups.registry(), *found), "docx");
}

}  // namespace

void add_yearly_report_routes(Router& router, const Api& api) {
  using enum BodyKind;
  // Whoever publishes answers for the whole bureau's performance management, and sees all of it: the performance section, the leader.
  router.add({"GET", "/api/v1/yearly-report", "yearlyReport", none, access::Permission::publish,
              [api](Request& request) { return figures(api, request); }});
  router.add({"GET", "/api/v1/yearly-report/file", "yearlyReportFile", none, access::Permission::publish,
              [api](Request& request) { return document(api, request); }});
}

}  // namespace jiheng::service
