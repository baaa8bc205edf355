#include "check.h"
#include "reading/zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  auto archive = reading::ZipArchive::open(fuzz::view(data, size), fuzz::small_limits());
  if (!archive) {
    fuzz::check(archive.error());
    return 0;
  }
  std::size_t inflated = 0;
  for (const auto& entry : archive->entries()) {
    const auto content = archive->extract(entry);
    if (content)
      inflated += content->size();
    else
      fuzz::check(content.error());
  }
  fuzz::require(inflated <= fuzz::small_limits().inflated_bytes, "more inflated than the limit");
  return 0;
}
