// Shows the text of a content stream: its operators, and each glyph where it is painted.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "reading/canvas.h"
#include "reading/formats/pdf/content_scanner.h"
#include "reading/formats/pdf/graphics_state.h"

namespace jiheng::reading::pdf {

class Fonts;
class Resources;
struct FontGlyph;

class TextPainter {
 public:
  /// Where text goes on, and where its line began: from text space to the space of the content.
  struct Place {
    Matrix text;
    Matrix line;
  };

  /// Paints on `canvas` as `state` says, and changes what of it is set by text operators.
  TextPainter(Canvas& canvas, GraphicsState& state, Fonts& fonts) : canvas_(canvas), state_(state), fonts_(fonts) {}

  /// Whether it is an operator of text: BT, ET, those that begin with T, ' and ".
  static bool takes(std::uint32_t code) {
    const char first = static_cast<char>(code & 0xFF);
    return first == 'T' || first == '\'' || first == '"' || code == operator_code("BT") || code == operator_code("ET");
  }
  /// What is not `seen` moves the pen alone.
  void take(std::uint32_t code, const ContentScanner& in, Resources& resources, bool seen);

  const Place& place() const { return place_; }
  void set_place(const Place& place) { place_ = place; }
  /// Glyphs by the quarter of the circle that they are turned by.
  const std::array<std::size_t, 4>& directions() const { return directions_; }

 private:
  void next_line(float x, float y);
  void show(std::span<const Operand> operands);
  void show_string(std::string_view text, const Matrix& m, bool vertical, float& pen);
  bool is_plain(const Matrix& m) const;
  void show_plain(std::string_view text, const Matrix& m, float& pen, float printed);
  void show_glyph(const FontGlyph& from, const Matrix& m, float x, float y, float width, float printed);

  Canvas& canvas_;
  GraphicsState& state_;
  Fonts& fonts_;
  Place place_;
  bool seen_ = true;
  std::array<std::size_t, 4> directions_{};
};

/// An operator's six numbers.
inline Matrix matrix_of(const ContentScanner& in) {
  return {in.number(0), in.number(1), in.number(2), in.number(3), in.number(4), in.number(5)};
}

}  // namespace jiheng::reading::pdf
