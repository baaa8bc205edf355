// "Damaged, truncated, 10 GB-expanding, 10 000-deep, million-cell and password-protected files give a clear error within 2 s and 256 MB."
#include <gtest/gtest.h>

#include <string>

#include "bounds.h"
#include "office_maker.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

std::string docx_of_xml(std::string xml) {
  return zip_of({{"word/document.xml", std::move(xml), true}});
}

TEST(HostileFiles, TenGigabytesOutOfAFewKilobytes) {
  EXPECT_EQ(read_within_bounds(zip_of({{"word/document.xml", std::string(1 << 20, ' '), true, 0xFFFFFFF0U}})), "expands-too-much");
  EXPECT_EQ(read_within_bounds(zip_of({{"word/document.xml", std::string(1 << 20, ' '), true, 5}})), "expands-too-much");
  EXPECT_EQ(read_within_bounds(docx_of_xml(std::string(120U << 20, ' '))), "expands-too-much");
}

TEST(HostileFiles, AsMuchAsMayBeInflatedAndAllOfItTags) {
  const std::size_t most = 90U << 20;
  EXPECT_EQ(read_within_bounds(docx_of_xml(document_xml(repeated("<w:p/>", most / 6)))), "");
  EXPECT_EQ(read_within_bounds(docx_of_xml(document_xml(repeated("<w:p><w:r><w:t>a</w:t></w:r></w:p>", most / 34)))), "too-large");
  EXPECT_EQ(read_within_bounds(xlsx_of_rows(repeated("<row/>", 1048576))), "");
}

TEST(HostileFiles, TenThousandDeep) {
  EXPECT_EQ(read_within_bounds(docx_of(repeated("<w:sdt><w:sdtContent>", 5000))), "too-deep");
  EXPECT_EQ(read_within_bounds(docx_of(repeated("<w:tbl><w:tr><w:tc>", 5000))), "too-deep");
  EXPECT_EQ(read_within_bounds(repeated("<table><tr><td>", 10000)), "too-deep");
  EXPECT_EQ(read_within_bounds("<html>" + repeated("<div>", 1000000) + "x"), "");
}

TEST(HostileFiles, HeadersAsWideAsASheet) {
  const auto row = [](const std::string& first, std::string_view again, std::size_t times) {
    return "<tr>" + first + repeated("<td>" + std::string(again) + "</td>", times) + "</tr>";
  };
  const auto form = [](const std::string& rows) { return "<h2>2026年部门整体支出绩效目标表</h2><table border=1>" + rows + "</table>"; };
  EXPECT_EQ(read_within_bounds(form(repeated(row("", "年度绩效目标</td><td>", 3000), 30))), "");
  EXPECT_EQ(read_within_bounds(form(repeated(row("<td>指标值</td>", "一级指标", 6000) + row("<td></td>", "二级指标", 6000), 15))), "");
  EXPECT_EQ(read_within_bounds(form(repeated(row("", "基本支出</td><td>", 4000) + row("<td></td>", "基本支出</td><td>", 3999), 12))), "");
}

TEST(HostileFiles, AMillionFramesInAPageOfOneFile) {
  const std::string head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n";
  const auto page = [](std::string_view place, const std::string& html) {
    return "--b\nContent-Type: text/html\nContent-Location: " + std::string(place) + "\n\n" + html + "\n";
  };
  std::string others;
  std::string nested;
  for (int i = 0; i < 1500; ++i) {
    const std::string own = "p" + std::to_string(i);
    others += page(own, "<p>x</p>");
    nested += page(own, "<iframe src=\"p" + std::to_string(i + 1) + "\">" + std::string(5000, 'x'));
  }
  EXPECT_EQ(read_within_bounds(head + page("a", "<html>" + repeated("<iframe ", 1000000)) + others + "--b--\n"), "");
  EXPECT_EQ(read_within_bounds(head + page("a", "<html>" + repeated("<iframe src=q>", 500000)) + others + "--b--\n"), "");
  EXPECT_EQ(read_within_bounds(head + nested + "--b--\n"), "");
}

TEST(HostileFiles, AMillionCells) {
  EXPECT_EQ(read_within_bounds(docx_of("<w:tbl>" + repeated("<w:tr>" + repeated("<w:tc/>", 10) + "</w:tr>", 100000) + "</w:tbl>")),
            "too-many-cells");
  EXPECT_EQ(read_within_bounds(docx_of("<w:tbl><w:tr>" + repeated("<w:tc/>", 1000000) + "</w:tr></w:tbl>")), "too-many-cells");
  EXPECT_EQ(read_within_bounds(xlsx_of_rows(repeated("<row>" + repeated("<c><v>1</v></c>", 10) + "</row>", 100000))), "too-many-cells");
  EXPECT_EQ(read_within_bounds("<table>" + repeated("<tr><td>1<td>2", 500000)), "too-many-cells");
  EXPECT_EQ(read_within_bounds(repeated("1\t2\n", 500000)), "too-many-cells");
  EXPECT_EQ(read_within_bounds(repeated("1,2\n", 500000)), "too-many-cells");
  EXPECT_EQ(read_within_bounds(repeated("a\n", 1000000)), "too-large");
}

TEST(HostileFiles, LinesThatNearlyAgreeOnTheirColumns) {
  std::string text;
  for (int i = 0; i < 300000; ++i) text += repeated("a  ", 3 + i % 7) + repeated(" ", i % 5) + "b\n";
  EXPECT_EQ(read_within_bounds(text), "too-many-cells");
  text.clear();
  for (int i = 0; i < 300000; ++i) text += i % 3 == 0 ? "a  b   c  d\n" : "a  b\n";
  EXPECT_EQ(read_within_bounds(text), "too-many-cells");
}

TEST(HostileFiles, SpansThatClaimTheWorld) {
  EXPECT_EQ(read_within_bounds("<table>" + repeated("<tr>" + repeated("<td colspan=1000 rowspan=65534>a", 50), 400)), "too-many-cells");
  EXPECT_EQ(read_within_bounds("<table>" + repeated("<tr><td colspan=1000 rowspan=65534>a", 10000)), "too-many-cells");
  EXPECT_EQ(read_within_bounds(docx_of("<w:tbl>" +
                                       repeated("<w:tr><w:trPr><w:gridBefore w:val=\"99999\"/></w:trPr>" +
                                                    word_cell("a", "<w:gridSpan w:val=\"99999\"/>") + "</w:tr>",
                                                1000) +
                                       "</w:tbl>")),
            "too-many-cells");
}

TEST(HostileFiles, AMillionMergesOfAWholeSheet) {
  std::string rows;
  for (int i = 0; i < 100; ++i) rows += "<row>" + repeated("<c><v>1</v></c>", 100) + "</row>";
  EXPECT_EQ(
      read_within_bounds(xlsx_of_rows(rows, "<mergeCells>" + repeated("<mergeCell ref=\"A1:XFD1048576\"/>", 1000000) + "</mergeCells>")),
      "");
}

TEST(HostileFiles, CellsAtTheFourCornersOfTheSheet) {
  const auto corner = [](const char* at) { return "<c r=\"" + std::string(at) + "\"><v>1</v></c>"; };
  EXPECT_EQ(read_within_bounds(xlsx_of_rows("<row r=\"1\">" + corner("A1") + corner("XFD1") + "</row><row r=\"1048576\">" +
                                            corner("A1048576") + corner("XFD1048576") + "</row>")),
            "");
}

TEST(HostileFiles, QuotesTagsAndReferencesThatNeverEnd) {
  const std::size_t times = 1000000;
  EXPECT_EQ(read_within_bounds("<html>" + repeated("<a b=\"", times)), "");
  EXPECT_EQ(read_within_bounds("<html>" + repeated("<a b='\">", times)), "");
  EXPECT_EQ(read_within_bounds("<html>" + repeated("<!", times)), "");
  EXPECT_EQ(read_within_bounds("<html>" + repeated("<!--", times)), "");
  EXPECT_EQ(read_within_bounds("<html>" + repeated("<", times)), "");
  EXPECT_EQ(read_within_bounds("<html>" + repeated("<script>", times)), "");
  EXPECT_EQ(read_within_bounds("<html>" + repeated("<p hidden>", times)), "");
  EXPECT_EQ(read_within_bounds("<html>" + repeated("&#", times) + repeated("&amp", times)), "");
  EXPECT_EQ(read_within_bounds("<html><a " + repeated("style ", times) + "hidden=none>"), "");
  EXPECT_EQ(read_within_bounds("甲,乙\n丙,丁\n" + repeated("\"a\"\"b,", times)), "too-many-cells");
  EXPECT_EQ(read_within_bounds("甲\t乙\n" + repeated("\"\t", times)), "too-many-cells");
  EXPECT_EQ(read_within_bounds("甲\t乙\n" + repeated("\"\n", times)), "too-large");
}

TEST(HostileFiles, OneEndlessLine) {
  EXPECT_EQ(read_within_bounds(repeated("绩效目标", 2000000)), "");
  EXPECT_EQ(read_within_bounds(repeated("甲  ", 4000000)), "");
  EXPECT_EQ(read_within_bounds(repeated("|", 20000000)), "");
  EXPECT_EQ(read_within_bounds("<html><p>" + repeated("绩效目标 ", 2000000)), "");
  EXPECT_EQ(read_within_bounds(docx_of(word_paragraph(repeated("绩效目标", 2000000)))), "");
}

TEST(HostileFiles, EveryTruncationAndManyDamagesAreErrorsOrRead) {
  const std::string html = "<html><meta charset=utf-8><table><tr><td rowspan=2 style='display:none'>绩效&ge;5</td><td>甲</td></tr></table>";
  const std::string docx =
      docx_of("<w:tbl><w:tr>" + word_cell("成本", "<w:vMerge w:val=\"restart\"/>") + word_cell("甲") + "</w:tr></w:tbl>");
  const std::string xlsx = xlsx_of_rows("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>甲</t></is></c></row>",
                                        "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>");
  for (const std::string& file : {html, docx, xlsx}) {
    for (std::size_t at = 0; at < file.size(); ++at) {
      const Document cut = read_document(std::string_view(file).substr(0, at), "cut");
      EXPECT_TRUE(cut.error || cut.tables.empty());
      std::string damaged = file;
      for (const char byte : {'\0', '\xFF', '<', '"'}) {
        damaged[at] = byte;
        const Document document = read_document(damaged, "damaged");
        EXPECT_TRUE(!document.error || !document.error->message.empty());
      }
    }
  }
}

}  // namespace
}  // namespace jiheng::reading
