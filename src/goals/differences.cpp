#include "goals/differences.h"

#include <algorithm>
#include <functional>

#include "base/decimal.h"
#include "base/text.h"

namespace jiheng {
namespace {

bool same_text(const Text& a, const Text& b) {
  if (a == b) return true;
  const std::string left = a ? normalise(*a) : std::string();
  const std::string right = b ? normalise(*b) : std::string();
  if (left == right) return true;
  const auto number = Decimal::parse(left);
  const auto other = Decimal::parse(right);
  if (number && other) return *number == *other;
  const auto dense = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (static_cast<unsigned char>(c) > 0x20) out.push_back(c);
    }
    return out;
  };
  return dense(left) == dense(right);
}

std::string name_of(const GoalTable& table) {
  if (table.project_name && table.kind != TableKind::overall) return *table.project_name;
  return std::string(kind_name(table.kind));
}

std::string key_of(const GoalTable& table) {
  return std::string(kind_code(table.kind)) + "|" + (table.kind == TableKind::overall ? "" : fold_label(table.project_name.value_or("")));
}

std::string place_of(const Indicator& indicator) {
  std::string place = indicator.level1;
  if (indicator.level2) place += (place.empty() ? "" : " / ") + *indicator.level2;
  return place + (place.empty() ? "" : " / ") + indicator.level3;
}

std::optional<Source> source_of(const Indicator& indicator) {
  return indicator.source == Source{} ? std::nullopt : std::optional(indicator.source);
}

/// The page that the table begins on, as far as its indicators tell.
std::optional<Source> page_of(const GoalTable& table) {
  for (const Indicator& each : table.indicators) {
    if (!each.source.page_or_sheet.empty()) return Source{each.source.page_or_sheet, 0, 0, {}};
  }
  return std::nullopt;
}

/// For each of `before` the one of `after` that it is paired with, or -1: first what `ways` tell first.
template <class Value>
std::vector<int> pairs(std::span<const Value> before, std::span<const Value> after,
                       std::initializer_list<std::function<bool(const Value&, const Value&)>> ways) {
  std::vector<int> to(before.size(), -1);
  std::vector<bool> used(after.size());
  for (const auto& same : ways) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      for (std::size_t j = 0; j < after.size() && to[i] < 0; ++j) {
        if (used[j] || !same(before[i], after[j])) continue;
        used[j] = true;
        to[i] = static_cast<int>(j);
      }
    }
  }
  return to;
}

class Comparison {
 public:
  explicit Comparison(std::vector<Difference>& found) : found_(found) {}

  void tables(const GoalTable& a, const GoalTable& b, int index) {
    table_ = name_of(a);
    place_.clear();
    table_after_ = index;
    page_ = page_of(b);
    at_ = page_;
    const auto year = [](const GoalTable& t) { return t.year ? Text(std::to_string(*t.year)) : std::nullopt; };
    field("年度", year(a), year(b));
    field("单位", a.unit_name, b.unit_name);
    field("主管部门", a.department, b.department);
    field("金额单位", a.money_unit, b.money_unit);
    field("项目名称", a.project_name, b.project_name);
    field("项目类别", a.project_category, b.project_category);
    field("实施期", a.period, b.period);
    field("年度预算金额", a.amount, b.amount);
    field("项目总金额", a.amount_total, b.amount_total);
    budget(a.budget.value_or(Budget{}), b.budget.value_or(Budget{}));
    field("年度绩效目标", a.annual_goal, b.annual_goal);
    field("中期绩效目标", a.long_term_goal, b.long_term_goal);
    field("目标完成情况", a.goal_result, b.goal_result);
    field("总分", a.total_score, b.total_score);
    tasks(a.tasks, b.tasks);
    execution(a.execution, b.execution);
    indicators(a.indicators, b.indicators);
  }

 private:
  void field(std::string_view name, const Text& a, const Text& b) {
    if (same_text(a, b)) return;
    found_.push_back({Difference::Kind::changed, table_, place_, std::string(name), a, b, at_, table_after_, indicator_after_});
  }

  void budget(const Budget& a, const Budget& b) {
    field("资金总额", a.total, b.total);
    field("一般公共预算", a.general_public, b.general_public);
    field("政府性基金", a.government_fund, b.government_fund);
    field("国有资本经营预算", a.state_capital, b.state_capital);
    field("财政专户管理资金", a.special_account, b.special_account);
    field("其他资金", a.other, b.other);
    field("财政拨款", a.fiscal_appropriation, b.fiscal_appropriation);
    field("基本支出", a.basic, b.basic);
    field("项目支出", a.project, b.project);
  }

  void tasks(const std::vector<Task>& a, const std::vector<Task>& b) {
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      place_ = "年度主要任务" + std::to_string(i + 1);
      const Task left = i < a.size() ? a[i] : Task{};
      const Task right = i < b.size() ? b[i] : Task{};
      field("任务名称", left.name, right.name);
      field("任务内容", left.content, right.content);
      field("金额", left.amount, right.amount);
      field("任务目标", left.goal, right.goal);
    }
    place_.clear();
  }

  void execution(const std::vector<Execution>& a, const std::vector<Execution>& b) {
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      const Execution left = i < a.size() ? a[i] : Execution{};
      const Execution right = i < b.size() ? b[i] : Execution{};
      place_ = left.fund.value_or(right.fund.value_or("资金" + std::to_string(i + 1)));
      field("年初预算数", left.initial, right.initial);
      field("全年预算数", left.budget, right.budget);
      field("执行数", left.executed, right.executed);
      field("全年预计", left.forecast, right.forecast);
      field("执行率", left.rate, right.rate);
      field("分值", left.weight, right.weight);
      field("得分", left.score, right.score);
    }
    place_.clear();
  }

  void indicators(const std::vector<Indicator>& a, const std::vector<Indicator>& b) {
    const auto named = [](const Indicator& x, const Indicator& y) {
      return x.long_term == y.long_term && fold_label(x.level3) == fold_label(y.level3);
    };
    const auto to = pairs<Indicator>(
        a, b,
        {[&](const Indicator& x, const Indicator& y) {
           return x.level1 == y.level1 && same_text(x.level2, y.level2) && named(x, y) && same_text(shown_target(x), shown_target(y));
         },
         [&](const Indicator& x, const Indicator& y) { return x.level1 == y.level1 && same_text(x.level2, y.level2) && named(x, y); },
         named,
         // Renamed: the same target in the same place of the tree.
         [](const Indicator& x, const Indicator& y) {
           return x.level1 == y.level1 && same_text(x.level2, y.level2) && x.long_term == y.long_term &&
                  same_text(shown_target(x), shown_target(y));
         }});
    std::vector<bool> met(b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      place_ = place_of(a[i]);
      if (to[i] < 0) {
        found_.push_back({Difference::Kind::missing, table_, place_, {}, shown_target(a[i]), std::nullopt, page_, table_after_, -1});
        continue;
      }
      const auto pair = static_cast<std::size_t>(to[i]);
      met[pair] = true;
      indicator_after_ = to[i];
      at_ = source_of(b[pair]);
      indicator(a[i], b[pair]);
    }
    indicator_after_ = -1;
    at_ = page_;
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (!met[j])
        found_.push_back({Difference::Kind::added,
                          table_,
                          place_of(b[j]),
                          {},
                          std::nullopt,
                          shown_target(b[j]),
                          source_of(b[j]),
                          table_after_,
                          static_cast<int>(j)});
    }
    place_.clear();
  }

  void indicator(const Indicator& a, const Indicator& b) {
    field("一级指标", a.level1, b.level1);
    field("二级指标", a.level2, b.level2);
    field("三级指标", a.level3, b.level3);
    if (!(a.comparator == b.comparator && same_text(a.value, b.value) && same_text(a.upper, b.upper) && same_text(a.unit, b.unit)))
      field("指标值", shown_target(a), shown_target(b));
    field("指标解释", a.explanation, b.explanation);
    field("评分标准", a.scoring_rule, b.scoring_rule);
    field("备注", a.note, b.note);
    field("分值", a.weight, b.weight);
    field("完成值", a.actual, b.actual);
    field("得分", a.score, b.score);
    field("偏差原因", a.deviation, b.deviation);
    field("全年预计", a.forecast, b.forecast);
    field("完成可能性", a.likelihood, b.likelihood);
    const auto causes = [](const Indicator& each) {
      std::string text;
      for (const auto& [name, cause] : each.causes) text.append(name).append("：").append(cause).append("；");
      return text.empty() ? Text() : Text(text);
    };
    field("原因分析", causes(a), causes(b));
  }

  std::vector<Difference>& found_;
  std::string table_;
  std::string place_;
  std::optional<Source> page_;
  std::optional<Source> at_;
  int table_after_ = -1;
  int indicator_after_ = -1;
};

}  // namespace

std::string shown_target(const Indicator& indicator) {
  std::string text(indicator.comparator == Comparator::qualitative ? "" : comparator_sign(indicator.comparator));
  text += indicator.value.value_or("");
  if (indicator.upper) text += "-" + *indicator.upper;
  if (indicator.value && indicator.unit) text += *indicator.unit;
  return text;
}

std::vector<Difference> differences(std::span<const GoalTable> before, std::span<const GoalTable> after) {
  std::vector<Difference> found;
  const auto to = pairs<GoalTable>(before, after,
                                   {[](const GoalTable& x, const GoalTable& y) { return x == y; },
                                    [](const GoalTable& x, const GoalTable& y) { return key_of(x) == key_of(y); }});
  std::vector<bool> met(after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (to[i] < 0) {
      found.push_back({Difference::Kind::missing, name_of(before[i]), {}, {}, name_of(before[i]), std::nullopt});
      continue;
    }
    met[static_cast<std::size_t>(to[i])] = true;
    Comparison(found).tables(before[i], after[static_cast<std::size_t>(to[i])], to[i]);
  }
  for (std::size_t j = 0; j < after.size(); ++j) {
    if (!met[j])
      found.push_back({Difference::Kind::added,
                       name_of(after[j]),
                       {},
                       {},
                       std::nullopt,
                       name_of(after[j]),
                       page_of(after[j]),
                       static_cast<int>(j),
                       -1});
  }
  return found;
}

}  // namespace jiheng
