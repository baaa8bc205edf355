// Adobe-GB1, the character collection of simplified Chinese: its predefined CMaps and what its glyph numbers (CIDs) are in Unicode.
// The data is made at build time by tools/make_gb1.cpp from the cMap files of poppler-data (BSD-3, Adobe).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace jiheng::reading::pdf {

/// Codes first … first + span are the CIDs cid … cid + span.
struct CidRange {
  std::uint32_t first;
  std::uint16_t span;
  std::uint16_t cid;
};

struct CodeSpace {
  std::uint32_t first;
  std::uint32_t last;
  int bytes;
};

/// A predefined CMap; ranges are in the order of their codes.
struct Gb1CMap {
  std::string_view name;  ///< without -H or -V: "GBK-EUC"
  std::span<const CodeSpace> spaces;
  std::span<const CidRange> ranges;
};

/// "GBK-EUC-H" or its vertical twin; nullptr where there is none. "UniGB-UTF32" maps Unicode itself.
const Gb1CMap* gb1_cmap(std::string_view name);
/// 0 where the CID has no character.
char32_t gb1_unicode(std::uint32_t cid);

/// The generated tables.
std::span<const Gb1CMap> gb1_cmaps();
std::span<const std::uint32_t> gb1_characters();

}  // namespace jiheng::reading::pdf
