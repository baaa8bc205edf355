// Properties of Word's binary documents ([MS-DOC] 2.6): a list of small modifiers says how a stretch of text, a paragraph or a table's row
// differs from the usual. Only those are looked at that say what is text, what is a cell and what belongs together.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "reading/formats/word_tables.h"

namespace jiheng::reading {

struct CharacterProperties {
  bool deleted = false;   ///< by a tracked change
  bool inserted = false;  ///< by a tracked change
  bool hidden = false;
  bool special = false;  ///< control characters stand for something: a picture, a symbol
  bool symbol = false;
  bool has_data = false;                 ///< the place in the stream Data is of a form field
  std::uint16_t font = 0;                ///< of the symbol
  std::array<std::uint16_t, 3> fonts{};  ///< for Latin, Chinese and other texts
  std::uint16_t symbol_code = 0;         ///< in that font
  std::uint32_t data_at = 0;
};

struct ParagraphProperties {
  bool in_table = false;
  bool row_end = false;     ///< of a table of the first depth
  bool inner_cell = false;  ///< its mark ends a cell of a table in a table
  bool inner_row_end = false;
  std::int32_t depth = 0;  ///< of tables; 0: as `in_table` says
};

/// The list that stands for this one where it says no more than where in the stream Data that one lies, as large ones do.
std::string_view whole_list(std::string_view list, std::string_view data);

void apply_modifiers(std::string_view list, CharacterProperties& properties);
/// `data`: the stream Data, where long lists lie.
void apply_modifiers(std::string_view list, std::string_view data, ParagraphProperties& properties);
void apply_modifiers(std::string_view list, std::string_view data, WordRow& row);

/// What a piece of a document saved in haste changes in all its text: one small modifier ([MS-DOC] 2.9.215) as a list of one.
std::vector<char> single_modifier(std::uint16_t piece_modifier);

}  // namespace jiheng::reading
