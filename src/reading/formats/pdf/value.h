// An object of a PDF as it is written: what `value_parser` makes of bytes. References are followed by `plain_objects`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>

namespace jiheng::reading::pdf {

struct Value;
struct StreamValue;

struct Reference {
  std::int32_t number;
  std::int32_t generation;
};

struct Value {
  enum class Kind : std::uint8_t { null, boolean, integer, real, name, string, array, dictionary, stream, reference };

  Kind kind = Kind::null;
  std::uint32_t count = 0;  ///< of characters, items, or names with their values
  union {
    std::int64_t whole = 0;  ///< integers, and 0 or 1 of booleans
    double real;
    const char* text;    ///< a name without its slash, a string, decoded
    const Value* parts;  ///< items; names and values in turn
    const StreamValue* stream;
    Reference reference;
  };

  std::string_view view() const { return {text, count}; }
  std::span<const Value> items() const { return {parts, count}; }
  /// Of a dictionary; null where it has none. Of a name that stands twice the last one counts.
  const Value* find(std::string_view name) const {
    for (std::size_t i = count; i-- > 0;) {
      if (parts[2 * i].view() == name) return &parts[2 * i + 1];
    }
    return nullptr;
  }
};

struct StreamValue {
  Value dictionary;
  std::string_view data;  ///< as it stands in the file
};

/// Room for the values of a file, given back all at once.
class ValueRoom {
 public:
  /// Null once there are more than a file needs: it is `full`.
  Value* values(std::size_t count) {
    if (!fits(count)) return nullptr;
    left_ -= count;
    return static_cast<Value*>(memory_.allocate(count * sizeof(Value), alignof(Value)));
  }
  /// The same.
  char* characters(std::size_t count) {
    full_ = full_ || count > characters_left_;
    if (full_) return nullptr;
    characters_left_ -= count;
    return static_cast<char*>(memory_.allocate(count, 1));
  }
  /// Whether there is room for as many values more.
  bool fits(std::size_t count) {
    full_ = full_ || count > left_;
    return !full_;
  }
  bool full() const { return full_; }
  StreamValue* stream() { return static_cast<StreamValue*>(memory_.allocate(sizeof(StreamValue), alignof(StreamValue))); }

 private:
  static_assert(std::is_trivially_destructible_v<Value> && std::is_trivially_destructible_v<StreamValue>);
  static constexpr std::size_t most_values = 3000000;
  static constexpr std::size_t most_characters = 32U << 20;
  std::pmr::monotonic_buffer_resource memory_{16384};
  std::size_t left_ = most_values;
  std::size_t characters_left_ = most_characters;
  bool full_ = false;
};

}  // namespace jiheng::reading::pdf
