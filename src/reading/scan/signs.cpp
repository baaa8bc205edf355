#include "reading/scan/signs.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "reading/scan/ink.h"

namespace jiheng::reading {
namespace {

/// The ink of one pixel row of a stroke: from its first to its last pixel.
struct Row {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t width() const { return to - from; }
  std::uint32_t middle() const { return (from + to) / 2; }
};

/// Ink that hangs together.
struct Blot {
  PixelBox box;
  std::vector<Row> rows;  ///< of the box
  bool broken = false;    ///< a row of it has a gap: no part of a sign
  std::uint32_t height() const { return box.height(); }
};

Blot blot_at(const GrayPicture& picture, std::uint8_t threshold, const PixelBox& box, std::uint32_t x, std::uint32_t y,
             std::vector<std::uint8_t>& seen) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  const auto visit = [&](std::uint32_t at_x, std::uint32_t at_y) {
    if (at_x < box.left || at_x >= box.right || at_y < box.top || at_y >= box.bottom || picture.at(at_x, at_y) >= threshold) return;
    std::uint8_t& mark = seen[std::size_t{at_y - box.top} * box.width() + (at_x - box.left)];
    if (mark != 0) return;
    mark = 1;
    found.emplace_back(at_x, at_y);
  };
  visit(x, y);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [at_x, at_y] = found[i];
    for (std::uint32_t near_y = at_y - 1; near_y != at_y + 2; ++near_y) {
      for (std::uint32_t near_x = at_x - 1; near_x != at_x + 2; ++near_x) visit(near_x, near_y);
    }
  }
  Blot blot;
  blot.box = {box.right, box.bottom, box.left, box.top};
  for (const auto& [at_x, at_y] : found) {
    blot.box = {std::min(blot.box.left, at_x), std::min(blot.box.top, at_y), std::max(blot.box.right, at_x + 1),
                std::max(blot.box.bottom, at_y + 1)};
  }
  blot.rows.assign(blot.height(), {box.right, box.left});
  std::vector<std::uint32_t> inked(blot.height());
  for (const auto& [at_x, at_y] : found) {
    Row& row = blot.rows[at_y - blot.box.top];
    row = {std::min(row.from, at_x), std::max(row.to, at_x + 1)};
    ++inked[at_y - blot.box.top];
  }
  constexpr std::uint32_t dust = 2;
  for (std::size_t i = 0; i < inked.size(); ++i) blot.broken = blot.broken || blot.rows[i].width() > inked[i] + dust;
  return blot;
}

/// From the top down, without specks.
std::vector<Blot> blots_of(const GrayPicture& picture, std::uint8_t threshold, const PixelBox& box) {
  constexpr std::uint32_t speck = 5;
  std::vector<std::uint8_t> seen(std::size_t{box.width()} * box.height());
  std::vector<Blot> blots;
  for (std::uint32_t y = box.top; y < box.bottom; ++y) {
    for (std::uint32_t x = box.left; x < box.right; ++x) {
      if (picture.at(x, y) >= threshold || seen[std::size_t{y - box.top} * box.width() + (x - box.left)] != 0) continue;
      Blot blot = blot_at(picture, threshold, box, x, y, seen);
      if (blot.box.width() >= speck || blot.height() >= speck) blots.push_back(std::move(blot));
    }
  }
  return blots;
}

bool is_flat_bar(const Blot& blot) {
  return blot.height() * 3 <= blot.box.width();
}

/// A thin straight stroke from one side to the other, as Chinese fonts draw the lower part of ≤ and ≥.
bool is_slanted_bar(const Blot& blot) {
  if (blot.broken || blot.height() < 4) return false;
  const std::size_t last = blot.rows.size() - 1;
  const auto middle = [&](std::size_t row) { return static_cast<int>(blot.rows[row].middle()); };
  const int across = std::abs(middle(last) - middle(0));
  const int bend = std::abs(2 * middle(last / 2) - middle(0) - middle(last));
  const int width = static_cast<int>(blot.box.width());
  return across * 10 >= width * 6 && bend * 6 <= width;
}

/// '>' or '<': the stroke runs to one side down to the middle, and back. 0 where it does neither.
char32_t chevron(const Blot& blot) {
  const std::size_t height = blot.rows.size();
  if (blot.broken || height < 8 || height * 2 < blot.box.width()) return 0;
  const auto middle_of = [&](std::size_t row) { return static_cast<int>(blot.rows[row].middle()) - static_cast<int>(blot.box.left); };
  const int width = static_cast<int>(blot.box.width());
  const int top = middle_of(height / 10);
  const int apex = middle_of(height / 2);
  const int bottom = middle_of(height - 1 - height / 10);
  const int upper = middle_of(height * 3 / 10);
  const int lower = middle_of(height * 7 / 10);
  const int slack = std::max(1, width / 12);
  const bool thin = std::all_of(blot.rows.begin(), blot.rows.end(), [&](const Row& row) { return row.width() * 2 < blot.box.width() + 6; });
  if (!thin || std::abs(top - bottom) > width / 4) return 0;
  if (apex > upper + slack && upper > top + slack && apex > lower + slack && lower > bottom + slack && apex > width / 2 && top < width / 2)
    return U'>';
  if (apex + slack < upper && upper + slack < top && apex + slack < lower && lower + slack < bottom && apex < width / 2 && top > width / 2)
    return U'<';
  return 0;
}

char32_t sign_of(const std::vector<Blot>& blots) {
  if (blots.size() == 1) return chevron(blots[0]);
  if (blots.size() != 2) return 0;
  const Blot& upper = blots[0].box.bottom <= blots[1].box.bottom ? blots[0] : blots[1];
  const Blot& lower = &upper == &blots[0] ? blots[1] : blots[0];
  if (is_flat_bar(upper) && is_flat_bar(lower)) {
    // 二 has a shorter stroke above and stands higher; the two of = are alike and near each other.
    const auto difference = std::abs(static_cast<int>(upper.box.width()) - static_cast<int>(lower.box.width()));
    const bool flat = (lower.box.bottom - upper.box.top) * 10 <= lower.box.width() * 6;
    return flat && difference * 6 <= static_cast<int>(lower.box.width()) ? U'=' : 0;
  }
  const bool as_wide = lower.box.width() * 10 >= upper.box.width() * 8;
  if (!as_wide || !(is_flat_bar(lower) || is_slanted_bar(lower))) return 0;
  const char32_t open = chevron(upper);
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
  const char32_t code = sign_of(blots_of(picture, threshold, box));
  if (code == 0) return std::nullopt;
  return PrintedSign{code, box};
}

}  // namespace jiheng::reading
