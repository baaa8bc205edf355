#include "reading/scan/picture_codecs.h"

#include <cstdio>
// jpeglib.h wants FILE first.
#include <jpeglib.h>
#include <png.h>

#include <algorithm>
#include <csetjmp>

namespace jiheng::reading {
namespace {

Error damaged() {
  return {"damaged", "图片已损坏，无法还原。请重新扫描或拍照。", {}};
}

std::uint8_t shade_of(unsigned red, unsigned green, unsigned blue) {
  return static_cast<std::uint8_t>((red * 77 + green * 151 + blue * 28) >> 8);
}

bool fits(std::uint64_t width, std::uint64_t height) {
  return width > 0 && height > 0 && width <= 65500 && height <= 65500 && width * height <= most_pixels;
}

Error too_large() {
  return {"too-large", "图片太大（超过A3幅面600点/英寸）。请用300点/英寸的灰度重新扫描。", {}};
}

/// libjpeg leaves by longjmp; what it wrote until then is kept by the caller's objects, which outlive the jump.
struct JpegTrouble {
  jpeg_error_mgr manager;
  jpeg_progress_mgr progress;
  std::jmp_buf back;
};

void leave(j_common_ptr info) {
  std::longjmp(reinterpret_cast<JpegTrouble*>(info->err)->back, 1);
}

void stay_silent(j_common_ptr) {}

/// A progressive picture is packed in some ten scans, each of which may go over all its pixels.
constexpr int most_scans = 100;
constexpr long most_jpeg_memory = 256L << 20;

void count_scans(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > most_scans) leave(info);
}

/// 0 done, 1 damaged, 2 too large. Half a picture that ends early is a picture: libjpeg fills the rest with gray.
int read_jpeg(std::string_view bytes, jpeg_decompress_struct& info, JpegTrouble& trouble, GrayPicture& picture) {
  info.err = jpeg_std_error(&trouble.manager);
  trouble.manager.error_exit = leave;
  trouble.manager.output_message = stay_silent;
  trouble.progress.progress_monitor = count_scans;
  if (setjmp(trouble.back) != 0) return 1;
  jpeg_create_decompress(&info);
  info.mem->max_memory_to_use = most_jpeg_memory;
  info.progress = &trouble.progress;
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) return 1;
  if (!fits(info.image_width, info.image_height)) return 2;
  info.out_color_space = JCS_GRAYSCALE;
  if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK) return 1;
  jpeg_start_decompress(&info);
  picture = GrayPicture(info.output_width, info.output_height);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = &picture.at(0, info.output_scanline);
    jpeg_read_scanlines(&info, &row, 1);
  }
  return 0;
}

}  // namespace

Result<GrayPicture> decode_jpeg(std::string_view bytes) {
  jpeg_decompress_struct info{};
  JpegTrouble trouble{};
  GrayPicture picture;
  const int outcome = read_jpeg(bytes, info, trouble, picture);
  jpeg_destroy_decompress(&info);
  if (outcome == 2) return too_large();
  if (outcome == 1) return damaged();
  return picture;
}

Result<GrayPicture> decode_png(std::string_view bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return damaged();
  if (!fits(image.width, image.height)) {
    png_image_free(&image);
    return too_large();
  }
  image.format = PNG_FORMAT_GRAY;
  GrayPicture picture(image.width, image.height);
  const png_color white{255, 255, 255};  // what lies behind transparent places
  if (png_image_finish_read(&image, &white, picture.pixels.data(), static_cast<png_int_32>(image.width), nullptr) == 0) {
    png_image_free(&image);
    return damaged();
  }
  return picture;
}

std::string encode_png(const GrayPicture& picture) {
  if (picture.pixels.empty()) return {};
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = picture.width;
  image.height = picture.height;
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, picture.pixels.data(), 0, nullptr) == 0) return {};
  std::string out(size, '\0');
  if (png_image_write_to_memory(&image, out.data(), &size, 0, picture.pixels.data(), 0, nullptr) == 0) return {};
  out.resize(size);
  return out;
}

Result<GrayPicture> gray_of(const Samples& samples, std::string_view bytes) {
  if (!fits(samples.width, samples.height)) return too_large();
  const int bits = samples.bits;
  const int components = samples.components;
  if ((bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16) || (components != 1 && components != 3 && components != 4))
    return damaged();
  const std::size_t row_bytes = (std::size_t{samples.width} * static_cast<unsigned>(components * bits) + 7) / 8;
  const unsigned largest = bits == 16 ? 255 : (1U << bits) - 1;
  GrayPicture picture(samples.width, samples.height);
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  for (std::uint32_t y = 0; y < samples.height; ++y) {
    if ((y + std::size_t{1}) * row_bytes > bytes.size()) break;  // a stream cut short leaves the rest white
    const unsigned char* row = data + y * row_bytes;
    const auto value = [&](std::size_t i) -> unsigned {
      if (bits == 8) return row[i];
      if (bits == 16) return row[2 * i];
      const std::size_t bit = i * static_cast<unsigned>(bits);
      return (row[bit / 8] >> (8 - static_cast<unsigned>(bits) - bit % 8)) & largest;
    };
    for (std::uint32_t x = 0; x < samples.width; ++x) {
      const std::size_t i = std::size_t{x} * static_cast<unsigned>(components);
      unsigned shade = 255;
      if (components == 1) {
        const unsigned found = value(i);
        shade = samples.palette.empty() ? found * 255 / largest : found < samples.palette.size() ? samples.palette[found] : 255;
      } else if (components == 3) {
        shade = shade_of(value(i) * 255 / largest, value(i + 1) * 255 / largest, value(i + 2) * 255 / largest);
      } else {
        const unsigned black = value(i + 3) * 255 / largest;
        const auto light = [&](std::size_t at) { return (255 - value(at) * 255 / largest) * (255 - black) / 255; };
        shade = shade_of(light(i), light(i + 1), light(i + 2));
      }
      picture.at(x, y) = static_cast<std::uint8_t>(samples.inverted ? 255 - shade : shade);
    }
  }
  return picture;
}

}  // namespace jiheng::reading
