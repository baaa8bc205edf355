#include "reading/formats/ofd/path.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace jiheng::reading::ofd {
namespace {

constexpr float straight = 0.6F;  ///< points that a line across may fall
constexpr float thin = 3.5F;      ///< a filled box as thin as this is a line; what is thicker is a ground

/// One stretch of the path between two moves.
class Subpath {
 public:
  Subpath(const Paint& paint, std::vector<Rule>& rules) : paint_(paint), rules_(rules) {}

  void begin(Point at) {
    finish();
    points_.assign(1, at);
  }
  void line(Point to) {
    if (points_.empty()) return begin(to);
    if (paint_.stroke) stroke(points_.back(), to);
    points_.push_back(to);
  }
  void curve(Point to) {
    curved_ = true;
    points_.push_back(to);
  }
  void close() {
    if (points_.size() > 1) line(points_.front());
  }
  void finish() {
    // A box: four corners, and the first one again where it is closed.
    if (paint_.fill && !curved_ && (points_.size() == 4 || points_.size() == 5)) fill();
    points_.clear();
    curved_ = false;
  }

 private:
  void stroke(Point from, Point to) {
    const float half = paint_.line_width / 2;
    const float width = std::abs(to.x - from.x);
    const float height = std::abs(to.y - from.y);
    if (width <= straight && height <= straight) return;
    if (width > straight && height > straight) return;
    PageBox box{std::min(from.x, to.x), std::min(from.y, to.y), std::max(from.x, to.x), std::max(from.y, to.y)};
    if (width > height) {
      box.top -= half;
      box.bottom += half;
    } else {
      box.left -= half;
      box.right += half;
    }
    rules_.push_back({box});
  }

  void fill() {
    PageBox box{points_[0].x, points_[0].y, points_[0].x, points_[0].y};
    for (const Point& point : points_) {
      box.left = std::min(box.left, point.x);
      box.top = std::min(box.top, point.y);
      box.right = std::max(box.right, point.x);
      box.bottom = std::max(box.bottom, point.y);
    }
    for (const Point& point : points_) {
      const bool in_corner =
          std::min(point.x - box.left, box.right - point.x) <= straight && std::min(point.y - box.top, box.bottom - point.y) <= straight;
      if (!in_corner) return;
    }
    if (std::min(box.right - box.left, box.bottom - box.top) <= thin) rules_.push_back({box});
  }

  const Paint& paint_;
  std::vector<Rule>& rules_;
  std::vector<Point> points_;
  bool curved_ = false;
};

}  // namespace

void add_rules(std::string_view data, const Matrix& matrix, const Paint& paint, std::vector<Rule>& rules) {
  if (!paint.stroke && !paint.fill) return;
  Subpath path(paint, rules);
  const auto point = [&](std::string_view& rest) -> std::optional<Point> {
    const auto x = take_number(rest);
    const auto y = take_number(rest);
    if (!x || !y) return std::nullopt;
    return matrix.apply(*x, *y);
  };
  for (std::string_view word = take_word(data); !word.empty(); word = take_word(data)) {
    std::optional<Point> to;
    switch (word[0]) {
      case 'S':
      case 'M':
        if ((to = point(data))) path.begin(*to);
        break;
      case 'L':
        if ((to = point(data))) path.line(*to);
        break;
      case 'Q':
      case 'B': {
        const int controls = word[0] == 'Q' ? 1 : 2;
        for (int i = 0; i < controls; ++i) point(data);
        if ((to = point(data))) path.curve(*to);
        break;
      }
      case 'A': {
        for (int i = 0; i < 5; ++i) take_word(data);
        if ((to = point(data))) path.curve(*to);
        break;
      }
      case 'C':
        path.close();
        break;
      default:
        break;
    }
  }
  path.finish();
}

}  // namespace jiheng::reading::ofd
