#include <algorithm>
#include <map>
#include <utility>

#include "base/likeness.h"
#include "base/text.h"
#include "desks/performance/library.h"
#include "desks/performance/library_rows.h"

namespace jiheng::desks {
namespace {

constexpr int most_candidates = 400;
constexpr int least_likeness = 40;  ///< per cent
constexpr int most_items = 10'000;

/// The condition of a filter with its values, which point into the filter and `pattern`.
struct Condition {
  std::string sql = "e.tenant_id = ? AND e.retired = ?";
  std::vector<store::Value> values;
  std::string pattern;

  Condition(const std::string& tenant, const LibraryFilter& filter) {
    values.emplace_back(tenant);
    values.emplace_back(filter.retired ? 1 : 0);
    if (filter.level1) also("e.level1 = ?", *filter.level1);
    if (filter.level2) also("e.level2 = ?", *filter.level2);
    if (filter.function_class) {
      if (*filter.function_class == "none")
        sql += " AND e.function_class IS NULL";
      else
        also("e.function_class = ?", *filter.function_class);
    }
    if (filter.kind) sql += *filter.kind == TableKind::overall ? " AND e.overall_tables > 0" : " AND e.project_tables > 0";
  }
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  void holding(std::string_view query) {
    const std::string folded = fold_label(query);
    if (folded.empty()) return;
    pattern = "%" + replace_all(replace_all(replace_all(folded, "\\", "\\\\"), "%", "\\%"), "_", "\\_") + "%";
    also("e.search LIKE ? ESCAPE '\\'", pattern);
  }

 private:
  void also(std::string_view condition, const std::string& value) {
    sql.append(" AND ").append(condition);
    values.emplace_back(value);
  }
};

std::string_view order_of(LibraryFilter::Sort sort) {
  switch (sort) {
    case LibraryFilter::Sort::use:
      return "e.tables DESC, e.name, e.id";
    case LibraryFilter::Sort::name:
      return "e.name, e.id";
    case LibraryFilter::Sort::newest:
      return "COALESCE(e.last_year, 0) DESC, e.tables DESC, e.name, e.id";
  }
  return "e.id";
}

/// How well a name answers what was typed: 300 and more begins with it, 200 holds it, below that it looks like it. 0: not at all.
int fitness(std::string_view search, std::string_view typed) {
  int best = 0;
  while (!search.empty()) {
    const std::size_t end = search.find('\n');
    const std::string_view name = search.substr(0, end);
    search.remove_prefix(end == std::string_view::npos ? search.size() : end + 1);
    int fits = 0;
    if (name == typed)
      fits = 400;
    else if (name.starts_with(typed))
      fits = 300;
    else if (name.find(typed) != std::string_view::npos)
      fits = 200;
    else if (const int like = likeness_percent(name, typed); like >= least_likeness)
      fits = like;
    best = std::max(best, fits);
  }
  return best;
}

struct Candidate {
  LibraryEntry entry;
  int fits = 0;
};

}  // namespace

LibraryPage Library::page(const LibraryFilter& filter) const {
  settle();
  LibraryPage page;
  auto reading = registry_.store().read();
  Condition condition(registry_.tenant(), filter);
  condition.holding(filter.query);
  reading->query_all("SELECT COUNT(*) FROM library_entries e WHERE " + condition.sql, condition.values,
                     [&](const store::Row& row) { page.total = row.small(0); });
  condition.values.emplace_back(std::clamp(filter.limit, 0, most_items));
  condition.values.emplace_back(std::max(filter.offset, 0));
  reading->query_all("SELECT " + std::string(library_columns) + " FROM library_entries e WHERE " + condition.sql + " ORDER BY " +
                         std::string(order_of(filter.sort)) + " LIMIT ? OFFSET ?",
                     condition.values, [&](const store::Row& row) { page.items.push_back(library_entry_of(row)); });
  std::map<std::pair<std::string, Text>, int> levels;
  std::map<Text, int> classes;
  reading->query(
      "SELECT level1, level2, function_class, COUNT(*) FROM library_entries WHERE tenant_id = ? AND retired = ? GROUP BY level1, level2, "
      "function_class",
      {registry_.tenant(), filter.retired ? 1 : 0}, [&](const store::Row& row) {
        levels[{row.string(0), row.optional_text(1)}] += row.small(3);
        classes[row.optional_text(2)] += row.small(3);
      });
  for (const auto& [level, count] : levels) page.levels.push_back({level.first, level.second, count});
  for (const auto& [code, count] : classes) page.classes.push_back({code, count});
  return page;
}

std::vector<LibraryEntry> Library::suggestions(std::string_view typed, const LibraryFilter& within, std::size_t most) const {
  settle();
  const std::string folded = fold_label(typed);
  LibraryFilter in_use = within;
  in_use.retired = false;
  Condition condition(registry_.tenant(), in_use);
  auto reading = registry_.store().read();
  std::vector<Candidate> found;
  const auto take = [&](const store::Row& row) {
    const int fits = folded.empty() ? 1 : fitness(row.text(library_column_count), folded);
    if (fits > 0) found.push_back({library_entry_of(row), fits});
  };
  const std::string columns = std::string(library_columns) + ", e.search";
  if (folded.empty()) {
    condition.values.emplace_back(static_cast<int>(most));
    reading->query_all(
        "SELECT " + columns + " FROM library_entries e WHERE " + condition.sql + " ORDER BY e.tables DESC, e.name, e.id LIMIT ?",
        condition.values, take);
  } else {
    // Pairs tell more than single characters; who typed just one has no pair.
    std::vector<std::string> grams = grams_of(folded);
    if (length_utf8(folded) > 1) std::erase_if(grams, [](const std::string& gram) { return length_utf8(gram) < 2; });
    std::string marks;
    std::vector<store::Value> values{registry_.tenant()};
    for (const std::string& gram : grams) {
      marks += marks.empty() ? "?" : ", ?";
      values.emplace_back(gram);
    }
    values.insert(values.end(), condition.values.begin(), condition.values.end());
    values.emplace_back(most_candidates);
    reading->query_all("SELECT " + columns +
                           " FROM (SELECT entry, COUNT(*) AS shared FROM library_grams WHERE tenant_id = ? AND gram IN (" + marks +
                           ") GROUP BY entry) g JOIN library_entries e ON e.id = g.entry WHERE " + condition.sql +
                           " ORDER BY g.shared DESC, e.tables DESC, e.id LIMIT ?",
                       values, take);
  }
  std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    if (a.fits != b.fits) return a.fits > b.fits;
    if (a.entry.tables != b.entry.tables) return a.entry.tables > b.entry.tables;
    return a.entry.name < b.entry.name;
  });
  std::vector<LibraryEntry> entries;
  for (Candidate& each : found) {
    if (entries.size() == most) break;
    entries.push_back(std::move(each.entry));
  }
  return entries;
}

}  // namespace jiheng::desks
