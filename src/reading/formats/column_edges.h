// Rows of a Word table say where their cells end, each for itself; the grid's columns are all the edges there are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace jiheng::reading {

class ColumnEdges {
 public:
  /// Edges nearer than this many twips (a quarter of a millimetre) are one: rounding, not a column.
  static constexpr std::int32_t tolerance = 15;

  void add(std::int32_t edge) { edges_.push_back(edge); }
  /// To be called once all edges are in.
  void settle() {
    std::sort(edges_.begin(), edges_.end());
    std::vector<std::int32_t> columns;
    for (const std::int32_t edge : edges_) {
      if (columns.empty() || edge - columns.back() > tolerance) columns.push_back(edge);
    }
    edges_ = std::move(columns);
  }
  /// The column that begins at the edge.
  std::uint32_t column(std::int32_t edge) const {
    const auto behind = std::upper_bound(edges_.begin(), edges_.end(), edge);
    return behind == edges_.begin() ? 0 : static_cast<std::uint32_t>(behind - edges_.begin() - 1);
  }

 private:
  std::vector<std::int32_t> edges_;
};

}  // namespace jiheng::reading
