#include "desks/performance/lists.h"

#include <algorithm>

#include "auditing/audit.h"
#include "base/text.h"
#include "desks/performance/workflow.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view summary_columns =
    "id, unit_name, year, state, revision, tables, errors, warnings, hints, grade, updated_at, updated_by, file, notes, overall_amount";

constexpr std::string_view insert_summary =
    "INSERT INTO submission_summaries (tenant_id, id, revision, seq, unit_key, year_key, unit_name, year, state, tables, errors, warnings, "
    "hints, grade, "
    "updated_at, updated_by, file, notes, overall_amount, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view insert_page =
    "INSERT INTO submission_pages (tenant_id, id, tables, notes, audit, opinion) VALUES (?, ?, ?, ?, ?, ?)";
constexpr std::string_view insert_file = "INSERT INTO submission_files (tenant_id, sha256, id) VALUES (?, ?, ?)";
constexpr std::string_view select_by_unit =
    "SELECT id FROM submission_summaries WHERE tenant_id = ? AND unit_key = ? AND year_key = ? ORDER BY id LIMIT 1";
constexpr std::string_view select_by_file = "SELECT id FROM submission_files WHERE tenant_id = ? AND sha256 = ? ORDER BY id LIMIT 1";
constexpr std::string_view select_page = "SELECT tables, notes, audit, opinion FROM submission_pages WHERE tenant_id = ? AND id = ?";

Summary summary_of_row(const store::Row& row) {
  Summary summary;
  summary.id = row.string(0);
  summary.unit_name = row.optional_text(1);
  summary.year = row.optional_small(2);
  summary.state = state_from_code(row.text(3)).value_or(State::draft);
  summary.revision = row.small(4);
  summary.tables = row.small(5);
  summary.errors = row.small(6);
  summary.warnings = row.small(7);
  summary.hints = row.small(8);
  if (!row.is_null(9)) summary.grade = static_cast<auditing::Grade>(row.small(9));
  summary.updated_at = row.string(10);
  summary.updated_by = row.string(11);
  summary.file = row.string(12);
  summary.notes = row.small(13);
  summary.overall_amount = row.optional_text(14);
  return summary;
}

/// What a search looks in: unit and files, letters in lower case.
std::string search_text(const Summary& summary, const Body& body) {
  std::string text = summary.unit_name.value_or("") + '\n' + summary.file;
  for (const FiledTable& filed : body.tables) {
    if (filed.table.project_name) text += '\n' + *filed.table.project_name;
  }
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

/// `query` as a LIKE pattern, its own % and _ taken as they are.
std::string pattern_of(std::string_view query) {
  std::string pattern = "%";
  for (char c : query) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return pattern + '%';
}

/// WHERE and its values. The state is left out for the counts beside the list.
struct Where {
  std::string sql = " WHERE tenant_id = ?";
  std::vector<std::string> kept;  ///< texts that the values point to
  std::vector<store::Value> values;

  Where(const std::string& tenant, const Filter& filter, bool with_state) {
    kept.reserve(4);
    add_text(tenant);
    if (with_state && filter.state) {
      sql += " AND state = ?";
      add_text(std::string(state_code(*filter.state)));
    }
    if (filter.year) {
      sql += " AND year = ?";
      values.emplace_back(*filter.year);
    }
    if (!filter.query.empty()) {
      sql += " AND search LIKE ? ESCAPE '\\'";
      add_text(pattern_of(filter.query));
    }
  }

  void add_text(std::string text) { values.emplace_back(kept.emplace_back(std::move(text))); }
};

std::string_view order_of(Filter::Sort sort) {
  switch (sort) {
    case Filter::Sort::worst:
      return " ORDER BY errors DESC, warnings DESC, hints DESC, id";
    case Filter::Sort::unit:
      return " ORDER BY unit_key, year_key DESC, id";
    case Filter::Sort::newest:
      return " ORDER BY updated_at DESC, id DESC";
  }
  return "";
}

std::optional<std::string> first_id(store::Connection& connection, std::string_view sql, std::initializer_list<store::Value> values) {
  std::optional<std::string> id;
  connection.query(sql, values, [&](const store::Row& row) { id = row.string(0); });
  return id;
}

}  // namespace

std::string list_maker() {
  return std::string("jiheng ") + JIHENG_VERSION + " lists 1";
}

std::string unit_key(const Body& body) {
  const Text unit = unit_of(body);
  return unit ? fold_label(*unit) : "?" + body.file;
}

Summary summary_of(const registry::Record& record, const Body& body, const auditing::Report& report) {
  Summary summary;
  summary.id = record.id;
  summary.unit_name = unit_of(body);
  summary.year = year_of(body);
  summary.state = state_from_code(record.state).value_or(State::draft);
  summary.revision = record.revision;
  summary.tables = static_cast<int>(body.tables.size());
  summary.errors = report.errors;
  summary.warnings = report.warnings;
  summary.hints = report.hints;
  for (const auditing::TableGrade& grade : report.grades)
    summary.grade = summary.grade ? std::max(*summary.grade, grade.grade) : grade.grade;
  summary.updated_at = record.at;
  summary.updated_by = record.by;
  summary.file = body.file;
  summary.notes = static_cast<int>(body.notes.size());
  for (const FiledTable& filed : body.tables) {
    if (filed.table.kind == TableKind::overall && filed.table.budget && !summary.overall_amount)
      summary.overall_amount = filed.table.budget->total;
  }
  return summary;
}

void drop_lists(store::Connection& connection, const std::string& tenant, std::string_view id) {
  connection.run("DELETE FROM submission_summaries WHERE tenant_id = ? AND id = ?", {tenant, id});
  connection.run("DELETE FROM submission_pages WHERE tenant_id = ? AND id = ?", {tenant, id});
  connection.run("DELETE FROM submission_files WHERE tenant_id = ? AND id = ?", {tenant, id});
}

void store_lists(store::Connection& connection, const std::string& tenant, const registry::Record& record, const Body& body,
                 const auditing::Report& report) {
  drop_lists(connection, tenant, record.id);
  const Summary summary = summary_of(record, body, report);
  const std::string key = unit_key(body);
  const std::string search = search_text(summary, body);
  const std::optional<int> grade = summary.grade ? std::optional<int>(static_cast<int>(*summary.grade)) : std::nullopt;
  connection.run(insert_summary, {tenant,
                                  record.id,
                                  record.revision,
                                  record.seq,
                                  key,
                                  summary.year.value_or(0),
                                  summary.unit_name,
                                  summary.year,
                                  record.state,
                                  summary.tables,
                                  summary.errors,
                                  summary.warnings,
                                  summary.hints,
                                  grade,
                                  summary.updated_at,
                                  summary.updated_by,
                                  summary.file,
                                  summary.notes,
                                  summary.overall_amount,
                                  search});
  const std::string tables = tables_json(body);
  const std::string notes = notes_json(body);
  const std::string audit = auditing::report_json(report);
  connection.run(insert_page, {tenant, record.id, tables, notes, audit, body.opinion});
  for (const std::string& sha256 : attachments_of(body)) connection.run(insert_file, {tenant, sha256, record.id});
}

std::optional<std::string> find_submission(store::Connection& connection, const std::string& tenant, const Body& body) {
  const std::string key = unit_key(body);
  return first_id(connection, select_by_unit, {tenant, key, year_of(body).value_or(0)});
}

std::optional<std::string> find_file(store::Connection& connection, const std::string& tenant, std::string_view sha256) {
  return first_id(connection, select_by_file, {tenant, sha256});
}

Page list_page(store::Connection& connection, const std::string& tenant, const Filter& filter) {
  Page page;
  const Where all(tenant, filter, false);
  const std::string counts =
      "SELECT state, CAST(COUNT(*) AS BIGINT), CAST(SUM(CASE WHEN errors > 0 THEN 1 ELSE 0 END) AS BIGINT) FROM submission_summaries" +
      all.sql + " GROUP BY state";
  connection.query_all(counts, all.values, [&](const store::Row& row) {
    const int number = row.small(1);
    page.faulty += row.small(2);
    const auto state = state_from_code(row.text(0));
    if (!state) return;
    if (!filter.state || *filter.state == *state) page.total += number;
    switch (*state) {
      case State::draft:
        page.draft = number;
        break;
      case State::submitted:
        page.submitted = number;
        break;
      case State::returned:
        page.returned = number;
        break;
      case State::approved:
        page.approved = number;
        break;
    }
  });
  Where chosen(tenant, filter, true);
  std::string sql = "SELECT " + std::string(summary_columns) + " FROM submission_summaries" + chosen.sql +
                    std::string(order_of(filter.sort)) + " LIMIT ? OFFSET ?";
  chosen.values.emplace_back(std::clamp(filter.limit, 0, 1000));
  chosen.values.emplace_back(std::max(filter.offset, 0));
  connection.query_all(sql, chosen.values, [&](const store::Row& row) { page.items.push_back(summary_of_row(row)); });
  return page;
}

std::optional<OpenedJson> opened_json(store::Connection& connection, const std::string& tenant, std::string_view id) {
  std::optional<OpenedJson> opened;
  const std::string sql = "SELECT " + std::string(summary_columns) + " FROM submission_summaries WHERE tenant_id = ? AND id = ?";
  connection.query(sql, {tenant, id}, [&](const store::Row& row) { opened.emplace().summary = summary_of_row(row); });
  if (!opened) return std::nullopt;
  connection.query(select_page, {tenant, id}, [&](const store::Row& row) {
    opened->tables = row.string(0);
    opened->notes = row.string(1);
    opened->audit = row.string(2);
    opened->opinion = row.optional_text(3);
  });
  opened->actions = allowed_actions(opened->summary.state);
  return opened;
}

}  // namespace jiheng::desks
