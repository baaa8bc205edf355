// Puts a form together from bands: groups of rows that share their own column edges. The form's grid is the union of all edges; an
// edge that falls near one that is there snaps to it, so that a head of four cells sits well above a table of nine columns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "writing/form.h"

namespace jiheng::writing {

class FormBuilder {
 public:
  /// Positions of the edges of a band in millimetres, the first 0, the last the width of the page.
  using Edges = std::vector<double>;

  /// `widths` of the main table's columns, in proportion; they are scaled to the page.
  FormBuilder(const std::vector<double>& widths, bool landscape);

  /// The main table's own edges.
  const Edges& main() const { return main_; }
  /// Edges for a band of its own: widths in millimetres, 0 for those that share what is left. They fall on the main table's edges where
  /// each cell keeps `least` (of its width; in millimetres where `least` is given), else near ones snap to edges there already.
  Edges band(const std::vector<double>& widths, const std::vector<double>& least = {});

  /// Begins a row; cells follow from the left.
  void row(bool keep_with_next = false);
  /// A cell over the edges [from, to) of its band.
  FormCell& cell(const Edges& edges, std::size_t from, std::size_t to, std::string_view text, Style style, int row_span = 1);

  void begin_header();
  void end_header();
  Form& form() { return form_; }
  /// Works out the grid. The builder is spent then.
  Form finish();

 private:
  struct Span {
    double from;
    double to;
  };
  std::optional<Edges> on_main_edges(const Edges& wanted, const std::vector<double>& least) const;
  void snap(Edges& wanted) const;

  Form form_;
  double width_;
  Edges main_;
  Edges edges_;                           ///< all, ascending
  std::vector<std::vector<Span>> spans_;  ///< beside form_.rows[i].cells
};

}  // namespace jiheng::writing
