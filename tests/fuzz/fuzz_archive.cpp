#include "check.h"
#include "reading/archive.h"
#include "reading/encoding.h"

// A zip, or a zip in a zip; else a file's name as a foreign machine wrote it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  const auto is_utf8 = [](std::string_view text) { return reading::first_invalid_utf8(text) == std::string_view::npos; };
  const std::string name = reading::readable_name(bytes);
  fuzz::require(is_utf8(name) && name.find_first_of("\n\\") == std::string::npos, "a name that cannot be shown on a line");
  std::size_t unpacked = 0;
  for (const reading::PackedFile& file : reading::unpack({{"a.zip", std::string(bytes)}})) {
    fuzz::require(file.name.starts_with("a.zip") && is_utf8(file.name), "a document without the name of its archive");
    if (file.trouble) fuzz::check(*file.trouble);
    unpacked += file.bytes.size();
  }
  fuzz::require(unpacked <= (256U << 20) + size, "more unpacked than the limit");
  return 0;
}
