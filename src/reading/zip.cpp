#include "reading/zip.h"

#include <libdeflate.h>

#include <algorithm>

#include "base/text.h"
#include "reading/encoding.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t local_header_size = 30;
constexpr std::size_t central_header_size = 46;
constexpr std::size_t end_record_size = 22;
/// Deflate packs at most 1032 : 1; what claims more is made up.
constexpr std::uint64_t deflate_ratio = 1032;

std::uint16_t u16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1]) << 8);
}
std::uint32_t u32(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(u16(bytes, at)) | static_cast<std::uint32_t>(u16(bytes, at + 2)) << 16;
}
std::uint64_t u64(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint64_t>(u32(bytes, at)) | static_cast<std::uint64_t>(u32(bytes, at + 4)) << 32;
}

/// An entry's name is whatever bytes the zip holds.
std::string printable(std::string_view name) {
  return decode(clipped(name, 120), Charset::utf8).text;
}

Error damaged(std::string what) {
  return {"damaged", "文件已损坏：" + std::move(what) + "。请重新下载或另存一份再上传。", {}};
}
Error expands_too_much() {
  return {"expands-too-much", "文件解压后的内容过大，不像正常的表格文件，已停止读取。请用Word或Excel打开后另存一份再上传。", {}};
}
Error encrypted(std::string_view name) {
  return {"encrypted", "文件加了密码，无法读取。请取消密码后另存一份再上传。", {std::string(name)}};
}

/// Offset of the end-of-directory record: the last signature whose comment reaches just to the end of the file, or npos.
std::size_t find_end_record(std::string_view bytes) {
  if (bytes.size() < end_record_size) return std::string_view::npos;
  const std::size_t last = bytes.size() - end_record_size;
  const std::size_t first = last > 0xFFFF ? last - 0xFFFF : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (bytes[at] == 'P' && u32(bytes, at) == 0x06054B50 && at + end_record_size + u16(bytes, at + 20) <= bytes.size()) return at;
  }
  return std::string_view::npos;
}

struct Directory {
  std::uint64_t count = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

Result<Directory> read_end_record(std::string_view bytes) {
  const std::size_t end = find_end_record(bytes);
  if (end == std::string_view::npos) return damaged("压缩包没有目录，可能没有传完");
  Directory directory{u16(bytes, end + 10), u32(bytes, end + 16), u32(bytes, end + 12)};
  // zip64 keeps its own record before this one; only files beyond 4 GB or 65 535 entries need it, but some programs always write it.
  if ((directory.count == 0xFFFF || directory.offset == 0xFFFFFFFF || directory.size == 0xFFFFFFFF) && end >= 20 &&
      u32(bytes, end - 20) == 0x07064B50) {
    const std::uint64_t at = u64(bytes, end - 12);
    if (at > bytes.size() || bytes.size() - at < 56 || u32(bytes, at) != 0x06064B50) return damaged("压缩包的目录位置不对");
    directory = {u64(bytes, at + 32), u64(bytes, at + 48), u64(bytes, at + 40)};
  }
  if (directory.offset > bytes.size() || directory.size > bytes.size() - directory.offset) return damaged("压缩包的目录位置不对");
  return directory;
}

/// zip64's extra field holds those of size, packed size and offset that did not fit, in this order.
bool read_zip64_extra(std::string_view extra, ZipArchive::Entry& entry) {
  while (extra.size() >= 4) {
    const std::size_t length = u16(extra, 2);
    if (length > extra.size() - 4) return true;  // some programs pad the field with rubbish
    if (u16(extra, 0) == 1) {
      std::string_view values = extra.substr(4, length);
      for (std::uint64_t* field : {&entry.size, &entry.packed, &entry.offset}) {
        if (*field != 0xFFFFFFFF) continue;
        if (values.size() < 8) return false;
        *field = u64(values, 0);
        values.remove_prefix(8);
      }
      return true;
    }
    extra.remove_prefix(4 + length);
  }
  return true;
}

char folded(char c) {
  if (c == '\\') return '/';
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string folded(std::string_view name) {
  std::string out(name);
  for (char& c : out) c = folded(c);
  return out;
}

/// Without the root or the present folder that some programs write before it: "/OFD.xml", "./OFD.xml".
std::string_view from_root(std::string_view name) {
  if (starts_with(name, "./") || starts_with(name, ".\\")) name.remove_prefix(1);
  while (starts_with(name, "/") || starts_with(name, "\\")) name.remove_prefix(1);
  return name;
}

/// Entries that share bytes are how a small file expands without end.
bool overlap(const std::vector<ZipArchive::Entry>& entries) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  ranges.reserve(entries.size());
  for (const auto& entry : entries) ranges.emplace_back(entry.offset, entry.offset + local_header_size + entry.name.size() + entry.packed);
  std::sort(ranges.begin(), ranges.end());
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first < ranges[i - 1].second) return true;
  }
  return false;
}

}  // namespace

void ZipArchive::Free::operator()(libdeflate_decompressor* decompressor) const {
  libdeflate_free_decompressor(decompressor);
}

bool is_zip(std::string_view bytes) {
  return starts_with(bytes, std::string_view("PK\x03\x04", 4)) || starts_with(bytes, std::string_view("PK\x05\x06", 4));
}

Result<ZipArchive> ZipArchive::open(std::string_view bytes, const Limits& limits) {
  const auto directory = read_end_record(bytes);
  if (!directory) return directory.error();
  if (directory->count > limits.zip_entries) {
    return Error{
        "too-large",
        "压缩包里的文件有" + std::to_string(directory->count) + "个，超过上限" + std::to_string(limits.zip_entries) + "个。请分开上传。",
        {}};
  }
  if (directory->count * central_header_size > directory->size) return damaged("压缩包的目录不完整");
  ZipArchive archive;
  archive.bytes_ = bytes;
  archive.inflated_limit_ = limits.inflated_bytes;
  archive.entries_.reserve(directory->count);
  std::string_view rest = bytes.substr(directory->offset, directory->size);
  for (std::uint64_t i = 0; i < directory->count; ++i) {
    if (rest.size() < central_header_size || u32(rest, 0) != 0x02014B50) return damaged("压缩包的目录不完整");
    const std::size_t name = u16(rest, 28);
    const std::size_t extra = u16(rest, 30);
    const std::size_t comment = u16(rest, 32);
    if (rest.size() - central_header_size < name + extra + comment) return damaged("压缩包的目录不完整");
    Entry entry;
    entry.name = rest.substr(central_header_size, name);
    entry.encrypted = (u16(rest, 8) & 0x41) != 0;
    entry.method = u16(rest, 10);
    entry.crc = u32(rest, 16);
    entry.packed = u32(rest, 20);
    entry.size = u32(rest, 24);
    entry.offset = u32(rest, 42);
    if (!read_zip64_extra(rest.substr(central_header_size + name, extra), entry)) return damaged("压缩包的目录不完整");
    if (entry.offset > bytes.size() || bytes.size() - entry.offset < local_header_size || entry.packed > bytes.size() - entry.offset) {
      return damaged("压缩包里“" + printable(entry.name) + "”的位置不对，可能没有传完");
    }
    archive.entries_.push_back(entry);
    rest.remove_prefix(central_header_size + name + extra + comment);
  }
  if (overlap(archive.entries_)) return expands_too_much();
  return archive;
}

const ZipArchive::Entry* ZipArchive::find(std::string_view name) const {
  constexpr std::size_t few = 64;
  if (entries_.size() > few) return find_in_index(name);
  for (const Entry& entry : entries_) {
    if (entry.name == name) return &entry;
  }
  for (const Entry& entry : entries_) {
    const std::string_view own = from_root(entry.name);
    if (std::equal(own.begin(), own.end(), name.begin(), name.end(), [](char a, char b) { return folded(a) == folded(b); })) return &entry;
  }
  return nullptr;
}

/// The same of many entries: a file may ask for as many.
const ZipArchive::Entry* ZipArchive::find_in_index(std::string_view name) const {
  const auto less = [](const auto& a, const auto& b) { return a.first < b.first; };
  if (index_.empty()) {
    index_.reserve(entries_.size());
    for (const Entry& entry : entries_) index_.emplace_back(folded(from_root(entry.name)), &entry);
    std::stable_sort(index_.begin(), index_.end(), less);
  }
  const auto [first, end] =
      std::equal_range(index_.begin(), index_.end(), std::pair(folded(from_root(name)), static_cast<const Entry*>(nullptr)), less);
  for (auto at = first; at != end; ++at) {
    if (at->second->name == name) return at->second;
  }
  return first == end ? nullptr : first->second;
}

Result<std::string> ZipArchive::extract(const Entry& entry) {
  const std::string place = printable(entry.name);
  if (entry.encrypted) return encrypted(place);
  if (u32(bytes_, entry.offset) != 0x04034B50) return damaged("压缩包里“" + place + "”的位置不对").in(place);
  const std::uint64_t data = entry.offset + local_header_size + u16(bytes_, entry.offset + 26) + u16(bytes_, entry.offset + 28);
  if (data > bytes_.size() || entry.packed > bytes_.size() - data) return damaged("压缩包里“" + place + "”不完整，可能没有传完").in(place);
  if (entry.size > inflated_limit_ - inflated_) return expands_too_much().in(place);
  const std::string_view packed = bytes_.substr(data, entry.packed);
  if (entry.method == 0) {
    if (entry.packed != entry.size) return damaged("压缩包里“" + place + "”的长度不对").in(place);
    inflated_ += entry.size;
    if (libdeflate_crc32(0, packed.data(), packed.size()) != entry.crc) return damaged("压缩包里“" + place + "”的内容校验不符").in(place);
    return std::string(packed);
  }
  if (entry.method != 8) return damaged("压缩包里“" + place + "”用了少见的压缩方法").in(place);
  if (entry.size / deflate_ratio > entry.packed) return expands_too_much().in(place);
  inflated_ += entry.size;
  if (!decompressor_) decompressor_.reset(libdeflate_alloc_decompressor());
  std::string out(entry.size, '\0');
  const auto status = libdeflate_deflate_decompress(decompressor_.get(), packed.data(), packed.size(), out.data(), out.size(), nullptr);
  if (status == LIBDEFLATE_INSUFFICIENT_SPACE) return expands_too_much().in(place);
  if (status != LIBDEFLATE_SUCCESS) return damaged("压缩包里“" + place + "”解不开").in(place);
  if (libdeflate_crc32(0, out.data(), out.size()) != entry.crc) return damaged("压缩包里“" + place + "”的内容校验不符").in(place);
  return out;
}

}  // namespace jiheng::reading
