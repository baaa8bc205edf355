#include "desks/rectification/problem_lists.h"

#include <algorithm>
#include <map>

#include "access/units.h"
#include "base/text.h"
#include "base/work_calendar.h"
#include "desks/performance/publication.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view insert_problem =
    "INSERT INTO problems (tenant_id, id, revision, serial_year, serial, source, source_key, unit_id, year, kind, kind_name, state, "
    "checked, "
    "time_asked, number, text, action, amount, raised_on, recurs_from, first_due, due, replied_on, late, closed_on, search) VALUES (?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view insert_payment = "INSERT INTO problem_payments (tenant_id, record_kind, record_id, problem) VALUES (?, ?, ?, ?)";
/// Whether an earlier one of the unit and kind makes p a recurrence.
constexpr std::string_view count_earlier =
    "(SELECT COUNT(*) FROM problems e WHERE e.tenant_id = p.tenant_id AND e.unit_id = p.unit_id AND e.kind = p.kind AND e.state <> 'void' "
    "AND e.raised_on >= p.recurs_from AND (e.raised_on < p.raised_on OR (e.raised_on = p.raised_on AND e.serial_year = p.serial_year AND "
    "e.serial < p.serial)))";
constexpr std::string_view line_columns =
    "p.id, p.revision, p.number, p.source, p.state, p.checked, p.time_asked, p.unit_id, COALESCE(u.code, ''), COALESCE(u.name, ''), "
    "p.year, "
    "p.kind, p.kind_name, p.text, p.action, p.amount, p.raised_on, p.first_due, p.due, p.replied_on, p.late, p.closed_on";
constexpr int line_column_count = 22;
constexpr std::string_view from_problems = " FROM problems p LEFT JOIN units u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id ";
constexpr std::string_view is_owed = "p.state IN ('open', 'returned')";

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

/// "50%" → "%50\%%".
std::string like_pattern(std::string_view query) {
  std::string out = "%";
  for (const char c : lower(normalise(query))) {
    if (c == '\0') continue;
    if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "%";
}

/// Units with the words in their names, however wide either is written.
std::vector<std::string> units_named(store::Connection& connection, const std::string& tenant, std::string_view query) {
  const std::string wanted = lower(normalise(query));
  std::vector<std::string> ids;
  for (access::Unit& each : access::list_units(connection, tenant)) {
    if (contains(lower(normalise(each.name)), wanted)) ids.push_back(std::move(each.id));
  }
  return ids;
}

/// A condition that is put together; what its values point to must outlive it.
struct Condition {
  std::string sql;
  std::vector<store::Value> values;

  void also(std::string_view more, std::initializer_list<store::Value> given = {}) {
    sql += " AND ";
    sql += more;
    values.insert(values.end(), given.begin(), given.end());
  }
  static Condition of_units(const std::vector<std::string>& units) {
    Condition made{"p.unit_id IN (", {}};
    for (std::size_t i = 0; i < units.size(); ++i) {
      made.sql += i == 0 ? "?" : ", ?";
      made.values.emplace_back(units[i]);
    }
    made.sql += units.empty() ? "NULL)" : ")";
    return made;
  }
  /// Units within the reach.
  static Condition within(const access::Reach& reach) { return reach.all ? Condition{"1 = 1", {}} : of_units(reach.units); }
};

/// The three ways in which the next move may be his.
struct Moves {
  explicit Moves(const access::Principal& who)
      : answers(who.reach(access::Permission::answer_problems)),
        checks(who.reach(access::Permission::check_problems)),
        closes(who.reach(access::Permission::close_problems)) {}

  Condition condition() const {
    Condition made{"(1 = 0", {}};
    const auto either = [&](const access::Reach& reach, std::string_view when) {
      if (reach.none()) return;
      const Condition units = Condition::within(reach);
      made.sql += " OR (" + units.sql + " AND " + std::string(when) + ")";
      made.values.insert(made.values.end(), units.values.begin(), units.values.end());
    };
    either(answers, "p.state IN ('open', 'returned')");
    either(checks, "p.state = 'replied' AND p.checked = 0");
    either(closes, "((p.state = 'replied' AND p.checked = 1) OR p.time_asked = 1)");
    made.sql += ")";
    return made;
  }

  access::Reach answers;
  access::Reach checks;
  access::Reach closes;
};

ProblemLine line_of(const store::Row& row, Date today) {
  ProblemLine line;
  line.id = row.string(0);
  line.revision = row.small(1);
  line.number = row.string(2);
  line.source = problem_source_from_code(row.text(3)).value_or(ProblemSource::other);
  line.state = problem_state_from_code(row.text(4)).value_or(ProblemState::open);
  line.checked = row.small(5) != 0;
  line.time_asked = row.small(6) != 0;
  line.unit = row.string(7);
  line.unit_code = row.string(8);
  line.unit_name = row.string(9);
  line.year = row.small(10);
  line.kind = row.string(11);
  line.kind_name = row.string(12);
  line.text = row.string(13);
  line.action = row.string(14);
  line.amount = row.optional_text(15);
  line.raised_on = row.string(16);
  line.first_due = row.string(17);
  line.due = row.string(18);
  line.replied_on = row.optional_text(19);
  line.late = row.small(20) != 0;
  line.closed_on = row.optional_text(21);
  const Date due = Date::parse(line.due).value_or(today);
  line.days_left = WorkCalendar::state_council().work_days_between(today, due);
  line.overdue = (line.state == ProblemState::open || line.state == ProblemState::returned) && today > due;
  return line;
}

std::string lines_query(const std::string& condition) {
  return "SELECT " + std::string(line_columns) + ", " + std::string(count_earlier) + std::string(from_problems) + condition;
}

ProblemLine line_with_earlier(const store::Row& row, Date today) {
  ProblemLine line = line_of(row, today);
  line.earlier = row.small(line_column_count);
  return line;
}

}  // namespace

std::string recurs_from(std::string_view raised_on, int years) {
  const auto day = Date::parse(raised_on);
  if (!day || day->year() - years < Date::first_year) return std::string("0000-00-00");
  // 29 February falls on the 28th of a year without one.
  const auto same = Date::of(day->year() - years, day->month(), day->day());
  return (same ? *same : *Date::of(day->year() - years, day->month(), 28)).text();
}

void store_problem(store::Connection& connection, const std::string& tenant, const Problem& problem) {
  connection.run("DELETE FROM problems WHERE tenant_id = ? AND id = ?", {tenant, problem.id});
  connection.run("DELETE FROM problem_payments WHERE tenant_id = ? AND problem = ?", {tenant, problem.id});
  const ProblemReply* reply = problem.reply();
  const std::string key = source_key(problem.reference);
  const std::string from = recurs_from(problem.raised_on, rules_of(problem).recurrence_years);
  const std::string search = lower(normalise(problem.number + "\n" + problem.text + "\n" + problem.action));
  const Text replied_on = reply != nullptr ? Text(local_day_of(reply->at)) : Text();
  const bool closed = problem.state == ProblemState::closed && problem.closing;
  const Text closed_on = closed ? Text(local_day_of(problem.closing->at)) : Text();
  connection.run(insert_problem, {tenant,
                                  problem.id,
                                  problem.revision,
                                  std::atoi(problem.raised_on.substr(0, 4).c_str()),
                                  problem.serial,
                                  problem_source_code(problem.source),
                                  key,
                                  problem.unit,
                                  problem.year,
                                  problem.kind,
                                  problem.kind_name,
                                  problem_state_code(problem.state),
                                  problem.checked() ? 1 : 0,
                                  problem.time_asked() ? 1 : 0,
                                  problem.number,
                                  problem.text,
                                  problem.action,
                                  problem.amount,
                                  problem.raised_on,
                                  from,
                                  problem.first_due,
                                  problem.due,
                                  replied_on,
                                  reply != nullptr && reply->late ? 1 : 0,
                                  closed_on,
                                  search});
  if (!closed || problem.closing->basis.kind != ClosingBasis::Kind::payment) return;
  for (const ClosingBasis::Named& each : problem.closing->basis.records)
    connection.run(insert_payment, {tenant, problem.closing->basis.record_kind, each.id, problem.id});
}

void clear_problems(store::Connection& connection, const std::string& tenant) {
  connection.run("DELETE FROM problems WHERE tenant_id = ?", {tenant});
  connection.run("DELETE FROM problem_payments WHERE tenant_id = ?", {tenant});
}

std::string problem_raised_by(store::Connection& connection, const std::string& tenant, std::string_view key) {
  std::string found;
  connection.query("SELECT id FROM problems WHERE tenant_id = ? AND source_key = ? AND state <> 'void' ORDER BY id", {tenant, key},
                   [&](const store::Row& row) { found = row.string(0); });
  return found;
}

std::optional<ProblemLine> open_problem_at(store::Connection& connection, const std::string& tenant, std::string_view key) {
  std::optional<ProblemLine> found;
  connection.query(
      "SELECT id, number, state FROM problems WHERE tenant_id = ? AND source_key = ? AND state IN ('open', 'replied', 'returned') ORDER BY "
      "id",
      {tenant, key}, [&](const store::Row& row) {
        found.emplace();
        found->id = row.string(0);
        found->number = row.string(1);
        found->state = problem_state_from_code(row.text(2)).value_or(ProblemState::open);
      });
  return found;
}

int next_problem_serial(store::Connection& connection, const std::string& tenant, int year) {
  int last = 0;
  connection.query("SELECT MAX(serial) FROM problems WHERE tenant_id = ? AND serial_year = ?", {tenant, year}, [&](const store::Row& row) {
    if (!row.is_null(0)) last = row.small(0);
  });
  return last + 1;
}

std::string closed_on_payment(store::Connection& connection, const std::string& tenant, std::string_view record_kind,
                              std::string_view record) {
  std::string found;
  connection.query("SELECT problem FROM problem_payments WHERE tenant_id = ? AND record_kind = ? AND record_id = ?",
                   {tenant, record_kind, record}, [&](const store::Row& row) { found = row.string(0); });
  return found;
}

ProblemPage problem_page(store::Connection& connection, const std::string& tenant, const ProblemFilter& filter,
                         const access::Principal& who, std::string_view today_text) {
  ProblemPage page;
  const Date today = Date::parse(today_text).value_or(Date());
  const access::Reach reach = who.reach(access::Permission::see_problems);
  const Condition units = Condition::within(reach);
  const Moves moves(who);
  const Condition mine = moves.condition();
  const std::string pattern = like_pattern(filter.query);
  const bool searching = !trim(filter.query).empty();
  const std::vector<std::string> searched = searching ? units_named(connection, tenant, filter.query) : std::vector<std::string>();
  Condition base{"WHERE p.tenant_id = ?", {tenant}};
  base.also(units.sql);
  base.values.insert(base.values.end(), units.values.begin(), units.values.end());
  if (!filter.unit.empty()) base.also("p.unit_id = ?", {filter.unit});
  if (!filter.kind.empty()) base.also("p.kind = ?", {filter.kind});
  if (filter.source) base.also("p.source = ?", {problem_source_code(*filter.source)});
  if (filter.year > 0) base.also("p.year = ?", {filter.year});
  if (searching) {
    const Condition named = Condition::of_units(searched);
    base.also("(p.search LIKE ? ESCAPE '\\' OR " + named.sql + ")", {pattern});
    base.values.insert(base.values.end(), named.values.begin(), named.values.end());
  }

  std::vector<store::Value> values;
  const std::string counting = "SELECT p.state, SUM(CASE WHEN " + std::string(is_owed) +
                               " AND p.due < ? THEN 1 ELSE 0 END), SUM(CASE WHEN " + std::string(count_earlier) +
                               " > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN " + mine.sql + " THEN 1 ELSE 0 END), COUNT(*)" +
                               std::string(from_problems) + base.sql + " GROUP BY p.state";
  values.emplace_back(today_text);
  values.insert(values.end(), mine.values.begin(), mine.values.end());
  values.insert(values.end(), base.values.begin(), base.values.end());
  connection.query_all(counting, values, [&](const store::Row& row) {
    const auto state = problem_state_from_code(row.text(0)).value_or(ProblemState::open);
    page.counts[static_cast<int>(state)] += row.small(4);
    page.overdue += row.small(1);
    if (state != ProblemState::voided) page.recurring += row.small(2);
    page.mine += row.small(3);
  });

  Condition shown = base;
  if (filter.state) shown.also("p.state = ?", {problem_state_code(*filter.state)});
  if (filter.overdue) {
    shown.also(is_owed);
    shown.also("p.due < ?", {today_text});
  }
  if (filter.recurring) {
    shown.also(std::string(count_earlier) + " > 0");
    shown.also("p.state <> 'void'");
  }
  if (filter.mine) {
    shown.also(mine.sql);
    shown.values.insert(shown.values.end(), mine.values.begin(), mine.values.end());
  }
  connection.query_all("SELECT COUNT(*)" + std::string(from_problems) + shown.sql, shown.values,
                       [&](const store::Row& row) { page.total = row.small(0); });
  shown.sql +=
      " ORDER BY CASE WHEN p.state IN ('open', 'returned') THEN 0 WHEN p.state = 'replied' THEN 1 WHEN p.state = 'closed' THEN 2 ELSE 3 "
      "END, p.due, p.serial_year, p.serial LIMIT ? OFFSET ?";
  shown.values.emplace_back(filter.limit);
  shown.values.emplace_back(filter.offset);
  connection.query_all(lines_query(shown.sql), shown.values,
                       [&](const store::Row& row) { page.items.push_back(line_with_earlier(row, today)); });
  return page;
}

std::vector<ProblemUnit> problem_board(store::Connection& connection, const std::string& tenant, int year, const access::Reach& reach,
                                       std::string_view today_text) {
  const Date today = Date::parse(today_text).value_or(Date());
  const WorkCalendar& calendar = WorkCalendar::state_council();
  const Condition units = Condition::within(reach);
  Condition condition{"WHERE p.tenant_id = ?", {tenant}};
  condition.also(units.sql);
  condition.values.insert(condition.values.end(), units.values.begin(), units.values.end());
  if (year > 0) condition.also("p.year = ?", {year});
  std::map<std::string, ProblemUnit> found;
  connection.query_all("SELECT p.unit_id, COALESCE(u.code, ''), COALESCE(u.name, ''), p.state, p.due, p.late, COUNT(*)" +
                           std::string(from_problems) + condition.sql + " GROUP BY p.unit_id, u.code, u.name, p.state, p.due, p.late",
                       condition.values, [&](const store::Row& row) {
                         ProblemUnit& unit = found[row.string(0)];
                         unit.unit = row.string(0);
                         unit.code = row.string(1);
                         unit.name = row.string(2);
                         const auto state = problem_state_from_code(row.text(3)).value_or(ProblemState::open);
                         const int count = row.small(6);
                         unit.counts[static_cast<int>(state)] += count;
                         if (row.small(5) != 0 && state != ProblemState::voided) unit.late += count;
                         const Date due = Date::parse(row.text(4)).value_or(today);
                         const bool owed = state == ProblemState::open || state == ProblemState::returned;
                         if (!owed || today <= due) return;
                         unit.overdue += count;
                         unit.worst = std::max(unit.worst, calendar.work_days_between(due, today));
                       });
  std::vector<ProblemUnit> board;
  for (auto& [id, unit] : found) board.push_back(std::move(unit));
  std::sort(board.begin(), board.end(), [](const ProblemUnit& a, const ProblemUnit& b) {
    if (a.worst != b.worst) return a.worst > b.worst;
    return a.overdue != b.overdue ? a.overdue > b.overdue : a.code < b.code;
  });
  return board;
}

std::vector<ProblemLine> problems_due(store::Connection& connection, const std::string& tenant, const access::Reach& reach,
                                      std::string_view from, std::string_view to, std::string_view today_text) {
  std::vector<ProblemLine> found;
  if (reach.none()) return found;
  const Date today = Date::parse(today_text).value_or(Date());
  const Condition units = Condition::within(reach);
  Condition condition{"WHERE p.tenant_id = ? AND p.state <> 'void'", {tenant}};
  condition.also("((p.due >= ? AND p.due <= ?) OR p.state = 'replied' OR p.time_asked = 1)", {from, to});
  condition.also(units.sql);
  condition.values.insert(condition.values.end(), units.values.begin(), units.values.end());
  connection.query_all("SELECT " + std::string(line_columns) + std::string(from_problems) + condition.sql + " ORDER BY p.due, p.id",
                       condition.values, [&](const store::Row& row) { found.push_back(line_of(row, today)); });
  return found;
}

std::vector<ProblemLine> earlier_problems(store::Connection& connection, const std::string& tenant, const Problem& problem,
                                          std::string_view today_text) {
  const Date today = Date::parse(today_text).value_or(Date());
  const std::string from = recurs_from(problem.raised_on, rules_of(problem).recurrence_years);
  std::vector<ProblemLine> found;
  connection.query(lines_query("WHERE p.tenant_id = ? AND p.unit_id = ? AND p.kind = ? AND p.state <> 'void' AND p.raised_on >= ? AND "
                               "(p.raised_on < ? OR (p.raised_on = ? AND p.serial < ?)) ORDER BY p.raised_on DESC, p.serial DESC"),
                   {tenant, problem.unit, problem.kind, from, problem.raised_on, problem.raised_on, problem.serial},
                   [&](const store::Row& row) { found.push_back(line_with_earlier(row, today)); });
  return found;
}

}  // namespace jiheng::desks
