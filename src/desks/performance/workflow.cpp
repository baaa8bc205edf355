#include "desks/performance/workflow.h"

#include <algorithm>
#include <array>

#include "auditing/grading.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Permission;

struct StateRow {
  State state;
  std::string_view code;
  std::string_view name;
};
constexpr std::array states{StateRow{State::draft, "draft", "暂存"}, StateRow{State::submitted, "submitted", "已报送"},
                            StateRow{State::returned, "returned", "已退回"}, StateRow{State::approved, "approved", "审核通过"}};

struct ActionRow {
  Action action;
  std::string_view code;
  std::string_view name;
};
constexpr std::array actions{ActionRow{Action::submit, "submit", "报送"},        ActionRow{Action::withdraw, "withdraw", "撤回"},
                             ActionRow{Action::send_back, "return", "退回修改"}, ActionRow{Action::approve, "approve", "审核通过"},
                             ActionRow{Action::agree, "agree", "同意修改"},      ActionRow{Action::decline, "decline", "不同意修改"},
                             ActionRow{Action::adjust, "adjust", "调整"},        ActionRow{Action::give_up, "give-up", "放弃调整"},
                             ActionRow{Action::remove, "delete", "删除"}};

struct StepRow {
  Step step;
  std::string_view code;
  std::string_view name;
  Permission permission;
};
constexpr std::array steps{StepRow{Step::unit, "unit", "单位负责人审核", Permission::confirm_filing},
                           StepRow{Step::department, "department", "主管部门审核", Permission::audit_department},
                           StepRow{Step::section, "section", "业务股室审核", Permission::audit_section},
                           StepRow{Step::performance, "performance", "绩效股审核", Permission::audit_performance},
                           StepRow{Step::leader, "leader", "分管领导批复", Permission::approve_filing}};

const StepRow& row_of(Step step) {
  return *std::find_if(steps.begin(), steps.end(), [&](const StepRow& row) { return row.step == step; });
}

std::string_view unit_of(const Standing& standing) {
  return standing.unit ? std::string_view(*standing.unit) : std::string_view();
}

Error not_now(State state, std::string_view what) {
  return {"action-not-allowed",
          "这份绩效目标现在是“" + std::string(state_name(state)) + "”状态，不能" + std::string(what) + "。",
          {std::string(state_code(state))}};
}

Error four_eyes(std::string message) {
  return {"four-eyes", std::move(message), {}};
}

bool is_among(const std::vector<std::string>& accounts, std::string_view account) {
  return std::find(accounts.begin(), accounts.end(), account) != accounts.end();
}

/// Whether the standing lets anybody do it.
bool standing_allows(const Standing& standing, Action action) {
  const State state = standing.state;
  switch (action) {
    case Action::submit:
    case Action::remove:
      return state == State::draft || state == State::returned;
    case Action::withdraw:
    case Action::send_back:
    case Action::approve:
      return state == State::submitted;
    case Action::agree:
    case Action::decline:
      return state == State::submitted && standing.filing.review.proposal;
    case Action::adjust:
      return state == State::approved;
    case Action::give_up:
      return standing.filing.adjusts && (state == State::draft || state == State::returned);
  }
  return false;
}

/// Where the unit's head signs, it is his consent that is asked.
Permission permission_to_answer(const Filing& filing) {
  const bool head_signs = !filing.steps.empty() && filing.steps.front() == Step::unit;
  return head_signs ? Permission::confirm_filing : Permission::file_submissions;
}

Permission permission_of(Action action, const Filing& filing) {
  if (action == Action::agree || action == Action::decline) return permission_to_answer(filing);
  if (action != Action::approve && action != Action::send_back) return Permission::file_submissions;
  const auto waiting = filing.waiting();
  return waiting ? permission_of(*waiting) : Permission::audit_performance;
}

/// Neither he nor whom he stands in for may have filed it, or signed it before.
std::optional<Error> second_person(const Standing& standing, Action action, const access::Principal& who, const FilingRules& rules) {
  const access::Post* post = post_for(standing, action, who);
  for (const std::string& account : {who.id(), post == nullptr ? std::string() : post->for_account}) {
    if (account.empty()) continue;
    if (is_among(standing.filing.filers, account)) return four_eyes("这份绩效目标是您（或委托您的人）填报的，要由另一个人审核。");
    if (action == Action::agree && standing.filing.review.proposal->account == account)
      return four_eyes("这是您（或委托您的人）提出的修改，要由单位的另一个人答复。");
    if (!rules.distinct_signers || action == Action::agree) continue;
    for (const Signature& signature : standing.filing.signatures) {
      if (signature.account == account || signature.for_account == account)
        return four_eyes("您已审核过前面的环节，这一环节要由另一个人审核。");
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view state_code(State state) {
  return std::find_if(states.begin(), states.end(), [&](const StateRow& row) { return row.state == state; })->code;
}

std::string_view state_name(State state) {
  return std::find_if(states.begin(), states.end(), [&](const StateRow& row) { return row.state == state; })->name;
}

std::optional<State> state_from_code(std::string_view code) {
  const auto* found = std::find_if(states.begin(), states.end(), [&](const StateRow& row) { return row.code == code; });
  return found == states.end() ? std::nullopt : std::optional(found->state);
}

std::string_view action_code(Action action) {
  return std::find_if(actions.begin(), actions.end(), [&](const ActionRow& row) { return row.action == action; })->code;
}

std::string_view action_name(Action action) {
  return std::find_if(actions.begin(), actions.end(), [&](const ActionRow& row) { return row.action == action; })->name;
}

std::optional<Action> action_from_code(std::string_view code) {
  const auto* found = std::find_if(actions.begin(), actions.end(), [&](const ActionRow& row) { return row.code == code; });
  return found == actions.end() ? std::nullopt : std::optional(found->action);
}

std::string_view step_code(Step step) {
  return row_of(step).code;
}

std::string_view step_name(Step step) {
  return row_of(step).name;
}

std::optional<Step> step_from_code(std::string_view code) {
  const auto* found = std::find_if(steps.begin(), steps.end(), [&](const StepRow& row) { return row.code == code; });
  return found == steps.end() ? std::nullopt : std::optional(found->step);
}

access::Permission permission_of(Step step) {
  return row_of(step).permission;
}

std::optional<Step> Filing::waiting() const {
  return signatures.size() < steps.size() ? std::optional(steps[signatures.size()]) : std::nullopt;
}

const access::Post* post_for(const Standing& standing, Action action, const access::Principal& who) {
  return who.stands_in(permission_of(action, standing.filing), unit_of(standing));
}

std::optional<Error> refusal(const Standing& standing, Action action, const access::Principal& who, const FilingRules& rules) {
  if (!standing_allows(standing, action)) return not_now(standing.state, action_name(action));
  if (!who.may(permission_of(action, standing.filing), unit_of(standing))) return forbidden();
  // What was approved stays on record; only what never was may go.
  if (action == Action::remove && standing.filing.adjusts)
    return Error{"action-not-allowed",
                 "这是已批复内容的调整，不能删除；不再调整请点“放弃调整”，恢复已批复的内容。",
                 {std::string(state_code(standing.state))}};
  if (who.is_operator()) return std::nullopt;
  if (action == Action::withdraw && !standing.filing.signatures.empty())
    return Error{"action-not-allowed", "已有人审核过，不能再撤回；要改请审核人退回。", {std::string(state_code(standing.state))}};
  if (action == Action::approve || action == Action::agree) return second_person(standing, action, who, rules);
  return std::nullopt;
}

std::optional<Error> review_refusal(const Standing& standing, const access::Principal& who, const FilingRules& rules) {
  if (standing.state != State::submitted) return not_now(standing.state, "审核");
  const auto step = standing.filing.waiting();
  if (!step || *step == Step::unit) return Error{"action-not-allowed", "现在由单位负责人审核，还没有到财政部门审核的环节。", {}};
  return refusal(standing, Action::approve, who, rules);
}

std::optional<Error> content_refusal(const Standing& standing, const Judged& judged, const FilingRules& rules) {
  const auto step = standing.filing.waiting();
  if (!step || *step == Step::unit) return std::nullopt;
  if (standing.filing.review.proposal)
    return Error{"proposal-open", "审核人提出的修改还没有得到单位答复，请等单位同意或不同意之后再审核。", {}};
  if (*step == Step::department) return std::nullopt;
  if (rules.errors_stop && judged.errors > 0)
    return Error{"errors-open",
                 "还有" + std::to_string(judged.errors) + "处错误既没有改正也没有豁免，不能审核通过。请退回修改，或逐条写明理由予以豁免。",
                 {std::to_string(judged.errors)}};
  for (const auditing::TableGrade& each : judged.grades) {
    if (std::find(rules.passing.begin(), rules.passing.end(), each.grade) != rules.passing.end()) continue;
    const std::string name(auditing::grade_name(each.grade));
    return Error{"grade-stops",
                 "第" + std::to_string(each.table + 1) + "张表的综合评定是“" + name +
                     "”，按规定不能进入下一环节。请退回修改；认为评定不当的，请改分并写明理由。",
                 {std::to_string(each.table), name}};
  }
  return std::nullopt;
}

std::vector<Action> allowed_actions(const Standing& standing, const access::Principal& who, const FilingRules& rules) {
  std::vector<Action> allowed;
  for (const ActionRow& row : actions) {
    // At the machine itself there is nobody to ask: what was approved stays.
    if (row.action == Action::adjust && who.is_operator()) continue;
    if (!refusal(standing, row.action, who, rules)) allowed.push_back(row.action);
  }
  return allowed;
}

std::optional<Error> edit_refusal(const Standing& standing, const access::Principal& who, std::string_view what) {
  if (standing.state == State::approved) return not_now(standing.state, what);
  if (!who.may(Permission::file_submissions, unit_of(standing))) return forbidden();
  if (standing.state == State::submitted && !who.is_operator()) return not_now(standing.state, what);
  return std::nullopt;
}

FilingRules filing_rules(const policy::Pack& pack) {
  FilingRules rules;
  for (const std::string& code : pack.filing.steps) {
    if (const auto step = step_from_code(code)) rules.steps.push_back(*step);
  }
  rules.distinct_signers = pack.filing.distinct_signers;
  rules.errors_stop = pack.filing.errors_stop;
  for (const std::string& name : pack.filing.passing_grades) rules.passing.push_back(auditing::grade_from_name(name));
  for (const std::string& name : pack.filing.editable_grades) rules.editable.push_back(auditing::grade_from_name(name));
  return rules;
}

std::vector<Step> steps_for(const std::optional<access::Unit>& unit, const access::Principal& who, const FilingRules& rules) {
  std::vector<Step> found;
  if (who.is_operator()) return found;
  const bool by_the_bureau = who.reach(Permission::file_submissions).all;
  for (const Step step : rules.steps) {
    if (by_the_bureau && (step == Step::unit || step == Step::department)) continue;
    if (step == Step::department && !(unit && unit->parent)) continue;
    if (step == Step::section && !(unit && unit->section)) continue;
    found.push_back(step);
  }
  return found;
}

State moved(State state, Filing& filing, Action action) {
  switch (action) {
    case Action::submit:
      ++filing.round;
      return State::submitted;
    case Action::withdraw:
      filing.steps.clear();
      filing.signatures.clear();
      return State::draft;
    case Action::send_back:
      filing.steps.clear();
      filing.signatures.clear();
      return State::returned;
    case Action::approve:
      return filing.waiting() ? State::submitted : State::approved;
    case Action::adjust:
      filing.steps.clear();
      filing.signatures.clear();
      return State::draft;
    case Action::agree:
    case Action::decline:
      return State::submitted;
    case Action::give_up:
      return State::approved;
    case Action::remove:
      break;
  }
  return state;
}

}  // namespace jiheng::desks
