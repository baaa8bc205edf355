#include "desks/performance/workflow.h"

#include <algorithm>

namespace jiheng::desks {

std::string_view state_code(State state) {
  switch (state) {
    case State::draft:
      return "draft";
    case State::submitted:
      return "submitted";
    case State::returned:
      return "returned";
    case State::approved:
      return "approved";
  }
  return "";
}

std::string_view state_name(State state) {
  switch (state) {
    case State::draft:
      return "暂存";
    case State::submitted:
      return "已报送";
    case State::returned:
      return "退回修改";
    case State::approved:
      return "审核通过";
  }
  return "";
}

std::optional<State> state_from_code(std::string_view code) {
  for (const State state : {State::draft, State::submitted, State::returned, State::approved}) {
    if (state_code(state) == code) return state;
  }
  return std::nullopt;
}

std::string_view action_code(Action action) {
  switch (action) {
    case Action::submit:
      return "submit";
    case Action::withdraw:
      return "withdraw";
    case Action::send_back:
      return "return";
    case Action::approve:
      return "approve";
    case Action::remove:
      return "delete";
  }
  return "";
}

std::optional<Action> action_from_code(std::string_view code) {
  for (const Action action : {Action::submit, Action::withdraw, Action::send_back, Action::approve, Action::remove}) {
    if (action_code(action) == code) return action;
  }
  return std::nullopt;
}

std::vector<Action> allowed_actions(State state) {
  switch (state) {
    case State::draft:
    case State::returned:
      return {Action::submit, Action::remove};
    case State::submitted:
      return {Action::approve, Action::send_back, Action::withdraw};
    case State::approved:
      return {Action::send_back};
  }
  return {};
}

bool is_allowed(State state, Action action) {
  const std::vector<Action> allowed = allowed_actions(state);
  return std::find(allowed.begin(), allowed.end(), action) != allowed.end();
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

bool may_edit(State state) {
  return state != State::approved;
}

}  // namespace jiheng::desks
