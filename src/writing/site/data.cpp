// All published indicators as JSON and CSV.
#include "base/json_writer.h"
#include "writing/site/site.h"

namespace jiheng::writing {
namespace {

std::string quoted(std::string_view value) {
  std::string cell = "\"";
  // A leading = + - @ would be a formula to a spreadsheet.
  if (!value.empty() && std::string_view("=+-@\t").find(value[0]) != std::string_view::npos) cell += '\'';
  for (const char c : value) cell.append(c == '"' ? "\"\"" : std::string(1, c));
  return cell + '"';
}

std::string amount_of(const GoalTable& table) {
  return table.kind == TableKind::overall ? (table.budget ? table.budget->total.value_or("") : "") : table.amount.value_or("");
}

}  // namespace

SiteData::SiteData()
    : csv_(
          "\xEF\xBB\xBF单位编码,单位,年度,版本码,表类,项目名称,金额,金额单位,一级指标,二级指标,三级指标,指标性质,指标值,上限,度量单位,期限,"
          "分值\r\n") {}

void SiteData::add(const SiteUnit& unit, const std::vector<GoalTable>& tables) {
  for (const GoalTable& table : tables) {
    const std::string amount = amount_of(table);
    for (const Indicator& each : table.indicators) {
      if (!first_) json_ += ",\n";
      first_ = false;
      JsonWriter out(json_);
      out.begin_object().field("unit_code", unit.code).field("unit", unit.name).key("year").integer(unit.year);
      out.field("version_code", unit.version).field("kind", kind_code(table.kind)).field("project_name", table.project_name);
      out.field("amount", amount.empty() ? Text() : Text(amount)).field("money_unit", table.money_unit);
      out.field("level1", each.level1).field("level2", each.level2).field("level3", each.level3).key("comparator");
      each.comparator == Comparator::none ? out.null() : out.string(comparator_code(each.comparator));
      out.field("value", each.value).field("upper", each.upper).field("unit_of_measure", each.unit);
      out.field("horizon", each.long_term ? "long_term" : "annual").field("weight", each.weight).end_object();
      for (const std::string& cell :
           {quoted(unit.code), quoted(unit.name), std::to_string(unit.year), quoted(unit.version), quoted(kind_name(table.kind)),
            quoted(table.project_name.value_or("")), quoted(amount), quoted(table.money_unit.value_or("")), quoted(each.level1),
            quoted(each.level2.value_or("")), quoted(each.level3), quoted(comparator_sign(each.comparator)),
            quoted(each.value.value_or("")), quoted(each.upper.value_or("")), quoted(each.unit.value_or("")),
            quoted(each.long_term ? "中期" : "年度")})
        csv_.append(cell).push_back(',');
      csv_.append(quoted(each.weight.value_or(""))).append("\r\n");
    }
  }
}

std::string SiteData::json() const {
  return "{\"indicators\":[\n" + json_ + "\n]}\n";
}

std::string SiteData::csv() const {
  return csv_;
}

}  // namespace jiheng::writing
