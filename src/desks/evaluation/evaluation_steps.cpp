#include "desks/evaluation/evaluation_steps.h"

#include <algorithm>

#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/rectification/problem_steps.h"
#include "policy/evaluation_parameters.h"

namespace jiheng::desks {
namespace {

using access::Permission;
using enum EvaluationAction;

constexpr std::size_t longest_name = 300;
constexpr std::size_t most_notes = 500;
constexpr std::size_t most_criteria = 100;
constexpr int full_points = 100;

/// Somebody of the unit itself.
bool is_of_unit(const access::Principal& who, std::string_view unit) {
  return std::any_of(who.posts().begin(), who.posts().end(),
                     [&](const access::Post& post) { return access::is_of_a_unit(post.role) && post.reach.contains(unit); });
}

}  // namespace

Error invalid_evaluation(std::string message, std::string field) {
  return {"invalid-evaluation", std::move(message), {std::move(field)}};
}

Error evaluation_step_refused(std::string message) {
  return {"action-not-allowed", std::move(message), {}};
}

const policy::Pack& pack_of(const Evaluation& evaluation) {
  return pack_for(Text(evaluation.pack), {});
}

const policy::EvaluationRules& rules_of(const Evaluation& evaluation) {
  return *pack_of(evaluation).evaluation;
}

const access::Post* post_of(const Evaluation& evaluation, const access::Principal& who) {
  return who.is_operator() ? nullptr : who.stands_in(Permission::audit_performance, evaluation.unit);
}

std::optional<Error> replace_criteria(Evaluation& evaluation, const EvaluationDeed& deed) {
  const policy::EvaluationRules& rules = rules_of(evaluation);
  if (!evaluation.scores.empty()) return evaluation_step_refused("已经有人评分，指标和分值不能再改。");
  if (deed.criteria.empty() || deed.criteria.size() > most_criteria) return invalid_evaluation("指标应有1到100条。", "criteria");
  Decimal sum;
  Decimal results;
  for (const policy::Criterion& each : deed.criteria) {
    for (const std::string* text : {&each.level1, &each.level2, &each.level3}) {
      if (trim(*text).empty() || text->size() > longest_name || !is_valid_utf8(*text))
        return invalid_evaluation("每条指标都要写明三级名称。", "criteria");
    }
    if (each.points <= Decimal() || each.points > Decimal(full_points) || each.points.rounded(2) != each.points)
      return invalid_evaluation("每条指标的分值都应大于0、不超过100，最多两位小数。", "criteria");
    sum += each.points;
    const auto& levels = rules.result_levels;
    if (std::find(levels.begin(), levels.end(), each.level1) != levels.end()) results += each.points;
  }
  if (sum != Decimal(full_points)) return invalid_evaluation("指标分值合计是" + sum.plain() + "分，应是100分。", "criteria");
  if (evaluation.form == EvaluationForm::key && results < rules.least_results)
    return invalid_evaluation("产出和效益的分值合计是" + results.plain() + "分，按规定不得低于" + rules.least_results.plain() + "分。",
                              "criteria");
  evaluation.criteria = deed.criteria;
  return std::nullopt;
}

std::optional<Error> add_note(Evaluation& evaluation, const EvaluationDeed& deed, Person by, std::string at) {
  if (trim(deed.text).empty()) return invalid_evaluation("请填写工作底稿。", "text");
  if (evaluation.notes.size() >= most_notes) return invalid_evaluation("工作底稿太多了，一项评价最多500份。", "text");
  if (deed.criterion && (*deed.criterion < 0 || static_cast<std::size_t>(*deed.criterion) >= evaluation.criteria.size()))
    return invalid_evaluation("没有这条指标。", "criterion");
  for (const int number : deed.evidence) {
    const bool known =
        std::any_of(evaluation.evidence.begin(), evaluation.evidence.end(), [&](const BroughtFile& each) { return each.number == number; });
    if (!known) return invalid_evaluation("没有这份材料，请先上传。", "evidence");
  }
  evaluation.notes.push_back({deed.criterion, deed.text, deed.evidence, std::move(at), std::move(by)});
  return std::nullopt;
}

std::optional<Error> conclude_it(Evaluation& evaluation, const EvaluationDeed& deed, Person by, std::string at) {
  const policy::EvaluationRules& rules = rules_of(evaluation);
  const int missing = rules.scorers - static_cast<int>(evaluation.scores.size());
  if (missing > 0)
    return Error{"scores-missing",
                 "按现行政策口径至少要有" + std::to_string(rules.scorers) + "人评分，还差" + std::to_string(missing) + "人。",
                 {std::to_string(missing)}};
  const Scored found = scored(evaluation, rules.result_levels);
  if (found.spread > rules.spread && trim(evaluation.spread_why).empty())
    return Error{"spread-unexplained",
                 "各人总分最高" + found.most.plain() + "分、最低" + found.least.plain() + "分，相差超过" + rules.spread.plain() +
                     "分，请先说明分歧的原因和处理。",
                 {found.spread.plain()}};
  const auto& bands = evaluation.form == EvaluationForm::key ? pack_of(evaluation).scoring.grades : rules.conclusions;
  evaluation.result = EvaluationResult{
      found.total.text(), policy::band_of(found.total, bands), found.results.text(), deed.text, std::move(at), std::move(by)};
  evaluation.state = EvaluationState::concluded;
  return std::nullopt;
}

std::optional<Error> refusal(const Evaluation& evaluation, EvaluationAction action, const access::Principal& who) {
  if (!who.may(Permission::audit_performance, evaluation.unit)) return forbidden();
  const bool done = evaluation.state == EvaluationState::concluded || evaluation.state == EvaluationState::voided;
  // What was found may come to light in the report's use, too.
  if (done && !(action == raise && evaluation.state == EvaluationState::concluded))
    return Error{"action-not-allowed",
                 "这项评价现在是“" + std::string(evaluation_state_name(evaluation.state)) + "”状态，不能再改动。",
                 {std::string(evaluation_state_code(evaluation.state))}};
  if (action == criteria && !evaluation.scores.empty()) return evaluation_step_refused("已经有人评分，指标和分值不能再改。");
  if (action == cancel && !evaluation.scores.empty()) return evaluation_step_refused("已经有人评分，不能取消。");
  if (who.is_operator()) return std::nullopt;
  if (is_of_unit(who, evaluation.unit)) return Error{"avoidance", "您在被评价单位任职，应当回避。", {}};
  const Person by = person_of(who, post_of(evaluation, who));
  if (action == conclude &&
      std::any_of(evaluation.scores.begin(), evaluation.scores.end(), [&](const ScoreSheet& each) { return is_same_post(each.by, by); }))
    return Error{"four-eyes", "您（或委托您的人）评过（或代录过）这个项目的分，要由另一个人定稿。", {}};
  return std::nullopt;
}

}  // namespace jiheng::desks
