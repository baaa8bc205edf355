#include "reading/page_columns_match.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "reading/page_edges.h"

namespace jiheng::reading {
namespace {

constexpr float same_place = 4;    ///< points: edges of one column on two pages
constexpr float near_columns = 8;  ///< the same, where no row tells them apart
constexpr float same_border = 12;  ///< a table's left and right ends
constexpr std::size_t most_edges = 2000;

using Edges = std::vector<float>;

/// For each edge of two divisions its place in the common one.
struct Matching {
  std::vector<std::uint32_t> table;
  std::vector<std::uint32_t> next;
  Edges edges;
};

/// The edges that the cells of the last rows stand on.
std::vector<std::uint32_t> edges_in_use(const PageTable& table) {
  std::vector<std::uint32_t> used;
  for (const PageCell& cell : tail_of(table.cells)) {
    if (cell.row + cell.row_span < table.rows) continue;
    used.push_back(cell.column);
    used.push_back(cell.column + cell.column_span);
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

std::vector<std::uint32_t> counted(std::size_t count) {
  std::vector<std::uint32_t> numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<std::uint32_t>(i);
  return numbers;
}

/// Each edge of `next` stands nearer to its partner than to any other column's: the same columns, a little moved.
bool stand_in_turn(const Edges& edges, const std::vector<std::uint32_t>& used, const Edges& next, float shift) {
  if (used.size() != next.size() || used.size() < 3) return false;
  for (std::size_t i = 0; i < used.size(); ++i) {
    const float off = std::abs(next[i] + shift - edges[used[i]]);
    const float before = i > 0 ? edges[used[i]] - edges[used[i - 1]] : edges[used[1]] - edges[used[0]];
    const float behind = i + 1 < used.size() ? edges[used[i + 1]] - edges[used[i]] : before;
    if (off > std::max(same_border, std::min(before, behind) / 2)) return false;
  }
  return true;
}

/// Edges within same_place are one, others a column's edge of their own.
Matching united(const Edges& table, const Edges& next, float shift) {
  Matching matching;
  matching.table.resize(table.size());
  matching.next.resize(next.size());
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < table.size() || b < next.size()) {
    const bool both = a < table.size() && b < next.size() && std::abs(next[b] + shift - table[a]) <= same_place;
    const auto index = static_cast<std::uint32_t>(matching.edges.size());
    if (both || b == next.size() || (a < table.size() && table[a] < next[b] + shift)) {
      matching.edges.push_back(table[a]);
      matching.table[a++] = index;
      if (both) matching.next[b++] = index;
    } else {
      matching.edges.push_back(next[b] + shift);
      matching.next[b++] = index;
    }
  }
  return matching;
}

/// Most tables are as wide as the page: whether the first row of `next` parts it where the table does, too. The rest of a row and the next
/// row do; a form's next part may not, and is read as well by itself.
bool parts_alike(const PageTable& next, const Edges& table, float shift) {
  constexpr std::size_t least = 2;
  std::size_t edges = 0;
  std::size_t matched = 0;
  for (const PageCell& cell : next.cells) {
    if (cell.row > 0) break;
    if (cell.column == 0) continue;
    const float edge = next.column_edges[cell.column] + shift;
    const auto at = std::lower_bound(table.begin(), table.end(), edge - near_columns);
    ++edges;
    matched += at != table.end() && *at <= edge + near_columns;
  }
  return edges < least || matched * 3 >= edges * 2;
}

std::optional<Matching> match_columns(const PageTable& table, const PageTable& next) {
  const Edges& old = table.column_edges;
  const Edges& fresh = next.column_edges;
  if (old.size() + fresh.size() > most_edges) return std::nullopt;
  if (table.from_lines) {
    // White space has no exact place: as many columns are the same ones.
    if (old.size() != fresh.size()) return std::nullopt;
    return Matching{counted(old.size()), counted(old.size()), old};
  }
  // The margins of even and odd pages may differ: the table is as wide, and stands elsewhere.
  const float width = old.back() - old.front();
  const float shift = std::abs(fresh.back() - fresh.front() - width) <= same_place ? old.front() - fresh.front() : 0;
  const auto stands = [&](float edge) {
    const auto at = std::lower_bound(old.begin(), old.end(), edge + shift - same_place);
    return at != old.end() && *at <= edge + shift + same_place;
  };
  const auto matched = static_cast<std::size_t>(std::count_if(fresh.begin(), fresh.end(), stands));
  const auto used = edges_in_use(table);
  if (matched < fresh.size()) {
    // The same number of columns, each a little moved, as when the rest of a sheet is set anew.
    if (stand_in_turn(old, used, fresh, shift)) return Matching{counted(old.size()), used, old};
    if (stand_in_turn(old, counted(old.size()), fresh, shift)) return Matching{counted(old.size()), counted(old.size()), old};
  }
  const bool same_borders =
      std::abs(fresh.front() + shift - old.front()) <= same_border && std::abs(fresh.back() + shift - old.back()) <= same_border;
  if (same_borders && matched < fresh.size() && !parts_alike(next, old, shift)) return std::nullopt;
  if (same_borders || (matched == fresh.size() && matched >= 3)) return united(old, fresh, shift);
  // Set anew in another width: column by column.
  if (used.size() == fresh.size() && fresh.size() >= 4) return Matching{counted(old.size()), used, old};
  return std::nullopt;
}

void place_on(PageTable& table, const std::vector<std::uint32_t>& places, const Edges& edges) {
  if (table.column_edges == edges) return;
  for (PageCell& cell : table.cells) {
    const std::uint32_t end = places[cell.column + cell.column_span];
    cell.column = places[cell.column];
    cell.column_span = std::max(end, cell.column + 1) - cell.column;
  }
  table.column_edges = edges;
}

/// Edges of one column that two pages place a little apart, as far as no row tells them apart.
void merge_edges(PageTable& table, PageTable& next) {
  const Edges edges = table.column_edges;
  NearEdges near(edges);
  if (!near.any(near_columns)) return;
  for (const PageTable* part : {&table, &next}) {
    for (const PageCell& cell : part->cells) near.cell(cell.column, cell.column + cell.column_span);
  }
  Edges merged;
  const auto places = near.merge(near_columns, merged);
  place_on(table, places, merged);
  place_on(next, places, merged);
}

}  // namespace

bool share_columns(PageTable& table, PageTable& next) {
  const auto matching = match_columns(table, next);
  if (!matching) return false;
  place_on(table, matching->table, matching->edges);
  place_on(next, matching->next, matching->edges);
  if (!table.from_lines) merge_edges(table, next);
  return true;
}

}  // namespace jiheng::reading
