#include "reading/formats/ofd/page_reader.h"

#include <algorithm>
#include <utility>

#include "base/byte_search.h"
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

  bool hidden() const { return is_false(visible) || (!alpha.empty() && number_of(alpha).value_or(1) <= 0); }
  /// From the corner of the object's boundary to its page.
  Matrix cornered(const Matrix& page) const {
    const auto corner = corner_of(boundary);
    return corner ? Matrix::moved(corner->x, corner->y).then(page) : page;
  }
  /// From the object's space to its page's: its own matrix, then the corner of its boundary.
  Matrix placed(const Matrix& page) const {
    const Matrix corner = cornered(page);
    return matrix.empty() ? corner : matrix_of(matrix).then(corner);
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
  std::string_view read;
  std::string_view draw_param;
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
        return name[0] == 'L' ? if_is("LineWidth", &Attributes::line_width) : if_is("DrawParam", &Attributes::draw_param);
      case 10:
        return if_is("ResourceID", &Attributes::resource);
      case 13:
        return name[0] == 'C' ? if_is("CharDirection", &Attributes::turned) : if_is("ReadDirection", &Attributes::read);
      default:
        return nullptr;
    }
  }
};

/// A quarter turn or none, as the directions of characters are written.
int quarter_of(std::string_view degrees) {
  if (degrees.empty()) return 0;
  const int whole = static_cast<int>(std::clamp(number_of(degrees).value_or(0), -1e6F, 1e6F));
  return (whole % 360 + 360) % 360;
}

/// Without the line breaks and indents that a program has laid the XML out with, in `room` where there are any.
std::string_view without_layout(std::string_view text, std::string& room) {
  const char* const all = text.data() + text.size();
  if (find_first<'\r', '\n'>(text.data(), all) == all) return text;
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    plain += trim(text.substr(at, end - at));
    at = end + 1;
  }
  room = std::move(plain);
  return room;
}

bool one_character(std::string_view text) {
  std::size_t at = 0;
  if (!text.empty()) next_code_point(text, at);
  return at > 0 && at == text.size();
}

PageBox united(const PageBox& one, const PageBox& other) {
  return {std::min(one.left, other.left), std::min(one.top, other.top), std::max(one.right, other.right),
          std::max(one.bottom, other.bottom)};
}

constexpr PageBox nothing{1e9F, 1e9F, -1e9F, -1e9F};
constexpr PageBox everything{-1e9F, -1e9F, 1e9F, 1e9F};

Brush fresh_brush() {
  Brush brush;
  brush.clip = everything;
  brush.line_width = usual_line_width;
  return brush;
}

}  // namespace

bool PageReader::take_marks() {
  const std::size_t now = drawing_->canvas.size();
  const std::size_t fresh = now - drawing_->counted;
  if (fresh > marks_) {
    error_ = too_large();
    return false;
  }
  marks_ -= fresh;
  drawing_->counted = now;
  return true;
}

PageBox PageReader::area() const {
  for (const auto& area : {area_, body_.area}) {
    if (area && area->right > area->left && area->bottom > area->top) return *area;
  }
  return {0, 0, a4_width, a4_height};
}

Result<Page> PageReader::read(const PageEntry& entry, int number) {
  const auto xml = package_.part(entry.part);
  if (!xml) return xml.error();
  drawing_ = std::make_unique<Drawing>();
  constexpr std::size_t bytes_of_glyph = 32;  // at least, as programs write them
  constexpr std::size_t usual_glyphs = 4096;
  drawing_->page.glyphs.reserve(std::min(xml->size() / bytes_of_glyph, usual_glyphs));
  area_.reset();
  if (auto error = read_part(*xml, entry.part, false)) return std::move(*error);
  if (!entry.annotations.empty()) {
    if (auto error = read_annotations(entry.annotations)) return std::move(*error);
  }
  Page& page = drawing_->page;
  page.number = number;
  const PageBox area = this->area();
  page.width = (area.right - area.left) * points_per_mm;
  page.height = (area.bottom - area.top) * points_per_mm;
  drawing_->canvas.finish();
  if (area.left != 0 || area.top != 0) {
    const Matrix to_corner = Matrix::moved(-area.left * points_per_mm, -area.top * points_per_mm);
    for (Glyph& glyph : page.glyphs) {
      glyph.box = through(to_corner, glyph.box);
      glyph.baseline += to_corner.f;
    }
    for (Rule& rule : page.rules) rule.box = through(to_corner, rule.box);
    for (PlacedPicture& picture : drawing_->pictures) picture.place = picture.place.then(to_corner);
  }
  set_upright();
  return std::move(page);
}

/// A table laid on its side by its text alone is set upright.
void PageReader::set_upright() {
  const auto& counts = drawing_->directions;
  const std::size_t all = counts[0] + counts[1] + counts[2] + counts[3];
  std::size_t turned = 0;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] * 10 > all * 7) turned = i;
  }
  if (turned == 0) return;
  Page& page = drawing_->page;
  const std::array<Matrix, 4> back = {Matrix(), Matrix{0, -1, 1, 0, 0, page.width}, Matrix{-1, 0, 0, -1, page.width, page.height},
                                      Matrix{0, 1, -1, 0, page.height, 0}};
  if (turned % 2 == 1) std::swap(page.width, page.height);
  for (Glyph& glyph : page.glyphs) {
    glyph.box = through(back[turned], glyph.box);
    glyph.baseline = baseline_of(glyph.box);
  }
  for (Rule& rule : page.rules) rule.box = through(back[turned], rule.box);
  for (PlacedPicture& picture : drawing_->pictures) picture.place = picture.place.then(back[turned]);
}

std::optional<Error> PageReader::read_part(std::string_view xml, std::string_view part, bool is_template) {
  XmlScanner scanner(xml, part, limits_.depth);
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed) return scanner.error();
    if (event == Event::finish) return std::nullopt;
    if (event != Event::start) continue;
    if (scanner.name() == "Template" && !is_template) {
      if (auto error = read_template(scanner.attribute("TemplateID"))) return error;
    } else if (scanner.name() == "PhysicalBox" && !is_template) {
      const Event inside = scanner.next();
      if (inside == Event::text) area_ = box_of(trim(scanner.text(buffer_)));
    } else if (scanner.name() == "PageRes") {
      const Event inside = scanner.next();
      if (inside != Event::text) continue;
      const std::string found = package_.resolve(part, scanner.text(buffer_));
      if (!found.empty() && page_resources_.insert(found).second) package_.read_resources(found, resources_);
    } else if (scanner.name() == "Content") {
      if (read_objects(scanner, Matrix::scaled(points_per_mm), 0)) continue;
      if (error_) return std::move(error_);
      return scanner.error();
    }
  }
}

/// A template that is not there is none of the page: readers of OFD draw the page without it.
std::optional<Error> PageReader::read_template(std::string_view id) {
  for (const TemplateEntry& entry : body_.templates) {
    if (entry.id != id) continue;
    auto drawn = templates_.find(id);
    if (drawn == templates_.end()) {
      const auto xml = package_.part(entry.part);
      if (!xml) return xml.error();
      std::unique_ptr<Drawing> page = std::exchange(drawing_, std::make_unique<Drawing>());
      auto error = read_part(*xml, entry.part, true);
      std::swap(page, drawing_);
      if (error) return error;
      drawn = templates_.emplace(id, std::move(page)).first;
    }
    const Drawing& shared = *drawn->second;
    drawing_->canvas.add(shared.canvas);
    drawing_->pictures.insert(drawing_->pictures.end(), shared.pictures.begin(), shared.pictures.end());
    for (std::size_t i = 0; i < shared.directions.size(); ++i) drawing_->directions[i] += shared.directions[i];
    if (!take_marks()) return std::move(error_);
    return std::nullopt;
  }
  return std::nullopt;
}

/// What somebody typed on the page is text of it; not what marks it: stamps, watermarks, frames and the like. Annotations that cannot be
/// read cost only themselves.
std::optional<Error> PageReader::read_annotations(const std::string& part) {
  const auto xml = package_.part(part);
  if (!xml) return std::nullopt;
  XmlScanner scanner(*xml, part, limits_.depth);
  bool typed = false;
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return std::nullopt;
    if (event != Event::start) continue;
    if (scanner.name() == "Annot") {
      const std::string_view type = scanner.attribute("Type");
      typed = type != "Watermark" && type != "Stamp" && type != "Link" && type != "Highlight" && !is_false(scanner.attribute("Visible"));
    } else if (scanner.name() == "Appearance") {
      text_alone_ = true;
      const bool ok =
          typed ? read_objects(scanner, Attributes(scanner).cornered(Matrix::scaled(points_per_mm)), 0) : scanner.skip_element();
      text_alone_ = false;
      if (error_) return std::move(error_);
      if (!ok) return std::nullopt;
    }
  }
}

/// The graphics in the started element, to its end: Content, Layer, PageBlock. False: the scanner failed, or error_ is set.
bool PageReader::read_objects(XmlScanner& scanner, const Matrix& matrix, std::size_t nesting) {
  const std::size_t depth = scanner.depth();
  if (nesting == 0) layer_ = fresh_brush();
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner.depth() == depth) return true;
    if (event != Event::start) continue;
    const std::string_view name = scanner.name();
    bool ok = true;
    if (name == "TextObject") {
      ok = read_text(scanner, matrix);
    } else if (text_alone_ && (name == "PathObject" || name == "CompositeObject" || name == "ImageObject")) {
      ok = scanner.skip_element();
    } else if (name == "PathObject") {
      ok = read_path(scanner, matrix);
    } else if (name == "CompositeObject") {
      ok = read_composite(scanner, matrix, nesting);
    } else if (name == "ImageObject") {
      read_picture(scanner, matrix);
    } else if (name == "Layer") {
      layer_ = fresh_brush();
      use_draw_param(scanner.attribute("DrawParam"), layer_);
    } else if (name == "Clips" || (name == "PageBlock" && Attributes(scanner).hidden())) {
      ok = scanner.skip_element();
    }
    if (!ok || !take_marks()) return false;
  }
}

/// What the drawing parameters with this id say, or those that they go by; without end where they go round in a circle.
void PageReader::use_draw_param(std::string_view id, Brush& brush) const {
  constexpr int longest_chain = 16;
  bool has_fill = false;
  bool has_stroke = false;
  bool has_width = false;
  for (int i = 0; i < longest_chain && !id.empty(); ++i) {
    const auto found = resources_.draw_params.find(id);
    if (found == resources_.draw_params.end()) return;
    const DrawParam& param = found->second;
    if (param.fill && !std::exchange(has_fill, true)) brush.fill = *param.fill;
    if (param.stroke && !std::exchange(has_stroke, true)) brush.stroke = *param.stroke;
    if (param.line_width && !std::exchange(has_width, true)) brush.line_width = *param.line_width;
    id = param.base;
  }
}

bool PageReader::read_text(XmlScanner& scanner, const Matrix& matrix) {
  const Attributes object(scanner);
  TextStyle style;
  style.matrix = object.placed(matrix);
  style.size = number_of(object.size).value_or(0);
  if (!object.stretch.empty()) style.stretch = number_of(object.stretch).value_or(1);
  style.turned = quarter_of(object.turned);
  style.read = quarter_of(object.read);
  if (!resources_.symbol_fonts.empty()) {
    if (const auto font = resources_.symbol_fonts.find(object.font); font != resources_.symbol_fonts.end())
      style.symbol_font = font->second;
  }
  Brush brush = layer_;
  if (!object.draw_param.empty()) use_draw_param(object.draw_param, brush);
  const bool strokes = object.stroke == "true" || object.stroke == "1";
  if (is_false(object.fill)) brush.text = strokes ? TextPaint::outlined : TextPaint::none;
  if (object.hidden()) brush.text = TextPaint::none;
  drawing_->canvas.begin_run();
  const std::size_t first = drawing_->page.glyphs.size();
  std::size_t& count = drawing_->directions[static_cast<std::size_t>(quarters(style))];
  const std::size_t depth = scanner.depth();
  TextCode code;
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner.depth() == depth) break;
    if (event != Event::start) continue;
    const std::string_view name = scanner.name();
    if (name == "FillColor") {
      brush.fill = fill_colour(scanner);
      if (brush.fill.clear && !strokes) brush.text = TextPaint::none;
    } else if (name == "StrokeColor") {
      brush.stroke = colour_of(scanner);
    } else if (name == "Clips") {
      if (!read_clips(scanner, style.matrix, object.cornered(matrix), brush.clip)) return false;
    } else if (name == "TextCode") {
      if (!read_text_code(scanner, code)) return false;
      if (brush.text == TextPaint::none)
        add_glyphs(code, style, brush, drawing_->canvas);
      else
        count += add_glyphs(code, style, brush, drawing_->canvas);
    }
  }
  part_from_stamp(is_slanted(style.matrix), one_character(code.text), first);
  return true;
}

/// colour_of(), looked into once where it is written as the last one, as it mostly is.
Colour PageReader::fill_colour(const XmlScanner& scanner) {
  if (scanner.attributes() != last_fill_) {
    last_fill_ = scanner.attributes();
    last_colour_ = colour_of(scanner);
  }
  return last_colour_;
}

/// Of the characters round a stamp some happen to stand upright, each an object between two that are slanted: they are none of the page's
/// text, either. `single`: the text object just read is one character; `first`: the glyph that it began with.
void PageReader::part_from_stamp(bool slanted, bool single, std::size_t first) {
  std::vector<Glyph>& glyphs = drawing_->page.glyphs;
  slanted = slanted && single;
  if (slanted) {
    if (drawing_->lone < glyphs.size()) glyphs.resize(drawing_->lone);
    drawing_->lone = SIZE_MAX;
  } else {
    drawing_->lone = drawing_->after_slanted && glyphs.size() == first + 1 ? first : SIZE_MAX;
  }
  drawing_->after_slanted = slanted;
}

bool PageReader::read_text_code(XmlScanner& scanner, TextCode& code) {
  code.delta_x = code.delta_y = {};
  scanner.each_attribute([&](std::string_view name, std::string_view value) {
    // A place that is not given is the text code's before.
    if (name.size() == 1) {
      if (name[0] == 'X') code.x = number_of(value).value_or(code.x);
      if (name[0] == 'Y') code.y = number_of(value).value_or(code.y);
    } else {
      if (name == "DeltaX") code.delta_x = value;
      if (name == "DeltaY") code.delta_y = value;
    }
  });
  code.text = {};
  const std::size_t inside = scanner.depth();
  for (bool first = true;;) {
    const Event next = scanner.next();
    if (next == Event::failed || next == Event::finish) return false;
    if (next == Event::end && scanner.depth() == inside) break;
    if (next != Event::text) continue;
    if (std::exchange(first, false)) {
      code.text = scanner.text(text_);
      continue;
    }
    // In several parts, a CDATA section beside others.
    if (code.text.data() != text_.data()) text_ = code.text;
    scanner.append_text(text_);
    code.text = text_;
  }
  if (code.text.size() > marks_ * 4) {
    error_ = too_large();
    return false;
  }
  code.text = without_layout(code.text, text_);
  return true;
}

bool PageReader::read_path(XmlScanner& scanner, const Matrix& matrix) {
  const Attributes object(scanner);
  if (object.hidden()) return scanner.skip_element();
  Brush brush = layer_;
  if (!object.draw_param.empty()) use_draw_param(object.draw_param, brush);
  brush.to_page = object.placed(matrix);
  if (const auto width = number_of(object.line_width)) brush.line_width = *width;
  const bool strokes = !is_false(object.stroke);
  const bool fills = object.fill == "true" || object.fill == "1";
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
      if (name == "FillColor") brush.fill = fill_colour(scanner);
      if (name == "StrokeColor") brush.stroke = colour_of(scanner);
      if (name == "Clips") {
        if (!read_clips(scanner, brush.to_page, object.cornered(matrix), brush.clip)) return false;
      } else if ((name == "FillColor" || name == "StrokeColor") && !scanner.skip_element()) {
        return false;
      }
    } else {
      in_data = false;
    }
  }
  if (text_.size() > marks_ * 64) {
    error_ = too_large();
    return false;
  }
  path_.clear();
  add_path(text_, brush.to_page, fills, path_);
  if (fills) drawing_->canvas.fill(path_, brush);
  if (strokes) drawing_->canvas.stroke(path_, brush);
  return true;
}

/// Narrows `clip` to the boxes round the started element's paths. Programs do not agree whether the object's own matrix is the clip's, too:
/// what either way shows counts as shown.
bool PageReader::read_clips(XmlScanner& scanner, const Matrix& with_own, const Matrix& without, PageBox& clip) {
  const std::size_t depth = scanner.depth();
  PageBox shown = nothing;
  Matrix area;
  Matrix path;
  bool in_data = false;
  std::string data;
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::text && in_data) scanner.append_text(data);
    if (event == Event::end && scanner.depth() == depth) return true;
    if (event == Event::start) {
      const std::string_view name = scanner.name();
      if (name == "Clip") shown = nothing;
      if (name == "Area") area = matrix_of(scanner.attribute("CTM"));
      if (name == "Path") path = Attributes(scanner).placed(area);
      if (name == "Text") shown = everything;
      in_data = name == "AbbreviatedData";
      data.clear();
    } else if (event == Event::end) {
      if (in_data) {
        for (const Matrix& matrix : {with_own, without}) {
          path_.clear();
          add_path(data, path.then(matrix), true, path_);
          shown = united(shown, path_.bounds());
        }
      }
      in_data = false;
      // A clip without a path clips nothing.
      if (scanner.name() == "Clip" && shown.left <= shown.right) clip = intersection(clip, shown);
    }
  }
}

bool PageReader::read_composite(XmlScanner& scanner, const Matrix& matrix, std::size_t nesting) {
  const Attributes object(scanner);
  if (object.hidden()) return scanner.skip_element();
  const std::string id(object.resource);
  const Matrix own = object.placed(matrix);
  if (!scanner.skip_element()) return false;
  if (nesting >= deepest_composite) {
    error_ = Error{"too-deep", "OFD文件里图形套图形太深，不像正常的文件，已停止读取。请用OFD阅读软件打开后另存一份再上传。", {}};
    return false;
  }
  for (const UnitEntry& unit : resources_.units) {
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
      return read_objects(units, own, nesting + 1) || !error_;
    }
  }
  return true;
}

void PageReader::read_picture(XmlScanner& scanner, const Matrix& matrix) {
  const Attributes object(scanner);
  const auto boundary = box_of(object.boundary);
  if (!boundary || object.hidden()) return;
  drawing_->canvas.picture(through(matrix, *boundary), layer_);
  constexpr std::size_t most_pictures = 64;  // a scan in strips has some
  const auto part = resources_.pictures.find(object.resource);
  if (part == resources_.pictures.end() || drawing_->pictures.size() == most_pictures) return;
  // Without a matrix of its own a picture fills its boundary.
  const Matrix filling{boundary->right - boundary->left, 0, 0, boundary->bottom - boundary->top, boundary->left, boundary->top};
  const Matrix place = object.matrix.empty() ? filling.then(matrix) : object.placed(matrix);
  if (place.finite()) drawing_->pictures.push_back({part->second, place});
}

}  // namespace jiheng::reading::ofd
