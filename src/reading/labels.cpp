#include "reading/labels.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstring>
#include <unordered_map>

#include "base/text.h"

namespace jiheng::reading {
namespace {

using Labels = std::unordered_map<std::string_view, Label>;

// Keys are folded: no white space, no colons, brackets taken off but what was in them kept (whole), or dropped (core).
const Labels& labels() {
  static const Labels map = {
      {"填报单位", Label::unit_name},
      {"填报部门", Label::unit_name},
      {"填表单位", Label::unit_name},
      {"编报单位", Label::unit_name},
      {"编制单位", Label::unit_name},
      {"申报单位", Label::unit_name},
      {"申报部门", Label::unit_name},
      {"部门单位名称", Label::unit_name},
      {"部门名称", Label::unit_name},
      {"单位名称", Label::unit_name},
      {"部门单位", Label::unit_name},
      {"预算单位", Label::unit_name},
      {"预算部门单位名称", Label::unit_name},
      {"预算部门名称", Label::unit_name},
      {"预算单位名称", Label::unit_name},
      {"项目单位", Label::unit_name},
      {"项目单位名称", Label::unit_name},
      {"实施单位", Label::unit_name},
      {"项目实施单位", Label::unit_name},
      {"实施单位名称", Label::unit_name},
      {"资金使用单位", Label::unit_name},
      {"填报单位盖章", Label::unit_name},
      {"部门预算单位", Label::unit_name},
      {"单位", Label::unit_name},
      {"部门单位全称", Label::unit_name},
      {"填报单位名称", Label::unit_name},
      {"评价单位", Label::unit_name},
      {"自评单位", Label::unit_name},
      {"项目承担单位", Label::unit_name},
      {"使用单位", Label::unit_name},
      {"预算部门单位", Label::unit_name},
      {"公章", Label::unit_name},
      {"主管部门", Label::department},
      {"主管单位", Label::department},
      {"主管部门名称", Label::department},
      {"主管预算部门", Label::department},
      {"项目主管部门", Label::department},
      {"主管部门及代码", Label::department},
      {"省级主管部门", Label::department},
      {"中央主管部门", Label::department},
      {"部门", Label::department},
      {"预算部门", Label::department},
      {"一级预算部门", Label::department},
      {"归口管理部门", Label::department},
      {"项目名称", Label::project_name},
      {"专项名称", Label::project_name},
      {"项目政策名称", Label::project_name},
      {"政策项目名称", Label::project_name},
      {"专项资金名称", Label::project_name},
      {"预算项目名称", Label::project_name},
      {"项目支出名称", Label::project_name},
      {"转移支付名称", Label::project_name},
      {"项目类别", Label::project_category},
      {"项目类型", Label::project_category},
      {"项目分类", Label::project_category},
      {"项目支出类别", Label::project_category},
      {"项目支出类型", Label::project_category},
      {"支出类别", Label::project_category},
      {"项目属性", Label::project_attribute},
      {"项目性质", Label::project_attribute},
      {"项目支出实施期", Label::period},
      {"项目实施期", Label::period},
      {"实施期", Label::period},
      {"实施期限", Label::period},
      {"项目期", Label::period},
      {"项目期限", Label::period},
      {"项目周期", Label::period},
      {"项目实施周期", Label::period},
      {"实施周期", Label::period},
      {"项目起止时间", Label::period},
      {"起止时间", Label::period},
      {"项目实施期限", Label::period},
      {"项目起止年限", Label::period},
      {"项目实施时间", Label::period},
      {"实施时间", Label::period},
      {"项目支出实施期限", Label::period},
      {"项目年限", Label::period},
      {"起止年限", Label::period},
      {"项目起止日期", Label::period},
      {"开始时间", Label::period_start},
      {"起始时间", Label::period_start},
      {"项目开始时间", Label::period_start},
      {"计划开始时间", Label::period_start},
      {"开始日期", Label::period_start},
      {"项目起始时间", Label::period_start},
      {"计划开始日期", Label::period_start},
      {"开始年度", Label::period_start},
      {"结束时间", Label::period_end},
      {"终止时间", Label::period_end},
      {"项目结束时间", Label::period_end},
      {"完成时间", Label::period_end},
      {"计划完成时间", Label::period_end},
      {"结束日期", Label::period_end},
      {"项目终止时间", Label::period_end},
      {"项目完成时间", Label::period_end},
      {"计划完成日期", Label::period_end},
      {"结束年度", Label::period_end},
      {"计划结束时间", Label::period_end},
      {"年度本级预算金额", Label::amount},
      {"年度预算金额", Label::amount},
      {"本年度预算金额", Label::amount},
      {"本年预算金额", Label::amount},
      {"本级预算金额", Label::amount},
      {"预算金额", Label::amount},
      {"本年预算", Label::amount},
      {"本年度预算", Label::amount},
      {"年度预算", Label::amount},
      {"年度预算数", Label::amount},
      {"当年预算", Label::amount},
      {"当年预算金额", Label::amount},
      {"年度资金总额", Label::amount},
      {"年度金额", Label::amount},
      {"年度资金", Label::amount},
      {"项目年度预算", Label::amount},
      {"本年度资金总额", Label::amount},
      {"项目年度预算金额", Label::amount},
      {"预算数", Label::amount},
      {"年度预算申请", Label::amount},
      {"本年申请金额", Label::amount},
      {"年初预算金额", Label::amount},
      {"本年预算数", Label::amount},
      {"当年资金总额", Label::amount},
      {"年度预算总额", Label::amount},
      {"年度预算资金", Label::amount},
      {"项目预算金额", Label::amount},
      {"申请金额", Label::amount},
      {"本年资金总额", Label::amount},
      {"年度资金总额万元", Label::amount},
      {"项目总金额", Label::amount_total},
      {"项目总投资", Label::amount_total},
      {"项目总预算", Label::amount_total},
      {"项目资金总额", Label::amount_total},
      {"项目总额", Label::amount_total},
      {"总投资", Label::amount_total},
      {"实施期资金总额", Label::amount_total},
      {"项目总资金", Label::amount_total},
      {"中期资金总额", Label::amount_total},
      {"实施期总额", Label::amount_total},
      {"项目预算总额", Label::amount_total},
      {"总预算", Label::amount_total},
      {"项目总预算金额", Label::amount_total},
      {"项目实施期资金总额", Label::amount_total},
      {"项目总投入", Label::amount_total},
      {"总金额", Label::amount_total},
      {"年度履职目标", Label::annual_goal},
      {"本年度绩效目标", Label::annual_goal},
      {"年度绩效目标", Label::annual_goal},
      {"年度目标", Label::annual_goal},
      {"本年绩效目标", Label::annual_goal},
      {"绩效目标", Label::annual_goal},
      {"年度总体绩效目标", Label::annual_goal},
      {"整体绩效目标", Label::annual_goal},
      {"预期目标", Label::annual_goal},
      {"年初设定目标", Label::annual_goal},
      {"年度预期目标", Label::annual_goal},
      {"年初目标", Label::annual_goal},
      {"当年绩效目标", Label::annual_goal},
      {"部门整体支出绩效目标", Label::annual_goal},
      {"部门年度目标", Label::annual_goal},
      {"年初预期目标", Label::annual_goal},
      {"年度整体目标", Label::annual_goal},
      {"部门整体绩效目标", Label::annual_goal},
      {"年度工作目标", Label::annual_goal},
      {"本年度目标", Label::annual_goal},
      {"年初绩效目标", Label::annual_goal},
      {"项目年度绩效目标", Label::annual_goal},
      {"项目绩效目标", Label::annual_goal},
      {"年初设定绩效目标", Label::annual_goal},
      {"部门年度绩效目标", Label::annual_goal},
      {"年度整体绩效目标", Label::annual_goal},
      {"履职目标", Label::annual_goal},
      {"项目年度目标", Label::annual_goal},
      {"中期目标", Label::long_term_goal},
      {"中长期目标", Label::long_term_goal},
      {"长期目标", Label::long_term_goal},
      {"项目总目标", Label::long_term_goal},
      {"实施期目标", Label::long_term_goal},
      {"实施期绩效目标", Label::long_term_goal},
      {"中期绩效目标", Label::long_term_goal},
      {"项目总体目标", Label::long_term_goal},
      {"长期绩效目标", Label::long_term_goal},
      {"项目绩效总目标", Label::long_term_goal},
      {"项目总体绩效目标", Label::long_term_goal},
      {"总目标", Label::long_term_goal},
      {"实施期总目标", Label::long_term_goal},
      {"中长期绩效目标", Label::long_term_goal},
      {"项目期总目标", Label::long_term_goal},
      {"项目长期绩效目标", Label::long_term_goal},
      {"项目中期目标", Label::long_term_goal},
      {"项目实施期目标", Label::long_term_goal},
      {"项目实施期绩效目标", Label::long_term_goal},
      {"项目长期目标", Label::long_term_goal},
      {"总体目标", Label::goal_frame},
      {"年度总体目标", Label::goal_frame},
      {"总体绩效目标", Label::goal_frame},
      {"年度绩效目标完成情况", Label::goal_frame},
      {"年度总体目标完成情况", Label::goal_frame},
      {"总体目标完成情况", Label::goal_frame},
      {"绩效目标完成情况", Label::goal_frame},
      {"实际完成情况", Label::goal_result},
      {"全年实际完成情况", Label::goal_result},
      {"全年目标实际完成情况", Label::goal_result},
      {"目标实际完成情况", Label::goal_result},
      {"年度目标实际完成情况", Label::goal_result},
      {"全年完成情况", Label::goal_result},
      {"目标完成情况", Label::goal_result},
      {"全年目标完成情况", Label::goal_result},
      {"年度目标完成情况", Label::goal_result},
      {"年度实际完成情况", Label::goal_result},
      {"预期目标实际完成情况", Label::goal_result},
      {"年度主要任务", Label::tasks},
      {"主要任务", Label::tasks},
      {"年度重点任务", Label::tasks},
      {"年度工作任务", Label::tasks},
      {"年度重点工作任务", Label::tasks},
      {"年度重点工作", Label::tasks},
      {"年度主要工作任务", Label::tasks},
      {"年度主要工作", Label::tasks},
      {"重点工作任务", Label::tasks},
      {"年度任务", Label::tasks},
      {"任务名称", Label::task_name},
      {"工作任务", Label::task_name},
      {"重点工作名称", Label::task_name},
      {"主要任务名称", Label::task_name},
      {"工作任务名称", Label::task_name},
      {"主要内容", Label::task_content},
      {"任务内容", Label::task_content},
      {"工作内容", Label::task_content},
      {"任务主要内容", Label::task_content},
      {"具体内容", Label::task_content},
      {"任务金额", Label::task_amount},
      {"涉及金额", Label::task_amount},
      {"任务预算", Label::task_amount},
      {"对应预算", Label::task_amount},
      {"预算支出", Label::task_amount},
      {"预算安排", Label::task_amount},
      {"任务预算金额", Label::task_amount},
      {"资金安排", Label::task_amount},
      {"资金投入", Label::task_amount},
      {"金额", Label::task_amount},
      {"任务目标", Label::task_goal},
      {"预期成效", Label::task_goal},
      {"工作目标", Label::task_goal},
      {"任务绩效目标", Label::task_goal},
      {"预算情况", Label::budget_frame},
      {"年度预算情况", Label::budget_frame},
      {"部门预算情况", Label::budget_frame},
      {"预算安排情况", Label::budget_frame},
      {"部门预算申请", Label::budget_frame},
      {"整体支出预算", Label::budget_frame},
      {"部门整体支出", Label::budget_frame},
      {"收支情况", Label::budget_frame},
      {"年度部门预算", Label::budget_frame},
      {"部门资金", Label::budget_frame},
      {"部门预算", Label::budget_frame},
      {"部门整体支出预算", Label::budget_frame},
      {"金额单位", Label::money_unit},
      {"资金单位", Label::money_unit},
      {"货币单位", Label::money_unit},
      {"计价单位", Label::money_unit},
      {"计量单位", Label::money_unit},
      {"年度", Label::year},
      {"预算年度", Label::year},
      {"填报年度", Label::year},
      {"年份", Label::year},
      {"所属年度", Label::year},
      {"申报年度", Label::year},
      {"绩效指标", Label::indicators_frame},
      {"年度绩效指标", Label::indicators_frame},
      {"本年度绩效指标", Label::indicators_frame},
      {"绩效指标体系", Label::indicators_frame},
      {"部门绩效指标", Label::indicators_frame},
      {"部门整体绩效指标", Label::indicators_frame},
      {"项目绩效指标", Label::indicators_frame},
      {"年度指标", Label::indicators_frame},
      {"绩效目标指标", Label::indicators_frame},
      {"部门年度绩效指标", Label::indicators_frame},
      {"项目资金", Label::funds_frame},
      {"预算执行情况", Label::funds_frame},
      {"资金情况", Label::funds_frame},
      {"项目资金情况", Label::funds_frame},
      {"年度资金", Label::funds_frame},
      {"预算资金", Label::funds_frame},
      {"资金投入情况", Label::funds_frame},
      {"部门整体支出预算执行情况", Label::funds_frame},
      {"年度预算执行情况", Label::funds_frame},
      {"资金来源", Label::funds_frame},
      {"预算资金情况", Label::funds_frame},
      {"按收入性质分", Label::by_source},
      {"按资金来源分", Label::by_source},
      {"按资金性质分", Label::by_source},
      {"按收入来源分", Label::by_source},
      {"按来源分", Label::by_source},
      {"按支出性质分", Label::by_nature},
      {"按支出类型分", Label::by_nature},
      {"按支出类别分", Label::by_nature},
      {"按支出结构分", Label::by_nature},
      {"按性质分", Label::by_nature},
      {"资金总额", Label::budget_total},
      {"预算总额", Label::budget_total},
      {"预算资金总额", Label::budget_total},
      {"部门预算总额", Label::budget_total},
      {"总额", Label::budget_total},
      {"收入总额", Label::budget_total},
      {"整体支出总额", Label::budget_total},
      {"支出总额", Label::budget_total},
      {"预算合计", Label::budget_total},
      {"全年预算数合计", Label::budget_total},
      {"部门整体支出总额", Label::budget_total},
      {"合计", Label::budget_total},
      {"一般公共预算", Label::general_public},
      {"一般公共预算拨款", Label::general_public},
      {"一般公共预算资金", Label::general_public},
      {"其中一般公共预算", Label::general_public},
      {"一般公共预算财政拨款", Label::general_public},
      {"其中一般公共预算拨款", Label::general_public},
      {"一般公共预算拨款收入", Label::general_public},
      {"政府性基金", Label::government_fund},
      {"政府性基金拨款", Label::government_fund},
      {"政府性基金预算", Label::government_fund},
      {"政府性基金预算拨款", Label::government_fund},
      {"政府性基金预算财政拨款", Label::government_fund},
      {"政府性基金预算资金", Label::government_fund},
      {"财政专户管理资金", Label::special_account},
      {"财政专户", Label::special_account},
      {"财政专户资金", Label::special_account},
      {"纳入专户管理的非税收入拨款", Label::special_account},
      {"纳入专户管理的非税收入", Label::special_account},
      {"专户资金", Label::special_account},
      {"财政专户管理的非税收入", Label::special_account},
      {"财政专户管理资金收入", Label::special_account},
      {"财政专户拨款", Label::special_account},
      {"其他资金", Label::other_funds},
      {"单位资金", Label::other_funds},
      {"其他", Label::other_funds},
      {"其他收入", Label::other_funds},
      {"其它资金", Label::other_funds},
      {"其他资金单位资金", Label::other_funds},
      {"单位自有资金", Label::other_funds},
      {"其他来源资金", Label::other_funds},
      {"自有资金", Label::other_funds},
      {"基本支出", Label::basic},
      {"其中基本支出", Label::basic},
      {"基本支出预算", Label::basic},
      {"部门基本支出", Label::basic},
      {"项目支出", Label::project_expenditure},
      {"项目支出预算", Label::project_expenditure},
      {"其中项目支出", Label::project_expenditure},
      {"部门项目支出", Label::project_expenditure},
      {"国有资本经营预算", Label::state_capital},
      {"国有资本经营预算拨款", Label::state_capital},
      {"国有资本经营", Label::state_capital},
      {"国有资本经营预算资金", Label::state_capital},
      {"国有资本经营拨款", Label::state_capital},
      {"国有资本经营预算财政拨款", Label::state_capital},
      {"财政拨款", Label::fiscal_appropriation},
      {"其中财政拨款", Label::fiscal_appropriation},
      {"财政资金", Label::fiscal_appropriation},
      {"财政拨款收入", Label::fiscal_appropriation},
      {"年初预算数", Label::fund_initial},
      {"年初预算", Label::fund_initial},
      {"年初数", Label::fund_initial},
      {"年初预算安排数", Label::fund_initial},
      {"全年预算数", Label::fund_budget},
      {"全年预算", Label::fund_budget},
      {"调整后预算数", Label::fund_budget},
      {"预算数a", Label::fund_budget},
      {"全年预算数a", Label::fund_budget},
      {"调整预算数", Label::fund_budget},
      {"全年调整预算数", Label::fund_budget},
      {"全年执行数", Label::fund_executed},
      {"执行数", Label::fund_executed},
      {"实际执行数", Label::fund_executed},
      {"实际支出数", Label::fund_executed},
      {"执行数b", Label::fund_executed},
      {"全年执行数b", Label::fund_executed},
      {"支出数", Label::fund_executed},
      {"全年支出数", Label::fund_executed},
      {"累计执行数", Label::fund_executed},
      {"预算执行数", Label::fund_executed},
      {"全年预计执行数", Label::fund_forecast},
      {"预计全年执行数", Label::fund_forecast},
      {"全年预计支出数", Label::fund_forecast},
      {"预计执行数", Label::fund_forecast},
      {"执行率", Label::fund_rate},
      {"预算执行率", Label::fund_rate},
      {"执行率b/a", Label::fund_rate},
      {"全年执行率", Label::fund_rate},
      {"执行率%", Label::fund_rate},
      {"分值", Label::weight},
      {"权重", Label::weight},
      {"分值权重", Label::weight},
      {"权重分值", Label::weight},
      {"得分", Label::score},
      {"自评得分", Label::score},
      {"评价得分", Label::score},
      {"总分", Label::total_score},
      {"总得分", Label::total_score},
      {"合计得分", Label::total_score},
      {"自评总分", Label::total_score},
      {"总计", Label::total_score},
      {"填报人", Label::person},
      {"填表人", Label::person},
      {"联系人", Label::person},
      {"联系电话", Label::person},
      {"电话", Label::person},
      {"填报日期", Label::person},
      {"填表日期", Label::person},
      {"填报时间", Label::person},
      {"填表时间", Label::person},
      {"单位负责人", Label::person},
      {"负责人", Label::person},
      {"项目负责人", Label::person},
      {"审核人", Label::person},
      {"财务负责人", Label::person},
      {"经办人", Label::person},
      {"单位编码", Label::person},
      {"项目编码", Label::person},
      {"部门编码", Label::person},
      {"项目代码", Label::person},
      {"单位代码", Label::person},
      {"预算编码", Label::person},
      {"编号", Label::person},
      {"制表人", Label::person},
      {"项目负责人及联系电话", Label::person},
      {"项目负责人及电话", Label::person},
      {"联系人及联系电话", Label::person},
      {"联系人及电话", Label::person},
      {"日期", Label::person},
      {"立项依据", Label::person},
      {"项目立项依据", Label::person},
      {"项目概况", Label::person},
      {"项目概述", Label::person},
      {"项目描述", Label::person},
      {"立项必要性", Label::person},
      {"部门职能", Label::person},
      {"部门职能概述", Label::person},
      {"单位职能", Label::person},
      {"职能职责概述", Label::person},
      {"部门主要职能", Label::person},
      {"主要职能", Label::person},
      {"其他需要说明的问题", Label::person},
      {"需要说明的问题", Label::person},
      {"其他说明的问题", Label::person},
      {"其他需说明的问题", Label::person},
      {"部门意见", Label::person},
      {"主管部门意见", Label::person},
      {"财政部门意见", Label::person},
      {"财政部门审核意见", Label::person},
      {"主管部门审核意见", Label::person},
      {"单位意见", Label::person},
      {"人员编制", Label::person},
      {"实有人数", Label::person},
      {"人员编制数", Label::person},
      {"编制数", Label::person},
      {"资金管理办法", Label::person},
      {"项目实施进度计划", Label::person},
      {"项目起止", Label::person},
      {"单位性质", Label::person},
      {"单位职责", Label::person},
      {"资金用途", Label::person},
      {"项目申报理由", Label::person},
      {"项目立项的必要性", Label::person},
      {"保证项目实施的制度措施", Label::person},
      {"保证项目实施的制度、措施", Label::person},
  };
  return map;
}

using Columns = std::unordered_map<std::string_view, Column>;

const Columns& columns() {
  static const Columns map = {
      {"绩效指标", Column::level3},
      {"年度绩效指标", Column::frame},
      {"本年度绩效指标", Column::frame},
      {"绩效指标体系", Column::frame},
      {"项目绩效指标", Column::frame},
      {"部门整体绩效指标", Column::frame},
      {"部门绩效指标", Column::frame},
      {"序号", Column::number},
      {"编号", Column::number},
      {"一级指标", Column::level1},
      {"一级", Column::level1},
      {"一级指标名称", Column::level1},
      {"指标类别", Column::level1},
      {"指标类型", Column::level1},
      {"指标分类", Column::level1},
      {"二级指标", Column::level2},
      {"二级", Column::level2},
      {"二级指标名称", Column::level2},
      {"三级指标", Column::level3},
      {"三级", Column::level3},
      {"三级指标名称", Column::level3},
      {"指标名称", Column::level3},
      {"指标", Column::level3},
      {"指标内容", Column::level3},
      {"绩效指标名称", Column::level3},
      {"具体指标", Column::level3},
      {"四级指标", Column::other},
      {"考核指标", Column::level3},
      {"三级指标内容", Column::level3},
      {"明细指标", Column::level3},
      {"指标值类型", Column::comparator},
      {"比较符号", Column::comparator},
      {"指标性质", Column::comparator},
      {"符号", Column::comparator},
      {"运算符号", Column::comparator},
      {"运算符", Column::comparator},
      {"比较符", Column::comparator},
      {"计算符号", Column::comparator},
      {"指标符号", Column::comparator},
      {"关系符号", Column::comparator},
      {"绩效指标性质", Column::comparator},
      {"目标值类型", Column::comparator},
      {"指标方向", Column::other},
      {"逻辑符号", Column::comparator},
      {"性质", Column::comparator},
      {"计算符", Column::comparator},
      {"判断符号", Column::comparator},
      {"值类型", Column::comparator},
      {"目标值符号", Column::comparator},
      {"指标值符号", Column::comparator},
      {"比较方式", Column::comparator},
      {"比较类型", Column::comparator},
      {"指标值", Column::value},
      {"目标值", Column::value},
      {"年度指标值", Column::value},
      {"年度目标值", Column::value},
      {"绩效指标值", Column::value},
      {"指标目标值", Column::value},
      {"本年度指标值", Column::value},
      {"本年指标值", Column::value},
      {"当年指标值", Column::value},
      {"年初目标值", Column::value},
      {"计划指标值", Column::value},
      {"绩效目标值", Column::value},
      {"全年目标值", Column::value},
      {"年初指标值", Column::value},
      {"预期指标值", Column::value},
      {"指标值内容", Column::value},
      {"预期值", Column::value},
      {"计划值", Column::value},
      {"全年指标值", Column::value},
      {"标准值", Column::value},
      {"预期目标值", Column::value},
      {"年度值", Column::value},
      {"设定值", Column::value},
      {"年度绩效指标值", Column::value},
      {"目标", Column::value},
      {"指标值及单位", Column::value},
      {"年初设定指标值", Column::value},
      {"计划目标值", Column::value},
      {"本年度目标值", Column::value},
      {"中期指标值", Column::long_term_value},
      {"实施期指标值", Column::long_term_value},
      {"长期指标值", Column::long_term_value},
      {"中期目标值", Column::long_term_value},
      {"实施期目标值", Column::long_term_value},
      {"总体指标值", Column::long_term_value},
      {"总目标值", Column::long_term_value},
      {"中长期指标值", Column::long_term_value},
      {"中长期目标值", Column::long_term_value},
      {"长期目标值", Column::long_term_value},
      {"实施期绩效指标值", Column::long_term_value},
      {"度量单位", Column::unit},
      {"计量单位", Column::unit},
      {"单位", Column::unit},
      {"指标单位", Column::unit},
      {"指标值单位", Column::unit},
      {"目标值单位", Column::unit},
      {"绩效度量单位", Column::unit},
      {"量化单位", Column::unit},
      {"计算单位", Column::unit},
      {"指标解释", Column::explanation},
      {"指标值说明", Column::explanation},
      {"指标说明", Column::explanation},
      {"指标值说明指标解释", Column::explanation},
      {"指标值说明及指标解释", Column::explanation},
      {"指标解释说明", Column::explanation},
      {"指标解释指标值说明", Column::explanation},
      {"指标内涵", Column::explanation},
      {"指标值解释", Column::explanation},
      {"指标释义", Column::explanation},
      {"指标含义", Column::explanation},
      {"解释", Column::explanation},
      {"绩效指标解释", Column::explanation},
      {"指标定义", Column::explanation},
      {"指标解释及计算公式", Column::explanation},
      {"指标值说明与解释", Column::explanation},
      {"说明", Column::explanation},
      {"绩效指标说明", Column::explanation},
      {"目标值说明", Column::explanation},
      {"计算公式", Column::explanation},
      {"指标计算说明", Column::explanation},
      {"指标值来源", Column::other},
      {"指标解释与说明", Column::explanation},
      {"评扣分标准", Column::scoring_rule},
      {"评价标准", Column::scoring_rule},
      {"评分标准", Column::scoring_rule},
      {"评扣分标准说明", Column::scoring_rule},
      {"赋分规则", Column::scoring_rule},
      {"扣分标准", Column::scoring_rule},
      {"评分规则", Column::scoring_rule},
      {"计分标准", Column::scoring_rule},
      {"计分规则", Column::scoring_rule},
      {"评分办法", Column::scoring_rule},
      {"评分方法", Column::scoring_rule},
      {"赋分标准", Column::scoring_rule},
      {"评价标准说明", Column::scoring_rule},
      {"评分扣分标准", Column::scoring_rule},
      {"评分说明", Column::scoring_rule},
      {"评分细则", Column::scoring_rule},
      {"考核标准", Column::scoring_rule},
      {"绩效标准", Column::scoring_rule},
      {"扣分规则", Column::scoring_rule},
      {"评分标准说明", Column::scoring_rule},
      {"评分依据", Column::scoring_rule},
      {"评价评分标准", Column::scoring_rule},
      {"赋分原则", Column::scoring_rule},
      {"得分标准", Column::scoring_rule},
      {"备注", Column::note},
      {"备注说明", Column::note},
      {"其他说明", Column::note},
      {"注", Column::note},
      {"附注", Column::note},
      {"权重", Column::weight},
      {"分值", Column::weight},
      {"权重%", Column::weight},
      {"指标权重", Column::weight},
      {"分值权重", Column::weight},
      {"权重分值", Column::weight},
      {"指标分值", Column::weight},
      {"标准分", Column::weight},
      {"满分", Column::weight},
      {"权重分", Column::weight},
      {"指标分", Column::weight},
      {"标准分值", Column::weight},
      {"实际完成值", Column::actual},
      {"全年实际完成值", Column::actual},
      {"全年完成值", Column::actual},
      {"完成值", Column::actual},
      {"实际值", Column::actual},
      {"实际完成情况", Column::actual},
      {"全年实际完成情况", Column::actual},
      {"实际完成指标值", Column::actual},
      {"完成情况", Column::actual},
      {"年度完成值", Column::actual},
      {"执行情况", Column::actual},
      {"指标完成值", Column::actual},
      {"指标完成情况", Column::actual},
      {"实际完成", Column::actual},
      {"年度实际完成值", Column::actual},
      {"年度完成情况", Column::actual},
      {"目前完成情况", Column::actual},
      {"监控期完成值", Column::actual},
      {"监控期完成情况", Column::actual},
      {"目标完成值", Column::actual},
      {"得分", Column::score},
      {"自评得分", Column::score},
      {"评价得分", Column::score},
      {"自评分", Column::score},
      {"指标得分", Column::score},
      {"自评分值", Column::score},
      {"偏差原因分析及改进措施", Column::deviation},
      {"偏差原因及改进措施", Column::deviation},
      {"偏差原因分析与改进措施", Column::deviation},
      {"未完成原因及改进措施", Column::deviation},
      {"未完成原因分析", Column::deviation},
      {"偏差原因及措施", Column::deviation},
      {"扣分原因分析及改进措施", Column::deviation},
      {"未完成原因分析及改进措施", Column::deviation},
      {"未完成原因和改进措施", Column::deviation},
      {"扣分原因", Column::deviation},
      {"偏差原因", Column::deviation},
      {"未完成原因", Column::deviation},
      {"偏差说明", Column::deviation},
      {"未完成原因分析与改进措施", Column::deviation},
      {"未完成原因和改进措施及相关说明", Column::deviation},
      {"偏差分析及改进措施", Column::deviation},
      {"偏差原因说明", Column::deviation},
      {"全年预计完成情况", Column::forecast},
      {"全年预计完成值", Column::forecast},
      {"预计全年完成值", Column::forecast},
      {"全年预计", Column::forecast},
      {"预计完成情况", Column::forecast},
      {"预计完成值", Column::forecast},
      {"全年预计值", Column::forecast},
      {"预计全年完成情况", Column::forecast},
      {"全年预计执行情况", Column::forecast},
      {"偏差原因分析", Column::causes},
      {"原因分析", Column::causes},
      {"经费保障", Column::cause},
      {"制度保障", Column::cause},
      {"人员保障", Column::cause},
      {"硬件条件保障", Column::cause},
      {"其他", Column::cause},
      {"原因说明", Column::cause},
      {"硬件保障", Column::cause},
      {"政策保障", Column::cause},
      {"完成目标可能性", Column::likelihood},
      {"目标完成可能性", Column::likelihood},
      {"完成可能性", Column::likelihood},
      {"完成目标的可能性", Column::likelihood},
      {"全年目标完成可能性", Column::likelihood},
      {"确定能", Column::likelihood_choice},
      {"有可能", Column::likelihood_choice},
      {"完全不可能", Column::likelihood_choice},
      {"不可能", Column::likelihood_choice},
      {"可能", Column::likelihood_choice},
      {"数据来源", Column::other},
      {"指标来源", Column::other},
      {"佐证材料", Column::other},
      {"完成率", Column::other},
      {"历史值", Column::other},
      {"历史数据", Column::other},
      {"前三年平均值", Column::other},
      {"上年实际值", Column::other},
      {"上年完成值", Column::other},
      {"责任单位", Column::other},
      {"责任科室", Column::other},
      {"是否核心指标", Column::other},
      {"指标编码", Column::other},
      {"数据来源及佐证材料", Column::other},
      {"上年度指标值", Column::other},
      {"责任股室", Column::other},
      {"目标值依据", Column::other},
      {"指标依据", Column::other},
      {"完成比例", Column::other},
      {"评价内容", Column::other},
      {"指标属性", Column::other},
  };
  return map;
}

/// Tells most texts apart from every word of a map by their ends and length, without hashing them whole.
class WordFilter {
 public:
  template <class Map>
  explicit WordFilter(const Map& map) {
    for (const auto& [word, meaning] : map) bits_.set(place_of(word));
  }
  bool may_hold(std::string_view text) const { return bits_.test(place_of(text)); }

 private:
  static std::size_t place_of(std::string_view text) {
    const std::size_t length = std::min<std::size_t>(text.size(), 4);
    std::uint32_t front = 0;
    std::uint32_t back = 0;
    std::memcpy(&front, text.data(), length);
    std::memcpy(&back, text.data() + text.size() - length, length);
    return (front * 0x9E3779B1U ^ back * 0x85EBCA77U ^ static_cast<std::uint32_t>(text.size()) * 0xC2B2AE3DU) >> 18;
  }

  std::bitset<16384> bits_;
};

template <class Map>
auto lookup(const Map& map, std::string_view printed, typename Map::mapped_type absent) {
  static const WordFilter filter(map);
  const auto meaning_of = [&](std::string_view word) {
    if (!filter.may_hold(word)) return absent;
    const auto found = map.find(word);
    return found == map.end() ? absent : found->second;
  };
  if (is_folded(printed)) return meaning_of(printed);
  if (const auto meaning = meaning_of(fold_label(printed)); meaning != absent) return meaning;
  if (!contains(printed, "（") && !contains(printed, "(") && !contains(printed, "【") && !contains(printed, "[")) return absent;
  return meaning_of(fold_label(printed, true));
}

/// 1-7月执行数, 2026年预算金额, 2024年至2026年目标: the word without the time in front.
std::string_view without_time(std::string_view text) {
  std::size_t at = 0;
  std::size_t end = 0;
  while (at < text.size()) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    const bool part = (c >= '0' && c <= '9') || c == '-' || c == '~' || c == 0x5E74 || c == 0x6708 || c == 0x5EA6 || c == 0x81F3 ||
                      c == 0x2014 || c == 0xFF5E || c == 'x';
    if (!part) {
      end = from;
      break;
    }
    end = at;
  }
  return text.substr(end);
}

constexpr std::size_t longest_label = 90;  // bytes: no label of the forms is longer

bool leading_digit(std::string_view text) {
  return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

/// Quick: a digit, or a bracket or a full-width character that may hide one, at the front.
bool may_lead_with_digit(std::string_view printed) {
  return leading_digit(printed) || printed[0] == '(' || static_cast<unsigned char>(printed[0]) == 0xEF;
}

}  // namespace

Label label_of(std::string_view printed, std::string* bracket) {
  if (printed.empty() || printed.size() > longest_label) return Label::none;
  Label label = lookup(labels(), printed, Label::none);
  if (label == Label::none && may_lead_with_digit(printed)) {
    const std::string folded = fold_label(printed, true);
    // "1.项目名称", "2026年预算金额", "1-7月执行数".
    std::string_view rest = folded;
    if (leading_digit(rest)) {
      rest = without_time(rest);
      if (rest.size() == folded.size()) {
        while (!rest.empty() && ((rest[0] >= '0' && rest[0] <= '9') || rest[0] == '.')) rest.remove_prefix(1);
      }
      if (const auto found = labels().find(rest); found != labels().end()) label = found->second;
    }
  }
  if (bracket != nullptr && label != Label::none) {
    const std::string text = normalise(printed);
    for (const std::string_view unit : {"万元", "元"}) {
      for (const std::string_view open : {"（", "(", "：", ":"}) {
        if (contains(text, std::string(open) + std::string(unit))) {
          *bracket = unit;
          return label;
        }
      }
    }
  }
  return label;
}

Label inline_label_of(std::string_view printed, std::string_view& rest) {
  const auto colon = [&](std::string_view sign) { return printed.find(sign); };
  std::size_t at = colon("：");
  std::size_t width = std::string_view("：").size();
  if (const std::size_t ascii = colon(":"); ascii < at) {
    at = ascii;
    width = 1;
  }
  if (at == std::string_view::npos || at == 0) return Label::none;
  const Label label = label_of(printed.substr(0, at));
  if (label != Label::none) rest = trim(printed.substr(at + width));
  return label;
}

bool is_head_label(Label label) {
  return label != Label::none && !is_budget_label(label) && !is_fund_column(label);
}

bool is_budget_label(Label label) {
  return label >= Label::by_source && label <= Label::fiscal_appropriation;
}

bool is_fund_column(Label label) {
  return label >= Label::fund_initial && label <= Label::score;
}

Column column_of(std::string_view printed) {
  if (printed.empty() || printed.size() > longest_label) return Column::none;
  const Column column = lookup(columns(), printed, Column::none);
  if (column != Column::none) return column;
  if (!may_lead_with_digit(printed)) return Column::none;
  const std::string folded = fold_label(printed, true);
  if (leading_digit(folded)) {
    if (const auto found = columns().find(without_time(folded)); found != columns().end()) return found->second;
  }
  return Column::none;
}

std::optional<TableKind> title_kind(std::string_view printed) {
  if (printed.size() > 150) return std::nullopt;
  const std::string title = fold_label(printed, true);
  if (contains(title, "。") || contains(title, "通知") || contains(title, "说明") || contains(title, "报告") || contains(title, "审核表") ||
      contains(title, "目录"))
    return std::nullopt;
  if (!contains(title, "绩效") && !contains(title, "整体支出")) return std::nullopt;
  const bool form = ends_with(title, "表") || ends_with(title, "申报书") ||
                    (contains(title, "表") && (ends_with(title, "年度") || ends_with(title, "年")));
  if (!form) return std::nullopt;
  if (contains(title, "监控")) return TableKind::monitoring;
  if (contains(title, "自评") || contains(title, "评价表") || contains(title, "完成情况")) return TableKind::self_evaluation;
  if (!contains(title, "目标") && !contains(title, "申报")) return std::nullopt;
  return contains(title, "整体") || (contains(title, "部门") && !contains(title, "项目")) ? TableKind::overall : TableKind::project;
}

std::optional<int> year_of(std::string_view printed) {
  const std::string text = normalise(printed);
  std::optional<int> year;
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    if (!leading_digit(std::string_view(text).substr(at)) || (at > 0 && leading_digit(std::string_view(text).substr(at - 1)))) continue;
    std::size_t end = at;
    while (end < text.size() && leading_digit(std::string_view(text).substr(end))) ++end;
    std::string_view behind = trim(std::string_view(text).substr(end));
    if (end - at == 4 && text[at] == '2' && text[at + 1] == '0' && starts_with(behind, "年")) {
      const int found = std::stoi(text.substr(at, 4));
      if (year && *year != found) return std::nullopt;
      year = found;
      // 2024年-2026年, 2024年至2026年: a span, no budget year.
      behind = trim(behind.substr(std::string_view("年").size()));
      for (const std::string_view sign : {"-", "—", "~", "至", "－"}) {
        if (starts_with(behind, sign)) return std::nullopt;
      }
    } else if (end - at == 4 && text[at] == '2' && text[at + 1] == '0' &&
               (starts_with(behind, "-") || starts_with(behind, "—") || starts_with(behind, "至"))) {
      return std::nullopt;
    }
    at = end;
  }
  return year;
}

}  // namespace jiheng::reading
