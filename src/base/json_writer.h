// Writes JSON text in one pass, without a tree. Keys and values come in document order; the caller keeps them balanced.
// Strings must be UTF-8 (readers guarantee it); control characters are escaped, everything else is written as it is.
#pragma once

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
    char text[size + 3];
    text[0] = ',';
    text[1] = '"';
    std::memcpy(text + 2, name, size - 1);
    text[size + 1] = '"';
    text[size + 2] = ':';
    const bool follows = !after_key_ && !first_;
    out_.append(text + (follows ? 0 : 1), size + (follows ? 3 : 2));
    first_ = false;
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
    out_ += std::to_string(value);
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

  template <class Name>
  JsonWriter& field(const Name& name, std::string_view value) {
    return key(name).string(value);
  }
  template <class Name>
  JsonWriter& field(const Name& name, const std::string& value) {
    return key(name).string(value);
  }
  template <class Name>
  JsonWriter& field(const Name& name, const char* value) {
    return key(name).string(value);
  }
  template <class Name>
  JsonWriter& field(const Name& name, const std::optional<std::string>& value) {
    key(name);
    return value ? string(*value) : null();
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

  std::string& out_;
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace jiheng
