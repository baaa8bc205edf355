#include "reading/canvas.h"

#include <algorithm>

#include "reading/dotted_lines.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t no_start = UINT32_MAX;
/// More surfaces than this, and white on them counts as seen.
constexpr std::size_t most_surfaces = 512;
/// How many runs that begin with the same character near the line are looked at for a double.
constexpr int most_looked_at = 64;
/// A picture over this much of the page makes it a scan where there is hardly any text.
constexpr float scan_share = 0.4F;

constexpr float near = 0.12F;  ///< of the size: so far a double may stand off

bool same_place(const Glyph& one, const Glyph& other) {
  const float away = near * one.size;
  return one.code == other.code && std::abs(one.box.left - other.box.left) <= away && std::abs(one.baseline - other.baseline) <= away &&
         std::abs(one.size - other.size) <= away;
}

bool holds(const PageBox& box, float x, float y) {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

}  // namespace

Canvas::Canvas(Page& page) : page_(page) {
  heads_.fill(no_start);
}

void Canvas::begin_run() {
  ++run_;
  run_starts_ = true;
}

bool Canvas::on_dark(float x, float y) const {
  if (dark_.size() >= most_surfaces) return true;
  return std::any_of(dark_.begin(), dark_.end(), [&](const PageBox& box) { return holds(box, x, y); });
}

bool Canvas::is_double(const Glyph& glyph) {
  if (twin_ < page_.glyphs.size() && same_place(page_.glyphs[twin_], glyph)) {
    ++twin_;
    return true;
  }
  twin_ = SIZE_MAX;
  if (!run_starts_) return false;
  // Filed by character and line; a double's line may lie in the band beside.
  const std::size_t upper = band_of(glyph, glyph.baseline - near * glyph.size);
  const std::size_t lower = band_of(glyph, glyph.baseline + near * glyph.size);
  if (finds_twin(glyph, heads_[upper]) || (lower != upper && finds_twin(glyph, heads_[lower]))) return true;
  std::uint32_t& head = heads_[band_of(glyph, glyph.baseline)];
  starts_.push_back({static_cast<std::uint32_t>(page_.glyphs.size()), head});
  head = static_cast<std::uint32_t>(starts_.size() - 1);
  return false;
}

bool Canvas::finds_twin(const Glyph& glyph, std::uint32_t head) {
  int looked_at = 0;
  for (std::uint32_t i = head; i != no_start && looked_at < most_looked_at; i = starts_[i].next, ++looked_at) {
    if (!same_place(page_.glyphs[starts_[i].glyph], glyph)) continue;
    twin_ = starts_[i].glyph + 1;
    return true;
  }
  return false;
}

std::size_t Canvas::band_of(const Glyph& glyph, float baseline) const {
  constexpr float band = 8;  // points
  constexpr float farthest = 1e6F;
  const float line = baseline / band + farthest / 2;
  const std::size_t row = line > 0 && line < farthest ? static_cast<std::size_t>(line) : 0;
  return (glyph.code * 31 + row) % heads_.size();
}

/// Whether the glyph goes on a line that is shown, and stands beyond the right end of what is.
bool Canvas::runs_out(const Glyph& glyph, const PageBox& clip) const {
  if (glyph.code <= ' ' || glyph.code == U'\u3000' || page_.glyphs.empty() || glyph.box.left < clip.right - glyph.size) return false;
  const Glyph& last = page_.glyphs.back();
  return last.baseline == glyph.baseline && std::abs(glyph.box.left - last.box.right) < glyph.size / 2;
}

/// The first of a run, which may be printed twice, and what may not be seen.
void Canvas::unusual_glyph(const Glyph& glyph, const Brush& brush) {
  const float x = (glyph.box.left + glyph.box.right) / 2;
  const float y = (glyph.box.top + glyph.box.bottom) / 2;
  if (!holds(brush.clip, x, y)) {
    page_.text_cut = page_.text_cut || runs_out(glyph, brush.clip);
    return;
  }
  if (brush.text == TextPaint::none) {
    ++size_;
    hidden_.push_back(glyph);
    hidden_.back().run = run_;
    return;
  }
  const Colour& colour = brush.text == TextPaint::outlined ? brush.stroke : brush.fill;
  if (colour.clear || (colour.white && !on_dark(x, y))) return;
  const bool may_be_double = run_starts_ || twin_ != SIZE_MAX;
  const bool twice = may_be_double && is_double(glyph);
  run_starts_ = false;
  if (twice) return;
  ++size_;
  page_.glyphs.push_back(glyph);
  page_.glyphs.back().run = run_;
}

void Canvas::take(std::vector<Rule>& from, std::vector<Rule>& to, const PageBox& clip, bool white) {
  for (const Rule& rule : from) {
    const PageBox box = intersection(rule.box, clip);
    if (box.right < box.left || box.bottom < box.top || std::max(box.right - box.left, box.bottom - box.top) < 0.2F) continue;
    if (white && !on_dark((box.left + box.right) / 2, (box.top + box.bottom) / 2)) continue;
    ++size_;
    to.push_back({box});
  }
  from.clear();
}

void Canvas::stroke(const Path& path, const Brush& brush) {
  if (brush.stroke.clear) return;
  path.stroke(brush.line_width * brush.to_page.scale(), new_rules_);
  take(new_rules_, page_.rules, brush.clip, brush.stroke.white);
}

void Canvas::fill(const Path& path, const Brush& brush) {
  if (brush.fill.clear) return;
  path.fill(new_rules_, new_dots_, areas_);
  take(new_rules_, page_.rules, brush.clip, brush.fill.white);
  take(new_dots_, dots_, brush.clip, brush.fill.white);
  for (const PageBox& area : areas_) {
    if (!brush.fill.white) surface(area, brush);
  }
  areas_.clear();
}

void Canvas::surface(const PageBox& box, const Brush& brush) {
  const PageBox seen = intersection(box, brush.clip);
  if (seen.right > seen.left && seen.bottom > seen.top && dark_.size() < most_surfaces) dark_.push_back(seen);
}

void Canvas::picture(const PageBox& box, const Brush& brush) {
  const PageBox seen = intersection(box, brush.clip);
  const float width = seen.right - seen.left;
  const float height = seen.bottom - seen.top;
  if (width <= 0 || height <= 0) return;
  // Some programs draw their lines as pictures of one dot.
  if (std::min(width, height) <= 2 && std::max(width, height) >= 8) {
    ++size_;
    page_.rules.push_back({seen});
    return;
  }
  picture_area_ += width * height;
  surface(box, brush);
}

void Canvas::add(const Canvas& other) {
  const auto append = [](const auto& from, auto& to) { to.insert(to.end(), from.begin(), from.end()); };
  append(other.page_.glyphs, page_.glyphs);
  append(other.page_.rules, page_.rules);
  append(other.hidden_, hidden_);
  append(other.dots_, dots_);
  append(other.dark_, dark_);
  page_.text_cut = page_.text_cut || other.page_.text_cut;
  picture_area_ += other.picture_area_;
  size_ += other.size_;
  run_ += other.run_;
  twin_ = SIZE_MAX;
}

void Canvas::finish() {
  add_dotted_lines(dots_, page_.rules);
  page_.has_picture = picture_area_ >= scan_share * page_.width * page_.height;
  if (!page_.has_picture || page_.glyphs.size() > hidden_.size()) return;
  for (const Glyph& glyph : hidden_) page_.glyphs.push_back(glyph);
}

}  // namespace jiheng::reading
