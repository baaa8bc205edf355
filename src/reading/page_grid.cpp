#include "reading/page_grid.h"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "base/text.h"
#include "reading/cell_budget.h"
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

constexpr float usual_padding = 4;  ///< points, left and right together
constexpr float widest_padding = 14;
constexpr float near_columns = 8;  ///< points between edges of one column in different rows
constexpr float near_rows = 5;
constexpr float paper_edge = 1;            ///< a table that reaches it is cut there: programs write nothing beyond
constexpr std::size_t most_repeated = 16;  ///< lines above a table that may be printed again on its next page

/// What a page holds at one place: a line of text, or a table.
struct Item {
  float top = 0;
  std::string text;
  PageLine line;  ///< that the text was
  PageTable table;
  bool is_table = false;
};

float area(const PageBox& box) {
  return (box.right - box.left) * (box.bottom - box.top);
}

/// The size that only writing behind the page's text has, which is two and a half times as large as most of it.
float watermark_size(const Page& page) {
  constexpr float usual = 24;  // no text of a table is as large
  constexpr float times = 2.5F;
  std::vector<float> sizes;
  const bool any = std::any_of(page.glyphs.begin(), page.glyphs.end(), [](const Glyph& glyph) { return glyph.size > usual; });
  if (!any) return usual;
  sizes.reserve(page.glyphs.size());
  for (const Glyph& glyph : page.glyphs) sizes.push_back(is_sound(glyph) ? glyph.size : 0);
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return std::max(*middle * times, usual);
}

/// Where each glyph of a page belongs: into a cell of a lattice, or outside all.
class Sorted {
 public:
  Sorted(const Page& page, std::vector<Lattice> lattices) : page_(page), lattices_(std::move(lattices)) {
    // Of tables in one another the inner one is asked first.
    std::stable_sort(lattices_.begin(), lattices_.end(), [](const Lattice& a, const Lattice& b) { return area(a.box()) < area(b.box()); });
    std::uint32_t places = 0;
    for (const Lattice& lattice : lattices_) {
      first_place_.push_back(places);
      places += static_cast<std::uint32_t>(lattice.cells.size());
    }
    first_place_.push_back(places);
    watermark_ = watermark_size(page);
  }

  /// False: `steps` do not do.
  bool sort(std::size_t& steps) {
    const std::uint32_t outside = first_place_.back();
    constexpr std::uint32_t nowhere = UINT32_MAX;
    std::vector<std::uint32_t> places(page_.glyphs.size(), nowhere);
    starts_.assign(outside + 2, 0);
    for (std::size_t glyph = 0; glyph < places.size(); ++glyph) {
      if (steps < lattices_.size()) return false;
      std::uint32_t place = place_of(page_.glyphs[glyph], steps);
      if (place == nowhere) continue;
      // A text that does not go into its cell runs on beyond the table's border.
      if (place == outside && glyph > 0 && places[glyph - 1] < outside && runs_on(page_.glyphs[glyph - 1], page_.glyphs[glyph]))
        place = places[glyph - 1];
      places[glyph] = place;
      ++starts_[place + 1];
    }
    for (std::size_t place = 1; place < starts_.size(); ++place) starts_[place] += starts_[place - 1];
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    glyphs_.resize(starts_.back());
    for (std::uint32_t glyph = 0; glyph < places.size(); ++glyph) {
      if (places[glyph] != nowhere) glyphs_[next[places[glyph]]++] = glyph;
    }
    return true;
  }

  const std::vector<Lattice>& lattices() const { return lattices_; }
  std::span<const std::uint32_t> of(std::size_t lattice, std::size_t cell) const { return at(first_place_[lattice] + cell); }
  std::span<const std::uint32_t> outside() const { return at(first_place_.back()); }

 private:
  std::span<const std::uint32_t> at(std::size_t place) const {
    return std::span(glyphs_).subspan(starts_[place], starts_[place + 1] - starts_[place]);
  }

  static bool runs_on(const Glyph& last, const Glyph& next) {
    return last.run == next.run && last.baseline == next.baseline && next.box.left > last.box.left &&
           next.box.left < last.box.right + 0.3F * next.size;
  }

  /// UINT32_MAX for a glyph that is none of the page's.
  std::uint32_t place_of(const Glyph& glyph, std::size_t& steps) {
    const float x = (glyph.box.left + glyph.box.right) / 2;
    const float y = (glyph.box.top + glyph.box.bottom) / 2;
    if (!is_sound(glyph)) return UINT32_MAX;
    // A merged cell over two pages may have its text where neither shows it. What a page cuts off a table at its side is the table's.
    if (page_.height > 0 && !(y > 0 && y < page_.height)) return UINT32_MAX;
    // Most glyphs stand in the cell of the one before.
    if (glyph.size <= watermark_ && x >= last_.left && x < last_.right && y >= last_.top && y < last_.bottom) return last_place_;
    for (std::size_t i = 0; i < lattices_.size(); ++i) {
      --steps;
      const std::uint32_t cell = lattices_[i].cell_at(x, y);
      if (cell == Lattice::none) continue;
      // Writing behind the table is none of a cell's: it is far larger than the page's text, and than the cell.
      const PageBox box = lattices_[i].box(lattices_[i].cells[cell]);
      if (glyph.size > watermark_ && (glyph.box.top < box.top || glyph.box.bottom > box.bottom)) return UINT32_MAX;
      last_place_ = first_place_[i] + cell;
      // In a cell of an outer table the inner ones are asked each time.
      last_ = i == 0 && glyph.size <= watermark_ ? box : PageBox{};
      return last_place_;
    }
    return page_.height > 0 && !(x > 0 && x < page_.width) ? UINT32_MAX : first_place_.back();
  }

  const Page& page_;
  std::vector<Lattice> lattices_;
  std::vector<std::uint32_t> first_place_;  ///< by lattice, and of what is outside all: one place for each cell
  std::vector<std::uint32_t> starts_;       ///< by place: its first of `glyphs_`
  std::vector<std::uint32_t> glyphs_;
  PageBox last_;
  std::uint32_t last_place_ = 0;
  float watermark_ = 0;  ///< what is larger may be one
};

/// The lines of a table's cells, cell by cell.
struct CellLines {
  std::vector<PageLine> lines;
  std::vector<std::size_t> starts{0};  ///< by cell, and the end of the last
  std::span<const PageLine> of(std::size_t cell) const { return std::span(lines).subspan(starts[cell], starts[cell + 1] - starts[cell]); }
};

/// What the table's cells keep free beside their text: as much as the fullest of their wrapped lines leaves.
float padding_of(const Lattice& lattice, const CellLines& lines) {
  float least = usual_padding;
  bool told = false;
  for (std::size_t i = 0; i < lattice.cells.size(); ++i) {
    const auto own = lines.of(i);
    if (own.size() < 2) continue;
    const PageBox box = lattice.box(lattice.cells[i]);
    for (std::size_t line = 1; line < own.size(); ++line) {
      const PageLine& above = own[line - 1];
      if (!above.goes_on_in(own[line])) continue;
      const float free = box.right - box.left - (above.box.right - above.box.left);
      least = told ? std::min(least, free) : free;
      told = true;
    }
  }
  return std::clamp(least, 0.0F, widest_padding);
}

/// Edges of one row or column that cells beside one another place a little apart. The cells have their glyphs by then.
void merge_edges(PageTable& table, const Lattice& lattice) {
  NearEdges columns(table.column_edges);
  NearEdges rows(lattice.row_edges);
  if (!columns.any(near_columns) && !rows.any(near_rows)) return;
  for (const LatticeCell& cell : lattice.cells) {
    columns.cell(cell.column, cell.column + cell.column_span);
    rows.cell(cell.row, cell.row + cell.row_span);
  }
  std::vector<float> column_edges;
  std::vector<float> row_edges;
  const auto column_of = columns.merge(near_columns, column_edges);
  const auto row_of = rows.merge(near_rows, row_edges);
  for (PageCell& cell : table.cells) {
    const std::uint32_t right = column_of[cell.column + cell.column_span];
    const std::uint32_t below = row_of[cell.row + cell.row_span];
    cell.column = column_of[cell.column];
    cell.row = row_of[cell.row];
    cell.column_span = right - cell.column;
    cell.row_span = below - cell.row;
    cell.tall = cell.row_span > 1;
  }
  table.column_edges = std::move(column_edges);
  table.rows = static_cast<std::uint32_t>(row_edges.size()) - 1;
  std::stable_sort(table.cells.begin(), table.cells.end(),
                   [](const PageCell& a, const PageCell& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; });
}

/// Whether a cell reaches over the paper's edge, and its lines no farther: what stood beyond is lost.
bool is_cut(float width, const PageBox& box, std::span<const PageLine> lines) {
  if (width <= 0 || box.right <= width - paper_edge) return false;
  float right = 0;
  float size = 0;
  for (const PageLine& line : lines) {
    right = std::max(right, line.box.right);
    size = std::max(size, line.size);
  }
  // Programs leave out a character that does not go in whole, and may set the next one on its line.
  return right > width - 4 * size && right < width + paper_edge;
}

/// Whether the few characters of a cell are set upright, in columns from right to left: in the carrier's order the next one stands below,
/// or to the left and no lower.
bool runs_down(const Page& page, std::span<const std::uint32_t> glyphs) {
  constexpr std::size_t most = 24;
  if (glyphs.size() < 2 || glyphs.size() > most) return false;
  bool any = false;
  for (std::size_t i = 1; i < glyphs.size(); ++i) {
    const Glyph& last = page.glyphs[glyphs[i - 1]];
    const Glyph& next = page.glyphs[glyphs[i]];
    if (!is_cjk(last.code) || !is_cjk(next.code)) return false;
    const float right = next.box.left - last.box.left;
    const float down = next.baseline - last.baseline;
    const bool to_left = right < -0.5F * next.size && down < 0.3F * next.size;
    if (!to_left && (right > 0.3F * next.size || right < -0.3F * next.size || down < 0.5F * next.size)) return false;
    any = any || to_left;
  }
  return any;
}

/// A line for each character of such a cell, in the carrier's order.
void add_down(const Page& page, std::span<const std::uint32_t> glyphs, std::vector<PageLine>& lines) {
  LineMaker maker(page);
  for (const std::uint32_t glyph : glyphs) maker.add(std::span(&glyph, 1), lines);
}

PageTable table_of(const Page& page, const Sorted& sorted, std::size_t index) {
  const Lattice& lattice = sorted.lattices()[index];
  PageTable table;
  table.column_edges = lattice.column_edges;
  table.rows = lattice.rows();
  table.page = page.number;
  table.open_top = lattice.open_top;
  table.open_bottom = lattice.open_bottom;
  CellLines lines;
  lines.lines.reserve(lattice.cells.size() * 3 / 2);
  lines.starts.reserve(lattice.cells.size() + 1);
  LineMaker maker(page);
  for (std::size_t i = 0; i < lattice.cells.size(); ++i) {
    const auto own = sorted.of(index, i);
    if (runs_down(page, own))
      add_down(page, own, lines.lines);
    else
      maker.add(own, lines.lines);
    lines.starts.push_back(lines.lines.size());
  }
  const float padding = padding_of(lattice, lines);
  table.cells.reserve(lattice.cells.size());
  for (std::size_t i = 0; i < lattice.cells.size(); ++i) {
    const LatticeCell& place = lattice.cells[i];
    const auto own = lines.of(i);
    if (place.open && own.empty()) continue;
    PageCell& cell = table.cells.emplace_back();
    cell.row = place.row;
    cell.column = place.column;
    cell.row_span = place.row_span;
    cell.column_span = place.column_span;
    cell.page = page.number;
    cell.box = lattice.box(place);
    cell.tall = place.row_span > 1;
    cell.open_top = place.open_top;
    cell.open_bottom = place.open_bottom;
    const bool cut = !page.recognised && is_cut(page.width, cell.box, own);
    if (!cut) cell.text = text_of(own, cell.box.right - cell.box.left - padding);
    for (const std::uint32_t glyph : sorted.of(index, i)) cell.confidence = std::min(cell.confidence, page.glyphs[glyph].confidence);
    for (const PageLine& line : own) {
      cell.wrapped_line = std::max(cell.wrapped_line, cell.last_line);
      cell.last_line = line.box.right - line.box.left;
      cell.baseline = line.baseline;
      cell.room_below = cell.box.bottom - line.baseline;
      cell.size = line.size;
    }
  }
  merge_edges(table, lattice);
  return table;
}

bool holds(const PageBox& outer, const PageBox& inner) {
  return outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;
}

/// A page taken apart.
struct Content {
  bool rules_added = false;  ///< between columns that are told by alignment
  bool cut = false;          ///< a table is wider than the page
  bool text_cut = false;     ///< text runs out of what is shown of it
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
  Sorted sorted(page, std::move(*lattices));
  if (!sorted.sort(budget.steps)) return too_many_lines();
  content.rules_added = !uprights.empty();
  content.text_cut = page.text_cut;
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
    std::vector<std::pair<PageCell*, const PageLine*>> cut;
    for (const Item& line : lines) {
      if (is_continuation_mark(line.text) || std::find(lead_.begin(), lead_.end(), line.text) != lead_.end()) continue;
      PageCell* cell = cell_cut_above(table, next, stray(line));
      if (cell == nullptr) return false;
      cut.emplace_back(cell, &line.line);
    }
    for (const auto& [cell, line] : cut) add_line(*cell, *line);
    return true;
  }

  static StrayLine stray(const Item& item) { return {item.text, item.line.box, item.line.baseline}; }
  static void add_line(PageCell& cell, const PageLine& line) {
    cell.text += "\n" + line.closed();
    cell.last_line = line.box.right - line.box.left;
    cell.baseline = line.baseline;
  }

  /// Lines below the page's last table that are the rest of its cells.
  static void take_rests(std::vector<Item>& items) {
    auto first = items.end();
    while (first != items.begin() && !first[-1].is_table) --first;
    if (first == items.begin() || first == items.end() || items.end() - first > 2) return;
    PageTable& table = first[-1].table;
    for (auto item = first; item != items.end(); ++item) {
      PageCell* cell = cell_cut_below(table, stray(*item));
      if (cell == nullptr || item->line.baseline - cell->baseline > 1.8F * cell->size) return;
    }
    for (auto item = first; item != items.end(); ++item) add_line(*cell_cut_below(table, stray(*item)), item->line);
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
