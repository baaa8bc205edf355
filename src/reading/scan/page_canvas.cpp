#include "reading/scan/page_canvas.h"

#include <algorithm>
#include <cmath>

namespace jiheng::reading {
namespace {

constexpr float longest = 5670;  // 2 m in points

/// The mean of the pixels that one canvas pixel covers: a fine scan shrinks without losing its hairlines.
std::uint8_t shade_at(const GrayPicture& picture, float x, float y, float reach_x, float reach_y) {
  const auto from = [](float middle, float reach) { return static_cast<std::uint32_t>(std::max(0.0F, middle - reach)); };
  const auto to = [](float middle, float reach, std::uint32_t end) {
    return std::min(end, static_cast<std::uint32_t>(std::max(0.0F, middle + reach)) + 1);
  };
  const std::uint32_t left = std::min(from(x, reach_x), picture.width - 1);
  const std::uint32_t top = std::min(from(y, reach_y), picture.height - 1);
  const std::uint32_t right = std::max(left + 1, to(x, reach_x, picture.width));
  const std::uint32_t bottom = std::max(top + 1, to(y, reach_y, picture.height));
  unsigned sum = 0;
  for (std::uint32_t row = top; row < bottom; ++row) {
    for (std::uint32_t column = left; column < right; ++column) sum += picture.at(column, row);
  }
  return static_cast<std::uint8_t>(sum / ((right - left) * (bottom - top)));
}

}  // namespace

GrayPicture blank_canvas(float width, float height) {
  const auto pixels = [](float points) { return static_cast<std::uint32_t>(std::clamp(points, 1.0F, longest) * pixels_per_point); };
  std::uint32_t w = pixels(width);
  std::uint32_t h = pixels(height);
  constexpr std::uint32_t most = 72U << 20;
  if (std::uint64_t{w} * h > most) h = most / w;
  return {w, h};
}

GrayPicture shrunk(const GrayPicture& canvas, float dots) {
  const float scale = scan_dots_per_inch / dots;
  GrayPicture out(static_cast<std::uint32_t>(static_cast<float>(canvas.width) / scale),
                  static_cast<std::uint32_t>(static_cast<float>(canvas.height) / scale));
  const float reach = std::max(0.0F, scale / 2 - 0.5F);
  for (std::uint32_t y = 0; y < out.height; ++y) {
    for (std::uint32_t x = 0; x < out.width; ++x) {
      out.at(x, y) = shade_at(canvas, (static_cast<float>(x) + 0.5F) * scale, (static_cast<float>(y) + 0.5F) * scale, reach, reach);
    }
  }
  return out;
}

void paste(GrayPicture& canvas, const GrayPicture& picture, const PicturePlace& place) {
  if (picture.pixels.empty() || canvas.pixels.empty()) return;
  const auto [a, b, c, d, e, f] = place;
  const float determinant = a * d - b * c;
  if (!std::isfinite(determinant) || std::abs(determinant) < 1e-6F || !std::isfinite(e) || !std::isfinite(f)) return;
  const float left = std::min({e, e + a, e + c, e + a + c}) * pixels_per_point;
  const float right = std::max({e, e + a, e + c, e + a + c}) * pixels_per_point;
  const float top = std::min({f, f + b, f + d, f + b + d}) * pixels_per_point;
  const float bottom = std::max({f, f + b, f + d, f + b + d}) * pixels_per_point;
  const auto within = [](float value, std::uint32_t end) {
    return static_cast<std::uint32_t>(std::clamp(value, 0.0F, static_cast<float>(end)));
  };
  const auto wide = static_cast<float>(picture.width);
  const auto high = static_cast<float>(picture.height);
  const float reach_x = wide / std::max(1.0F, std::hypot(a, b) * pixels_per_point) / 2 - 0.5F;
  const float reach_y = high / std::max(1.0F, std::hypot(c, d) * pixels_per_point) / 2 - 0.5F;
  for (std::uint32_t y = within(top, canvas.height); y < within(std::ceil(bottom), canvas.height); ++y) {
    for (std::uint32_t x = within(left, canvas.width); x < within(std::ceil(right), canvas.width); ++x) {
      const float px = (static_cast<float>(x) + 0.5F) / pixels_per_point - e;
      const float py = (static_cast<float>(y) + 0.5F) / pixels_per_point - f;
      const float u = (d * px - c * py) / determinant;
      const float v = (a * py - b * px) / determinant;
      if (u < 0 || v < 0 || u >= 1 || v >= 1) continue;
      std::uint8_t& pixel = canvas.at(x, y);
      pixel = std::min(pixel, shade_at(picture, u * wide, v * high, std::max(0.0F, reach_x), std::max(0.0F, reach_y)));
    }
  }
}

}  // namespace jiheng::reading
