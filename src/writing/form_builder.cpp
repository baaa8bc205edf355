#include "writing/form_builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "writing/markup.h"

namespace jiheng::writing {
namespace {

constexpr double snap_distance = 7;  // millimetres
constexpr double snap_share = 0.2;   // of the narrower neighbour: a narrow cell must not lose its room

}  // namespace

FormBuilder::FormBuilder(const std::vector<double>& widths, bool landscape) : width_(usable_width(landscape)) {
  form_.landscape = landscape;
  double sum = 0;
  for (const double width : widths) sum += width;
  double at = 0;
  main_.push_back(0);
  for (const double width : widths) main_.push_back((at += width) * width_ / sum);
  main_.back() = width_;
  edges_ = main_;
}

FormBuilder::Edges FormBuilder::band(const std::vector<double>& widths, bool snap) {
  double fixed = 0;
  double shares = 0;
  for (const double width : widths) {
    fixed += width;
    shares += width == 0;
  }
  const double share = shares > 0 ? (width_ - fixed) / shares : 0;
  const double scale = shares > 0 ? 1 : width_ / fixed;
  Edges edges = {0};
  const auto width = [&](std::size_t i) { return widths[i] == 0 ? share : widths[i] * scale; };
  double at = 0;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    at += width(i);
    double best = at;
    double distance = !snap ? 1 : std::min(snap_distance, snap_share * std::min(width(i), width(i + 1)));
    for (const double edge : edges_) {
      if (edge <= edges.back() + 1 || edge >= width_) continue;
      if (std::abs(edge - at) < distance) {
        distance = std::abs(edge - at);
        best = edge;
      }
    }
    if (best <= edges.back()) best = edges.back() + 2;
    edges.push_back(best);
  }
  edges.push_back(width_);
  for (const double edge : edges) {
    const auto place = std::lower_bound(edges_.begin(), edges_.end(), edge);
    if (place == edges_.end() || *place != edge) edges_.insert(place, edge);
  }
  return edges;
}

void FormBuilder::row(bool keep_with_next) {
  form_.rows.push_back({{}, keep_with_next});
  spans_.emplace_back();
}

FormCell& FormBuilder::cell(const Edges& edges, std::size_t from, std::size_t to, std::string_view text, Style style, int row_span) {
  spans_.back().push_back({edges[from], edges[to]});
  FormCell cell;
  cell.text = printable(text);
  cell.style = style;
  cell.row_span = row_span;
  return form_.rows.back().cells.emplace_back(std::move(cell));
}

void FormBuilder::begin_header() {
  form_.header_first = form_.rows.size();
}

void FormBuilder::end_header() {
  form_.header_count = form_.rows.size() - form_.header_first;
}

Form FormBuilder::finish() {
  const auto column = [&](double edge) { return static_cast<int>(std::lower_bound(edges_.begin(), edges_.end(), edge) - edges_.begin()); };
  for (std::size_t i = 0; i + 1 < edges_.size(); ++i) form_.columns.push_back(edges_[i + 1] - edges_[i]);
  for (std::size_t r = 0; r < form_.rows.size(); ++r) {
    for (std::size_t c = 0; c < form_.rows[r].cells.size(); ++c) {
      FormCell& cell = form_.rows[r].cells[c];
      cell.column = column(spans_[r][c].from);
      cell.column_span = column(spans_[r][c].to) - cell.column;
    }
  }
  return std::move(form_);
}

}  // namespace jiheng::writing
