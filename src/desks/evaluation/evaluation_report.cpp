#include "desks/evaluation/evaluation_report.h"

#include <algorithm>

#include "base/text.h"
#include "desks/performance/audited.h"
#include "desks/performance/publication.h"
#include "desks/rectification/problem_json.h"
#include "policy/pack.h"

namespace jiheng::desks {
namespace {

using writing::OfficialValues;

std::string mean_of(const EvaluationView& view, std::size_t at) {
  return at < view.scored.means.size() ? view.scored.means[at].plain() : "";
}

/// Why points were taken, by whoever took them.
std::string reasons_of(const Evaluation& evaluation, std::size_t at) {
  std::vector<std::string> reasons;
  for (const ScoreSheet& each : evaluation.scores) {
    const std::string reason(trim(each.reasons[at]));
    if (!reason.empty() && std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
  }
  return joined(reasons, "；");
}

std::vector<OfficialValues> levels_of(const EvaluationView& view) {
  const Evaluation& evaluation = view.evaluation;
  std::vector<OfficialValues> levels;
  for (std::size_t first = 0; first < evaluation.criteria.size();) {
    const std::string& name = evaluation.criteria[first].level1;
    OfficialValues level;
    level.lists["扣分"];
    Decimal full;
    Decimal got;
    std::size_t at = first;
    for (; at < evaluation.criteria.size() && evaluation.criteria[at].level1 == name; ++at) {
      const policy::Criterion& each = evaluation.criteria[at];
      full += each.points;
      if (at >= view.scored.means.size()) continue;
      got += view.scored.means[at];
      if (view.scored.means[at] >= each.points) continue;
      level.lists["扣分"].push_back({{{"指标", each.level3},
                                      {"分值", each.points.plain()},
                                      {"得分", view.scored.means[at].plain()},
                                      {"理由", reasons_of(evaluation, at)}},
                                     {}});
    }
    level.texts = {{"名称", name}, {"满分", full.plain()}, {"得分", evaluation.scores.empty() ? "　" : got.plain()}};
    levels.push_back(std::move(level));
    first = at;
  }
  return levels;
}

OfficialValues criterion_row(const EvaluationView& view, std::size_t at) {
  const policy::Criterion& each = view.evaluation.criteria[at];
  std::vector<std::string> points;
  for (const ScoreSheet& sheet : view.evaluation.scores) points.push_back(sheet.points[at]);
  return {{{"一级", each.level1},
           {"二级", each.level2},
           {"三级", each.level3},
           {"分值", each.points.plain()},
           {"得分", mean_of(view, at)},
           {"各人得分", joined(points, "、")}},
          {}};
}

OfficialValues note_row(const Evaluation& evaluation, const WorkingNote& note, std::size_t at) {
  std::vector<std::string> files;
  for (const int number : note.evidence) {
    for (const BroughtFile& each : evaluation.evidence) {
      if (each.number == number) files.push_back(each.name);
    }
  }
  const std::string criterion = note.criterion ? evaluation.criteria[static_cast<std::size_t>(*note.criterion)].level3 : "";
  return {{{"序号", std::to_string(at + 1)},
           {"指标", criterion},
           {"内容", note.text},
           {"材料", joined(files, "；")},
           {"日期", local_day_of(note.at)}},
          {}};
}

std::vector<OfficialValues> problem_rows(const Problems& problems, const Evaluation& evaluation, const access::Principal& who) {
  std::vector<OfficialValues> rows;
  for (const std::string& id : evaluation.problems) {
    const auto view = problems.open(id, who);
    if (!view || view->problem.state == ProblemState::voided) continue;
    const Problem& problem = view->problem;
    rows.push_back({{{"序号", std::to_string(rows.size() + 1)},
                     {"编号", problem.number},
                     {"内容", problem.text},
                     {"要求", problem.action},
                     {"期限", problem.due},
                     {"状态", std::string(problem_state_name(problem.state))}},
                    {}});
  }
  return rows;
}

}  // namespace

Result<OfficialMade> evaluation_report(registry::Registry& registry, const Evaluations& evaluations, const Problems& problems,
                                       std::string_view id, const access::Principal& who) {
  const auto view = evaluations.open(id, who);
  if (!view) return view.error();
  const Evaluation& evaluation = view->evaluation;
  const policy::Pack& pack = pack_for(Text(evaluation.pack), {});
  const bool is_scored = !evaluation.scores.empty();
  const bool concluded = evaluation.result.has_value();
  const bool key = evaluation.form == EvaluationForm::key;
  std::vector<std::string> group;
  for (const Assigned& each : evaluation.evaluators) group.push_back(each.name);
  OfficialValues values;
  values.texts = {{"年度", std::to_string(evaluation.year)},
                  {"项目", evaluation.project},
                  {"形式", std::string(evaluation_form_name(evaluation.form))},
                  {"稿", concluded ? "" : "（征求意见稿）"},
                  {"单位", view->unit_name},
                  {"金额", evaluation.amount.value_or("")},
                  {"确定方式", evaluation.reason.empty() ? (evaluation.draw ? "公开抽取。" : "绩效股确定。") : evaluation.reason},
                  {"口径", pack.title + "（" + pack.id() + "，" + pack.basis + "）"},
                  {"指标数", std::to_string(evaluation.criteria.size())},
                  {"评分人数", std::to_string(evaluation.scores.size())},
                  {"评价组", joined(group, "、")},
                  {"有评分", is_scored ? "是" : ""},
                  {"最高", view->scored.most.plain()},
                  {"最低", view->scored.least.plain()},
                  {"相差", view->scored.spread.plain()},
                  {"总分", is_scored ? view->scored.total.plain() : ""},
                  {"分歧说明", evaluation.spread_why},
                  {"结论", concluded ? evaluation.result->grade : ""},
                  {"产出效益", key && is_scored ? view->scored.results.plain() : ""}};
  const auto& names = evaluation_sections();
  for (std::size_t i = 0; i < names.size(); ++i) values.texts[names[i]] = i < evaluation.sections.size() ? evaluation.sections[i] : "";
  values.lists["一级"] = levels_of(*view);
  values.lists["指标"];
  for (std::size_t i = 0; i < evaluation.criteria.size(); ++i) values.lists["指标"].push_back(criterion_row(*view, i));
  values.lists["数据"];
  for (const SourcedFigure& each : evaluation.figures)
    values.lists["数据"].push_back({{{"名称", each.label}, {"数值", each.value}, {"单位名", each.unit}, {"来源", each.source}}, {}});
  values.lists["底稿"];
  for (std::size_t i = 0; i < evaluation.notes.size(); ++i) values.lists["底稿"].push_back(note_row(evaluation, evaluation.notes[i], i));
  values.lists["问题"] = problem_rows(problems, evaluation, who);
  return make_official(registry, "evaluation_report", values,
                       view->unit_name + std::to_string(evaluation.year) + "年" + evaluation.project +
                           std::string(evaluation_form_name(evaluation.form)) + "报告");
}

}  // namespace jiheng::desks
