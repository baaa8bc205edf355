#include "desks/evaluation/evaluations.h"

#include <algorithm>
#include <array>

#include "access/units.h"
#include "base/text.h"
#include "desks/evaluation/evaluation_steps.h"
#include "desks/evaluation/filed_project.h"
#include "desks/evaluation/project_draws.h"
#include "desks/people/people.h"
#include "desks/performance/actuals.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/years.h"
#include "desks/rectification/problem_steps.h"
#include "policy/pack.h"

namespace jiheng::desks {
namespace {

using access::Permission;
using enum EvaluationAction;

constexpr std::array<std::string_view, 10> action_codes{"criteria", "assign", "note",  "score",    "explain",
                                                        "figures",  "write",  "raise", "conclude", "void"};
constexpr EvaluationAction in_order[] = {criteria, assign, note, score, explain, figures, write, raise, conclude, cancel};

constexpr std::size_t longest_text = 60'000;
constexpr std::size_t longest_name = 300;
constexpr std::size_t most_evidence = 300;
constexpr int first_year = 2000;
constexpr int last_year = 2199;
constexpr std::size_t longest_number = 20;

Error not_found() {
  return {"not-found", "没有这项评价。", {}};
}

/// Points as people write them: not below 0, two decimals at most.
std::optional<Decimal> points_of(std::string_view text) {
  // Rounding a number of 36 digits may leave the range.
  if (text.size() > longest_number) return std::nullopt;
  const auto number = Decimal::parse(text);
  if (!number || number->is_negative() || number->rounded(2) != *number) return std::nullopt;
  return number;
}

std::optional<Error> trouble_with_text(const std::string& text, std::size_t most, const char* field) {
  if (text.size() > most) return invalid_evaluation("文字太长了。", field);
  if (!is_valid_utf8(text)) return invalid_evaluation("文字里有不能识别的字符，请重新输入。", field);
  return std::nullopt;
}

}  // namespace

std::string_view evaluation_action_code(EvaluationAction action) {
  return action_codes[static_cast<std::size_t>(action)];
}

std::optional<EvaluationAction> evaluation_action_from_code(std::string_view code) {
  const auto found = std::find(action_codes.begin(), action_codes.end(), code);
  return found == action_codes.end() ? std::nullopt : std::optional(static_cast<EvaluationAction>(found - action_codes.begin()));
}

std::string project_key(std::string_view unit, std::string_view project) {
  return std::string(unit) + "\n" + fold_label(project);
}

namespace {

Evaluation evaluation_of(const registry::Record& record) {
  Evaluation evaluation = evaluation_from_json(record.body);
  evaluation.id = record.id;
  evaluation.revision = record.revision;
  evaluation.state = evaluation_state_from_code(record.state).value_or(EvaluationState::planned);
  return evaluation;
}

/// The bureau's people see all of it; the unit's what is concluded.
bool may_see(const access::Principal& who, const Evaluation& evaluation) {
  if (!who.may(Permission::see_submissions, evaluation.unit)) return false;
  return evaluation.state == EvaluationState::concluded || who.reach(Permission::see_submissions).all;
}

/// Working papers, and who gave which points, are the bureau's.
void redact(Evaluation& evaluation) {
  evaluation.notes.clear();
  evaluation.evidence.clear();
  evaluation.evaluators.clear();
  for (ScoreSheet& each : evaluation.scores) {
    each.evaluator.clear();
    each.name.clear();
    each.by = {};
  }
}

}  // namespace

Result<Evaluation> Evaluations::current(std::string_view id, const access::Principal& who) const {
  if (id.empty() || id.size() > 64) return not_found();
  const auto record = registry_.latest(evaluation_kind, id);
  if (!record) return not_found();
  Evaluation evaluation = evaluation_of(*record);
  if (!may_see(who, evaluation)) return not_found();
  return evaluation;
}

EvaluationView Evaluations::view_of(Evaluation evaluation, const access::Principal& who) const {
  EvaluationView view;
  view.rules = &rules_of(evaluation);
  view.scored = scored(evaluation, view.rules->result_levels);
  view.must_explain = view.scored.spread > view.rules->spread;
  for (const EvaluationAction each : in_order) {
    if (!refusal(evaluation, each, who)) view.actions.push_back(each);
  }
  if (const auto unit = access::find_unit(*registry_.store().read(), registry_.tenant(), evaluation.unit)) {
    view.unit_code = unit->code;
    view.unit_name = unit->name;
  }
  if (!who.reach(Permission::see_submissions).all) redact(evaluation);
  view.evaluation = std::move(evaluation);
  return view;
}

std::vector<EvaluationView> Evaluations::list(int year, const access::Principal& who) const {
  std::vector<Evaluation> found;
  {
    auto reading = registry_.store().read();
    registry_.each_latest(*reading, evaluation_kind, [&](const registry::Record& record) {
      Evaluation each = evaluation_of(record);
      if ((year == 0 || each.year == year) && may_see(who, each)) found.push_back(std::move(each));
    });
  }
  std::reverse(found.begin(), found.end());
  std::vector<EvaluationView> views;
  for (Evaluation& each : found) views.push_back(view_of(std::move(each), who));
  return views;
}

Result<EvaluationView> Evaluations::open(std::string_view id, const access::Principal& who) const {
  auto found = current(id, who);
  if (!found) return std::move(found).error();
  return view_of(std::move(*found), who);
}

Result<Evaluation> Evaluations::store(registry::Change& change, Evaluation evaluation, std::string_view action,
                                      std::vector<std::string> attachments) const {
  const auto record =
      change.put({std::string(evaluation_kind), evaluation.id, evaluation.revision, std::string(evaluation_state_code(evaluation.state)),
                  std::string(action), evaluation_json(evaluation), std::move(attachments)});
  if (!record) return record.error();
  evaluation.revision = record->revision;
  return evaluation;
}

Result<EvaluationView> Evaluations::plan(NewEvaluation given, const access::Principal& who) const {
  if (!who.may(Permission::audit_performance)) return forbidden();
  if (!who.may(Permission::audit_performance, given.unit)) return invalid_evaluation("没有这个单位。", "unit");
  if (trim(given.project).empty()) return invalid_evaluation("请填写项目名称。", "project");
  for (const auto& [text, field] : {std::pair<const std::string&, const char*>{given.project, "project"}, {given.reason, "reason"}}) {
    if (auto trouble = trouble_with_text(text, longest_name, field)) return std::move(*trouble);
  }
  if (given.year < first_year || given.year > last_year) return invalid_evaluation("年度不对。", "year");
  const auto filed = filed_project(registry_, given.unit, given.year, given.project);
  // What was filed goes before what is typed.
  if (filed && filed->amount) {
    given.amount = filed->amount;
  } else if (given.amount) {
    const auto amount = given.amount->size() > longest_number ? std::nullopt : Decimal::parse(*given.amount);
    if (!amount || amount->is_negative()) return invalid_evaluation("金额应是不小于0的数（万元），最多20位。", "amount");
  }
  if (given.draw && !drew(registry_, *given.draw, given.year, given.unit, given.project))
    return invalid_evaluation("这次抽取没有抽中这个项目。", "draw");
  Evaluation made;
  made.id = registry::new_id();
  made.form = given.form;
  made.unit = given.unit;
  made.year = given.year;
  made.project = std::string(trim(given.project));
  made.reason = given.reason;
  made.draw = given.draw;
  made.amount = given.amount;
  made.sections.resize(evaluation_sections().size());
  made.made_at = registry_.now_text();
  const access::Post* post = post_of(made, who);
  made.made_by = person_of(who, post);
  std::string before;
  const std::string key = project_key(made.unit, made.project);
  auto change = registry_.begin(author_of(who, {}, post));
  if (!access::find_unit(change.connection(), registry_.tenant(), given.unit)) return invalid_evaluation("没有这个单位。", "unit");
  registry_.each_latest(change.connection(), evaluation_kind, [&](const registry::Record& record) {
    const Evaluation each = evaluation_of(record);
    const bool same = each.form == made.form && each.year == made.year && project_key(each.unit, each.project) == key;
    if (same && each.state != EvaluationState::voided) before = each.id;
  });
  if (!before.empty()) return Error{"evaluation-exists", "这个项目这一年的评价已经有了，请直接打开。", {before}};
  const policy::Pack& pack = pack_for({}, year_pack(change, given.year));
  made.pack = pack.id();
  made.criteria = made.form == EvaluationForm::key ? pack.evaluation->framework : pack.evaluation->ex_ante;
  auto stored = store(change, std::move(made), "plan", {});
  if (!stored) return std::move(stored).error();
  change.commit();
  return view_of(std::move(*stored), who);
}

std::optional<Error> Evaluations::assign(Evaluation& evaluation, const EvaluationDeed& deed) const {
  std::string unit_name;
  if (const auto unit = access::find_unit(*registry_.store().read(), registry_.tenant(), evaluation.unit)) unit_name = unit->name;
  std::vector<Assigned> assigned;
  for (const std::string& id : deed.evaluators) {
    const auto found = evaluators_.find(id);
    if (!found || !found->active) return invalid_evaluation("没有这位专家或这家机构，或者已经停用。", "evaluators");
    if (const std::string why = conflict_of(*found, evaluation.unit, unit_name, evaluation.project); !why.empty())
      return Error{"avoidance", why + "，应当回避，不能参加这个项目的评价。", {id}};
    const bool twice = std::any_of(assigned.begin(), assigned.end(), [&](const Assigned& each) { return each.evaluator == id; });
    if (!twice) assigned.push_back({id, found->name});
  }
  for (const ScoreSheet& each : evaluation.scores) {
    const bool kept = each.evaluator.empty() ||
                      std::any_of(assigned.begin(), assigned.end(), [&](const Assigned& one) { return one.evaluator == each.evaluator; });
    if (!kept) return evaluation_step_refused("“" + each.name + "”已经评分，不能从评价组里去掉。");
  }
  evaluation.evaluators = std::move(assigned);
  return std::nullopt;
}

std::optional<Error> Evaluations::score(Evaluation& evaluation, const EvaluationDeed& deed, const access::Principal& who) const {
  ScoreSheet sheet;
  sheet.by = person_of(who, post_of(evaluation, who));
  sheet.name = name_of(sheet.by);
  if (!deed.evaluator.empty()) {
    const auto found = std::find_if(evaluation.evaluators.begin(), evaluation.evaluators.end(),
                                    [&](const Assigned& each) { return each.evaluator == deed.evaluator; });
    if (found == evaluation.evaluators.end()) return invalid_evaluation("这位专家不在评价组里，请先安排。", "evaluator");
    sheet.evaluator = found->evaluator;
    sheet.name = found->name;
  }
  if (deed.points.size() != evaluation.criteria.size()) return invalid_evaluation("每条指标都要评分。", "points");
  Decimal total;
  for (std::size_t i = 0; i < deed.points.size(); ++i) {
    const policy::Criterion& asked = evaluation.criteria[i];
    const auto points = points_of(deed.points[i]);
    if (!points || *points > asked.points)
      return invalid_evaluation("“" + asked.level3 + "”的得分应在0到" + asked.points.plain() + "之间，最多两位小数。", "points");
    const std::string reason = i < deed.reasons.size() ? deed.reasons[i] : "";
    if (*points < asked.points && trim(reason).empty())
      return invalid_evaluation("“" + asked.level3 + "”没有得满分，请写明扣分理由。", "reasons");
    if (auto trouble = trouble_with_text(reason, longest_text / 10, "reasons")) return trouble;
    total += *points;
    sheet.points.push_back(points->plain());
    sheet.reasons.push_back(reason);
  }
  sheet.total = total.plain();
  sheet.at = registry_.now_text();
  const auto same = [&](const ScoreSheet& each) {
    if (!sheet.evaluator.empty()) return each.evaluator == sheet.evaluator;
    return each.evaluator.empty() && each.by.account == sheet.by.account && each.by.for_account == sheet.by.for_account;
  };
  std::erase_if(evaluation.scores, same);
  // One post is one opinion, whoever gave it.
  if (sheet.evaluator.empty()) {
    for (const ScoreSheet& each : evaluation.scores) {
      if (each.evaluator.empty() && is_same_post(each.by, sheet.by))
        return Error{"four-eyes", "这个岗位已经由“" + each.name + "”评过分，同一岗位不能评两次，要由另一个人评分。", {}};
    }
  }
  evaluation.scores.push_back(std::move(sheet));
  // What was said of the old spread says nothing of the new one.
  evaluation.spread_why.clear();
  evaluation.state = EvaluationState::scoring;
  return std::nullopt;
}

std::optional<Error> Evaluations::raise(registry::Change& change, Evaluation& evaluation, const EvaluationDeed& deed,
                                        const access::Principal& who) const {
  if (!deed.problem) return invalid_evaluation("请写明问题。", "problem");
  NewProblem problem = *deed.problem;
  problem.source = ProblemSource::evaluation;
  problem.reference.kind = std::string(evaluation_kind);
  problem.reference.id = evaluation.id;
  problem.reference.item = "problem-" + std::to_string(evaluation.problems.size() + 1);
  problem.reference.label =
      std::to_string(evaluation.year) + "年“" + evaluation.project + "”" + std::string(evaluation_form_name(evaluation.form));
  problem.unit = evaluation.unit;
  problem.year = evaluation.year;
  problem.raised_by = person_of(who, post_of(evaluation, who));
  const auto raised = problems_.raise(change, std::move(problem));
  if (!raised) return raised.error();
  evaluation.problems.push_back(raised->id);
  return std::nullopt;
}

std::optional<Error> Evaluations::carry_out(registry::Change& change, Evaluation& evaluation, const EvaluationDeed& deed,
                                            const access::Principal& who) const {
  const Person by = person_of(who, post_of(evaluation, who));
  const std::string at = registry_.now_text();
  switch (deed.action) {
    case criteria:
      return replace_criteria(evaluation, deed);
    case EvaluationAction::assign:
      return assign(evaluation, deed);
    case note:
      return add_note(evaluation, deed, by, at);
    case EvaluationAction::score:
      return score(evaluation, deed, who);
    case explain:
      if (trim(deed.text).empty()) return Error{"why-missing", "请说明分歧的原因和处理。", {"text"}};
      evaluation.spread_why = deed.text;
      return std::nullopt;
    case figures:
      evaluation.figures_at = at;
      return std::nullopt;
    case write:
      if (deed.section < 0 || static_cast<std::size_t>(deed.section) >= evaluation.sections.size())
        return invalid_evaluation("没有这一部分。", "section");
      evaluation.sections[static_cast<std::size_t>(deed.section)] = deed.text;
      return std::nullopt;
    case EvaluationAction::raise:
      return raise(change, evaluation, deed, who);
    case conclude:
      return conclude_it(evaluation, deed, by, at);
    case cancel:
      if (trim(deed.text).empty()) return Error{"why-missing", "请写明为什么取消。", {"text"}};
      evaluation.state = EvaluationState::voided;
      return std::nullopt;
  }
  return std::nullopt;
}

Result<EvaluationView> Evaluations::act(std::string_view id, int from_revision, const EvaluationDeed& deed,
                                        const access::Principal& who) const {
  auto found = current(id, who);
  if (!found) return std::move(found).error();
  if (auto refused = refusal(*found, deed.action, who)) return std::move(*refused);
  if (auto trouble = trouble_with_text(deed.text, longest_text, "text")) return std::move(*trouble);
  // Out of the ledgers, which takes its time: before anybody has to wait.
  std::vector<SourcedFigure> sourced;
  if (deed.action == figures) {
    auto made = figures_of(*found, who);
    if (!made) return std::move(made).error();
    sourced = std::move(*made);
  }
  auto change =
      registry_.begin(author_of(who, trim(deed.text).empty() || deed.text.size() > 2000 ? Text() : Text(deed.text), post_of(*found, who)));
  const auto latest = change.latest(evaluation_kind, id);
  if (!latest) return not_found();
  if (latest->revision != from_revision) return registry::stale_revision(*latest);
  Evaluation next = evaluation_of(*latest);
  if (auto refused = refusal(next, deed.action, who)) return std::move(*refused);
  if (deed.action == figures) next.figures = std::move(sourced);
  if (auto trouble = carry_out(change, next, deed, who)) return std::move(*trouble);
  auto stored = store(change, std::move(next), evaluation_action_code(deed.action), {});
  if (!stored) return std::move(stored).error();
  change.commit();
  return view_of(std::move(*stored), who);
}

Result<EvaluationView> Evaluations::bring(std::string_view id, int from_revision, std::string_view bytes, std::string name,
                                          const access::Principal& who) const {
  const auto found = current(id, who);
  if (!found) return found.error();
  if (auto refused = refusal(*found, note, who)) return std::move(*refused);
  if (trim(name).empty()) return invalid_evaluation("文件没有名称。", "name");
  if (auto trouble = trouble_with_text(name, longest_name, "name")) return std::move(*trouble);
  const access::Post* post = post_of(*found, who);
  // Once before the bytes are kept, once where nobody can change it any more.
  const auto next_of = [&](const std::optional<registry::Record>& latest) -> Result<Evaluation> {
    if (!latest) return not_found();
    if (latest->revision != from_revision) return registry::stale_revision(*latest);
    Evaluation next = evaluation_of(*latest);
    if (auto refused = refusal(next, note, who)) return std::move(*refused);
    if (next.evidence.size() >= most_evidence) return invalid_evaluation("材料太多了，一项评价最多300份。", "evidence");
    return next;
  };
  if (const auto before = next_of(registry_.latest(evaluation_kind, id)); !before) return before.error();
  const std::string sha256 = registry_.keep(bytes);
  auto change = registry_.begin(author_of(who, {}, post));
  auto made = next_of(change.latest(evaluation_kind, id));
  if (!made) return std::move(made).error();
  Evaluation next = std::move(*made);
  BroughtFile file;
  file.number = static_cast<int>(next.evidence.size()) + 1;
  file.name = std::move(name);
  file.sha256 = sha256;
  file.bytes = static_cast<std::int64_t>(bytes.size());
  file.at = registry_.now_text();
  file.by = person_of(who, post);
  next.evidence.push_back(std::move(file));
  auto stored = store(change, std::move(next), "bring-evidence", {sha256});
  if (!stored) return std::move(stored).error();
  change.commit();
  return view_of(std::move(*stored), who);
}

Result<Problems::File> Evaluations::file(std::string_view id, int number, const access::Principal& who) const {
  const auto found = current(id, who);
  if (!found) return found.error();
  // Working papers are the bureau's.
  if (!who.may(Permission::audit_performance, found->unit)) return not_found();
  const auto file =
      std::find_if(found->evidence.begin(), found->evidence.end(), [&](const BroughtFile& each) { return each.number == number; });
  if (file == found->evidence.end()) return Error{"not-found", "没有这份材料。", {}};
  auto bytes = registry_.attachment(file->sha256);
  if (!bytes) return std::move(bytes).error();
  return Problems::File{file->name, std::move(*bytes)};
}

std::vector<GradedProject> Evaluations::graded(int year) const {
  std::vector<GradedProject> found;
  auto reading = registry_.store().read();
  registry_.each_latest(*reading, evaluation_kind, [&](const registry::Record& record) {
    const Evaluation each = evaluation_of(record);
    if (each.form != EvaluationForm::key || each.state != EvaluationState::concluded || !each.result || each.year != year) return;
    GradedProject graded;
    graded.unit = each.unit;
    graded.project = each.project;
    graded.year = each.year;
    graded.amount = Decimal::parse(each.amount.value_or("0")).value_or(Decimal());
    graded.source = GradedProject::Source::evaluation;
    graded.record = each.id;
    graded.total = Decimal::parse(each.result->total).value_or(Decimal());
    graded.grade = each.result->grade;
    found.push_back(std::move(graded));
  });
  return found;
}

}  // namespace jiheng::desks
