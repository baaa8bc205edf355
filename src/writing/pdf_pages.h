// One form cut into pages: row heights from the laid-out texts, page breaks, the heading rows again on top of each page, rows
// higher than a page broken between lines.
#pragma once

#include <map>
#include <vector>

#include "writing/form.h"
#include "writing/pdf_fonts.h"

namespace jiheng::writing {

constexpr double points(double millimetres) {
  return millimetres / 25.4 * 72;
}

/// A cell's text, laid out in its width.
struct LaidCell {
  const FormCell* cell = nullptr;
  std::size_t row = 0;
  double x = 0;  ///< points from the left margin
  double width = 0;
  GRef<PangoLayout> layout;  ///< null where the text is empty, or laid out anew to be drawn
  double height = 0;         ///< of the text
  int line_count = 0;
};

/// Names of levels and fields are printed again on each page over which their cell goes on.
bool stands_on_every_page(const LaidCell& cell);

/// Lines [first, last) of a cell's layout.
struct Lines {
  int first = 0;
  int last = 0;
};

/// A row, or a part of one, on a page.
struct Piece {
  std::size_t row = 0;
  double y = 0;  ///< points from the page's upper edge
  double height = 0;
  bool broken = false;  ///< a part: only `lines` of its cells are shown
  std::map<const LaidCell*, Lines> lines;
};

struct PdfPage {
  const Form* form = nullptr;
  bool first = false;  ///< carries title and lines
  bool last = false;   ///< carries the closing lines
  double end = 0;      ///< where the table ends
  std::vector<Piece> pieces;
};

class PdfPages {
 public:
  /// `keep_layouts`: false for documents of so many cells that their layouts would fill the memory; then each is made twice. Form and
  /// fonts must outlive this.
  PdfPages(const Form& form, const PdfFonts& fonts, bool keep_layouts);

  const std::vector<PdfPage>& pages() const { return pages_; }
  /// Cells of one row's height that begin in the row, and all higher ones.
  const std::vector<const LaidCell*>& cells_of(std::size_t row) const { return cells_of_row_[row]; }
  const std::vector<const LaidCell*>& high_cells() const { return high_cells_; }
  /// The cell's text, laid out; null where it is empty.
  GRef<PangoLayout> layout_of(const LaidCell& cell) const;
  static constexpr double cell_padding = 3.2;  ///< points, on each side

  struct Line {
    GRef<PangoLayout> layout;
    double x = 0;
    double y = 0;
  };
  const std::vector<Line>& top_lines() const { return top_lines_; }
  const std::vector<Line>& closing_lines() const { return closing_lines_; }  ///< y from the table's end

 private:
  void lay_cells();
  void lay_lines();
  GRef<PangoLayout> lay(const LaidCell& cell) const;
  void measure_rows();
  void paginate();
  void new_page();
  void repeat_header();
  void place(std::size_t row);
  void place_broken(std::size_t row);
  double kept_height(std::size_t row) const;
  double header_height() const;

  const Form& form_;
  const PdfFonts& fonts_;
  bool keep_layouts_;
  double bottom_;
  std::vector<LaidCell> cells_;
  std::vector<std::vector<const LaidCell*>> cells_of_row_;
  std::vector<const LaidCell*> high_cells_;
  std::vector<double> heights_;
  std::vector<Line> top_lines_;
  std::vector<Line> closing_lines_;
  double top_height_ = 0;
  double closing_height_ = 0;
  std::vector<PdfPage> pages_;
  double y_ = 0;
};

}  // namespace jiheng::writing
