#include "check.h"
#include "reading/formats/formats.h"

// The first byte tells the separator; the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  if (size == 0) return 0;
  const char separator = data[0] == ',' || data[0] == '\t' ? static_cast<char>(data[0]) : '\0';
  const auto bytes = fuzz::view(data, size);
  fuzz::check(reading::read_text(separator == '\0' ? bytes : bytes.substr(1), separator, fuzz::small_limits()));
  return 0;
}
