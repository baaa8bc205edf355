#include "ledgers/measure_query.h"

#include <algorithm>

#include "ledgers/schema.h"

namespace jiheng::ledgers {

void MeasureQuery::add_standing(Statement& sql, std::string_view alias) const {
  sql << " " << alias << ".tenant_id = ";
  sql.bind(ledgers_.registry().tenant());
  if (!asked_.as_of) {
    sql << " AND " << alias << ".until IS NULL";
    return;
  }
  sql << " AND " << alias << ".seq <= ";
  sql.bind(*asked_.as_of);
  sql << " AND (" << alias << ".until IS NULL OR " << alias << ".until > ";
  sql.bind(*asked_.as_of);
  sql << ")";
}

void MeasureQuery::add_expression(Statement& sql, const Expression& expression, const std::function<std::string(std::string_view)>& column,
                                  const std::function<Kind(std::string_view)>& kind) const {
  // A bound of the period means its first or last instant beside a time, its year beside a year, its day elsewhere.
  const std::vector<std::string> names = expression.names();
  const auto beside = [&](Kind wanted) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return kind(name) == wanted; });
  };
  const bool times = beside(Kind::time);
  std::vector<std::int64_t> bounds;
  const std::string text = expression.sql(column, [&](std::string_view parameter) {
    const Date day = parameter == ":from" ? asked_.period.from : asked_.period.to;
    bounds.push_back(!times ? std::int64_t{day.days()} : parameter == ":from" ? start_of_day_ms(day) : start_of_day_ms(day + 1) - 1);
    return std::string("\x01");
  });
  std::size_t at = 0;
  std::string_view rest = text;
  for (std::size_t mark = rest.find('\x01'); mark != std::string_view::npos; mark = rest.find('\x01')) {
    sql << rest.substr(0, mark);
    sql.bind(bounds[at++]);
    rest.remove_prefix(mark + 1);
  }
  sql << rest;
}

void MeasureQuery::add(Statement& sql, const Expression& expression) const {
  const auto field_of = [&](std::string_view name) -> const Field& {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return *type_.field(name);
    const auto with =
        std::find_if(measure_.with.begin(), measure_.with.end(), [&](const auto& each) { return each.first == name.substr(0, dot); });
    return *ledgers_.catalogue().type(type_.field(with->second)->to)->field(name.substr(dot + 1));
  };
  add_expression(
      sql, expression,
      [&](std::string_view name) {
        const std::size_t dot = name.find('.');
        return (dot == std::string_view::npos ? std::string("r") : "w_" + std::string(name.substr(0, dot))) + "." +
               column_of(field_of(name));
      },
      [&](std::string_view name) { return field_of(name).kind; });
}

void MeasureQuery::add_of(Statement& sql, const RecordType& type, std::string_view alias, const Expression& expression) const {
  add_expression(
      sql, expression, [&](std::string_view name) { return std::string(alias) + "." + column_of(*type.field(name)); },
      [&](std::string_view name) { return type.field(name)->kind; });
}

void MeasureQuery::add_not_void(Statement& sql, const RecordType& type, std::string_view alias) const {
  if (type.void_states.empty()) {
    sql << "1 = 1";
    return;
  }
  sql << alias << "." << column_of(*type.field(type.state)) << " NOT IN (";
  for (std::size_t i = 0; i < type.void_states.size(); ++i) sql << (i > 0 ? ", '" : "'") << type.void_states[i] << "'";
  sql << ")";
}

void MeasureQuery::add_concerned(Statement& sql) const {
  sql << " FROM " << table_of(type_) << " r";
  for (const auto& [name, reference] : measure_.with) {
    const Field& field = *type_.field(reference);
    const std::string alias = "w_" + name;
    sql << " LEFT JOIN " << table_of(*ledgers_.catalogue().type(field.to)) << " " << alias << " ON " << alias << ".id = r."
        << column_of(field) << " AND";
    add_standing(sql, alias);
  }
  sql << " WHERE";
  add_standing(sql, "r");
  if (!measure_.period.empty()) {
    const Field& field = *type_.field(measure_.period);
    const Period& period = asked_.period;
    const std::string column = "r." + column_of(field);
    const bool time = field.kind == Kind::time;
    const bool year = field.kind == Kind::year;
    sql << " AND " << column << " >= ";
    sql.bind(time ? start_of_day_ms(period.from) : std::int64_t{year ? period.from.year() : period.from.days()});
    sql << " AND " << column << (time ? " < " : " <= ");
    sql.bind(time ? start_of_day_ms(period.to + 1) : std::int64_t{year ? period.to.year() : period.to.days()});
  }
  if (!project_.empty()) {
    sql << " AND r." << column_of(*type_.field(measure_.project)) << " = ";
    sql.bind(std::string_view(project_));
  }
  if (measure_.scope) {
    sql << " AND ";
    add(sql, *measure_.scope);
  }
}

void MeasureQuery::add_counting(Statement& sql) const {
  sql << " AND ";
  add_not_void(sql, type_, "r");
  for (const Need& need : measure_.needs) {
    sql << " AND ";
    add(sql, need.when);
  }
}

bool MeasureQuery::has_gaps() const {
  return std::any_of(measure_.needs.begin(), measure_.needs.end(), [](const Need& need) { return need.gap; });
}

void MeasureQuery::add_counting_but_for_gaps(Statement& sql) const {
  sql << " AND ";
  add_not_void(sql, type_, "r");
  for (const Need& need : measure_.needs) {
    if (need.gap) continue;
    sql << " AND ";
    add(sql, need.when);
  }
}

void MeasureQuery::add_gap_filter(Statement& sql) const {
  if (!has_gaps()) return;
  std::string_view before = " FILTER (WHERE ";
  for (const Need& need : measure_.needs) {
    if (!need.gap) continue;
    sql << before;
    add(sql, need.when);
    before = " AND ";
  }
  sql << ")";
}

void MeasureQuery::add_gap_count(Statement& sql) const {
  if (!has_gaps()) {
    sql << "0";
    return;
  }
  sql << "COUNT(*) - COUNT(*)";
  add_gap_filter(sql);
}

void MeasureQuery::add_left_out(Statement& sql) const {
  sql << " AND NOT (";
  add_not_void(sql, type_, "r");
  for (const Need& need : measure_.needs) {
    sql << " AND ";
    add(sql, need.when);
    sql << " IS TRUE";
  }
  sql << ")";
}

void MeasureQuery::add_reason(Statement& sql) const {
  sql << "CASE WHEN NOT ";
  add_not_void(sql, type_, "r");
  sql << " THEN -1";
  for (std::size_t i = 0; i < measure_.needs.size(); ++i) {
    sql << " WHEN ";
    add(sql, measure_.needs[i].when);
    sql << " IS NOT TRUE THEN " << std::to_string(i);
  }
  sql << " ELSE -2 END";
}

void MeasureQuery::add_matched(Statement& sql) const {
  const RecordType& other = *ledgers_.catalogue().type(measure_.matched->type);
  sql << "EXISTS (SELECT 1 FROM " << table_of(other) << " m WHERE";
  add_standing(sql, "m");
  for (const auto& [theirs, ours] : measure_.matched->on) {
    sql << " AND m." << column_of(*other.field(theirs)) << " = r." << (ours == "id" ? std::string("id") : column_of(*type_.field(ours)));
  }
  sql << " AND ";
  add_not_void(sql, other, "m");
  if (measure_.matched->when) {
    sql << " AND ";
    add_of(sql, other, "m", *measure_.matched->when);
  }
  sql << ")";
}

void MeasureQuery::add_matching(Statement& sql) const {
  const RecordType& other = *ledgers_.catalogue().type(measure_.matched->type);
  sql << " FROM " << table_of(other) << " m WHERE";
  add_standing(sql, "m");
  sql << " AND ";
  add_not_void(sql, other, "m");
  if (measure_.matched->when) {
    sql << " AND ";
    add_of(sql, other, "m", *measure_.matched->when);
  }
  sql << " AND EXISTS (SELECT 1";
  add_concerned(sql);
  add_counting(sql);
  for (const auto& [theirs, ours] : measure_.matched->on) {
    sql << " AND m." << column_of(*other.field(theirs)) << " = r." << (ours == "id" ? std::string("id") : column_of(*type_.field(ours)));
  }
  sql << ")";
}

Computation computation_named(std::string_view name) {
  if (name == "review_on_time") return review_on_time;
  if (name == "availability") return availability;
  return name == "arrears" ? arrears : nullptr;
}

}  // namespace jiheng::ledgers
