// Reads XML in place, in one pass, without a tree: each call of next() is one step over the bytes.
//
// Enough for office documents: elements, attributes, character data, CDATA, the five entities and character references. A document
// type is passed over, its entities are not known (they stay as written), nothing is ever fetched. End tags must match.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_search.h"
#include "base/result.h"

namespace jiheng::reading {

class XmlScanner {
 public:
  enum class Event { start, end, text, finish, failed };

  /// A view into `xml`, which must outlive the scanner. `part` names it in errors.
  XmlScanner(std::string_view xml, std::string_view part, std::size_t depth_limit);

  /// An element that is empty (<a/>) gives start, then end.
  Event next();

  /// Of the element that starts or ends: "tc" and "w" of <w:tc>.
  std::string_view name() const { return name_; }
  std::string_view prefix() const { return prefix_; }
  /// Elements open round the present place, that which starts or ends included.
  std::size_t depth() const { return open_.size() + (event_ == Event::end ? 1 : 0); }

  /// The value as written (see append_unescaped) of the started element's attribute of this local name, whatever its prefix; empty where it
  /// has none.
  std::string_view attribute(std::string_view local_name) const;
  /// Every attribute in turn: its local name, its value as written.
  template <class Take>
  void each_attribute(Take take) const {
    find_attribute([&](std::string_view name, std::string_view value) {
      take(name, value);
      return false;
    });
  }
  /// All of them as written: where these bytes are the same, so are the attributes.
  std::string_view attributes() const { return attributes_; }
  bool has_attribute(std::string_view local_name) const { return attribute(local_name).data() != nullptr; }

  /// The present text, its references resolved.
  void append_text(std::string& out) const;
  /// The present text as it stands where it needs no resolving; else resolved into `buffer`.
  std::string_view text(std::string& buffer) const;

  /// What comes next, for a reader that knows by heart how most programs write it: it looks, and where it understood, goes on behind with
  /// pass(). Empty where the next event is no matter of the bytes ahead, or where less than three more levels may be open.
  std::string_view ahead() const {
    return empty_element_ || open_.empty() || open_.size() + 3 > depth_limit_ ? std::string_view{} : xml_.substr(at_);
  }
  /// `bytes` of what is ahead, which hold whole elements.
  void pass(std::size_t bytes) { at_ += bytes; }

  /// After start: goes behind the element's end, from '<' to '<', without looking into the tags it passes. False: the document is damaged.
  /// With `mark` ("w:vanish"): stops short, where it stood, when an element of this name is inside; `marked` then tells so.
  bool skip_element();
  bool skip_element(std::string_view mark, bool& marked);

  /// After failed.
  const Error& error() const { return error_; }

  static void append_unescaped(std::string& out, std::string_view raw);
  static std::string unescaped(std::string_view raw);

 private:
  /// Every attribute in turn until `found` says that it is the one.
  template <class Found>
  void find_attribute(Found found) const;
  Event read_tag();
  bool quick_start_tag();
  Event read_start_tag();
  Event read_end_tag();
  bool skip_markup();
  Event fail(std::string what);
  Event fail_too_deep();

  std::string_view xml_;
  std::string_view part_;
  std::size_t depth_limit_;
  std::size_t at_ = 0;
  Event event_ = Event::text;
  struct Open {
    std::string_view whole;
    std::size_t prefix;  ///< its length with the colon
  };
  static std::string_view prefix_of(const Open& open) { return open.whole.substr(0, open.prefix == 0 ? 0 : open.prefix - 1); }

  std::vector<Open> open_;
  std::string_view whole_;  ///< name with its prefix
  std::string_view prefix_;
  std::string_view name_;
  std::string_view attributes_;
  std::string_view text_;
  bool verbatim_ = false;  ///< the text is CDATA
  bool empty_element_ = false;
  Error error_;
};

template <class Found>
void XmlScanner::find_attribute(Found found) const {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  const char* at = attributes_.data();
  const char* const end = at + attributes_.size();
  for (;;) {
    while (at != end && is_space(*at)) ++at;
    const char* name = at;
    for (; at != end; ++at) {
      if (static_cast<unsigned char>(*at) > '=') continue;  // letters
      if (*at == '=' || is_space(*at)) break;
      if (*at == ':') name = at + 1;
    }
    const char* const name_end = at;
    while (at != end && (is_space(*at) || *at == '=')) ++at;
    if (at == end || (*at != '"' && *at != '\'')) return;
    const char* const value = at + 1;
    at = find_byte(value, end, *at);
    if (at == end) return;
    const auto length = [](const char* from, const char* to) { return static_cast<std::size_t>(to - from); };
    if (found(std::string_view(name, length(name, name_end)), std::string_view(value, length(value, at)))) return;
    ++at;
  }
}

}  // namespace jiheng::reading
