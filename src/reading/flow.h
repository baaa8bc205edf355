// Builds a layout from a document that flows: paragraphs, tables with rows and cells, tables inside cells. Word and web pages both do.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/cell_budget.h"
#include "reading/grid.h"
#include "reading/limits.h"

namespace jiheng::reading {

/// Calls come in document order and need not be balanced: what is open is closed, what closes nothing is passed over.
///
/// A table inside a cell becomes a grid of its own behind the table that holds it; the cell keeps its own text. A table that only
/// lays out a page (one column, or tables in its cells and hardly a row of its own) is no grid: its content flows on.
class FlowBuilder {
 public:
  FlowBuilder(Layout& layout, const Limits& limits) : layout_(layout), limits_(limits), budget_(limits) {}

  void text(std::string_view text);
  /// The same of bytes that stand as long as the layout: what is all the text of its cell is not copied.
  void standing_text(std::string_view text);
  void line_break() { text("\n"); }
  void end_paragraph();
  /// Whether the present paragraph has no text yet, so that white space at its start may go.
  bool at_paragraph_start() const;

  void begin_table();
  void end_table();
  void begin_row();
  void end_row();
  /// Rows of a group end here: no cell reaches beyond.
  void end_row_group();
  /// The present row, just begun, is not there (a tracked deletion). Once it has a cell it stays.
  void drop_row();
  /// Leaves slots empty at the row's present place.
  void skip_columns(std::uint32_t count);
  /// `row_span` 0: to the end of the row group.
  void begin_cell(std::uint32_t column_span = 1, std::uint32_t row_span = 1);
  void set_column_span(std::uint32_t span);
  /// The present cell, just begun, belongs to the one above (or to the one on its left); its own text is not shown.
  void merge_up();
  void merge_left();
  /// The present cell may be continued by merge_up.
  void start_merge();
  void end_cell();

  /// Where bytes for standing_text() may be put.
  TextPool& pool() { return layout_.pool; }

  bool in_table() const { return depth_ > 0; }
  bool in_cell() const { return depth_ > 0 && frames_[depth_ - 1]->in_cell; }
  bool in_row() const { return depth_ > 0 && frames_[depth_ - 1]->in_row; }

  /// Closes what is open. The first error met, if any: too-many-cells, too-large, too-deep.
  std::optional<Error> finish();
  bool failed() const { return error_.has_value(); }

 private:
  /// Text being gathered: paragraphs end with a line break that is written once more text follows.
  class Gathered {
   public:
    void add(std::string_view more);
    void add_standing(std::string_view more);
    void break_before_more() { break_pending_ = true; }
    bool at_line_start() const { return break_pending_ || view().empty() || view().back() == '\n'; }
    std::string_view view() const { return standing_.empty() ? std::string_view(text_) : standing_; }
    /// What there is, as a text of the pool.
    std::string_view kept_in(TextPool& pool) const { return standing_.empty() ? pool.keep(text_) : standing_; }
    void clear();

   private:
    std::string text_;
    std::string_view standing_;  ///< all there is so far, instead of `text_`
    bool break_pending_ = false;
  };
  struct CellFlow {
    std::size_t cell;           ///< index among the table's
    std::vector<Block> blocks;  ///< paragraphs and grids, in order
  };
  struct Frame {
    std::vector<Cell> cells;
    std::uint32_t rows = 0;
    std::uint32_t column = 0;
    std::uint32_t starts = 0;  ///< columns in which a cell starts: the last one + 1
    bool in_row = false;
    bool in_cell = false;
    bool dropped = false;
    bool begun = false;      ///< the row has a cell
    bool merged = false;     ///< the present cell belongs to another
    bool mergeable = false;  ///< it may be continued below
    Cell cell;
    Gathered text;
    std::size_t flowed = 0;  ///< how much of `text` has gone into `flow`
    std::vector<Block> flow;
    std::vector<CellFlow> nested;
    std::vector<std::uint32_t> busy_until;  ///< by column: the first row that is free again
    std::vector<std::uint32_t> anchors;     ///< by column: the cell that merge_up may continue
    std::vector<std::uint32_t> long_cells;  ///< cells that reach beyond the present row
    void clear();
  };

  Frame& top() { return *frames_[depth_ - 1]; }
  Gathered& gathered();
  void flush_paragraph();
  void add_paragraphs(std::string_view text, std::vector<Block>& out);
  void flow_present_text(Frame& frame);
  void settle_spans(Frame& frame);
  bool lays_out_page(const Frame& frame) const;
  void emit_flow(Frame& frame, std::vector<Block>& out);
  void emit_grid(Frame& frame, std::vector<Block>& out);
  void place(std::vector<Block> blocks);
  void fail(std::optional<Error> error) {
    if (error && !error_) error_ = std::move(error);
  }

  Layout& layout_;
  const Limits& limits_;
  CellBudget budget_;
  Gathered paragraph_;
  std::vector<std::unique_ptr<Frame>> frames_;  ///< kept for reuse beyond `depth_`
  std::size_t depth_ = 0;
  std::optional<Error> error_;
};

}  // namespace jiheng::reading
