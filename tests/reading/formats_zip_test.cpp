#include <gtest/gtest.h>

#include <string>

#include "base/text.h"
#include "office_maker.h"
#include "reading/archive.h"
#include "reading/xml.h"
#include "reading/zip.h"

namespace jiheng::reading {
namespace {

std::string code_of(std::string_view bytes, std::string_view entry, Limits limits = {}) {
  auto archive = ZipArchive::open(bytes, limits);
  if (!archive) return archive.error().code;
  const auto* found = archive->find(entry);
  if (found == nullptr) return "absent";
  const auto content = archive->extract(*found);
  return content ? *content : content.error().code;
}

TEST(Zip, StoredAndDeflatedEntriesComeOut) {
  const std::string file = zip_of({{"a.xml", "甲"}, {"b.xml", "乙乙乙乙乙乙乙乙乙", true}});
  EXPECT_EQ(code_of(file, "a.xml"), "甲");
  EXPECT_EQ(code_of(file, "b.xml"), "乙乙乙乙乙乙乙乙乙");
  EXPECT_EQ(code_of(file, "c.xml"), "absent");
}

TEST(Zip, NamesAreFoundInAnyCaseAndWithEitherSlash) {
  EXPECT_EQ(code_of(zip_of({{"Word\\Document.XML", "甲"}}), "word/document.xml"), "甲");
}

TEST(Zip, BytesBehindTheArchiveDoNotHurt) {
  EXPECT_EQ(code_of(zip_of({{"a", "甲"}}) + std::string(10, '\0'), "a"), "甲");
}

TEST(Zip, AWrongSumIsDamage) {
  EXPECT_EQ(code_of(zip_of({{"a", "甲", false, 0, false, true}}), "a"), "damaged");
  EXPECT_EQ(code_of(zip_of({{"a", "甲", true, 0, false, true}}), "a"), "damaged");
}

TEST(Zip, AnEncryptedEntryIsSaidToBe) {
  EXPECT_EQ(code_of(zip_of({{"a", "甲", false, 0, true, false}}), "a"), "encrypted");
}

TEST(Zip, AnEntryLargerThanItClaimsOrMayBeIsRefused) {
  const std::string text(100000, 'x');
  EXPECT_EQ(code_of(zip_of({{"a", text, true, 10}}), "a"), "expands-too-much");
  EXPECT_EQ(code_of(zip_of({{"a", text, true, 3'000'000'000U}}), "a"), "expands-too-much");
  EXPECT_EQ(code_of(zip_of({{"a", text, true, 90'000'000U}}), "a"), "expands-too-much");
  Limits limits;
  limits.inflated_bytes = 99999;
  EXPECT_EQ(code_of(zip_of({{"a", text, true}}), "a", limits), "expands-too-much");
}

TEST(Zip, TheLimitIsOfAllEntriesTogether) {
  Limits limits;
  limits.inflated_bytes = 150;
  const std::string file = zip_of({{"a", std::string(100, 'x'), true}, {"b", std::string(100, 'y'), true}});
  auto archive = ZipArchive::open(file, limits);
  ASSERT_TRUE(archive);
  EXPECT_TRUE(archive->extract(archive->entries()[0]));
  const auto second = archive->extract(archive->entries()[1]);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "expands-too-much");
}

TEST(Zip, ANameThatIsNoTextIsNamedInTextAllTheSame) {
  const std::string file = zip_of({{"\x8A\x8D.xml", "甲", false, 0, false, true}});
  auto archive = ZipArchive::open(file, {});
  ASSERT_TRUE(archive);
  const auto content = archive->extract(archive->entries()[0]);
  ASSERT_FALSE(content);
  EXPECT_TRUE(is_valid_utf8(content.error().message));
}

TEST(Zip, EntriesThatShareBytesAreRefused) {
  std::string file = zip_of({{"a", "甲甲"}, {"b", "乙乙"}});
  const std::size_t second = file.rfind("PK\x01\x02");
  file.replace(second + 42, 4, std::string(4, '\0'));  // both at offset 0
  EXPECT_EQ(code_of(file, "a"), "expands-too-much");
}

TEST(Zip, MoreEntriesThanTheLimitAreRefused) {
  Limits limits;
  limits.zip_entries = 1;
  EXPECT_EQ(code_of(zip_of({{"a", "甲"}, {"b", "乙"}}), "a", limits), "too-large");
}

TEST(Zip, AnAbsurdZip64DirectoryIsDamage) {
  std::string file = zip_of({{"a", "甲"}});
  const std::size_t end = file.rfind("PK\x05\x06");
  std::string locator("PK\x06\x07", 4);
  locator += std::string(4, '\0') + std::string(8, '\xEE') + std::string(4, '\0');
  file.insert(end, locator);
  file.replace(end + 20 + 8, 4, std::string(4, '\xFF'));
  EXPECT_EQ(code_of(file, "a"), "damaged");
}

/// How many of them came out, and the code of the last one's trouble.
std::pair<std::size_t, std::string> unpacked(const std::vector<Part>& inner) {
  std::size_t sound = 0;
  std::string code;
  for (const PackedFile& file : unpack({{"a.zip", zip_of(inner)}})) {
    sound += file.trouble ? 0 : 1;
    code = file.trouble ? file.trouble->code : "";
  }
  return {sound, code};
}

TEST(Archive, ZipsWithinAZipShareItsLimits) {
  const std::string large = zip_of({{"a.txt", std::string(60U << 20, 'a'), true}});
  EXPECT_EQ(unpacked(std::vector<Part>(5, {"b.zip", large})), (std::pair<std::size_t, std::string>(4, "expands-too-much")));
  const std::string many = zip_of(std::vector<Part>(4000, {"a.txt", ""}));
  EXPECT_EQ(unpacked(std::vector<Part>(3, {"b.zip", many})), (std::pair<std::size_t, std::string>(8000, "too-large")));
}

TEST(Zip, EveryTruncationIsAnErrorOrWholesome) {
  const std::string file = zip_of({{"a", "甲", true}, {"b", "乙"}});
  for (std::size_t length = 0; length < file.size(); ++length) {
    const std::string code = code_of(std::string_view(file).substr(0, length), "a");
    EXPECT_EQ(code, "damaged") << length;
  }
}

std::string scanned(std::string_view xml, std::size_t depth = 10) {
  XmlScanner scanner(xml, "part.xml", depth);
  std::string out;
  for (;;) {
    switch (scanner.next()) {
      case XmlScanner::Event::start:
        out += "<" + std::string(scanner.name()) + ">";
        break;
      case XmlScanner::Event::end:
        out += "</" + std::string(scanner.name()) + ">";
        break;
      case XmlScanner::Event::text:
        scanner.append_text(out);
        break;
      case XmlScanner::Event::finish:
        return out;
      case XmlScanner::Event::failed:
        return scanner.error().code;
    }
  }
}

TEST(Xml, ElementsTextAndCdata) {
  EXPECT_EQ(scanned("\xEF\xBB\xBF<?xml version='1.0'?><!-- <x> --><a><w:b c='>'/>甲<![CDATA[<乙>&lt;]]></a>\n"),
            "<a><b></b>甲<乙>&lt;</a>");
}

TEST(Xml, AttributesByLocalName) {
  XmlScanner scanner("<w:a w:val=\"1\" x:val='2' r:id = \"rId&amp;3\" w:none=\"\"/>", "p", 10);
  ASSERT_EQ(scanner.next(), XmlScanner::Event::start);
  EXPECT_EQ(scanner.attribute("val"), "1");
  EXPECT_EQ(XmlScanner::unescaped(scanner.attribute("id")), "rId&3");
  EXPECT_TRUE(scanner.has_attribute("none"));
  EXPECT_FALSE(scanner.has_attribute("other"));
}

TEST(Xml, EntitiesOfADocumentTypeAreNeverExpanded) {
  EXPECT_EQ(scanned("<!DOCTYPE a [<!ENTITY x \"yyyyyyyy\"><!ENTITY z SYSTEM \"file:///etc/passwd\">]><a>&x;&z;</a>"), "<a>&x;&z;</a>");
}

TEST(Xml, WhatDoesNotMatchOrEndIsDamage) {
  for (const char* xml :
       {"<a>", "<a", "<a b=\"", "<a></b>", "</a>", "<a><b></a></b>", "<!--", "<a><![CDATA[x", "<>", "< a/>", "<a <b/>", "<?xml"})
    EXPECT_EQ(scanned(xml), "damaged") << xml;
}

TEST(Xml, AnErrorNamesTheTagInWholeCharacters) {
  XmlScanner scanner("<a></一二三四五六七八九十一二三四五六七八九十>", "p", 10);
  scanner.next();
  ASSERT_EQ(scanner.next(), XmlScanner::Event::failed);
  EXPECT_TRUE(is_valid_utf8(scanner.error().message));
}

std::string behind_skipped(std::string_view xml, std::string_view mark = "") {
  XmlScanner scanner(xml, "p", 10);
  scanner.next();
  scanner.next();
  bool marked = false;
  if (!scanner.skip_element(mark, marked)) return scanner.error().code;
  std::string out = marked ? "marked " : "";
  while (scanner.next() == XmlScanner::Event::start || scanner.depth() > 1) out += std::string(scanner.name()) + " ";
  return out;
}

TEST(Xml, AnElementIsSkippedWithAllThatIsInIt) {
  EXPECT_EQ(behind_skipped("<a><b/><c/></a>"), "c c ");
  EXPECT_EQ(behind_skipped("<a><b><x></x><bb/></b><c/></a>"), "c c ");
  EXPECT_EQ(behind_skipped("<a><b x='>'><b><b/></b><!-- </b> --><![CDATA[</b>]]></b ><c/></a>"), "c c ");
  EXPECT_EQ(behind_skipped("<a><b><c/></a>"), "damaged");
  EXPECT_EQ(behind_skipped("<a><b><!-- </b></a>"), "damaged");
}

TEST(Xml, SkippingStopsWhereAMarkIsInside) {
  EXPECT_EQ(behind_skipped("<a><b><m/></b></a>", "m"), "marked m m b ");
  EXPECT_EQ(behind_skipped("<a><b><mm/></b><c/></a>", "m"), "c c ");
}

TEST(Xml, WhatIsAheadMayBePassedByWholeElements) {
  XmlScanner scanner("<a><b x='1'>text</b><c/> </a>", "p", 4);
  EXPECT_EQ(scanner.ahead(), "");  // outside the root
  ASSERT_EQ(scanner.next(), XmlScanner::Event::start);
  ASSERT_EQ(scanner.ahead(), "<b x='1'>text</b><c/> </a>");
  scanner.pass(std::string_view("<b x='1'>text</b>").size());
  ASSERT_EQ(scanner.next(), XmlScanner::Event::start);
  EXPECT_EQ(scanner.name(), "c");
  EXPECT_EQ(scanner.ahead(), "");  // its end comes, which has no bytes
  ASSERT_EQ(scanner.next(), XmlScanner::Event::end);
  EXPECT_EQ(scanner.ahead(), " </a>");
}

TEST(Xml, NothingIsAheadWhereThreeMoreLevelsAreTooDeep) {
  XmlScanner scanner("<a><b/></a>", "p", 3);
  ASSERT_EQ(scanner.next(), XmlScanner::Event::start);
  EXPECT_EQ(scanner.ahead(), "");
}

TEST(Xml, TooDeepIsAnErrorOfItsOwn) {
  EXPECT_EQ(scanned("<a><b><c/></b></a>", 3), "<a><b><c></c></b></a>");
  EXPECT_EQ(scanned("<a><b><c/></b></a>", 2), "too-deep");
}

TEST(Xml, ReferencesOfFiveDigitsAreCharactersAndTheirLikeAreNot) {
  EXPECT_EQ(scanned("<a>&#24180;&#24230;&#25351;&#26631;95%</a>"), "<a>年度指标95%</a>");
  EXPECT_EQ(scanned("<a>&#02048;&#55295;&#65289;</a>"), "<a>\u0800\uD7FF）</a>");
  EXPECT_EQ(scanned("<a>&#00065;&#2418:;&#2418/;&#2418a;&#24180,&24180;;&#24180</a>"),
            "<a>A&#2418:;&#2418/;&#2418a;&#24180,&24180;;&#24180</a>");
}

TEST(Xml, ReferencesOutsideUnicodeBecomeTheReplacementCharacter) {
  EXPECT_EQ(scanned("<a>&#0;&#xD800;&#99999999;&#;&;&</a>"), "<a>\uFFFD\uFFFD&#99999999;&#;&;&</a>");
}

}  // namespace
}  // namespace jiheng::reading
