// The objects of a PDF: found by our own reading where the file is written to the letter, by qpdf where it is not, and the same either way.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "pdf_maker.h"
#include "pdf_pages.h"
#include "reading/formats/pdf/plain_objects.h"
#include "reading/formats/pdf/value_parser.h"

namespace jiheng::reading::pdf {
namespace {

bool is_plain(std::string_view bytes) {
  bool full = false;
  return PlainObjects::open(bytes, full) != nullptr;
}

/// Behind a sound file an object in its place, a table that tells of it alone, and entries for the trailer.
std::string updated(const std::string& file, int number, const std::string& object, const std::string& table_of_all) {
  const std::size_t mark = file.rfind("startxref");
  const std::string before = file.substr(mark + 10, file.find('\n', mark + 10) - mark - 10);
  std::string out = file + std::to_string(number) + " 0 obj\n" + object + "\nendobj\n";
  char entry[32];
  std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", file.size());
  const std::string start = std::to_string(out.size());
  out += "xref\n" + std::to_string(number) + " 1\n" + entry + "trailer\n<< " + table_of_all + " /Prev " + before + " >>\nstartxref\n" +
         start + "\n%%EOF\n";
  return out;
}

std::string with(std::string file, std::string_view from, std::string_view to) {
  const std::size_t at = file.find(from);
  return at == std::string::npos ? file : file.replace(at, from.size(), to);
}

std::string page_with_text() {
  return PdfMaker().page("BT /F1 12 Tf 50 700 Td (Total 120) Tj ET");
}

TEST(PdfObjects, AFileToTheLetterNeedsNoMending) {
  EXPECT_TRUE(is_plain(page_with_text()));
  EXPECT_EQ(text_of(page_with_text()), "Total 120");
}

TEST(PdfObjects, FilesOfManyProducersAreTheSameMended) {
  for (const auto& entry : std::filesystem::directory_iterator("tests/reading/fixtures/pdf")) {
    if (entry.path().extension() != ".pdf") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const auto pages = read_pages(bytes, Limits{});
    // What stands in front of a file moves its cross-references: qpdf has to mend them.
    const auto mended = read_pages("%\n" + bytes, Limits{});
    ASSERT_TRUE(pages && mended) << entry.path();
    ASSERT_EQ(pages->size(), mended->size()) << entry.path();
    for (std::size_t i = 0; i < pages->size(); ++i) {
      EXPECT_EQ(text_of((*pages)[i]), text_of((*mended)[i])) << entry.path();
      EXPECT_EQ((*pages)[i].rules.size(), (*mended)[i].rules.size()) << entry.path();
    }
  }
}

TEST(PdfObjects, ANewerObjectTakesThePlaceOfTheOlder) {
  const std::string file = page_with_text();
  const std::string content = "BT /F1 12 Tf 50 700 Td (Total 130) Tj ET";
  const std::string newer =
      updated(file, 1, "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream", "/Size 5 /Root 4 0 R");
  EXPECT_TRUE(is_plain(newer));
  EXPECT_EQ(text_of(newer), "Total 130");
}

TEST(PdfObjects, DamageIsMended) {
  const std::string file = page_with_text();
  // A table that points beside its objects, a stream longer than it says, a table that is not there.
  EXPECT_EQ(text_of(with(file, "%PDF-1.7\n", "%PDF-1.7\n\n\n")), "Total 120");
  EXPECT_EQ(text_of(with(file, "/Length 40", "/Length 20")), "Total 120");
  EXPECT_EQ(text_of(with(file, "startxref", "startxxxx")), "Total 120");
  EXPECT_FALSE(is_plain(with(file, "startxref", "startxxxx")));
}

TEST(PdfObjects, TablesThatPointToOneAnotherEnd) {
  const std::string file = page_with_text();
  const std::string mark = file.substr(file.rfind("startxref") + 10, 4);
  const std::string round = with(file, " >>\nstartxref", " /Prev " + mark.substr(0, mark.find('\n')) + " >>\nstartxref");
  EXPECT_FALSE(is_plain(round));
  EXPECT_EQ(text_of(round), "Total 120");
}

// Between "stream" and "endstream" nothing counts as structure, but an object may be said to stand there.
TEST(PdfObjects, AnObjectHiddenInAStreamIsBounded) {
  PdfMaker maker;
  std::string numbers = "9 0 obj [";
  for (int i = 0; i < 4000000; ++i) numbers += " 0";
  const int stream = maker.add_stream(numbers + "] endobj");
  std::string file =
      maker.file({maker.add("<< /Type /Page /MediaBox [0 0 600 800] /Contents " + reference(stream) + " /Resources 9 0 R >>")});
  const std::size_t mark = file.rfind("startxref");
  const std::string before = file.substr(mark + 10, file.find('\n', mark + 10) - mark - 10);
  char entry[32];
  std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", file.find("9 0 obj ["));
  const std::string start = std::to_string(file.size());
  file +=
      std::string("xref\n9 1\n") + entry + "trailer\n<< /Size 10 /Root 4 0 R /Prev " + before + " >>\nstartxref\n" + start + "\n%%EOF\n";
  const auto pages = read_pages(file, Limits{});
  ASSERT_FALSE(pages);
  EXPECT_EQ(pages.error().code, "too-large");
}

/// The value, and whether all of the text is it.
bool parse(std::string_view text, ValueRoom& room, Value& value) {
  ValueParser parser(text, 0, room);
  return parser.value(value) && parser.at() == text.size();
}

TEST(PdfValues, AreTakenToTheLetter) {
  ValueRoom room;
  Value value;
  ASSERT_TRUE(parse("-12.50", room, value));
  EXPECT_EQ(value.kind, Value::Kind::real);
  EXPECT_DOUBLE_EQ(value.real, -12.5);
  ASSERT_TRUE(parse("+7", room, value));
  EXPECT_EQ(value.whole, 7);
  ASSERT_TRUE(parse("12 0 R", room, value));
  EXPECT_EQ(value.reference.number, 12);
  ASSERT_TRUE(parse("/A#20B", room, value));
  EXPECT_EQ(value.view(), "A B");
  ASSERT_TRUE(parse("(a\\(b\\)(c)\\101\\\r\nd)", room, value));
  EXPECT_EQ(value.view(), "a(b)(c)Ad");
  ASSERT_TRUE(parse("<48 656c6C6F7>", room, value));
  EXPECT_EQ(value.view(), "Hellop");
  ASSERT_TRUE(parse("[1 0 R 2 3 4 0 R]", room, value));
  EXPECT_EQ(value.count, 4U);
  ASSERT_TRUE(parse("<</A[1 2]/B<</C true>>/A null%\n>>", room, value));
  EXPECT_EQ(value.find("A")->kind, Value::Kind::null);
  EXPECT_EQ(value.find("B")->find("C")->whole, 1);
  EXPECT_EQ(value.find("D"), nullptr);
}

TEST(PdfValues, OthersAreNone) {
  ValueRoom room;
  Value value;
  for (const char* text :
       {"", "1e5", "--5", "1.2.3", ".", "(a", "<4x>", "[1", "<</A>>", "<<1 2>>", "/A#2", "nul", "true1", "1234567890123456"})
    EXPECT_FALSE(parse(text, room, value)) << text;
  EXPECT_FALSE(parse(std::string(100, '[') + std::string(100, ']'), room, value));
}

}  // namespace
}  // namespace jiheng::reading::pdf
