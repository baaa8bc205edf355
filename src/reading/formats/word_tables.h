// Word's older formats (doc, rtf) know no tables, only paragraphs with marks: this one ends a cell, that one a row. From these marks and
// from where each row says that its cells end, tables are told here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "reading/flow.h"
#include "reading/limits.h"

namespace jiheng::reading {

/// A row's cells as its definition has them.
struct WordRow {
  static constexpr std::size_t most_cells = 64;  ///< Word's own limit is 63
  struct Merge {
    std::uint8_t across = 0;  ///< 0: none. A run of cells with other values is a set, whose first cell's value begins each further set
    bool up = false;          ///< continues the cell above
    bool starts_down = false;
  };
  std::vector<std::int32_t> edges;  ///< one more than cells, in twips; empty where it is not defined
  std::vector<Merge> cells;
};

struct WordMark {
  static constexpr std::uint32_t no_row = UINT32_MAX;
  std::uint32_t depth = 0;  ///< in so many tables
  bool cell_end = false;
  bool row_end = false;
  bool text = false;           ///< there is some, beside what a tracked change deleted
  bool deleted_text = false;   ///< there was; of a row's end: the mark itself is deleted
  std::uint32_t row = no_row;  ///< of a row's end: which definition
};

/// All paragraphs of a story, in order, and the definitions that their rows share.
struct WordMarks {
  std::vector<WordMark> marks;
  std::vector<WordRow> rows;
};

/// A new paragraph at the end; nullptr where there are more than any form has.
inline WordMark* add_mark(WordMarks& marks, const Limits& limits) {
  return marks.marks.size() >= limits.cells * 4 ? nullptr : &marks.marks.emplace_back();
}
Error too_many_paragraphs(const Limits& limits);

/// Calls `text` for each paragraph in order, between the calls that open and close tables, rows and cells.
void flow_paragraphs(const WordMarks& marks, FlowBuilder& flow, const std::function<void(std::size_t)>& text);

}  // namespace jiheng::reading
