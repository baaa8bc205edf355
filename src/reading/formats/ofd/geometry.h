// Numbers, boxes and matrices as OFD writes them: "0 0 210 297", "1 0 0 1 0 0", millimetres.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "reading/page.h"

namespace jiheng::reading::ofd {

constexpr float points_per_mm = 72.0F / 25.4F;

struct Point {
  float x = 0;
  float y = 0;
};

/// x' = a·x + c·y + e, y' = b·x + d·y + f.
struct Matrix {
  float a = 1;
  float b = 0;
  float c = 0;
  float d = 1;
  float e = 0;
  float f = 0;

  Point apply(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
  /// First this one, then `outer`.
  Matrix then(const Matrix& outer) const;
  static Matrix moved(float x, float y) { return {1, 0, 0, 1, x, y}; }
  static Matrix scaled(float by) { return {by, 0, 0, by, 0, 0}; }
  /// How much longer a length becomes, more or less.
  float scale() const;
};

/// Takes the next word, set apart by white space or commas, off `text`; empty at the end.
std::string_view take_word(std::string_view& text);
/// nullopt for what is no number, or none that a page could hold.
std::optional<float> number_of(std::string_view word);
/// Takes the next number off `text`.
std::optional<float> take_number(std::string_view& text);
/// "x y width height"; nullopt where it is not that.
std::optional<PageBox> box_of(std::string_view text);
/// Six numbers; the identity where it is anything else.
Matrix matrix_of(std::string_view text);

/// The smallest upright box round the four corners of `box`, seen through `matrix`.
PageBox through(const Matrix& matrix, const PageBox& box);

}  // namespace jiheng::reading::ofd
