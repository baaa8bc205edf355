#include "reading/page_uprights.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "reading/labels.h"
#include "reading/page_furniture.h"
#include "reading/page_profile.h"
#include "reading/page_words.h"

namespace jiheng::reading {
namespace {

constexpr float thickest = 9;
constexpr float same_end = 8;         ///< points
constexpr float white_space = 40;     ///< as wide it may be between two columns
constexpr std::size_t most_cut = 12;  ///< lines of a row that a page break cuts
constexpr float farthest = 250;       ///< between two rules of one table
constexpr float same_rule = 4;
constexpr float least_width = 120;
constexpr std::size_t least_rules = 4;
constexpr std::size_t most_rules = 2000;

/// Rules across that belong to one table, top to bottom, and how far they reach.
struct Block {
  std::vector<PageBox> rules;
  float left = 0;
  float right = 0;

  float top() const { return rules.front().top; }
  float bottom() const { return rules.back().bottom; }
  bool takes(const PageBox& rule) const {
    const float shared = std::min(right, rule.right) - std::max(left, rule.left);
    return shared > 0.7F * std::min(right - left, rule.right - rule.left) && rule.top - bottom() < farthest;
  }
  void add(const PageBox& rule) {
    left = rules.empty() ? rule.left : std::min(left, rule.left);
    right = rules.empty() ? rule.right : std::max(right, rule.right);
    rules.push_back(rule);
  }
};

/// Where a form's title stands between two rules the one table ends and the next begins.
std::vector<Block> blocks_of(std::vector<PageBox> rules, std::span<const PageLine> lines) {
  std::sort(rules.begin(), rules.end(), [](const PageBox& a, const PageBox& b) { return a.top < b.top; });
  std::vector<float> titles;
  for (const PageLine& line : lines) {
    if (title_kind(line.closed())) titles.push_back(line.baseline);
  }
  std::vector<Block> blocks;
  for (const PageBox& rule : rules) {
    const bool goes_on = !blocks.empty() && blocks.back().takes(rule) && std::none_of(titles.begin(), titles.end(), [&](float title) {
      return title > blocks.back().bottom() && title < rule.top;
    });
    if (!goes_on) blocks.emplace_back();
    blocks.back().add(rule);
  }
  return blocks;
}

struct Band {
  float top;
  float bottom;
  std::span<const PageLine> lines;
  std::size_t columns = 0;  ///< stretches of words beside one another
};

/// The stretches between neighbouring rules, with the lines in them.
std::vector<Band> bands_of(const Block& block, std::span<const PageLine> lines) {
  std::vector<Band> bands;
  const auto middle = [](const PageLine& line) { return (line.box.top + line.box.bottom) / 2; };
  std::size_t at = 0;
  while (at < lines.size() && middle(lines[at]) < block.top()) ++at;
  for (std::size_t i = 1; i < block.rules.size(); ++i) {
    const float bottom = block.rules[i].top;
    const float top = bands.empty() ? block.top() : bands.back().bottom;
    if (bottom - top < same_rule) continue;
    const std::size_t first = at;
    while (at < lines.size() && middle(lines[at]) < bottom) ++at;
    Band& band = bands.emplace_back(Band{top, bottom, lines.subspan(first, at - first)});
    if (!band.lines.empty()) band.columns = Profile(band.lines).stretches();
  }
  return bands;
}

/// The columns' edges as the rows with most columns have them; others may run over some.
std::vector<float> edges_by_fullest(const std::vector<Band>& bands, std::size_t full) {
  std::vector<PageLine> fullest;
  for (const Band& band : bands) {
    if (band.columns >= full) fullest.insert(fullest.end(), band.lines.begin(), band.lines.end());
  }
  return Profile(fullest).edges(0);
}

bool covers(const Band& band, float edge) {
  return std::any_of(band.lines.begin(), band.lines.end(), [&](const PageLine& line) {
    return std::any_of(line.words.begin(), line.words.end(),
                       [&](const PageWord& word) { return word.box.left < edge - 1 && word.box.right > edge + 1; });
  });
}

/// Of the rows before the first full one, a form's head, cells are wide and their texts stand in the middle: between two texts one edge.
bool follows_text(const Band& band, const std::vector<float>& edges, std::size_t edge) {
  const float from = edges[edge - 1];
  return std::any_of(band.lines.begin(), band.lines.end(), [&](const PageLine& line) {
    return std::any_of(line.words.begin(), line.words.end(),
                       [&](const PageWord& word) { return word.box.right > from && word.box.right <= edges[edge] + 1; });
  });
}
bool precedes_text(const Band& band, float edge) {
  return std::any_of(band.lines.begin(), band.lines.end(), [&](const PageLine& line) {
    return std::any_of(line.words.begin(), line.words.end(), [&](const PageWord& word) { return word.box.left >= edge - 1; });
  });
}

/// Where a shorter rule ends a column does: there is the edge, and not in the middle of the white space round it.
void add_rule_ends(const Block& block, const std::vector<Band>& bands, std::vector<float>& edges) {
  for (const PageBox& rule : block.rules) {
    for (const float end : {rule.left, rule.right}) {
      if (end < block.left + same_end || end > block.right - same_end) continue;
      const auto near = std::find_if(edges.begin(), edges.end(), [&](float edge) { return std::abs(edge - end) < white_space; });
      const bool inner = near != edges.end() && *near != edges.front() && *near != edges.back();
      if (near != edges.end() && std::abs(*near - end) < 1) continue;
      const auto cut =
          static_cast<std::size_t>(std::count_if(bands.begin(), bands.end(), [&](const Band& band) { return covers(band, end); }));
      if (cut * 4 > bands.size()) continue;
      if (inner)
        *near = end;
      else
        edges.push_back(end);
    }
  }
  std::sort(edges.begin(), edges.end());
}

/// A page break cuts the table where text goes on to the page's end, or begins at its head, without a rule.
void add_cut_ends(const Page& page, std::span<const PageLine> lines, Block& block, bool first, bool last, std::vector<Rule>& out) {
  const auto inside = [&](const PageLine& line) { return line.box.left > block.left - 1 && line.box.right < block.right + 1; };
  const auto plain = [&](const PageLine& line) {
    const std::string text = line.spaced();
    std::string_view rest;
    return inside(line) && !title_kind(text) && inline_label_of(text, rest) == Label::none;
  };
  std::vector<const PageLine*> above;
  std::vector<const PageLine*> below;
  for (const PageLine& line : lines) {
    if (line.box.bottom < block.top() + 1 && !is_page_number(page, line)) above.push_back(&line);
    if (line.box.top > block.bottom() - 1 && !is_page_number(page, line)) below.push_back(&line);
  }
  const auto all_plain = [&](const std::vector<const PageLine*>& some) {
    return !some.empty() && some.size() <= most_cut &&
           std::all_of(some.begin(), some.end(), [&](const PageLine* line) { return plain(*line); });
  };
  if (last && all_plain(below) && below.back()->box.bottom > page.height * 0.75F) {
    const PageBox rule{block.left, below.back()->box.bottom + 2, block.right, below.back()->box.bottom + 2};
    block.rules.push_back(rule);
    out.push_back({rule});
  }
  if (first && all_plain(above) && above.front()->box.top < page.height * 0.25F) {
    const PageBox rule{block.left, above.front()->box.top - 2, block.right, above.front()->box.top - 2};
    block.rules.insert(block.rules.begin(), rule);
    out.push_back({rule});
  }
}

void add_uprights(const Block& block, std::span<const PageLine> lines, bool goes_on, std::vector<Rule>& out) {
  const auto bands = bands_of(block, lines);
  std::size_t most = 0;
  for (const Band& band : bands) most = std::max(most, band.columns);
  if (most < 2) return;
  const std::size_t full = most - most / 4;
  auto edges = edges_by_fullest(bands, full);
  if (edges.size() < 3) return;
  edges.front() = block.left;
  edges.back() = block.right;
  add_rule_ends(block, bands, edges);
  bool head = !goes_on;
  for (const Band& band : bands) {
    head = head && band.columns < full;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const bool border = i == 0 || i + 1 == edges.size();
      if (!border && covers(band, edges[i])) continue;
      if (!border && head && !(follows_text(band, edges, i) && precedes_text(band, edges[i]))) continue;
      out.push_back({{edges[i], band.top, edges[i], band.bottom}});
    }
  }
}

}  // namespace

std::vector<Rule> missing_rules(const Page& page) {
  std::vector<Rule> added;
  std::vector<PageBox> across;
  std::vector<PageBox> upright;
  for (const Rule& rule : page.rules) {
    const float width = rule.box.right - rule.box.left;
    const float height = rule.box.bottom - rule.box.top;
    if (!is_sound(rule.box) || !(std::min(width, height) <= thickest)) continue;
    if (rule.across() && width >= least_width)
      across.push_back(rule.box);
    else if (!rule.across() && height > thickest)
      upright.push_back(rule.box);
  }
  if (upright.size() * 2 > across.size() || across.size() < least_rules || across.size() > most_rules || upright.size() > most_rules)
    return added;
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < page.glyphs.size(); ++i) {
    if (is_sound(page.glyphs[i])) all.push_back(i);
  }
  const auto lines = lines_of(page, all);
  auto blocks = blocks_of(std::move(across), lines);
  for (Block& block : blocks) {
    if (block.rules.size() < least_rules) continue;
    const bool ruled = std::any_of(upright.begin(), upright.end(), [&](const PageBox& rule) {
      return rule.left > block.left - same_end && rule.right < block.right + same_end && rule.bottom > block.top() &&
             rule.top < block.bottom();
    });
    if (ruled) continue;
    const float top = block.top();
    add_cut_ends(page, lines, block, &block == &blocks.front(), &block == &blocks.back(), added);
    add_uprights(block, lines, block.top() < top || top < page.height * 0.1F, added);
  }
  return added;
}

}  // namespace jiheng::reading
