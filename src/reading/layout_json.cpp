#include "reading/layout_json.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "base/base64.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "reading/reader.h"
#include "reading/scan/picture_codecs.h"

namespace jiheng::reading {
namespace {

void write_length(JsonWriter& out, float points) {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.1f", std::isfinite(points) ? static_cast<double>(points) : 0.0);
  out.raw({text.data(), static_cast<std::size_t>(length)});
}

void write_box(JsonWriter& out, const PageBox& box) {
  out.begin_array();
  for (const float edge : {box.left, box.top, box.right, box.bottom}) write_length(out, edge);
  out.end_array();
}

void write_grid(JsonWriter& out, const Block& block) {
  const Grid& grid = block.grid;
  out.begin_object().field("kind", "grid").field("place", block.place);
  out.key("rows").integer(grid.rows).key("columns").integer(grid.columns).key("cells").begin_array();
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    const Cell& cell = grid.cells[i];
    const bool placed = i < grid.places.size();
    if (cell.printed().empty() && cell.row_span == 1 && cell.column_span == 1 && !placed) continue;
    out.begin_object().key("row").integer(cell.row).key("column").integer(cell.column);
    out.key("row_span").integer(cell.row_span).key("column_span").integer(cell.column_span);
    out.field("text", cell.printed());
    if (!cell.shown.empty()) out.field("value", cell.text);
    if (placed) {
      out.key("page").integer(grid.places[i].page).key("box");
      write_box(out, grid.places[i].box);
    }
    out.end_object();
  }
  out.end_array().end_object();
}

/// Glyphs of one run that stand side by side.
void write_words(JsonWriter& out, const std::vector<Glyph>& glyphs) {
  constexpr float apart = 0.35F;  // of the font's size
  out.begin_array();
  for (std::size_t first = 0; first < glyphs.size();) {
    std::string text;
    std::size_t end = first;
    for (; end < glyphs.size(); ++end) {
      const Glyph& glyph = glyphs[end];
      if (end > first) {
        const Glyph& before = glyphs[end - 1];
        const float gap = glyph.box.left - before.box.right;
        if (glyph.run != before.run || glyph.size != before.size || std::abs(glyph.baseline - before.baseline) > 0.5F ||
            gap > apart * glyph.size || gap < -apart * glyph.size)
          break;
      }
      append_utf8(text, glyph.code);
    }
    if (!trim(text).empty()) {
      out.begin_array();
      for (const float length :
           {glyphs[first].box.left, glyphs[first].baseline, glyphs[first].size, glyphs[end - 1].box.right - glyphs[first].box.left})
        write_length(out, length);
      out.string(text).end_array();
    }
    first = end;
  }
  out.end_array();
}

void write_page(JsonWriter& out, const Page& page) {
  out.begin_object().key("number").integer(page.number).key("width");
  write_length(out, page.width);
  out.key("height");
  write_length(out, page.height);
  out.key("words");
  write_words(out, page.glyphs);
  out.key("rules").begin_array();
  for (const Rule& rule : page.rules) write_box(out, rule.box);
  out.end_array();
  if (const std::string png = encode_png(page.picture); !png.empty()) out.field("picture", "data:image/png;base64," + base64(png));
  out.end_object();
}

}  // namespace

std::string layout_json(std::string_view bytes, std::string_view file, const Limits& limits) {
  std::string text;
  JsonWriter out(text);
  const Format format = detect_format(bytes);
  const auto layout = read_layout(bytes, format, limits);
  if (!layout) {
    out.begin_object().key("error").begin_object().field("code", layout.error().code).field("message", layout.error().message);
    out.end_object().end_object();
    return text;
  }
  out.begin_object().field("file", file).field("format", format_code(format)).key("blocks").begin_array();
  for (const Block& block : layout->blocks) {
    if (block.kind == Block::Kind::grid)
      write_grid(out, block);
    else
      out.begin_object().field("kind", "paragraph").field("text", block.text).end_object();
  }
  out.end_array().key("pages").begin_array();
  for (const Page& page : layout->pages) write_page(out, page);
  out.end_array().end_object();
  return text;
}

}  // namespace jiheng::reading
