#include "check.h"
#include "old_office_maker.h"
#include "reading/formats/compound_file.h"
#include "reading/formats/formats.h"

// A compound file, or the records of its stream: they are read bare and inside a sound file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  fuzz::check(reading::read_xls(bytes, fuzz::small_limits()));
  if (!reading::is_compound_file(bytes))
    fuzz::check(reading::read_xls(reading::compound_of({{"Workbook", std::string(bytes)}}), fuzz::small_limits()));
  return 0;
}
