#include "reading/wide_list.h"

#include <algorithm>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/target.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t most_header_rows = 3;

const Cell* project_cell(const GridView& grid, std::uint32_t row) {
  for (const Cell& cell : grid.row(row)) {
    if (!grid.blank(cell) && grid.label(cell) == Label::project_name) return &cell;
  }
  return nullptr;
}

/// The rows under the project's own header cell, merged or blank, that go on with the header.
std::uint32_t header_rows_of(const GridView& grid, std::uint32_t row, const Cell& project) {
  if (project.row_span > 1) return std::min(project.row_span, most_header_rows);
  std::uint32_t rows = 1;
  for (; rows < most_header_rows && row + rows < grid.rows(); ++rows) {
    const Cell* below = grid.at(row + rows, project.column);
    if (below != nullptr && !grid.blank(*below)) break;
    const auto cells = grid.filled(row + rows);
    if (cells.empty() || !std::all_of(cells.begin(), cells.end(),
                                      [&](const Cell* cell) { return grid.is_level(*cell) || grid.label(*cell) != Label::none; }))
      break;
  }
  return rows;
}

/// 1. 2、 ① （3） 指标1： before a piece, which count and say nothing.
std::string_view without_number(std::string_view piece) {
  std::string_view rest = piece;
  if (starts_with(rest, "指标")) rest.remove_prefix(std::string_view("指标").size());
  for (const std::string_view open : {"（", "("}) {
    if (starts_with(rest, open)) rest.remove_prefix(open.size());
  }
  const std::size_t before = rest.size();
  while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') rest.remove_prefix(1);
  if (rest.size() == before) {
    std::size_t next = 0;
    const char32_t c = piece.empty() ? 0 : next_code_point(piece, next);
    return c >= 0x2460 && c <= 0x2473 ? trim(piece.substr(next)) : piece;
  }
  for (const std::string_view mark : {"、", "）", ")", "：", ":"}) {
    if (starts_with(rest, mark)) return trim(rest.substr(mark.size()));
  }
  if (starts_with(rest, ".") && rest.size() > 1 && !(rest[1] >= '0' && rest[1] <= '9')) return trim(rest.substr(1));
  return piece;
}

std::vector<std::string_view> pieces_of(std::string_view raw, TextPool& texts) {
  std::vector<std::string_view> pieces;
  std::size_t from = 0;
  const auto take = [&](std::size_t end) {
    const std::string_view piece = without_number(texts.normal(raw.substr(from, end - from)));
    if (!piece.empty()) pieces.push_back(piece);
  };
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t here = at;
    const char32_t c = next_code_point(raw, at);
    if (c != '\n' && c != ';' && c != 0xFF1B) continue;
    take(here);
    from = at;
  }
  take(raw.size());
  return pieces;
}

/// Splits "受益农户≥1300户" or "完成时间：11月底前" into a name and what is asked of it.
void split_piece(std::string_view piece, std::string_view& name, std::string_view& value, TextPool& texts) {
  for (std::size_t at = 1; at < piece.size(); ++at) {
    std::string_view rest = piece.substr(at);
    if ((static_cast<unsigned char>(rest[0]) & 0xC0) == 0x80) continue;
    std::string_view probe = rest;
    if (!take_comparator(probe) || !whole_amount(rest, texts)) continue;
    name = trim(piece.substr(0, at));
    value = rest;
    break;
  }
  if (value.empty()) {
    const std::size_t wide = piece.find("：");
    const std::size_t plain = piece.find(':');
    const std::size_t colon = std::min(wide, plain);
    name = piece.substr(0, std::min(colon, piece.size()));
    if (colon < piece.size()) value = trim(piece.substr(colon + (colon == wide ? std::string_view("：").size() : 1)));
  }
  for (const std::string_view end : {"：", ":", "达到", "，", ","}) {
    if (ends_with(name, end)) name = trim(name.substr(0, name.size() - end.size()));
  }
}

}  // namespace

std::optional<WideList> wide_list_at(const GridView& grid, std::uint32_t row) {
  const Cell* project = project_cell(grid, row);
  if (project == nullptr) return std::nullopt;
  const auto names_level = [&](std::uint32_t r) {
    return std::any_of(grid.row(r).begin(), grid.row(r).end(), [&](const Cell& cell) { return !grid.blank(cell) && grid.is_level(cell); });
  };
  WideList list;
  list.header_rows = header_rows_of(grid, row, *project);
  list.project_column = project->column;
  if (!names_level(row) && !(list.header_rows > 1 && names_level(row + 1))) return std::nullopt;
  std::string_view above;  // plain text leaves blank what a merged 产出指标 covers
  for (std::uint32_t column = 0; column < grid.columns(); ++column) {
    LevelColumn level;
    level.column = column;
    HeadColumn head;
    bool any = false;
    const Cell* last = nullptr;
    for (std::uint32_t r = row; r < row + list.header_rows; ++r) {
      const Cell* cell = grid.at(r, column);
      if (cell == nullptr || grid.blank(*cell) || cell == last) continue;
      last = cell;
      const std::string_view text = grid.text(*cell);
      const auto first = canonical_level1(text);
      const auto second = canonical_level2(text);
      if (first && level.level1.empty()) {
        level.level1 = *first;
        above = level.level1;
      } else if (second) {
        level.level2 = *second;
      } else if (grid.label(*cell) != Label::none && grid.label(*cell) != Label::indicators_frame) {
        head = {grid.label(*cell), column, text};
        if (cell->column != column) head.label = Label::none;
      }
      any = true;
    }
    if (level.level1.empty() && level.level2 && grid.from_lines()) level.level1 = above;
    if (level.level1.empty() && level.level2) std::swap(level.level1, *level.level2), level.level2.reset();
    if (!level.level1.empty()) {
      list.levels.push_back(std::move(level));
    } else if (head.label != Label::none) {
      list.heads.push_back(std::move(head));
      above = {};
    } else if (any) {
      above = {};
    }
  }
  if (list.levels.size() < 2) return std::nullopt;
  return list;
}

void read_wide_row(const GridView& grid, std::uint32_t row, const WideList& list, views::GoalTable& table, std::vector<views::Note>& notes,
                   TextPool& texts) {
  bool split = false;
  views::Source place = grid.source(row);
  const Cell* last = nullptr;
  for (const LevelColumn& column : list.levels) {
    const Cell* cell = grid.at(row, column.column);
    if (cell == nullptr || grid.blank(*cell) || cell == last) continue;
    last = cell;
    views::Text level2 = column.level2;
    for (const std::string_view piece : pieces_of(cell->printed(), texts)) {
      std::string_view name;
      std::string_view value;
      split_piece(piece, name, value, texts);
      // 数量指标：… in a cell for all of 产出指标.
      if (const auto second = canonical_level2(name); second && !column.level2) {
        level2 = *second;
        if (value.empty()) continue;
        const std::string_view rest = value;
        value = {};
        split_piece(rest, name, value, texts);
      }
      if (name.empty() || name == "无" || name == "/" || name == "-") continue;
      const Target target = read_target({texts.normal(value), {}, {}, texts.normal(name), false}, texts);
      views::Indicator indicator;
      indicator.level1 = column.level1;
      indicator.level2 = level2;
      indicator.level3 = name;
      indicator.comparator = target.comparator;
      indicator.value = target.value;
      indicator.unit = target.unit;
      indicator.upper = target.upper;
      indicator.source = grid.source(*cell);
      const int index = static_cast<int>(table.indicators.size());
      if (!target.note_code.empty()) notes.push_back({target.note_code, target.note_message, std::nullopt, index, indicator.source});
      if (value.empty() && std::any_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        notes.push_back({"value-in-sentence", texts.join({"“", name, "”里的数没有比较符号，没有取作指标值，请核对。"}), std::nullopt, index,
                         indicator.source});
      }
      split = true;
      place = indicator.source;
      table.indicators.push_back(std::move(indicator));
    }
  }
  if (split)
    notes.push_back({"list-cell-split", "一行一个项目的表：格内的指标按分号和换行拆开，名称与指标值按比较符号分开，请核对。", std::nullopt,
                     std::nullopt, place});
}

}  // namespace jiheng::reading
