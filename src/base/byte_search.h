// Finding bytes in short runs of text, where a call into the C library costs more than the search. Sixteen bytes a step where the machine
// can (every x86-64 can), one otherwise.
#pragma once

#include <algorithm>
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

#if defined(__SSE2__)
/// Up to sixteen bytes (one at least) as a block in which each of them stands once or more and nothing else does: for questions that do not
/// ask where. No loop, so that texts of all lengths take the same way.
inline __m128i short_block(const char* at, std::size_t size) {
  const char* const end = at + size;
  const auto load = [](const char* from, auto word) {
    std::memcpy(&word, from, sizeof word);
    return word;
  };
  if (size >= 8)
    return _mm_set_epi64x(static_cast<long long>(load(end - 8, std::uint64_t{})), static_cast<long long>(load(at, std::uint64_t{})));
  if (size >= 4)
    return _mm_set1_epi64x(static_cast<long long>(std::uint64_t{load(end - 4, std::uint32_t{})} << 32 | load(at, std::uint32_t{})));
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(at[i])); };
  return _mm_set1_epi32(static_cast<int>(byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16 | byte(0) << 24));
}

inline __m128i block_at(const char* at) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}

/// All ones for each byte of the block from `low` to `high`, zero for the others.
inline __m128i bytes_in(__m128i block, unsigned char low, unsigned char high) {
  const __m128i above = _mm_sub_epi8(block, _mm_set1_epi8(static_cast<char>(low)));
  return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(static_cast<char>(high - low))), above);
}
inline __m128i bytes_that_are(__m128i block, unsigned char byte) {
  return _mm_cmpeq_epi8(block, _mm_set1_epi8(static_cast<char>(byte)));
}
inline unsigned bits_of(__m128i found) {
  return static_cast<unsigned>(_mm_movemask_epi8(found));
}
#endif

/// Ranges of byte values: from, to, from, to …, bounds included.
template <unsigned char... bounds>
struct ByteRanges {
  static bool has(char c) { return table[static_cast<unsigned char>(c)]; }

  /// Whether every byte of the text is in them.
  static bool has_all(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
#if defined(__SSE2__)
    if (at == end) return true;
    if (text.size() < 16) return outside(short_block(at, text.size())) == 0;
    for (; end - at >= 16; at += 16) {
      if (outside(block_at(at)) != 0) return false;
    }
    return outside(block_at(end - 16)) == 0;
#else
    while (at != end && has(*at)) ++at;
    return at == end;
#endif
  }

  /// Copies the text to `to` as far as its bytes are in them; whether all are. Sixteen bytes a step, as has_all().
  static bool copy_all(std::string_view text, char* to) {
    const char* at = text.data();
    const std::size_t size = text.size();
#if defined(__SSE2__)
    if (size >= 16) {
      const auto copy = [&](std::size_t from) {
        const __m128i block = block_at(at + from);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to + from), block);
        return outside(block) == 0;
      };
      for (std::size_t from = 0; from + 16 <= size; from += 16) {
        if (!copy(from)) return false;
      }
      return copy(size - 16);
    }
    if (size >= 8) {
      std::memcpy(to, at, 8);
      std::memcpy(to + size - 8, at + size - 8, 8);
    } else if (size >= 4) {
      std::memcpy(to, at, 4);
      std::memcpy(to + size - 4, at + size - 4, 4);
    } else {
      for (std::size_t i = 0; i < size; ++i) to[i] = at[i];
    }
    return size == 0 || outside(short_block(at, size)) == 0;
#else
    std::copy(at, at + size, to);
    return has_all(text);
#endif
  }

  /// The first byte of [at, end) that is not in them. `begin`: where the text begins, which may be read again.
  static const char* skip(const char* begin, const char* at, const char* end) {
#if defined(__SSE2__)
    for (; end - at >= 16; at += 16) {
      if (const int bits = outside(block_at(at)); bits != 0) return at + __builtin_ctz(static_cast<unsigned>(bits));
    }
    if (end - begin >= 16) {  // the rest as part of the last block
      const int bits = outside(block_at(end - 16)) >> (16 - (end - at));
      return bits == 0 ? end : at + __builtin_ctz(static_cast<unsigned>(bits));
    }
#endif
    while (at != end && has(*at)) ++at;
    return at;
  }

 private:
  static constexpr std::array<unsigned char, sizeof...(bounds)> bound{bounds...};
  static constexpr auto table = [] {
    std::array<bool, 256> has{};
    for (std::size_t i = 0; i < bound.size(); i += 2) {
      for (unsigned value = bound[i]; value <= bound[i + 1]; ++value) has[value] = true;
    }
    return has;
  }();

#if defined(__SSE2__)
  /// A bit for each byte of the block that is in none.
  static int outside(__m128i block) {
    __m128i inside = _mm_setzero_si128();
    for (std::size_t i = 0; i < bound.size(); i += 2) inside = _mm_or_si128(inside, bytes_in(block, bound[i], bound[i + 1]));
    return _mm_movemask_epi8(inside) ^ 0xFFFF;
  }
#endif
};

/// Three bytes one behind the other.
struct ThreeBytes {
  unsigned char first = 0;
  unsigned char second = 0;
  unsigned char third = 0;
};

/// Whether any of the wanted stands anywhere in the text, whose bytes are compared after `fold` was or-ed to them.
template <unsigned char fold, ThreeBytes... wanted>
inline bool has_three(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
#if defined(__SSE2__)
  const auto found_from = [](const char* from) {
    const auto load = [&](int offset) {
      return _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from + offset)), _mm_set1_epi8(static_cast<char>(fold)));
    };
    const __m128i first = load(0);
    const __m128i second = load(1);
    const __m128i third = load(2);
    __m128i found = _mm_setzero_si128();
    ((found = _mm_or_si128(found, _mm_and_si128(_mm_and_si128(bytes_that_are(first, wanted.first), bytes_that_are(second, wanted.second)),
                                                bytes_that_are(third, wanted.third)))),
     ...);
    return _mm_movemask_epi8(found) != 0;
  };
  constexpr std::ptrdiff_t step = 16 + 2;  // what a block needs to see
  for (; end - at >= step; at += 16) {
    if (found_from(at)) return true;
  }
  if (end - text.data() >= step) return found_from(end - step);  // part of it looked at already
  if (end - at < 3) return false;
  // Short: each byte must be there before it is asked whether they stand together.
  const __m128i seen = _mm_or_si128(short_block(at, static_cast<std::size_t>(std::min<std::ptrdiff_t>(end - at, 16))), _mm_set1_epi8(fold));
  const auto holds = [&](unsigned char byte) { return bits_of(bytes_that_are(seen, byte)) != 0; };
  if (end - at <= 16 && !((holds(wanted.first) && holds(wanted.second) && holds(wanted.third)) || ...)) return false;
#endif
  const auto is = [](char c, unsigned char byte) { return (static_cast<unsigned char>(c) | fold) == byte; };
  for (; end - at >= 3; ++at) {
    if (((is(at[0], wanted.first) && is(at[1], wanted.second) && is(at[2], wanted.third)) || ...)) return true;
  }
  return false;
}

/// Whether the three letters (given small), in either case, stand one behind the other anywhere in the text.
template <char first, char second, char third>
inline bool has_letters(std::string_view text) {
  return has_three<0x20, ThreeBytes{first, second, third}>(text);
}

/// UTF-8 of a character that takes three bytes, as all Chinese ones do here.
consteval ThreeBytes three_bytes(char32_t c) {
  return {static_cast<unsigned char>(0xE0 | c >> 12), static_cast<unsigned char>(0x80 | (c >> 6 & 0x3F)),
          static_cast<unsigned char>(0x80 | (c & 0x3F))};
}
/// Whether any of the characters, each of three bytes, stands anywhere in the text.
template <char32_t... characters>
inline bool has_character(std::string_view text) {
  return has_three<0, three_bytes(characters)...>(text);
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
