// Makes the tables of src/reading/formats/pdf/gb1.h from the cMap files of poppler-data; run by the build.
//   make_gb1 FOLDER OUT.cpp
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "reading/formats/pdf/cmap_parser.h"
#include "reading/formats/pdf/gb1.h"

namespace {

using namespace jiheng::reading::pdf;

// The CMaps that PDF 1.7 names for Adobe-GB1. Those of UCS-2, UTF-8 and UTF-16 are UniGB-UTF32 in other bytes.
constexpr const char* names[] = {"GB-EUC", "GBpc-EUC", "GBK-EUC", "GBKp-EUC", "GBK2K", "GB", "GBT", "GBT-EUC", "GBTpc-EUC", "UniGB-UTF32"};

bool read_file(const std::string& name, std::string& text) {
  std::ifstream in(name, std::ios::binary);
  text.assign(std::istreambuf_iterator<char>(in), {});
  return !text.empty();
}

class Collector : public CMapSink {
 public:
  std::vector<CodeSpace> spaces;
  std::vector<CidRange> ranges;
  std::vector<std::uint32_t> characters;

  void code_space(int bytes, std::uint32_t first, std::uint32_t last) override { spaces.push_back({first, last, bytes}); }

  void cid_range(int, std::uint32_t first, std::uint32_t last, std::uint32_t cid) override {
    if (!ranges.empty()) {
      CidRange& before = ranges.back();
      if (first == before.first + before.span + 1 && cid == static_cast<std::uint32_t>(before.cid) + before.span + 1 &&
          last - before.first <= 0xFFFF) {
        before.span = static_cast<std::uint16_t>(last - before.first);
        return;
      }
    }
    ranges.push_back({first, static_cast<std::uint16_t>(last - first), static_cast<std::uint16_t>(cid)});
  }

  void unicode_range(int, std::uint32_t first, std::uint32_t last, std::string_view utf16) override {
    const auto unit = [&](std::size_t at) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(utf16[at])) << 8 | static_cast<unsigned char>(utf16[at + 1]);
    };
    if (utf16.size() < 2) return;
    std::uint32_t value = unit(0);
    if (utf16.size() == 4 && value >= 0xD800 && value < 0xDC00) {
      value = 0x10000 + ((value - 0xD800) << 10) + (unit(2) - 0xDC00);
    } else if (utf16.size() != 2) {
      return;
    }
    if (value == 0xFFFD) return;
    for (std::uint32_t cid = first; cid <= last; ++cid, ++value) {
      if (characters.size() <= cid) characters.resize(cid + 1);
      characters[cid] = value;
    }
  }
};

void write_map(std::FILE* out, const char* name, int number, const Collector& map) {
  std::fprintf(out, "// %s\nconst CodeSpace spaces_%d[] = {", name, number);
  for (const CodeSpace& space : map.spaces) std::fprintf(out, "{%u, %u, %d},", space.first, space.last, space.bytes);
  std::fprintf(out, "};\nconst CidRange ranges_%d[] = {", number);
  for (const CidRange& range : map.ranges) std::fprintf(out, "{%u,%u,%u},\n", range.first, range.span, range.cid);
  std::fprintf(out, "};\n");
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const std::string folder = arguments[1];
  std::FILE* out = std::fopen(arguments[2], "w");
  if (out == nullptr) return 1;
  std::fprintf(out, "#include \"reading/formats/pdf/gb1.h\"\nnamespace jiheng::reading::pdf {\nnamespace {\n");
  std::string text;
  std::string list;
  int number = 0;
  for (const char* name : names) {
    Collector map;
    if (!read_file(folder + "/" + name + "-H", text)) {
      std::fprintf(stderr, "make_gb1: no %s-H in %s\n", name, folder.c_str());
      return 1;
    }
    parse_cmap(text, map);
    std::sort(map.ranges.begin(), map.ranges.end(), [](const CidRange& a, const CidRange& b) { return a.first < b.first; });
    write_map(out, name, number, map);
    const std::string index = std::to_string(number++);
    list += "{\"" + std::string(name) + "\", spaces_" + index + ", ranges_" + index + "},\n";
  }
  Collector unicode;
  if (!read_file(folder + "/Adobe-GB1-UCS2", text)) return 1;
  parse_cmap(text, unicode);
  std::fprintf(out, "const std::uint32_t characters[] = {");
  for (std::size_t cid = 0; cid < unicode.characters.size(); ++cid)
    std::fprintf(out, "%u,%s", unicode.characters[cid], cid % 16 == 15 ? "\n" : "");
  std::fprintf(out, "};\nconst Gb1CMap maps[] = {\n%s};\n}  // namespace\n", list.c_str());
  std::fprintf(out, "std::span<const Gb1CMap> gb1_cmaps() { return maps; }\n");
  std::fprintf(out, "std::span<const std::uint32_t> gb1_characters() { return characters; }\n}  // namespace jiheng::reading::pdf\n");
  return std::fclose(out) == 0 ? 0 : 1;
}
