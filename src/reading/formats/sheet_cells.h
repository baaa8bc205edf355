// What the cells of a workbook hold → texts of a sheet's content, by the contract's rules. xlsx and xls share it, so that the same table
// reads the same.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "reading/formats/number_format.h"
#include "reading/formats/sheet_grid.h"
#include "reading/grid.h"
#include "reading/limits.h"

namespace jiheng::reading {

/// Number formats by cell style, each split when first used.
class SheetStyles {
 public:
  static constexpr std::size_t most_codes = 4096;
  static constexpr std::size_t most_styles = 65536;

  void add_code(std::uint32_t id, std::string code) {
    if (codes_.size() < most_codes) codes_.emplace_back(id, std::move(code));
  }
  void add_style(std::uint32_t format_id) {
    if (styles_.size() < most_styles) styles_.push_back(format_id);
  }
  /// nullptr: General.
  const NumberFormat* format(std::uint32_t style) {
    if (style != last_style_) {
      last_format_ = look_up(style);
      last_style_ = style;
    }
    return last_format_;
  }

 private:
  const NumberFormat* look_up(std::uint32_t style);

  std::uint32_t last_style_ = UINT32_MAX;
  const NumberFormat* last_format_ = nullptr;
  std::vector<std::uint32_t> styles_;
  std::vector<std::pair<std::uint32_t, std::string>> codes_;
  std::vector<std::pair<std::uint32_t, std::unique_ptr<NumberFormat>>> formats_;
};

/// Of a sheet since Excel 2007.
inline constexpr std::uint32_t most_sheet_rows = 1048576;
inline constexpr std::uint32_t most_sheet_columns = 16384;

/// The digits that an attribute begins with; 0 where there are none. Large ones stop beyond every sheet's bounds.
inline std::uint32_t sheet_number(std::string_view text) {
  std::uint32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || value > 100'000'000) break;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

/// "B5" of row 4, column 1.
std::string cell_reference(std::uint32_t row, std::uint32_t column);

/// Takes the cells of one sheet. Texts must live as long as the layout.
class SheetCells {
 public:
  static constexpr std::size_t most_notes = 100;  ///< of one workbook; a sheet full of #REF! need not be told cell by cell

  SheetCells(Layout& layout, const Limits& limits, std::string_view sheet, bool from_1904)
      : layout_(layout), limits_(limits), sheet_(sheet), from_1904_(from_1904) {
    content_.cells.reserve(usual_cells);
    content_.merges.reserve(usual_merges);
  }

  void at(std::uint32_t row, std::uint32_t column) {
    row_ = row;
    column_ = column;
  }
  void add_text(std::string_view text, const NumberFormat* format);
  /// The contract: the stored number to 15 significant digits; what is shown beside it. A date is what is shown.
  void add_number(StoredNumber stored, const NumberFormat* format);
  void add_boolean(bool value) { add(value ? "TRUE" : "FALSE"); }
  void add_error(std::string_view value);
  void add(std::string_view text, std::string_view shown = {}, bool percent = false);
  void note_formula_without_value();
  void add_merge(const SheetMerge& merge) {
    if (content_.merges.size() < limits_.cells) content_.merges.push_back(merge);
  }

  /// too-many-cells
  const std::optional<Error>& error() const { return error_; }
  SheetContent take() { return std::move(content_); }

 private:
  static constexpr std::size_t usual_cells = 512;  ///< of a form's sheet
  static constexpr std::size_t usual_merges = 128;

  void note(std::string code, std::string message, std::string_view text);

  Layout& layout_;
  const Limits& limits_;
  std::string_view sheet_;
  bool from_1904_;
  SheetContent content_;
  std::optional<Error> error_;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
};

/// The note of a sheet that is not read because it is hidden.
void note_hidden_sheet(Layout& layout, std::string_view sheet);
/// Appends the sheet's grid to the layout, unless it is empty.
std::optional<Error> add_sheet(SheetContent content, std::string_view sheet, CellBudget& budget, Layout& layout);

}  // namespace jiheng::reading
