// The parts of a Word binary document ([MS-DOC]): where its text lies, in which pieces, and which properties hold where.
#pragma once

#include <bitset>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/formats/compound_file.h"

namespace jiheng::reading {

/// Characters `begin` to `end` of the document lie at `place` of the stream: two bytes each where `wide`, else one.
struct WordPiece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t place = 0;
  bool wide = false;
  std::string_view text;       ///< the bytes of its characters
  std::string_view modifiers;  ///< for all of its text, in documents saved in haste

  std::uint32_t width() const { return wide ? 2 : 1; }
  std::uint32_t place_of(std::uint32_t character) const { return place + (character - begin) * width(); }
  /// The bytes from that character on.
  std::string_view text_from(std::uint32_t character) const { return text.substr(std::size_t{character - begin} * width()); }
};

/// The stories of a document lie one behind the other.
struct WordStories {
  std::uint32_t main_end = 0;
  std::uint32_t headers_begin = 0;
  std::uint32_t headers_end = 0;
  std::uint32_t boxes_begin = 0;
  std::uint32_t boxes_end = 0;
};

/// Which list of modifiers holds at a place of the text: pages of 512 bytes, each for a range of places, that a table names.
class WordFormats {
 public:
  static constexpr std::size_t page_bytes = 512;
  enum class Of { characters, paragraphs };
  WordFormats() = default;
  WordFormats(const StreamRuns& stream, std::string_view pages, Of of) : stream_(&stream), pages_(pages), of_(of) {}

  /// The list at `place`; `end` gets the place from which on another may hold. Asked in order it is fastest.
  std::string_view at(std::uint32_t place, std::uint32_t& end) {
    if (place < begin_ || place >= end_) return look_up(place, end);
    end = end_;
    return list_;
  }
  /// Calls `visit` with every list of every page. False where a table names more pages than the stream can have.
  template <class Visit>
  bool each_list(Visit visit) const;

 private:
  std::string_view look_up(std::uint32_t place, std::uint32_t& end);
  std::size_t pages() const { return pages_.size() < 12 ? 0 : (pages_.size() - 4) / 8; }
  std::string_view page(std::size_t index) const;
  bool find_page(std::uint32_t place);
  /// Where an entry says that its list lies in the page; 0: nowhere.
  std::size_t offset_of(const char* page, std::size_t count, std::size_t entry) const {
    const std::size_t at = (count + 1) * 4 + entry * (of_ == Of::characters ? 1 : 13);
    return at < page_bytes ? static_cast<std::size_t>(static_cast<std::uint8_t>(page[at])) * 2 : 0;
  }
  std::string_view list_at(const char* page, std::size_t offset) const;

  static std::size_t entries_of(std::string_view page);

  const StreamRuns* stream_ = nullptr;
  std::string_view pages_;
  Of of_ = Of::characters;
  std::string_view page_;
  std::size_t page_index_ = 0;
  std::uint32_t page_begin_ = 0;
  std::uint32_t page_end_ = 0;  ///< 0: none is open
  std::size_t count_ = 0;       ///< of its entries
  std::size_t entry_ = 0;
  std::uint32_t begin_ = 0;  ///< of the places that the last answer holds for
  std::uint32_t end_ = 0;
  std::string_view list_;  ///< the last answer
};

template <class Visit>
bool WordFormats::each_list(Visit visit) const {
  if (pages() > 0 && pages() > stream_->size() / page_bytes) return false;
  for (std::size_t i = 0; i < pages(); ++i) {
    const std::string_view one = page(i);
    if (one.empty()) continue;
    std::bitset<page_bytes / 2> met;
    const std::size_t count = entries_of(one);
    for (std::size_t entry = 0; entry < count; ++entry) {
      const std::size_t offset = offset_of(one.data(), count, entry);
      if (met[offset / 2]) continue;
      met[offset / 2] = true;
      visit(list_at(one.data(), offset));
    }
  }
  return true;
}

/// Views of the file's bytes, or of copies that it owns.
class WordFile {
 public:
  WordFile() = default;
  WordFile(const WordFile&) = delete;
  WordFile& operator=(const WordFile&) = delete;

  /// Errors: damaged, encrypted, unsupported-format (Word 95 and before).
  std::optional<Error> open(const CompoundFile& file, std::size_t file_bytes);

  const std::vector<WordPiece>& pieces() const { return pieces_; }
  const WordStories& stories() const { return stories_; }
  std::string_view data() const { return data_; }
  WordFormats character_formats() const { return {document_, table_part(12), WordFormats::Of::characters}; }
  WordFormats paragraph_formats() const { return {document_, table_part(13), WordFormats::Of::paragraphs}; }
  /// The part of the table stream that this pair of the header names ([MS-DOC] 2.5.6, counted from 0).
  std::string_view table_part(std::size_t pair) const;
  /// UTF-8; empty where there is none.
  std::string font_name(std::uint16_t index) const;

 private:
  std::optional<Error> check_header() const;
  std::optional<Error> read_pieces(std::size_t file_bytes);

  StreamRuns document_;
  std::string_view header_;  ///< the document's first bytes
  std::string_view table_;
  std::string_view data_;
  std::string document_buffer_;
  std::string header_buffer_;
  std::deque<std::string> texts_;  ///< of pieces that do not lie together
  std::string table_buffer_;
  std::string data_buffer_;
  std::vector<WordPiece> pieces_;
  std::vector<std::vector<char>> single_modifiers_;
  WordStories stories_;
};

}  // namespace jiheng::reading
