// The bytes of a composite font's strings → glyph numbers (CIDs).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "reading/formats/pdf/gb1.h"

namespace jiheng::reading::pdf {

class CodeMap {
 public:
  struct Code {
    std::uint32_t code = 0;
    std::uint32_t cid = 0;
    int bytes = 1;
    char32_t character = 0;  ///< where the code itself is Unicode; else 0
  };

  /// Two bytes are a CID.
  CodeMap() = default;
  /// By the names of PDF 1.7, table 118, for Adobe-GB1 and for identity; empty for others.
  static std::optional<CodeMap> predefined(std::string_view name);
  /// A CMap in the file; `base` is the one it builds upon by /UseCMap, where it says so outside its text.
  static CodeMap embedded(std::string_view text, std::string_view base);

  bool vertical() const { return vertical_; }
  bool is_identity() const { return kind_ == Kind::identity; }
  /// Whether the CIDs are those of Adobe-GB1 whatever the font says.
  bool is_gb1() const { return kind_ != Kind::identity && kind_ != Kind::embedded; }
  /// Takes the next code off the text; moves `at` by at least one byte.
  Code next(std::string_view text, std::size_t& at) const;

 private:
  enum class Kind { identity, table, utf8, utf16, utf32, embedded };

  Code next_in_table(std::string_view text, std::size_t& at) const;
  std::uint32_t cid_of(std::uint32_t code) const;

  Kind kind_ = Kind::identity;
  bool vertical_ = false;
  const Gb1CMap* table_ = nullptr;
  std::vector<CodeSpace> own_spaces_;
  std::vector<CidRange> own_ranges_;
  bool on_identity_ = false;
};

}  // namespace jiheng::reading::pdf
