#include "desks/performance/library_lists.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "desks/performance/indicator_identity.h"
#include "desks/performance/quartiles.h"

namespace jiheng::desks {
namespace {

constexpr std::array<std::string_view, 20> use_columns{"tenant_id",    "submission", "table_no",    "indicator_no", "entry",
                                                       "year_key",     "kind",       "table_key",   "path_key",     "project_name",
                                                       "level1",       "level2",     "name",        "comparator",   "target",
                                                       "measure_unit", "number",     "explanation", "scoring_rule", "evidence"};
constexpr std::array<std::string_view, 3> gram_columns{"tenant_id", "gram", "entry"};
/// The newest in front: where two texts are as frequent, the newer one wins.
constexpr std::string_view select_uses =
    "SELECT submission, table_no, year_key, kind, table_key, name, comparator, measure_unit, number, explanation, scoring_rule, evidence, "
    "level1, level2 FROM library_uses WHERE tenant_id = ? AND entry = ? ORDER BY year_key DESC, submission DESC, table_no, indicator_no";
/// Joined to the uses of an entry, it made a planner walk all submissions for each of them.
constexpr std::string_view select_owners =
    "SELECT s.id, COALESCE(s.unit_id, s.unit_key) FROM submission_summaries s "
    "LEFT JOIN units n ON n.tenant_id = s.tenant_id AND n.id = s.unit_id "
    "WHERE s.tenant_id = ? AND COALESCE(n.classified, 0) = 0";
constexpr std::string_view insert_entry =
    "INSERT INTO library_entries (tenant_id, id, revision, level1, level2, name, direction, comparator, measure_unit, explanation, "
    "scoring_rule, evidence, function_class, retired, tables, units, years, last_year, overall_tables, project_tables, numbers, least, q1, "
    "median, q3, most, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view defer_entries_of =
    "INSERT INTO library_pending (tenant_id, entry) SELECT DISTINCT tenant_id, entry FROM library_uses WHERE tenant_id = ? AND submission "
    "= ? ON CONFLICT DO NOTHING";
constexpr std::string_view select_entries_of_unit =
    "SELECT DISTINCT u.entry FROM library_uses u JOIN submission_summaries s ON s.tenant_id = u.tenant_id AND s.id = u.submission "
    "WHERE u.tenant_id = ? AND s.unit_id = ?";
constexpr std::string_view select_pending = "SELECT entry FROM library_pending WHERE tenant_id = ? LIMIT ?";
constexpr std::string_view delete_pending = "DELETE FROM library_pending WHERE tenant_id = ? AND entry = ?";
/// Whoever wants to store something waits no longer than for as many.
constexpr int settled_at_once = 64;
constexpr std::string_view select_all_entries =
    "SELECT entry FROM library_uses WHERE tenant_id = ? UNION SELECT id FROM library_notes WHERE tenant_id = ?";
constexpr std::string_view delete_uses = "DELETE FROM library_uses WHERE tenant_id = ? AND submission = ?";
constexpr std::string_view delete_entry = "DELETE FROM library_entries WHERE tenant_id = ? AND id = ?";
constexpr std::string_view delete_gram = "DELETE FROM library_grams WHERE tenant_id = ? AND gram = ? AND entry = ?";
constexpr std::string_view select_search = "SELECT search FROM library_entries WHERE tenant_id = ? AND id = ?";
constexpr std::string_view select_note =
    "SELECT revision, level1, level2, original, direction, measure_unit, name, explanation, evidence, function_class, retired "
    "FROM library_notes WHERE tenant_id = ? AND id = ?";
constexpr std::string_view insert_note =
    "INSERT INTO library_notes (tenant_id, id, revision, level1, level2, original, direction, measure_unit, name, explanation, evidence, "
    "function_class, retired) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// Which text stands most often; of those as frequent, the one that came first.
class Frequent {
 public:
  void take(Text text) {
    if (!text || trim(*text).empty()) return;
    const auto [found, fresh] = places_.try_emplace(*text, counts_.size());
    if (fresh) counts_.emplace_back(std::move(*text), 0);
    ++counts_[found->second].second;
  }
  Text most() const {
    const auto found = std::max_element(counts_.begin(), counts_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return found == counts_.end() ? Text() : Text(found->first);
  }

 private:
  std::map<std::string, std::size_t> places_;
  std::vector<std::pair<std::string, int>> counts_;
};

/// What all uses of one entry come to.
struct Gathered {
  Frequent level1;
  Frequent level2;
  Frequent name;
  Frequent comparator;
  Frequent unit;
  Frequent explanation;
  Frequent scoring_rule;
  Frequent evidence;
  std::set<std::string> overall_tables;
  std::set<std::string> project_tables;
  std::set<std::string> units;
  std::set<int> years;
  std::set<std::string> counted;  ///< unit and table whose newest target is among the numbers
  std::vector<Decimal> numbers;

  bool empty() const { return overall_tables.empty() && project_tables.empty(); }
  void take(const store::Row& row, const std::string& unit_name) {
    const bool overall = row.text(3) == kind_code(TableKind::overall);
    (overall ? overall_tables : project_tables).insert(row.string(0) + "/" + std::to_string(row.small(1)));
    units.insert(unit_name);
    if (row.small(2) != 0) years.insert(row.small(2));
    name.take(row.string(5));
    comparator.take(row.string(6));
    unit.take(row.optional_text(7));
    explanation.take(row.optional_text(9));
    scoring_rule.take(row.optional_text(10));
    evidence.take(row.optional_text(11));
    level1.take(row.string(12));
    level2.take(row.optional_text(13));
    if (row.is_null(8)) return;
    if (!counted.insert(unit_name + "\n" + row.string(3) + "\n" + row.string(4)).second) return;
    if (const auto number = Decimal::parse(row.text(8))) numbers.push_back(*number);
  }
};

std::vector<std::string> texts(store::Connection& connection, std::string_view sql, std::initializer_list<store::Value> values) {
  std::vector<std::string> found;
  connection.query(sql, values, [&](const store::Row& row) { found.push_back(row.string(0)); });
  return found;
}

/// `before`: what it was found by until now.
void store_grams(store::Connection& connection, const std::string& tenant, const std::string& id, const std::string& before,
                 const std::string& search) {
  for (const std::string& gram : grams_of(before)) connection.run(delete_gram, {tenant, gram, id});
  const std::vector<std::string> grams = grams_of(search);
  std::size_t at = 0;
  connection.load("library_grams", gram_columns, [&](std::vector<store::Value>& row) {
    if (at == grams.size()) return false;
    row = {tenant, grams[at++], id};
    return true;
  });
}

/// Every name it goes by, folded: the one people chose and the one tables have.
std::string search_text(const Text& chosen, const std::string& derived) {
  const std::string first = fold_label(derived);
  const std::string second = fold_label(chosen.value_or(""));
  return second.empty() || second == first ? first : first + "\n" + second;
}

Text number_text(const std::optional<Quartiles>& figures, Decimal Quartiles::* field) {
  return figures ? Text(((*figures).*field).plain()) : Text();
}

/// Whose each submission is: a unit's id, else its name; those of classified units are left out.
using Owners = std::unordered_map<std::string, std::string>;

Owners owners_of_submissions(store::Connection& connection, const std::string& tenant) {
  Owners owners;
  connection.query(select_owners, {tenant}, [&](const store::Row& row) { owners.emplace(row.string(0), row.string(1)); });
  return owners;
}

void refresh_entry(store::Connection& connection, const std::string& tenant, const std::string& id, const Owners& owners) {
  Gathered all;
  connection.query(select_uses, {tenant, id}, [&](const store::Row& row) {
    if (const auto owner = owners.find(row.string(0)); owner != owners.end()) all.take(row, owner->second);
  });
  const auto note = find_library_note(connection, tenant, id);
  std::string before;
  connection.query(select_search, {tenant, id}, [&](const store::Row& row) { before = row.string(0); });
  connection.run(delete_entry, {tenant, id});
  if (all.empty() && !note) {
    store_grams(connection, tenant, id, before, {});
    return;
  }
  const Text derived = all.empty() ? Text(note->original) : all.name.most();
  const std::string search = search_text(note ? note->name : Text(), derived.value_or(""));
  const auto comparator = comparator_from_code(all.comparator.most().value_or(""));
  const Direction direction =
      all.empty() ? direction_from_code(note->direction).value_or(Direction::exact) : direction_of(comparator.value_or(Comparator::none));
  const std::string comparator_text =
      all.empty() ? std::string(comparator_code(usual_comparator(direction))) : all.comparator.most().value_or("");
  const auto prefer = [&](const Text LibraryNote::* field, const Frequent& derived_text) {
    return note && (*note).*field ? (*note).*field : derived_text.most();
  };
  const auto figures = quartiles_of(std::move(all.numbers));
  connection.run(insert_entry, {tenant,
                                id,
                                note ? note->revision : 0,
                                all.empty() ? note->level1 : all.level1.most().value_or(""),
                                all.empty() ? note->level2 : all.level2.most(),
                                note && note->name ? *note->name : derived.value_or(""),
                                direction_code(direction),
                                comparator_text,
                                all.empty() ? note->unit : all.unit.most(),
                                prefer(&LibraryNote::explanation, all.explanation),
                                all.scoring_rule.most(),
                                prefer(&LibraryNote::evidence, all.evidence),
                                note ? note->function_class : Text(),
                                note && note->retired ? 1 : 0,
                                static_cast<int>(all.overall_tables.size() + all.project_tables.size()),
                                static_cast<int>(all.units.size()),
                                static_cast<int>(all.years.size()),
                                all.years.empty() ? std::optional<int>() : std::optional(*all.years.rbegin()),
                                static_cast<int>(all.overall_tables.size()),
                                static_cast<int>(all.project_tables.size()),
                                figures ? figures->count : 0,
                                number_text(figures, &Quartiles::least),
                                number_text(figures, &Quartiles::q1),
                                number_text(figures, &Quartiles::median),
                                number_text(figures, &Quartiles::q3),
                                number_text(figures, &Quartiles::most),
                                search});
  if (search != before) store_grams(connection, tenant, id, before, search);
}

struct UseRow {
  int table = 0;
  int indicator = 0;
  const GoalTable* of = nullptr;
  const Indicator* what = nullptr;
  Identity identity;
  std::string table_key;
  std::string target;
  Text number;
  Text evidence;
};

/// For tables that name none themselves; 0 where none does.
int year_stated(const Body& body) {
  for (const FiledTable& each : body.tables) {
    if (each.table.year) return *each.table.year;
  }
  return 0;
}

std::vector<UseRow> uses_in(const Body& body) {
  std::vector<UseRow> uses;
  for (std::size_t t = 0; t < body.tables.size(); ++t) {
    const GoalTable& table = body.tables[t].table;
    if (table.kind != TableKind::overall && table.kind != TableKind::project) continue;
    const std::string table_key = table_key_of(table);
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
      const Indicator& indicator = table.indicators[i];
      Identity identity = identity_of(indicator);
      if (identity.name_key.empty()) continue;
      const auto number = comparable_target(indicator);
      uses.push_back({static_cast<int>(t), static_cast<int>(i), &table, &indicator, std::move(identity), table_key, target_text(indicator),
                      number ? Text(number->plain()) : Text(), stated_evidence(indicator)});
    }
  }
  return uses;
}

}  // namespace

void put_library_uses(store::Connection& connection, const std::string& tenant, std::string_view submission, const Body& body) {
  const std::vector<UseRow> uses = uses_in(body);
  const int year = year_stated(body);
  std::size_t at = 0;
  connection.load("library_uses", use_columns, [&](std::vector<store::Value>& row) {
    if (at == uses.size()) return false;
    const UseRow& use = uses[at++];
    const Indicator& indicator = *use.what;
    row = {tenant,
           submission,
           use.table,
           use.indicator,
           use.identity.id,
           use.of->year ? *use.of->year : year,
           kind_code(use.of->kind),
           use.table_key,
           use.identity.path_key,
           use.of->project_name,
           use.identity.level1,
           use.identity.level2,
           indicator.level3,
           comparator_code(indicator.comparator),
           use.target,
           indicator.unit,
           use.number,
           indicator.explanation,
           indicator.scoring_rule,
           use.evidence};
    return true;
  });
}

void take_into_library(store::Connection& connection, const std::string& tenant, std::string_view submission, const Body& body) {
  connection.run(defer_entries_of, {tenant, submission});
  connection.run(delete_uses, {tenant, submission});
  put_library_uses(connection, tenant, submission, body);
  connection.run(defer_entries_of, {tenant, submission});
}

void refresh_library_of(store::Connection& connection, const std::string& tenant, std::string_view unit) {
  const Owners owners = owners_of_submissions(connection, tenant);
  for (const std::string& each : texts(connection, select_entries_of_unit, {tenant, unit})) refresh_entry(connection, tenant, each, owners);
}

void settle_library(registry::Registry& registry) {
  const std::string& tenant = registry.tenant();
  const auto pending = [&](store::Connection& connection, int most) { return texts(connection, select_pending, {tenant, most}); };
  while (!pending(*registry.store().read_one(), 1).empty()) {
    auto change = registry.begin({});
    const Owners owners = owners_of_submissions(change.connection(), tenant);
    for (const std::string& each : pending(change.connection(), settled_at_once)) {
      refresh_entry(change.connection(), tenant, each, owners);
      change.connection().run(delete_pending, {tenant, each});
    }
    change.commit();
  }
}

void store_library_note(store::Connection& connection, const std::string& tenant, const LibraryNote& note) {
  connection.run("DELETE FROM library_notes WHERE tenant_id = ? AND id = ?", {tenant, note.id});
  connection.run(insert_note, {tenant, note.id, note.revision, note.level1, note.level2, note.original, note.direction, note.unit,
                               note.name, note.explanation, note.evidence, note.function_class, note.retired ? 1 : 0});
}

void refresh_library_entry(store::Connection& connection, const std::string& tenant, const std::string& id) {
  refresh_entry(connection, tenant, id, owners_of_submissions(connection, tenant));
}

std::optional<LibraryNote> find_library_note(store::Connection& connection, const std::string& tenant, std::string_view id) {
  std::optional<LibraryNote> found;
  connection.query(select_note, {tenant, id}, [&](const store::Row& row) {
    found = LibraryNote{std::string(id),      row.small(0),         row.string(1),        row.optional_text(2),
                        row.string(3),        row.string(4),        row.optional_text(5), row.optional_text(6),
                        row.optional_text(7), row.optional_text(8), row.optional_text(9), row.integer(10) != 0};
  });
  return found;
}

void clear_library(store::Connection& connection, const std::string& tenant) {
  connection.run("DELETE FROM library_uses WHERE tenant_id = ?", {tenant});
  connection.run("DELETE FROM library_entries WHERE tenant_id = ?", {tenant});
  connection.run("DELETE FROM library_grams WHERE tenant_id = ?", {tenant});
  connection.run("DELETE FROM library_notes WHERE tenant_id = ?", {tenant});
  connection.run("DELETE FROM library_pending WHERE tenant_id = ?", {tenant});
}

void refresh_library(store::Connection& connection, const std::string& tenant) {
  const Owners owners = owners_of_submissions(connection, tenant);
  for (const std::string& each : texts(connection, select_all_entries, {tenant, tenant})) refresh_entry(connection, tenant, each, owners);
}

}  // namespace jiheng::desks
