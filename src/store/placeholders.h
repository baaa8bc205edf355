// The `?` of our SQL as PostgreSQL writes them.
#pragma once

#include <string>
#include <string_view>

namespace jiheng::store {

/// "a = ? AND b = '?'" → "a = $1 AND b = '?'". Quoted text and names, and -- comments, stay as they are.
std::string numbered_placeholders(std::string_view sql);

}  // namespace jiheng::store
