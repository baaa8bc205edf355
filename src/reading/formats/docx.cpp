// Word documents (docx): word/document.xml in one pass, into paragraphs and grids.
#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_search.h"
#include "base/text.h"
#include "reading/flow.h"
#include "reading/formats/docx_symbols.h"
#include "reading/formats/formats.h"
#include "reading/formats/word_layout.h"
#include "reading/office_package.h"
#include "reading/xml.h"

namespace jiheng::reading {
namespace {

using Event = XmlScanner::Event;

/// A switch of WordprocessingML: <w:b/>, <w:b w:val="1"/> are on; "0", "false", "off" are off.
bool is_on(std::string_view value) {
  return !(value == "0" || value == "false" || value == "off" || value == "none");
}

std::uint32_t number(std::string_view text) {
  std::uint32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || value > 100000) break;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

enum class Element {
  other,
  skipped,  ///< with all that is in it
  run,
  run_properties,
  text,
  table,
  row,
  row_properties,
  cell,
  cell_properties,
  paragraph,
  tab,
  line_break,
  hyphen,
  symbol,
  deleted,
  inserted,
  structured,
  structured_properties,
  structured_content,
  text_box,
  form_check_box,
};

/// A name of up to eight letters as one number, so that telling elements apart costs no comparison of texts.
constexpr std::uint64_t key(std::string_view name) {
  std::uint64_t value = 0;
  for (const char c : name) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

Element element_of_long(std::string_view name) {
  if (name == "instrText" || name == "delInstrText") return Element::skipped;
  if (name == "sdtContent") return Element::structured_content;
  if (name == "txbxContent") return Element::text_box;
  if (name == "noBreakHyphen") return Element::hyphen;
  return Element::other;
}

Element element_of(std::string_view name) {
  if (name.size() > 8) return element_of_long(name);
  switch (key(name)) {
    case key("p"):
      return Element::paragraph;
    case key("r"):
      return Element::run;
    case key("t"):
      return Element::text;
    case key("tbl"):
      return Element::table;
    case key("tr"):
      return Element::row;
    case key("tc"):
      return Element::cell;
    case key("rPr"):
      return Element::run_properties;
    case key("trPr"):
      return Element::row_properties;
    case key("tcPr"):
      return Element::cell_properties;
    case key("tab"):
    case key("ptab"):
      return Element::tab;
    case key("br"):
    case key("cr"):
      return Element::line_break;
    case key("sym"):
      return Element::symbol;
    case key("del"):
    case key("moveFrom"):
      return Element::deleted;
    case key("ins"):
    case key("moveTo"):
      return Element::inserted;
    case key("sdt"):
      return Element::structured;
    case key("sdtPr"):
      return Element::structured_properties;
    case key("checkBox"):
      return Element::form_check_box;
    case key("rt"):  // the reading above a character
    case key("pPr"):
    case key("tblPr"):
    case key("tblGrid"):
    case key("tblPrEx"):
    case key("sectPr"):
    case key("delText"):
      return Element::skipped;
    default:
      return Element::other;
  }
}

/// Reads one part that holds a body: the document, or a header.
class BodyReader {
 public:
  BodyReader(XmlScanner& scanner, FlowBuilder& flow) : scanner_(scanner), flow_(flow) {}

  /// False: the scanner failed, or what was built is too much.
  bool read();
  bool tracked_changes() const { return tracked_changes_; }

 private:
  struct Structured {
    std::size_t depth;
    bool placeholder = false;
    bool check_box = false;
    bool checked = false;
  };

  bool start();
  bool start_foreign();
  void end();
  bool read_run_properties();
  bool read_cell_properties();
  bool read_row_properties();
  bool read_structured_properties();
  bool read_form_check_box();
  bool start_structured_content();
  void add_text(std::string_view text) {
    if (!hidden_ && silent_ == 0) flow_.text(text);
  }

  XmlScanner& scanner_;
  FlowBuilder& flow_;
  std::string_view main_;  ///< the prefix of WordprocessingML in this part
  std::string vanish_;     ///< the whole name of the element that hides a run
  std::string buffer_;
  bool in_text_ = false;
  bool hidden_ = false;     ///< the present run's text is hidden
  std::size_t silent_ = 0;  ///< open content controls that show only their prompt
  std::vector<Structured> structured_;
  std::vector<bool> chosen_;  ///< by open AlternateContent: one of its choices has been taken
  bool tracked_changes_ = false;
};

bool BodyReader::read() {
  if (scanner_.next() != Event::start) return false;
  main_ = scanner_.prefix();
  vanish_ = main_.empty() ? "vanish" : std::string(main_) + ":vanish";
  while (!flow_.failed()) {
    switch (scanner_.next()) {
      case Event::start:
        if (!(same_name(scanner_.prefix(), main_) ? start() : start_foreign())) return false;
        break;
      case Event::end:
        end();
        break;
      case Event::text:
        if (in_text_) add_text(scanner_.text(buffer_));
        break;
      case Event::finish:
        return true;
      case Event::failed:
        return false;
    }
  }
  return false;
}

bool BodyReader::start() {
  switch (element_of(scanner_.name())) {
    case Element::other:
    case Element::paragraph:
      break;
    case Element::skipped:
      return scanner_.skip_element();
    case Element::run:
      hidden_ = false;
      break;
    case Element::run_properties:
      return read_run_properties();
    case Element::text:
      in_text_ = true;
      break;
    case Element::table:
      flow_.begin_table();
      break;
    case Element::row:
      flow_.begin_row();
      break;
    case Element::row_properties:
      return read_row_properties();
    case Element::cell:
      flow_.begin_cell();
      break;
    case Element::cell_properties:
      return read_cell_properties();
    case Element::tab:
      add_text("\t");
      break;
    case Element::line_break:
      add_text("\n");
      break;
    case Element::hyphen:
      add_text("-");
      break;
    case Element::symbol:
      add_text(symbol_text(scanner_.attribute("font"), scanner_.attribute("char"), buffer_));
      break;
    case Element::deleted:
      tracked_changes_ = true;
      return scanner_.skip_element();
    case Element::inserted:
      tracked_changes_ = true;
      break;
    case Element::structured:
      structured_.push_back({scanner_.depth()});
      break;
    case Element::structured_properties:
      return read_structured_properties();
    case Element::structured_content:
      return start_structured_content();
    case Element::text_box:
      flow_.end_paragraph();
      break;
    case Element::form_check_box:
      return read_form_check_box();
  }
  return true;
}

/// Drawings, formulas and compatibility wrappers are looked through for text boxes and text; of alternatives the first is taken.
bool BodyReader::start_foreign() {
  const std::string_view name = scanner_.name();
  if (name == "AlternateContent") {
    chosen_.push_back(false);
  } else if (name == "Choice" || name == "Fallback") {
    if (chosen_.empty()) return true;
    if (chosen_.back()) return scanner_.skip_element();
    chosen_.back() = true;
  } else if (scanner_.prefix() == "m" && name == "t") {
    in_text_ = true;
  }
  return true;
}

void BodyReader::end() {
  const std::string_view name = scanner_.name();
  if (!same_name(scanner_.prefix(), main_)) {
    if (name == "AlternateContent" && !chosen_.empty())
      chosen_.pop_back();
    else if (name == "t")
      in_text_ = false;
    return;
  }
  switch (element_of(name)) {
    case Element::text:
      in_text_ = false;
      break;
    case Element::run:
      hidden_ = false;
      break;
    case Element::paragraph:
    case Element::text_box:
      flow_.end_paragraph();
      break;
    case Element::cell:
      flow_.end_cell();
      break;
    case Element::row:
      flow_.end_row();
      break;
    case Element::table:
      flow_.end_table();
      break;
    case Element::structured:
      if (!structured_.empty()) {
        if (structured_.back().placeholder) --silent_;
        structured_.pop_back();
      }
      break;
    default:
      break;
  }
}

bool BodyReader::read_run_properties() {
  bool may_hide = false;
  if (!scanner_.skip_element(vanish_, may_hide)) return false;
  if (!may_hide) return true;
  const std::size_t depth = scanner_.depth();
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner_.depth() == depth) return true;
    if (event != Event::start) continue;
    if (scanner_.name() == "vanish")
      hidden_ = is_on(scanner_.attribute("val"));
    else if (scanner_.name() == "rPrChange" && !scanner_.skip_element())
      return false;
  }
}

bool BodyReader::read_cell_properties() {
  const std::size_t depth = scanner_.depth();
  bool up = false;
  bool left = false;
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner_.depth() == depth) break;
    if (event != Event::start) continue;
    const std::string_view name = scanner_.name();
    if (name == "gridSpan") {
      flow_.set_column_span(number(scanner_.attribute("val")));
    } else if (name == "vMerge") {
      if (scanner_.attribute("val") == "restart")
        flow_.start_merge();
      else
        up = true;
    } else if (name == "hMerge") {
      left = scanner_.attribute("val") != "restart";
    } else if (name == "tcPrChange" && !scanner_.skip_element()) {
      return false;
    }
  }
  if (left)
    flow_.merge_left();
  else if (up)
    flow_.merge_up();
  return true;
}

bool BodyReader::read_row_properties() {
  const std::size_t depth = scanner_.depth();
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner_.depth() == depth) return true;
    if (event != Event::start) continue;
    const std::string_view name = scanner_.name();
    if (name == "gridBefore") {
      flow_.skip_columns(number(scanner_.attribute("val")));
    } else if (name == "del") {
      tracked_changes_ = true;
      flow_.drop_row();
    } else if (name == "ins") {
      tracked_changes_ = true;
    } else if (name == "trPrChange" && !scanner_.skip_element()) {
      return false;
    }
  }
}

bool BodyReader::read_structured_properties() {
  const std::size_t depth = scanner_.depth();
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner_.depth() == depth) return true;
    if (event != Event::start || structured_.empty()) continue;
    Structured& control = structured_.back();
    const std::string_view name = scanner_.name();
    if (name == "showingPlcHdr" && is_on(scanner_.attribute("val")) && !control.placeholder) {
      control.placeholder = true;
      ++silent_;
    } else if (name == "checkbox") {
      control.check_box = true;
    } else if (name == "checked" && control.check_box) {
      control.checked = is_on(scanner_.attribute("val"));
    }
  }
}

/// A check box shows a glyph of some symbol font; its state tells more.
bool BodyReader::start_structured_content() {
  if (structured_.empty() || !structured_.back().check_box) return true;
  add_text(structured_.back().checked ? "☑" : "☐");
  return scanner_.skip_element();
}

/// The older form field: <w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>.
bool BodyReader::read_form_check_box() {
  const std::size_t depth = scanner_.depth();
  bool checked = false;
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner_.depth() == depth) break;
    if (event != Event::start) continue;
    if (scanner_.name() == "checked" || scanner_.name() == "default") checked = is_on(scanner_.attribute("val"));
  }
  add_text(checked ? "☑" : "☐");
  return true;
}

Error failure_of(const XmlScanner& scanner, FlowBuilder& flow, std::string_view part) {
  if (auto error = flow.finish()) return std::move(*error).in(std::string(part));
  if (!scanner.error().code.empty()) return scanner.error();
  return {"damaged", "文件已损坏：" + std::string(part) + "里没有内容。请用Word打开后另存一份再上传。", {std::string(part)}};
}

/// The first text of the page headers becomes the first paragraph. A header that cannot be read is none.
void take_title_from_header(OfficePackage& package, std::string_view document, Layout& layout, const Limits& limits) {
  const auto links = package.relationships(document);
  if (!links) return;
  for (const Relationship& link : *links) {
    if (link.type != "header") continue;
    const auto xml = package.part(link.target);
    if (!xml) continue;
    Layout header;
    XmlScanner scanner(*xml, link.target, limits.depth);
    FlowBuilder flow(header, limits);
    if (!BodyReader(scanner, flow).read() || flow.finish()) continue;
    if (take_title(header, layout)) return;
  }
}

/// Its footers' texts, without their markup. Most documents have none, which the zip's directory tells at once.
void take_footers(OfficePackage& package, std::string_view bytes, Layout& layout, const Limits& limits) {
  if (bytes.find("word/footer") == std::string_view::npos) return;
  constexpr int most_footers = 6;
  for (int number = 1; number <= most_footers; ++number) {
    const std::string part = "word/footer" + std::to_string(number) + ".xml";
    if (!package.has(part)) continue;
    const auto xml = package.part(part);
    if (!xml) continue;
    XmlScanner scanner(*xml, part, limits.depth);
    for (Event event = scanner.next(); event != Event::finish && event != Event::failed; event = scanner.next()) {
      if (event == Event::text) scanner.append_text(layout.foot);
      if (event == Event::end && scanner.name() == "p") layout.foot.push_back('\n');
    }
  }
}

}  // namespace

Result<Layout> read_docx(std::string_view bytes, const Limits& limits) {
  auto package = OfficePackage::open(bytes, limits);
  if (!package) return std::move(package).error();
  const std::string part = package->main_part("word/document.xml");
  const auto xml = package->part(part);
  if (!xml) return xml.error();
  Layout layout;
  XmlScanner scanner(*xml, part, limits.depth);
  FlowBuilder flow(layout, limits);
  BodyReader body(scanner, flow);
  if (!body.read()) return failure_of(scanner, flow, part);
  if (auto error = flow.finish()) return std::move(*error).in(part);
  if (body.tracked_changes()) note_tracked_changes(layout);
  if (lacks_title(layout)) take_title_from_header(*package, part, layout, limits);
  take_footers(*package, bytes, layout, limits);
  return layout;
}

}  // namespace jiheng::reading
