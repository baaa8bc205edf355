#include "reading/formats/compound_file.h"

#include <string>

#include "base/text.h"

namespace jiheng::reading {

bool is_compound_file(std::string_view bytes) {
  return starts_with(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

bool has_stream(std::string_view bytes, std::string_view name) {
  std::string wide;  // names stand there in UTF-16
  for (const char c : name) {
    wide.push_back(c);
    wide.push_back('\0');
  }
  wide.append(2, '\0');
  return contains(bytes, wide);
}

}  // namespace jiheng::reading
