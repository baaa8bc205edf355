// The documents of one carrier, and what stands in them that no reader can do without: the floor that reading is measured against.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng::bench {

struct Document {
  std::filesystem::path path;
  std::string bytes;
  /// Deflated pieces that hold content: word/document.xml, a workbook's parts, a page's content stream. Empty: nothing is packed.
  struct Piece {
    std::size_t offset;
    std::size_t packed;
    std::size_t size;
    bool zlib;  ///< with zlib's two bytes of header, as in PDF
  };
  std::vector<Piece> pieces;
};

/// All files of the folder but the readings beside them (*.json), by name.
std::vector<Document> load_documents(const std::filesystem::path& folder);

/// Opens, reads and closes; nothing is kept. Returns the bytes read.
std::size_t read_bytes(const Document& document, std::string& buffer);
/// Inflates every piece one behind the other into `buffer`. Returns the bytes made.
std::size_t inflate(const Document& document, std::string& buffer);
/// One bare pass: markup from '<' to '>', text from line end to line end, anything else word by word. Returns what it counted.
std::size_t scan(std::string_view content);

}  // namespace jiheng::bench
