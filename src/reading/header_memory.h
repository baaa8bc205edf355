// The header that was met last and the plan made of it: a document's forms print the same header again and again.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "reading/column_plan.h"
#include "reading/header_cells.h"

namespace jiheng::reading {

class HeaderMemory {
 public:
  /// plan_columns()
  std::optional<ColumnPlan> plan(const GridView& grid, std::uint32_t row);

 private:
  struct Part {
    std::string_view text;
    std::uint32_t row = 0;  ///< of the header's
    std::uint32_t column = 0;
    std::uint32_t column_span = 0;
    bool operator==(const Part&) const = default;
  };

  static Part part_of(const GridView& grid, const Cell& cell, std::uint32_t row);
  bool stands_again(const GridView& grid, std::uint32_t row) const;
  void remember(const GridView& grid, std::uint32_t row, Header header, const ColumnPlan& plan);

  std::vector<Part> parts_;  ///< empty: none is remembered
  std::uint32_t columns_ = 0;
  bool from_lines_ = false;
  Header header_;
  ColumnPlan plan_;
};

}  // namespace jiheng::reading
