// Lines of plain text that are set as a table without tabs: between bars, or in columns made of spaces.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace jiheng::reading {

struct TextLine {
  std::string_view text;
  std::uint32_t number = 0;  ///< in the file, from 1
};

/// One line's fields; views into it. Where columns are told by position, the empty ones are empty.
struct TextRow {
  std::uint32_t number = 0;
  std::vector<std::string_view> fields;
};

/// Rows of a grid, or (rows empty) a paragraph.
struct ArrangedText {
  std::vector<TextRow> rows;
  std::string_view paragraph;
};

/// Lines that stand together, without a blank one between → grids where neighbours agree on their columns, paragraphs elsewhere.
/// Rulings ("|---|---|", "├──┼──┤") are left out.
std::vector<ArrangedText> arrange(std::span<const TextLine> lines);

bool is_blank_text(std::string_view text);

}  // namespace jiheng::reading
