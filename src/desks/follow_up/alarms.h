// 预警: a red light of a filed monitoring form wants an answer from its unit within the work days of the pack, and a check by the bureau.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/deadline.h"
#include "base/result.h"
#include "desks/follow_up/follow_up.h"
#include "policy/pack.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view alarm_kind = "alarm";

enum class AlarmState { open, answered, closed, voided };
std::string_view alarm_state_code(AlarmState state);  ///< "open" "answered" "closed" "void"
std::string_view alarm_state_name(AlarmState state);  ///< "待答复" …
std::optional<AlarmState> alarm_state_from_code(std::string_view code);

/// What the unit proposes to do.
enum class AlarmChoice { go_on, shift, cancel };
std::string_view alarm_choice_code(AlarmChoice choice);  ///< "continue" "shift" "cancel"
std::string_view alarm_choice_name(AlarmChoice choice);  ///< "继续实施" "调剂资金" "取消项目"
std::optional<AlarmChoice> alarm_choice_from_code(std::string_view code);

struct AlarmStep {
  std::string act;  ///< raise, answer, close, refuse, void
  std::string account;
  std::string name;
  std::string at;
  Text words;
  Text for_account = {};  ///< stood in for
};

struct Alarm {
  std::string id;
  int revision = 0;
  AlarmState state = AlarmState::open;
  std::string follow_up;
  int table = 0;
  int indicator = -1;  ///< -1: money; -2: goals and money apart
  int year = 0;
  int month = 12;
  std::string unit;
  std::string unit_name;
  Text project_name;
  std::string what;  ///< the indicator's name, 预算执行, 目标与执行
  std::string why;   ///< with the figures
  std::string raised_on;
  std::string due;
  int work_days = 0;
  std::optional<AlarmChoice> choice;
  Text answer;
  std::vector<AlarmStep> steps;
};

struct AlarmFilter {
  int year = 0;
  std::optional<AlarmState> state;
  std::string follow_up;  ///< only of this form
  bool overdue = false;
  int limit = 200;
  int offset = 0;
};

struct AlarmPage {
  int total = 0;
  int counts[4] = {};  ///< by AlarmState
  int overdue = 0;     ///< open, and the day is over
  std::vector<Alarm> items;
};

/// Thread-safe.
class Alarms {
 public:
  explicit Alarms(registry::Registry& registry) : registry_(registry) {}

  /// The most urgent in front.
  AlarmPage page(const AlarmFilter& filter, const access::Principal& who) const;
  /// Error: not-found.
  Result<Alarm> open(std::string_view id, const access::Principal& who) const;
  Result<Deadline> deadline(const Alarm& alarm) const;
  // Errors: not-found, forbidden, stale-revision, action-not-allowed, why-missing, invalid-entry, four-eyes.
  Result<Alarm> answer(std::string_view id, int from_revision, AlarmChoice choice, std::string words, const access::Principal& who);
  Result<Alarm> close(std::string_view id, int from_revision, Text words, const access::Principal& who);
  Result<Alarm> refuse(std::string_view id, int from_revision, std::string words, const access::Principal& who);

 private:
  Result<Alarm> step(std::string_view id, int from_revision, AlarmState next, std::string_view act, Text words,
                     std::optional<AlarmChoice> choice, const access::Principal& who);

  registry::Registry& registry_;
};

// Within the change that files a form, takes it back, or makes the lists anew.
std::optional<Error> raise_alarms(registry::Change& change, registry::Registry& registry, const registry::Record& form,
                                  const FollowUpBody& body, const policy::Pack& pack);
std::optional<Error> void_alarms(registry::Change& change, registry::Registry& registry, std::string_view follow_up);
void relist_alarms(registry::Change& change, registry::Registry& registry);

}  // namespace jiheng::desks
