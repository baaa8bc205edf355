#include "reading/wide_list.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/target.h"
#include "reading/units.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t most_header_rows = 3;

const Cell* key_cell(const GridView& grid, std::uint32_t row, Label key) {
  for (const Cell& cell : grid.row(row)) {
    if (!grid.blank(cell) && grid.label(cell) == key) return &cell;
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
    const auto known = std::count_if(cells.begin(), cells.end(), [&](const Cell* cell) {
      return grid.is_level(*cell) || grid.label(*cell) != Label::none || grid.column(*cell) != Column::none;
    });
    // A source of money may have a name of its own among the columns.
    const auto unknown = static_cast<std::ptrdiff_t>(cells.size()) - known;
    if (cells.empty() || unknown > known / 4 ||
        std::any_of(cells.begin(), cells.end(), [&](const Cell* cell) { return reads_as_amount(grid.stored(*cell)); }))
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

/// How wide a line is set, a Chinese character as two.
std::size_t width_of(std::string_view line) {
  constexpr char32_t first_wide = 0x1100;
  std::size_t width = 0;
  for (std::size_t at = 0; at < line.size();) width += next_code_point(line, at) < first_wide ? 1 : 2;
  return width;
}

/// Whether a piece is a name with a target whole: 采购帐篷≥200顶.
bool asks_amount(std::string_view piece, TextPool& texts) {
  std::string room;
  std::string_view name;
  std::string_view value;
  split_piece(normalise(piece, room), name, value, texts);
  return whole_amount(value, texts).has_value();
}

/// A cell's text on a page without the breaks that its narrow column made. A break is one of the text's own where the line before it had
/// room left, where the next counts on, or where a target is whole.
std::string_view unwrapped(std::string_view raw, TextPool& texts) {
  constexpr std::size_t room = 4;             // what may be left of a line: a number is not broken
  constexpr std::size_t longest_piece = 300;  // bytes
  std::size_t longest = 0;
  for (std::size_t from = 0; from < raw.size();) {
    const std::string_view line = raw.substr(from, raw.find('\n', from) - from);
    longest = std::max(longest, width_of(line));
    from += line.size() + 1;
  }
  std::string text;
  std::size_t piece = 0;
  for (std::size_t from = 0; from < raw.size();) {
    const std::string_view line = raw.substr(from, raw.find('\n', from) - from);
    from += line.size() + 1;
    text += line;
    if (from >= raw.size()) break;
    const std::string_view next = texts.normal(raw.substr(from, raw.find('\n', from) - from));
    const bool whole = text.size() - piece < longest_piece && asks_amount(text.substr(piece), texts) && !is_measurement_unit(next);
    if (!whole && width_of(line) + room >= longest && without_number(next) == next) continue;
    text += '\n';
    piece = text.size();
  }
  return texts.keep(text);
}

std::vector<std::string_view> pieces_of(std::string_view raw, bool printed, TextPool& texts) {
  if (printed && contains(raw, "\n")) raw = unwrapped(raw, texts);
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

/// 三级指标, 指标值, 计量单位 … under a level's name: what the column holds of its indicators.
Column part_of(Column column) {
  switch (column) {
    case Column::level2:
    case Column::level3:
    case Column::comparator:
    case Column::value:
    case Column::unit:
    case Column::explanation:
    case Column::scoring_rule:
    case Column::note:
    case Column::weight:
      return column;
    default:
      return Column::none;
  }
}

}  // namespace

std::optional<WideList> wide_list_at(const GridView& grid, std::uint32_t row, Label key) {
  const Cell* project = key_cell(grid, row, key);
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
      if (const Column part = part_of(grid.column(*cell)); part != Column::none) level.part = part;
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
    // Only a part's name stands in this column: plain text left blank what the level's cell covers.
    const bool beside = !list.levels.empty() && list.levels.back().column + 1 == column;
    const bool under_blank = level.level2 || (level.part != Column::none && (head.label == Label::none || beside));
    if (level.level1.empty() && under_blank && grid.from_lines()) {
      level.level1 = above;
      if (!level.level2 && !list.levels.empty() && list.levels.back().level1 == above) level.level2 = list.levels.back().level2;
    }
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
  list.parted = std::any_of(list.levels.begin(), list.levels.end(), [](const LevelColumn& l) { return l.part == Column::value; });
  return list;
}

void read_wide_row(const GridView& grid, std::uint32_t row, const WideList& list, views::GoalTable& table, std::vector<views::Note>& notes,
                   TextPool& texts) {
  bool split = false;
  views::Source place = grid.source(row);
  const Cell* last = nullptr;
  for (const LevelColumn& column : list.levels) {
    if (list.parted && column.part != Column::none) continue;
    const Cell* cell = grid.at(row, column.column);
    if (cell == nullptr || grid.blank(*cell) || cell == last) continue;
    last = cell;
    views::Text level2 = column.level2;
    for (const std::string_view piece : pieces_of(cell->printed(), grid.is_printed(), texts)) {
      std::string_view name;
      std::string_view value;
      split_piece(piece, name, value, texts);
      // 数量指标：… in a cell for all of 产出指标; 群众满意度≥95% is an indicator of that name.
      if (const auto second = canonical_level2(name); second && !column.level2 && !whole_amount(value, texts)) {
        level2 = *second;
        if (value.empty()) continue;
        const std::string_view rest = value;
        value = {};
        split_piece(rest, name, value, texts);
      }
      if (is_nothing(name)) continue;
      const Target target = read_target({texts.normal(value), {}, {}, texts.normal(name), false}, texts);
      views::Indicator indicator;
      indicator.level1 = column.level1;
      indicator.level2 = level2;
      indicator.level3 = name;
      target.write_to(indicator);
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

namespace {

/// The columns of one indicator in a parted list.
struct Part {
  std::string_view level1;
  views::Text level2;
  std::array<const LevelColumn*, static_cast<std::size_t>(Column::other) + 1> columns{};

  const LevelColumn* of(Column kind) const { return columns[static_cast<std::size_t>(kind)]; }
};

/// The columns level by level; where a kind comes again, the next indicator's begin.
std::vector<Part> parts_of(const std::vector<LevelColumn>& levels) {
  std::vector<Part> parts;
  for (const LevelColumn& column : levels) {
    if (column.part == Column::none) continue;
    const bool goes_on = !parts.empty() && parts.back().level1 == column.level1 && parts.back().level2 == column.level2 &&
                         parts.back().of(column.part) == nullptr;
    if (!goes_on) parts.push_back({column.level1, column.level2, {}});
    parts.back().columns[static_cast<std::size_t>(column.part)] = &column;
  }
  return parts;
}

/// The indicator of one row's part; none where the row names none.
void read_part(const GridView& grid, std::uint32_t row, Part& part, views::GoalTable& table, std::vector<views::Note>& notes,
               TextPool& texts) {
  const auto cell_of = [&](Column kind) { return part.of(kind) == nullptr ? nullptr : grid.at(row, part.of(kind)->column); };
  const auto text_of = [&](Column kind) -> std::string_view {
    const Cell* cell = cell_of(kind);
    return cell == nullptr ? std::string_view() : grid.text(*cell);
  };
  const auto filled = [&](Column kind) -> views::Text {
    const std::string_view text = text_of(kind);
    return text.empty() ? views::Text() : text;
  };
  if (const std::string_view second = text_of(Column::level2); !second.empty()) {
    const auto canonical = canonical_level2(second);
    part.level2 = canonical ? *canonical : second;
  }
  const Cell* name = cell_of(Column::level3);
  const Cell* value = cell_of(Column::value);
  const std::string_view stored = value == nullptr ? std::string_view() : grid.stored(*value);
  if (name == nullptr || name->row != row || is_nothing(grid.text(*name))) {
    if (name != nullptr && grid.blank(*name) && value != nullptr && value->row == row && whole_amount(stored, texts))
      notes.push_back(
          {"row-skipped", "这一行有指标值而没有指标名称，没有读作指标，请核对原文。", std::nullopt, std::nullopt, grid.source(*value)});
    return;
  }
  const bool percent = value != nullptr && value->percent;
  const Target target = read_target({stored, text_of(Column::comparator), text_of(Column::unit), grid.text(*name), percent}, texts);
  views::Indicator indicator;
  indicator.level1 = part.level1;
  indicator.level2 = part.level2;
  indicator.level3 = grid.text(*name);
  target.write_to(indicator);
  indicator.explanation = filled(Column::explanation);
  indicator.scoring_rule = filled(Column::scoring_rule);
  indicator.note = filled(Column::note);
  indicator.weight = number_of(text_of(Column::weight), texts);
  indicator.source = grid.source(value != nullptr ? *value : *name);
  if (!target.note_code.empty()) {
    notes.push_back({target.note_code, target.note_message, std::nullopt, static_cast<int>(table.indicators.size()), indicator.source});
  }
  table.indicators.push_back(std::move(indicator));
}

}  // namespace

void read_parted_rows(const GridView& grid, std::uint32_t row, std::uint32_t end, const WideList& list, views::GoalTable& table,
                      std::vector<views::Note>& notes, TextPool& texts) {
  std::vector<Part> parts = parts_of(list.levels);
  for (std::uint32_t at = row; at < end; ++at) {
    for (Part& part : parts) {
      if (part.of(Column::level3) != nullptr) read_part(grid, at, part, table, notes, texts);
    }
  }
}

}  // namespace jiheng::reading
