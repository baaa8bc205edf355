// The worker's side of reading documents in isolation.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "reading/reader.h"

namespace jiheng::reading {

/// What a worker does with a document.
using ReadFunction = std::function<JsonDocument(std::string_view bytes, std::string name)>;
/// read_json with the usual limits; tests have their own.
JsonDocument read_plainly(std::string_view bytes, std::string name);

/// What a worker may take beyond what reading/limits.h holds a document to.
struct WorkerLimits {
  std::size_t memory_bytes = 384U << 20;  ///< of its own; the code of libraries does not count
  unsigned seconds = 10;                  ///< for one document
};

/// For a process that reads one document after the other: what one gave back, up to a few megabytes, the next need not ask the kernel for.
void keep_freed_memory();

/// Descriptor 0 is the socket, 1 the slots' memory (protocol.h); every other one is closed. Locks the process in, then answers one request
/// after the other until the socket ends. Returns an exit status; never throws.
int serve_reading(const ReadFunction& read = read_plainly, const WorkerLimits& limits = {});

}  // namespace jiheng::reading
