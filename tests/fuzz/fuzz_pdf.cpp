#include "check.h"
#include "pdf_maker.h"
#include "reading/formats/formats.h"

// A whole PDF, or the content of a page that has a Latin font F1, a Chinese one F2 and a form X.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  auto limits = fuzz::small_limits();
  limits.glyphs = 20000;
  if (bytes.starts_with("%PDF-")) {
    fuzz::check(reading::read_pdf(bytes, limits));
    return 0;
  }
  reading::PdfMaker maker;
  // The input is the font's /ToUnicode and the form's content as well: they are parsed by other code.
  const int map = maker.add_stream(bytes);
  const int descendant =
      maker.add("<< /Type /Font /Subtype /CIDFontType0 /CIDSystemInfo << /Ordering (GB1) >> /W [1 95 500 200 [1 2 3]] >>");
  const int form = maker.add_stream(bytes, "/Subtype /Form /BBox [0 0 600 800]");
  const std::string page =
      maker.page(bytes,
                 "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F2 << /Subtype /Type0 /Encoding "
                 "/GBK-EUC-H /DescendantFonts [ " +
                     reading::reference(descendant) + " ] /ToUnicode " + reading::reference(map) + " >> >> /XObject << /X " +
                     reading::reference(form) + " >>");
  fuzz::check(reading::read_pdf(page, limits));
  return 0;
}
