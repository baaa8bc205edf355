// The columns of a table without upright rules.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/unruled_section.h"

namespace jiheng::reading {
namespace {

constexpr float column_gap = 0.3F;  ///< of a character: between the texts of two columns
constexpr float farthest = 5;       ///< characters between two rows of one table
constexpr std::size_t most_strips = 40;
constexpr std::size_t most_header_lines = 4;

/// Stretches of an axis that something covers.
class Cover {
 public:
  void add(float from, float to) {
    auto first = std::lower_bound(parts_.begin(), parts_.end(), from, [](const auto& part, float x) { return part.second < x; });
    auto end = first;
    while (end != parts_.end() && end->first <= to) {
      from = std::min(from, end->first);
      to = std::max(to, end->second);
      ++end;
    }
    if (first == end)
      parts_.insert(first, {from, to});
    else
      *first = {from, to}, parts_.erase(first + 1, end);
  }
  void add(const PageLine& line) {
    for (const PageWord& word : line.words) add(word.box.left, word.box.right);
  }
  /// Whether `least` of white space lies between two places.
  bool parted(float from, float to, float least) const {
    float last = from;
    for (const auto& [left, right] : parts_) {
      if (right <= from) continue;
      if (left >= to) break;
      if (left - last >= least && left > from) return true;
      last = std::max(last, right);
    }
    return to - last >= least;
  }
  /// The covered stretches, those joined that less than `least` parts.
  std::vector<std::pair<float, float>> parts(float least) const {
    std::vector<std::pair<float, float>> joined;
    for (const auto& part : parts_) {
      if (!joined.empty() && part.first - joined.back().second < least)
        joined.back().second = part.second;
      else
        joined.push_back(part);
    }
    return joined;
  }

 private:
  std::vector<std::pair<float, float>> parts_;
};

bool is_sum(const PageLine& line) {
  const std::string& text = line.words.front().text;
  return label_of(text) == Label::total_score || text == "合计";
}

}  // namespace

bool ends_unruled_table(const PageLine& line) {
  const std::string text = line.closed();
  if (title_kind(text)) return true;
  std::string_view rest;
  if (inline_label_of(text, rest) != Label::none) return true;
  const Label label = label_of(line.words.front().text);
  return label == Label::project_name || label == Label::unit_name || label == Label::department;
}

std::vector<float> Section::edges() const {
  std::vector<float> edges{strips_.front().left - size()};
  for (std::size_t i = 1; i < strips_.size(); ++i) edges.push_back((strips_[i - 1].right + strips_[i].left) / 2);
  edges.push_back(strips_.back().right + size());
  return edges;
}

std::vector<PageLine> Section::lines_in(const Strip& strip, float top, float bottom) const {
  std::vector<std::uint32_t> own;
  for (const std::uint32_t index : glyphs_) {
    const PageBox& box = page_.glyphs[index].box;
    const float x = (box.left + box.right) / 2;
    const float y = (box.top + box.bottom) / 2;
    if (x >= strip.left && x <= strip.right && y >= top && y <= bottom) own.push_back(index);
  }
  return lines_of(page_, own);
}

bool Section::make_strips(std::span<const std::pair<float, float>> parts) {
  if (parts.size() < 2 || parts.size() > most_strips) return false;
  for (const auto& [left, right] : parts) {
    strips_.emplace_back();
    strips_.back().left = left;
    strips_.back().right = right;
  }
  return true;
}

bool Section::find(std::size_t anchor, std::size_t limit) {
  anchor_ = anchor;
  const PageLine& heart = lines_[anchor];
  Cover cover;
  cover.add(heart);
  // Lines that stand half a line above the header's middle, and those under it, as long as its words stay apart.
  const auto stays_parted = [&](const Cover& with) {
    for (std::size_t i = 1; i < heart.words.size(); ++i) {
      if (!with.parted(heart.words[i - 1].box.right - 0.1F, heart.words[i].box.left + 0.1F, column_gap * size())) return false;
    }
    return true;
  };
  first_ = anchor;
  while (first_ > 0 && anchor - first_ < most_header_lines && may_head(lines_[first_ - 1], lines_[first_].baseline)) {
    Cover with = cover;
    with.add(lines_[first_ - 1]);
    if (!stays_parted(with) || ends_unruled_table(lines_[first_ - 1])) break;
    cover = std::move(with);
    --first_;
  }
  end_ = anchor + 1;
  for (; end_ < limit; ++end_) {
    const PageLine& line = lines_[end_];
    if (line.baseline - lines_[end_ - 1].baseline > farthest * std::max(size(), line.size) || ends_unruled_table(line)) break;
    if (is_sum(line)) {
      sum_ = end_;
      break;
    }
    Cover with = cover;
    with.add(line);
    if (!stays_parted(with)) break;
    cover = std::move(with);
  }
  bottom_ = lines_[end_ - 1].box.bottom;
  if (sum_ != SIZE_MAX) bottom_ = lines_[sum_].box.bottom;
  return make_strips(cover.parts(column_gap * size())) && name_strips(anchor);
}

/// Whether a line above the header's middle may be of it: half a line above the next, or a line above, of nothing but parts of names.
bool Section::may_head(const PageLine& line, float below) const {
  if (below - line.baseline < 0.8F * size()) return true;
  constexpr std::size_t longest = 15;  // bytes
  return below - line.baseline < 1.6F * size() && std::all_of(
                                                      line.words.begin(), line.words.end(),
                                                      [](const PageWord& word) {
                                                        return word.text.size() <= longest && label_of(word.text) == Label::none &&
                                                               column_of(word.text) == Column::none;
                                                      });
}

/// 绩效指标 beside the rows, a character a line or whole.
bool Section::is_frame(const Strip& strip) const {
  std::string text;
  for (const PageLine& line : lines_in(strip, body_top_, bottom_)) text += line.closed();
  if (text == "分解目标" || (ends_with(text, "指标") && contains(text, "绩效"))) return true;
  return label_of(text) == Label::indicators_frame || column_of(text) == Column::frame || column_of(text) == Column::level3;
}

/// The baseline of the first line that names the strip, down to the header's middle.
float Section::top_of(const Strip& strip, std::size_t anchor) const {
  for (std::size_t i = first_; i <= anchor; ++i) {
    for (const PageWord& word : lines_[i].words) {
      if (word.box.left >= strip.left - 1 && word.box.right <= strip.right + 1) return lines_[i].baseline;
    }
  }
  return lines_[anchor].baseline;
}

/// What of a line stands in the strip.
std::string Section::words_in(const Strip& strip, const PageLine& line) {
  std::string text;
  for (const PageWord& word : line.words) {
    if (word.box.left >= strip.left - 1 && word.box.right <= strip.right + 1) text += word.text;
  }
  return text;
}

/// The name of a column: as many lines as it needs to be a known one. `last` gets the last of them.
std::string Section::name_of(const Strip& strip, std::size_t anchor, std::size_t& last) const {
  std::string name;
  for (std::size_t i = first_; i <= anchor; ++i) name += words_in(strip, lines_[i]);
  const auto known = [](std::string_view text) { return column_of(text) != Column::none || label_of(text) != Label::none; };
  // A name of several lines stands round the middle of the header: as far as it reaches above, it reaches below.
  const float above_middle = lines_[anchor].baseline - top_of(strip, anchor);
  float baseline = lines_[anchor].baseline;
  for (std::size_t i = anchor + 1; i < std::min(end_, anchor + most_header_lines); ++i) {
    if (lines_[i].baseline - baseline > 1.9F * size()) break;
    const std::string here = words_in(strip, lines_[i]);
    if (here.empty()) continue;
    const bool level = canonical_level1(here) || canonical_level2(here);
    const bool round_middle = above_middle > 0 && lines_[i].baseline - lines_[anchor].baseline < above_middle + 0.25F * size();
    const bool begun = above_middle == 0 && !name.empty() && guessed_column(name) == Column::none;
    if (!known(name + here) && (known(name) || level || !(round_middle || begun))) break;
    name += here;
    baseline = lines_[i].baseline;
    last = std::max(last, i);
  }
  return name;
}

/// A list names its columns beside the levels in a row above the header.
void Section::name_by_lines_above(std::size_t strip_index) {
  Strip& strip = strips_[strip_index];
  const float left = strip_index == 0 ? -1e6F : strips_[strip_index - 1].right;
  const float right = strip_index + 1 == strips_.size() ? 1e6F : strips_[strip_index + 1].left;
  std::string name;
  std::size_t from = upper_;
  for (std::size_t i = first_; i-- > 0 && lines_[first_].baseline - lines_[i].baseline < 4 * size();) {
    if (title_kind(lines_[i].closed())) break;
    std::string here;
    bool over = false;
    for (const PageWord& word : lines_[i].words) {
      if (word.box.right < strip.left || word.box.left > strip.right) continue;
      over = over || word.box.left < left || word.box.right > right;
      here += word.text;
    }
    if (over) break;
    if (here.empty()) continue;
    name = here + name;
    from = i;
  }
  const Label label = label_of(name);
  if (label == Label::none && column_of(name) == Column::none) return;
  // The label above the frame beside the rows is the head's.
  if (strip_index == 0 && label != Label::project_name && label != Label::unit_name) return;
  strip.name = std::move(name);
  upper_ = std::min(upper_, from);
}

bool Section::name_strips(std::size_t anchor) {
  std::size_t last = anchor;
  for (Strip& strip : strips_) strip.name = name_of(strip, anchor, last);
  body_ = last + 1;
  if (body_ >= end_) return false;
  body_top_ = (lines_[last].box.bottom + lines_[body_].box.top) / 2;
  const bool framed = strips_.front().name.empty() && is_frame(strips_.front());
  upper_ = first_;
  for (std::size_t i = framed ? 1 : 0; i < strips_.size(); ++i) {
    if (strips_[i].name.empty()) name_by_lines_above(i);
  }
  first_ = upper_;
  top_ = lines_[first_].box.top - 1;
  return settle_roles(framed);
}

/// What each column holds. False where one is unknown: then a line of the header was missed.
bool Section::settle_roles(bool framed) {
  for (Strip& strip : strips_) {
    strip.role = column_of(strip.name);
    if (strip.role == Column::none) strip.role = guessed_column(strip.name);
    strip.label = label_of(strip.name);
    // 绩效目标 is the project's beside 指标值, 指标内容 explains what 三级指标 names.
    const bool goal = strip.label == Label::annual_goal || strip.label == Label::long_term_goal || strip.label == Label::goal_frame;
    const auto beside = [&](Column role, std::string_view with) {
      return std::any_of(strips_.begin(), strips_.end(),
                         [&](const Strip& s) { return &s != &strip && column_of(s.name) == role && contains(s.name, with); });
    };
    if (goal && beside(Column::value, "值")) strip.role = Column::none;
    if (strip.role == Column::level3 && !contains(strip.name, "三级") && beside(Column::level3, "三级")) strip.role = Column::explanation;
  }
  if (framed) strips_.front().role = Column::frame;
  const auto count = [&](Column role) {
    return std::count_if(strips_.begin(), strips_.end(), [&](const Strip& s) { return s.role == role; });
  };
  // Two levels only: the second is the indicator's name.
  const Column names = count(Column::level3) == 0 ? Column::level2 : Column::level3;
  if (count(names) != 1) return false;
  const auto name = std::find_if(strips_.begin(), strips_.end(), [&](const Strip& s) { return s.role == names; });
  name->role = Column::level3;
  name_ = static_cast<std::size_t>(name - strips_.begin());
  const bool target = count(Column::value) + count(Column::actual) + count(Column::long_term_value) > 0;
  return target &&
         std::all_of(strips_.begin(), strips_.end(), [](const Strip& s) { return s.role != Column::none || s.label != Label::none; });
}

/// Rules across the column of names tell the rows, where there are any: each column is cut where its own rules run.
/// Every line a row: names and targets stand on the same lines, all as far apart.
/// Lines of one cell follow one another more closely than rows do.
/// The lines of a column of levels by the names they make: 服务对象满 and 意度指标 are one, 质量指标 and 时效指标 are two.
/// Each key block stands beside one name.
/// A level without an indicator beside it (社会成本指标 and nothing more) is a row of its own.
/// A level or a project that stands beside one row alone, and is taller than what stands in it, makes the row as tall.
/// Whether 数量指标 stands under 产出指标 and so on: what does not was put into the wrong row.

}  // namespace jiheng::reading
