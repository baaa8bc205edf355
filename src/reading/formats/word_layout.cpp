#include "reading/formats/word_layout.h"

namespace jiheng::reading {

bool lacks_title(const Layout& layout) {
  if (layout.blocks.empty() || layout.blocks.front().kind != Block::Kind::grid) return false;
  const Grid& grid = layout.blocks.front().grid;
  return grid.cells.size() > 1 && grid.cells[1].row == 0;
}

bool take_title(const Layout& header, Layout& layout) {
  for (const Block& block : header.blocks) {
    if (block.kind != Block::Kind::paragraph) continue;
    Block title;
    title.text = layout.pool.keep(block.text);
    layout.blocks.insert(layout.blocks.begin(), std::move(title));
    return true;
  }
  return false;
}

void note_tracked_changes(Layout& layout) {
  layout.notes.push_back({"tracked-changes", "文档里有未接受的修订：按接受修订后的内容读取，删除的文字没有读入，请核对。", {}, {}, {}});
}

}  // namespace jiheng::reading
