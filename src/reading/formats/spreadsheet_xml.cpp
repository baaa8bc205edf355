// Excel 2003's XML of a workbook, which many programs still write, mostly under the name of xls: each visible sheet becomes one grid.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/cell_budget.h"
#include "reading/encoding.h"
#include "reading/formats/formats.h"
#include "reading/formats/serial_date.h"
#include "reading/formats/sheet_cells.h"
#include "reading/formats/stored_number.h"
#include "reading/xml.h"

namespace jiheng::reading {
namespace {

using Event = XmlScanner::Event;

constexpr std::string_view part = "Workbook";

Error damaged(std::string what) {
  return {"damaged", "文件已损坏：" + std::move(what) + "。请用Excel或WPS打开后另存为xlsx再上传。", {}};
}

/// Formats that this XML calls by a name instead of their code.
std::string code_of(std::string_view format) {
  static constexpr std::pair<std::string_view, std::string_view> named[] = {
      {"General", ""},
      {"General Number", ""},
      {"Fixed", "0.00"},
      {"Standard", "#,##0.00"},
      {"Percent", "0.00%"},
      {"Scientific", "0.00E+00"},
      {"Currency", "#,##0.00"},
      {"Short Date", "yyyy/m/d"},
      {"Medium Date", "yyyy/m/d"},
      {"General Date", "yyyy/m/d"},
      {"Long Date", "yyyy\"年\"m\"月\"d\"日\""},
  };
  for (const auto& [name, code] : named) {
    if (format == name) return std::string(code);
  }
  return std::string(format);
}

class WorkbookReader {
 public:
  WorkbookReader(std::string_view xml, Layout& layout, const Limits& limits)
      : scanner_(xml, part, limits.depth), layout_(layout), limits_(limits), budget_(limits) {}

  std::optional<Error> read();

 private:
  struct Style {
    std::string parent;
    std::optional<std::string> code;
    std::unique_ptr<NumberFormat> format;  ///< once it is used
  };
  /// One sheet, while it is read.
  struct Sheet {
    std::string name;
    SheetCells cells;
    bool hidden = false;
    std::uint32_t row = 0;
    std::uint32_t next_row = 0;
    std::uint32_t column = 0;
  };

  bool read_style();
  bool read_sheet();
  bool read_cell(Sheet& sheet);
  void take_data(Sheet& sheet, std::string_view type, const NumberFormat* format);
  bool read_plain(std::string& out);
  const NumberFormat* format(std::string_view id);
  bool fail(Error error) {
    error_ = std::move(error);
    return false;
  }

  XmlScanner scanner_;
  Layout& layout_;
  const Limits& limits_;
  CellBudget budget_;
  std::map<std::string, Style, std::less<>> styles_;
  std::size_t sheets_ = 0;
  bool from_1904_ = false;
  std::string text_;
  std::optional<Error> error_;
};

std::optional<Error> WorkbookReader::read() {
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::finish) return std::nullopt;
    bool ok = event != Event::failed;
    if (event == Event::start) {
      if (scanner_.name() == "Style")
        ok = read_style();
      else if (scanner_.name() == "Worksheet")
        ok = read_sheet();
      else if (scanner_.name() == "Date1904")
        from_1904_ = true;
    }
    if (!ok) return error_ ? std::move(*error_) : scanner_.error();
  }
}

bool WorkbookReader::read_style() {
  if (styles_.size() >= SheetStyles::most_codes) return scanner_.skip_element();
  Style& style = styles_[XmlScanner::unescaped(scanner_.attribute("ID"))];
  style.parent = XmlScanner::unescaped(scanner_.attribute("Parent"));
  const std::size_t depth = scanner_.depth();
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner_.depth() == depth) return true;
    if (event == Event::start && scanner_.name() == "NumberFormat" && scanner_.has_attribute("Format"))
      style.code = code_of(XmlScanner::unescaped(scanner_.attribute("Format")));
  }
}

/// nullptr: General.
const NumberFormat* WorkbookReader::format(std::string_view id) {
  constexpr int most_parents = 8;
  for (int i = 0; i < most_parents && !id.empty(); ++i) {
    const auto found = styles_.find(id);
    if (found == styles_.end()) return nullptr;
    Style& style = found->second;
    if (style.code) {
      if (style.code->empty()) return nullptr;
      if (!style.format) style.format = std::make_unique<NumberFormat>(*style.code);
      return style.format.get();
    }
    id = style.parent;
  }
  return nullptr;
}

bool WorkbookReader::read_sheet() {
  if (++sheets_ > limits_.tables)
    return fail({"too-many-cells", "工作簿里的工作表超过" + std::to_string(limits_.tables) + "张。请分成几个文件再上传。", {}});
  const std::string name = XmlScanner::unescaped(scanner_.attribute("Name"));
  const std::string place = "工作表“" + name + "”";
  Sheet sheet{name, SheetCells(layout_, limits_, name, from_1904_)};
  const std::size_t depth = scanner_.depth();
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return fail(Error(scanner_.error()).in(place));
    if (event == Event::end && scanner_.depth() == depth) break;
    if (event != Event::start) continue;
    if (scanner_.name() == "Row") {
      const std::uint32_t given = sheet_number(scanner_.attribute("Index"));
      sheet.row = given > 0 ? given - 1 : sheet.next_row;
      // A row may stand for empty ones like it that follow.
      sheet.next_row = sheet.row + 1 + sheet_number(scanner_.attribute("Span"));
      sheet.column = 0;
      if (sheet.row >= most_sheet_rows) return fail(damaged("行号超出范围").in(place));
    } else if (scanner_.name() == "Cell") {
      if (read_cell(sheet)) continue;
      return fail((error_ ? std::move(*error_) : Error(scanner_.error())).in(place));
    } else if (scanner_.name() == "Visible") {
      if (!read_plain(text_)) return false;
      sheet.hidden = contains(text_, "Hidden");
    }
  }
  if (sheet.hidden) {
    note_hidden_sheet(layout_, name);
    return true;
  }
  if (auto error = add_sheet(sheet.cells.take(), name, budget_, layout_)) return fail(std::move(*error));
  return true;
}

bool WorkbookReader::read_cell(Sheet& sheet) {
  const std::uint32_t given = sheet_number(scanner_.attribute("Index"));
  if (given > 0) sheet.column = given - 1;
  if (sheet.column >= most_sheet_columns) return fail(damaged("第" + std::to_string(sheet.row + 1) + "行的列号超出范围"));
  const std::uint32_t across = std::min(sheet_number(scanner_.attribute("MergeAcross")), most_sheet_columns);
  const std::uint32_t down = std::min(sheet_number(scanner_.attribute("MergeDown")), most_sheet_rows);
  if (across > 0 || down > 0) sheet.cells.add_merge({sheet.row, sheet.column, sheet.row + down, sheet.column + across});
  const NumberFormat* const shown = format(XmlScanner::unescaped(scanner_.attribute("StyleID")));
  const bool formula = scanner_.has_attribute("Formula");
  bool valued = false;
  sheet.cells.at(sheet.row, sheet.column);
  const std::size_t depth = scanner_.depth();
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::end && scanner_.depth() == depth) break;
    if (event != Event::start) continue;
    if (scanner_.name() == "Data") {
      const std::string type = XmlScanner::unescaped(scanner_.attribute("Type"));
      if (!read_plain(text_)) return false;
      take_data(sheet, type, shown);
      valued = true;
    } else if (!scanner_.skip_element()) {  // a comment has data of its own
      return false;
    }
  }
  if (formula && !valued) sheet.cells.note_formula_without_value();
  sheet.column += 1 + across;
  if (sheet.cells.error()) error_ = sheet.cells.error();
  return !error_;
}

void WorkbookReader::take_data(Sheet& sheet, std::string_view type, const NumberFormat* format) {
  const std::string_view value = trim(text_);
  if (type == "Number") {
    if (auto stored = parse_stored_number(value)) return sheet.cells.add_number(std::move(*stored), format);
  } else if (type == "DateTime") {
    if (format != nullptr) {
      if (auto serial = serial_of_day(value, from_1904_)) return sheet.cells.add_number(std::move(*serial), format);
    }
    return sheet.cells.add(layout_.pool.keep(value.substr(0, std::min(value.find('T'), value.size()))));
  } else if (type == "Boolean") {
    return sheet.cells.add_boolean(value == "1" || value == "True");
  } else if (type == "Error") {
    return sheet.cells.add_error(layout_.pool.keep(value));
  }
  sheet.cells.add_text(layout_.pool.keep(text_), format);
}

/// The text of the started element, whatever it is marked with.
bool WorkbookReader::read_plain(std::string& out) {
  out.clear();
  const std::size_t depth = scanner_.depth();
  for (;;) {
    const Event event = scanner_.next();
    if (event == Event::failed || event == Event::finish) return false;
    if (event == Event::text) scanner_.append_text(out);
    if (event == Event::end && scanner_.depth() == depth) return true;
  }
}

}  // namespace

Result<Layout> read_spreadsheet_xml(std::string_view bytes, const Limits& limits) {
  const auto xml = decode_strict(bytes);
  if (!xml) return xml.error();
  Layout layout;
  WorkbookReader reader(*xml, layout, limits);
  if (auto error = reader.read()) return std::move(*error);
  return layout;
}

}  // namespace jiheng::reading
