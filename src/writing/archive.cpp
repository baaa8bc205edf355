#include "writing/archive.h"

#include <zip.h>

#include <memory>
#include <stdexcept>

namespace jiheng::writing {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string("zip: ") + what);
}

struct SourceFree {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

std::string bytes_of(zip_source_t* source) {
  if (zip_source_open(source) != 0) fail("open");
  zip_source_seek(source, 0, SEEK_END);
  const zip_int64_t size = zip_source_tell(source);
  zip_source_seek(source, 0, SEEK_SET);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (read != size) fail("read");
  return bytes;
}

}  // namespace

std::string zip_of(std::span<const Part> parts) {
  zip_error_t error;
  zip_error_init(&error);
  std::unique_ptr<zip_source_t, SourceFree> target(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!target) fail("source");
  zip_source_keep(target.get());
  std::unique_ptr<zip_t, Discard> archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
  if (!archive) {
    zip_source_free(target.get());
    fail("archive");
  }
  for (const Part& part : parts) {
    zip_source_t* source = zip_source_buffer(archive.get(), part.bytes.data(), part.bytes.size(), 0);
    if (source == nullptr) fail("entry");
    const zip_int64_t index = zip_file_add(archive.get(), std::string(part.name).c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      fail("entry");
    }
    const auto place = static_cast<zip_uint64_t>(index);
    zip_set_file_compression(archive.get(), place, ZIP_CM_DEFLATE, 6);
    zip_file_set_dostime(archive.get(), place, 0, (0 << 9) | (1 << 5) | 1, 0);  // 1980-01-01, the format's first day
  }
  if (zip_close(archive.get()) != 0) fail("close");
  [[maybe_unused]] const zip_t* freed = archive.release();  // zip_close() freed it
  return bytes_of(target.get());
}

}  // namespace jiheng::writing
