#include "ledgers/sheet.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "reading/encoding.h"
#include "reading/reader.h"

namespace jiheng::ledgers {
namespace {

constexpr std::size_t spreadsheet_cells = 20'000'000;
constexpr std::size_t spreadsheet_bytes = std::size_t{1} << 31;

/// Comma, tab or semicolon: what the first line has most of.
char separator_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  char best = ',';
  std::ptrdiff_t most = std::count(line.begin(), line.end(), ',');
  for (const char each : {'\t', ';'}) {
    const auto number = std::count(line.begin(), line.end(), each);
    if (number > most) {
      most = number;
      best = each;
    }
  }
  return best;
}

/// CSV as RFC 4180 has it, line ends of any kind, quotes inside of unquoted cells taken as they stand.
class Csv {
 public:
  Csv(std::string_view text, char separator) : text_(text), separator_(separator) {}

  void read(Sheet& sheet) {
    while (at_ < text_.size()) {
      sheet.begin_row(line_);
      bool blank = true;
      do {
        const std::string_view cell = take_cell(sheet.pool);
        blank = blank && cell.empty();
        sheet.add(cell);
      } while (take_separator());
      if (blank) sheet.drop_row();
    }
  }

 private:
  std::string_view take_cell(reading::TextPool& pool) {
    if (at_ < text_.size() && text_[at_] == '"') {
      if (const auto quoted = take_quoted(pool)) return *quoted;
    }
    const std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    return trim(text_.substr(from, at_ - from));
  }

  std::optional<std::string_view> take_quoted(reading::TextPool& pool) {
    std::string unescaped;
    std::size_t from = at_ + 1;
    std::uint32_t lines = 0;
    for (;;) {
      const std::size_t quote = text_.find('"', from);
      if (quote == std::string_view::npos) return std::nullopt;
      const std::string_view part = text_.substr(from, quote - from);
      lines += static_cast<std::uint32_t>(std::count(part.begin(), part.end(), '\n'));
      const bool doubled = quote + 1 < text_.size() && text_[quote + 1] == '"';
      if (!doubled && unescaped.empty()) {
        if (!ends_cell(quote + 1)) return std::nullopt;
        finish(quote + 1, lines);
        return trim(part);
      }
      unescaped += part;
      if (!doubled) {
        if (!ends_cell(quote + 1)) return std::nullopt;
        finish(quote + 1, lines);
        return trim(pool.keep(unescaped));
      }
      unescaped.push_back('"');
      from = quote + 2;
    }
  }

  bool ends_cell(std::size_t at) const { return at >= text_.size() || text_[at] == separator_ || text_[at] == '\n' || text_[at] == '\r'; }
  void finish(std::size_t at, std::uint32_t lines) {
    at_ = at;
    line_ += lines;
  }

  /// Whether the row goes on; steps over the separator or the line end.
  bool take_separator() {
    if (at_ >= text_.size()) return false;
    if (text_[at_] == separator_) {
      ++at_;
      return true;
    }
    at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
    ++line_;
    return false;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

Result<std::vector<Sheet>> read_csv(const std::string& bytes) {
  auto decoded = reading::decode_strict(bytes);
  if (!decoded) return std::move(decoded).error();
  std::vector<Sheet> sheets(1);
  const std::string_view text = sheets[0].pool.adopt(std::move(*decoded));
  Csv(text, separator_of(text)).read(sheets[0]);
  return sheets;
}

Sheet sheet_of(const reading::Grid& grid) {
  Sheet sheet;
  for (std::uint32_t row = 0; row < grid.rows; ++row) {
    sheet.begin_row(grid.row_numbers.empty() ? row + 1 : grid.row_numbers[row]);
    bool blank = true;
    for (std::uint32_t column = 0; column < grid.columns; ++column) {
      const reading::Cell* cell = grid.at(row, column);
      // What a merged cell covers is empty but for its first slot.
      const std::string_view text = cell != nullptr && grid.starts_at(*cell, row, column) ? trim(cell->text) : std::string_view();
      blank = blank && text.empty();
      sheet.add(text.empty() ? text : sheet.pool.keep(text));
    }
    if (blank) sheet.drop_row();
  }
  return sheet;
}

Error no_rows() {
  return {"no-rows", "文件里没有表格。请导入第一行是字段名的表格（xlsx 或 csv）。", {}};
}

std::uint32_t number_at(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? static_cast<std::uint32_t>(value->get_int64()) : 0;
}

std::string_view text_at(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

/// The cells come in the order of rows and columns; what is empty was left out.
Sheet sheet_of(const boost::json::object& grid) {
  Sheet sheet;
  const boost::json::value* cells = grid.if_contains("cells");
  if (cells == nullptr || !cells->is_array()) return sheet;
  std::optional<std::uint32_t> row;
  std::uint32_t column = 0;
  for (const boost::json::value& each : cells->get_array()) {
    if (!each.is_object()) continue;
    const boost::json::object& cell = each.get_object();
    const std::string_view value = text_at(cell, "value");
    const std::string_view text = trim(value.empty() ? text_at(cell, "text") : value);
    const std::uint32_t at = number_at(cell, "row");
    if (text.empty()) continue;
    if (!row || at != *row) {
      row = at;
      column = 0;
      sheet.begin_row(at + 1);
    }
    for (; column < number_at(cell, "column"); ++column) sheet.add({});
    sheet.add(sheet.pool.keep(text));
    ++column;
  }
  return sheet;
}

}  // namespace

bool is_plain_text(std::string_view bytes) {
  const reading::Format format = reading::detect_format(bytes);
  return format == reading::Format::text || format == reading::Format::csv || format == reading::Format::tsv;
}

Result<std::vector<Sheet>> sheets_of_layout(std::string_view layout_json) {
  boost::system::error_code failed;
  const boost::json::value layout = boost::json::parse({layout_json.data(), layout_json.size()}, failed);
  if (failed || !layout.is_object()) return no_rows();
  if (const boost::json::value* error = layout.get_object().if_contains("error"); error != nullptr && error->is_object()) {
    return Error{std::string(text_at(error->get_object(), "code")), std::string(text_at(error->get_object(), "message")), {}};
  }
  std::vector<Sheet> sheets;
  const boost::json::value* blocks = layout.get_object().if_contains("blocks");
  if (blocks == nullptr || !blocks->is_array()) return no_rows();
  for (const boost::json::value& block : blocks->get_array()) {
    if (block.is_object() && text_at(block.get_object(), "kind") == "grid") sheets.push_back(sheet_of(block.get_object()));
  }
  std::erase_if(sheets, [](const Sheet& sheet) { return sheet.rows() == 0; });
  if (sheets.empty()) return no_rows();
  return sheets;
}

Result<std::vector<Sheet>> read_sheets(std::string bytes) {
  const reading::Format format = reading::detect_format(bytes);
  std::vector<Sheet> sheets;
  if (is_plain_text(bytes)) {
    auto read = read_csv(bytes);
    if (!read) return read;
    sheets = std::move(read).value();
  } else {
    reading::Limits limits;
    limits.cells = spreadsheet_cells;
    limits.file_bytes = spreadsheet_bytes;
    limits.inflated_bytes = spreadsheet_bytes;
    auto layout = reading::read_layout(bytes, format, limits);
    if (!layout) return std::move(layout).error();
    for (const reading::Block& block : layout->blocks) {
      if (block.kind == reading::Block::Kind::grid) sheets.push_back(sheet_of(block.grid));
    }
  }
  std::erase_if(sheets, [](const Sheet& sheet) { return sheet.rows() == 0; });
  if (sheets.empty()) return no_rows();
  return sheets;
}

}  // namespace jiheng::ledgers
