#include "service/api/library_views.h"

#include <algorithm>

#include "base/json_writer.h"
#include "desks/performance/function_class.h"

namespace jiheng::service {
namespace {

void write_figures(JsonWriter& out, const std::optional<desks::TargetFigures>& figures) {
  if (!figures) {
    out.null();
    return;
  }
  out.begin_object().key("count").integer(figures->count).field("least", figures->least).field("q1", figures->q1);
  out.field("median", figures->median).field("q3", figures->q3).field("most", figures->most).end_object();
}

void write_number(JsonWriter& out, const std::optional<int>& number) {
  number ? out.integer(*number) : out.null();
}

void write_entry(JsonWriter& out, const desks::LibraryEntry& entry) {
  out.begin_object().field("id", entry.id).key("revision").integer(entry.revision);
  out.field("level1", entry.level1).field("level2", entry.level2).field("name", entry.name);
  out.field("direction", desks::direction_code(entry.direction)).field("comparator", comparator_code(entry.comparator));
  out.field("unit", entry.unit).field("explanation", entry.explanation).field("scoring_rule", entry.scoring_rule);
  out.field("evidence", entry.evidence).field("function_class", entry.function_class).key("retired").boolean(entry.retired);
  out.key("tables").integer(entry.tables).key("units").integer(entry.units).key("years").integer(entry.years).key("last_year");
  write_number(out, entry.last_year);
  out.key("overall_tables").integer(entry.overall_tables).key("project_tables").integer(entry.project_tables).key("figures");
  write_figures(out, entry.figures);
  out.end_object();
}

void write_classes(JsonWriter& out, const std::vector<desks::LibraryPage::Class>& counted) {
  const auto count_of = [&](const Text& code) {
    const auto found = std::find_if(counted.begin(), counted.end(), [&](const auto& each) { return each.code == code; });
    return found == counted.end() ? 0 : found->count;
  };
  out.begin_array();
  for (const desks::FunctionClass& each : desks::function_classes()) {
    out.begin_object().field("code", each.code).field("name", each.name);
    out.key("count").integer(count_of(std::string(each.code))).end_object();
  }
  out.begin_object().field("code", "none").field("name", "未归类").key("count").integer(count_of({})).end_object().end_array();
}

void write_use(JsonWriter& out, const desks::LibraryUse& use) {
  out.begin_object().key("year");
  use.year == 0 ? out.null() : out.integer(use.year);
  out.field("kind", kind_code(use.kind)).field("target", use.target).field("submission", use.submission);
  out.field("unit_name", use.unit_name).field("project_name", use.project_name).key("table");
  write_number(out, use.submission ? std::optional(use.table) : std::nullopt);
  out.key("indicator");
  write_number(out, use.submission ? std::optional(use.indicator) : std::nullopt);
  out.end_object();
}

void write_comparison(JsonWriter& out, const desks::Comparison& one) {
  out.begin_object().key("table").integer(one.table).key("indicator").integer(one.indicator).field("entry", one.entry);
  out.field("target", one.target).field("unit", one.unit).key("peers");
  write_figures(out, one.peers);
  out.key("last_year");
  if (one.last_year) {
    const desks::LastYear& last = *one.last_year;
    out.begin_object().key("year").integer(last.year).field("submission", last.submission).field("target", last.target);
    out.field("unit", last.unit).field("number", last.number).field("change_percent", last.change_percent).end_object();
  } else {
    out.null();
  }
  out.key("hints").begin_array();
  for (const desks::ComparisonHint& hint : one.hints)
    out.begin_object().field("code", hint.code).field("message", hint.message).field("message_en", hint.message_en).end_object();
  out.end_array().end_object();
}

std::string_view direction_words(desks::Direction direction) {
  switch (direction) {
    case desks::Direction::at_least:
      return "不低于（≥）";
    case desks::Direction::at_most:
      return "不高于（≤）";
    case desks::Direction::exact:
      return "等于（＝）";
    case desks::Direction::qualitative:
      return "定性";
  }
  return "";
}

}  // namespace

std::string library_page_json(const desks::LibraryPage& page) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("total").integer(page.total).key("items").begin_array();
  for (const desks::LibraryEntry& each : page.items) write_entry(out, each);
  out.end_array().key("levels").begin_array();
  for (const auto& level : page.levels)
    out.begin_object().field("level1", level.level1).field("level2", level.level2).key("count").integer(level.count).end_object();
  out.end_array().key("classes");
  write_classes(out, page.classes);
  out.end_object();
  return text;
}

std::string suggestions_json(const std::vector<desks::LibraryEntry>& entries) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::LibraryEntry& each : entries) write_entry(out, each);
  out.end_array();
  return text;
}

std::string library_detail_json(const desks::LibraryDetail& detail) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("entry");
  write_entry(out, detail.entry);
  out.field("original", detail.original).key("written");
  if (detail.written) {
    out.begin_object().field("name", detail.written->name).field("explanation", detail.written->explanation);
    out.field("evidence", detail.written->evidence).end_object();
  } else {
    out.null();
  }
  out.key("uses").begin_array();
  for (const desks::LibraryUse& each : detail.uses) write_use(out, each);
  out.end_array().key("uses_total").integer(detail.uses_total).end_object();
  return text;
}

std::string comparisons_json(const desks::Comparisons& comparisons) {
  std::string text;
  JsonWriter out(text);
  const desks::ComparisonRule& rule = comparisons.rule;
  out.begin_object().key("revision").integer(comparisons.revision).key("rule").begin_object();
  out.key("least_peers").integer(rule.least_peers).field("reach", rule.reach.plain()).key("least_percent").integer(rule.least_percent);
  out.key("change_percent").integer(rule.change_percent).key("years_back").integer(rule.years_back).end_object();
  out.key("items").begin_array();
  for (const desks::Comparison& each : comparisons.items) write_comparison(out, each);
  out.end_array().end_object();
  return text;
}

writing::List library_list(const std::vector<desks::LibraryEntry>& entries) {
  using writing::Style;
  writing::List list;
  list.name = "指标库";
  list.title = "绩效指标库";
  list.line = "共" + std::to_string(entries.size()) + "条；目标值每个单位每张表取最近一年，四分位数按 QUARTILE.INC 计算";
  list.columns = {{"一级指标", 12, Style::center},  {"二级指标", 14, Style::center}, {"三级指标", 28, Style::text},
                  {"方向", 11, Style::center},      {"度量单位", 9, Style::center},  {"指标解释", 40, Style::text},
                  {"数据来源", 22, Style::text},    {"功能分类", 16, Style::center}, {"使用表数", 8, Style::number},
                  {"使用单位数", 9, Style::number}, {"最近年度", 8, Style::center},  {"目标值个数", 9, Style::number},
                  {"最小", 8, Style::number},       {"下四分位", 8, Style::number},  {"中位数", 8, Style::number},
                  {"上四分位", 8, Style::number},   {"最大", 8, Style::number}};
  for (const desks::LibraryEntry& each : entries) {
    const desks::TargetFigures figures = each.figures.value_or(desks::TargetFigures{});
    list.rows.push_back({each.level1, each.level2.value_or(""), each.name, std::string(direction_words(each.direction)),
                         each.unit.value_or(""), each.explanation.value_or(""), each.evidence.value_or(""),
                         std::string(desks::function_class_name(each.function_class.value_or(""))), std::to_string(each.tables),
                         std::to_string(each.units), each.last_year ? std::to_string(*each.last_year) : "", std::to_string(figures.count),
                         figures.least, figures.q1, figures.median, figures.q3, figures.most});
  }
  return list;
}

}  // namespace jiheng::service
