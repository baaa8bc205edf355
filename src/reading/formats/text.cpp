// Plain text, tab or comma separated. Neighbouring lines with separators make a grid; a blank line, or one without, ends it.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/cell_budget.h"
#include "reading/encoding.h"
#include "reading/formats/formats.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// One line of the file, or several where a quoted field holds line ends.
struct Line {
  std::vector<std::string_view> fields;
  std::uint32_t number = 0;  ///< of its first line, from 1
};

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c != ' ' && c != '\t' && c != 0x3000 && c != 0xA0 && c != 0xFEFF) return false;
  }
  return true;
}

/// Takes lines off the text: \n, \r\n or \r.
class LineSource {
 public:
  explicit LineSource(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  std::uint32_t number() const { return number_; }

  std::string_view take_line() {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != '\n' && text_[end] != '\r') ++end;
    const std::string_view line = text_.substr(at_, end - at_);
    step_behind(end);
    return line;
  }

  /// One record of fields, of which some may be quoted as spreadsheets write them.
  void take_record(char separator, TextPool& pool, Line& line) {
    line.fields.clear();
    line.number = number_;
    for (;;) {
      if (at_ < text_.size() && text_[at_] == '"' && take_quoted(separator, pool, line)) {
        if (!take_separator(separator)) return;
        continue;
      }
      std::size_t end = at_;
      while (end < text_.size() && text_[end] != separator && text_[end] != '\n' && text_[end] != '\r') ++end;
      line.fields.push_back(text_.substr(at_, end - at_));
      at_ = end;
      if (!take_separator(separator)) return;
    }
  }

 private:
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
  bool take_quoted(char separator, TextPool& pool, Line& line) {
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

/// Fields of a line that is set in columns with '|' or '│'. Empty where it has none.
std::vector<std::string_view> bar_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  std::size_t from = 0;
  const auto next_bar = [&](std::size_t at, std::size_t& width) {
    for (; at < line.size(); ++at) {
      if (line[at] == '|') {
        width = 1;
        return at;
      }
      const std::string_view three = line.substr(at, 3);
      if (three == "│" || three == "┃" || three == "║" || three == "｜") {
        width = 3;
        return at;
      }
    }
    return npos;
  };
  std::size_t width = 0;
  std::size_t bar = next_bar(0, width);
  if (bar == npos) return {};
  const bool framed = is_blank(line.substr(0, bar));
  if (framed) from = bar + width;
  for (bar = framed ? next_bar(from, width) : bar; bar != npos; bar = next_bar(from, width)) {
    fields.push_back(trim(line.substr(from, bar - from)));
    from = bar + width;
  }
  if (!is_blank(line.substr(from)) || !framed) fields.push_back(trim(line.substr(from)));
  if (fields.size() < 2) return {};
  return fields;
}

/// A ruling line of a table drawn with characters: |---|:--:|, ├──┼──┤, +----+.
bool is_ruling(std::string_view line) {
  bool stroke = false;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = next_code_point(line, at);
    if (c == '-' || c == '=' || (c >= 0x2500 && c <= 0x257F))
      stroke = true;
    else if (c != '|' && c != ':' && c != '+' && c != ' ')
      return false;
  }
  return stroke && trim(line).size() >= 3;
}

/// Fields of a line set in columns by runs of two or more spaces.
std::vector<std::string_view> spaced_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  std::string_view rest = trim(line);
  while (!rest.empty()) {
    std::size_t gap = rest.find("  ");
    const std::size_t wide = rest.find("\u3000\u3000");
    gap = std::min({gap, wide, rest.size()});
    fields.push_back(rest.substr(0, gap));
    rest.remove_prefix(gap);
    while (!rest.empty() && (rest[0] == ' ' || starts_with(rest, "\u3000"))) rest.remove_prefix(rest[0] == ' ' ? 1 : 3);
  }
  return fields;
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

  void row(const Line& line) {
    Grid& grid = open_;
    widest_ = std::max(widest_, line.fields.size());
    if (!error_) error_ = budget_.check(grid.row_numbers.size() + 1, widest_);
    if (error_) return;
    const auto row = static_cast<std::uint32_t>(grid.row_numbers.size());
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
  Layout& layout_;
  CellBudget budget_;
  Grid open_;
  std::size_t widest_ = 0;
  std::optional<Error> error_;
};

void read_separated(LineSource source, char separator, TextPool& pool, TextLayout& out) {
  Line line;
  while (!source.done() && !out.error()) {
    source.take_record(separator, pool, line);
    const bool blank = std::all_of(line.fields.begin(), line.fields.end(), is_blank);
    if (blank)
      out.end_grid();
    else if (line.fields.size() == 1)
      out.paragraph(line.fields[0]);
    else
      out.row(line);
  }
}

/// Lines without tabs that neighbours show to be set in columns become rows; others are paragraphs.
class AlignedLines {
 public:
  explicit AlignedLines(TextLayout& out) : out_(out) {}

  void add(std::string_view text, std::uint32_t number) {
    Aligned line;
    line.text = text;
    line.line.number = number;
    line.line.fields = bar_fields(text);
    line.barred = !line.line.fields.empty();
    if (!line.barred) line.line.fields = spaced_fields(text);
    line.ruling = is_ruling(text);
    if (line.line.fields.size() < 2 && !line.ruling) {  // stands in no column, whatever its neighbours do
      flush();
      out_.paragraph(text);
      return;
    }
    if (held_.size() >= most_held) flush();
    if (!held_.empty() && !agree(held_.back(), line)) flush();
    held_.push_back(std::move(line));
  }

  void flush() {
    const auto rows = std::count_if(held_.begin(), held_.end(), [](const Aligned& line) { return !line.ruling; });
    const bool grid = rows > 0 && ((held_.front().ruling || held_.front().barred) ? rows >= 2 && any_barred()
                                                                                  : rows >= 3 && held_.front().line.fields.size() >= 3);
    for (const Aligned& line : held_) {
      if (line.ruling) continue;
      if (grid)
        out_.row(line.line);
      else
        out_.paragraph(line.text);
    }
    if (grid) out_.end_grid();
    held_.clear();
  }

 private:
  static constexpr std::size_t most_held = 100'000;  ///< more are beyond the limit of cells anyway

  struct Aligned {
    std::string_view text;
    Line line;
    bool barred = false;
    bool ruling = false;
  };

  bool any_barred() const {
    return std::any_of(held_.begin(), held_.end(), [](const Aligned& line) { return line.barred; });
  }
  static bool agree(const Aligned& above, const Aligned& below) {
    if (below.ruling) return above.barred || above.ruling;
    if (above.ruling) return below.barred;
    if (above.barred || below.barred) return above.barred && below.barred;
    return above.line.fields.size() == below.line.fields.size();
  }

  TextLayout& out_;
  std::vector<Aligned> held_;
};

void read_lines(LineSource source, TextPool& pool, TextLayout& out) {
  AlignedLines aligned(out);
  Line record;
  while (!source.done() && !out.error()) {
    LineSource ahead = source;
    const std::uint32_t number = source.number();
    const std::string_view line = ahead.take_line();
    if (is_blank(line)) {
      aligned.flush();
      out.end_grid();
      source = ahead;
      continue;
    }
    // A quoted cell may hold line ends, so that the first line of its row shows no tab.
    LineSource behind = source;
    if (line[0] == '"' || line.find('\t') != npos)
      behind.take_record('\t', pool, record);
    else
      record.fields.clear();
    if (record.fields.size() > 1) {
      aligned.flush();
      out.row(record);
      source = behind;
    } else {
      out.end_grid();
      aligned.add(line, number);
      source = ahead;
    }
  }
  aligned.flush();
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
