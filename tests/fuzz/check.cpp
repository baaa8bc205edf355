#include "check.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "goals/json.h"
#include "reading/encoding.h"

namespace jiheng::fuzz {

using reading::Block;
using reading::Cell;
using reading::Grid;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "breach: %s\n", what);
  std::abort();
}

reading::Limits small_limits() {
  reading::Limits limits;
  limits.inflated_bytes = 4U << 20;
  limits.cells = 20000;
  return limits;
}

namespace {

bool is_utf8(std::string_view text) {
  return reading::first_invalid_utf8(text) == std::string_view::npos;
}

void check_grid(const Grid& grid) {
  require(static_cast<std::size_t>(grid.rows) * grid.columns <= small_limits().cells, "too many cells");
  require(grid.row_numbers.empty() || grid.row_numbers.size() >= grid.rows, "a row without a number");
  std::vector<bool> covered(static_cast<std::size_t>(grid.rows) * grid.columns);
  for (const Cell& cell : grid.cells) {
    require(is_utf8(cell.text) && is_utf8(cell.shown), "a cell's text is not UTF-8");
    require(cell.row_span >= 1 && cell.column_span >= 1, "a cell without extent");
    require(cell.row + cell.row_span <= grid.rows && cell.column + cell.column_span <= grid.columns, "a cell beyond its grid");
    for (std::uint32_t row = cell.row; row < cell.row + cell.row_span; ++row) {
      for (std::uint32_t column = cell.column; column < cell.column + cell.column_span; ++column) {
        require(!covered[row * grid.columns + column], "a slot covered twice");
        covered[row * grid.columns + column] = true;
        require(grid.at(row, column) == &cell, "a slot that leads elsewhere");
      }
    }
  }
}

}  // namespace

void check(const Error& error) {
  require(!error.code.empty() && !error.message.empty(), "an error without code or sentence");
  require(is_utf8(error.message), "an error's sentence is not UTF-8");
  for (const std::string& place : error.context) require(is_utf8(place), "an error's place is not UTF-8");
}

void check(const Result<reading::Layout>& layout) {
  if (!layout) return check(layout.error());
  for (const Block& block : layout->blocks) {
    require(is_utf8(block.text) && is_utf8(block.place), "a paragraph's text is not UTF-8");
    if (block.kind == Block::Kind::grid) check_grid(block.grid);
  }
  for (const Note& note : layout->notes) require(!note.code.empty() && is_utf8(note.message), "a note without code or sentence");
}

void check(const Document& document) {
  if (document.error) check(Error{document.error->code, document.error->message, {}});
  const std::string json = json_line(document);
  require(is_utf8(json), "the JSON is not UTF-8");
  const auto again = document_from_json(json);
  require(again.ok(), "the JSON does not read back");
  require(json_line(*again) == json, "the JSON reads back as another document");
}

}  // namespace jiheng::fuzz
