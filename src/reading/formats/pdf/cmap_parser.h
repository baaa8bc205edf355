// The language of CMap files: what maps the bytes of a PDF's strings to glyph numbers (CIDs) or to Unicode.
#pragma once

#include <cstdint>
#include <string_view>

namespace jiheng::reading::pdf {

/// What a CMap file says, in its order. Codes are big-endian numbers of `bytes` bytes (1 to 4).
class CMapSink {
 public:
  virtual ~CMapSink() = default;
  virtual void code_space(int bytes, std::uint32_t first, std::uint32_t last);
  virtual void cid_range(int bytes, std::uint32_t first, std::uint32_t last, std::uint32_t cid);
  /// `utf16` belongs to the first code, big-endian; its last unit counts up over the range.
  virtual void unicode_range(int bytes, std::uint32_t first, std::uint32_t last, std::string_view utf16);
  virtual void use(std::string_view name);
  virtual void writing_mode(int mode);
};

/// Never fails: what cannot be understood is passed over.
void parse_cmap(std::string_view text, CMapSink& sink);

}  // namespace jiheng::reading::pdf
