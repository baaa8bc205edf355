#include "desks/follow_up/filling.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "desks/follow_up/forecast.h"
#include "desks/follow_up/money.h"
#include "desks/follow_up/remarks.h"

namespace jiheng::desks {
namespace {

using scoring::Light;

constexpr std::string_view total_fund = "年度资金总额";

/// 财预〔2019〕136号 and 财预〔2020〕10号 name these.
constexpr std::array<std::string_view, 3> official_funds{"本年财政拨款", "上年结转资金", "其他资金"};

std::string title_of(const Filling& filling, const GoalTable& approved) {
  const std::string year = std::to_string(filling.year) + "年";
  const std::string what = approved.kind == TableKind::overall ? "部门整体支出" : "项目支出";
  if (filling.kind == FollowUpKind::self_evaluation) return year + "度" + what + "绩效自评表";
  return year + "1-" + std::to_string(filling.month) + "月" + what + "绩效目标执行监控表";
}

/// The approved targets without anything that the form does not print.
GoalTable blank_form(const Filling& filling, const GoalTable& approved) {
  GoalTable form;
  form.kind = filling.kind == FollowUpKind::monitoring ? TableKind::monitoring : TableKind::self_evaluation;
  form.title = title_of(filling, approved);
  form.year = filling.year;
  form.unit_name = approved.unit_name;
  form.department = approved.department;
  form.money_unit = approved.money_unit ? approved.money_unit : Text("万元");
  form.annual_goal = approved.annual_goal;
  if (approved.kind != TableKind::overall) {
    form.project_name = approved.project_name;
    if (!form.department && !filling.department.empty()) form.department = filling.department;
  }
  for (const Indicator& target : approved.indicators) {
    Indicator row;
    row.level1 = target.level1;
    row.level2 = target.level2;
    row.level3 = target.level3;
    row.comparator = target.comparator;
    row.value = target.value;
    row.unit = target.unit;
    row.upper = target.upper;
    row.long_term = target.long_term;
    form.indicators.push_back(std::move(row));
  }
  return form;
}

Text approved_amount(const GoalTable& approved) {
  if (approved.kind == TableKind::overall) return approved.budget ? approved.budget->total : Text();
  return approved.amount;
}

scoring::EvaluatedIndicator evaluated(const Indicator& row, const IndicatorEntry& entry) {
  scoring::EvaluatedIndicator out = scoring::evaluated(row);
  out.judged_percent = entry.judged_percent;
  out.not_applicable = entry.not_applicable.has_value();
  return out;
}

class TableFilling {
 public:
  TableFilling(const Filling& filling, const GoalTable& approved, TableEntry entry, Figures& figures)
      : filling_(filling), approved_(approved), entry_(std::move(entry)), figures_(figures) {
    entry_.indicators.resize(approved.indicators.size());
    out_.table = blank_form(filling, approved);
    out_.facts.resize(approved.indicators.size());
  }

  Result<FilledTable> fill(const std::vector<Actual>& actuals) {
    out_.table.goal_result = entry_.goal_result;
    if (auto filled = fill_money(); !filled) return filled.error();
    for (std::size_t i = 0; i < out_.facts.size(); ++i) {
      if (auto filled = fill_indicator(i, actuals[i]); !filled) return filled.error();
    }
    if (filling_.kind == FollowUpKind::monitoring)
      watch();
    else
      evaluate();
    if (filling_.kind == FollowUpKind::self_evaluation && approved_.kind == TableKind::overall && filling_.pack.overall)
      out_.department = fill_department(*filling_.pack.overall, entry_.department, known_figures());
    out_.remarks = remarks_on(out_, entry_, filling_.pack, filling_.kind);
    return std::move(out_);
  }

 private:
  const Text& money_unit() const { return out_.table.money_unit; }

  Result<Done> fill_money() {
    const auto money = money_of(approved_, filling_.unit_name, filling_.year, filling_.period(), filling_.receipts, figures_);
    if (!money) return money.error();
    out_.money = money->origin;
    Execution row;
    row.fund = std::string(total_fund);
    row.initial = approved_amount(approved_);
    budget_ = money->budget;
    paid_ = money->paid;
    if (!budget_) {
      budget_ = in_wan(entry_.budget ? entry_.budget : row.initial, money_unit());
      paid_ = in_wan(entry_.executed, money_unit());
      out_.money.source = paid_ ? Actual::Source::reported : Actual::Source::missing;
    }
    // On paper the rate is that of the printed amounts.
    if (budget_) row.budget = in_money_unit(*budget_, money_unit());
    if (paid_) row.executed = in_money_unit(*paid_, money_unit());
    budget_ = in_wan(row.budget, money_unit());
    paid_ = in_wan(row.executed, money_unit());
    if (budget_ && paid_ && !budget_->is_zero()) {
      if (const auto rate = Decimal::share(Decimal(100), *paid_, *budget_, filling_.pack.scoring.places)) row.rate = rate->plain();
    }
    if (filling_.kind == FollowUpKind::monitoring && paid_) {
      const Forecast forecast = even_forecast(*paid_, filling_.month, budget_);
      row.forecast = entry_.execution_forecast;
      if (!row.forecast) row.forecast = in_money_unit(Decimal::parse(forecast.value).value_or(*paid_), money_unit());
    }
    out_.table.execution.push_back(std::move(row));
    fill_funds();
    return Done{};
  }

  /// The rows below the total: those of the official form, known or not, then what else was told.
  void fill_funds() {
    std::vector<Execution> told = entry_.funds;
    for (const std::string_view official : official_funds) {
      Execution row;
      const auto found = std::find_if(told.begin(), told.end(), [&](const Execution& each) { return each.fund == official; });
      if (found != told.end()) {
        row = std::move(*found);
        told.erase(found);
      }
      row.fund = std::string(official);
      out_.table.execution.push_back(std::move(row));
    }
    for (Execution& each : told) {
      if (each.fund) out_.table.execution.push_back(std::move(each));
    }
    for (std::size_t i = 1; i < out_.table.execution.size(); ++i) {
      Execution& row = out_.table.execution[i];
      const auto budget = in_wan(row.budget, money_unit());
      const auto paid = in_wan(row.executed, money_unit());
      if (!budget || !paid || budget->is_zero()) continue;
      if (const auto rate = Decimal::share(Decimal(100), *paid, *budget, filling_.pack.scoring.places)) row.rate = rate->plain();
    }
  }

  Result<Done> fill_indicator(std::size_t i, const Actual& actual) {
    Indicator& row = out_.table.indicators[i];
    IndicatorFact& fact = out_.facts[i];
    const IndicatorEntry& entry = entry_.indicators[i];
    const bool monitoring = filling_.kind == FollowUpKind::monitoring;
    if (entry.not_applicable) {
      (monitoring ? row.note : row.deviation) = "不适用：" + *entry.not_applicable;
      return Done{};
    }
    if (actual.value && actual.value->value) {
      if (auto filled = measured(row, fact, actual); !filled) return filled.error();
    } else {
      row.actual = entry.actual;
      if (row.actual && row.comparator != Comparator::qualitative) {
        // What is compared has to be a number, as it is in the form.
        if (const auto number = Decimal::parse(*row.actual)) row.actual = number->text();
      }
      fact.origin.source = row.actual ? Actual::Source::reported : Actual::Source::missing;
      if (monitoring) {
        if (const auto forecast = forecast_of(row, filling_.month, filling_.pack.monitoring)) {
          row.forecast = forecast->value;
          fact.forecast_method = forecast->method;
        }
      }
    }
    if (monitoring) {
      keep_to_target(row, fact);
      if (entry.forecast) {
        row.forecast = entry.forecast;
        fact.forecast_method.clear();
      }
      row.likelihood = entry.likelihood;
      row.causes = entry.causes;
      row.note = entry.note;
    } else {
      row.deviation = entry.note;
    }
    return Done{};
  }

  Result<Done> measured(Indicator& row, IndicatorFact& fact, const Actual& actual) {
    const ledgers::Ledgers& ledgers = figures_.ledgers();
    const ledgers::Measure& measure = *ledgers.catalogue().measure(actual.link->measure);
    row.actual = actual.value->value->plain();
    fact.origin = {actual.source, measure.id, measure.label, actual.link->project, {}, 0, actual.value->gaps};
    if (filling_.receipts) {
      const auto receipt = ledgers::receipt_of(ledgers, {&measure, filling_.period(), actual.link->project, std::nullopt});
      if (!receipt) return receipt.error();
      fact.origin.receipt = receipt->sha256;
      fact.origin.journal = receipt->journal;
    }
    if (filling_.kind != FollowUpKind::monitoring) return Done{};
    const auto forecast = forecast_of(measure, actual.link->project, *actual.value->value, filling_.year, filling_.month, figures_);
    if (!forecast) return forecast.error();
    if (*forecast) {
      row.forecast = (*forecast)->value;
      fact.forecast_method = (*forecast)->method;
    }
    return Done{};
  }

  /// "= 92" is no more than done when it is done: what goes on at the same pace stops there.
  static void keep_to_target(Indicator& row, IndicatorFact& fact) {
    if (row.comparator != Comparator::equal || !row.value || !row.actual || !row.forecast) return;
    const auto target = Decimal::parse(*row.value);
    const auto actual = Decimal::parse(*row.actual);
    const auto forecast = Decimal::parse(*row.forecast);
    if (!target || !actual || !forecast || *actual > *target || *forecast <= *target) return;
    row.forecast = target->plain();
    fact.forecast_method += "，以目标数为限";
  }

  void watch() {
    const policy::Monitoring& rules = filling_.pack.monitoring;
    const policy::ScoringParameters& scoring = filling_.pack.scoring;
    for (std::size_t i = 0; i < out_.facts.size(); ++i) {
      if (entry_.indicators[i].not_applicable) continue;
      Indicator& row = out_.table.indicators[i];
      scoring::Progress& progress = out_.facts[i].progress;
      progress = scoring::indicator_progress(row, filling_.month, rules, scoring);
      // What is well on its way and will get there needs no click.
      if (!row.likelihood && (progress.light == Light::green || progress.light == Light::blue) && will_be_met(row))
        row.likelihood = "确定能";
      out_.light = std::max(out_.light, progress.light);
    }
    if (budget_ && paid_) {
      out_.execution = scoring::execution_progress(*budget_, *paid_, filling_.month, rules, scoring.places);
      out_.light = std::max(out_.light, out_.execution.light);
      const auto goals = scoring::goal_progress(out_.table.indicators, rules, scoring.places);
      if (goals && out_.execution.percent) {
        out_.apart = scoring::divergence(*goals, *out_.execution.percent, rules);
        if (out_.apart) out_.light = std::max(out_.light, out_.apart->light);
      }
    }
  }

  /// By the forecast, under the same rules that score the year's end.
  bool will_be_met(const Indicator& row) const {
    if (!row.forecast) return false;
    scoring::EvaluatedIndicator end = evaluated(row, {});
    end.actual = row.forecast;
    const auto scored = scoring::score_indicator(end, Decimal(1), filling_.pack.scoring);
    return scored && scored->met.value_or(false);
  }

  /// Of the basic figures of a department, what the approved table and the budget lines tell; in 万元.
  std::vector<std::pair<std::string, std::string>> known_figures() const {
    std::vector<std::pair<std::string, std::string>> known;
    const auto initial = in_wan(out_.table.execution.front().initial, money_unit());
    if (!initial) return known;
    known.emplace_back("年初预算", initial->plain());
    if (out_.money.source == Actual::Source::measured && budget_) known.emplace_back("本年追加", (*budget_ - *initial).plain());
    return known;
  }

  void evaluate() {
    GoalTable& form = out_.table;
    const scoring::EvaluatedTable table = evaluated_table(form, approved_, entry_);
    const auto scored = scoring::score(table, filling_.pack.scoring);
    if (!scored) {
      out_.trouble = scoring::refusal_text(scored.error());
      return;
    }
    for (std::size_t i = 0; i < form.indicators.size(); ++i) {
      const scoring::IndicatorScore& score = scored->indicators[i];
      out_.facts[i].score = score;
      if (score.weight) form.indicators[i].weight = score.weight->text();
      if (score.score) form.indicators[i].score = score.score->text();
    }
    Execution& total = form.execution.front();
    total.weight = scored->execution.weight.text();
    total.rate = scored->execution.rate.text();
    total.score = scored->execution.score.text();
    form.total_score = scored->total.text();
    out_.grade = scored->grade;
  }

  const Filling& filling_;
  const GoalTable& approved_;
  TableEntry entry_;
  Figures& figures_;
  FilledTable out_;
  std::optional<Decimal> budget_;  ///< 万元
  std::optional<Decimal> paid_;
};

}  // namespace

scoring::EvaluatedTable evaluated_table(const GoalTable& form, const GoalTable& approved, const TableEntry& entry) {
  scoring::EvaluatedTable table;
  table.name = form.project_name.value_or(form.unit_name.value_or(""));
  const Execution& money = form.execution.front();
  const auto budget = in_wan(money.budget, form.money_unit);
  const auto paid = in_wan(money.executed, form.money_unit);
  if (budget) table.budget = budget->text();
  if (paid) table.executed = paid->text();
  for (std::size_t i = 0; i < form.indicators.size(); ++i) {
    table.indicators.push_back(evaluated(form.indicators[i], i < entry.indicators.size() ? entry.indicators[i] : IndicatorEntry()));
    if (i < approved.indicators.size()) table.indicators.back().weight = approved.indicators[i].weight;
    // Mid-term targets are looked at when their term is over.
    if (form.indicators[i].long_term) table.indicators.back().not_applicable = true;
  }
  return table;
}

ledgers::Period Filling::period() const {
  const Date from = *Date::of(year, 1, 1);
  const Date next = month >= 12 ? *Date::of(year + 1, 1, 1) : *Date::of(year, month + 1, 1);
  return {from, next + -1};
}

std::string official_fund(const std::string& fund) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 2> otherwise{
      {{"当年财政拨款", "本年财政拨款"}, {"上年结转", "上年结转资金"}}};
  std::string name = normalise(fund);
  for (const std::string_view head : {"其中：", "其中:", "其中"}) {
    if (starts_with(name, head)) {
      name.erase(0, head.size());
      break;
    }
  }
  const auto found = std::find_if(otherwise.begin(), otherwise.end(), [&](const auto& each) { return each.first == name; });
  if (found != otherwise.end()) name = found->second;
  const bool known = std::find(official_funds.begin(), official_funds.end(), name) != official_funds.end();
  return known ? name : fund;
}

Result<std::vector<FilledTable>> fill(const Filling& filling, const std::vector<GoalTable>& approved,
                                      const std::vector<TableEntry>& entries, Figures& figures) {
  const auto actuals = confirmed_actuals_of(approved, filling.period(), figures);
  if (!actuals) return actuals.error();
  std::vector<FilledTable> out;
  auto next = actuals->begin();
  for (std::size_t t = 0; t < approved.size(); ++t) {
    const auto end = next + static_cast<std::ptrdiff_t>(approved[t].indicators.size());
    TableFilling table(filling, approved[t], t < entries.size() ? entries[t] : TableEntry(), figures);
    auto filled = table.fill({next, end});
    if (!filled) return std::move(filled).error();
    out.push_back(std::move(*filled));
    next = end;
  }
  return out;
}

}  // namespace jiheng::desks
