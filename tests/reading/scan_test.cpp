// Scans: what is told from pixels, with recognition played by a stand-in; Tesseract itself is asked in tests/command_line.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "goals/goal_table.h"
#include "reading/page_grid.h"
#include "reading/scan/confidence.h"
#include "reading/scan/fax.h"
#include "reading/scan/ink.h"
#include "reading/scan/ocr.h"
#include "reading/scan/page_canvas.h"
#include "reading/scan/picture_codecs.h"
#include "reading/scan/ruled_lines.h"
#include "reading/scan/scan.h"
#include "reading/scan/signs.h"

namespace jiheng::reading {
namespace {

void bar(GrayPicture& picture, std::uint32_t left, std::uint32_t top, std::uint32_t right, std::uint32_t bottom) {
  for (std::uint32_t y = top; y < bottom; ++y) {
    for (std::uint32_t x = left; x < right; ++x) picture.at(x, y) = 20;
  }
}

/// A stroke four pixels thick.
void stroke(GrayPicture& picture, float x0, float y0, float x1, float y1) {
  const int steps = static_cast<int>(std::hypot(x1 - x0, y1 - y0)) * 2;
  for (int i = 0; i <= steps; ++i) {
    const auto part = static_cast<float>(i) / static_cast<float>(steps);
    const auto x = static_cast<std::uint32_t>(x0 + (x1 - x0) * part);
    const auto y = static_cast<std::uint32_t>(y0 + (y1 - y0) * part);
    bar(picture, x, y, x + 4, y + 4);
  }
}

void chevron(GrayPicture& picture, bool to_right, float height = 26) {
  const float open = to_right ? 10 : 38;
  const float apex = to_right ? 38 : 10;
  stroke(picture, open, 8, apex, 8 + height / 2);
  stroke(picture, apex, 8 + height / 2, open, 8 + height);
}

char32_t sign_in(const GrayPicture& picture) {
  const auto sign = leading_sign(picture, 128, ink_box(picture, 128, {0, 0, picture.width, picture.height}));
  return sign ? sign->code : U' ';
}

TEST(Signs, are_told_by_their_shape) {
  GrayPicture more(60, 60);
  chevron(more, true);
  EXPECT_EQ(sign_in(more), U'>');
  GrayPicture less(60, 60);
  chevron(less, false);
  EXPECT_EQ(sign_in(less), U'<');
  bar(more, 10, 44, 42, 48);
  EXPECT_EQ(sign_in(more), U'≥');
  bar(less, 10, 44, 42, 48);
  EXPECT_EQ(sign_in(less), U'≤');
  GrayPicture equal(60, 60);
  bar(equal, 10, 20, 40, 24);
  bar(equal, 10, 32, 40, 36);
  EXPECT_EQ(sign_in(equal), U'=');
}

TEST(Signs, of_chinese_fonts_have_a_slanted_bar_beneath) {
  GrayPicture least(60, 60);
  chevron(least, true);
  stroke(least, 38, 30, 10, 43);
  EXPECT_EQ(sign_in(least), U'≥');
  GrayPicture most(60, 60);
  chevron(most, false);
  stroke(most, 10, 30, 38, 43);
  EXPECT_EQ(sign_in(most), U'≤');
}

TEST(Signs, are_not_seen_in_characters) {
  GrayPicture two(60, 60);  // 二: the lower stroke is longer
  bar(two, 16, 14, 40, 18);
  bar(two, 6, 42, 52, 46);
  EXPECT_EQ(sign_in(two), U' ');
  GrayPicture even(60, 60);  // 二 of a font without contrast
  bar(even, 8, 12, 50, 16);
  bar(even, 6, 42, 52, 46);
  EXPECT_EQ(sign_in(even), U' ');
  GrayPicture one(60, 60);  // 一
  bar(one, 6, 28, 52, 32);
  EXPECT_EQ(sign_in(one), U' ');
  GrayPicture person(60, 60);  // 人
  stroke(person, 30, 6, 8, 50);
  stroke(person, 30, 24, 52, 50);
  EXPECT_EQ(sign_in(person), U' ');
  GrayPicture block(60, 60);
  bar(block, 10, 10, 44, 44);
  EXPECT_EQ(sign_in(block), U' ');
  EXPECT_EQ(sign_in(GrayPicture(60, 60)), U' ');
}

TEST(Signs, leave_the_number_behind_them_alone) {
  GrayPicture picture(160, 60);
  chevron(picture, true);
  bar(picture, 10, 44, 42, 48);
  bar(picture, 70, 8, 76, 48);  // 1
  const auto sign = leading_sign(picture, 128, {10, 8, 76, 48});
  ASSERT_TRUE(sign);
  EXPECT_EQ(sign->code, U'≥');
  EXPECT_LT(sign->box.right, 60U);
}

/// A table of two rows and two columns, its lines three pixels thick.
GrayPicture table() {
  GrayPicture picture(1200, 800);
  for (const std::uint32_t y : {100U, 300U, 500U}) bar(picture, 100, y, 1100, y + 3);
  for (const std::uint32_t x : {100U, 500U, 1097U}) bar(picture, x, 100, x + 3, 503);
  return picture;
}

TEST(RuledLines, are_found_on_a_sheet_that_lay_askew) {
  for (const float degrees : {-1.2F, -0.4F, 0.F, 0.3F, 1.5F}) {
    const GrayPicture turned = straightened(table(), degrees * 0.0174533F);
    const float skew = skew_of(turned, 128);
    EXPECT_NEAR(skew * 57.29578F, -degrees, 0.11F);
    const auto lines = find_ruled_lines(straightened(turned, skew), 128, scan_dots_per_inch);
    EXPECT_EQ(lines.across.size(), 3U) << degrees;
    EXPECT_EQ(lines.upright.size(), 3U) << degrees;
  }
}

TEST(RuledLines, go_on_over_dust_and_are_no_strokes_of_characters) {
  GrayPicture picture = table();
  for (std::uint32_t x = 200; x < 1000; x += 97) {
    for (std::uint32_t y = 300; y < 303; ++y) picture.at(x, y) = picture.at(x + 1, y) = 255;
  }
  bar(picture, 700, 350, 704, 450);  // 丨, a tall stroke that meets no line
  const auto lines = find_ruled_lines(picture, 128, scan_dots_per_inch);
  EXPECT_EQ(lines.across.size(), 3U);
  EXPECT_EQ(lines.upright.size(), 3U);
  erase(picture, lines);
  EXPECT_EQ(ink_box(picture, 128, {0, 0, 1200, 800}), (PixelBox{700, 350, 704, 450}));
}

TEST(Ink, an_empty_sheet_is_straight_and_has_none) {
  const GrayPicture empty(300, 300);
  EXPECT_EQ(skew_of(empty, ink_threshold(empty)), 0);
  EXPECT_EQ(ink_box(empty, ink_threshold(empty), {0, 0, 300, 300}), PixelBox());
}

TEST(Words, of_the_tsv_lie_in_their_parts_and_lines_stand_level) {
  const std::string tsv =
      "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
      "1\t1\t0\t0\t0\t0\t0\t0\t100\t60\t-1\t\n"
      "5\t1\t1\t1\t1\t1\t12\t12\t40\t30\t91.5\t绩效\n"
      "5\t1\t1\t1\t1\t2\t60\t12\t40\t30\t88\t目标\n"
      "5\t1\t1\t1\t1\t3\t110\t8\t40\t70\t70\t平台\n"
      "5\t3\t1\t1\t1\t1\t12\t12\t40\t30\t95\t\n"
      "5\t9\t1\t1\t1\t1\t12\t12\t40\t30\t95\t外\n"
      "not a row\n"
      "5\t2\t1\t1\t1\t1\t20\t14\t10\t30\t96\t7";
  const auto words = words_of_tsv(tsv, 3);
  ASSERT_EQ(words[0].size(), 3U);
  EXPECT_EQ(words[0][1].text, "目标");
  EXPECT_EQ(words[0][0].confidence, 91);
  EXPECT_EQ(words[0][0].box, (PixelBox{0, 0, 40, 30}));
  EXPECT_EQ(words[0][2].box, (PixelBox{98, 0, 138, 30}));
  ASSERT_EQ(words[1].size(), 1U);
  EXPECT_EQ(words[1][0].text, "7");
  EXPECT_TRUE(words[2].empty());
}

/// Answers every part with the next of its texts, a word as large as the part.
class StandIn : public OcrDoor {
 public:
  explicit StandIn(std::vector<std::string> texts) : texts_(std::move(texts)) {}
  std::optional<std::string> recognise(std::string_view tiff, OcrTask task) const override {
    if (texts_.empty()) return std::nullopt;
    if (task == OcrTask::figures) return "";
    std::string tsv;
    std::size_t at = 8;
    for (int page = 1; at != 0; ++page) {
      const auto word = [&](std::size_t from) {
        std::uint32_t value = 0;
        for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(tiff[from + i]);
        return value;
      };
      const std::uint32_t width = word(at + 2 + 8) - 2 * tiff_rim;
      const std::uint32_t height = word(at + 2 + 12 + 8) - 2 * tiff_rim;
      tsv += "5\t" + std::to_string(page) + "\t1\t1\t1\t1\t" + std::to_string(tiff_rim) + "\t" + std::to_string(tiff_rim) + "\t" +
             std::to_string(width) + "\t" + std::to_string(height) + "\t" + std::to_string(80 + page) + "\t" +
             texts_[next_++ % texts_.size()] + "\n";
      at = word(at + 2 + 11 * 12);
    }
    return tsv;
  }

 private:
  std::vector<std::string> texts_;
  mutable std::size_t next_ = 0;
};

Page scanned(const GrayPicture& picture, const OcrDoor& door, std::optional<Error>& error) {
  Page page;
  page.number = 1;
  page.width = static_cast<float>(picture.width) / pixels_per_point;
  page.height = static_cast<float>(picture.height) / pixels_per_point;
  page.has_picture = true;
  error = read_scan(picture, door, {}, page);
  return page;
}

TEST(Scan, is_read_cell_by_cell_with_its_confidence) {
  GrayPicture picture = table();
  bar(picture, 120, 180, 400, 220);  // four lines of text, as blocks of ink
  bar(picture, 520, 180, 900, 220);
  bar(picture, 120, 380, 400, 420);
  bar(picture, 520, 380, 900, 420);
  std::optional<Error> error;
  const Page page = scanned(picture, StandIn({"甲", "乙", "丙", "丁"}), error);
  ASSERT_FALSE(error);
  EXPECT_TRUE(page.recognised);
  Layout layout;
  ASSERT_FALSE(add_pages(std::span(&page, 1), {}, layout));
  ASSERT_EQ(layout.blocks.size(), 1U);
  const Grid& grid = layout.blocks[0].grid;
  ASSERT_EQ(grid.cells.size(), 4U);
  EXPECT_EQ(grid.at(0, 0)->text, "甲");
  EXPECT_EQ(grid.at(0, 1)->text, "乙");
  EXPECT_EQ(grid.at(1, 0)->text, "丙");
  EXPECT_EQ(grid.at(1, 1)->text, "丁");
  EXPECT_EQ(grid.places[0].confidence, 81);
  EXPECT_EQ(grid.places[3].confidence, 84);
}

TEST(Scan, without_recognition_says_so) {
  GrayPicture picture = table();
  bar(picture, 120, 180, 400, 220);
  std::optional<Error> error;
  const Page page = scanned(picture, StandIn({}), error);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, "scanned");
  EXPECT_FALSE(page.recognised);
  Layout layout;
  add_scan_notes(std::span(&page, 1), layout);
  ASSERT_EQ(layout.notes.size(), 1U);
  EXPECT_EQ(layout.notes[0].code, "page-scanned");
}

TEST(Confidence, marks_each_value_and_says_what_confirms_it) {
  Layout layout;
  Block& block = layout.blocks.emplace_back();
  block.kind = Block::Kind::grid;
  Cell& cell = block.grid.cells.emplace_back();
  cell.text = "≥95";
  cell.row = 4;
  cell.column = 2;
  block.grid.places.push_back({1, {}, 87});
  block.grid.settle();
  Document document;
  GoalTable table;
  table.budget = Budget{};
  table.budget->total = "100";
  table.budget->basic = "60";
  table.budget->project = "40";
  table.budget->general_public = "99";
  Indicator indicator;
  indicator.level3 = "培训合格率";
  indicator.value = "95";
  indicator.source = {"1", 5, 3, "≥95"};
  table.indicators.push_back(indicator);
  document.tables.push_back(table);
  mark_recognised(layout, document);
  ASSERT_EQ(document.notes.size(), 3U);
  EXPECT_EQ(document.notes[0].code, "ocr");
  EXPECT_NE(document.notes[0].message.find("87%"), std::string::npos);
  EXPECT_EQ(document.notes[0].indicator, 0);
  EXPECT_EQ(document.notes[1].code, "ocr-confirmed");
  EXPECT_EQ(document.notes[2].code, "ocr-doubted");
  EXPECT_NE(document.notes[2].message.find("100与99"), std::string::npos);
}

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

/// Made with ImageMagick: two bars, a slanted line and a disc on 60 × 20 pixels.
const std::string fax_sample = bytes_of("c81a980219463123a3976538717b7fdaf0c223a8891d594193502cca9a8e002002");

TEST(Fax, of_group_4_gives_the_pixels_that_were_packed) {
  const auto picture = decode_fax4(fax_sample, {.width = 60, .height = 20});
  ASSERT_TRUE(picture);
  const auto row = [&](std::uint32_t y) {
    std::string text;
    for (std::uint32_t x = 0; x < 60; ++x) text += picture->at(x, y) == 0 ? '#' : '.';
    return text;
  };
  EXPECT_EQ(row(0), std::string(60, '.'));
  EXPECT_EQ(row(2), std::string(30, '.') + "#" + std::string(29, '.'));
  EXPECT_EQ(row(4), "...##################............#.....###..................");
  EXPECT_EQ(row(12),
            "......................................."
            "###.#................");
  EXPECT_EQ(row(16), std::string(60, '#'));
  EXPECT_EQ(row(19), std::string(60, '.'));
  EXPECT_EQ(decode_fax4(fax_sample, {.width = 60})->height, 20U);
}

TEST(Fax, damaged_or_cut_short_never_reads_beyond_its_bytes) {
  for (std::size_t end = 0; end < fax_sample.size(); ++end)
    static_cast<void>(decode_fax4(fax_sample.substr(0, end), {.width = 60, .height = 20}));
  for (std::size_t at = 0; at < fax_sample.size(); ++at) {
    std::string damaged = fax_sample;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
    static_cast<void>(decode_fax4(damaged, {.width = 60, .height = 20}));
  }
  EXPECT_EQ(decode_fax4("", {.width = 60}).error().code, "damaged");
  EXPECT_EQ(decode_fax4(fax_sample, {.width = 60000, .height = 60000}).error().code, "too-large");
}

TEST(Samples, of_every_depth_become_shades) {
  EXPECT_EQ(gray_of({.width = 3, .height = 1, .bits = 1}, "\xA0")->pixels, (std::vector<std::uint8_t>{255, 0, 255}));
  EXPECT_EQ(gray_of({.width = 2, .height = 1, .bits = 4}, "\x0F")->pixels, (std::vector<std::uint8_t>{0, 255}));
  EXPECT_EQ(gray_of({.width = 1, .height = 1, .components = 3}, std::string("\xFF\0\0", 3))->pixels, (std::vector<std::uint8_t>{76}));
  EXPECT_EQ(gray_of({.width = 1, .height = 1, .components = 4}, std::string("\0\0\0\xFF", 4))->pixels, (std::vector<std::uint8_t>{0}));
  EXPECT_EQ(gray_of({.width = 2, .height = 1, .bits = 8, .palette = {10, 200}}, std::string("\1\0", 2))->pixels,
            (std::vector<std::uint8_t>{200, 10}));
  EXPECT_EQ(gray_of({.width = 2, .height = 2, .inverted = true}, "\x00")->pixels, (std::vector<std::uint8_t>{255, 255, 255, 255}));
  EXPECT_EQ(gray_of({.width = 2, .height = 2, .bits = 7}, "").error().code, "damaged");
}

TEST(Canvas, takes_pictures_turned_and_in_strips) {
  GrayPicture half(10, 10, 0);
  GrayPicture canvas = blank_canvas(24, 24);
  paste(canvas, half, {24, 0, 0, 12, 0, 0});
  EXPECT_EQ(canvas.at(50, 10), 0);
  EXPECT_EQ(canvas.at(50, 60), 255);
  paste(canvas, half, {0, 12, -24, 0, 24, 12});  // a quarter turn, into the lower half
  EXPECT_EQ(canvas.at(50, 60), 0);
  paste(canvas, half, {0, 0, 0, 0, 0, 0});  // without area: nothing
}

TEST(Pictures, that_are_none_are_damaged) {
  EXPECT_EQ(decode_jpeg("\xFF\xD8\xFF junk").error().code, "damaged");
  EXPECT_EQ(decode_png("\x89PNG junk").error().code, "damaged");
}

}  // namespace
}  // namespace jiheng::reading
