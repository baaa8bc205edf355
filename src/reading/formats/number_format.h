// Number formats of spreadsheets: what a stored number looks like on the sheet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reading/formats/stored_number.h"

namespace jiheng::reading {

/// One format code, split once and used for many cells: "#,##0.00", "0.0%", "0\"年\"", "yyyy\"年\"m\"月\"d\"日\";@".
class NumberFormat {
 public:
  explicit NumberFormat(std::string_view code);
  /// The code of a built-in format as the Chinese editions have it; "" (General) for unknown ones.
  static std::string_view built_in(std::uint32_t id);

  struct Shown {
    std::string text;      ///< as on the sheet
    bool percent = false;  ///< the number is shown per cent
    bool date = false;     ///< it is a date or a time: the stored number means nothing to a reader
    bool general = false;  ///< as stored
  };
  Shown show(const StoredNumber& number, bool from_1904) const;
  /// What a text looks like: `@"元"` adds to it.
  std::string show_text(std::string_view text) const;
  /// Whether show_text() gives every text back unchanged, as nearly all formats do.
  bool keeps_text() const { return keeps_text_; }

 private:
  struct Token {
    enum class Kind { literal, digit, point, comma, percent, exponent, text, general, date };
    Kind kind;
    std::string text;  ///< of a literal; the letters of a date part; the placeholder
  };
  struct Section {
    std::vector<Token> tokens;
    std::string comparison;  ///< of a condition [>=100]: ">="
    StoredNumber bound;
    bool is_date = false;
    bool is_general = false;
  };

  static Section parse_section(std::string_view code);
  static void read_bracket(std::string_view inside, Section& section);
  static void settle_minutes(Section& section);
  const Section& section_for(const StoredNumber& number, bool& sign_shown) const;
  static std::string show_number(const Section& section, StoredNumber number, bool& percent);
  static std::string show_date(const Section& section, const StoredNumber& number, bool from_1904);

  const Section* section_for_text() const;

  std::vector<Section> sections_;
  bool keeps_text_ = true;
};

}  // namespace jiheng::reading
