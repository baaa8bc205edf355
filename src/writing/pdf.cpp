// Forms → pdf: pages are worked out first (pdf_pages), then drawn, so that each footer knows how many there are.
#include <cairo-pdf.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "writing/carriers.h"
#include "writing/pdf_pages.h"

namespace jiheng::writing {
namespace {

constexpr std::size_t kept_cells = 20000;

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

class PageDrawer {
 public:
  PageDrawer(cairo_t* cairo, const PdfPages& form, const PdfPage& page) : cairo_(cairo), form_(form), page_(page) {
    for (const Piece& piece : page.pieces) {
      if (page.first || piece.row >= page.form->header_end()) {
        first_body_row_ = piece.row;
        break;
      }
    }
  }

  void draw() {
    cairo_set_line_width(cairo_, 0.5);
    cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_SQUARE);
    if (page_.first) lines(form_.top_lines(), points(top_margin));
    if (page_.last) lines(form_.closing_lines(), page_.end);
    for (const Piece& piece : page_.pieces) {
      for (const LaidCell* cell : form_.cells_of(piece.row)) draw_cell(*cell);
    }
    for (const LaidCell* cell : form_.high_cells()) {
      if (may_show(*cell)) draw_cell(*cell);
    }
  }

 private:
  /// A quick look before the page's pieces are searched: a long form has many cells on other pages.
  bool may_show(const LaidCell& cell) const {
    if (page_.pieces.empty()) return false;
    const std::size_t end = cell.row + cell.cell->row_span;
    return cell.row <= page_.pieces.back().row && (end > first_body_row_ || end <= page_.form->header_end());
  }

  void lines(const std::vector<PdfPages::Line>& all, double y) {
    for (const auto& line : all) show(line.layout.get(), points(side_margin) + line.x, y + line.y);
  }

  void show(PangoLayout* layout, double x, double y) {
    cairo_move_to(cairo_, x, y);
    pango_cairo_show_layout(cairo_, layout);
  }

  void draw_cell(const LaidCell& cell) {
    const std::size_t end = cell.row + cell.cell->row_span;
    const auto first = std::find_if(page_.pieces.begin(), page_.pieces.end(),
                                    [&](const Piece& piece) { return piece.row >= cell.row && piece.row < end; });
    if (first == page_.pieces.end()) return;
    auto last = first;
    for (auto next = first; next != page_.pieces.end() && next->row >= cell.row && next->row < end; ++next) last = next;
    const double top = first->y;
    const double bottom = last->y + last->height;
    border(cell, top, bottom);
    if (cell.line_count == 0) return;
    const bool again = stands_on_every_page(cell);
    if (first->broken && cell.cell->row_span == 1 && !again) return draw_lines(cell, *first);
    const bool begins_here = first->row == cell.row;
    if (!begins_here && !again) return;
    const double room = bottom - top - 2 * PdfPages::cell_padding;
    // A merged cell is named again behind a page break where its name fits; a sliver of it stays blank.
    if (!begins_here && cell.height > room + 0.5) return;
    show(form_.layout_of(cell).get(), points(side_margin) + cell.x + PdfPages::cell_padding,
         top + std::max(PdfPages::cell_padding, (bottom - top - cell.height) / 2));
  }

  void draw_lines(const LaidCell& cell, const Piece& piece) {
    const auto found = piece.lines.find(&cell);
    if (found == piece.lines.end()) return;
    const double line_height = cell.height / std::max(1, cell.line_count);
    const auto layout = form_.layout_of(cell);
    const double x = points(side_margin) + cell.x + PdfPages::cell_padding;
    const double y = piece.y + PdfPages::cell_padding - found->second.first * line_height;
    PangoLayoutIter* iterator = pango_layout_get_iter(layout.get());
    int index = 0;
    do {
      if (index >= found->second.first && index < found->second.last) {
        PangoRectangle extents;
        pango_layout_iter_get_line_extents(iterator, nullptr, &extents);
        cairo_move_to(cairo_, x + static_cast<double>(extents.x) / PANGO_SCALE,
                      y + static_cast<double>(pango_layout_iter_get_baseline(iterator)) / PANGO_SCALE);
        pango_cairo_show_layout_line(cairo_, pango_layout_iter_get_line_readonly(iterator));
      }
      ++index;
    } while (index < found->second.last && pango_layout_iter_next_line(iterator));
    pango_layout_iter_free(iterator);
  }

  void border(const LaidCell& cell, double top, double bottom) {
    const double left = points(side_margin) + cell.x;
    const double right = left + cell.width;
    const auto edge = [&](double x1, double y1, double x2, double y2) {
      cairo_move_to(cairo_, x1, y1);
      cairo_line_to(cairo_, x2, y2);
    };
    if (!cell.cell->open_top) edge(left, top, right, top);
    if (!cell.cell->open_bottom) edge(left, bottom, right, bottom);
    edge(left, top, left, bottom);
    edge(right, top, right, bottom);
    cairo_stroke(cairo_);
  }

  cairo_t* cairo_;
  const PdfPages& form_;
  const PdfPage& page_;
  std::size_t first_body_row_ = 0;
};

void footer(cairo_t* cairo, const PdfFonts& fonts, bool landscape, std::size_t number, std::size_t count, const std::string& code) {
  const double width = points(usable_width(landscape));
  const auto layout =
      fonts.layout("第 " + std::to_string(number) + " 页　共 " + std::to_string(count) + " 页", PdfFace::footer, width, PANGO_ALIGN_CENTER);
  cairo_move_to(cairo, points(side_margin), points(page_height(landscape) - bottom_margin + 6));
  pango_cairo_show_layout(cairo, layout.get());
  if (code.empty()) return;
  const auto right = fonts.layout(code, PdfFace::footer, width, PANGO_ALIGN_RIGHT);
  cairo_move_to(cairo, points(side_margin), points(page_height(landscape) - bottom_margin + 6));
  pango_cairo_show_layout(cairo, right.get());
}

}  // namespace

Result<std::string> draw_pdf(std::span<const Form> forms, const FileInfo& info) {
  const BorrowedFonts borrowed(info.font_folder);
  const PdfFonts& fonts = *borrowed;
  std::vector<std::unique_ptr<PdfPages>> laid;
  std::size_t count = 0;
  std::size_t cells = 0;
  for (const Form& form : forms) cells += form.rows.size() * form.columns.size();
  for (const Form& form : forms) {
    laid.push_back(std::make_unique<PdfPages>(form, fonts, cells < kept_cells));
    count += laid.back()->pages().size();
  }
  std::string out;
  {
    std::unique_ptr<cairo_surface_t, DestroySurface> surface(cairo_pdf_surface_create_for_stream(append, &out, points(210), points(297)));
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, info.title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "绩衡");
    if (!info.made.empty())
      cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, (info.made + "T00:00:00Z").c_str());
    std::unique_ptr<cairo_t, DestroyContext> cairo(cairo_create(surface.get()));
    std::size_t number = 0;
    for (std::size_t i = 0; i < forms.size(); ++i) {
      for (const PdfPage& page : laid[i]->pages()) {
        const bool landscape = forms[i].landscape;
        cairo_pdf_surface_set_size(surface.get(), points(page_width(landscape)), points(page_height(landscape)));
        if (page.first) {
          const std::string target = "page=" + std::to_string(number + 1);
          const std::string& name = forms[i].name.empty() ? forms[i].title : forms[i].name;
          cairo_pdf_surface_add_outline(surface.get(), CAIRO_PDF_OUTLINE_ROOT, name.c_str(), target.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
        }
        PageDrawer(cairo.get(), *laid[i], page).draw();
        footer(cairo.get(), fonts, landscape, ++number, count, code_line(info));
        cairo_show_page(cairo.get());
      }
    }
    cairo.reset();
    cairo_surface_finish(surface.get());
    if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
      throw std::runtime_error(std::string("pdf: ") + cairo_status_to_string(status));
    }
  }
  laid.clear();
  give_back_memory();  // cutting the fonts down took some 30 MB that the C library would keep
  return out;
}

}  // namespace jiheng::writing
