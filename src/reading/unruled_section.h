// One goal table without upright rules, from its header down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "reading/labels.h"
#include "reading/page.h"
#include "reading/page_spans.h"
#include "reading/page_table.h"
#include "reading/page_words.h"

namespace jiheng::reading {

/// Lines of one cell.
struct UnruledCell {
  std::vector<PageLine> lines;
  Extent extent;
  std::string text() const {
    std::string all;
    for (const PageLine& line : lines) all += line.closed();
    return all;
  }
};

/// What stands between two stretches of white space that run down the whole table.
struct Strip {
  float left = 0;
  float right = 0;
  std::string name;  ///< its header
  Column role = Column::none;
  Label label = Label::none;  ///< of a list's column beside the levels
  std::vector<PageLine> lines;
  std::vector<UnruledCell> blocks;
};

/// What of a page ends a table: a title, a label of its own.
bool ends_unruled_table(const PageLine& line);

/// Told in two steps: find() tells the columns by the header and the white space under it, tell_rows() the rows by where the texts stand.
class Section {
 public:
  Section(const Page& page, std::span<const std::uint32_t> glyphs, std::span<const PageLine> lines)
      : page_(page), glyphs_(glyphs), lines_(lines) {}

  /// The header round the line `anchor` and the rows under it, before the line `limit`. False where the columns cannot be told.
  bool find(std::size_t anchor, std::size_t limit);
  /// Tells the rows. False where they cannot be told.
  bool tell_rows();
  PageTable table() const;

  float top() const { return top_; }
  float bottom() const { return bottom_; }

 private:
  std::vector<float> edges() const;
  bool make_strips(std::span<const std::pair<float, float>> parts);
  bool name_strips(std::size_t anchor);
  std::string name_of(const Strip& strip, std::size_t anchor, std::size_t& last) const;
  void name_by_lines_above(std::size_t strip_index);
  bool settle_roles(bool framed);
  static std::string words_in(const Strip& strip, const PageLine& line);
  bool may_head(const PageLine& line, float below) const;
  bool is_frame(const Strip& strip) const;
  float top_of(const Strip& strip, std::size_t anchor) const;
  void fill_strips();
  std::vector<PageLine> lines_in(const Strip& strip, float top, float bottom) const;
  bool split_by_rules();
  bool split_by_places();
  bool rows_of_lines();
  bool rows_of_blocks();
  bool settle_keys();
  bool settle_spans(bool in_middle);
  void add_blank_rows();
  void stretch_rows();
  void group_levels(Strip& strip) const;
  bool levels_agree() const;
  float size() const { return lines_[anchor_].size; }
  bool is_key(const Strip& strip) const {
    return strip.role != Column::level1 && strip.role != Column::level2 && strip.role != Column::frame &&
           (strip.label == Label::none || strip.role != Column::none);
  }

  const Page& page_;
  std::span<const std::uint32_t> glyphs_;
  std::span<const PageLine> lines_;
  std::size_t anchor_ = 0;
  std::size_t first_ = 0;  ///< the header's first line
  std::size_t upper_ = 0;  ///< the same with what names a list's columns above it
  std::size_t body_ = 0;   ///< the first line under it
  std::size_t end_ = 0;
  std::size_t sum_ = SIZE_MAX;  ///< the line 总分 under the rows
  float top_ = 0;
  float body_top_ = 0;
  float bottom_ = 0;
  std::vector<Strip> strips_;
  std::size_t name_ = SIZE_MAX;  ///< the strip of the indicators' names
  float pitch_ = 0;              ///< of the lines of one cell; 0: no cell has two
  std::vector<Extent> rows_;     ///< of the names
  /// By strip: the rows of each block.
  std::vector<std::vector<RowSpan>> spans_;
};

}  // namespace jiheng::reading
