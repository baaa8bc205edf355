// Damaged, encrypted, scanned and hostile PDFs: a clear error within 2 s and 256 MB.
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <iterator>
#include <string>

#include "bounds.h"
#include "pdf_maker.h"
#include "reading/formats/formats.h"
#include "reading/reader.h"
#include "reading/scan/ocr.h"

namespace jiheng::reading {
namespace {

std::string deflated(const std::string& plain) {
  std::string packed(compressBound(plain.size()), '\0');
  uLongf size = packed.size();
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(plain.data()), plain.size(), 1);
  return packed.substr(0, size);
}

std::string error_of(std::string_view bytes) {
  const auto layout = read_layout(bytes, Format::pdf);
  return layout ? "" : layout.error().code;
}

/// A page whose content is this, packed.
std::string packed_page(const std::string& content, int times = 1) {
  PdfMaker maker;
  const int stream = maker.add_stream(deflated(content), "/Filter /FlateDecode");
  std::string contents;
  for (int i = 0; i < times; ++i) contents += reference(stream) + " ";
  return maker.file({maker.add("<< /Type /Page /MediaBox [0 0 600 800] /Contents [ " + contents +
                               "] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>")});
}

TEST(PdfTrouble, APageThatIsAPictureIsAScan) {
  PdfMaker maker;
  const int picture =
      maker.add_stream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray");
  const std::string scan = maker.page("q 600 0 0 800 0 0 cm /Im Do Q", "/XObject << /Im " + reference(picture) + " >>");
  const auto layout = read_layout(scan, Format::pdf);
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, "scanned");
  EXPECT_NE(layout.error().message.find("扫描"), std::string::npos);
  EXPECT_EQ(error_of(PdfMaker().page("")), "scanned");
}

TEST(PdfTrouble, DamageIsMendedOrSaid) {
  const std::string sound = PdfMaker().page("BT /F1 10 Tf 100 700 Td (text) Tj ET");
  EXPECT_EQ(error_of(sound), "");
  EXPECT_EQ(error_of("%PDF-1.4"), "damaged");
  EXPECT_EQ(error_of("%PDF-1.4\n" + repeated("garbage ", 100)), "damaged");
  std::string without_table = sound.substr(0, sound.find("xref"));
  EXPECT_EQ(error_of(without_table + "trailer << /Root 4 0 R >>"), "");
  std::string moved = sound;
  moved.insert(9, "% a line that moves everything\n");
  EXPECT_EQ(error_of(moved), "");
}

TEST(PdfTrouble, ADamagedStreamGivesWhatCanBeHadOfIt) {
  std::string content = "BT /F1 10 Tf 100 700 Td (front) Tj ET ";
  for (int i = 0; i < 3000; ++i) content += std::to_string(i * 7919 % 1000) + " w ";
  std::string packed = deflated(content);
  packed.resize(packed.size() / 2);
  PdfMaker maker;
  const int stream = maker.add_stream(packed, "/Filter /FlateDecode");
  const std::string bytes =
      maker.file({maker.add("<< /Type /Page /MediaBox [0 0 600 800] /Contents " + reference(stream) +
                            " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>")});
  const auto layout = read_layout(bytes, Format::pdf);
  ASSERT_TRUE(layout);
  ASSERT_EQ(layout->blocks.size(), 1U);
  EXPECT_EQ(layout->blocks[0].text, "front");
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "page-damaged");
}

TEST(PdfTrouble, AWrongChecksumIsNoDamage) {
  std::string packed = deflated("BT /F1 10 Tf 100 700 Td (sound) Tj ET");
  packed.resize(packed.size() - 3);
  PdfMaker maker;
  const int stream = maker.add_stream(packed, "/Filter /FlateDecode");
  const auto layout =
      read_layout(maker.file({maker.add("<< /Type /Page /MediaBox [0 0 600 800] /Contents " + reference(stream) +
                                        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>")}),
                  Format::pdf);
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->blocks[0].text, "sound");
  EXPECT_TRUE(layout->notes.empty());
}

TEST(PdfHostile, WhatExpandsTooMuch) {
  // Made first, so that the process that reads does not hold what they were made of.
  const std::string large = packed_page(std::string(200U << 20, ' '));
  const std::string often = packed_page(std::string(40U << 20, ' '), 1000);
  EXPECT_EQ(read_within_bounds(large), "expands-too-much");
  EXPECT_EQ(read_within_bounds(often), "expands-too-much");
  // Packed twice: a few hundred bytes that hold a gigabyte.
  PdfMaker maker;
  const int stream = maker.add_stream(deflated(deflated(std::string(200U << 20, ' '))), "/Filter [ /FlateDecode /FlateDecode ]");
  const std::string twice = maker.file({maker.add("<< /Type /Page /MediaBox [0 0 600 800] /Contents " + reference(stream) + " >>")});
  EXPECT_EQ(read_within_bounds(twice), "expands-too-much");
}

/// A file whose cross-reference stream is this and says it holds so many objects.
std::string with_cross_references(const std::string& packed, std::size_t objects) {
  const std::string head =
      "%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n";
  return head + "3 0 obj\n<< /Type /XRef /Root 1 0 R /W [0 1 0] /Size " + std::to_string(objects) + " /Filter /FlateDecode /Length " +
         std::to_string(packed.size()) + " >>\nstream\n" + packed + "\nendstream\nendobj\nstartxref\n" + std::to_string(head.size()) +
         "\n%%EOF";
}

TEST(PdfHostile, TablesOfManyMillionObjects) {
  EXPECT_NE(read_within_bounds(with_cross_references(deflated(std::string(100U << 20, '\1')), 100U << 20)), "");
  EXPECT_NE(read_within_bounds(with_cross_references(deflated(std::string(1U << 20, '\1')), 1U << 20)), "");
  EXPECT_NE(read_within_bounds("%PDF-1.4\n" + repeated("1 0 obj\n", 2000000)), "");
  EXPECT_NE(read_within_bounds("%PDF-1.4\n1 0 obj [" + repeated("0 ", 20000000)), "");
  EXPECT_NE(read_within_bounds("%PDF-1.4\n1 0 obj " + repeated("[", 1000000)), "");
  EXPECT_NE(read_within_bounds("%PDF-1.4\n1 0 obj " + repeated("<</A", 500000)), "");
  EXPECT_NE(read_within_bounds("%PDF-1.4\n" + repeated("xref\n0 1\n", 500000)), "");
  EXPECT_NE(read_within_bounds("%PDF-1.4\n" + repeated("trailer<</Root 1 0 R>>\n", 100000)), "");
}

TEST(PdfHostile, PagesThatHoldEachOther) {
  PdfMaker maker;
  const int first = 1;
  const int second = 2;
  maker.add("<< /Type /Pages /Count 2 /Kids [ 2 0 R 2 0 R ] /Parent 2 0 R >>");
  maker.add("<< /Type /Pages /Count 2 /Kids [ 1 0 R 1 0 R ] /Parent 1 0 R >>");
  EXPECT_EQ(read_within_bounds(maker.file({first, second})), "damaged");
  PdfMaker many;
  const int page = many.add("<< /Type /Page /MediaBox [0 0 9 9] >>");
  EXPECT_EQ(read_within_bounds(many.file(std::vector<int>(100000, page))), "too-large");
}

TEST(PdfHostile, FormsThatPaintEachOther) {
  PdfMaker maker;
  const std::string form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /A 1 0 R /B 2 0 R >> >>";
  maker.add_stream(repeated("/B Do ", 50), form);
  maker.add_stream(repeated("/A Do ", 50), form);
  EXPECT_EQ(read_within_bounds(maker.page("/A Do", "/XObject << /A 1 0 R >>")), "scanned");
  // Fifty times fifty times fifty …
  PdfMaker tower;
  constexpr int height = 10;
  for (int i = 1; i <= height; ++i) {
    tower.add_stream(repeated("/X Do ", 50),
                     "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X " + reference(i + 1) + " >> >>");
  }
  tower.add_stream("q Q", "/Type /XObject /Subtype /Form /BBox [0 0 600 800]");
  EXPECT_EQ(read_within_bounds(tower.page("/X Do", "/XObject << /X 1 0 R >>")), "too-large");
}

class Blind : public OcrDoor {
 public:
  std::optional<std::string> recognise(std::string_view, OcrTask) const override { return std::string(); }
};

TEST(PdfHostile, APaletteOfItselfAndNumbersBeyondAllBounds) {
  const Blind door;
  Limits limits;
  limits.ocr = &door;
  for (const std::string colours : {"/BitsPerComponent 8 /ColorSpace 1 0 R", "/BitsPerComponent 1e30 /ColorSpace /DeviceGray",
                                    "/BitsPerComponent 99999999999999999999 /ColorSpace [ /ICCBased 2 0 R ]"}) {
    PdfMaker maker;
    maker.add("[ /Indexed 1 0 R 255 <000000FFFFFF> ]");
    maker.add_stream("", "/N 1000000000000");
    const int picture = maker.add_stream(std::string(600, 'x'), "/Subtype /Image /Width 20 /Height 30 " + colours);
    const auto layout =
        read_pdf(maker.page("60 0 0 80 0 0 cm /X Do", "/XObject << /X " + reference(picture) + " >>", "/MediaBox [0 0 60 80]"), limits);
    ASSERT_FALSE(layout) << colours;
    EXPECT_EQ(layout.error().code, "scanned") << colours;
  }
}

TEST(PdfHostile, ContentWithoutEnd) {
  std::string letters = "BT /F1 1 Tf ";
  for (int i = 0; i < 1200000; ++i) letters += "1 0 0 1 " + std::to_string(i % 599) + " " + std::to_string(i / 599 % 799) + " Tm (a) Tj ";
  EXPECT_EQ(read_within_bounds(packed_page(letters)), "too-large");
  EXPECT_EQ(read_within_bounds(packed_page("BT /F1 10 Tf 100 700 Td [" + repeated("(a)", 2000000) + "] TJ")), "");
  EXPECT_EQ(read_within_bounds(packed_page(repeated("q ", 20000000))), "too-large");
  EXPECT_EQ(read_within_bounds(packed_page(repeated("0 0 m 9 9 l ", 2000000) + "S")), "scanned");
  EXPECT_EQ(read_within_bounds(packed_page(repeated("0 0 300 300 re ", 500000) + "f")), "scanned");
  EXPECT_EQ(read_within_bounds(packed_page(repeated("0 0 9 0.1 re f ", 1200000))), "too-large");
  EXPECT_EQ(read_within_bounds(packed_page(repeated("[", 20000000))), "scanned");
  EXPECT_EQ(read_within_bounds(packed_page(repeated("(", 20000000))), "scanned");
  EXPECT_EQ(read_within_bounds(packed_page("BI ID " + repeated(" EI\1", 10000000))), "scanned");
}

TEST(PdfHostile, EveryTruncationAndManyDamagesAreErrorsOrRead) {
  std::ifstream in("tests/reading/fixtures/pdf/libreoffice.pdf", std::ios::binary);
  const std::string large{std::istreambuf_iterator<char>(in), {}};
  for (std::size_t at = 0; at < large.size(); at += 997) read_document(std::string_view(large).substr(0, at), "cut");
  const std::string small = PdfMaker().page("BT /F1 10 Tf 100 700 Td [(a) 5 <41>] TJ ET 1 1 5 5 re S");
  for (std::size_t at = 0; at < small.size(); ++at) {
    EXPECT_TRUE(read_document(std::string_view(small).substr(0, at), "cut").tables.empty());
    std::string damaged = small;
    for (const char byte : {'\0', '\xFF', '<', '/', '9'}) {
      damaged[at] = byte;
      const Document document = read_document(damaged, "damaged");
      EXPECT_TRUE(!document.error || !document.error->message.empty());
    }
  }
}

}  // namespace
}  // namespace jiheng::reading
