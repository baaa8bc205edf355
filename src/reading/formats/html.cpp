#include "reading/formats/formats.h"
namespace jiheng::reading {
Result<Layout> read_html(std::string_view, const Limits&) {
  return Layout{};
}
}  // namespace jiheng::reading
