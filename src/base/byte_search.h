// Finding bytes in short runs of text, where a call into the C library costs more than the search. Sixteen bytes a step where the machine
// can (every x86-64 can), one otherwise.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace jiheng {

/// The first of the wanted bytes from `at` on, or `end`.
template <char... wanted>
inline const char* find_first(const char* at, const char* end) {
#if defined(__SSE2__)
  for (; end - at >= 16; at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    __m128i found = _mm_setzero_si128();
    ((found = _mm_or_si128(found, _mm_cmpeq_epi8(block, _mm_set1_epi8(wanted)))), ...);
    const int bits = _mm_movemask_epi8(found);
    if (bits != 0) return at + __builtin_ctz(static_cast<unsigned>(bits));
  }
#endif
  while (at != end && !((*at == wanted) || ...)) ++at;
  return at;
}

/// The same for one byte known only when the program runs.
inline const char* find_byte(const char* at, const char* end, char wanted) {
#if defined(__SSE2__)
  const __m128i sought = _mm_set1_epi8(wanted);
  for (; end - at >= 16; at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(block, sought));
    if (bits != 0) return at + __builtin_ctz(static_cast<unsigned>(bits));
  }
#endif
  while (at != end && *at != wanted) ++at;
  return at;
}

/// Two ranges of byte values, bounds included.
template <unsigned char from, unsigned char to, unsigned char from2, unsigned char to2>
struct ByteRanges {
  static bool has(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= from && byte <= to) || (byte >= from2 && byte <= to2);
  }

  /// Whether every byte of the text is in them.
  static bool has_all(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
#if defined(__SSE2__)
    if (text.size() >= 16) {
      for (; end - at >= 16; at += 16) {
        if (outside(load(at)) != 0) return false;
      }
      return at == end || outside(load(end - 16)) == 0;
    }
    if (text.size() >= 8) {  // both halves, which may overlap
      std::int64_t halves[2];
      std::memcpy(&halves[0], at, 8);
      std::memcpy(&halves[1], end - 8, 8);
      return outside(_mm_set_epi64x(halves[1], halves[0])) == 0;
    }
#endif
    while (at != end && has(*at)) ++at;
    return at == end;
  }

  /// The first byte of [at, end) that is not in them. `begin`: where the text begins, which may be read again.
  static const char* skip(const char* begin, const char* at, const char* end) {
#if defined(__SSE2__)
    for (; end - at >= 16; at += 16) {
      if (const int bits = outside(load(at)); bits != 0) return at + __builtin_ctz(static_cast<unsigned>(bits));
    }
    if (end - begin >= 16) {  // the rest as part of the last block
      const int bits = outside(load(end - 16)) >> (16 - (end - at));
      return bits == 0 ? end : at + __builtin_ctz(static_cast<unsigned>(bits));
    }
#endif
    while (at != end && has(*at)) ++at;
    return at;
  }

 private:
#if defined(__SSE2__)
  static __m128i load(const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }
  static int outside(__m128i block) {
    const auto range = [&](unsigned char low, unsigned char high) {
      const __m128i above = _mm_sub_epi8(block, _mm_set1_epi8(static_cast<char>(low)));
      return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(static_cast<char>(high - low))), above);
    };
    return _mm_movemask_epi8(_mm_or_si128(range(from, to), range(from2, to2))) ^ 0xFFFF;
  }
#endif
};

/// Whether the three bytes stand one behind the other anywhere in the text, every one of them after `fold` was or-ed to it.
template <unsigned char first, unsigned char second, unsigned char third, unsigned char fold = 0>
inline bool has_three(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
#if defined(__SSE2__)
  const auto matches = [](const char* from, unsigned char wanted) {
    const __m128i block = _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)), _mm_set1_epi8(static_cast<char>(fold)));
    return _mm_cmpeq_epi8(block, _mm_set1_epi8(static_cast<char>(wanted)));
  };
  for (; end - at >= 18; at += 16) {
    const __m128i found = _mm_and_si128(_mm_and_si128(matches(at, first), matches(at + 1, second)), matches(at + 2, third));
    if (_mm_movemask_epi8(found) != 0) return true;
  }
#endif
  const auto is = [](char c, unsigned char wanted) { return (static_cast<unsigned char>(c) | fold) == wanted; };
  for (; end - at >= 3; ++at) {
    if (is(at[0], first) && is(at[1], second) && is(at[2], third)) return true;
  }
  return false;
}

/// Whether the three letters (given small), in either case, stand one behind the other anywhere in the text.
template <char first, char second, char third>
inline bool has_letters(std::string_view text) {
  return has_three<first, second, third, 0x20>(text);
}

/// Names are short: comparing them byte by byte beats a call.
inline bool same_bytes(const char* a, const char* b, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}
inline bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && same_bytes(a.data(), b.data(), a.size());
}

/// A set of byte values, made while compiling.
class ByteSet {
 public:
  template <class Predicate>
  constexpr explicit ByteSet(Predicate holds) : has_{} {
    for (unsigned value = 0; value < 256; ++value) has_[value] = holds(static_cast<unsigned char>(value));
  }
  constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }
  /// The first byte that is not in the set, from `at` on.
  const char* skip(const char* at, const char* end) const {
    while (end - at >= 4 && has(at[0]) && has(at[1]) && has(at[2]) && has(at[3])) at += 4;
    while (at != end && has(*at)) ++at;
    return at;
  }

 private:
  std::array<bool, 256> has_;
};

}  // namespace jiheng
