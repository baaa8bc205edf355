// The filled cells of one sheet → a grid of its used area.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/cell_budget.h"
#include "reading/grid.h"

namespace jiheng::reading {

struct SheetCell {
  std::uint32_t row = 0;  ///< from 0, as in the sheet
  std::uint32_t column = 0;
  std::string_view text;
  std::string_view shown;
  bool percent = false;
};

struct SheetMerge {
  std::uint32_t first_row = 0;
  std::uint32_t first_column = 0;
  std::uint32_t last_row = 0;
  std::uint32_t last_column = 0;
};

/// Rows are cut to those used (longer gaps than `kept_gap` shrink to it; row_numbers tells the sheet's own numbers), columns count from
/// the sheet's first. Merges are cut to the used area; what lies hidden under one is dropped. Empty where no cell is filled.
struct SheetContent {
  static constexpr std::uint32_t kept_gap = 3;
  std::vector<SheetCell> cells;
  std::vector<SheetMerge> merges;
};
std::optional<Error> make_sheet_grid(SheetContent content, CellBudget& budget, Grid& grid);

}  // namespace jiheng::reading
