#include "reading/scan/fax.h"

#include <algorithm>
#include <array>
#include <vector>

#include "reading/scan/picture_codecs.h"

namespace jiheng::reading {
namespace {

struct RunCode {
  std::string_view bits;
  int run;
};

// T.4, tables 2 and 3.
constexpr RunCode white_codes[] = {
    {"00110101", 0},     {"000111", 1},       {"0111", 2},         {"1000", 3},         {"1011", 4},         {"1100", 5},
    {"1110", 6},         {"1111", 7},         {"10011", 8},        {"10100", 9},        {"00111", 10},       {"01000", 11},
    {"001000", 12},      {"000011", 13},      {"110100", 14},      {"110101", 15},      {"101010", 16},      {"101011", 17},
    {"0100111", 18},     {"0001100", 19},     {"0001000", 20},     {"0010111", 21},     {"0000011", 22},     {"0000100", 23},
    {"0101000", 24},     {"0101011", 25},     {"0010011", 26},     {"0100100", 27},     {"0011000", 28},     {"00000010", 29},
    {"00000011", 30},    {"00011010", 31},    {"00011011", 32},    {"00010010", 33},    {"00010011", 34},    {"00010100", 35},
    {"00010101", 36},    {"00010110", 37},    {"00010111", 38},    {"00101000", 39},    {"00101001", 40},    {"00101010", 41},
    {"00101011", 42},    {"00101100", 43},    {"00101101", 44},    {"00000100", 45},    {"00000101", 46},    {"00001010", 47},
    {"00001011", 48},    {"01010010", 49},    {"01010011", 50},    {"01010100", 51},    {"01010101", 52},    {"00100100", 53},
    {"00100101", 54},    {"01011000", 55},    {"01011001", 56},    {"01011010", 57},    {"01011011", 58},    {"01001010", 59},
    {"01001011", 60},    {"00110010", 61},    {"00110011", 62},    {"00110100", 63},    {"11011", 64},       {"10010", 128},
    {"010111", 192},     {"0110111", 256},    {"00110110", 320},   {"00110111", 384},   {"01100100", 448},   {"01100101", 512},
    {"01101000", 576},   {"01100111", 640},   {"011001100", 704},  {"011001101", 768},  {"011010010", 832},  {"011010011", 896},
    {"011010100", 960},  {"011010101", 1024}, {"011010110", 1088}, {"011010111", 1152}, {"011011000", 1216}, {"011011001", 1280},
    {"011011010", 1344}, {"011011011", 1408}, {"010011000", 1472}, {"010011001", 1536}, {"010011010", 1600}, {"011000", 1664},
    {"010011011", 1728}};
constexpr RunCode black_codes[] = {{"0000110111", 0},
                                   {"010", 1},
                                   {"11", 2},
                                   {"10", 3},
                                   {"011", 4},
                                   {"0011", 5},
                                   {"0010", 6},
                                   {"00011", 7},
                                   {"000101", 8},
                                   {"000100", 9},
                                   {"0000100", 10},
                                   {"0000101", 11},
                                   {"0000111", 12},
                                   {"00000100", 13},
                                   {"00000111", 14},
                                   {"000011000", 15},
                                   {"0000010111", 16},
                                   {"0000011000", 17},
                                   {"0000001000", 18},
                                   {"00001100111", 19},
                                   {"00001101000", 20},
                                   {"00001101100", 21},
                                   {"00000110111", 22},
                                   {"00000101000", 23},
                                   {"00000010111", 24},
                                   {"00000011000", 25},
                                   {"000011001010", 26},
                                   {"000011001011", 27},
                                   {"000011001100", 28},
                                   {"000011001101", 29},
                                   {"000001101000", 30},
                                   {"000001101001", 31},
                                   {"000001101010", 32},
                                   {"000001101011", 33},
                                   {"000011010010", 34},
                                   {"000011010011", 35},
                                   {"000011010100", 36},
                                   {"000011010101", 37},
                                   {"000011010110", 38},
                                   {"000011010111", 39},
                                   {"000001101100", 40},
                                   {"000001101101", 41},
                                   {"000011011010", 42},
                                   {"000011011011", 43},
                                   {"000001010100", 44},
                                   {"000001010101", 45},
                                   {"000001010110", 46},
                                   {"000001010111", 47},
                                   {"000001100100", 48},
                                   {"000001100101", 49},
                                   {"000001010010", 50},
                                   {"000001010011", 51},
                                   {"000000100100", 52},
                                   {"000000110111", 53},
                                   {"000000111000", 54},
                                   {"000000100111", 55},
                                   {"000000101000", 56},
                                   {"000001011000", 57},
                                   {"000001011001", 58},
                                   {"000000101011", 59},
                                   {"000000101100", 60},
                                   {"000001011010", 61},
                                   {"000001100110", 62},
                                   {"000001100111", 63},
                                   {"0000001111", 64},
                                   {"000011001000", 128},
                                   {"000011001001", 192},
                                   {"000001011011", 256},
                                   {"000000110011", 320},
                                   {"000000110100", 384},
                                   {"000000110101", 448},
                                   {"0000001101100", 512},
                                   {"0000001101101", 576},
                                   {"0000001001010", 640},
                                   {"0000001001011", 704},
                                   {"0000001001100", 768},
                                   {"0000001001101", 832},
                                   {"0000001110010", 896},
                                   {"0000001110011", 960},
                                   {"0000001110100", 1024},
                                   {"0000001110101", 1088},
                                   {"0000001110110", 1152},
                                   {"0000001110111", 1216},
                                   {"0000001010010", 1280},
                                   {"0000001010011", 1344},
                                   {"0000001010100", 1408},
                                   {"0000001010101", 1472},
                                   {"0000001011010", 1536},
                                   {"0000001011011", 1600},
                                   {"0000001100100", 1664},
                                   {"0000001100101", 1728}};
constexpr RunCode long_codes[] = {{"00000001000", 1792},  {"00000001100", 1856},  {"00000001101", 1920},  {"000000010010", 1984},
                                  {"000000010011", 2048}, {"000000010100", 2112}, {"000000010101", 2176}, {"000000010110", 2240},
                                  {"000000010111", 2304}, {"000000011100", 2368}, {"000000011101", 2432}, {"000000011110", 2496},
                                  {"000000011111", 2560}};

constexpr int longest_code = 13;

struct Entry {
  std::int16_t run = -1;
  std::uint8_t length = 0;
};
using Table = std::array<Entry, 1U << longest_code>;

template <std::size_t n>
void fill(Table& table, const RunCode (&codes)[n]) {
  for (const RunCode& code : codes) {
    std::size_t value = 0;
    for (const char bit : code.bits) value = value * 2 + (bit == '1');
    const auto length = static_cast<unsigned>(code.bits.size());
    const std::size_t first = value << (longest_code - length);
    std::fill_n(table.begin() + static_cast<std::ptrdiff_t>(first), std::size_t{1} << (longest_code - length),
                Entry{static_cast<std::int16_t>(code.run), static_cast<std::uint8_t>(length)});
  }
}

struct Tables {
  Table white{};
  Table black{};
  Tables() {
    fill(white, white_codes);
    fill(white, long_codes);
    fill(black, black_codes);
    fill(black, long_codes);
  }
};

class Bits {
 public:
  explicit Bits(std::string_view bytes) : bytes_(bytes) {}
  /// The next `count` bits without taking them; zeros behind the end.
  std::uint32_t peek(int count) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t at = at_ / 8 + i;
      value = value << 8 | (at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0U);
    }
    return (value << (at_ % 8)) >> (32 - count);
  }
  void take(int count) { at_ += static_cast<std::size_t>(count); }
  void to_byte() { at_ = (at_ + 7) & ~std::size_t{7}; }
  bool finished() const { return at_ >= bytes_.size() * 8; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// Positions where a row changes its colour, first from white to black; the width closes it.
using Changes = std::vector<std::uint32_t>;

/// The length of a run of this colour; nullopt where the bits are no code.
bool read_run(Bits& bits, const Table& table, std::uint32_t& run) {
  run = 0;
  for (;;) {
    const Entry entry = table[bits.peek(longest_code)];
    if (entry.run < 0) return false;
    bits.take(entry.length);
    run += static_cast<std::uint32_t>(entry.run);
    if (entry.run < 64) return true;
    if (run > 65535) return false;
  }
}

enum class Mode { pass, across, upright, end };

/// T.6, table 1. `shift` is that of an upright mode.
Mode next_mode(Bits& bits, int& shift) {
  struct Code {
    std::uint32_t value;
    int length;
    int shift;
  };
  static constexpr Code upright[] = {{0b1, 1, 0},       {0b011, 3, 1},     {0b010, 3, -1},    {0b000011, 6, 2},
                                     {0b000010, 6, -2}, {0b0000011, 7, 3}, {0b0000010, 7, -3}};
  for (const Code& code : upright) {
    if (bits.peek(code.length) != code.value) continue;
    bits.take(code.length);
    shift = code.shift;
    return Mode::upright;
  }
  if (bits.peek(4) == 0b0001) {
    bits.take(4);
    return Mode::pass;
  }
  if (bits.peek(3) == 0b001) {
    bits.take(3);
    return Mode::across;
  }
  return Mode::end;
}

/// One row, from the row above. False: the data ended, or is none.
bool read_row(Bits& bits, std::uint32_t width, const Changes& above, Changes& row) {
  static const Tables tables;
  row.clear();
  std::int64_t at = -1;
  bool black = false;
  std::size_t b = 0;
  while (at < static_cast<std::int64_t>(width)) {
    // b1: the first change above, right of `at`, to the colour opposite to the present one.
    while (b > 0 && (b >= above.size() || static_cast<std::int64_t>(above[b - 1]) > at)) --b;
    while (b < above.size() && (static_cast<std::int64_t>(above[b]) <= at || (b % 2 == 1) != black)) ++b;
    const std::uint32_t b1 = b < above.size() ? above[b] : width;
    const std::uint32_t b2 = b + 1 < above.size() ? above[b + 1] : width;
    int shift = 0;
    switch (next_mode(bits, shift)) {
      case Mode::pass:
        at = b2;
        break;
      case Mode::across: {
        std::uint32_t first = 0;
        std::uint32_t second = 0;
        if (!read_run(bits, black ? tables.black : tables.white, first) || !read_run(bits, black ? tables.white : tables.black, second))
          return false;
        const auto from = static_cast<std::uint32_t>(std::max<std::int64_t>(at, 0));
        row.push_back(std::min(from + first, width));
        row.push_back(std::min(from + first + second, width));
        at = row.back();
        break;
      }
      case Mode::upright: {
        const std::int64_t to = static_cast<std::int64_t>(b1) + shift;
        if (to < at || to < 0) return false;
        at = std::min<std::int64_t>(to, width);
        row.push_back(static_cast<std::uint32_t>(at));
        black = !black;
        break;
      }
      case Mode::end:
        return false;
    }
    if (bits.finished() && at < static_cast<std::int64_t>(width)) return false;
  }
  return true;
}

}  // namespace

Result<GrayPicture> decode_fax4(std::string_view bytes, const FaxShape& shape) {
  if (shape.width == 0 || shape.width > 65500 || std::uint64_t{shape.width} * shape.height > most_pixels)
    return Error{"too-large", "图片太大（超过A3幅面600点/英寸）。请用300点/英寸的灰度重新扫描。", {}};
  const auto tallest =
      static_cast<std::uint32_t>(std::min<std::size_t>(shape.height > 0 ? shape.height : 65500, most_pixels / shape.width));
  GrayPicture picture(shape.width, shape.height > 0 ? shape.height : 0);
  Bits bits(bytes);
  Changes above;
  Changes row;
  std::uint32_t y = 0;
  for (; y < tallest && !bits.finished(); ++y) {
    if (shape.rows_on_bytes) bits.to_byte();
    if (!read_row(bits, shape.width, above, row)) break;
    if (picture.height <= y) {
      picture.height = y + 1;
      picture.pixels.resize(std::size_t{picture.width} * picture.height, 255);
    }
    for (std::size_t i = 0; i < row.size(); i += 2) {
      const std::uint32_t to = i + 1 < row.size() ? row[i + 1] : shape.width;
      if (row[i] < to) std::fill(&picture.at(0, y) + row[i], &picture.at(0, y) + to, std::uint8_t{0});
    }
    std::swap(above, row);
  }
  if (y == 0) return Error{"damaged", "图片已损坏，无法还原。请重新扫描或拍照。", {}};
  if (shape.black_is_one) {
    for (std::uint8_t& pixel : picture.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
  }
  return picture;
}

}  // namespace jiheng::reading
