#include "desks/performance/workflow.h"

#include <algorithm>
#include <array>

namespace jiheng::desks {
namespace {

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
constexpr std::array actions{ActionRow{Action::submit, "submit", "报送"}, ActionRow{Action::withdraw, "withdraw", "撤回"},
                             ActionRow{Action::send_back, "return", "退回修改"}, ActionRow{Action::approve, "approve", "审核通过"},
                             ActionRow{Action::remove, "delete", "删除"}};

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

std::vector<Action> allowed_actions(State state) {
  switch (state) {
    case State::draft:
    case State::returned:
      return {Action::submit, Action::remove};
    case State::submitted:
      return {Action::withdraw, Action::send_back, Action::approve};
    case State::approved:
      break;
  }
  return {};
}

bool is_allowed(State state, Action action) {
  const auto allowed = allowed_actions(state);
  return std::find(allowed.begin(), allowed.end(), action) != allowed.end();
}

bool is_editable(State state) {
  return state != State::approved;
}

State state_after(State state, Action action) {
  switch (action) {
    case Action::submit:
      return State::submitted;
    case Action::withdraw:
      return State::draft;
    case Action::send_back:
      return State::returned;
    case Action::approve:
      return State::approved;
    case Action::remove:
      break;
  }
  return state;
}

}  // namespace jiheng::desks
