#include "check.h"
#include "pdf_maker.h"
#include "reading/formats/formats.h"
#include "reading/scan/ocr.h"

namespace {

/// Finds nothing: what is looked at is how the pictures come onto the page.
class Blind : public jiheng::reading::OcrDoor {
 public:
  std::optional<std::string> recognise(std::string_view, jiheng::reading::OcrTask) const override { return std::string(); }
};

}  // namespace

// A scanned page: entries of its picture up to a zero byte, then the picture's bytes. Object 1 is a palette of itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  const std::size_t end = std::min(bytes.find('\0'), size);
  const Blind door;
  auto limits = fuzz::small_limits();
  limits.ocr = &door;
  reading::PdfMaker maker;
  const int space = maker.add("[ /Indexed 1 0 R 255 <000000FFFFFF> ]");
  const int picture =
      maker.add_stream(bytes.substr(std::min(end + 1, size)), "/Subtype /Image /Width 90 /Height 60 /ColorSpace " +
                                                                  reading::reference(space) + " " + std::string(bytes.substr(0, end)));
  const std::string page =
      maker.page("45 0 0 60 0 0 cm /X Do", "/XObject << /X " + reading::reference(picture) + " >>", "/MediaBox [0 0 45 60]");
  fuzz::check(reading::read_pdf(page, limits));
  return 0;
}
