#include <string>

#include "check.h"
#include "office_maker.h"
#include "reading/formats/formats.h"
#include "reading/zip.h"

namespace {

std::string_view take_part(std::string_view& bytes) {
  const std::size_t end = bytes.find('\0');
  const std::string_view part = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  return part;
}

}  // namespace

// A whole xlsx, or the XML of its sheet, its styles and its strings with zero bytes between them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  auto bytes = fuzz::view(data, size);
  if (reading::is_zip(bytes)) {
    fuzz::check(reading::read_xlsx(bytes, fuzz::small_limits()));
    return 0;
  }
  std::vector<reading::Part> parts = {{"xl/workbook.xml", "<workbook><sheets><sheet name=\"一\"/></sheets></workbook>"}};
  for (const char* name : {"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"}) {
    const std::string_view part = take_part(bytes);
    if (!part.empty()) parts.push_back({name, std::string(part)});
  }
  fuzz::check(reading::read_xlsx(reading::zip_of(parts), fuzz::small_limits()));
  return 0;
}
