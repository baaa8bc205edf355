// Forms → xlsx, one sheet a form.
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"
#include "writing/carriers.h"

namespace jiheng::writing {
namespace {

constexpr std::size_t longest_cell = 32767;  // UTF-16 units, the format's limit
constexpr std::size_t most_rows = 1048576;
constexpr double highest_row = 409;  // points, the format's limit
constexpr double line_points = 13.5;
constexpr double font_points = 10;

std::size_t utf16_length(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size();) length += next_code_point(text, at) > 0xFFFF ? 2 : 1;
  return length;
}

/// Digits that a spreadsheet's number keeps exactly: at most 15, and none that a number would not print again (13459.00, 007).
bool is_exact_number(std::string_view text) {
  const auto number = Decimal::parse(text);
  if (!number || number->plain() != text) return false;
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) <= 15;
}

/// A file in memory that has a path, for a library that only writes to paths.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("xlsx", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::runtime_error("xlsx: no memory file");
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  std::string bytes() const {
    const off_t size = lseek(descriptor_, 0, SEEK_END);
    std::string out(static_cast<std::size_t>(std::max<off_t>(size, 0)), '\0');
    std::size_t done = 0;
    while (done < out.size()) {
      const ssize_t read = pread(descriptor_, out.data() + done, out.size() - done, static_cast<off_t>(done));
      if (read <= 0) throw std::runtime_error("xlsx: memory file cannot be read");
      done += static_cast<std::size_t>(read);
    }
    return out;
  }

 private:
  int descriptor_;
};

enum class Face { body, heading, title, subtitle, line, line_right };

/// Cell formats, each made once.
class Formats {
 public:
  explicit Formats(lxw_workbook* book) : book_(book) {}

  lxw_format* of(const FormCell& cell, int points) {
    const bool heading = cell.style == Style::label || cell.style == Style::head || cell.style == Style::band;
    const bool left = cell.style == Style::text || cell.style == Style::band;
    return get({heading ? Face::heading : Face::body, left, cell.open_top, cell.open_bottom, points});
  }
  lxw_format* of(Face face) { return get({face, false, false, false, 0}); }

 private:
  struct Key {
    Face face;
    bool left;
    bool open_top;
    bool open_bottom;
    int points;
    auto operator<=>(const Key&) const = default;
  };

  lxw_format* get(const Key& key) {
    lxw_format*& format = made_[key];
    if (format == nullptr) format = make(key);
    return format;
  }

  lxw_format* make(const Key& key) {
    lxw_format* format = workbook_add_format(book_);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(format);
    switch (key.face) {
      case Face::title:
        format_set_font_name(format, "方正小标宋简体");
        format_set_font_size(format, 18);
        format_set_align(format, LXW_ALIGN_CENTER);
        return format;
      case Face::subtitle:
        format_set_font_name(format, "仿宋");
        format_set_font_size(format, 12);
        format_set_align(format, LXW_ALIGN_CENTER);
        return format;
      case Face::line:
      case Face::line_right:
        format_set_font_name(format, "仿宋");
        format_set_font_size(format, 10.5);
        format_set_align(format, key.face == Face::line ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
        return format;
      case Face::body:
      case Face::heading:
        break;
    }
    format_set_font_name(format, key.face == Face::heading ? "黑体" : "仿宋");
    format_set_font_size(format, key.points);
    format_set_align(format, key.left ? LXW_ALIGN_LEFT : LXW_ALIGN_CENTER);
    format_set_left(format, LXW_BORDER_THIN);
    format_set_right(format, LXW_BORDER_THIN);
    if (!key.open_top) format_set_top(format, LXW_BORDER_THIN);
    if (!key.open_bottom) format_set_bottom(format, LXW_BORDER_THIN);
    return format;
  }

  lxw_workbook* book_;
  std::map<Key, lxw_format*> made_;
};

/// A sheet's name: at most 31 characters, none of []:*?/\ in it, each only once in the book.
std::string sheet_name(std::string_view wanted, std::set<std::string>& used) {
  std::string name;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < wanted.size() && characters < 26;) {
    const char32_t c = next_code_point(wanted, at);
    if (c < 0x20 || c == 0xFFFD || c > 0xFFFF || std::u32string_view(U"[]:*?/\\'").find(c) != std::u32string_view::npos) continue;
    append_utf8(name, c);
    ++characters;
  }
  name = trim(name);
  // Names like A1 or R1C1 are taken for cells, and History is Excel's own.
  if (length_utf8(name) == name.size()) name += "表";
  std::string unique = name;
  for (int n = 2; !used.insert(fold_label(unique) + "|" + std::to_string(unique.size())).second; ++n)
    unique = name + "(" + std::to_string(n) + ")";
  return unique;
}

class Sheet {
 public:
  Sheet(lxw_worksheet* sheet, Formats& formats, const Form& form, std::string code)
      : sheet_(sheet), formats_(formats), form_(form), code_(std::move(code)) {}

  void draw() {
    page_setup();
    for (std::size_t c = 0; c < form_.columns.size(); ++c) {
      const double pixels = form_.columns[c] / 25.4 * 96;
      worksheet_set_column(sheet_, column(c), column(c), std::max(0.3, (pixels - 5) / 7), nullptr);
    }
    top_lines();
    const lxw_row_t first = row_;
    set_heights();
    for (std::size_t r = 0; r < form_.rows.size(); ++r) {
      for (const FormCell& cell : form_.rows[r].cells) put(first + static_cast<lxw_row_t>(r), cell);
    }
    if (form_.header_count > 0) {
      worksheet_repeat_rows(sheet_, first + static_cast<lxw_row_t>(form_.header_first),
                            first + static_cast<lxw_row_t>(form_.header_end()) - 1);
    }
    if (form_.is_list && form_.header_count > 0) {
      const lxw_row_t heading = first + static_cast<lxw_row_t>(form_.header_end()) - 1;
      worksheet_freeze_panes(sheet_, heading + 1, 0);
      worksheet_autofilter(sheet_, heading, 0, first + static_cast<lxw_row_t>(form_.rows.size()) - 1, last_column());
    }
    row_ = first + static_cast<lxw_row_t>(form_.rows.size());
    for (const std::string& line : form_.closing) whole_line(line, Face::line, 24);
  }

 private:
  static lxw_col_t column(std::size_t c) { return static_cast<lxw_col_t>(c); }
  lxw_col_t last_column() const { return column(form_.columns.size() - 1); }

  void page_setup() {
    worksheet_set_paper(sheet_, 9);  // A4
    if (form_.landscape) worksheet_set_landscape(sheet_);
    worksheet_set_margins(sheet_, 0.6, 0.6, 0.75, 0.75);
    worksheet_center_horizontally(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_footer(sheet_, ("&C第 &P 页　共 &N 页" + (code_.empty() ? "" : "&R&8" + code_)).c_str());
    worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
    worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
  }

  void text_over(lxw_row_t row, lxw_col_t from, lxw_col_t to, const std::string& text, lxw_format* format) {
    if (from == to)
      worksheet_write_string(sheet_, row, from, text.c_str(), format);
    else
      worksheet_merge_range(sheet_, row, from, row, to, text.c_str(), format);
  }

  void whole_line(const std::string& text, Face face, double height) {
    if (text.empty()) return;
    const double points = face == Face::title ? 18 : face == Face::subtitle ? 12 : 10.5;
    const double lines = std::ceil(ems(text) * points * 1.05 / (usable_width(form_.landscape) / 25.4 * 72));
    worksheet_set_row(sheet_, row_, std::min(highest_row, height * std::max(1.0, lines)), nullptr);
    text_over(row_, 0, last_column(), text, formats_.of(face));
    ++row_;
  }

  void top_lines() {
    whole_line(form_.title, Face::title, 32);
    whole_line(form_.subtitle, Face::subtitle, 20);
    if (form_.right_line.empty() || form_.columns.size() < 2) return whole_line(form_.left_line, Face::line, 20);
    // Beside an empty 填报单位 the money unit would be read as the unit's name.
    if (form_.left_line.ends_with("：")) {
      whole_line(form_.left_line, Face::line, 20);
      return whole_line(form_.right_line, Face::line_right, 20);
    }
    double right = 0;
    lxw_col_t split = last_column();
    while (split > 1 && right + form_.columns[split] < 34) right += form_.columns[split--];
    worksheet_set_row(sheet_, row_, 20, nullptr);
    if (!form_.left_line.empty()) text_over(row_, 0, split - 1, form_.left_line, formats_.of(Face::line));
    text_over(row_, split, last_column(), form_.right_line, formats_.of(Face::line_right));
    ++row_;
  }

  double width_of(const FormCell& cell) const {
    double width = 0;
    for (int c = 0; c < cell.column_span; ++c) width += form_.columns[cell.column + c];
    return width;
  }

  /// Points that the cell's text needs in this size.
  double needed(const FormCell& cell, double points) const {
    const double line = std::max(2.0, (width_of(cell) - 2.2) / (points / 72 * 25.4) / 1.04);
    double lines = 0;
    std::string_view rest = cell.text;
    while (true) {
      const std::size_t end = rest.find('\n');
      lines += std::max(1.0, std::ceil(ems(rest.substr(0, end)) / line));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    return lines * line_points * points / font_points + 6;
  }

  /// Excel does not work out the height of merged cells itself.
  void set_heights() {
    heights_.assign(form_.rows.size(), 22);
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t r = 0; r < form_.rows.size(); ++r) {
        for (const FormCell& cell : form_.rows[r].cells) {
          if ((cell.row_span > 1) != (pass == 1)) continue;
          const std::size_t end = std::min(form_.rows.size(), r + cell.row_span);
          double have = 0;
          for (std::size_t i = r; i < end; ++i) have += heights_[i];
          const double more = needed(cell, font_points) - have;
          if (more > 0) {
            for (std::size_t i = r; i < end; ++i) heights_[i] += more / static_cast<double>(end - r);
          }
        }
      }
    }
    for (std::size_t r = 0; r < heights_.size(); ++r) {
      heights_[r] = std::min(heights_[r], highest_row);
      worksheet_set_row(sheet_, row_ + static_cast<lxw_row_t>(r), heights_[r], nullptr);
    }
  }

  /// The largest size in which the text is not cut off; the smallest where it is anyway.
  int points_for(std::size_t r, const FormCell& cell) const {
    double have = 0;
    for (std::size_t i = r; i < std::min(form_.rows.size(), r + cell.row_span); ++i) have += heights_[i];
    int points = static_cast<int>(font_points);
    while (points > 6 && needed(cell, points) > have + 1) --points;
    return points;
  }

  void put(lxw_row_t row, const FormCell& cell) {
    const auto from = static_cast<lxw_col_t>(cell.column);
    const auto to = static_cast<lxw_col_t>(cell.column + cell.column_span - 1);
    const lxw_row_t bottom = row + static_cast<lxw_row_t>(cell.row_span) - 1;
    lxw_format* format = formats_.of(cell, points_for(row - row_, cell));
    const bool number = cell.style == Style::number && is_exact_number(cell.text);
    if (from != to || row != bottom)
      worksheet_merge_range(sheet_, row, from, bottom, to, number ? "" : cell.text.c_str(), format);
    else if (!number)
      worksheet_write_string(sheet_, row, from, cell.text.c_str(), format);
    if (number) worksheet_write_number(sheet_, row, from, std::strtod(cell.text.c_str(), nullptr), format);
  }

  lxw_worksheet* sheet_;
  Formats& formats_;
  const Form& form_;
  std::string code_;
  lxw_row_t row_ = 0;
  std::vector<double> heights_;
};

std::optional<std::string> too_long(const Form& form) {
  const auto over = [](const std::string& text) { return text.size() > longest_cell && utf16_length(text) > longest_cell; };
  for (const std::string* text : {&form.title, &form.left_line, &form.right_line}) {
    if (over(*text)) return *text;
  }
  for (const FormRow& row : form.rows) {
    for (const FormCell& cell : row.cells) {
      if (over(cell.text)) return cell.text;
    }
  }
  return std::nullopt;
}

std::string beginning(std::string_view text) {
  std::size_t at = 0;
  for (int i = 0; i < 20 && at < text.size(); ++i) next_code_point(text, at);
  return std::string(text.substr(0, at));
}

}  // namespace

Result<std::string> draw_xlsx(std::span<const Form> forms, const FileInfo& info) {
  for (const Form& form : forms) {
    if (const auto text = too_long(form)) {
      return Error{"cell-too-long",
                   "“" + beginning(*text) + "……”一格的文字有 " + std::to_string(utf16_length(*text)) +
                       " 个字符，Excel 一格最多 32767 个。请缩短这一格，或者改存为 Word、PDF。",
                   {form.name}};
    }
    if (form.rows.size() + 10 > most_rows)
      return Error{"too-large", "这张表的行数超过了 Excel 一张工作表的上限。请改存为 Word 或 PDF。", {form.name}};
  }
  const MemoryFile file;
  lxw_workbook_options options = {};
  // Each sheet is written through a temporary file; in memory, where there is such a folder.
  std::string memory = "/dev/shm";
  options.tmpdir = memory.data();
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &options);
  if (book == nullptr) throw std::runtime_error("xlsx: no workbook");
  lxw_doc_properties properties = {};
  std::string title = info.title;
  std::string author = "绩衡";
  properties.title = title.data();
  properties.author = author.data();
  if (const auto day = Date::parse(info.made)) properties.created = std::time_t{day->days()} * 86400;
  workbook_set_properties(book, &properties);
  Formats formats(book);
  std::set<std::string> names;
  for (const Form& form : forms) {
    lxw_worksheet* sheet = workbook_add_worksheet(book, sheet_name(form.name, names).c_str());
    if (sheet == nullptr) throw std::runtime_error("xlsx: no worksheet");
    Sheet(sheet, formats, form, code_line(info)).draw();
  }
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
    throw std::runtime_error(std::string("xlsx: ") + lxw_strerror(error));
  return file.bytes();
}

}  // namespace jiheng::writing
