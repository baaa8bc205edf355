// Excel workbooks (xlsx): each visible sheet becomes one grid.
#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "reading/cell_budget.h"
#include "reading/encoding.h"
#include "reading/formats/formats.h"
#include "reading/formats/shared_strings.h"
#include "reading/formats/sheet_cells.h"
#include "reading/formats/stored_number.h"
#include "reading/office_package.h"
#include "reading/xml.h"

namespace jiheng::reading {
namespace {

using Event = XmlScanner::Event;

struct Sheet {
  std::string name;
  std::string part;
  bool hidden = false;
};

struct Workbook {
  std::vector<Sheet> sheets;
  bool from_1904 = false;
};

/// "B5" → row 4, column 1; false where it is no reference to a cell.
bool read_reference(std::string_view text, std::uint32_t& row, std::uint32_t& column) {
  std::uint32_t letters = 0;
  std::size_t at = 0;
  for (; at < text.size() && at < 4; ++at) {
    const char upper = static_cast<char>(text[at] & ~0x20);
    if (upper < 'A' || upper > 'Z') break;
    letters = letters * 26 + static_cast<std::uint32_t>(upper - 'A' + 1);
  }
  const std::uint32_t line = sheet_number(text.substr(at));
  if (letters == 0 || letters > most_sheet_columns || line == 0 || line > most_sheet_rows) return false;
  row = line - 1;
  column = letters - 1;
  return true;
}

Error damaged(std::string what) {
  return {"damaged", "文件已损坏：" + std::move(what) + "。请用Excel打开后另存一份再上传。", {}};
}

// ---- workbook ------------------------------------------------------------------------------------------------------------------

Result<Workbook> read_workbook(OfficePackage& package, const std::string& part, const std::vector<Relationship>& links,
                               const Limits& limits) {
  const auto xml = package.part(part);
  if (!xml) return xml.error();
  Workbook workbook;
  XmlScanner scanner(*xml, part, limits.depth);
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed) return scanner.error();
    if (event == Event::finish) return workbook;
    if (event != Event::start) continue;
    if (scanner.name() == "workbookPr") {
      const std::string_view value = scanner.attribute("date1904");
      workbook.from_1904 = value == "1" || value == "true";
    } else if (scanner.name() == "sheet") {
      Sheet sheet;
      sheet.name = XmlScanner::unescaped(scanner.attribute("name"));
      const std::string_view state = scanner.attribute("state");
      sheet.hidden = state == "hidden" || state == "veryHidden";
      const std::string id = XmlScanner::unescaped(scanner.attribute("id"));
      const auto link = std::find_if(links.begin(), links.end(), [&](const Relationship& l) { return l.id == id && !id.empty(); });
      if (link != links.end() && link->type != "worksheet") continue;  // a chart's sheet
      sheet.part = link != links.end() ? link->target : "xl/worksheets/sheet" + std::to_string(workbook.sheets.size() + 1) + ".xml";
      if (workbook.sheets.size() >= limits.tables)
        return Error{"too-many-cells", "工作簿里的工作表超过" + std::to_string(limits.tables) + "张。请分成几个文件再上传。", {part}};
      workbook.sheets.push_back(std::move(sheet));
    }
  }
}

/// The part that a relationship of this type names, else the usual one; "" where the package has none.
std::string linked_part(OfficePackage& package, const std::vector<Relationship>& links, std::string_view type, const std::string& usual) {
  for (const Relationship& link : links) {
    if (link.type == type && package.has(link.target)) return link.target;
  }
  return package.has(usual) ? usual : "";
}

// ---- styles --------------------------------------------------------------------------------------------------------------------

std::optional<Error> read_styles(SheetStyles& styles, std::string_view xml, std::string_view part, std::size_t depth_limit) {
  XmlScanner scanner(xml, part, depth_limit);
  bool in_cell_styles = false;
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed) return scanner.error();
    if (event == Event::finish) return std::nullopt;
    if (event == Event::end && scanner.name() == "cellXfs") in_cell_styles = false;
    if (event != Event::start) continue;
    if (scanner.name() == "cellXfs") {
      in_cell_styles = true;
    } else if (scanner.name() == "numFmt") {
      styles.add_code(sheet_number(scanner.attribute("numFmtId")), XmlScanner::unescaped(scanner.attribute("formatCode")));
    } else if (in_cell_styles && scanner.name() == "xf") {
      styles.add_style(sheet_number(scanner.attribute("numFmtId")));
    } else if (scanner.name() == "dxfs" && !scanner.skip_element()) {
      return scanner.error();
    }
  }
}

// ---- sheets --------------------------------------------------------------------------------------------------------------------

/// What all sheets of a workbook share.
struct Shared {
  Layout& layout;
  const Limits& limits;
  std::vector<std::string_view> strings;
  bool strings_absent = false;
  SheetStyles styles;
  bool from_1904 = false;
};

class SheetReader {
 public:
  SheetReader(std::string_view xml, const Sheet& sheet, Shared& shared)
      : scanner_(xml, sheet.part, shared.limits.depth),
        sheet_(sheet),
        shared_(shared),
        cells_(shared.layout, shared.limits, sheet.name, shared.from_1904) {}

  Result<SheetContent> read();

 private:
  struct CellTag {
    std::string_view type;
    std::uint32_t style = 0;
    bool formula = false;
    bool valued = false;
  };

  bool usual_cell();
  bool start();
  bool read_cell();
  bool read_cell_content(CellTag& tag);
  bool read_plain(std::string& out);
  void take_value(CellTag& tag, std::string_view raw);
  void take_number(const CellTag& tag, std::string_view raw);
  void take_text(CellTag& tag, std::string_view text);
  bool fail(Error error) {
    error_ = std::move(error);
    return false;
  }

  XmlScanner scanner_;
  const Sheet& sheet_;
  Shared& shared_;
  SheetCells cells_;
  std::optional<Error> error_;
  std::uint32_t row_ = 0;
  std::uint32_t next_row_ = 0;
  std::uint32_t column_ = 0;
  std::uint32_t next_column_ = 0;
  std::string buffer_;
  std::string raw_;
};

Result<SheetContent> SheetReader::read() {
  const std::string place = "工作表“" + sheet_.name + "”";
  for (;;) {
    while (usual_cell()) {
    }
    if (error_) return std::move(*error_).in(place);
    const Event event = scanner_.next();
    if (event == Event::finish) return cells_.take();
    if (event == Event::start && start()) continue;
    if (error_) return std::move(*error_).in(place);
    if (event == Event::failed || event == Event::start) return Error(scanner_.error()).in(place);
  }
}

/// Takes apart what is ahead of a scanner, part by part.
class Ahead {
 public:
  explicit Ahead(std::string_view xml) : from_(xml.data()), at_(xml.data()), end_(xml.data() + xml.size()) {}

  template <std::size_t size>
  bool take(const char (&word)[size]) {
    if (static_cast<std::size_t>(end_ - at_) < size - 1 || std::memcmp(at_, word, size - 1) != 0) return false;
    at_ += size - 1;
    return true;
  }
  /// Up to `closing`, which must come, and before any '<'.
  template <char closing>
  bool take_until(std::string_view& taken) {
    const char* const found = find_first<closing, '<'>(at_, end_);
    taken = {at_, static_cast<std::size_t>(found - at_)};
    at_ = found;
    return found != end_ && *found == closing;
  }
  std::size_t taken() const { return static_cast<std::size_t>(at_ - from_); }

 private:
  const char* from_;
  const char* at_;
  const char* end_;
};

/// A cell as nearly all programs write it: <c r="B5" s="1" t="s"><v>12</v></c>, <c r="B5" s="1"/> or with <is><t>…</t></is>. False, and
/// nothing taken, for anything else, and once the sheet cannot be read on.
bool SheetReader::usual_cell() {
  Ahead ahead(scanner_.ahead());
  std::string_view place;
  std::string_view style;
  CellTag tag;
  if (error_ || !ahead.take("<c r=\"") || !ahead.take_until<'"'>(place)) return false;
  if (ahead.take("\" s=\"") && !ahead.take_until<'"'>(style)) return false;
  if (ahead.take("\" t=\"") && !ahead.take_until<'"'>(tag.type)) return false;
  enum class Holds { nothing, value, text } holds = Holds::nothing;
  std::string_view content;
  if (!ahead.take("\"/>")) {
    if (!ahead.take("\">")) return false;
    if (ahead.take("<v>")) {
      holds = Holds::value;
      if (!ahead.take_until<'<'>(content) || !ahead.take("</v>")) return false;
    } else if (ahead.take("<is><t>")) {
      holds = Holds::text;
      if (!ahead.take_until<'<'>(content) || !ahead.take("</t></is>")) return false;
    }
    if (!ahead.take("</c>")) return false;
  }
  std::uint32_t row = 0;
  if (!read_reference(place, row, column_)) return false;
  scanner_.pass(ahead.taken());
  row_ = row;
  next_column_ = column_ + 1;
  if (holds == Holds::nothing) return true;
  tag.style = sheet_number(style);
  cells_.at(row_, column_);
  buffer_.clear();
  XmlScanner::append_unescaped(buffer_, content);
  if (holds == Holds::value) {
    take_value(tag, buffer_);
  } else {
    unescape_control(buffer_);
    take_text(tag, shared_.layout.pool.keep(buffer_));
  }
  if (cells_.error()) error_ = cells_.error();
  return !error_;
}

bool SheetReader::start() {
  const std::string_view name = scanner_.name();
  if (name == "row") {
    const std::uint32_t given = sheet_number(scanner_.attribute("r"));
    row_ = given > 0 ? given - 1 : next_row_;
    if (row_ >= most_sheet_rows) return fail(damaged("行号超出范围"));
    next_row_ = row_ + 1;
    next_column_ = 0;
  } else if (name == "c") {
    return read_cell();
  } else if (name == "mergeCell") {
    const std::string_view area = scanner_.attribute("ref");
    const std::size_t colon = area.find(':');
    SheetMerge merge;
    if (colon == std::string_view::npos || !read_reference(area.substr(0, colon), merge.first_row, merge.first_column) ||
        !read_reference(area.substr(colon + 1), merge.last_row, merge.last_column)) {
      return true;
    }
    if (merge.first_row > merge.last_row) std::swap(merge.first_row, merge.last_row);
    if (merge.first_column > merge.last_column) std::swap(merge.first_column, merge.last_column);
    cells_.add_merge(merge);
  } else if (name == "oddFooter") {
    if (!read_plain(buffer_)) return false;
    shared_.layout.foot.append(buffer_).push_back('\n');
  } else if (name == "extLst" || name == "conditionalFormatting" || name == "dataValidations") {
    return scanner_.skip_element();
  }
  return true;
}

bool SheetReader::read_cell() {
  std::uint32_t row = row_;
  column_ = next_column_;
  CellTag tag;
  std::string_view given;
  scanner_.each_attribute([&](std::string_view name, std::string_view value) {
    if (name.size() != 1) return;
    if (name[0] == 'r' && given.empty()) given = value;
    if (name[0] == 't' && tag.type.empty()) tag.type = value;
    if (name[0] == 's' && tag.style == 0) tag.style = sheet_number(value);
  });
  if (read_reference(given, row, column_)) row_ = row;
  if (column_ >= most_sheet_columns) return fail(damaged("第" + std::to_string(row_ + 1) + "行的列号超出范围"));
  next_column_ = column_ + 1;
  cells_.at(row_, column_);
  if (!read_cell_content(tag)) return false;
  if (tag.formula && !tag.valued) cells_.note_formula_without_value();
  if (cells_.error()) error_ = cells_.error();
  return !error_;
}

bool SheetReader::read_cell_content(CellTag& tag) {
  const std::size_t depth = scanner_.depth();
  for (;;) {
    switch (scanner_.next()) {
      case Event::start:
        if (scanner_.name() == "v") {
          if (!read_plain(raw_)) return false;
          take_value(tag, raw_);
          if (error_) return false;
        } else if (scanner_.name() == "is") {
          std::string_view text;
          if (!read_rich_text(scanner_, shared_.layout.pool, buffer_, text)) return false;
          take_text(tag, text);
        } else if (scanner_.name() == "f") {
          tag.formula = true;
          if (!scanner_.skip_element()) return false;
        }
        break;
      case Event::end:
        if (scanner_.depth() == depth) return true;
        break;
      case Event::text:
        break;
      case Event::finish:
      case Event::failed:
        return false;
    }
  }
}

/// The text of the started element.
bool SheetReader::read_plain(std::string& out) {
  out.clear();
  const std::size_t depth = scanner_.depth();
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::text)
      scanner_.append_text(out);
    else if (event == Event::end && scanner_.depth() == depth)
      return true;
    else if (event == Event::finish || event == Event::failed)
      return false;
  }
}

void SheetReader::take_value(CellTag& tag, std::string_view raw) {
  const std::string_view value = trim(raw);
  if (tag.type == "s") {
    const auto at = [&] { return "单元格" + cell_reference(row_, column_); };
    if (shared_.strings_absent) {
      error_ = damaged("缺少文字表（sharedStrings.xml），" + at() + "的文字无法读取").in(at());
      return;
    }
    const std::uint32_t index = sheet_number(value);
    if (value.empty() || index >= shared_.strings.size()) {
      error_ = damaged(at() + "指向的文字不存在").in(at());
      return;
    }
    take_text(tag, shared_.strings[index]);
  } else if (tag.type == "str" || tag.type == "inlineStr") {
    std::string text(raw);
    unescape_control(text);
    take_text(tag, shared_.layout.pool.keep(text));
  } else if (tag.type == "b") {
    tag.valued = true;
    cells_.add_boolean(value == "1" || value == "true");
  } else if (tag.type == "e") {
    tag.valued = true;
    cells_.add_error(value);
  } else if (!value.empty()) {
    take_number(tag, raw);
    tag.valued = true;
  }
}

void SheetReader::take_text(CellTag& tag, std::string_view text) {
  tag.valued = true;
  cells_.add_text(text, shared_.styles.format(tag.style));
}

void SheetReader::take_number(const CellTag& tag, std::string_view raw) {
  TextPool& pool = shared_.layout.pool;
  const std::string_view value = trim(raw);
  if (tag.type == "d") {  // ISO 8601
    const std::string_view day = value.substr(0, std::min(value.find('T'), value.size()));
    return cells_.add(pool.keep(day));
  }
  auto stored = parse_stored_number(value);
  if (!stored) return cells_.add(pool.keep(value));
  cells_.add_number(std::move(*stored), shared_.styles.format(tag.style));
}

std::optional<Error> read_sheet(OfficePackage& package, const Sheet& sheet, Shared& shared, CellBudget& budget) {
  const auto xml = package.part(sheet.part);
  if (!xml) return Error(xml.error()).in("工作表“" + sheet.name + "”");
  auto content = SheetReader(*xml, sheet, shared).read();
  if (!content) return std::move(content).error();
  return add_sheet(std::move(*content), sheet.name, budget, shared.layout);
}

}  // namespace

Result<Layout> read_xlsx(std::string_view bytes, const Limits& limits) {
  auto package = OfficePackage::open(bytes, limits);
  if (!package) return std::move(package).error();
  const std::string part = package->main_part("xl/workbook.xml");
  const auto links = package->relationships(part);
  if (!links) return links.error();
  const auto workbook = read_workbook(*package, part, *links, limits);
  if (!workbook) return workbook.error();

  Layout layout;
  Shared shared{layout, limits, {}, false, {}, workbook->from_1904};
  const std::string styles = linked_part(*package, *links, "styles", "xl/styles.xml");
  if (!styles.empty()) {
    const auto xml = package->part(styles);
    if (!xml) return xml.error();
    if (auto error = read_styles(shared.styles, *xml, styles, limits.depth)) return *error;
  }
  const std::string strings = linked_part(*package, *links, "sharedStrings", "xl/sharedStrings.xml");
  shared.strings_absent = strings.empty();
  if (!strings.empty()) {
    const auto xml = package->part(strings);
    if (!xml) return xml.error();
    auto read = read_shared_strings(*xml, strings, limits.depth, layout.pool);
    if (!read) return std::move(read).error();
    shared.strings = std::move(*read);
  }
  CellBudget budget(limits);
  for (const Sheet& sheet : workbook->sheets) {
    if (sheet.hidden) {
      note_hidden_sheet(layout, sheet.name);
      continue;
    }
    if (auto error = read_sheet(*package, sheet, shared, budget)) return *error;
  }
  return layout;
}

}  // namespace jiheng::reading
