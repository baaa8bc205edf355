// "Damaged office files end in a table, no table or a clear error: no crash, no hang", for xls, doc, rtf and mhtml.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "bounds.h"
#include "old_office_maker.h"
#include "reading/reader.h"
#include "word_maker.h"

namespace jiheng::reading {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream in("tests/reading/fixtures/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string workbook(std::string records, std::string_view globals = "") {
  return compound_of({{"Workbook", biff_workbook({{u"表", std::move(records)}}, globals)}});
}

std::string at(std::uint32_t row, std::uint32_t column) {
  return little16(row) + little16(column) + little16(0);
}

TEST(HostileOfficeFiles, SectorsThatLeadInACircleOrNowhere) {
  std::string records;
  for (std::uint16_t row = 0; row < 500; ++row) records += biff_label(row, 0, u"绩效目标");
  const std::string sound = workbook(records);
  const std::size_t table = sound.size() - 512;
  for (std::size_t entry = 0; entry < 20; ++entry) {
    for (const std::uint32_t next : {0U, 3U, 10U, 100U, 0xFFFFFFU, 0xFFFFFFFEU, 0xFFFFFFFFU}) {
      std::string damaged = sound;
      damaged.replace(table + entry * 4, 4, little32(next));
      const Document document = read_document(damaged, "file");
      EXPECT_TRUE(document.error || document.tables.empty());
    }
  }
  for (std::size_t byte = 24; byte < 100; ++byte) {
    for (const char value : {'\0', '\1', '\x7F', '\xFF'}) {
      std::string damaged = sound;
      damaged[byte] = value;
      const Document document = read_document(damaged, "file");
      EXPECT_TRUE(document.error || document.tables.empty());
    }
  }
}

TEST(HostileOfficeFiles, AFileThatWasCutSaysSo) {
  for (const char* name : {"xls/form.xls", "doc/form.doc"}) {
    const std::string file = fixture(name);
    for (std::size_t length = 600; length + 512 < file.size(); length += 256) {
      const std::string cut = file.substr(0, length);
      EXPECT_EQ(read_within_bounds(cut), "damaged") << name << " cut to " << length;
      if (HasFailure()) return;
    }
  }
}

TEST(HostileOfficeFiles, ADirectoryThatLeadsInACircle) {
  std::string file = compound_of({{"Workbook", biff_workbook({{u"表", biff_number(0, 0, 1)}})}, {"A", "x"}, {"B", "y"}});
  const std::size_t at_name = file.find(std::string("W\0o\0r\0k\0b\0o\0o\0k\0", 16));
  for (const std::size_t link : {68U, 72U, 76U}) {
    for (const std::uint32_t to : {0U, 1U, 2U, 3U, 4000000000U}) {
      std::string damaged = file;
      damaged.replace(at_name + link, 4, little32(to));
      EXPECT_EQ(read_within_bounds(damaged), "");
    }
  }
}

TEST(HostileOfficeFiles, TextsThatClaimTheWorld) {
  EXPECT_EQ(read_within_bounds(workbook("", biff(0x00FC, little32(0xFFFFFFFF) + little32(0xFFFFFFFF) + std::string(8000, '\0')))), "");
  EXPECT_EQ(read_within_bounds(workbook(
                "", biff(0x00FC, little32(1) + little32(1) + little16(0xFFFF) + '\x0C' + little16(0xFFFF) + little32(0xFFFFFFFF)))),
            "");
  std::string strings = biff(0x00FC, little32(1) + little32(0xFFFFFFFF));
  for (int i = 0; i < 700; ++i) strings += biff(0x003C, std::string(8000, '\0'));
  EXPECT_EQ(read_within_bounds(workbook("", strings)), "");
  strings = biff(0x00FC, little32(1) + little32(1) + little16(0xFFFF) + '\0');
  for (int i = 0; i < 1000000; ++i) strings += biff(0x003C, "\1");
  EXPECT_EQ(read_within_bounds(workbook(biff(0x00FD, at(0, 0) + little32(0)), strings)), "damaged");
}

TEST(HostileOfficeFiles, SheetsCellsAndMergesInTheirMillions) {
  std::string records;
  for (std::uint32_t i = 0; i < 300000; ++i) records += biff(0x0203, at(i / 200, i % 200) + little32(0) + little32(0x3FF00000));
  EXPECT_EQ(read_within_bounds(workbook(records)), "too-many-cells");
  records = biff_number(0, 0, 1) + biff_number(65535, 255, 1);
  EXPECT_EQ(read_within_bounds(workbook(records)), "");
  for (int i = 0; i < 100; ++i) {
    std::string areas = little16(1000);
    for (int k = 0; k < 1000; ++k) areas += little16(0) + little16(0xFFFF) + little16(0) + little16(0xFFFF);
    records += biff(0x00E5, areas);
  }
  EXPECT_EQ(read_within_bounds(workbook(records)), "");
  // Many sheets at one place, each with many cells.
  std::vector<BiffSheet> sheets(1500, {u"表", "", 0, 0});
  for (std::uint16_t i = 0; i < 150; ++i) sheets[0].records += biff_number(i, 0, 1);
  std::string stream = biff_workbook(sheets);
  const std::string first = stream.substr(stream.find(biff(0x0085, "").substr(0, 2), 20) + 4, 4);
  for (std::size_t found = stream.find("\x85"); found != std::string::npos && found < 40000; found = stream.find("\x85", found + 1)) {
    if (stream[found + 1] == '\0') stream.replace(found + 4, 4, first);
  }
  read_within_bounds(compound_of({{"Workbook", stream}}));
}

TEST(HostileOfficeFiles, ADocumentThatIsAllMarks) {
  EXPECT_EQ(read_within_bounds(doc_of({{plain(std::u16string(5000000, u'\x0D'))}, {}, {}, "", "", true})), "too-large");
  EXPECT_EQ(read_within_bounds(doc_of({{plain(std::u16string(600000, u'\x07'))}, {}, {}, "", "", true})), "too-many-cells");
  EXPECT_EQ(read_within_bounds(doc_of({{plain(std::u16string(5000000, u'\x13'))}, {}, {}, "", "", true})), "");
  EXPECT_EQ(read_within_bounds(doc_of({{plain(std::u16string(3000000, u'绩'))}, {}, {}, "", ""})), "");
}

TEST(HostileOfficeFiles, TablesInTablesWithoutEnd) {
  DocSource source;
  for (std::uint32_t depth = 1; depth < 400; ++depth) {
    DocParagraph paragraph = plain(u"a");
    paragraph.modifiers = modifier(0x2416, "\1") + modifier(0x6649, little32(depth));
    source.main.push_back(paragraph);
  }
  EXPECT_EQ(read_within_bounds(doc_of(source)), "too-deep");
  source.main.resize(1);
  source.main[0].modifiers = modifier(0x6649, little32(0x7FFFFFFF));
  EXPECT_EQ(read_within_bounds(doc_of(source)), "too-deep");
  source.main[0].modifiers = modifier(0x646B, little32(0));
  source.data = little16(6) + modifier(0x646B, little32(0));  // a list that names itself
  EXPECT_EQ(read_within_bounds(doc_of(source)), "");
}

TEST(HostileOfficeFiles, PiecesThatAllClaimTheSameText) {
  const std::string sound = doc_of({{plain(std::u16string(100000, u'a'))}, {}, {}, "", "", true});
  const std::size_t clx = sound.find(std::string("\2\x10\0\0\0\0\0\0\0", 9));
  ASSERT_NE(clx, std::string::npos);
  for (std::size_t byte = clx; byte < clx + 21; ++byte) {
    for (const char value : {'\0', '\1', '\x7F', '\xFF'}) {
      std::string damaged = sound;
      damaged[byte] = value;
      const Document document = read_document(damaged, "file");
      EXPECT_TRUE(document.error || document.tables.empty());
    }
  }
}

TEST(HostileOfficeFiles, RtfGroupsCellsAndBytesWithoutEnd) {
  const auto rtf = [](std::string_view part, std::size_t times) {
    std::string out = "{\\rtf1 ";
    for (std::size_t i = 0; i < times; ++i) out += part;
    return out;
  };
  EXPECT_EQ(read_within_bounds(rtf("{", 1000000)), "too-deep");
  EXPECT_EQ(read_within_bounds(rtf("{}", 5000000)), "");
  EXPECT_EQ(read_within_bounds(rtf("\\par", 1000000)), "too-large");
  EXPECT_EQ(read_within_bounds(rtf("a\\cell ", 500000)), "too-many-cells");
  EXPECT_EQ(read_within_bounds(rtf("\\trowd\\cellx1\\cellx99\\intbl a\\cell b\\cell\\row ", 150000)), "too-many-cells");
  EXPECT_EQ(read_within_bounds(rtf("\\cellx1", 1000000)), "");
  EXPECT_EQ(read_within_bounds(rtf("\\itap99999 a\\nestcell\\nestrow", 1)), "too-deep");
  EXPECT_EQ(read_within_bounds(rtf("\\u1?", 3000000)), "");
  EXPECT_EQ(read_within_bounds(rtf("\\bin99999999 ", 10)), "");
  EXPECT_EQ(read_within_bounds(rtf("{\\f0\\fcharset134 a;}", 500000)), "");
}

TEST(HostileOfficeFiles, MailsOfNothingButBoundaries) {
  std::string mail = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n";
  const std::string head = mail;
  for (int i = 0; i < 2000000; ++i) mail += "--b\n";
  EXPECT_EQ(read_within_bounds(mail), "damaged");
  mail = head;
  for (int i = 0; i < 500000; ++i) mail += "--b\nContent-Type: text/html\n\n";
  EXPECT_EQ(read_within_bounds(mail), "");
  mail = head;
  for (int i = 0; i < 100; ++i) mail += "--b\nContent-Type: multipart/mixed; boundary=\"\"\n\n";
  EXPECT_EQ(read_within_bounds(mail), "damaged");
}

TEST(HostileOfficeFiles, EveryTruncationAndManyDamagesAreErrorsOrRead) {
  for (const char* name : {"xls/form.xls", "doc/form.doc", "rtf/form.rtf", "mhtml/form.mht"}) {
    const std::string file = fixture(name);
    ASSERT_FALSE(file.empty()) << name;
    const std::size_t step = file.size() / 1200 + 1;
    for (std::size_t byte = 0; byte < file.size(); byte += step) {
      const Document cut = read_document(std::string_view(file).substr(0, byte), "cut");
      EXPECT_TRUE(!cut.error || !cut.error->message.empty());
      std::string damaged = file;
      for (const char value : {'\0', '\xFF', '\7', '{'}) {
        damaged[byte] = value;
        const Document document = read_document(damaged, "damaged");
        EXPECT_TRUE(!document.error || !document.error->message.empty());
      }
    }
  }
}

}  // namespace
}  // namespace jiheng::reading
