// A submission begun on the page: empty forms, or those of the year before.
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/stored.h"
#include "desks/performance/years.h"

namespace jiheng::desks {
namespace {

/// What tables and notes name as their file where there is none.
constexpr std::string_view on_the_page = "网页填报";
constexpr int first_year = 2000;
constexpr int last_year = 2199;

GoalTable empty_table(TableKind kind, const Beginning& beginning, const std::string& unit_name) {
  GoalTable table;
  table.kind = kind;
  table.year = beginning.year;
  table.unit_name = unit_name;
  table.money_unit = "万元";
  return table;
}

std::vector<GoalTable> empty_tables(const Beginning& beginning, const std::string& unit_name) {
  std::vector<GoalTable> tables;
  if (beginning.overall) {
    tables.push_back(empty_table(TableKind::overall, beginning, unit_name));
    tables.back().budget = Budget{};
  }
  for (const std::string& name : beginning.projects) {
    if (trim(name).empty()) continue;
    tables.push_back(empty_table(TableKind::project, beginning, unit_name));
    tables.back().project_name = std::string(trim(name));
  }
  return tables;
}

/// Goals and targets of the year before; what was done then stays behind.
std::vector<GoalTable> carried_over(const Body& before, const Beginning& beginning, const std::string& unit_name) {
  std::vector<GoalTable> tables;
  for (const FiledTable& filed : before.tables) {
    if (filed.table.kind != TableKind::overall && filed.table.kind != TableKind::project) continue;
    GoalTable table = filed.table;
    table.year = beginning.year;
    table.title.reset();
    table.unit_name = unit_name;
    table.goal_result.reset();
    table.total_score.reset();
    table.execution.clear();
    for (Indicator& indicator : table.indicators) {
      indicator.actual.reset();
      indicator.score.reset();
      indicator.deviation.reset();
      indicator.forecast.reset();
      indicator.causes.clear();
      indicator.likelihood.reset();
      indicator.source = {};
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace

Result<Submission> Submissions::begin(const Beginning& beginning, const access::Principal& who) const {
  if (!who.may(access::Permission::file_submissions, beginning.unit)) return forbidden();
  if (beginning.year < first_year || beginning.year > last_year) return Error{"invalid-table", "年度不对。", {"year"}};
  const std::string& tenant = registry_.tenant();
  const access::Post* post = who.stands_in(access::Permission::file_submissions, beginning.unit);
  auto change = registry_.begin(author_of(who, {}, post));
  const auto unit = access::find_unit(change.connection(), tenant, beginning.unit);
  if (!unit || unit->kind != access::Unit::Kind::unit) return Error{"not-found", "没有这个单位。", {beginning.unit}};
  if (is_closed_year(change, beginning.year)) return closed_year(beginning.year);
  const auto submission_of_year = [&](int year) {
    return find_submission(change.connection(), tenant, unit->id, unit_key_of(unit->name, {}), year);
  };
  if (const std::string known = submission_of_year(beginning.year); !known.empty())
    return Error{"submission-exists", unit->name + std::to_string(beginning.year) + "年的绩效目标已经在填报，请直接打开。", {known}};
  Body body;
  std::vector<GoalTable> tables;
  if (beginning.from_last_year) {
    const std::string id = submission_of_year(beginning.year - 1);
    const auto before = id.empty() ? std::nullopt : change.latest(submission_kind, id);
    if (before) tables = carried_over(body_from_json(before->body), beginning, unit->name);
    if (tables.empty())
      return Error{"nothing-last-year", unit->name + std::to_string(beginning.year - 1) + "年没有绩效目标表，请从空白表开始。", {}};
  } else {
    tables = empty_tables(beginning, unit->name);
    if (tables.empty()) return Error{"invalid-table", "请至少选一张表：部门整体，或写明项目名称。", {"projects"}};
  }
  if (auto trouble = trouble_with(tables)) return std::move(*trouble);
  body.file = on_the_page;
  for (GoalTable& table : tables) body.tables.push_back({std::move(table), std::string(on_the_page), std::nullopt});
  body.unit = unit->id;
  add_filer(body.filing, who, post);
  auto record = change.put(
      {std::string(submission_kind), registry::new_id(), 0, std::string(state_code(State::draft)), "begin", body_json(body), {}});
  if (!record) return std::move(record).error();
  const Text pack = year_pack(change, beginning.year);
  Opened begun = opened(std::move(*record), std::move(body), pack);
  store_lists(change.connection(), tenant, begun);
  change.commit();
  return submission_of(std::move(begun), who);
}

}  // namespace jiheng::desks
