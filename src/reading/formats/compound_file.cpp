#include "reading/formats/compound_file.h"

#include <algorithm>

#include "base/text.h"
#include "reading/formats/little_endian.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t last_regular_sector = 0xFFFFFFFA;
constexpr std::uint32_t no_entry = 0xFFFFFFFF;
constexpr std::size_t entry_bytes = 128;
constexpr std::size_t header_difat = 109;  ///< allocation sectors that the header itself names
constexpr char stream_object = 2;
constexpr char root_object = 5;

Error damaged(std::string what) {
  return {"damaged", "文件已损坏：" + std::move(what) + "。请用Word、Excel或WPS打开后另存一份再上传。", {}};
}

std::string in_utf16(std::string_view name) {
  std::string wide;
  for (const char c : name) {
    wide.push_back(c);
    wide.push_back('\0');
  }
  return wide;
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

}  // namespace

bool is_compound_file(std::string_view bytes) {
  return starts_with(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

bool mentions_stream(std::string_view bytes, std::string_view name) {
  return contains(bytes, in_utf16(name) + std::string(2, '\0'));
}

Result<CompoundFile> CompoundFile::open(std::string_view bytes) {
  CompoundFile file(bytes);
  file.sector_shift_ = u16_at(bytes, 30);
  file.mini_shift_ = u16_at(bytes, 32);
  file.mini_cutoff_ = u32_at(bytes, 56);
  if (!is_compound_file(bytes) || bytes.size() < 512) return damaged("文件头不完整");
  if (file.sector_shift_ < 7 || file.sector_shift_ > 16 || file.mini_shift_ < 2 || file.mini_shift_ >= file.sector_shift_)
    return damaged("文件头里的数值不合理");
  if (!file.read_fat()) return damaged("扇区分配表不完整");
  if (!file.read_directory()) return damaged("文件内部的目录不完整");
  return file;
}

/// The last one may be cut: not every program pads it.
std::string_view CompoundFile::sector(std::uint32_t number) const {
  return part_of(bytes_, (static_cast<std::uint64_t>(number) + 1) << sector_shift_, 1ULL << sector_shift_);
}

std::uint32_t CompoundFile::next_sector(std::uint32_t number) const {
  const std::uint32_t per_sector = 1U << (sector_shift_ - 2);
  const std::size_t index = number / per_sector;
  if (index >= fat_.size()) return no_entry;
  const std::string_view table = sector(fat_[index]);
  const std::size_t at = static_cast<std::size_t>(number % per_sector) * 4;
  return at + 4 <= table.size() ? u32_at(table, at) : no_entry;
}

/// The header names the first sectors of the table, a chain of sectors the others.
bool CompoundFile::read_fat() {
  const std::size_t most = sectors() / (std::size_t{1} << (sector_shift_ - 2)) + 1;
  const std::size_t count = std::min<std::size_t>(u32_at(bytes_, 44), most);
  const auto add = [&](std::uint32_t number) {
    if (number < last_regular_sector && fat_.size() < count) fat_.push_back(number);
  };
  for (std::size_t i = 0; i < header_difat; ++i) add(u32_at(bytes_, 76 + i * 4));
  std::uint32_t next = u32_at(bytes_, 68);
  const std::size_t names = (std::size_t{1} << (sector_shift_ - 2)) - 1;
  for (std::size_t steps = 0; next < last_regular_sector && fat_.size() < count && steps <= sectors(); ++steps) {
    const std::string_view table = sector(next);
    if (table.empty()) return false;
    for (std::size_t i = 0; i < names && i * 4 + 4 <= table.size(); ++i) add(u32_at(table, i * 4));
    next = u32_at(table, names * 4);
  }
  return !fat_.empty();
}

void CompoundFile::add_entry(std::string_view record) {
  Entry entry;
  const std::size_t length = std::min<std::size_t>(u16_at(record, 64), 64);
  entry.name.reserve(length / 2);
  for (std::size_t i = 0; i + 2 < length; i += 2) entry.name.push_back(record[i + 1] == '\0' ? upper(record[i]) : '?');
  entry.start = u32_at(record, 116);
  // In files of 512 byte sectors the upper half of the size may hold anything.
  entry.size = sector_shift_ == 9 ? u32_at(record, 120) : u64_at(record, 120);
  if (record[66] == root_object)
    root_ = std::move(entry);
  else if (record[66] == stream_object)
    streams_.push_back(std::move(entry));
}

/// The streams of the root: its child, and that one's siblings on either side. Those of the objects embedded in a document stay out.
bool CompoundFile::read_directory() {
  std::string buffer;
  const auto found = chain(u32_at(bytes_, 48), bytes_.size());
  if (!found || found->size() < entry_bytes) return false;
  const std::string_view directory = found->whole(0, UINT64_MAX, buffer);
  const auto count = static_cast<std::uint32_t>(directory.size() / entry_bytes);
  const auto record = [&](std::uint32_t index) { return directory.substr(index * entry_bytes, entry_bytes); };
  if (record(0)[66] != root_object) return false;
  std::vector<std::uint32_t> open = {u32_at(record(0), 76)};
  std::vector<bool> seen(count, false);
  std::vector<std::uint32_t> members = {0};
  constexpr std::uint32_t usual_streams = 16;
  members.reserve(usual_streams);
  open.reserve(usual_streams);
  streams_.reserve(usual_streams);
  while (!open.empty()) {
    const std::uint32_t index = open.back();
    open.pop_back();
    if (index >= count || seen[index]) continue;
    seen[index] = true;
    members.push_back(index);
    open.push_back(u32_at(record(index), 72));
    open.push_back(u32_at(record(index), 68));
  }
  // A file whose tree is broken: every stream is taken that is no storage's.
  if (members.size() == 1) {
    for (std::uint32_t i = 1; i < count; ++i) members.push_back(i);
  }
  for (const std::uint32_t index : members) add_entry(record(index));
  return true;
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  const auto same = [&](const Entry& entry) {
    return std::equal(entry.name.begin(), entry.name.end(), name.begin(), name.end(), [](char a, char b) { return a == upper(b); });
  };
  const auto found = std::find_if(streams_.begin(), streams_.end(), same);
  return found == streams_.end() ? nullptr : &*found;
}

/// A circle is only possible where a chain leads back; chains that run on, as nearly all do, need no record of where they were.
Result<StreamRuns> CompoundFile::chain(std::uint32_t start, std::uint64_t size) const {
  size = std::min<std::uint64_t>(size, bytes_.size());
  const std::uint64_t sector_bytes = 1ULL << sector_shift_;
  StreamRuns runs;
  std::vector<bool> seen;
  std::uint64_t taken = 0;
  for (std::uint32_t at = start; taken < size && at < last_regular_sector;) {
    const std::uint64_t first = at;
    const std::uint64_t taken_before = taken;
    for (;;) {
      if (at >= sectors()) return damaged("扇区链指到了文件之外");
      taken += sector_bytes;
      const std::uint32_t next = next_sector(at);
      const bool runs_on = taken < size && next == at + 1;
      at = next;
      if (!runs_on) break;
    }
    runs.add(part_of(bytes_, (first + 1) << sector_shift_, std::min(taken, size) - taken_before));
    if (taken >= size || at >= last_regular_sector) break;
    if (seen.empty()) {
      seen.resize(sectors(), false);
      seen[start] = true;
    }
    if (at >= sectors() || seen[at]) return damaged("扇区链不完整或绕成了圈");
    seen[at] = true;
  }
  return runs;
}

/// Small streams lie in 64 byte pieces inside the root's own stream, with a table of their own.
Result<std::string_view> CompoundFile::mini_chain(const Entry& entry, std::string& buffer) const {
  std::string table_buffer;
  std::string pieces_buffer;
  const auto table_runs = chain(u32_at(bytes_, 60), bytes_.size());
  if (!table_runs) return table_runs.error();
  const auto pieces_runs = chain(root_.start, root_.size);
  if (!pieces_runs) return pieces_runs.error();
  const std::string_view table = table_runs->whole(0, UINT64_MAX, table_buffer);
  const std::string_view pieces = pieces_runs->whole(0, UINT64_MAX, pieces_buffer);
  buffer.clear();
  std::uint32_t at = entry.start;
  const std::size_t most = pieces.size() >> mini_shift_;
  for (std::size_t steps = 0; at < last_regular_sector && buffer.size() < entry.size; ++steps) {
    if (at > most || steps > most) return damaged("小扇区链不完整或绕成了圈");
    buffer.append(part_of(pieces, static_cast<std::uint64_t>(at) << mini_shift_, 1ULL << mini_shift_));
    at = static_cast<std::size_t>(at) * 4 + 4 <= table.size() ? u32_at(table, static_cast<std::size_t>(at) * 4) : no_entry;
  }
  if (buffer.size() > entry.size) buffer.resize(static_cast<std::size_t>(entry.size));
  return std::string_view(buffer);
}

std::uint64_t CompoundFile::size_of(std::string_view name) const {
  const Entry* entry = find(name);
  return entry == nullptr ? 0 : entry->size;
}

Result<StreamRuns> CompoundFile::runs(std::string_view name, std::string& buffer) const {
  buffer.clear();
  const Entry* entry = find(name);
  StreamRuns small;
  if (entry == nullptr || entry->size == 0) return small;
  if (entry->size >= mini_cutoff_) return chain(entry->start, entry->size);
  const auto found = mini_chain(*entry, buffer);
  if (!found) return found.error();
  small.add(*found);
  return small;
}

Result<std::string_view> CompoundFile::stream(std::string_view name, std::string& buffer) const {
  const auto found = runs(name, buffer);
  if (!found) return found.error();
  return found->whole(0, UINT64_MAX, buffer);
}

bool StreamRuns::has_blocks_of(std::size_t bytes) const {
  return std::all_of(runs_.begin(), runs_.end(), [&](const Run& run) { return run.begin % bytes == 0; });
}

std::string_view StreamRuns::part(std::uint64_t at, std::uint64_t length) const {
  auto behind = std::upper_bound(runs_.begin(), runs_.end(), at, [](std::uint64_t value, const Run& run) { return value < run.begin; });
  if (behind == runs_.begin()) return {};
  --behind;
  return part_of(behind->bytes, at - behind->begin, length);
}

std::string_view StreamRuns::whole(std::uint64_t at, std::uint64_t length, std::string& buffer) const {
  if (at >= size()) return {};
  length = std::min(length, size() - at);
  std::string_view together = part(at, length);
  if (together.size() == length) return together;
  std::string joined;
  joined.reserve(static_cast<std::size_t>(length));
  while (!together.empty() && joined.size() < length) {
    joined += together;
    together = part(at + joined.size(), length - joined.size());
  }
  buffer = std::move(joined);
  return buffer;
}

}  // namespace jiheng::reading
