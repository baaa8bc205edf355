#include "reading/html_tokens.h"

#include <algorithm>

#include "base/byte_search.h"
#include "base/text.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t npos = std::string_view::npos;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}
bool is_space(char c) {
  return c == ' ' || (c >= 9 && c <= 13);
}

bool equal_any_case(std::string_view a, std::string_view small) {
  return a.size() == small.size() && std::equal(a.begin(), a.end(), small.begin(), [](char x, char y) { return lower(x) == y; });
}

struct Entity {
  std::string_view name;
  char32_t code;
};

/// Those that forms use; sorted by name.
constexpr Entity entities[] = {
    {"Prime", 0x2033},    {"alpha", 0x3B1},   {"amp", '&'},         {"apos", '\''},    {"asymp", 0x2248},  {"bdquo", 0x201E},
    {"beta", 0x3B2},      {"bull", 0x2022},   {"cent", 0xA2},       {"check", 0x2713}, {"circ", 0x2C6},    {"copy", 0xA9},
    {"curren", 0xA4},     {"darr", 0x2193},   {"deg", 0xB0},        {"divide", 0xF7},  {"emsp", 0x2003},   {"ensp", 0x2002},
    {"equiv", 0x2261},    {"euro", 0x20AC},   {"frac12", 0xBD},     {"frac14", 0xBC},  {"frac34", 0xBE},   {"frasl", 0x2044},
    {"ge", 0x2265},       {"geq", 0x2265},    {"geqslant", 0x2A7E}, {"gt", '>'},       {"hearts", 0x2665}, {"hellip", 0x2026},
    {"infin", 0x221E},    {"laquo", 0xAB},    {"larr", 0x2190},     {"ldquo", 0x201C}, {"le", 0x2264},     {"leq", 0x2264},
    {"leqslant", 0x2A7D}, {"loz", 0x25CA},    {"lsaquo", 0x2039},   {"lsquo", 0x2018}, {"lt", '<'},        {"mdash", 0x2014},
    {"micro", 0xB5},      {"middot", 0xB7},   {"minus", 0x2212},    {"mu", 0x3BC},     {"nbsp", 0xA0},     {"ndash", 0x2013},
    {"ne", 0x2260},       {"not", 0xAC},      {"oline", 0x203E},    {"ordm", 0xBA},    {"para", 0xB6},     {"permil", 0x2030},
    {"pi", 0x3C0},        {"plusmn", 0xB1},   {"pound", 0xA3},      {"prime", 0x2032}, {"quot", '"'},      {"radic", 0x221A},
    {"raquo", 0xBB},      {"rarr", 0x2192},   {"rdquo", 0x201D},    {"reg", 0xAE},     {"rsaquo", 0x203A}, {"rsquo", 0x2019},
    {"sect", 0xA7},       {"shy", 0xAD},      {"sigma", 0x3C3},     {"sum", 0x2211},   {"sup1", 0xB9},     {"sup2", 0xB2},
    {"sup3", 0xB3},       {"thinsp", 0x2009}, {"times", 0xD7},      {"trade", 0x2122}, {"uarr", 0x2191},   {"yen", 0xA5},
    {"zwj", 0x200D},      {"zwnj", 0x200C},
};

char32_t entity_code(std::string_view name) {
  const auto* found =
      std::lower_bound(std::begin(entities), std::end(entities), name, [](const Entity& e, std::string_view n) { return e.name < n; });
  return found != std::end(entities) && found->name == name ? found->code : 0;
}

/// Windows-1252 at 0x80 to 0x9F, as browsers take &#150; and its like.
char32_t mended(char32_t code) {
  static constexpr char16_t table[] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                       0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                       0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
  if (code >= 0x80 && code <= 0x9F) return table[code - 0x80];
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0xFFFD;
  return code;
}

/// The reference at the front of `raw`, which begins with '&'; its length, 0 where it is none.
std::size_t read_reference(std::string_view raw, char32_t& code) {
  std::size_t at = 1;
  if (at < raw.size() && raw[at] == '#') {
    ++at;
    const bool hexadecimal = at < raw.size() && lower(raw[at]) == 'x';
    if (hexadecimal) ++at;
    const std::size_t from = at;
    code = 0;
    for (; at < raw.size(); ++at) {
      const char c = lower(raw[at]);
      const bool decimal = c >= '0' && c <= '9';
      if (!decimal && !(hexadecimal && c >= 'a' && c <= 'f')) break;
      if (code <= 0x10FFFF) code = code * (hexadecimal ? 16 : 10) + static_cast<char32_t>(decimal ? c - '0' : c - 'a' + 10);
    }
    if (at == from) return 0;
    code = mended(code);
  } else {
    while (at < raw.size() && at < 12 && (is_letter(raw[at]) || (raw[at] >= '0' && raw[at] <= '9'))) ++at;
    const bool closed = at < raw.size() && raw[at] == ';';
    code = entity_code(raw.substr(1, at - 1));
    if (code == 0) return 0;
    // Without its semicolon only the oldest ones count: a link's "&section=2" is no §.
    const std::string_view name = raw.substr(1, at - 1);
    if (!closed && name != "nbsp" && name != "lt" && name != "gt" && name != "amp" && name != "quot") return 0;
  }
  return at < raw.size() && raw[at] == ';' ? at + 1 : at;
}

/// Elements whose content is no markup and is not shown.
bool holds_raw_text(std::string_view name) {
  return name == "script" || name == "style" || name == "title" || name == "noscript" || name == "xmp" || name == "iframe" ||
         name == "template";
}

}  // namespace

HtmlTokens::Kind HtmlTokens::next() {
  while (at_ < html_.size()) {
    if (html_[at_] != '<') {
      const std::size_t end = static_cast<std::size_t>(find_first<'<'>(html_.data() + at_, html_.data() + html_.size()) - html_.data());
      text_ = html_.substr(at_, end - at_);
      at_ = end;
      return Kind::text;
    }
    const char behind = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
    if (is_letter(behind) || (behind == '/' && at_ + 2 < html_.size() && is_letter(html_[at_ + 2]))) {
      if (!read_tag()) break;
      if (closing_) return Kind::end;
      if (holds_raw_text(name())) {
        skip_raw_text(name());
        continue;
      }
      return Kind::start;
    }
    if (behind == '!' && html_.substr(at_, 4) == "<!--") {
      const std::size_t end = html_.find("-->", at_ + 2);
      if (end == npos) break;
      at_ = end + 3;
    } else if (behind == '!' || behind == '?' || behind == '/') {
      const std::size_t end = html_.find('>', at_);
      if (end == npos) break;
      at_ = end + 1;
    } else {  // a bare '<', as in "≤ <5"
      const std::size_t end = std::min(html_.find('<', at_ + 1), html_.size());
      text_ = html_.substr(at_, end - at_);
      at_ = end;
      return Kind::text;
    }
  }
  at_ = html_.size();
  return Kind::finish;
}

/// False where the tag has no end: the rest of the page is lost.
bool HtmlTokens::read_tag() {
  std::size_t at = at_ + 1;
  closing_ = html_[at] == '/';
  if (closing_) ++at;
  name_length_ = 0;
  for (; at < html_.size() && html_[at] != '>' && html_[at] != '/' && !is_space(html_[at]); ++at) {
    if (name_length_ < sizeof name_ - 1) name_[name_length_++] = lower(html_[at]);
  }
  if (at < html_.size() && html_[at] == '>') {
    attributes_ = {};
    at_ = at + 1;
    return true;
  }
  const std::size_t from = at;
  // A quoted value may hold '>'; a quote counts only behind '='.
  const char* const begin = html_.data();
  const char* const end = begin + html_.size();
  std::size_t valued = from;  // behind the last quoted value
  for (;;) {
    at = static_cast<std::size_t>(find_first<'>', '"', '\''>(begin + at, end) - begin);
    if (at >= html_.size() || html_[at] == '>') break;
    std::size_t before = at;
    while (before > valued && is_space(html_[before - 1])) --before;
    if (before == valued || html_[before - 1] != '=') {
      ++at;
      continue;
    }
    const std::size_t quote = find_quote(html_[at], at + 1);
    if (quote == npos) break;
    at = valued = quote + 1;
  }
  if (at >= html_.size()) return false;
  if (html_[at] != '>') {  // a quote never closed: the tag ends at the next '>'
    at = html_.find('>', at);
    if (at == npos) return false;
  }
  attributes_ = html_.substr(from, at - from);
  at_ = at + 1;
  return true;
}

std::size_t HtmlTokens::find_quote(char quote, std::size_t from) {
  bool& none = no_more_[quote == '"'];
  const char* const end = html_.data() + html_.size();
  const char* const found = none || from > html_.size() ? end : find_byte(html_.data() + from, end, quote);
  none = found == end;
  return none ? npos : static_cast<std::size_t>(found - html_.data());
}

void HtmlTokens::skip_raw_text(std::string_view element) {
  for (std::size_t at = html_.find("</", at_); at != npos; at = html_.find("</", at + 2)) {
    if (!equal_any_case(html_.substr(at + 2, element.size()), element)) continue;
    const std::size_t end = html_.find('>', at);
    at_ = end == npos ? html_.size() : end + 1;
    return;
  }
  at_ = html_.size();
}

std::string_view HtmlTokens::attribute(std::string_view wanted) const {
  const std::string_view all = attributes_;
  for (std::size_t at = 0; at < all.size();) {
    while (at < all.size() && (is_space(all[at]) || all[at] == '/')) ++at;
    const std::size_t from = at;
    while (at < all.size() && all[at] != '=' && !is_space(all[at])) ++at;
    const std::string_view name = all.substr(from, at - from);
    while (at < all.size() && is_space(all[at])) ++at;
    std::string_view value = all.substr(std::min(at, all.size()), 0);
    if (at < all.size() && all[at] == '=') {
      ++at;
      while (at < all.size() && is_space(all[at])) ++at;
      if (at < all.size() && (all[at] == '"' || all[at] == '\'')) {
        const std::size_t end = std::min(all.find(all[at], at + 1), all.size());
        value = all.substr(at + 1, end - at - 1);
        at = std::min(end + 1, all.size());
      } else {
        const std::size_t start = at;
        while (at < all.size() && !is_space(all[at])) ++at;
        value = all.substr(start, at - start);
      }
    }
    if (equal_any_case(name, wanted)) return value;
    if (at == from) ++at;
  }
  return {};
}

void HtmlTokens::append_unescaped(std::string& out, std::string_view raw) {
  for (;;) {
    const auto mark = static_cast<std::size_t>(find_first<'&'>(raw.data(), raw.data() + raw.size()) - raw.data());
    out.append(raw.substr(0, mark));
    raw.remove_prefix(mark);
    if (raw.empty()) return;
    char32_t code = 0;
    const std::size_t length = read_reference(raw, code);
    if (length == 0)
      out.push_back('&');
    else
      append_utf8(out, code);
    raw.remove_prefix(std::max<std::size_t>(length, 1));
  }
}

}  // namespace jiheng::reading
