// The head of a table: who, which year, what for.
#include <algorithm>
#include <map>

#include "auditing/findings.h"
#include "auditing/names.h"
#include "auditing/rules.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

constexpr Card unit_name_missing{
    .id = "unit-name-missing",
    .severity = Severity::error,
    .aspect = Aspect::completeness,
    .basis = "财预〔2015〕88号 绩效目标申报表",
    .title = "未填单位名称",
    .title_en = "Unit name missing",
    .explanation = "表头的填报单位（部门、单位名称）为空，无法确定由谁申报、由谁负责。",
    .explanation_en = "The table does not say which unit files it.",
    .wordings = {{{"", "{table}未填写填报单位名称。", "{table} does not name the unit that files it.", "请补填单位全称，并与其他各表一致。",
                   "Enter the unit's full name, the same as in the other tables."}}},
};

/// 财预〔2015〕88号 绩效目标申报表: 部门（单位）名称.
void check_unit_name_missing(const Submission& submission, Findings& findings) {
  const Text usual = usual_unit_name(submission);
  for (const TableView& table : submission.tables) {
    if (table.unit_name.empty()) findings.add(Draft(unit_name_missing).at(table, "unit_name", "").about(table).propose(usual));
  }
}

constexpr Card year_missing{
    .id = "year-missing",
    .severity = Severity::error,
    .aspect = Aspect::completeness,
    .basis = "财预〔2015〕88号 绩效目标申报表",
    .title = "未填年度",
    .title_en = "Year missing",
    .explanation = "表头和标题都没有写明预算年度，目标无法对应到哪一年的预算。",
    .explanation_en = "Neither the head nor the title names the budget year.",
    .wordings = {{{"", "{table}没有写明预算年度。", "{table} does not state its budget year.", "请在标题或表头写明年度。",
                   "State the year in the title or in the head."}}},
};

/// The one year that all other tables name.
Text common_year(const Submission& submission) {
  std::optional<int> year;
  for (const TableView& table : submission.tables) {
    if (!table.raw->year) continue;
    if (year && *year != *table.raw->year) return std::nullopt;
    year = table.raw->year;
  }
  return year ? Text(std::to_string(*year)) : std::nullopt;
}

/// 财预〔2015〕88号 绩效目标申报表: （××年度）.
void check_year_missing(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    if (!table.raw->year) findings.add(Draft(year_missing).at(table, "year", "").about(table).propose(common_year(submission)));
  }
}

constexpr Card goal_missing{
    .id = "goal-missing",
    .severity = Severity::error,
    .aspect = Aspect::completeness,
    .basis = "预算法第三十二条；财预〔2015〕88号",
    .title = "未填年度绩效目标",
    .title_en = "Annual goal missing",
    .explanation = "年度总体目标为空。没有设定绩效目标的，不得纳入项目库，也不得申请预算。",
    .explanation_en = "The annual goal is empty. Without a goal there is no entry into the project library and no budget.",
    .wordings = {{{"", "{table}未填写年度绩效目标。", "{table} states no annual goal.",
                   "请用一段话写明本年度用这笔钱要做成什么、达到什么效果，并与下列指标对应。",
                   "Say what is to be done with the money this year and to what effect, in line with the indicators below."}}},
};

/// 预算法第三十二条: budgets are compiled with performance goals.
void check_goal_missing(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    if (!table.raw->annual_goal) findings.add(Draft(goal_missing).at(table, "annual_goal", "").about(table));
  }
}

constexpr Card project_name_missing{
    .id = "project-name-missing",
    .severity = Severity::error,
    .aspect = Aspect::completeness,
    .basis = "财预〔2015〕88号 项目支出绩效目标申报表",
    .title = "未填项目名称",
    .title_en = "Project name missing",
    .explanation = "项目支出绩效目标表没有项目名称，无法与项目库和预算对应。",
    .explanation_en = "A project table without the project's name cannot be matched with the budget.",
    .wordings = {{{"", "第{number}张表是项目支出绩效目标表，但未填写项目名称。",
                   "Table {number} is a project's, but the project's name is missing.", "请补填与项目库一致的项目名称。",
                   "Enter the name the project bears in the project library."}}},
};

/// 财预〔2015〕88号 项目支出绩效目标申报表: 项目名称.
void check_project_name_missing(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    if (table.overall() || table.raw->project_name) continue;
    // A unit's report on its whole expenditure has no project.
    if (!table.project() && table.raw->title && contains(*table.raw->title, "整体")) continue;
    findings.add(Draft(project_name_missing).at(table, "project_name", "").with("number", std::to_string(table.index + 1)));
  }
}

constexpr Card unit_name_differs{
    .id = "unit-name-differs",
    .severity = Severity::error,
    .aspect = Aspect::completeness,
    .basis = "",
    .title = "各表单位名称不一致",
    .title_en = "Unit names differ",
    .explanation = "同一单位报送的各张表应写同一个单位名称；只差一个字的，多为笔误。名称明显不同的按不同单位分别审核，不报此项。",
    .explanation_en =
        "All tables of one unit bear one name; a difference of one character is most likely a slip. Plainly different units are audited "
        "apart.",
    .wordings = {{{"", "{table}的填报单位写作“{name}”，而{others}写作“{usual}”，{slip}。",
                   "{table} names the unit “{name}”, while {others} name it “{usual}”{slip}.", "请核对后改为“{usual}”。",
                   "Check, and correct to “{usual}”."}}},
};

Draft& describe_slip(Draft& draft, std::string_view wrong, std::string_view usual) {
  const auto [mine, theirs] = differing_part(wrong, usual);
  if (mine.empty()) return draft.with("slip", "疑漏写“" + theirs + "”", "; “" + theirs + "” is probably left out");
  if (theirs.empty()) return draft.with("slip", "疑多写“" + mine + "”", "; “" + mine + "” is probably too much");
  return draft.with("slip", "疑将“" + theirs + "”误写为“" + mine + "”", "; “" + mine + "” is probably a slip for “" + theirs + "”");
}

/// Arithmetic of names: no clause. The minority's table is marked.
void check_unit_name_differs(const Submission& submission, Findings& findings) {
  const Text usual = usual_unit_name(submission);
  if (!usual) return;
  const std::string folded = bare_unit_name(*usual);
  const auto bears_usual = [&](const TableView& table) { return table.unit_name == folded; };
  const auto others = std::count_if(submission.tables.begin(), submission.tables.end(), bears_usual);
  const auto first = std::find_if(submission.tables.begin(), submission.tables.end(), bears_usual);
  for (const TableView& table : submission.tables) {
    if (table.unit_name.empty() || bears_usual(table)) continue;
    if (short_form_of(table.unit_name, folded) || short_form_of(folded, table.unit_name)) continue;
    Draft draft(unit_name_differs);
    draft.at(table, "unit_name", view(table.raw->unit_name)).at(*first, "unit_name", *usual).about(table);
    draft.with("name", *table.raw->unit_name).with("usual", *usual);
    draft.with("others", "其他" + std::to_string(others) + "张表", std::to_string(others) + " other table(s)");
    findings.add(describe_slip(draft, *table.raw->unit_name, *usual).propose(usual));
  }
}

}  // namespace

std::span<const Rule> head_rules() {
  static constexpr Rule all[] = {{&unit_name_missing, check_unit_name_missing},
                                 {&year_missing, check_year_missing},
                                 {&goal_missing, check_goal_missing},
                                 {&project_name_missing, check_project_name_missing},
                                 {&unit_name_differs, check_unit_name_differs}};
  return all;
}

}  // namespace jiheng::auditing
