// Makes the files of old office programs in tests: compound files, and the records of workbooks in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiheng::reading {

std::string little16(std::uint32_t value);
std::string little32(std::uint32_t value);
/// UTF-16, the lower byte first.
std::string wide(std::u16string_view text);

struct NamedStream {
  std::string name;
  std::string bytes;
};
enum class Sectors {
  in_order,
  scattered,  ///< each stream's last sector lies first
  backwards,  ///< each stream's sectors lie the other way round
};
/// A compound file with 512 byte sectors; streams below 4096 bytes lie in the small ones.
std::string compound_of(const std::vector<NamedStream>& streams, Sectors sectors = Sectors::in_order);

// ---- workbooks

std::string biff(std::uint16_t id, std::string_view data);
std::string biff_begin(std::uint16_t kind, std::uint16_t version = 0x0600);
std::string biff_end();
/// A text with a count of two bytes and flags: one byte a character where it is ASCII, else UTF-16.
std::string biff_text(std::u16string_view text);
std::string biff_number(std::uint16_t row, std::uint16_t column, double value, std::uint16_t style = 0);
std::string biff_label(std::uint16_t row, std::uint16_t column, std::u16string_view text, std::uint16_t style = 0);
struct BiffSheet {
  std::u16string name;
  std::string records;  ///< between its BOF and EOF
  std::uint8_t state = 0;
  std::uint8_t kind = 0;
};
/// The whole stream "Workbook": `globals` stand behind the list of sheets.
std::string biff_workbook(const std::vector<BiffSheet>& sheets, std::string_view globals = "");

}  // namespace jiheng::reading
