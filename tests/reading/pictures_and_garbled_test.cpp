// Scans without a PDF round them, and text that a file gives for other characters than it shows.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "ofd_maker.h"
#include "page_maker.h"
#include "pdf_maker.h"
#include "reading/garbled.h"
#include "reading/reader.h"
#include "reading/scan/ocr.h"
#include "reading/scan/picture_codecs.h"

namespace jiheng::reading {
namespace {

/// Says the same word of every part.
class OneWord : public OcrDoor {
 public:
  std::optional<std::string> recognise(std::string_view tiff, OcrTask task) const override {
    ++calls;
    if (task == OcrTask::figures || tiff.empty()) return "";
    return "5\t1\t1\t1\t1\t1\t12\t12\t300\t40\t90\t绩效\n";
  }
  mutable int calls = 0;
};

GrayPicture sheet() {
  GrayPicture picture(1240, 1754);
  for (std::uint32_t y = 300; y < 340; ++y) {
    for (std::uint32_t x = 200; x < 700; ++x) picture.at(x, y) = static_cast<std::uint8_t>((x / 8 + y / 8) % 2 == 0 ? 0 : 255);
  }
  return picture;
}

std::string little(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
  return out;
}

/// Four pixels wide, two high, 24 bits.
std::string bmp(std::uint32_t width = 4, std::uint32_t height = 2) {
  std::string head = "BM" + little(54 + 24, 4) + little(0, 4) + little(54, 4) + little(40, 4) + little(width, 4) + little(height, 4) +
                     little(1, 2) + little(24, 2) + std::string(24, '\0');
  std::string lower(12, '\0');
  return head + lower + std::string(12, '\xFF');
}

TEST(PictureDocuments, AreRecognisedOrSayThatRecognitionIsMissing) {
  const std::string png = encode_png(sheet());
  ASSERT_EQ(detect_format(png), Format::picture);
  const Document blind = read_document(png, "照片.png");
  ASSERT_TRUE(blind.error);
  EXPECT_EQ(blind.error->code, "scanned");
  const OneWord ocr;
  Limits limits;
  limits.ocr = &ocr;
  const Document read = read_document(png, "照片.png", limits);
  EXPECT_FALSE(read.error) << read.error->message;
  EXPECT_EQ(read.format, "picture");
  EXPECT_GT(ocr.calls, 0);
  ASSERT_FALSE(read.notes.empty());
  EXPECT_EQ(read.notes[0].code, "page-recognised");
}

TEST(PictureDocuments, OfOtherKindsSayWhatTheyAre) {
  const std::string tiff("II*\0\x08\0\0\0", 8);
  const Document document = read_document(tiff, "扫描.tif");
  ASSERT_TRUE(document.error);
  EXPECT_EQ(document.error->code, "unsupported-format");
  EXPECT_NE(document.error->message.find("TIFF"), std::string::npos);
}

TEST(PictureDocuments, InAnUnknownCodingAreToldWithoutItsRubbish) {
  const OneWord ocr;
  Limits limits;
  limits.ocr = &ocr;
  const auto told = [&](std::string_view coding) {
    PdfMaker maker;
    const int picture = maker.add_stream("bytes", "/Subtype /Image /Width 90 /Height 60 /Filter /" + std::string(coding));
    const std::string page =
        maker.page("450 0 0 600 0 0 cm /X Do", "/XObject << /X " + reference(picture) + " >>", "/MediaBox [0 0 450 600]");
    const Document document = read_document(page, "扫描.pdf", limits);
    return document.error ? document.error->message : document.notes.empty() ? std::string() : document.notes[0].message;
  };
  EXPECT_NE(told("JPXDecode").find("JPEG 2000"), std::string::npos) << told("JPXDecode");
  EXPECT_NE(told("OwnDecode").find("OwnDecode"), std::string::npos);
  const std::string odd = told("Fax\x8A\x8A");
  EXPECT_NE(odd.find("名称不明"), std::string::npos) << odd;
  EXPECT_TRUE(is_valid_utf8(odd)) << odd;
}

TEST(PictureDocuments, MayBeBitmaps) {
  const auto picture = decode_picture(bmp());
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ(picture->width, 4U);
  EXPECT_EQ(picture->at(0, 0), 255) << "the lowest row comes first";
  EXPECT_EQ(picture->at(3, 1), 0);
  EXPECT_FALSE(decode_picture(bmp(400, 200))) << "more rows than bytes";
  EXPECT_FALSE(decode_picture(bmp(0xFFFFFFFF, 2)));
}

TEST(Ofd, PagesThatAreScansAreRecognised) {
  OfdSource source;
  source.pages = {"<ofd:ImageObject ID=\"9\" ResourceID=\"77\" CTM=\"210 0 0 297 0 0\" Boundary=\"0 0 210 297\"/>"};
  source.common = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>";
  source.more = {{"Doc_0/DocumentRes.xml",
                  "<ofd:Res xmlns:ofd=\"http://www.ofdspec.org/2016\" BaseLoc=\"Res\"><ofd:MultiMedias><ofd:MultiMedia ID=\"77\" "
                  "Type=\"Image\"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"},
                 {"Doc_0/Res/scan.png", encode_png(sheet())}};
  const std::string file = ofd_of(source);
  const Document blind = read_document(file, "扫描.ofd");
  ASSERT_TRUE(blind.error);
  EXPECT_EQ(blind.error->code, "scanned");
  const OneWord ocr;
  Limits limits;
  limits.ocr = &ocr;
  const Document read = read_document(file, "扫描.ofd", limits);
  EXPECT_GT(ocr.calls, 0) << "the picture was found and shown";
  EXPECT_FALSE(read.error && read.error->code != "scanned");
}

Page page_of(std::u32string_view text) {
  Page page;
  page.number = 1;
  page.width = 595;
  page.height = 842;
  float x = 50;
  for (const char32_t c : text) {
    page.glyphs.push_back({c, {x, 90, x + 10, 100}, 98, 10, 1});
    x += 10;
  }
  return page;
}

constexpr std::u32string_view form =
    U"项目支出绩效目标表项目名称农村公路养护主管部门交通运输局年度资金总额年度目标完成养护公里一级指标二级指标三级指标指标值";

TEST(Garbled, ChineseWithoutItsCommonCharactersIsNone) {
  EXPECT_FALSE(is_garbled(page_of(form)));
  std::u32string shifted(form);
  for (char32_t& c : shifted) c += 29;
  EXPECT_TRUE(is_garbled(page_of(shifted)));
  EXPECT_FALSE(is_garbled(page_of(shifted.substr(0, 20)))) << "a few characters tell nothing";
}

TEST(Garbled, CharactersForPrivateUseAndOfFarScriptsAreNoText) {
  std::u32string mixed(form);
  for (std::size_t i = 0; i < mixed.size(); i += 3) mixed[i] = static_cast<char32_t>(i % 2 == 0 ? 0xE000 + i : 0x0E01 + i);
  EXPECT_TRUE(is_garbled(page_of(mixed)));
  std::u32string controls(form);
  for (std::size_t i = 0; i < controls.size(); i += 2) controls[i] = static_cast<char32_t>(1 + i % 20);
  EXPECT_TRUE(is_garbled(page_of(controls)));
  std::u32string ticked(form);
  ticked[3] = 0xF052;
  EXPECT_FALSE(is_garbled(page_of(ticked))) << "a check mark of a symbol font";
}

TEST(Garbled, PagesAreLeftOutAndThatIsSaid) {
  std::u32string shifted(form);
  for (char32_t& c : shifted) c += 29;
  std::vector<Page> pages = {page_of(form), page_of(shifted)};
  pages[1].number = 2;
  Layout layout;
  EXPECT_FALSE(drop_garbled(pages, "PDF", layout));
  EXPECT_TRUE(pages[1].glyphs.empty());
  ASSERT_EQ(layout.notes.size(), 1U);
  EXPECT_EQ(layout.notes[0].code, "text-garbled");
  std::vector<Page> all = {page_of(shifted)};
  const auto error = drop_garbled(all, "PDF", layout);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, "text-garbled");
}

}  // namespace
}  // namespace jiheng::reading
