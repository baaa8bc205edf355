#include "writing/pdf_pages.h"

#include <algorithm>

namespace jiheng::writing {
namespace {

constexpr double least_row = 21;  // points

PdfFace face_of(Style style) {
  return style == Style::label || style == Style::head || style == Style::band ? PdfFace::heading : PdfFace::body;
}

PangoAlignment alignment_of(Style style) {
  return style == Style::text || style == Style::band ? PANGO_ALIGN_LEFT : PANGO_ALIGN_CENTER;
}

double height_of(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

double line_height(const LaidCell& cell) {
  return cell.line_count > 0 ? cell.height / cell.line_count : cell.height;
}

constexpr int few_lines = 4;

}  // namespace

bool stands_on_every_page(const LaidCell& cell) {
  return (cell.cell->style == Style::level || cell.cell->style == Style::label) && cell.line_count <= few_lines;
}

PdfPages::PdfPages(const Form& form, const PdfFonts& fonts, bool keep_layouts)
    : form_(form), fonts_(fonts), keep_layouts_(keep_layouts), bottom_(points(page_height(form.landscape) - bottom_margin)) {
  lay_lines();
  lay_cells();
  measure_rows();
  paginate();
}

void PdfPages::lay_lines() {
  const double width = points(usable_width(form_.landscape));
  double y = 0;
  const auto add = [&](std::vector<Line>& lines, const std::string& text, PdfFace face, PangoAlignment alignment, double gap) {
    if (text.empty()) return;
    Line line{fonts_.layout(text, face, width, alignment), 0, y};
    y += height_of(line.layout.get()) + gap;
    lines.push_back(std::move(line));
  };
  add(top_lines_, form_.title, PdfFace::title, PANGO_ALIGN_CENTER, 6);
  add(top_lines_, form_.subtitle, PdfFace::subtitle, PANGO_ALIGN_CENTER, 6);
  // Left and right share a line where they fit beside each other.
  const double before = y;
  const bool beside = (ems(form_.left_line) + ems(form_.right_line) + 2) * 10.5 < width;
  add(top_lines_, form_.left_line, PdfFace::line, PANGO_ALIGN_LEFT, 4);
  if (beside && !form_.left_line.empty()) y = before;
  add(top_lines_, form_.right_line, PdfFace::line, PANGO_ALIGN_RIGHT, 4);
  top_height_ = y;
  y = 10;
  for (const std::string& text : form_.closing) add(closing_lines_, text, PdfFace::line, PANGO_ALIGN_LEFT, 8);
  closing_height_ = form_.closing.empty() ? 0 : y;
}

GRef<PangoLayout> PdfPages::lay(const LaidCell& cell) const {
  const double width = std::max(4.0, cell.width - 2 * cell_padding);
  return fonts_.layout(cell.cell->text, face_of(cell.cell->style), width, alignment_of(cell.cell->style));
}

GRef<PangoLayout> PdfPages::layout_of(const LaidCell& cell) const {
  if (cell.cell->text.empty()) return nullptr;
  if (!cell.layout) return lay(cell);
  return GRef<PangoLayout>(static_cast<PangoLayout*>(g_object_ref(cell.layout.get())));
}

void PdfPages::lay_cells() {
  std::vector<double> edges = {0};
  for (const double column : form_.columns) edges.push_back(edges.back() + points(column));
  std::size_t count = 0;
  for (const FormRow& row : form_.rows) count += row.cells.size();
  cells_.reserve(count);
  cells_of_row_.resize(form_.rows.size());
  for (std::size_t r = 0; r < form_.rows.size(); ++r) {
    for (const FormCell& cell : form_.rows[r].cells) {
      LaidCell laid;
      laid.cell = &cell;
      laid.row = r;
      laid.x = edges[cell.column];
      laid.width = edges[cell.column + cell.column_span] - laid.x;
      if (!cell.text.empty()) {
        auto layout = lay(laid);
        laid.height = height_of(layout.get());
        laid.line_count = pango_layout_get_line_count(layout.get());
        if (keep_layouts_) laid.layout = std::move(layout);
      }
      cells_.push_back(std::move(laid));  // within what was reserved: addresses stay
      (cell.row_span == 1 ? cells_of_row_[r] : high_cells_).push_back(&cells_.back());
    }
  }
}

void PdfPages::measure_rows() {
  heights_.assign(form_.rows.size(), least_row);
  for (const LaidCell& laid : cells_) {
    if (laid.cell->row_span == 1) heights_[laid.row] = std::max(heights_[laid.row], laid.height + 2 * cell_padding);
  }
  for (const LaidCell& laid : cells_) {
    if (laid.cell->row_span == 1) continue;
    const std::size_t end = std::min(form_.rows.size(), laid.row + laid.cell->row_span);
    double have = 0;
    for (std::size_t r = laid.row; r < end; ++r) have += heights_[r];
    const double more = laid.height + 2 * cell_padding - have;
    if (more > 0) {
      for (std::size_t r = laid.row; r < end; ++r) heights_[r] += more / static_cast<double>(end - laid.row);
    }
  }
}

double PdfPages::header_height() const {
  double height = 0;
  for (std::size_t r = form_.header_first; r < form_.header_end(); ++r) height += heights_[r];
  return height;
}

/// The row and those that must stand on its page.
double PdfPages::kept_height(std::size_t row) const {
  double height = heights_[row];
  while (form_.rows[row].keep_with_next && row + 1 < form_.rows.size()) height += heights_[++row];
  return height;
}

void PdfPages::new_page() {
  if (!pages_.empty()) pages_.back().end = y_;
  PdfPage page;
  page.form = &form_;
  page.first = pages_.empty();
  pages_.push_back(std::move(page));
  y_ = points(top_margin) + (pages_.back().first ? top_height_ : 0);
}

void PdfPages::repeat_header() {
  for (std::size_t r = form_.header_first; r < form_.header_end(); ++r) {
    pages_.back().pieces.push_back({r, y_, heights_[r], false, {}});
    y_ += heights_[r];
  }
}

void PdfPages::place(std::size_t row) {
  pages_.back().pieces.push_back({row, y_, heights_[row], false, {}});
  y_ += heights_[row];
}

void PdfPages::place_broken(std::size_t row) {
  std::map<const LaidCell*, int> next;
  for (const LaidCell* cell : cells_of_row_[row]) {
    if (!stands_on_every_page(*cell)) next[cell] = 0;
  }
  bool more = true;
  while (more) {
    Piece piece;
    piece.row = row;
    piece.y = y_;
    piece.height = least_row;
    piece.broken = true;
    more = false;
    const double room = bottom_ - y_ - 2 * cell_padding;
    for (auto& [cell, line] : next) {
      if (cell->line_count == 0) continue;
      const int lines = cell->line_count;
      const int fit = std::max(1, static_cast<int>(room / line_height(*cell)));
      const int last = std::min(lines, line + fit);
      piece.lines[cell] = {line, last};
      piece.height = std::max(piece.height, (last - line) * line_height(*cell) + 2 * cell_padding);
      line = last;
      more = more || last < lines;
    }
    y_ += piece.height;
    pages_.back().pieces.push_back(std::move(piece));
    if (more) {
      new_page();
      if (row >= form_.header_end()) repeat_header();
    }
  }
}

void PdfPages::paginate() {
  new_page();
  const double page_room = bottom_ - points(top_margin);
  for (std::size_t row = 0; row < form_.rows.size(); ++row) {
    const bool body = form_.header_count > 0 && row >= form_.header_end();
    const double fresh_room = page_room - (body ? header_height() : 0);
    const bool high = heights_[row] > fresh_room;  // higher than any page
    const double wanted = high ? least_row * 3 : std::min(kept_height(row), fresh_room);
    if (y_ + wanted > bottom_ + 0.01 && !pages_.back().pieces.empty()) {
      new_page();
      if (body) repeat_header();
    }
    if (heights_[row] > bottom_ - y_ + 0.01)
      place_broken(row);
    else
      place(row);
  }
  if (closing_height_ > 0 && y_ + closing_height_ > bottom_ && closing_height_ < page_room) new_page();
  pages_.back().last = true;
  pages_.back().end = y_;
}

}  // namespace jiheng::writing
