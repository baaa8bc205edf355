#include <gtest/gtest.h>

#include <string>

#include "layout_picture.h"
#include "office_maker.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

std::string read(std::string_view body) {
  return picture(read_layout(docx_of(body), Format::docx));
}
std::string row(std::string_view cells, std::string_view properties = "") {
  return "<w:tr><w:trPr>" + std::string(properties) + "</w:trPr>" + std::string(cells) + "</w:tr>";
}
std::string table(std::string_view rows) {
  return "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"1\"/></w:tblGrid>" + std::string(rows) + "</w:tbl>";
}

TEST(DocxFormat, ParagraphsAndTablesComeInDocumentOrder) {
  EXPECT_EQ(read(word_paragraph("绩效目标表") + table(row(word_cell("甲") + word_cell("乙"))) + word_paragraph("单位：万元")),
            "¶ 绩效目标表\n▦\n| 甲 | 乙 |\n¶ 单位：万元\n");
}

TEST(DocxFormat, SpansToTheRightAndDown) {
  EXPECT_EQ(read(table(row(word_cell("标题", "<w:gridSpan w:val=\"3\"/>")) +
                       row(word_cell("成本", "<w:vMerge w:val=\"restart\"/>") + word_cell("甲") + word_cell("1")) +
                       row(word_cell("", "<w:vMerge/>") + word_cell("乙") + word_cell("2")) +
                       row(word_cell("", "<w:vMerge w:val=\"continue\"/>") + word_cell("丙") + word_cell("3")) +
                       row(word_cell("产出", "<w:vMerge w:val=\"restart\"/>") + word_cell("丁") + word_cell("4")))),
            "▦\n"
            "| 标题 | < | < |\n"
            "| 成本 | 甲 | 1 |\n"
            "| ^ | 乙 | 2 |\n"
            "| ^ | 丙 | 3 |\n"
            "| 产出 | 丁 | 4 |\n");
}

TEST(DocxFormat, ANarrowerContinuationSwallowsNoNeighbour) {
  EXPECT_EQ(read(table(row(word_cell("甲", "<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/>") + word_cell("乙")) +
                       row(word_cell("", "<w:vMerge/>") + word_cell("丙") + word_cell("丁")))),
            "▦\n| 甲 | < | 乙 |\n|  | 丙 | 丁 |\n");
}

TEST(DocxFormat, ACellThatContinuesNothingIsACell) {
  EXPECT_EQ(read(table(row(word_cell("甲", "<w:vMerge/>") + word_cell("乙")) + row(word_cell("丙") + word_cell("丁")))),
            "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(DocxFormat, TheOlderMergeToTheRight) {
  EXPECT_EQ(read(table(row(word_cell("甲", "<w:hMerge w:val=\"restart\"/>") + word_cell("", "<w:hMerge/>") + word_cell("乙")) +
                       row(word_cell("1") + word_cell("2") + word_cell("3")))),
            "▦\n| 甲 | < | 乙 |\n| 1 | 2 | 3 |\n");
}

TEST(DocxFormat, RowsMayBeginAndEndInsideTheGrid) {
  EXPECT_EQ(read(table(row(word_cell("甲") + word_cell("乙") + word_cell("丙")) +
                       row(word_cell("丁"), "<w:gridBefore w:val=\"1\"/><w:gridAfter w:val=\"1\"/>"))),
            "▦\n| 甲 | 乙 | 丙 |\n| · | 丁 | · |\n");
}

TEST(DocxFormat, SplitRunsJoinAndParagraphsBreakAndBreaksAndTabsStay) {
  EXPECT_EQ(
      read(table(
          row("<w:tc><w:p><w:r><w:t>社会</w:t></w:r><w:r><w:t>效益</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc>"
              "<w:tc><w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t><w:noBreakHyphen/><w:t>四</w:t></w:r></w:p></w:tc>"))),
      "▦\n| 社会效益/指标 | 一/二\t三-四 |\n");
}

TEST(DocxFormat, ContentControlsRoundTextCellsAndRowsAreLookedThrough) {
  EXPECT_EQ(read(table(row("<w:sdt><w:sdtPr><w:id w:val=\"1\"/></w:sdtPr><w:sdtContent>" + word_cell("甲") +
                           "</w:sdtContent></w:sdt>"
                           "<w:tc><w:p><w:sdt><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc>") +
                       "<w:sdt><w:sdtContent>" + row(word_cell("丙") + word_cell("丁")) + "</w:sdtContent></w:sdt>")),
            "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(DocxFormat, ThePromptOfAnEmptyContentControlIsNoText) {
  EXPECT_EQ(read(table(row(word_cell("项目名称") + "<w:tc><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" +
                           word_paragraph("单击此处输入文字。") + "</w:sdtContent></w:sdt></w:tc>"))),
            "▦\n| 项目名称 |  |\n");
}

TEST(DocxFormat, TrackedInsertionsAreKeptAndDeletionsAreNotAndANoteSaysSoOnce) {
  const auto layout = read_layout(
      docx_of("<w:p><w:r><w:t>目标</w:t></w:r><w:del><w:r><w:delText>90</w:delText></w:r></w:del><w:ins><w:r><w:t>95</w:t></w:r></w:ins>"
              "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>" +
              table(row(word_cell("甲") + word_cell("乙")) + row(word_cell("丙") + word_cell("丁"), "<w:del w:id=\"1\"/>") +
                    row(word_cell("戊") + word_cell("己")))),
      Format::docx);
  EXPECT_EQ(picture(layout), "¶ 目标95新\n▦\n| 甲 | 乙 |\n| 戊 | 己 |\n");
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "tracked-changes");
}

TEST(DocxFormat, ARowsPropertiesBehindItsCellsDeleteNothing) {
  EXPECT_EQ(read(table("<w:tr>" + word_cell("甲") + word_cell("乙") + "<w:trPr><w:del/></w:trPr></w:tr>")), "▦\n| 甲 | 乙 |\n");
}

TEST(DocxFormat, ATableInACellIsAGridOfItsOwnBehindItsHost) {
  EXPECT_EQ(read(table(row(word_cell("项目名称") + word_cell("清淤")) + row(word_cell("年度") + word_cell("2026")) +
                       row(word_cell("明细") + "<w:tc>" + word_paragraph("见下") + table(row(word_cell("1") + word_cell("2"))) +
                           word_paragraph("完") + "</w:tc>"))),
            "▦\n| 项目名称 | 清淤 |\n| 年度 | 2026 |\n| 明细 | 见下/完 |\n▦\n| 1 | 2 |\n");
}

TEST(DocxFormat, ATableThatOnlyFramesThePageFlowsOn) {
  EXPECT_EQ(read(table(row("<w:tc>" + word_paragraph("绩效目标表") + table(row(word_cell("甲") + word_cell("乙"))) + word_paragraph("完") +
                           "</w:tc>"))),
            "¶ 绩效目标表\n▦\n| 甲 | 乙 |\n¶ 完\n");
  EXPECT_EQ(read(table(row(word_cell("只有一格")))), "¶ 只有一格\n");
}

TEST(DocxFormat, ATextBoxIsReadOnceWhicheverWayItIsWrittenTwice) {
  EXPECT_EQ(read("<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>" +
                 word_paragraph("单位：万元") +
                 "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" +
                 word_paragraph("单位：万元") +
                 "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>绩效目标表</w:t></w:r></w:p>"),
            "¶ 单位：万元\n¶ 绩效目标表\n");
}

TEST(DocxFormat, SymbolsOfSymbolFontsBecomeTheirUnicode) {
  EXPECT_EQ(
      read("<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>是</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/><w:t>否</w:t>"
           "<w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t>95%</w:t><w:sym w:font=\"Webdings\" w:char=\"F012\"/></w:r></w:p>"),
      "¶ ☑是☐否≥95%\n");
}

TEST(DocxFormat, CheckBoxesShowTheirState) {
  const auto box = [](std::string_view state) {
    return "<w:sdt><w:sdtPr><w14:checkbox>" + std::string(state) +
           "<w14:checkedState w14:val=\"2612\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>X</w:t></w:r></w:sdtContent></w:sdt>";
  };
  EXPECT_EQ(read("<w:p>" + box("<w14:checked w14:val=\"1\"/>") + "<w:r><w:t>高</w:t></w:r>" + box("<w14:checked w14:val=\"0\"/>") +
                 "<w:r><w:t>低</w:t></w:r></w:p>"),
            "¶ ☑高☐低\n");
  EXPECT_EQ(read("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default "
                 "w:val=\"0\"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
                 "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:t>是</w:t></w:r></w:p>"),
            "¶ ☑是\n");
}

TEST(DocxFormat, AFieldShowsItsResultAndNotItsInstruction) {
  EXPECT_EQ(read("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r><w:r><w:fldChar "
                 "w:fldCharType=\"separate\"/></w:r>"
                 "<w:r><w:t>510</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"),
            "¶ 510\n");
}

TEST(DocxFormat, HiddenTextAndReadingsAboveCharactersAreNotText) {
  EXPECT_EQ(
      read("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>明</w:t></w:r>"
           "<w:r><w:ruby><w:rt><w:r><w:t>lu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>渌</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"),
      "¶ 明渌\n");
}

TEST(DocxFormat, EntitiesReferencesAndCdataAreResolved) {
  EXPECT_EQ(read("<w:p><w:r><w:t>A&amp;B &lt;5 &#8805;&#x5E74;<![CDATA[<c>&amp;]]></w:t></w:r></w:p>"), "¶ A&B <5 ≥年<c>&amp;\n");
}

TEST(DocxFormat, TheNamespacePrefixMayBeAnother) {
  const std::string xml =
      "<ns0:document xmlns:ns0=\"x\"><ns0:body><ns0:p><ns0:r><ns0:t>甲</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>";
  EXPECT_EQ(picture(read_layout(zip_of({{"word/document.xml", xml}}), Format::docx)), "¶ 甲\n");
  const std::string bare = "<document><body><p><r><t>乙</t></r></p></body></document>";
  EXPECT_EQ(picture(read_layout(zip_of({{"word/document.xml", bare}}), Format::docx)), "¶ 乙\n");
}

TEST(DocxFormat, PartsInOtherEncodingsAreReadByTheirDeclaration) {
  const std::string gb =
      "<?xml version=\"1.0\" encoding=\"GB2312\"?><document><body><p><r><t>\xD6\xB8\xB1\xEA</t></r></p></body></document>";
  EXPECT_EQ(picture(read_layout(zip_of({{"word/document.xml", gb}}), Format::docx)), "¶ 指标\n");
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<document><body><p><r><t>A</t></r></p></body></document>")) wide += std::string(1, c) + '\0';
  EXPECT_EQ(picture(read_layout(zip_of({{"word/document.xml", wide}}), Format::docx)), "¶ A\n");
}

TEST(DocxFormat, TheMainPartIsFoundThroughThePackagesRelationships) {
  const std::string links =
      "<Relationships><Relationship Id=\"a\" Type=\"http://x/officeDocument\" Target=\"word/document2.xml\"/></Relationships>";
  const std::string file = zip_of({{"_rels/.rels", links}, {"word/document2.xml", document_xml(word_paragraph("甲"))}});
  EXPECT_EQ(detect_format(file), Format::docx);
  EXPECT_EQ(picture(read_layout(file, Format::docx)), "¶ 甲\n");
}

TEST(DocxFormat, ATitleThatOnlyTheHeaderHasBecomesTheFirstParagraph) {
  const Part links{"word/_rels/document.xml.rels",
                   "<Relationships><Relationship Id=\"h\" Type=\"http://x/header\" Target=\"header1.xml\"/></Relationships>"};
  const Part header{"word/header1.xml", "<w:hdr xmlns:w=\"x\"><w:p/>" + word_paragraph("2026年项目支出绩效目标表") + "</w:hdr>"};
  const std::string form = table(row(word_cell("项目名称") + word_cell("清淤")));
  EXPECT_EQ(picture(read_layout(docx_with(form, {links, header}), Format::docx)), "¶ 2026年项目支出绩效目标表\n▦\n| 项目名称 | 清淤 |\n");
  EXPECT_EQ(picture(read_layout(docx_with(word_paragraph("题") + form, {links, header}), Format::docx)), "¶ 题\n▦\n| 项目名称 | 清淤 |\n");
}

TEST(DocxFormat, DamagedDocumentsAreErrorsThatNameThePart) {
  const auto of = [](std::string xml) { return read_layout(zip_of({{"word/document.xml", std::move(xml)}}), Format::docx); };
  EXPECT_EQ(error_code(of("")), "damaged");
  EXPECT_EQ(error_code(of("<w:document><w:body><w:p>")), "damaged");
  EXPECT_EQ(error_code(of("<w:document><w:body></w:document>")), "damaged");
  EXPECT_EQ(error_code(of("<w:document><w:body w:a=\"1></w:body></w:document>")), "damaged");
  EXPECT_EQ(error_code(of("<w:document>\xFF</w:document>")), "damaged");
  EXPECT_EQ(error_code(of("只是文字")), "damaged");
  const auto layout = of("<w:document><w:body>");
  ASSERT_FALSE(layout);
  ASSERT_FALSE(layout.error().context.empty());
  EXPECT_EQ(layout.error().context[0], "word/document.xml");
  EXPECT_EQ(error_code(read_layout(zip_of({{"其他.xml", "x"}}), Format::docx)), "damaged");
}

}  // namespace
}  // namespace jiheng::reading
