// OFD (GB/T 33190—2016): text, paths, templates, several documents.
#include <gtest/gtest.h>

#include "ofd_pages.h"

namespace jiheng::reading {
namespace {

/// One text object with these attributes and content.
std::string object(std::string_view attributes, std::string_view content) {
  return "<ofd:TextObject ID=\"1\" Boundary=\"20 20 100 10\" Font=\"2\" Size=\"4\" " + std::string(attributes) + ">" +
         std::string(content) + "</ofd:TextObject>";
}

TEST(Ofd, TextAndRulesMakeATable) {
  EXPECT_EQ(read_ofd_page(ofd_text(60, 30, "绩效目标表", 6) + small_table), std::string("¶ 绩效目标表\n") + small_table_picture);
}

TEST(Ofd, ElementsMayHaveAnyPrefixOrNone) {
  for (const char* prefix : {"", "o:", "ofd:"}) {
    OfdSource source;
    source.pages = {small_table};
    source.prefix = prefix;
    EXPECT_EQ(read_ofd_bytes(ofd_of(source)), small_table_picture) << prefix;
  }
}

TEST(Ofd, StepsInBothNotations) {
  // "g 3 4" stands for "4 4 4".
  EXPECT_EQ(read_ofd_page(object("", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g 3 4 2 20 g 2 4\">数量指标5个单位</ofd:TextCode>")),
            "¶ 数量指标5        个单位\n");
  // Down the page.
  EXPECT_EQ(read_ofd_page(object("", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaY=\"g 3 6\">数量指标</ofd:TextCode>")),
            "¶ 数\n¶ 量\n¶ 指\n¶ 标\n");
  // Half as wide as Chinese characters, points too, and spaced out.
  EXPECT_EQ(read_ofd_page(object("", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g 4 2.5\">92.5%</ofd:TextCode>")), "¶ 92.5%\n");
  // Fewer steps than characters: the last one goes on. None at all: as wide as the characters usually are.
  EXPECT_EQ(read_ofd_page(object("", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"4\">数量指标</ofd:TextCode>")), "¶ 数量指标\n");
  EXPECT_EQ(read_ofd_page(object("", "<ofd:TextCode X=\"0\" Y=\"4\">数量指标</ofd:TextCode>")), "¶ 数量指标\n");
}

TEST(Ofd, ATextCodeWithoutItsPlaceHasThatOfTheOneBefore) {
  EXPECT_EQ(read_ofd_page(object("",
                                 "<ofd:TextCode X=\"0\" Y=\"4\">数</ofd:TextCode><ofd:TextCode X=\"4\">量</ofd:TextCode><ofd:TextCode "
                                 "Y=\"12\">下</ofd:TextCode>")),
            "¶ 数量\n¶ 下\n");
}

TEST(Ofd, MatricesMoveScaleAndTurn) {
  const std::string moved = object("CTM=\"0.5 0 0 0.5 40 0\"", "<ofd:TextCode X=\"0\" Y=\"8\" DeltaX=\"4\">右边</ofd:TextCode>");
  const std::string here = object("", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"4\">左边</ofd:TextCode>");
  EXPECT_EQ(read_ofd_page(moved + here), "¶ 左边                右边\n");
  // A quarter turned clockwise: it runs down the page.
  const std::string down = object("CTM=\"0 1 -1 0 20 0\"", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"6\">上下</ofd:TextCode>");
  EXPECT_EQ(read_ofd_page(down + ofd_text(20, 60, "其余的字")), "¶ 上\n¶ 下\n¶ 其余的字\n");
}

TEST(Ofd, RulesMayBeStrokesThinBoxesAndOnePathOfMany) {
  const std::string texts = ofd_text(22, 47, "甲") + ofd_text(52, 47, "乙") + ofd_text(22, 57, "丙") + ofd_text(52, 57, "丁");
  const std::string path =
      "<ofd:PathObject ID=\"1\" Boundary=\"20 40 60 20\" LineWidth=\"0.3\"><ofd:AbbreviatedData>M 0 0 L 60 0 L 60 20 L 0 20 C M 0 10 L 60 "
      "10 S 30 0 L 30 20"
      "</ofd:AbbreviatedData></ofd:PathObject>";
  EXPECT_EQ(read_ofd_page(texts + path), "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
  const std::string scaled =
      "<ofd:PathObject ID=\"1\" Boundary=\"20 40 60 20\" CTM=\"10 0 0 10 0 0\" LineWidth=\"0.03\"><ofd:AbbreviatedData>M 0 0 L 6 0 L 6 2 L "
      "0 2 C M 0 1 L 6 1 M 3 0 L 3 2"
      "</ofd:AbbreviatedData></ofd:PathObject>";
  EXPECT_EQ(read_ofd_page(texts + scaled), "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(Ofd, CurvesGroundsAndSlantsAreNoRules) {
  const std::string curve =
      "<ofd:PathObject ID=\"1\" Boundary=\"20 40 60 20\"><ofd:AbbreviatedData>M 0 0 B 1 1 2 2 60 0 Q 1 1 60 20 A 5 5 0 0 1 0 20 L 30 "
      "31</ofd:AbbreviatedData></ofd:PathObject>";
  EXPECT_EQ(read_ofd_page(curve + ofd_bar(20, 40, 60, 20) + small_table), small_table_picture);
}

TEST(Ofd, WhatCannotBeSeenIsNotRead) {
  EXPECT_EQ(read_ofd_page(ofd_text(20, 20, "隐去", 4, "Visible=\"false\"") + ofd_text(20, 30, "透明", 4, "Alpha=\"0\"") + small_table),
            small_table_picture);
  const std::string white =
      "<ofd:PathObject ID=\"1\" Boundary=\"35 40 0.2 20\" Stroke=\"false\" Fill=\"true\"><ofd:FillColor Value=\"255 255 255\"/>"
      "<ofd:AbbreviatedData>M 0 0 L 0.2 0 L 0.2 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>";
  EXPECT_EQ(read_ofd_page(white + small_table), small_table_picture);
}

TEST(Ofd, TemplatesAreDrawnOnEveryPageThatNamesThem) {
  OfdSource source;
  source.pages = {ofd_text(22, 47, "甲") + ofd_text(52, 47, "乙"), ofd_text(22, 47, "丙")};
  source.common = "<ofd:TemplatePage ID=\"7\" ZOrder=\"Background\" BaseLoc=\"Tpls/T.xml\"/>";
  source.page_head = "<ofd:Template TemplateID=\"7\" ZOrder=\"Background\"/>";
  source.more = {{"Doc_0/Tpls/T.xml", ofd_page(ofd_table(20, 40, "|\n"))}};
  EXPECT_EQ(read_ofd_bytes(ofd_of(source)), "▦\n| 甲 | 乙 |\n| 丙 |  |\n");
}

TEST(Ofd, BlocksAndDrawingsFromTheResourcesAreLookedInto) {
  OfdSource source;
  source.pages = {"<ofd:PageBlock ID=\"3\"><ofd:PageBlock ID=\"4\">" + ofd_text(20, 20, "块里的字") +
                  "</ofd:PageBlock></ofd:PageBlock><ofd:CompositeObject ID=\"5\" Boundary=\"0 10 210 297\" ResourceID=\"30\"/>"};
  source.common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>";
  source.more = {
      {"Doc_0/PublicRes.xml", "<ofd:Res xmlns:ofd=\"x\"><ofd:Fonts/></ofd:Res>"},
      {"Doc_0/DocumentRes.xml",
       "<ofd:Res xmlns:ofd=\"x\"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID=\"30\" Width=\"9\" Height=\"9\"><ofd:Content>" +
           ofd_text(20, 20, "图里的字") + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"}};
  EXPECT_EQ(read_ofd_bytes(ofd_of(source)), "¶ 块里的字\n¶ 图里的字\n");
}

TEST(Ofd, ADrawingThatHoldsItselfIsRefused) {
  OfdSource source;
  source.pages = {"<ofd:CompositeObject ID=\"5\" Boundary=\"0 0 9 9\" ResourceID=\"30\"/>"};
  source.common = "<ofd:DocumentRes>R.xml</ofd:DocumentRes>";
  source.more = {{"Doc_0/R.xml",
                  "<ofd:Res xmlns:ofd=\"x\"><ofd:CompositeGraphicUnit ID=\"30\"><ofd:Content><ofd:CompositeObject ResourceID=\"30\"/>"
                  "</ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>"}};
  EXPECT_EQ(read_ofd_bytes(ofd_of(source)), "code: too-deep");
}

TEST(Ofd, SymbolFontsMeanWhatTheyShow) {
  for (const char* name : {"Wingdings 2", "ABCDEF+Wingdings2-Regular"}) {
    OfdSource source;
    source.pages = {object("", "<ofd:TextCode X=\"0\" Y=\"4\">R</ofd:TextCode>") + ofd_text(26, 24, "确定能")};
    source.common = "<ofd:PublicRes>/Doc_0/PublicRes.xml</ofd:PublicRes>";
    source.more = {{"Doc_0/PublicRes.xml", "<ofd:Res xmlns:ofd=\"x\"><ofd:Fonts><ofd:Font ID=\"2\" FontName=\"" + std::string(name) +
                                               "\"/></ofd:Fonts></ofd:Res>"}};
    EXPECT_EQ(read_ofd_bytes(ofd_of(source)).substr(0, 6), "¶ ☑") << name;
  }
}

TEST(Ofd, SeveralDocumentsInOneFileAreReadInTurn) {
  const auto document = [](const std::string& name) {
    return Part{name + "/Document.xml", "<Document><Pages><Page ID=\"1\" BaseLoc=\"P.xml\"/></Pages></Document>"};
  };
  const std::string file = zip_of(
      {{"OFD.xml", "<OFD><DocBody><DocRoot>/A/Document.xml</DocRoot></DocBody><DocBody><DocRoot>b\\Document.xml</DocRoot></DocBody></OFD>"},
       document("A"),
       document("B"),
       {"A/P.xml", ofd_page(ofd_text(20, 20, "第一份"))},
       {"B/P.xml", ofd_page(ofd_text(20, 20, "第二份"))}});
  EXPECT_EQ(read_ofd_bytes(file), "¶ 第一份\n¶ 第二份\n");
}

TEST(Ofd, OfVersionsTheCurrentOneIsRead) {
  const auto document = [](const std::string& name, const std::string& page) {
    return Part{name, "<Document><Pages><Page ID=\"1\" BaseLoc=\"" + page + "\"/></Pages></Document>"};
  };
  const std::string root =
      "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot><Versions><Version ID=\"1\" Index=\"0\" BaseLoc=\"Doc_0/V1.xml\"/><Version "
      "ID=\"2\" Index=\"1\" Current=\"true\" BaseLoc=\"/Doc_0/V2.xml\"/></Versions></DocBody></OFD>";
  const std::string file = zip_of({{"OFD.xml", root},
                                   document("Doc_0/Document.xml", "Old.xml"),
                                   document("Doc_0/Document_2.xml", "New.xml"),
                                   {"Doc_0/V1.xml", "<DocVersion><DocRoot>/Doc_0/Document.xml</DocRoot></DocVersion>"},
                                   {"Doc_0/V2.xml", "<DocVersion><FileList/><DocRoot>Document_2.xml</DocRoot></DocVersion>"},
                                   {"Doc_0/Old.xml", ofd_page(ofd_text(20, 20, "作废"))},
                                   {"Doc_0/New.xml", ofd_page(ofd_text(20, 20, "现行"))}});
  EXPECT_EQ(read_ofd_bytes(file), "¶ 现行\n");
}

TEST(Ofd, NamesInTheZipMayBeginAtItsRoot) {
  for (const char* before : {"/", "./", "\\"}) {
    const std::string root(before);
    const std::string file = zip_of({{root + "OFD.xml", "<OFD><DocRoot>/D/Document.xml</DocRoot></OFD>"},
                                     {root + "D/Document.xml", "<Document><Page BaseLoc=\"P.xml\"/></Document>"},
                                     {root + "D/P.xml", ofd_page(small_table)}});
    EXPECT_EQ(read_ofd_bytes(file), small_table_picture) << before;
  }
}

TEST(Ofd, PartsMayBeInGbkAndSaySoInAnyWay) {
  for (const char* head : {"<?xml version='1.0' encoding='gb18030'?>", "<?xml version=\"1.0\" encoding = \"GBK\" ?>"}) {
    // 数量 in GBK.
    const std::string page = std::string(head) + "<Page><Content><TextObject Boundary=\"20 20 9 9\" Size=\"4\"><TextCode X=\"0\" Y=\"4\">" +
                             "\xCA\xFD\xC1\xBF</TextCode></TextObject></Content></Page>";
    const std::string file = zip_of(
        {{"OFD.xml", "<OFD><DocRoot>D.xml</DocRoot></OFD>"}, {"D.xml", "<Document><Page BaseLoc=\"P.xml\"/></Document>"}, {"P.xml", page}});
    EXPECT_EQ(read_ofd_bytes(file), "¶ 数量\n") << head;
  }
}

TEST(Ofd, WhatOnlySteersTextIsNoCharacter) {
  EXPECT_EQ(read_ofd_page(object("", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g 4 4\">&#7;数&#x200B;量&#x7F;</ofd:TextCode>")), "¶ 数量\n");
}

TEST(Ofd, ASpaceThatTheNextTextIsPrintedOverIsNone) {
  const auto piece = [](const char* x, const char* text) {
    return "<ofd:TextCode X=\"" + std::string(x) + "\" Y=\"4\" DeltaX=\"g 9 2\">" + text + "</ofd:TextCode>";
  };
  EXPECT_EQ(read_ofd_page(object("", piece("0", "128  ") + piece("6", ".5  ") + piece("10", "km"))), "¶ 128.5km\n");
  EXPECT_EQ(read_ofd_page(object("", piece("0", "128 ") + piece("8", "km"))), "¶ 128 km\n");
}

TEST(Ofd, CodesForPrivateUseAreSaidToBeUnknown) {
  const auto layout = read_layout(
      ofd_of_pages({small_table + object("", "<ofd:TextCode X=\"0\" Y=\"4\">不少于\xEE\x84\x80次</ofd:TextCode>")}), Format::ofd);
  EXPECT_EQ(picture(layout), std::string("¶ 不少于�次\n") + small_table_picture);
  ASSERT_TRUE(layout);
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "characters-unknown");
}

TEST(Ofd, LineBreaksAndIndentsOfTheXmlAreNoText) {
  EXPECT_EQ(read_ofd_page(object("", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"4\">\n        数量\r\n    </ofd:TextCode>") +
                          ofd_text(36, 24, "指标")),
            "¶ 数量   指标\n");
}

TEST(Ofd, WhatWasTypedOnThePageIsTextOfItAndMarksAreNone) {
  const auto annotation = [](const std::string& type, const std::string& content) {
    return "<ofd:Annot ID=\"7\" Type=\"" + type + "\"><ofd:Appearance Boundary=\"50 50 60 10\">" + content +
           "</ofd:Appearance></ofd:Annot>";
  };
  OfdSource source;
  source.pages = {ofd_table(20, 40, "指标|目标值\n数量|\n")};
  source.common = "</ofd:CommonData><ofd:Annotations>Annots/All.xml</ofd:Annotations><ofd:CommonData>";
  source.more = {{"Doc_0/Annots/All.xml",
                  "<ofd:Annotations xmlns:ofd=\"x\"><ofd:Page PageID=\"100\"><ofd:FileLoc>One.xml</ofd:FileLoc></ofd:Page>"
                  "<ofd:Page PageID=\"5\"><ofd:FileLoc>None.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"},
                 {"Doc_0/Annots/One.xml",
                  "<ofd:PageAnnot xmlns:ofd=\"x\">" + annotation("Path", ofd_text(2, 7, "95%") + ofd_line(0, 5, 30, 5)) +
                      annotation("Stamp", ofd_text(2, 7, "章")) + annotation("Watermark", ofd_text(0, 7, "内部")) + "</ofd:PageAnnot>"}};
  EXPECT_EQ(read_ofd_bytes(ofd_of(source)), small_table_picture);
  source.more[1].content = "<ofd:PageAnnot><ofd:Annot";
  EXPECT_EQ(read_ofd_bytes(ofd_of(source)), "▦\n| 指标 | 目标值 |\n| 数量 |  |\n");
}

TEST(Ofd, APageMayHaveResourcesOfItsOwn) {
  OfdSource source;
  source.pages = {"<ofd:CompositeObject ID=\"5\" Boundary=\"0 0 210 297\" ResourceID=\"30\"/>"};
  source.page_head = "<ofd:PageRes>Res.xml</ofd:PageRes>";
  source.more = {{"Doc_0/Pages/Page_0/Res.xml", "<ofd:Res xmlns:ofd=\"x\"><ofd:CompositeGraphicUnit ID=\"30\"><ofd:Content>" + small_table +
                                                    "</ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>"}};
  EXPECT_EQ(read_ofd_bytes(ofd_of(source)), small_table_picture);
}

TEST(Ofd, ThePageMayBeginElsewhereThanAtNought) {
  OfdSource source;
  source.pages = {ofd_text(120, 130, "看得见") + ofd_text(20, 30, "在页外")};
  source.page_head = "<ofd:Area><ofd:PhysicalBox>100 100 210 297</ofd:PhysicalBox></ofd:Area>";
  EXPECT_EQ(read_ofd_bytes(ofd_of(source)), "¶ 看得见\n");
}

TEST(Ofd, ValuesKnowTheirPage) {
  const std::string row = "产出指标|数量指标|检查次数|≥5|次\n";
  const std::string file =
      ofd_of_pages({ofd_text(60, 30, "2026年项目支出绩效目标表", 6) + ofd_table(20, 40, "一级指标|二级指标|三级指标|指标值|单位\n" + row),
                    ofd_table(20, 20, "产出指标|质量指标|合格率|≥95|%\n")});
  const Document document = read_document(file, "a.ofd");
  EXPECT_EQ(document.format, "ofd");
  ASSERT_EQ(document.tables.size(), 1U);
  ASSERT_EQ(document.tables[0].indicators.size(), 2U);
  EXPECT_EQ(document.tables[0].indicators[0].source.page_or_sheet, "1");
  EXPECT_EQ(document.tables[0].indicators[1].source.page_or_sheet, "2");
  EXPECT_EQ(document.tables[0].indicators[1].value, "95");
}

TEST(OfdTrouble, AnEncryptedFileIsSaidToBe) {
  EXPECT_EQ(read_ofd_bytes(zip_of({{"OFD.xml", "<OFD/>"}, {"Encryptions.xml", "<Encryptions/>"}})), "code: encrypted");
  EXPECT_EQ(read_ofd_bytes(zip_of({{"OFD.xml", "<OFD/>", false, 0, true}})), "code: encrypted");
}

TEST(OfdTrouble, MissingPartsAreDamage) {
  EXPECT_EQ(read_ofd_bytes(zip_of({{"OFD.xml", "<OFD/>"}})), "code: damaged");
  EXPECT_EQ(read_ofd_bytes(zip_of({{"OFD.xml", "<OFD><DocRoot>Doc_0/Document.xml</DocRoot></OFD>"}})), "code: damaged");
  EXPECT_EQ(read_ofd_bytes(
                zip_of({{"OFD.xml", "<OFD><DocRoot>D.xml</DocRoot></OFD>"}, {"D.xml", "<Document><Page BaseLoc=\"P.xml\"/></Document>"}})),
            "code: damaged");
  EXPECT_EQ(read_ofd_bytes(zip_of({{"OFD.xml", "<OFD><DocRoot>D.xml</DocRoot></OFD>"},
                                   {"D.xml", "<Document><Page BaseLoc=\"P.xml\"/></Document>"},
                                   {"P.xml", "<Page><Content>"}})),
            "code: damaged");
}

TEST(OfdTrouble, AScanIsSaidToBeOne) {
  const std::string picture = "<ofd:ImageObject ID=\"1\" Boundary=\"0 0 210 297\" ResourceID=\"8\"/>";
  EXPECT_EQ(read_ofd_page(picture), "code: scanned");
  EXPECT_EQ(read_ofd_page(""), "code: scanned");
  const auto layout = read_layout(ofd_of_pages({picture, small_table}), Format::ofd);
  ASSERT_TRUE(layout);
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "page-scanned");
}

TEST(OfdTrouble, NumbersThatAreNoneCostOnlyTheirObject) {
  for (const char* number : {"NaN", "inf", "1e30", "x", "", "--3"}) {
    const std::string odd(number);
    EXPECT_EQ(read_ofd_page("<ofd:PathObject Boundary=\"" + odd + " 1 1 1\" CTM=\"" + odd + "\" LineWidth=\"" + odd +
                            "\"><ofd:AbbreviatedData>M " + odd + " 1 L 2 " + odd + " B 1 Q A C</ofd:AbbreviatedData></ofd:PathObject>" +
                            small_table),
              small_table_picture)
        << number;
  }
  EXPECT_EQ(read_ofd_page(object("", "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g 1000000 4 g x g\">数量</ofd:TextCode>")), "¶ 数量\n");
}

}  // namespace
}  // namespace jiheng::reading
