// Plain text, tab or comma separated. Neighbouring lines with separators make a grid; a blank line, or one without, ends it.
#include <algorithm>
#include <string>
#include <vector>

#include "base/byte_search.h"
#include "base/text.h"
#include "reading/cell_budget.h"
#include "reading/encoding.h"
#include "reading/formats/aligned_lines.h"
#include "reading/formats/formats.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Takes lines off the text: \n, \r\n or \r.
class LineSource {
 public:
  explicit LineSource(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  std::uint32_t number() const { return number_; }

  std::string_view take_line() {
    const std::size_t end = find_end<'\n', '\r'>();
    const std::string_view line = text_.substr(at_, end - at_);
    step_behind(end);
    return line;
  }

  /// One record of fields, parted by commas or tabs, of which some may be quoted as spreadsheets write them.
  void take_record(char separator, TextPool& pool, TextRow& line) {
    line.fields.clear();
    line.number = number_;
    for (;;) {
      if (at_ < text_.size() && text_[at_] == '"' && take_quoted(separator, pool, line)) {
        if (!take_separator(separator)) return;
        continue;
      }
      const std::size_t end = separator == ',' ? find_end<',', '\n', '\r'>() : find_end<'\t', '\n', '\r'>();
      line.fields.push_back(text_.substr(at_, end - at_));
      at_ = end;
      if (!take_separator(separator)) return;
    }
  }

 private:
  template <char... ends>
  std::size_t find_end() const {
    return static_cast<std::size_t>(find_first<ends...>(text_.data() + at_, text_.data() + text_.size()) - text_.data());
  }

  void step_behind(std::size_t end) {
    at_ = end;
    if (at_ >= text_.size()) return;
    at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
    ++number_;
  }

  /// Whether the record goes on.
  bool take_separator(char separator) {
    if (at_ < text_.size() && text_[at_] == separator) {
      ++at_;
      return true;
    }
    step_behind(at_);
    return false;
  }

  /// A field in quotes that ends before a separator or a line end. Any other quote is text: the field is then read as it stands.
  bool take_quoted(char separator, TextPool& pool, TextRow& line) {
    if (no_more_quotes_) return false;
    std::string unescaped;
    std::size_t from = at_ + 1;
    std::uint32_t lines = 0;
    for (;;) {
      const std::size_t quote = text_.find('"', from);
      if (quote == npos) {
        no_more_quotes_ = true;
        return false;
      }
      append_lines(unescaped, text_.substr(from, quote - from), lines);
      from = quote + 1;
      if (from < text_.size() && text_[from] == '"') {
        unescaped.push_back('"');
        ++from;
        continue;
      }
      if (from < text_.size() && text_[from] != separator && text_[from] != '\r' && text_[from] != '\n') return false;
      break;
    }
    line.fields.push_back(pool.keep(unescaped));
    at_ = from;
    number_ += lines;
    return true;
  }

  static void append_lines(std::string& out, std::string_view part, std::uint32_t& lines) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (part[i] == '\r' && i + 1 < part.size() && part[i + 1] == '\n') continue;
      const bool line_end = part[i] == '\r' || part[i] == '\n';
      lines += line_end;
      out.push_back(line_end ? '\n' : part[i]);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t number_ = 1;
  bool no_more_quotes_ = false;
};

/// A heading of Markdown ("## 2026年…") prints without its marks.
std::string_view without_heading_marks(std::string_view line) {
  const std::size_t marks = line.find_first_not_of('#');
  return marks != npos && marks > 0 && marks <= 6 && line[marks] == ' ' ? line.substr(marks + 1) : line;
}

/// Gathers lines into the layout's blocks.
class TextLayout {
 public:
  TextLayout(Layout& layout, const Limits& limits) : layout_(layout), budget_(limits) {}

  void paragraph(std::string_view line) {
    end_grid();
    if (!error_) error_ = budget_.take_paragraph();
    Block block;
    block.text = without_heading_marks(trim(line));
    layout_.blocks.push_back(std::move(block));
  }

  void row(const TextRow& line) {
    Grid& grid = open_;
    widest_ = std::max(widest_, line.fields.size());
    if (!error_) error_ = budget_.check(grid.row_numbers.size() + 1, widest_);
    if (error_) return;
    const auto row = static_cast<std::uint32_t>(grid.row_numbers.size());
    if (grid.row_numbers.empty()) grid.cells.reserve(usual_cells);
    grid.row_numbers.push_back(line.number);
    for (std::size_t column = 0; column < line.fields.size(); ++column) {
      Cell cell;
      cell.text = line.fields[column];
      cell.row = row;
      cell.column = static_cast<std::uint32_t>(column);
      grid.cells.push_back(cell);
    }
  }

  void end_grid() {
    if (open_.row_numbers.empty()) return;
    if (!error_) error_ = budget_.take(open_.row_numbers.size(), widest_);
    if (!error_) {
      open_.settle();
      Block block;
      block.kind = Block::Kind::grid;
      block.grid = std::move(open_);
      block.from_lines = true;
      layout_.blocks.push_back(std::move(block));
    }
    open_ = Grid{};
    widest_ = 0;
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  static constexpr std::size_t usual_cells = 512;

  Layout& layout_;
  CellBudget budget_;
  Grid open_;
  std::size_t widest_ = 0;
  std::optional<Error> error_;
};

void read_separated(LineSource source, char separator, TextPool& pool, TextLayout& out) {
  TextRow line;
  while (!source.done() && !out.error()) {
    source.take_record(separator, pool, line);
    const bool blank = std::all_of(line.fields.begin(), line.fields.end(), is_blank_text);
    if (blank)
      out.end_grid();
    else if (line.fields.size() == 1)
      out.paragraph(line.fields[0]);
    else
      out.row(line);
  }
}

/// Lines without tabs, held until it is known which of them stand in columns.
class HeldLines {
 public:
  explicit HeldLines(TextLayout& out) : out_(out) {}

  void add(std::string_view text, std::uint32_t number) {
    if (held_.size() == most_held) flush();
    held_.push_back({text, number});
  }

  void flush() {
    for (const ArrangedText& piece : arrange(held_)) {
      if (piece.rows.empty()) out_.paragraph(piece.paragraph);
      for (const TextRow& row : piece.rows) out_.row(row);
      out_.end_grid();
    }
    held_.clear();
  }

 private:
  static constexpr std::size_t most_held = 4096;  ///< no form has more lines on end

  TextLayout& out_;
  std::vector<TextLine> held_;
};

void read_lines(LineSource source, TextPool& pool, TextLayout& out) {
  HeldLines held(out);
  TextRow record;
  while (!source.done() && !out.error()) {
    // A quoted cell may hold line ends, so that the first line of its row shows no tab.
    LineSource behind = source;
    behind.take_record('\t', pool, record);
    if (record.fields.size() > 1 && !std::all_of(record.fields.begin(), record.fields.end(), is_blank_text)) {
      held.flush();
      out.row(record);
      source = behind;
      continue;
    }
    const std::uint32_t number = source.number();
    const std::string_view line = source.take_line();
    if (is_blank_text(line)) {
      held.flush();
      out.end_grid();
    } else if (record.fields.size() > 1) {
      held.flush();
      out.row(record);
      source = behind;
    } else {
      out.end_grid();
      held.add(line, number);
    }
  }
  held.flush();
}

}  // namespace

Result<Layout> read_text(std::string_view bytes, char separator, const Limits& limits) {
  auto decoded = decode_strict(bytes);
  if (!decoded) return std::move(decoded).error();
  Layout layout;
  const std::string_view text = layout.pool.adopt(std::move(*decoded));
  TextLayout out(layout, limits);
  if (separator != ',')
    read_lines(LineSource(text), layout.pool, out);
  else
    read_separated(LineSource(text), separator, layout.pool, out);
  out.end_grid();
  if (out.error()) return *out.error();
  return layout;
}

}  // namespace jiheng::reading
