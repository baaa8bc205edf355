#include "reading/page_words.h"

#include <unicode/unorm2.h>

#include <algorithm>

#include "base/text.h"

namespace jiheng::reading {
namespace {

/// Shares of the font's size.
constexpr float raised = 0.5F;       ///< as far may a superscript's baseline be off its line's
constexpr float overlapping = 0.4F;  ///< as much of the lower of two glyphs stands beside the other where they share a line
constexpr float word_gap = 0.18F;    ///< between Latin letters: a space is a quarter
constexpr float wide_gap = 1.2F;     ///< between fields of a line

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0xFEFF;
}

/// Fonts draw some characters by the glyph of another, and files then tell the other: a radical for the character that looks the same, 戶
/// for 户.
char32_t usual(char32_t c) {
  if (c == U'戶') return U'户';
  if (c < 0x2E80 || (c > 0x2FD5 && c < 0xF900) || c > 0xFAFF) return c;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* normalizer = unorm2_getNFKCInstance(&status);
  if (U_FAILURE(status)) return c;
  const UChar from = static_cast<UChar>(c);
  UChar to[4];
  const int32_t length = unorm2_normalize(normalizer, &from, 1, to, 4, &status);
  return U_SUCCESS(status) && length == 1 ? static_cast<char32_t>(to[0]) : c;
}

/// Of a Latin word or a number. Between other signs a gap is none that was written: "> =".
bool is_letter(char32_t c) {
  return c < 0x2000 && c > ' ' && c != '<' && c != '>' && c != '=' && c != 0xB1 && c != 0xD7;
}

float middle(const PageBox& box) {
  return (box.left + box.right) / 2;
}

void widen(PageBox& box, const PageBox& by) {
  box.left = std::min(box.left, by.left);
  box.top = std::min(box.top, by.top);
  box.right = std::max(box.right, by.right);
  box.bottom = std::max(box.bottom, by.bottom);
}

/// Glyphs that share a line, while it is being gathered.
struct Row {
  std::size_t first;  ///< of the sorted glyphs
  std::size_t end;
  float baseline;  ///< of its largest glyph
  float size;
  float top;
  float bottom;
};

bool shares(const Row& row, const Glyph& glyph) {
  if (glyph.baseline - row.baseline > raised * std::max(row.size, glyph.size)) return false;
  const float overlap = std::min(row.bottom, glyph.box.bottom) - std::max(row.top, glyph.box.top);
  return overlap >= overlapping * std::min(row.bottom - row.top, glyph.box.bottom - glyph.box.top);
}

PageLine line_of(const Page& page, std::span<std::uint32_t> row, float baseline) {
  // Most carriers print a line from left to right.
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return middle(page.glyphs[a].box) < middle(page.glyphs[b].box); };
  if (!std::is_sorted(row.begin(), row.end(), before)) std::stable_sort(row.begin(), row.end(), before);
  PageLine line;
  line.baseline = baseline;
  const Glyph* last = nullptr;
  bool spaced = false;  // the carrier holds a space behind `last`
  for (const std::uint32_t index : row) {
    const Glyph& glyph = page.glyphs[index];
    if (is_space(glyph.code)) {
      spaced = true;
      continue;
    }
    line.size = std::max(line.size, glyph.size);
    const float gap = last == nullptr ? 0 : glyph.box.left - last->box.right;
    if (last == nullptr || gap > wide_gap * std::max(glyph.size, last->size)) {
      line.words.push_back({{}, glyph.box});
    } else if (spaced || (is_letter(last->code) && is_letter(glyph.code) && gap > word_gap * glyph.size)) {
      line.words.back().text.push_back(' ');
    }
    append_utf8(line.words.back().text, usual(glyph.code));
    widen(line.words.back().box, glyph.box);
    spaced = false;
    last = &glyph;
  }
  if (!line.words.empty()) line.box = line.words.front().box;
  for (const PageWord& word : line.words) widen(line.box, word.box);
  return line;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// By a number's own width: its points and commas take half of a digit's.
float digit_width(const PageWord& word) {
  const auto digits = static_cast<float>(std::count_if(word.text.begin(), word.text.end(), is_digit));
  const float others = static_cast<float>(word.text.size()) - digits;
  return digits * 2 > others ? (word.box.right - word.box.left) / (digits + others / 2) : 0;
}

/// "10,891." over "62": the line holds as much as goes in and the next begins within a number.
bool number_goes_on(const PageLine& above, const PageLine& below, float width) {
  const std::string& before = above.words.back().text;
  const std::string& behind = below.words.front().text;
  const char last = before.back();
  const char first = behind.front();
  const bool cut = (is_digit(last) && (is_digit(first) || first == '.' || first == ',' || first == '%')) ||
                   ((last == '.' || last == ',') && is_digit(first) && before.size() > 1 && is_digit(before[before.size() - 2]));
  if (!cut) return false;
  const PageWord& word = above.words.back();
  const float free = width - (above.box.right - above.box.left);
  return free < std::max(above.size * 0.5F, digit_width(word)) + 1;
}

/// Signs that begin no line.
bool is_closing(char32_t c) {
  return std::u32string_view(U"，。、；：？！）》」』”’…—·%％).,;:?!").find(c) != std::u32string_view::npos;
}

constexpr float latin_width = 0.56F;  // of a Chinese character's

float width_in_characters(std::string_view text) {
  float width = 0;
  for (std::size_t at = 0; at < text.size();) width += is_cjk(next_code_point(text, at)) ? 1 : latin_width;
  return width;
}

/// Chinese text broken beside a number, a Latin word or a sign because the line was full: no space stood there.
bool mixed_text_goes_on(const PageLine& above, const PageLine& below, float width) {
  const auto [before, behind] = above.ends_beside(below);
  if (is_cjk(before) == is_cjk(behind)) return false;
  const float free = width - (above.box.right - above.box.left);
  constexpr float between_scripts = 0.6F;  // programs set a quarter of a character there, and room is measured roughly
  const PageWord& next = below.words.front();
  const float part = (next.box.right - next.box.left) * first_part(next.text) / std::max(1.0F, width_in_characters(next.text));
  return free < part + between_scripts * above.size;
}

}  // namespace

float first_part(std::string_view text) {
  float width = 0;
  bool word = true;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool wide = is_cjk(c);
    if (c <= ' ' || (width > 0 && !is_closing(c) && (wide || !word))) break;
    if (width == 0) word = !wide;
    width += wide ? 1 : latin_width;
  }
  return width;
}

std::pair<char32_t, char32_t> PageLine::ends_beside(const PageLine& below) const {
  const std::string& last = words.back().text;
  std::size_t at = last.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(last[at]) & 0xC0) == 0x80) --at;
  std::size_t first = 0;
  return {next_code_point(last, at), next_code_point(below.words.front().text, first)};
}

bool PageLine::goes_on_in(const PageLine& below) const {
  const auto [last, first] = ends_beside(below);
  return is_cjk(last) && is_cjk(first);
}

std::string PageLine::spaced() const {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      const float gap = words[i].box.left - words[i - 1].box.right;
      text.append(static_cast<std::size_t>(std::clamp(gap / (size / 2), 2.0F, 40.0F)), ' ');
    }
    text += words[i].text;
  }
  return text;
}

std::string PageLine::closed() const {
  std::string text;
  for (const PageWord& word : words) {
    if (!text.empty()) text.push_back(' ');
    text += word.text;
  }
  return text;
}

std::vector<PageLine> lines_of(const Page& page, std::span<const std::uint32_t> glyphs, std::size_t most) {
  std::vector<std::uint32_t> sorted(glyphs.begin(), glyphs.end());
  const auto above = [&](std::uint32_t a, std::uint32_t b) { return page.glyphs[a].baseline < page.glyphs[b].baseline; };
  if (!std::is_sorted(sorted.begin(), sorted.end(), above)) std::stable_sort(sorted.begin(), sorted.end(), above);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const Glyph& glyph = page.glyphs[sorted[i]];
    if (rows.empty() || !shares(rows.back(), glyph)) {
      rows.push_back({i, i + 1, glyph.baseline, glyph.size, glyph.box.top, glyph.box.bottom});
      continue;
    }
    Row& row = rows.back();
    row.end = i + 1;
    if (glyph.size > row.size) {
      row.baseline = glyph.baseline;
      row.size = glyph.size;
      row.top = glyph.box.top;
      row.bottom = glyph.box.bottom;
    }
  }
  std::vector<PageLine> lines;
  lines.reserve(std::min(rows.size(), most + 1));
  for (const Row& row : rows) {
    if (lines.size() > most) break;
    PageLine line = line_of(page, std::span(sorted).subspan(row.first, row.end - row.first), row.baseline);
    if (!line.words.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

std::string text_of(std::span<const PageLine> lines, float width) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 && !number_goes_on(lines[i - 1], lines[i], width) && !mixed_text_goes_on(lines[i - 1], lines[i], width)) text.push_back('\n');
    text += lines[i].closed();
  }
  return text;
}

}  // namespace jiheng::reading
