// Points, matrices and boxes of a page's graphics, as PDF and OFD both reckon them.
#pragma once

#include <algorithm>
#include <cmath>

#include "reading/page.h"

namespace jiheng::reading {

struct Point {
  float x = 0;
  float y = 0;
};

/// [a b c d e f]: x' = a·x + c·y + e, y' = b·x + d·y + f.
struct Matrix {
  float a = 1;
  float b = 0;
  float c = 0;
  float d = 1;
  float e = 0;
  float f = 0;

  static Matrix moved(float x, float y) { return {1, 0, 0, 1, x, y}; }
  static Matrix scaled(float by) { return {by, 0, 0, by, 0, 0}; }

  Point apply(float x, float y) const { return {a * x + c * y + e, b * x + d * y + f}; }
  /// First this one, then `next`.
  Matrix then(const Matrix& next) const {
    return {a * next.a + b * next.c, a * next.b + b * next.d,          c * next.a + d * next.c,
            c * next.b + d * next.d, e * next.a + f * next.c + next.e, e * next.b + f * next.d + next.f};
  }
  /// How much longer a length becomes, more or less.
  float scale() const { return std::sqrt(std::abs(a * d - b * c)); }
  bool finite() const {
    return std::isfinite(a) && std::isfinite(b) && std::isfinite(c) && std::isfinite(d) && std::isfinite(e) && std::isfinite(f);
  }
};

/// Whether text at this slant is neither across nor upright: a stamp or a watermark.
inline bool is_slanted(const Matrix& m) {
  return std::abs(m.b) > 0.1F * std::abs(m.a) && std::abs(m.a) > 0.1F * std::abs(m.b);
}

/// Grown to hold the points; begins as an empty box.
struct Bounds {
  PageBox box{1e9F, 1e9F, -1e9F, -1e9F};
  void add(Point p) {
    box.left = std::min(box.left, p.x);
    box.top = std::min(box.top, p.y);
    box.right = std::max(box.right, p.x);
    box.bottom = std::max(box.bottom, p.y);
  }
};

/// The smallest upright box round the four corners of a box, seen through the matrix.
inline PageBox through(const Matrix& matrix, const PageBox& box) {
  Bounds bounds;
  bounds.add(matrix.apply(box.left, box.top));
  bounds.add(matrix.apply(box.right, box.top));
  bounds.add(matrix.apply(box.left, box.bottom));
  bounds.add(matrix.apply(box.right, box.bottom));
  return bounds.box;
}

inline PageBox intersection(const PageBox& one, const PageBox& other) {
  return {std::max(one.left, other.left), std::max(one.top, other.top), std::min(one.right, other.right),
          std::min(one.bottom, other.bottom)};
}

}  // namespace jiheng::reading
