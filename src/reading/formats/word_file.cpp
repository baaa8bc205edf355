#include "reading/formats/word_file.h"

#include <algorithm>

#include "reading/formats/little_endian.h"
#include "reading/formats/office_text.h"
#include "reading/formats/word_properties.h"

namespace jiheng::reading {
namespace {

constexpr std::uint16_t word_97 = 0x00C0;  // versions below it belong to Word 95 and before
constexpr std::uint16_t word_identity = 0xA5EC;
constexpr std::size_t pairs_at = 0x9A;
constexpr std::size_t header_bytes = 2048;  ///< with all the pairs that are asked for
constexpr std::uint32_t page_number_bits = 0x3FFFFF;
constexpr std::size_t font_names = 15;
constexpr std::size_t pieces_pair = 33;
constexpr std::uint16_t flag_encrypted = 0x0100;
constexpr std::uint16_t flag_second_table = 0x0200;
constexpr std::uint32_t compressed = 0x40000000;

Error damaged(std::string what) {
  return {"damaged", "文件已损坏：" + std::move(what) + "。请用Word或WPS打开后另存一份再上传。", {}};
}

}  // namespace

// ---- formats -------------------------------------------------------------------------------------------------------------------

/// Empty where it is not in the stream, or cut off.
std::string_view WordFormats::page(std::size_t index) const {
  const std::uint64_t number = u32_at(pages_, (pages() + 1) * 4 + index * 4) & page_number_bits;
  const std::string_view found = stream_->part(number * page_bytes, page_bytes);
  return found.size() == page_bytes ? found : std::string_view();
}

std::size_t WordFormats::entries_of(std::string_view page) {
  constexpr std::size_t most = 126;
  return std::min<std::size_t>(u8_at(page, page_bytes - 1), most);
}

bool WordFormats::find_page(std::uint32_t place) {
  if (pages() == 0) return false;
  const auto holds = [&](std::size_t index) { return u32_at(pages_, index * 4) <= place && place < u32_at(pages_, index * 4 + 4); };
  // The next one, mostly.
  std::size_t low = page_index_ + 1;
  if (low >= pages() || !holds(low)) {
    low = 0;
    std::size_t high = pages();
    while (low + 1 < high) {
      const std::size_t middle = (low + high) / 2;
      (u32_at(pages_, middle * 4) <= place ? low : high) = middle;
    }
    if (!holds(low)) return false;
  }
  page_begin_ = u32_at(pages_, low * 4);
  page_end_ = u32_at(pages_, low * 4 + 4);
  page_index_ = low;
  page_ = page(low);
  entry_ = 0;
  count_ = entries_of(page_);
  return !page_.empty();
}

std::string_view WordFormats::look_up(std::uint32_t place, std::uint32_t& end) {
  const auto place_at = [this](std::size_t entry) { return load_number<std::uint32_t>(page_.data() + entry * 4); };
  // The next one of the page, mostly.
  const bool next = place == end_ && place < page_end_ && entry_ + 1 < count_ && place < place_at(entry_ + 2);
  if (next) {
    ++entry_;
  } else {
    end = UINT32_MAX;
    begin_ = end_ = 0;
    if (page_end_ == 0 || place < page_begin_ || place >= page_end_) {
      if (!find_page(place)) {
        page_end_ = 0;
        return {};
      }
    }
    if (entry_ >= count_ || place_at(entry_) > place) entry_ = 0;
    while (entry_ < count_ && place_at(entry_ + 1) <= place) ++entry_;
    if (entry_ >= count_ || place_at(entry_) > place) {
      entry_ = 0;
      return {};
    }
  }
  begin_ = place_at(entry_);
  end = end_ = place_at(entry_ + 1);
  return list_ = list_at(page_.data(), offset_of(page_.data(), count_, entry_));
}

/// `page` has all its bytes, and `offset` lies in it.
std::string_view WordFormats::list_at(const char* page, std::size_t offset) const {
  if (offset == 0) return {};
  const auto part = [page](std::size_t from, std::size_t to) {
    to = std::min(to, page_bytes);
    return from < to ? std::string_view(page + from, to - from) : std::string_view();
  };
  const std::size_t length = static_cast<std::uint8_t>(page[offset]);
  if (of_ == Of::characters) return part(offset + 1, offset + 1 + length);
  // The length counts words, less one byte; 0 says that the next byte counts whole words. A style's number stands in front.
  constexpr std::size_t style = 2;
  if (length != 0) return part(offset + 1 + style, offset + length * 2);
  const std::size_t words = offset + 1 < page_bytes ? static_cast<std::uint8_t>(page[offset + 1]) : 0;
  return part(offset + 2 + style, offset + 2 + words * 2);
}

// ---- the file ------------------------------------------------------------------------------------------------------------------

std::string_view WordFile::table_part(std::size_t pair) const {
  const std::size_t at = pairs_at + pair * 8;
  return part_of(table_, u32_at(header_, at), u32_at(header_, at + 4));
}

std::optional<Error> WordFile::check_header() const {
  if (header_.size() < pairs_at) return damaged("文件头不完整");
  const std::uint16_t version = u16_at(header_, 2);
  const std::uint16_t flags = u16_at(header_, 10);
  if (u16_at(header_, 0) != word_identity && version >= word_97) return damaged("文件头不是Word文档的");
  if ((flags & flag_encrypted) != 0) return Error{"encrypted", "文件加了打开密码，无法读取。请在Word或WPS里取消密码，另存一份再上传。", {}};
  if (version < word_97) {
    return Error{"unsupported-format", "这是Word 95或更早版本的文档，目前还不能直接读取。请用Word或WPS打开，另存为docx再上传。", {}};
  }
  return std::nullopt;
}

std::optional<Error> WordFile::open(const CompoundFile& file, std::size_t file_bytes) {
  const auto document = file.runs("WordDocument", document_buffer_);
  if (!document) return document.error();
  document_ = *document;
  if (!document_.has_blocks_of(WordFormats::page_bytes)) {
    StreamRuns joined;
    joined.add(document_.whole(0, UINT64_MAX, document_buffer_));
    document_ = std::move(joined);
  }
  header_ = document_.whole(0, header_bytes, header_buffer_);
  if (auto error = check_header()) return error;
  const std::string_view table_name = (u16_at(header_, 10) & flag_second_table) != 0 ? "1Table" : "0Table";
  const auto table = file.stream(table_name, table_buffer_);
  if (!table) return table.error();
  table_ = *table;
  // Where the pages of properties are cut off, tables would be taken for paragraphs.
  if (document_.size() < file.size_of("WordDocument") || table_.size() < file.size_of(table_name)) return damaged("文件不完整，缺了一部分");
  if (const auto data = file.stream("Data", data_buffer_)) data_ = *data;  // most documents do without
  return read_pieces(file_bytes);
}

std::optional<Error> WordFile::read_pieces(std::size_t file_bytes) {
  std::string_view rest = table_part(pieces_pair);
  std::vector<std::string_view> lists;
  while (u8_at(rest, 0) == 1) {
    lists.push_back(part_of(rest, 3, u16_at(rest, 1)));
    rest = part_of(rest, 3 + static_cast<std::uint64_t>(u16_at(rest, 1)));
  }
  if (u8_at(rest, 0) != 2) return damaged("找不到正文的位置表");
  const std::string_view plc = part_of(rest, 5, u32_at(rest, 1));
  if (plc.size() < 16) return damaged("正文的位置表不完整");
  const std::size_t count = (plc.size() - 4) / 12;
  std::uint64_t characters = 0;
  pieces_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view descriptor = plc.substr((count + 1) * 4 + i * 8, 8);
    WordPiece piece;
    piece.begin = u32_at(plc, i * 4);
    piece.end = u32_at(plc, i * 4 + 4);
    const std::uint32_t place = u32_at(descriptor, 2);
    piece.wide = (place & compressed) == 0;
    piece.place = piece.wide ? place : (place & ~compressed) / 2;
    if (piece.end < piece.begin || piece.begin != (i == 0 ? 0 : pieces_.back().end)) return damaged("正文的位置表不合理");
    characters += piece.end - piece.begin;
    const std::uint64_t end = piece.place + static_cast<std::uint64_t>(piece.end - piece.begin) * (piece.wide ? 2 : 1);
    if (characters > file_bytes || end > document_.size()) return damaged("正文有一部分不在文件里");
    std::string joined;
    piece.text = document_.whole(piece.place, end - piece.place, joined);
    if (!joined.empty()) piece.text = texts_.emplace_back(std::move(joined));
    const std::uint16_t changes = u16_at(descriptor, 6);
    if ((changes & 1) != 0) {
      if (static_cast<std::size_t>(changes >> 1) < lists.size()) piece.modifiers = lists[changes >> 1];
    } else if (changes != 0) {
      single_modifiers_.push_back(single_modifier(changes));
      piece.modifiers = {single_modifiers_.back().data(), single_modifiers_.back().size()};
    }
    pieces_.push_back(piece);
  }
  const auto length = [&](std::size_t at) { return static_cast<std::uint64_t>(u32_at(header_, at)); };
  const std::uint64_t last = pieces_.back().end;
  const auto until = [&](std::uint64_t end) { return static_cast<std::uint32_t>(std::min(end, last)); };
  const std::uint64_t footnotes_end = length(0x4C) + length(0x50);
  const std::uint64_t headers_end = footnotes_end + length(0x54);
  const std::uint64_t boxes_begin = headers_end + length(0x58) + length(0x5C) + length(0x60);
  stories_ = {until(length(0x4C)), until(footnotes_end), until(headers_end), until(boxes_begin), until(boxes_begin + length(0x64))};
  if (length(0x4C) > last) return damaged("正文不完整");
  return std::nullopt;
}

/// The names stand in a table of records, each with its length less one in front; the name lies 40 bytes on.
std::string WordFile::font_name(std::uint16_t index) const {
  std::string_view rest = part_of(table_part(font_names), 4);
  for (std::uint16_t i = 0; i < index && !rest.empty(); ++i) rest = part_of(rest, static_cast<std::uint64_t>(u8_at(rest, 0)) + 1);
  const std::string_view record = part_of(rest, 0, static_cast<std::uint64_t>(u8_at(rest, 0)) + 1);
  std::string name;
  std::size_t end = 40;
  while (end + 1 < record.size() && u16_at(record, end) != 0) end += 2;
  append_utf16(name, part_of(record, 40, end > 40 ? end - 40 : 0));
  return name;
}

}  // namespace jiheng::reading
