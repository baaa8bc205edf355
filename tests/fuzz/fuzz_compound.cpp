#include <string>

#include "check.h"
#include "reading/formats/compound_file.h"
#include "reading/formats/xls_cipher.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  reading::decrypt_protected_workbook(bytes);
  reading::mentions_stream(bytes, "WordDocument");
  const auto file = reading::CompoundFile::open(bytes);
  if (!file) return fuzz::check(file.error()), 0;
  for (const char* name : {"Workbook", "Book", "WordDocument", "0Table", "1Table", "Data", "EncryptedPackage", "\x05SummaryInformation"}) {
    std::string buffer;
    const auto stream = file->stream(name, buffer);
    if (!stream) fuzz::check(stream.error());
    fuzz::require(!stream || stream->size() <= size, "a stream larger than its file");
  }
  return 0;
}
