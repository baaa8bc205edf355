#include "reading/scan/ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace jiheng::reading {
namespace {

constexpr float degree = 0.017453293F;
constexpr std::uint32_t coarse = 3;  ///< every third pixel tells the slant as well as all of them

/// How unevenly ink falls on the rows when they run at this slant: ruling lines and lines of text make it large.
double unevenness(const std::vector<std::pair<int, int>>& ink, float angle, std::vector<std::uint32_t>& rows, int middle) {
  std::fill(rows.begin(), rows.end(), 0U);
  const float slope = std::tan(angle);
  for (const auto& [x, y] : ink) {
    const int row = y + static_cast<int>(std::lround(static_cast<float>(x - middle) * slope));
    if (row >= 0 && row < static_cast<int>(rows.size())) ++rows[static_cast<std::size_t>(row)];
  }
  double sum = 0;
  for (const std::uint32_t count : rows) sum += static_cast<double>(count) * count;
  return sum;
}

}  // namespace

std::uint8_t ink_threshold(const GrayPicture& picture) {
  std::array<std::uint64_t, 256> counts{};
  for (const std::uint8_t pixel : picture.pixels) ++counts[pixel];
  const double all = static_cast<double>(picture.pixels.size());
  double sum = 0;
  for (std::size_t shade = 0; shade < 256; ++shade) sum += static_cast<double>(shade) * static_cast<double>(counts[shade]);
  double dark = 0;
  double dark_sum = 0;
  double best = -1;
  std::size_t threshold = 128;
  for (std::size_t shade = 0; shade < 255; ++shade) {
    dark += static_cast<double>(counts[shade]);
    dark_sum += static_cast<double>(shade) * static_cast<double>(counts[shade]);
    if (dark == 0 || dark == all) continue;
    const double apart = dark_sum / dark - (sum - dark_sum) / (all - dark);
    const double between = dark * (all - dark) * apart * apart;
    if (between > best) {
      best = between;
      threshold = shade + 1;
    }
  }
  // An empty sheet has no two shades to part: only what is plainly dark is ink there.
  return static_cast<std::uint8_t>(std::clamp<std::size_t>(threshold, 64, 200));
}

float skew_of(const GrayPicture& picture, std::uint8_t threshold) {
  std::vector<std::pair<int, int>> ink;
  for (std::uint32_t y = 0; y < picture.height; y += coarse) {
    for (std::uint32_t x = 0; x < picture.width; x += coarse) {
      if (picture.at(x, y) < threshold) ink.emplace_back(static_cast<int>(x / coarse), static_cast<int>(y / coarse));
    }
  }
  if (ink.empty()) return 0;
  std::vector<std::uint32_t> rows(picture.height / coarse + 1);
  const int middle = static_cast<int>(picture.width / coarse / 2);
  float best_angle = 0;
  double best = unevenness(ink, 0, rows, middle) * 1.0005;  // straight unless another slant is plainly better
  const auto search = [&](float from, float to, float step) {
    for (float angle = from; angle <= to; angle += step) {
      const double found = unevenness(ink, angle, rows, middle);
      if (found > best) {
        best = found;
        best_angle = angle;
      }
    }
  };
  search(-3 * degree, 3 * degree, 0.25F * degree);
  search(best_angle - 0.2F * degree, best_angle + 0.2F * degree, 0.05F * degree);
  return best_angle;
}

GrayPicture straightened(const GrayPicture& picture, float angle) {
  if (angle == 0) return picture;
  GrayPicture out(picture.width, picture.height);
  // Skew was measured as y + x·tan: a point of the straight page lies at this place of the slanted one.
  const float cosine = std::cos(angle);
  const float sine = std::sin(angle);
  const float middle_x = static_cast<float>(picture.width) / 2;
  const float middle_y = static_cast<float>(picture.height) / 2;
  for (std::uint32_t y = 0; y < out.height; ++y) {
    for (std::uint32_t x = 0; x < out.width; ++x) {
      const float dx = static_cast<float>(x) - middle_x;
      const float dy = static_cast<float>(y) - middle_y;
      const float from_x = middle_x + dx * cosine + dy * sine;
      const float from_y = middle_y - dx * sine + dy * cosine;
      if (from_x < 0 || from_y < 0) continue;
      const auto left = static_cast<std::uint32_t>(from_x);
      const auto top = static_cast<std::uint32_t>(from_y);
      if (left + 1 >= picture.width || top + 1 >= picture.height) continue;
      const float across = from_x - static_cast<float>(left);
      const float down = from_y - static_cast<float>(top);
      const float upper = static_cast<float>(picture.at(left, top)) * (1 - across) + static_cast<float>(picture.at(left + 1, top)) * across;
      const float lower =
          static_cast<float>(picture.at(left, top + 1)) * (1 - across) + static_cast<float>(picture.at(left + 1, top + 1)) * across;
      out.at(x, y) = static_cast<std::uint8_t>(upper * (1 - down) + lower * down + 0.5F);
    }
  }
  return out;
}

PixelBox ink_box(const GrayPicture& picture, std::uint8_t threshold, PixelBox box) {
  constexpr std::uint32_t speck = 4;
  box.right = std::min(box.right, picture.width);
  box.bottom = std::min(box.bottom, picture.height);
  if (box.left >= box.right || box.top >= box.bottom) return {};
  std::vector<std::uint32_t> columns(box.width());
  PixelBox ink{box.right, box.bottom, box.left, box.top};
  for (std::uint32_t y = box.top; y < box.bottom; ++y) {
    std::uint32_t row = 0;
    for (std::uint32_t x = box.left; x < box.right; ++x) {
      if (picture.at(x, y) >= threshold) continue;
      ++row;
      ++columns[x - box.left];
    }
    if (row < 2) continue;
    ink.top = std::min(ink.top, y);
    ink.bottom = y + 1;
  }
  for (std::uint32_t x = 0; x < columns.size(); ++x) {
    if (columns[x] < 2) continue;
    ink.left = std::min(ink.left, box.left + x);
    ink.right = box.left + x + 1;
  }
  if (ink.left >= ink.right || ink.top >= ink.bottom) return {};
  return ink.width() < speck && ink.height() < speck ? PixelBox{} : ink;
}

}  // namespace jiheng::reading
