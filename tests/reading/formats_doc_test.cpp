#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "layout_picture.h"
#include "old_office_maker.h"
#include "reading/reader.h"
#include "word_maker.h"

namespace jiheng::reading {
namespace {

Result<Layout> layout_of(const DocSource& source) {
  const std::string bytes = doc_of(source);
  EXPECT_EQ(detect_format(bytes), Format::doc);
  return read_layout(bytes, Format::doc);
}

std::string read(std::vector<DocParagraph> paragraphs) {
  return picture(layout_of({std::move(paragraphs), {}, {}, "", ""}));
}

bool tells_of_changes(const Result<Layout>& layout) {
  return layout && !layout->notes.empty() && layout->notes[0].code == "tracked-changes";
}

std::string two_cells() {
  return row_definition(0, {{1000}, {2000}});
}

std::string inner(bool row) {
  return modifier(0x2416, "\1") + modifier(0x6649, little32(2)) + modifier(0x244B, "\1") + (row ? modifier(0x244C, "\1") : "");
}

TEST(DocFormat, ParagraphsAndATableByItsMarks) {
  EXPECT_EQ(read({plain(u"部门整体支出绩效目标表"), doc_cell(u"成本"), doc_cell(u"≥95%"), doc_row_end(two_cells()), doc_cell(u"甲"),
                  doc_cell(u""), doc_row_end(two_cells()), plain(u"完")}),
            "¶ 部门整体支出绩效目标表\n▦\n| 成本 | ≥95% |\n| 甲 |  |\n¶ 完\n");
}

TEST(DocFormat, TextsOfOneByteAreWindows1252) {
  EXPECT_EQ(picture(layout_of({{plain(u"A\x93q\x94 \x80")}, {}, {}, "", "", true})), "¶ A“q” €\n");
}

TEST(DocFormat, ADocumentSavedInHasteIsReadInItsOrder) {
  std::vector<DocParagraph> paragraphs = {plain(u"一"),   doc_cell(u"甲"), doc_cell(u"乙"), doc_row_end(two_cells()),
                                          plain(u"删去"), plain(u"二")};
  paragraphs[4].piece_change = 0x41 << 1 | 0x100;  // the small modifier "deleted", on
  DocSource source{paragraphs, {}, {}, "", "", false, true};
  EXPECT_EQ(picture(layout_of(source)), "¶ 一\n▦\n| 甲 | 乙 |\n¶ 二\n");
  source.main[4].piece_change = 1;  // the first list
  source.change_list = modifier(0x083C, "\1");
  EXPECT_EQ(picture(layout_of(source)), "¶ 一\n▦\n| 甲 | 乙 |\n¶ 二\n");
}

TEST(DocFormat, AFileInPartsReadsAsOneInOrder) {
  std::vector<DocParagraph> paragraphs;
  for (int row = 0; row < 90; ++row) {
    paragraphs.push_back(doc_cell(u"第" + std::u16string(static_cast<std::size_t>(row % 7) + 1, u'甲')));
    paragraphs.push_back(doc_cell(std::u16string(static_cast<std::size_t>(row % 40) + 3, u'5')));
    paragraphs.push_back(doc_row_end(two_cells() + modifier(0x9407, little16(static_cast<std::uint32_t>(row)))));
  }
  for (const bool one_byte : {false, true}) {
    DocSource source{paragraphs, {}, {}, "", "", one_byte};
    const std::string in_order = picture(layout_of(source));
    EXPECT_EQ(std::count(in_order.begin(), in_order.end(), '\n'), 91);
    for (const Sectors sectors : {Sectors::scattered, Sectors::backwards}) {
      source.sectors = sectors;
      EXPECT_EQ(picture(layout_of(source)), in_order);
    }
  }
}

TEST(DocFormat, RowsOfManyDefinitionsKeepTheirOwn) {
  // More definitions than the reader remembers at a time, each met twice.
  std::vector<DocParagraph> paragraphs;
  std::string expected = "▦\n";
  for (int round = 0; round < 2; ++round) {
    for (std::uint16_t height = 0; height < 150; ++height) {
      const bool merged = height % 3 == 0;
      paragraphs.push_back(doc_cell(u"甲"));
      paragraphs.push_back(doc_cell(u"乙"));
      const std::string cells = merged ? row_definition(0, {{1000, 2}, {2000, 1}}) : two_cells();
      paragraphs.push_back(doc_row_end(cells + modifier(0x9407, little16(height))));
      expected += merged ? "| 甲 | < |\n" : "| 甲 | 乙 |\n";
    }
  }
  EXPECT_EQ(read(std::move(paragraphs)), expected);
}

// [MS-DOC] 2.9.317 (1 joins, 2 begins), and the older description (1 begins, 2 joins).
TEST(DocFormat, CellsMergedAcrossInBothNotations) {
  for (const auto& [begins, joins] : {std::pair<std::uint16_t, std::uint16_t>{2, 1}, {1, 2}}) {
    EXPECT_EQ(
        read({doc_cell(u"题"), doc_cell(u"x"), doc_cell(u"丙"), doc_row_end(row_definition(0, {{1000, begins}, {2000, joins}, {3000}})),
              doc_cell(u"甲"), doc_cell(u"乙"), doc_cell(u"丁"), doc_row_end(row_definition(0, {{1000}, {2000}, {3000}}))}),
        "▦\n| 题 | < | 丙 |\n| 甲 | 乙 | 丁 |\n");
  }
  EXPECT_EQ(read({doc_cell(u"题"), doc_cell(u""), doc_row_end(two_cells() + modifier(0x5624, std::string("\0\2", 2))), doc_cell(u"甲"),
                  doc_cell(u"乙"), doc_row_end(two_cells())}),
            "▦\n| 题 | < |\n| 甲 | 乙 |\n");
}

TEST(DocFormat, CellsMergedDown) {
  EXPECT_EQ(
      read({doc_cell(u"成本"), doc_cell(u"甲"), doc_row_end(row_definition(0, {{1000, 0x60}, {2000}})), doc_cell(u""), doc_cell(u"乙"),
            doc_row_end(row_definition(0, {{1003, 0x20}, {2000}})), doc_cell(u"效益"), doc_cell(u"丙"), doc_row_end(two_cells())}),
      "▦\n| 成本 | 甲 |\n| ^ | 乙 |\n| 效益 | 丙 |\n");
  EXPECT_EQ(read({doc_cell(u"成本"), doc_cell(u"甲"), doc_row_end(two_cells() + modifier(0xD62B, std::string("\2\0\3", 3))), doc_cell(u""),
                  doc_cell(u"乙"), doc_row_end(two_cells() + modifier(0xD62B, std::string("\2\0\1", 3)))}),
            "▦\n| 成本 | 甲 |\n| ^ | 乙 |\n");
}

TEST(DocFormat, RowsWithOtherEdgesShareOneGrid) {
  EXPECT_EQ(read({doc_cell(u"宽"), doc_cell(u"窄"), doc_row_end(row_definition(-108, {{2000}, {3000}})), doc_cell(u"甲"), doc_cell(u"乙"),
                  doc_cell(u"丙"), doc_row_end(row_definition(-100, {{800}, {2005}, {3000}})), doc_cell(u"后"),
                  doc_row_end(row_definition(2000, {{3000}}))}),
            "▦\n| 宽 | < | 窄 |\n| 甲 | 乙 | 丙 |\n| · | · | 后 |\n");
}

TEST(DocFormat, WidthsThatAreChangedAfterwards) {
  const std::string narrow = modifier(0x7623, std::string("\0\1", 2) + little16(500));
  EXPECT_EQ(read({doc_cell(u"甲"), doc_cell(u"乙"), doc_row_end(row_definition(0, {{1000}, {2500}}) + narrow), doc_cell(u"丙"),
                  doc_cell(u"丁"), doc_row_end(row_definition(0, {{500}, {2000}}))}),
            "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(DocFormat, LongRowDefinitionsLieInTheDataStream) {
  const std::string definition = row_definition(0, {{2000}, {3000}});
  const std::string elsewhere = little16(static_cast<std::uint32_t>(definition.size())) + definition;
  DocSource source;
  source.data = elsewhere;
  source.main = {doc_cell(u"题"),
                 doc_cell(u"乙"),
                 doc_row_end(modifier(0x646B, little32(0))),
                 doc_cell(u"甲"),
                 doc_cell(u"丙"),
                 doc_cell(u"丁"),
                 doc_row_end(row_definition(0, {{1000}, {2000}, {3000}}))};
  EXPECT_EQ(picture(layout_of(source)), "▦\n| 题 | < | 乙 |\n| 甲 | 丙 | 丁 |\n");
}

TEST(DocFormat, ATableInACellIsAGridOfItsOwn) {
  DocParagraph cell = {{{u"内", ""}}, 0x0D, inner(false), "", 0};
  DocParagraph cell2 = {{{u"值", ""}}, 0x0D, inner(false), "", 0};
  DocParagraph row = {{}, 0x0D, inner(true) + two_cells(), "", 0};
  EXPECT_EQ(read({doc_cell(u"甲"), doc_cell(u"乙"), doc_row_end(two_cells()), doc_cell(u"丙"), doc_cell(u"丁"), doc_row_end(two_cells()),
                  cell, cell2, row, doc_cell(u"外"), doc_cell(u"戊"), doc_row_end(two_cells())}),
            "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n| 外 | 戊 |\n▦\n| 内 | 值 |\n");
}

TEST(DocFormat, DeletedAndHiddenTextIsNotReadInsertedIs) {
  DocParagraph changed = {{{u"目标", ""},
                           {u"旧", modifier(0x0800, "\1")},
                           {u"新", modifier(0x0801, "\1")},
                           {u"藏", modifier(0x083C, "\1")},
                           {u"值", modifier(0x083C, std::string(1, '\0'))}},
                          0x0D,
                          "",
                          "",
                          0};
  const auto layout = layout_of({{changed}, {}, {}, "", ""});
  EXPECT_EQ(picture(layout), "¶ 目标新值\n");
  EXPECT_TRUE(tells_of_changes(layout));
  EXPECT_FALSE(tells_of_changes(layout_of({{plain(u"目标")}, {}, {}, "", ""})));
}

TEST(DocFormat, ADeletedRowIsNotThere) {
  const std::string deleted = modifier(0x0800, "\1");
  DocParagraph name = doc_cell(u"乙");
  DocParagraph value = doc_cell(u"2");
  name.runs[0].modifiers = value.runs[0].modifiers = deleted;
  DocParagraph end = doc_row_end(two_cells());
  end.mark_modifiers = deleted;
  DocSource source;
  source.main = {doc_cell(u"甲"), doc_cell(u"1"), doc_row_end(two_cells()), name, value, end};
  const auto layout = layout_of(source);
  EXPECT_EQ(picture(layout), "▦\n| 甲 | 1 |\n");
  EXPECT_TRUE(tells_of_changes(layout));
  // LibreOffice: the mark in front of the row has the properties of the row's first text, its own has none.
  source.main[2].mark_modifiers = deleted;
  source.main[5].mark_modifiers = "";
  EXPECT_EQ(picture(layout_of(source)), "▦\n| 甲 | 1 |\n");
}

TEST(DocFormat, CellMarksBeyondTheRowsDefinitionAreNoCells) {
  EXPECT_EQ(read({doc_cell(u"甲"), doc_cell(u"乙"), doc_cell(u""), doc_row_end(two_cells()), doc_cell(u"丙"), doc_cell(u"丁"),
                  doc_cell(u"戊"), doc_row_end(two_cells())}),
            "▦\n| 甲 | 乙 | · |\n| 丙 | 丁 | 戊 |\n");
}

/// A row that says how many cells it has and not where they end; cells put in, taken out and widened by that count lie nowhere.
TEST(DocFormat, CellsAreNotPutIntoARowWithoutEdges) {
  const std::string short_definition = modifier(0xD608, std::string("\2\0\3", 3));
  for (const std::string& change : {modifier(0x7621, std::string("\2\1\x64\0", 4)), modifier(0x5622, std::string("\1\3", 2)),
                                    modifier(0x7623, std::string("\1\3\x64\0", 4))}) {
    EXPECT_EQ(read({doc_cell(u"甲"), doc_cell(u"乙"), doc_row_end(short_definition + change), doc_cell(u"丙"), doc_cell(u"丁"),
                    doc_row_end(two_cells())}),
              "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
  }
}

TEST(DocFormat, FieldsShowTheirResult) {
  EXPECT_EQ(read({plain(u"共\x13 =SUM(A1) \x14"
                        u"12\x13 PAGE \x15\x15件")}),
            "¶ 共12件\n");
  EXPECT_EQ(read({doc_cell(u"\x13 REF 未完"), doc_cell(u"乙"), doc_row_end(two_cells())}), "▦\n|  | 乙 |\n");
}

TEST(DocFormat, SpecialCharacters) {
  EXPECT_EQ(read({plain(u"第一行\x0B第二行"), plain(u"1\x1E"
                                                    u"2\x1F"
                                                    u"3\x02\x05")}),
            "¶ 第一行\n¶ 第二行\n¶ 1-23\n");
}

TEST(DocFormat, SymbolsOfTheirFonts) {
  DocSource source;
  source.fonts = {u"SimSun", u"Wingdings"};
  const std::string symbol = modifier(0x6A09, little16(1) + little16(0xF0FE)) + modifier(0x0855, "\1");
  source.main = {{{{u"(", symbol}, {u"是", ""}, {u"\xF0A8", modifier(0x4A4F, little16(1))}, {u"否\xF0A8", ""}}, 0x0D, "", "", 0}};
  EXPECT_EQ(picture(layout_of(source)), "¶ ☑是☐否\uF0A8\n");
}

TEST(DocFormat, FormCheckBoxesShowTheirState) {
  const auto data = [](std::uint32_t result, std::uint32_t made) {
    const std::string field = little32(0xFFFFFFFF) + little16(1 | result << 2) + little16(0) + little16(20) + little16(2) + wide(u"选项") +
                              little16(0) + little16(made);
    return little32(static_cast<std::uint32_t>(68 + field.size())) + little16(68) + std::string(62, '\0') + field;
  };
  const DocParagraph box = {{{u"\x13 FORMCHECKBOX ", ""},
                             {u"\x01", modifier(0x6A03, little32(0)) + modifier(0x0806, "\1") + modifier(0x0855, "\1")},
                             {u"\x14\x15是", ""}},
                            0x0D,
                            "",
                            "",
                            0};
  EXPECT_EQ(picture(layout_of({{box}, {}, {}, data(1, 0), ""})), "¶ ☑是\n");
  EXPECT_EQ(picture(layout_of({{box}, {}, {}, data(0, 1), ""})), "¶ ☐是\n");
  EXPECT_EQ(picture(layout_of({{box}, {}, {}, data(25, 1), ""})), "¶ ☑是\n");
}

TEST(DocFormat, ATextBoxStandsWhereItIsAnchored) {
  DocSource source;
  source.main = {plain(u"前"), plain(u"中\x08"), plain(u"后")};
  source.box = {plain(u"框")};
  EXPECT_EQ(picture(layout_of(source)), "¶ 前\n¶ 中\n¶ 框\n¶ 后\n");
  source.main = {plain(u"前")};
  EXPECT_EQ(picture(layout_of(source)), "¶ 前\n¶ 框\n");
}

TEST(DocFormat, ATitleInThePageHeaderIsRead) {
  DocSource source;
  source.main = {doc_cell(u"甲"), doc_cell(u"乙"), doc_row_end(two_cells())};
  source.header = {plain(u"项目支出绩效目标表")};
  EXPECT_EQ(picture(layout_of(source)), "¶ 项目支出绩效目标表\n▦\n| 甲 | 乙 |\n");
  source.main.insert(source.main.begin(), plain(u"题"));
  EXPECT_EQ(picture(layout_of(source)), "¶ 题\n▦\n| 甲 | 乙 |\n");
}

TEST(DocFormat, WhatCannotBeReadIsSaid) {
  DocSource source;
  source.main = {plain(u"甲")};
  source.flags |= 0x0100;
  EXPECT_EQ(error_code(layout_of(source)), "encrypted");
  source.flags = 0x1200;
  source.version = 0x0065;
  EXPECT_EQ(error_code(layout_of(source)), "unsupported-format");
  source.version = 0x00C1;
  source.flags = 0x1000;  // names the table stream that is not there
  EXPECT_EQ(error_code(layout_of(source)), "damaged");
}

}  // namespace
}  // namespace jiheng::reading
