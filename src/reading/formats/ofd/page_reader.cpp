#include "reading/formats/ofd/page_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "reading/formats/ofd/path.h"
#include "reading/formats/ofd/text.h"
#include "reading/xml.h"

namespace jiheng::reading::ofd {
namespace {

using Event = XmlScanner::Event;

constexpr std::size_t deepest_composite = 8;
constexpr std::size_t most_searched = 64U << 20;  ///< bytes
constexpr float usual_line_width = 0.353F;        ///< mm (GB/T 33190 表36)
constexpr float a4_width = 210;
constexpr float a4_height = 297;

Error too_large() {
  return {"too-large", "文件里的文字和线条太多，不像绩效目标表。请只保留要报送的表格后再上传。", {}};
}

bool is_false(std::string_view value) {
  return value == "false" || value == "0";
}

/// What graphic objects state of themselves, all as written.
struct Attributes {
  explicit Attributes(const XmlScanner& scanner) {
    scanner.each_attribute([&](std::string_view name, std::string_view value) {
      if (std::string_view Attributes::* const place = place_of(name)) this->*place = value;
    });
  }

  bool hidden() const { return is_false(visible) || alpha == "0"; }
  /// From the object's space to its page's: its own matrix, then the corner of its boundary.
  Matrix placed(const Matrix& page) const {
    Matrix own;
    if (!matrix.empty()) own = matrix_of(matrix);
    if (const auto place = box_of(boundary)) own = own.then(Matrix::moved(place->left, place->top));
    return own.then(page);
  }

  std::string_view boundary;
  std::string_view matrix;
  std::string_view visible;
  std::string_view alpha;
  std::string_view fill;
  std::string_view stroke;
  std::string_view line_width;
  std::string_view size;
  std::string_view font;
  std::string_view stretch;
  std::string_view turned;
  std::string_view resource;

 private:
  /// By the length of the name, then by the name.
  static std::string_view Attributes::* place_of(std::string_view name) {
    const auto if_is = [&](std::string_view known, std::string_view Attributes::* place) { return name == known ? place : nullptr; };
    switch (name.size()) {
      case 3:
        return if_is("CTM", &Attributes::matrix);
      case 4:
        if (name[0] == 'S') return if_is("Size", &Attributes::size);
        return name[1] == 'i' ? if_is("Fill", &Attributes::fill) : if_is("Font", &Attributes::font);
      case 5:
        return if_is("Alpha", &Attributes::alpha);
      case 6:
        return name[0] == 'S' ? if_is("Stroke", &Attributes::stroke) : if_is("HScale", &Attributes::stretch);
      case 7:
        return if_is("Visible", &Attributes::visible);
      case 8:
        return if_is("Boundary", &Attributes::boundary);
      case 9:
        return if_is("LineWidth", &Attributes::line_width);
      case 10:
        return if_is("ResourceID", &Attributes::resource);
      case 13:
        return if_is("CharDirection", &Attributes::turned);
      default:
        return nullptr;
    }
  }
};

/// Whether a colour is the paper's, or fully transparent: "255 255 255", "#FF #FF #FF", in CMYK "0 0 0 0".
bool is_unseen(const XmlScanner& scanner) {
  if (scanner.attribute("Alpha") == "0") return true;
  std::string_view rest = scanner.attribute("Value");
  std::size_t count = 0;
  std::size_t full = 0;
  std::size_t zero = 0;
  for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest), ++count) {
    full += word == "255" || word == "254" || word == "#FF" || word == "#ff";
    zero += word == "0";
  }
  return (count == 3 && full == 3) || (count == 1 && full == 1) || (count == 4 && zero == 4);
}

}  // namespace

bool PageReader::take_marks(const Page& page) {
  const std::size_t now = page.glyphs.size() + page.rules.size();
  const std::size_t fresh = now - counted_;
  if (fresh > marks_) {
    error_ = too_large();
    return false;
  }
  marks_ -= fresh;
  counted_ = now;
  return true;
}

Result<Page> PageReader::read(const PageEntry& entry, int number) {
  const auto xml = package_.part(entry.part);
  if (!xml) return xml.error();
  Page page;
  page.number = number;
  area_.reset();
  counted_ = 0;
  run_ = 0;
  pictures_.clear();
  if (auto error = read_part(*xml, entry.part, page, false)) return std::move(*error);
  const PageBox area = area_ ? *area_ : body_.area ? *body_.area : PageBox{0, 0, a4_width, a4_height};
  page.width = (area.right - area.left) * points_per_mm;
  page.height = (area.bottom - area.top) * points_per_mm;
  if (area.left != 0 || area.top != 0) {
    const float left = area.left * points_per_mm;
    const float top = area.top * points_per_mm;
    const auto move = [&](PageBox& box) { box = {box.left - left, box.top - top, box.right - left, box.bottom - top}; };
    for (Glyph& glyph : page.glyphs) {
      move(glyph.box);
      glyph.baseline -= top;
    }
    for (Rule& rule : page.rules) move(rule.box);
    for (PlacedPicture& picture : pictures_) picture.place = picture.place.then(Matrix::moved(-left, -top));
  }
  return page;
}

std::optional<Error> PageReader::read_part(std::string_view xml, std::string_view part, Page& page, bool is_template) {
  XmlScanner scanner(xml, part, limits_.depth);
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed) return scanner.error();
    if (event == Event::finish) return std::nullopt;
    if (event != Event::start) continue;
    if (scanner.name() == "Template" && !is_template) {
      if (auto error = read_template(scanner.attribute("TemplateID"), page)) return error;
    } else if (scanner.name() == "PhysicalBox" && !is_template) {
      const Event inside = scanner.next();
      if (inside == Event::text) area_ = box_of(trim(scanner.text(buffer_)));
    } else if (scanner.name() == "Content") {
      if (read_objects(scanner, Matrix::scaled(points_per_mm), page, 0)) continue;
      if (error_) return std::move(error_);
      return scanner.error();
    }
  }
}

/// A template that is not there is none of the page: readers of OFD draw the page without it.
std::optional<Error> PageReader::read_template(std::string_view id, Page& page) {
  for (const TemplateEntry& entry : body_.templates) {
    if (entry.id != id) continue;
    auto drawn = templates_.find(id);
    if (drawn == templates_.end()) {
      const auto xml = package_.part(entry.part);
      if (!xml) return xml.error();
      Page alone;
      const std::size_t counted = std::exchange(counted_, 0);
      std::vector<PlacedPicture> own = std::exchange(pictures_, {});
      if (auto error = read_part(*xml, entry.part, alone, true)) return error;
      template_pictures_.emplace(id, std::exchange(pictures_, std::move(own)));
      counted_ = counted;
      drawn = templates_.emplace(id, std::move(alone)).first;
    }
    const Page& shared = drawn->second;
    page.glyphs.insert(page.glyphs.end(), shared.glyphs.begin(), shared.glyphs.end());
    page.rules.insert(page.rules.end(), shared.rules.begin(), shared.rules.end());
    page.has_picture = page.has_picture || shared.has_picture;
    const auto& pictures = template_pictures_.find(id)->second;
    pictures_.insert(pictures_.end(), pictures.begin(), pictures.end());
    if (!take_marks(page)) return std::move(error_);
    return std::nullopt;
  }
  return std::nullopt;
}

/// The graphics in the started element, to its end: Content, Layer, PageBlock. False: the scanner failed, or error_ is set.
bool PageReader::read_objects(XmlScanner& scanner, const Matrix& matrix, Page& page, std::size_t nesting) {
  const std::size_t depth = scanner.depth();
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner.depth() == depth) return true;
    if (event != Event::start) continue;
    const std::string_view name = scanner.name();
    bool ok = true;
    if (name == "TextObject")
      ok = read_text(scanner, matrix, page);
    else if (name == "PathObject")
      ok = read_path(scanner, matrix, page);
    else if (name == "CompositeObject")
      ok = read_composite(scanner, matrix, page, nesting);
    else if (name == "ImageObject")
      read_picture(scanner, matrix, page);
    else if (name == "Clips" || (name == "PageBlock" && Attributes(scanner).hidden()))
      ok = scanner.skip_element();
    if (!ok || !take_marks(page)) return false;
  }
}

bool PageReader::read_text(XmlScanner& scanner, const Matrix& matrix, Page& page) {
  const Attributes object(scanner);
  if (object.hidden()) return scanner.skip_element();
  TextStyle style;
  style.matrix = object.placed(matrix);
  style.size = number_of(object.size).value_or(0);
  style.stretch = number_of(object.stretch).value_or(1);
  style.turned = static_cast<int>(std::clamp(number_of(object.turned).value_or(0), -1e6F, 1e6F));
  style.run = ++run_;
  if (!body_.symbol_fonts.empty()) {
    if (const auto font = body_.symbol_fonts.find(object.font); font != body_.symbol_fonts.end()) style.symbol_font = font->second;
  }
  // Neither filled nor stroked, or filled with nothing.
  bool seen = !(is_false(object.fill) && object.stroke != "true");
  const std::size_t first = page.glyphs.size();
  const std::size_t depth = scanner.depth();
  TextCode code;
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner.depth() == depth) break;
    if (event != Event::start) continue;
    if (scanner.name() == "FillColor") {
      seen = seen && scanner.attribute("Alpha") != "0";
    } else if (scanner.name() == "TextCode") {
      code.delta_x = code.delta_y = {};
      scanner.each_attribute([&](std::string_view name, std::string_view value) {
        // A place that is not given is the text code's before.
        if (name == "X") code.x = number_of(value).value_or(code.x);
        if (name == "Y") code.y = number_of(value).value_or(code.y);
        if (name == "DeltaX") code.delta_x = value;
        if (name == "DeltaY") code.delta_y = value;
      });
      text_.clear();
      const std::size_t inside = scanner.depth();
      for (;;) {
        const Event next = scanner.next();
        if (next == Event::failed || next == Event::finish) return false;
        if (next == Event::text) scanner.append_text(text_);
        if (next == Event::end && scanner.depth() == inside) break;
      }
      if (text_.size() > marks_ * 4) {
        error_ = too_large();
        return false;
      }
      code.text = text_;
      add_glyphs(code, style, page.glyphs);
    }
  }
  if (!seen) page.glyphs.resize(first);
  return true;
}

bool PageReader::read_path(XmlScanner& scanner, const Matrix& matrix, Page& page) {
  const Attributes object(scanner);
  if (object.hidden()) return scanner.skip_element();
  const Matrix own = object.placed(matrix);
  Paint paint;
  paint.stroke = !is_false(object.stroke);
  paint.fill = object.fill == "true" || object.fill == "1";
  paint.line_width = number_of(object.line_width).value_or(usual_line_width) * own.scale();
  const std::size_t depth = scanner.depth();
  bool in_data = false;
  text_.clear();
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner.depth() == depth) break;
    if (event == Event::text) {
      if (in_data) scanner.append_text(text_);
    } else if (event == Event::start) {
      const std::string_view name = scanner.name();
      in_data = name == "AbbreviatedData";
      if (name == "FillColor") paint.fill = paint.fill && !is_unseen(scanner);
      if (name == "StrokeColor") paint.stroke = paint.stroke && !is_unseen(scanner);
      if ((name == "Clips" || name == "FillColor" || name == "StrokeColor") && !scanner.skip_element()) return false;
    } else {
      in_data = false;
    }
  }
  if (text_.size() > marks_ * 64) {
    error_ = too_large();
    return false;
  }
  add_rules(text_, own, paint, page.rules);
  return true;
}

bool PageReader::read_composite(XmlScanner& scanner, const Matrix& matrix, Page& page, std::size_t nesting) {
  const Attributes object(scanner);
  if (object.hidden()) return scanner.skip_element();
  const std::string id(object.resource);
  const Matrix own = object.placed(matrix);
  if (!scanner.skip_element()) return false;
  if (nesting >= deepest_composite) {
    error_ = Error{"too-deep", "OFD文件里图形套图形太深，不像正常的文件，已停止读取。请用OFD阅读软件打开后另存一份再上传。", {}};
    return false;
  }
  for (const UnitEntry& unit : body_.units) {
    if (unit.id != id) continue;
    auto part = parts_.find(unit.part);
    if (part == parts_.end()) {
      auto xml = package_.part(unit.part);
      if (!xml) return true;
      part = parts_.emplace(unit.part, std::move(*xml)).first;
    }
    searched_ += part->second.size();
    if (searched_ > most_searched) {
      error_ = too_large();
      return false;
    }
    XmlScanner units(part->second, unit.part, limits_.depth);
    for (;;) {
      const Event event = units.next();
      if (event == Event::failed || event == Event::finish) return true;
      if (event != Event::start || units.attribute("ID") != id) continue;
      if (units.name() != "CompositeGraphicUnit" && units.name() != "VectorG") continue;
      return read_objects(units, own, page, nesting + 1) || !error_;
    }
  }
  return true;
}

void PageReader::read_picture(XmlScanner& scanner, const Matrix& matrix, Page& page) {
  const Attributes object(scanner);
  const auto boundary = box_of(object.boundary);
  if (!boundary || object.hidden()) return;
  const PageBox box = through(matrix, *boundary);
  const PageBox area = area_ ? *area_ : body_.area ? *body_.area : PageBox{0, 0, a4_width, a4_height};
  const float whole = (area.right - area.left) * (area.bottom - area.top) * points_per_mm * points_per_mm;
  if ((box.right - box.left) * (box.bottom - box.top) > whole / 2) page.has_picture = true;
  constexpr std::size_t most_pictures = 64;  // a scan in strips has some
  const auto part = body_.pictures.find(object.resource);
  if (part == body_.pictures.end() || pictures_.size() == most_pictures) return;
  // Without a matrix of its own a picture fills its boundary.
  const Matrix filling{boundary->right - boundary->left, 0, 0, boundary->bottom - boundary->top, boundary->left, boundary->top};
  const Matrix place = object.matrix.empty() ? filling.then(matrix) : object.placed(matrix);
  if (place.finite()) pictures_.push_back({part->second, place});
}

}  // namespace jiheng::reading::ofd
