// The indicator tree: what must be there, and what stands in the wrong place.
#include <algorithm>

#include "auditing/findings.h"
#include "auditing/names.h"
#include "auditing/rules.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

constexpr Card required_level_missing{
    .id = "required-level-missing",
    .severity = Severity::warning,
    .aspect = Aspect::completeness,
    .basis = "财预〔2021〕101号",
    .title = "缺少一级指标",
    .title_en = "Level missing",
    .explanation = "绩效目标表应有产出、效益、满意度指标；成本指标是否必填由政策口径规定。",
    .explanation_en = "A goal table has output, benefit and satisfaction indicators; whether cost is asked for is the rule pack's matter.",
    .wordings = {{{"", "{table}没有设置{levels}。", "{table} has no indicator under {levels}.", "请补充能反映本{whose}核心任务的{levels}。",
                   "Add indicators that show the core of the task."},
                  {"none", "{table}没有填写任何绩效指标。", "{table} has no indicators at all.", "请按产出、效益、满意度分级填写绩效指标。",
                   "Enter indicators of output, benefit and satisfaction."}}},
};

bool has_level(const TableView& table, std::string_view level) {
  return std::any_of(table.indicators.begin(), table.indicators.end(), [&](const IndicatorView& indicator) {
    if (level == "成本指标") return indicator.cost;
    if (level == "满意度指标") return indicator.satisfaction;
    return indicator.raw->level1 == level;
  });
}

/// 财预〔2021〕101号: every project needs 产出 and 效益; 满意度 where the public is served.
void check_required_levels(const Submission& submission, Findings& findings) {
  const policy::AuditParameters& p = submission.pack->audit;
  for (const TableView& table : submission.tables) {
    std::vector<std::string> wanted = p.required_levels;
    const bool works = table.project() && table.raw->project_name && p.cost_required_for.in(*table.raw->project_name);
    if (works && std::find(wanted.begin(), wanted.end(), "成本指标") == wanted.end()) wanted.emplace_back("成本指标");
    std::string levels;
    for (const std::string& level : wanted) {
      if (!has_level(table, level)) levels += (levels.empty() ? "" : "、") + level;
    }
    if (levels.empty()) continue;
    Draft draft(required_level_missing, table.indicators.empty() ? "none" : "");
    draft.at(table, "indicators", "").about(table).with("levels", levels);
    findings.add(draft.with("whose", table.overall() ? "部门" : "项目"));
  }
}

constexpr Card level_misplaced{
    .id = "level-misplaced",
    .severity = Severity::warning,
    .aspect = Aspect::relevance,
    .basis = "财预〔2021〕101号",
    .title = "指标归类不当",
    .title_en = "Misplaced indicator",
    .explanation = "指标放错了二级指标，如把时限放在数量指标、把满意度放在效益指标下，会影响按级分配的权重。",
    .explanation_en = "An indicator under the wrong second level, such as a time limit under quantity or a satisfaction under benefit.",
    .wordings = {{{"", "“{indicator}”列在“{is}”下，按内容应属“{should}”。",
                   "“{indicator}” stands under “{is}”; by its content it belongs under “{should}”.", "请调整到“{should}”下。",
                   "Move it to “{should}”."},
                  {"not-satisfaction", "“{indicator}”（{target}）列在“{is}”下，但考核的不是满意度。",
                   "“{indicator}” ({target}) stands under “{is}”, but is no satisfaction.",
                   "请调整到产出或效益指标下，满意度指标应反映服务对象的评价。", "Move it to output or benefit."}}},
};

/// Where the indicator belongs by its name; "" where it may stand as it does. Only plain cases: what could be meant either way stays.
std::string_view rightful_level(const IndicatorView& indicator, const policy::Words& words) {
  const Indicator& raw = *indicator.raw;
  const std::string_view level2 = view(raw.level2);
  if (!words.satisfaction.suffix_of(indicator.name).empty()) return indicator.satisfaction && raw.level1 != "效益指标" ? "" : "满意度指标";
  if (raw.level1 != "产出指标") return "";
  if ((level2 == "数量指标" || level2 == "质量指标") && !words.time_limits.suffix_of(indicator.name).empty()) return "时效指标";
  if ((level2 == "数量指标" || level2 == "时效指标") && indicator.percent && !words.quality_rates.suffix_of(indicator.name).empty())
    return "质量指标";
  if (indicator.output && indicator.yuan && ends_with(indicator.name, "成本")) return "成本指标";
  return "";
}

/// 财预〔2021〕101号: the tree of levels.
void check_misplaced(const Submission& submission, Findings& findings) {
  const policy::Words& words = submission.words();
  for (const TableView& table : submission.tables) {
    for (const IndicatorView& indicator : table.indicators) {
      const std::string is = indicator.raw->level2.value_or(indicator.raw->level1);
      const std::string_view should = rightful_level(indicator, words);
      const bool counted = indicator.satisfaction && indicator.numeric && (indicator.countable || indicator.yuan) &&
                           !words.satisfaction_level.in(indicator.name);
      if (should.empty() && !counted) continue;
      Draft draft(level_misplaced, counted ? "not-satisfaction" : "");
      draft.at(table, indicator, "level2").about(indicator).with("is", is).with("should", std::string(should));
      // Moving an indicator is more than changing a cell, so nothing is proposed.
      findings.add(draft);
    }
  }
}

constexpr Card input_as_output{
    .id = "input-as-output",
    .severity = Severity::warning,
    .aspect = Aspect::relevance,
    .basis = "财预〔2021〕101号",
    .title = "以投入作产出",
    .title_en = "Input as output",
    .explanation = "投入的资金、人员、物资不是产出，把花了多少钱、用了多少人列为产出指标，不能反映做成了什么。",
    .explanation_en = "Money, staff and material spent are no output: they do not show what was achieved.",
    .wordings = {{{"", "“{indicator}”（{target}）列在“{is}”下，考核的是投入，不能反映用这笔钱做成了什么。",
                   "“{indicator}” ({target}) stands under “{is}”, but measures what is put in, not what is achieved.",
                   "建议改为这笔投入形成的服务、产品或工程的数量和质量；投入额列入成本指标。",
                   "Name what the input brings about; put the spending under cost."}}},
};

/// Inputs are no performance targets.
void check_input_as_output(const Submission& submission, Findings& findings) {
  const policy::Words& words = submission.words();
  for (const TableView& table : submission.tables) {
    for (const IndicatorView& indicator : table.indicators) {
      if (!indicator.output || !indicator.numeric || indicator.percent) continue;
      if (!words.inputs.in(indicator.name) || words.not_inputs.in(indicator.name)) continue;
      findings.add(Draft(input_as_output).at(table, indicator, "level3").about(indicator).with("is", *indicator.raw->level2));
    }
  }
}

}  // namespace

std::span<const Rule> level_rules() {
  static constexpr Rule all[] = {
      {&required_level_missing, check_required_levels}, {&level_misplaced, check_misplaced}, {&input_as_output, check_input_as_output}};
  return all;
}

}  // namespace jiheng::auditing
