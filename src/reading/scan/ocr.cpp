#include "reading/scan/ocr.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "reading/scan/page_canvas.h"

namespace jiheng::reading {
namespace {

template <class Number>
void put(std::string& out, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i) out += static_cast<char>((number >> (8 * i)) & 0xFF);
}

void put_field(std::string& out, std::uint16_t tag, std::uint16_t type, std::uint32_t value) {
  put(out, tag);
  put(out, type);
  put(out, std::uint32_t{1});
  put(out, value);
}

/// Words of one line stand alike: a box that reaches into the line below (Tesseract has such) would mix the lines up.
void level_lines(std::vector<OcrWord>& words) {
  for (std::size_t first = 0; first < words.size();) {
    std::size_t end = first;
    std::vector<std::uint32_t> tops;
    std::vector<std::uint32_t> bottoms;
    for (; end < words.size() && words[end].line == words[first].line; ++end) {
      tops.push_back(words[end].box.top);
      bottoms.push_back(words[end].box.bottom);
    }
    const auto middle = static_cast<std::ptrdiff_t>(tops.size() / 2);
    std::nth_element(tops.begin(), tops.begin() + middle, tops.end());
    std::nth_element(bottoms.begin(), bottoms.begin() + middle, bottoms.end());
    for (; first < end; ++first) {
      words[first].box.top = tops[static_cast<std::size_t>(middle)];
      words[first].box.bottom = bottoms[static_cast<std::size_t>(middle)];
    }
  }
}

}  // namespace

std::string tiff_of(const GrayPicture& picture, std::span<const PixelBox> parts) {
  constexpr std::uint16_t as_short = 3;
  constexpr std::uint16_t as_long = 4;
  constexpr std::uint16_t as_rational = 5;
  constexpr std::uint32_t fields = 11;
  constexpr std::uint32_t directory = 2 + fields * 12 + 4;
  std::string out("II*\0", 4);
  put(out, std::uint32_t{8});
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const PixelBox& part = parts[i];
    const std::uint32_t width = part.width() + 2 * tiff_rim;
    const std::uint32_t height = part.height() + 2 * tiff_rim;
    const auto at = static_cast<std::uint32_t>(out.size());
    const std::uint32_t resolution = at + directory;
    const std::uint32_t pixels = resolution + 8;
    put(out, static_cast<std::uint16_t>(fields));
    put_field(out, 256, as_long, width);
    put_field(out, 257, as_long, height);
    put_field(out, 258, as_short, 8);  // bits a sample
    put_field(out, 259, as_short, 1);  // not compressed
    put_field(out, 262, as_short, 1);  // 0 is black
    put_field(out, 273, as_long, pixels);
    put_field(out, 278, as_long, height);
    put_field(out, 279, as_long, width * height);
    put_field(out, 282, as_rational, resolution);
    put_field(out, 283, as_rational, resolution);
    put_field(out, 296, as_short, 2);  // dots an inch
    const std::uint32_t next = (pixels + width * height + 1) & ~1U;
    put(out, i + 1 < parts.size() ? next : std::uint32_t{0});
    put(out, static_cast<std::uint32_t>(scan_dots_per_inch));
    put(out, std::uint32_t{1});
    const std::string rim(width, '\xFF');
    for (std::uint32_t y = 0; y < tiff_rim; ++y) out += rim;
    for (std::uint32_t y = part.top; y < part.bottom; ++y) {
      out.append(tiff_rim, '\xFF');
      out.append(reinterpret_cast<const char*>(&picture.pixels[std::size_t{y} * picture.width + part.left]), part.width());
      out.append(tiff_rim, '\xFF');
    }
    for (std::uint32_t y = 0; y < tiff_rim; ++y) out += rim;
    out.resize(next, '\xFF');
  }
  return out;
}

std::vector<std::vector<OcrWord>> words_of_tsv(std::string_view tsv, std::size_t parts) {
  std::vector<std::vector<OcrWord>> words(parts);
  while (!tsv.empty()) {
    const std::size_t end = std::min(tsv.find('\n'), tsv.size());
    std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    std::array<std::string_view, 12> fields;
    std::size_t count = 0;
    while (count < fields.size()) {
      const std::size_t tab = count + 1 < fields.size() ? std::min(line.find('\t'), line.size()) : line.size();
      fields[count++] = line.substr(0, tab);
      if (tab == line.size()) break;
      line.remove_prefix(tab + 1);
    }
    if (count < fields.size() || fields[0] != "5") continue;
    const auto number = [&](std::size_t field) {
      std::uint32_t value = 0;
      std::from_chars(fields[field].data(), fields[field].data() + fields[field].size(), value);
      return value;
    };
    const std::uint32_t page = number(1);
    const std::string_view text = trim(fields[11]);
    if (page == 0 || page > parts || text.empty()) continue;
    const auto inside = [](std::uint32_t pixel) { return pixel > tiff_rim ? pixel - tiff_rim : 0; };
    words[page - 1].push_back({std::string(text),
                               {inside(number(6)), inside(number(7)), inside(number(6) + number(8)), inside(number(7) + number(9))},
                               static_cast<int>((number(2) * 1000 + number(3)) * 1000 + number(4)),
                               static_cast<int>(std::min(number(10), 100U))});
  }
  for (std::vector<OcrWord>& part : words) level_lines(part);
  return words;
}

}  // namespace jiheng::reading
