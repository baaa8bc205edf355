#include "reading/page_unruled.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "reading/labels.h"
#include "reading/unruled_section.h"

namespace jiheng::reading {
namespace {

constexpr float column_gap = 0.3F;  ///< of a character: between the texts of two columns
/// Of a page: one with more is a drawing, or made to keep the machine busy.
constexpr std::size_t most_lines = 2000;
constexpr std::size_t most_glyphs = 60000;
constexpr std::size_t most_headers = 40;

/// 一级指标, 二级指 over 标, 三级 …
bool begins_level(std::string_view word) {
  constexpr std::size_t longest = 36;  // bytes
  if (word.size() > longest || word == "指标" || word == "绩效指标") return false;
  for (const std::string_view level : {"一级", "二级", "三级"}) {
    if (starts_with(word, level)) return word.size() <= level.size() + 6 || column_of(word) != Column::none;
  }
  switch (column_of(word)) {
    case Column::level1:
    case Column::level2:
    case Column::level3:
      return true;
    default:
      return false;
  }
}

/// Whether the line is the heart of a header: two names of levels beside one another, or one and a target's.
bool is_anchor(const PageLine& line) {
  std::size_t levels = 0;
  std::size_t whole = 0;
  std::size_t values = 0;
  for (const PageWord& word : line.words) {
    const Column column = column_of(word.text);
    const bool level = begins_level(word.text);
    levels += level;
    whole += level && column == Column::level3;
    values += !level && (column == Column::value || column == Column::actual);
  }
  // 指标 beside its unit, its weight and its target.
  if (levels == 0 && values == 1 && line.words.front().text != "绩效指标") {
    const auto counted = [&](auto... roles) {
      return std::count_if(line.words.begin(), line.words.end(),
                           [&](const PageWord& word) { return ((column_of(word.text) == roles) || ...); });
    };
    return counted(Column::level3) == 1 && counted(Column::unit, Column::comparator, Column::weight) >= 2;
  }
  return levels >= 2 || (whole == 1 && values == 1 && line.words.size() <= 6);
}

/// Whether a line between two places reaches the paper's edge: what stood beyond is lost.
bool over_paper(const Page& page, std::span<const PageLine> lines, float top, float bottom) {
  constexpr float edge = 3;
  return page.width > 0 && std::any_of(lines.begin(), lines.end(), [&](const PageLine& line) {
           return line.box.top > top && line.box.bottom < bottom + 1 && (line.box.right > page.width - edge || line.box.left < edge);
         });
}

/// Whether a page may begin within a table of the page before: not with a title.
bool begins_within_table(const Page& page) {
  std::vector<std::uint32_t> sound;
  for (std::uint32_t i = 0; i < page.glyphs.size(); ++i) {
    if (is_sound(page.glyphs[i])) sound.push_back(i);
  }
  constexpr std::size_t looked_at = 4;  // a running head, a date, a title in two lines
  const auto lines = close_lines(page, sound);
  for (std::size_t i = 0; i < std::min(looked_at, lines.size()); ++i) {
    if (title_kind(lines[i].closed())) return false;
  }
  return !lines.empty();
}

}  // namespace

std::vector<PageLine> close_lines(const Page& page, std::span<const std::uint32_t> glyphs) {
  std::vector<PageLine> lines;
  LineMaker(page, column_gap).add(glyphs, lines, most_lines);
  return lines;
}

std::vector<UnruledPart> unruled_tables(const Page& page, std::span<const std::uint32_t> glyphs, const Page* next) {
  std::vector<UnruledPart> parts;
  if (glyphs.size() > most_glyphs) return parts;
  const auto lines = close_lines(page, glyphs);
  if (lines.size() > most_lines) return parts;
  std::vector<std::size_t> anchors;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_anchor(lines[i])) anchors.push_back(i);
  }
  if (anchors.size() > most_headers) return parts;
  float above = -1e6F;
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    if (lines[anchors[i]].box.top < above) continue;
    const std::size_t limit = i + 1 < anchors.size() ? anchors[i + 1] : lines.size();
    Section section(page, glyphs, std::span(lines));
    UnruledPart part;
    constexpr float page_end = 0.85F;  // of the height
    const bool found = section.find(anchors[i], limit);
    const bool cut = next != nullptr && page.height > 0 && section.bottom() > page_end * page.height && begins_within_table(*next);
    if (found && !cut && !over_paper(page, std::span(lines), above, section.bottom()) && section.tell_rows()) {
      part.top = section.top();
      part.bottom = section.bottom();
      part.table = section.table();
      auto head = unruled_head(page, glyphs, above, section.top());
      // Whose indicators they are has to be known.
      part.unreadable = head && head->unreadable;
      if (head) parts.push_back(std::move(*head));
    } else {
      part.unreadable = true;
      part.top = lines[anchors[i]].box.top;
      part.bottom = lines[limit - 1].box.bottom;
    }
    above = part.bottom;
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace jiheng::reading
