// Excel workbooks of 97 to 2003 and of 5.0/95 (xls, and et of WPS): each visible sheet becomes one grid. [MS-XLS].
#include <bit>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/cell_budget.h"
#include "reading/formats/biff_records.h"
#include "reading/formats/compound_file.h"
#include "reading/formats/formats.h"
#include "reading/formats/little_endian.h"
#include "reading/formats/office_text.h"
#include "reading/formats/sheet_cells.h"
#include "reading/formats/xls_cipher.h"

namespace jiheng::reading {
namespace {

namespace record {
constexpr std::uint16_t formula = 0x0006;
constexpr std::uint16_t end = 0x000A;
constexpr std::uint16_t date_mode = 0x0022;
constexpr std::uint16_t file_pass = 0x002F;
constexpr std::uint16_t code_page = 0x0042;
constexpr std::uint16_t bound_sheet = 0x0085;
constexpr std::uint16_t multiple_rk = 0x00BD;
constexpr std::uint16_t rich_string = 0x00D6;
constexpr std::uint16_t extended_format = 0x00E0;
constexpr std::uint16_t merged_cells = 0x00E5;
constexpr std::uint16_t shared_strings = 0x00FC;
constexpr std::uint16_t label_shared = 0x00FD;
constexpr std::uint16_t number = 0x0203;
constexpr std::uint16_t label = 0x0204;
constexpr std::uint16_t boolean_or_error = 0x0205;
constexpr std::uint16_t string_of_formula = 0x0207;
constexpr std::uint16_t rk = 0x027E;
constexpr std::uint16_t formula_of_4 = 0x0406;
constexpr std::uint16_t format = 0x041E;
constexpr std::uint16_t begin = 0x0809;
}  // namespace record

constexpr std::uint16_t version_97 = 0x0600;
constexpr std::uint16_t worksheet = 0x0010;
constexpr std::uint32_t most_columns = 256;

Error damaged(std::string what) {
  return {"damaged", "文件已损坏：" + std::move(what) + "。请用Excel或WPS打开后另存一份再上传。", {}};
}

struct Sheet {
  std::string name;
  std::size_t at = 0;  ///< of its BOF in the stream
  bool hidden = false;
  bool of_cells = true;  ///< no chart, no macros
};

/// What all sheets share.
struct Workbook {
  bool unicode = true;  ///< 97 and later; before, texts are bytes of the code page
  std::uint32_t code_page = 1252;
  bool from_1904 = false;
  std::vector<Sheet> sheets;
  std::vector<std::string_view> strings;
  SheetStyles styles;
};

std::string_view error_name(std::uint8_t code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0F:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1D:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    default:
      return "#N/A";
  }
}

/// Lines inside a cell end with a line feed alone.
void drop_carriage_returns(std::string& text, std::size_t from) {
  if (text.find('\r', from) != std::string::npos) std::erase(text, '\r');
}

/// A text with its count in front of it, one byte or two wide.
void append_counted(std::string& out, BiffPieces& from, std::size_t count, const Workbook& workbook) {
  if (workbook.unicode)
    from.append_text(out, count);
  else
    append_code_page(out, from.bytes(count), workbook.code_page);
}

// ---- what stands before the sheets ---------------------------------------------------------------------------------------------------

class GlobalsReader {
 public:
  GlobalsReader(std::string_view stream, Workbook& workbook, const Limits& limits, TextPool& pool)
      : records_(stream), workbook_(workbook), limits_(limits), pool_(pool) {}

  std::optional<Error> read();

 private:
  std::optional<Error> take(const BiffRecord& record);
  std::optional<Error> take_sheet(const BiffRecord& record);
  std::optional<Error> take_strings(const BiffRecord& record);
  void take_format(const BiffRecord& record);

  BiffRecords records_;
  Workbook& workbook_;
  const Limits& limits_;
  TextPool& pool_;
};

std::optional<Error> GlobalsReader::read() {
  BiffRecord record;
  if (!records_.next(record) || record.id != record::begin) return damaged("工作簿开头不完整");
  std::size_t depth = 1;
  while (records_.next(record)) {
    if (record.id == record::begin) ++depth;
    if (record.id == record::end && --depth == 0) return std::nullopt;
    if (auto error = take(record)) return error;
  }
  return damaged("工作簿的内容不完整");
}

std::optional<Error> GlobalsReader::take(const BiffRecord& record) {
  switch (record.id) {
    case record::file_pass:
      return Error{"encrypted", "文件加了密码，无法读取。请在Excel或WPS里取消打开密码和工作簿保护，另存一份再上传。", {}};
    case record::code_page:
      workbook_.code_page = u16_at(record.data, 0);
      break;
    case record::date_mode:
      workbook_.from_1904 = u16_at(record.data, 0) == 1;
      break;
    case record::bound_sheet:
      return take_sheet(record);
    case record::format:
      take_format(record);
      break;
    case record::extended_format:
      workbook_.styles.add_style(u16_at(record.data, 2));
      break;
    case record::shared_strings:
      return take_strings(record);
    default:
      break;
  }
  return std::nullopt;
}

std::optional<Error> GlobalsReader::take_sheet(const BiffRecord& record) {
  if (workbook_.sheets.size() >= limits_.tables)
    return Error{"too-many-cells", "工作簿里的工作表超过" + std::to_string(limits_.tables) + "张。请分成几个文件再上传。", {}};
  Sheet& sheet = workbook_.sheets.emplace_back();
  sheet.at = u32_at(record.data, 0);
  sheet.hidden = (u8_at(record.data, 4) & 3) != 0;
  sheet.of_cells = u8_at(record.data, 5) == 0;
  const std::vector<std::string_view> pieces = {part_of(record.data, 6)};
  BiffPieces text(pieces);
  const std::size_t count = text.byte();
  append_counted(sheet.name, text, count, workbook_);
  return std::nullopt;
}

void GlobalsReader::take_format(const BiffRecord& record) {
  const std::vector<std::string_view> pieces = {part_of(record.data, 2)};
  BiffPieces text(pieces);
  const std::size_t count = workbook_.unicode ? text.word() : text.byte();
  std::string code;
  append_counted(code, text, count, workbook_);
  workbook_.styles.add_code(u16_at(record.data, 0), std::move(code));
}

/// All of them in one text, of which the cells then hold parts.
std::optional<Error> GlobalsReader::take_strings(const BiffRecord& record) {
  const std::vector<std::string_view> pieces = records_.pieces(record);
  std::size_t bytes = 0;
  for (const std::string_view piece : pieces) bytes += piece.size();
  BiffPieces from(pieces);
  from.skip(4);  // how often they are used
  const std::uint32_t count = from.long_word();
  std::string all;
  all.reserve(bytes * 2);  // UTF-8 takes at most twice of either form
  std::vector<std::uint32_t> ends;
  ends.reserve(std::min<std::size_t>(count, bytes / 3 + 1));
  for (std::uint32_t i = 0; i < count && !from.failed(); ++i) {
    const std::size_t begin = all.size();
    const std::size_t length = from.word();
    from.append_text(all, length);
    drop_carriage_returns(all, begin);
    if (from.failed()) break;  // cells that use the rest are told of
    ends.push_back(static_cast<std::uint32_t>(all.size()));
  }
  const std::string_view kept = pool_.adopt(std::move(all));
  std::size_t begin = 0;
  workbook_.strings.reserve(ends.size());
  for (const std::uint32_t end : ends) {
    workbook_.strings.push_back(kept.substr(begin, end - begin));
    begin = end;
  }
  return std::nullopt;
}

// ---- sheets --------------------------------------------------------------------------------------------------------------------

/// The number that the file stores in binary, by the shortest decimal digits that mean it: the carrier knows no others.
std::optional<StoredNumber> stored_of(double value) {
  char digits[40];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  if (!std::isfinite(value) || written.ec != std::errc{}) return std::nullopt;
  return parse_stored_number(std::string_view(digits, static_cast<std::size_t>(written.ptr - digits)));
}

/// The number a cell holds as 30 bits: a whole number or the upper half of a double, either perhaps a hundred times too large.
std::optional<StoredNumber> stored_of_rk(std::uint32_t rk) {
  std::optional<StoredNumber> stored;
  if ((rk & 2) != 0) {
    char digits[16];
    const auto written = std::to_chars(digits, digits + sizeof digits, static_cast<std::int32_t>(rk) >> 2);
    stored = parse_stored_number(std::string_view(digits, static_cast<std::size_t>(written.ptr - digits)));
  } else {
    stored = stored_of(std::bit_cast<double>(static_cast<std::uint64_t>(rk & 0xFFFFFFFCU) << 32));
  }
  if (stored && (rk & 1) != 0) stored->shift(-2);
  return stored;
}

class SheetReader {
 public:
  SheetReader(std::string_view stream, const Sheet& sheet, Workbook& workbook, Layout& layout, const Limits& limits)
      : records_(stream, sheet.at), workbook_(workbook), layout_(layout), cells_(layout, limits, sheet.name, workbook.from_1904) {}

  Result<SheetContent> read();

 private:
  std::optional<Error> take(const BiffRecord& record);
  bool take_shared(const BiffRecord& record);
  Error no_such_text() const;
  void take_label(const BiffRecord& record);
  void take_formula(const BiffRecord& record);
  void take_formula_text(const BiffRecord& record);
  void take_rks(const BiffRecord& record);
  void take_merges(const BiffRecord& record);
  void place(const BiffRecord& record) {
    row_ = u16_at(record.data, 0);
    column_ = u16_at(record.data, 2);
    cells_.at(row_, column_);
  }
  const NumberFormat* format(std::uint32_t style) { return workbook_.styles.format(style); }
  void add(std::optional<StoredNumber> stored, std::uint32_t style) {
    if (stored)
      cells_.add_number(std::move(*stored), format(style));
    else
      cells_.add_error("#NUM!");
  }
  /// A text in front of which stands its count.
  std::string_view text_of(const BiffRecord& record, std::size_t at);

  BiffRecords records_;
  Workbook& workbook_;
  Layout& layout_;
  SheetCells cells_;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::optional<std::uint32_t> text_awaited_;  ///< a formula's text follows: the style of its cell
  std::string buffer_;
};

Result<SheetContent> SheetReader::read() {
  BiffRecord record;
  if (!records_.next(record) || record.id != record::begin) return damaged("找不到工作表的内容");
  std::size_t depth = 1;  // charts on the sheet stand inside it
  while (records_.next(record)) {
    if (record.id == record::begin) {
      ++depth;
    } else if (record.id == record::end) {
      if (--depth == 0) return cells_.take();
    } else if (depth == 1) {
      const bool taken = record.id == record::label_shared && take_shared(record);
      if (auto error = taken ? std::nullopt : take(record)) return *error;
      if (cells_.error()) return *cells_.error();
    }
  }
  return damaged("工作表的内容不完整");
}

std::optional<Error> SheetReader::take(const BiffRecord& record) {
  switch (record.id) {
    case record::label_shared:
      place(record);
      return no_such_text();
    case record::label:
    case record::rich_string:
      take_label(record);
      break;
    case record::rk:
      place(record);
      add(stored_of_rk(u32_at(record.data, 6)), u16_at(record.data, 4));
      break;
    case record::multiple_rk:
      take_rks(record);
      break;
    case record::number:
      place(record);
      add(stored_of(std::bit_cast<double>(u64_at(record.data, 6))), u16_at(record.data, 4));
      break;
    case record::boolean_or_error:
      place(record);
      if (u8_at(record.data, 7) == 0)
        cells_.add_boolean(u8_at(record.data, 6) != 0);
      else
        cells_.add_error(error_name(u8_at(record.data, 6)));
      break;
    case record::formula:
    case record::formula_of_4:
      take_formula(record);
      break;
    case record::string_of_formula:
      take_formula_text(record);
      break;
    case record::merged_cells:
      take_merges(record);
      break;
    case record::file_pass:
      return Error{"encrypted", "文件加了密码，无法读取。请在Excel或WPS里取消密码，另存一份再上传。", {}};
    default:
      break;
  }
  return std::nullopt;
}

/// Nearly all cells. False, and nothing taken, where it leads to no text.
bool SheetReader::take_shared(const BiffRecord& record) {
  const std::uint32_t index = u32_at(record.data, 6);
  if (index >= workbook_.strings.size()) return false;
  place(record);
  cells_.add_text(workbook_.strings[index], format(u16_at(record.data, 4)));
  return true;
}

Error SheetReader::no_such_text() const {
  const std::string at = "单元格" + cell_reference(row_, column_);
  return damaged(at + "指向的文字不存在").in(at);
}

std::string_view SheetReader::text_of(const BiffRecord& record, std::size_t at) {
  std::vector<std::string_view> pieces = records_.pieces(record);
  pieces[0] = part_of(pieces[0], at);
  BiffPieces from(pieces);
  const std::size_t count = from.word();
  buffer_.clear();
  append_counted(buffer_, from, count, workbook_);
  drop_carriage_returns(buffer_, 0);
  return layout_.pool.keep(buffer_);
}

void SheetReader::take_label(const BiffRecord& record) {
  place(record);
  cells_.add_text(text_of(record, 6), format(u16_at(record.data, 4)));
}

/// The result that the program stored. Its upper two bytes tell what is no number.
void SheetReader::take_formula(const BiffRecord& record) {
  place(record);
  const std::uint16_t style = u16_at(record.data, 4);
  text_awaited_.reset();
  if (record.data.size() < 14) return cells_.note_formula_without_value();
  if (u16_at(record.data, 12) != 0xFFFF) return add(stored_of(std::bit_cast<double>(u64_at(record.data, 6))), style);
  switch (u8_at(record.data, 6)) {
    case 0:
      text_awaited_ = style;
      break;
    case 1:
      cells_.add_boolean(u8_at(record.data, 8) != 0);
      break;
    case 2:
      cells_.add_error(error_name(u8_at(record.data, 8)));
      break;
    default:  // an empty text
      break;
  }
}

void SheetReader::take_formula_text(const BiffRecord& record) {
  if (!text_awaited_) return;
  cells_.add_text(text_of(record, 0), format(*text_awaited_));
  text_awaited_.reset();
}

void SheetReader::take_rks(const BiffRecord& record) {
  place(record);
  for (std::size_t at = 4; at + 6 <= record.data.size() && column_ < most_columns; at += 6, ++column_) {
    cells_.at(row_, column_);
    add(stored_of_rk(u32_at(record.data, at + 2)), u16_at(record.data, at));
  }
}

void SheetReader::take_merges(const BiffRecord& record) {
  const std::size_t count = u16_at(record.data, 0);
  for (std::size_t i = 0; i < count && 2 + i * 8 + 8 <= record.data.size(); ++i) {
    const std::size_t at = 2 + i * 8;
    SheetMerge merge{u16_at(record.data, at), u16_at(record.data, at + 4), u16_at(record.data, at + 2), u16_at(record.data, at + 6)};
    if (merge.first_row > merge.last_row) std::swap(merge.first_row, merge.last_row);
    if (merge.first_column > merge.last_column) std::swap(merge.first_column, merge.last_column);
    cells_.add_merge(merge);
  }
}

std::string place_of(const Sheet& sheet) {
  return sheet.name.empty() ? "工作表" : "工作表“" + sheet.name + "”";
}

Result<Layout> read_plain_stream(std::string_view stream, const Limits& limits) {
  Layout layout;
  Workbook workbook;
  workbook.unicode = u16_at(stream, 4) == version_97;
  if (!workbook.unicode) workbook.code_page = 936;  // until it says otherwise
  if (u16_at(stream, 6) == worksheet) {
    workbook.sheets.emplace_back();  // a sheet alone, as small programs write it
  } else if (auto error = GlobalsReader(stream, workbook, limits, layout.pool).read()) {
    return *error;
  }
  CellBudget budget(limits);
  for (const Sheet& sheet : workbook.sheets) {
    if (!sheet.of_cells) continue;
    if (sheet.hidden) {
      note_hidden_sheet(layout, sheet.name);
      continue;
    }
    auto content = SheetReader(stream, sheet, workbook, layout, limits).read();
    if (!content) return std::move(content).error().in(place_of(sheet));
    if (auto error = add_sheet(std::move(*content), sheet.name, budget, layout)) return *error;
  }
  return layout;
}

Result<Layout> read_stream(std::string_view stream, const Limits& limits) {
  auto layout = read_plain_stream(stream, limits);
  if (layout || layout.error().code != "encrypted") return layout;
  const auto decrypted = decrypt_protected_workbook(stream);
  return decrypted ? read_plain_stream(*decrypted, limits) : std::move(layout);
}

}  // namespace

Result<Layout> read_xls(std::string_view bytes, const Limits& limits) {
  if (!is_compound_file(bytes)) return read_stream(bytes, limits);
  const auto file = CompoundFile::open(bytes);
  if (!file) return file.error();
  std::string buffer;
  const auto stream = file->stream(file->has("Workbook") ? "Workbook" : "Book", buffer);
  if (!stream) return stream.error();
  if (u16_at(*stream, 0) != record::begin) return damaged("工作簿开头不完整");
  return read_stream(*stream, limits);
}

}  // namespace jiheng::reading
