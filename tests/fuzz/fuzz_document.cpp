#include "check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  fuzz::check(reading::read_document(fuzz::view(data, size), "file", fuzz::small_limits()));
  return 0;
}
