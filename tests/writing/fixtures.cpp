#include "writing/fixtures.h"

namespace jiheng::writing::fixtures {
namespace {

Indicator indicator(std::string level1, Text level2, std::string level3, Comparator comparator, Text value, Text unit) {
  Indicator made;
  made.level1 = std::move(level1);
  made.level2 = std::move(level2);
  made.level3 = std::move(level3);
  made.comparator = comparator;
  made.value = std::move(value);
  made.unit = std::move(unit);
  return made;
}

}  // namespace

GoalTable overall() {
  GoalTable table;
  table.kind = TableKind::overall;
  table.title = "2026年部门整体支出绩效目标表";
  table.year = 2026;
  table.unit_name = "某区财政局";
  table.department = "某区人民政府";
  table.money_unit = "万元";
  table.annual_goal = "强化组织收入管理，严格预算约束；A&B <三保> \"优先\"。";
  table.long_term_goal = "三年内建成全过程预算绩效管理体系。";
  table.tasks = {{"投资评审", "保障评审工作正常运转。", "350.00", "评审及时率100%"},
                 {"国资管理", "门面日常维修。", std::nullopt, std::nullopt}};
  table.budget = Budget{};
  table.budget->total = "13459.00";
  table.budget->general_public = "10891.615675";
  table.budget->state_capital = "0";
  table.budget->fiscal_appropriation = "12000";
  table.budget->basic = "1303.77";
  table.budget->project = "12155.23";
  auto& rows = table.indicators;
  rows.push_back(indicator("成本指标", "经济成本指标", "全年预算数", Comparator::equal, "13459.00", "万元"));
  rows.push_back(indicator("产出指标", "数量指标", "评审项目数", Comparator::more_than, "300", "个"));
  rows.push_back(indicator("产出指标", "数量指标", "检查次数", Comparator::none, "3", "次"));
  rows.push_back(indicator("产出指标", "质量指标", "差错率", Comparator::at_most, "0.50", "%"));
  rows.push_back(indicator("产出指标", "质量指标", "合格率", Comparator::equal, "95", "%"));
  rows.back().upper = "98";
  rows.push_back(indicator("产出指标", "质量指标", "温差", Comparator::none, "-5", "度"));
  rows.back().upper = "-3";
  rows.push_back(indicator("产出指标", "成本指标", "单位成本", Comparator::less_than, "1200000000000000.5", "元/人"));
  rows.push_back(indicator("管理类指标", "制度建设", "制度健全性", Comparator::qualitative, "健全", std::nullopt));
  rows.push_back(indicator("效益指标", "社会效益指标", "问题数", Comparator::qualitative, "95", std::nullopt));
  rows.push_back(indicator("效益指标", "社会效益指标", "影响", Comparator::qualitative, std::nullopt, "无"));
  rows.push_back(indicator("满意度指标", "服务对象满意度指标", "群众满意度", Comparator::at_least, std::nullopt, "%"));
  rows[1].explanation = "评审的政府投资项目";
  rows[1].scoring_rule = "每少1个扣0.1分，扣完为止";
  rows[1].note = "含上年结转";
  rows[1].weight = "20.50";
  return table;
}

GoalTable project() {
  GoalTable table;
  table.kind = TableKind::project;
  table.title = "项目支出绩效目标申报表";
  table.year = 2027;
  table.unit_name = "某区国资中心";
  table.department = "某区财政局";
  table.money_unit = "元";
  table.project_name = "国资管理专项";
  table.project_category = "特定目标类";
  table.period = "2025年至2027年";
  table.amount = "100000.10";
  table.amount_total = "300000";
  table.annual_goal = "1.保障门面日常维修；2.按时报送年度资产报表。";
  auto& rows = table.indicators;
  rows.push_back(indicator("产出指标", "数量指标", "门面数", Comparator::at_least, "160", "个"));
  rows.push_back(rows.back());
  rows.back().long_term = true;
  rows.back().value = "200";
  rows.push_back(indicator("产出指标", std::nullopt, "没有二级的指标", Comparator::equal, "1", "项"));
  rows.push_back(indicator("产出指标", "时效指标", "完成时间", Comparator::qualitative, "2027年12月31日前完成", std::nullopt));
  return table;
}

GoalTable self_evaluation() {
  GoalTable table;
  table.kind = TableKind::self_evaluation;
  table.title = "2025年度项目支出绩效自评表";
  table.year = 2025;
  table.unit_name = "某县城管局";
  table.department = "某县住建局";
  table.money_unit = "万元";
  table.project_name = "路灯维护";
  table.annual_goal = "亮灯率98%以上。";
  table.goal_result = "亮灯率98.6%，全年更换路灯1200盏。";
  table.execution = {{"年度资金总额", "310.2", "310.20", "154.74", std::nullopt, "49.88", "10", "5"},
                     {"其中：财政拨款", "300", "300", "150", std::nullopt, "50", std::nullopt, std::nullopt},
                     {"其他资金", std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt}};
  table.total_score = "94.5";
  auto& rows = table.indicators;
  rows.push_back(indicator("产出指标", "数量指标", "更换路灯", Comparator::at_least, "1000", "盏"));
  rows.back().weight = "20";
  rows.back().actual = "1200";
  rows.back().score = "20";
  rows.push_back(indicator("效益指标", "社会效益指标", "方便出行", Comparator::qualitative, "明显改善", std::nullopt));
  rows.back().weight = "30";
  rows.back().actual = "基本达成目标";
  rows.back().score = "24.50";
  rows.back().deviation = "个别路段未及时维修，下一年度加强巡查。";
  return table;
}

GoalTable monitoring() {
  GoalTable table;
  table.kind = TableKind::monitoring;
  table.title = "2026年1-7月项目支出绩效目标执行监控表";
  table.year = 2026;
  table.unit_name = "某县教育局";
  table.money_unit = "万元";
  table.project_name = "营养改善计划";
  table.annual_goal = "覆盖全部农村学校。";
  table.execution = {{std::nullopt, "500", "480.5", "260", "480.5", "54.11", std::nullopt, std::nullopt}};
  auto& rows = table.indicators;
  rows.push_back(indicator("产出指标", "数量指标", "受益学生", Comparator::at_least, "12000", "人"));
  rows.back().actual = "8000";
  rows.back().forecast = "12000";
  rows.back().likelihood = "确定能";
  rows.push_back(indicator("产出指标", "时效指标", "拨付及时率", Comparator::equal, "100", "%"));
  rows.back().actual = "60";
  rows.back().forecast = "90";
  rows.back().causes = {{"经费保障", "上级资金到位晚"}, {"原因说明", "6月底才下达。"}};
  rows.back().likelihood = "有可能";
  rows.push_back(indicator("满意度指标", "服务对象满意度指标", "家长满意度", Comparator::at_least, "90", "%"));
  rows.back().causes = {{"人员保障", "缺少食堂人员"}, {"原因说明", "已招聘。"}};
  rows.back().note = "年底调查";
  return table;
}

std::vector<GoalTable> one_of_each() {
  return {overall(), project(), self_evaluation(), monitoring()};
}

}  // namespace jiheng::writing::fixtures
