#include "desks/rectification/problem_steps.h"

#include <algorithm>

#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Permission;
using enum ProblemAction;

constexpr ProblemAction in_order[] = {reply, ask_time, check, refuse, grant_time, deny_time, close, reopen, withdraw};

Permission permission_of(ProblemAction action) {
  switch (action) {
    case reply:
    case ask_time:
      return Permission::answer_problems;
    case check:
    case refuse:
      return Permission::check_problems;
    default:
      return Permission::close_problems;
  }
}

/// Whoever would close it may find the reply wanting, too.
bool may(const Problem& problem, ProblemAction action, const access::Principal& who) {
  return who.may(permission_of(action), problem.unit) || (action == refuse && who.may(Permission::close_problems, problem.unit));
}

bool is_waiting_for_the_unit(const Problem& problem) {
  return problem.state == ProblemState::open || problem.state == ProblemState::returned;
}

Error not_allowed(std::string message) {
  return {"action-not-allowed", std::move(message), {}};
}

Error not_now(const Problem& problem, ProblemAction action) {
  return {
      "action-not-allowed",
      "这个问题现在是“" + std::string(problem_state_name(problem.state)) + "”状态，不能" + std::string(problem_action_name(action)) + "。",
      {std::string(problem_state_code(problem.state))}};
}

std::optional<Error> time_refusal(const Problem& problem, const policy::Rectification& rules, std::string_view today) {
  if (problem.time_asked()) return not_allowed("已经申请过延期，财政部门还没有答复。");
  if (problem.extensions() >= rules.extension_times)
    return not_allowed(rules.extension_times == 0 ? "按现行政策口径，整改期限不能延长。"
                                                  : "按现行政策口径最多延期" + std::to_string(rules.extension_times) + "次，不能再延期。");
  if (today > problem.due) return not_allowed("整改期限" + problem.due + "已过，不能再申请延期，请尽快整改并回复。");
  return std::nullopt;
}

std::optional<Error> standing_refusal(const Problem& problem, ProblemAction action, const policy::Rectification& rules,
                                      std::string_view today) {
  switch (action) {
    case reply:
      return is_waiting_for_the_unit(problem) ? std::nullopt : std::optional(not_now(problem, action));
    case ask_time:
      return is_waiting_for_the_unit(problem) ? time_refusal(problem, rules, today) : not_now(problem, action);
    case check:
      if (problem.checked()) return not_allowed("这次回复已经核查过，请由另一人销号。");
      return problem.state == ProblemState::replied ? std::nullopt : std::optional(not_now(problem, action));
    case refuse:
      return problem.state == ProblemState::replied ? std::nullopt : std::optional(not_now(problem, action));
    case grant_time:
    case deny_time:
      return is_waiting_for_the_unit(problem) && problem.time_asked() ? std::nullopt : std::optional(not_allowed("单位没有在申请延期。"));
    case close:
      if (problem.state == ProblemState::replied && !problem.checked()) return not_allowed("这次回复还没有核查，核查通过后才能销号。");
      return problem.state == ProblemState::replied ? std::nullopt : std::optional(not_now(problem, action));
    case reopen:
      return problem.state == ProblemState::closed ? std::nullopt : std::optional(not_now(problem, action));
    case withdraw:
      return problem.state == ProblemState::closed || problem.state == ProblemState::voided ? std::optional(not_now(problem, action))
                                                                                            : std::nullopt;
  }
  return not_now(problem, action);
}

Error four_eyes(std::string message) {
  return {"four-eyes", std::move(message), {}};
}

std::optional<Error> second_person(const Problem& problem, ProblemAction action, std::string_view account) {
  const bool replied =
      std::any_of(problem.replies.begin(), problem.replies.end(), [&](const ProblemReply& each) { return is_of(each.by, account); });
  const bool raised = is_of(problem.raised_by, account);
  switch (action) {
    case check:
    case refuse:
      if (replied) return four_eyes("这个问题是您（或委托您的人）回复的，要由另一个人核查。");
      break;
    case close:
      if (replied) return four_eyes("这个问题是您（或委托您的人）回复的，要由另一个人销号。");
      if (raised) return four_eyes("这个问题是您（或委托您的人）提出的，要由另一个人销号。");
      if (problem.checked() && problem.reply()->checked_by && is_of(*problem.reply()->checked_by, account))
        return four_eyes("这次回复是您（或委托您的人）核查的，要由另一个人销号。");
      break;
    case withdraw:
      if (raised) return four_eyes("这个问题是您（或委托您的人）提出的，要由另一个人撤销。");
      break;
    case grant_time:
    case deny_time:
      if (is_of(problem.times.back().by, account)) return four_eyes("延期是您（或委托您的人）申请的，要由另一个人答复。");
      break;
    default:
      break;
  }
  return std::nullopt;
}

}  // namespace

const access::Post* problem_post(const Problem& problem, ProblemAction action, const access::Principal& who) {
  if (who.is_operator()) return nullptr;
  Permission permission = permission_of(action);
  if (action == refuse && !who.may(permission, problem.unit)) permission = Permission::close_problems;
  return who.stands_in(permission, problem.unit);
}

Person person_of(const access::Principal& who, const access::Post* post) {
  Person person{who.id(), who.name(), {}, {}};
  if (post != nullptr) {
    person.for_account = post->for_account;
    person.for_name = post->for_name;
  }
  return person;
}

std::optional<Error> problem_refusal(const Problem& problem, ProblemAction action, const access::Principal& who,
                                     const policy::Rectification& rules, std::string_view today) {
  if (!may(problem, action, who)) return forbidden();
  if (auto refused = standing_refusal(problem, action, rules, today)) return refused;
  // At the machine itself there is nobody to ask.
  if (who.is_operator()) return std::nullopt;
  if (auto refused = second_person(problem, action, who.id())) return refused;
  const access::Post* post = problem_post(problem, action, who);
  return post == nullptr ? std::nullopt : second_person(problem, action, post->for_account);
}

std::vector<ProblemAction> problem_actions(const Problem& problem, const access::Principal& who, const policy::Rectification& rules,
                                           std::string_view today) {
  std::vector<ProblemAction> allowed;
  for (const ProblemAction each : in_order) {
    if (!problem_refusal(problem, each, who, rules, today)) allowed.push_back(each);
  }
  return allowed;
}

std::optional<Error> evidence_refusal(const Problem& problem, const access::Principal& who) {
  const bool of_bureau = who.may(Permission::check_problems, problem.unit) || who.may(Permission::close_problems, problem.unit);
  const bool of_unit = who.may(Permission::answer_problems, problem.unit);
  if (!of_bureau && !of_unit) return forbidden();
  const bool done = problem.state == ProblemState::closed || problem.state == ProblemState::voided;
  if (done || (!of_bureau && !is_waiting_for_the_unit(problem)))
    return not_allowed("这个问题现在是“" + std::string(problem_state_name(problem.state)) + "”状态，不能再添加材料。");
  return std::nullopt;
}

}  // namespace jiheng::desks
