// The filters of PDF streams that carry text or structure. Pictures' filters are none of ours.
#pragma once

#include <cstddef>
#include <string_view>

#include "reading/formats/pdf/bytes.h"

namespace jiheng::reading::pdf {

/// How much may still come out of all streams of a file together. Once it is `exceeded` nothing comes out any more.
struct Budget {
  std::size_t left = 0;
  bool exceeded = false;
  bool damaged = false;  ///< a stream broke off

  bool take(std::size_t bytes) {
    if (bytes > left) exceeded = true;
    left -= bytes > left ? left : bytes;
    return !exceeded;
  }
};

/// /DecodeParms of FlateDecode and LZWDecode.
struct Predictor {
  int predictor = 1;
  int colours = 1;
  int bits = 8;
  int columns = 1;
  bool early_change = true;
};

enum class Filter { flate, lzw, ascii85, ascii_hex, run_length };

/// By its name or its short one ("FlateDecode", "Fl").
bool filter_named(std::string_view name, Filter& filter);

/// Appends what `packed` decodes to. A damaged stream yields what can be had of it; false where that is nothing, or where the budget ends.
bool decode(Filter filter, std::string_view packed, const Predictor& predictor, Budget& budget, Bytes& out);

}  // namespace jiheng::reading::pdf
