// Fonts without /ToUnicode whose embedded TrueType file tells their glyphs' characters.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "pdf_maker.h"
#include "pdf_pages.h"

namespace jiheng::reading {
namespace {

/// Big-endian numbers of two bytes, as TrueType has them.
std::string words(const std::vector<unsigned>& numbers) {
  std::string out;
  for (const unsigned number : numbers) {
    out.push_back(static_cast<char>(number >> 8));
    out.push_back(static_cast<char>(number));
  }
  return out;
}

std::string font_of(const std::vector<std::pair<std::string, std::string>>& tables) {
  std::string head = words({1, 0, static_cast<unsigned>(tables.size()), 0, 0, 0});
  std::string body;
  const auto start = static_cast<unsigned>(12 + 16 * tables.size());
  for (const auto& [tag, table] : tables) {
    head += tag + words({0, 0, 0, start + static_cast<unsigned>(body.size()), 0, static_cast<unsigned>(table.size())});
    body += table;
  }
  return head + body;
}

/// A cmap with one subtable.
std::string cmap(unsigned platform, unsigned encoding, const std::string& subtable) {
  return words({0, 1, platform, encoding, 0, 12}) + subtable;
}

/// Text in a font with this file, by glyph numbers.
std::string composite(const std::string& font, std::string_view string, const std::string& glyph_map = "") {
  PdfMaker maker;
  const int file = maker.add_stream(font);
  const int descriptor = maker.add("<< /Type /FontDescriptor /Flags 4 /FontFile2 " + reference(file) + " >>");
  const std::string map = glyph_map.empty() ? "/Identity" : reference(maker.add_stream(glyph_map));
  const int descendant = maker.add("<< /Subtype /CIDFontType2 /CIDToGIDMap " + map + " /FontDescriptor " + reference(descriptor) + " >>");
  return text_of(pdf_with_font(maker, "<< /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [ " + reference(descendant) + " ] >>",
                               "BT /F1 10 Tf 100 700 Td " + std::string(string) + " Tj ET"));
}

TEST(PdfEmbedded, ByEachFormOfItsCharacterTable) {
  // Form 4: one segment 7EE9 … 7EEA → glyphs 3, 4, and the last one.
  const std::string form4 = words({4, 32, 0, 4, 0, 0, 0, 0x7EEA, 0xFFFF, 0, 0x7EE9, 0xFFFF, (3U - 0x7EE9U) & 0xFFFF, 1, 0, 0});
  EXPECT_EQ(composite(font_of({{"cmap", cmap(3, 1, form4)}}), "<000300040005>"), "绩绪�");
  const std::string form6 = words({6, 14, 0, 0x6307, 2, 7, 9});
  EXPECT_EQ(composite(font_of({{"cmap", cmap(0, 3, form6)}}), "<00070009>"), "指挈");
  const std::string form12 = words({12, 0, 0, 28, 0, 0, 0, 1, 2, 0x000B, 2, 0x000B, 0, 6});
  EXPECT_EQ(composite(font_of({{"cmap", cmap(3, 10, form12)}}), "<0006>"), "𠀋");
}

TEST(PdfEmbedded, ByAMapFromCharactersToGlyphs) {
  const std::string form6 = words({6, 14, 0, 0x6307, 2, 7, 9});
  EXPECT_EQ(composite(font_of({{"cmap", cmap(3, 1, form6)}}), "<00010002>", words({0, 9, 7})), "挈指");
}

TEST(PdfEmbedded, ByItsGlyphNames) {
  // Version 2: three glyphs, named by the Macintosh's list (".notdef", "five") and by one of its own.
  const std::string names = words({2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 24, 258}) + "\x07uni7EE9";
  EXPECT_EQ(composite(font_of({{"post", names}}), "<00010002>"), "5绩");
}

TEST(PdfEmbedded, ASimpleFontsCodesByItsSymbolTable) {
  PdfMaker maker;
  const std::string symbol = words({6, 12, 0, 0xF021, 1, 1});
  const std::string unicode = words({6, 12, 0, 0x2265, 1, 1});
  const std::string both = words({0, 2, 3, 1, 0, 20, 3, 0, 0, 32}) + unicode + symbol;
  const int file = maker.add_stream(font_of({{"cmap", both}}));
  const int descriptor = maker.add("<< /Type /FontDescriptor /Flags 4 /FontFile2 " + reference(file) + " >>");
  EXPECT_EQ(
      text_of(pdf_with_font(
          maker, "<< /Subtype /TrueType /BaseFont /Subset /FirstChar 33 /Widths [500 500] /FontDescriptor " + reference(descriptor) + " >>",
          "BT /F1 10 Tf 100 700 Td <2122> Tj ET")),
      "≥�");
}

TEST(PdfEmbedded, ADamagedFontSaysNothing) {
  const std::string font = font_of({{"cmap", cmap(3, 1, words({4, 0xFFFF, 0, 0xFFFE, 0, 0, 0, 0xFFFE, 0xFFFF, 0, 0, 0}))}});
  for (std::size_t at = 0; at <= font.size(); ++at) EXPECT_EQ(length_utf8(composite(font.substr(0, at), "<0003>")), 1U);
}

}  // namespace
}  // namespace jiheng::reading
