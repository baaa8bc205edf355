// Reading untrusted documents in a process of its own: little memory, little time, no files, no network.
//
// Request: length of the name, length of the bytes (8 bytes each, native), the name, the bytes. Answer: length (8 bytes), the
// document as JSON. One after the other on standard input and output, until standard input ends.
#pragma once

#include <cstddef>

namespace jiheng::app {

inline constexpr std::size_t worker_memory_bytes = 512U << 20;  ///< address space: code and data of the libraries count, too
inline constexpr unsigned worker_seconds = 10;                  ///< for one document

/// The worker's side: locks itself in, then serves. Returns an exit status.
int serve_reading();

}  // namespace jiheng::app
