#include "reading/page_uprights.h"

#include <algorithm>
#include <cmath>

#include "reading/page_profile.h"
#include "reading/page_words.h"

namespace jiheng::reading {
namespace {

constexpr float thickest = 9;
constexpr float same_end = 8;  ///< points: rules of one table end as near to one another
constexpr float same_rule = 4;
constexpr float least_width = 120;
constexpr std::size_t least_rules = 4;
constexpr std::size_t most_rules = 2000;

/// Rules across that belong to one table, top to bottom.
using Block = std::vector<PageBox>;

/// Neighbours that end at the same places on both sides; shorter ones between them are theirs too.
std::vector<Block> blocks_of(std::vector<PageBox> rules) {
  std::sort(rules.begin(), rules.end(), [](const PageBox& a, const PageBox& b) { return a.top < b.top; });
  std::vector<Block> blocks;
  Block shorter;
  for (const PageBox& rule : rules) {
    const PageBox* frame = blocks.empty() ? nullptr : &blocks.back().front();
    if (frame != nullptr && std::abs(rule.left - frame->left) <= same_end && std::abs(rule.right - frame->right) <= same_end) {
      blocks.back().insert(blocks.back().end(), shorter.begin(), shorter.end());
      blocks.back().push_back(rule);
      shorter.clear();
    } else if (frame != nullptr && rule.left >= frame->left - same_end && rule.right <= frame->right + same_end) {
      shorter.push_back(rule);
    } else {
      blocks.push_back({rule});
      shorter.clear();
    }
  }
  return blocks;
}

void add_uprights(const Page& page, const Block& block, std::vector<Rule>& out) {
  const float left = block.front().left;
  const float right = block.front().right;
  std::vector<std::uint32_t> inside;
  for (std::uint32_t i = 0; i < page.glyphs.size(); ++i) {
    const PageBox& box = page.glyphs[i].box;
    const float x = (box.left + box.right) / 2;
    const float y = (box.top + box.bottom) / 2;
    if (x > left && x < right && y > block.front().top && y < block.back().bottom) inside.push_back(i);
  }
  const auto lines = lines_of(page, inside);
  if (lines.empty()) return;
  auto edges = Profile(lines).edges(lines.size() / 20);
  if (edges.size() < 3) return;
  edges.front() = left;
  edges.back() = right;
  // Band by band, so that what runs over several columns stays one cell.
  std::size_t at = 0;
  for (std::size_t band = 1; band < block.size(); ++band) {
    const float top = block[band - 1].top;
    const float bottom = block[band].bottom;
    if (bottom - top < same_rule) continue;
    const std::size_t first = at;
    while (at < lines.size() && (lines[at].box.top + lines[at].box.bottom) / 2 < bottom) ++at;
    for (const float edge : edges) {
      bool covered = false;
      for (std::size_t line = first; line < at && !covered; ++line) {
        for (const PageWord& word : lines[line].words) covered = covered || (word.box.left < edge - 1 && word.box.right > edge + 1);
      }
      if (!covered || edge == left || edge == right) out.push_back({{edge, top, edge, bottom}});
    }
  }
}

}  // namespace

std::vector<Rule> missing_uprights(const Page& page) {
  std::vector<Rule> added;
  std::vector<PageBox> across;
  std::vector<PageBox> upright;
  for (const Rule& rule : page.rules) {
    const float width = rule.box.right - rule.box.left;
    const float height = rule.box.bottom - rule.box.top;
    if (!(std::min(width, height) <= thickest) || !std::isfinite(width) || !std::isfinite(height)) continue;
    if (rule.across() && width >= least_width)
      across.push_back(rule.box);
    else if (!rule.across() && height > thickest)
      upright.push_back(rule.box);
  }
  if (across.size() < least_rules || across.size() > most_rules || upright.size() > most_rules) return added;
  for (const Block& block : blocks_of(std::move(across))) {
    if (block.size() < least_rules) continue;
    const bool ruled = std::any_of(upright.begin(), upright.end(), [&](const PageBox& rule) {
      return rule.left > block.front().left - same_end && rule.right < block.front().right + same_end && rule.bottom > block.front().top &&
             rule.top < block.back().bottom;
    });
    if (!ruled) add_uprights(page, block, added);
  }
  return added;
}

}  // namespace jiheng::reading
