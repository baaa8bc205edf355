#include "reading/page_grid.h"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "base/text.h"
#include "reading/cell_budget.h"
#include "reading/page_cells.h"
#include "reading/page_columns.h"
#include "reading/page_edges.h"
#include "reading/page_furniture.h"
#include "reading/page_join.h"
#include "reading/page_lattice.h"
#include "reading/page_table.h"
#include "reading/page_unruled.h"
#include "reading/page_uprights.h"
#include "reading/page_words.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t most_repeated = 16;  ///< lines above a table that may be printed again on its next page

/// What a page holds at one place: a line of text, or a table.
struct Item {
  float top = 0;
  std::string text;
  PageLine line;  ///< that the text was
  PageTable table;
  bool is_table = false;
};

bool holds(const PageBox& outer, const PageBox& inner) {
  return outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;
}

/// A page taken apart.
struct Content {
  bool rules_added = false;  ///< between columns that are told by alignment
  bool cut = false;          ///< a table is wider than the page
  bool text_cut = false;     ///< text runs out of what is shown of it
  bool text_over = false;    ///< text is printed over rules, in pieces
  bool unruled = false;      ///< a header of indicators stands outside all rules
  bool unreadable = false;   ///< and nobody can tell its rows and columns
  std::vector<PageTable> tables;
  std::vector<float> tops;  ///< beside them
};

/// Whether the page has hardly an upright rule, nor one of dashes.
bool lacks_uprights(const Page& page) {
  constexpr float shortest = 9;
  constexpr std::size_t least_dashes = 6;
  std::vector<float> dashes;
  for (const Rule& rule : page.rules) {
    if (!is_sound(rule.box) || rule.across()) continue;
    if (rule.box.bottom - rule.box.top > shortest) return false;
    dashes.push_back(rule.box.left);
  }
  std::sort(dashes.begin(), dashes.end());
  for (std::size_t i = least_dashes; i <= dashes.size(); ++i) {
    if (dashes[i - 1] - dashes[i - least_dashes] < 0.5F) return false;
  }
  return true;
}

/// Takes the tables that are told by their header into `content`, and their glyphs out of `glyphs`. False where none can be read.
bool take_unruled(const Page& page, const Page* next, std::vector<std::uint32_t>& glyphs, Content& content) {
  auto parts = unruled_tables(page, glyphs, next);
  content.unruled = !parts.empty();
  content.unreadable = std::any_of(parts.begin(), parts.end(), [](const UnruledPart& part) { return part.unreadable; });
  std::erase_if(parts, [](const UnruledPart& part) { return part.unreadable; });
  if (parts.empty()) return false;
  std::erase_if(glyphs, [&](std::uint32_t index) {
    const float y = (page.glyphs[index].box.top + page.glyphs[index].box.bottom) / 2;
    return std::any_of(parts.begin(), parts.end(), [&](const UnruledPart& part) { return y > part.top && y < part.bottom; });
  });
  for (UnruledPart& part : parts) {
    content.tables.push_back(std::move(part.table));
    content.tops.push_back(part.top);
  }
  return true;
}

/// A page whose tables no upright rule parts, by the headers of its indicators alone.
std::optional<Content> unruled_content(const Page& page, const Page* next, const Limits& limits, PageLines& lines) {
  if (!lacks_uprights(page)) return std::nullopt;
  std::vector<std::uint32_t> glyphs;
  for (std::uint32_t i = 0; i < page.glyphs.size(); ++i) {
    const Glyph& glyph = page.glyphs[i];
    const float y = (glyph.box.top + glyph.box.bottom) / 2;
    if (is_sound(glyph) && (page.height <= 0 || (y > 0 && y < page.height))) glyphs.push_back(i);
  }
  Content content;
  if (!take_unruled(page, next, glyphs, content)) return std::nullopt;
  lines.height = page.height;
  lines.width = page.width;
  lines.lines = lines_of(page, glyphs, limits.cells);
  drop_page_number(lines);
  return content;
}

/// `next`: the next page, which may begin within this one's last table.
Result<Content> content_of(const Page& page, const Page* next, const Limits& limits, LatticeBudget& budget, PageLines& lines) {
  if (auto content = unruled_content(page, next, limits, lines)) return std::move(*content);
  const std::vector<Rule> uprights = missing_rules(page);
  std::vector<Rule> rules;
  if (!uprights.empty()) {
    rules = page.rules;
    rules.insert(rules.end(), uprights.begin(), uprights.end());
  }
  auto lattices = lattices_of(uprights.empty() ? page.rules : rules, budget);
  if (!lattices) return std::move(lattices).error();
  Content content;
  SortedGlyphs sorted(page, std::move(*lattices));
  if (!sorted.sort(budget.steps)) return too_many_lines();
  content.rules_added = !uprights.empty();
  content.text_cut = page.text_cut;
  content.text_over = !page.recognised && sorted.runs_over();
  const std::size_t count = sorted.lattices().size();
  if (count * count > budget.steps) return too_many_lines();
  budget.steps -= count * count;
  for (std::size_t i = 0; i < count; ++i) {
    const PageBox box = sorted.lattices()[i].box();
    content.cut = content.cut || (page.width > 0 && !page.recognised && (box.left < paper_edge || box.right > page.width - paper_edge));
    PageTable table = table_of(page, sorted, i);
    for (std::size_t outer = i + 1; outer < count && !table.nested; ++outer) {
      table.nested = holds(sorted.lattices()[outer].box(), box);
    }
    content.tables.push_back(std::move(table));
    content.tops.push_back(box.top);
  }
  std::vector<std::uint32_t> outside(sorted.outside().begin(), sorted.outside().end());
  take_unruled(page, next, outside, content);
  lines.height = page.height;
  lines.width = page.width;
  lines.lines = lines_of(page, outside, limits.cells);
  for (std::size_t i = 0; i < lines.lines.size(); ++i) {
    if (auto error = budget.cells.take_paragraph()) return std::move(*error);
  }
  drop_page_number(lines);
  return content;
}

/// Tables and lines in the order in which they stand.
std::vector<Item> items_of(Content content, const PageLines& lines) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < content.tables.size(); ++i) {
    Item& item = items.emplace_back();
    item.top = content.tops[i];
    item.is_table = true;
    item.table = std::move(content.tables[i]);
  }
  for (const PageLine& line : lines.lines) {
    if (!items.empty() && !items.back().is_table && ends_title(items.back().line, line, lines.width)) {
      items.back().text += line.spaced();
      continue;
    }
    Item& item = items.emplace_back();
    item.top = line.box.top;
    item.text = line.spaced();
    item.line = line;
  }
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.top < b.top; });
  return items;
}

/// Lines that stand in columns become tables.
std::vector<Item> with_column_tables(std::vector<Item> items, int page, std::vector<Note>& notes) {
  std::vector<Item> out;
  std::vector<PageLine> lines;
  for (std::size_t at = 0; at < items.size();) {
    if (items[at].is_table) {
      out.push_back(std::move(items[at++]));
      continue;
    }
    lines.clear();
    std::size_t end = at;
    for (; end < items.size() && !items[end].is_table; ++end) lines.push_back(items[end].line);
    std::size_t taken = 0;
    while (const auto found = table_by_columns(std::span(lines).subspan(taken), page)) {
      for (std::size_t i = 0; i < found->first; ++i) out.push_back(std::move(items[at + taken + i]));
      if (notes.empty() || notes.back().code != "columns-by-alignment" || notes.back().source->page_or_sheet != std::to_string(page)) {
        Source source;
        source.page_or_sheet = std::to_string(page);
        notes.push_back(
            {"columns-by-alignment", "第" + source.page_or_sheet + "页有没有框线的表格，行和列按文字的位置区分，请核对。", {}, {}, source});
      }
      Item& item = out.emplace_back();
      item.top = lines[taken + found->first].box.top;
      item.is_table = true;
      item.table = found->table;
      taken += found->end;
    }
    for (std::size_t i = at + taken; i < end; ++i) out.push_back(std::move(items[i]));
    at = end;
  }
  return out;
}

/// The tables and lines of all pages in turn, tables over page breaks as one.
class Pages {
 public:
  explicit Pages(Layout& layout) : layout_(layout) {}

  void add(std::vector<Item> items) {
    take_rests(items);
    const auto table = std::find_if(items.begin(), items.end(), [](const Item& item) { return item.is_table; });
    Item* before = last_table();
    if (before != nullptr && table != items.end() && goes_on(before->table, table->table, std::span(items.begin(), table)) &&
        join_tables(before->table, table->table, layout_.notes)) {
      items.erase(items.begin(), table + 1);
    }
    for (Item& item : items) {
      if (item.is_table && !item.table.nested) {
        lead_ = std::move(lines_);
        lines_.clear();
      } else if (!item.is_table) {
        if (lines_.size() == most_repeated) lines_.erase(lines_.begin());
        lines_.push_back(item.text);
      }
      items_.push_back(std::move(item));
    }
  }

  std::vector<Item>& items() { return items_; }

 private:
  /// The table that the pages so far end with, if they do.
  Item* last_table() {
    for (auto item = items_.rbegin(); item != items_.rend() && item->is_table; ++item) {
      if (!item->table.nested) return &*item;
    }
    return nullptr;
  }
  /// Nothing new stands above the page's first table: only what stood above the table before, printed again, and the rest of a cell.
  bool goes_on(PageTable& table, const PageTable& next, std::span<const Item> lines) const {
    if (lines.size() > most_repeated) return false;
    std::vector<std::pair<PageCell*, StrayLine>> cut;
    for (const Item& line : lines) {
      if (is_continuation_mark(line.text) || std::find(lead_.begin(), lead_.end(), line.text) != lead_.end()) continue;
      for (const StrayLine& part : strays(line)) {
        PageCell* cell = cell_cut_above(table, next, part);
        if (cell == nullptr) return false;
        cut.emplace_back(cell, part);
      }
    }
    for (const auto& [cell, part] : cut) add_line(*cell, part);
    return true;
  }

  /// Words far from one another are the rests of cells beside one another.
  static std::vector<StrayLine> strays(const Item& item) {
    std::vector<StrayLine> parts;
    for (const PageWord& word : item.line.words) parts.push_back({word.text, word.box, item.line.baseline});
    return parts;
  }
  static void add_line(PageCell& cell, const StrayLine& line) {
    cell.text += "\n";
    cell.text += line.text;
    cell.last_line = line.box.right - line.box.left;
    cell.baseline = line.baseline;
  }

  /// Lines below the page's last table that are the rest of its cells.
  static void take_rests(std::vector<Item>& items) {
    auto first = items.end();
    while (first != items.begin() && !first[-1].is_table) --first;
    if (first == items.begin() || first == items.end() || items.end() - first > 2) return;
    PageTable& table = first[-1].table;
    std::vector<std::pair<PageCell*, StrayLine>> rests;
    for (auto item = first; item != items.end(); ++item) {
      for (const StrayLine& part : strays(*item)) {
        PageCell* cell = cell_cut_below(table, part);
        if (cell == nullptr || part.baseline - cell->baseline > 1.8F * cell->size * static_cast<float>(item - first + 1)) return;
        rests.emplace_back(cell, part);
      }
    }
    for (const auto& [cell, part] : rests) add_line(*cell, part);
    items.erase(first, items.end());
  }

  Layout& layout_;
  std::vector<Item> items_;
  std::vector<std::string> lead_;   ///< the lines above the last table
  std::vector<std::string> lines_;  ///< those since
};

/// Of cells that a join laid over one another the first one stays, with the other's text.
void part_cells(PageTable& table) {
  std::vector<std::size_t> slots(static_cast<std::size_t>(table.rows) * table.columns(), SIZE_MAX);
  std::vector<PageCell> kept;
  kept.reserve(table.cells.size());
  for (PageCell& cell : table.cells) {
    if (cell.row >= table.rows || cell.column >= table.columns()) continue;
    const std::size_t origin = static_cast<std::size_t>(cell.row) * table.columns() + cell.column;
    if (slots[origin] != SIZE_MAX) {
      std::string& text = kept[slots[origin]].text;
      if (!text.empty() && !cell.text.empty()) text.push_back('\n');
      text += cell.text;
      continue;
    }
    for (std::uint32_t row = cell.row; row < std::min(table.rows, cell.row + cell.row_span); ++row) {
      for (std::uint32_t column = cell.column; column < std::min(table.columns(), cell.column + cell.column_span); ++column) {
        std::size_t& slot = slots[static_cast<std::size_t>(row) * table.columns() + column];
        if (slot == SIZE_MAX) slot = kept.size();
      }
    }
    kept.push_back(std::move(cell));
  }
  table.cells = std::move(kept);
}

void append(PageTable& table, Layout& layout) {
  part_cells(table);
  Block& block = layout.blocks.emplace_back();
  block.kind = Block::Kind::grid;
  block.from_lines = table.from_lines;
  Grid& grid = block.grid;
  grid.cells.reserve(table.cells.size());
  for (const PageCell& from : table.cells) {
    Cell& cell = grid.cells.emplace_back();
    cell.text = layout.pool.keep(from.text);
    cell.row = from.row;
    cell.column = from.column;
    cell.row_span = from.row_span;
    cell.column_span = from.column_span;
    grid.places.push_back({from.page, from.box, from.confidence});
  }
  grid.settle();
}

}  // namespace

namespace {

Note page_note(std::string code, int page, const std::string& message) {
  Source source;
  source.page_or_sheet = std::to_string(page);
  return {std::move(code), "第" + source.page_or_sheet + "页" + message, {}, {}, source};
}

Note unreadable_note(int page) {
  return page_note("table-unreadable", page, "的绩效指标表没有框线，行和列分不清楚，没有读入。请上传有框线的文件或Word、Excel原件。");
}

/// Says what of a page is doubtful.
void note_page(const Content& content, int page, std::vector<Note>& notes) {
  if (content.cut)
    notes.push_back(page_note("page-cut", page, "的表格超出纸边，纸外的文字可能没有存下来，请核对原文，或用原文件重新上传。"));
  if (content.text_cut) notes.push_back(page_note("text-cut", page, "有文字超出单元格，没有全部印出，请对照原件核对。"));
  if (content.text_over) notes.push_back(page_note("text-over-rules", page, "有文字越出单元格，印到旁边的格子里，可能分错了格，请核对。"));
  if (content.unreadable) notes.push_back(unreadable_note(page));
  if (content.rules_added || (content.unruled && !content.unreadable))
    notes.push_back(page_note("columns-by-alignment", page, "的表格没有竖线，各列按文字的位置区分，请核对。"));
}

}  // namespace

std::optional<Error> add_pages(std::span<const Page> pages, const Limits& limits, Layout& layout) {
  LatticeBudget budget(limits);
  std::vector<Content> contents;
  std::vector<PageLines> lines(pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const Page* next = i + 1 < pages.size() ? &pages[i + 1] : nullptr;
    auto content = content_of(pages[i], next, limits, budget, lines[i]);
    if (!content) return std::move(content).error();
    contents.push_back(std::move(*content));
  }
  drop_running_lines(lines);
  for (std::size_t i = 0; i < pages.size(); ++i) note_page(contents[i], pages[i].number, layout.notes);
  Pages all(layout);
  bool after_unruled = false;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const bool told = contents[i].unruled;
    auto items = items_of(std::move(contents[i]), lines[i]);
    if (!told) {
      const std::size_t notes = layout.notes.size();
      items = with_column_tables(std::move(items), pages[i].number, layout.notes);
      // What may be the rest of a table whose columns only its header tells is not read by chance.
      if (after_unruled && layout.notes.size() > notes) {
        layout.notes.resize(notes);
        layout.notes.push_back(unreadable_note(pages[i].number));
        std::erase_if(items, [](const Item& item) { return item.is_table && item.table.from_lines; });
      }
    }
    after_unruled = told || (after_unruled && std::none_of(items.begin(), items.end(), [](const Item& item) { return item.is_table; }));
    all.add(std::move(items));
  }
  CellBudget joined(limits);
  for (Item& item : all.items()) {
    if (item.is_table) {
      if (auto error = joined.take(item.table.rows, item.table.columns())) return error;
      append(item.table, layout);
    } else {
      if (auto error = joined.take_paragraph()) return error;
      layout.blocks.emplace_back().text = layout.pool.keep(item.text);
    }
  }
  return std::nullopt;
}

}  // namespace jiheng::reading
