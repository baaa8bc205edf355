// 支出功能分类科目, its classes (类) that a unit's spending belongs to, as the library sorts indicators by.
#pragma once

#include <span>
#include <string_view>

namespace jiheng::desks {

struct FunctionClass {
  std::string_view code;  ///< "205"
  std::string_view name;  ///< "教育支出"
};

/// By code.
std::span<const FunctionClass> function_classes();
/// "" for a code that is none.
std::string_view function_class_name(std::string_view code);

}  // namespace jiheng::desks
