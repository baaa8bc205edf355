#include "reading/page_lattice.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jiheng::reading {
namespace {

// Points. No text stands in a row or column narrower than `same_edge`, so that rules as near as that are one edge: a double line, pieces
// drawn a little apart.
constexpr float same_edge = 2.5F;
constexpr float widest_edge = 4;
constexpr float small_gap = 3;       ///< between pieces of one line, and between a line's end and the line it should meet
constexpr float thickest = 9;        ///< what is thicker is a filled area
constexpr float shortest = 4;        ///< what is shorter, once its pieces are joined, is a dot or a letter's stroke
constexpr float shortest_bare = 18;  ///< an upright that no line across meets
constexpr std::size_t least_bare = 5;
constexpr float missing_border = 8;  ///< lines that reach as far beyond the last edge go to a border that is not drawn
/// A line along one axis: at `at` of the other one.
struct Segment {
  float at;
  float from;
  float to;
};

/// Pieces of one line become one.
std::vector<Segment> joined(std::vector<Segment> pieces) {
  std::sort(pieces.begin(), pieces.end(), [](const Segment& a, const Segment& b) { return a.at < b.at; });
  std::vector<Segment> lines;
  for (std::size_t first = 0; first < pieces.size();) {
    std::size_t end = first + 1;
    while (end < pieces.size() && pieces[end].at - pieces[end - 1].at <= same_edge && pieces[end].at - pieces[first].at <= widest_edge)
      ++end;
    std::sort(pieces.begin() + static_cast<std::ptrdiff_t>(first), pieces.begin() + static_cast<std::ptrdiff_t>(end),
              [](const Segment& a, const Segment& b) { return a.from < b.from; });
    while (first < end) {
      Segment line = pieces[first];
      float length = std::max(line.to - line.from, 0.01F);
      double sum = static_cast<double>(line.at) * length;
      double weight = length;
      for (++first; first < end && pieces[first].from <= line.to + small_gap; ++first) {
        const Segment& piece = pieces[first];
        line.to = std::max(line.to, piece.to);
        length = std::max(piece.to - piece.from, 0.01F);
        sum += static_cast<double>(piece.at) * length;
        weight += length;
      }
      line.at = static_cast<float>(sum / weight);
      if (line.to - line.from >= shortest) lines.push_back(line);
    }
  }
  return lines;
}

struct Lines {
  std::vector<Segment> across;   ///< at is y
  std::vector<Segment> upright;  ///< at is x
};

Lines lines_of(std::span<const Rule> rules) {
  Lines lines;
  for (const Rule& rule : rules) {
    const PageBox& box = rule.box;
    const float width = box.right - box.left;
    const float height = box.bottom - box.top;
    if (!is_sound(box) || !(width >= 0 && height >= 0)) continue;
    if (std::min(width, height) > thickest) continue;
    // A dot may be a piece of either.
    const bool dot = std::max(width, height) < shortest;
    if (dot || rule.across()) lines.across.push_back({(box.top + box.bottom) / 2, box.left, box.right});
    if (dot || !rule.across()) lines.upright.push_back({(box.left + box.right) / 2, box.top, box.bottom});
  }
  lines.across = joined(std::move(lines.across));
  lines.upright = joined(std::move(lines.upright));
  return lines;
}

class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void unite(std::size_t a, std::size_t b) { parent_[find(a)] = find(b); }

 private:
  std::vector<std::size_t> parent_;
};

/// Lines that meet one another, group by group. False: too many to look at.
bool group_lines(Lines& lines, std::size_t& steps, std::vector<Lines>& groups) {
  std::sort(lines.upright.begin(), lines.upright.end(), [](const Segment& a, const Segment& b) { return a.at < b.at; });
  Groups sets(lines.across.size() + lines.upright.size());
  for (std::size_t a = 0; a < lines.across.size(); ++a) {
    const Segment& line = lines.across[a];
    auto upright = std::lower_bound(lines.upright.begin(), lines.upright.end(), line.from - small_gap,
                                    [](const Segment& segment, float at) { return segment.at < at; });
    for (; upright != lines.upright.end() && upright->at <= line.to + small_gap; ++upright) {
      if (steps == 0) return false;
      --steps;
      if (line.at < upright->from - small_gap || line.at > upright->to + small_gap) continue;
      sets.unite(a, lines.across.size() + static_cast<std::size_t>(upright - lines.upright.begin()));
    }
  }
  std::vector<std::size_t> group_of(lines.across.size() + lines.upright.size(), SIZE_MAX);
  const auto group = [&](std::size_t line) -> Lines& {
    std::size_t& index = group_of[sets.find(line)];
    if (index == SIZE_MAX) {
      index = groups.size();
      groups.emplace_back();
    }
    return groups[index];
  };
  for (std::size_t i = 0; i < lines.across.size(); ++i) group(i).across.push_back(lines.across[i]);
  for (std::size_t i = 0; i < lines.upright.size(); ++i) group(lines.across.size() + i).upright.push_back(lines.upright[i]);
  return true;
}

/// Of merged cells that go on over a page break at both ends no line across meets the uprights: they are the table's whose uprights begin
/// and end where they do. False: too many to look at.
bool add_bare_uprights(std::vector<Lines>& groups, std::size_t& steps) {
  struct Reach {
    std::size_t group;
    float from;
    float to;
  };
  std::vector<Reach> tables;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const Lines& group = groups[i];
    if (group.across.empty() || group.upright.size() < 2) continue;
    Reach reach{i, group.upright.front().from, group.upright.front().to};
    for (const Segment& line : group.upright) {
      reach.from = std::min(reach.from, line.from);
      reach.to = std::max(reach.to, line.to);
    }
    tables.push_back(reach);
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!groups[i].across.empty()) continue;
    if (steps < tables.size()) return false;
    steps -= tables.size();
    const Segment line = groups[i].upright.front();
    if (line.to - line.from < shortest_bare) continue;
    const auto table = std::find_if(tables.begin(), tables.end(), [&](const Reach& reach) {
      return std::abs(reach.from - line.from) <= small_gap && std::abs(reach.to - line.to) <= small_gap;
    });
    // Where none is, uprights that begin and end together are a row that fills its page.
    if (table == tables.end())
      tables.push_back({i, line.from, line.to});
    else
      groups[table->group].upright.push_back(line);
  }
  return true;
}

/// The places at which lines stand, those of nearly the same place as one.
std::vector<float> edges_of(std::vector<Segment> lines) {
  std::sort(lines.begin(), lines.end(), [](const Segment& a, const Segment& b) { return a.at < b.at; });
  std::vector<float> edges;
  for (std::size_t first = 0; first < lines.size();) {
    std::size_t end = first;
    double sum = 0;
    double weight = 0;
    for (; end < lines.size() &&
           (end == first || (lines[end].at - lines[end - 1].at <= same_edge && lines[end].at - lines[first].at <= widest_edge));
         ++end) {
      const double length = lines[end].to - lines[end].from;
      sum += lines[end].at * length;
      weight += length;
    }
    edges.push_back(static_cast<float>(sum / weight));
    first = end;
  }
  return edges;
}

/// A border that is not drawn: lines run to where it should be. One alone may just be too long; what it adds stays open, so that cells
/// without text are none of the table's.
enum class Border { drawn, open, missing };
struct Borders {
  Border first = Border::drawn;
  Border last = Border::drawn;
};

/// The median of where lines end, if they do beyond the table's last edge.
Border border_at(std::vector<float>& ends, float& place) {
  if (ends.empty()) return Border::drawn;
  const auto middle = ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 2);
  std::nth_element(ends.begin(), middle, ends.end());
  place = *middle;
  return ends.size() > 1 ? Border::missing : Border::open;
}

Borders add_missing_borders(std::vector<float>& edges, const std::vector<Segment>& lines) {
  std::vector<float> starts;
  std::vector<float> ends;
  for (const Segment& line : lines) {
    if (line.from < edges.front() - missing_border) starts.push_back(line.from);
    if (line.to > edges.back() + missing_border) ends.push_back(line.to);
  }
  float first = 0;
  float last = 0;
  const Borders borders{border_at(starts, first), border_at(ends, last)};
  if (borders.first != Border::drawn) edges.insert(edges.begin(), first);
  if (borders.last != Border::drawn) edges.push_back(last);
  return borders;
}

/// Which stretches between edges a set of lines covers.
class Walls {
 public:
  /// `places`: the edges on which the lines stand; `stops`: those along them.
  Walls(const std::vector<Segment>& lines, const std::vector<float>& places, const std::vector<float>& stops)
      : stretches_(stops.size() - 1), covered_(places.size() * stretches_, 0) {
    for (const Segment& line : lines) {
      auto place = std::lower_bound(places.begin(), places.end(), line.at);
      if (place == places.end() || (place != places.begin() && line.at - place[-1] < *place - line.at)) --place;
      float* row = covered_.data() + static_cast<std::size_t>(place - places.begin()) * stretches_;
      std::size_t at = static_cast<std::size_t>(std::upper_bound(stops.begin(), stops.end(), line.from) - stops.begin());
      at = at == 0 ? 0 : at - 1;
      for (; at < stretches_ && stops[at] < line.to; ++at) {
        row[at] += std::max(0.0F, std::min(line.to, stops[at + 1]) - std::max(line.from, stops[at]));
      }
    }
    for (std::size_t place = 0; place < places.size(); ++place) {
      for (std::size_t at = 0; at < stretches_; ++at) {
        float& cover = covered_[place * stretches_ + at];
        const float length = stops[at + 1] - stops[at];
        const bool stands = cover >= length - std::max(2 * small_gap, length * 0.15F) && cover >= length * 0.5F;
        cover = stands ? 1 : 0;
      }
    }
  }
  bool at(std::size_t place, std::size_t stretch) const { return covered_[place * stretches_ + stretch] > 0; }
  void build(std::size_t place) { std::fill_n(covered_.begin() + static_cast<std::ptrdiff_t>(place * stretches_), stretches_, 1.0F); }
  bool any(std::size_t place) const {
    const auto first = covered_.begin() + static_cast<std::ptrdiff_t>(place * stretches_);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(stretches_), [](float wall) { return wall > 0; });
  }

 private:
  std::size_t stretches_;
  std::vector<float> covered_;
};

/// Slots without a wall between them are one cell. Each cell is a rectangle: a shape that is none falls into several.
void fill_cells(Lattice& lattice, const Walls& across, const Walls& upright) {
  const std::uint32_t rows = lattice.rows();
  const std::uint32_t columns = lattice.columns();
  lattice.slots.assign(static_cast<std::size_t>(rows) * columns, Lattice::none);
  const auto free = [&](std::uint32_t row, std::uint32_t column) {
    return lattice.slots[static_cast<std::size_t>(row) * columns + column] == Lattice::none;
  };
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column) {
      if (!free(row, column)) continue;
      LatticeCell cell{row, column};
      std::uint32_t right = column + 1;
      while (right < columns && !upright.at(right, row) && free(row, right)) ++right;
      const float width = lattice.column_edges[right] - lattice.column_edges[column];
      std::uint32_t below = row + 1;
      const auto goes_on = [&] {
        float walled = 0;
        for (std::uint32_t at = column; at < right; ++at) {
          if (!free(below, at) || (at > column && upright.at(at, below))) return false;
          if (across.at(below, at)) walled += lattice.column_edges[at + 1] - lattice.column_edges[at];
        }
        return walled < width / 2;
      };
      while (below < rows && goes_on()) ++below;
      cell.row_span = below - row;
      cell.column_span = right - column;
      for (std::uint32_t r = row; r < below; ++r) {
        for (std::uint32_t c = column; c < right; ++c)
          lattice.slots[static_cast<std::size_t>(r) * columns + c] = static_cast<std::uint32_t>(lattice.cells.size());
        cell.open = cell.open || (column == 0 && !upright.at(0, r)) || (right == columns && !upright.at(columns, r));
      }
      for (std::uint32_t c = column; c < right; ++c) {
        cell.open_top = cell.open_top || (row == 0 && !across.at(0, c));
        cell.open_bottom = cell.open_bottom || (below == rows && !across.at(rows, c));
      }
      lattice.cells.push_back(cell);
    }
  }
}

}  // namespace

PageBox Lattice::box(const LatticeCell& cell) const {
  return {column_edges[cell.column], row_edges[cell.row], column_edges[cell.column + cell.column_span],
          row_edges[cell.row + cell.row_span]};
}

std::uint32_t Lattice::cell_at(float x, float y) const {
  if (!(x >= column_edges.front() && x < column_edges.back() && y >= row_edges.front() && y < row_edges.back())) return none;
  const auto row = static_cast<std::size_t>(std::upper_bound(row_edges.begin(), row_edges.end(), y) - row_edges.begin()) - 1;
  const auto column = static_cast<std::size_t>(std::upper_bound(column_edges.begin(), column_edges.end(), x) - column_edges.begin()) - 1;
  return slots[row * columns() + column];
}

Error too_many_lines() {
  return {"too-many-cells", "文件里的线条太多，像是图纸，不像绩效目标表。请只保留要报送的表格后再上传。", {}};
}

Result<std::vector<Lattice>> lattices_of(std::span<const Rule> rules, LatticeBudget& budget) {
  std::vector<Lattice> lattices;
  Lines lines = lines_of(rules);
  std::vector<Lines> groups;
  if (!group_lines(lines, budget.steps, groups) || !add_bare_uprights(groups, budget.steps)) return too_many_lines();
  for (const Lines& group : groups) {
    if (group.upright.empty() || group.across.size() + group.upright.size() < (group.across.empty() ? least_bare : 3)) continue;
    Lattice lattice;
    const Segment& upright_line = group.upright.front();
    lattice.row_edges = group.across.empty() ? std::vector<float>{upright_line.from, upright_line.to} : edges_of(group.across);
    lattice.column_edges = edges_of(group.upright);
    const Borders sides = add_missing_borders(lattice.column_edges, group.across);
    const Borders ends = add_missing_borders(lattice.row_edges, group.upright);
    if (lattice.row_edges.size() < 2 || lattice.column_edges.size() < 2) continue;
    if (lattice.rows() * static_cast<std::size_t>(lattice.columns()) < 2) continue;
    if (auto error = budget.cells.take(lattice.rows(), lattice.columns())) return std::move(*error);
    Walls across(group.across, lattice.row_edges, lattice.column_edges);
    Walls upright(group.upright, lattice.column_edges, lattice.row_edges);
    lattice.open_top = ends.first == Border::missing || group.across.empty();
    lattice.open_bottom = ends.last == Border::missing || group.across.empty();
    if (sides.first == Border::missing) upright.build(0);
    if (sides.last == Border::missing) upright.build(lattice.column_edges.size() - 1);
    if (lattice.open_top) across.build(0);
    if (lattice.open_bottom) across.build(lattice.row_edges.size() - 1);
    fill_cells(lattice, across, upright);
    if (lattice.cells.size() > 1) lattices.push_back(std::move(lattice));
  }
  return lattices;
}

}  // namespace jiheng::reading
