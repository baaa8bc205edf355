#include "reading/formats/number_format.h"

#include <algorithm>

#include "base/text.h"
#include "reading/encoding.h"
#include "reading/formats/serial_date.h"

namespace jiheng::reading {
namespace {

struct BuiltIn {
  std::uint32_t id;
  std::string_view code;
};

constexpr BuiltIn built_ins[] = {
    {1, "0"},
    {2, "0.00"},
    {3, "#,##0"},
    {4, "#,##0.00"},
    {5, "¥#,##0;¥-#,##0"},
    {6, "¥#,##0;¥-#,##0"},
    {7, "¥#,##0.00;¥-#,##0.00"},
    {8, "¥#,##0.00;¥-#,##0.00"},
    {9, "0%"},
    {10, "0.00%"},
    {14, "yyyy/m/d"},
    {15, "d-mmm-yy"},
    {16, "d-mmm"},
    {17, "mmm-yy"},
    {18, "h:mm AM/PM"},
    {19, "h:mm:ss AM/PM"},
    {20, "h:mm"},
    {21, "h:mm:ss"},
    {22, "yyyy/m/d h:mm"},
    {27, "yyyy\"年\"m\"月\""},
    {28, "m\"月\"d\"日\""},
    {29, "m\"月\"d\"日\""},
    {30, "m-d-yy"},
    {31, "yyyy\"年\"m\"月\"d\"日\""},
    {32, "h\"时\"mm\"分\""},
    {33, "h\"时\"mm\"分\"ss\"秒\""},
    {34, "上午/下午h\"时\"mm\"分\""},
    {35, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {36, "yyyy\"年\"m\"月\""},
    {37, "#,##0;-#,##0"},
    {38, "#,##0;-#,##0"},
    {39, "#,##0.00;-#,##0.00"},
    {40, "#,##0.00;-#,##0.00"},
    {41, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ "},
    {42, "_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* \"-\"_ ;_ @_ "},
    {43, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ "},
    {44, "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ "},
    {45, "mm:ss"},
    {46, "[h]:mm:ss"},
    {47, "mm:ss.0"},
    {49, "@"},
    {50, "yyyy\"年\"m\"月\""},
    {51, "m\"月\"d\"日\""},
    {52, "yyyy\"年\"m\"月\""},
    {53, "m\"月\"d\"日\""},
    {54, "m\"月\"d\"日\""},
    {55, "上午/下午h\"时\"mm\"分\""},
    {56, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {57, "yyyy\"年\"m\"月\""},
    {58, "m\"月\"d\"日\""},
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool begins_with_any_case(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

/// Length of the run of one letter that stands for a part of a date: yyyy, m, dd, aaa, h, ss, e (the year). 0: it is no such letter.
std::size_t date_part_length(std::string_view text) {
  const char small = lower(text[0]);
  if (std::string_view("ymdhsea").find(small) == std::string_view::npos) return 0;
  std::size_t length = 1;
  while (length < text.size() && lower(text[length]) == small) ++length;
  return small == 'a' && length < 3 ? 0 : length;
}

std::size_t code_point_length(std::string_view text) {
  std::size_t at = 0;
  next_code_point(text, at);
  return at;
}

/// Splits at ';' outside quotes, brackets and escapes.
std::vector<std::string_view> split_sections(std::string_view code) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  char closing = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (closing != 0) {
      if (code[i] == closing) closing = 0;
    } else if (code[i] == '"') {
      closing = '"';
    } else if (code[i] == '[') {
      closing = ']';
    } else if (code[i] == '\\' || code[i] == '!' || code[i] == '_' || code[i] == '*') {
      ++i;
    } else if (code[i] == ';') {
      parts.push_back(code.substr(from, i - from));
      from = i + 1;
    }
  }
  parts.push_back(code.substr(std::min(from, code.size())));
  return parts;
}

int compare(const StoredNumber& a, const StoredNumber& b) {
  const auto sign = [](const StoredNumber& n) { return n.is_zero() ? 0 : n.negative ? -1 : 1; };
  if (sign(a) != sign(b)) return sign(a) - sign(b);
  int magnitude = a.point != b.point ? (a.point < b.point ? -1 : 1) : a.digits.compare(b.digits);
  return sign(a) < 0 ? -magnitude : magnitude;
}

bool holds(const StoredNumber& number, std::string_view comparison, const StoredNumber& bound) {
  const int order = compare(number, bound);
  if (comparison == ">") return order > 0;
  if (comparison == ">=") return order >= 0;
  if (comparison == "<") return order < 0;
  if (comparison == "<=") return order <= 0;
  if (comparison == "<>") return order != 0;
  return order == 0;
}

}  // namespace

std::string_view NumberFormat::built_in(std::uint32_t id) {
  for (const BuiltIn& format : built_ins) {
    if (format.id == id) return format.code;
  }
  return "";
}

NumberFormat::NumberFormat(std::string_view code) {
  for (const std::string_view part : split_sections(clipped(code, 1024))) {
    sections_.push_back(parse_section(part));
    if (sections_.size() == 4) break;
  }
  keeps_text_ = show_text("\1") == "\1";
}

/// [Red], [$¥-804], [>=100], [h], [DBNum1]: colours and numerals of other scripts are not shown here.
void NumberFormat::read_bracket(std::string_view inside, Section& section) {
  if (inside.empty()) return;
  if (inside[0] == '$') {
    const std::size_t dash = std::min(inside.find('-'), inside.size());
    if (dash > 1) section.tokens.push_back({Token::Kind::literal, std::string(inside.substr(1, dash - 1))});
    return;
  }
  if (inside[0] == '<' || inside[0] == '>' || inside[0] == '=') {
    const std::size_t length = inside.size() > 1 && (inside[1] == '=' || inside[1] == '>') ? 2 : 1;
    if (const auto bound = parse_stored_number(trim(inside.substr(length)))) {
      section.comparison = inside.substr(0, length);
      section.bound = *bound;
    }
    return;
  }
  const char first = lower(inside[0]);
  const bool elapsed = (first == 'h' || first == 'm' || first == 's') &&
                       std::all_of(inside.begin(), inside.end(), [&](char c) { return lower(c) == first; });
  if (!elapsed) return;
  section.tokens.push_back({Token::Kind::date, std::string(1, static_cast<char>(first - 32))});
  section.is_date = true;
}

NumberFormat::Section NumberFormat::parse_section(std::string_view code) {
  Section section;
  const auto literal = [&](std::string_view text) { section.tokens.push_back({Token::Kind::literal, std::string(text)}); };
  for (std::size_t at = 0; at < code.size();) {
    const std::string_view rest = code.substr(at);
    const char c = rest[0];
    const char small = lower(c);
    std::size_t used = 1;
    if (c == '"') {
      const std::size_t end = std::min(rest.find('"', 1), rest.size());
      literal(rest.substr(1, end - 1));
      used = std::min(end + 1, rest.size());
    } else if (c == '[') {
      const std::size_t end = std::min(rest.find(']'), rest.size());
      read_bracket(rest.substr(1, end - 1), section);
      used = std::min(end + 1, rest.size());
    } else if (c == '\\' || c == '!') {
      used = rest.size() > 1 ? 1 + code_point_length(rest.substr(1)) : 1;
      literal(rest.substr(1, used - 1));
    } else if (c == '_' || c == '*') {  // a gap as wide as a character; a character repeated to fill the cell
      used = rest.size() > 1 ? 1 + code_point_length(rest.substr(1)) : 1;
    } else if (begins_with_any_case(rest, "general")) {
      section.tokens.push_back({Token::Kind::general, ""});
      section.is_general = true;
      used = 7;
    } else if (begins_with_any_case(rest, "am/pm") || begins_with_any_case(rest, "a/p") || starts_with(rest, "上午/下午")) {
      used = starts_with(rest, "上午") ? std::string_view("上午/下午").size() : lower(rest[1]) == 'm' ? 5 : 3;
      section.tokens.push_back({Token::Kind::date, used == 5 || used == 3 ? "AM" : "上午"});
      section.is_date = true;
    } else if (c == '0' || c == '#' || c == '?') {
      section.tokens.push_back({Token::Kind::digit, std::string(1, c)});
    } else if (c == '.') {
      section.tokens.push_back({Token::Kind::point, "."});
    } else if (c == ',') {
      section.tokens.push_back({Token::Kind::comma, ","});
    } else if (c == '%') {
      section.tokens.push_back({Token::Kind::percent, "%"});
    } else if (c == '@') {
      section.tokens.push_back({Token::Kind::text, ""});
    } else if (small == 'e' && rest.size() > 1 && (rest[1] == '+' || rest[1] == '-')) {
      section.tokens.push_back({Token::Kind::exponent, ""});
      used = 2;
    } else if (const std::size_t length = date_part_length(rest); length > 0) {
      used = length;
      section.tokens.push_back({Token::Kind::date, std::string(used, small)});
      section.is_date = true;
    } else {
      used = code_point_length(rest);
      literal(rest.substr(0, used));
    }
    at += used;
  }
  if (section.is_date) settle_minutes(section);
  return section;
}

/// "m" behind an hour or before a second is minutes: written 'i' from here on.
void NumberFormat::settle_minutes(Section& section) {
  Token* last = nullptr;
  for (Token& token : section.tokens) {
    if (token.kind != Token::Kind::date || token.text == "AM" || token.text == "上午") continue;
    if (token.text[0] == 'm' && last != nullptr && lower(last->text[0]) == 'h') token.text.assign(token.text.size(), 'i');
    if (token.text[0] == 's' && last != nullptr && last->text[0] == 'm') last->text.assign(last->text.size(), 'i');
    last = &token;
  }
}

/// Positive; negative; zero — unless the sections carry conditions of their own. `sign_shown`: the section itself says how a negative
/// looks.
const NumberFormat::Section& NumberFormat::section_for(const StoredNumber& number, bool& sign_shown) const {
  sign_shown = false;
  const bool conditions =
      std::any_of(sections_.begin(), sections_.end(), [](const Section& section) { return !section.comparison.empty(); });
  if (conditions) {
    const std::size_t numeric = std::min<std::size_t>(sections_.size(), 3);
    for (std::size_t i = 0; i < numeric; ++i) {
      if (!sections_[i].comparison.empty() && holds(number, sections_[i].comparison, sections_[i].bound)) return sections_[i];
    }
    for (std::size_t i = 0; i < numeric; ++i) {
      if (sections_[i].comparison.empty()) return sections_[i];
    }
    return sections_[numeric - 1];
  }
  if (number.negative && sections_.size() >= 2) {
    sign_shown = true;
    return sections_[1];
  }
  if (number.is_zero() && sections_.size() >= 3) return sections_[2];
  return sections_[0];
}

NumberFormat::Shown NumberFormat::show(const StoredNumber& number, bool from_1904) const {
  bool sign_shown = false;
  const Section& section = section_for(number, sign_shown);
  Shown shown;
  // "General" and no more, as most cells are.
  if (section.tokens.size() == 1 && section.tokens[0].kind == Token::Kind::general && !sign_shown) {
    shown.general = true;
    shown.text = number.plain();
    return shown;
  }
  const auto is = [](Token::Kind kind) { return [kind](const Token& token) { return token.kind == kind; }; };
  const auto has = [&](Token::Kind kind) { return std::any_of(section.tokens.begin(), section.tokens.end(), is(kind)); };
  // "# ?/?" shows a fraction of whole numbers: nobody writes a target so.
  const bool fraction = has(Token::Kind::digit) && std::any_of(section.tokens.begin(), section.tokens.end(), [](const Token& token) {
                          return token.kind == Token::Kind::literal && token.text == "/";
                        });
  const bool bare_text = has(Token::Kind::text) && section.tokens.size() == 1;
  if (section.tokens.empty() || bare_text || has(Token::Kind::exponent) || (fraction && !section.is_date)) {
    shown.general = true;
    shown.text = number.plain();
    return shown;
  }
  if (section.is_date) {
    shown.date = true;
    shown.text = show_date(section, number, from_1904);
    return shown;
  }
  StoredNumber magnitude = number;
  magnitude.negative = number.negative && !sign_shown;
  shown.text = show_number(section, std::move(magnitude), shown.percent);
  return shown;
}

std::string NumberFormat::show_number(const Section& section, StoredNumber number, bool& percent) {
  const std::vector<Token>& tokens = section.tokens;
  const auto kind = [&](std::size_t i) { return tokens[i].kind; };
  std::size_t point = tokens.size();
  std::size_t last_whole = 0;  // the last placeholder left of the point
  std::size_t last_digit = 0;  // the last of all
  int places = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (kind(i) == Token::Kind::point && point == tokens.size()) point = i;
    if (kind(i) != Token::Kind::digit) continue;
    last_digit = i;
    if (point == tokens.size())
      last_whole = i;
    else
      ++places;
  }
  bool grouped = false;
  bool digit_before = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (kind(i) == Token::Kind::percent) {
      percent = true;
      number.shift(2);
    }
    if (kind(i) == Token::Kind::digit) digit_before = true;
    if (kind(i) != Token::Kind::comma || !digit_before) continue;
    if (i < last_whole)
      grouped = true;
    else if (i > last_digit)
      number.shift(-3);
  }
  if (!section.is_general) number.round(places);

  // Left of the point, from right to left.
  std::string digits = number.whole();
  std::vector<std::string> pieces;
  std::size_t written = 0;
  const auto write = [&](char digit) {
    if (grouped && written > 0 && written % 3 == 0) pieces.push_back(",");
    pieces.push_back(std::string(1, digit));
    ++written;
  };
  std::size_t first_whole = tokens.size();
  for (std::size_t i = 0; i < point && i < tokens.size(); ++i) {
    if (kind(i) == Token::Kind::digit) {
      first_whole = i;
      break;
    }
  }
  for (std::size_t i = point; i-- > 0;) {
    switch (kind(i)) {
      case Token::Kind::digit:
        if (!digits.empty()) {
          write(digits.back());
          digits.pop_back();
        } else if (tokens[i].text == "0") {
          write('0');
        }
        if (i == first_whole) {
          for (; !digits.empty(); digits.pop_back()) write(digits.back());
        }
        break;
      case Token::Kind::general:
      case Token::Kind::text: {
        StoredNumber magnitude = number;
        magnitude.negative = false;
        pieces.push_back(magnitude.plain());
        break;
      }
      case Token::Kind::literal:
      case Token::Kind::percent:
        pieces.push_back(tokens[i].text);
        break;
      default:
        break;
    }
  }
  if (first_whole == tokens.size() && point < tokens.size() && places > 0) {  // ".00"
    for (; !digits.empty(); digits.pop_back()) write(digits.back());
  }
  std::string out;
  if (number.negative && !number.is_zero()) out.push_back('-');
  for (std::size_t i = pieces.size(); i-- > 0;) out += pieces[i];

  // Right of it.
  std::string fraction = number.fraction(places);
  std::size_t at = 0;
  std::string tail;
  for (std::size_t i = point; i < tokens.size(); ++i) {
    switch (kind(i)) {
      case Token::Kind::point:
        if (i == point) tail.push_back('.');
        break;
      case Token::Kind::digit:
        if (tokens[i].text == "0" || fraction.find_first_not_of('0', at) != std::string::npos) tail.push_back(fraction[at]);
        ++at;
        break;
      case Token::Kind::literal:
      case Token::Kind::percent:
        tail += tokens[i].text;
        break;
      default:
        break;
    }
  }
  out += tail;
  return std::string(trim(out));
}

std::string NumberFormat::show_date(const Section& section, const StoredNumber& number, bool from_1904) {
  bool half_day = false;
  int second_places = 0;
  for (std::size_t i = 0; i < section.tokens.size(); ++i) {
    const Token& token = section.tokens[i];
    if (token.kind == Token::Kind::date && (token.text == "AM" || token.text == "上午")) half_day = true;
    if (token.kind == Token::Kind::digit) ++second_places;
  }
  const auto moment = moment_of_serial(number, from_1904);
  if (!moment) return number.plain();
  std::string out;
  for (const Token& token : section.tokens) {
    switch (token.kind) {
      case Token::Kind::date:
        out += moment->part(token.text, half_day);
        break;
      case Token::Kind::literal:
        out += token.text;
        break;
      case Token::Kind::comma:
        out += ",";
        break;
      case Token::Kind::point:
        if (second_places == 0) out += ".";
        break;
      default:
        break;
    }
  }
  return std::string(trim(out));
}

const NumberFormat::Section* NumberFormat::section_for_text() const {
  if (sections_.size() >= 4) return &sections_[3];
  for (const Section& section : sections_) {
    if (std::any_of(section.tokens.begin(), section.tokens.end(), [](const Token& t) { return t.kind == Token::Kind::text; }))
      return &section;
  }
  return nullptr;
}

std::string NumberFormat::show_text(std::string_view text) const {
  const Section* section = section_for_text();
  if (section == nullptr) return std::string(text);
  std::string out;
  for (const Token& token : section->tokens) {
    if (token.kind == Token::Kind::text)
      out += text;
    else if (token.kind == Token::Kind::literal)
      out += token.text;
  }
  return out;
}

}  // namespace jiheng::reading
