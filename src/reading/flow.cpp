#include "reading/flow.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"

namespace jiheng::reading {
namespace {

/// As browsers do: what claims more is a slip or malice.
constexpr std::uint32_t widest_span = 1000;
constexpr std::uint32_t tallest_span = 65534;

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c > 32 && c != 0xA0 && c != 0x3000 && c != 0xFEFF && c != 0x200B) return false;
  }
  return true;
}

}  // namespace

void FlowBuilder::Gathered::add(std::string_view more) {
  if (more.empty()) return;
  if (!standing_.empty()) text_.assign(std::exchange(standing_, {}));
  if (break_pending_ && !text_.empty()) text_.push_back('\n');
  break_pending_ = false;
  text_.append(more);
}

void FlowBuilder::Gathered::add_standing(std::string_view more) {
  if (!view().empty()) return add(more);
  standing_ = more;
  break_pending_ = break_pending_ && more.empty();
}

void FlowBuilder::Gathered::clear() {
  text_.clear();
  standing_ = {};
  break_pending_ = false;
}

void FlowBuilder::Frame::clear() {
  cells.clear();
  rows = column = starts = 0;
  in_row = in_cell = dropped = begun = merged = mergeable = false;
  text.clear();
  flowed = 0;
  flow.clear();
  nested.clear();
  busy_until.clear();
  anchors.clear();
  long_cells.clear();
}

/// Where text goes: the innermost open cell, or the page. Text between a table's rows belongs to what is round the table.
FlowBuilder::Gathered& FlowBuilder::gathered() {
  for (std::size_t level = depth_; level-- > 0;) {
    if (frames_[level]->in_cell) return frames_[level]->text;
  }
  return paragraph_;
}

void FlowBuilder::text(std::string_view text) {
  gathered().add(text);
}

void FlowBuilder::standing_text(std::string_view text) {
  gathered().add_standing(text);
}

bool FlowBuilder::at_paragraph_start() const {
  for (std::size_t level = depth_; level-- > 0;) {
    const Frame& frame = *frames_[level];
    if (frame.in_cell) return frame.text.at_line_start();
  }
  return paragraph_.at_line_start();
}

void FlowBuilder::end_paragraph() {
  Gathered& target = gathered();
  if (&target != &paragraph_)
    target.break_before_more();
  else
    flush_paragraph();
}

void FlowBuilder::flush_paragraph() {
  add_paragraphs(paragraph_.kept_in(layout_.pool), layout_.blocks);
  paragraph_.clear();
}

/// Each line a paragraph: a break inside one (Shift+Enter, <br>) starts a line of its own in a form's head.
void FlowBuilder::add_paragraphs(std::string_view text, std::vector<Block>& out) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_blank(line)) continue;
    fail(budget_.take_paragraph());
    if (error_) return;
    Block& block = out.emplace_back();
    block.text = line;
  }
}

void FlowBuilder::begin_table() {
  if (depth_ == 0)
    flush_paragraph();
  else if (top().in_cell)
    flow_present_text(top());
  if (depth_ == frames_.size()) {
    if (depth_ >= limits_.depth) {
      fail(Error{"too-deep",
                 "文件里表格套表格超过" + std::to_string(limits_.depth) + "层，不像正常的文件，已停止读取。请用Word打开后另存一份再上传。",
                 {}});
      return;
    }
    frames_.push_back(std::make_unique<Frame>());
  }
  frames_[depth_++]->clear();
}

void FlowBuilder::flow_present_text(Frame& frame) {
  const std::string_view fresh = frame.text.view().substr(frame.flowed);
  if (!is_blank(fresh)) add_paragraphs(layout_.pool.keep(fresh), frame.flow);
  frame.flowed = frame.text.view().size();
  frame.text.break_before_more();
}

void FlowBuilder::begin_row() {
  if (depth_ == 0) return;
  end_row();
  Frame& frame = top();
  frame.in_row = true;
  frame.dropped = frame.begun = false;
  frame.column = 0;
  ++frame.rows;
  if (!budget_.holds(frame.rows, std::max(frame.starts, 1U))) fail(budget_.check(frame.rows, std::max(frame.starts, 1U)));
}

void FlowBuilder::drop_row() {
  if (!in_row() || top().dropped || top().begun) return;
  top().dropped = true;
  --top().rows;
}

void FlowBuilder::end_row() {
  if (!in_row()) return;
  end_cell();
  top().in_row = false;
}

void FlowBuilder::end_row_group() {
  if (depth_ == 0) return;
  end_row();
  Frame& frame = top();
  for (const std::uint32_t index : frame.long_cells) {
    Cell& cell = frame.cells[index];
    if (cell.row + cell.row_span > frame.rows) cell.row_span = frame.rows - cell.row;
  }
  frame.long_cells.clear();
  frame.busy_until.clear();
}

void FlowBuilder::skip_columns(std::uint32_t count) {
  if (in_row() && !top().dropped) top().column += std::min(count, widest_span);
}

void FlowBuilder::begin_cell(std::uint32_t column_span, std::uint32_t row_span) {
  if (depth_ == 0) return;
  Frame& frame = top();
  if (!frame.in_row) begin_row();
  if (frame.in_cell) end_cell();
  frame.in_cell = frame.begun = true;
  frame.merged = frame.mergeable = false;
  frame.text.clear();
  frame.flowed = 0;
  frame.flow.clear();
  while (frame.column < frame.busy_until.size() && frame.busy_until[frame.column] >= frame.rows) ++frame.column;
  frame.cell = Cell{};
  frame.cell.row = frame.rows - 1;
  frame.cell.column = frame.column;
  frame.cell.column_span = std::clamp(column_span, 1U, widest_span);
  frame.cell.row_span = row_span == 0 ? tallest_span : std::min(row_span, tallest_span);
}

void FlowBuilder::set_column_span(std::uint32_t span) {
  if (in_cell()) top().cell.column_span = std::clamp(span, 1U, widest_span);
}

void FlowBuilder::start_merge() {
  if (in_cell()) top().mergeable = true;
}

void FlowBuilder::merge_up() {
  if (!in_cell() || top().dropped) return;
  Frame& frame = top();
  frame.mergeable = true;
  if (frame.column >= frame.anchors.size() || frame.anchors[frame.column] == Grid::none) return;
  Cell& anchor = frame.cells[frame.anchors[frame.column]];
  if (anchor.column != frame.column || anchor.row + anchor.row_span != frame.cell.row) return;
  if (frame.cell.column_span < anchor.column_span) return;  // it would swallow the cells on its right
  ++anchor.row_span;
  frame.merged = true;
}

void FlowBuilder::merge_left() {
  if (!in_cell() || top().dropped || top().cells.empty()) return;
  Cell& left = top().cells.back();
  if (left.row != top().cell.row || left.column + left.column_span != top().column) return;
  left.column_span += top().cell.column_span;
  top().merged = true;
}

void FlowBuilder::end_cell() {
  if (!in_cell()) return;
  Frame& frame = top();
  frame.in_cell = false;
  if (frame.dropped) return;
  const std::uint32_t column = frame.column;
  const std::uint32_t end = column + frame.cell.column_span;
  frame.column = end;
  if (frame.merged) return;

  // Tables that were only a frame round text have joined the cell's own text; what flows is then of no use.
  if (std::any_of(frame.flow.begin(), frame.flow.end(), [](const Block& block) { return block.kind == Block::Kind::grid; })) {
    flow_present_text(frame);
    frame.nested.push_back({frame.cells.size(), std::move(frame.flow)});
  }
  frame.flow.clear();
  const auto index = static_cast<std::uint32_t>(frame.cells.size());
  frame.starts = std::max(frame.starts, column + 1);
  if (!budget_.holds(frame.rows, frame.starts)) fail(budget_.check(frame.rows, frame.starts));
  if (error_) return;
  frame.cell.text = frame.text.kept_in(layout_.pool);
  frame.cells.push_back(frame.cell);
  if (frame.cell.row_span > 1) {
    if (frame.busy_until.size() < end) frame.busy_until.resize(end, 0);
    // A wide cell may claim columns that a longer one already holds.
    const std::uint32_t last = frame.rows + frame.cell.row_span - 1;
    for (std::uint32_t busy = column; busy < end; ++busy) frame.busy_until[busy] = std::max(frame.busy_until[busy], last);
    frame.long_cells.push_back(index);
  }
  if (frame.mergeable || column < frame.anchors.size()) {
    if (frame.anchors.size() <= column) frame.anchors.resize(column + 1, Grid::none);
    frame.anchors[column] = frame.mergeable ? index : Grid::none;
  }
}

/// Spans end where the last column with a cell of its own does: what reaches further only claims to.
void FlowBuilder::settle_spans(Frame& frame) {
  for (Cell& cell : frame.cells) {
    cell.column_span = std::min(cell.column_span, frame.starts - cell.column);
    cell.row_span = std::min(cell.row_span, frame.rows - cell.row);
  }
}

bool FlowBuilder::lays_out_page(const Frame& frame) const {
  if (frame.starts <= 1) return true;
  if (frame.nested.empty()) return false;
  // Rows without a table inside and with two texts or more are data: a label and its value.
  std::size_t data_rows = 0;
  auto nested = frame.nested.begin();
  for (std::size_t i = 0; i < frame.cells.size();) {
    const std::uint32_t row = frame.cells[i].row;
    std::size_t texts = 0;
    bool holds_table = false;
    for (; i < frame.cells.size() && frame.cells[i].row == row; ++i) {
      texts += !is_blank(frame.cells[i].text);
      if (nested != frame.nested.end() && nested->cell == i) {
        holds_table = true;
        ++nested;
      }
    }
    data_rows += !holds_table && texts >= 2;
  }
  return data_rows < 2;
}

void FlowBuilder::emit_flow(Frame& frame, std::vector<Block>& out) {
  auto nested = frame.nested.begin();
  for (std::size_t i = 0; i < frame.cells.size(); ++i) {
    if (nested != frame.nested.end() && nested->cell == i) {
      std::move(nested->blocks.begin(), nested->blocks.end(), std::back_inserter(out));
      ++nested;
    } else {
      add_paragraphs(frame.cells[i].text, out);
    }
  }
}

void FlowBuilder::emit_grid(Frame& frame, std::vector<Block>& out) {
  settle_spans(frame);
  fail(budget_.take(frame.rows, frame.starts));
  if (error_) return;
  Block& block = out.emplace_back();
  block.kind = Block::Kind::grid;
  block.grid.cells = frame.cells;  // the frame keeps its room for the next table
  block.grid.settle();
  for (CellFlow& flow : frame.nested) {
    for (Block& inner : flow.blocks) {
      if (inner.kind == Block::Kind::grid) out.push_back(std::move(inner));
    }
  }
}

void FlowBuilder::end_table() {
  if (depth_ == 0) return;
  end_row_group();
  Frame& frame = top();
  --depth_;
  if (error_ || frame.cells.empty()) return;
  std::vector<Block> blocks;
  if (lays_out_page(frame))
    emit_flow(frame, blocks);
  else
    emit_grid(frame, blocks);
  place(std::move(blocks));
}

/// Puts what a table gave where the table stood.
void FlowBuilder::place(std::vector<Block> blocks) {
  Frame* host = nullptr;
  for (std::size_t level = depth_; level-- > 0 && host == nullptr;) {
    if (frames_[level]->in_cell) host = frames_[level].get();
  }
  if (host == nullptr) {
    std::move(blocks.begin(), blocks.end(), std::back_inserter(layout_.blocks));
    return;
  }
  const bool only_text = std::all_of(blocks.begin(), blocks.end(), [](const Block& block) { return block.kind == Block::Kind::paragraph; });
  for (Block& block : blocks) {
    if (!only_text) {
      host->flow.push_back(std::move(block));
      continue;
    }
    host->text.break_before_more();
    host->text.add(block.text);
  }
  host->text.break_before_more();
}

std::optional<Error> FlowBuilder::finish() {
  while (depth_ > 0) end_table();
  flush_paragraph();
  return std::move(error_);
}

}  // namespace jiheng::reading
