#include "reading/page_grid.h"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "base/text.h"
#include "reading/cell_budget.h"
#include "reading/page_furniture.h"
#include "reading/page_join.h"
#include "reading/page_lattice.h"
#include "reading/page_table.h"
#include "reading/page_words.h"

namespace jiheng::reading {
namespace {

constexpr float usual_padding = 4;  ///< points, left and right together
constexpr float widest_padding = 14;

/// What a page holds at one place: a line of text, or a table.
struct Item {
  float top = 0;
  std::string text;
  PageTable table;
  bool is_table = false;
};

float area(const PageBox& box) {
  return (box.right - box.left) * (box.bottom - box.top);
}

/// Where each glyph of a page belongs: into a cell of a lattice, or outside all.
class Sorted {
 public:
  Sorted(const Page& page, std::vector<Lattice> lattices) : page_(page), lattices_(std::move(lattices)) {
    // Of tables in one another the inner one is asked first.
    std::stable_sort(lattices_.begin(), lattices_.end(), [](const Lattice& a, const Lattice& b) { return area(a.box()) < area(b.box()); });
    inside_.resize(lattices_.size());
    for (std::size_t i = 0; i < lattices_.size(); ++i) inside_[i].resize(lattices_[i].cells.size());
    for (std::uint32_t glyph = 0; glyph < page.glyphs.size(); ++glyph) sort(glyph);
  }

  const std::vector<Lattice>& lattices() const { return lattices_; }
  const std::vector<std::uint32_t>& of(std::size_t lattice, std::size_t cell) const { return inside_[lattice][cell]; }
  const std::vector<std::uint32_t>& outside() const { return outside_; }

 private:
  void sort(std::uint32_t index) {
    const PageBox& box = page_.glyphs[index].box;
    const float x = (box.left + box.right) / 2;
    const float y = (box.top + box.bottom) / 2;
    // A merged cell over two pages may have its text where neither shows it.
    if (page_.height > 0 && !(y > 0 && y < page_.height && x > 0 && x < page_.width)) return;
    for (std::size_t i = 0; i < lattices_.size(); ++i) {
      const std::uint32_t cell = lattices_[i].cell_at(x, y);
      if (cell == Lattice::none) continue;
      inside_[i][cell].push_back(index);
      return;
    }
    outside_.push_back(index);
  }

  const Page& page_;
  std::vector<Lattice> lattices_;
  std::vector<std::vector<std::vector<std::uint32_t>>> inside_;
  std::vector<std::uint32_t> outside_;
};

/// What the table's cells keep free beside their text: as much as the fullest of their wrapped lines leaves.
float padding_of(const Lattice& lattice, const std::vector<std::vector<PageLine>>& lines) {
  float least = usual_padding;
  bool told = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const PageBox box = lattice.box(lattice.cells[i]);
    for (std::size_t line = 1; line < lines[i].size(); ++line) {
      const PageLine& above = lines[i][line - 1];
      if (!above.goes_on_in(lines[i][line])) continue;
      const float free = box.right - box.left - (above.box.right - above.box.left);
      least = told ? std::min(least, free) : free;
      told = true;
    }
  }
  return std::clamp(least, 0.0F, widest_padding);
}

PageTable table_of(const Page& page, const Sorted& sorted, std::size_t index) {
  const Lattice& lattice = sorted.lattices()[index];
  PageTable table;
  table.column_edges = lattice.column_edges;
  table.rows = lattice.rows();
  table.page = page.number;
  table.open_top = lattice.open_top;
  table.open_bottom = lattice.open_bottom;
  std::vector<std::vector<PageLine>> lines(lattice.cells.size());
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = lines_of(page, sorted.of(index, i));
  const float padding = padding_of(lattice, lines);
  for (std::size_t i = 0; i < lattice.cells.size(); ++i) {
    const LatticeCell& place = lattice.cells[i];
    if (place.open && lines[i].empty()) continue;
    PageCell cell{place.row, place.column, place.row_span, place.column_span, {}, page.number, lattice.box(place)};
    cell.open_top = place.open_top;
    cell.open_bottom = place.open_bottom;
    cell.text = text_of(lines[i], cell.box.right - cell.box.left - padding);
    for (const PageLine& line : lines[i]) {
      cell.wrapped_line = std::max(cell.wrapped_line, cell.last_line);
      cell.last_line = line.box.right - line.box.left;
      cell.size = line.size;
    }
    table.cells.push_back(std::move(cell));
  }
  return table;
}

bool holds(const PageBox& outer, const PageBox& inner) {
  return outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;
}

std::vector<Item> items_of(const Page& page, std::vector<Lattice> lattices) {
  std::vector<Item> items;
  const Sorted sorted(page, std::move(lattices));
  for (std::size_t i = 0; i < sorted.lattices().size(); ++i) {
    Item& item = items.emplace_back();
    const PageBox box = sorted.lattices()[i].box();
    item.top = box.top;
    item.is_table = true;
    item.table = table_of(page, sorted, i);
    for (std::size_t outer = i + 1; outer < sorted.lattices().size() && !item.table.nested; ++outer) {
      item.table.nested = holds(sorted.lattices()[outer].box(), box);
    }
  }
  for (const PageLine& line : without_page_numbers(page, lines_of(page, sorted.outside()))) {
    Item& item = items.emplace_back();
    item.top = line.box.top;
    item.text = line.spaced();
  }
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.top < b.top; });
  return items;
}

/// The tables and lines of all pages in turn, tables over page breaks as one.
class Pages {
 public:
  explicit Pages(Layout& layout) : layout_(layout) {}

  void add(std::vector<Item> items) {
    const auto table = std::find_if(items.begin(), items.end(), [](const Item& item) { return item.is_table; });
    Item* before = last_table();
    if (before != nullptr && table != items.end() && goes_on(std::span(items.begin(), table)) &&
        join_tables(before->table, table->table, layout_.notes)) {
      items.erase(items.begin(), table + 1);
    }
    for (Item& item : items) {
      if (item.is_table && !item.table.nested) {
        lead_ = std::move(lines_);
        lines_.clear();
      } else if (!item.is_table) {
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
  /// Nothing new stands above the page's first table: only what stood above the table before, printed again.
  bool goes_on(std::span<const Item> lines) const {
    return std::all_of(lines.begin(), lines.end(), [&](const Item& line) {
      return is_continuation_mark(line.text) || std::find(lead_.begin(), lead_.end(), line.text) != lead_.end();
    });
  }

  Layout& layout_;
  std::vector<Item> items_;
  std::vector<std::string> lead_;   ///< the lines above the last table
  std::vector<std::string> lines_;  ///< those since
};

void append(PageTable& table, Layout& layout) {
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
    grid.places.push_back({from.page, from.box});
  }
  grid.settle();
}

}  // namespace

std::optional<Error> add_pages(std::span<const Page> pages, const Limits& limits, Layout& layout) {
  Pages all(layout);
  for (const Page& page : pages) {
    auto lattices = lattices_of(page.rules, limits);
    if (!lattices) return std::move(lattices).error();
    all.add(items_of(page, std::move(*lattices)));
  }
  CellBudget budget(limits);
  for (Item& item : all.items()) {
    if (item.is_table) {
      if (auto error = budget.take(item.table.rows, item.table.columns())) return error;
      append(item.table, layout);
    } else {
      if (auto error = budget.take_paragraph()) return error;
      layout.blocks.emplace_back().text = layout.pool.keep(item.text);
    }
  }
  return std::nullopt;
}

}  // namespace jiheng::reading
