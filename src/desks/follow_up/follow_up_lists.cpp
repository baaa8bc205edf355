#include "desks/follow_up/follow_up_lists.h"

#include <algorithm>
#include <map>

#include "base/json_writer.h"
#include "desks/follow_up/money.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view insert_form =
    "INSERT INTO follow_ups (tenant_id, id, kind, year, month, submission, unit_id, unit_name, state, revision, remarks, drawn, rechecked, "
    "updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view insert_table =
    "INSERT INTO follow_up_tables (tenant_id, id, table_no, project_name, budget, executed, rate, light, execution_light, total, grade, "
    "rechecked_total, rechecked_grade, cells) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view select_forms =
    "SELECT id, submission, unit_id, unit_name, state, revision, remarks, drawn, rechecked, updated_at, updated_by FROM follow_ups "
    "WHERE tenant_id = ? AND kind = ? AND year = ? AND month = ? ORDER BY unit_name, id";
constexpr std::string_view select_tables =
    "SELECT t.id, t.table_no, t.project_name, t.budget, t.executed, t.rate, t.light, t.execution_light, t.total, t.grade, "
    "t.rechecked_total, t.rechecked_grade, t.cells FROM follow_ups f JOIN follow_up_tables t ON t.tenant_id = f.tenant_id AND t.id = f.id "
    "WHERE f.tenant_id = ? AND f.kind = ? AND f.year = ? AND f.month = ? ORDER BY t.id, t.table_no";

Text amount_of(const Text& printed, const Text& money_unit) {
  const auto amount = in_wan(printed, money_unit);
  return amount ? Text(amount->plain()) : Text();
}

std::string cells_of(const FilledTable& filled) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (std::size_t i = 0; i < filled.facts.size(); ++i) {
    const scoring::Progress& progress = filled.facts[i].progress;
    out.begin_array().string(filled.table.indicators[i].level3).string(scoring::light_code(progress.light));
    progress.percent ? out.string(progress.percent->plain()) : out.null();
    out.string(source_code(filled.facts[i].origin.source)).end_array();
  }
  out.end_array();
  return text;
}

}  // namespace

FollowUpSummary summary_of(const registry::Record& record, const FollowUpBody& body, const std::vector<FilledTable>& tables,
                           const policy::Pack& pack) {
  FollowUpSummary out;
  out.id = record.id;
  out.kind = body.kind;
  out.year = body.year;
  out.month = body.month;
  out.submission = body.submission;
  out.unit = body.unit.empty() ? Text() : Text(body.unit);
  out.unit_name = body.unit_name;
  out.state = follow_up_state_from_code(record.state).value_or(FollowUpState::draft);
  out.revision = record.revision;
  out.drawn = body.drawn;
  out.rechecked = static_cast<int>(body.rechecks.size());
  out.updated_at = record.at;
  out.updated_by = record.by;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const FilledTable& filled = tables[t];
    out.remarks +=
        static_cast<int>(std::count_if(filled.remarks.begin(), filled.remarks.end(), [](const Remark& each) { return each.stops; }));
    TableSummary table;
    table.table = static_cast<int>(t);
    table.project_name = filled.table.project_name;
    const Execution& money = filled.table.execution.front();
    table.budget = amount_of(money.budget, filled.table.money_unit);
    table.executed = amount_of(money.executed, filled.table.money_unit);
    table.rate = money.rate;
    table.light = filled.light;
    table.execution_light = filled.execution.light;
    table.total = filled.table.total_score;
    table.grade = filled.grade;
    if (const auto total = rechecked_total(filled, table.table, body.rechecks, pack)) {
      table.rechecked_total = total->total;
      table.rechecked_grade = total->grade;
    }
    table.cells = cells_of(filled);
    out.tables.push_back(std::move(table));
  }
  return out;
}

void remove_summary(store::Connection& connection, const std::string& tenant, std::string_view id) {
  connection.run("DELETE FROM follow_up_tables WHERE tenant_id = ? AND id = ?", {tenant, id});
  connection.run("DELETE FROM follow_ups WHERE tenant_id = ? AND id = ?", {tenant, id});
}

void store_summary(store::Connection& connection, const std::string& tenant, const FollowUpSummary& s) {
  remove_summary(connection, tenant, s.id);
  connection.run(insert_form,
                 {tenant, s.id, follow_up_code(s.kind), s.year, s.month, s.submission, s.unit, s.unit_name, follow_up_state_code(s.state),
                  s.revision, s.remarks, s.drawn ? 1 : 0, s.rechecked, s.updated_at, s.updated_by});
  for (const TableSummary& t : s.tables)
    connection.run(insert_table, {tenant, s.id, t.table, t.project_name, t.budget, t.executed, t.rate, scoring::light_code(t.light),
                                  scoring::light_code(t.execution_light), t.total, t.grade, t.rechecked_total, t.rechecked_grade, t.cells});
}

std::vector<FollowUpSummary> summaries_of(store::Connection& connection, const std::string& tenant, FollowUpKind kind, int year,
                                          int month) {
  std::vector<FollowUpSummary> out;
  std::map<std::string, std::size_t, std::less<>> places;
  connection.query(select_forms, {tenant, follow_up_code(kind), year, month}, [&](const store::Row& row) {
    FollowUpSummary each;
    each.id = row.string(0);
    each.kind = kind;
    each.year = year;
    each.month = month;
    each.submission = row.string(1);
    each.unit = row.optional_text(2);
    each.unit_name = row.string(3);
    each.state = follow_up_state_from_code(row.text(4)).value_or(FollowUpState::draft);
    each.revision = row.small(5);
    each.remarks = row.small(6);
    each.drawn = row.small(7) != 0;
    each.rechecked = row.small(8);
    each.updated_at = row.string(9);
    each.updated_by = row.string(10);
    places.emplace(each.id, out.size());
    out.push_back(std::move(each));
  });
  connection.query(select_tables, {tenant, follow_up_code(kind), year, month}, [&](const store::Row& row) {
    const auto found = places.find(row.text(0));
    if (found == places.end()) return;
    TableSummary each;
    each.table = row.small(1);
    each.project_name = row.optional_text(2);
    each.budget = row.optional_text(3);
    each.executed = row.optional_text(4);
    each.rate = row.optional_text(5);
    each.light = scoring::light_from_code(row.text(6)).value_or(scoring::Light::none);
    each.execution_light = scoring::light_from_code(row.text(7)).value_or(scoring::Light::none);
    each.total = row.optional_text(8);
    each.grade = row.optional_text(9);
    each.rechecked_total = row.optional_text(10);
    each.rechecked_grade = row.optional_text(11);
    each.cells = row.string(12);
    out[found->second].tables.push_back(std::move(each));
  });
  return out;
}

std::string form_of_submission(store::Connection& connection, const std::string& tenant, FollowUpKind kind, int year, int month,
                               std::string_view submission) {
  std::string id;
  connection.query("SELECT id FROM follow_ups WHERE tenant_id = ? AND kind = ? AND year = ? AND month = ? AND submission = ?",
                   {tenant, follow_up_code(kind), year, month, submission}, [&](const store::Row& row) { id = row.string(0); });
  return id;
}

}  // namespace jiheng::desks
