// What is known of the texts in a document's cells. Its forms print the same words again and again: each is looked into once.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/text_traits.h"
#include "goals/tree.h"
#include "reading/labels.h"
#include "reading/text_pool.h"

namespace jiheng::reading {

/// One text. Meanings are worked out when they are first asked for.
class CellText {
 public:
  std::string_view text() const { return text_; }  ///< normalised
  /// label_of(), column_of() and level_names() it.
  Label label() const { return label_ == unknown ? find_label() : static_cast<Label>(label_); }
  Column column() const { return column_ == unknown ? find_column() : static_cast<Column>(column_); }
  const LevelNames& levels() const { return levels_known_ ? levels_ : find_levels(); }
  /// inline_label_of() it.
  Label inline_label(std::string_view& rest) const { return traits_.has_colon ? inline_label_of(text_, rest) : Label::none; }

 private:
  friend class CellTexts;
  static constexpr std::uint8_t unknown = 255;

  Label find_label() const;
  Column find_column() const;
  const LevelNames& find_levels() const;

  std::string_view printed_;
  std::string_view text_;
  TextTraits traits_;  ///< of text_
  mutable std::uint8_t label_ = unknown;
  mutable std::uint8_t column_ = unknown;
  mutable bool levels_known_ = false;
  mutable LevelNames levels_;
};

/// The texts of one document. Equal short ones are mostly the same CellText; addresses stay.
class CellTexts {
 public:
  explicit CellTexts(TextPool& texts) : texts_(texts) {}
  CellTexts(const CellTexts&) = delete;
  CellTexts& operator=(const CellTexts&) = delete;

  /// `printed` must outlive this.
  const CellText& of(std::string_view printed);

 private:
  static constexpr std::size_t slots = 512;
  static constexpr std::size_t block_size = 64;

  CellText& add(std::string_view printed);

  TextPool& texts_;
  std::vector<std::vector<CellText>> blocks_;    ///< each with room for block_size, never moved
  std::array<const CellText*, slots> lately_{};  ///< by content; of two that share a slot, the later stands
  CellText blank_;
};

}  // namespace jiheng::reading
