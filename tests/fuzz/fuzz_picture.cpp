#include "check.h"
#include "reading/scan/fax.h"
#include "reading/scan/picture_codecs.h"

namespace {

using namespace jiheng;

void check_picture(const Result<reading::GrayPicture>& picture) {
  if (!picture) return fuzz::check(picture.error());
  fuzz::require(picture->pixels.size() == std::size_t{picture->width} * picture->height, "a picture of another size than its pixels");
  fuzz::require(picture->pixels.size() <= reading::most_pixels, "a picture above the limit");
}

}  // namespace

// A JPEG, a PNG or a BMP; else a byte that tells the coding, three of shape, and a fax page or samples.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto bytes = fuzz::view(data, size);
  if (bytes.starts_with("\xFF\xD8")) return check_picture(reading::decode_jpeg(bytes)), 0;
  if (bytes.starts_with("\x89PNG")) return check_picture(reading::decode_png(bytes)), 0;
  if (bytes.starts_with("BM") || reading::is_picture_file(bytes)) return check_picture(reading::decode_picture(bytes)), 0;
  if (size < 4) return 0;
  const std::uint8_t kind = data[0];
  bytes.remove_prefix(4);
  if ((kind & 1) == 0) {
    const auto width = static_cast<std::uint32_t>(data[1]) * 8 + (kind >> 5);
    check_picture(reading::decode_fax4(bytes, {width, data[2] * 4U, (kind & 2) != 0, (kind & 4) != 0}));
    return 0;
  }
  reading::Samples samples{data[1], data[2], kind >> 3 & 31, data[3] % 5, (kind & 2) != 0};
  if ((kind & 4) != 0) samples.palette.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2));
  check_picture(reading::gray_of(samples, bytes));
  return 0;
}
