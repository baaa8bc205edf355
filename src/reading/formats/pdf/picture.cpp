#include "reading/formats/pdf/picture.h"

#include <algorithm>
#include <string>

#include "reading/scan/fax.h"
#include "reading/scan/picture_codecs.h"

namespace jiheng::reading::pdf {
namespace {

/// `coding`: whatever bytes the file has for a name.
Error unsupported(std::string coding) {
  constexpr std::size_t longest_name = 40;
  if (coding == "JPXDecode") coding = "JPEG 2000";
  if (coding == "JBIG2Decode") coding = "JBIG2";
  if (coding.size() > longest_name || std::any_of(coding.begin(), coding.end(), [](char c) { return c < ' ' || c > '~'; }))
    coding = "名称不明";
  return {"unsupported-picture", "扫描图片的压缩方式（" + coding + "）不能识别。请用JPEG方式重新扫描，或上传Word、Excel原件。", {}};
}

std::uint32_t size_of(Object number) {
  return static_cast<std::uint32_t>(std::clamp(number.number(0), 0.F, 65500.F));
}

/// How many components a colour space has.
int components_of(Object space) {
  const std::string name = (space.is_array() && space.size() > 0 ? space.item(0) : space).name();
  if (name == "DeviceRGB" || name == "CalRGB" || name == "Lab" || name == "RGB") return 3;
  if (name == "DeviceCMYK" || name == "CMYK") return 4;
  if (name == "ICCBased" && space.size() > 1 && space.item(1).is_stream()) return space.item(1).key("N").whole(1);
  return 1;
}

/// The gray shades of a palette; empty where the colour space is none. A palette's own colours are of a plain space (ISO 32000-1 8.6.6.3),
/// so that a palette of itself leads nowhere.
std::vector<std::uint8_t> palette_of(File& file, Object space) {
  if (!space.is_array() || space.size() < 4) return {};
  const std::string name = space.item(0).name();
  if (name != "Indexed" && name != "I") return {};
  Samples colours;
  colours.components = components_of(space.item(1));
  Object table = space.item(3);
  Bytes bytes;
  std::string text;
  if (table.is_string()) text = table.string();
  if (table.is_stream() && file.read_stream(table, bytes)) text = bytes.view();
  colours.width = static_cast<std::uint32_t>(text.size() / static_cast<unsigned>(std::max(1, colours.components)));
  colours.height = 1;
  auto shades = gray_of(colours, text);
  return shades ? std::move(shades->pixels) : std::vector<std::uint8_t>{0, 255};
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
  samples.bits = is_mask ? 1 : dictionary.key("BitsPerComponent").whole(8);
  if (!is_mask) {
    samples.components = components_of(dictionary.key("ColorSpace"));
    samples.palette = palette_of(file, dictionary.key("ColorSpace"));
  }
  return gray_of(samples, bytes.view());
}

}  // namespace jiheng::reading::pdf
