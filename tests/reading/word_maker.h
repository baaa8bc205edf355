// Makes Word binary documents in tests, byte by byte, as Word and WPS write them and as a fuzzer would.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "old_office_maker.h"

namespace jiheng::reading {

/// A modifier with its operand: modifier(0x2416, "\1") says "in a table".
std::string modifier(std::uint16_t code, std::string_view operand);

struct DocRun {
  std::u16string text;
  std::string modifiers;
};
struct DocParagraph {
  std::vector<DocRun> runs;
  char16_t mark = 0x0D;
  std::string modifiers;
  std::string mark_modifiers;      ///< of the mark as a character
  std::uint16_t piece_change = 0;  ///< in a document saved in haste: what its piece changes
};
struct DocSource {
  std::vector<DocParagraph> main;
  std::vector<DocParagraph> header;  ///< of odd pages
  std::vector<DocParagraph> box;     ///< a text box, anchored at the first character 8 of the main story
  std::string data;
  std::string change_list;  ///< what a piece with an odd `piece_change` does
  bool one_byte = false;    ///< texts in Windows-1252
  bool scattered = false;   ///< saved in haste: a piece for each paragraph, the last one first
  std::uint16_t version = 0x00C1;
  std::uint16_t flags = 0x1200;
  std::vector<std::u16string> fonts = {};
  Sectors sectors = Sectors::in_order;
};
std::string doc_of(const DocSource& source);

DocParagraph plain(std::u16string_view text);
/// A cell's last paragraph, in a table of the first depth.
DocParagraph doc_cell(std::u16string_view text);
struct DocTc {
  std::int16_t right = 0;
  std::uint16_t flags = 0;
};
/// sprmTDefTable
std::string row_definition(std::int16_t left, const std::vector<DocTc>& cells);
DocParagraph doc_row_end(std::string_view definition);

}  // namespace jiheng::reading
