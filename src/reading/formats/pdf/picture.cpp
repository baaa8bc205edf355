#include "reading/formats/pdf/picture.h"

#include <algorithm>
#include <string>

#include "reading/scan/fax.h"
#include "reading/scan/picture_codecs.h"

namespace jiheng::reading::pdf {
namespace {

Error unsupported(const std::string& coding) {
  return {"unsupported-picture", "扫描图片的压缩方式（" + coding + "）不能识别。请用JPEG方式重新扫描，或上传Word、Excel原件。", {}};
}

std::uint32_t size_of(Object number) {
  return static_cast<std::uint32_t>(std::clamp(number.number(0), 0.F, 65500.F));
}

/// How many components a colour space has; a palette's gray shades go to `samples`.
void read_colours(File& file, Object space, Samples& samples) {
  const std::string name = (space.is_array() && space.size() > 0 ? space.item(0) : space).name();
  if (name == "DeviceRGB" || name == "CalRGB" || name == "Lab" || name == "RGB") samples.components = 3;
  if (name == "DeviceCMYK" || name == "CMYK") samples.components = 4;
  if (name == "ICCBased" && space.size() > 1 && space.item(1).is_stream())
    samples.components = static_cast<int>(space.item(1).key("N").number(1));
  if ((name != "Indexed" && name != "I") || space.size() < 4) return;
  Samples base;
  read_colours(file, space.item(1), base);
  Object table = space.item(3);
  Bytes bytes;
  std::string text;
  if (table.is_string()) text = table.string();
  if (table.is_stream() && file.read_stream(table, bytes)) text = bytes.view();
  base.width = static_cast<std::uint32_t>(text.size() / static_cast<unsigned>(std::max(1, base.components)));
  base.height = 1;
  const auto shades = gray_of(base, text);
  samples.palette = shades ? shades->pixels : std::vector<std::uint8_t>{0, 255};
}

bool is_inverted(Object dictionary) {
  Object decode = dictionary.key("Decode");
  return decode.is_array() && decode.size() >= 2 && decode.item(0).number(0) > decode.item(1).number(1);
}

Result<GrayPicture> fax(std::string_view bytes, Object dictionary) {
  Object parms = dictionary.key("DecodeParms");
  if (parms.is_array() && parms.size() > 0) parms = parms.item(parms.size() - 1);
  const auto parameter = [&](const char* key) { return parms.key(key); };
  const auto is_true = [](Object flag) { return flag.boolean(); };
  if (parameter("K").number(0) >= 0) return unsupported("CCITT G3");
  FaxShape shape;
  shape.width = static_cast<std::uint32_t>(std::clamp(parameter("Columns").number(1728), 1.F, 65500.F));
  shape.height = size_of(dictionary.key("Height"));
  shape.black_is_one = is_true(parameter("BlackIs1")) != is_inverted(dictionary);
  shape.rows_on_bytes = is_true(parameter("EncodedByteAlign"));
  return decode_fax4(bytes, shape);
}

}  // namespace

Result<GrayPicture> picture_of(File& file, Object stream) {
  const Object& dictionary = stream;
  Bytes bytes;
  std::string coding;
  if (!file.read_picture(stream, bytes, coding)) return Error{"damaged", "图片已损坏，无法还原。请重新扫描或拍照。", {}};
  if (coding == "DCTDecode" || coding == "DCT") {
    auto picture = decode_jpeg(bytes.view());
    if (picture && is_inverted(dictionary)) {
      for (std::uint8_t& pixel : picture->pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
    }
    return picture;
  }
  if (coding == "CCITTFaxDecode" || coding == "CCF") return fax(bytes.view(), dictionary);
  if (!coding.empty()) return unsupported(coding);
  Samples samples;
  samples.width = size_of(dictionary.key("Width"));
  samples.height = size_of(dictionary.key("Height"));
  samples.inverted = is_inverted(dictionary);
  Object mask = dictionary.key("ImageMask");
  const bool is_mask = mask.boolean();
  samples.bits = is_mask ? 1 : static_cast<int>(dictionary.key("BitsPerComponent").number(8));
  if (!is_mask) read_colours(file, dictionary.key("ColorSpace"), samples);
  return gray_of(samples, bytes.view());
}

}  // namespace jiheng::reading::pdf
