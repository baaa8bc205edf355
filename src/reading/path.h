// A path under construction, and what of a painted one is a ruling line.
#pragma once

#include <vector>

#include "reading/page_matrix.h"

namespace jiheng::reading {

/// In page coordinates: points are transformed as they come.
class Path {
 public:
  void move(Point p);
  void line(Point p);
  /// A curve to `p`; its way there does not matter here.
  void curve(Point p);
  void close();
  void rectangle(const Point (&corners)[4]);
  void clear();
  bool empty() const { return parts_.empty(); }

  /// Where the path lies; an empty box for an empty path.
  PageBox bounds() const;
  /// Appends the straight strokes that run across or upright.
  void stroke(float width, std::vector<Rule>& rules) const;
  /// Appends filled parts so thin that they are lines, the sides of frames filled as one, what is as small as a dot to `dots`, and the
  /// other parts' boxes to `areas`.
  void fill(std::vector<Rule>& rules, std::vector<Rule>& dots, std::vector<PageBox>& areas) const;

 private:
  struct Part {
    std::size_t first;
    bool closed;
    bool curved;
  };
  std::size_t end_of(std::size_t part) const { return part + 1 < parts_.size() ? parts_[part + 1].first : points_.size(); }
  PageBox bounds_of_part(std::size_t part) const;

  std::vector<Point> points_;
  std::vector<Part> parts_;
};

}  // namespace jiheng::reading
