#include "desks/follow_up/follow_up_steps.h"

#include <algorithm>

#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Permission;

bool holds(const std::vector<std::string>& accounts, const std::string& account) {
  return std::find(accounts.begin(), accounts.end(), account) != accounts.end();
}

bool may_check(const FollowUpBody& body, const access::Principal& who) {
  return who.may(Permission::audit_performance, body.unit) || who.may(Permission::audit_section, body.unit);
}

/// Undoing what was accepted is the head's of the performance section, as undoing a closing is.
bool may_reopen(const FollowUpBody& body, const access::Principal& who) {
  return who.may(Permission::audit_performance, body.unit) && who.may(Permission::close_problems, body.unit);
}

bool accepted_it(const FollowUpBody& body, const access::Principal& who) {
  const FollowUpSignature* acceptance = acceptance_of(body);
  if (acceptance == nullptr) return false;
  const auto accounts = accounts_behind(who, Permission::close_problems, body.unit);
  return std::any_of(accounts.begin(), accounts.end(),
                     [&](const std::string& each) { return acceptance->account == each || acceptance->for_account == each; });
}

}  // namespace

bool is_open(FollowUpState state) {
  return state == FollowUpState::draft || state == FollowUpState::returned;
}

bool may_file(const FollowUpBody& body, const access::Principal& who) {
  return who.may(Permission::file_submissions, body.unit);
}

Permission permission_of(FollowUpAction action, FollowUpState state) {
  switch (action) {
    case FollowUpAction::sign:
      return Permission::confirm_filing;
    case FollowUpAction::accept:
      return Permission::audit_performance;
    case FollowUpAction::send_back:
      return state == FollowUpState::submitted ? Permission::confirm_filing : Permission::audit_performance;
    case FollowUpAction::reopen:
      return Permission::close_problems;
    default:
      return Permission::file_submissions;
  }
}

std::optional<Error> refusal(const FollowUpBody& body, FollowUpState state, FollowUpAction action, const access::Principal& who) {
  switch (action) {
    case FollowUpAction::submit:
    case FollowUpAction::renew:
      if (!may_file(body, who)) return forbidden();
      if (!is_open(state)) return not_allowed(state, follow_up_action_name(action));
      return std::nullopt;
    case FollowUpAction::withdraw:
      if (!may_file(body, who)) return forbidden();
      if (state != FollowUpState::submitted) return not_allowed(state, "撤回");
      return std::nullopt;
    case FollowUpAction::sign:
      if (!who.may(Permission::confirm_filing, body.unit)) return forbidden();
      if (state != FollowUpState::submitted) return not_allowed(state, "签字");
      if (had_a_hand(body, who, Permission::confirm_filing, false)) return four_eyes();
      return std::nullopt;
    case FollowUpAction::send_back:
      if (state == FollowUpState::submitted && who.may(Permission::confirm_filing, body.unit)) return std::nullopt;
      if (!may_check(body, who)) return forbidden();
      if (state != FollowUpState::filed) return not_allowed(state, "退回");
      return std::nullopt;
    case FollowUpAction::accept:
      if (!may_check(body, who)) return forbidden();
      if (state != FollowUpState::filed) return not_allowed(state, "审核");
      if (had_a_hand(body, who, Permission::audit_performance, true)) return four_eyes();
      return std::nullopt;
    case FollowUpAction::reopen:
      if (!may_reopen(body, who)) return forbidden();
      if (state != FollowUpState::accepted) return not_allowed(state, "退回重报");
      if (had_a_hand(body, who, Permission::close_problems, true)) return four_eyes();
      if (accepted_it(body, who)) return Error{"four-eyes", "这份表是您（或委托您的人）审核通过的，退回重报要由另一个人来办。", {}};
      return std::nullopt;
  }
  return forbidden();
}

std::vector<FollowUpAction> allowed(const FollowUpBody& body, FollowUpState state, bool newer, const access::Principal& who) {
  std::vector<FollowUpAction> out;
  if (who.is_read_only()) return out;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(FollowUpAction::reopen); ++i) {
    const auto action = static_cast<FollowUpAction>(i);
    if (action == FollowUpAction::renew && !newer) continue;
    if (!refusal(body, state, action, who)) out.push_back(action);
  }
  return out;
}

Error not_allowed(FollowUpState state, std::string_view what) {
  return {"action-not-allowed", "这份表" + std::string(follow_up_state_name(state)) + "，现在不能" + std::string(what) + "。", {}};
}

void add_hand(FollowUpBody& body, const access::Principal& who) {
  for (const std::string& account : accounts_behind(who, Permission::file_submissions, body.unit)) {
    if (!holds(body.filers, account)) body.filers.push_back(account);
  }
}

Error four_eyes() {
  return {"four-eyes", "您（或委托您的人）参与过填写或已经签过字，这一步要由别人来办。", {}};
}

std::vector<std::string> accounts_behind(const access::Principal& who, Permission permission, std::string_view unit) {
  if (who.is_operator()) return {};
  std::vector<std::string> accounts{who.id()};
  if (const access::Post* post = who.stands_in(permission, unit)) accounts.push_back(post->for_account);
  return accounts;
}

bool had_a_hand(const FollowUpBody& body, const access::Principal& who, Permission permission, bool signed_too) {
  for (const std::string& account : accounts_behind(who, permission, body.unit)) {
    if (holds(body.filers, account)) return true;
    const auto is_his = [&](const FollowUpSignature& each) {
      return each.act == "sign" && (each.account == account || each.for_account == account);
    };
    if (signed_too && std::any_of(body.signatures.begin(), body.signatures.end(), is_his)) return true;
  }
  return false;
}

const FollowUpSignature* acceptance_of(const FollowUpBody& body) {
  const auto found =
      std::find_if(body.signatures.rbegin(), body.signatures.rend(), [](const FollowUpSignature& each) { return each.act == "accept"; });
  return found == body.signatures.rend() ? nullptr : &*found;
}

}  // namespace jiheng::desks
