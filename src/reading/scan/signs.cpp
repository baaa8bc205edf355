#include "reading/scan/signs.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "reading/scan/ink.h"

namespace jiheng::reading {
namespace {

/// The ink of one pixel row of the sign: from its first to its last pixel. A row broken in two is no part of a sign.
struct Stroke {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t width() const { return to - from; }
  bool inked() const { return to > from; }
};

std::optional<std::vector<Stroke>> strokes_of(const GrayPicture& picture, std::uint8_t threshold, const PixelBox& box) {
  std::vector<Stroke> strokes;
  for (std::uint32_t y = box.top; y < box.bottom; ++y) {
    Stroke stroke;
    for (std::uint32_t x = box.left; x < box.right; ++x) {
      if (picture.at(x, y) >= threshold) continue;
      if (stroke.inked() && x - stroke.to > 2) return std::nullopt;
      if (!stroke.inked()) stroke.from = x;
      stroke.to = x + 1;
    }
    strokes.push_back(stroke);
  }
  return strokes;
}

/// Bands of rows with ink between rows without.
struct Band {
  std::size_t first = 0;
  std::size_t end = 0;
  std::size_t height() const { return end - first; }
};

std::vector<Band> bands_of(const std::vector<Stroke>& strokes) {
  std::vector<Band> bands;
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    if (!strokes[i].inked()) continue;
    if (!bands.empty() && bands.back().end == i)
      bands.back().end = i + 1;
    else
      bands.push_back({i, i + 1});
  }
  return bands;
}

/// A flat stroke nearly as wide as the sign.
bool is_bar(const std::vector<Stroke>& strokes, const Band& band, std::uint32_t width) {
  if (band.height() * 3 > width) return false;
  std::uint32_t widest = 0;
  for (std::size_t i = band.first; i < band.end; ++i) widest = std::max(widest, strokes[i].width());
  return widest * 10 >= width * 8;
}

/// '>' or '<': the stroke runs to one side down to the middle, and back. 0 where it does neither.
char32_t chevron(const std::vector<Stroke>& strokes, const Band& band, const PixelBox& box) {
  const std::size_t height = band.height();
  if (height < 8 || height * 2 < box.width()) return 0;
  const auto middle_of = [&](std::size_t row) {
    const Stroke& stroke = strokes[band.first + row];
    return static_cast<int>(stroke.from + stroke.to) / 2 - static_cast<int>(box.left);
  };
  const int width = static_cast<int>(box.width());
  const int top = middle_of(height / 10);
  const int apex = middle_of(height / 2);
  const int bottom = middle_of(height - 1 - height / 10);
  const int upper = middle_of(height * 3 / 10);
  const int lower = middle_of(height * 7 / 10);
  const int slack = std::max(1, width / 12);
  const bool thin =
      std::all_of(strokes.begin() + static_cast<std::ptrdiff_t>(band.first), strokes.begin() + static_cast<std::ptrdiff_t>(band.end),
                  [&](const Stroke& stroke) { return stroke.width() * 2 < box.width() + 6; });
  if (!thin || std::abs(top - bottom) > width / 4) return 0;
  if (apex > upper + slack && upper > top + slack && apex > lower + slack && lower > bottom + slack && apex > width / 2 && top < width / 2)
    return U'>';
  if (apex + slack < upper && upper + slack < top && apex + slack < lower && lower + slack < bottom && apex < width / 2 && top > width / 2)
    return U'<';
  return 0;
}

char32_t sign_of(const std::vector<Stroke>& strokes, const PixelBox& box) {
  const std::vector<Band> bands = bands_of(strokes);
  if (bands.size() == 1) return chevron(strokes, bands[0], box);
  if (bands.size() != 2) return 0;
  const bool bar_below = is_bar(strokes, bands[1], box.width());
  if (is_bar(strokes, bands[0], box.width()) && bar_below) {
    // 二 has a shorter stroke above; the two of = are alike.
    const auto widest = [&](const Band& band) {
      std::uint32_t width = 0;
      for (std::size_t i = band.first; i < band.end; ++i) width = std::max(width, strokes[i].width());
      return width;
    };
    const auto difference = std::abs(static_cast<int>(widest(bands[0])) - static_cast<int>(widest(bands[1])));
    return difference * 6 <= static_cast<int>(box.width()) ? U'=' : 0;
  }
  if (!bar_below) return 0;
  const char32_t open = chevron(strokes, bands[0], box);
  return open == U'>' ? U'≥' : open == U'<' ? U'≤' : 0;
}

}  // namespace

std::optional<PrintedSign> leading_sign(const GrayPicture& picture, std::uint8_t threshold, PixelBox line) {
  // The sign ends where a column has no ink.
  std::uint32_t right = line.left;
  const auto has_ink = [&](std::uint32_t x) {
    for (std::uint32_t y = line.top; y < line.bottom; ++y) {
      if (picture.at(x, y) < threshold) return true;
    }
    return false;
  };
  while (right < line.right && has_ink(right)) ++right;
  const PixelBox box = ink_box(picture, threshold, {line.left, line.top, right, line.bottom});
  if (box.width() < 8 || box.height() < 5 || box.width() > 2 * line.height() + 20) return std::nullopt;
  const auto strokes = strokes_of(picture, threshold, box);
  if (!strokes) return std::nullopt;
  const char32_t code = sign_of(*strokes, box);
  if (code == 0) return std::nullopt;
  return PrintedSign{code, box};
}

}  // namespace jiheng::reading
