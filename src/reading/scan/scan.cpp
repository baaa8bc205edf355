#include "reading/scan/scan.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/page_lattice.h"
#include "reading/scan/ink.h"
#include "reading/scan/page_canvas.h"
#include "reading/scan/ruled_lines.h"
#include "reading/scan/signs.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t cell_inset = 3;    ///< pixels of a cell's edge that still belong to its rules
constexpr std::uint32_t least_strip = 20;  ///< a lower strip holds no line of text

float points(std::uint32_t pixels) {
  return static_cast<float>(pixels) / pixels_per_point;
}

PageBox points(const PixelBox& box) {
  return {points(box.left), points(box.top), points(box.right), points(box.bottom)};
}

PixelBox pixels(const PageBox& box, const GrayPicture& picture) {
  const auto at = [](float value, std::uint32_t end) {
    return static_cast<std::uint32_t>(std::clamp(value * pixels_per_point, 0.0F, static_cast<float>(end)));
  };
  return {at(box.left, picture.width), at(box.top, picture.height), at(box.right, picture.width), at(box.bottom, picture.height)};
}

std::vector<Rule> rules_of(const RuledLines& lines) {
  std::vector<Rule> rules;
  for (const auto* group : {&lines.across, &lines.upright}) {
    for (const PixelBox& line : *group) rules.push_back({points(line)});
  }
  return rules;
}

/// The strips of the page above, between and below its tables.
std::vector<PixelBox> strips_between(std::vector<PixelBox> tables, const GrayPicture& picture) {
  std::sort(tables.begin(), tables.end(), [](const PixelBox& a, const PixelBox& b) { return a.top < b.top; });
  std::vector<PixelBox> strips;
  std::uint32_t top = 0;
  for (const PixelBox& table : tables) {
    if (table.top > top + least_strip) strips.push_back({0, top, picture.width, table.top});
    top = std::max(top, table.bottom);
  }
  if (picture.height > top + least_strip) strips.push_back({0, top, picture.width, picture.height});
  return strips;
}

/// The ink of every cell and strip: what is to be recognised.
std::vector<PixelBox> parts_of(const GrayPicture& picture, std::uint8_t threshold, const std::vector<Lattice>& lattices) {
  std::vector<PixelBox> parts;
  std::vector<PixelBox> tables;
  const auto add = [&](PixelBox box) {
    const PixelBox ink = ink_box(picture, threshold, box);
    if (ink.width() > 0) parts.push_back(ink);
  };
  for (const Lattice& lattice : lattices) {
    tables.push_back(pixels(lattice.box(), picture));
    for (const LatticeCell& cell : lattice.cells) {
      PixelBox box = pixels(lattice.box(cell), picture);
      if (box.width() <= 2 * cell_inset || box.height() <= 2 * cell_inset) continue;
      box = {box.left + cell_inset, box.top + cell_inset, box.right - cell_inset, box.bottom - cell_inset};
      add(box);
    }
  }
  for (const PixelBox& strip : strips_between(std::move(tables), picture)) add(strip);
  return parts;
}

/// A text and where it stands.
struct Placed {
  std::string text;
  PageBox box;
  int confidence = 0;
};

float share(char32_t code) {
  return code < 0x2E80 ? 1.0F : 2.0F;  // Chinese characters are twice as wide as others
}

float width_of(std::string_view text) {
  float width = 0;
  for (std::size_t at = 0; at < text.size();) width += share(next_code_point(text, at));
  return width;
}

/// One line's words as glyphs side by side, in the order they were read. The boxes of Tesseract's words may lie over one another: then
/// the line's characters share its width.
void add_line(std::vector<Placed> words, int run, std::vector<Glyph>& glyphs) {
  if (words.empty()) return;
  bool apart = true;
  PageBox line = words.front().box;
  float width = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const PageBox& box = words[i].box;
    line = {std::min(line.left, box.left), line.top, std::max(line.right, box.right), line.bottom};
    apart = apart && (i == 0 || box.left + 1 >= words[i - 1].box.right);
    width += width_of(words[i].text);
  }
  float left = line.left;
  for (const Placed& word : words) {
    const float step = apart ? (word.box.right - word.box.left) / width_of(word.text) : (line.right - line.left) / width;
    if (apart) left = word.box.left;
    for (std::size_t at = 0; at < word.text.size();) {
      Glyph glyph;
      glyph.code = next_code_point(word.text, at);
      glyph.box = {left, line.top, left + step * share(glyph.code), line.bottom};
      glyph.baseline = line.bottom - (line.bottom - line.top) * 0.12F;
      glyph.size = line.bottom - line.top;
      glyph.run = run;
      glyph.confidence = static_cast<std::uint8_t>(std::clamp(word.confidence, 0, 99));
      glyphs.push_back(glyph);
      left = glyph.box.right;
    }
  }
}

struct Part {
  PixelBox box;
  std::optional<PrintedSign> sign;
  std::vector<OcrWord> words;
};

constexpr int sure = 60;

/// Whether a blank stripe parts the ink into two rows of characters. The two strokes of = and 二 are no rows.
bool has_lines(const GrayPicture& picture, std::uint8_t threshold, const PixelBox& box) {
  constexpr std::uint32_t least_row = 20;
  constexpr std::uint32_t least_gap = 3;
  constexpr std::uint32_t highest_line = 80;
  constexpr std::ptrdiff_t dust = 2;
  if (box.height() > highest_line) return true;
  std::uint32_t gap = 0;
  for (std::uint32_t y = box.top + least_row; y + least_row < box.bottom; ++y) {
    const auto* row = &picture.pixels[std::size_t{y} * picture.width];
    const auto ink = std::count_if(row + box.left, row + box.right, [&](std::uint8_t pixel) { return pixel < threshold; });
    gap = ink <= dust ? gap + 1 : 0;
    if (gap >= least_gap) return true;
  }
  return false;
}

/// Digits and the signs that stand with them.
bool is_figure(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.,%-") == std::string_view::npos;
}

/// Fills the words of these parts. False: recognition failed.
bool recognise_parts(const GrayPicture& picture, const OcrDoor& ocr, OcrTask task, const std::vector<Part*>& parts) {
  if (parts.empty()) return true;
  std::vector<PixelBox> boxes;
  for (const Part* part : parts) boxes.push_back(part->box);
  const auto tsv = ocr.recognise(tiff_of(picture, boxes), task);
  if (!tsv) return false;
  auto words = words_of_tsv(*tsv, boxes.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    // What reads as a figure where only figures are known is one, if that is sure; everything else was read before.
    const bool better = task != OcrTask::figures || (words[i].size() == 1 && is_figure(words[i][0].text) && words[i][0].confidence >= sure);
    if (better) parts[i]->words = std::move(words[i]);
  }
  return true;
}

bool recognise_all(const GrayPicture& picture, std::uint8_t threshold, const OcrDoor& ocr, std::vector<Part>& parts) {
  std::vector<Part*> paragraphs;
  std::vector<Part*> lines;
  std::vector<Part*> short_lines;
  for (Part& part : parts) {
    if (has_lines(picture, threshold, part.box)) {
      paragraphs.push_back(&part);
      continue;
    }
    part.sign = leading_sign(picture, threshold, part.box);
    if (part.sign) {
      part.box = ink_box(picture, threshold, {part.sign->box.right, part.box.top, part.box.right, part.box.bottom});
      if (part.box.width() == 0) continue;
    }
    const bool is_short = part.box.width() < 5 * part.box.height();
    (is_short ? lines : paragraphs).push_back(&part);
    if (is_short) short_lines.push_back(&part);
  }
  return recognise_parts(picture, ocr, OcrTask::paragraphs, paragraphs) && recognise_parts(picture, ocr, OcrTask::single_lines, lines) &&
         recognise_parts(picture, ocr, OcrTask::figures, short_lines);
}

void add_glyphs(const Part& part, int& run, std::vector<Glyph>& glyphs) {
  constexpr int sign_confidence = 95;
  if (part.sign) {
    std::string sign;
    append_utf8(sign, part.sign->code);
    add_line({{sign, points(part.sign->box), sign_confidence}}, run, glyphs);
  }
  std::vector<Placed> line;
  for (std::size_t i = 0; i < part.words.size(); ++i) {
    const OcrWord& word = part.words[i];
    const auto x = [&](std::uint32_t pixel) { return std::min(part.box.left + pixel, part.box.right); };
    const auto y = [&](std::uint32_t pixel) { return std::min(part.box.top + pixel, part.box.bottom); };
    line.push_back({word.text, points({x(word.box.left), y(word.box.top), x(word.box.right), y(word.box.bottom)}), word.confidence});
    if (i + 1 < part.words.size() && part.words[i + 1].line == word.line) continue;
    add_line(std::move(line), run++, glyphs);
    line.clear();
  }
  ++run;
}

}  // namespace

bool is_scan(const Page& page) {
  if (!page.has_picture) return false;
  const auto count = std::count_if(page.glyphs.begin(), page.glyphs.end(),
                                   [](const Glyph& glyph) { return glyph.code > ' ' && glyph.code != 0xA0 && glyph.code != 0x3000; });
  return static_cast<std::size_t>(count) < scan_text;
}

Error scanned_error(bool installed) {
  std::string message = "文件里没有文字，是扫描件或图片。请上传制作它的Word、Excel原件或由其导出的PDF；";
  message += installed ? "文字识别也没有成功，只有纸质件的，请换一份清楚的扫描件。"
                       : "只有纸质件的，请管理员在本机安装文字识别（tesseract-ocr 和 tesseract-ocr-chi-sim）后再试。";
  return {"scanned", std::move(message), {}};
}

void add_scan_notes(std::span<const Page> pages, Layout& layout) {
  const auto list = [&](bool recognised) {
    constexpr int named = 10;
    std::string text;
    int count = 0;
    for (const Page& page : pages) {
      if (page.recognised != recognised || (!recognised && !is_scan(page))) continue;
      if (count++ < named) text += (text.empty() ? "" : "、") + std::to_string(page.number);
    }
    return text + (count > named ? "等" : "");
  };
  if (const std::string read = list(true); !read.empty())
    layout.notes.push_back({"page-recognised", "第" + read + "页是扫描件，内容由文字识别得到，请逐项对照原件核对。", {}, {}, {}});
  if (const std::string unread = list(false); !unread.empty())
    layout.notes.push_back({"page-scanned", "第" + unread + "页是扫描的图片，没有读取。", {}, {}, {}});
}

std::optional<Error> read_scan(GrayPicture canvas, const OcrDoor& ocr, const Limits& limits, Page& page) {
  const std::uint8_t threshold = ink_threshold(canvas);
  canvas = straightened(canvas, skew_of(canvas, threshold));
  page.picture = shrunk(canvas, scan_shown_dots);
  const RuledLines lines = find_ruled_lines(canvas, threshold, scan_dots_per_inch);
  page.rules = rules_of(lines);
  erase(canvas, lines);
  LatticeBudget budget(limits);
  auto lattices = lattices_of(page.rules, budget);
  if (!lattices) return std::move(lattices).error();
  std::vector<Part> parts;
  for (const PixelBox& box : parts_of(canvas, threshold, *lattices)) parts.push_back({box, std::nullopt, {}});
  if (!recognise_all(canvas, threshold, ocr, parts)) return scanned_error(true);
  int run = 0;
  for (const Part& part : parts) add_glyphs(part, run, page.glyphs);
  page.recognised = true;
  return std::nullopt;
}

}  // namespace jiheng::reading
