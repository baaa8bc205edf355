#include "reading/formats/ofd/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/byte_search.h"
#include "base/text.h"
#include "reading/formats/docx_symbols.h"

namespace jiheng::reading::ofd {
namespace {

// Of the size: where a glyph's box ends above and below its line.
constexpr float ascent = 0.86F;
constexpr float descent = 0.14F;
// Points. What is smaller cannot be read, what is larger is no text of a page.
constexpr float smallest_text = 0.5F;
constexpr float largest_text = 2000;

/// Steps from one character to the next, in either notation, mixed at will.
class Steps {
 public:
  explicit Steps(std::string_view list) : rest_(list), any_(!list.empty()) {}

  bool any() const { return any_; }
  /// Behind the last one its value goes on.
  float next() {
    if (repeats_ > 0) {
      --repeats_;
      return value_;
    }
    if (same_again()) return value_;
    if (repeats_next()) {
      last_ = {};
      take_word(rest_);
      const auto count = take_number(rest_);
      const auto value = take_number(rest_);
      if (!count || !value) {
        rest_ = {};
        return value_;
      }
      value_ = *value;
      repeats_ = std::max(0, static_cast<int>(*count) - 1);
      return value_;
    }
    const std::string_view before = rest_;
    if (const auto value = take_number(rest_)) {
      value_ = *value;
      last_ = before.substr(0, before.size() - rest_.size());
    }
    return value_;
  }

 private:
  /// Most characters of a line are equally wide: the last number again, byte by byte, needs no reading.
  bool same_again() {
    const std::size_t size = last_.size();
    if (size < 2 || rest_.size() < size || !same_bytes(rest_.data(), last_.data(), size)) return false;
    if (rest_.size() > size && rest_[size] != ' ') return false;
    rest_.remove_prefix(size);
    return true;
  }

  /// Whether a "g" stands next.
  bool repeats_next() const {
    std::string_view rest = rest_;
    const std::size_t at = rest.find_first_not_of(" ,\t\n\r");
    if (at == std::string_view::npos || (rest[at] != 'g' && rest[at] != 'G')) return false;
    return take_word(rest).size() == 1;
  }

  std::string_view rest_;
  std::string_view last_;  ///< the last number as it is printed, with what parts it from the one before
  bool any_;
  int repeats_ = 0;
  float value_ = 0;
};

/// How wide a character is in most fonts, of its size. The file's own font is not asked: the steps tell the places.
float usual_width(char32_t c) {
  if (c >= 0x2E80 || (c >= 0x2190 && c < 0x2E80) || c == 0x2014 || c == 0x2026) return 1;
  if (c >= 0x2018 && c <= 0x201D) return 1;
  if (c == ' ') return 0.5F;
  if (c > 0x7F) return c == 0xD7 || c == 0xB1 || c == 0xF7 ? 1 : 0.6F;
  if (std::string_view("iljI.,:;'|!").find(static_cast<char>(c)) != std::string_view::npos) return 0.35F;
  if (std::string_view("mwMW%@").find(static_cast<char>(c)) != std::string_view::npos) return 0.9F;
  return c >= 'A' && c <= 'Z' ? 0.72F : 0.56F;
}

/// Marks that steer how text is set and show nothing, the ends of Word's cells and paragraphs among them.
bool is_silent(char32_t c) {
  if (c > 0x206F) return c == 0xFEFF;
  if (c < 0x20) return c != '\t';
  if (c < 0x2000) return (c >= 0x7F && c < 0xA0) || c == 0xAD;
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c >= 0x2060;
}

char32_t meant(char32_t c, std::string_view symbol_font) {
  if (c > 0xFFFF) return c;
  char code[8];
  std::snprintf(code, sizeof code, "%04X", static_cast<unsigned>(c < 0x100 ? c + 0xF000 : c));
  std::string buffer;
  const std::string_view text = symbol_text(symbol_font, code, buffer);
  std::size_t at = 0;
  return text.empty() ? c : next_code_point(text, at);
}

constexpr float widest_narrow = 0.65F;

/// Where the pen goes from a character, if no step is given.
Point read_on(float width, const TextStyle& style) {
  const float along = style.read % 180 == 0 || style.turned % 180 != 0 ? width : style.size;
  switch (style.read) {
    case 90:
      return {0, along};
    case 180:
      return {-along, 0};
    case 270:
      return {0, -along};
    default:
      return {along, 0};
  }
}

/// The box of a character that CharDirection turns.
PageBox turned_box(const Point& pen, const TextStyle& style, float width) {
  const float above = ascent * style.size;
  const float below = descent * style.size;
  switch (style.turned) {
    case 90:
      return {pen.x - below, pen.y, pen.x + above, pen.y + width};
    case 180:
      return {pen.x - width, pen.y - below, pen.x, pen.y + above};
    case 270:
      return {pen.x - above, pen.y - width, pen.x + below, pen.y};
    default:
      return {pen.x, pen.y - above, pen.x + width, pen.y + below};
  }
}

}  // namespace

float baseline_of(const PageBox& box) {
  return box.bottom - descent * (box.bottom - box.top);
}

int quarters(const TextStyle& style) {
  const Matrix& m = style.matrix;
  const bool across = std::abs(m.a) >= std::abs(m.b);
  const int own = across ? (m.a >= 0 ? 0 : 2) : (m.b >= 0 ? 1 : 3);
  return (own + style.turned / 90 % 4 + 4) % 4;
}

std::size_t add_glyphs(const TextCode& code, const TextStyle& style, const Brush& brush, Canvas& canvas) {
  const Matrix& m = style.matrix;
  const float size = style.size * std::sqrt(m.c * m.c + m.d * m.d);
  if (!(size >= smallest_text && size <= largest_text) || is_slanted(m) || !m.finite()) return 0;
  Steps across(code.delta_x);
  Steps down(code.delta_y);
  Point pen{code.x, code.y};
  const bool plain = style.turned == 0 && m.b == 0 && m.c == 0 && m.a > 0 && m.d > 0;
  const bool upright = style.turned == 0 && std::abs(m.b) <= 0.1F * std::abs(m.a) && m.d > 0;
  const bool steps = across.any() || down.any();
  const bool turned_aside = style.turned % 180 != 0;
  const float em = style.size * style.stretch;
  const float above = ascent * style.size;
  const float below = descent * style.size;
  const float least_step = 0.05F * style.size;
  std::size_t count = 0;
  Glyph glyph;
  glyph.size = size;
  for (std::size_t at = 0; at < code.text.size(); ++count) {
    char32_t c = next_code_point(code.text, at);
    if (!style.symbol_font.empty()) c = meant(c, style.symbol_font);
    float width = usual_width(c) * em;
    Point step{width, 0};
    if (steps && at < code.text.size())
      step = {across.any() ? across.next() : 0, down.any() ? down.next() : 0};
    else if (style.read != 0)
      step = read_on(width, style);
    // Where the pen moves on by less than usual the character is as narrow; by a little more, it is as wide. A narrow one may take as much
    // as a digit, in fonts that have all Latin characters half as wide as Chinese ones.
    const float moved = std::abs(step.x);
    const float widest = std::max(width * 1.3F, widest_narrow * em);
    if (moved > least_step && moved < widest && !turned_aside) width = moved;
    PageBox box{pen.x, pen.y - above, pen.x + width, pen.y + below};
    if (style.turned != 0) box = turned_box(pen, style, width);
    glyph.code = c == '\t' ? U' ' : c;
    glyph.box = plain ? PageBox{m.a * box.left + m.e, m.d * box.top + m.f, m.a * box.right + m.e, m.d * box.bottom + m.f} : through(m, box);
    glyph.baseline = upright ? m.apply(pen.x, pen.y).y : baseline_of(glyph.box);
    if (!is_silent(c)) canvas.glyph(glyph, brush);
    pen.x += step.x;
    pen.y += step.y;
  }
  return count;
}

}  // namespace jiheng::reading::ofd
