#include "reading/formats/pdf/text_painter.h"

#include <algorithm>

#include "reading/formats/pdf/font.h"
#include "reading/formats/pdf/interpreter.h"
#include "reading/formats/pdf/resources.h"

namespace jiheng::reading::pdf {
namespace {

// From baseline to the ends of a character's body, whatever the font says: its own figures hold the room between lines too.
constexpr float ascent = 0.88F;
constexpr float descent = -0.12F;
/// Smaller than this nothing can be read.
constexpr float smallest_text = 0.5F;

constexpr std::uint32_t op(std::string_view letters) {
  return operator_code(letters);
}

int whole(float number) {
  return static_cast<int>(std::clamp(number, -1e6F, 1e6F));
}

}  // namespace

void TextPainter::take(std::uint32_t code, const ContentScanner& in, Resources& resources, bool seen) {
  seen_ = seen;
  switch (code) {
    case op("BT"):
      place_ = {};
      break;
    case op("ET"):
      break;
    case op("Tf"):
      state_.font = in.operands().size() >= 2 ? resources.font(in.operands()[0].text, fonts_) : nullptr;
      state_.size = in.number(1);
      break;
    case op("Tc"):
      state_.character_space = in.number(0);
      break;
    case op("Tw"):
      state_.word_space = in.number(0);
      break;
    case op("Tz"):
      state_.horizontal = in.number(0) / 100;
      break;
    case op("TL"):
      state_.leading = in.number(0);
      break;
    case op("Ts"):
      state_.rise = in.number(0);
      break;
    case op("Tr"):
      state_.text = static_cast<TextPaint>(whole(in.number(0)) & 3);
      break;
    case op("TD"):
      state_.leading = -in.number(1);
      [[fallthrough]];
    case op("Td"):
      next_line(in.number(0), in.number(1));
      break;
    case op("Tm"):
      place_.text = place_.line = matrix_of(in);
      break;
    case op("T*"):
      next_line(0, -state_.leading);
      break;
    case op("\""):
      state_.word_space = in.number(0);
      state_.character_space = in.number(1);
      [[fallthrough]];
    case op("'"):
      next_line(0, -state_.leading);
      [[fallthrough]];
    case op("Tj"):
    case op("TJ"):
      show(in.operands());
      break;
    default:
      break;
  }
}

void TextPainter::next_line(float x, float y) {
  place_.line = Matrix{1, 0, 0, 1, x, y}.then(place_.line);
  place_.text = place_.line;
}

void TextPainter::show(std::span<const Operand> operands) {
  if (state_.font == nullptr || operands.empty()) return;
  canvas_.begin_run();
  const Matrix m = place_.text.then(state_.to_page);
  const bool vertical = state_.font->vertical();
  float pen = 0;  // along the line of writing, in text space
  for (const Operand& operand : operands) {
    if (operand.kind == Operand::Kind::string) {
      show_string(operand.text, m, vertical, pen);
    } else if (operand.kind == Operand::Kind::number && operands.front().kind == Operand::Kind::open) {
      pen -= operand.number / 1000 * state_.size * (vertical ? 1 : state_.horizontal);
    }
  }
  if (vertical)
    place_.text = Matrix{1, 0, 0, 1, 0, pen}.then(place_.text);
  else
    place_.text = Matrix{1, 0, 0, 1, pen, 0}.then(place_.text);
}

void TextPainter::show_string(std::string_view text, const Matrix& m, bool vertical, float& pen) {
  const float size = state_.size;
  const float printed = std::abs(size) * std::sqrt(m.c * m.c + m.d * m.d);
  const bool seen = seen_ && printed >= smallest_text && printed < 2000 && !is_slanted(m) && m.finite();
  if (seen && !vertical && is_plain(m)) return show_plain(text, m, pen, printed);
  for (std::size_t at = 0; at < text.size();) {
    const FontGlyph& glyph = state_.font->next(text, at);
    const float width = glyph.width * size * state_.horizontal;
    const float space = state_.character_space + (glyph.word_space ? state_.word_space : 0);
    if (vertical) {
      if (seen) show_glyph(glyph, m, -width / 2, pen - state_.font->vertical_origin() * size, width, printed);
      pen += state_.font->vertical_advance() * size + space;
    } else {
      if (seen) show_glyph(glyph, m, pen, state_.rise, width, printed);
      pen += width + space * state_.horizontal;
    }
  }
}

/// Whether text runs from left to right, its heads up.
bool TextPainter::is_plain(const Matrix& m) const {
  return m.b == 0 && m.c == 0 && m.a > 0 && m.d < 0 && state_.size > 0 && state_.horizontal >= 0;
}

/// The same for most text, with what is common to its glyphs reckoned once.
void TextPainter::show_plain(std::string_view text, const Matrix& m, float& pen, float printed) {
  const float across = state_.size * state_.horizontal;
  const float baseline = m.apply(0, state_.rise).y;
  Glyph shown;
  shown.size = printed;
  shown.baseline = baseline;
  shown.box.top = baseline + ascent * state_.size * m.d;
  shown.box.bottom = baseline + descent * state_.size * m.d;
  for (std::size_t at = 0; at < text.size();) {
    const FontGlyph& glyph = state_.font->next(text, at);
    const float width = glyph.width * across;
    if (glyph.more_count > 0 || width < 0) {
      show_glyph(glyph, m, pen, state_.rise, width, printed);
    } else if (glyph.character != 0) {
      shown.code = glyph.character;
      shown.box.left = m.a * pen + m.e;
      shown.box.right = shown.box.left + width * m.a;
      ++directions_[0];
      canvas_.glyph(shown, state_);
    }
    pen += width + (state_.character_space + (glyph.word_space ? state_.word_space : 0)) * state_.horizontal;
  }
}

/// `x`, `y`: the glyph's origin in text space.
void TextPainter::show_glyph(const FontGlyph& from, const Matrix& m, float x, float y, float width, float printed) {
  const std::size_t parts = 1U + from.more_count;
  width /= static_cast<float>(parts);
  const auto more = state_.font->more(from);
  for (std::size_t i = 0; i < parts; ++i, x += width) {
    Glyph glyph;
    glyph.code = i == 0 ? from.character : more[i - 1];
    if (glyph.code == 0) continue;
    glyph.size = printed;
    const float up = ascent * state_.size;
    const float down = descent * state_.size;
    if (m.b == 0 && m.c == 0 && m.a > 0 && m.d < 0 && state_.size > 0 && width >= 0) {
      const Point origin = m.apply(x, y);
      glyph.box = {origin.x, origin.y + up * m.d, origin.x + width * m.a, origin.y + down * m.d};
      glyph.baseline = origin.y;
      ++directions_[0];
    } else {
      glyph.box = through(m, {x, y + down, x + width, y + up});
      const bool across = std::abs(m.a) >= std::abs(m.b);
      const float forward = width * (across ? m.a : m.b);
      ++directions_[across ? (forward >= 0 ? 0 : 2) : (forward >= 0 ? 1 : 3)];
      glyph.baseline = across ? m.apply(x, y).y : glyph.box.bottom + descent * printed;
    }
    canvas_.glyph(glyph, state_);
  }
}

}  // namespace jiheng::reading::pdf
