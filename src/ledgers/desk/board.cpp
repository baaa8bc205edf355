#include "ledgers/desk/board.h"

#include <algorithm>

#include "ledgers/schema.h"
#include "ledgers/table_text.h"

namespace jiheng::ledgers {
namespace {

constexpr std::string_view open_view = "open";

std::string standing_of(const RecordType& type, std::vector<Value>& values, const std::string& tenant) {
  std::string sql = " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL";
  values.emplace_back(tenant);
  for (const std::string& state : type.void_states) {
    sql += " AND (" + column_of(*type.field(type.state)) + " IS NULL OR " + column_of(*type.field(type.state)) + " <> ?)";
    values.emplace_back(state);
  }
  return sql;
}

std::string open_condition(const RecordType& type) {
  for (const View& view : type.views) {
    if (view.name != open_view || !view.where) continue;
    return " AND " + view.where->sql([&](std::string_view field) { return column_of(*type.field(field)); },
                                     [](std::string_view) { return std::string("NULL"); });
  }
  return {};
}

/// The records whose limits may be running: begun and not ended. Days that lie far ahead are not asked for.
Entries running(const Ledgers& ledgers, const RecordType& type, Date today) {
  Entries out;
  if (type.limits.empty()) return out;
  std::vector<Value> values;
  std::string sql =
      "SELECT " + select_columns(type) + standing_of(type, values, ledgers.registry().tenant()) + open_condition(type) + " AND (";
  for (std::size_t i = 0; i < type.limits.size(); ++i) {
    const Limit& limit = type.limits[i];
    sql += (i > 0 ? " OR (" : "(") + column_of(*type.field(limit.until)) + " IS NULL AND ";
    if (limit.due.empty()) {
      sql += column_of(*type.field(limit.from)) + " IS NOT NULL)";
    } else {
      sql += column_of(*type.field(limit.due)) + " <= ?)";
      values.emplace_back(std::int64_t{(today + limit.near).days()});
    }
  }
  ledgers.registry().store().read()->query_all(sql + ") ORDER BY id", values,
                                               [&](const store::Row& row) { out.rows.push_back(entry_of(type, row, out.pool)); });
  return out;
}

void count(Tally& tally, const Due& due) {
  if (due.state == Due::State::overdue) ++tally.overdue;
  if (due.state == Due::State::paused) ++tally.paused;
  if (due.state == Due::State::running) ++tally.running;
  if (due.near) ++tally.near;
}

/// Sorts by the moment where one is known, else by the day's end.
std::int64_t moment_of(const Due& due) {
  return due.due_at ? *due.due_at : start_of_day_ms(due.due_on + 1);
}

void add_titles(const Ledgers& ledgers, const RecordType& type, const Entries& entries, std::vector<std::pair<std::size_t, Due>>& pressing,
                std::vector<BoardLine>& lines) {
  if (pressing.empty()) return;
  ReferenceTexts references(ledgers, type);
  std::vector<std::span<const Value>> rows;
  for (const auto& [at, due] : pressing) rows.emplace_back(entries.rows[at].values);
  references.learn(*ledgers.registry().store().read(), rows);
  const auto title = static_cast<std::size_t>(type.index_of(type.title));
  for (auto& [at, due] : pressing) {
    const Entry& entry = entries.rows[at];
    const std::string text = references.text(type.fields[title], entry.values[title], Wording::labels);
    lines.push_back({&type, entry.id, text.empty() ? entry.id : text, std::move(due)});
  }
}

void add_states(const Ledgers& ledgers, Work& work) {
  const RecordType& type = *work.type;
  const Field& state = *type.field(type.state);
  std::vector<Value> values;
  const std::string standing = standing_of(type, values, ledgers.registry().tenant());
  auto reading = ledgers.registry().store().read();
  std::map<std::string, std::int64_t> counted;
  reading->query_all("SELECT " + column_of(state) + ", COUNT(*)" + standing + " GROUP BY " + column_of(state), values,
                     [&](const store::Row& row) {
                       if (!row.is_null(0)) counted[row.string(0)] = row.integer(1);
                     });
  for (const Choice& each : state.choices) {
    if (const auto found = counted.find(each.code); found != counted.end()) work.states.push_back({each.code, each.label, found->second});
  }
  reading->query_all("SELECT COUNT(*)" + standing + open_condition(type), values,
                     [&](const store::Row& row) { work.open = row.integer(0); });
}

}  // namespace

Board board_of(const Ledgers& ledgers, std::string_view desk, Date today, std::size_t most) {
  Board board;
  const DeskPage* page = ledgers.catalogue().page(desk);
  for (const RecordType& type : ledgers.catalogue().types()) {
    if ((!desk.empty() && type.desk != desk) || type.kept_by_units) continue;
    const bool works = page != nullptr && std::find(page->work.begin(), page->work.end(), type.name) != page->work.end();
    if (type.limits.empty() && !works) continue;
    Work work;
    work.type = &type;
    const Entries entries = running(ledgers, type, today);
    const auto due = due_of(ledgers, type, entries.rows, today);
    std::vector<std::pair<std::size_t, Due>> pressing;
    for (std::size_t i = 0; i < due.size(); ++i) {
      for (const Due& each : due[i]) {
        count(work.days, each);
        count(board.days, each);
        if (each.state == Due::State::overdue || each.near) pressing.emplace_back(i, each);
      }
    }
    // Titles are looked up for those alone that can come among the first ones.
    const auto sooner = [](const auto& a, const auto& b) { return moment_of(a.second) < moment_of(b.second); };
    std::stable_sort(pressing.begin(), pressing.end(), sooner);
    if (pressing.size() > most) pressing.resize(most);
    add_titles(ledgers, type, entries, pressing, board.lines);
    if (!works) continue;
    add_states(ledgers, work);
    board.work.push_back(std::move(work));
  }
  std::stable_sort(board.lines.begin(), board.lines.end(),
                   [](const BoardLine& a, const BoardLine& b) { return moment_of(a.due) < moment_of(b.due); });
  if (board.lines.size() > most) board.lines.resize(most);
  return board;
}

}  // namespace jiheng::ledgers
