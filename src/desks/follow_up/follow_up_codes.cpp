#include <algorithm>
#include <array>

#include "desks/follow_up/follow_ups.h"

namespace jiheng::desks {
namespace {

constexpr std::array<std::string_view, 2> kind_codes{"monitoring", "self_evaluation"};
constexpr std::array<std::string_view, 2> kind_names{"绩效运行监控", "绩效自评"};
constexpr std::array<std::string_view, 5> state_codes{"draft", "submitted", "filed", "returned", "accepted"};
constexpr std::array<std::string_view, 5> state_names{"填写中", "待负责人签字", "已报送", "已退回", "已审核"};
constexpr std::array<std::string_view, 7> action_codes{"submit", "withdraw", "sign", "return", "accept", "renew", "reopen"};
constexpr std::array<std::string_view, 7> action_names{"提交签字", "撤回", "签字报送", "退回", "审核通过", "换用新批复的目标", "退回重报"};

template <std::size_t size>
std::optional<std::size_t> index_in(const std::array<std::string_view, size>& codes, std::string_view code) {
  const auto found = std::find(codes.begin(), codes.end(), code);
  return found == codes.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - codes.begin()));
}

}  // namespace

std::string_view follow_up_code(FollowUpKind kind) {
  return kind_codes[static_cast<std::size_t>(kind)];
}
std::string_view follow_up_name(FollowUpKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}
std::optional<FollowUpKind> follow_up_from_code(std::string_view code) {
  const auto found = index_in(kind_codes, code);
  return found ? std::optional(static_cast<FollowUpKind>(*found)) : std::nullopt;
}
std::string_view follow_up_state_code(FollowUpState state) {
  return state_codes[static_cast<std::size_t>(state)];
}
std::string_view follow_up_state_name(FollowUpState state) {
  return state_names[static_cast<std::size_t>(state)];
}
std::optional<FollowUpState> follow_up_state_from_code(std::string_view code) {
  const auto found = index_in(state_codes, code);
  return found ? std::optional(static_cast<FollowUpState>(*found)) : std::nullopt;
}
std::string_view follow_up_action_code(FollowUpAction action) {
  return action_codes[static_cast<std::size_t>(action)];
}
std::string_view follow_up_action_name(FollowUpAction action) {
  return action_names[static_cast<std::size_t>(action)];
}
std::optional<FollowUpAction> follow_up_action_from_code(std::string_view code) {
  const auto found = index_in(action_codes, code);
  return found ? std::optional(static_cast<FollowUpAction>(*found)) : std::nullopt;
}

}  // namespace jiheng::desks
