#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "check.h"
#include "registry/tar.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  static const int file = memfd_create("backup", 0);
  if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) return 0;
  registry::TarReader reader("/proc/self/fd/" + std::to_string(file));
  for (;;) {
    const auto next = reader.next();
    if (!next) return fuzz::check(next.error()), 0;
    if (next->name.empty()) return 0;
    fuzz::require(next->bytes.size() <= size, "a file larger than its archive");
  }
}
