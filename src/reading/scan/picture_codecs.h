// Pictures as documents hold them → gray pixels. Nothing is trusted: sizes are held to a limit before memory is taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/scan/gray_picture.h"

namespace jiheng::reading {

/// The largest picture that is decoded: A3 at 600 dots an inch.
inline constexpr std::size_t most_pixels = 72U << 20;

/// Errors of both: damaged, too-large.
Result<GrayPicture> decode_jpeg(std::string_view bytes);
Result<GrayPicture> decode_png(std::string_view bytes);
/// A picture file by its first bytes: JPEG, PNG, or a BMP that is not packed. Errors: damaged, too-large, unsupported-format.
Result<GrayPicture> decode_picture(std::string_view bytes);
/// Whether the bytes are a picture file that people send for a document: JPEG, PNG, BMP, TIFF, GIF, WebP, JPEG 2000.
bool is_picture_file(std::string_view bytes);

/// An empty picture gives nothing.
std::string encode_png(const GrayPicture& picture);

/// Samples laid row by row, each row from a byte of its own, as PDF and TIFF have them.
struct Samples {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  int bits = 8;                            ///< of one component: 1, 2, 4, 8 or 16
  int components = 1;                      ///< 1 gray or palette, 3 red green blue, 4 cyan magenta yellow black
  bool inverted = false;                   ///< the smallest value is white
  std::vector<std::uint8_t> palette = {};  ///< gray shade of each value; empty where the values are shades themselves
};
Result<GrayPicture> gray_of(const Samples& samples, std::string_view bytes);

}  // namespace jiheng::reading
