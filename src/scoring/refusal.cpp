#include "scoring/refusal.h"

#include <algorithm>

#include "base/shown_text.h"

namespace jiheng::scoring {

std::string place_of(const EvaluatedTable& table, std::size_t indicator) {
  const std::string& name = table.indicators[indicator].name;
  return "第" + std::to_string(indicator + 1) + "个指标" + (name.empty() ? "" : "“" + shown_text(name, 40) + "”");
}

std::string place_of_table(const EvaluatedTable& table, std::size_t index) {
  return "第" + std::to_string(index + 1) + "张表" + (table.name.empty() ? "" : "“" + shown_text(table.name, 40) + "”");
}

Result<Decimal> amount_of(const std::string& text, const std::string& what) {
  const std::string shown = what + "“" + shown_text(text, 40) + "”";
  const auto number = Decimal::parse(text);
  if (number && number->is_negative()) return Error{"negative", shown + "小于0，不能打分。请核对。", {}};
  if (number) return *number;
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+'; });
  if (digits && text.size() > 20) return Error{"number-too-long", shown + "太长（最多36位数字，其中小数18位）。请核对是否多写了位数。", {}};
  return Error{"not-a-number", shown + "不是数。请只写数字和小数点，如 1813.77，不带单位、逗号和百分号。", {}};
}

}  // namespace jiheng::scoring
