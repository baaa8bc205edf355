#include "reading/formats/pdf/interpreter.h"

#include <algorithm>
#include <string>

#include "reading/canvas.h"
#include "reading/formats/pdf/content_scanner.h"
#include "reading/formats/pdf/resources.h"
#include "reading/formats/pdf/text_painter.h"

namespace jiheng::reading::pdf {
namespace {

constexpr std::size_t deepest_form = 12;
constexpr std::size_t form_cost = 100;
constexpr std::size_t most_states = 512;
constexpr int most_annotations = 2000;

constexpr std::uint32_t op(std::string_view letters) {
  return operator_code(letters);
}

class Interpreter {
 public:
  Interpreter(File& file, Fonts& fonts, Effort& effort, Page& page)
      : file_(file), effort_(effort), canvas_(page), text_(canvas_, state_, fonts) {}

  void run(const PageObject& object, const Matrix& to_page, const PageBox& seen) {
    state_.to_page = to_page;
    state_.clip = seen;
    const GraphicsState fresh = state_;
    Object page = object.page;
    Bytes& content = effort_.content;
    content.clear();
    effort_.damaged = !gather(page.key("Contents"), content);
    run_content(content.view(), object.resources);
    state_ = fresh;
    run_annotations(page.key("Annots"));
    canvas_.finish();
  }

  /// Glyphs by the quarter of the circle that they are turned by.
  const std::array<std::size_t, 4>& directions() const { return text_.directions(); }
  std::vector<PlacedPicture>& pictures() { return pictures_; }

 private:
  /// False where a stream could not be decoded, or not to its end.
  bool gather(Object contents, Bytes& content) {
    if (contents.is_stream()) return file_.read_stream(contents, content) && !file_.stream_was_damaged();
    if (!contents.is_array()) return true;
    bool sound = true;
    const int count = std::min(contents.size(), 10000);
    for (int i = 0; i < count; ++i) {
      sound &= file_.read_stream(contents.item(i), content) && !file_.stream_was_damaged();
      content.push_back('\n');
    }
    return sound;
  }

  void run_content(std::string_view content, const Object& resources) {
    if (content.size() > effort_.bytes) {
      effort_.exceeded = true;
      return;
    }
    effort_.bytes -= content.size();
    Resources own(resources);
    Resources* const outer = resources_;
    resources_ = &own;
    const std::size_t outer_states = states_.size();
    const std::size_t outer_marks = marks_.size();
    ContentScanner scanner(content);
    while (!effort_.exceeded) {
      const std::uint32_t code = scanner.next();
      if (code == 0) break;
      if (effort_.operators == 0 || canvas_.size() > effort_.glyphs) {
        effort_.exceeded = true;
        break;
      }
      --effort_.operators;
      execute(code, scanner);
    }
    states_.resize(outer_states);
    while (marks_.size() > outer_marks) end_mark();
    resources_ = outer;
  }

  void execute(std::uint32_t code, const ContentScanner& in) {
    switch (code) {
      case op("q"):
        if (states_.size() < most_states) states_.push_back(state_);
        break;
      case op("Q"):
        if (!states_.empty()) {
          state_ = states_.back();
          states_.pop_back();
        }
        break;
      case op("cm"):
        state_.to_page = matrix_of(in).then(state_.to_page);
        break;
      case op("w"):
        state_.line_width = std::abs(in.number(0));
        break;
      case op("gs"):
        set_parameters(in.last_name());
        break;
      case op("Do"):
        paint_object(in.last_name());
        break;
      case op("ID"):
        canvas_.picture(unit_square(), state_);
        break;
      case op("sh"):
        canvas_.surface(state_.clip, state_);
        break;
      case op("BMC"):
        marks_.push_back(false);
        break;
      case op("BDC"):
        begin_mark(in);
        break;
      case op("EMC"):
        end_mark();
        break;
      default:
        if (TextPainter::takes(code))
          text_.take(code, in, *resources_, hidden_ == 0);
        else if (!path_operator(code, in))
          colour_operator(code, in);
    }
  }

  Point point(const ContentScanner& in, std::size_t at) const { return state_.to_page.apply(in.number(at), in.number(at + 1)); }

  // Paths

  bool path_operator(std::uint32_t code, const ContentScanner& in) {
    switch (code) {
      case op("m"):
        path_.move(point(in, 0));
        return true;
      case op("l"):
        path_.line(point(in, 0));
        return true;
      case op("c"):
        path_.curve(point(in, 4));
        return true;
      case op("v"):
      case op("y"):
        path_.curve(point(in, 2));
        return true;
      case op("h"):
        path_.close();
        return true;
      case op("re"): {
        const float x = in.number(0);
        const float y = in.number(1);
        const float right = x + in.number(2);
        const float top = y + in.number(3);
        const Matrix& m = state_.to_page;
        path_.rectangle({m.apply(x, y), m.apply(right, y), m.apply(right, top), m.apply(x, top)});
        return true;
      }
      case op("W"):
      case op("W*"):
        clips_ = true;
        return true;
      case op("s"):
        path_.close();
        [[fallthrough]];
      case op("S"):
        paint(false, true);
        return true;
      case op("f"):
      case op("F"):
      case op("f*"):
        paint(true, false);
        return true;
      case op("b"):
      case op("b*"):
        path_.close();
        [[fallthrough]];
      case op("B"):
      case op("B*"):
        paint(true, true);
        return true;
      case op("n"):
        paint(false, false);
        return true;
      default:
        return false;
    }
  }

  void paint(bool fills, bool strokes) {
    if (hidden_ == 0) {
      if (fills) canvas_.fill(path_, state_);
      if (strokes) canvas_.stroke(path_, state_);
    }
    // A clip without a path clips nothing, as other readers have it.
    if (clips_ && !path_.empty()) state_.clip = intersection(state_.clip, path_.bounds());
    clips_ = false;
    path_.clear();
  }

  // Colours

  void colour_operator(std::uint32_t code, const ContentScanner& in) {
    switch (code) {
      case op("g"):
        return set_fill(ColourSpace::grey, in);
      case op("G"):
        return set_stroke(ColourSpace::grey, in);
      case op("rg"):
        return set_fill(ColourSpace::rgb, in);
      case op("RG"):
        return set_stroke(ColourSpace::rgb, in);
      case op("k"):
        return set_fill(ColourSpace::cmyk, in);
      case op("K"):
        return set_stroke(ColourSpace::cmyk, in);
      case op("cs"):
        state_.fill_space = resources_->colour_space(in.last_name());
        state_.fill.white = false;
        break;
      case op("CS"):
        state_.stroke_space = resources_->colour_space(in.last_name());
        state_.stroke.white = false;
        break;
      case op("sc"):
      case op("scn"):
        return set_fill(state_.fill_space, in);
      case op("SC"):
      case op("SCN"):
        return set_stroke(state_.stroke_space, in);
      default:
        break;
    }
  }

  void set_fill(ColourSpace space, const ContentScanner& in) {
    state_.fill_space = space;
    state_.fill.white = is_white(space, in);
  }
  void set_stroke(ColourSpace space, const ContentScanner& in) {
    state_.stroke_space = space;
    state_.stroke.white = is_white(space, in);
  }

  static bool is_white(ColourSpace space, const ContentScanner& in) {
    constexpr float nearly = 0.97F;
    switch (space) {
      case ColourSpace::grey:
        return in.number(0) >= nearly;
      case ColourSpace::rgb:
        return in.number(0) >= nearly && in.number(1) >= nearly && in.number(2) >= nearly;
      case ColourSpace::cmyk:
        return in.number(0) + in.number(1) + in.number(2) + in.number(3) <= 1 - nearly;
      case ColourSpace::ink:
        return in.operands().size() == 1 && in.number(0) <= 1 - nearly;
      case ColourSpace::other:
        return false;
    }
    return false;
  }

  void set_parameters(std::string_view name) {
    const Resources::Parameters& parameters = resources_->parameters(name);
    if (parameters.fill_alpha >= 0) state_.fill.clear = parameters.fill_alpha < 0.01F;
    if (parameters.stroke_alpha >= 0) state_.stroke.clear = parameters.stroke_alpha < 0.01F;
    if (parameters.line_width >= 0) state_.line_width = parameters.line_width;
  }

  // Layers that are switched off

  void begin_mark(const ContentScanner& in) {
    const auto operands = in.operands();
    const bool layer = operands.size() == 2 && operands[0].text == "OC" && operands[1].kind == Operand::Kind::name;
    const bool hides = layer && file_.is_hidden_layer(resources_->named("Properties", operands[1].text));
    marks_.push_back(hides);
    hidden_ += hides;
  }

  void end_mark() {
    if (marks_.empty()) return;
    hidden_ -= marks_.back();
    marks_.pop_back();
  }

  // Forms and pictures

  PageBox unit_square() const { return through(state_.to_page, {0, 0, 1, 1}); }

  void paint_object(std::string_view name) {
    Object object = resources_->named("XObject", name);
    if (!object.is_stream() || hidden_ > 0) return;
    if (file_.is_hidden_layer(object.key("OC"))) return;
    const std::string kind = object.key("Subtype").name();
    if (kind == "Image") paint_picture(object);
    if (kind == "Form") run_form(object, Matrix());
  }

  void paint_picture(Object picture) {
    constexpr std::size_t most_pictures = 1000;  // strips of a scan are some dozens
    canvas_.picture(unit_square(), state_);
    const Matrix& m = state_.to_page;
    // The picture's first row is at the top of the unit square, whose y goes up.
    if (pictures_.size() < most_pictures) pictures_.push_back({picture, {m.a, m.b, -m.c, -m.d, m.e + m.c, m.f + m.d}});
  }

  void run_form(Object form, const Matrix& placed) {
    // A form that paints itself has no end.
    const int id = form.id();
    if (open_forms_.size() >= deepest_form || std::find(open_forms_.begin(), open_forms_.end(), id) != open_forms_.end()) return;
    // To begin a form costs more than other operators do.
    effort_.operators -= std::min(form_cost, effort_.operators);
    const Cached& content = content_of(form);
    if (content == nullptr) return;
    const GraphicsState outer = state_;
    const TextPainter::Place outer_place = text_.place();
    Matrix own;
    Object matrix = form.key("Matrix");
    if (matrix.is_array() && matrix.size() == 6) {
      float v[6];
      for (int i = 0; i < 6; ++i) v[i] = matrix.item(i).number(0);
      own = {v[0], v[1], v[2], v[3], v[4], v[5]};
    }
    state_.to_page = own.then(placed).then(state_.to_page);
    float box[4];
    if (box_of(form.key("BBox"), box)) state_.clip = intersection(state_.clip, through(state_.to_page, {box[0], box[1], box[2], box[3]}));
    Object resources = form.key("Resources");
    open_forms_.push_back(id);
    const Path outer_path = std::exchange(path_, Path());
    run_content(content->view(), resources.is_dictionary() || resources_ == nullptr ? resources : resources_->object());
    path_ = outer_path;
    open_forms_.pop_back();
    state_ = outer;
    text_.set_place(outer_place);
  }

  using Cached = std::shared_ptr<Bytes>;

  const Cached& content_of(const Object& form) {
    Cached& content = forms_[form.id()];
    if (content == nullptr) {
      content = std::make_shared<Bytes>();
      file_.read_stream(form, *content);
    }
    return content;
  }

  /// What form fields and stamps show.
  void run_annotations(Object annotations) {
    if (!annotations.is_array()) return;
    const int count = std::min(annotations.size(), most_annotations);
    for (int i = 0; i < count; ++i) {
      Object annotation = annotations.item(i);
      if (!annotation.is_dictionary()) continue;
      const std::string kind = annotation.key("Subtype").name();
      if (kind != "Widget" && kind != "FreeText") continue;
      constexpr int hidden_or_no_view = 2 | 32;
      if ((static_cast<int>(std::clamp(annotation.key("F").number(0), -1e6F, 1e6F)) & hidden_or_no_view) != 0) continue;
      Object looks = annotation.key("AP");
      Object form = looks.is_dictionary() ? looks.key("N") : Object();
      if (form.is_dictionary()) form = form.key(annotation.key("AS").name());
      float place[4];
      float box[4];
      if (!form.is_stream() || !box_of(annotation.key("Rect"), place) || !box_of(form.key("BBox"), box)) continue;
      const float across = (place[2] - place[0]) / (box[2] - box[0]);
      const float up = (place[3] - place[1]) / (box[3] - box[1]);
      run_form(form, {across, 0, 0, up, place[0] - box[0] * across, place[1] - box[1] * up});
    }
  }

  File& file_;
  Effort& effort_;
  std::vector<PlacedPicture> pictures_;
  Canvas canvas_;
  Resources* resources_ = nullptr;
  GraphicsState state_;
  TextPainter text_;
  std::vector<GraphicsState> states_;
  Path path_;
  bool clips_ = false;
  std::vector<bool> marks_;
  int hidden_ = 0;
  std::vector<int> open_forms_;
  std::unordered_map<int, Cached> forms_;
};

/// From the page's own coordinates to points from the upper left corner of the page as it is looked at.
Matrix turned(const PageObject& page, int turn) {
  const float u = page.unit;
  switch (turn) {
    case 90:
      return {0, u, u, 0, -page.bottom * u, -page.left * u};
    case 180:
      return {-u, 0, 0, u, page.right * u, -page.bottom * u};
    case 270:
      return {0, -u, -u, 0, page.top * u, page.right * u};
    default:
      return {u, 0, 0, -u, -page.left * u, page.top * u};
  }
}

}  // namespace

Font& Fonts::get(const Object& font) {
  if (font.id() == 0) {
    direct_.push_back(std::make_unique<Font>(file_, font));
    return *direct_.back();
  }
  auto& kept = by_object_[font.id()];
  if (kept == nullptr) kept = std::make_unique<Font>(file_, font);
  return *kept;
}

namespace {

struct Attempt {
  Page page;
  std::vector<PlacedPicture> pictures;
  int sideways = 0;  ///< quarters clockwise that most of its text is turned by
};

Attempt attempt(File& file, Fonts& fonts, const PageObject& object, int turn, Effort& effort) {
  Attempt result;
  const bool lies = turn == 90 || turn == 270;
  const float across = (object.right - object.left) * object.unit;
  const float down = (object.top - object.bottom) * object.unit;
  result.page.width = lies ? down : across;
  result.page.height = lies ? across : down;
  Interpreter interpreter(file, fonts, effort, result.page);
  interpreter.run(object, turned(object, turn), {0, 0, result.page.width, result.page.height});
  const auto& directions = interpreter.directions();
  const std::size_t all = directions[0] + directions[1] + directions[2] + directions[3];
  for (std::size_t i = 1; i < 4; ++i) {
    if (directions[i] * 10 > all * 7) result.sideways = static_cast<int>(i);
  }
  result.pictures = std::move(interpreter.pictures());
  return result;
}

}  // namespace

Page run_page(File& file, Fonts& fonts, const PageObject& object, Effort& effort, std::vector<PlacedPicture>& pictures) {
  Attempt result = attempt(file, fonts, object, object.turn, effort);
  // A table laid on its side by its text alone is set upright.
  if (result.sideways != 0 && !effort.exceeded)
    result = attempt(file, fonts, object, (object.turn + 360 - 90 * result.sideways) % 360, effort);
  effort.glyphs -= std::min(result.page.glyphs.size() + result.page.rules.size(), effort.glyphs);
  pictures = std::move(result.pictures);
  return std::move(result.page);
}

}  // namespace jiheng::reading::pdf
