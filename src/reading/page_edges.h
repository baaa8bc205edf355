// Edges of rows and columns that stand close together and that no row or column tells apart: one edge.
#pragma once

#include <cstdint>
#include <vector>

namespace jiheng::reading {

/// Gathers which edges the cells reach from and to, then tells which of them are one.
class NearEdges {
 public:
  explicit NearEdges(const std::vector<float>& edges) : edges_(edges), nearest_end_(edges.size(), UINT32_MAX) {}

  /// Whether any two stand within `reach`: else there is nothing to do.
  bool any(float reach) const;
  /// A cell from one edge to another.
  void cell(std::uint32_t from, std::uint32_t to) {
    if (to < nearest_end_[from]) nearest_end_[from] = to;
  }
  /// For each edge the index it has among the new ones, of which `merged` gets the places. Edges within `reach` of one another are one
  /// unless a cell stands between them.
  std::vector<std::uint32_t> merge(float reach, std::vector<float>& merged) const;

 private:
  const std::vector<float>& edges_;
  std::vector<std::uint32_t> nearest_end_;  ///< by edge: the nearest one at which a cell that starts here ends
};

}  // namespace jiheng::reading
