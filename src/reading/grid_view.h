// A grid as the recogniser looks at it: what its texts say, rows at hand.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "goals/views.h"
#include "reading/cell_texts.h"
#include "reading/grid.h"

namespace jiheng::reading {

/// Its texts are views of the Layout, or are kept in the pool; they outlive the view as long as these do.
class GridView {
 public:
  GridView(const Block& block, std::string_view place, CellTexts& known, TextPool& texts);
  GridView(const GridView&) = delete;
  GridView& operator=(const GridView&) = delete;

  std::uint32_t rows() const { return grid_.rows; }
  std::uint32_t columns() const { return grid_.columns; }
  bool from_lines() const { return from_lines_; }
  /// On pages, where what has no room is set in a line of its own.
  bool is_printed() const { return !grid_.places.empty(); }

  /// The cell that covers the slot, or nullptr.
  const Cell* at(std::uint32_t row, std::uint32_t column) const { return grid_.at(row, column); }
  /// The cells that start in the row, left to right, blank ones too.
  std::span<const Cell> row(std::uint32_t row) const;
  /// Those that hold text.
  std::span<const Cell* const> filled(std::uint32_t row) const;

  /// As printed, normalised.
  std::string_view text(const Cell& cell) const { return known(cell).text(); }
  /// The stored number of a spreadsheet cell where there is one, else text().
  std::string_view stored(const Cell& cell) const { return cell.shown.empty() ? text(cell) : cell.text; }
  Label label(const Cell& cell) const { return known(cell).label(); }
  Column column(const Cell& cell) const { return known(cell).column(); }
  const LevelNames& levels(const Cell& cell) const { return known(cell).levels(); }
  bool is_label(const Cell& cell) const { return label(cell) != Label::none; }
  /// Whether its text names a first or a second level.
  bool is_level(const Cell& cell) const { return levels(cell).any(); }
  Label inline_label(const Cell& cell, std::string_view& rest) const { return known(cell).inline_label(rest); }
  bool blank(const Cell& cell) const { return text(cell).empty(); }
  /// Whether a cell reaches over columns, titles aside. Where none does, what was merged left blanks behind.
  bool merges_columns() const;
  /// Whether no cell that begins in the column holds text.
  bool is_blank_column(std::uint32_t column) const;

  views::Source source(const Cell& cell) const;
  views::Source source(std::uint32_t row) const;

 private:
  const CellText& known(const Cell& cell) const { return *known_[index(cell)]; }
  void start_row();
  std::size_t index(const Cell& cell) const { return static_cast<std::size_t>(&cell - grid_.cells.data()); }
  int row_number(std::uint32_t row) const;
  /// The page of the cell with this index, where the carrier has pages; else the whole grid's place.
  std::string_view place_of(std::size_t cell) const;

  const Grid& grid_;
  bool from_lines_;
  std::string_view place_;
  TextPool& texts_;
  std::vector<const CellText*> known_;  ///< beside grid_.cells
  std::vector<const Cell*> filled_;
  mutable std::optional<bool> merges_columns_;  ///< once somebody asked
  mutable std::vector<bool> filled_columns_;    ///< empty until somebody asks
  std::vector<std::uint32_t> row_starts_;       ///< index of each row's first cell; one more at the end
  std::vector<std::uint32_t> filled_starts_;    ///< the same in filled_
};

}  // namespace jiheng::reading
