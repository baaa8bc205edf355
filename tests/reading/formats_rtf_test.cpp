#include <gtest/gtest.h>

#include <string>

#include "layout_picture.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

Result<Layout> layout_of(std::string_view body) {
  const std::string bytes =
      "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}{\\f1\\fnil\\fcharset2 Wingdings;}{\\f2\\fnil\\fcharset0 "
      "Arial;}}" +
      std::string(body) + "}";
  EXPECT_EQ(detect_format(bytes), Format::rtf);
  EXPECT_EQ(format_code(Format::rtf), "doc");
  return read_layout(bytes, Format::rtf);
}

std::string read(std::string_view body) {
  return picture(layout_of(body));
}

TEST(RtfFormat, TextsInTheCodePageAndInUnicode) {
  EXPECT_EQ(read("\\'b3\\'c9\\'b1\\'be \\u25928?\\u-30264 ?\\par \\uc2\\u8805\\'a1\\'dd"
                 "95\\uc0\\u37 \\par"),
            "¶ 成本 效览\n¶ ≥95%\n");
  EXPECT_EQ(read("\\f2\\'b3\\'c9\\f0 a\\\\b\\{c\\}\\~d\\_e\\par"), "¶ 成a\\b{c}\u00A0d-e\n");
  EXPECT_EQ(read("\\u-10179?\\u-8704?\\par"), "¶ 😀\n");
}

TEST(RtfFormat, SymbolsOfTheirFonts) {
  EXPECT_EQ(read("{\\f1 \\'fe}\\'ca\\'c7{\\f1\\u-3928 ?}\\par"), "¶ ☑是☐\n");
}

TEST(RtfFormat, DestinationsAreNoText) {
  EXPECT_EQ(read("{\\info{\\title x}}{\\*\\unknown y{z}}{\\pict\\bin3 }}}w}\\'bc\\'d7{\\footnote q}{\\field{\\*\\fldinst SUM}{\\fldrslt "
                 "12}}\\par"),
            "¶ 甲12\n");
}

TEST(RtfFormat, ATableWithMergesAcrossAndDown) {
  const std::string defaults = "\\trowd\\trleft-108";
  EXPECT_EQ(read(defaults + "\\clmgf\\cellx1000\\clmrg\\cellx2000\\cellx3000\\pard\\intbl T\\cell\\cell C\\cell\\row" +  //
                 defaults + "\\clvmgf\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl A\\cell B\\par b\\cell D\\cell\\row" + defaults +
                 "\\clvmrg\\cellx1000\\cellx3000\\pard\\intbl\\cell wide\\cell\\row\\pard end\\par"),
            "▦\n| T | < | C |\n| A | B/b | D |\n| ^ | wide | < |\n¶ end\n");
}

TEST(RtfFormat, ATableInACell) {
  const std::string row = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl ";
  EXPECT_EQ(read(row + "A\\cell B\\cell\\row" + row + "C\\cell D\\cell\\row" + row +
                 "\\pard\\intbl\\itap2 in\\nestcell "
                 "val\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}{\\nonesttables\\par}\\pard\\intbl "
                 "out\\cell E\\cell\\row\\pard"),
            "▦\n| A | B |\n| C | D |\n| out | E |\n▦\n| in | val |\n");
}

TEST(RtfFormat, DeletedAndHiddenTextIsNotRead) {
  const auto layout = layout_of("a{\\deleted b}{\\revised c}{\\v d}\\v e\\v0 f\\par");
  EXPECT_EQ(picture(layout), "¶ acf\n");
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "tracked-changes");
}

TEST(RtfFormat, ARowOfWhichNothingIsLeftIsNotThere) {
  const std::string row = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl ";
  EXPECT_EQ(read(row + "A\\cell B\\cell\\row" + row + "{\\deleted C}\\cell{\\deleted D}\\cell\\row" + row + "\\cell\\cell\\row"),
            "▦\n| A | B |\n|  |  |\n");
}

TEST(RtfFormat, CheckBoxesTextBoxesAndTitlesInHeaders) {
  EXPECT_EQ(read("{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres25\\ffdefres1{\\*\\ffname x}}}}{\\fldrslt}}a\\par"),
            "¶ ☑a\n");
  EXPECT_EQ(read("a{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn x}{\\sv y}}{\\shptxt \\pard box\\par}}{\\shprslt z}}\\par b\\par"),
            "¶ a\n¶ box\n¶ b\n");
  EXPECT_EQ(read("{\\header title\\par}\\trowd\\cellx1000\\cellx2000\\pard\\intbl A\\cell B\\cell\\row"), "¶ title\n▦\n| A | B |\n");
}

TEST(RtfFormat, DamageIsReadAsFarAsItGoes) {
  EXPECT_EQ(read("}}a\\par\\'zzb\\u\\par{{{c"), "¶ a\n¶ zzb\n¶ c\n");
  const auto cut = layout_of("{a");
  ASSERT_EQ(cut->notes.size(), 1U);
  EXPECT_EQ(cut->notes[0].code, "file-cut");
  EXPECT_EQ(error_code(layout_of(std::string(100000, '{'))), "too-deep");
}

}  // namespace
}  // namespace jiheng::reading
