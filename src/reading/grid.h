// What a carrier yields before any meaning is told: paragraphs and grids of cells, in document order.
//
// Texts are views. They point into the Layout's pool, which lives as long as the Layout (it moves, it does not copy); raw text as
// printed, UTF-8, paragraphs and line breaks inside a cell as '\n'.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "goals/goal_table.h"
#include "reading/page.h"
#include "reading/text_pool.h"

namespace jiheng::reading {

struct Cell {
  std::string_view text;   ///< the value: the stored number of a spreadsheet by the contract's rule ("93.8"), else the printed text
  std::string_view shown;  ///< as printed where it differs from `text` ("10,891.62"); empty otherwise
  std::uint32_t row = 0;   ///< from 0, in its grid
  std::uint32_t column = 0;
  std::uint32_t row_span = 1;
  std::uint32_t column_span = 1;
  /// A spreadsheet number whose format shows per cent: text is "93.8", the unit is %.
  bool percent = false;

  std::string_view printed() const { return shown.empty() ? text : shown; }
};

/// Where a cell is printed, for carriers that have pages.
struct CellPlace {
  int page = 0;                   ///< from 1
  PageBox box;                    ///< of its first part, where a page break cuts it
  std::uint8_t confidence = 100;  ///< per cent; below 100 where its text was recognised on a picture
};

/// Cells with their spans. Every slot that a cell covers leads to it; a slot that no cell covers is empty.
class Grid {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  std::vector<Cell> cells;  ///< in row order, then column
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  std::vector<std::uint32_t> row_numbers;  ///< the row's number as people see it, from 1 (a sheet's); empty: index + 1

  std::vector<CellPlace> places;  ///< beside `cells`; empty for carriers without pages

  /// To be called once the cells are in: works out rows, columns and the slots. Spans are cut where cells overlap (the first one wins).
  void settle();
  /// The cell that covers the slot, or nullptr.
  const Cell* at(std::uint32_t row, std::uint32_t column) const {
    if (row >= rows || column >= columns) return nullptr;
    const std::uint32_t index = slots_[row * columns + column];
    return index == none ? nullptr : &cells[index];
  }
  /// Whether the slot is the cell's upper left one.
  bool starts_at(const Cell& cell, std::uint32_t row, std::uint32_t column) const { return cell.row == row && cell.column == column; }

 private:
  std::vector<std::uint32_t> slots_;
};

struct Block {
  enum class Kind { paragraph, grid };
  Kind kind = Kind::paragraph;
  std::string_view text;   ///< of a paragraph
  Grid grid;               ///< of a grid
  std::string_view place;  ///< sheet name, page number; empty: recognise numbers the grids from 1
  /// Lines of plain text that were told apart by tabs or commas only: cells have no spans, merged cells left blanks behind or
  /// collapsed (the row is then shorter than its neighbours).
  bool from_lines = false;
};

struct Layout {
  TextPool pool;
  std::vector<Block> blocks;
  std::vector<Page> pages;  ///< of carriers that have pages, as they are printed
  std::vector<Note> notes;  ///< the carrier's: sheet-hidden, tracked-changes, encoding-damaged …
  std::string foot;         ///< texts that Word and Excel print at the foot of every page; no part of the content
};

}  // namespace jiheng::reading
