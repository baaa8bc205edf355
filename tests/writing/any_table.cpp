#include "writing/any_table.h"

#include <array>

#include "base/text.h"
#include "goals/tree.h"

namespace jiheng::writing {
namespace {

bool chance(int percent) {
  return *rc::gen::inRange(0, 100) < percent;
}

template <class Values>
auto one_of(const Values& values) {
  return *rc::gen::elementOf(values);
}

/// A sentence without the forms' own words, in normal form; with the signs that carriers must escape.
std::string sentence() {
  static const std::vector<std::string> words = {"保障",   "正常", "运转", "，", "；",   "A&B",  "<x>",   "\"引号\"", "'",
                                                 "（含）", "2026", " ",    "。", "百姓", "改造", "Wi-Fi", "100%",     "≥5",
                                                 "𠮷",     "\\t",  "]]>",  "1.", "é",    "—",    "、",    "&amp;"};
  std::string text = "在" + one_of(words);
  const int count = *rc::gen::inRange(1, 12);
  for (int i = 0; i < count; ++i) text += one_of(words);
  return normalise(text + "末");
}

Text maybe_sentence(int percent) {
  return chance(percent) ? Text(sentence()) : std::nullopt;
}

std::string number() {
  std::string text = chance(10) ? "-" : "";
  text += std::to_string(*rc::gen::inRange<std::int64_t>(0, chance(10) ? 900'000'000'000'000'000 : 100'000));
  if (chance(40)) {
    text += ".";
    const int places = *rc::gen::inRange(1, 7);
    for (int i = 0; i < places; ++i) text += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  }
  return text;
}

Text maybe_number(int percent) {
  return chance(percent) ? Text(number()) : std::nullopt;
}

/// Levels, often those of the indicator above.
void set_levels(Indicator& indicator, const std::vector<Indicator>& above, bool level2_anywhere) {
  if (!above.empty() && chance(70)) {
    indicator.level1 = above.back().level1;
    indicator.level2 = above.back().level2;
    if (chance(60)) return;
  }
  if (chance(15)) {
    indicator.level1 = "管理" + std::to_string(*rc::gen::inRange(1, 4)) + "类";
    indicator.level2 = "内控" + std::to_string(*rc::gen::inRange(1, 4));
  } else {
    indicator.level1 = std::string(one_of(level1_names()));
    indicator.level2 = std::string(one_of(level2_names(indicator.level1)));
  }
  if (!level2_anywhere || chance(10)) indicator.level2 = std::nullopt;
}

void set_target(Indicator& indicator) {
  static const std::vector<std::string> units = {"个", "%", "万元", "元/人", "家", "台（套）", "无"};
  static const std::vector<std::string> words = {"及时", "95", "0", "有效改善", "2026年12月31日前完成", "长期坚持，不断提高水平"};
  if (chance(80)) indicator.unit = one_of(units);
  if (chance(30)) {
    indicator.comparator = Comparator::qualitative;
    if (chance(90)) indicator.value = one_of(words);
    return;
  }
  indicator.comparator = static_cast<Comparator>(*rc::gen::inRange(0, 6));
  indicator.value = maybe_number(95);
  if (indicator.value && chance(10)) indicator.upper = number();
}

Indicator any_indicator(const GoalTable& table, bool level2_anywhere) {
  const bool year_end = table.kind == TableKind::self_evaluation || table.kind == TableKind::monitoring;
  Indicator indicator;
  set_levels(indicator, table.indicators, level2_anywhere);
  indicator.level3 = sentence();
  set_target(indicator);
  indicator.explanation = maybe_sentence(40);
  indicator.scoring_rule = maybe_sentence(15);
  indicator.note = maybe_sentence(20);
  indicator.weight = maybe_number(20);
  if (!year_end) return indicator;
  indicator.actual = chance(50) ? maybe_number(80) : maybe_sentence(50);
  if (table.kind == TableKind::self_evaluation) {
    indicator.score = maybe_number(70);
    indicator.deviation = maybe_sentence(30);
    return indicator;
  }
  indicator.forecast = maybe_number(60);
  if (chance(60)) indicator.likelihood = one_of(std::vector<std::string>{"确定能", "有可能", "完全不可能"});
  for (const char* cause : {"经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"}) {
    if (chance(25)) indicator.causes.emplace_back(cause, sentence());
  }
  return indicator;
}

void add_indicators(GoalTable& table) {
  const int count = *rc::gen::inRange(0, 12);
  const bool level2_anywhere = chance(85);
  const bool mid_term = chance(25);
  for (int i = 0; i < count; ++i) {
    table.indicators.push_back(any_indicator(table, level2_anywhere));
    if (!mid_term) continue;
    if (chance(40)) {
      // The same indicator's mid-term target.
      table.indicators.push_back(table.indicators.back());
      table.indicators.back().value = number();
      table.indicators.back().long_term = true;
    } else if (chance(20)) {
      table.indicators.back().long_term = true;
    }
  }
}

void add_budget(GoalTable& table) {
  table.budget = Budget{};
  for (const auto field : {&Budget::total, &Budget::general_public, &Budget::government_fund, &Budget::special_account, &Budget::other,
                           &Budget::basic, &Budget::project, &Budget::state_capital, &Budget::fiscal_appropriation}) {
    (*table.budget).*field = maybe_number(60);
  }
}

void add_execution(GoalTable& table) {
  const int count = *rc::gen::inRange(0, 4);
  static const std::vector<std::string> funds = {"年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"};
  for (int i = 0; i < count; ++i) {
    Execution money{funds[static_cast<std::size_t>(i)],
                    maybe_number(70),
                    maybe_number(90),
                    maybe_number(90),
                    maybe_number(20),
                    maybe_number(60),
                    maybe_number(30),
                    maybe_number(30)};
    if (i == 0 && count == 1 && (money.budget || money.executed)) money.fund = std::nullopt;
    table.execution.push_back(std::move(money));
  }
}

void set_title(GoalTable& table) {
  if (chance(80)) table.year = *rc::gen::inRange(2019, 2035);
  const std::string year = table.year && chance(70) ? std::to_string(*table.year) + "年" : "";
  table.title = year + std::string(kind_name(table.kind));
}

}  // namespace

rc::Gen<GoalTable> any_table() {
  return rc::gen::exec([] {
    GoalTable table;
    table.kind = static_cast<TableKind>(*rc::gen::inRange(0, 4));
    set_title(table);
    if (chance(90)) table.unit_name = one_of(std::vector<std::string>{"某区财政局", "某县（市）第一中学", "A&B <中心>"});
    if (chance(20)) table.department = "某区人民政府";
    if (chance(80)) table.money_unit = chance(80) ? "万元" : "元";
    table.annual_goal = maybe_sentence(85);
    table.long_term_goal = maybe_sentence(20);
    if (table.kind == TableKind::self_evaluation) table.goal_result = maybe_sentence(70);
    if (table.kind == TableKind::overall) {
      const int tasks = *rc::gen::inRange(0, 5);
      for (int i = 0; i < tasks; ++i) {
        table.tasks.push_back({sentence(), maybe_sentence(90), maybe_number(20), maybe_sentence(15)});
      }
      if (chance(70)) add_budget(table);
    } else {
      if (table.kind == TableKind::project || chance(80)) table.project_name = sentence();
      if (chance(60)) table.project_category = "特定目标类";
      if (chance(60)) table.period = chance(50) ? "2026年" : "2025年至2027年";
      table.amount = maybe_number(60);
      table.amount_total = maybe_number(25);
      if (table.kind != TableKind::project) add_execution(table);
      if (table.kind == TableKind::self_evaluation) table.total_score = maybe_number(50);
    }
    add_indicators(table);
    return table;
  });
}

}  // namespace jiheng::writing
