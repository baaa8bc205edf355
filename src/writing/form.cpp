#include "writing/form.h"

#include <algorithm>

#include "base/text.h"

namespace jiheng::writing {

std::vector<Slot> slots_of(const Form& form) {
  const std::size_t columns = form.columns.size();
  std::vector<Slot> slots(form.rows.size() * columns);
  for (std::size_t row = 0; row < form.rows.size(); ++row) {
    for (const FormCell& cell : form.rows[row].cells) {
      const std::size_t last_row = std::min(form.rows.size(), row + cell.row_span);
      const std::size_t last_column = std::min<std::size_t>(columns, cell.column + cell.column_span);
      for (std::size_t r = row; r < last_row; ++r) {
        for (std::size_t c = cell.column; c < last_column; ++c) slots[r * columns + c] = {&cell, r == row};
      }
    }
  }
  return slots;
}

double ems(std::string_view text) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    width += c < 0x2000 ? 0.52 : 1.0;
  }
  return width;
}

double unbroken_width(std::string_view text) {
  constexpr double em = 3.53;  // 10 points
  constexpr double padding = 3;
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    const bool joined = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '%';
    run = joined ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::min(45.0, static_cast<double>(longest) * 0.56 * em + padding);
}

}  // namespace jiheng::writing
