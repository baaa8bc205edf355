#include "desks/follow_up/due.h"

#include <cstdlib>

#include "desks/follow_up/standing.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view select_forms =
    "SELECT id, unit_id, unit_name, state FROM follow_ups WHERE tenant_id = ? AND kind = ? AND year = ? AND month = ? AND unit_id IS NOT "
    "NULL ORDER BY unit_name, id";
constexpr std::string_view select_alarms =
    "SELECT id, follow_up, year, unit_id, unit_name, project_name, what, state, due FROM alarms WHERE tenant_id = ? AND state <> 'void' "
    "AND unit_id IS NOT NULL ORDER BY due, id";

/// An alarm goes by FORM-TABLE-INDICATOR, the last counted from -2.
void set_place(AlarmDue& alarm) {
  const std::size_t last = alarm.id.rfind('-');
  const std::size_t before = last == std::string::npos ? last : alarm.id.rfind('-', last - 1);
  if (before == std::string::npos) return;
  alarm.table = std::atoi(alarm.id.c_str() + before + 1);
  alarm.indicator = std::atoi(alarm.id.c_str() + last + 1) - 2;
}

}  // namespace

std::string page_of_form(std::string_view id, int table, int indicator) {
  std::string page = "/follow-ups/" + std::string(id);
  if (table < 0) return page;
  page += "?table=" + std::to_string(table);
  return indicator < 0 ? page : page + "&indicator=" + std::to_string(indicator);
}

std::vector<FormDue> forms_due(registry::Registry& registry) {
  std::vector<FormDue> out;
  auto reading = registry.store().read();
  std::vector<Round> rounds;
  registry.each_latest(*reading, round_kind, [&](const registry::Record& record) { rounds.push_back(round_from(record)); });
  for (const Round& round : rounds) {
    const auto deadline = round_deadline(round);
    if (round.closed || !deadline) continue;
    reading->query(select_forms, {registry.tenant(), follow_up_code(round.kind), round.year, round.month}, [&](const store::Row& row) {
      FormDue form;
      form.id = row.string(0);
      form.kind = round.kind;
      form.year = round.year;
      form.month = round.month;
      form.unit = row.string(1);
      form.unit_name = row.string(2);
      form.state = follow_up_state_from_code(row.text(3)).value_or(FollowUpState::draft);
      form.due = deadline->due;
      form.provisional = deadline->provisional;
      out.push_back(std::move(form));
    });
  }
  return out;
}

std::vector<AlarmDue> alarms_due(registry::Registry& registry) {
  std::vector<AlarmDue> out;
  registry.store().read()->query(select_alarms, {registry.tenant()}, [&](const store::Row& row) {
    AlarmDue alarm;
    alarm.id = row.string(0);
    alarm.follow_up = row.string(1);
    alarm.year = row.small(2);
    alarm.unit = row.string(3);
    alarm.unit_name = row.string(4);
    alarm.about = row.optional_text(5).value_or("部门整体支出") + "，" + row.string(6);
    alarm.state = alarm_state_from_code(row.text(7)).value_or(AlarmState::open);
    alarm.due = row.string(8);
    set_place(alarm);
    out.push_back(std::move(alarm));
  });
  return out;
}

}  // namespace jiheng::desks
