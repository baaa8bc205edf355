// An object of a PDF, whoever found it: `plain_objects`, or qpdf in a file that had to be mended. References are followed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reading/formats/pdf/filters.h"
#include "reading/formats/pdf/plain_objects.h"
#include "reading/formats/pdf/qpdf.h"

namespace jiheng::reading::pdf {

/// A handle: cheap to copy, good as long as its file. Asked for what it is not it says null, zero or nothing. Calls may throw what qpdf
/// throws on damaged objects.
class Object {
 public:
  Object() = default;  ///< null
  explicit Object(QPDFObjectHandle mended) : mended_(std::move(mended)) {}
  Object(PlainObjects& objects, const Value& value);

  bool is_null() const;
  bool is_bool() const;
  bool is_integer() const;
  bool is_number() const;
  bool is_string() const;
  bool is_name() const;
  bool is_array() const;
  bool is_dictionary() const;
  bool is_stream() const;

  bool boolean() const;
  int integer() const;
  float number(float otherwise) const;
  int whole(int otherwise) const;  ///< the number without its fraction, cut to a million either way
  std::string string() const;
  std::string name() const;  ///< without its slash

  /// Of an array.
  int size() const;
  Object item(int index) const;
  std::vector<Object> items() const;

  /// Of a dictionary, or a stream's.
  Object key(std::string_view name) const;
  bool has_key(std::string_view name) const;

  /// Of an object that stands for itself in the file; 0 for a part of another.
  int id() const;
  int generation() const;

  /// A stream's bytes where they stand in the file; nothing where qpdf has to be asked.
  std::string_view data() const;
  /// qpdf's; only of an object without data().
  QPDFObjectHandle& mended() const { return mended_; }

 private:
  bool is(Value::Kind kind) const { return value_->kind == kind; }

  static const Value null_value;
  PlainObjects* plain_ = nullptr;
  const Value* value_ = &null_value;
  Reference reference_{0, 0};
  mutable QPDFObjectHandle mended_;  ///< qpdf follows references in the handle itself
};

/// /DecodeParms of FlateDecode and LZWDecode.
Predictor predictor_of(const Object& parms);
/// Four numbers as left, bottom, right, top; false where they are none.
bool box_of(const Object& object, float (&box)[4]);

}  // namespace jiheng::reading::pdf
