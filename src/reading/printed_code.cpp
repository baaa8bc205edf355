#include "reading/printed_code.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text.h"
#include "goals/version_code.h"

namespace jiheng::reading {
namespace {

bool may_hold(std::string_view text) {
  return text.find("JH") != std::string_view::npos || text.find("jh") != std::string_view::npos ||
         text.find("Jh") != std::string_view::npos;
}

/// The lines that hold a J, from left to right: a code never breaks, and most pages have no such letter.
Text code_on(const Page& page) {
  constexpr int most_tries = 16;  // a text full of J is no form
  int tries = 0;
  for (const Glyph& first : page.glyphs) {
    if ((first.code != 'J' && first.code != 'j') || ++tries > most_tries) continue;
    std::vector<const Glyph*> line;
    for (const Glyph& each : page.glyphs) {
      if (each.box.left >= first.box.left && std::abs(each.baseline - first.baseline) < first.size / 2) line.push_back(&each);
    }
    std::stable_sort(line.begin(), line.end(), [](const Glyph* a, const Glyph* b) { return a->box.left < b->box.left; });
    std::string text;
    for (const Glyph* each : line) append_utf8(text, each->code);
    if (auto code = version_code_in(text)) return code;
  }
  return std::nullopt;
}

}  // namespace

Text printed_code(const Layout& layout) {
  if (may_hold(layout.foot)) {
    // Excel's own marks (&R, &8) stand beside it without a space.
    const std::size_t at = layout.foot.find("JH");
    if (auto code = version_code_in(std::string_view(layout.foot).substr(at == std::string::npos ? 0 : at))) return code;
  }
  constexpr std::size_t most_candidates = 8;
  std::size_t tried = 0;
  for (const Page& page : layout.pages) {
    if (page.glyphs.size() > 200'000) continue;
    if (auto code = code_on(page)) return code;
  }
  for (const Block& block : layout.blocks) {
    if (block.kind == Block::Kind::paragraph && may_hold(block.text)) {
      if (auto code = version_code_in(block.text)) return code;
      if (++tried >= most_candidates) break;
    }
  }
  return std::nullopt;
}

}  // namespace jiheng::reading
