#include "reading/page_edges.h"

#include <algorithm>

namespace jiheng::reading {

bool NearEdges::any(float reach) const {
  for (std::size_t i = 1; i < edges_.size(); ++i) {
    if (edges_[i] - edges_[i - 1] <= reach) return true;
  }
  return false;
}

std::vector<std::uint32_t> NearEdges::merge(float reach, std::vector<float>& merged) const {
  std::vector<std::uint32_t> index(edges_.size());
  merged.clear();
  for (std::size_t first = 0; first < edges_.size();) {
    std::size_t end = first + 1;
    std::uint32_t nearest = nearest_end_[first];
    float sum = edges_[first];
    while (end < edges_.size() && edges_[end] - edges_[first] <= reach && nearest > end) {
      nearest = std::min(nearest, nearest_end_[end]);
      sum += edges_[end++];
    }
    // The table's own ends stay where they are.
    const bool at_start = first == 0;
    const bool at_end = end == edges_.size();
    for (std::size_t i = first; i < end; ++i) index[i] = static_cast<std::uint32_t>(merged.size());
    merged.push_back(at_start ? edges_.front() : at_end ? edges_.back() : sum / static_cast<float>(end - first));
    first = end;
  }
  return index;
}

}  // namespace jiheng::reading
