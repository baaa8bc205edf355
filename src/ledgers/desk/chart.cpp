#include "ledgers/desk/chart.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ledgers/catalogue.h"

namespace jiheng::ledgers {
namespace {

constexpr std::array<std::pair<Chart::Kind, std::string_view>, 7> codes = {{{Chart::Kind::figure, "figure"},
                                                                            {Chart::Kind::months, "months"},
                                                                            {Chart::Kind::names, "names"},
                                                                            {Chart::Kind::groups, "groups"},
                                                                            {Chart::Kind::ahead, "ahead"},
                                                                            {Chart::Kind::curve, "curve"},
                                                                            {Chart::Kind::arrears, "arrears"}}};

std::optional<std::string> fault_in(const Chart& chart, const Catalogue& catalogue) {
  using enum Chart::Kind;
  const std::string where = "图“" + chart.label + "”";
  const bool measured = chart.kind == figure || chart.kind == months || chart.kind == names || chart.kind == curve;
  const Measure* measure = catalogue.measure(chart.measure);
  if (measured && measure == nullptr) return where + "没有指标“" + chart.measure + "”";
  if (chart.kind == curve && catalogue.measure(chart.budget) == nullptr) return where + "没有指标“" + chart.budget + "”";
  if (chart.kind == names && measure->project.empty()) return where + "：指标“" + measure->label + "”不能按名称分开";
  if (chart.kind == arrears && catalogue.measure("assets.arrears") == nullptr) return where + "：没有欠租的指标";
  if (chart.kind != groups && chart.kind != ahead) return std::nullopt;
  const RecordType* type = catalogue.type(chart.type);
  if (type == nullptr || type->kept_by_units) return where + "没有台账“" + chart.type + "”";
  const Field* by = type->field(chart.by);
  const Kind wanted = chart.kind == groups ? Kind::choice : Kind::date;
  if (by == nullptr || by->kind != wanted || !by->computed.empty())
    return where + "：“" + chart.by + "”不是" + (chart.kind == groups ? "选项" : "日期") + "字段";
  if (chart.kind == ahead && chart.days.empty()) return where + "没有天数（days）";
  for (const std::string& name : chart.where ? chart.where->names() : std::vector<std::string>()) {
    if (type->field(name) == nullptr || !type->field(name)->computed.empty()) return where + "没有字段“" + name + "”";
  }
  return std::nullopt;
}

}  // namespace

std::string_view chart_code(Chart::Kind kind) {
  return std::find_if(codes.begin(), codes.end(), [&](const auto& each) { return each.first == kind; })->second;
}

std::optional<Chart::Kind> chart_from_code(std::string_view code) {
  const auto found = std::find_if(codes.begin(), codes.end(), [&](const auto& each) { return each.second == code; });
  return found == codes.end() ? std::nullopt : std::optional(found->first);
}

std::optional<std::string> fault_of(const DeskPage& page, const Catalogue& catalogue) {
  for (const std::string& name : page.work) {
    const RecordType* type = catalogue.type(name);
    if (type == nullptr || type->state.empty()) return "“" + name + "”不是有状态的台账";
  }
  for (const Chart& chart : page.charts) {
    if (auto fault = fault_in(chart, catalogue)) return fault;
  }
  return std::nullopt;
}

}  // namespace jiheng::ledgers
