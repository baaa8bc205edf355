// Numbers in the byte order of the old office files. What lies beyond the end reads as 0: a record that is too short never leads outside.
#pragma once

#include <cstdint>
#include <string_view>

namespace jiheng::reading {

inline std::uint8_t u8_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}

inline std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size() || bytes.size() - at < 2) return 0;
  return static_cast<std::uint16_t>(static_cast<std::uint8_t>(bytes[at]) | static_cast<std::uint8_t>(bytes[at + 1]) << 8);
}

inline std::int16_t s16_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::int16_t>(u16_at(bytes, at));
}

inline std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size() || bytes.size() - at < 4) return 0;
  return static_cast<std::uint32_t>(u16_at(bytes, at)) | static_cast<std::uint32_t>(u16_at(bytes, at + 2)) << 16;
}

inline std::uint64_t u64_at(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size() || bytes.size() - at < 8) return 0;
  return static_cast<std::uint64_t>(u32_at(bytes, at)) | static_cast<std::uint64_t>(u32_at(bytes, at + 4)) << 32;
}

/// The part of `bytes` there is from `at` on, at most `length`.
inline std::string_view part_of(std::string_view bytes, std::uint64_t at, std::uint64_t length = UINT64_MAX) {
  if (at >= bytes.size()) return {};
  return bytes.substr(static_cast<std::size_t>(at), length > bytes.size() ? std::string_view::npos : static_cast<std::size_t>(length));
}

}  // namespace jiheng::reading
