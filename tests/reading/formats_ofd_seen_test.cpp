// OFD: what of a page can be seen, and what of that is a table's rule.
#include <gtest/gtest.h>

#include "ofd_pages.h"

namespace jiheng::reading {
namespace {

std::string text_code(std::string_view text, std::string_view more = "") {
  return "<ofd:TextCode X=\"0\" Y=\"4\" " + std::string(more) + ">" + std::string(text) + "</ofd:TextCode>";
}
/// A text object of 4 mm at this corner with these attributes and content.
std::string object(float x, float y, std::string_view attributes, std::string_view content) {
  return "<ofd:TextObject ID=\"1\" Boundary=\"" + std::to_string(x) + " " + std::to_string(y) + " 100 10\" Font=\"2\" Size=\"4\" " +
         std::string(attributes) + ">" + std::string(content) + "</ofd:TextObject>";
}
std::string path(std::string_view boundary, std::string_view attributes, std::string_view data, std::string_view colours = "") {
  return "<ofd:PathObject ID=\"1\" Boundary=\"" + std::string(boundary) + "\" " + std::string(attributes) + ">" + std::string(colours) +
         "<ofd:AbbreviatedData>" + std::string(data) + "</ofd:AbbreviatedData></ofd:PathObject>";
}
/// A page with drawing parameters in the document's resources.
std::string read_with(std::string graphics, const std::string& resources) {
  OfdSource source;
  source.pages = {std::move(graphics)};
  source.common = "<ofd:PublicRes>R.xml</ofd:PublicRes>";
  source.more = {{"Doc_0/R.xml", "<ofd:Res xmlns:ofd=\"x\">" + resources + "</ofd:Res>"}};
  return read_ofd_bytes(ofd_of(source));
}

const std::string four_texts = ofd_text(22, 47, "甲") + ofd_text(52, 47, "乙") + ofd_text(22, 57, "丙") + ofd_text(52, 57, "丁");
const char* const four_cells = "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n";

TEST(OfdSeen, TextPrintedTwiceToLookBoldIsReadOnce) {
  EXPECT_EQ(read_ofd_page(ofd_text(60, 30, "绩效目标表", 6) + ofd_text(60.1F, 30, "绩效目标表", 6) + small_table + small_table),
            std::string("¶ 绩效目标表\n") + small_table_picture);
  // Each character by itself, twice.
  std::string characters;
  for (int i = 0; i < 2; ++i) characters += ofd_text(60, 30, "绩", 6) + ofd_text(66, 30, "效", 6) + ofd_text(72, 30, "绩", 6);
  EXPECT_EQ(read_ofd_page(characters), "¶ 绩效绩\n");
}

TEST(OfdSeen, WhiteTextIsSeenOnAGroundAlone) {
  const std::string white = object(22, 43, "", "<ofd:FillColor Value=\"255 255 255\"/>" + text_code("改过的"));
  EXPECT_EQ(read_ofd_page(white + small_table), small_table_picture);
  const std::string ground =
      path("20 20 60 10", "Stroke=\"false\" Fill=\"true\"", "M 0 0 L 60 0 L 60 10 L 0 10 C", "<ofd:FillColor Value=\"0 0 128\"/>");
  EXPECT_EQ(read_ofd_page(ground + object(22, 22, "", "<ofd:FillColor Value=\"255 255 255\"/>" + text_code("白字"))), "¶ 白字\n");
}

TEST(OfdSeen, WhatIsHalfTransparentIsSeenHoweverThatIsWritten) {
  for (const char* alpha : {"Alpha=\"0.5\"", "Alpha=\"1\"", "Alpha=\"128\"", "Alpha=\"x\""})
    EXPECT_EQ(read_ofd_page(object(20, 20, alpha, text_code("浅字"))), "¶ 浅字\n") << alpha;
  for (const char* alpha : {"Alpha=\"0\"", "Alpha=\"0.0\""})
    EXPECT_EQ(read_ofd_page(object(20, 20, alpha, text_code("无")) + small_table), small_table_picture) << alpha;
}

TEST(OfdSeen, TextInAStampOrAWatermarkIsNoneOfThePages) {
  const std::string mark = object(20, 30, "CTM=\"0.866 -0.5 0.5 0.866 0 0\" Alpha=\"60\"", text_code("内部资料", "DeltaX=\"g 3 12\""));
  EXPECT_EQ(read_ofd_page(mark + small_table), small_table_picture);
  // Of the characters round a stamp the middle one stands upright.
  const std::string stamp = object(22, 46, "CTM=\"0.9 -0.43 0.43 0.9 0 0\"", text_code("财")) + object(28, 43, "", text_code("政")) +
                            object(34, 46, "CTM=\"0.9 0.43 -0.43 0.9 0 0\"", text_code("局"));
  EXPECT_EQ(read_ofd_page(small_table + stamp), small_table_picture);
  // Upright, and as large as no text of a table: its characters stand in cells that are taller.
  const std::string large = object(20, 40, "CTM=\"7 0 0 7 0 0\"", text_code("公开", "DeltaX=\"9\""));
  const std::string tall = path("20 40 120 40", "LineWidth=\"0.3\"", "M 0 0 L 120 0 L 120 40 L 0 40 C M 60 0 L 60 40");
  EXPECT_EQ(read_ofd_page(large + tall + ofd_text(22, 60, "数量指标") + ofd_text(90, 60, "十次")), "▦\n| 数量指标 | 十次 |\n");
}

TEST(OfdSeen, TextOverAPictureIsReadThoughItIsHidden) {
  const std::string scan = "<ofd:ImageObject ID=\"1\" Boundary=\"0 0 210 297\" ResourceID=\"8\"/>";
  std::string texts;
  for (int i = 0; i < 8; ++i) texts += object(20, static_cast<float>(20 + i * 10), "Visible=\"false\"", text_code("项目支出绩效目标表"));
  EXPECT_EQ(read_ofd_page(scan + texts).substr(0, 31), "¶ 项目支出绩效目标表\n");
  EXPECT_EQ(read_ofd_page(texts + small_table), small_table_picture);
}

TEST(OfdSeen, WhatDrawingParametersHideIsNotRead) {
  const std::string params =
      "<ofd:DrawParams><ofd:DrawParam ID=\"5\" Relative=\"6\" LineWidth=\"0.2\"/><ofd:DrawParam ID=\"6\" Relative=\"5\"><ofd:StrokeColor "
      "Value=\"255 255 255\"/></ofd:DrawParam><ofd:DrawParam ID=\"7\"><ofd:FillColor Value=\"255 255 "
      "255\"/></ofd:DrawParam></ofd:DrawParams>";
  const std::string line = path("20 45 60 0.1", "DrawParam=\"5\"", "M 0 0 L 60 0");
  EXPECT_EQ(read_with(line + object(22, 43, "DrawParam=\"7\"", text_code("白字")) + small_table, params), small_table_picture);
  // Those of a layer are its objects', where they have none.
  EXPECT_EQ(read_with(small_table + "</ofd:Layer><ofd:Layer ID=\"8\" DrawParam=\"5\">" + path("20 45 60 0.1", "", "M 0 0 L 60 0"), params),
            small_table_picture);
  EXPECT_EQ(read_with(line + small_table, ""), "▦\n|  |  |\n| 指标 | 目标值 |\n| 数量 | 95% |\n")
      << "parameters that nobody gives hide nothing";
}

TEST(OfdSeen, WhatAClipHidesIsNotReadAndSaid) {
  const std::string clip =
      "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path ID=\"3\" Boundary=\"0 0 14 10\"><ofd:AbbreviatedData>M 0 0 L 13 0 L 13 10 L 0 10 "
      "C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>";
  const std::string frame = path("20 40 40 10", "LineWidth=\"0.3\"", "M 0 0 L 40 0 L 40 10 L 0 10 C M 16 0 L 16 10");
  const std::string bytes = ofd_of_pages({frame + object(22, 42, "", clip + text_code("数量指标的全部说明", "DeltaX=\"g 8 4\""))});
  EXPECT_EQ(read_ofd_bytes(bytes), "▦\n| 数量指 |  |\n");
  const auto layout = read_layout(bytes, Format::ofd);
  ASSERT_TRUE(layout);
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "text-cut");
}

TEST(OfdSeen, APageOnItsSideIsSetUpright) {
  // The whole table a quarter turned, both ways, and upside down.
  for (const char* turn : {"0 1 -1 0 200 0", "0 -1 1 0 0 200", "-1 0 0 -1 200 200"}) {
    OfdSource source;
    source.pages = {"<ofd:CompositeObject ID=\"5\" Boundary=\"0 0 200 200\" CTM=\"" + std::string(turn) + "\" ResourceID=\"30\"/>"};
    source.page_head = "<ofd:Area><ofd:PhysicalBox>0 0 200 200</ofd:PhysicalBox></ofd:Area>";
    source.common = "<ofd:DocumentRes>R.xml</ofd:DocumentRes>";
    source.more = {{"Doc_0/R.xml", "<ofd:Res xmlns:ofd=\"x\"><ofd:CompositeGraphicUnit ID=\"30\"><ofd:Content>" +
                                       ofd_text(60, 30, "绩效目标表", 6) + small_table +
                                       "</ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>"}};
    EXPECT_EQ(read_ofd_bytes(ofd_of(source)), std::string("¶ 绩效目标表\n") + small_table_picture) << turn;
  }
}

TEST(OfdSeen, WhereThePenGoesIsItsReadDirection) {
  const std::string down = object(20, 20, "ReadDirection=\"90\"", text_code("上下"));
  EXPECT_EQ(read_ofd_page(down + ofd_text(20, 60, "其余")), "¶ 上\n¶ 下\n¶ 其余\n");
}

TEST(OfdRules, FramesAndPicturesAndStraightCurvesAreRules) {
  const std::string black = "<ofd:FillColor Value=\"0 0 0\"/>";
  // Each cell's border one fill of two boxes.
  std::string frames;
  for (const char* corner : {"20 40", "50 40", "20 50", "50 50"}) {
    frames += path(std::string(corner) + " 30 10", "Stroke=\"false\" Fill=\"true\" Rule=\"Even-Odd\"",
                   "M 0 0 L 30 0 L 30 10 L 0 10 C M 0.2 0.2 L 0.2 9.8 L 29.8 9.8 L 29.8 0.2 C", black);
  }
  EXPECT_EQ(read_ofd_page(frames + four_texts), four_cells);
  std::string pictures;
  std::string curves;
  for (const char* line : {"20 40 60 0.2", "20 50 60 0.2", "20 60 60 0.2", "20 40 0.2 20", "50 40 0.2 20", "80 40 0.2 20"}) {
    pictures += "<ofd:ImageObject ID=\"1\" Boundary=\"" + std::string(line) + "\" ResourceID=\"8\"/>";
    const bool across = std::string_view(line).substr(6, 2) == "60";
    curves += path(line, "", across ? "M 0 0 B 20 0 40 0 60 0" : "M 0 0 Q 0 10 0 20");
  }
  EXPECT_EQ(read_ofd_page(pictures + four_texts), four_cells);
  EXPECT_EQ(read_ofd_page(curves + four_texts), four_cells);
}

TEST(OfdRules, OperatorsMayStandCloseToTheirNumbers) {
  EXPECT_EQ(read_ofd_page(path("20 40 60 20", "", "M0 0L60 0L60 20L0 20CM0 10L60 10M30 0L30 20") + four_texts), four_cells);
}

TEST(OfdRules, RoundCornersLeaveTheStraightSides) {
  const std::string round = path("20 40 60 20", "",
                                 "M 1 0 L 59 0 Q 60 0 60 1 L 60 19 B 60 20 60 20 59 20 L 1 20 A 1 1 0 0 1 0 19 L 0 1 Q 0 0 1 0 "
                                 "M 0 10 L 60 10 M 30 0 L 30 20");
  EXPECT_EQ(read_ofd_page(round + four_texts), four_cells);
}

TEST(OfdRules, DotsInARowAreOne) {
  std::string dots;
  const auto dot = [&](float x, float y) { dots += ofd_bar(x, y, 0.25F, 0.25F); };
  for (int i = 0; i <= 120; ++i) {
    for (const float y : {40.0F, 50.0F, 60.0F}) dot(20 + static_cast<float>(i) / 2, y);
    if (i > 40) continue;
    for (const float x : {20.0F, 50.0F, 80.0F}) dot(x, 40 + static_cast<float>(i) / 2);
  }
  EXPECT_EQ(read_ofd_page(dots + four_texts), four_cells);
}

}  // namespace
}  // namespace jiheng::reading
