#include "store/placeholders.h"

namespace jiheng::store {

std::string numbered_placeholders(std::string_view sql) {
  std::string out;
  out.reserve(sql.size() + 16);
  int count = 0;
  char quote = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '-' && i + 1 < sql.size() && sql[i + 1] == '-') {
      quote = '\n';
    } else if (c == '?') {
      out += '$' + std::to_string(++count);
      continue;
    }
    out.push_back(c);
  }
  return out;
}

}  // namespace jiheng::store
