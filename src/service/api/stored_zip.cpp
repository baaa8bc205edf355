#include "service/api/stored_zip.h"

#include <array>
#include <cstdint>

namespace jiheng::service {
namespace {

constexpr std::array<std::uint32_t, 256> crc_table = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? (value >> 1) ^ 0xedb88320U : value >> 1;
    table[i] = value;
  }
  return table;
}();

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t value = 0xffffffffU;
  for (const char byte : bytes) value = crc_table[(value ^ static_cast<unsigned char>(byte)) & 0xff] ^ (value >> 8);
  return value ^ 0xffffffffU;
}

void put16(std::string& out, std::uint64_t value) {
  out.push_back(static_cast<char>(value & 0xff));
  out.push_back(static_cast<char>(value >> 8 & 0xff));
}

void put32(std::string& out, std::uint64_t value) {
  put16(out, value & 0xffff);
  put16(out, value >> 16);
}

/// What the header before a file and its line in the directory have in common.
void put_entry(std::string& out, const std::string& name, const std::string& bytes, std::uint32_t crc) {
  constexpr std::uint16_t names_are_utf8 = 0x0800;
  constexpr std::uint16_t first_of_january_1980 = 0x0021;
  put16(out, 20);
  put16(out, names_are_utf8);
  put16(out, 0);
  put16(out, 0);
  put16(out, first_of_january_1980);
  put32(out, crc);
  put32(out, bytes.size());
  put32(out, bytes.size());
  put16(out, name.size());
  put16(out, 0);
}

}  // namespace

std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out;
  std::string directory;
  for (const auto& [name, bytes] : files) {
    const std::size_t offset = out.size();
    const std::uint32_t crc = crc32(bytes);
    out += "PK\x03\x04";
    put_entry(out, name, bytes, crc);
    out.append(name).append(bytes);
    directory += "PK\x01\x02";
    put16(directory, 20);
    put_entry(directory, name, bytes, crc);
    directory.append(10, '\0');  // comment, disk, attributes
    put32(directory, offset);
    directory += name;
  }
  const std::size_t start = out.size();
  out += directory;
  out += "PK\x05\x06";
  put32(out, 0);
  put16(out, files.size());
  put16(out, files.size());
  put32(out, directory.size());
  put32(out, start);
  put16(out, 0);
  return out;
}

}  // namespace jiheng::service
