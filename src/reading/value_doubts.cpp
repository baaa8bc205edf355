#include "reading/value_doubts.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"

namespace jiheng::reading {
namespace {

bool is_number(const views::Indicator& indicator) {
  return indicator.value && indicator.comparator != Comparator::qualitative;
}

bool is_bare(const views::Indicator& indicator) {
  return is_number(indicator) && indicator.comparator == Comparator::none && !indicator.upper;
}

/// The digits that take the place of ≥, ≤ and > when a scan is read.
bool may_hide_comparator(std::string_view value) {
  return value.size() >= 2 && (value[0] == '2' || value[0] == '5' || value[0] == '7') && value[1] != '.';
}

void add(std::vector<views::Note>& notes, std::size_t index, const views::Indicator& indicator, std::string_view message) {
  notes.push_back({"value-ambiguous", message, std::nullopt, static_cast<int>(index), indicator.source});
}

}  // namespace

void note_doubtful_values(const views::GoalTable& table, bool has_comparator_column, std::vector<views::Note>& notes, TextPool& texts) {
  int numbers = 0;
  int bare = 0;
  for (const views::Indicator& indicator : table.indicators) {
    numbers += is_number(indicator);
    bare += is_bare(indicator);
  }
  if (bare == 0) return;
  if (!has_comparator_column && bare * 2 < numbers) {
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
      const views::Indicator& indicator = table.indicators[i];
      if (!is_bare(indicator) || !may_hide_comparator(*indicator.value)) continue;
      add(notes, i, indicator,
          texts.join({"指标值“", *indicator.value, "”没有比较符号而同表其他指标都有，首位“", indicator.value->substr(0, 1),
                      "”可能是比较符号误识成的数字，按原样保留，请核对原文。"}));
    }
  }
  // All numbers, none with comparator or unit, and together the points of a self-evaluation.
  if (bare != numbers || bare < 3) return;
  Decimal sum;
  for (const views::Indicator& indicator : table.indicators) {
    if (!is_bare(indicator)) continue;
    const auto number = Decimal::parse(*indicator.value);
    if (!number || indicator.unit || indicator.weight) return;
    if (number->is_negative() || *number > Decimal(100)) return;
    sum += *number;
  }
  if (sum != Decimal(100) && sum != Decimal(90)) return;
  const auto first = std::find_if(table.indicators.begin(), table.indicators.end(), is_bare);
  add(notes, static_cast<std::size_t>(first - table.indicators.begin()), *first,
      texts.join({"指标值栏的数都没有比较符号和单位，合计正好是", sum.plain(), "，像是分值填到了指标值栏，按原样保留，请核对。"}));
}

}  // namespace jiheng::reading
