#include "reading/xml.h"

#include <algorithm>
#include <cstring>

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

/// The reference at the front of `raw` ("&lt;", "&#24180;", "&#x5E74;"); its length, or 0 where it is none that is known.
std::size_t read_reference(std::string_view raw, char32_t& code) {
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
      if (!open_.empty()) return fail("内容不完整，“" + std::string(clipped(open_.back(), 40)) + "”没有结束");
      return event_ = Event::finish;
    }
    if (xml_[at_] != '<') {
      const void* found = std::memchr(xml_.data() + at_, '<', xml_.size() - at_);
      const std::size_t end = found == nullptr ? xml_.size() : static_cast<std::size_t>(static_cast<const char*>(found) - xml_.data());
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
  return at_ + 1 < xml_.size() && xml_[at_ + 1] == '/' ? read_end_tag() : read_start_tag();
}

XmlScanner::Event XmlScanner::read_start_tag() {
  const std::size_t from = at_ + 1;
  std::size_t at = from;
  std::size_t colon = npos;
  for (; at < xml_.size() && !ends_name(xml_[at]); ++at) {
    if (xml_[at] == ':') colon = at;
    if (xml_[at] == '<') return fail("标记写法不对");
  }
  if (at == from || at >= xml_.size()) return fail(at == from ? "标记写法不对" : "内容不完整");
  const std::string_view whole = whole_ = xml_.substr(from, at - from);
  prefix_ = colon == npos ? std::string_view{} : xml_.substr(from, colon - from);
  name_ = colon == npos ? whole : xml_.substr(colon + 1, at - colon - 1);
  const std::size_t attributes = at;
  // A '>' inside quotes does not end the tag.
  for (; at < xml_.size() && xml_[at] != '>'; ++at) {
    if (xml_[at] != '"' && xml_[at] != '\'') {
      if (xml_[at] == '<') return fail("标记“" + std::string(clipped(whole, 40)) + "”没有写完");
      continue;
    }
    const void* found = std::memchr(xml_.data() + at + 1, xml_[at], xml_.size() - at - 1);
    if (found == nullptr) return fail("内容不完整");
    at = static_cast<std::size_t>(static_cast<const char*>(found) - xml_.data());
  }
  if (at >= xml_.size()) return fail("内容不完整");
  empty_element_ = xml_[at - 1] == '/';
  attributes_ = xml_.substr(attributes, at - attributes - (empty_element_ && at > attributes ? 1 : 0));
  at_ = at + 1;
  if (open_.size() >= depth_limit_) return fail_too_deep();
  open_.push_back(whole);
  return event_ = Event::start;
}

XmlScanner::Event XmlScanner::read_end_tag() {
  const std::size_t from = at_ + 2;
  const std::string_view expected = open_.empty() ? std::string_view{} : open_.back();
  std::size_t end = from + expected.size();
  if (expected.empty() || end > xml_.size() || xml_.compare(from, expected.size(), expected) != 0) {
    return fail("标记“" + std::string(clipped(xml_.substr(from, xml_.find('>', from) - from), 40)) + "”的首尾不相配");
  }
  while (end < xml_.size() && is_space(xml_[end])) ++end;
  if (end >= xml_.size() || xml_[end] != '>') return fail("标记“" + std::string(clipped(expected, 40)) + "”的首尾不相配");
  open_.pop_back();
  const std::size_t colon = expected.find(':');
  prefix_ = colon == npos ? std::string_view{} : expected.substr(0, colon);
  name_ = colon == npos ? expected : expected.substr(colon + 1);
  at_ = end + 1;
  return event_ = Event::end;
}

bool XmlScanner::next_attribute(std::string_view& rest, std::string_view& local_name, std::string_view& value) {
  std::size_t at = 0;
  while (at < rest.size() && is_space(rest[at])) ++at;
  std::size_t from = at;
  for (; at < rest.size() && rest[at] != '=' && !is_space(rest[at]); ++at) {
    if (rest[at] == ':') from = at + 1;
  }
  local_name = rest.substr(std::min(from, at), at - std::min(from, at));
  while (at < rest.size() && (is_space(rest[at]) || rest[at] == '=')) ++at;
  if (at >= rest.size() || (rest[at] != '"' && rest[at] != '\'')) return false;
  const std::size_t end = rest.find(rest[at], at + 1);
  if (end == npos) return false;
  value = rest.substr(at + 1, end - at - 1);
  rest.remove_prefix(end + 1);
  return true;
}

std::string_view XmlScanner::attribute(std::string_view local_name) const {
  std::string_view rest = attributes_;
  std::string_view name;
  std::string_view value;
  while (next_attribute(rest, name, value)) {
    if (name == local_name) return value;
  }
  return {};
}

void XmlScanner::append_unescaped(std::string& out, std::string_view raw) {
  for (;;) {
    const std::size_t mark = std::min(raw.find('&'), raw.size());
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
  if (verbatim_ || text_.find('&') == npos) return text_;
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
    return end < xml_.size() && ends_name(xml_[end]) && xml_[end - 1] == name.back() && xml_.compare(at, name.size(), name) == 0;
  };
  // In sound XML every '<' is markup: attribute values hold none.
  std::size_t level = 1;
  while (level > 0) {
    const void* found = at_ < xml_.size() ? std::memchr(xml_.data() + at_, '<', xml_.size() - at_) : nullptr;
    if (found == nullptr) {
      fail("内容不完整，“" + std::string(clipped(whole, 40)) + "”没有结束");
      return false;
    }
    at_ = static_cast<std::size_t>(static_cast<const char*>(found) - xml_.data());
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
