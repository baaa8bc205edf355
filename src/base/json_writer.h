// Writes JSON text in one pass, without a tree. Keys and values come in document order; the caller keeps them balanced.
// Strings must be UTF-8 (readers guarantee it); control characters are escaped, everything else is written as it is.
//
// What is written reaches the string at the latest when no object or array is open any more.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace jiheng {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  JsonWriter& key(std::string_view name) {
    separate();
    quote(name);
    append(":");
    after_key_ = true;
    return *this;
  }

  /// A name written in the program, which needs no escape.
  template <std::size_t size>
  JsonWriter& key(const char (&name)[size]) {
    append_key(name, "");
    after_key_ = true;
    return *this;
  }

  JsonWriter& string(std::string_view value) {
    separate();
    quote(value);
    return end_value();
  }
  JsonWriter& integer(std::int64_t value) {
    separate();
    char digits[24];
    append({digits, static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, value).ptr - digits)});
    return end_value();
  }
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  /// JSON text made elsewhere.
  JsonWriter& raw(std::string_view json) {
    separate();
    append(json);
    return end_value();
  }

  JsonWriter& field(std::string_view name, std::string_view value) { return key(name).string(value); }
  template <std::size_t size>
  JsonWriter& field(const char (&name)[size], std::string_view value) {
    append_key(name, "");
    after_key_ = false;
    quote(value);
    return end_value();
  }
  template <std::size_t size>
  JsonWriter& field(const char (&name)[size], const std::string& value) {
    return field(name, std::string_view(value));
  }
  template <std::size_t size>
  JsonWriter& field(const char (&name)[size], const char* value) {
    return field(name, std::string_view(value));
  }
  template <std::size_t size, class String>
  JsonWriter& field(const char (&name)[size], const std::optional<String>& value) {
    if (value) return field(name, std::string_view(*value));
    append_key(name, "null");
    return end_value();
  }

  /// A name of at most 27 bytes as it is written, `,"name":`, for fields that are written over and over: member<"unit">(value). Inside of
  /// an object only.
  struct Name {
    static constexpr std::size_t width = 32;
    template <std::size_t size>
    consteval Name(const char (&name)[size]) : length(size + 3) {
      static_assert(size + 3 <= width - 1);
      text[0] = ',';
      text[1] = '"';
      for (std::size_t i = 0; i + 1 < size; ++i) text[i + 2] = name[i];
      text[size + 1] = '"';
      text[size + 2] = ':';
    }
    char text[width] = {};
    std::size_t length;
  };
  template <Name name>
  JsonWriter& member(std::string_view value) {
    return write_member(name, value);
  }
  template <Name name, class String>
  JsonWriter& member(const std::optional<String>& value) {
    return value ? write_member(name, *value) : write_null(name);
  }
  template <Name name>
  JsonWriter& member(std::int64_t value) {
    return write_integer(name, value);
  }
  template <Name name>
  JsonWriter& null_member() {
    return write_null(name);
  }
  /// Nothing where there is no value.
  template <Name name, class String>
  void optional_member(const std::optional<String>& value) {
    if (value) write_member(name, *value);
  }

 private:
  static constexpr std::size_t room = 2000;

  JsonWriter& open(char bracket) {
    separate();
    append({&bracket, 1});
    first_ = true;
    ++depth_;
    return *this;
  }
  JsonWriter& close(char bracket) {
    append({&bracket, 1});
    first_ = false;
    --depth_;
    return end_value();
  }
  JsonWriter& end_value() {
    if (depth_ <= 0) flush();
    return *this;
  }
  void separate() {
    if (after_key_) {
      after_key_ = false;
      return;
    }
    if (!first_) append(",");
    first_ = false;
  }
  void quote(std::string_view text);
  JsonWriter& write_member(const Name& name, std::string_view value);
  JsonWriter& write_integer(const Name& name, std::int64_t value);
  JsonWriter& write_null(const Name& name);

  /// The name and what follows its colon.
  template <std::size_t size, std::size_t rest>
  void append_key(const char (&name)[size], const char (&behind)[rest]) {
    char* to = reserve(size + rest + 2);
    if (!after_key_ && !first_) *to++ = ',';
    *to++ = '"';
    std::memcpy(to, name, size - 1);
    to += size - 1;
    *to++ = '"';
    *to++ = ':';
    std::memcpy(to, behind, rest - 1);
    used_ = static_cast<std::size_t>(to + rest - 1 - buffer_);
    first_ = false;
  }

  void append(std::string_view text) {
    if (text.size() > room) {
      flush();
      out_.append(text);
      return;
    }
    std::copy(text.begin(), text.end(), reserve(text.size()));
    used_ += text.size();
  }
  /// Where the next `size` bytes go, at most `room`.
  char* reserve(std::size_t size) {
    if (used_ + size > room) flush();
    return buffer_ + used_;
  }
  void flush() {
    out_.append(buffer_, used_);
    used_ = 0;
  }

  std::string& out_;
  std::size_t used_ = 0;
  int depth_ = 0;
  bool first_ = true;
  bool after_key_ = false;
  char buffer_[room];
};

}  // namespace jiheng
