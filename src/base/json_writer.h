// Writes JSON text in one pass, without a tree. Keys and values come in document order; the caller keeps them balanced.
// Strings must be UTF-8 (readers guarantee it); control characters are escaped, everything else is written as it is.
#pragma once

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

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  JsonWriter& key(std::string_view name) {
    separate();
    quote(name);
    out_.push_back(':');
    after_key_ = true;
    return *this;
  }

  /// A name written in the program, which needs no escape: one append.
  template <std::size_t size>
  JsonWriter& key(const char (&name)[size]) {
    append_key(name, "");
    after_key_ = true;
    return *this;
  }

  JsonWriter& string(std::string_view value) {
    separate();
    quote(value);
    return *this;
  }
  JsonWriter& integer(std::int64_t value) {
    separate();
    char digits[24];
    out_.append(digits, static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, value).ptr - digits));
    return *this;
  }
  JsonWriter& boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
    return *this;
  }
  JsonWriter& null() {
    separate();
    out_ += "null";
    return *this;
  }
  /// JSON text made elsewhere.
  JsonWriter& raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
  }

  JsonWriter& field(std::string_view name, std::string_view value) { return key(name).string(value); }
  template <std::size_t size>
  JsonWriter& field(const char (&name)[size], std::string_view value) {
    append_field({name, size - 1}, value);
    return *this;
  }
  template <std::size_t size>
  JsonWriter& field(const char (&name)[size], const std::string& value) {
    return field(name, std::string_view(value));
  }
  template <std::size_t size>
  JsonWriter& field(const char (&name)[size], const char* value) {
    return field(name, std::string_view(value));
  }
  template <std::size_t size>
  JsonWriter& field(const char (&name)[size], const std::optional<std::string>& value) {
    if (value) return field(name, std::string_view(*value));
    append_key(name, "null");
    return *this;
  }

 private:
  JsonWriter& open(char bracket) {
    separate();
    out_.push_back(bracket);
    first_ = true;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_.push_back(bracket);
    first_ = false;
    return *this;
  }
  void separate() {
    if (after_key_) {
      after_key_ = false;
      return;
    }
    if (!first_) out_.push_back(',');
    first_ = false;
  }
  void quote(std::string_view text);
  /// A name written in the program, which needs no escape, and its value.
  void append_field(std::string_view name, std::string_view value);

  /// The name and what follows its colon, in one append.
  template <std::size_t size, std::size_t rest>
  void append_key(const char (&name)[size], const char (&behind)[rest]) {
    char text[size + rest + 2];
    text[0] = ',';
    text[1] = '"';
    std::memcpy(text + 2, name, size - 1);
    text[size + 1] = '"';
    text[size + 2] = ':';
    std::memcpy(text + size + 3, behind, rest - 1);
    const bool follows = !after_key_ && !first_;
    out_.append(text + (follows ? 0 : 1), size + rest + (follows ? 2 : 1));
    first_ = false;
  }

  std::string& out_;
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace jiheng
