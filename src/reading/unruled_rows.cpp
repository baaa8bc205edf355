// The rows of a table without upright rules.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/unruled_section.h"

namespace jiheng::reading {
namespace {

constexpr float same_baseline = 0.25F;  ///< of a character
constexpr float same_pitch = 1.04F;     ///< lines of one cell follow one another as evenly as this
constexpr float other_pitch = 1.08F;    ///< and rows stand farther apart than this
constexpr std::size_t least_rows = 2;

using Block = UnruledCell;

Extent extent_of(const PageLine& line) {
  return {line.box.top, line.box.bottom};
}

Block block_of(std::span<const PageLine> lines) {
  Block block;
  block.lines.assign(lines.begin(), lines.end());
  block.extent = {lines.front().box.top, lines.back().box.bottom};
  return block;
}

}  // namespace

void Section::fill_strips() {
  const float bottom = sum_ == SIZE_MAX ? bottom_ + 1 : (lines_[end_ - 1].box.bottom + lines_[sum_].box.top) / 2;
  for (Strip& strip : strips_) strip.lines = lines_in(strip, body_top_, bottom);
}

bool Section::split_by_rules() {
  constexpr std::size_t most_rules = 5000;
  if (page_.rules.size() > most_rules) return false;
  const auto cuts_of = [&](const Strip& strip) {
    std::vector<float> cuts;
    for (const Rule& rule : page_.rules) {
      if (!is_sound(rule.box) || !rule.across() || rule.box.bottom - rule.box.top > 9) continue;
      const float y = (rule.box.top + rule.box.bottom) / 2;
      if (y < body_top_ || y > bottom_ + 1 || rule.box.left > strip.left + 2 || rule.box.right < strip.right - 2) continue;
      cuts.push_back(y);
    }
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end(), [](float a, float b) { return b - a < 3; }), cuts.end());
    return cuts;
  };
  if (cuts_of(strips_[name_]).size() < least_rows) return false;
  for (Strip& strip : strips_) {
    const auto cuts = cuts_of(strip);
    std::size_t first = 0;
    for (std::size_t cut = 0; cut <= cuts.size(); ++cut) {
      std::size_t end = first;
      while (end < strip.lines.size() && (cut == cuts.size() || extent_of(strip.lines[end]).middle() < cuts[cut])) ++end;
      if (end > first) {
        strip.blocks.push_back(block_of(std::span(strip.lines).subspan(first, end - first)));
        const float from = cut == 0 ? body_top_ : cuts[cut - 1];
        const float to = cut == cuts.size() ? bottom_ : cuts[cut];
        strip.blocks.back().extent = {from, to};
      }
      first = end;
    }
  }
  for (const Block& block : strips_[name_].blocks) rows_.push_back(block.extent);
  // Each block reaches over the rows whose middle it holds.
  for (Strip& strip : strips_) {
    std::vector<RowSpan> spans;
    for (const Block& block : strip.blocks) {
      RowSpan span{rows_.size(), 0};
      for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (rows_[row].middle() < block.extent.top || rows_[row].middle() > block.extent.bottom) continue;
        span.first = std::min(span.first, row);
        span.end = row + 1;
      }
      if (span.first >= span.end || (!spans.empty() && spans.back().end > span.first)) return false;
      if (is_key(strip) && span.end - span.first > 1 && strip.role != Column::weight && strip.role != Column::score &&
          strip.role != Column::note)
        return false;
      spans.push_back(span);
    }
    spans_.push_back(std::move(spans));
  }
  return rows_.size() >= least_rows;
}

bool Section::rows_of_lines() {
  const Strip& names = strips_[name_];
  float least = 1e9F;
  std::vector<float> pitches;
  for (std::size_t i = 1; i < names.lines.size(); ++i) pitches.push_back(names.lines[i].baseline - names.lines[i - 1].baseline);
  for (const float pitch : pitches) least = std::min(least, pitch);
  std::vector<float> sorted = pitches;
  std::sort(sorted.begin(), sorted.end());
  // A line closer to the one above than rows are to one another may be its rest.
  if (sorted.empty() || sorted[sorted.size() / 2] > least * 1.06F) return false;
  std::size_t targets = 0;
  bool has_target = false;
  for (const Strip& strip : strips_) {
    if (!is_key(strip)) continue;
    std::size_t beside = 0;
    for (const PageLine& line : strip.lines) {
      const bool found = std::any_of(names.lines.begin(), names.lines.end(), [&](const PageLine& name) {
        return std::abs(name.baseline - line.baseline) < same_baseline * size();
      });
      if (!found) return false;
      ++beside;
    }
    if (strip.role == Column::value || strip.role == Column::actual || strip.role == Column::long_term_value) {
      targets = std::max(targets, beside);
      has_target = true;
    }
  }
  // The rest of a wrapped name has no target beside it.
  if (!has_target || targets < names.lines.size()) return false;
  for (Strip& strip : strips_) {
    for (const PageLine& line : strip.lines) strip.blocks.push_back(block_of(std::span(&line, 1)));
  }
  return true;
}

bool Section::rows_of_blocks() {
  std::vector<float> pitches;
  for (const Strip& strip : strips_) {
    for (std::size_t i = 1; i < strip.lines.size(); ++i) pitches.push_back(strip.lines[i].baseline - strip.lines[i - 1].baseline);
  }
  if (pitches.empty()) return false;
  pitch_ = *std::min_element(pitches.begin(), pitches.end());
  if (pitch_ < 0.9F * size()) return false;
  for (const float pitch : pitches) {
    if (pitch > pitch_ * same_pitch && pitch < pitch_ * other_pitch) return false;
  }
  for (Strip& strip : strips_) {
    strip.blocks.clear();
    for (std::size_t first = 0; first < strip.lines.size();) {
      std::size_t end = first + 1;
      while (end < strip.lines.size() && strip.lines[end].baseline - strip.lines[end - 1].baseline < pitch_ * same_pitch) ++end;
      strip.blocks.push_back(block_of(std::span(strip.lines).subspan(first, end - first)));
      first = end;
    }
  }
  return true;
}

void Section::group_levels(Strip& strip) const {
  const auto known = [&](std::string_view text) {
    return strip.role == Column::level1 ? canonical_level1(text).has_value() || canonical_level2(text).has_value()
                                        : canonical_level2(text).has_value();
  };
  std::vector<Block> blocks;
  const float widest = pitch_ > 0 ? pitch_ * same_pitch : 1.9F * size();
  for (const Block& block : strip.blocks) {
    for (std::size_t first = 0; first < block.lines.size();) {
      std::string text;
      std::size_t end = 0;
      for (std::size_t i = first; i < block.lines.size(); ++i) {
        text += block.lines[i].closed();
        if (known(text)) end = i + 1;
      }
      if (end == 0) end = block.lines.size();
      blocks.push_back(block_of(std::span(block.lines).subspan(first, end - first)));
      first = end;
    }
  }
  // Where every line is a block, names of several lines are put together.
  std::vector<Block> joined;
  for (std::size_t first = 0; first < blocks.size();) {
    std::string text = blocks[first].text();
    std::size_t end = first + 1;
    for (std::size_t i = first + 1; i < std::min(blocks.size(), first + 6); ++i) {
      const std::string next = blocks[i].text();
      if ((known(text) && known(next)) || blocks[i].lines.front().baseline - blocks[i - 1].lines.back().baseline > widest) break;
      text += next;
      if (known(text)) end = i + 1;
    }
    std::vector<PageLine> lines;
    for (std::size_t i = first; i < end; ++i) lines.insert(lines.end(), blocks[i].lines.begin(), blocks[i].lines.end());
    joined.push_back(block_of(lines));
    first = end;
  }
  strip.blocks = std::move(joined);
}

bool Section::settle_keys() {
  const float tolerance = 0.3F * size();
  const auto& names = strips_[name_].blocks;
  spans_.assign(strips_.size(), {});
  rows_.clear();
  for (const Block& name : names) rows_.push_back(name.extent);
  for (std::size_t s = 0; s < strips_.size(); ++s) {
    const Strip& strip = strips_[s];
    if (!is_key(strip)) continue;
    for (const Block& block : strip.blocks) {
      std::size_t row = 0;
      while (row < names.size() && std::abs(names[row].extent.middle() - block.extent.middle()) > tolerance &&
             std::abs(names[row].extent.top - block.extent.top) > tolerance)
        ++row;
      if (row == names.size() || (!spans_[s].empty() && spans_[s].back().first >= row)) return false;
      spans_[s].push_back({row, row + 1});
      rows_[row].top = std::min(rows_[row].top, block.extent.top);
      rows_[row].bottom = std::max(rows_[row].bottom, block.extent.bottom);
    }
  }
  for (std::size_t row = 1; row < rows_.size(); ++row) {
    if (rows_[row].top < rows_[row - 1].bottom - tolerance) return false;
  }
  return rows_.size() >= least_rows;
}

void Section::add_blank_rows() {
  const float tolerance = 0.1F * size();
  for (const Strip& strip : strips_) {
    if (strip.role != Column::level2) continue;
    for (const Block& block : strip.blocks) {
      const auto below =
          std::find_if(rows_.begin(), rows_.end(), [&](const Extent& row) { return row.bottom > block.extent.top + tolerance; });
      if (below != rows_.end() && below->top < block.extent.bottom - tolerance) continue;
      const auto at = static_cast<std::size_t>(below - rows_.begin());
      rows_.insert(below, block.extent);
      for (auto& spans : spans_) {
        for (RowSpan& span : spans) {
          if (span.first >= at) ++span.first, ++span.end;
        }
      }
    }
  }
}

void Section::stretch_rows() {
  const float tolerance = 0.3F * size();
  for (const Strip& strip : strips_) {
    if (is_key(strip) || strip.role == Column::frame) continue;
    for (const Block& block : strip.blocks) {
      for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (std::abs(rows_[row].middle() - block.extent.middle()) > tolerance) continue;
        const bool over = (row > 0 && block.extent.top < rows_[row - 1].bottom - tolerance) ||
                          (row + 1 < rows_.size() && block.extent.bottom > rows_[row + 1].top + tolerance);
        if (over) continue;
        rows_[row].top = std::min(rows_[row].top, block.extent.top);
        rows_[row].bottom = std::max(rows_[row].bottom, block.extent.bottom);
      }
    }
  }
}

/// The rows of what stands beside several: all in the middle of them, or all beside the first.
bool Section::settle_spans(bool in_middle) {
  const float tolerance = 0.35F * size();
  for (std::size_t s = 0; s < strips_.size(); ++s) {
    const Strip& strip = strips_[s];
    if (is_key(strip) || strip.role == Column::frame) continue;
    spans_[s].clear();
    if (strip.blocks.empty() && strip.role == Column::level1) continue;
    std::vector<Extent> texts;
    for (const Block& block : strip.blocks) texts.push_back(block.extent);
    auto spans = in_middle ? spans_by_middle(texts, rows_, tolerance) : spans_by_first(texts, rows_, tolerance);
    if (!spans) return false;
    spans_[s] = std::move(*spans);
  }
  return levels_agree();
}

bool Section::split_by_places() {
  for (Strip& strip : strips_) strip.blocks.clear();
  if (!rows_of_lines() && !rows_of_blocks()) return false;
  for (Strip& strip : strips_) {
    if (strip.role == Column::level1 || strip.role == Column::level2) group_levels(strip);
    // What stands down the left edge, a character a line, is one.
    if (strip.role == Column::frame && !strip.lines.empty()) strip.blocks = {block_of(strip.lines)};
  }
  if (!settle_keys()) return false;
  add_blank_rows();
  stretch_rows();
  if (strips_.front().role == Column::frame && !strips_.front().blocks.empty()) spans_.front() = {{0, rows_.size()}};
  const bool first = settle_spans(false);
  const auto by_first = spans_;
  if (!settle_spans(true)) {
    spans_ = by_first;
    return first;
  }
  // Where both ways fit, and not alike, nobody can tell.
  return !first || spans_ == by_first;
}

/// Whether 数量指标 stands under 产出指标 and so on: what does not was put into the wrong row.
bool Section::levels_agree() const {
  std::vector<std::string> level1(rows_.size());
  std::vector<std::string> level2(rows_.size());
  for (std::size_t s = 0; s < strips_.size(); ++s) {
    const bool first = strips_[s].role == Column::level1;
    if (!first && strips_[s].role != Column::level2) continue;
    for (std::size_t b = 0; b < strips_[s].blocks.size(); ++b) {
      const std::string text = strips_[s].blocks[b].text();
      const auto name = first ? canonical_level1(text) : canonical_level2(text);
      for (std::size_t row = spans_[s][b].first; row < spans_[s][b].end; ++row)
        (first ? level1 : level2)[row] = name ? std::string(*name) : "";
    }
  }
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const std::string& one = level1[row];
    const std::string& two = level2[row];
    if (one.empty() || two.empty()) continue;
    const bool output = two == "数量指标" || two == "质量指标" || two == "时效指标";
    const bool benefit = two == "经济效益指标" || two == "社会效益指标" || two == "生态效益指标" || two == "可持续影响指标";
    const bool cost = two == "经济成本指标" || two == "社会成本指标" || two == "生态环境成本指标";
    if (output && one != "产出指标") return false;
    if (benefit && one != "效益指标") return false;
    if (cost && one != "成本指标") return false;
    if (two == "服务对象满意度指标" && one != "满意度指标" && one != "效益指标") return false;
  }
  return true;
}

bool Section::tell_rows() {
  fill_strips();
  if (strips_[name_].lines.empty()) return false;
  if (!split_by_rules()) {
    rows_.clear();
    spans_.clear();
    return split_by_places();
  }
  return levels_agree();
}

PageTable Section::table() const {
  PageTable table;
  table.page = page_.number;
  table.column_edges = edges();
  const auto add = [&](const std::vector<PageLine>& lines, std::uint32_t row, std::uint32_t rows, std::uint32_t column, std::string text) {
    PageCell cell{row, column, rows, 1, std::move(text), page_.number, {}};
    cell.box = lines.front().box;
    for (const PageLine& line : lines) {
      cell.box = {std::min(cell.box.left, line.box.left), std::min(cell.box.top, line.box.top), std::max(cell.box.right, line.box.right),
                  std::max(cell.box.bottom, line.box.bottom)};
      cell.baseline = line.baseline;
      cell.size = line.size;
    }
    cell.tall = rows > 1;
    table.cells.push_back(std::move(cell));
  };
  const std::uint32_t row = 1;
  for (std::uint32_t s = 0; s < strips_.size(); ++s) {
    if (!strips_[s].name.empty()) add({lines_[anchor_]}, 0, 1, s, strips_[s].name);
  }
  for (std::uint32_t s = 0; s < strips_.size(); ++s) {
    for (std::size_t b = 0; b < strips_[s].blocks.size(); ++b) {
      const RowSpan span = spans_[s][b];
      const auto& lines = strips_[s].blocks[b].lines;
      add(lines, row + static_cast<std::uint32_t>(span.first), static_cast<std::uint32_t>(span.end - span.first), s,
          text_of(lines, strips_[s].right - strips_[s].left));
    }
  }
  table.rows = row + static_cast<std::uint32_t>(rows_.size());
  if (sum_ != SIZE_MAX) {
    for (const PageWord& word : lines_[sum_].words) {
      std::uint32_t s = 0;
      while (s + 1 < strips_.size() && strips_[s].right < word.box.left) ++s;
      add({lines_[sum_]}, table.rows, 1, s, word.text);
      table.cells.back().box = word.box;
    }
    ++table.rows;
  }
  std::stable_sort(table.cells.begin(), table.cells.end(),
                   [](const PageCell& a, const PageCell& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; });
  return table;
}

}  // namespace jiheng::reading
