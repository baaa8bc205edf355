// An official document as pdf: lines are laid out and set one below the other, 22 to a page.
#include <cairo-pdf.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>

#include "writing/official/document.h"
#include "writing/official/layout.h"
#include "writing/pdf_fonts.h"
#include "writing/pdf_pages.h"

namespace jiheng::writing {
namespace {

constexpr double page_bottom = points(297 - official::bottom);
constexpr double cell_padding = 4;

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct DestroyContext {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

class Writer {
 public:
  Writer(cairo_t* cairo, const PdfFonts& fonts) : cairo_(cairo), fonts_(fonts) {}

  void write(const OfficialDocument& document) {
    head(document);
    const std::size_t end = official::body_end(document);
    for (std::size_t i = 0; i < end; ++i) block(document.blocks[i]);
    const bool is_signed = !document.signer.empty() || !document.date.empty();
    // Names of attachments and the signature stand on one page: a signature is never alone.
    if (!document.attachments.empty()) {
      need((1 + static_cast<double>(document.attachments.size()) + (is_signed ? 4 : 0)) * official::line);
      blank();
    }
    for (const std::string& each : official::attachment_lines(document)) text(each, PdfFace::official_text, indent);
    if (is_signed) signature(document);
    if (!document.note.empty()) text("（" + document.note + "）", PdfFace::official_text, indent);
    for (std::size_t i = end; i < document.blocks.size(); ++i) block(document.blocks[i]);
    page_number();
  }

 private:
  static constexpr double indent = 2 * official::text_size;
  static constexpr double width = points(official::width);
  static constexpr double x = points(official::left);

  void head(const OfficialDocument& document) {
    if (!document.mark.empty()) {
      const double scale = official::mark_size(document.mark) / official::title_size;
      const auto layout = fonts_.layout(document.mark, PdfFace::official_title, width / scale, PANGO_ALIGN_CENTER);
      y_ += 16;
      cairo_save(cairo_);
      cairo_set_source_rgb(cairo_, 0.9, 0, 0);
      cairo_translate(cairo_, x, y_);
      cairo_scale(cairo_, scale, scale);
      pango_cairo_show_layout(cairo_, layout.get());
      cairo_restore(cairo_);
      y_ += 32 * scale + 14;
    }
    if (!document.number.empty() || !document.mark.empty())
      text(document.number.empty() ? " " : document.number, PdfFace::official_text, 0, PANGO_ALIGN_CENTER);
    if (!document.mark.empty()) {
      cairo_save(cairo_);
      cairo_set_source_rgb(cairo_, 0.9, 0, 0);
      cairo_set_line_width(cairo_, 2);
      cairo_move_to(cairo_, x, y_ + 6);
      cairo_line_to(cairo_, x + width, y_ + 6);
      cairo_stroke(cairo_);
      cairo_restore(cairo_);
      y_ += 10;
    }
    blank();
    text(document.title, PdfFace::official_title, 0, PANGO_ALIGN_CENTER);
    blank();
    if (!document.addressees.empty()) text(document.addressees, PdfFace::official_text, 0);
  }

  void block(const OfficialBlock& block) {
    switch (block.kind) {
      case OfficialBlock::Kind::paragraph:
        return text(block.text, PdfFace::official_text, indent);
      case OfficialBlock::Kind::heading:
        need(2 * official::line);
        return text(block.text, PdfFace::official_heading, indent);
      case OfficialBlock::Kind::subheading:
        need(2 * official::line);
        return text(block.text, PdfFace::official_subheading, indent);
      case OfficialBlock::Kind::table:
        if (!block.rows.empty()) table(block.rows);
        return;
      case OfficialBlock::Kind::annex:
        new_page();
        text(block.text, PdfFace::official_heading, 0);
        return text(block.title, PdfFace::official_title, 0, PANGO_ALIGN_CENTER);
      case OfficialBlock::Kind::chart:
        if (!block.chart.empty()) table(official::chart_rows(block.chart));
        return;
    }
  }

  void blank() { y_ += official::line; }
  void need(double height) {
    if (y_ + height > page_bottom + 0.5) new_page();
  }
  void new_page() {
    page_number();
    cairo_show_page(cairo_);
    ++page_;
    y_ = points(official::top);
  }

  /// — 1 —, 7 mm under the text, on the outer side.
  void page_number() {
    const bool odd = page_ % 2 == 1;
    const auto layout = fonts_.layout("— " + std::to_string(page_) + " —", PdfFace::official_page, width - 2 * official::page_size,
                                      odd ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    cairo_move_to(cairo_, x + official::page_size, page_bottom + points(7));
    pango_cairo_show_layout(cairo_, layout.get());
  }

  /// Line by line, so that a paragraph goes on over the page's end.
  void text(std::string_view content, PdfFace face, double first_indent, PangoAlignment alignment = PANGO_ALIGN_LEFT,
            double right_indent = 0) {
    const auto layout = fonts_.layout(content, face, width - right_indent, alignment);
    if (first_indent > 0) pango_layout_set_indent(layout.get(), static_cast<int>(first_indent * PANGO_SCALE));
    if (alignment == PANGO_ALIGN_LEFT) pango_layout_set_justify(layout.get(), 1);
    const double height = face == PdfFace::official_title ? 32 : official::line;
    PangoLayoutIter* iterator = pango_layout_get_iter(layout.get());
    int top = 0;
    do {
      need(height);
      PangoRectangle extents;
      pango_layout_iter_get_line_extents(iterator, nullptr, &extents);
      pango_layout_iter_get_line_yrange(iterator, &top, nullptr);
      const double baseline = static_cast<double>(pango_layout_iter_get_baseline(iterator) - top) / PANGO_SCALE;
      cairo_move_to(cairo_, x + static_cast<double>(extents.x) / PANGO_SCALE, y_ + baseline);
      pango_cairo_show_layout_line(cairo_, pango_layout_iter_get_line_readonly(iterator));
      y_ += height;
    } while (pango_layout_iter_next_line(iterator));
    pango_layout_iter_free(iterator);
  }

  /// Kept together, with room for the seal.
  void signature(const OfficialDocument& document) {
    if (y_ + 4 * official::line > page_bottom + 0.5) {
      new_page();
      text("（此页无正文）", PdfFace::official_text, indent);
    }
    y_ += 2 * official::line;
    text(document.signer.empty() ? " " : document.signer, PdfFace::official_text, 0, PANGO_ALIGN_RIGHT, 3 * official::text_size);
    text(document.date.empty() ? " " : document.date, PdfFace::official_text, 0, PANGO_ALIGN_RIGHT, 4 * official::text_size);
  }

  using Row = std::vector<GRef<PangoLayout>>;

  Row lay(const std::vector<std::string>& cells, const std::vector<double>& widths, bool is_head, double& height) const {
    Row row;
    height = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const bool centred = is_head || ems(cells[c]) < 8;
      row.push_back(fonts_.layout(cells[c], is_head ? PdfFace::official_table_head : PdfFace::official_table,
                                  points(widths[c]) - 2 * cell_padding, centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT));
      int pixels = 0;
      pango_layout_get_size(row.back().get(), nullptr, &pixels);
      height = std::max(height, static_cast<double>(pixels) / PANGO_SCALE + 2 * cell_padding);
    }
    return row;
  }

  void draw(const Row& row, const std::vector<double>& widths, double height) {
    double left = x;
    cairo_set_line_width(cairo_, 0.5);
    for (std::size_t c = 0; c < row.size(); ++c) {
      const double across = points(widths[c]);
      cairo_rectangle(cairo_, left, y_, across, height);
      cairo_stroke(cairo_);
      int pixels = 0;
      pango_layout_get_size(row[c].get(), nullptr, &pixels);
      cairo_move_to(cairo_, left + cell_padding, y_ + (height - static_cast<double>(pixels) / PANGO_SCALE) / 2);
      pango_cairo_show_layout(cairo_, row[c].get());
      left += across;
    }
    y_ += height;
  }

  /// The heading stands again on each page. A row higher than a page is cut off where the page ends: texts are short here.
  void table(const std::vector<std::vector<std::string>>& rows) {
    const auto widths = official::column_widths(rows);
    double head_height = 0;
    const Row head = lay(rows.front(), widths, true, head_height);
    y_ += 4;
    need(head_height + official::table_line + 2 * cell_padding);
    draw(head, widths, head_height);
    for (std::size_t r = 1; r < rows.size(); ++r) {
      double height = 0;
      const Row row = lay(rows[r], widths, false, height);
      if (y_ + height > page_bottom) {
        new_page();
        draw(head, widths, head_height);
      }
      draw(row, widths, height);
    }
    y_ += 6;
  }

  cairo_t* cairo_;
  const PdfFonts& fonts_;
  double y_ = points(official::top);
  int page_ = 1;
};

}  // namespace

Result<std::string> official_pdf(const OfficialDocument& with_marks, const std::string& font_folder, std::string_view made) {
  const OfficialDocument document = official::without_marks(with_marks);
  const BorrowedFonts borrowed(font_folder);
  const PdfFonts& fonts = *borrowed;
  std::string out;
  std::unique_ptr<cairo_surface_t, DestroySurface> surface(cairo_pdf_surface_create_for_stream(append, &out, points(210), points(297)));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "绩衡");
  if (!made.empty())
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, (std::string(made) + "T00:00:00Z").c_str());
  std::unique_ptr<cairo_t, DestroyContext> cairo(cairo_create(surface.get()));
  Writer(cairo.get(), fonts).write(document);
  cairo_show_page(cairo.get());
  cairo.reset();
  cairo_surface_finish(surface.get());
  if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("pdf: ") + cairo_status_to_string(status));
  return out;
}

}  // namespace jiheng::writing
