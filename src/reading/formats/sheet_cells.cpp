#include "reading/formats/sheet_cells.h"

#include "base/text.h"
#include "reading/encoding.h"

namespace jiheng::reading {
namespace {

std::string place_of(std::string_view sheet) {
  return sheet.empty() ? "工作表" : "工作表“" + std::string(sheet) + "”";
}

/// Nothing but spaces and line ends.
bool is_blank(std::string_view text) {
  return text.empty() || (static_cast<unsigned char>(text.front()) <= ' ' && trim(text).empty());
}

}  // namespace

const NumberFormat* SheetStyles::look_up(std::uint32_t style) {
  if (style >= styles_.size()) return nullptr;
  const std::uint32_t id = styles_[style];
  for (const auto& [known, format] : formats_) {
    if (known == id) return format.get();
  }
  std::string_view code = NumberFormat::built_in(id);
  for (const auto& [own, text] : codes_) {
    if (own == id) code = text;
  }
  if (formats_.size() >= most_codes) return nullptr;
  formats_.emplace_back(id, code.empty() ? nullptr : std::make_unique<NumberFormat>(code));
  return formats_.back().second.get();
}

std::string cell_reference(std::uint32_t row, std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters + std::to_string(row + 1);
}

void SheetCells::add_text(std::string_view text, const NumberFormat* format) {
  if (format == nullptr || format->keeps_text() || is_blank(text)) return add(text);
  const std::string shown = format->show_text(text);
  add(text, shown == text ? std::string_view{} : layout_.pool.keep(shown));
}

void SheetCells::add_number(StoredNumber stored, const NumberFormat* format) {
  TextPool& pool = layout_.pool;
  if (format == nullptr) return add(pool.keep(stored.plain()));
  const NumberFormat::Shown shown = format->show(stored, from_1904_);
  if (shown.general) return add(pool.keep(shown.text));
  if (shown.date) return add(pool.keep(shown.text));
  if (shown.percent) stored.shift(2);
  const std::string text = stored.plain();
  add(pool.keep(text), shown.text == text ? std::string_view{} : pool.keep(shown.text), shown.percent);
}

void SheetCells::add_error(std::string_view value) {
  add(layout_.pool.keep(value));
  note("cell-error", "单元格" + cell_reference(row_, column_) + "的公式出错（" + std::string(clipped(value, 40)) + "），请更正后再上传。",
       value);
}

void SheetCells::note_formula_without_value() {
  note("formula-without-value",
       "单元格" + cell_reference(row_, column_) + "是公式，文件里没有存它的计算结果，没有读入。请用Excel打开后保存一次再上传。", "");
}

void SheetCells::add(std::string_view text, std::string_view shown, bool percent) {
  if (is_blank(text)) return;
  if (content_.cells.size() >= limits_.cells) {
    error_ = CellBudget(limits_).check(limits_.cells + 1, 1);
    return;
  }
  SheetCell& cell = content_.cells.emplace_back();
  cell.row = row_;
  cell.column = column_;
  cell.text = text;
  cell.shown = shown;
  cell.percent = percent;
}

void SheetCells::note(std::string code, std::string message, std::string_view text) {
  if (layout_.notes.size() >= most_notes) return;
  Note note;
  note.code = std::move(code);
  note.message = place_of(sheet_) + std::move(message);
  note.source = Source{std::string(sheet_), static_cast<int>(row_ + 1), static_cast<int>(column_ + 1), std::string(text)};
  layout_.notes.push_back(std::move(note));
}

void note_hidden_sheet(Layout& layout, std::string_view sheet) {
  if (layout.notes.size() >= SheetCells::most_notes) return;
  layout.notes.push_back({"sheet-hidden", place_of(sheet) + "是隐藏的，没有读入。如需报送，请取消隐藏。", {}, {}, {}});
}

std::optional<Error> add_sheet(SheetContent content, std::string_view sheet, CellBudget& budget, Layout& layout) {
  Block block;
  block.kind = Block::Kind::grid;
  block.place = layout.pool.keep(sheet);
  if (auto error = make_sheet_grid(std::move(content), budget, block.grid)) return std::move(*error).in(place_of(sheet));
  if (!block.grid.cells.empty()) layout.blocks.push_back(std::move(block));
  return std::nullopt;
}

}  // namespace jiheng::reading
