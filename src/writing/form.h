// The layout model: a form as paper shows it, the same for every carrier. One page section with a title, a line or two above the
// table, and rows of cells with spans on one column grid. Made once (goal_form, audit_form), then drawn by docx, xlsx, html, pdf.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng::writing {

enum class Style {
  label,   ///< name of a field, centred, in the heading face
  head,    ///< column heading of the repeated rows
  level,   ///< 一级指标, 二级指标: centred; printed again where a page breaks it
  text,    ///< left-aligned
  center,  ///< short values
  number,  ///< an exact decimal, centred
  band,    ///< a heading inside the table, left-aligned, in the heading face
};

struct FormCell {
  std::string text;
  int column = 0;
  int column_span = 1;
  int row_span = 1;
  Style style = Style::text;
  bool open_top = false;     ///< no line above: it looks one with the cell of the repeated heading
  bool open_bottom = false;  ///< no line below
};

struct FormRow {
  std::vector<FormCell> cells;  ///< those that begin in this row, by column; together with spans from above they fill the row
  bool keep_with_next = false;  ///< no page break behind it
};

struct Form {
  std::string name;        ///< for the sheet's tab and the document's outline
  std::string title;       ///< may be empty
  std::string subtitle;    ///< the year, where the title does not tell it; may be empty
  std::string left_line;   ///< 填报单位（盖章）：…; may be empty
  std::string right_line;  ///< 单位：万元; may be empty
  bool landscape = false;
  bool is_list = false;         ///< a spreadsheet keeps its heading in sight and offers to sort and filter by it
  std::vector<double> columns;  ///< widths in millimetres; they add up to usable_width(landscape)
  std::vector<FormRow> rows;
  /// rows [header_first, header_first + header_count) stand again on top of every further page. No cell spans into or out of them.
  std::size_t header_first = 0;
  std::size_t header_count = 0;
  std::vector<std::string> closing;  ///< lines under the table: signatures, date

  std::size_t header_end() const { return header_first + header_count; }
};

/// A4, in millimetres.
inline constexpr double side_margin = 18;
inline constexpr double top_margin = 22;
inline constexpr double bottom_margin = 20;
constexpr double page_width(bool landscape) {
  return landscape ? 297 : 210;
}
constexpr double page_height(bool landscape) {
  return landscape ? 210 : 297;
}
constexpr double usable_width(bool landscape) {
  return page_width(landscape) - 2 * side_margin;
}

/// One slot of the form's grid: which cell covers it, and whether the cell begins in this row.
struct Slot {
  const FormCell* cell = nullptr;
  bool begins = false;
};
/// rows × columns, row by row.
std::vector<Slot> slots_of(const Form& form);

/// Width of a text on one line in ems, Chinese characters counting one and others a half: enough to judge widths and heights.
double ems(std::string_view text);
/// Millimetres that a cell needs so that no number in it is broken, in the size of the forms' body; at most 45.
double unbroken_width(std::string_view text);

}  // namespace jiheng::writing
