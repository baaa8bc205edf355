#include "old_office_maker.h"

#include <algorithm>
#include <bit>

namespace jiheng::reading {
namespace {

constexpr std::size_t sector_bytes = 512;
constexpr std::uint32_t end_of_chain = 0xFFFFFFFE;
constexpr std::uint32_t free_sector = 0xFFFFFFFF;
constexpr std::uint32_t table_sector = 0xFFFFFFFD;

std::size_t units(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit;
}

std::string padded(std::string bytes, std::size_t unit, char with = '\0') {
  bytes.resize(std::max<std::size_t>(units(bytes.size(), unit), 1) * unit, with);
  return bytes;
}

/// Sectors behind the header, and the table that chains them.
class SectorWriter {
 public:
  explicit SectorWriter(Sectors order) : order_(order) {}

  std::uint32_t add(const std::string& bytes) {
    const std::string whole = padded(bytes, sector_bytes);
    const auto count = static_cast<std::uint32_t>(whole.size() / sector_bytes);
    const auto first = static_cast<std::uint32_t>(table_.size());
    if (order_ == Sectors::in_order || count == 1) {
      for (std::uint32_t i = 0; i < count; ++i) table_.push_back(i + 1 < count ? first + i + 1 : end_of_chain);
      content_ += whole;
      return first;
    }
    if (order_ == Sectors::backwards) {
      for (std::uint32_t i = count; i-- > 0;) content_ += whole.substr(i * sector_bytes, sector_bytes);
      for (std::uint32_t i = 0; i < count; ++i) table_.push_back(i == 0 ? end_of_chain : first + i - 1);
      return first + count - 1;
    }
    content_ += whole.substr((count - 1) * sector_bytes) + whole.substr(0, (count - 1) * sector_bytes);
    table_.push_back(end_of_chain);
    for (std::uint32_t i = 1; i < count; ++i) table_.push_back(i + 1 < count ? first + i + 1 : first);
    return first + 1;
  }

  std::string content_;
  std::vector<std::uint32_t> table_;

 private:
  Sectors order_;
};

std::string directory_entry(std::string_view name, char kind, std::uint32_t right, std::uint32_t child, std::uint32_t start,
                            std::size_t size) {
  std::string wide_name;
  for (const char c : name) wide_name += std::string{c, '\0'};
  std::string entry = wide_name;
  entry.resize(64, '\0');
  entry += little16(static_cast<std::uint32_t>(wide_name.size() + 2)) + kind + '\1' + little32(free_sector) + little32(right) +
           little32(child) + std::string(36, '\0') + little32(start) + little32(static_cast<std::uint32_t>(size)) + little32(0);
  return entry;
}

}  // namespace

std::string little16(std::uint32_t value) {
  return {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8 & 0xFF)};
}

std::string little32(std::uint32_t value) {
  return little16(value & 0xFFFF) + little16(value >> 16);
}

std::string wide(std::u16string_view text) {
  std::string out;
  for (const char16_t unit : text) out += little16(unit);
  return out;
}

std::string compound_of(const std::vector<NamedStream>& streams, Sectors sectors) {
  SectorWriter writer(sectors);
  std::string small;
  std::string small_table;
  std::vector<std::uint32_t> starts;
  for (const NamedStream& stream : streams) {
    if (stream.bytes.size() >= 4096) {
      starts.push_back(writer.add(stream.bytes));
      continue;
    }
    const auto first = static_cast<std::uint32_t>(small.size() / 64);
    const auto count = static_cast<std::uint32_t>(std::max<std::size_t>(units(stream.bytes.size(), 64), 1));
    starts.push_back(first);
    for (std::uint32_t i = 0; i < count; ++i) small_table += little32(i + 1 < count ? first + i + 1 : end_of_chain);
    small += padded(stream.bytes, 64);
  }
  const std::uint32_t small_start = small.empty() ? end_of_chain : writer.add(small);
  const std::uint32_t small_table_start = small.empty() ? end_of_chain : writer.add(padded(small_table, sector_bytes, '\xFF'));
  std::string directory = directory_entry("Root Entry", 5, free_sector, streams.empty() ? free_sector : 1, small_start, small.size());
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const auto next = static_cast<std::uint32_t>(i + 1 < streams.size() ? i + 2 : free_sector);
    directory += directory_entry(streams[i].name, 2, next, free_sector, starts[i], streams[i].bytes.size());
  }
  const std::uint32_t directory_start = writer.add(directory);
  std::size_t tables = 1;
  while (tables * 128 < writer.table_.size() + tables) ++tables;
  const auto first_table = static_cast<std::uint32_t>(writer.table_.size());
  writer.table_.insert(writer.table_.end(), tables, table_sector);
  std::string table;
  for (const std::uint32_t next : writer.table_) table += little32(next);
  std::string header = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(16, '\0') + little16(0x3E) + little16(3) +
                       little16(0xFFFE) + little16(9) + little16(6) + std::string(10, '\0') + little32(static_cast<std::uint32_t>(tables)) +
                       little32(directory_start) + little32(0) + little32(4096) + little32(small_table_start) +
                       little32(small.empty() ? 0 : 1) + little32(end_of_chain) + little32(0);
  for (std::uint32_t i = 0; i < 109; ++i) header += little32(i < tables ? first_table + i : free_sector);
  return header + writer.content_ + padded(table, sector_bytes, '\xFF');
}

std::string biff(std::uint16_t id, std::string_view data) {
  return little16(id) + little16(static_cast<std::uint32_t>(data.size())) + std::string(data);
}

std::string biff_begin(std::uint16_t kind, std::uint16_t version) {
  return biff(0x0809, little16(version) + little16(kind) + std::string(version == 0x0600 ? 12 : 4, '\0'));
}

std::string biff_end() {
  return biff(0x000A, "");
}

std::string biff_text(std::u16string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char16_t c) { return c < 0x80; });
  return little16(static_cast<std::uint32_t>(text.size())) + (ascii ? '\0' : '\1') +
         (ascii ? std::string(text.begin(), text.end()) : wide(text));
}

std::string biff_number(std::uint16_t row, std::uint16_t column, double value, std::uint16_t style) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return biff(0x0203, little16(row) + little16(column) + little16(style) + little32(static_cast<std::uint32_t>(bits)) +
                          little32(static_cast<std::uint32_t>(bits >> 32)));
}

std::string biff_label(std::uint16_t row, std::uint16_t column, std::u16string_view text, std::uint16_t style) {
  return biff(0x0204, little16(row) + little16(column) + little16(style) + biff_text(text));
}

std::string biff_workbook(const std::vector<BiffSheet>& sheets, std::string_view globals) {
  const auto sheet_list = [&](std::size_t first_sheet) {
    std::string out;
    std::size_t at = first_sheet;
    for (const BiffSheet& sheet : sheets) {
      out += biff(0x0085, little32(static_cast<std::uint32_t>(at)) + static_cast<char>(sheet.state) + static_cast<char>(sheet.kind) +
                              static_cast<char>(sheet.name.size()) + '\1' + wide(sheet.name));
      at += biff_begin(0x10).size() + sheet.records.size() + biff_end().size();
    }
    return out;
  };
  const std::size_t first_sheet = biff_begin(5).size() + sheet_list(0).size() + globals.size() + biff_end().size();
  std::string out = biff_begin(5) + sheet_list(first_sheet) + std::string(globals) + biff_end();
  for (const BiffSheet& sheet : sheets) out += biff_begin(0x10) + sheet.records + biff_end();
  return out;
}

}  // namespace jiheng::reading
