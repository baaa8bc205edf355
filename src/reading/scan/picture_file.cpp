// Picture files by their first bytes.
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/formats/little_endian.h"
#include "reading/scan/picture_codecs.h"

namespace jiheng::reading {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view jpeg = "\xFF\xD8\xFF"sv;
constexpr std::string_view png = "\x89PNG\r\n\x1A\n"sv;

/// Picture files that are told apart only to say what they are.
struct Known {
  std::string_view head;
  std::string_view name;
};
constexpr std::array known = {
    Known{"II*\0"sv, "TIFF"},
    Known{"MM\0*"sv, "TIFF"},
    Known{"GIF8"sv, "GIF"},
    Known{"\0\0\0\x0CjP  "sv, "JPEG 2000"},
    Known{"\xFF\x4F\xFF\x51"sv, "JPEG 2000"},
};

bool is_bmp(std::string_view bytes) {
  return starts_with(bytes, "BM") && bytes.size() > 54 && u32_at(bytes, 14) >= 40 && u32_at(bytes, 14) <= 124 && u16_at(bytes, 26) == 1;
}

std::string_view name_of(std::string_view bytes) {
  for (const Known& kind : known) {
    if (starts_with(bytes, kind.head)) return kind.name;
  }
  return starts_with(bytes, "RIFF") && bytes.substr(0, 12).ends_with("WEBP") ? "WebP"sv : std::string_view();
}

Error damaged() {
  return {"damaged", "图片已损坏，无法还原。请重新扫描或拍照。", {}};
}
Error unsupported(std::string_view name) {
  return {"unsupported-format", "这是" + std::string(name) + "图片，目前还不能直接读取。请另存为JPG、PNG或PDF再上传。", {}};
}

/// Rows from the lowest up, each filled to four bytes; blue before red.
Result<GrayPicture> decode_bmp(std::string_view bytes) {
  const std::size_t start = u32_at(bytes, 10);
  const std::size_t header = u32_at(bytes, 14);
  const auto width = static_cast<std::int32_t>(u32_at(bytes, 18));
  const auto signed_height = static_cast<std::int32_t>(u32_at(bytes, 22));
  const int bits = u16_at(bytes, 28);
  if (u32_at(bytes, 30) != 0) return unsupported("压缩的BMP");
  constexpr std::int32_t longest = 65500;
  if (width <= 0 || width > longest || signed_height == 0 || signed_height < -longest || signed_height > longest) return damaged();
  const bool upside_down = signed_height > 0;
  const auto height = static_cast<std::uint32_t>(upside_down ? signed_height : -signed_height);
  Samples samples;
  samples.width = static_cast<std::uint32_t>(width);
  samples.height = height;
  if (static_cast<std::uint64_t>(samples.width) * height > most_pixels)
    return Error{"too-large", "图片太大（超过A3幅面600点/英寸）。请用300点/英寸的灰度重新扫描。", {}};
  if (bits != 1 && bits != 4 && bits != 8 && bits != 24 && bits != 32) return unsupported("BMP");
  const std::size_t row = (samples.width * static_cast<std::size_t>(bits) + 31) / 32 * 4;
  if (start > bytes.size() || row * height > bytes.size() - start) return damaged();
  if (bits <= 8) {
    samples.bits = bits;
    for (std::size_t at = 14 + header; at + 4 <= start && samples.palette.size() < (std::size_t{1} << bits); at += 4) {
      const auto shade = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[at + i])); };
      samples.palette.push_back(static_cast<std::uint8_t>((shade(2) * 77 + shade(1) * 151 + shade(0) * 28) >> 8));
    }
    samples.palette.resize(std::size_t{1} << bits, 255);
  } else {
    samples.components = 3;
  }
  const std::size_t packed = bits <= 8 ? (samples.width * static_cast<std::size_t>(bits) + 7) / 8 : samples.width * std::size_t{3};
  std::string rows(packed * height, '\0');
  for (std::uint32_t y = 0; y < height; ++y) {
    const std::string_view from = bytes.substr(start + row * (upside_down ? height - 1 - y : y), row);
    char* to = rows.data() + packed * y;
    if (bits <= 8) {
      from.substr(0, packed).copy(to, packed);
      continue;
    }
    const std::size_t step = static_cast<std::size_t>(bits) / 8;
    for (std::size_t x = 0; x < samples.width; ++x) {
      for (std::size_t i = 0; i < 3; ++i) to[x * 3 + i] = from[x * step + 2 - i];
    }
  }
  return gray_of(samples, rows);
}

}  // namespace

bool is_picture_file(std::string_view bytes) {
  return starts_with(bytes, jpeg) || starts_with(bytes, png) || is_bmp(bytes) || !name_of(bytes).empty();
}

Result<GrayPicture> decode_picture(std::string_view bytes) {
  if (starts_with(bytes, jpeg)) return decode_jpeg(bytes);
  if (starts_with(bytes, png)) return decode_png(bytes);
  if (is_bmp(bytes)) return decode_bmp(bytes);
  const std::string_view name = name_of(bytes);
  return name.empty() ? damaged() : unsupported(name);
}

}  // namespace jiheng::reading
