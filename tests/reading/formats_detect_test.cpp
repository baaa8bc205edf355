#include <gtest/gtest.h>

#include <string>

#include "bounds.h"
#include "office_maker.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

/// The start of a compound file (OLE2) whose directory names these streams.
std::string compound_file(std::initializer_list<std::string> streams) {
  std::string file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  file += std::string(1016, '\0');
  for (const std::string& name : streams) {
    for (const char c : name) file += std::string(1, c) + '\0';
    file += std::string(128 - 2 * name.size(), '\0');
  }
  return file;
}

std::string error_of(std::string_view bytes) {
  const auto layout = read_layout(bytes, detect_format(bytes));
  return layout ? "" : layout.error().code;
}

TEST(DetectFormat, OfficeFilesByWhatTheZipHolds) {
  EXPECT_EQ(detect_format(docx_of("")), Format::docx);
  EXPECT_EQ(detect_format(xlsx_of_rows("")), Format::xlsx);
  EXPECT_EQ(detect_format(zip_of({{"OFD.xml", ""}})), Format::ofd);
  EXPECT_EQ(detect_format(zip_of({{"某单位.docx", ""}})), Format::zip);
}

TEST(DetectFormat, CompoundFilesByTheirStreams) {
  EXPECT_EQ(detect_format(compound_file({"Root Entry", "WordDocument"})), Format::doc);
  EXPECT_EQ(detect_format(compound_file({"Root Entry", "Workbook"})), Format::xls);
  EXPECT_EQ(detect_format("%PDF-1.7\n"), Format::pdf);
}

TEST(DetectFormat, AWebPageIsOneWhateverItsName) {
  EXPECT_EQ(detect_format("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body><table><tr><td>1</td></tr></table>"),
            Format::html);
  EXPECT_EQ(detect_format("\n  <!DOCTYPE HTML><p>x"), Format::html);
  EXPECT_EQ(detect_format("<div><p>题</p><TABLE><tr><td>甲</td></tr></TABLE></div>"), Format::html);
}

TEST(DetectFormat, TextsByTheirSeparators) {
  EXPECT_EQ(detect_format("甲\t乙\n丙\t丁\n"), Format::tsv);
  EXPECT_EQ(detect_format("甲,乙\n\"丙,\n己\",丁\n"), Format::csv);
  EXPECT_EQ(detect_format("保障财政业务，确保安全。\n指标 <5 个, 其他\n"), Format::text);
  EXPECT_EQ(detect_format(std::string("\0\1\2\3\4\5\6\7\b picture", 17)), Format::unknown);
}

TEST(DetectFormat, TablesOneBelowAnotherMayHaveAsManyColumnsAsTheyLike) {
  EXPECT_EQ(detect_format(repeated("甲,乙,丙\n", 12) + repeated("甲,乙,丙,丁,戊\n", 12)), Format::csv);
  EXPECT_EQ(detect_format(repeated("甲,乙\n甲,乙,丙,丁\n甲,乙,丙\n", 12)), Format::text);
}

TEST(DetectFormat, WhatIsNotReadYetIsNamedAndSoIsWhatToDo) {
  for (const std::string& bytes : {zip_of({{"a.txt", ""}})}) {
    EXPECT_EQ(error_of(bytes), "unsupported-format");
  }
}

TEST(DetectFormat, DocumentsOfOtherProgramsAreNamed) {
  const auto sentence = [](std::string part) {
    const std::string file = zip_of({{std::move(part), ""}});
    return read_layout(file, detect_format(file)).error().message;
  };
  EXPECT_NE(sentence("xl/workbook.bin").find("xlsb"), std::string::npos);
  EXPECT_NE(sentence("content.xml").find("OpenDocument"), std::string::npos);
  EXPECT_NE(sentence("ppt/presentation.xml").find("PowerPoint"), std::string::npos);
}

TEST(DetectFormat, AnErrorsSentenceNamesItsPlace) {
  WorkbookSource source;
  source.strings = {"<t>甲</t>"};
  source.sheets.push_back({"项目支出", "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>7</v></c></row>", "", ""});
  const Document document = read_document(xlsx_of(source), "a.xlsx");
  ASSERT_TRUE(document.error.has_value());
  EXPECT_NE(document.error->message.find("项目支出"), std::string::npos);
  EXPECT_NE(document.error->message.find("B3"), std::string::npos);
}

TEST(DetectFormat, AFileWithAPasswordIsSaidToHaveOne) {
  EXPECT_EQ(error_of(compound_file({"Root Entry", "EncryptionInfo", "EncryptedPackage"})), "encrypted");
}

TEST(DetectFormat, EmptyAndUnknownFiles) {
  EXPECT_EQ(error_of(""), "empty-file");
  EXPECT_EQ(error_of(" \r\n\t"), "empty-file");
  EXPECT_EQ(error_of(std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\6\0\0\0", 29)), "damaged");
  EXPECT_EQ(error_of("\x7F"
                     "ELF\x02\x01\x01\x03\x03\x03\x03\x04"),
            "unknown-format");
}

TEST(DetectFormat, AFileBeyondTheLimitIsNotOpened) {
  Limits limits;
  limits.file_bytes = 10;
  const auto layout = read_layout("甲乙丙丁戊", Format::text, limits);
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, "too-large");
}

}  // namespace
}  // namespace jiheng::reading
