#include "registry/tar.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/shown_text.h"

namespace jiheng::registry {
namespace {

constexpr std::size_t block = 512;
using Header = std::array<char, block>;

/// Offsets of the ustar header (POSIX.1-2017, pax, "ustar Interchange Format").
constexpr std::size_t name_size = 100;
constexpr std::size_t mode_at = 100;
constexpr std::size_t size_at = 124;
constexpr std::size_t checksum_at = 148;
constexpr std::size_t type_at = 156;
constexpr std::size_t magic_at = 257;

unsigned checksum_of(const Header& header) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < block; ++i) {
    sum += i >= checksum_at && i < checksum_at + 8 ? static_cast<unsigned>(' ') : static_cast<unsigned char>(header[i]);
  }
  return sum;
}

void put_octal(Header& header, std::size_t at, int digits, unsigned long long value) {
  char text[24];
  std::snprintf(text, sizeof text, "%0*llo", digits, value);
  std::memcpy(header.data() + at, text, static_cast<std::size_t>(digits));
}

std::uint64_t octal(const Header& header, std::size_t at, std::size_t length) {
  std::uint64_t value = 0;
  for (std::size_t i = at; i < at + length && header[i] >= '0' && header[i] <= '7'; ++i) value = value * 8 + (header[i] - '0');
  return value;
}

std::size_t padding(std::uint64_t size) {
  return (block - size % block) % block;
}

Error damaged(std::string where) {
  return {"backup-damaged", "备份文件不完整或已损坏，没有恢复任何内容。请换一份备份。", {std::move(where)}};
}

}  // namespace

void TarWriter::add(const std::string& name, std::string_view bytes) {
  Header header{};
  std::memcpy(header.data(), name.data(), std::min(name.size(), name_size - 1));
  put_octal(header, mode_at, 7, 0640);
  put_octal(header, 108, 7, 0);
  put_octal(header, 116, 7, 0);
  put_octal(header, size_at, 11, bytes.size());
  put_octal(header, 136, 11, 0);
  header[type_at] = '0';
  std::memcpy(header.data() + magic_at, "ustar\00000", 8);
  put_octal(header, checksum_at, 6, checksum_of(header));
  header[checksum_at + 7] = ' ';
  static constexpr char zeros[block] = {};
  out_.write(header.data(), block);
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out_.write(zeros, static_cast<std::streamsize>(padding(bytes.size())));
}

bool TarWriter::finish() {
  static constexpr char zeros[2 * block] = {};
  out_.write(zeros, sizeof zeros);
  out_.close();
  return !out_.fail();
}

TarReader::TarReader(const std::string& path) : in_(path, std::ios::binary) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  left_ = error ? 0 : size;
}

Result<TarReader::File> TarReader::next() {
  Header header{};
  if (left_ < block || !in_.read(header.data(), block)) return damaged("end");
  left_ -= block;
  if (header[0] == '\0') return File{};
  if (octal(header, checksum_at, 8) != checksum_of(header)) return damaged("header");
  File file;
  file.name.assign(header.data(), strnlen(header.data(), name_size));
  const std::uint64_t size = octal(header, size_at, 12);
  const std::uint64_t stored = size + padding(size);
  if (stored > left_) return damaged(shown_text(file.name));
  file.bytes.resize(size);
  if (!in_.read(file.bytes.data(), static_cast<std::streamsize>(size))) return damaged(shown_text(file.name));
  in_.ignore(static_cast<std::streamsize>(padding(size)));
  left_ -= stored;
  return file;
}

}  // namespace jiheng::registry
