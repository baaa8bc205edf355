// Which rows a cell reaches over where no rule tells: its text stands in their middle, or in the first of them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace jiheng::reading {

/// From top to bottom, in points.
struct Extent {
  float top = 0;
  float bottom = 0;
  float middle() const { return (top + bottom) / 2; }
};

/// Rows from `first` to before `end`.
struct RowSpan {
  std::size_t first = 0;
  std::size_t end = 0;
  bool operator==(const RowSpan&) const = default;
};

/// Rows from the places of their texts: they meet half-way between them.
std::vector<Extent> extents_of(std::span<const Extent> texts);

/// The rows of each text, top to bottom, so that every row belongs to one and each text stands in the middle of its rows, or else so that
/// each stands beside the first of its rows. `rows`: where the rows' own texts stand. nullopt where neither is so within `tolerance`.
std::optional<std::vector<RowSpan>> spans_of(std::span<const Extent> texts, std::span<const Extent> rows, float tolerance);

}  // namespace jiheng::reading
