#include "reading/formats/word_properties.h"

#include <algorithm>

#include "reading/formats/little_endian.h"

namespace jiheng::reading {
namespace {

namespace modifier {
constexpr std::uint16_t deleted = 0x0800;
constexpr std::uint16_t inserted = 0x0801;
constexpr std::uint16_t has_data = 0x0806;
constexpr std::uint16_t hidden = 0x083C;
constexpr std::uint16_t special = 0x0855;
constexpr std::uint16_t symbol = 0x6A09;
constexpr std::uint16_t font_latin = 0x4A4F;
constexpr std::uint16_t font_chinese = 0x4A50;
constexpr std::uint16_t font_other = 0x4A51;
constexpr std::uint16_t data_place = 0x6A03;

constexpr std::uint16_t in_table = 0x2416;
constexpr std::uint16_t row_end = 0x2417;
constexpr std::uint16_t inner_cell = 0x244B;
constexpr std::uint16_t inner_row_end = 0x244C;
constexpr std::uint16_t depth = 0x6649;
constexpr std::uint16_t deeper = 0x664A;
constexpr std::uint16_t tab_stops = 0xC615;
constexpr std::uint16_t list_elsewhere = 0x6645;
constexpr std::uint16_t list_elsewhere_later = 0x6646;
constexpr std::uint16_t table_list_elsewhere = 0x646B;

constexpr std::uint16_t define_row = 0xD608;
constexpr std::uint16_t define_row_10 = 0xD606;  ///< its older form
constexpr std::uint16_t merge_across = 0x5624;
constexpr std::uint16_t split = 0x5625;
constexpr std::uint16_t merge_down = 0xD62B;
constexpr std::uint16_t insert_cells = 0x7621;
constexpr std::uint16_t delete_cells = 0x5622;
constexpr std::uint16_t cell_widths = 0x7623;
}  // namespace modifier

constexpr std::size_t most_cells = WordRow::most_cells;
constexpr std::uint8_t begins_set = 1;
constexpr std::uint8_t joins_set = 2;
constexpr int deepest_list = 4;  // a list elsewhere that names another one

/// Walks over a list; the operand of each modifier as long as its code says.
class Modifiers {
 public:
  explicit Modifiers(std::string_view list) : rest_(list) {}

  bool next() {
    if (rest_.size() < 3) return false;
    code = u16_at(rest_, 0);
    rest_.remove_prefix(2);
    const std::size_t length = operand_length();
    operand = rest_.substr(0, length);
    if (length > rest_.size()) return false;
    rest_.remove_prefix(length);
    return true;
  }

  std::uint16_t code = 0;
  std::string_view operand;

 private:
  std::size_t operand_length() const {
    switch (code >> 13) {
      case 0:
      case 1:
        return 1;
      case 3:
        return 4;
      case 6:
        break;
      case 7:
        return 3;
      default:
        return 2;
    }
    if (code == modifier::define_row || code == modifier::define_row_10) return std::max<std::size_t>(u16_at(rest_, 0), 1) + 1;
    const std::size_t length = u8_at(rest_, 0);
    if (code != modifier::tab_stops || length < 255) return length + 1;
    const std::size_t dropped = u8_at(rest_, 1);  // tab stops too many for one byte: counted one by one
    return 3 + dropped * 4 + static_cast<std::size_t>(u8_at(rest_, 2 + dropped * 4)) * 3;
  }

  std::string_view rest_;
};

std::string_view list_at(std::string_view data, std::uint32_t place) {
  return part_of(data, static_cast<std::uint64_t>(place) + 2, u16_at(data, place));
}

bool leads_elsewhere(std::uint16_t code) {
  return code == modifier::list_elsewhere || code == modifier::list_elsewhere_later || code == modifier::table_list_elsewhere;
}

/// On, off, as the style has it (taken as off), the other way round than the style has it.
bool toggled(std::string_view operand) {
  const std::uint8_t value = u8_at(operand, 0);
  return value == 1 || value == 0x81;
}

void define_row(std::string_view operand, WordRow& row) {
  const std::size_t count = std::min<std::size_t>(u8_at(operand, 2), most_cells);
  const std::size_t cells_at = 3 + (static_cast<std::size_t>(u8_at(operand, 2)) + 1) * 2;
  row.edges.clear();
  row.cells.assign(count, {});
  if (operand.size() < 3 + (count + 1) * 2) return;
  row.edges.reserve(count + 1);
  for (std::size_t i = 0; i <= count; ++i) row.edges.push_back(s16_at(operand, 3 + i * 2));
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t flags = u16_at(operand, cells_at + i * 20);  // cells without a description of their own have none
    row.cells[i].across = flags & 3;
    row.cells[i].starts_down = (flags & 0x40) != 0;
    row.cells[i].up = (flags & 0x60) == 0x20;
  }
}

void insert_cells(std::string_view operand, WordRow& row) {
  const std::size_t first = std::min<std::size_t>(u8_at(operand, 0), row.cells.size());
  const std::size_t count = std::min<std::size_t>(u8_at(operand, 1), most_cells - std::min(most_cells, row.cells.size()));
  const std::int32_t width = u16_at(operand, 2);
  if (row.edges.empty() && row.cells.empty()) row.edges.push_back(0);
  if (row.edges.size() != row.cells.size() + 1) return;
  row.cells.insert(row.cells.begin() + static_cast<std::ptrdiff_t>(first), count, {});
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = row.edges.begin() + static_cast<std::ptrdiff_t>(first + i);
    row.edges.insert(at + 1, *at + width);
  }
  for (std::size_t i = first + count + 1; i < row.edges.size(); ++i) row.edges[i] += static_cast<std::int32_t>(count) * width;
}

void delete_cells(std::string_view operand, WordRow& row) {
  const std::size_t end = std::min<std::size_t>(u8_at(operand, 1), row.cells.size());
  const std::size_t first = std::min<std::size_t>(u8_at(operand, 0), end);
  if (row.edges.size() != row.cells.size() + 1) return;
  const std::int32_t width = row.edges[end] - row.edges[first];
  row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(first), row.cells.begin() + static_cast<std::ptrdiff_t>(end));
  row.edges.erase(row.edges.begin() + static_cast<std::ptrdiff_t>(first) + 1, row.edges.begin() + static_cast<std::ptrdiff_t>(end) + 1);
  for (std::size_t i = first + 1; i < row.edges.size(); ++i) row.edges[i] -= width;
}

void set_widths(std::string_view operand, WordRow& row) {
  const std::size_t end = std::min<std::size_t>(u8_at(operand, 1), row.cells.size());
  const std::int32_t width = u16_at(operand, 2);
  if (row.edges.size() != row.cells.size() + 1) return;
  for (std::size_t cell = u8_at(operand, 0); cell < end; ++cell) {
    const std::int32_t wider = width - (row.edges[cell + 1] - row.edges[cell]);
    for (std::size_t i = cell + 1; i < row.edges.size(); ++i) row.edges[i] += wider;
  }
}

void merge_across(std::string_view operand, WordRow& row, bool together) {
  const std::size_t end = std::min<std::size_t>(u8_at(operand, 1), row.cells.size());
  const std::size_t first = u8_at(operand, 0);
  for (std::size_t i = first; i < end; ++i) row.cells[i].across = !together ? 0 : i == first ? begins_set : joins_set;
}

void merge_down(std::string_view operand, WordRow& row) {
  const std::size_t cell = u8_at(operand, 1);
  if (cell >= row.cells.size()) return;
  row.cells[cell].up = u8_at(operand, 2) == 1;
  row.cells[cell].starts_down = u8_at(operand, 2) == 3;
}

void apply(std::string_view list, std::string_view data, ParagraphProperties& properties, int level) {
  for (Modifiers one(list); one.next();) {
    switch (one.code) {
      case modifier::in_table:
        properties.in_table = u8_at(one.operand, 0) != 0;
        break;
      case modifier::row_end:
        properties.row_end = u8_at(one.operand, 0) != 0;
        break;
      case modifier::inner_cell:
        properties.inner_cell = u8_at(one.operand, 0) != 0;
        break;
      case modifier::inner_row_end:
        properties.inner_row_end = u8_at(one.operand, 0) != 0;
        break;
      case modifier::depth:
        properties.depth = static_cast<std::int32_t>(std::min(u32_at(one.operand, 0), 100'000U));
        break;
      case modifier::deeper:
        properties.depth = std::clamp<std::int32_t>(properties.depth + s16_at(one.operand, 0), 0, 100'000);
        break;
      default:
        if (leads_elsewhere(one.code) && level < deepest_list) apply(list_at(data, u32_at(one.operand, 0)), data, properties, level + 1);
    }
  }
}

void apply(std::string_view list, std::string_view data, WordRow& row, int level) {
  for (Modifiers one(list); one.next();) {
    switch (one.code) {
      case modifier::define_row:
        define_row(one.operand, row);
        break;
      case modifier::merge_across:
        merge_across(one.operand, row, true);
        break;
      case modifier::split:
        merge_across(one.operand, row, false);
        break;
      case modifier::merge_down:
        merge_down(one.operand, row);
        break;
      case modifier::insert_cells:
        insert_cells(one.operand, row);
        break;
      case modifier::delete_cells:
        delete_cells(one.operand, row);
        break;
      case modifier::cell_widths:
        set_widths(one.operand, row);
        break;
      default:
        if (leads_elsewhere(one.code) && level < deepest_list) apply(list_at(data, u32_at(one.operand, 0)), data, row, level + 1);
    }
  }
}

}  // namespace

std::string_view whole_list(std::string_view list, std::string_view data) {
  constexpr std::size_t modifier_bytes = 6;
  return list.size() == modifier_bytes && leads_elsewhere(u16_at(list, 0)) ? list_at(data, u32_at(list, 2)) : list;
}

void apply_modifiers(std::string_view list, CharacterProperties& properties) {
  for (Modifiers one(list); one.next();) {
    switch (one.code) {
      case modifier::deleted:
        properties.deleted = u8_at(one.operand, 0) != 0;
        break;
      case modifier::inserted:
        properties.inserted = u8_at(one.operand, 0) != 0;
        break;
      case modifier::hidden:
        properties.hidden = toggled(one.operand);
        break;
      case modifier::special:
        properties.special = u8_at(one.operand, 0) != 0;
        break;
      case modifier::has_data:
        properties.has_data = u8_at(one.operand, 0) != 0;
        break;
      case modifier::symbol:
        properties.symbol = true;
        properties.font = u16_at(one.operand, 0);
        properties.symbol_code = u16_at(one.operand, 2);
        break;
      case modifier::font_latin:
      case modifier::font_chinese:
      case modifier::font_other:
        properties.fonts[one.code - modifier::font_latin] = u16_at(one.operand, 0);
        break;
      case modifier::data_place:
        properties.data_at = u32_at(one.operand, 0);
        properties.special = true;
        break;
      default:
        break;
    }
  }
}

void apply_modifiers(std::string_view list, std::string_view data, ParagraphProperties& properties) {
  apply(list, data, properties, 0);
}

void apply_modifiers(std::string_view list, std::string_view data, WordRow& row) {
  apply(list, data, row, 0);
}

std::vector<char> single_modifier(std::uint16_t piece_modifier) {
  std::uint16_t code = 0;
  switch (piece_modifier >> 1 & 0x7F) {
    case 0x18:
      code = modifier::in_table;
      break;
    case 0x19:
      code = modifier::row_end;
      break;
    case 0x41:
      code = modifier::deleted;
      break;
    case 0x42:
      code = modifier::inserted;
      break;
    case 0x5C:
      code = modifier::hidden;
      break;
    default:
      return {};
  }
  return {static_cast<char>(code & 0xFF), static_cast<char>(code >> 8), static_cast<char>(piece_modifier >> 8)};
}

}  // namespace jiheng::reading
