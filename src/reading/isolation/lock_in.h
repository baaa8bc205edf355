// The door that closes behind a process which reads documents from anywhere.
#pragma once

#include <cstddef>

namespace jiheng::reading {

/// For good, for the present process: at most `memory_bytes` of memory of its own, no file, socket, process or thread opened from here on,
/// nothing made executable; only reading and writing what is open already. Every other system call answers EPERM. Open descriptors stay
/// open: close them first. False: the kernel refuses, nothing may be read then.
bool lock_in(std::size_t memory_bytes);

}  // namespace jiheng::reading
