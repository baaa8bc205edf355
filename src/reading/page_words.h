// Glyphs → lines of text, as a person reads them: from the left to the right, from the top down.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reading/page.h"

namespace jiheng::reading {

/// What stands on one line without a wide gap in it.
struct PageWord {
  std::string text;
  PageBox box;
};

struct PageLine {
  std::vector<PageWord> words;  ///< told apart by gaps wider than a character
  PageBox box;
  float baseline = 0;
  float size = 0;  ///< of its largest glyphs
  /// Whether `below` may be the rest of a Chinese sentence that was wrapped here.
  bool goes_on_in(const PageLine& below) const;
  /// Its last character and the first of `below`.
  std::pair<char32_t, char32_t> ends_beside(const PageLine& below) const;
  /// The words with as many spaces between them as the gaps are wide, at least two, so that fields of one line stay apart.
  std::string spaced() const;
  /// The words as the text of a cell: CJK close up, Latin words one space apart.
  std::string closed() const;
};

/// Makes lines of the glyphs of one page, set after set; what it takes for one it has for the next.
class LineMaker {
 public:
  /// `gap`: as wide, in characters, words of a line stand apart.
  explicit LineMaker(const Page& page, float gap = usual_gap) : page_(page), gap_(gap) {}
  static constexpr float usual_gap = 1.2F;
  /// Appends the lines that the glyphs with these indices make, top to bottom; of more than `most` none behind the next one.
  void add(std::span<const std::uint32_t> glyphs, std::vector<PageLine>& lines, std::size_t most = SIZE_MAX - 1);

 private:
  /// Glyphs that share a line, while it is being gathered.
  struct Row {
    std::size_t first;  ///< of the sorted glyphs
    std::size_t end;
    float baseline;  ///< of its largest glyph
    float size;
    float top;
    float bottom;
    bool takes(const Glyph& glyph) const;
  };
  void add_line(const Row& row, std::vector<PageLine>& lines);

  const Page& page_;
  float gap_;
  std::vector<std::uint32_t> sorted_;
  std::string text_;
};

/// The lines that the glyphs of `page` with these indices make, top to bottom; of more than `most` none behind the next one.
std::vector<PageLine> lines_of(const Page& page, std::span<const std::uint32_t> glyphs, std::size_t most = SIZE_MAX - 1);

/// How wide what may not be parted at the text's start is, of the font's size: one Chinese character with the signs behind it, or a number
/// or word.
float first_part(std::string_view text);

/// The lines of one cell as its text, '\n' between them. What a full line cut, a number or Chinese text at a number or sign, is one again:
/// `width` is what a line of the cell may take.
std::string text_of(std::span<const PageLine> lines, float width);

}  // namespace jiheng::reading
