// A page as a scanner saw it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jiheng::reading {

/// Rows from the top, one byte a pixel, 0 black to 255 white.
struct GrayPicture {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> pixels;

  GrayPicture() = default;
  GrayPicture(std::uint32_t w, std::uint32_t h, std::uint8_t shade = 255) : width(w), height(h), pixels(std::size_t{w} * h, shade) {}
  std::uint8_t at(std::uint32_t x, std::uint32_t y) const { return pixels[std::size_t{y} * width + x]; }
  std::uint8_t& at(std::uint32_t x, std::uint32_t y) { return pixels[std::size_t{y} * width + x]; }
};

/// Pixels from the upper left corner; right and bottom stand behind the last pixel.
struct PixelBox {
  std::uint32_t left = 0;
  std::uint32_t top = 0;
  std::uint32_t right = 0;
  std::uint32_t bottom = 0;
  std::uint32_t width() const { return right - left; }
  std::uint32_t height() const { return bottom - top; }
  bool operator==(const PixelBox&) const = default;
};

}  // namespace jiheng::reading
