#include "reading/page_columns.h"

#include <algorithm>
#include <cmath>

#include "reading/page_profile.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t least_rows = 3;
constexpr std::size_t least_columns = 3;
constexpr float tight_line = 1.3F;    ///< lines of one cell follow one another as closely as this, by the closest of the table
constexpr std::size_t few_words = 3;  ///< lines without a second word in the midst of a table

std::size_t column_of(const std::vector<float>& edges, float x) {
  const auto at = std::upper_bound(edges.begin() + 1, edges.end() - 1, x);
  return static_cast<std::size_t>(at - edges.begin()) - 1;
}

/// Lines that begin a row. Lines of one cell stand closer together than rows do, where the rows differ in that at all.
std::vector<bool> row_starts(std::span<const PageLine> lines) {
  std::vector<bool> starts(lines.size(), true);
  std::vector<float> steps;
  for (std::size_t i = 1; i < lines.size(); ++i) steps.push_back(lines[i].baseline - lines[i - 1].baseline);
  if (steps.empty()) return starts;
  const float closest = *std::min_element(steps.begin(), steps.end());
  const auto wide =
      static_cast<std::size_t>(std::count_if(steps.begin(), steps.end(), [&](float step) { return step > closest * tight_line; }));
  if (wide == 0) return starts;
  for (std::size_t i = 1; i < lines.size(); ++i) starts[i] = steps[i - 1] > closest * tight_line;
  return starts;
}

void add_word(PageTable& table, const PageWord& word, const PageLine& line, std::size_t row_first, int page) {
  const float inset = line.size * 0.3F;
  const auto from = static_cast<std::uint32_t>(column_of(table.column_edges, std::min(word.box.left + inset, word.box.right)));
  const auto to = static_cast<std::uint32_t>(column_of(table.column_edges, std::max(word.box.right - inset, word.box.left)));
  for (std::size_t i = row_first; i < table.cells.size(); ++i) {
    PageCell& cell = table.cells[i];
    if (cell.column > to || cell.column + cell.column_span <= from) continue;
    // What stands over several columns in one line and in one of them in the next stays with the first.
    const bool same_line = std::abs(cell.baseline - line.baseline) < 0.1F;
    cell.text += (same_line ? " " : "\n") + word.text;
    cell.baseline = line.baseline;
    cell.last_line = word.box.right - word.box.left;
    cell.box = {std::min(cell.box.left, word.box.left), std::min(cell.box.top, word.box.top), std::max(cell.box.right, word.box.right),
                std::max(cell.box.bottom, word.box.bottom)};
    return;
  }
  PageCell cell{table.rows, from, 1, to - from + 1, word.text, page, word.box};
  cell.last_line = word.box.right - word.box.left;
  cell.baseline = line.baseline;
  cell.size = line.size;
  table.cells.push_back(std::move(cell));
}

ColumnTable build(std::span<const PageLine> lines, std::vector<float> edges, int page) {
  ColumnTable found;
  PageTable& table = found.table;
  table.column_edges = std::move(edges);
  table.page = page;
  table.from_lines = true;
  const auto starts = row_starts(lines);
  std::size_t row_first = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (starts[i] && i > 0) {
      ++table.rows;
      row_first = table.cells.size();
    }
    for (const PageWord& word : lines[i].words) add_word(table, word, lines[i], row_first, page);
  }
  ++table.rows;
  std::stable_sort(table.cells.begin(), table.cells.end(),
                   [](const PageCell& a, const PageCell& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; });
  return found;
}

/// Lines of cells that stand centred beside taller ones lie between one another's: which row each belongs to, nobody can tell.
bool is_interleaved(std::span<const PageLine> lines) {
  std::size_t close = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) close += lines[i].baseline - lines[i - 1].baseline < 0.85F * lines[i].size;
  return close * 10 > lines.size();
}

std::optional<ColumnTable> table_in(std::span<const PageLine> lines, int page) {
  std::size_t columned = 0;
  for (const PageLine& line : lines) columned += line.words.size() >= least_columns;
  if (columned < least_rows || columned * 3 < lines.size()) return std::nullopt;
  if (is_interleaved(lines)) return std::nullopt;
  const std::vector<float> edges = Profile(lines).edges(lines.size() / 20);
  if (edges.size() < least_columns + 1) return std::nullopt;
  ColumnTable found = build(lines, edges, page);
  if (found.table.rows < least_rows) return std::nullopt;
  return found;
}

}  // namespace

std::optional<ColumnTable> table_by_columns(std::span<const PageLine> lines, int page) {
  for (std::size_t first = 0; first < lines.size();) {
    if (lines[first].words.size() < least_columns) {
      ++first;
      continue;
    }
    // From a line with columns to the last one that is not followed by too many without.
    std::size_t end = first + 1;
    for (std::size_t at = end, single = 0; at < lines.size() && single <= few_words; ++at) {
      const bool far = lines[at].baseline - lines[at - 1].baseline > 6 * lines[at].size;
      if (far) break;
      single = lines[at].words.size() > 1 ? 0 : single + 1;
      if (single == 0) end = at + 1;
    }
    if (auto found = table_in(lines.subspan(first, end - first), page)) {
      found->first = first;
      found->end = end;
      return found;
    }
    first = end;
  }
  return std::nullopt;
}

}  // namespace jiheng::reading
