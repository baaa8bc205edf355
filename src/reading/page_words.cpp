#include "reading/page_words.h"

#include <unicode/unorm2.h>

#include <algorithm>
#include <optional>

#include "base/put_utf8.h"
#include "base/text.h"

namespace jiheng::reading {
namespace {

/// Shares of the font's size.
constexpr float raised = 0.5F;        ///< as far may a superscript's baseline be off its line's
constexpr float overlapping = 0.4F;   ///< as much of the lower of two glyphs stands beside the other where they share a line
constexpr float overprinted = 0.05F;  ///< as little room has a space that the next character is printed over
constexpr float word_gap = 0.18F;     ///< between Latin letters: a space is a quarter

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

/// How far the characters of a line that is spaced out stand apart, its Chinese ones told: as far do its digits, and no space is meant.
float letter_space(std::span<const std::uint32_t> line, const Glyph* glyphs) {
  constexpr std::size_t least_pairs = 3;
  float least = 0;
  std::size_t pairs = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Glyph& last = glyphs[line[i - 1]];
    const Glyph& next = glyphs[line[i]];
    if (!is_cjk(last.code) || !is_cjk(next.code)) continue;
    const float gap = next.box.left - last.box.right;
    least = pairs == 0 ? gap : std::min(least, gap);
    ++pairs;
  }
  return pairs < least_pairs ? 0 : std::max(least, 0.0F);
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

}  // namespace

void LineMaker::add_line(const Row& row, std::vector<PageLine>& lines) {
  const Glyph* const glyphs = page_.glyphs.data();
  // Most carriers print a line from left to right.
  const auto first = sorted_.begin() + static_cast<std::ptrdiff_t>(row.first);
  const auto end = sorted_.begin() + static_cast<std::ptrdiff_t>(row.end);
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return middle(glyphs[a].box) < middle(glyphs[b].box); };
  if (!std::is_sorted(first, end, before)) std::stable_sort(first, end, before);
  // A character takes four bytes at most, and a space may stand before it.
  if (text_.size() < (row.end - row.first) * 5) text_.resize((row.end - row.first) * 5);
  char* const start = text_.data();
  char* to = start;
  PageLine* line = nullptr;
  PageWord* word = nullptr;
  const auto finish_word = [&] {
    word->text.assign(start, to);
    if (line->words.size() > 1)
      widen(line->box, word->box);
    else
      line->box = word->box;
  };
  const Glyph* last = nullptr;
  float largest = 0;
  bool spaced = false;          // the carrier holds a space behind `last`
  std::optional<float> spread;  // letter_space(), once it is asked for
  float space = 0;              // where it begins: what is printed over it is set close up
  for (auto index = first; index != end; ++index) {
    const Glyph& glyph = glyphs[*index];
    if (is_space(glyph.code)) {
      if (!spaced) space = glyph.box.left;
      spaced = true;
      continue;
    }
    spaced = spaced && glyph.box.left > space + overprinted * glyph.size;
    largest = std::max(largest, glyph.size);
    const float gap = last == nullptr ? 0 : glyph.box.left - last->box.right;
    if (last == nullptr || gap > gap_ * std::max(glyph.size, last->size)) {
      if (last == nullptr)
        line = &lines.emplace_back();
      else
        finish_word();
      word = &line->words.emplace_back();
      word->box = glyph.box;
      to = start;
    } else {
      const bool apart = is_letter(last->code) && is_letter(glyph.code) && gap > word_gap * glyph.size;
      if (apart && !spread) spread = letter_space(std::span(first, end), glyphs);
      if (spaced || (apart && gap > word_gap * glyph.size + *spread)) *to++ = ' ';
      widen(word->box, glyph.box);
    }
    to = put_utf8(to, usual(glyph.code));
    spaced = false;
    last = &glyph;
  }
  if (line == nullptr) return;
  finish_word();
  line->baseline = row.baseline;
  line->size = largest;
}

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// By a number's own width: its points and commas take half of a digit's.
float digit_width(std::string_view number, const PageBox& box) {
  const auto digits = static_cast<float>(std::count_if(number.begin(), number.end(), is_digit));
  const float others = static_cast<float>(number.size()) - digits;
  return digits * 2 > others ? (box.right - box.left) / (digits + others / 2) : 0;
}

/// Signs that begin no line.
bool is_closing(char32_t c) {
  return std::u32string_view(U"，。、；：？！）》」』”’…—·%％).,;:?!").find(c) != std::u32string_view::npos;
}

/// How much room the digit that begins a line needs on the line above: a sign behind it that begins no line stays with it, so that 65.25%
/// is parted before its last digit.
float room_of_digit(const PageLine& below, std::string_view number, float digit) {
  constexpr float percent_width = 0.9F;  // of the font's size
  if (number.size() < 2 || !is_digit(number[0]) || !is_closing(static_cast<unsigned char>(number[1]))) return digit;
  return digit + (number[1] == '%' ? percent_width : 0.5F) * below.size;
}

/// "10,891." over "62": the line holds as much as goes in and the next begins within a number.
bool number_goes_on(const PageLine& above, const PageLine& below, float width) {
  const PageWord& word = above.words.back();
  const std::string before = normalise(word.text);
  const std::string behind = normalise(below.words.front().text);
  if (before.empty() || behind.empty()) return false;
  const char last = before.back();
  const char first = behind.front();
  const bool cut = (is_digit(last) && (is_digit(first) || first == '.' || first == ',' || first == '%')) ||
                   ((last == '.' || last == ',') && is_digit(first) && before.size() > 1 && is_digit(before[before.size() - 2]));
  if (!cut) return false;
  const float free = width - (above.box.right - above.box.left);
  return free < room_of_digit(below, behind, std::max(above.size * 0.5F, digit_width(before, word.box))) + 1;
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
  bool open = false;  // what an opening bracket begins stays with it
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool wide = is_cjk(c);
    if (c <= ' ' || (width > 0 && !is_closing(c) && !open && (wide || !word))) break;
    if (width == 0) word = !wide;
    open = std::u32string_view(U"（(《“〔[").find(c) != std::u32string_view::npos;
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

/// Whether the glyph stands on the row's line.
bool LineMaker::Row::takes(const Glyph& glyph) const {
  if (glyph.baseline - baseline > raised * std::max(size, glyph.size)) return false;
  const float overlap = std::min(bottom, glyph.box.bottom) - std::max(top, glyph.box.top);
  return overlap >= overlapping * std::min(bottom - top, glyph.box.bottom - glyph.box.top);
}

void LineMaker::add(std::span<const std::uint32_t> glyphs, std::vector<PageLine>& lines, std::size_t most) {
  const Glyph* const all = page_.glyphs.data();
  sorted_.assign(glyphs.begin(), glyphs.end());
  const auto above = [&](std::uint32_t a, std::uint32_t b) { return all[a].baseline < all[b].baseline; };
  if (!std::is_sorted(sorted_.begin(), sorted_.end(), above)) std::stable_sort(sorted_.begin(), sorted_.end(), above);
  const std::size_t before = lines.size();
  Row row{};
  for (std::size_t i = 0; i < sorted_.size(); ++i) {
    const Glyph& glyph = all[sorted_[i]];
    if (i == 0 || !row.takes(glyph)) {
      if (i > 0) add_line(row, lines);
      if (lines.size() - before > most) return;
      row = {i, i + 1, glyph.baseline, glyph.size, glyph.box.top, glyph.box.bottom};
      continue;
    }
    row.end = i + 1;
    if (glyph.size > row.size) {
      row.baseline = glyph.baseline;
      row.size = glyph.size;
      row.top = glyph.box.top;
      row.bottom = glyph.box.bottom;
    }
  }
  if (!sorted_.empty()) add_line(row, lines);
}

std::vector<PageLine> lines_of(const Page& page, std::span<const std::uint32_t> glyphs, std::size_t most) {
  std::vector<PageLine> lines;
  LineMaker(page).add(glyphs, lines, most);
  return lines;
}

std::string text_of(std::span<const PageLine> lines, float width) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 && !number_goes_on(lines[i - 1], lines[i], width) && !mixed_text_goes_on(lines[i - 1], lines[i], width)) text.push_back('\n');
    const auto& words = lines[i].words;
    for (std::size_t word = 0; word < words.size(); ++word) {
      if (word > 0) text.push_back(' ');
      text += words[word].text;
    }
  }
  return text;
}

}  // namespace jiheng::reading
