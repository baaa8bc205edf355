// A JSON object that a client sent, read field by field, with parts inside of parts; the first field of the wrong type is remembered, so
// that nothing half read is used.
#pragma once

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "goals/goal_table.h"

namespace jiheng::service {

class Fields {
 public:
  /// Errors: json-syntax, json-shape.
  static Result<Fields> of(std::string_view json);

  /// Trimmed; "" where it is absent or null.
  std::string text(std::string_view name) const;
  /// The same, nothing for a blank one.
  Text maybe(std::string_view name) const;
  /// Nothing where it is absent or null.
  std::optional<int> number(std::string_view name) const;
  bool flag(std::string_view name, bool fallback = false) const;
  std::vector<std::string> texts(std::string_view name) const;
  std::vector<int> numbers(std::string_view name) const;
  std::vector<Fields> parts(std::string_view name) const;
  std::optional<Fields> part(std::string_view name) const;
  bool has(std::string_view name) const;

  /// json-shape, once something was asked for that is of another type (context: its name).
  std::optional<Error> fault() const;
  void complain(std::string_view name) const;

 private:
  struct Whole;
  Fields(std::shared_ptr<Whole> whole, const boost::json::object& object) : whole_(std::move(whole)), object_(&object) {}
  const boost::json::value* find(std::string_view name) const;

  std::shared_ptr<Whole> whole_;
  const boost::json::object* object_;
};

}  // namespace jiheng::service
