#include "app/score_text.h"

#include "base/text.h"

namespace jiheng::app {
namespace {

struct Words {
  std::string_view table, pack, execution, total, of, achievement, met, missed, left_out, unreported;
};

const Words& words(const std::string& language) {
  static const Words chinese{"第 ", "口径 ", "预算执行率", "总分", "分值", "完成率", "达到", "未达到", "不适用", "未报完成值"};
  static const Words english{"Table ",   "pack ", "budget execution", "total",          "weight",
                             "achieved", "met",   "not met",          "not applicable", "not reported"};
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

std::string aligned(const std::string& figure, std::size_t width) {
  return figure.size() < width ? std::string(width - figure.size(), ' ') + figure : figure;
}

void row(std::string& out, const std::string& name, std::size_t width, const Decimal& weight, const std::string& state,
         const Decimal& score) {
  out.append("  ").append(padded(name, width)).append("  ").append(aligned(weight.text(), 6)).append("  ");
  out.append(aligned(score.text(), 6)).append("  ").append(state).append("\n");
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
    row(out, std::string(word.execution), width, score.execution.weight, score.execution.rate.text() + "%", score.execution.score);
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
      const auto& indicator = table.indicators[i];
      if (indicator.not_applicable)
        out.append("  ")
            .append(padded(indicator.name, width))
            .append("  ")
            .append(aligned("—", 8))
            .append("  ")
            .append(aligned("—", 8))
            .append("  ")
            .append(word.left_out)
            .append("\n");
      else
        row(out, indicator.name, width, *score.indicators[i].weight, state_of(indicator, score.indicators[i], word),
            *score.indicators[i].score);
    }
    out.append("  ").append(word.total).append(" ").append(score.total.text()).append("  ").append(score.grade).append("\n");
  }
  return out;
}

}  // namespace jiheng::app
