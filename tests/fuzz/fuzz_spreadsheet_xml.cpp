#include "check.h"
#include "reading/formats/formats.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  fuzz::check(reading::read_spreadsheet_xml(fuzz::view(data, size), fuzz::small_limits()));
  return 0;
}
