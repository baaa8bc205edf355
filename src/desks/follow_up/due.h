// What is owed of monitoring and self-evaluation: forms of rounds that are not closed, red lights that want an answer. For whoever tells
// people of it (notices, the calendar).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/deadline.h"
#include "desks/follow_up/alarms.h"
#include "desks/follow_up/follow_ups.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// Its page in the browser; `table`, `indicator` -1: none in particular.
std::string page_of_form(std::string_view id, int table = -1, int indicator = -1);

/// A form that was laid before a unit.
struct FormDue {
  std::string id;
  FollowUpKind kind = FollowUpKind::monitoring;
  int year = 0;
  int month = 12;
  std::string unit;  ///< id
  std::string unit_name;
  FollowUpState state = FollowUpState::draft;
  Date due;
  bool provisional = false;

  /// Not filed: it lies with the unit, with its clerk or its head.
  bool owed() const { return state != FollowUpState::filed && state != FollowUpState::accepted; }
};
/// Of rounds that are not closed; not those of nobody's tables. By round, unit.
std::vector<FormDue> forms_due(registry::Registry& registry);

struct AlarmDue {
  std::string id;
  std::string follow_up;
  int table = 0;
  int indicator = -1;
  int year = 0;
  std::string unit;
  std::string unit_name;
  std::string about;  ///< the project, what of it is red
  AlarmState state = AlarmState::open;
  std::string due;  ///< ISO date
};
/// Those that are not withdrawn; by day.
std::vector<AlarmDue> alarms_due(registry::Registry& registry);

}  // namespace jiheng::desks
