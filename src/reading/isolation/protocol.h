// How a process that wants documents read and the worker that reads them talk.
//
// Both map the same memory: a few slots. A request's name and bytes lie in a slot, and so does the answer, in their place; the socket
// carries only the headers. What does not fit a slot goes through the socket behind its header, and then nothing else is under way, so that
// neither side ever waits for the other to read. The first byte from a worker says that it has locked itself in.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jiheng::reading {

inline constexpr std::uint32_t slot_count = 8;  ///< documents under way at one worker
inline constexpr std::size_t slot_bytes = 512U << 10;
inline constexpr std::size_t slots_bytes = slot_count * slot_bytes;
inline constexpr std::uint32_t through_socket = UINT32_MAX;  ///< in place of a slot

inline constexpr std::size_t longest_name = 65536;

struct RequestHeader {
  std::uint32_t slot;
  std::uint32_t name_bytes;
  std::uint64_t document_bytes;
};

struct AnswerHeader {
  std::uint32_t slot;
  std::uint16_t failed;        ///< 1: the document's "error" is set
  std::uint16_t unread_scans;  ///< 1: some of its pages are scans that were not read
  std::uint64_t json_bytes;
};

}  // namespace jiheng::reading
