#include "base/shown_text.h"

#include "base/text.h"

namespace jiheng {

std::string shown_text(std::string_view text, std::size_t most) {
  std::string out;
  for (std::size_t at = 0; at < text.size() && most > 0; --most) append_utf8(out, next_code_point(text, at));
  return out;
}

}  // namespace jiheng
