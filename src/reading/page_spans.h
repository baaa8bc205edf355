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

/// The rows of each text, top to bottom, so that every row belongs to one. `rows`: where the rows' own texts stand. nullopt where it is not
/// so within `tolerance`.
using RowSpans = std::optional<std::vector<RowSpan>>;
/// Each text stands in the middle of its rows.
RowSpans spans_by_middle(std::span<const Extent> texts, std::span<const Extent> rows, float tolerance);
/// Each stands beside the first of its rows.
RowSpans spans_by_first(std::span<const Extent> texts, std::span<const Extent> rows, float tolerance);

}  // namespace jiheng::reading
