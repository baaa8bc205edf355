#include "check.h"
#include "reading/encoding.h"
#include "reading/layout_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  fuzz::check(reading::read_document(bytes, "file", fuzz::small_limits()));
  const std::string json = reading::layout_json(bytes, "file", fuzz::small_limits());
  fuzz::require(reading::first_invalid_utf8(json) == std::string_view::npos, "the layout's JSON is not UTF-8");
  return 0;
}
