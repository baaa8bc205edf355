// How strings become characters at their places, in PDFs made by hand.
#include <gtest/gtest.h>

#include "pdf_maker.h"
#include "pdf_pages.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

constexpr const char* songti =
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
    "/Supplement 2 >> /DW 1000 /W [1 95 500 814 939 500] >>";

/// One line in a Chinese font that is not in the file, by a predefined CMap.
std::string predefined(std::string_view cmap, std::string_view string) {
  PdfMaker maker;
  const int descendant = maker.add(songti);
  return pdf_with_font(maker,
                       "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /" + std::string(cmap) + " /DescendantFonts [ " +
                           reference(descendant) + " ] >>",
                       "BT /F1 10 Tf 100 700 Td " + std::string(string) + " Tj ET");
}

TEST(PdfText, PredefinedCMapsOfSimplifiedChinese) {
  EXPECT_EQ(text_of(predefined("GBK-EUC-H", "<BCA8D0A7B1EA3935>")), "绩效标95");
  EXPECT_EQ(text_of(predefined("GB-EUC-H", "<D6B8B1EA>")), "指标");
  EXPECT_EQ(text_of(predefined("GBKp-EUC-H", "<DC5AD6B8>")), "躗指");
  EXPECT_EQ(text_of(predefined("GBK2K-H", "<BCA88139EE39>")), "绩㐀");
  EXPECT_EQ(text_of(predefined("GBpc-EUC-H", "<D6B8B1EA>")), "指标");
  EXPECT_EQ(text_of(predefined("UniGB-UCS2-H", "<7EE9654800390035>")), "绩效95");
  EXPECT_EQ(text_of(predefined("UniGB-UTF16-H", "<7EE9D840DC0B>")), "绩𠀋");
  EXPECT_EQ(text_of(predefined("UniGB-UTF8-H", "<E7BBA939>")), "绩9");
}

TEST(PdfText, AFontWithoutToUnicodeIsReadByItsCollection) {
  // Identity-H holds the CIDs themselves.
  PdfMaker maker;
  const int descendant = maker.add(songti);
  const std::string bytes =
      pdf_with_font(maker, "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [ " + reference(descendant) + " ] >>",
                    "BT /F1 10 Tf 100 700 Td <0022002300110012> Tj ET");
  EXPECT_EQ(text_of(bytes), "AB01");
}

TEST(PdfText, WidthsMoveThePen) {
  const Page page = first_page(predefined("GBK-EUC-H", "<BCA83935>"));
  ASSERT_EQ(page.glyphs.size(), 3U);
  EXPECT_FLOAT_EQ(page.glyphs[0].box.left, 100);
  EXPECT_FLOAT_EQ(page.glyphs[1].box.left, 110);
  EXPECT_FLOAT_EQ(page.glyphs[2].box.left, 115);
  EXPECT_FLOAT_EQ(page.glyphs[2].box.right, 120);
  EXPECT_FLOAT_EQ(page.glyphs[0].baseline, 100);
  EXPECT_FLOAT_EQ(page.glyphs[0].size, 10);
}

TEST(PdfText, VerticalWritingGoesDown) {
  const Page page = first_page(predefined("GBK-EUC-V", "<BCA8D0A7>"));
  ASSERT_EQ(page.glyphs.size(), 2U);
  EXPECT_NEAR(page.glyphs[1].box.top - page.glyphs[0].box.top, 10, 0.01);
  EXPECT_NEAR((page.glyphs[0].box.left + page.glyphs[0].box.right) / 2, 100, 0.01);
}

/// A font F1 whose /ToUnicode is this; the string's codes have two bytes.
std::string with_to_unicode(std::string_view map, std::string_view string) {
  PdfMaker maker;
  const int to_unicode = maker.add_stream(map);
  const int descendant = maker.add(
      "<< /Type /Font /Subtype /CIDFontType2 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
      "/DW 1000 >>");
  return pdf_with_font(maker,
                       "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode " + reference(to_unicode) + " /DescendantFonts [ " +
                           reference(descendant) + " ] >>",
                       "BT /F1 10 Tf 100 700 Td " + std::string(string) + " Tj ET");
}

TEST(PdfText, ToUnicodeByCharactersRangesAndLists) {
  const std::string map =
      "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <7EE9> <0002> <D840DC0B> endbfchar "
      "2 beginbfrange <0010> <0012> <0030> <0020> <0021> [<6548> <00660069>] endbfrange";
  EXPECT_EQ(text_of(with_to_unicode(map, "<000100020010001200200021>")), "绩𠀋02效fi");
}

TEST(PdfText, RadicalsAreTheIdeographsThatTheyAreTheShapeOf) {
  const std::string map = "4 beginbfchar <0001> <2F00> <0002> <2ED4> <0003> <F9DD> <0004> <2F52> endbfchar";
  EXPECT_EQ(text_of(with_to_unicode(map, "<0001000200030004>")), "一门利氏");
}

TEST(PdfText, WhatNobodySaysIsAReplacementCharacterAndNoted) {
  EXPECT_EQ(text_of(with_to_unicode("1 beginbfchar <0001> <7EE9> endbfchar", "<000100020003>")), "绩��");
  const auto layout = read_layout(with_to_unicode("1 beginbfchar <0001> <7EE9> endbfchar", "<000100020003>"), Format::pdf);
  ASSERT_TRUE(layout);
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "characters-unknown");
}

TEST(PdfText, ANumberThatGhostscriptMadeUpIsNoLetter) {
  PdfMaker maker;
  const int map = maker.add_stream("3 beginbfchar <26> <007F> <27> <0050> <2B> <5E76> endbfchar 1 beginbfchar <41> <0050> endbfchar");
  const std::string font =
      "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >> "
      "/Encoding << /Differences [38 /g41E4 /g41E5 43 /g423E 65 /g50] >> /FirstChar 38 /LastChar 65 /Widths "
      "[1000 1000 0 0 0 1000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 560] /ToUnicode " +
      reference(map) + " >>";
  EXPECT_EQ(text_of(pdf_with_font(maker, font, "BT /F1 10 Tf 100 700 Td <26272B41> Tj ET")), "��并P");
}

TEST(PdfText, EncodingsAndGlyphNames) {
  const auto simple = [](std::string_view encoding, std::string_view string) {
    PdfMaker maker;
    return text_of(pdf_with_font(maker, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding " + std::string(encoding) + " >>",
                                 "BT /F1 10 Tf 100 700 Td " + std::string(string) + " Tj ET"));
  };
  EXPECT_EQ(simple("/WinAnsiEncoding", "(A\\260\\2673)"), "A°·3");
  EXPECT_EQ(simple("/MacRomanEncoding", "<B2B3>"), "≤≥");
  EXPECT_EQ(simple("<< /Differences [1 /greaterequal /uni7EE9 /five.tab 65 /percent] >>", "<01020341>"), "≥绩5%");
  EXPECT_EQ(simple("<< /Differences [1 /gibberish] >>", "<01>"), "�");
}

TEST(PdfText, OperatorsMoveWhereTheySay) {
  const Page page =
      first_page(PdfMaker().page("BT /F1 10 Tf 12 TL 1 0 0 1 50 700 Tm (a) Tj T* (b) Tj 5 3 Td (c) ' 0 0 (d) \" ET "
                                 "q 2 0 0 2 10 20 cm BT /F1 10 Tf 10 10 Td [(e) -1000 (f)] TJ ET Q"));
  ASSERT_EQ(page.glyphs.size(), 6U);
  EXPECT_FLOAT_EQ(page.glyphs[0].baseline, 100);
  EXPECT_FLOAT_EQ(page.glyphs[1].baseline, 112);
  EXPECT_FLOAT_EQ(page.glyphs[2].box.left, 55);
  EXPECT_FLOAT_EQ(page.glyphs[2].baseline, 121);
  EXPECT_FLOAT_EQ(page.glyphs[3].baseline, 133);
  EXPECT_FLOAT_EQ(page.glyphs[4].box.left, 30);
  EXPECT_FLOAT_EQ(page.glyphs[4].baseline, 760);
  EXPECT_FLOAT_EQ(page.glyphs[4].size, 20);
  EXPECT_NEAR(page.glyphs[5].box.left, 30 + 2 * (5.56 + 10), 0.01);
}

TEST(PdfText, SpacesBetweenCharactersAndWordsAndWidening) {
  const Page page = first_page(PdfMaker().page("BT /F1 10 Tf 2 Tc 3 Tw 50 Tz 100 700 Td (0 0) Tj ET"));
  ASSERT_EQ(page.glyphs.size(), 3U);
  EXPECT_NEAR(page.glyphs[1].box.left, 100 + (5.56 + 2) / 2, 0.01);
  EXPECT_NEAR(page.glyphs[2].box.left, 100 + (5.56 + 2 + 2.78 + 2 + 3) / 2, 0.01);
}

TEST(PdfText, StringsWithEscapesBracketsAndHexadecimals) {
  EXPECT_EQ(text_of(PdfMaker().page("BT /F1 10 Tf 100 700 Td (a(b)\\)\\101\\\nc) Tj <4 14 2> Tj ET")), "a(b))AcAB");
}

TEST(PdfText, NumbersInEveryNotation) {
  const Page page = first_page(
      PdfMaker().page("BT /F1 10.00000000000000000000000 Tf +100 700. Td (a) Tj -0.5 -.5 Td (b) Tj 00000000000000001 0 Td (c) Tj "
                      "0.0000000000000000000001 0.123456789012345678901234567890 Td (d) Tj ET"));
  ASSERT_EQ(page.glyphs.size(), 4U);
  EXPECT_FLOAT_EQ(page.glyphs[0].box.left, 100);
  EXPECT_FLOAT_EQ(page.glyphs[1].box.left, 99.5F);
  EXPECT_FLOAT_EQ(page.glyphs[1].baseline, 100.5F);
  EXPECT_FLOAT_EQ(page.glyphs[2].box.left, 100.5F);
  EXPECT_NEAR(page.glyphs[3].baseline, 100.5F - 0.1234568F, 1e-4);
  EXPECT_EQ(text_of(PdfMaker().page("BT /F1 10 Tf 99999999999999999999999 0 Td (far) Tj ET")), "");
}

TEST(PdfText, BoldByPrintingTwiceIsPrintedOnce) {
  EXPECT_EQ(text_of(PdfMaker().page("BT /F1 10 Tf 100 700 Td (100) Tj 0.3 0 Td (100) Tj ET")), "100");
  // Character by character, and the whole once more in pieces.
  EXPECT_EQ(text_of(PdfMaker().page("BT /F1 10 Tf 100 700 Td (10) Tj ET BT /F1 10 Tf 100.3 700 Td (1) Tj (0) Tj ET")), "10");
  // A digit beside its like is no double.
  EXPECT_EQ(text_of(PdfMaker().page("BT /F1 10 Tf 100 700 Td (1) Tj (1) Tj (1) Tj ET")), "111");
}

TEST(PdfText, WhatCannotBeSeenIsNotRead) {
  EXPECT_EQ(text_of(PdfMaker().page("1 g BT /F1 10 Tf 100 700 Td (white) Tj ET 0 g BT /F1 10 Tf 100 600 Td (x) Tj ET")), "x");
  EXPECT_EQ(text_of(PdfMaker().page("0 0 1 rg 90 690 100 30 re f 1 g BT /F1 10 Tf 100 700 Td (on blue) Tj ET")), "on blue");
  EXPECT_EQ(text_of(PdfMaker().page("BT 3 Tr /F1 10 Tf 100 700 Td (hidden) Tj ET")), "");
  EXPECT_EQ(text_of(PdfMaker().page("q 0 0 50 50 re W n BT /F1 10 Tf 100 700 Td (cut) Tj ET Q BT /F1 10 Tf 100 700 Td (x) Tj ET")), "x");
  EXPECT_EQ(text_of(PdfMaker().page("W n BT /F1 10 Tf 100 700 Td (x) Tj ET")), "x");
  EXPECT_EQ(text_of(PdfMaker().page("BT /F1 10 Tf 700 700 Td (out) Tj ET")), "");
  EXPECT_EQ(text_of(PdfMaker().page("BT /F1 10 Tf 100 700 Td (x) Tj ET", "", "/CropBox [0 0 600 500]")), "");
  EXPECT_EQ(text_of(PdfMaker().page("/G gs BT /F1 10 Tf 100 700 Td (clear) Tj ET", "/ExtGState << /G << /ca 0 >> >>")), "");
  // A watermark across the page.
  EXPECT_EQ(text_of(PdfMaker().page("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (draft) Tj ET")), "");
}

TEST(PdfText, TextThatRunsOutOfItsCellIsSaid) {
  EXPECT_TRUE(first_page(PdfMaker().page("100 690 22 20 re W n BT /F1 10 Tf 100 700 Td (10000) Tj ET")).text_cut);
  EXPECT_FALSE(first_page(PdfMaker().page("100 690 30 20 re W n BT /F1 10 Tf 100 700 Td (10000) Tj ET")).text_cut);
  // A page may show a lower part only of what is printed on both.
  EXPECT_FALSE(first_page(PdfMaker().page("100 690 30 20 re W n BT /F1 10 Tf 100 720 Td (10000) Tj ET")).text_cut);
}

TEST(PdfText, TextUnderAScanIsRead) {
  PdfMaker maker;
  const int picture =
      maker.add_stream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray");
  const std::string resources = "/XObject << /Im " + reference(picture) + " >>";
  const Page page = first_page(maker.page("q 600 0 0 800 0 0 cm /Im Do Q BT 3 Tr /F1 10 Tf 100 700 Td (read off) Tj ET", resources));
  EXPECT_TRUE(page.has_picture);
  EXPECT_EQ(text_of(page), "read off");
}

TEST(PdfText, TurnedPagesAreUpright) {
  for (const char* turn : {"0", "90", "180", "270", "-90"}) {
    const bool lies = std::string_view(turn) == "90" || std::string_view(turn) == "270" || std::string_view(turn) == "-90";
    const Page page = first_page(PdfMaker().page("BT /F1 10 Tf 100 700 Td (abc) Tj ET", "", "/Rotate " + std::string(turn)));
    ASSERT_EQ(page.glyphs.size(), 3U) << turn;
    // The text alone tells which way is up.
    EXPECT_FLOAT_EQ(page.width, 600) << turn << lies;
    EXPECT_LT(page.glyphs[0].box.left, page.glyphs[1].box.left) << turn;
    EXPECT_FLOAT_EQ(page.glyphs[0].baseline, 100) << turn;
  }
  const Page lying = first_page(PdfMaker().page("BT /F1 10 Tf 0 1 -1 0 100 200 Tm (abc) Tj ET", "", "/Rotate 90"));
  ASSERT_EQ(lying.glyphs.size(), 3U);
  EXPECT_FLOAT_EQ(lying.width, 800);
  EXPECT_FLOAT_EQ(lying.glyphs[0].box.left, 200);
  EXPECT_FLOAT_EQ(lying.glyphs[0].baseline, 100);
}

TEST(PdfText, FormsArePaintedInTheirPlace) {
  PdfMaker maker;
  const int inner =
      maker.add_stream("BT /F1 10 Tf 0 0 Td (in) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 -5 100 100] /Matrix [1 0 0 1 7 0]");
  const int outer =
      maker.add_stream("q 2 0 0 2 0 0 cm /Inner Do Q",
                       "/Type /XObject /Subtype /Form /BBox [-9 -9 500 500] /Resources << /XObject << /Inner " + reference(inner) +
                           " >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>");
  const Page page = first_page(maker.page("q 1 0 0 1 50 60 cm /Outer Do Q", "/XObject << /Outer " + reference(outer) + " >>"));
  ASSERT_EQ(text_of(page), "in");
  EXPECT_FLOAT_EQ(page.glyphs[0].box.left, 64);
  EXPECT_FLOAT_EQ(page.glyphs[0].baseline, 740);
}

TEST(PdfText, WhatAFormFieldShowsIsRead) {
  PdfMaker maker;
  const int look = maker.add_stream("BT /F1 10 Tf 2 3 Td (95) Tj ET",
                                    "/Type /XObject /Subtype /Form /BBox [0 0 50 20] /Resources << /Font << /F1 << /Type /Font /Subtype "
                                    "/Type1 /BaseFont /Helvetica >> >> >>");
  const Page page = first_page(
      maker.page("", "", "/Annots [ << /Type /Annot /Subtype /Widget /Rect [100 700 150 720] /AP << /N " + reference(look) + " >> >> ]"));
  ASSERT_EQ(text_of(page), "95");
  EXPECT_FLOAT_EQ(page.glyphs[0].box.left, 102);
}

TEST(PdfText, LayersThatAreSwitchedOffAreNotRead) {
  PdfMaker maker;
  const int layer = maker.add("<< /Type /OCG /Name (a) >>");
  const int stream = maker.add_stream("/OC /L BDC BT /F1 10 Tf 100 700 Td (off) Tj ET EMC BT /F1 10 Tf 100 600 Td (on) Tj ET");
  const int page = maker.add("<< /Type /Page /MediaBox [0 0 600 800] /Contents " + reference(stream) + " /Resources << /Properties << /L " +
                             reference(layer) + " >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>");
  std::string bytes = maker.file({page});
  const std::string catalog = "/Type /Catalog";
  // The catalogue grows in place; what stands behind it moves, which qpdf mends.
  bytes.replace(bytes.find(catalog), catalog.size(), "/Type /Catalog /OCProperties << /D << /OFF [ " + reference(layer) + " ] >> >>");
  EXPECT_EQ(text_of(bytes), "on");
}

TEST(PdfText, InlineImagesArePassedOver) {
  EXPECT_EQ(text_of(PdfMaker().page("q BI /W 4 /H 4 /BPC 8 /CS /G ID (x) Tj EI\xFF\x01 EI Q BT /F1 10 Tf 100 700 Td (y) Tj ET")), "y");
}

TEST(PdfText, ASmallUnitOfThePageIsScaled) {
  const Page page = first_page(PdfMaker().page("BT /F1 10 Tf 100 700 Td (x) Tj ET", "", "/UserUnit 2"));
  ASSERT_EQ(page.glyphs.size(), 1U);
  EXPECT_FLOAT_EQ(page.width, 1200);
  EXPECT_FLOAT_EQ(page.glyphs[0].box.left, 200);
  EXPECT_FLOAT_EQ(page.glyphs[0].size, 20);
}

}  // namespace
}  // namespace jiheng::reading
