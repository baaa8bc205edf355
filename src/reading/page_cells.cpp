#include "reading/page_cells.h"

#include <algorithm>

#include "base/text.h"
#include "reading/page_edges.h"
#include "reading/page_words.h"

namespace jiheng::reading {
namespace {

constexpr float usual_padding = 4;  ///< points, left and right together
constexpr float widest_padding = 14;
constexpr float near_columns = 8;  ///< points between edges of one column in different rows
constexpr float near_rows = 5;
constexpr std::uint32_t nowhere = UINT32_MAX;

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

bool touch(const Glyph& last, const Glyph& next) {
  return std::abs(next.box.left - last.box.right) <= 0.08F * next.size && std::abs(last.baseline - next.baseline) <= 0.05F * next.size &&
         last.code > ' ' && next.code > ' ';
}

/// Whether the second of two glyphs goes on with the text of the first: one operation prints both, without room between them, or each is
/// an operation by itself.
bool goes_on_with(std::span<const Glyph> glyphs, std::size_t second) {
  const Glyph& last = glyphs[second - 1];
  const Glyph& next = glyphs[second];
  const auto single = [&](std::size_t i) {
    return (i == 0 || glyphs[i - 1].run != glyphs[i].run) && (i + 1 == glyphs.size() || glyphs[i + 1].run != glyphs[i].run);
  };
  if (!touch(last, next)) return false;
  const bool close = std::abs(next.box.left - last.box.right) < 0.03F * next.size;
  return last.run == next.run || (close && single(second - 1) && single(second));
}

/// Whether the next glyph goes on with the same piece of text, where the one before ends.
bool runs_on(const Glyph& last, const Glyph& next) {
  return last.run == next.run && last.baseline == next.baseline && next.box.left > last.box.left &&
         next.box.left < last.box.right + 0.3F * next.size;
}

}  // namespace

SortedGlyphs::SortedGlyphs(const Page& page, std::vector<Lattice> lattices) : page_(page), lattices_(std::move(lattices)) {
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

bool SortedGlyphs::sort(std::size_t& steps) {
  const std::uint32_t outside = first_place_.back();
  std::vector<std::uint32_t> places(page_.glyphs.size(), nowhere);
  starts_.assign(outside + 2, 0);
  std::vector<std::size_t> crossings;
  for (std::size_t glyph = 0; glyph < places.size(); ++glyph) {
    if (steps < lattices_.size()) return false;
    std::uint32_t place = place_of(page_.glyphs[glyph], steps);
    if (place == nowhere) continue;
    if (glyph > 0 && place != places[glyph - 1] && place < outside && places[glyph - 1] != nowhere && goes_on_with(page_.glyphs, glyph))
      crossings.push_back(glyph);
    // A text that does not go into its cell runs on beyond the table's border.
    if (place == outside && glyph > 0 && places[glyph - 1] < outside && runs_on(page_.glyphs[glyph - 1], page_.glyphs[glyph]))
      place = places[glyph - 1];
    places[glyph] = place;
    ++starts_[place + 1];
  }
  drop_watermark(places);
  settle_overflows(crossings, places);
  for (std::size_t place = 1; place < starts_.size(); ++place) starts_[place] += starts_[place - 1];
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  glyphs_.resize(starts_.back());
  for (std::uint32_t glyph = 0; glyph < places.size(); ++glyph) {
    if (places[glyph] != nowhere) glyphs_[next[places[glyph]]++] = glyph;
  }
  return true;
}

/// Writing behind the table of which some characters go into tall cells: its others stand elsewhere, or smaller text in the same cell.
void SortedGlyphs::drop_watermark(std::vector<std::uint32_t>& places) {
  const auto& glyphs = page_.glyphs;
  for (std::size_t first = 0; first < glyphs.size();) {
    const Glyph& glyph = glyphs[first];
    std::size_t end = first + 1;
    if (!(glyph.size > watermark_)) {
      first = end;
      continue;
    }
    while (end < glyphs.size() && glyphs[end].size == glyph.size && glyphs[end].baseline == glyph.baseline) ++end;
    const std::span own(places.data() + first, end - first);
    const bool together = std::all_of(own.begin(), own.end(), [&](std::uint32_t place) { return place == own[0]; });
    const bool alone = together && (own[0] == nowhere || own[0] == first_place_.back() || starts_[own[0] + 1] == own.size());
    for (std::uint32_t& place : own) {
      if (alone || place == nowhere || place == first_place_.back()) continue;
      --starts_[place + 1];
      place = nowhere;
    }
    first = end;
  }
}

PageBox SortedGlyphs::box_of(std::uint32_t place) const {
  const auto behind = std::upper_bound(first_place_.begin(), first_place_.end(), place);
  const auto lattice = static_cast<std::size_t>(behind - first_place_.begin()) - 1;
  return lattices_[lattice].box(lattices_[lattice].cells[place - first_place_[lattice]]);
}

/// Text that does not go into its cell runs on over a rule into those beside it: all of it is the cell's that it stands in the middle of,
/// or that it begins or ends in as text does in a cell. `crossings`: glyphs in another cell than the ones before them, close to these.
void SortedGlyphs::settle_overflows(std::span<const std::size_t> crossings, std::vector<std::uint32_t>& places) {
  const auto& glyphs = page_.glyphs;
  std::size_t settled = 0;
  for (const std::size_t crossing : crossings) {
    if (crossing < settled || places[crossing] == nowhere || places[crossing - 1] == nowhere) continue;
    std::size_t first = crossing - 1;
    while (first > settled && places[first - 1] != nowhere && goes_on_with(glyphs, first)) --first;
    std::size_t end = crossing + 1;
    while (end < glyphs.size() && places[end] < first_place_.back() && goes_on_with(glyphs, end)) ++end;
    settled = end;
    const std::span line(places.data() + first, end - first);
    const bool within = std::all_of(line.begin(), line.end(), [&](std::uint32_t place) { return place < first_place_.back(); });
    // A rule that goes between two characters may as well part two cells, where these leave no room beside their texts.
    bool cut = !within || glyphs[first].box.left - box_of(places[first]).left > 0.2F * glyphs[first].size;
    for (std::size_t i = first; i < end && !cut; ++i) {
      const PageBox cell = box_of(places[i]);
      const float beyond = 0.1F * glyphs[i].size;
      cut = (i > first && glyphs[i].box.left < cell.left - beyond) || (i + 1 < end && glyphs[i].box.right > cell.right + beyond);
    }
    if (!cut) continue;
    // A piece that another one touches may be the middle or the end of a longer text.
    runs_over_ = runs_over_ || (first > 0 && touch(glyphs[first - 1], glyphs[first])) ||
                 (end < glyphs.size() && touch(glyphs[end - 1], glyphs[end]));
    const std::uint32_t place = place_of_line(std::span(glyphs).subspan(first, end - first), line);
    for (std::size_t i = first; i < end; ++i) {
      const std::uint32_t left = --starts_[places[i] + 1];
      // Where it leaves a cell empty, its end there may have been that cell's own text.
      runs_over_ = runs_over_ || (left == 0 && places[i] != place && places[i] != first_place_.back());
      ++starts_[place + 1];
      places[i] = place;
    }
  }
}

/// The cell of a text that stands in several.
std::uint32_t SortedGlyphs::place_of_line(std::span<const Glyph> glyphs, std::span<const std::uint32_t> places) const {
  constexpr float widest_room = 6;  // points between a rule and the text that begins or ends at it
  const float size = glyphs.front().size;
  const float left = glyphs.front().box.left;
  const float right = glyphs.back().box.right;
  const float middle = (left + right) / 2;
  // What begins left of the table is none of a cell there.
  std::size_t begin = 0;
  while (begin + 1 < places.size() && places[begin] == first_place_.back()) ++begin;
  std::size_t central = begin;
  while (central + 1 < glyphs.size() && glyphs[central].box.right < middle) ++central;
  // It may leave the table and come back: the last of it stands in a cell.
  while (central + 1 < places.size() && places[central] == first_place_.back()) ++central;
  const PageBox around = box_of(places[central]);
  if (std::abs((around.left + around.right) / 2 - middle) < 0.2F * size) return places[central];
  const float room_before = left - box_of(places[begin]).left;
  if (room_before > -0.1F * size && room_before <= std::max(widest_room, size)) return places[begin];
  const float room_behind = box_of(places.back()).right - right;
  if (room_behind > -0.1F * size && room_behind <= std::max(widest_room, size)) return places.back();
  return places[central];
}

/// `nowhere` for a glyph that is none of the page's.
std::uint32_t SortedGlyphs::place_of(const Glyph& glyph, std::size_t& steps) {
  const float x = (glyph.box.left + glyph.box.right) / 2;
  const float y = (glyph.box.top + glyph.box.bottom) / 2;
  if (!is_sound(glyph)) return nowhere;
  // A merged cell over two pages may have its text where neither shows it. What a page cuts off a table at its side is the table's.
  if (page_.height > 0 && !(y > 0 && y < page_.height)) return nowhere;
  // Most glyphs stand in the cell of the one before.
  if (glyph.size <= watermark_ && x >= last_.left && x < last_.right && y >= last_.top && y < last_.bottom) return last_place_;
  for (std::size_t i = 0; i < lattices_.size(); ++i) {
    --steps;
    const std::uint32_t cell = lattices_[i].cell_at(x, y);
    if (cell == Lattice::none) continue;
    // Writing behind the table is none of a cell's: it is far larger than the page's text, and than the cell.
    const PageBox box = lattices_[i].box(lattices_[i].cells[cell]);
    if (glyph.size > watermark_ && (glyph.box.top < box.top || glyph.box.bottom > box.bottom)) return nowhere;
    last_place_ = first_place_[i] + cell;
    // In a cell of an outer table the inner ones are asked each time.
    last_ = i == 0 && glyph.size <= watermark_ ? box : PageBox{};
    return last_place_;
  }
  return page_.height > 0 && !(x > 0 && x < page_.width) ? nowhere : first_place_.back();
}

namespace {

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
      const float wide = above.box.right - above.box.left;
      const float free = box.right - box.left - wide;
      if (told && free >= least) continue;
      // What may not be parted, （万, runs out of a cell too narrow for it.
      if (wide < (first_part(above.words.front().text) + 0.2F) * above.size) continue;
      least = free;
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
/// or to the left and no lower. Characters close up on a single line from right to left are one that was drawn out of order.
bool runs_down(const Page& page, std::span<const std::uint32_t> glyphs) {
  constexpr std::size_t most = 24;
  constexpr float apart = 1.25F;  // columns stand farther from one another than characters of a line
  if (glyphs.size() < 2 || glyphs.size() > most) return false;
  bool any_left = false;
  bool any_apart = false;
  for (std::size_t i = 1; i < glyphs.size(); ++i) {
    const Glyph& last = page.glyphs[glyphs[i - 1]];
    const Glyph& next = page.glyphs[glyphs[i]];
    if (!is_cjk(last.code) || !is_cjk(next.code)) return false;
    const float right = next.box.left - last.box.left;
    const float down = next.baseline - last.baseline;
    const bool to_left = right < -0.5F * next.size && down < 0.3F * next.size;
    if (!to_left && (right > 0.3F * next.size || right < -0.3F * next.size || down < 0.5F * next.size)) return false;
    any_left = any_left || to_left;
    any_apart = any_apart || !to_left || right < -apart * next.size;
  }
  return any_left && any_apart;
}

/// A line for each character of such a cell, in the carrier's order.
void add_down(const Page& page, std::span<const std::uint32_t> glyphs, std::vector<PageLine>& lines) {
  LineMaker maker(page);
  for (const std::uint32_t glyph : glyphs) maker.add(std::span(&glyph, 1), lines);
}

}  // namespace

PageTable table_of(const Page& page, const SortedGlyphs& sorted, std::size_t index) {
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

}  // namespace jiheng::reading
