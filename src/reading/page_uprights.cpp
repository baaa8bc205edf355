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
constexpr float same_line = 1.5F;
constexpr float same_joint = 2;
constexpr std::size_t most_joined = 64;  ///< columns
constexpr float least_width = 120;
constexpr std::size_t least_rules = 4;
constexpr std::size_t most_rules = 2000;
constexpr std::size_t most_pieces = 20000;

/// A rule across, and where the pieces meet that a program drew it in, a cell each: there the columns meet.
struct RuleAcross {
  PageBox box;
  std::vector<float> joints;
};

/// Pieces that go on in one another become one.
std::vector<RuleAcross> joined(std::vector<PageBox> pieces) {
  std::sort(pieces.begin(), pieces.end(), [](const PageBox& a, const PageBox& b) { return a.top < b.top; });
  std::vector<RuleAcross> rules;
  for (std::size_t first = 0; first < pieces.size();) {
    std::size_t end = first + 1;
    while (end < pieces.size() && pieces[end].top - pieces[first].top < same_line) ++end;
    std::sort(pieces.begin() + static_cast<std::ptrdiff_t>(first), pieces.begin() + static_cast<std::ptrdiff_t>(end),
              [](const PageBox& a, const PageBox& b) { return a.left < b.left; });
    rules.push_back({pieces[first], {}});
    for (++first; first < end; ++first) {
      const PageBox& piece = pieces[first];
      RuleAcross& rule = rules.back();
      if (piece.left > rule.box.right + same_line) {
        rules.push_back({piece, {}});
        continue;
      }
      if (piece.left > rule.box.right - same_line) rule.joints.push_back((piece.left + rule.box.right) / 2);
      // Cells of the row below may be drawn over those of the row above: there they meet, too.
      else if (piece.left > rule.box.left + same_line)
        rule.joints.push_back(piece.left);
      rule.box.right = std::max(rule.box.right, piece.right);
    }
  }
  return rules;
}

/// The columns' edges from `left` to `right` where rules are drawn in pieces of a column each, else none: most rules that run over an edge
/// have a joint there, or, where `all` are asked for, two.
std::vector<float> edges_by_joints(std::span<const RuleAcross> rules, float left, float right, bool all = false) {
  std::vector<float> places;
  for (const RuleAcross& rule : rules) places.insert(places.end(), rule.joints.begin(), rule.joints.end());
  if (places.size() < rules.size()) return {};
  for (const auto& [box, joints] : rules) {
    if (box.left > left + same_end) places.push_back(box.left);
    if (box.right < right - same_end) places.push_back(box.right);
  }
  std::sort(places.begin(), places.end());
  std::vector<float> edges{left};
  for (std::size_t first = 0; first < places.size();) {
    std::size_t end = first + 1;
    while (end < places.size() && places[end] - places[first] < same_joint) ++end;
    const float edge = places[(first + end) / 2];
    const auto over = static_cast<std::size_t>(std::count_if(rules.begin(), rules.end(), [&](const RuleAcross& rule) {
      return rule.box.left < edge - same_joint && rule.box.right > edge + same_joint;
    }));
    if ((end - first) * 2 > over || (all && end - first > 1)) edges.push_back(edge);
    if (edges.size() > most_joined) return {};
    first = end;
  }
  edges.push_back(right);
  return edges.size() < 4 ? std::vector<float>{} : edges;
}

/// Rules across that belong to one table, top to bottom, and how far they reach.
struct Block {
  std::vector<RuleAcross> rules;
  float left = 0;
  float right = 0;

  float top() const { return rules.front().box.top; }
  float bottom() const { return rules.back().box.bottom; }
  bool takes(const PageBox& rule) const {
    const float shared = std::min(right, rule.right) - std::max(left, rule.left);
    return shared > 0.7F * std::min(right - left, rule.right - rule.left) && rule.top - bottom() < farthest;
  }
  void add(const RuleAcross& rule) {
    left = rules.empty() ? rule.box.left : std::min(left, rule.box.left);
    right = rules.empty() ? rule.box.right : std::max(right, rule.box.right);
    rules.push_back(rule);
  }
  std::vector<float> edges() const { return edges_by_joints(rules, left, right); }
};

/// Where a form's title stands between two rules the one table ends and the next begins.
std::vector<Block> blocks_of(std::span<const RuleAcross> rules, std::span<const PageLine> lines) {
  std::vector<float> titles;
  for (const PageLine& line : lines) {
    if (title_kind(line.closed())) titles.push_back(line.baseline);
  }
  std::vector<Block> blocks;
  for (const RuleAcross& rule : rules) {
    const bool goes_on = !blocks.empty() && blocks.back().takes(rule.box) && std::none_of(titles.begin(), titles.end(), [&](float title) {
      return title > blocks.back().bottom() && title < rule.box.top;
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
    const float bottom = block.rules[i].box.top;
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
std::vector<float> edges_by_fullest(std::span<const Band> bands, std::size_t full) {
  std::vector<PageLine> fullest;
  for (const Band& band : bands) {
    if (band.columns >= full) fullest.insert(fullest.end(), band.lines.begin(), band.lines.end());
  }
  return Profile(fullest).edges(0);
}

/// The glyphs of a band, for edges that are known for certain: there texts of two columns may meet without a gap.
std::vector<const Glyph*> glyphs_from_the_top(const Page& page) {
  std::vector<const Glyph*> glyphs;
  for (const Glyph& glyph : page.glyphs) {
    if (glyph.code > ' ' && is_sound(glyph)) glyphs.push_back(&glyph);
  }
  std::sort(glyphs.begin(), glyphs.end(),
            [](const Glyph* a, const Glyph* b) { return a->box.top + a->box.bottom < b->box.top + b->box.bottom; });
  return glyphs;
}
std::span<const Glyph* const> glyphs_of(const Band& band, std::span<const Glyph* const> all) {
  const auto above = [](const Glyph* glyph, float y) { return (glyph->box.top + glyph->box.bottom) / 2 < y; };
  const auto first = std::lower_bound(all.begin(), all.end(), band.top, above);
  return {first, std::lower_bound(first, all.end(), band.bottom, above)};
}
/// `over`: how far, in characters; a text may fill its cell and a little more.
bool stands_over(std::span<const Glyph* const> glyphs, float edge, float over) {
  return std::any_of(glyphs.begin(), glyphs.end(), [&](const Glyph* glyph) {
    const float least = std::max(1.0F, glyph->size * over);
    return glyph->box.left < edge - least && glyph->box.right > edge + least;
  });
}
/// Whether a text runs over the edge, though it be between two of its characters: the file prints them one after the other, and they touch.
bool runs_over(std::span<const Glyph* const> glyphs, float edge) {
  std::vector<const Glyph*> near;
  for (const Glyph* glyph : glyphs) {
    if (glyph->box.left < edge + 2 * glyph->size && glyph->box.right > edge - 2 * glyph->size) near.push_back(glyph);
  }
  const auto goes_on_in = [&](const Glyph* left, const Glyph* right) {
    if (right == left || std::abs(right->baseline - left->baseline) > 0.1F) return false;
    // Browsers print each character by itself: there the next one goes on.
    const bool alone = std::none_of(near.begin(), near.end(), [&](const Glyph* other) { return other != left && other->run == left->run; });
    if (right->run != left->run && !(alone && right->run == left->run + 1)) return false;
    // Programs set an eighth of a character between Chinese and Latin ones, and a comma closer to what follows.
    const float gap = (right->box.left - left->box.right) / left->size;
    return gap < 0.16F && gap > -0.6F;
  };
  for (const Glyph* first : near) {
    if (first->box.left > edge - 0.3F * first->size) continue;
    const Glyph* last = first;
    for (int steps = 0; steps < 8 && last->box.right < edge + 0.5F * last->size; ++steps) {
      const auto next = std::find_if(near.begin(), near.end(),
                                     [&](const Glyph* glyph) { return glyph->box.left > last->box.left && goes_on_in(last, glyph); });
      if (next == near.end()) break;
      last = *next;
    }
    if (last != first && last->box.right >= edge + 0.5F * last->size) return true;
  }
  return false;
}
bool begins_with_label(const Band& band) {
  if (band.lines.empty() || band.lines.front().words.empty()) return false;
  const std::string& text = band.lines.front().words.front().text;
  return label_of(text) == Label::project_name || label_of(text) == Label::annual_goal;
}

/// Whether a label of a form's head stands in the first column: 主管部门 | 某局 | 实施单位 | 某所 is none of the rows of values, however
/// many columns have text.
bool is_head_row(const Band& band, const std::vector<float>& edges) {
  std::string text;
  for (const PageLine& line : band.lines) {
    for (const PageWord& word : line.words) {
      if (word.box.right < edges[1] + 1) text += word.text;
    }
  }
  const Label label = label_of(text);
  return is_head_label(label) && label != Label::indicators_frame;
}

/// Whether the row has text in most columns, and hardly any over an edge: a header or a row of values, none of a form's head.
bool is_full_row(std::span<const Glyph* const> glyphs, std::span<const float> edges) {
  std::size_t filled = 0;
  std::size_t over = 0;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    filled += std::any_of(glyphs.begin(), glyphs.end(), [&](const Glyph* glyph) {
      const float middle = (glyph->box.left + glyph->box.right) / 2;
      return middle > edges[i - 1] && middle < edges[i];
    });
    over += i + 1 < edges.size() && stands_over(glyphs, edges[i], 0);
  }
  const std::size_t columns = edges.size() - 1;
  return filled >= columns - columns / 4 && over <= columns / 4;
}
/// Of a row of a form's head: text stands between `from` and the edge, and other text behind it.
bool parts_texts(std::span<const Glyph* const> glyphs, float from, float edge) {
  float last = from;
  float next = edge - 1;
  float size = 0;
  bool any = false;
  for (const Glyph* glyph : glyphs) {
    size = std::max(size, glyph->size);
    if (glyph->box.right <= edge + 1)
      last = std::max(last, glyph->box.right);
    else if (glyph->box.left >= edge - 1)
      next = any ? std::min(next, glyph->box.left) : glyph->box.left, any = true;
  }
  return any && last > from && next - last > size * 0.25F;
}

bool is_blank(std::span<const Glyph* const> glyphs, float from, float to) {
  return std::none_of(glyphs.begin(), glyphs.end(),
                      [&](const Glyph* glyph) { return glyph->box.right > from + 1 && glyph->box.left < to - 1; });
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
void add_rule_ends(const Block& block, std::span<const Band> bands, std::vector<float>& edges) {
  for (const auto& [rule, joints] : block.rules) {
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
    block.rules.push_back({rule, {}});
    out.push_back({rule});
  }
  // A running head stands farther from the rule than the rest of a row does.
  const bool near = !above.empty() && block.top() - above.back()->box.bottom < above.back()->size;
  if (first && near && all_plain(above) && above.front()->box.top < page.height * 0.25F) {
    const PageBox rule{block.left, above.front()->box.top - 2, block.right, above.front()->box.top - 2};
    block.rules.insert(block.rules.begin(), {rule, {}});
    out.push_back({rule});
  }
}

/// Where rules stand below rows only, the first one of a form's head has none above: it begins with a label.
void add_first_rule(std::span<const PageLine> lines, Block& block, std::vector<Rule>& out) {
  constexpr std::size_t most = 6;
  std::string label;
  float top = block.top();
  std::size_t looked_at = 0;
  for (std::size_t i = lines.size(); i-- > 0 && looked_at < most;) {
    const PageLine& line = lines[i];
    if (line.box.bottom > block.top() + 1) continue;
    ++looked_at;
    if (top - line.box.bottom > line.size || line.box.left < block.left - 1 || line.box.right > block.right + 1) return;
    const PageWord& first = line.words.front();
    top = std::min(top, line.box.top);
    if (first.box.right < block.left + (block.right - block.left) / 4) label = first.text + label;
    const Label known = label_of(label);
    if (!is_head_label(known) || known == Label::indicators_frame) continue;
    const PageBox rule{block.left, top - 2, block.right, top - 2};
    block.rules.insert(block.rules.begin(), {rule, {}});
    out.push_back({rule});
    return;
  }
}

/// The first row of the names of the indicators' columns; 0 where there is none below a form's head.
std::size_t header_of(std::span<const Band> bands) {
  const auto names_levels = [](const Band& band) {
    std::size_t names = 0;
    for (const PageLine& line : band.lines) {
      for (const PageWord& word : line.words) {
        const Column column = column_of(word.text);
        names += column == Column::level1 || column == Column::level2 || column == Column::level3;
      }
    }
    return names >= 2;
  };
  const auto header = std::find_if(bands.begin(), bands.end(), names_levels);
  return header == bands.end() ? 0 : static_cast<std::size_t>(header - bands.begin());
}

/// Columns of bands that only their texts tell. In a form's head a row that is not full has an edge between two texts alone, `head` says
/// whether the bands may begin with one, `all_head` that they are nothing else.
void add_by_texts(const Block& block, std::span<const Band> bands, bool head, bool all_head, std::vector<Rule>& out) {
  std::size_t most = 0;
  for (const Band& band : bands) most = std::max(most, band.columns);
  if (most < 2) return;
  const std::size_t full = most - most / 4;
  auto edges = edges_by_fullest(bands, full);
  if (edges.size() < 3) return;
  edges.front() = block.left;
  edges.back() = block.right;
  add_rule_ends(block, bands, edges);
  for (const Band& band : bands) {
    head = (head || all_head) && (band.columns < full || is_head_row(band, edges));
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const bool border = i == 0 || i + 1 == edges.size();
      if (!border && covers(band, edges[i])) continue;
      if (!border && head && !(follows_text(band, edges, i) && precedes_text(band, edges[i]))) continue;
      out.push_back({{edges[i], band.top, edges[i], band.bottom}});
    }
  }
}

/// How the rules at one height meet an edge: none is there, one has a joint or an end, one runs through.
enum class Meeting { none, joint, through };

Meeting meeting_at(std::span<const RuleAcross> rules, float y, float edge) {
  const auto first =
      std::lower_bound(rules.begin(), rules.end(), y - same_line, [](const RuleAcross& rule, float top) { return rule.box.top < top; });
  Meeting meeting = Meeting::none;
  for (auto rule = first; rule != rules.end() && rule->box.top < y + same_line; ++rule) {
    const auto near = [&](float place) { return std::abs(place - edge) < same_joint; };
    if (near(rule->box.left) || near(rule->box.right) || std::any_of(rule->joints.begin(), rule->joints.end(), near)) return Meeting::joint;
    if (rule->box.left < edge && rule->box.right > edge) meeting = Meeting::through;
  }
  return meeting;
}

/// Columns whose edges the rules' joints tell.
void add_by_joints(const Page& page, const Block& block, std::span<const Band> bands, const std::vector<float>& edges, bool head,
                   std::vector<Rule>& out) {
  const auto glyphs = glyphs_from_the_top(page);
  for (const Band& band : bands) {
    const auto own = glyphs_of(band, glyphs);
    // The next form's head may follow below.
    head = (head || begins_with_label(band)) && (!is_full_row(own, edges) || is_head_row(band, edges));
    std::vector<bool> free(edges.size(), true);
    std::vector<bool> met(edges.size(), true);  // by joints above and below
    for (std::size_t i = 1; i + 1 < edges.size(); ++i) {
      const Meeting above = meeting_at(block.rules, band.top, edges[i]);
      const Meeting below = meeting_at(block.rules, band.bottom, edges[i]);
      met[i] = above == Meeting::joint && below == Meeting::joint;
      // A cell ends in a joint of the rule above it, or of the one below.
      free[i] = (above != Meeting::through || below != Meeting::through) && !stands_over(own, edges[i], head ? 0 : 0.3F) &&
                !runs_over(own, edges[i]);
    }
    const auto draw = [&](std::size_t i) { out.push_back({{edges[i], band.top, edges[i], band.bottom}}); };
    draw(0);
    draw(edges.size() - 1);
    float from = edges.front();
    for (std::size_t i = 1; i + 1 < edges.size(); ++i) {
      if (!free[i]) continue;
      const bool parts = !head || parts_texts(own, from, edges[i]);
      from = edges[i];
      if (!parts) continue;
      // Of the edges between two texts those that both rules meet: blank cells may stand there. Else the first.
      std::size_t end = i + 1;
      while (head && end + 1 < edges.size() && is_blank(own, edges[i], edges[end])) ++end;
      bool drawn = false;
      for (std::size_t at = i; head && at < end; ++at) {
        if (!free[at] || !met[at]) continue;
        draw(at);
        drawn = true;
      }
      if (!drawn) draw(i);
      i = end - 1;
      from = edges[i];
    }
  }
}

void add_uprights(const Page& page, const Block& block, std::span<const PageLine> lines, bool goes_on, std::vector<Rule>& out) {
  const auto bands = bands_of(block, lines);
  if (std::none_of(bands.begin(), bands.end(), [](const Band& band) { return band.columns > 1; })) return;
  // The tables of a form's head have columns of their own.
  const std::size_t header = header_of(bands);
  const auto above = std::span(bands).first(header);
  const auto below = std::span(bands).subspan(header);
  auto edges = block.edges();
  // The head alone may stand on a page, with hardly an edge that most rows have.
  if (edges.empty()) edges = edges_by_joints(block.rules, block.left, block.right, true);
  if (edges.empty()) {
    add_by_texts(block, above, !goes_on, true, out);
    return add_by_texts(block, below, header == 0 && !goes_on, false, out);
  }
  const auto border = std::find_if(block.rules.begin(), block.rules.end(),
                                   [&](const RuleAcross& rule) { return header == 0 || rule.box.bottom > below.front().top - same_line; });
  const auto own_edges = [&](std::span<const RuleAcross> rules, bool all) {
    auto own = edges_by_joints(rules, block.left, block.right, all);
    return own.empty() ? edges : own;
  };
  if (!above.empty())
    add_by_joints(page, block, above, own_edges({block.rules.begin(), border == block.rules.end() ? border : border + 1}, true), !goes_on,
                  out);
  add_by_joints(page, block, below, own_edges({border, block.rules.end()}, false), header == 0 && !goes_on, out);
}

}  // namespace

std::vector<Rule> missing_rules(const Page& page) {
  std::vector<Rule> added;
  std::vector<PageBox> pieces;
  std::vector<PageBox> upright;
  for (const Rule& rule : page.rules) {
    const float width = rule.box.right - rule.box.left;
    const float height = rule.box.bottom - rule.box.top;
    if (!is_sound(rule.box) || !(std::min(width, height) <= thickest)) continue;
    if (rule.across() && width > thickest)
      pieces.push_back(rule.box);
    else if (!rule.across() && height > thickest)
      upright.push_back(rule.box);
  }
  if (pieces.size() > most_pieces || upright.size() * 2 > pieces.size()) return added;
  std::vector<RuleAcross> across = joined(std::move(pieces));
  std::erase_if(across, [](const RuleAcross& rule) { return rule.box.right - rule.box.left < least_width; });
  if (upright.size() * 2 > across.size() || across.size() < 2 || across.size() > most_rules || upright.size() > most_rules) return added;
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < page.glyphs.size(); ++i) {
    if (is_sound(page.glyphs[i])) all.push_back(i);
  }
  const auto lines = lines_of(page, all);
  auto blocks = blocks_of(across, lines);
  for (Block& block : blocks) {
    if (block.rules.size() < least_rules && block.edges().empty()) continue;
    const bool ruled = std::any_of(upright.begin(), upright.end(), [&](const PageBox& rule) {
      return rule.left > block.left - same_end && rule.right < block.right + same_end && rule.bottom > block.top() &&
             rule.top < block.bottom();
    });
    if (ruled) continue;
    const float top = block.top();
    const bool begins = std::any_of(lines.begin(), lines.end(),
                                    [&](const PageLine& line) { return line.box.bottom < top + 1 && title_kind(line.closed()); });
    add_cut_ends(page, lines, block, &block == &blocks.front(), &block == &blocks.back(), added);
    const bool cut = block.top() < top;
    if (!cut) add_first_rule(lines, block, added);
    add_uprights(page, block, lines, cut || (top < page.height * 0.1F && !begins), added);
  }
  return added;
}

}  // namespace jiheng::reading
