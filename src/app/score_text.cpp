#include "app/score_text.h"

#include "base/text.h"

namespace jiheng::app {
namespace {

struct Words {
  std::string_view table, pack, name, weight, score, state, execution, total, achievement, met, missed, left_out, unreported;
};

const Words& words(const std::string& language) {
  static const Words chinese{"第 ",  "口径 ",  "指标", "分值",   "得分",   "完成情况",  "预算执行率",
                             "总分", "完成率", "达到", "未达到", "不适用", "未报完成值"};
  static const Words english{"Table ", "pack ",    "indicator", "weight",  "score",          "result",      "budget execution",
                             "total",  "achieved", "met",       "not met", "not applicable", "not reported"};
  return language == "en" ? english : chinese;
}

/// Columns at a terminal: a Chinese character takes two.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += next_code_point(text, at) < 0x1100 ? 1 : 2;
  return width;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t now = width_of(text);
  return now < width ? text.append(width - now, ' ') : text;
}

/// Seven columns, from the right.
std::string right(std::string_view figure) {
  const std::size_t width = width_of(figure);
  return std::string(width < 7 ? 7 - width : 0, ' ').append(figure);
}

void row(std::string& out, const std::string& name, std::size_t width, std::string_view weight, std::string_view score,
         std::string_view state) {
  out.append("  ").append(padded(name, width)).append(" ").append(right(weight)).append(" ").append(right(score)).append("  ");
  out.append(state).append("\n");
}

std::string state_of(const scoring::EvaluatedIndicator& indicator, const scoring::IndicatorScore& score, const Words& word) {
  const bool judged = indicator.comparator == Comparator::qualitative;
  if (!indicator.actual || (judged && !indicator.judged_percent)) return std::string(word.unreported);
  std::string state(*score.met ? word.met : word.missed);
  if (score.achievement) state.append("  ").append(word.achievement).append(" ").append(score.achievement->text()).append("%");
  return state;
}

}  // namespace

std::string score_text(std::span<const scoring::EvaluatedTable> tables, std::span<const scoring::TableScore> scores,
                       const policy::Pack& pack, const std::string& language) {
  const Words& word = words(language);
  const bool english = language == "en";
  std::string out;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const scoring::EvaluatedTable& table = tables[t];
    const scoring::TableScore& score = scores[t];
    if (t > 0) out += "\n";
    out.append(word.table).append(std::to_string(t + 1)).append(english ? "  " : " 张　").append(table.name);
    out.append(english ? "  (" : "（").append(word.pack).append(pack.id()).append(english ? ")\n" : "）\n");
    std::size_t width = width_of(word.execution);
    for (const auto& indicator : table.indicators) width = std::max(width, width_of(indicator.name));
    row(out, std::string(word.name), width, word.weight, word.score, word.state);
    row(out, std::string(word.execution), width, score.execution.weight.text(), score.execution.score.text(),
        score.execution.rate.text() + "%");
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
      const auto& indicator = table.indicators[i];
      const auto& scored = score.indicators[i];
      if (indicator.not_applicable)
        row(out, indicator.name, width, "-", "-", word.left_out);
      else
        row(out, indicator.name, width, scored.weight->text(), scored.score->text(), state_of(indicator, scored, word));
    }
    out.append("  ").append(word.total).append(" ").append(score.total.text()).append("  ").append(score.grade).append("\n");
  }
  return out;
}

}  // namespace jiheng::app
