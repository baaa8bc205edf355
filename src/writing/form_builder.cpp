#include "writing/form_builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "writing/markup.h"

namespace jiheng::writing {
namespace {

constexpr double snap_distance = 7;  // millimetres
constexpr double snap_share = 0.2;   // of the narrower neighbour: a narrow cell must not lose its room
constexpr double least_share = 0.62;

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

/// The main edges nearest to the wanted ones, one for each, that leave each cell its least width; nullopt where there are none.
std::optional<FormBuilder::Edges> FormBuilder::on_main_edges(const Edges& wanted, const std::vector<double>& least) const {
  constexpr double impossible = 1e9;
  const std::size_t cells = wanted.size() - 1;
  const std::size_t places = main_.size();
  // cost[i][j]: edge i of the band lies on edge j of the main table.
  std::vector<std::vector<double>> cost(cells + 1, std::vector<double>(places, impossible));
  std::vector<std::vector<std::size_t>> before(cells + 1, std::vector<std::size_t>(places, 0));
  cost[0][0] = 0;
  for (std::size_t i = 1; i <= cells; ++i) {
    for (std::size_t j = i; j < places; ++j) {
      for (std::size_t k = i - 1; k < j; ++k) {
        if (main_[j] - main_[k] < least[i - 1]) continue;
        const double sum = cost[i - 1][k] + std::abs(main_[j] - wanted[i]);
        if (sum >= cost[i][j]) continue;
        cost[i][j] = sum;
        before[i][j] = k;
      }
    }
  }
  if (cost[cells][places - 1] >= impossible) return std::nullopt;
  Edges edges(cells + 1);
  std::size_t at = places - 1;
  for (std::size_t i = cells + 1; i-- > 0;) {
    edges[i] = main_[at];
    at = before[i][at];
  }
  return edges;
}

void FormBuilder::snap(Edges& wanted) const {
  for (std::size_t i = 1; i + 1 < wanted.size(); ++i) {
    const double at = wanted[i];
    double distance = std::min(snap_distance, snap_share * std::min(at - wanted[i - 1], wanted[i + 1] - at));
    for (const double edge : edges_) {
      if (edge <= wanted[i - 1] + 1 || edge >= wanted[i + 1] - 1 || std::abs(edge - at) >= distance) continue;
      distance = std::abs(edge - at);
      wanted[i] = edge;
    }
  }
}

FormBuilder::Edges FormBuilder::band(const std::vector<double>& widths, const std::vector<double>& least) {
  double fixed = 0;
  double shares = 0;
  for (const double width : widths) {
    fixed += width;
    shares += width == 0;
  }
  const double share = shares > 0 ? (width_ - fixed) / shares : 0;
  const double scale = shares > 0 ? 1 : width_ / fixed;
  Edges edges = {0};
  std::vector<double> needed = least;
  for (const double width : widths) {
    const double scaled = width == 0 ? share : width * scale;
    edges.push_back(edges.back() + scaled);
    if (least.empty()) needed.push_back(scaled * least_share);
  }
  edges.back() = width_;
  if (const auto on_main = on_main_edges(edges, needed)) return *on_main;
  snap(edges);
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
