#include "reading/formats/pdf/filters.h"

#include <libdeflate.h>
#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace jiheng::reading::pdf {
namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

/// One for each thread: its making costs more than a small stream.
libdeflate_decompressor* decompressor() {
  static thread_local const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> kept(libdeflate_alloc_decompressor());
  return kept.get();
}

/// What can be had of a damaged stream, from its front.
bool inflate_damaged(std::string_view packed, Budget& budget, Bytes& out) {
  budget.damaged = true;
  z_stream stream{};
  constexpr int without_header = -15;
  if (inflateInit2(&stream, without_header) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  const std::size_t before = out.size();
  int state = Z_OK;
  while (state == Z_OK && !budget.exceeded) {
    constexpr std::size_t step = 65536;
    stream.next_out = reinterpret_cast<Bytef*>(out.room(step));
    stream.avail_out = step;
    state = inflate(&stream, Z_NO_FLUSH);
    const std::size_t made = step - stream.avail_out;
    if (!budget.take(made)) break;
    out.grown(made);
    if (made == 0 && stream.avail_in == 0) break;
  }
  inflateEnd(&stream);
  return !budget.exceeded && out.size() > before;
}

bool inflate_stream(std::string_view packed, Budget& budget, Bytes& out) {
  if (packed.size() > UINT32_MAX / 2) return false;
  // The checksum behind the data is often cut or wrong where the data are sound: header and checksum are passed over.
  if (packed.size() > 2 && (packed[0] & 0x0F) == 8) packed.remove_prefix(2);
  for (std::size_t guess = packed.size() * 6 + 256;; guess *= 4) {
    // One byte more than is allowed, so that a stream that just fits is told from one that does not.
    const std::size_t room = std::min(guess, budget.left + 1);
    std::size_t made = 0;
    const auto state = libdeflate_deflate_decompress_ex(decompressor(), packed.data(), packed.size(), out.room(room), room, nullptr, &made);
    if (state == LIBDEFLATE_SUCCESS) {
      if (!budget.take(made)) return false;
      out.grown(made);
      return true;
    }
    if (state != LIBDEFLATE_INSUFFICIENT_SPACE) return inflate_damaged(packed, budget, out);
    if (room > budget.left) {
      budget.exceeded = true;
      return false;
    }
  }
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool decode_ascii85(std::string_view packed, Budget& budget, Bytes& out) {
  std::uint32_t value = 0;
  int count = 0;
  if (!budget.take(packed.size() * 4)) return false;
  for (const char c : packed) {
    if (is_space(c)) continue;
    if (c == '~') break;
    if (c == 'z' && count == 0) {
      out.append(std::string_view("\0\0\0\0", 4));
      continue;
    }
    if (c < '!' || c > 'u') continue;
    value = value * 85 + static_cast<std::uint32_t>(c - '!');
    if (++count == 5) {
      for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
      value = 0;
      count = 0;
    }
  }
  if (count > 1) {
    for (int i = count; i < 5; ++i) value = value * 85 + 84;
    for (int i = 0, shift = 24; i < count - 1; ++i, shift -= 8) out.push_back(static_cast<char>(value >> shift));
  }
  return true;
}

bool decode_ascii_hex(std::string_view packed, Budget& budget, Bytes& out) {
  if (!budget.take(packed.size() / 2)) return false;
  int high = -1;
  for (const char c : packed) {
    if (c == '>') break;
    const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    if (digit < 0) continue;
    if (high < 0) {
      high = digit;
    } else {
      out.push_back(static_cast<char>(high << 4 | digit));
      high = -1;
    }
  }
  if (high >= 0) out.push_back(static_cast<char>(high << 4));
  return true;
}

bool decode_run_length(std::string_view packed, Budget& budget, Bytes& out) {
  for (std::size_t at = 0; at < packed.size();) {
    const auto length = static_cast<unsigned char>(packed[at++]);
    if (length == 128) break;
    if (length < 128) {
      const std::string_view part = packed.substr(at, length + 1U);
      if (!budget.take(part.size())) return false;
      out.append(part);
      at += part.size();
    } else if (at < packed.size()) {
      const std::size_t times = 257U - length;
      if (!budget.take(times)) return false;
      std::memset(out.room(times), packed[at++], times);
      out.grown(times);
    }
  }
  return true;
}

/// Codes of 9 to 12 bits; each stands for bytes that have come out before.
bool decode_lzw(std::string_view packed, bool early_change, Budget& budget, Bytes& out) {
  struct Entry {
    std::size_t from;
    std::size_t length;
  };
  const std::size_t base = out.size();
  std::vector<Entry> table(4096);
  std::uint32_t next = 258;
  int width = 9;
  std::uint32_t bits = 0;
  int held = 0;
  std::size_t before_from = 0;
  std::size_t before_length = 0;
  for (const char c : packed) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    held += 8;
    if (held < width) continue;
    held -= width;
    const std::uint32_t code = bits >> held & ((1U << width) - 1);
    if (code == 257) break;
    if (code == 256) {
      next = 258;
      width = 9;
      before_length = 0;
      continue;
    }
    const std::size_t from = out.size();
    if (code < 256) {
      if (!budget.take(1)) return false;
      out.push_back(static_cast<char>(code));
    } else {
      const bool known = code < next;
      if (!known && (code != next || before_length == 0)) break;
      const Entry entry = known ? table[code] : Entry{before_from, before_length + 1};
      if (!budget.take(entry.length)) return false;
      char* to = out.room(entry.length);
      const char* source = out.view().data() + entry.from;
      for (std::size_t i = 0; i < entry.length; ++i) to[i] = source[i];
      out.grown(entry.length);
    }
    if (before_length > 0 && next < 4096) table[next++] = {before_from, before_length + 1};
    before_from = from;
    before_length = out.size() - from;
    const std::uint32_t reach = next + (early_change ? 1 : 0);
    width = reach >= 2048 ? 12 : reach >= 1024 ? 11 : reach >= 512 ? 10 : 9;
  }
  return out.size() > base;
}

int paeth(int left, int up, int corner) {
  const int estimate = left + up - corner;
  const int to_left = std::abs(estimate - left);
  const int to_up = std::abs(estimate - up);
  const int to_corner = std::abs(estimate - corner);
  if (to_left <= to_up && to_left <= to_corner) return left;
  return to_up <= to_corner ? up : corner;
}

/// PNG's predictors, each row with its kind before it. `row` holds the row above and becomes the present one.
void undo_png_row(int kind, const unsigned char* packed, std::vector<unsigned char>& row, std::vector<unsigned char>& above,
                  std::size_t pixel) {
  if (kind == 4) above = row;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const int left = i >= pixel ? row[i - pixel] : 0;
    const int up = row[i];
    int guess = 0;
    if (kind == 1) guess = left;
    if (kind == 2) guess = up;
    if (kind == 3) guess = (left + up) / 2;
    if (kind == 4) guess = paeth(left, up, i >= pixel ? above[i - pixel] : 0);
    row[i] = static_cast<unsigned char>(packed[i] + guess);
  }
}

void undo_predictor(const Predictor& p, std::size_t from, Bytes& out) {
  if (p.predictor < 2 || p.colours < 1 || p.colours > 64 || p.bits < 1 || p.bits > 16 || p.columns < 1 || p.columns > (1 << 24)) return;
  const std::size_t width = (static_cast<std::size_t>(p.columns) * static_cast<std::size_t>(p.colours * p.bits) + 7) / 8;
  const std::size_t pixel = std::max<std::size_t>(1, static_cast<std::size_t>(p.colours * p.bits) / 8);
  const std::string packed(out.view().substr(from));
  out.drop(from);
  if (p.predictor == 2) {  // TIFF's; for whole bytes, which is all that structure is written in
    std::string plain = packed;
    for (std::size_t at = 0; at < plain.size(); ++at) {
      if (p.bits == 8 && at % width >= pixel) plain[at] = static_cast<char>(plain[at] + plain[at - pixel]);
    }
    out.append(plain);
    return;
  }
  if (width > packed.size()) return;
  std::vector<unsigned char> row(width);
  std::vector<unsigned char> above;
  std::vector<unsigned char> source(width);
  for (std::size_t at = 0; at + 1 < packed.size(); at += width + 1) {
    const std::string_view part = std::string_view(packed).substr(at + 1, width);
    std::memcpy(source.data(), part.data(), part.size());
    undo_png_row(packed[at], source.data(), row, above, pixel);
    out.append({reinterpret_cast<const char*>(row.data()), part.size()});
  }
}

}  // namespace

bool filter_named(std::string_view name, Filter& filter) {
  struct Name {
    std::string_view full;
    std::string_view brief;
    Filter filter;
  };
  static constexpr Name names[] = {{"FlateDecode", "Fl", Filter::flate},
                                   {"LZWDecode", "LZW", Filter::lzw},
                                   {"ASCII85Decode", "A85", Filter::ascii85},
                                   {"ASCIIHexDecode", "AHx", Filter::ascii_hex},
                                   {"RunLengthDecode", "RL", Filter::run_length}};
  for (const Name& known : names) {
    if (name == known.full || name == known.brief) {
      filter = known.filter;
      return true;
    }
  }
  return false;
}

bool decode(Filter filter, std::string_view packed, const Predictor& predictor, Budget& budget, Bytes& out) {
  const std::size_t from = out.size();
  bool good = false;
  switch (filter) {
    case Filter::flate:
      good = inflate_stream(packed, budget, out);
      break;
    case Filter::lzw:
      good = decode_lzw(packed, predictor.early_change, budget, out);
      break;
    case Filter::ascii85:
      return decode_ascii85(packed, budget, out);
    case Filter::ascii_hex:
      return decode_ascii_hex(packed, budget, out);
    case Filter::run_length:
      return decode_run_length(packed, budget, out);
  }
  if (good) undo_predictor(predictor, from, out);
  return good;
}

}  // namespace jiheng::reading::pdf
