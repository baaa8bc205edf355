// Ruling lines → the cells they enclose.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "reading/cell_budget.h"
#include "reading/limits.h"
#include "reading/page.h"

namespace jiheng::reading {

struct LatticeCell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::uint32_t row_span = 1;
  std::uint32_t column_span = 1;
  bool open = false;      ///< no rule shuts it off on the left or right: without text it is none of the table's
  bool open_top = false;  ///< it stands at the table's first row, and no rule above it
  bool open_bottom = false;
};

/// One table's rules. Rows and columns are told by their edges, one more than there are of them.
struct Lattice {
  static constexpr std::uint32_t none = UINT32_MAX;

  std::vector<float> row_edges;      ///< y, rising
  std::vector<float> column_edges;   ///< x, rising
  std::vector<LatticeCell> cells;    ///< in row order, then column
  std::vector<std::uint32_t> slots;  ///< the cell of each row and column
  bool open_top = false;             ///< no rule runs along the first row's top: the table came from the page before
  bool open_bottom = false;

  std::uint32_t rows() const { return static_cast<std::uint32_t>(row_edges.size()) - 1; }
  std::uint32_t columns() const { return static_cast<std::uint32_t>(column_edges.size()) - 1; }
  PageBox box() const { return {column_edges.front(), row_edges.front(), column_edges.back(), row_edges.back()}; }
  PageBox box(const LatticeCell& cell) const;
  /// The cell round this point, or `none`.
  std::uint32_t cell_at(float x, float y) const;
};

/// What looking for tables may still cost, on all pages of a document together.
struct LatticeBudget {
  explicit LatticeBudget(const Limits& limits) : cells(limits) {}
  CellBudget cells;
  /// Steps: pairs of lines, places of glyphs. A page of drawing asks for more than any table.
  std::size_t steps = 100'000'000;
};
Error too_many_lines();

/// Every connected group of rules that encloses more than one cell. Errors: too-many-cells.
Result<std::vector<Lattice>> lattices_of(std::span<const Rule> rules, LatticeBudget& budget);

}  // namespace jiheng::reading
