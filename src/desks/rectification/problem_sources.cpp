#include "desks/rectification/problem_sources.h"

#include <algorithm>

#include "access/day.h"
#include "base/decimal.h"
#include "desks/evaluation/evaluation.h"
#include "desks/follow_up/alarms.h"
#include "desks/follow_up/due.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/performance/lists.h"
#include "desks/performance/submissions.h"
#include "desks/rectification/problem_records.h"

namespace jiheng::desks {
namespace {

using access::Permission;

constexpr int on_money = -1;  ///< an alarm's, or a recheck's, place of the execution rate
constexpr std::size_t longest_id = 80;
constexpr std::size_t most_text = 80;  ///< bytes of a name within a label

Error unknown() {
  return {"source-unknown", "没有找到问题的来源，它可能已被撤销或者不在您的范围内。", {}};
}

Error settled(const char* why, std::string message) {
  return {"source-settled", std::move(message), {why}};
}

Error of_no_unit() {
  return settled("no-unit", "它还不是哪个单位的，请先指明单位，再提出问题。");
}

/// “道路养护”.
std::string quoted(const Text& project) {
  return project ? "“" + *project + "”" : "部门整体支出";
}

std::string year_text(int year) {
  return std::to_string(year) + "年";
}

std::string name_at(const GoalTable& table, std::optional<int> indicator) {
  if (!indicator || *indicator < 0 || static_cast<std::size_t>(*indicator) >= table.indicators.size()) return {};
  return table.indicators[static_cast<std::size_t>(*indicator)].level3;
}

std::string label_of(const std::string& what, const Text& project, const std::string& name) {
  std::string label = what + "：" + quoted(project);
  if (!name.empty() && name.size() <= most_text) label += "，" + name;
  return label;
}

struct Looking {
  registry::Registry& registry;
  const ledgers::Ledgers& ledgers;
  const ProblemReference& reference;
  const access::Principal& who;

  Result<FoundProblem> in_audit() const;
  Result<FoundProblem> in_monitoring() const;
  Result<FoundProblem> in_recheck() const;
  Result<FoundProblem> in_ledger() const;
};

Result<FoundProblem> Looking::in_audit() const {
  const auto submission = Submissions(registry).open(reference.id, who);
  if (!submission) return unknown();
  const auto& findings = submission->audit.findings;
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const auditing::Finding& each) {
    return each.rule == reference.item && !each.at.empty() && each.at.front().table == reference.table.value_or(0) &&
           each.at.front().indicator == reference.indicator;
  });
  if (found == findings.end()) return unknown();
  if (submission->filing.round == 0) return settled("not-filed", "这份表还没有报送，请等单位报送以后再提出问题。");
  if (!submission->summary.unit) return of_no_unit();
  const int place = found->at.front().table;
  if (place < 0 || static_cast<std::size_t>(place) >= submission->tables.size()) return unknown();
  const GoalTable& table = submission->tables[static_cast<std::size_t>(place)].table;
  FoundProblem out;
  NewProblem& problem = out.problem;
  problem.source = ProblemSource::audit;
  problem.unit = *submission->summary.unit;
  problem.year = submission->summary.year.value_or(table.year.value_or(0));
  const std::string name = name_at(table, reference.indicator);
  problem.reference = {std::string(submission_kind),
                       reference.id,
                       place,
                       reference.indicator,
                       std::string(found->rule),
                       label_of(year_text(problem.year) + "绩效目标审核", table.project_name, name)};
  problem.kind = "goal";
  problem.text = quoted(table.project_name) + (name.empty() ? "：" : "“" + name + "”：") + found->message;
  problem.basis = found->basis;
  problem.action = found->suggestion.value_or("");
  return out;
}

Result<FoundProblem> Looking::in_monitoring() const {
  Alarms alarms(registry);
  const auto alarm = alarms.open(reference.id, who);
  if (!alarm) return unknown();
  if (alarm->state == AlarmState::voided) return settled("void", "这个预警已经撤销，不能再从它提出问题。");
  if (alarm->unit.empty()) return of_no_unit();
  FoundProblem out;
  NewProblem& problem = out.problem;
  problem.source = ProblemSource::monitoring;
  problem.unit = alarm->unit;
  problem.year = alarm->year;
  const std::string round = year_text(alarm->year) + "1-" + std::to_string(alarm->month) + "月绩效运行监控";
  problem.reference = {std::string(alarm_kind), reference.id, {}, {}, {}, label_of(round, alarm->project_name, alarm->what)};
  problem.kind = alarm->indicator == on_money ? "execution" : "performance";
  problem.text = quoted(alarm->project_name) + "“" + alarm->what + "”红灯：" + alarm->why;
  return out;
}

Result<FoundProblem> Looking::in_recheck() const {
  const auto record = registry.latest(follow_up_kind, reference.id);
  if (!record) return unknown();
  const FollowUpBody body = follow_up_from_json(record->body);
  if (!who.may(Permission::see_submissions, body.unit)) return unknown();
  const int place = reference.table.value_or(0);
  const int indicator = reference.indicator.value_or(on_money);
  const auto found = std::find_if(body.rechecks.begin(), body.rechecks.end(),
                                  [&](const Recheck& each) { return each.table == place && each.indicator == indicator; });
  if (found == body.rechecks.end() || place < 0 || static_cast<std::size_t>(place) >= body.filed.size()) return unknown();
  if (Decimal::parse(found->score) == Decimal::parse(found->own_score))
    return settled("no-difference", "复核得分与自评得分一致，没有差异，不用提出问题。");
  if (body.unit.empty()) return of_no_unit();
  const GoalTable& table = body.filed[static_cast<std::size_t>(place)].table;
  const std::string name = indicator == on_money ? "预算执行率" : name_at(table, indicator);
  FoundProblem out;
  NewProblem& problem = out.problem;
  problem.source = ProblemSource::self_evaluation;
  problem.unit = body.unit;
  problem.year = body.year;
  problem.reference = {std::string(recheck_reference),
                       reference.id,
                       place,
                       indicator,
                       {},
                       label_of(year_text(body.year) + "度绩效自评抽查复核", table.project_name, name)};
  problem.kind = "self_evaluation";
  problem.text = quoted(table.project_name) + "“" + name + "”自评" + found->own_score + "分，复核" + found->score + "分：" + found->why;
  return out;
}

Result<FoundProblem> Looking::in_ledger() const {
  const ledgers::RecordType* type = ledgers.catalogue().type(ledger_finding_reference.substr(ledger_finding_reference.find('.') + 1));
  if (type == nullptr || !who.may(Permission::see_ledgers)) return unknown();
  const auto entries = ledgers.find(*type, reference.id);
  if (!entries) return unknown();
  const ledgers::Entry& entry = entries->rows.front();
  const auto text = [&](std::string_view field) { return ledger_text(*type, entry.values, field); };
  const std::string state = type->state.empty() ? "" : text(type->state);
  if (type->is_void(state)) return settled("void", "这条问题已经作废，不能再从它提出整改。");
  if (state == "closed") return settled("closed", "这条问题在台账里已经销号，不用再提出整改。");
  const auto units = units_named_in(ledgers, *type, entry.values);
  if (units.empty()) return of_no_unit();
  FoundProblem out;
  out.year_is_fixed = false;
  NewProblem& problem = out.problem;
  const std::string source = text("source");
  problem.source = source == "monitoring"   ? ProblemSource::monitoring
                   : source == "evaluation" ? ProblemSource::evaluation
                                            : ProblemSource::inspection;
  problem.unit = units.front();
  problem.year = Date::parse(access::local_day(registry.now())).value_or(Date()).year();
  const std::string number = type->key.empty() ? entry.id : text(type->key);
  problem.reference = {std::string(ledger_finding_reference), entry.id, {}, {}, {}, type->desk_label + "：" + number};
  problem.kind = "accounting";
  problem.text = text("problem");
  if (const std::string basis = text("basis"); !basis.empty()) problem.basis = basis;
  problem.action = text("requirement");
  if (const auto amount = Decimal::parse(text("amount")); amount && !amount->is_zero() && !amount->is_negative())
    problem.amount = Decimal::quotient(*amount, Decimal(10'000), 6).plain();
  return out;
}

/// The form that an alarm or a recheck was found in, and the place within it.
struct FormPlace {
  std::string form;
  int table = 0;
  int indicator = on_money;
};

std::optional<FormPlace> form_of(registry::Registry& registry, const ProblemReference& reference) {
  if (reference.kind == recheck_reference)
    return FormPlace{reference.id, reference.table.value_or(0), reference.indicator.value_or(on_money)};
  if (reference.kind != alarm_kind) return std::nullopt;
  const auto alarm = Alarms(registry).open(reference.id, access::Principal::operator_at_machine());
  return alarm ? std::optional(FormPlace{alarm->follow_up, alarm->table, alarm->indicator}) : std::nullopt;
}

}  // namespace

Result<FoundProblem> found_at(registry::Registry& registry, const ledgers::Ledgers& ledgers, const ProblemReference& reference,
                              const access::Principal& who) {
  const bool readable = !reference.id.empty() && reference.id.size() <= longest_id &&
                        std::all_of(reference.id.begin(), reference.id.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
  if (!readable) return unknown();
  const Looking looking{registry, ledgers, reference, who};
  if (reference.kind == submission_kind) return looking.in_audit();
  if (reference.kind == alarm_kind) return looking.in_monitoring();
  if (reference.kind == recheck_reference) return looking.in_recheck();
  if (reference.kind == ledger_finding_reference) return looking.in_ledger();
  return unknown();
}

std::string page_of(registry::Registry& registry, const Problem& problem, const access::Principal& who) {
  const ProblemReference& reference = problem.reference;
  if (reference.kind == ledger_finding_reference)
    return who.may(Permission::see_ledgers) ? "/ledgers/" + reference.kind.substr(reference.kind.find('.') + 1) + "/" + reference.id : "";
  if (!who.may(Permission::see_submissions, problem.unit)) return {};
  if (reference.kind == evaluation_kind) return "/evaluations/" + reference.id;
  if (reference.kind == submission_kind)
    return "/submissions/" + reference.id + "?table=" + std::to_string(reference.table.value_or(0)) +
           (reference.indicator ? "&indicator=" + std::to_string(*reference.indicator) : "") + "&rule=" + reference.item;
  const auto form = form_of(registry, reference);
  return form ? page_of_form(form->form, form->table, form->indicator) : "";
}

ProblemMatter matter_of(registry::Registry& registry, const Problem& problem) {
  const ProblemReference& reference = problem.reference;
  ProblemMatter matter;
  if (reference.kind == submission_kind) {
    matter.submission = reference.id;
    matter.table = reference.table;
  } else if (const auto form = form_of(registry, reference)) {
    matter.follow_up = form->form;
    matter.table = form->table;
    if (const auto record = registry.latest(follow_up_kind, form->form)) matter.submission = follow_up_from_json(record->body).submission;
  }
  return matter;
}

}  // namespace jiheng::desks
