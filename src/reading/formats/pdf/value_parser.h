// Bytes of a PDF → values, where they are written to the letter of the standard; a file with any other is left to qpdf, which mends it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "reading/formats/pdf/value.h"

namespace jiheng::reading::pdf {

/// Makes views into `bytes`, which must outlive the values. Every call passes over blanks and comments first, and is false where
/// something else stands there.
class ValueParser {
 public:
  ValueParser(std::string_view bytes, std::size_t at, ValueRoom& room);

  bool value(Value& out) { return value(out, 0); }
  bool word(std::string_view word);
  bool whole(std::int64_t& number);
  std::size_t at() const { return static_cast<std::size_t>(at_ - start_); }

 private:
  bool value(Value& out, int depth, bool in_array = false);
  bool array(Value& out, int depth);
  bool dictionary(Value& out, int depth);
  bool name(Value& out);
  bool literal_string(Value& out);
  bool hex_string(Value& out);
  bool number(Value& out);
  bool reference(Value& out);
  static bool refer(Value& number, const Value& generation);
  bool keep(Value& out, Value::Kind kind, std::size_t first);
  void skip_blanks();

  const char* start_;
  const char* at_;
  const char* end_;
  ValueRoom& room_;
  std::vector<Value> open_;  ///< parts of arrays and dictionaries that are not closed yet
};

}  // namespace jiheng::reading::pdf
