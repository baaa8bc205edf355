#include "desks/performance/lists.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "base/text.h"
#include "desks/performance/audited.h"
#include "desks/performance/library_lists.h"
#include "desks/performance/workflow.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view insert_summary =
    "INSERT INTO submission_summaries (tenant_id, id, revision, seq, unit_key, year_key, unit_name, year, state, tables, errors, warnings, "
    "hints, grade, updated_at, updated_by, file, notes, overall_amount, search, unit_id, step, round, waived, proposed) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view insert_page =
    "INSERT INTO submission_pages (tenant_id, id, tables, notes, audit, opinion, filing, grades, pack) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
    "?)";
constexpr std::string_view insert_file =
    "INSERT INTO submission_files (tenant_id, sha256, id) VALUES (?, ?, ?) ON CONFLICT (tenant_id, sha256, id) DO NOTHING";
constexpr std::string_view insert_rule = "INSERT INTO submission_rules (tenant_id, id, rule, severity, findings) VALUES (?, ?, ?, ?, ?)";
constexpr std::string_view summary_columns =
    "s.id, s.unit_name, s.year, s.state, s.revision, s.tables, s.errors, s.warnings, s.hints, s.grade, s.updated_at, s.updated_by, s.file, "
    "s.notes, s.overall_amount, s.unit_id, s.step, s.waived, s.proposed";
constexpr int summary_column_count = 19;
constexpr std::string_view select_holders = "SELECT id FROM submission_files WHERE tenant_id = ? AND sha256 = ? ORDER BY id";
constexpr std::string_view select_by_unit =
    "SELECT id, year_key FROM submission_summaries WHERE tenant_id = ? AND unit_key = ? AND unit_id IS NULL ORDER BY year_key DESC, seq "
    "DESC";
constexpr std::string_view select_by_unit_id =
    "SELECT id, year_key FROM submission_summaries WHERE tenant_id = ? AND unit_id = ? ORDER BY year_key DESC, seq DESC";
constexpr std::string_view select_unit = "SELECT unit_id FROM submission_summaries WHERE tenant_id = ? AND id = ?";
constexpr std::string_view adopt = "UPDATE submission_summaries SET unit_id = ? WHERE tenant_id = ? AND unit_id IS NULL AND unit_key = ?";

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

/// What a search looks into: the names of the unit and of the files.
std::string search_text(const Opened& submission) {
  std::string text = submission.summary.unit_name.value_or("");
  for (const Body::File& file : submission.body.files) text += "\n" + normalise(file.name);
  return lower(std::move(text));
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

Summary summary_of(const store::Row& row) {
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
  if (!row.is_null(9)) summary.grade = static_cast<auditing::Grade>(std::clamp(row.small(9), 0, 3));
  summary.updated_at = row.string(10);
  summary.updated_by = row.string(11);
  summary.file = row.string(12);
  summary.notes = row.small(13);
  summary.overall_amount = row.optional_text(14);
  summary.unit = row.optional_text(15);
  if (!row.is_null(16)) summary.step = step_from_code(row.text(16));
  summary.waived = row.small(17);
  summary.proposed = row.small(18) != 0;
  return summary;
}

/// The condition of a filter with its values. They point into what it holds.
struct Condition {
  std::string sql = "s.tenant_id = ?";
  std::vector<store::Value> values;
  std::string pattern;
  std::deque<access::Reach> reaches;

  Condition(const std::string& tenant, const Filter& filter, const access::Principal& who) {
    values.emplace_back(tenant);
    sql += " AND " + within(who.reach(access::Permission::see_submissions));
    if (filter.year) {
      sql += " AND s.year_key = ?";
      values.emplace_back(*filter.year);
    }
    if (!trim(filter.query).empty()) {
      pattern = like_pattern(filter.query);
      sql += " AND s.search LIKE ? ESCAPE '\\'";
      values.emplace_back(pattern);
    }
  }
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  /// In which he has the next move: what his unit has to file, what waits for his signature or his answer.
  void narrow_to_mine(const access::Principal& who) {
    std::string any = "1 = 0";
    const access::Reach files = who.reach(access::Permission::file_submissions);
    if (!files.all && !files.none()) any += " OR (s.state IN ('draft', 'returned') AND " + within(files) + ")";
    const access::Reach answers = who.reach(access::Permission::confirm_filing);
    if (!answers.none()) any += " OR (s.proposed = 1 AND " + within(answers) + ")";
    for (const Step step : {Step::unit, Step::department, Step::section, Step::performance, Step::leader}) {
      const access::Reach signs = who.reach(permission_of(step));
      if (signs.none()) continue;
      any += " OR (s.proposed = 0 AND s.step = '" + std::string(step_code(step)) + "' AND " + within(signs) + ")";
    }
    sql += " AND (" + any + ")";
  }

 private:
  std::string within(access::Reach reach) {
    if (reach.all) return "1 = 1";
    const access::Reach& kept = reaches.emplace_back(std::move(reach));
    std::string list;
    for (const std::string& unit : kept.units) {
      list += list.empty() ? "?" : ", ?";
      values.emplace_back(unit);
    }
    return "s.unit_id IN (" + (list.empty() ? "NULL" : list) + ")";
  }
};

std::string_view order_of(Filter::Sort sort) {
  switch (sort) {
    case Filter::Sort::worst:
      return "s.errors DESC, s.warnings DESC, s.hints DESC, s.unit_key, s.id";
    case Filter::Sort::unit:
      return "s.unit_key, s.year_key, s.id";
    case Filter::Sort::newest:
      return "s.seq DESC, s.id";
  }
  return "s.id";
}

/// Counted over year and query but whatever the state, so that they say what each state would show.
void count_states(store::Connection& connection, const Condition& condition, Page& page) {
  const std::string sql = "SELECT s.state, COUNT(*), SUM(CASE WHEN s.errors > 0 THEN 1 ELSE 0 END) FROM submission_summaries s WHERE " +
                          condition.sql + " GROUP BY s.state";
  connection.query_all(sql, condition.values, [&](const store::Row& row) {
    const int count = row.small(1);
    page.faulty += row.small(2);
    switch (state_from_code(row.text(0)).value_or(State::draft)) {
      case State::draft:
        page.draft = count;
        break;
      case State::submitted:
        page.submitted = count;
        break;
      case State::returned:
        page.returned = count;
        break;
      case State::approved:
        page.approved = count;
        break;
    }
  });
}

int count_of(store::Connection& connection, const Condition& condition) {
  int count = 0;
  connection.query_all("SELECT COUNT(*) FROM submission_summaries s WHERE " + condition.sql, condition.values,
                       [&](const store::Row& row) { count = row.small(0); });
  return count;
}

int total_of(const Page& page, std::optional<State> state) {
  if (!state) return page.draft + page.submitted + page.returned + page.approved;
  switch (*state) {
    case State::draft:
      return page.draft;
    case State::submitted:
      return page.submitted;
    case State::returned:
      return page.returned;
    case State::approved:
      return page.approved;
  }
  return 0;
}

}  // namespace

void remove_lists(store::Connection& connection, const std::string& tenant, std::string_view id) {
  connection.run("DELETE FROM submission_summaries WHERE tenant_id = ? AND id = ?", {tenant, id});
  connection.run("DELETE FROM submission_pages WHERE tenant_id = ? AND id = ?", {tenant, id});
  connection.run("DELETE FROM submission_files WHERE tenant_id = ? AND id = ?", {tenant, id});
  connection.run("DELETE FROM submission_rules WHERE tenant_id = ? AND id = ?", {tenant, id});
}

void store_lists(store::Connection& connection, const std::string& tenant, Opened& submission) {
  store_rows(connection, tenant, submission);
  if (submission.summary.state != State::approved) return;
  take_into_library(connection, tenant, submission.summary.id, submission.body);
}

void store_rows(store::Connection& connection, const std::string& tenant, Opened& submission) {
  Summary& s = submission.summary;
  if (!s.unit && s.unit_name) s.unit = access::unit_named(connection, tenant, *s.unit_name);
  const store::Value grade = s.grade ? store::Value(static_cast<int>(*s.grade)) : store::Value();
  remove_lists(connection, tenant, s.id);
  connection.run(insert_summary, {tenant,
                                  s.id,
                                  s.revision,
                                  submission.record.seq,
                                  unit_key_of(s.unit_name, s.file),
                                  s.year.value_or(0),
                                  s.unit_name,
                                  s.year,
                                  state_code(s.state),
                                  s.tables,
                                  s.errors,
                                  s.warnings,
                                  s.hints,
                                  grade,
                                  s.updated_at,
                                  s.updated_by,
                                  s.file,
                                  s.notes,
                                  s.overall_amount,
                                  search_text(submission),
                                  s.unit,
                                  s.step ? store::Value(step_code(*s.step)) : store::Value(),
                                  submission.body.filing.round,
                                  s.waived,
                                  s.proposed ? 1 : 0});
  connection.run(insert_page, {tenant, s.id, filed_tables_json(submission.body), filed_notes_json(submission.body),
                               both_languages_json(submission.report), submission.body.opinion, filing_json(submission.body.filing),
                               grades_json(submission.grades), submission.pack->id()});
  for (const std::string& hash : submission.body.attachments()) connection.run(insert_file, {tenant, hash, s.id});
  std::map<std::pair<std::string_view, std::string_view>, int> rules;
  for (const auditing::Finding& finding : submission.report.findings) ++rules[{finding.rule, auditing::severity_code(finding.severity)}];
  for (const auto& [rule, count] : rules) connection.run(insert_rule, {tenant, s.id, rule.first, rule.second, count});
}

Page list_page(store::Connection& connection, const std::string& tenant, const Filter& filter, const access::Principal& who) {
  Condition condition(tenant, filter, who);
  Page page;
  count_states(connection, condition, page);
  if (!who.is_operator()) {
    Condition mine(tenant, filter, who);
    mine.narrow_to_mine(who);
    page.mine = count_of(connection, mine);
  }
  page.total = total_of(page, filter.state);
  if (filter.mine) {
    condition.narrow_to_mine(who);
    page.total = page.mine;
  }
  if (filter.state) {
    condition.sql += " AND s.state = ?";
    condition.values.emplace_back(state_code(*filter.state));
  }
  condition.values.emplace_back(std::clamp(filter.limit, 0, 10000));
  condition.values.emplace_back(std::max(filter.offset, 0));
  const std::string sql = "SELECT " + std::string(summary_columns) + " FROM submission_summaries s WHERE " + condition.sql + " ORDER BY " +
                          std::string(order_of(filter.sort)) + " LIMIT ? OFFSET ?";
  connection.query_all(sql, condition.values, [&](const store::Row& row) { page.items.push_back(summary_of(row)); });
  return page;
}

Result<OpenedJson> list_page_of(store::Connection& connection, const std::string& tenant, std::string_view id) {
  static const std::string sql =
      "SELECT " + std::string(summary_columns) +
      ", p.tables, p.notes, p.audit, p.opinion, p.filing, p.grades, p.pack FROM submission_summaries s JOIN submission_pages p "
      "ON p.tenant_id = s.tenant_id AND p.id = s.id WHERE s.tenant_id = ? AND s.id = ?";
  std::optional<OpenedJson> found;
  std::string filing;
  connection.query(sql, {tenant, id}, [&](const store::Row& row) {
    constexpr int at = summary_column_count;
    found.emplace();
    found->summary = summary_of(row);
    found->tables = row.string(at);
    found->notes = row.string(at + 1);
    found->audit = row.string(at + 2);
    found->opinion = row.optional_text(at + 3);
    filing = row.string(at + 4);
    found->grades = row.string(at + 5);
    found->pack = &pack_for(row.string(at + 6), {});
  });
  if (!found) return Error{"not-found", "没有这份绩效目标，它可能已被删除。", {std::string(id)}};
  found->filing = filing_from_json(filing);
  return std::move(*found);
}

std::vector<std::string> holders_of(store::Connection& connection, const std::string& tenant, std::string_view sha256) {
  std::vector<std::string> ids;
  connection.query(select_holders, {tenant, sha256}, [&](const store::Row& row) { ids.push_back(row.string(0)); });
  return ids;
}

std::string find_submission(store::Connection& connection, const std::string& tenant, const Text& unit, std::string_view unit_key,
                            std::optional<int> year) {
  std::string found;
  const auto take = [&](const store::Row& row) {
    const int year_key = row.small(1);
    if (found.empty() && (!year || year_key == 0 || year_key == *year)) found = row.string(0);
  };
  if (unit) connection.query(select_by_unit_id, {tenant, *unit}, take);
  if (found.empty()) connection.query(select_by_unit, {tenant, unit_key}, take);
  return found;
}

Text listed_unit(store::Connection& connection, const std::string& tenant, std::string_view id) {
  Text unit;
  connection.query(select_unit, {tenant, id}, [&](const store::Row& row) { unit = row.optional_text(0); });
  return unit;
}

std::optional<int> listed_year(store::Connection& connection, const std::string& tenant, std::string_view id) {
  std::optional<int> year;
  connection.query("SELECT year FROM submission_summaries WHERE tenant_id = ? AND id = ?", {tenant, id},
                   [&](const store::Row& row) { year = row.optional_small(0); });
  return year;
}

void adopt_submissions(store::Connection& connection, const std::string& tenant, const access::Unit& unit) {
  std::int64_t adopted = 0;
  const auto take = [&](const std::string& name) {
    // A name that two units bear tells nothing.
    if (access::unit_named(connection, tenant, name) != unit.id) return;
    adopted += connection.run(adopt, {unit.id, tenant, access::unit_name_key(name)});
  };
  take(unit.name);
  for (const std::string& name : unit.aliases) take(name);
  for (const std::string& name : unit.former_names) take(name);
  if (adopted > 0) refresh_library_of(connection, tenant, unit.id);
}

}  // namespace jiheng::desks
