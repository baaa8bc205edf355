#include "reading/page_header.h"

#include <algorithm>
#include <optional>

#include "reading/labels.h"

namespace jiheng::reading {
namespace {

/// The texts of the row that begins at `at`, which moves behind it, and how far down its cells reach.
std::vector<std::string> texts_of_row(const PageTable& table, std::uint32_t row, std::size_t& at, std::uint32_t& reach) {
  std::vector<std::string> texts;
  for (; at < table.cells.size() && table.cells[at].row == row; ++at) {
    std::string text = key_of(table.cells[at]);
    reach = std::max(reach, row + table.cells[at].row_span);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

/// How many of the first rows of `next` are the table's first rows again, by their texts.
std::uint32_t repeated_rows(const PageTable& table, const PageTable& next) {
  std::uint32_t repeated = 0;
  std::size_t a = 0;
  std::size_t b = 0;
  std::uint32_t reach = 0;
  for (std::uint32_t row = 0; row < std::min(table.rows, next.rows); ++row) {
    std::uint32_t ignored = 0;
    const auto texts = texts_of_row(table, row, a, ignored);
    if (texts.empty() || texts != texts_of_row(next, row, b, reach)) return repeated;
    if (reach == row + 1) repeated = row + 1;
  }
  // A table that is the other's twin is none of its header.
  return repeated == next.rows ? 0 : repeated;
}

/// How many rows the names of the indicators' columns take at the head of the table; 0 where no such names stand there. The frame in the
/// first column reaches further down, whatever of its name stands on this page.
std::uint32_t header_rows(const PageTable& table) {
  constexpr std::size_t least = 3;
  constexpr std::uint32_t most_rows = 3;
  std::uint32_t rows = 0;
  std::size_t named = 0;
  for (std::size_t at = 0; at < table.cells.size() && table.cells[at].row == 0; ++at) {
    const PageCell& cell = table.cells[at];
    if (column_of(cell.text) == Column::none || (at == 0 && cell.row_span > 2)) continue;
    rows = std::max(rows, cell.row_span);
    ++named;
  }
  return named < least || rows > most_rows || rows >= table.rows ? 0 : rows;
}

/// Takes the names of the columns one by one, where they stand in the `rows` rows from that of the cell `first` on, as long as `take` wants
/// more. The frame beside them is none: it reaches further down, and of its text a page that prints the names again may show any part.
template <class Take>
void each_name(const PageTable& table, std::size_t first, std::uint32_t rows, Take take) {
  const std::uint32_t end = table.cells[first].row + rows;
  for (std::size_t at = first; at < table.cells.size() && table.cells[at].row < end; ++at) {
    const PageCell& cell = table.cells[at];
    if (cell.row + cell.row_span > end || (at == first && column_of(cell.text) == Column::none)) continue;
    std::string name = key_of(cell);
    if (!name.empty() && !take(std::move(name))) return;
  }
}

/// Whether these names, and no others, stand there.
bool has_names(const PageTable& table, std::size_t first, std::uint32_t rows, const std::vector<std::string>& names) {
  std::size_t same = 0;
  bool all = true;
  each_name(table, first, rows, [&](const std::string& name) {
    all = same < names.size() && name == names[same];
    ++same;
    return all;
  });
  return all && same == names.size();
}

/// Above the names of the indicators' columns stands a form's head, which is not printed again: how many of the first rows of `next` are
/// those names. None where another form's head stands below the last ones: then they may be its own.
std::uint32_t repeated_names(const PageTable& table, const PageTable& next) {
  const std::uint32_t rows = header_rows(next);
  if (rows == 0) return 0;
  std::vector<std::string> names;
  each_name(next, 0, rows, [&](std::string name) {
    names.push_back(std::move(name));
    return true;
  });
  std::optional<std::uint32_t> behind_last;
  bool other_head = false;
  const auto look = [&](std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
      const PageCell& cell = table.cells[at];
      const bool begins_row = at == 0 || table.cells[at - 1].row != cell.row;
      if (begins_row && cell.row + rows <= table.rows && has_names(table, at, rows, names)) {
        behind_last = cell.row + rows;
        other_head = false;
      }
      other_head = other_head || (behind_last && cell.row >= *behind_last && is_head_label(label_of(cell.text)));
    }
  };
  // They stand behind the head that the table begins with, or behind that of a form on one of the last pages.
  constexpr std::size_t looked_at = 4000;
  const std::size_t count = table.cells.size();
  look(0, std::min(count, looked_at));
  if (count > looked_at) look(std::max(looked_at, count - looked_at), count);
  return behind_last && !other_head ? rows : 0;
}

void drop_rows(PageTable& table, std::uint32_t count) {
  std::erase_if(table.cells, [&](const PageCell& cell) { return cell.row + cell.row_span <= count; });
  for (PageCell& cell : table.cells) {
    if (cell.row < count) cell.row_span -= count - cell.row;
    cell.row -= std::min(cell.row, count);
  }
  table.rows -= count;
}

}  // namespace

bool drop_repeated_header(const PageTable& table, PageTable& next) {
  std::uint32_t repeated = repeated_rows(table, next);
  if (repeated == 0) repeated = repeated_names(table, next);
  if (repeated > 0) drop_rows(next, repeated);
  return repeated > 0;
}

bool begins_with_header(const PageTable& table) {
  if (header_rows(table) == 0) return false;
  for (const PageCell& cell : table.cells) {
    if (cell.row > 0) break;
    const std::string name = key_of(cell);
    if (name == "一级指标" || name == "二级指标" || name == "三级指标") return true;
  }
  return false;
}

}  // namespace jiheng::reading
