#include "reading/formats/pdf/gb1.h"

namespace jiheng::reading::pdf {

const Gb1CMap* gb1_cmap(std::string_view name) {
  if (name.size() < 3 || (!name.ends_with("-H") && !name.ends_with("-V"))) {
    // The oldest pair is called H and V alone only in other collections; here both ends are spelled out.
    return nullptr;
  }
  name.remove_suffix(2);
  for (const Gb1CMap& cmap : gb1_cmaps()) {
    if (cmap.name == name) return &cmap;
  }
  return nullptr;
}

char32_t gb1_unicode(std::uint32_t cid) {
  const auto characters = gb1_characters();
  return cid < characters.size() ? characters[cid] : 0;
}

}  // namespace jiheng::reading::pdf
