#include "reading/path.h"

namespace jiheng::reading {
namespace {

/// A thicker stroke paints a surface, not a line.
constexpr float thickest_stroke = 6;
constexpr float thickest_fill = 3;
/// A hairline is as thin as the device can draw it.
constexpr float hairline = 0.1F;
/// No rule: a dot, a corner where two rules of their own meet.
constexpr float shortest = 1.5F;
constexpr float widest_dot = 1.6F;
constexpr std::size_t most_points = 400000;
constexpr std::size_t most_corners = 12;

}  // namespace

void Path::move(Point p) {
  if (points_.size() >= most_points) return;
  // A move that nothing followed was none.
  if (!parts_.empty() && parts_.back().first + 1 == points_.size() && !parts_.back().closed) {
    points_.back() = p;
    return;
  }
  parts_.push_back({points_.size(), false, false});
  points_.push_back(p);
}

void Path::line(Point p) {
  if (parts_.empty() || points_.size() >= most_points) return;
  if (parts_.back().closed) {
    const Point start = points_[parts_.back().first];
    parts_.push_back({points_.size(), false, false});
    points_.push_back(start);
  }
  points_.push_back(p);
}

void Path::curve(Point p) {
  line(p);
  if (!parts_.empty()) parts_.back().curved = true;
}

void Path::close() {
  if (!parts_.empty()) parts_.back().closed = true;
}

void Path::rectangle(const Point (&corners)[4]) {
  if (points_.size() >= most_points) return;
  parts_.push_back({points_.size(), true, false});
  points_.insert(points_.end(), std::begin(corners), std::end(corners));
}

void Path::clear() {
  points_.clear();
  parts_.clear();
}

PageBox Path::bounds() const {
  Bounds bounds;
  for (const Point p : points_) bounds.add(p);
  return bounds.box;
}

PageBox Path::bounds_of_part(std::size_t part) const {
  Bounds bounds;
  for (std::size_t i = parts_[part].first; i < end_of(part); ++i) bounds.add(points_[i]);
  return bounds.box;
}

void Path::stroke(float width, std::vector<Rule>& rules) const {
  if (width > thickest_stroke) return;
  const float half = std::max(width, hairline) / 2;
  const auto segment = [&](Point from, Point to) {
    const float across = std::abs(to.x - from.x);
    const float down = std::abs(to.y - from.y);
    const float length = std::max(across, down);
    const float slant = std::min(across, down);
    if (length < 0.5F || slant > 0.6F || slant > 0.05F * length) return;
    PageBox box{std::min(from.x, to.x), std::min(from.y, to.y), std::max(from.x, to.x), std::max(from.y, to.y)};
    if (across >= down) {
      const float middle = (box.top + box.bottom) / 2;
      box.top = middle - half;
      box.bottom = middle + half;
    } else {
      const float middle = (box.left + box.right) / 2;
      box.left = middle - half;
      box.right = middle + half;
    }
    rules.push_back({box});
  };
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    if (parts_[part].curved) continue;
    const std::size_t first = parts_[part].first;
    const std::size_t end = end_of(part);
    for (std::size_t i = first; i + 1 < end; ++i) segment(points_[i], points_[i + 1]);
    if (parts_[part].closed && end - first > 2) segment(points_[end - 1], points_[first]);
  }
}

void Path::fill(std::vector<Rule>& rules, std::vector<Rule>& dots, std::vector<PageBox>& areas) const {
  PageBox outer{};
  bool has_outer = false;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    if (parts_[part].curved || end_of(part) - parts_[part].first > most_corners) continue;
    const PageBox box = bounds_of_part(part);
    const float width = box.right - box.left;
    const float height = box.bottom - box.top;
    const float thin = std::min(width, height);
    const float length = std::max(width, height);
    if (thin <= thickest_fill) {
      if (length >= shortest && length >= 2 * thin)
        rules.push_back({box});
      else if (length <= widest_dot)
        dots.push_back({box});
      continue;
    }
    // A frame is often one fill of two rectangles, one a little inside the other: its four sides are lines, nothing is covered.
    if (has_outer && box.left >= outer.left && box.top >= outer.top && box.right <= outer.right && box.bottom <= outer.bottom &&
        box.left - outer.left <= thickest_fill && box.top - outer.top <= thickest_fill && outer.right - box.right <= thickest_fill &&
        outer.bottom - box.bottom <= thickest_fill) {
      rules.push_back({{outer.left, outer.top, outer.right, box.top}});
      rules.push_back({{outer.left, box.bottom, outer.right, outer.bottom}});
      rules.push_back({{outer.left, outer.top, box.left, outer.bottom}});
      rules.push_back({{box.right, outer.top, outer.right, outer.bottom}});
      areas.pop_back();
      has_outer = false;
      continue;
    }
    areas.push_back(box);
    outer = box;
    has_outer = true;
  }
}

}  // namespace jiheng::reading
