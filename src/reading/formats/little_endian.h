// Numbers in the byte order of the old office files. What lies beyond the end reads as 0: a record that is too short never leads outside.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace jiheng::reading {

/// A number of so many bytes, all of which are there.
template <class Number>
inline Number load_number(const char* at) {
  Number number = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&number, at, sizeof number);
  } else {
    for (std::size_t i = sizeof(Number); i-- > 0;) number = static_cast<Number>(number << 8 | static_cast<std::uint8_t>(at[i]));
  }
  return number;
}

/// The same, 0 where not all of them are there.
template <class Number>
inline Number number_at(std::string_view bytes, std::size_t at) {
  const std::size_t end = at + sizeof(Number);
  return end > bytes.size() || end < at ? Number{0} : load_number<Number>(bytes.data() + at);
}

inline std::uint8_t u8_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}
inline std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
  return number_at<std::uint16_t>(bytes, at);
}
inline std::int16_t s16_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::int16_t>(u16_at(bytes, at));
}
inline std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  return number_at<std::uint32_t>(bytes, at);
}
inline std::uint64_t u64_at(std::string_view bytes, std::size_t at) {
  return number_at<std::uint64_t>(bytes, at);
}

/// The part of `bytes` there is from `at` on, at most `length`.
inline std::string_view part_of(std::string_view bytes, std::uint64_t at, std::uint64_t length = UINT64_MAX) {
  if (at >= bytes.size()) return {};
  return bytes.substr(static_cast<std::size_t>(at), length > bytes.size() ? std::string_view::npos : static_cast<std::size_t>(length));
}

}  // namespace jiheng::reading
