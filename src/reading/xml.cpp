#include "reading/xml.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "base/put_utf8.h"
#include "base/text.h"
#include "reading/encoding.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool ends_name(char c) {
  return is_space(c) || c == '>' || c == '/' || c == '=';
}
constexpr ByteSet inside_name([](unsigned char c) {
  return c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '>' && c != '/' && c != '=' && c != ':' && c != '<';
});

/// The reference at the front of `raw` ("&lt;", "&#24180;", "&#x5E74;"); its length, or 0 where it is none that is known.
std::size_t read_reference(std::string_view raw, char32_t& code) {
  if (raw.size() > 3 && raw[1] == '#') {
    code = 0;
    std::size_t at = 2;
    for (; at < raw.size() && at < 8 && raw[at] >= '0' && raw[at] <= '9'; ++at) code = code * 10 + static_cast<char32_t>(raw[at] - '0');
    if (at > 2 && at < raw.size() && raw[at] == ';' && code > 0 && code < 0xD800) return at + 1;
  }
  const std::size_t semicolon = raw.substr(0, 12).find(';');
  if (semicolon == npos || semicolon < 2) return 0;
  const std::string_view body = raw.substr(1, semicolon - 1);
  code = 0;
  if (body[0] == '#') {
    const bool hexadecimal = body.size() > 1 && (body[1] == 'x' || body[1] == 'X');
    const std::string_view digits = body.substr(hexadecimal ? 2 : 1);
    if (digits.empty()) return 0;
    for (const char c : digits) {
      const bool decimal = c >= '0' && c <= '9';
      const char lower = static_cast<char>(c | 0x20);
      if (!decimal && !(hexadecimal && lower >= 'a' && lower <= 'f')) return 0;
      code = code * (hexadecimal ? 16 : 10) + static_cast<char32_t>(decimal ? c - '0' : lower - 'a' + 10);
      if (code > 0x10FFFF) return 0;
    }
    if (code == 0 || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  } else if (body == "lt") {
    code = '<';
  } else if (body == "gt") {
    code = '>';
  } else if (body == "amp") {
    code = '&';
  } else if (body == "quot") {
    code = '"';
  } else if (body == "apos") {
    code = '\'';
  } else {
    return 0;
  }
  return semicolon + 1;
}

/// "&#24180;": some programs write every Chinese character so. All eight bytes at a time.
bool five_digits(const char* at, char32_t& code) {
  if constexpr (std::endian::native != std::endian::little) return false;
  constexpr std::uint64_t frame = 0x3B00'0000'0000'2326;  // "&#", five digits, ";"
  constexpr std::uint64_t digits = 0x0030'3030'3030'0000;
  constexpr std::uint64_t tens = 0x0006'0606'0606'0000;  // added, it takes what is above '9' out of the digits' row
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  if ((bytes & 0xFF00'0000'0000'FFFF) != frame) return false;
  bytes ^= frame | digits;
  if (((bytes | (bytes + tens)) & 0x00F0'F0F0'F0F0'0000) != 0) return false;
  // As eight digits, the first three of them 0: pairs, fours, all.
  bytes <<= 8;
  bytes = (bytes * 10 + (bytes >> 8)) & 0x00FF'00FF'00FF'00FF;
  bytes = (bytes * 100 + (bytes >> 16)) & 0x0000'FFFF'0000'FFFF;
  code = static_cast<char32_t>((bytes * 10000 + (bytes >> 32)) & 0xFFFF'FFFF);
  return code >= 0x800 && code < 0xD800;
}

/// The '>' that ends a tag whose attributes begin at `at`: the first one outside of quotes. Where that takes more than counting double
/// quotes (single ones, a '<', the last bytes of the document), nullptr.
const char* quick_tag_end(const char* at, const char* end) {
#if defined(__SSE2__)
  bool inside = false;
  for (; end - at >= 16; at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto where = [&](char c) { return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8(c)))); };
    const unsigned closing = where('>');
    unsigned quotes = where('"');
    unsigned odd = where('\'') | where('<');
    if (closing == 0) {
      if (odd != 0) return nullptr;
      inside = inside != (__builtin_parity(quotes) != 0);
      continue;
    }
    const unsigned before = (closing & (0U - closing)) - 1;
    quotes &= before;
    odd &= before;
    inside = inside != (__builtin_parity(quotes) != 0);
    return odd != 0 || inside ? nullptr : at + __builtin_ctz(closing);
  }
#endif
  static_cast<void>(at);
  static_cast<void>(end);
  return nullptr;
}

#if defined(__SSE2__)
/// Which of sixteen bytes end a name, and which are colons.
struct NameBytes {
  explicit NameBytes(const char* at) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto mask = [](__m128i found) { return static_cast<unsigned>(_mm_movemask_epi8(found)); };
    const auto is = [&](char c) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(c)); };
    const __m128i blank = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(' ')), block);
    const __m128i sign = _mm_sub_epi8(block, _mm_set1_epi8('<'));  // '<', '=', '>' stand side by side
    ends = mask(_mm_or_si128(_mm_or_si128(blank, is('/')), _mm_cmpeq_epi8(_mm_min_epu8(sign, _mm_set1_epi8(2)), sign)));
    colons = mask(is(':'));
  }
  unsigned ends;
  unsigned colons;
};
#endif

}  // namespace

XmlScanner::XmlScanner(std::string_view xml, std::string_view part, std::size_t depth_limit)
    : xml_(xml), part_(part), depth_limit_(depth_limit) {
  if (starts_with(xml_, "\xEF\xBB\xBF")) at_ = 3;
  open_.reserve(64);
}

XmlScanner::Event XmlScanner::next() {
  if (empty_element_) {
    empty_element_ = false;
    open_.pop_back();
    return event_ = Event::end;
  }
  if (event_ == Event::failed || event_ == Event::finish) return event_;
  for (;;) {
    if (at_ >= xml_.size()) {
      if (!open_.empty()) return fail("内容不完整，“" + std::string(clipped(open_.back().whole, 40)) + "”没有结束");
      return event_ = Event::finish;
    }
    if (xml_[at_] != '<') {
      const std::size_t end = static_cast<std::size_t>(find_first<'<'>(xml_.data() + at_, xml_.data() + xml_.size()) - xml_.data());
      text_ = xml_.substr(at_, end - at_);
      verbatim_ = false;
      at_ = end;
      if (open_.empty()) continue;  // white space round the root element
      return event_ = Event::text;
    }
    const char behind = at_ + 1 < xml_.size() ? xml_[at_ + 1] : '\0';
    if (behind != '!' && behind != '?') return read_tag();
    if (starts_with(xml_.substr(at_), "<![CDATA[")) {
      const std::size_t end = xml_.find("]]>", at_ + 9);
      if (end == npos) return fail("内容不完整");
      text_ = xml_.substr(at_ + 9, end - at_ - 9);
      verbatim_ = true;
      at_ = end + 3;
      if (open_.empty()) continue;
      return event_ = Event::text;
    }
    if (!skip_markup()) return fail("内容不完整");
  }
}

/// Passes over a comment, a processing instruction or a document type.
bool XmlScanner::skip_markup() {
  const std::string_view rest = xml_.substr(at_);
  std::size_t end = npos;
  if (starts_with(rest, "<!--")) {
    end = xml_.find("-->", at_ + 4);
    if (end != npos) end += 3;
  } else if (starts_with(rest, "<?")) {
    end = xml_.find("?>", at_ + 2);
    if (end != npos) end += 2;
  } else {
    std::size_t brackets = 0;
    for (std::size_t i = at_; i < xml_.size() && end == npos; ++i) {
      if (xml_[i] == '[')
        ++brackets;
      else if (xml_[i] == ']' && brackets > 0)
        --brackets;
      else if (xml_[i] == '>' && brackets == 0)
        end = i + 1;
    }
  }
  if (end == npos) return false;
  at_ = end;
  return true;
}

XmlScanner::Event XmlScanner::read_tag() {
  if (at_ + 1 < xml_.size() && xml_[at_ + 1] == '/') return read_end_tag();
  return quick_start_tag() ? event_ = Event::start : read_start_tag();
}

/// Most start tags: a name of up to fifteen characters, at most one colon in it, double quotes. False, and nothing done, for any other.
bool XmlScanner::quick_start_tag() {
#if defined(__SSE2__)
  const char* const begin = xml_.data();
  const char* const end = begin + xml_.size();
  const char* const from = begin + at_ + 1;
  if (end - from < 16 || open_.size() >= depth_limit_) return false;
  const NameBytes bytes(from);
  if (bytes.ends == 0) return false;
  const auto length = static_cast<unsigned>(__builtin_ctz(bytes.ends));
  const unsigned colons = bytes.colons & ((1U << length) - 1);
  if (length == 0 || (colons & (colons - 1)) != 0) return false;
  const char* const name_end = from + length;
  const char* at = name_end;
  if (*at != '>') {
    if (!is_space(*at) && *at != '/') return false;
    at = quick_tag_end(at, end);
    if (at == nullptr) return false;
  }
  const std::size_t prefix = colons == 0 ? 0 : static_cast<std::size_t>(__builtin_ctz(colons)) + 1;
  whole_ = {from, length};
  prefix_ = {from, prefix == 0 ? 0 : prefix - 1};
  name_ = {from + prefix, length - prefix};
  empty_element_ = at[-1] == '/';
  attributes_ = {name_end, static_cast<std::size_t>(at - name_end) - (empty_element_ && at > name_end ? 1 : 0)};
  at_ = static_cast<std::size_t>(at - begin) + 1;
  open_.push_back({whole_, prefix});
  return true;
#else
  return false;
#endif
}

XmlScanner::Event XmlScanner::read_start_tag() {
  const char* const begin = xml_.data();
  const char* const end = begin + xml_.size();
  const char* const from = begin + at_ + 1;
  const char* at = inside_name.skip(from, end);
  const char* name = from;
  while (at != end && *at == ':') {
    name = at + 1;
    at = inside_name.skip(name, end);
  }
  if (at != end && *at == '<') return fail("标记写法不对");
  if (at == from || at == end) return fail(at == from ? "标记写法不对" : "内容不完整");
  const std::string_view whole = whole_ = {from, static_cast<std::size_t>(at - from)};
  prefix_ = {from, static_cast<std::size_t>(name == from ? 0 : name - from - 1)};
  name_ = {name, static_cast<std::size_t>(at - name)};
  const char* const attributes = at;
  // A '>' inside quotes does not end the tag.
  if (const char* found = *at == '>' ? at : quick_tag_end(at, end)) at = found;
  for (;;) {
    at = find_first<'>', '"', '\'', '<'>(at, end);
    if (at == end) return fail("内容不完整");
    if (*at == '>') break;
    if (*at == '<') return fail("标记“" + std::string(clipped(whole, 40)) + "”没有写完");
    at = find_byte(at + 1, end, *at);
    if (at == end) return fail("内容不完整");
    ++at;
  }
  empty_element_ = at[-1] == '/';
  attributes_ = {attributes, static_cast<std::size_t>(at - attributes - (empty_element_ && at > attributes ? 1 : 0))};
  at_ = static_cast<std::size_t>(at - begin) + 1;
  if (open_.size() >= depth_limit_) return fail_too_deep();
  open_.push_back({whole, static_cast<std::size_t>(name - from)});
  return event_ = Event::start;
}

XmlScanner::Event XmlScanner::read_end_tag() {
#if defined(__SSE2__)
  // Most end tags: up to fifteen characters, compared at once with where the element starts.
  if (!open_.empty()) {
    const Open& open = open_.back();
    const std::size_t size = open.whole.size();
    if (size < 16 && xml_.size() - at_ > 18 && xml_[at_ + 2 + size] == '>') {
      const auto block = [](const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); };
      const int same = _mm_movemask_epi8(_mm_cmpeq_epi8(block(xml_.data() + at_ + 2), block(open.whole.data())));
      const unsigned wanted = (1U << size) - 1;
      if ((static_cast<unsigned>(same) & wanted) == wanted) {
        prefix_ = prefix_of(open);
        name_ = open.whole.substr(open.prefix);
        at_ += size + 3;
        open_.pop_back();
        return event_ = Event::end;
      }
    }
  }
#endif
  const std::size_t from = at_ + 2;
  const Open expected = open_.empty() ? Open{} : open_.back();
  std::size_t end = from + expected.whole.size();
  if (expected.whole.empty() || end > xml_.size() || !same_bytes(xml_.data() + from, expected.whole.data(), expected.whole.size())) {
    return fail("标记“" + std::string(clipped(xml_.substr(from, xml_.find('>', from) - from), 40)) + "”的首尾不相配");
  }
  while (end < xml_.size() && is_space(xml_[end])) ++end;
  if (end >= xml_.size() || xml_[end] != '>') return fail("标记“" + std::string(clipped(expected.whole, 40)) + "”的首尾不相配");
  open_.pop_back();
  prefix_ = prefix_of(expected);
  name_ = expected.whole.substr(expected.prefix);
  at_ = end + 1;
  return event_ = Event::end;
}

std::string_view XmlScanner::attribute(std::string_view local_name) const {
  std::string_view found;
  find_attribute([&](std::string_view name, std::string_view value) {
    if (!same_name(name, local_name)) return false;
    found = value;
    return true;
  });
  return found;
}

void XmlScanner::append_unescaped(std::string& out, std::string_view raw) {
  const char* at = raw.data();
  const char* const end = at + raw.size();
  const char* mark = at != end && *at == '&' ? at : find_first<'&'>(at, end);
  if (mark == end) {
    out.append(raw);
    return;
  }
  // No reference is shorter than what it stands for.
  const std::size_t before = out.size();
  out.resize(before + raw.size());
  char* to = out.data() + before;
  for (;;) {
    to = std::copy(at, mark, to);
    at = mark;
    for (char32_t code = 0; end - at >= 8 && five_digits(at, code); at += 8) to = put_utf8(to, code);
    if (at != end && *at == '&') {
      char32_t code = 0;
      const std::size_t length = read_reference({at, static_cast<std::size_t>(end - at)}, code);
      to = length == 0 ? (*to = '&', to + 1) : put_utf8(to, code);
      at += std::max<std::size_t>(length, 1);
    }
    if (at == end) break;
    mark = *at == '&' ? at : find_first<'&'>(at, end);
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

std::string XmlScanner::unescaped(std::string_view raw) {
  std::string out;
  append_unescaped(out, raw);
  return out;
}

void XmlScanner::append_text(std::string& out) const {
  if (verbatim_)
    out.append(text_);
  else
    append_unescaped(out, text_);
}

std::string_view XmlScanner::text(std::string& buffer) const {
  if (verbatim_ || find_first<'&'>(text_.data(), text_.data() + text_.size()) == text_.data() + text_.size()) return text_;
  buffer.clear();
  append_unescaped(buffer, text_);
  return buffer;
}

bool XmlScanner::skip_element() {
  bool marked = false;
  return skip_element({}, marked);
}

bool XmlScanner::skip_element(std::string_view mark, bool& marked) {
  marked = false;
  if (empty_element_) {
    next();
    return true;
  }
  const std::string_view whole = whole_;
  const std::size_t stood = at_;
  const auto is_tag = [&](std::size_t at, std::string_view name) {
    const std::size_t end = at + name.size();
    return end < xml_.size() && ends_name(xml_[end]) && xml_[end - 1] == name.back() &&
           same_bytes(xml_.data() + at, name.data(), name.size());
  };
  // In sound XML every '<' is markup: attribute values hold none.
  std::size_t level = 1;
  while (level > 0) {
    const char* const end_of_xml = xml_.data() + xml_.size();
    const char* const found = at_ < xml_.size() ? find_first<'<'>(xml_.data() + at_, end_of_xml) : end_of_xml;
    if (found == end_of_xml) {
      fail("内容不完整，“" + std::string(clipped(whole, 40)) + "”没有结束");
      return false;
    }
    at_ = static_cast<std::size_t>(found - xml_.data());
    const char behind = at_ + 1 < xml_.size() ? xml_[at_ + 1] : '\0';
    if (behind == '!' || behind == '?') {
      const bool data = starts_with(xml_.substr(at_), "<![CDATA[");
      const std::size_t end = data ? xml_.find("]]>", at_) : at_;
      if (end == npos || (!data && !skip_markup())) {
        fail("内容不完整");
        return false;
      }
      if (data) at_ = end + 3;
      continue;
    }
    if (behind == '/') {
      if (is_tag(at_ + 2, whole)) --level;
    } else if (is_tag(at_ + 1, whole)) {
      const std::size_t end = xml_.find('>', at_);
      if (end != npos && xml_[end - 1] != '/') ++level;
    } else if (!mark.empty() && is_tag(at_ + 1, mark)) {
      at_ = stood;
      marked = true;
      return true;
    }
    ++at_;
  }
  --at_;
  return read_end_tag() == Event::end;
}

XmlScanner::Event XmlScanner::fail(std::string what) {
  error_ = {"damaged",
            "文件已损坏：" + std::string(part_) + "里" + std::move(what) + "（第" + std::to_string(at_ + 1) +
                "字节处）。请用Word或Excel打开后另存一份再上传。",
            {std::string(part_)}};
  return event_ = Event::failed;
}

XmlScanner::Event XmlScanner::fail_too_deep() {
  error_ = {"too-deep",
            "文件已损坏：" + std::string(part_) + "里内容嵌套超过" + std::to_string(depth_limit_) +
                "层，不像正常的文件，已停止读取。请用Word或Excel打开后另存一份再上传。",
            {std::string(part_)}};
  return event_ = Event::failed;
}

}  // namespace jiheng::reading
