// Weights of the indicators.
#include "auditing/findings.h"
#include "auditing/money.h"
#include "auditing/rules.h"

namespace jiheng::auditing {
namespace {

constexpr Card weights_missing{
    .id = "weights-missing",
    .severity = Severity::hint,
    .aspect = Aspect::appropriateness,
    .basis = "财预〔2021〕101号",
    .title = "未设权重",
    .title_en = "No weights",
    .explanation = "指标没有设权重（分值）。目标随预算批复时应定下权重；未设的，年终按政策口径在各级指标间平均分配。一份报送只提示一次。",
    .explanation_en =
        "No weights are given. They are fixed when the budget is approved; otherwise they are shared out evenly at the year's end.",
    .wordings = {{{"", "{tables}未设指标权重，年终自评时各指标将平均计分，主次不分。",
                   "{tables} give no weights; at the year's end all indicators will count alike.",
                   "建议按重要程度设权重，合计90分（预算执行率另计10分）。",
                   "Weigh the indicators by importance, 90 points in all (the execution rate counts 10)."}}},
};

bool any_weight(const TableView& table) {
  for (const IndicatorView& indicator : table.indicators) {
    if (indicator.raw->weight) return true;
  }
  return false;
}

/// 财预〔2021〕101号: third-level weights are set when the budget is approved.
void check_weights_missing(const Submission& submission, Findings& findings) {
  Draft draft(weights_missing);
  std::size_t tables = 0;
  for (const TableView& table : submission.tables) {
    // The monitoring form has no column for them.
    if (table.indicators.empty() || table.raw->kind == TableKind::monitoring || any_weight(table)) continue;
    ++tables;
    draft.at(table, "weight", "");
  }
  if (tables == 0) return;
  draft.with("tables", tables == 1 ? "本表" : "本次报送的" + std::to_string(tables) + "张表均",
             tables == 1 ? "The table" : std::to_string(tables) + " tables");
  findings.add(draft);
}

constexpr Card weights_sum{
    .id = "weights-sum",
    .severity = Severity::error,
    .aspect = Aspect::appropriateness,
    .basis = "财预〔2020〕10号",
    .title = "权重合计不对",
    .title_en = "Weights do not sum",
    .explanation = "各指标权重合计应为90（预算执行率另计10分），或连同执行率合计100。",
    .explanation_en = "Weights sum to 90 (the execution rate counts 10), or to 100 with it.",
    .wordings = {{{"", "{table}的指标权重合计为{sum}，既不是90，也不是100。", "The weights of {table} sum to {sum}, neither 90 nor 100.",
                   "请调整权重，使合计为90（预算执行率另计10分）。", "Adjust them to 90 (the execution rate counts 10)."},
                  {"some-missing", "{table}的{count}项指标中有{missing}项没有权重，已填的合计为{sum}，既不是90，也不是100。",
                   "Of the {count} indicators of {table} {missing} have no weight; the others sum to {sum}, neither 90 nor 100.",
                   "请补齐权重，使合计为90（预算执行率另计10分）。", "Complete them to 90 (the execution rate counts 10)."}}},
};

void check_weights_of(const TableView& table, const policy::AuditParameters& parameters, Findings& findings) {
  std::optional<Decimal> total = Decimal(0);
  std::size_t missing = 0, long_term = 0;
  for (const IndicatorView& indicator : table.indicators) {
    // Mid-term targets beside the annual ones are weighed by themselves.
    if (indicator.raw->long_term) {
      ++long_term;
      continue;
    }
    const auto weight = number(indicator.raw->weight);
    weight ? void(total = sum(total, weight)) : void(++missing);
  }
  if (!total || missing + long_term == table.indicators.size()) return;
  for (const Decimal& right : parameters.weight_sums) {
    if (*total == right) return;
  }
  Draft draft(weights_sum, missing == 0 ? "" : "some-missing");
  draft.at(table, "weight", total->plain()).about(table).with("sum", total->plain());
  findings.add(draft.with("count", std::to_string(table.indicators.size() - long_term)).with("missing", std::to_string(missing)));
}

/// 财预〔2020〕10号: 预算执行率 10, 绩效指标 90.
void check_weights_sum(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) check_weights_of(table, submission.pack->audit, findings);
}

}  // namespace

std::span<const Rule> weight_rules() {
  static constexpr Rule all[] = {{&weights_missing, check_weights_missing}, {&weights_sum, check_weights_sum}};
  return all;
}

}  // namespace jiheng::auditing
