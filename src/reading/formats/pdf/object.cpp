#include "reading/formats/pdf/object.h"

#include <algorithm>

namespace jiheng::reading::pdf {

const Value Object::null_value{};

Object::Object(PlainObjects& objects, const Value& value) : plain_(&objects), value_(&objects.follow(value)) {
  if (value.kind == Value::Kind::reference) reference_ = value.reference;
}

bool Object::is_null() const {
  return mended_.isInitialized() ? mended_.isNull() : is(Value::Kind::null);
}
bool Object::is_bool() const {
  return mended_.isInitialized() ? mended_.isBool() : is(Value::Kind::boolean);
}
bool Object::is_integer() const {
  return mended_.isInitialized() ? mended_.isInteger() : is(Value::Kind::integer);
}
bool Object::is_number() const {
  return mended_.isInitialized() ? mended_.isNumber() : is(Value::Kind::integer) || is(Value::Kind::real);
}
bool Object::is_string() const {
  return mended_.isInitialized() ? mended_.isString() : is(Value::Kind::string);
}
bool Object::is_name() const {
  return mended_.isInitialized() ? mended_.isName() : is(Value::Kind::name);
}
bool Object::is_array() const {
  return mended_.isInitialized() ? mended_.isArray() : is(Value::Kind::array);
}
bool Object::is_dictionary() const {
  return mended_.isInitialized() ? mended_.isDictionary() : is(Value::Kind::dictionary);
}
bool Object::is_stream() const {
  return mended_.isInitialized() ? mended_.isStream() : is(Value::Kind::stream);
}

bool Object::boolean() const {
  if (!is_bool()) return false;
  return mended_.isInitialized() ? mended_.getBoolValue() : value_->whole != 0;
}

int Object::integer() const {
  if (!is_integer()) return 0;
  const std::int64_t value = mended_.isInitialized() ? mended_.getIntValue() : value_->whole;
  return static_cast<int>(std::clamp<std::int64_t>(value, INT32_MIN, INT32_MAX));
}

float Object::number(float otherwise) const {
  if (!is_number()) return otherwise;
  if (mended_.isInitialized()) return static_cast<float>(mended_.getNumericValue());
  return is(Value::Kind::integer) ? static_cast<float>(value_->whole) : static_cast<float>(value_->real);
}

int Object::whole(int otherwise) const {
  return static_cast<int>(std::clamp(number(static_cast<float>(otherwise)), -1e6F, 1e6F));
}

std::string Object::string() const {
  if (!is_string()) return {};
  return mended_.isInitialized() ? mended_.getStringValue() : std::string(value_->view());
}

std::string Object::name() const {
  if (!is_name()) return {};
  return mended_.isInitialized() ? mended_.getName().substr(1) : std::string(value_->view());
}

int Object::size() const {
  if (!is_array()) return 0;
  return mended_.isInitialized() ? mended_.getArrayNItems() : static_cast<int>(value_->count);
}

Object Object::item(int index) const {
  if (index < 0 || index >= size()) return {};
  if (mended_.isInitialized()) return Object(mended_.getArrayItem(index));
  return {*plain_, value_->items()[static_cast<std::size_t>(index)]};
}

std::vector<Object> Object::items() const {
  std::vector<Object> items;
  if (!is_array()) return items;
  items.reserve(static_cast<std::size_t>(size()));
  if (mended_.isInitialized()) {
    for (QPDFObjectHandle& item : mended_.getArrayAsVector()) items.emplace_back(item);
  } else {
    for (const Value& item : value_->items()) items.emplace_back(*plain_, item);
  }
  return items;
}

Object Object::key(std::string_view name) const {
  if (mended_.isInitialized()) {
    QPDFObjectHandle dictionary = mended_.isStream() ? mended_.getDict() : mended_;
    return dictionary.isDictionary() ? Object(dictionary.getKey("/" + std::string(name))) : Object();
  }
  const Value* dictionary = is(Value::Kind::stream) ? &value_->stream->dictionary : value_;
  const Value* found = dictionary->kind == Value::Kind::dictionary ? dictionary->find(name) : nullptr;
  return found == nullptr ? Object() : Object(*plain_, *found);
}

bool Object::has_key(std::string_view name) const {
  return !key(name).is_null();
}

int Object::id() const {
  return mended_.isInitialized() ? mended_.getObjectID() : reference_.number;
}
int Object::generation() const {
  return mended_.isInitialized() ? mended_.getGeneration() : reference_.generation;
}

std::string_view Object::data() const {
  return is(Value::Kind::stream) ? value_->stream->data : std::string_view();
}

Predictor predictor_of(const Object& parms) {
  const auto number = [&](const char* key, int otherwise) {
    const Object value = parms.key(key);
    return value.is_integer() ? value.integer() : otherwise;
  };
  if (!parms.is_dictionary()) return {};
  return {number("Predictor", 1), number("Colors", 1), number("BitsPerComponent", 8), number("Columns", 1), number("EarlyChange", 1) != 0};
}

bool box_of(const Object& object, float (&box)[4]) {
  if (object.size() != 4) return false;
  float found[4];
  for (int i = 0; i < 4; ++i) {
    const Object item = object.item(i);
    if (!item.is_number()) return false;
    found[i] = std::clamp(item.number(0), -1e6F, 1e6F);
  }
  if (found[0] > found[2]) std::swap(found[0], found[2]);
  if (found[1] > found[3]) std::swap(found[1], found[3]);
  if (found[2] - found[0] < 1 || found[3] - found[1] < 1) return false;
  std::copy_n(found, 4, box);
  return true;
}

}  // namespace jiheng::reading::pdf
