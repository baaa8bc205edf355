#include "check.h"
#include "office_maker.h"
#include "reading/formats/formats.h"
#include "reading/zip.h"

// A whole docx, or the XML of its document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  if (reading::is_zip(bytes))
    fuzz::check(reading::read_docx(bytes, fuzz::small_limits()));
  else
    fuzz::check(reading::read_docx(reading::zip_of({{"word/document.xml", std::string(bytes)}}), fuzz::small_limits()));
  return 0;
}
