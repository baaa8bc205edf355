#include "check.h"
#include "reading/encoding.h"
#include "reading/formats/number_format.h"

// A number, a line end, a format code.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  if (reading::first_invalid_utf8(bytes) != std::string_view::npos) return 0;
  const std::size_t end = bytes.find('\n');
  const auto number = reading::parse_stored_number(bytes.substr(0, end));
  if (!number || end == std::string_view::npos) return 0;
  const auto plain = reading::parse_stored_number(number->plain());
  fuzz::require(plain && plain->plain() == number->plain(), "a number reads back as another");
  const reading::NumberFormat format(bytes.substr(end + 1));
  for (const bool from_1904 : {false, true}) {
    fuzz::require(reading::first_invalid_utf8(format.show(*number, from_1904).text) == std::string_view::npos,
                  "what is shown is not UTF-8");
  }
  fuzz::require(reading::first_invalid_utf8(format.show_text("甲")) == std::string_view::npos, "what is shown is not UTF-8");
  return 0;
}
