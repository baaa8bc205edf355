// Members of a JSON object as records of follow-ups have them; absent ones, and those of another kind, are empty.
// In a namespace of their own: functions of the same names elsewhere in desks are strict about what is absent.
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

#include "goals/goal_table.h"

namespace jiheng::desks::lenient {

inline std::string text_at(const boost::json::value& object, std::string_view name) {
  const boost::json::value* found = object.as_object().if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

inline Text optional_at(const boost::json::value& object, std::string_view name) {
  const boost::json::value* found = object.as_object().if_contains(name);
  return found != nullptr && found->is_string() ? Text(std::string(found->get_string())) : std::nullopt;
}

inline int number_at(const boost::json::value& object, std::string_view name, int fallback = 0) {
  const boost::json::value* found = object.as_object().if_contains(name);
  return found != nullptr && found->is_int64() ? static_cast<int>(found->get_int64()) : fallback;
}

inline bool flag_at(const boost::json::value& object, std::string_view name) {
  const boost::json::value* found = object.as_object().if_contains(name);
  return found != nullptr && found->is_bool() && found->get_bool();
}

inline const boost::json::array& array_at(const boost::json::value& object, std::string_view name) {
  static const boost::json::array none;
  const boost::json::value* found = object.is_object() ? object.get_object().if_contains(name) : nullptr;
  return found != nullptr && found->is_array() ? found->get_array() : none;
}

}  // namespace jiheng::desks::lenient
