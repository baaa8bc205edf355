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
  return static_cast<std::uint32_t>(std::clamp(number_of(number, 0), 0.F, 65500.F));
}

/// How many components a colour space has.
int components_of(Object space) {
  const std::string name = name_of(space.isArray() && space.getArrayNItems() > 0 ? space.getArrayItem(0) : space);
  if (name == "DeviceRGB" || name == "CalRGB" || name == "Lab" || name == "RGB") return 3;
  if (name == "DeviceCMYK" || name == "CMYK") return 4;
  if (name == "ICCBased" && space.getArrayNItems() > 1 && space.getArrayItem(1).isStream())
    return whole_of(space.getArrayItem(1).getDict().getKey("/N"), 1);
  return 1;
}

/// The gray shades of a palette; empty where the colour space is none. A palette's own colours are of a plain space (ISO 32000-1 8.6.6.3),
/// so that a palette of itself leads nowhere.
std::vector<std::uint8_t> palette_of(File& file, Object space) {
  if (!space.isArray() || space.getArrayNItems() < 4) return {};
  const std::string name = name_of(space.getArrayItem(0));
  if (name != "Indexed" && name != "I") return {};
  Samples colours;
  colours.components = components_of(space.getArrayItem(1));
  Object table = space.getArrayItem(3);
  Bytes bytes;
  std::string text;
  if (table.isString()) text = table.getStringValue();
  if (table.isStream() && file.read_stream(table, bytes)) text = bytes.view();
  colours.width = static_cast<std::uint32_t>(text.size() / static_cast<unsigned>(std::max(1, colours.components)));
  colours.height = 1;
  auto shades = gray_of(colours, text);
  return shades ? std::move(shades->pixels) : std::vector<std::uint8_t>{0, 255};
}

bool is_inverted(Object dictionary) {
  Object decode = dictionary.getKey("/Decode");
  return decode.isArray() && decode.getArrayNItems() >= 2 && number_of(decode.getArrayItem(0), 0) > number_of(decode.getArrayItem(1), 1);
}

Result<GrayPicture> fax(std::string_view bytes, Object dictionary) {
  Object parms = dictionary.getKey("/DecodeParms");
  if (parms.isArray() && parms.getArrayNItems() > 0) parms = parms.getArrayItem(parms.getArrayNItems() - 1);
  const auto parameter = [&](const char* key) { return parms.isDictionary() ? parms.getKey(key) : Object::newNull(); };
  const auto is_true = [](Object flag) { return flag.isBool() && flag.getBoolValue(); };
  if (number_of(parameter("/K"), 0) >= 0) return unsupported("CCITT G3");
  FaxShape shape;
  shape.width = static_cast<std::uint32_t>(std::clamp(number_of(parameter("/Columns"), 1728), 1.F, 65500.F));
  shape.height = size_of(dictionary.getKey("/Height"));
  shape.black_is_one = is_true(parameter("/BlackIs1")) != is_inverted(dictionary);
  shape.rows_on_bytes = is_true(parameter("/EncodedByteAlign"));
  return decode_fax4(bytes, shape);
}

}  // namespace

Result<GrayPicture> picture_of(File& file, Object stream) {
  Object dictionary = stream.getDict();
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
  samples.width = size_of(dictionary.getKey("/Width"));
  samples.height = size_of(dictionary.getKey("/Height"));
  samples.inverted = is_inverted(dictionary);
  Object mask = dictionary.getKey("/ImageMask");
  const bool is_mask = mask.isBool() && mask.getBoolValue();
  samples.bits = is_mask ? 1 : whole_of(dictionary.getKey("/BitsPerComponent"), 8);
  if (!is_mask) {
    samples.components = components_of(dictionary.getKey("/ColorSpace"));
    samples.palette = palette_of(file, dictionary.getKey("/ColorSpace"));
  }
  return gray_of(samples, bytes.view());
}

}  // namespace jiheng::reading::pdf
