// The figures that an evaluation report rests on, out of the filed table and the ledgers, each with where it comes from.
#include "base/text.h"
#include "desks/evaluation/evaluation_steps.h"
#include "desks/evaluation/evaluations.h"
#include "desks/evaluation/filed_project.h"
#include "desks/follow_up/money.h"
#include "desks/performance/actuals.h"
#include "desks/performance/body.h"
#include "desks/performance/lists.h"
#include "ledgers/measure.h"

namespace jiheng::desks {
namespace {

bool is_project(const GoalTable& table, std::string_view key) {
  return table.kind != TableKind::overall && table.project_name && fold_label(*table.project_name) == key;
}

}  // namespace

std::optional<FiledProject> filed_project(registry::Registry& registry, const std::string& unit, int year, std::string_view project) {
  std::string id;
  {
    auto reading = registry.store().read();
    id = find_submission(*reading, registry.tenant(), unit, {}, year);
  }
  const auto record = id.empty() ? std::nullopt : registry.latest(submission_kind, id);
  if (!record) return std::nullopt;
  const Body body = body_from_json(record->body);
  const std::string key = fold_label(project);
  for (std::size_t i = 0; i < body.tables.size(); ++i) {
    const GoalTable& table = body.tables[i].table;
    if (!is_project(table, key)) continue;
    const auto amount = in_wan(table.amount, table.money_unit);
    return FiledProject{id, record->revision, static_cast<int>(i), amount ? Text(amount->plain()) : table.amount};
  }
  return std::nullopt;
}

Result<std::vector<SourcedFigure>> Evaluations::figures_of(const Evaluation& evaluation, const access::Principal& who) const {
  std::vector<SourcedFigure> made;
  const auto filed = filed_project(registry_, evaluation.unit, evaluation.year, evaluation.project);
  if (!filed) return invalid_evaluation("这个单位这一年没有报送这个项目的绩效目标表，没有可以引用的数据。", "project");
  const std::string form = "绩效目标表第" + std::to_string(filed->revision) + "版第" + std::to_string(filed->table + 1) + "张表";
  if (filed->amount) made.push_back({"年度预算金额", *filed->amount, "万元", form});
  const ledgers::Period period{Date::of(evaluation.year, 1, 1).value_or(Date()), Date::of(evaluation.year, 12, 31).value_or(Date())};
  for (const char* id : {"execution.budget", "execution.paid", "execution.rate"}) {
    const ledgers::Measure* measure = ledgers_.catalogue().measure(id);
    if (measure == nullptr) continue;
    const auto receipt = ledgers::receipt_of(ledgers_, {measure, period, evaluation.project, std::nullopt});
    // The ledgers need not know the project.
    if (!receipt || !receipt->figure.value) continue;
    made.push_back({measure->label, receipt->figure.value->text(), measure->unit,
                    "台账“" + measure->label + "”，数据来源校验值" + receipt->sha256.substr(0, 16)});
  }
  const auto actuals = actuals_of(submissions_, ledgers_, filed->submission, who, period);
  if (!actuals) return actuals.error();
  for (const Actual& each : actuals->items) {
    if (each.table != filed->table) continue;
    const std::string place = form + "第" + std::to_string(each.indicator + 1) + "条指标";
    made.push_back({each.name + "（目标值）", each.target, "", place});
    // A measure that nobody confirmed is no source.
    if (each.value && each.value->value && each.link_revision > 0) {
      const ledgers::Measure* measure = ledgers_.catalogue().measure(each.link->measure);
      const auto receipt = measure == nullptr ? Result<ledgers::Receipt>(Error{"unknown-measure", "", {}})
                                              : ledgers::receipt_of(ledgers_, {measure, period, each.link->project, std::nullopt});
      if (receipt)
        made.push_back({each.name + "（完成值）", each.value->value->text(), measure->unit,
                        "台账“" + measure->label + "”，数据来源校验值" + receipt->sha256.substr(0, 16)});
    } else if (each.reported) {
      made.push_back({each.name + "（完成值）", *each.reported, "", place + "，单位填报"});
    }
  }
  return made;
}

}  // namespace jiheng::desks
